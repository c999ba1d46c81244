/** What people and kiosks expect of two hubs on one PostgreSQL: it is one hub. And a database that is away, put back, or deaf. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KioskLink, openKioskLink } from '../../kiosk/link/kiosk-link.ts';
import { MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { type Database, openDatabase } from '../../server/open-database.ts';
import type { PublicTally } from '../../shared/wire.ts';
import { passphrase, type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { zipOf } from '../hub/zip-maker.ts';
import { untilHolds } from '../waiting.ts';
import { type PgServer, pgBinaries, startPg } from './pg-server.ts';

/** how much later than promised a busy machine may be */
const busyMs = 5_000;

describe.skipIf(!pgBinaries)('two hubs as one', () => {
  let server: PgServer;
  let url: string;
  let folder: string;
  let hubs: SmallHub[] = [];
  let stores: Database[] = [];
  let links: KioskLink[] = [];
  /** what either hub told the one address of alerts */
  let told: { by: number; alert: string; change: string }[] = [];

  const open = async (n: number): Promise<void> => {
    const database = await openDatabase(url, path.join(folder, String(n)), pino({ level: 'silent' }));
    stores[n] = database;
    const webhook = {
      url: 'http://alarms.example/',
      fetch: async (_: string, { body }: { body: string }) => {
        const { alert, change } = JSON.parse(body);
        told.push({ by: n, alert, change });
        return { ok: true, status: 204 };
      },
      after: async () => undefined,
    };
    hubs[n] = await smallHub({ store: { ...database, crossing: database.crossing() }, watch: { webhook } });
  };
  const [A, B] = [() => hubs[0] as SmallHub, () => hubs[1] as SmallHub];

  beforeAll(async () => {
    server = await startPg();
    folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-hubs-'));
  });
  afterAll(async () => {
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    url = await server.database();
    await open(0);
    await open(1);
  });
  afterEach(async () => {
    for (const link of links) await link.close();
    for (const hub of hubs) await hub.close();
    for (const store of stores) await store.close();
    [hubs, stores, links, told] = [[], [], [], []];
  });

  const live = async (hub: SmallHub): Promise<{ position: number; today: { sessions: number }; kiosks: { id: string; status: string }[] }> => {
    const { status, body } = await hub.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await hub.cookie() });
    return status === 200 ? body : { position: -1, today: { sessions: -1 }, kiosks: [] };
  };

  /** A kiosk's real link at one of the hubs, with a disk that goes with it to the other. */
  const kioskAt = async (hub: SmallHub, device: { id: string; token: string }, storage = new MemoryStorage()): Promise<KioskLink> => {
    await storage.setDevice({ ...device, showcase, zone: 'living' });
    const link = await openKioskLink({ origin: hub.origin, fetch, now: Date.now, random: (b) => crypto.getRandomValues(b), storage });
    links.push(link);
    return link;
  };
  const session = (n: number) => ({ kind: 'session.started', session: `session-${String(n).padStart(4, '0')}`, lang: 'en' }) as const;

  it('[G1] signs people in and out everywhere', async () => {
    const cookie = await A().cookie();
    expect((await B().ask('GET', '/api/v1/session', { cookie })).body).toEqual({ name: 'admin', role: 'admin' });
    const watching = await B().staff(cookie);
    const gone = new Promise((resolve) => void watching.once('disconnect', resolve));
    expect((await A().ask('DELETE', '/api/v1/session', { cookie })).status).toBe(204);
    await gone;
    expect((await B().ask('GET', '/api/v1/session', { cookie })).status).toBe(401);
  });

  it('has one first administrator, and accounts made at one hub are known at the other', async () => {
    expect([A().hub.first, B().hub.first].filter(Boolean)).toHaveLength(1);
    await A().ask('POST', '/api/v1/accounts', { body: { name: 'mei', role: 'staff', passphrase }, cookie: await A().cookie() });
    await untilHolds('the account', async () => (await B().ask('POST', '/api/v1/session', { body: { name: 'mei', passphrase } })).status === 200);
  });

  it('[G1] pairs a kiosk that asks one hub, is approved at the other and polls either', async () => {
    const { body: pairing } = await A().ask('POST', '/api/v1/pairings');
    const approve = { userCode: pairing.userCode, name: 'Kiosk 7', showcase, zone: 'living' };
    const { body: granted } = await B().ask('POST', '/api/v1/pairings/approve', { body: approve, cookie: await B().cookie() });
    const polls = await Promise.all([A(), B(), A()].map((hub) => hub.ask('GET', `/api/v1/pairings/${pairing.deviceCode}`)));
    const given = polls.filter((p) => p.status === 200);
    expect(given).toHaveLength(1);
    expect(given[0]?.body).toMatchObject({ id: granted.id, showcase, zone: 'living' });
    const token = String(given[0]?.body.token);
    await untilHolds('the device at the first hub', async () =>
      A()
        .kiosk(token)
        .then(() => true)
        .catch(() => false),
    );
  });

  it('[N2] shows at both what is made active at one', async () => {
    const folderOf = path.resolve(import.meta.dirname, '../../content/maker-in-china');
    const head = JSON.parse(await readFile(path.join(folderOf, 'pack.json'), 'utf8'));
    const files = await Promise.all(
      (await readdir(path.join(folderOf, 'projects'))).map(async (f) => ({ name: `projects/${f}`, bytes: await readFile(path.join(folderOf, 'projects', f)) })),
    );
    head.name.en = 'Maker, at both hubs';
    const cookie = await A().cookie();
    const body = new Uint8Array(zipOf([{ name: 'pack.json', bytes: JSON.stringify(head) }, ...files]));
    const sent = await fetch(`${A().origin}/api/v1/packs`, { method: 'POST', body, headers: { 'content-type': 'application/zip', cookie } });
    const { version } = (await sent.json()) as { version: string };
    // sent to one, made active at the other
    await untilHolds('the other hub knows the pack', async () => (await B().ask('POST', `/api/v1/packs/${version}/activate`, { cookie })).status === 200);
    const content = async (hub: SmallHub) => (await hub.ask('GET', `/api/v1/showcases/${showcase}/content`)).text;
    await untilHolds('both show it', async () => (await content(A())).includes('Maker, at both hubs') && (await content(A())) === (await content(B())));
  });

  it('[G1] sees, commands and revokes at one hub a kiosk that is connected to the other', async () => {
    const device = await A().device('kiosk');
    await untilHolds('the device at the other hub', () => B().hub.parts.register.device(device.id) !== undefined);
    const link = await kioskAt(B(), device);
    const did: string[] = [];
    link.onCommand(async (command) => void did.push(command.kind));
    await untilHolds('the kiosk seen from the other hub', async () => (await live(A())).kiosks.some((k) => k.id === device.id && k.status === 'warn'));
    const { body } = await A().ask('POST', `/api/v1/devices/${device.id}/commands`, { body: { command: { kind: 'identify' } }, cookie: await A().cookie() });
    expect([body.delivered, did]).toEqual([[{ id: device.id, ok: true }], ['identify']]);
    expect((await A().ask('DELETE', `/api/v1/devices/${device.id}`, { cookie: await A().cookie() })).status).toBe(204);
    expect(await untilHolds('the kiosk cut', () => !link.state().online)).toBeLessThan(1_000 + busyMs);
  });

  it('[L5] raises an alert once, shows and acknowledges it at either hub, clears it once, and the webhook hears of each once', async () => {
    const at = `/api/v1/showcases/${showcase}`;
    const alertsAt = async (hub: SmallHub) => (await hub.ask('GET', `${at}/alerts`, { cookie: await hub.cookie() })).body.alerts;
    await A().ask('PUT', `${at}/capacity`, { body: { people: 100 }, cookie: await A().cookie() });
    await A().ask('POST', `${at}/heads`, { body: { people: 90 }, cookie: await A().cookie() });
    await untilHolds('the heads at the other hub', async () => (await live(B())).position === (await live(A())).position);
    // both see it in the same moment
    await Promise.all([A().hub.look(), B().hub.look()]);
    for (const hub of [A(), B()]) await untilHolds('the alert', async () => (await alertsAt(hub)).length === 1);
    const note = { body: { note: 'on my way' }, cookie: await B().cookie() };
    expect((await B().ask('POST', `${at}/alerts/${encodeURIComponent('occ.capacity:hall')}/acknowledge`, note)).status).toBeLessThan(300);
    await untilHolds('seen at the other hub', async () => (await alertsAt(A()))[0].acknowledged !== null);
    await A().ask('PUT', `${at}/capacity`, { body: { people: null }, cookie: await A().cookie() });
    await untilHolds('no capacity at the other hub', async () => (await live(B())).position === (await live(A())).position);
    await Promise.all([A().hub.look(), B().hub.look()]);
    for (const hub of [A(), B()]) await untilHolds('no alert', async () => (await alertsAt(hub)).length === 0);
    await Promise.all([A().hub.look(), B().hub.look()]);
    await untilHolds('three messages', () => told.length >= 3);
    await sleep(300);
    expect(told.map((t) => `${t.alert} ${t.change}`)).toEqual(['raised', 'acknowledged', 'cleared'].map((change) => `occ.capacity:hall ${change}`));
    expect(told[1]?.by).toBe(1);
  });

  it('[B4] opens the vote at one hub and closes it at the other: kiosks at both hear each act, and both hubs tell the same figures and result', async () => {
    const voteOf = async (hub: SmallHub) => (await hub.ask('GET', `/api/v1/showcases/${showcase}/vote`, { cookie: await hub.cookie() })).body;
    const act = async (hub: SmallHub, way: string, body: object) =>
      expect((await hub.ask('PUT', `/api/v1/showcases/${showcase}/vote${way}`, { body, cookie: await hub.cookie() })).status).toBe(201);
    const kiosks: { link: KioskLink; vote: PublicTally['vote'] }[] = [];
    for (const hub of [A(), B()]) {
      const device = await hub.device('kiosk');
      const kiosk: (typeof kiosks)[number] = { link: await kioskAt(hub, device), vote: undefined };
      kiosk.link.onTally((tally) => {
        kiosk.vote = tally.vote;
      });
      kiosks.push(kiosk);
      await untilHolds('the kiosk online', () => kiosk.link.state().online);
    }
    const heard = (state: string) => untilHolds(`both kiosks hear ${state}`, () => kiosks.every(({ vote }) => vote?.state === state));
    const choose = async (sessions: readonly string[]): Promise<void> => {
      for (const name of sessions)
        for (const [k, { link }] of kiosks.entries())
          await link.record({ kind: 'vote.cast', session: `session-${name}-${k}`, project: name === 'late' || (name === 'one' && k === 1) ? '3r-rescue' : '3d-digital-map' });
      await untilHolds('both kiosks have sent', () => kiosks.every(({ link }) => link.state().waiting === 0));
    };
    await act(A(), '', { state: 'waiting' });
    await heard('waiting');
    await act(A(), '', { state: 'open' });
    await heard('open');
    await choose(['one', 'two']);
    await act(B(), '', { state: 'closed' });
    await heard('closed');
    await choose(['late']);
    const told = { state: 'closed', votes: 4, uncounted: 2 };
    for (const hub of [A(), B()]) await untilHolds('the votes of both kiosks', async () => (await voteOf(hub)).votes === 4 && (await voteOf(hub)).uncounted === 2);
    expect(await voteOf(A())).toMatchObject(told);
    expect(await voteOf(B())).toEqual(await voteOf(A()));
    await act(A(), '/publication', { on: true });
    await untilHolds('both kiosks hear the result', () => kiosks.every(({ vote }) => vote?.result !== undefined));
    const rows = [
      { project: '3d-digital-map', votes: 3, place: 1 },
      { project: '3r-rescue', votes: 1, place: 2 },
    ];
    expect(kiosks.map(({ vote }) => vote?.result)).toEqual([
      { votes: 4, rows },
      { votes: 4, rows },
    ]);
    expect(kiosks[0]?.vote).toEqual(kiosks[1]?.vote);
    expect(await voteOf(B())).toEqual(await voteOf(A()));
  });

  it('[F61] counts a kiosk that hops between hubs in the middle of a batch once, and shows it on both', async () => {
    const device = await A().device('kiosk');
    await untilHolds('the device at the other hub', () => B().hub.parts.register.device(device.id) !== undefined);
    const storage = new MemoryStorage();
    for (let hop = 0; hop < 8; hop++) {
      const link = await kioskAt(hop % 2 === 0 ? A() : B(), device, storage);
      const recorded = Array.from({ length: 25 }, (_, n) => link.record(session(hop * 25 + n)));
      await Promise.all(recorded);
      // in the middle of it most times: what was sent may be recorded, and nobody said so
      if (hop === 7) await untilHolds('everything acknowledged', () => link.state().waiting === 0);
      else await sleep(hop * 6);
      await link.close();
    }
    await untilHolds('both hubs know', async () => (await live(A())).today.sessions === 200 && (await live(B())).today.sessions === 200);
    expect((await live(A())).position).toBe((await live(B())).position);
  });

  it('[F60] hears of the other hub within 5 s when nobody notifies it', async () => {
    const device = await A().device('kiosk');
    await server.sql("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'", url);
    const link = await kioskAt(A(), device);
    await link.record(session(1));
    expect(await untilHolds('the other hub', async () => (await live(B())).today.sessions === 1)).toBeLessThan(5_000 + busyMs);
  });

  it('[F57] answers 503 while the database is away, serves visitors meanwhile, and goes on by itself within 10 s', async () => {
    const device = await A().device('kiosk');
    const link = await kioskAt(A(), device);
    await untilHolds('online', () => link.state().online);
    await link.record(session(1));
    await untilHolds('acknowledged', () => link.state().waiting === 0);
    server.stopAtOnce();
    try {
      for (let n = 2; n <= 11; n++) await link.record(session(n));
      await sleep(500);
      const sinceMs = performance.now();
      expect((await A().ask('GET', `/api/v1/showcases/${showcase}/content`)).status).toBe(200);
      const code = A().hub.parts.library.links.all()[0]?.code ?? '';
      const redirect = await A().ask('GET', `/q/${code}`);
      expect([redirect.status, redirect.headers.get('x-scan')]).toEqual([302, expect.stringMatching(/uncounted|late/)]);
      expect(performance.now() - sinceMs).toBeLessThan(busyMs);
      expect((await A().ask('GET', '/readyz')).status).toBe(503);
      expect((await A().ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await Promise.resolve('sid=whatever') })).status).toBe(503);
      expect(link.state().waiting).toBe(10);
    } finally {
      server.start();
    }
    expect(await untilHolds('all counted', async () => link.state().waiting === 0 && (await live(B())).today.sessions === 11)).toBeLessThan(10_000 + busyMs);
    expect((await A().ask('GET', '/readyz')).status).toBe(200);
  });

  it('[F59] gets back from the kiosks what a database that was put back to an older copy has lost', async () => {
    const device = await A().device('kiosk');
    const link = await kioskAt(A(), device);
    for (let n = 1; n <= 5; n++) await link.record(session(n));
    // both hubs' sign-ins are in the copy too: what is younger than it is gone, sessions as well
    await untilHolds('acknowledged', async () => link.state().waiting === 0 && (await live(A())).today.sessions === 5 && (await live(B())).today.sessions === 5);
    server.stopAtOnce();
    const older = server.keep();
    server.start();
    for (let n = 6; n <= 9; n++) await link.record(session(n));
    await untilHolds('acknowledged', async () => link.state().waiting === 0 && (await live(B())).today.sessions === 9);
    server.stopAtOnce();
    server.putBack(older);
    server.start();
    // until a hub has looked at the store again, it shows what it knew: so nine, and still nine three seconds later
    let steadySinceMs = Number.POSITIVE_INFINITY;
    await untilHolds('both hubs have all nine again', async () => {
      const nine = link.state().waiting === 0 && (await live(A())).today.sessions === 9 && (await live(B())).today.sessions === 9;
      steadySinceMs = nine ? Math.min(steadySinceMs, performance.now()) : Number.POSITIVE_INFINITY;
      return performance.now() - steadySinceMs > 3_000;
    });
    expect(await stores[0]?.journal.verify()).toMatchObject({ findings: [] });
  });

  it('[F62] a database that refuses (read-only, out of connections, serialization) records no part of a batch', async () => {
    const device = await A().device('kiosk');
    const link = await kioskAt(A(), device);
    await untilHolds('online', () => link.state().online);
    await server.sql(
      `create function harbourlight.refuse() returns trigger language plpgsql as $$ begin raise exception 'planted' using errcode = '40001'; end $$;
       create trigger refuse before insert on harbourlight.journal for each row execute function harbourlight.refuse()`,
      url,
    );
    for (let n = 1; n <= 5; n++) await link.record(session(n));
    await sleep(600);
    expect(link.state().waiting).toBe(5);
    await server.sql('drop trigger refuse on harbourlight.journal', url);
    await untilHolds('counted', async () => link.state().waiting === 0 && (await live(B())).today.sessions === 5);
  });

  it('closing one hub leaves the sockets of the other alone', async () => {
    const device = await A().device('kiosk');
    await untilHolds('the device at the other hub', () => B().hub.parts.register.device(device.id) !== undefined);
    const socket = io(`${B().origin}/kiosk`, { transports: ['websocket'], reconnection: false, auth: { token: device.token, wire: 1 } });
    await new Promise((resolve) => void socket.once('connect', () => resolve(null)));
    await A().close();
    hubs = [B()];
    await sleep(300);
    expect(socket.connected).toBe(true);
    socket.close();
  });
});

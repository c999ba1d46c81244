/**
 * The process itself: no file descriptors left, a second hub, SIGTERM under load, handlers that are sent nonsense, damaged documents, little
 * memory, unknown kinds of events (F22, F23, F25, F64 to F67).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, test } from 'vitest';
import { documentBytesMax } from '../../server/documents/documents.ts';
import { type HubProcess, runHub, runOperator, startHub } from '../hub/hub-process.ts';
import { adminToken, countedIds, kioskToken, randomId, seedFolder, showcase, temporaryFolder } from './seeded-folder.ts';
import { compare, SendingKiosk, startKiosks } from './sending-kiosk.ts';

const passphrase = 'correct horse battery staple';
const bearer = { authorization: `Bearer ${adminToken}` };
/** a busy machine takes its time */
const answerWaitMs = 20_000;
/** the contract's 5 s, and what a busy machine takes to notice */
const stopMsMax = 5_000 + 2_500;
/** sockets open when SIGTERM comes; 2,000 in the full run */
const stopSockets = Number(process.env['STOP_SOCKETS'] ?? 200);
const prlimitLacks = spawnSync('prlimit', ['--version']).status === 0 ? null : 'prlimit is not installed';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const started = async (name: string, kiosks: number, env: { [name: string]: string } = {}): Promise<{ dir: string; hub: HubProcess }> => {
  const { dir, remove } = temporaryFolder(name);
  undo.push(remove);
  await seedFolder(dir, kiosks);
  const hub = await startHub(dir, 0, env);
  undo.push(() => hub.kill());
  return { dir, hub };
};
const sound = async (dir: string, kiosks: readonly SendingKiosk[]): Promise<void> => {
  const ledger = compare(kiosks, await countedIds(dir));
  expect({ lost: ledger.lost, twice: ledger.twice }).toEqual({ lost: [], twice: [] });
};

/** Until the hub has acknowledged more of every kiosk. */
const goOn = async (kiosks: readonly SendingKiosk[]): Promise<void> => {
  const before = kiosks.map((k) => k.acked);
  while (kiosks.some((k, i) => k.acked <= (before[i] as number))) await sleep(20);
};

describe('the process', () => {
  test('[F22] no file descriptor is left: who is connected goes on counting; newcomers are served once there is one', async ({ skip }) => {
    if (prlimitLacks) skip(prlimitLacks);
    const { dir, hub } = await started('emfile', 4);
    const kiosks = startKiosks(hub.origin, 4);
    while (kiosks.some((k) => k.acked < 10)) await sleep(20);
    const used = readdirSync(`/proc/${hub.pid}/fd`).length;
    execFileSync('prlimit', ['--pid', String(hub.pid), `--nofile=${used + 8}:4096`]);
    const crowd: Socket[] = Array.from({ length: 40 }, () => connect(hub.port, '127.0.0.1').on('error', () => undefined));
    undo.push(() => {
      for (const socket of crowd) socket.destroy();
    });
    await sleep(1_000);
    await goOn(kiosks);
    expect(kiosks.map((k) => k.connects)).toEqual([1, 1, 1, 1]);
    for (const socket of crowd) socket.destroy();
    let answered = false;
    for (const untilMs = performance.now() + answerWaitMs; !answered && performance.now() < untilMs; await sleep(50))
      answered = await fetch(`${hub.origin}/healthz`)
        .then((a) => a.ok)
        .catch(() => false);
    expect(answered).toBe(true);
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(dir, kiosks);
  }, 60_000);

  test('[F25] a second hub on the folder exits 73 while the first counts on', async () => {
    const { dir, hub } = await started('second', 2);
    const kiosks = startKiosks(hub.origin, 2);
    expect((await runHub({ DATA_DIR: dir })).code).toBe(73);
    await goOn(kiosks);
    expect(kiosks.every((k) => k.connects === 1)).toBe(true);
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(dir, kiosks);
  }, 60_000);

  test('[F64] SIGTERM with many sockets: exit 0 within 5 s, nothing that was acknowledged is missing', async () => {
    const { dir, hub } = await started('stop', stopSockets);
    const kiosks = startKiosks(hub.origin, stopSockets, { batchEvents: 2, restMs: 100 });
    while (kiosks.some((k) => k.acked < 2)) await sleep(50);
    const ended = performance.now();
    expect(await hub.stop()).toMatchObject({ code: 0 });
    const tookMs = performance.now() - ended;
    process.stdout.write(`SIGTERM with ${stopSockets} sockets: ${Math.round(tookMs)} ms\n`);
    expect(tookMs).toBeLessThan(stopMsMax);
    await sound(dir, kiosks);
    const again = await startHub(dir, hub.port);
    undo.push(() => again.kill());
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(dir, kiosks);
  }, 120_000);

  test('[F65][F67] nonsense in every handler fails that call alone; an unknown kind of event is refused alone and stays visible', async () => {
    const { dir, hub } = await started('nonsense', 2);
    const kiosks = startKiosks(hub.origin, 1);
    const socket = io(`${hub.origin}/kiosk`, { transports: ['websocket'], reconnection: false, auth: { token: kioskToken(1), wire: 1 } });
    undo.push(() => socket.close());
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    const epoch = randomId();
    const deep = JSON.parse(`${'['.repeat(900)}${']'.repeat(900)}`) as unknown;
    for (const event of ['hello', 'record', 'heartbeat'])
      for (const payload of [null, undefined, 0, '', [], { epoch }, { epoch: null, events: [null] }, { events: deep }, { __proto__: null, constructor: 1 }]) {
        const answer = (await socket.timeout(answerWaitMs).emitWithAck(event, payload)) as { ok: boolean };
        expect([event, answer.ok]).toEqual([event, false]);
      }
    expect(await socket.timeout(answerWaitMs).emitWithAck('hello', { epoch, last: null, nowMs: Date.now() })).toMatchObject({ ok: true });
    const base = { atMs: Date.now(), session: 'session-of-nonsense' };
    const unknown = { ...base, seq: 2, id: randomId(), kind: 'hologram.shown', angle: 3 };
    const events = [
      { ...base, seq: 1, id: randomId(), kind: 'session.started', lang: 'en' },
      unknown,
      { ...base, seq: 3, id: randomId(), kind: 'project.opened', project: 'iam-smart', via: 'hill' },
    ];
    expect(await socket.timeout(answerWaitMs).emitWithAck('record', { epoch, events })).toMatchObject({ ok: true, through: 3, rejected: [{ seq: 2 }] });
    await goOn(kiosks);
    expect(kiosks.every((k) => k.connects === 1)).toBe(true);
    const lines = await (await fetch(`${hub.origin}/api/v1/showcases/${showcase}/events`, { headers: bearer })).text();
    expect(lines).toContain(unknown.id);
    expect(await (await fetch(`${hub.origin}/metrics`, { headers: bearer })).text()).toMatch(/^harbourlight_bugs_total 0/m);
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(dir, kiosks);
  }, 60_000);

  test('[F66] with 128 MB of heap a backlog is taken and what visitors do now is counted', async () => {
    const { dir, hub } = await started('memory', 24, { NODE_OPTIONS: '--max-old-space-size=128' });
    const backlog = Array.from({ length: 20 }, (_, index) => new SendingKiosk({ origin: hub.origin, index, batchEvents: 400, restMs: 0 }));
    for (const kiosk of backlog) kiosk.start(4_000);
    const live = Array.from({ length: 4 }, (_, i) => new SendingKiosk({ origin: hub.origin, index: 20 + i, batchEvents: 2, restMs: 50 }));
    for (const kiosk of live) kiosk.start();
    await Promise.all(backlog.map((k) => k.finish()));
    await Promise.all(live.map((k) => k.finish()));
    expect(live.every((k) => k.acked > 0 && k.connects === 1)).toBe(true);
    expect(compare([...backlog, ...live], await countedIds(dir))).toMatchObject({ lost: [], twice: [] });
  }, 120_000);
});

describe('damaged documents', () => {
  const damages: readonly (readonly [string, (good: Buffer) => Buffer])[] = [
    ['empty', () => Buffer.alloc(0)],
    ['cut in the middle', (good) => good.subarray(0, Math.floor(good.length / 2))],
    ['NULs', (good) => Buffer.alloc(good.length)],
    ['null', () => Buffer.from('null')],
    ['[]', () => Buffer.from('[]')],
    ['{"a":[1', () => Buffer.from('{"a":[1')],
    ['__proto__', () => Buffer.from('{"__proto__":{"accounts":[]},"accounts":[],"tokens":[],"devices":[]}')],
    ['one bit', (good) => good.map((byte, i) => (i === good.length - 9 ? byte ^ 1 : byte)) as Buffer],
    ['longer than any document', () => Buffer.alloc(documentBytesMax + 1, 0x20)],
  ];

  test('[F23] however the accounts and devices are damaged, the hub starts with the same ones: from the copy beside or from the journal', async () => {
    const { dir, remove } = temporaryFolder('documents');
    undo.push(remove);
    const first = await startHub(dir, 0, { ADMIN_PASSPHRASE: passphrase });
    undo.push(() => first.kill());
    const signIn = (origin: string): Promise<Response> =>
      fetch(`${origin}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'admin', passphrase }) });
    const cookie = ((await signIn(first.origin)).headers.get('set-cookie') ?? '').split(';')[0] as string;
    const made = await fetch(`${first.origin}/api/v1/devices`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ kind: 'kiosk', name: 'hall', showcase, zone: 'living' }),
    });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    await first.stop();
    const folder = path.join(dir, 'documents');
    const good = readFileSync(path.join(folder, 'register.json'));
    for (const [i, [what, damage]] of damages.entries()) {
      // with a good copy beside, and without one
      const names = i % 2 === 0 ? ['register.json', 'register.json.bak'] : ['register.json'];
      for (const name of names) writeFileSync(path.join(folder, name), damage(good));
      const hub = await startHub(dir);
      undo.push(() => hub.kill());
      const answer = await signIn(hub.origin);
      expect([what, names.length, answer.status]).toEqual([what, names.length, 200]);
      const again = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
      const devices = (await (await fetch(`${hub.origin}/api/v1/devices`, { headers: { cookie: again } })).json()) as { devices: { id: string }[] };
      expect(devices.devices.map((d) => d.id)).toEqual([id]);
      expect(hub.text.out).not.toContain('First administrator');
      await hub.kill();
      expect(readFileSync(path.join(folder, 'register.json'))).toEqual(good);
    }
    expect(await runOperator(['verify'], { DATA_DIR: dir })).toMatchObject({ code: 0 });
  }, 120_000);

  test('[F23] where the journal is gone too, a damaged register stops the start; nobody is made administrator in silence', async () => {
    const { dir, remove } = temporaryFolder('nothing-left');
    undo.push(remove);
    await seedFolder(dir, 1);
    rmSync(path.join(dir, 'documents/register.json.bak'), { force: true });
    writeFileSync(path.join(dir, 'documents/register.json'), '{"a":[1');
    const ended = await runHub({ DATA_DIR: dir, ADMIN_PASSPHRASE: passphrase });
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('register');
    expect(readFileSync(path.join(dir, 'documents/register.json'), 'utf8')).toBe('{"a":[1');
  }, 60_000);
});

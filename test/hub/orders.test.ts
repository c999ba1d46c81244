/** What staff order of kiosks until they withdraw it, and what becomes of it when hubs, kiosks and lines do not hold. */
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import type { Entry } from '../../shared/entry.ts';
import { untilGood } from '../waiting.ts';
import { type SmallHub, type SmallHubOptions, showcase, smallHub } from './small-hub.ts';

const open = new Set<SmallHub>();
afterEach(async () => {
  for (const h of open) await h.close();
  open.clear();
});
const hub = async (options: SmallHubOptions = {}): Promise<SmallHub> => {
  const h = await smallHub(options);
  open.add(h);
  return h;
};
const epoch = 'epoch-orders-0001';
type Said = { kind: string; on?: boolean; text?: string };

/** A kiosk that says hello and does what it is told, unless it is deaf. */
const kioskAt = async (h: SmallHub, token: string, deaf = false) => {
  const socket = await h.kiosk(token);
  const heard: Said[] = [];
  socket.on('command', (command: Said, ack: (answer: object) => void) => {
    heard.push(command);
    if (!deaf) ack({ ok: true });
  });
  const answer = await socket.emitWithAck('hello', { epoch, last: null, nowMs: Date.now() });
  expect(answer.ok).toBe(true);
  return { socket, heard };
};
const broadcast = async (h: SmallHub, command: object) => h.ask('POST', `/api/v1/showcases/${showcase}/broadcasts`, { body: { command }, cookie: await h.cookie() });
const viewOf = async (h: SmallHub, id: string) => (await h.ask('GET', '/api/v1/devices', { cookie: await h.cookie() })).body.devices.find((d: { id: string }) => d.id === id);

describe('orders that stand', () => {
  test('[L6] an emergency reaches everyone, is shown as not followed where it did not, and reaches those when they come back, from the next hub too', async () => {
    const journal = new MemoryJournal();
    const h = await hub({ journal });
    const [here, deaf, away] = [await h.device('kiosk'), await h.device('kiosk'), await h.device('kiosk')];
    const first = await kioskAt(h, here.token);
    const second = await kioskAt(h, deaf.token, true);
    const order = { kind: 'emergency', on: true, text: '請由東門離場' };
    const startMs = performance.now();
    const answer = await broadcast(h, order);
    expect(answer.body.delivered).toEqual(
      expect.arrayContaining([
        { id: here.id, ok: true },
        { id: deaf.id, ok: false },
        { id: away.id, ok: false },
      ]),
    );
    expect(performance.now() - startMs).toBeLessThan(15_000);
    expect([first.heard, second.heard]).toEqual([[order], [order]]);
    expect((await viewOf(h, here.id)).orders).toEqual({ given: ['emergency'], followed: true });
    expect((await viewOf(h, away.id)).orders).toEqual({ given: ['emergency'], followed: false });
    const late = await kioskAt(h, away.token);
    expect(
      await untilGood(
        () => late.heard,
        (l) => l.length > 0,
      ),
    ).toEqual([order]);
    expect(
      (
        await untilGood(
          () => viewOf(h, away.id),
          (v) => v.orders.followed,
        )
      ).orders.followed,
    ).toBe(true);
    const live = (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body;
    expect(live.hall.emergency).toMatchObject({ by: 'admin', text: '請由東門離場' });

    const entries: Entry[] = [];
    for await (const part of journal.read(0)) entries.push(...part.entries);
    await h.close();
    open.delete(h);
    const copy = new MemoryJournal();
    await copy.append(entries);
    const again = await hub({ journal: copy });
    expect((await viewOf(again, here.id)).orders).toEqual({ given: ['emergency'], followed: false });
    const back = await kioskAt(again, here.token);
    expect(
      await untilGood(
        () => back.heard,
        (l) => l.length > 0,
      ),
    ).toEqual([order]);
    await broadcast(again, { kind: 'emergency', on: false });
    expect(back.heard.at(-1)).toEqual({ kind: 'emergency', on: false });
    // one that was away when it was withdrawn is told that it does not stand any more
    const other = await kioskAt(again, away.token);
    expect(
      await untilGood(
        () => other.heard,
        (l) => l.length > 0,
      ),
    ).toEqual([{ kind: 'emergency', on: false }]);
    expect((await viewOf(again, away.id)).orders).toBeUndefined();
  });

  test('[L6] a single kiosk’s pause stands beside the showcase’s; an order for all overtakes it; nothing is told where nothing was ever ordered', async () => {
    const h = await hub();
    const [a, b] = [await h.device('kiosk'), await h.device('kiosk')];
    const quiet = await kioskAt(h, a.token);
    quiet.socket.close();
    await h.ask('POST', `/api/v1/devices/${a.id}/commands`, { body: { command: { kind: 'pause', on: true } }, cookie: await h.cookie() });
    const first = await kioskAt(h, a.token);
    const second = await kioskAt(h, b.token);
    expect(
      await untilGood(
        () => first.heard,
        (l) => l.length > 0,
      ),
    ).toEqual([{ kind: 'pause', on: true }]);
    expect(
      await untilGood(
        () => second.heard,
        (l) => l.length > 0,
      ),
    ).toEqual([{ kind: 'pause', on: false }]);
    expect(quiet.heard).toEqual([]);
    await broadcast(h, { kind: 'pause', on: false });
    expect(first.heard.at(-1)).toEqual({ kind: 'pause', on: false });
    first.socket.close();
    const again = await kioskAt(h, a.token);
    expect(
      await untilGood(
        () => again.heard,
        (l) => l.length > 0,
      ),
    ).toEqual([{ kind: 'pause', on: false }]);
    const log = (await h.ask('GET', `/api/v1/showcases/${showcase}/log`, { cookie: await h.cookie() })).body.lines;
    expect(log.map((l: { entry: { kind: string; devices?: unknown; on?: boolean } }) => [l.entry.kind, l.entry.devices, l.entry.on])).toEqual([
      ['order.given', [a.id], true],
      ['order.given', null, false],
    ]);
  });

  test('[L6] kiosks are told while the journal takes nothing', async () => {
    const journal = new MemoryJournal();
    const h = await hub({ journal });
    const a = await h.device('kiosk');
    const kiosk = await kioskAt(h, a.token);
    journal.become('full');
    expect((await broadcast(h, { kind: 'emergency', on: true })).body.delivered).toEqual([{ id: a.id, ok: true }]);
    expect(kiosk.heard).toEqual([{ kind: 'emergency', on: true }]);
    journal.become('writable');
  });
});

describe('whom', () => {
  test('[L11][L8] a group hears what is for it and nobody else does; a change of group cuts nobody off; one kiosk rehearses alone; the log says who', async () => {
    const h = await hub();
    const [a, b] = [await h.device('kiosk'), await h.device('kiosk')];
    const [east, other] = [await kioskAt(h, a.token), await kioskAt(h, b.token)];
    const cookie = await h.cookie();
    expect((await h.ask('PATCH', `/api/v1/devices/${a.id}`, { body: { group: '東廳' }, cookie })).body.device).toMatchObject({ id: a.id, group: '東廳' });
    const told = (command: object, group?: string) => h.ask('POST', `/api/v1/showcases/${showcase}/broadcasts`, { body: { command, ...(group && { group }) }, cookie });
    expect((await told({ kind: 'theme', theme: 'day' }, '東廳')).body.delivered).toEqual([{ id: a.id, ok: true }]);
    expect((await told({ kind: 'theme', theme: 'dusk' }, '東廳')).status).toBe(400);
    expect((await told({ kind: 'pause', on: true }, '東廳')).body.delivered).toEqual([{ id: a.id, ok: true }]);
    expect((await told({ kind: 'identify' }, '西廳')).body.delivered).toEqual([]);
    expect([east.heard, other.heard, east.socket.connected]).toEqual([
      [
        { kind: 'theme', theme: 'day' },
        { kind: 'pause', on: true },
      ],
      [],
      true,
    ]);
    expect([(await viewOf(h, a.id)).orders, (await viewOf(h, b.id)).orders]).toEqual([{ given: ['pause'], followed: true }, undefined]);

    const rehearse = (on: boolean, devices: string[]) => h.ask('POST', `/api/v1/showcases/${showcase}/rehearsal`, { body: { on, devices }, cookie });
    expect((await rehearse(true, ['k-nobody'])).status).toBe(400);
    expect((await rehearse(true, [b.id])).status).toBe(201);
    expect([(await viewOf(h, a.id)).rehearsing, (await viewOf(h, b.id)).rehearsing]).toEqual([undefined, true]);
    const session = (kiosk: typeof east, n: number) =>
      kiosk.socket.emitWithAck('record', {
        epoch,
        events: [{ seq: n, id: `event-${n}-${kiosk.socket.id?.slice(0, 6)}`, atMs: Date.now(), kind: 'session.started', session: 'session-1', lang: 'en' }],
      });
    expect([(await session(east, 1)).ok, (await session(other, 1)).ok]).toEqual([true, true]);
    expect((await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie })).body.today.sessions).toBe(1);
    expect((await h.ask('PATCH', `/api/v1/devices/${a.id}`, { body: { group: '' }, cookie })).body.device.group).toBeUndefined();
    const { lines } = (await h.ask('GET', `/api/v1/showcases/${showcase}/log`, { cookie })).body;
    expect(lines.map((l: { entry: { kind: string; by: string; of?: number; delivered?: number } }) => [l.entry.kind, l.entry.by, l.entry.delivered, l.entry.of])).toEqual([
      ['command.sent', 'admin', 1, 1],
      ['order.given', 'admin', undefined, undefined],
      ['command.sent', 'admin', 0, 0],
      ['rehearsal.set', 'admin', undefined, undefined],
    ]);
  });
});

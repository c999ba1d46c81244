/** Kiosks that are away while the hub is restarted: since when, by what number, and the alert beside. */
import { afterEach, describe, expect, test } from 'vitest';
import { LastHeard } from '../../server/access/last-heard.ts';
import { MemoryShelf } from '../../server/access/shelf.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import type { DeviceView } from '../../shared/wire.ts';
import { kiosk } from '../staff/live.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

const atMs = Date.parse('2026-11-25T11:00:00+08:00');
const epoch = 'epoch-away-0001';
const open = new Set<SmallHub>();
afterEach(async () => {
  for (const h of open) await h.close();
  open.clear();
});

/** One store that outlives its hubs. */
const place = async () => {
  const documents = new MemoryDocuments();
  const journal = new MemoryJournal();
  const checkpoints = new MemoryDocuments();
  // closed with the first hub, and read on all the same
  for (const d of [documents, checkpoints]) d.close = async () => undefined;
  journal.close = async () => undefined;
  return {
    checkpoints,
    hub: async (ms: number): Promise<SmallHub> => {
      const shelf = await MemoryShelf.open(documents, { nowMs: () => ms, monotonicMs: () => performance.now() });
      const h = await smallHub({ atMs: ms, store: { journal, documents, checkpoints, shelf, crossing: null } });
      open.add(h);
      return h;
    },
  };
};
const stop = async (h: SmallHub): Promise<void> => {
  open.delete(h);
  await h.close();
};
const greet = async (h: SmallHub, token: string): Promise<void> => {
  const socket = await h.kiosk(token);
  expect(await socket.emitWithAck('hello', { epoch, last: null, nowMs: h.hub.parts.clock.nowMs() })).toMatchObject({ ok: true });
  expect(
    await socket.emitWithAck('record', { epoch, events: [{ seq: 1, id: `id-${token.slice(0, 14)}`, atMs, kind: 'project.saved', session: 's-away-00001', project: 'p' }] }),
  ).toMatchObject({ ok: true });
  socket.close();
};
const seen = (h: SmallHub, id: string): DeviceView | undefined => h.hub.parts.floor.views(showcase).find((v) => v.id === id);

describe('a kiosk that is away', () => {
  test('[L15] says since when after a restart, and so does its alert; one that was never heard says never', async () => {
    const p = await place();
    let h = await p.hub(atMs);
    const [away, unseen] = [await h.device('kiosk'), await h.device('kiosk')];
    await greet(h, away.token);
    const { heardMs } = seen(h, away.id) as DeviceView;
    await stop(h);

    h = await p.hub(atMs + 3 * 3_600_000);
    expect(seen(h, away.id)).toMatchObject({ status: 'offline', heardMs });
    expect(seen(h, unseen.id)).toMatchObject({ status: 'never', heardMs: null });
    await h.hub.look();
    // it may be coming back: nothing is raised at once
    expect(h.hub.parts.alerts.alerts(showcase).filter((a) => a.rule === 'kiosk.offline')).toEqual([]);
    h.moveMs(61_000);
    await h.hub.look();
    expect(h.hub.parts.alerts.alerts(showcase).filter((a) => a.rule === 'kiosk.offline')).toMatchObject([{ subject: away.id, level: 'red' }]);
    expect(seen(h, away.id)).toMatchObject({ status: 'offline', heardMs });
    // nobody heard of it in this life: what was kept stays kept
    await stop(h);
    h = await p.hub(atMs + 9 * 3_600_000);
    expect(seen(h, away.id)).toMatchObject({ status: 'offline', heardMs });
  });

  test('[L15] with what was kept lost or nonsense is offline all the same where it once recorded', async () => {
    const p = await place();
    let h = await p.hub(atMs);
    const away = await h.device('kiosk');
    await greet(h, away.token);
    await stop(h);
    for (const kept of [null, 'nonsense', { [away.id]: 'yesterday' }]) {
      await p.checkpoints.write('last-heard', kept);
      h = await p.hub(atMs + 60_000);
      expect(seen(h, away.id)).toMatchObject({ status: 'offline', heardMs: null });
      h.moveMs(61_000);
      await h.hub.look();
      expect(h.hub.parts.alerts.alerts(showcase)).toContainEqual(expect.objectContaining({ rule: 'kiosk.offline', subject: away.id }));
      await stop(h);
    }
  });

  test('[L15] is kept when it is new, then once a minute; a disk that refuses is asked again', async () => {
    const documents = new MemoryDocuments();
    const writes: unknown[] = [];
    let full = false;
    const { write } = documents;
    documents.write = async (name, value) => {
      if (full) throw new Error('full');
      writes.push(value);
      await write.call(documents, name, value);
    };
    const heard = await LastHeard.open(documents);
    const at = (ms: number, more: Partial<DeviceView> = {}) =>
      heard.keep([kiosk({ heardMs: ms, ...more }), kiosk({ id: 'c-1', kind: 'counter' }), kiosk({ id: 'k-9', heardMs: null })]);
    await at(1_000);
    await at(6_000);
    await at(60_999);
    expect(writes).toEqual([{ 'k-1': 1_000 }]);
    full = true;
    await at(61_000);
    expect(heard.of('k-1')).toBe(1_000);
    full = false;
    await at(66_000);
    expect([writes.length, heard.of('k-1'), (await LastHeard.open(documents)).of('k-1')]).toEqual([2, 66_000, 66_000]);
  });
});

test('[L16] two kiosks that are called alike have numbers of their own, through renames, restarts, moves and an end', async () => {
  const p = await place();
  let h = await p.hub(atMs);
  const cookie = await h.cookie();
  const add = async (name: string, at = showcase): Promise<string> => (await h.ask('POST', '/api/v1/devices', { body: { kind: 'kiosk', name, showcase: at }, cookie })).body.id;
  const ids = [await add('Kiosk 1'), await add('機站 1'), await add('東門 12'), await add('西門')];
  const numbers = () => ids.map((id) => seen(h, id)?.number);
  expect(numbers()).toEqual([1, 2, 12, 3]);
  await h.ask('PATCH', `/api/v1/devices/${ids[1]}`, { body: { name: '機站 12' }, cookie });
  await h.ask('DELETE', `/api/v1/devices/${ids[0]}`, { cookie });
  expect(numbers()).toEqual([undefined, 2, 12, 3]);
  await stop(h);
  h = await p.hub(atMs + 60_000);
  expect(numbers()).toEqual([undefined, 2, 12, 3]);
  // the broken one's number goes to the one in its place; who comes from elsewhere takes nobody's
  ids.push(await add('新 1'), await add('Kiosk 12', 'maker-in-china'));
  const moved = ids[5] as string;
  expect([numbers()[4], h.hub.parts.floor.views('maker-in-china').find((v) => v.id === moved)?.number]).toEqual([1, 12]);
  await h.ask('PATCH', `/api/v1/devices/${moved}`, { body: { showcase, zone: 'living' }, cookie });
  expect(numbers()).toEqual([undefined, 2, 12, 3, 1, 4]);
});

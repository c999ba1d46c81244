/** What staff screens show, figure by figure, against the journal itself: whenever they are told, and whoever came late. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Live, liveOf } from '../../shared/live.ts';
import { type Patch, patched } from '../../shared/patch.ts';
import { applyEntry, emptyTally } from '../../shared/tally.ts';
import type { DeviceView, Frame } from '../../shared/wire.ts';
import { headFrameMs, tallyFrameMs } from '../../shared/wire-limits.ts';
import { minute, type SmallHub, showcase, smallHub } from './small-hub.ts';

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: 'https://go.example.hk' });
});
afterAll(() => h.close());

type Held = { live: Live; devices: Map<string, DeviceView>; n: number; frames: number; tallies: number; shown: { position: number; today: Live['today'] }[] };

/** A screen that does nothing but apply what it hears. */
const openScreen = async (terse: boolean): Promise<Held> => {
  const socket = await h.staff(await h.cookie());
  let held: Held | null = null;
  const take = ({ n, l, d }: Frame): void => {
    if (held === null) return;
    expect(n).toBe(held.n + 1);
    held.n = n;
    held.frames++;
    if (l !== undefined) held.live = patched(held.live, l) as Live;
    for (const [id, patch] of Object.entries(d ?? {})) held.devices.set(id, patched(held.devices.get(id), patch as Patch) as DeviceView);
    held.shown.push({ position: held.live.position, today: held.live.today });
  };
  socket.on('frame', take);
  socket.on('tally', (delta: Partial<Live> & { position: number }) => {
    if (held === null) return;
    held.tallies++;
    held.live = { ...held.live, ...delta };
    held.shown.push({ position: held.live.position, today: held.live.today });
  });
  // taken as it arrives: a frame may come with it
  return new Promise((resolve) => {
    socket.emit('watch', { showcase, ...(terse && { terse: true }) }, (answer: { live: Live; devices: DeviceView[]; n?: number }) => {
      held = { live: answer.live, devices: new Map(answer.devices.map((d) => [d.id, d])), n: answer.n ?? 0, frames: 0, tallies: 0, shown: [] };
      resolve(held);
    });
  });
};

/** Today's figures at each position, from the journal alone; people inside depend on the clock. */
const fromJournal = async (): Promise<Map<number, object>> => {
  const tally = emptyTally();
  const all = new Map<number, object>();
  for await (const { first, entries } of h.journal.read(0))
    for (const [i, entry] of entries.entries()) {
      applyEntry(tally, entry, first + i);
      all.set(first + i, counts(liveOf(tally, showcase, Date.now()).today));
    }
  return all;
};
const counts = ({ occupancy: _, ...today }: Live['today']): object => today;

test('[L12][F52] at every frame and tally a screen shows what the journal says at that position, also one that came late; at rest all of it', async () => {
  const [{ token }, counter] = [await h.device('kiosk'), await h.device('counter', { point: 'door-b' })];
  const admin = await h.cookie();
  const clicker = await h.staff(admin);
  const kiosk = await h.kiosk(token);
  const first = await openScreen(true);
  const plain = await openScreen(false);
  await kiosk.emitWithAck('hello', { epoch: 'epoch-frames-01', last: null, nowMs: Date.now() });
  const sinceMs = performance.now();
  const late: Held[] = [];
  for (let seq = 1; seq <= 60; seq++) {
    const session = `session-frames-${Math.floor(seq / 6)}`;
    const event = seq % 6 === 0 ? { kind: 'session.started', session, lang: 'en' } : { kind: 'project.opened', session, project: `project-${seq % 9}`, via: 'hill' };
    await kiosk.emitWithAck('record', { epoch: 'epoch-frames-01', events: [{ seq, id: `id-frames-${String(seq).padStart(6, '0')}`, atMs: Date.now(), ...event }] });
    if (seq % 3 === 0) await clicker.emitWithAck('count.click', { id: `click-frames-${seq}`, point: 'door-a', direction: 'in', n: 1, atMs: Date.now(), showcase });
    if (seq % 10 === 0) await h.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(Date.now(), seq, 3, 1)] } });
    if (seq % 7 === 0)
      await kiosk.emitWithAck('heartbeat', { waiting: 0, oldestMs: null, screen: seq % 2 ? 'hill' : 'project', fps: seq, heapBytes: 1e6 * seq, pack: 'x', faults: [] });
    if (seq === 20 || seq === 40) late.push(await openScreen(true));
    await sleep(25);
  }
  const seconds = (performance.now() - sinceMs) / 1_000;
  expect(plain.tallies).toBeLessThanOrEqual(seconds * (1_000 / tallyFrameMs) + 2);
  // and those before the clock ran, and those that the late screens made go early
  expect(first.frames).toBeLessThanOrEqual(seconds * (1_000 / headFrameMs + 1_000 / tallyFrameMs) + 10);
  const screens = [first, plain, ...late];
  const now = async (): Promise<Live & { kiosks: DeviceView[] }> => (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: admin })).body;
  const still = ({ asOf: _, ...live }: Live): object => live;
  await expect
    .poll(
      async () => {
        const { kiosks: _, ...live } = await now();
        return screens.map((s) => JSON.stringify(still(s.live)) === JSON.stringify(still(live)));
      },
      { timeout: 15_000 },
    )
    .toEqual(screens.map(() => true));
  const all = await fromJournal();
  for (const screen of screens) {
    expect(screen.shown.length).toBeGreaterThan(3);
    for (const { position, today } of screen.shown) expect([position, counts(today)]).toEqual([position, all.get(position)]);
  }
  // a kiosk's pulse may be half a minute old; what it is and does is not
  const facts = ({ id, status, screen, faults, zone, revoked }: DeviceView): object => ({ id, status, screen, faults, zone, revoked });
  const { kiosks } = await now();
  for (const screen of [first, ...late]) expect(kiosks.map((k) => facts(screen.devices.get(k.id) as DeviceView))).toEqual(kiosks.map(facts));
});

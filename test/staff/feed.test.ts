/** The feed against a socket of the test's own: watch, frames, loss, watching again, and news that come too late. */
import { describe, expect, test } from 'vitest';
import { againMs, openFeed, type StaffSocket } from '../../kiosk/staff/feed.ts';
import { kiosk, live } from './live.ts';

type Ack = (error: Error | null, answer: unknown) => void;

const setUp = () => {
  const handlers = new Map<string, (value?: unknown) => void>();
  const asks: { showcase: string; ack: Ack }[] = [];
  const timers: { run(): void; ms: number }[] = [];
  const calls: string[] = [];
  const state = { connected: false, active: true };
  const socket = {
    get connected() {
      return state.connected;
    },
    get active() {
      return state.active;
    },
    on: (event: string, handler: (value?: unknown) => void) => handlers.set(event, handler),
    timeout: () => ({ emit: (_event: string, ask: { showcase: string }, ack: Ack) => asks.push({ showcase: ask.showcase, ack }) }),
    connect: () => calls.push('connect'),
    disconnect: () => calls.push('disconnect'),
  } as unknown as StaffSocket;
  let ended = 0;
  const feed = openFeed({ socket, nowMs: () => 5, later: (run, ms) => void timers.push({ run, ms }), onSessionEnded: () => ended++ });
  const fire = (event: string, value?: unknown): void => handlers.get(event)?.(value);
  const connect = (): void => {
    state.connected = true;
    fire('connect');
  };
  const answer = (more = {}): void => asks.at(-1)?.ack(null, { ok: true, n: 7, live: live(more), devices: [kiosk()], names: { projects: {}, zones: {}, points: {} }, alerts: [] });
  return { feed, fire, connect, answer, asks, timers, calls, state, ended: () => ended };
};

const here = 'smart-hong-kong-pavilion';

describe('the feed', () => {
  test('watches once connected and takes frames after the snapshot only', () => {
    const t = setUp();
    t.feed.watch(here);
    expect(t.calls).toEqual(['connect']);
    t.connect();
    t.fire('frame', { n: 7, l: { position: 99, open: false } });
    expect(t.feed.live.value).toBeNull();
    t.answer();
    expect(t.feed.state.value).toBe('live');
    t.fire('frame', { n: 8, l: { position: 11, open: false, today: { visits: 1_987 } } });
    expect(t.feed.live.value).toEqual(live({ position: 11, open: false, today: { ...live().today, visits: 1_987 } }));
    t.fire('frame', { n: 9, d: { 'k-1': { status: 'offline' }, 'k-2': [kiosk({ id: 'k-2' })] } });
    expect(t.feed.devices.value).toEqual([kiosk({ status: 'offline' }), kiosk({ id: 'k-2' })]);
    t.fire('frame', { n: 10, d: { 'k-2': { revoked: true } } });
    expect(t.feed.devices.value.map((d) => d.id)).toEqual(['k-1']);
  });
  test('a frame is of what the hub told, whatever was heard another way meanwhile', () => {
    const t = setUp();
    t.feed.watch(here);
    t.connect();
    t.answer();
    t.feed.noteDevice(kiosk({ name: 'renamed', status: 'warn' }));
    expect(t.feed.devices.value[0]).toMatchObject({ name: 'renamed', status: 'warn' });
    t.fire('frame', { n: 8, d: { 'k-1': { name: 'renamed' } } });
    expect(t.feed.devices.value).toEqual([kiosk({ name: 'renamed' })]);
  });
  test('watches again when a frame is missing, and takes none of it', () => {
    const t = setUp();
    t.feed.watch(here);
    t.connect();
    t.answer();
    t.fire('frame', { n: 9, l: { open: false } });
    expect([t.asks.length, t.feed.live.value?.open]).toEqual([2, true]);
    t.fire('frame', { n: 10, l: { open: false } });
    t.answer({ position: 44 });
    expect([t.asks.length, t.feed.live.value?.position, t.feed.live.value?.open]).toEqual([2, 44, true]);
  });
  test('says at once that the connection is lost, keeps the last figures, and watches again', () => {
    const t = setUp();
    t.feed.watch(here);
    t.connect();
    t.answer();
    t.state.connected = false;
    t.fire('disconnect');
    expect([t.feed.state.value, t.feed.live.value?.position]).toEqual(['lost', 10]);
    t.connect();
    expect(t.asks).toHaveLength(2);
    t.answer({ position: 40 });
    expect([t.feed.state.value, t.feed.live.value?.position]).toEqual(['live', 40]);
  });
  test('comes back by itself after a hub that said good-bye', () => {
    const t = setUp();
    t.feed.watch(here);
    t.connect();
    t.answer();
    Object.assign(t.state, { connected: false, active: false });
    t.fire('disconnect');
    expect(t.timers.map((x) => x.ms)).toEqual([againMs]);
    t.timers[0]?.run();
    expect(t.calls).toEqual(['connect', 'connect']);
  });
  test('drops the answer and the frames of a showcase that is not watched any more', () => {
    const t = setUp();
    t.feed.watch(here);
    t.connect();
    const late = t.asks[0];
    t.feed.watch('maker-in-china');
    late?.ack(null, { ok: true, live: live(), devices: [], names: null });
    t.fire('frame', { n: 8, l: { position: 50 } });
    expect([t.feed.live.value, t.asks.at(-1)?.showcase]).toEqual([null, 'maker-in-china']);
  });
  test('asks again when the answer does not come', () => {
    const t = setUp();
    t.feed.watch(here);
    t.connect();
    t.asks[0]?.ack(new Error('timeout'), undefined);
    t.timers[0]?.run();
    expect(t.asks).toHaveLength(2);
  });
  test('an ended session is told, another refusal is shown', () => {
    const t = setUp();
    t.feed.watch(here);
    t.fire('connect_error', Object.assign(new Error('x'), { data: { code: 'auth_required' } }));
    expect(t.ended()).toBe(1);
    t.connect();
    t.asks.at(-1)?.ack(null, { ok: false, error: { code: 'forbidden', message: '' } });
    expect(t.feed.state.value).toEqual({ refused: 'forbidden' });
  });
});

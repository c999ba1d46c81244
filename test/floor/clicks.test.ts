/** The clicker's outbox: what was pressed is kept, sent in order, counted once, and never lost by a line or a disk that fails. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClickAct, ClickQueue, type ClickStore, clicksWaitingMax, MemoryClicks, type Sent } from '../../kiosk/link/click-queue.ts';
import { openClicker, undoActsMax } from '../../kiosk/staff/clicker.ts';
import type { Feed } from '../../kiosk/staff/feed.ts';

const click = (n: number, point = 'door-a'): ClickAct => ({ kind: 'click', id: `click-${n}`, showcase: 's', point, direction: 'in', n: 1, atMs: n });
const settled = () => new Promise((r) => setTimeout(r, 0));

/** A hub that hears or does not, and remembers ids as the real one does. */
const hub = () => {
  const recorded: ClickAct[] = [];
  const ids = new Set<string>();
  let mood: 'there' | 'away' | 'mute' | 'refusing' = 'there';
  const send = async (act: ClickAct): Promise<Sent> => {
    if (mood === 'away') return 'later';
    if (mood === 'refusing') return 'refused';
    if (!ids.has(act.id)) {
      ids.add(act.id);
      recorded.push(act);
    }
    return mood === 'mute' ? 'later' : 'done';
  };
  return {
    recorded,
    send,
    become: (next: typeof mood) => {
      mood = next;
    },
  };
};

const queueOn = async (store: ClickStore, send: (act: ClickAct) => Promise<Sent>) => {
  const timers: (() => void)[] = [];
  const queue = await ClickQueue.open({ store, send, after: (_ms, run) => void timers.push(run), changed: () => undefined });
  const pass = async () => {
    for (const run of timers.splice(0)) run();
    await settled();
  };
  return { queue, pass, timers };
};

describe('the queue', () => {
  test('[L7] what is pressed offline waits in order, also for the next page, and is sent once though answers are lost', async () => {
    const store = new MemoryClicks();
    const h = hub();
    h.become('away');
    const first = await queueOn(store, h.send);
    for (let n = 1; n <= 5; n++) await first.queue.add(click(n));
    await first.queue.add({ kind: 'void', id: 'void-1', showcase: 's', of: 'click-3', reason: 'x' });
    await first.pass();
    expect([first.queue.waiting.length, h.recorded.length]).toEqual([6, 0]);
    first.queue.close();
    const second = await queueOn(store, h.send);
    expect(second.queue.waiting.length).toBe(6);
    h.become('mute');
    second.queue.wake();
    await settled();
    await second.pass();
    expect([second.queue.waiting.length, h.recorded.length]).toEqual([6, 1]);
    h.become('there');
    await second.pass();
    await settled();
    expect(second.queue.waiting).toEqual([]);
    expect(h.recorded.map((a) => a.id)).toEqual(['click-1', 'click-2', 'click-3', 'click-4', 'click-5', 'void-1']);
    expect(await store.all()).toEqual([]);
  });

  test('[L7] however much is pressed offline, one timer tries again, not one a press', async () => {
    const h = hub();
    h.become('away');
    const { queue, pass, timers } = await queueOn(new MemoryClicks(), h.send);
    for (let n = 1; n <= 50; n++) {
      await queue.add(click(n));
      await settled();
    }
    expect(timers).toHaveLength(1);
    await pass();
    expect(timers).toHaveLength(1);
    h.become('there');
    await pass();
    await settled();
    expect(h.recorded).toHaveLength(50);
    expect(timers).toEqual([]);
  });

  test('[L7] what the hub will never record is told and stops nothing; a disk that refuses is told to the presser', async () => {
    const h = hub();
    const { queue } = await queueOn(new MemoryClicks(), h.send);
    h.become('refusing');
    await queue.add(click(1));
    await settled();
    expect([queue.refused, queue.waiting.length]).toEqual([1, 0]);
    h.become('there');
    await queue.add(click(2));
    await settled();
    expect(h.recorded.map((a) => a.id)).toEqual(['click-2']);
    const full = new MemoryClicks();
    full.put = () => Promise.reject(new Error('quota'));
    const broken = await queueOn(full, h.send);
    await expect(broken.queue.add(click(3))).rejects.toThrow('quota');
    expect(broken.queue.waiting).toEqual([]);
    h.become('away');
    const long = await queueOn(new MemoryClicks(), h.send);
    for (let n = 0; n < clicksWaitingMax; n++) await long.queue.add(click(n));
    await expect(long.queue.add(click(-1))).rejects.toThrow('clicks_waiting');
  });

  test('[L7] whatever the line does, everything is recorded once and in order', async () => {
    const step = fc.oneof(
      fc.constant('press' as const),
      fc.constantFrom('there' as const, 'away' as const, 'mute' as const),
      fc.constant('pass' as const),
      fc.constant('reload' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (story) => {
        const store = new MemoryClicks();
        const h = hub();
        let q = await queueOn(store, h.send);
        const pressed: string[] = [];
        for (const s of story) {
          if (s === 'press') {
            pressed.push(`click-${pressed.length}`);
            await q.queue.add(click(pressed.length - 1));
          } else if (s === 'pass') await q.pass();
          else if (s === 'reload') {
            q.queue.close();
            await settled();
            q = await queueOn(store, h.send);
            q.queue.wake();
          } else h.become(s);
        }
        h.become('there');
        for (let n = 0; n < 4; n++) {
          q.queue.wake();
          await q.pass();
          await settled();
        }
        expect(h.recorded.map((a) => a.id)).toEqual(pressed);
        expect(await store.all()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the clicker', () => {
  const setUp = () => {
    const h = hub();
    const kept = new Map<string, string>();
    let n = 0;
    const parts = {
      openStore: async () => new MemoryClicks(),
      makeId: () => `id-${++n}`,
      storage: { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) } as unknown as Storage,
      vibrate: () => undefined,
      after: () => undefined,
    };
    return { h, parts, clicker: openClicker(parts) };
  };
  const press = { showcase: 's', point: 'door-a', direction: 'in' as const, n: 1, atMs: 1 };

  test('[L7] shows what waits, takes back the newest by an act of its own, and remembers hand and door', async () => {
    const { h, parts, clicker } = setUp();
    expect(await clicker.press(press)).toBe(true);
    expect(await clicker.press({ ...press, n: 5 })).toBe(true);
    expect([clicker.waiting.value, clicker.pending('door-a'), clicker.pending('door-b')]).toEqual([2, { in: 6, out: 0 }, { in: 0, out: 0 }]);
    const last = clicker.last.value.at(-1);
    expect(last?.n).toBe(5);
    if (last) await clicker.takeBack(last, 'pressed by mistake');
    expect([clicker.waiting.value, clicker.pending('door-a').in, clicker.last.value.length]).toEqual([3, 1, 1]);
    clicker.use({ click: h.send } as unknown as Feed);
    await settled();
    await settled();
    expect(h.recorded.map((a) => a.kind)).toEqual(['click', 'click', 'void']);
    expect(clicker.waiting.value).toBe(0);
    clicker.swapHands();
    clicker.choose('door-b');
    const again = openClicker(parts);
    expect([again.hand.value, again.door.value]).toEqual(['left', 'door-b']);
    for (let i = 0; i < undoActsMax + 3; i++) await clicker.press(press);
    expect(clicker.last.value.length).toBe(undoActsMax);
  });
});

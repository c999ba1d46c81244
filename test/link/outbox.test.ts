import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { Outbox, storageRetryMs } from '../../kiosk/link/outbox.ts';
import { chanceOf } from '../faults/chance.ts';
import { drained, FakeClock } from '../faults/fake-clock.ts';
import { PowerCutStorage } from '../faults/power-cut-storage.ts';
import { opened, started } from './pieces.ts';

const ack = async (outbox: Outbox) => {
  const batch = await outbox.nextBatch();
  if (!batch) throw new Error('nothing waits');
  await outbox.markAcked(batch, batch.through, batch.events.at(-1)?.id ?? null);
  return batch;
};

describe('recording', () => {
  it('numbers events 1, 2, 3 and gives each an id of its own', async () => {
    const { outbox } = await opened();
    await Promise.all([outbox.record(started(1)), outbox.record(started(2)), outbox.record({ ...started(3), atMs: 5.4 })]);
    const batch = await outbox.nextBatch();
    expect(batch?.events.map((e) => e.seq)).toEqual([1, 2, 3]);
    expect(new Set(batch?.events.map((e) => e.id)).size).toBe(3);
    expect(batch?.events[2]?.atMs).toBe(5);
  });

  it('numbers on where two tabs share a storage', async () => {
    const { outbox, storage, clock } = await opened();
    const other = await opened({}, storage, clock, 2);
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? outbox : other.outbox).record(started(n))));
    expect((await outbox.nextBatch())?.events.map((e) => e.seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps what was committed strictly when the power is cut, and may lose what was not', async () => {
    for (const durability of ['strict', 'relaxed'] as const) {
      const clock = new FakeClock();
      const random = chanceOf(1).bytes;
      const storage = new PowerCutStorage({ clock, durability, commitMs: () => 3 });
      const outbox = new Outbox({ storage, clock, random });
      void outbox.open();
      let recorded = false;
      void outbox.record(started(1)).then(() => {
        recorded = true;
      });
      await clock.pass(100);
      expect(recorded).toBe(true);
      const after = new PowerCutStorage({ clock, durability, commitMs: () => 3, platter: storage.die(true) });
      expect(after.disk.events.size).toBe(durability === 'strict' ? 1 : 0);
    }
  });

  it('holds events while the disk refuses, and says so', async () => {
    class FullStorage extends MemoryStorage {
      full = false;
      protected override commit(...args: Parameters<MemoryStorage['commit']>): Promise<void> {
        return this.full ? Promise.reject(new Error('QuotaExceededError')) : super.commit(...args);
      }
    }
    const storage = new FullStorage();
    const { outbox, clock } = await opened({}, storage);
    storage.full = true;
    let recorded = false;
    void outbox.record(started(1)).then(() => {
      recorded = true;
    });
    await drained();
    expect(outbox.stats()).toMatchObject({ waiting: 1, failing: true });
    storage.full = false;
    await clock.pass(storageRetryMs);
    expect(recorded).toBe(true);
    expect(outbox.stats()).toMatchObject({ waiting: 1, failing: false });
  });

  it('replaces an event that is far too large, so that it can block nothing', async () => {
    const { outbox } = await opened();
    await outbox.record({ kind: 'mode.chosen', session: 'session-1', mode: 'x'.repeat(10_000) });
    expect((await outbox.nextBatch())?.events[0]).toMatchObject({ kind: 'device.fault', code: 'event_too_large' });
  });
});

describe('batches', () => {
  it('hold at most 200 events and the given bytes, at least one event', async () => {
    const { outbox } = await opened();
    await Promise.all(Array.from({ length: 450 }, (_, n) => outbox.record(started(n))));
    expect((await outbox.nextBatch())?.events).toHaveLength(200);
    expect((await outbox.nextBatch(1_000))?.events.length).toBeLessThan(10);
    expect((await outbox.nextBatch(1))?.events).toHaveLength(1);
  });

  it('are sent again unchanged until they are answered', async () => {
    const { outbox } = await opened();
    await outbox.record(started(1));
    const batch = await outbox.nextBatch();
    await outbox.record(started(2));
    expect(await outbox.nextBatch()).toEqual(batch);
    await ack(outbox);
    expect((await outbox.nextBatch())?.from).toBe(2);
  });
});

describe('acknowledgements', () => {
  it('mark only what was in the batch, and only under the id stored there', async () => {
    const { outbox } = await opened();
    for (const n of [1, 2, 3]) await outbox.record(started(n));
    const batch = await outbox.nextBatch();
    if (!batch) throw new Error('nothing waits');
    await outbox.record(started(4));
    const id = batch.events[2]?.id ?? '';
    expect(await outbox.markAcked(batch, 4, id)).toBe('mismatch');
    expect(await outbox.markAcked(batch, 3, batch.events[1]?.id ?? '')).toBe('mismatch');
    expect(await outbox.markAcked(batch, 3, null)).toBe('mismatch');
    expect(await outbox.markAcked({ ...batch, epoch: 'another-epoch' }, 3, id)).toBe('stale');
    expect(outbox.stats().waiting).toBe(4);
    expect(await outbox.markAcked(batch, 2, batch.events[1]?.id ?? '')).toBe('marked');
    expect(outbox.stats().waiting).toBe(2);
    expect(await outbox.markAcked(batch, 3, id)).toBe('marked');
    expect(await outbox.markAcked(batch, 3, id)).toBe('stale');
    expect((await outbox.positions()).at(-1)?.last).toEqual({ seq: 3, id });
  });

  it('keep a tail by age and by number, and retire beyond both', async () => {
    const { outbox, storage, clock } = await opened({ tailKeepMs: 72 * 3_600_000, tailKeepEventsMin: 5 });
    for (let n = 0; n < 20; n++) await outbox.record(started(n));
    await ack(outbox);
    expect(storage.disk.events.size).toBe(20);
    await clock.pass(74 * 3_600_000);
    await outbox.record(started(99));
    await ack(outbox);
    expect(storage.disk.events.size).toBe(5);
  });

  it('let all that is kept wait again under a fresh epoch with its ids, once', async () => {
    const { outbox } = await opened();
    for (const n of [1, 2, 3]) await outbox.record(started(n));
    const first = await ack(outbox);
    await outbox.record(started(4));
    await outbox.adoptNewEpoch(first.epoch);
    const again = await outbox.nextBatch();
    expect(again?.epoch).not.toBe(first.epoch);
    expect(again?.events.slice(0, 3)).toEqual(first.events);
    expect(again?.events).toHaveLength(4);
    await outbox.adoptNewEpoch(first.epoch);
    expect((await outbox.nextBatch())?.epoch).toBe(again?.epoch);
    expect((await outbox.positions()).at(-1)?.last).toBeNull();
  });
});

describe('a backlog that was set aside', () => {
  const limits = { asideEventsMin: 10, asideEpochsMax: 2, tailKeepEventsMin: 5 };
  const waiting = async (n: number, more = {}) => {
    const parts = await opened({ ...limits, ...more });
    for (let i = 0; i < n; i++) await parts.outbox.record(started(i));
    await parts.outbox.setAside();
    return parts;
  };
  const sessions = async (outbox: Outbox, tail: boolean) => {
    const kept: string[] = [];
    for await (const page of outbox.kept(tail)) for (const e of page) if ('session' in e) kept.push(e.session);
    return kept;
  };
  const named = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `session-${from + i}`);

  it('waits in its own epoch, which another page on the same disk knows too; few stay where they are', async () => {
    const { outbox, storage, clock } = await waiting(12);
    await outbox.record(started(12));
    const live = await outbox.nextBatch();
    const backlog = await outbox.nextBatch(undefined, ['backlog']);
    expect([live?.lane, live?.from, backlog?.lane, backlog?.through]).toEqual(['live', 1, 'backlog', 12]);
    expect(backlog?.epoch).not.toBe(live?.epoch);
    const other = await opened(limits, storage, clock, 2);
    expect(other.outbox.stats().waiting).toBe(13);
    await other.outbox.record(started(13));
    expect((await other.outbox.nextBatch())?.events.map((e) => e.seq)).toEqual([1, 2]);
    await other.outbox.setAside();
    expect((await other.outbox.nextBatch())?.epoch).toBe(live?.epoch);
    expect(await sessions(outbox, false)).toEqual(named(0, 14));
  });

  it('is sent again as it was when it became one in the middle of a batch', async () => {
    const parts = await opened(limits);
    for (let i = 0; i < 4; i++) await parts.outbox.record(started(i));
    const first = await parts.outbox.nextBatch();
    for (let i = 4; i < 12; i++) await parts.outbox.record(started(i));
    await parts.outbox.setAside();
    expect(await parts.outbox.nextBatch()).toEqual({ ...first, lane: 'backlog' });
  });

  it('is counted among at most so many', async () => {
    const { outbox } = await waiting(10);
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 10; i++) await outbox.record(started(i));
      await outbox.setAside();
    }
    const epochs = new Set<string | undefined>();
    for (let batch = await ack(outbox); ; batch = await ack(outbox)) {
      epochs.add(batch.epoch);
      if (outbox.stats().waiting === 0) break;
    }
    expect(epochs.size).toBe(3);
  });

  it('keeps its tail for a hub that is set back, and is gone with the last of it', async () => {
    const { outbox, storage, clock } = await waiting(12, { tailKeepMs: 72 * 3_600_000 });
    const backlog = await ack(outbox);
    expect((await outbox.positions()).map((p) => p.last?.seq)).toEqual([12, undefined]);
    await outbox.record(started(12));
    await ack(outbox);
    // the hub has lost the backlog: it waits again, what came after it does not
    await outbox.adoptNewEpoch(backlog.epoch);
    expect(await sessions(outbox, false)).toEqual(named(0, 12));
    expect((await outbox.positions()).map((p) => p.last?.seq)).toEqual([1]);
    const again = await ack(outbox);
    expect(again.events.map((e) => e.id)).toEqual(backlog.events.map((e) => e.id));
    await clock.pass(74 * 3_600_000);
    for (let i = 13; i < 19; i++) await outbox.record(started(i));
    await ack(outbox);
    // five are kept at least, and those are the newest
    expect(storage.disk.stream?.aside).toBeUndefined();
    expect(await sessions(outbox, true)).toEqual(named(13, 19));
    await clock.pass(74 * 3_600_000);
    await outbox.record(started(19));
    await ack(outbox);
    expect(await sessions(outbox, true)).toEqual(named(15, 20));
    expect(storage.disk.events.size).toBe(5);
  });

  it('loses its tail when the device leaves its hub, and nothing that waits', async () => {
    const { outbox, storage } = await waiting(300);
    const backlog = await ack(outbox);
    expect(backlog.events).toHaveLength(200);
    await outbox.record(started(300));
    await outbox.dropTail();
    expect(await sessions(outbox, true)).toEqual(named(200, 301));
    expect(storage.disk.events.size).toBe(101);
    expect((await outbox.nextBatch())?.events[0]).toMatchObject({ seq: 1, session: 'session-200' });
  });

  it('comes back into one epoch when it must be folded', async () => {
    const { outbox, storage } = await waiting(60, { waitingEventsMax: 100, foldedEventsMax: 20, foldAgainEvents: 10 });
    for (let n = 60; n < 100; n++) await outbox.record(n % 2 ? started(n) : { kind: 'language.chosen', session: `session-${n}`, lang: 'en' });
    expect(storage.disk.stream?.aside).toBeUndefined();
    const kept = [...storage.disk.events.values()];
    expect(kept.filter((e) => e.event.kind === 'session.started')).toHaveLength(80);
    expect(kept.filter((e) => e.event.kind === 'language.chosen').length).toBeLessThan(20);
    expect(kept.map((e) => e.seq).sort((a, b) => a - b)).toEqual(kept.map((_, i) => i + 1));
    expect(new Set(kept.map((e) => e.epoch)).size).toBe(1);
  });
});

describe('a very long absence of the hub', () => {
  it('folds the least important events away, oldest first, keeps every session, and says so', async () => {
    const { outbox, storage } = await opened({ waitingEventsMax: 100, foldedEventsMax: 20, foldAgainEvents: 10 });
    for (let n = 0; n < 60; n++) {
      await outbox.record(started(n));
      await outbox.record({ kind: 'language.chosen', session: `session-${n}`, lang: 'en' });
    }
    const kept = [...storage.disk.events.values()].map((e) => e.event);
    expect(kept.filter((e) => e.kind === 'session.started')).toHaveLength(60);
    expect(kept.filter((e) => e.kind === 'language.chosen').length).toBeLessThan(60);
    expect(kept.some((e) => e.kind === 'language.chosen' && e.session === 'session-0')).toBe(false);
    expect(kept.some((e) => e.kind === 'language.chosen' && e.session === 'session-59')).toBe(true);
    expect(kept.some((e) => e.kind === 'device.fault' && e.code === 'outbox_folded')).toBe(true);
    const seqs = [...storage.disk.events.values()].map((e) => e.seq).sort((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  });
});

describe('the clock', () => {
  it('that is stepped while offline: earlier events are sent in the time of the present clock', async () => {
    const { outbox, clock } = await opened();
    clock.step(-7_200_000);
    await outbox.record({ ...started(1), atMs: clock.nowMs() });
    await outbox.measured(7_200_000);
    await outbox.record(started(2));
    const wrong = clock.nowMs();
    clock.step(7_200_000);
    expect(await outbox.clockJumped()).toBe(true);
    await outbox.record(started(3));
    await outbox.measured(0);
    expect((await outbox.nextBatch())?.events.map((e) => e.atMs)).toEqual([wrong + 7_200_000, wrong + 7_200_000, wrong + 7_200_000]);
  });

  it('that stood still in a sleep: times are left as they are', async () => {
    const { outbox, clock } = await opened();
    await outbox.measured(0);
    await outbox.record(started(1));
    const at = clock.nowMs();
    clock.step(6 * 3_600_000);
    await outbox.record(started(2));
    await outbox.measured(0);
    expect((await outbox.nextBatch())?.events.map((e) => e.atMs)).toEqual([at, at + 6 * 3_600_000]);
  });
});

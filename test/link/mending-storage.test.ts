/** Storage in trouble that mends itself: memory moves to the disk once, a wiped disk begins anew with what the page remembers. */
import { describe, expect, it } from 'vitest';
import { openKioskLink } from '../../kiosk/link/kiosk-link.ts';
import { emptyDisk, MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { MendingStorage, mendMs } from '../../kiosk/link/mending-storage.ts';
import { Outbox } from '../../kiosk/link/outbox.ts';
import { chanceOf } from '../faults/chance.ts';
import { drained, FakeClock } from '../faults/fake-clock.ts';
import { AnsweringWire, takingHub } from './answering-wire.ts';
import { opened, started } from './pieces.ts';

class Disk extends MemoryStorage {
  override readonly kind = 'durable';
}
const device = { id: 'k-1', token: 't', showcase: 'show', zone: 'hall' };
const noNetwork: typeof fetch = () => Promise.reject(new TypeError('no network'));

/** A link on a disk that opens when `state.opens`. */
const linked = async (disk: Disk) => {
  const clock = new FakeClock();
  const state = { opens: false };
  const hub = takingHub();
  const storage = await MendingStorage.begin(clock, async () => {
    if (!state.opens) throw new Error('idb_blocked');
    return disk;
  });
  const options = { origin: 'http://hub', fetch: noNetwork, now: () => clock.nowMs(), random: chanceOf(4).bytes, clock, storage, locks: null };
  const link = await openKioskLink({ ...options, wire: () => new AnsweringWire(hub) });
  await drained();
  return { clock, state, hub, link, disk };
};

describe('a disk that does not open', () => {
  it('is tried every half minute; what memory held moves into it once, after what was there', async () => {
    const disk = new Disk();
    await disk.setDevice(device);
    const before = await opened({}, disk, new FakeClock(), 2);
    await before.outbox.record(started(1));
    const { clock, state, hub, link } = await linked(disk);
    expect(link.state()).toMatchObject({ storage: 'memory', faults: ['storage_memory'] });
    await link.record(started(2));
    await clock.pass(mendMs);
    expect(link.state().storage).toBe('memory');
    await link.record(started(3));
    state.opens = true;
    await clock.pass(mendMs + 5_000);
    await link.record(started(4));
    await clock.pass(5_000);
    expect(link.state()).toMatchObject({ storage: 'durable', paired: true, waiting: 0, faults: [] });
    expect(hub.got.map((e) => e.session)).toEqual(['session-1', 'session-2', 'session-3', 'session-4']);
    await link.close();
  });

  it('that turns out not to be paired keeps nothing of what was recorded meanwhile', async () => {
    const { clock, state, link, disk } = await linked(new Disk());
    await link.record(started(1));
    state.opens = true;
    await clock.pass(mendMs + 1_000);
    expect(link.state()).toMatchObject({ paired: false, waiting: 0 });
    expect(disk.disk.events.size).toBe(0);
    await link.close();
  });

  it('that refuses the move leaves everything in memory', async () => {
    class Refusing extends Disk {
      refuses = true;
      protected override commit(...args: Parameters<MemoryStorage['commit']>): Promise<void> {
        return this.refuses ? Promise.reject(new Error('QuotaExceededError')) : super.commit(...args);
      }
    }
    const disk = new Refusing();
    disk.disk.device = device;
    const { clock, state, link } = await linked(disk);
    await link.record(started(1));
    state.opens = true;
    await clock.pass(mendMs + 1_000);
    expect(link.state()).toMatchObject({ storage: 'memory', waiting: 1 });
    disk.refuses = false;
    await clock.pass(mendMs + 6_000);
    expect(link.state()).toMatchObject({ storage: 'durable', waiting: 0 });
    await link.close();
  });
});

describe('a disk that is wiped under the page', () => {
  it('begins a new epoch with what this page remembers, and says so', async () => {
    const { outbox, storage } = await opened();
    for (const n of [1, 2]) await outbox.record(started(n));
    const sent = await outbox.nextBatch();
    Object.assign(storage.disk, emptyDisk());
    await outbox.record(started(3));
    const again = await outbox.nextBatch();
    expect(outbox.wiped).toBe(true);
    expect(again?.epoch).not.toBe(sent?.epoch);
    expect(again?.events.map((e) => e.id).slice(0, 2)).toEqual(sent?.events.map((e) => e.id));
    expect(again?.events).toHaveLength(3);
    expect(outbox.stats().waiting).toBe(3);
  });

  it('is noticed by every page, each puts its own back', async () => {
    const { outbox, storage, clock } = await opened();
    const other = new Outbox({ storage, clock, random: chanceOf(9).bytes });
    await other.open();
    await outbox.record(started(1));
    await other.record(started(2));
    Object.assign(storage.disk, emptyDisk());
    await outbox.refresh();
    await other.refresh();
    const sessions = (await outbox.nextBatch())?.events.map((e) => ('session' in e ? e.session : ''));
    expect(sessions?.sort()).toEqual(['session-1', 'session-2']);
    expect([outbox.wiped, other.wiped]).toEqual([true, true]);
  });
});

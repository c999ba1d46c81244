/** The outbox in a real browser's IndexedDB: durability asked for, what a reload finds, two tabs, one sender. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageClock } from '../../kiosk/link/clock.ts';
import { IdbStorage } from '../../kiosk/link/idb-storage.ts';
import { openKioskLink } from '../../kiosk/link/kiosk-link.ts';
import { Outbox } from '../../kiosk/link/outbox.ts';
import { becomeSender, leaseMs } from '../../kiosk/link/sender.ts';
import { AnsweringWire, takingHub } from './answering-wire.ts';

const random = (into: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(into);
const clock = pageClock(Date.now);
const started = (n: number) => ({ kind: 'session.started', session: `session-${n}`, lang: 'en' }) as const;
let made = 0;
const fresh = (): string => `test-${Date.now()}-${made++}`;
const outboxOn = async (storage: IdbStorage): Promise<Outbox> => {
  const outbox = new Outbox({ storage, clock, random });
  await outbox.open();
  return outbox;
};
const device = { id: 'k-1', token: 't', showcase: 'show', zone: 'hall' };
const noNetwork: typeof fetch = () => Promise.reject(new TypeError('no network'));

afterEach(() => vi.restoreAllMocks());

describe('the outbox in IndexedDB', () => {
  it('asks for strict durability in every transaction of the outbox', async () => {
    const asked = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const outbox = await outboxOn(await IdbStorage.open(fresh()));
    await outbox.record(started(1));
    await outbox.nextBatch();
    const writes = asked.mock.calls.filter(([stores]) => [stores].flat().some((s) => s === 'events' || s === 'streams'));
    expect(writes.length).toBeGreaterThan(2);
    for (const [, mode, options] of writes) expect([mode, options]).toEqual(['readwrite', { durability: 'strict' }]);
  });

  it('finds everything again after a reload, and numbers on', async () => {
    const name = fresh();
    const before = await IdbStorage.open(name);
    const outbox = await outboxOn(before);
    await Promise.all([1, 2, 3].map((n) => outbox.record(started(n))));
    await before.setDevice(device);
    await before.setContent({ showcase: 'show', etag: '"1"', content: { version: '1' } as never });
    await before.setShowcases(['show']);
    const sent = await outbox.nextBatch();
    before.close();
    const after = await IdbStorage.open(name);
    const again = await outboxOn(after);
    expect(await again.nextBatch()).toEqual(sent);
    await again.record(started(4));
    await again.markAcked({ epoch: sent?.epoch ?? '', from: 1, through: 3 }, 3, sent?.events[2]?.id ?? '');
    expect((await again.nextBatch())?.events).toMatchObject([{ seq: 4, session: 'session-4' }]);
    expect(await after.device()).toEqual(device);
    expect(await after.content('show')).toMatchObject({ etag: '"1"' });
    expect(await after.content('other')).toBeNull();
    expect(await after.showcases()).toEqual(['show']);
    await after.setDevice(null);
    expect(await after.device()).toBeNull();
  });

  it('stores all of a transaction or nothing of it', async () => {
    const storage = await IdbStorage.open(fresh());
    const failing = storage.transact(async (tx) => {
      await tx.putEvents([{ epoch: 'epoch', seq: 1, era: 0, event: { ...started(1), id: 'identity', atMs: 1 } }]);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await storage.transact((tx) => tx.event('epoch', 1))).toBeNull();
  });

  it('gives unique numbers to two tabs that record at once', async () => {
    const name = fresh();
    const tabs = await Promise.all([0, 1].map(async () => outboxOn(await IdbStorage.open(name))));
    await Promise.all(Array.from({ length: 100 }, (_, n) => tabs[n % 2]?.record(started(n))));
    const batch = await tabs[0]?.nextBatch();
    expect(batch?.events.map((e) => e.seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(new Set(batch?.events.map((e) => ('session' in e ? e.session : ''))).size).toBe(100);
  });

  it('moves thousands of kept events to a fresh epoch', async () => {
    const outbox = await outboxOn(await IdbStorage.open(fresh()));
    await Promise.all(Array.from({ length: 1_900 }, (_, n) => outbox.record(started(n))));
    const epoch = (await outbox.positions())[0]?.epoch ?? '';
    await outbox.adoptNewEpoch(epoch);
    expect(outbox.stats().waiting).toBe(1_900);
    const batch = await outbox.nextBatch();
    expect(batch?.epoch).not.toBe(epoch);
    expect(batch?.events.map((e) => e.seq).slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('opens its database again when the browser has closed it', async () => {
    const storage = await IdbStorage.open(fresh());
    const opened = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('closing', 'InvalidStateError');
    });
    const outbox = await outboxOn(storage);
    await outbox.record(started(1));
    expect(outbox.stats().waiting).toBe(1);
    expect(opened.mock.calls.length).toBeGreaterThan(2);
  });
});

describe('a browser that refuses IndexedDB', () => {
  it('gives a link that works from memory and says so', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const link = await openKioskLink({ origin: 'http://hub', fetch: noNetwork, now: Date.now, random });
    expect(link.state()).toMatchObject({ storage: 'memory', paired: false, faults: ['storage_memory'] });
    await link.close();
  });
});

describe('two tabs', () => {
  for (const [by, locks] of [
    ['Web Locks', undefined],
    ['a lease, where there are no locks', null],
  ] as const)
    it(`have one sender by ${by}; the other follows when it closes; both tabs' events count once`, { timeout: 20_000 }, async () => {
      const name = fresh();
      const first = await IdbStorage.open(name);
      await first.setDevice(device);
      const hub = takingHub();
      const open = (storage: IdbStorage) =>
        openKioskLink({ origin: 'http://hub', fetch: noNetwork, now: Date.now, random, storage, wire: () => new AnsweringWire(hub), ...(locks === null && { locks }) });
      const a = await open(first);
      const b = await open(await IdbStorage.open(name));
      await vi.waitFor(() => expect(a.state().online).toBe(true));
      await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? a : b).record(started(n))));
      await vi.waitFor(() => expect(hub.got).toHaveLength(40), { timeout: 8_000 });
      expect(hub.wires).toHaveLength(1);
      await vi.waitFor(() => expect(b.state()).toMatchObject({ online: true, waiting: 0 }));
      await a.close();
      await b.record(started(40));
      await vi.waitFor(() => expect(hub.got).toHaveLength(41), { timeout: leaseMs + 4_000 });
      expect(hub.wires).toHaveLength(2);
      expect(hub.got.map((e) => e.seq)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
      expect(new Set(hub.got.map((e) => e.session)).size).toBe(41);
      await b.close();
    });

  it('pass the lease on within five seconds when the sender dies without a word', { timeout: 20_000 }, async () => {
    const name = fresh();
    const [dead, alive] = [await IdbStorage.open(name), await IdbStorage.open(name)];
    expect(await dead.takeLease('dead', Date.now(), Date.now() + leaseMs)).toBe(true);
    const since = performance.now();
    const stop = await new Promise<() => void>((resolve) => {
      const step: () => void = becomeSender({ storage: alive, clock, random, locks: undefined, begin: () => setTimeout(() => resolve(step)), end: () => undefined });
    });
    expect(performance.now() - since).toBeLessThan(5_500);
    stop();
  });
});

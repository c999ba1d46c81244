/**
 * The storage of a kiosk whose browser refuses IndexedDB: everything works, and is gone with the page; the state says so. It is also what
 * tests drive: `commit` is where a test decides what a power cut leaves.
 */
import type { DeviceRecord, OutboxStorage, OutboxTransaction, StoredContent, StoredEvent, StreamMeta } from './storage.ts';

/** Everything that is stored. Values are never changed in place. */
export type MemoryDisk = {
  stream: StreamMeta | null;
  events: Map<string, StoredEvent>;
  device: DeviceRecord | null;
  contents: Map<string, StoredContent>;
  showcases: string[];
  lease: { owner: string; untilMs: number } | null;
};
export type MemoryChange = (disk: MemoryDisk) => void;

export const emptyDisk = (): MemoryDisk => ({ stream: null, events: new Map(), device: null, contents: new Map(), showcases: [], lease: null });
const keyOf = (epoch: string, seq: number): string => `${epoch}/${seq}`;

/** One transaction: reads see its own writes; nothing is changed before it is committed. */
class MemoryTransaction implements OutboxTransaction {
  readonly changes: MemoryChange[] = [];
  readonly #disk: MemoryDisk;
  #stream: StreamMeta | null;
  readonly #put = new Map<string, StoredEvent | null>();

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
    this.#stream = disk.stream;
  }

  async stream(): Promise<StreamMeta | null> {
    return this.#stream;
  }

  async putStream(meta: StreamMeta): Promise<void> {
    this.#stream = meta;
    this.changes.push((disk) => {
      disk.stream = meta;
    });
  }

  async event(epoch: string, seq: number): Promise<StoredEvent | null> {
    const key = keyOf(epoch, seq);
    const put = this.#put.get(key);
    return put === undefined ? (this.#disk.events.get(key) ?? null) : put;
  }

  async events(epoch: string, from: number, max: number): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    for (let seq = from; found.length < max; seq++) {
      const event = await this.event(epoch, seq);
      if (!event) break;
      found.push(event);
    }
    return found;
  }

  async putEvents(events: readonly StoredEvent[]): Promise<void> {
    for (const e of events) {
      this.#put.set(keyOf(e.epoch, e.seq), e);
      this.changes.push((disk) => void disk.events.set(keyOf(e.epoch, e.seq), e));
    }
  }

  async deleteEvents(epoch: string, from: number, through: number): Promise<void> {
    for (let seq = from; seq <= through; seq++) this.#put.set(keyOf(epoch, seq), null);
    this.changes.push((disk) => {
      for (let seq = from; seq <= through; seq++) disk.events.delete(keyOf(epoch, seq));
    });
  }
}

export class MemoryStorage implements OutboxStorage {
  readonly kind: 'durable' | 'memory' = 'memory';
  readonly disk: MemoryDisk;
  #last: Promise<unknown> = Promise.resolve();

  constructor(disk: MemoryDisk = emptyDisk()) {
    this.disk = disk;
  }

  /** Makes the changes of one transaction. Rejecting means that nothing was stored. */
  protected async commit(changes: readonly MemoryChange[]): Promise<void> {
    for (const change of changes) change(this.disk);
  }

  transact<T>(work: (tx: OutboxTransaction) => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      const tx = new MemoryTransaction(this.disk);
      const result = await work(tx);
      if (tx.changes.length > 0) await this.commit(tx.changes);
      return result;
    };
    const done = this.#last.then(run, run);
    this.#last = done.catch(() => undefined); // its caller hears of it; the next one only waits for its turn
    return done;
  }

  async device(): Promise<DeviceRecord | null> {
    return this.disk.device;
  }

  setDevice(device: DeviceRecord | null): Promise<void> {
    return this.commit([
      (disk) => {
        disk.device = device;
      },
    ]);
  }

  async content(showcase: string): Promise<StoredContent | null> {
    return this.disk.contents.get(showcase) ?? null;
  }

  async setContent(content: StoredContent): Promise<void> {
    this.disk.contents.set(content.showcase, content);
  }

  async showcases(): Promise<string[]> {
    return this.disk.showcases;
  }

  async setShowcases(ids: readonly string[]): Promise<void> {
    this.disk.showcases = [...ids];
  }

  async takeLease(owner: string, nowMs: number, untilMs: number): Promise<boolean> {
    const { lease } = this.disk;
    if (lease && lease.owner !== owner && lease.untilMs > nowMs) return false;
    this.disk.lease = { owner, untilMs };
    return true;
  }

  close(): void {
    // nothing is held open
  }
}

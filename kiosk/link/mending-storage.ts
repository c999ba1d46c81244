/**
 * The storage of a browser page: IndexedDB, and memory while that can not be opened. It is tried again every half minute; when it opens,
 * what memory held moves into it in one strict transaction, between two transactions of the outbox, and everything goes on from there
 * without a reload. Ids stay, so that what was already sent from memory counts once. Whether the device is paired is not known meanwhile.
 */
import type { Clock } from './clock.ts';
import { currentEra } from './eras.ts';
import { emptyDisk, MemoryStorage } from './memory-storage.ts';
import { epochsOf } from './retention.ts';
import type { DeviceRecord, OutboxStorage, OutboxTransaction, StoredContent, StoredEvent } from './storage.ts';

export const mendMs = 30_000;

type Opening = () => Promise<OutboxStorage>;

export class MendingStorage implements OutboxStorage {
  readonly #clock: Clock;
  readonly #open: Opening;
  readonly #memory = new MemoryStorage(emptyDisk());
  #now: OutboxStorage = this.#memory;
  #last: Promise<unknown> = Promise.resolve();
  #mended: () => void = () => undefined;
  #cancel: () => void = () => undefined;
  #closed = false;

  private constructor(clock: Clock, open: Opening) {
    this.#clock = clock;
    this.#open = open;
  }

  /** Never rejects: where the storage does not open, it begins in memory. */
  static async begin(clock: Clock, open: Opening): Promise<MendingStorage> {
    const storage = new MendingStorage(clock, open);
    try {
      storage.#now = await open();
    } catch {
      storage.#later(); // `kind` says it
    }
    return storage;
  }

  get kind(): 'durable' | 'memory' {
    return this.#now.kind;
  }

  /** Who hears of it, at once, when memory has moved to the disk. */
  onMended(mended: () => void): void {
    this.#mended = mended;
  }

  transact<T>(work: (tx: OutboxTransaction) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#now.transact(work));
  }
  device(): Promise<DeviceRecord | null> {
    return this.#now.device();
  }
  setDevice(device: DeviceRecord | null): Promise<void> {
    return this.#inTurn(() => this.#now.setDevice(device));
  }
  content(showcase: string): Promise<StoredContent | null> {
    return this.#now.content(showcase);
  }
  setContent(content: StoredContent): Promise<void> {
    return this.#now.setContent(content);
  }
  showcases(): Promise<string[]> {
    return this.#now.showcases();
  }
  setShowcases(ids: readonly string[]): Promise<void> {
    return this.#now.setShowcases(ids);
  }
  takeLease(owner: string, nowMs: number, untilMs: number): Promise<boolean> {
    return this.#now.takeLease(owner, nowMs, untilMs);
  }
  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#now.close();
  }

  /** While memory serves, a move to the disk must not fall into a transaction. The disk orders its own. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (this.#now !== this.#memory) return run();
    const done = this.#last.then(run, run);
    this.#last = done.catch(() => undefined); // its caller hears of it
    return done;
  }

  #later(): void {
    if (!this.#closed) this.#cancel = this.#clock.after(mendMs, () => void this.#mend());
  }

  async #mend(): Promise<void> {
    let disk: OutboxStorage | null = null;
    try {
      disk = await this.#open();
      const to = disk;
      await this.#inTurn(async () => {
        await this.#move(to);
        this.#now = to;
        this.#mended(); // before anything else is read from there
      });
    } catch {
      disk?.close();
      this.#later(); // memory goes on
      return;
    }
    if (this.#closed) disk.close();
  }

  /** All that memory keeps, at the end of what the disk keeps; on a device that is not paired nothing is kept. */
  async #move(disk: OutboxStorage): Promise<void> {
    const { stream: mine, events, device } = this.#memory.disk;
    const paired = await disk.device();
    if (!paired && device) await disk.setDevice(device);
    if (!mine || (!paired && !device)) return;
    const all = [...events.values()].sort((a, b) => a.seq - b.seq);
    const list = epochsOf(mine).flatMap(({ epoch }) => all.filter((e) => e.epoch === epoch));
    await disk.transact(async (tx) => {
      const found = await tx.stream();
      if (!found) {
        await tx.putEvents(list);
        await tx.putStream(mine);
        return;
      }
      const eraBase = currentEra(found.eras);
      let seq = found.nextSeq;
      await tx.putEvents(list.map((e): StoredEvent => ({ epoch: found.epoch, seq: seq++, era: e.era + eraBase, event: e.event })));
      await tx.putStream({ ...found, nextSeq: seq, eras: [...found.eras, ...mine.eras.map((e) => ({ ...e, era: e.era + eraBase }))] });
    });
  }
}

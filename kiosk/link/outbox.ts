/**
 * The kiosk's outbox. An event gets its seq in the same strict transaction that stores it; it waits, is acknowledged, stays as a tail,
 * is retired. Only what was in the batch that an answer is about is ever marked, and only if the answer names the id stored there.
 * Several tabs may share one storage: every transaction reads the stream anew.
 * Events that the disk refuses are held in memory, at most `heldEventsMax`, and tried again; they are not recorded until they are stored.
 */
import type { KioskEvent } from '../../shared/event.ts';
import { makeId } from '../../shared/ids.ts';
import type { Clock, RandomBytes } from './clock.ts';
import { DeviceTime, type Stamp } from './device-time.ts';
import { type Correction, correctionOf, currentEra } from './eras.ts';
import { acknowledged, folded, freshStream, LIMITS, type Limits, moved, waitingOf } from './retention.ts';
import type { OutboxStorage, OutboxTransaction, StoredEvent, StreamMeta } from './storage.ts';

export const sentEventsMax = 200;
export const sentBytesMax = 48 * 1024;
export const eventBytesMax = 4 * 1024;
export const heldEventsMax = 2_000;
export const storageRetryMs = 2_000;
/** of a page's own events that wait: how many are put back should the browser wipe the storage */
export const rememberedEventsMax = 2_000;
const keptPageEvents = 1_000;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a page records. `atMs` is read from the device's own clock, never the corrected one: the hub corrects it. */
export type NewEvent = DistributiveOmit<KioskEvent, 'id' | 'atMs' | 'time'>;
/** `time` says how good `atMs` is: absent where the clock was measured when it happened, `received` where the hub had better take its own. */
export type SentEvent = KioskEvent & { seq: number };
export type Batch = { epoch: string; from: number; through: number; events: SentEvent[]; bytes: number };
export type Marking = 'marked' | 'stale' | 'mismatch';
export type OutboxParts = { storage: OutboxStorage; clock: Clock; random: RandomBytes; changed?: () => void; limits?: Partial<Limits> };

const encoder = new TextEncoder();
/** How stored events are sent: their times by the device's present clock. */
const sender = (meta: StreamMeta): ((stored: StoredEvent) => SentEvent) => {
  const known = new Map<number, Correction>();
  return ({ seq, era, event }) => {
    const correction = known.get(era) ?? correctionOf(meta.eras, era);
    known.set(era, correction);
    const sent: SentEvent = { ...event, atMs: Math.round(event.atMs + correction.shiftMs), seq };
    if (correction.time) sent.time = correction.time;
    return sent;
  };
};
const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;

export class Outbox {
  protected readonly storage: OutboxStorage;
  protected readonly clock: Clock;
  protected readonly random: RandomBytes;
  protected readonly limits: Limits;
  readonly #changed: () => void;
  #held: { event: KioskEvent; stamp: Stamp; settle: (error?: Error) => void }[] = [];
  #writing = false;
  #closed = false;
  #failing = false;
  #stored = { waiting: 0, oldestMs: null as number | null };
  readonly #time: DeviceTime;
  /** what this page recorded and the hub has not acknowledged, should the browser wipe its storage under it */
  readonly #remembered = new Map<string, { event: KioskEvent; era: number }>();
  #meta: StreamMeta | null = null;
  #wiped = false;
  #unanswered: { epoch: string; from: number; through: number } | null = null;

  constructor(parts: OutboxParts) {
    this.storage = parts.storage;
    this.clock = parts.clock;
    this.random = parts.random;
    this.limits = { ...LIMITS, ...parts.limits };
    this.#changed = parts.changed ?? (() => undefined);
    this.#time = new DeviceTime(this.clock);
  }

  /** Reads what is stored and begins this page's era. Rejects when the storage fails. */
  async open(): Promise<void> {
    await this.#update(async (_tx, meta) => ({ ...meta, eras: this.#time.opened(meta.eras) }));
  }

  /** Whether the browser has wiped the storage since this page was opened. */
  get wiped(): boolean {
    return this.#wiped;
  }

  /** The stream as last read; null before the first time. */
  get stream(): Readonly<StreamMeta> | null {
    return this.#meta;
  }

  /**
   * What is kept, in order and page by page, as it would be sent; with `tail` also what was acknowledged and is kept still. What the disk
   * refuses comes last. Changes nothing; what is recorded meanwhile may be in it or not.
   */
  async *kept(tail: boolean): AsyncGenerator<SentEvent[]> {
    const at = await this.storage.transact((tx) => tx.stream());
    if (!at) return;
    const sentOf = sender(at);
    for (let from = tail ? at.firstKept : at.ackedThrough + 1; from < at.nextSeq; from += keptPageEvents) {
      yield (await this.storage.transact((tx) => tx.events(at.epoch, from, Math.min(keptPageEvents, at.nextSeq - from)))).map(sentOf);
    }
    const held = [...this.#held];
    if (held.length > 0) yield held.map(({ event, stamp }, i) => sentOf({ epoch: at.epoch, seq: at.nextSeq + i, era: this.#time.eraOf(stamp, at.eras), event }));
  }

  /** Waiting events, held ones included, and when the oldest stored one happened. `failing`: the disk refuses. */
  stats(): { waiting: number; oldestMs: number | null; failing: boolean } {
    return { waiting: this.#stored.waiting + this.#held.length, oldestMs: this.#stored.oldestMs, failing: this.#failing };
  }

  /** Resolves once the event is durable on this device; rejects when so many are held already that it is not taken. */
  record(event: NewEvent & { atMs?: number }): Promise<void> {
    const stamp = this.#time.stamp(event.atMs);
    let made = { ...event, id: makeId(this.random), atMs: stamp.atMs } as KioskEvent;
    if (bytesOf(made) > eventBytesMax) made = { kind: 'device.fault', id: made.id, atMs: made.atMs, code: 'event_too_large' };
    if (this.#held.length >= heldEventsMax || this.#closed) return Promise.reject(new Error('outbox_not_writable'));
    return new Promise((resolve, reject) => {
      this.#held.push({ event: made, stamp, settle: (error) => (error ? reject(error) : resolve()) });
      if (!this.#writing) void this.#write();
    });
  }

  /** What a hello says of the stream. */
  position(): Promise<{ epoch: string; last: { seq: number; id: string } | null }> {
    return this.#update(
      async (_tx, meta) => meta,
      (meta) => ({ epoch: meta.epoch, last: meta.lastAckedId === null ? null : { seq: meta.ackedThrough, id: meta.lastAckedId } }),
    );
  }

  /** The batch to send: the unanswered one again, else what waits, from the first on, within the limits. Null when nothing waits. */
  async nextBatch(bytesMax: number = sentBytesMax): Promise<Batch | null> {
    return this.storage.transact(async (tx) => {
      const meta = await tx.stream();
      if (!meta) return null;
      const from = meta.ackedThrough + 1;
      const again = this.#unanswered?.epoch === meta.epoch && this.#unanswered.from === from ? this.#unanswered.through - from + 1 : sentEventsMax;
      const events: SentEvent[] = [];
      let bytes = 0;
      const sentOf = sender(meta);
      for (const stored of await tx.events(meta.epoch, from, again)) {
        const sent = sentOf(stored);
        const size = bytesOf(sent) + 1;
        if (events.length > 0 && bytes + size > bytesMax) break;
        bytes += size;
        events.push(sent);
      }
      if (events.length === 0) return null;
      this.#unanswered = { epoch: meta.epoch, from, through: from + events.length - 1 };
      return { ...this.#unanswered, events, bytes };
    });
  }

  /**
   * Takes the hub's word for `batch`: it is durable through `through`, where `lastId` stands. `stale`: the stream has moved on, nothing
   * to mark. `mismatch`: the answer does not fit what was sent; nothing is marked.
   */
  async markAcked(batch: { epoch: string; from: number; through: number }, through: number, lastId: string | null): Promise<Marking> {
    let marking: Marking = 'stale';
    const done: string[] = [];
    await this.#update(async (tx, meta) => {
      if (meta.epoch !== batch.epoch || (through <= meta.ackedThrough && through >= batch.from)) return meta;
      marking = 'mismatch';
      if (through < batch.from || through > batch.through || batch.from > meta.ackedThrough + 1) return meta;
      const stored = await tx.event(meta.epoch, through);
      if (!stored || stored.event.id !== lastId) return meta;
      marking = 'marked';
      this.#unanswered = null;
      const after = await acknowledged(tx, meta, through, lastId, this.clock.nowMs(), this.limits);
      for (const { event } of this.#remembered.size > 0 ? await tx.events(meta.epoch, meta.ackedThrough + 1, through - meta.ackedThrough) : []) done.push(event.id);
      return after;
    });
    for (const id of done) this.#remembered.delete(id);
    return marking;
  }

  /** The hub has less than `epoch` says, or something else: all that is kept waits again under a fresh epoch. Ids stay. */
  async adoptNewEpoch(epoch: string): Promise<void> {
    await this.#update(async (tx, meta) => (meta.epoch === epoch ? moved(tx, meta, this.random, this.limits) : meta));
  }

  /** Forgets the acknowledged tail: what this device counted for the hub it leaves. What waits stays. */
  async dropTail(): Promise<void> {
    await this.#update(async (tx, meta) => {
      if (meta.ackedThrough >= meta.firstKept) await tx.deleteEvents(meta.epoch, meta.firstKept, meta.ackedThrough);
      return moved(tx, { ...meta, firstKept: meta.ackedThrough + 1 }, this.random, this.limits);
    });
  }

  /** Notes the hub's clock less this device's, as just measured. */
  async measured(offsetMs: number): Promise<void> {
    await this.#update(async (_tx, meta) => ({ ...meta, eras: this.#time.measured(meta.eras, offsetMs) }));
  }

  /** Whether the device's clock was stepped, or stood still in a sleep, since it was last asked; a new era has begun then. */
  async clockJumped(): Promise<boolean> {
    if (!this.#time.jumped) return false;
    let seen = this.#time.seen([]);
    await this.#update(async (_tx, meta) => {
      seen = this.#time.seen(meta.eras);
      return { ...meta, eras: seen.eras };
    });
    seen.stored();
    return true;
  }

  /** Reads the stream again: another tab may have changed it. */
  async refresh(): Promise<void> {
    await this.#update(async (_tx, meta) => meta);
  }

  /** What was stored has moved elsewhere, whole: another stream is met there, and nothing was lost. */
  forget(): void {
    this.#meta = null;
    this.#unanswered = null;
    this.#remembered.clear();
    this.#time.forget();
  }

  /** Takes no more events; what is held is still stored if the disk takes it at once. */
  close(): void {
    this.#closed = true;
  }

  /** The stream's next state when `events` are stored in it. A test plants its mistakes here. */
  protected async append(tx: OutboxTransaction, meta: StreamMeta, events: readonly KioskEvent[], eras: readonly number[] = []): Promise<StreamMeta> {
    let seq = meta.nextSeq;
    await tx.putEvents(events.map((event, i): StoredEvent => ({ epoch: meta.epoch, seq: seq++, era: eras[i] ?? currentEra(meta.eras), event })));
    const after = { ...meta, nextSeq: seq };
    return waitingOf(after) >= after.foldAt ? folded(tx, after, this.random, this.clock.nowMs(), this.limits) : after;
  }

  /** Stores what is held, what came in together in one transaction; again after a while when the disk refuses. */
  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#held.length > 0 && !(this.#closed && this.#failing)) {
      const group = this.#held.slice(0, sentEventsMax);
      try {
        await this.clockJumped();
        let eras: number[] = [];
        await this.#update((tx, meta) => {
          eras = group.map((h) => this.#time.eraOf(h.stamp, meta.eras));
          const events = group.map((h) => h.event);
          return this.append(tx, meta, events, eras);
        });
        group.forEach(({ event }, i) => {
          if (this.#remembered.size < rememberedEventsMax) this.#remembered.set(event.id, { event, era: eras[i] ?? 0 });
        });
        this.#failing = false;
        this.#held.splice(0, group.length);
        for (const { settle } of group) settle();
      } catch {
        // the events stay held and the state says that the disk refuses; most often the quota, and it may pass
        this.#failing = true;
        this.#changed();
        await new Promise<void>((resolve) => void this.clock.after(storageRetryMs, resolve));
      }
    }
    this.#writing = false;
    for (const { settle } of this.#held.splice(0)) settle(new Error('outbox_closed'));
  }

  /** The storage was wiped under this page: what it remembers of its own waits again in the new stream. Ids stay. */
  async #restored(tx: OutboxTransaction, meta: StreamMeta): Promise<StreamMeta> {
    const lost = [...this.#remembered.values()];
    let seq = meta.nextSeq;
    await tx.putEvents(lost.map(({ event, era }): StoredEvent => ({ epoch: meta.epoch, seq: seq++, era, event })));
    return { ...meta, nextSeq: seq };
  }

  #update(work: (tx: OutboxTransaction, meta: StreamMeta) => Promise<StreamMeta>): Promise<void>;
  #update<T>(work: (tx: OutboxTransaction, meta: StreamMeta) => Promise<StreamMeta>, result: (meta: StreamMeta) => T): Promise<T>;
  async #update<T>(work: (tx: OutboxTransaction, meta: StreamMeta) => Promise<StreamMeta>, result?: (meta: StreamMeta) => T): Promise<T | undefined> {
    let wiped = false;
    const { meta, oldest } = await this.storage.transact(async (tx) => {
      const found = await tx.stream();
      const before = found && found.store === undefined ? { ...found, store: this.#meta?.store ?? makeId(this.random) } : found;
      wiped = this.#meta !== null && before?.store !== this.#meta.store;
      const base = before ?? { ...freshStream(this.random, this.limits), store: makeId(this.random), eras: this.#meta?.eras ?? [] };
      const meta = await work(tx, wiped ? await this.#restored(tx, base) : base);
      if (meta !== found) await tx.putStream(meta);
      return { meta, oldest: await tx.event(meta.epoch, meta.ackedThrough + 1) };
    });
    this.#meta = meta;
    // another tab may have sent them
    if (waitingOf(meta) === 0) this.#remembered.clear();
    if (wiped) this.#wiped = true;
    this.#stored = { waiting: waitingOf(meta), oldestMs: oldest?.event.atMs ?? null };
    this.#changed();
    return result?.(meta);
  }
}

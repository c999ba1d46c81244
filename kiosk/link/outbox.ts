/**
 * The kiosk's outbox. An event gets its seq in the same strict transaction that stores it; it waits, is acknowledged, stays as a tail, is
 * retired. It is sent in two lanes: what happens now, and a backlog that was set aside, each in its own epoch. Only what was in the batch
 * that an answer is about is ever marked, and only if the answer names the id stored there. Several tabs may share one storage: every
 * transaction reads the stream anew.
 * Events that the disk refuses are held in memory, at most `heldEventsMax`, and tried again; they are not recorded until they are stored.
 */
import type { KioskEvent } from '../../shared/event.ts';
import { makeId } from '../../shared/ids.ts';
import { liveEventsMax } from '../../shared/wire-limits.ts';
import type { Clock, RandomBytes } from './clock.ts';
import { DeviceTime, type Stamp } from './device-time.ts';
import { type Correction, correctionOf, currentEra } from './eras.ts';
import { acknowledged, epochsOf, folded, freshStream, LIMITS, type Limits, renewed, setAside, tailIn, waitingIn, waitingOf, withoutTail } from './retention.ts';
import type { Epoch, OutboxStorage, OutboxTransaction, StoredEvent, StreamMeta } from './storage.ts';

const sentEventsMax = 200;
export const sentBytesMax = 48 * 1024;
const eventBytesMax = 4 * 1024;
const heldEventsMax = 2_000;
export const storageRetryMs = 2_000;
/** of a page's own events that wait: how many are put back should the browser wipe the storage */
const rememberedEventsMax = 2_000;
const keptPageEvents = 1_000;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a page records. `atMs` is read from the device's own clock, never the corrected one: the hub corrects it. */
export type NewEvent = DistributiveOmit<KioskEvent, 'id' | 'atMs' | 'time'>;
/** `time` says how good `atMs` is: absent where the clock was measured when it happened, `received` where the hub had better take its own. */
export type SentEvent = KioskEvent & { seq: number };
/** `live`: what happens now; `backlog`: what was set aside. */
export type Lane = 'live' | 'backlog';
export type Span = { epoch: string; from: number; through: number };
/** `after`: the id of the event that the first one follows; null where it begins its epoch. */
export type Batch = Span & { lane: Lane; events: SentEvent[]; bytes: number; after: string | null };
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
/** As many of the events as fit into so many bytes, at least one. */
const within = (list: readonly StoredEvent[], sentOf: (stored: StoredEvent) => SentEvent, bytesMax: number): { events: SentEvent[]; bytes: number } => {
  const events: SentEvent[] = [];
  let bytes = 0;
  for (const stored of list) {
    const sent = sentOf(stored);
    const size = bytesOf(sent) + 1;
    if (events.length > 0 && bytes + size > bytesMax) break;
    bytes += size;
    events.push(sent);
  }
  return { events, bytes };
};

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
  /** whether this page's era is stored; a disk that was full when the page was opened is asked again */
  #opened = false;
  readonly #unanswered = new Map<Lane, Span>();

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
    let opened = this.#time.opened([]);
    await this.#update(async (_tx, meta) => {
      opened = this.#time.opened(meta.eras);
      return { ...meta, eras: opened.eras };
    });
    opened.stored();
    this.#opened = true;
  }

  /** Whether the browser has wiped the storage since this page was opened. */
  get wiped(): boolean {
    return this.#wiped;
  }

  /** The stream as last read, with how many acknowledged events it keeps and the last acknowledged id of each epoch; null before the first time. */
  get stream(): { epoch: string; store: string | undefined; tail: number; acked: string[] } | null {
    const m = this.#meta;
    return m && { epoch: m.epoch, store: m.store, tail: tailIn(m), acked: epochsOf(m).flatMap((e) => e.lastAckedId ?? []) };
  }

  /**
   * What is kept, in order and page by page, as it would be sent; with `tail` also what was acknowledged and is kept still. What the disk
   * refuses comes last. Changes nothing; what is recorded meanwhile may be in it or not.
   */
  async *kept(tail: boolean): AsyncGenerator<SentEvent[]> {
    const at = await this.storage.transact((tx) => tx.stream());
    if (!at) return;
    const sentOf = sender(at);
    for (const { epoch, firstKept, ackedThrough, nextSeq } of epochsOf(at)) {
      for (let from = tail ? firstKept : ackedThrough + 1; from < nextSeq; from += keptPageEvents) {
        yield (await this.storage.transact((tx) => tx.events(epoch, from, Math.min(keptPageEvents, nextSeq - from)))).map(sentOf);
      }
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

  /** What a hello says of each epoch that something was acknowledged of, and of the one that grows, which comes last. */
  positions(): Promise<{ epoch: string; last: { seq: number; id: string } | null }[]> {
    const of = (e: Epoch) => ({ epoch: e.epoch, last: e.lastAckedId === null ? null : { seq: e.ackedThrough, id: e.lastAckedId } });
    return this.#update(
      async (_tx, meta) => meta,
      (meta) => epochsOf(meta).flatMap((e) => (e.lastAckedId !== null || e.epoch === meta.epoch ? [of(e)] : [])),
    );
  }

  /** Sets a backlog aside, if there is one: what is recorded from now on is sent before it. */
  async setAside(): Promise<void> {
    if (this.#meta === null || waitingOf(this.#meta) >= this.limits.asideEventsMin) await this.#update(async (_tx, meta) => setAside(meta, this.random, this.limits));
  }

  /**
   * The batch to send, of the first of `lanes` that has one: the unanswered one again, else what waits, from the first on, within the
   * limits. While a backlog waits, what happens now goes in batches so small that the hub lets them past the line. Null when nothing waits.
   */
  async nextBatch(bytesMax: number = sentBytesMax, lanes: readonly Lane[] = ['live', 'backlog']): Promise<Batch | null> {
    return this.storage.transact(async (tx) => {
      const meta = await tx.stream();
      if (!meta) return null;
      const backlog = meta.aside?.find((e) => waitingOf(e) > 0);
      for (const lane of lanes) {
        const epoch = lane === 'live' ? meta : backlog;
        if (!epoch) continue;
        const from = epoch.ackedThrough + 1;
        const again = [...this.#unanswered.values()].find((u) => u.epoch === epoch.epoch && u.from === from);
        const max = again ? again.through - from + 1 : lane === 'live' && backlog ? liveEventsMax : sentEventsMax;
        const { events, bytes } = within(await tx.events(epoch.epoch, from, max), sender(meta), bytesMax);
        if (events.length === 0) continue;
        const span = { epoch: epoch.epoch, from, through: from + events.length - 1 };
        this.#unanswered.set(lane, span);
        return { ...span, lane, events, bytes, after: epoch.lastAckedId };
      }
      return null;
    });
  }

  /**
   * Takes the hub's word for `batch`: it is durable through `through`, where `lastId` stands. `stale`: the stream has moved on, nothing
   * to mark. `mismatch`: the answer does not fit what was sent; nothing is marked.
   */
  async markAcked(batch: Span, through: number, lastId: string | null): Promise<Marking> {
    let marking: Marking = 'stale';
    const done: string[] = [];
    await this.#update(async (tx, meta) => {
      const at = epochsOf(meta).find((e) => e.epoch === batch.epoch);
      if (!at || (through <= at.ackedThrough && through >= batch.from)) return meta;
      marking = 'mismatch';
      if (through < batch.from || through > batch.through || batch.from > at.ackedThrough + 1) return meta;
      const stored = await tx.event(at.epoch, through);
      if (!stored || stored.event.id !== lastId) return meta;
      marking = 'marked';
      for (const [lane, u] of this.#unanswered) if (u.epoch === at.epoch) this.#unanswered.delete(lane);
      for (const { event } of this.#remembered.size > 0 ? await tx.events(at.epoch, at.ackedThrough + 1, through - at.ackedThrough) : []) done.push(event.id);
      return acknowledged(tx, meta, { epoch: at.epoch, through, id: lastId }, this.clock.nowMs(), this.limits);
    });
    for (const id of done) this.#remembered.delete(id);
    return marking;
  }

  /** The hub has less than `epoch` says, or something else: all that is kept of it waits again under a fresh epoch. Ids stay. */
  async adoptNewEpoch(epoch: string): Promise<void> {
    await this.#update((tx, meta) => renewed(tx, meta, epoch, this.random, this.limits));
  }

  /** Forgets the acknowledged tail: what this device counted for the hub it leaves. What waits stays. */
  async dropTail(): Promise<void> {
    await this.#update((tx, meta) => withoutTail(tx, meta, this.random, this.limits));
  }

  /** Notes the hub's clock less this device's, as just measured. */
  async measured(offsetMs: number): Promise<void> {
    if (!this.#opened) await this.open();
    await this.#update(async (_tx, meta) => ({ ...meta, eras: this.#time.measured(meta.eras, offsetMs) }));
  }

  /** Whether the device's clock was stepped, or stood still in a sleep, since it was last asked; a new era has begun then. */
  async clockJumped(): Promise<boolean> {
    if (!this.#opened) await this.open();
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
    this.#unanswered.clear();
    this.#remembered.clear();
    this.#time.forget();
  }

  /** Takes no more events; what is held is still stored if the disk takes it at once. */
  close(): void {
    this.#closed = true;
  }

  /** The stream's next state when `events` are stored in it. Open to tests, which plant mistakes here. */
  protected async append(tx: OutboxTransaction, meta: StreamMeta, events: readonly KioskEvent[], eras: readonly number[] = []): Promise<StreamMeta> {
    let seq = meta.nextSeq;
    await tx.putEvents(events.map((event, i): StoredEvent => ({ epoch: meta.epoch, seq: seq++, era: eras[i] ?? currentEra(meta.eras), event })));
    const after = { ...meta, nextSeq: seq };
    return waitingIn(after) >= after.foldAt ? folded(tx, after, this.random, this.clock.nowMs(), this.limits) : after;
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
      const first = epochsOf(meta).find((e) => waitingOf(e) > 0);
      return { meta, oldest: first ? await tx.event(first.epoch, first.ackedThrough + 1) : null };
    });
    this.#meta = meta;
    // another tab may have sent them
    if (waitingIn(meta) === 0) this.#remembered.clear();
    if (wiped) this.#wiped = true;
    this.#stored = { waiting: waitingIn(meta), oldestMs: oldest?.event.atMs ?? null };
    this.#changed();
    return result?.(meta);
  }
}

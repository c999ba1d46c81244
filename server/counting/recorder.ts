/**
 * The only way into the journal. What comes in while one append is being synced waits and goes into the next: group commit, no timer.
 * A plan reads the folds and says what to append and what to answer; every answer leaves after it is durable, also the answer of a plan
 * that found nothing new, because what it found may be in the same group. If the append fails, the fold is taken back.
 * Where several hubs write one journal, a group is a turn: what the others recorded is folded in before anything is planned.
 */
import type { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import { type Refusal, refusal } from '../../shared/refusal.ts';
import { applyEntry, type Tally } from '../../shared/tally.ts';
import { isShared, type Journal, JournalFault, type Turn } from '../journal/journal.ts';

const queuedPlansMax = 5_000;
const plansPerGroupMax = 512;
export const storageRetryAfterMs = 2_000;
const busyRetryAfterMs = 500;

export type Planned<T> = { entry: Entry | null; answer: T } | Refusal;
export type Plan<T> = (admission: Admission) => Planned<T>;
export type Recorded<T> = { ok: true; answer: T; position: number } | { ok: false; error: Refusal };
export type RecorderParts = {
  journal: Journal;
  admission: Admission;
  tally: Tally;
  /** hears what was just folded in; `here`: recorded by this hub, not by another one */
  applied(entries: readonly Entry[], here: boolean): void;
  bug(error: unknown): void;
  /** the shared store was put back: folds everything anew, in place */
  rebuild?(): Promise<void>;
};

/** `answer`: what is told once it is durable; undefined before it was planned */
type Waiting = { plan: Plan<unknown>; settle(recorded: Recorded<unknown>): void; answer: unknown };

const refusedBy = (cause: unknown): Refusal => {
  const code = cause instanceof JournalFault ? cause.code : 'storage_failed';
  return refusal(code === 'storage_full' || code === 'read_only' ? code : 'storage_failed', 'The hub cannot store anything now. Please send it again.', {
    retryAfterMs: storageRetryAfterMs,
  });
};

/** How this journal takes a turn: a journal of one hub has nothing to hear first. */
const turnOf = (journal: Journal): ((turn: Turn) => Promise<number>) => {
  if (isShared(journal)) return (turn) => journal.turn(turn);
  return async ({ plan }) => {
    const entries = plan?.() ?? [];
    // what a journal that opened read-only has read may be in the page cache alone: it confirms nothing
    if (plan && entries.length === 0 && journal.state === 'read-only') throw new JournalFault('read_only', 'the journal is read-only');
    return entries.length > 0 ? journal.append(entries) : journal.position;
  };
};

export class Recorder {
  readonly #parts: RecorderParts;
  readonly #turn: (turn: Turn) => Promise<number>;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;
  #resting: (() => void)[] = [];
  #hinted = 0;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#turn = turnOf(parts.journal);
  }

  /** Plans waiting for a group. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Records what the plan makes; resolves once it is durable, or with why it isn't. Never rejects. */
  record<T>(plan: Plan<T>): Promise<Recorded<T>> {
    if (this.#queue.length >= queuedPlansMax)
      return Promise.resolve({ ok: false, error: refusal('busy', 'The hub is busy. Please send it again.', { retryAfterMs: busyRetryAfterMs }) });
    return new Promise((resolve) => {
      this.#queue.push({ plan, settle: resolve as Waiting['settle'], answer: undefined });
      this.#start();
    });
  }

  /** Folds in what other hubs recorded up to `position`, as soon as the running group is done; nothing where that is folded already. */
  catchUp(position: number): void {
    this.#hinted = Math.max(this.#hinted, position);
    this.#start();
  }

  /** Whether the folds hold what any hub had recorded when this was asked: false while the store is away, true at once where this hub is alone. */
  async current(): Promise<boolean> {
    return !isShared(this.#parts.journal) || (await this.record(() => ({ entry: null, answer: null }))).ok;
  }

  /** Resolves when everything taken so far is settled. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /**
   * Runs something between two groups: then the folds hold what is durable and nothing else. While an append is being synced the admission
   * fold is ahead of the journal; a checkpoint taken then, and a crash before the sync is done, would lose what is sent again.
   */
  atRest<T>(run: () => Promise<T>): Promise<T> {
    if (!this.#running) return run();
    return new Promise((resolve, reject) => {
      this.#resting.push(() => void run().then(resolve, reject));
    });
  }

  #start(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    do {
      // one turn of the loop lets the messages that came in together share a group; also where there is nothing to do, for `#running` must be set before it is taken back
      await new Promise((resolve) => setImmediate(resolve));
      for (const run of this.#resting.splice(0)) run();
      const group = this.#queue.splice(0, plansPerGroupMax);
      if (group.length > 0 || this.#hinted > this.#parts.journal.position) await this.#group(group);
    } while (this.#queue.length > 0 || this.#resting.length > 0 || this.#hinted > this.#parts.journal.position);
    this.#running = null;
  }

  async #group(group: readonly Waiting[]): Promise<void> {
    const entries: Entry[] = [];
    const undo: (() => void)[] = [];
    // those who wait for the append; before there is a plan, everybody
    let open = group;
    const plan = (): readonly Entry[] => {
      open = group.filter((waiting) => {
        try {
          const planned = waiting.plan(this.#parts.admission);
          if ('code' in planned) {
            waiting.settle({ ok: false, error: planned });
            return false;
          }
          if (planned.entry) {
            undo.push(this.#parts.admission.apply(planned.entry));
            entries.push(planned.entry);
          }
          waiting.answer = planned.answer;
          return true;
        } catch (error) {
          this.#parts.bug(error);
          waiting.settle({ ok: false, error: refusal('internal', 'Something went wrong in the hub.') });
          return false;
        }
      });
      return entries;
    };
    // a hint is worth one try; the next one comes soon
    this.#hinted = 0;
    let last: number;
    try {
      last = await this.#turn({ missed: (first, others) => this.#missed(first, others), ...(group.length > 0 && { plan }) });
    } catch (cause) {
      for (const back of undo.reverse()) back();
      const error = refusedBy(cause);
      for (const waiting of open) waiting.settle({ ok: false, error });
      if (cause instanceof JournalFault && cause.code === 'set_back') await this.#parts.rebuild?.().catch((fault: unknown) => this.#parts.bug(fault));
      return;
    }
    // from here on it is durable: whatever a fold or a listener does, nothing is taken back
    this.#fold(last - entries.length + 1, entries, true);
    for (const { settle, answer } of open) settle({ ok: true, answer, position: last });
  }

  /** What another hub recorded. */
  #missed(first: number, entries: readonly Entry[]): void {
    for (const entry of entries) this.#parts.admission.apply(entry);
    this.#fold(first, entries, false);
  }

  #fold(first: number, entries: readonly Entry[], here: boolean): void {
    if (entries.length === 0) return;
    try {
      let position = first;
      for (const entry of entries) applyEntry(this.#parts.tally, entry, position++);
      this.#parts.applied(entries, here);
    } catch (error) {
      this.#parts.bug(error);
    }
  }
}

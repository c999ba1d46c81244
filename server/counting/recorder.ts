/**
 * The only way into the journal. What comes in while one append is being synced waits and goes into the next: group commit, no timer.
 * A plan reads the admission fold and says what to append and what to answer; every answer leaves after fdatasync, also the answer of a
 * plan that found nothing new, because what it found may be in the same group. If the append fails, the fold is taken back.
 */
import type { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import { type Refusal, refusal } from '../../shared/refusal.ts';
import { applyEntry, type Tally } from '../../shared/tally.ts';
import { type Journal, JournalFault } from '../journal/journal.ts';

export const queuedPlansMax = 5_000;
export const plansPerGroupMax = 512;
export const storageRetryAfterMs = 2_000;

export type Planned<T> = { entry: Entry | null; answer: T } | Refusal;
export type Plan<T> = (admission: Admission) => Planned<T>;
export type Recorded<T> = { ok: true; answer: T; position: number } | { ok: false; error: Refusal };

type Waiting = { plan: Plan<unknown>; settle(recorded: Recorded<unknown>): void };

const refusedBy = (cause: unknown): Refusal => {
  const code = cause instanceof JournalFault ? cause.code : 'storage_failed';
  return refusal(code === 'storage_full' || code === 'read_only' ? code : 'storage_failed', 'The hub cannot store anything now. Please send it again.', {
    retryAfterMs: storageRetryAfterMs,
  });
};

export class Recorder {
  readonly #journal: Journal;
  readonly #admission: Admission;
  readonly #tally: Tally;
  readonly #applied: (entries: readonly Entry[]) => void;
  readonly #bug: (error: unknown) => void;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;
  #resting: (() => void)[] = [];

  constructor(parts: { journal: Journal; admission: Admission; tally: Tally; applied(entries: readonly Entry[]): void; bug(error: unknown): void }) {
    this.#journal = parts.journal;
    this.#admission = parts.admission;
    this.#tally = parts.tally;
    this.#applied = parts.applied;
    this.#bug = parts.bug;
  }

  /** Plans waiting for a group. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Records what the plan makes; resolves once it is durable, or with why it isn't. Never rejects. */
  record<T>(plan: Plan<T>): Promise<Recorded<T>> {
    if (this.#queue.length >= queuedPlansMax) return Promise.resolve({ ok: false, error: refusal('busy', 'The hub is busy. Please send it again.', { retryAfterMs: 500 }) });
    return new Promise((resolve) => {
      this.#queue.push({ plan, settle: resolve as Waiting['settle'] });
      this.#running ??= this.#run();
    });
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

  async #run(): Promise<void> {
    // one turn of the loop lets the messages that came in together share a group
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0 || this.#resting.length > 0) {
      for (const run of this.#resting.splice(0)) run();
      await this.#group(this.#queue.splice(0, plansPerGroupMax));
    }
    this.#running = null;
  }

  async #group(group: readonly Waiting[]): Promise<void> {
    const entries: Entry[] = [];
    const undo: (() => void)[] = [];
    const answers: { settle: Waiting['settle']; answer: unknown }[] = [];
    for (const { plan, settle } of group) {
      try {
        const planned = plan(this.#admission);
        if ('code' in planned) settle({ ok: false, error: planned });
        else {
          if (planned.entry) {
            undo.push(this.#admission.apply(planned.entry));
            entries.push(planned.entry);
          }
          answers.push({ settle, answer: planned.answer });
        }
      } catch (error) {
        this.#bug(error);
        settle({ ok: false, error: refusal('internal', 'Something went wrong in the hub.') });
      }
    }
    let last: number;
    try {
      last = entries.length > 0 ? await this.#journal.append(entries) : this.#journal.position;
    } catch (cause) {
      for (const back of undo.reverse()) back();
      const error = refusedBy(cause);
      for (const { settle } of answers) settle({ ok: false, error });
      return;
    }
    // from here on it is durable: whatever a fold or a listener does, nothing is taken back
    try {
      let position = last - entries.length;
      for (const entry of entries) applyEntry(this.#tally, entry, ++position);
      if (entries.length > 0) this.#applied(entries);
    } catch (error) {
      this.#bug(error);
    }
    for (const { settle, answer } of answers) settle({ ok: true, answer, position: last });
  }
}

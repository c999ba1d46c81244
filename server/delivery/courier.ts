/**
 * Delivers every closed version once: begun, tried with growing pauses, done or given up, each step an entry of the journal. So a restart
 * goes on where it was, what is done is never done again, and of several hubs on one store one delivers. Limit: a hub that is killed after a
 * webhook took a version and before that is recorded sends it again, under the same key.
 */

import { type Closing, deliveryKey, openDeliveries } from '../../shared/deliveries.ts';
import type { Entry } from '../../shared/entry.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';
import type { Tally } from '../../shared/tally.ts';
import type { Recorder } from '../counting/recorder.ts';
import type { Exporter } from '../exports/exporter.ts';
import { handOver } from './package.ts';
import type { Receiver } from './receivers.ts';

export const deliveryAttemptsMax = 12;
/** pauses before the second attempt and the ones after it, doubling up to the last */
export const deliveryRetryMsMin = 30_000;
export const deliveryRetryMsMax = 3_600_000;
/** what another hub began this long ago is not believed to be under way */
export const deliveryLeaseMs = 10 * 60_000;
const detailCharsMax = 200;

export type CourierSetup = {
  exporter: Exporter;
  recorder: Recorder;
  tally: Tally;
  receiver: Receiver;
  names(showcase: string): Catalogue | null;
  nowMs(): number;
  /** runs something later; answers how to stop it */
  after(ms: number, run: () => void): () => void;
  /** this hub's own name among those of one store; the same at its next start where it is the only one */
  by: string;
  warn(why: string, key: string): void;
};

type Step = Extract<Entry, { kind: 'day.delivery' }>['state'];

const reasonOf = (error: unknown): string => {
  const { code, message, cause } = error as { code?: unknown; message?: string; cause?: { code?: unknown } };
  const text = String(cause?.code ?? code ?? message ?? error);
  // no address and no path in what is kept
  return text.replace(/\S*[/\\]\S*/g, '…').slice(0, detailCharsMax);
};

export class Courier {
  readonly #setup: CourierSetup;
  #running: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  readonly #stop = new AbortController();
  /** handed over, and that not recorded yet */
  readonly #handed = new Set<string>();
  #again = false;

  constructor(setup: CourierSetup) {
    this.#setup = setup;
  }

  /** Looks for what is to be delivered: call it at the start, and whenever a day was closed. */
  look(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again) this.look();
    });
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Takes no further version and breaks off the attempt under way: the next start begins it again. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#again = false;
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#again = false;
    this.#wake?.();
    let soonest = Number.POSITIVE_INFINITY;
    for (const closing of openDeliveries(this.#setup.tally.deliveries)) {
      const waitMs = this.#waitOf(closing);
      if (waitMs > 0) soonest = Math.min(soonest, waitMs);
      else if (!this.#stopped) soonest = Math.min(soonest, await this.#attempt(closing));
    }
    if (this.#stopped || soonest === Number.POSITIVE_INFINITY) return;
    this.#wake = this.#setup.after(soonest, () => this.look());
  }

  /** How long a version must wait for its next attempt, ms; 0 when it may be tried now. */
  #waitOf(closing: Closing): number {
    const state = this.#setup.tally.deliveries.states.get(deliveryKey(closing));
    if (!state) return 0;
    const own = state.by === this.#setup.by;
    const pause = state.state === 'failed' ? Math.min(deliveryRetryMsMax, deliveryRetryMsMin * 2 ** (state.attempts - 1)) : own ? 0 : deliveryLeaseMs;
    return Math.max(0, state.atMs + pause - this.#setup.nowMs());
  }

  /** Records a step, unless somebody else has taken the version meanwhile. Answers whether it was recorded. */
  async #note(closing: Closing, state: Step, detail: string): Promise<boolean> {
    const { recorder, nowMs, by, tally } = this.#setup;
    const { showcase, day, version } = closing;
    let ours = true;
    const recorded = await recorder.record(() => {
      const now = tally.deliveries.states.get(deliveryKey(closing));
      ours = state === 'begun' ? this.#waitOf(closing) === 0 && now?.state !== 'done' && now?.state !== 'given-up' : now?.by === by;
      return { entry: ours ? { kind: 'day.delivery', receivedMs: nowMs(), showcase, by, day, version, state, detail } : null, answer: null };
    });
    return recorded.ok && ours;
  }

  /** Tries once; answers in how long to look again, ms; infinite where it is done or somebody else's. */
  async #attempt(closing: Closing): Promise<number> {
    const { exporter, receiver, warn, tally } = this.#setup;
    const key = deliveryKey(closing);
    const names = this.#setup.names(closing.showcase);
    // its pack is not installed here; another hub, or the next start, may have it
    if (!names) return Number.POSITIVE_INFINITY;
    if (!(await this.#note(closing, 'begun', ''))) return deliveryRetryMsMin;
    try {
      if (!this.#handed.has(key)) await handOver(exporter, names, closing, receiver, this.#stop.signal);
      this.#handed.add(key);
    } catch (error) {
      if (this.#stopped) return Number.POSITIVE_INFINITY;
      const over = (tally.deliveries.states.get(key)?.attempts ?? 0) >= deliveryAttemptsMax;
      warn(reasonOf(error), key);
      await this.#note(closing, over ? 'given-up' : 'failed', reasonOf(error));
      return over ? Number.POSITIVE_INFINITY : Math.max(1, this.#waitOf(closing));
    }
    if (!(await this.#note(closing, 'done', ''))) return deliveryRetryMsMin;
    this.#handed.delete(key);
    return Number.POSITIVE_INFINITY;
  }
}

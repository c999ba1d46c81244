/**
 * Paces what kiosks send after an outage, so that two thousand of them at once cost bounded memory and the loop stays free for what
 * happens now. A backlog batch is recorded when its turn comes or refused with `busy` and a time of its own to come again; a small batch,
 * as a kiosk sends it while visitors touch it, goes past the line. While kiosks still come back, backlogs get little: being connected comes first.
 */
import { type Refusal, refusal } from '../../shared/refusal.ts';
import { liveEventsMax } from '../../shared/wire-limits.ts';

/** backlog batches taken and not yet answered; beyond it `busy` */
export const batchesInFlightMax = 32;
/** the same while kiosks come back: so many greetings in a window, in this one or the last, are a coming back */
export const batchesWhileArrivingMax = 1;
export const arrivalsMin = 10;
export const arrivalsWindowMs = 1_000;
/** backlog events handed to the recorder at once: they are planned and folded in one turn of the loop */
export const eventsAtOnceMax = 2_000;
/** who was refused comes again not before this, and not after that */
export const retryAfterMsMin = 250;
export const retryAfterMsMax = 15_000;
/** a refused batch gets a place in time of its own, so long for each of its events */
export const placeMicrosPerEvent = 16;

export class Pacing {
  readonly #monotonicMs: () => number;
  readonly #line: { events: number; go: () => void }[] = [];
  #batches = 0;
  #events = 0;
  #nextPlaceMs = 0;
  #window = { number: 0, arrivals: 0, before: 0 };

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** Backlog batches taken and not yet answered. */
  get inFlight(): number {
    return this.#batches;
  }

  /** A kiosk was greeted. */
  arrived(): void {
    this.#arrivals();
    this.#window.arrivals++;
  }

  /** Runs `work` for a batch of so many events, now or in its turn; or answers `busy` and when to come again. */
  run<T>(events: number, work: () => Promise<T>): Promise<T | Refusal> {
    return events <= liveEventsMax ? work() : this.#inLine(events, work);
  }

  async #inLine<T>(events: number, work: () => Promise<T>): Promise<T | Refusal> {
    if (this.#batches >= (this.#arrivals() >= arrivalsMin ? batchesWhileArrivingMax : batchesInFlightMax))
      return refusal('busy', 'The hub is busy. Please send it again.', { retryAfterMs: this.#placeMs(events) });
    this.#batches++;
    try {
      if (this.#line.length > 0 || !this.#fits(events)) await new Promise<void>((go) => void this.#line.push({ events, go }));
      else this.#events += events;
      return await work();
    } finally {
      this.#batches--;
      this.#events -= events;
      this.#next();
    }
  }

  #arrivals(): number {
    const number = Math.floor(this.#monotonicMs() / arrivalsWindowMs);
    const { number: last, arrivals } = this.#window;
    if (number !== last) this.#window = { number, arrivals: 0, before: number === last + 1 ? arrivals : 0 };
    return Math.max(this.#window.arrivals, this.#window.before);
  }

  #fits(events: number): boolean {
    return this.#events === 0 || this.#events + events <= eventsAtOnceMax;
  }

  #next(): void {
    for (let first = this.#line[0]; first && this.#fits(first.events); first = this.#line[0]) {
      this.#line.shift();
      this.#events += first.events;
      first.go();
    }
  }

  /** One place after the other, as fast as they can be recorded: nobody waits longer than the line is. */
  #placeMs(events: number): number {
    const nowMs = this.#monotonicMs();
    this.#nextPlaceMs = Math.min(nowMs + retryAfterMsMax, Math.max(nowMs + retryAfterMsMin, this.#nextPlaceMs) + (events * placeMicrosPerEvent) / 1_000);
    return Math.round(this.#nextPlaceMs - nowMs);
  }
}

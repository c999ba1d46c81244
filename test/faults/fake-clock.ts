/** Time that a test moves: wall and monotonic apart, timers in order, and everything that a timer set off done before the next one. */
import type { Clock } from '../../kiosk/link/clock.ts';

type Timer = { dueMs: number; order: number; run: () => void };

/** A binary heap of timers by when they are due. */
class Timers {
  readonly #heap: Timer[] = [];

  get first(): Timer | undefined {
    return this.#heap[0];
  }

  push(timer: Timer): void {
    const h = this.#heap;
    let i = h.push(timer) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (before(h[up] as Timer, timer)) break;
      h[i] = h[up] as Timer;
      i = up;
    }
    h[i] = timer;
  }

  pop(): void {
    const h = this.#heap;
    const last = h.pop() as Timer;
    if (h.length === 0) return;
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down >= h.length) break;
      if (down + 1 < h.length && before(h[down + 1] as Timer, h[down] as Timer)) down++;
      if (before(last, h[down] as Timer)) break;
      h[i] = h[down] as Timer;
      i = down;
    }
    h[i] = last;
  }
}

const before = (a: Timer, b: Timer): boolean => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);

export class FakeClock implements Clock {
  #monotonicMs = 0;
  #wallLessMonotonicMs: number;
  #order = 0;
  readonly #timers = new Timers();

  constructor(nowMs = Date.UTC(2026, 10, 25, 2)) {
    this.#wallLessMonotonicMs = nowMs;
  }

  nowMs(): number {
    return this.#monotonicMs + this.#wallLessMonotonicMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(ms: number, run: () => void): () => void {
    const timer: Timer = { dueMs: this.#monotonicMs + Math.max(0, ms), order: this.#order++, run };
    this.#timers.push(timer);
    return () => {
      timer.run = () => undefined;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** The wall clock is set by so much; a sleep looks the same. */
  step(ms: number): void {
    this.#wallLessMonotonicMs += ms;
  }

  /** Lets `ms` pass. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#monotonicMs + ms;
    await drained();
    for (let t = this.#timers.first; t && t.dueMs <= untilMs; t = this.#timers.first) {
      this.#timers.pop();
      this.#monotonicMs = t.dueMs;
      t.run();
      await drained();
    }
    this.#monotonicMs = untilMs;
  }

  /** A view of this clock whose wall can be wrong by itself; timers are shared. */
  device(wrongByMs: number): Clock & { step(ms: number): void } {
    let offMs = wrongByMs;
    return {
      nowMs: () => this.nowMs() + offMs,
      monotonicMs: () => this.monotonicMs(),
      after: (ms, run) => this.after(ms, run),
      step: (ms) => {
        offMs += ms;
      },
    };
  }
}

/** Everything that promises still have to do, done. */
export const drained = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

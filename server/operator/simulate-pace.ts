/**
 * The simulated time: a show's day run through in a given real time, or the present at its own pace. It runs on whether the hub is there or
 * not, as visitors do.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export type Pace = {
  /** the simulated instant, ms; stays at the end once that is reached */
  nowMs(): number;
  /** Resolves when the simulated time has come to `atMs`. */
  until(atMs: number): Promise<void>;
};

/** From `startMs` to `endMs` of simulated time in `runMs` of real time, beginning now. */
export const paceOf = (startMs: number, endMs: number, runMs: number): Pace => {
  const began = performance.now();
  const factor = runMs > 0 ? (endMs - startMs) / runMs : Number.POSITIVE_INFINITY;
  const nowMs = (): number => Math.min(endMs, startMs + (runMs > 0 ? (performance.now() - began) * factor : endMs - startMs));
  return {
    nowMs,
    until: async (atMs) => {
      const target = Math.min(atMs, endMs);
      for (let left = target - nowMs(); left > 0; left = target - nowMs()) await sleep(Math.max(1, left / factor));
    },
  };
};

/** Time as the link is given it, so that tests can hold it: the device's wall clock, one that never steps, and timers. */

export type Clock = {
  /** the device's own wall clock, ms; it may be wrong and may step */
  nowMs(): number;
  /** ms that only grow */
  monotonicMs(): number;
  /** Runs `run` once after `ms`; answers how to cancel it. */
  after(ms: number, run: () => void): () => void;
};

export type RandomBytes = (into: Uint8Array<ArrayBuffer>) => Uint8Array;

/** A number of [0, 1) made from two random bytes: enough for jitter. */
const fractionOf = (random: RandomBytes): number => {
  const [a = 0, b = 0] = random(new Uint8Array(2));
  return (a * 256 + b) / 65_536;
};

/** `ms` give or take half of it, so that many kiosks do not come back in the same instant. */
export const jitteredMs = (ms: number, random: RandomBytes): number => ms * (0.5 + fractionOf(random));

/** The clock of a page, with the wall clock that its main passes in. */
export const pageClock = (nowMs: () => number): Clock => ({
  nowMs,
  monotonicMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});

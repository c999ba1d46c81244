/** Chance that replays from its seed (mulberry32): for simulations and tests. Not for secrets, and not for ids that must differ between two runs. */

export type Random = {
  /** a number of [0, 1) */
  next(): number;
  /** whether something of this probability happens */
  hits(probability: number): boolean;
  /** a whole number of [0, n) */
  below(n: number): number;
  between(from: number, to: number): number;
  /** One of a list that isn't empty, each as likely. */
  pick<T>(from: readonly T[]): T;
};

/** The same seed gives the same chance, always. Seeds are taken modulo 2^32. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    hits: (probability) => next() < probability,
    between: (from, to) => from + next() * (to - from),
    pick: (from) => from[below(from.length)] as (typeof from)[number],
  };
};

/** A seed of its own for a named part of a simulation (FNV-1a), so that one part's draws do not move another's. */
export const seedOf = (seed: number, part: string): number => {
  let h = (2_166_136_261 ^ seed) >>> 0;
  for (let i = 0; i < part.length; i++) h = Math.imul(h ^ part.charCodeAt(i), 16_777_619) >>> 0;
  return h;
};

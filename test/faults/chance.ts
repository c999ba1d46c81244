/** Chance that replays from its seed (mulberry32). */
export type Chance = {
  /** [0, 1) */
  next(): number;
  /** whether something of this probability happens */
  hits(p: number): boolean;
  between(from: number, to: number): number;
  /** a whole number of [0, n) */
  below(n: number): number;
  bytes(into: Uint8Array<ArrayBuffer>): Uint8Array;
};

export const chanceOf = (seed: number): Chance => {
  let a = seed >>> 0;
  const next = (): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    hits: (p) => next() < p,
    between: (from, to) => from + next() * (to - from),
    below: (n) => Math.floor(next() * n),
    bytes: (into) => {
      for (let i = 0; i < into.length; i++) into[i] = Math.floor(next() * 256);
      return into;
    },
  };
};

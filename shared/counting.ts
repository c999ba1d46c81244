/** The counting rules that are pure arithmetic (SPEC R1 to R20), each as a small function. */
import { hongKongOffsetMs, hourMs } from './hongkong-time.ts';

/** The version of the rules; printed with every total, so that a number can be traced to the rule that made it. */
export const ruleVersion = 'R-2026.1';

/** a correction of more than this either way needs a second person (R8) */
export const unapprovedCorrectionMax = 50;

/** an interval up to this long is never split (R4) */
export const unsplitMsMax = 60_000;

export type Part = { fromMs: number; toMs: number; in: number; out: number };

/** Whole shares of `total` in proportion to `weights`, sum preserved, by largest remainder; ties go to the earlier share (R4). */
export const largestRemainder = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((w) => (total * w) / sum);
  const shares = exact.map(Math.floor);
  let left = total - shares.reduce((a, b) => a + b, 0);
  const order = exact.map((x, i) => ({ i, rest: x - Math.floor(x) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (left-- <= 0) break;
    shares[i] = (shares[i] as number) + 1;
  }
  return shares;
};

/** R4: an interval longer than 60 s is split pro rata by time at every hour's start and at each of `edges` inside it. */
export const splitInterval = (part: Part, edges: readonly number[] = []): Part[] => {
  if (part.toMs - part.fromMs <= unsplitMsMax) return [part];
  const cuts = new Set<number>();
  for (let h = Math.floor((part.fromMs + hongKongOffsetMs) / hourMs + 1) * hourMs - hongKongOffsetMs; h < part.toMs; h += hourMs) cuts.add(h);
  for (const e of edges) if (e > part.fromMs && e < part.toMs) cuts.add(e);
  if (cuts.size === 0) return [part];
  const bounds = [part.fromMs, ...[...cuts].sort((a, b) => a - b), part.toMs];
  const lengths = bounds.slice(1).map((b, i) => b - (bounds[i] as number));
  const ins = largestRemainder(part.in, lengths);
  const outs = largestRemainder(part.out, lengths);
  return lengths.map((_, i) => ({ fromMs: bounds[i] as number, toMs: bounds[i + 1] as number, in: ins[i] as number, out: outs[i] as number }));
};

export type Cumulative = { atMs: number; in: number; out: number };

/** R5: what was counted between two readings of a running counter; null for a late one. A decrease of either is a reset: the new readings count in full. */
export const cumulativeDelta = (before: Cumulative | undefined, next: Cumulative): (Part & { reset: boolean }) | 'baseline' | 'late' => {
  if (!before) return 'baseline';
  if (next.atMs <= before.atMs) return 'late';
  const reset = next.in < before.in || next.out < before.out;
  return { fromMs: before.atMs, toMs: next.atMs, in: reset ? next.in : next.in - before.in, out: reset ? next.out : next.out - before.out, reset };
};

/** R13: the hour with the most visits, the earliest of equals; null when nothing is known. */
export const peakOf = <K>(hours: Iterable<readonly [K, number]>): { at: K; value: number } | null => {
  let best: { at: K; value: number } | null = null;
  for (const [at, value] of hours) if (value > 0 && (best === null || value > best.value)) best = { at, value };
  return best;
};

/** R16: change from `a` to `b` in percent, one decimal; null where `a` is unknown or 0. */
export const percentChange = (a: number | null, b: number | null): number | null => (a === null || b === null || a === 0 ? null : Math.round(((b - a) / a) * 1000) / 10);

/** R16: below this coverage, %, a day is not compared with another */
export const comparedCoverageMin = 95;
/** R17: a change to a published approximate figure is told in steps of this many percent */
const roughStep = 5;
/** R17: change from a published approximate figure to `b` in whole steps: 0 is about the same; null where it is unknown. */
export const roughChange = (a: number, b: number | null): number | null => (b === null || a === 0 ? null : Math.round((((b - a) / a) * 100) / roughStep) * roughStep + 0);

/** R18: how a total is published. `about` whenever rounded; `below` says that 逾/over would be true as well. */
export const publication = (n: number): { value: number; about: boolean; below: boolean } => {
  const step = n >= 10_000 ? 1_000 : n >= 1_000 ? 100 : 1;
  const value = Math.round(n / step) * step;
  return { value, about: value !== n, below: value < n };
};

/** R12: a show's visits are the sum of its days; a day that is not known leaves the show unknown. */
export const sumKnown = (values: Iterable<number | null>): number | null => {
  let sum: number | null = null;
  for (const v of values) if (v !== null) sum = (sum ?? 0) + v;
  return sum;
};

/**
 * R9: people inside at the end of each bin, with the day's drift taken out: missed exits scale exits, missed entries scale entries, never
 * below zero. `raw` leaves the drift in. It is an estimate and changes no count.
 */
export const occupancySeries = (ins: readonly number[], outs: readonly number[], correct: boolean): number[] => {
  const totalIn = ins.reduce((a, b) => a + b, 0);
  const totalOut = outs.reduce((a, b) => a + b, 0);
  const fIn = correct && totalOut > totalIn && totalIn > 0 ? totalOut / totalIn : 1;
  const fOut = correct && totalIn > totalOut && totalOut > 0 ? totalIn / totalOut : 1;
  let inside = 0;
  return ins.map((n, i) => {
    inside = Math.max(0, inside + n * fIn - (outs[i] ?? 0) * fOut);
    return Math.round(inside);
  });
};

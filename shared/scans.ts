/** Since when short links are counted: in which spans a scan that isn't told is none, and in which it is unknown (R15). */
import type { Tally } from './tally.ts';

/** Whether scans were counted at any time between two instants. */
export const scansCounted = (tally: Pick<Tally, 'modes'>, fromMs: number, toMs: number): boolean =>
  tally.modes.some((m, i) => m.mode === 'redirect' && m.fromMs < toMs && (tally.modes[i + 1]?.fromMs ?? Number.POSITIVE_INFINITY) > fromMs);

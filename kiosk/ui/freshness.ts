/** How old a figure is, and from when on it may no longer be read as current. */

/** older data is shown grey and named as late */
export const staleMs = 30_000;

export type Freshness = { state: 'never' } | { state: 'fresh' | 'stale'; asOfMs: number; ageMs: number };

/** The freshness of data of `asOfMs` (null: none ever came) at `nowMs`, both by the same clock. Data from the future are 0 old. */
export const freshnessOf = (asOfMs: number | null, nowMs: number): Freshness => {
  if (asOfMs === null) return { state: 'never' };
  const ageMs = Math.max(0, nowMs - asOfMs);
  return { state: ageMs > staleMs ? 'stale' : 'fresh', asOfMs, ageMs };
};

/**
 * The hub's clock as this screen knows it: the hub's time in its last message plus what has gone by here since. So a laptop whose clock is
 * wrong still shows true ages. `heardLocalMs` and `nowLocalMs` are this screen's own clock.
 */
export const hubNowMs = (asOfMs: number | null, heardLocalMs: number | null, nowLocalMs: number): number =>
  asOfMs === null || heardLocalMs === null ? nowLocalMs : asOfMs + Math.max(0, nowLocalMs - heardLocalMs);

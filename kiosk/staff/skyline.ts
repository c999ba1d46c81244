/** The day drawn as a skyline: each hour a building of windows, each window the same number of visits, the last one cut to its fraction. */

export const unitSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const;

export type SkylineHour = { hour: number; visits: number | null; now: boolean };
/** One window's place in its building, from the ground up; `part` is how much of its width is built. */
export type Pane = { row: number; column: number; part: number };

/** Visits a window stands for: the smallest step at which the tallest building has at most `panesMax` windows. */
export const visitsPerPane = (visits: readonly (number | null)[], panesMax: number): number => {
  const most = Math.max(0, ...visits.map((v) => v ?? 0));
  return unitSteps.find((step) => most / step <= panesMax) ?? Math.ceil(most / panesMax);
};

/** The windows of one building, `across` to a row. */
export const panesOf = (visits: number, unit: number, across: number): Pane[] => {
  const whole = Math.floor(visits / unit);
  const rest = visits / unit - whole;
  const panes = Array.from({ length: whole }, (_, i) => ({ row: Math.floor(i / across), column: i % across, part: 1 }));
  if (rest > 0) panes.push({ row: Math.floor(whole / across), column: whole % across, part: rest });
  return panes;
};

/** hours drawn where neither opening times nor data say more */
export const hoursMin = 8;

/**
 * The hours to draw, in order: those of the opening times and those with data, nothing between left out. An hour that is over and told
 * nothing is null; one that has not come is left blank by `visits: null` with an hour after `nowHour`.
 */
export const skylineHours = (known: ReadonlyMap<number, number | null>, open: readonly (readonly [number, number])[], nowHour: number): SkylineHour[] => {
  const marks = [...known.keys(), ...open.flatMap(([from, to]) => [from, to - 1])];
  if (marks.length === 0) marks.push(nowHour);
  const first = Math.max(0, Math.min(...marks));
  let last = Math.min(23, Math.max(...marks, known.size > 0 ? nowHour : first));
  let start = first;
  while (last - start + 1 < hoursMin) {
    if (last < 23) last++;
    else start--;
  }
  return Array.from({ length: last - start + 1 }, (_, i) => ({ hour: start + i, visits: known.get(start + i) ?? null, now: start + i === nowHour }));
};

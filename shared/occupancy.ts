/**
 * People inside now (R9): from where occupancy is known, the day's start or the last count of heads, entries less exits since, with the
 * drift of the last closed day taken out. An estimate with its band; it changes no count.
 */
import { type Doors, minutesPerDay } from './doors.ts';
import { dayOf, minuteMs, startOfDayMs } from './hongkong-time.ts';

/** the band: ± the larger of this many people and this share of the day's entries */
export const bandPeopleMin = 3;
export const bandShare = 0.02;
/** a day that drifted by more than this share of its entries had something broken: nothing is learned from it */
export const driftShareMax = 0.06;

export type Occupancy = {
  /** never below zero */
  people: number;
  band: number;
  /** uncorrected, below zero where more left than came */
  raw: number;
  /** the last count of heads today */
  counted: { atMs: number; people: number } | null;
};

const sumFrom = (minutes: readonly number[] | undefined, from: number): number => {
  let sum = 0;
  for (let m = from; m < (minutes?.length ?? 0); m++) sum += (minutes as readonly number[])[m] as number;
  return sum;
};

/** Entries less exits of a day at the outer boundary; null where nothing was told. What a day-close calls drift: everybody has left by then. */
export const driftOf = (doors: Doors, day: string): { entries: number; drift: number } | null => {
  const m = doors.minutes.get(day);
  if (!m) return null;
  const entries = sumFrom(m.in, 0);
  return { entries, drift: entries - sumFrom(m.out, 0) };
};

/** What the last closed day before this one teaches: missed exits scale exits, missed entries scale entries; 1 and 1 until there is one. */
export const factorsFor = (doors: Doors, day: string): { in: number; out: number } => {
  const last = [...doors.closed.keys()]
    .filter((d) => d < day && doors.minutes.has(d))
    .sort()
    .at(-1);
  const d = last === undefined ? null : driftOf(doors, last);
  if (!d || d.entries === 0 || Math.abs(d.drift) > d.entries * driftShareMax) return { in: 1, out: 1 };
  const exits = d.entries - d.drift;
  return d.drift > 0 ? { in: 1, out: d.entries / exits } : { in: exits / d.entries, out: 1 };
};

/** People inside at `nowMs`. */
export const occupancyAt = (doors: Doors, nowMs: number): Occupancy => {
  const day = dayOf(nowMs);
  const start = startOfDayMs(day);
  const counted = doors.heads.filter((h) => h.atMs >= start && h.atMs <= nowMs).at(-1) ?? null;
  // the minute in which heads were counted is over for them
  const from = counted ? Math.min(minutesPerDay, Math.floor((counted.atMs - start) / minuteMs) + 1) : 0;
  const m = doors.minutes.get(day);
  const [ins, outs] = [sumFrom(m?.in, from), sumFrom(m?.out, from)];
  const base = counted?.people ?? 0;
  const f = factorsFor(doors, day);
  const entries = sumFrom(m?.in, 0);
  return {
    people: Math.max(0, Math.round(base + ins * f.in - outs * f.out)),
    band: Math.max(bandPeopleMin, Math.round(entries * bandShare)),
    raw: base + ins - outs,
    counted,
  };
};

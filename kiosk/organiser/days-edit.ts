/** The show's days as the form holds them, one opening time a row, and as the hub takes them. */
import type { OpeningWindow, ShowDay } from '../../shared/pack.ts';
import { daysPerShowcaseMax } from '../../shared/pack.ts';

export const windowsPerDayMax = 8;

export type DayLine = { key: number; day: string; from: string; to: string; type: OpeningWindow['type']; counted: boolean };

export const linesOf = (days: readonly ShowDay[]): DayLine[] => days.flatMap((d) => d.windows.map((w) => ({ ...w, day: d.day }))).map((line, key) => ({ ...line, key }));

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const lineFits = (l: DayLine): boolean => /^\d{4}-\d{2}-\d{2}$/.test(l.day) && clock.test(l.from) && (clock.test(l.to) || l.to === '24:00') && l.from < l.to;

/** The days in order, or which line is wrong, or that there are too many. */
export const daysOfLines = (lines: readonly DayLine[]): { days: ShowDay[] } | { wrong: string } | 'too-many' => {
  const bad = lines.find((l) => !lineFits(l));
  if (bad) return { wrong: bad.day };
  const byDay = new Map<string, OpeningWindow[]>();
  for (const { day, from, to, type, counted } of lines) byDay.set(day, [...(byDay.get(day) ?? []), { from, to, type, counted }]);
  const days = [...byDay].map(([day, windows]) => ({ day, windows: windows.toSorted((a, b) => a.from.localeCompare(b.from)) })).toSorted((a, b) => a.day.localeCompare(b.day));
  if (days.length > daysPerShowcaseMax || days.some((d) => d.windows.length > windowsPerDayMax)) return 'too-many';
  const overlap = days.find((d) => d.windows.some((w, i) => i > 0 && w.from < (d.windows[i - 1] as OpeningWindow).to));
  return overlap ? { wrong: overlap.day } : { days };
};

/** A line to add: the day after the last, with its hours; today with 10:00 to 18:00 where there is none. */
export const nextLine = (lines: readonly DayLine[], today: string, dayAfter: (day: string) => string): DayLine => {
  const last = lines.at(-1);
  const key = Math.max(-1, ...lines.map((l) => l.key)) + 1;
  return last ? { ...last, day: dayAfter(last.day), key } : { key, day: today, from: '10:00', to: '18:00', type: 'public', counted: true };
};

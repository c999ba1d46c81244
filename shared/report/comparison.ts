/** What may be said of two days, two ranges, or a show and an earlier one (R16, R17): an approximate figure allows only a rough share. */
import type { Cell, Range, Row } from '../attendance.ts';
import { comparedCoverageMin, percentChange, roughChange } from '../counting.ts';
import { type Asked, dayTable } from './day-tables.ts';

const METRICS = ['visits', 'entries', 'sessions', 'projectViews', 'scanned'] as const;

export type Whole = { label: string; values: { [metric: string]: number | null }; hours: number | null; days: number; coverage: number | null };

const tenth = (n: number): number => Math.round(n * 10) / 10;
const known = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);
const per = (value: number | null, units: number | null): number | null => (value === null || units === null || units === 0 ? null : tenth(value / units));

/** Days taken together: a metric that no day knows is unknown, and so is what one day that counts lacks hours for. */
export const wholeOf = (label: string, days: readonly Row[]): Whole => {
  const sum = (key: string): number | null => days.reduce<number | null>((n, r) => (known(r[key]) === null ? n : (n ?? 0) + (known(r[key]) as number)), null);
  const coverages = days.flatMap((r) => known(r['coverage']) ?? []);
  const counted = days.filter((r) => known(r['visits']) !== null);
  return {
    label,
    values: Object.fromEntries(METRICS.map((m) => [m, sum(m)])),
    hours: counted.some((r) => known(r['openHours']) === null) ? null : sum('openHours'),
    days: counted.length,
    coverage: coverages.length === 0 ? null : Math.min(...coverages),
  };
};

const comparable = (a: Whole, b: Whole): boolean => (a.coverage ?? 100) >= comparedCoverageMin && (b.coverage ?? 100) >= comparedCoverageMin;

/** `now` beside `before`, one row a metric. */
export const compareWholes = (kind: string, now: Whole, before: Whole): Row[] =>
  METRICS.map((metric) => {
    const [value, otherValue] = [now.values[metric] ?? null, before.values[metric] ?? null];
    return {
      comparison: kind,
      metric,
      this: now.label,
      other: before.label,
      value,
      otherValue,
      precision: 'exact',
      perHour: per(value, now.hours),
      otherPerHour: per(otherValue, before.hours),
      perDay: per(value, now.days),
      otherPerDay: per(otherValue, before.days),
      change: comparable(now, before) ? percentChange(otherValue, value) : null,
      from: null,
    };
  });

/** Two ranges of days of the same fold. */
export const compareRanges = (asked: Asked, other: Range): Row[] => {
  const whole = (range: Range): Whole => wholeOf(range.from === range.to ? range.from : `${range.from} – ${range.to}`, [...dayTable({ ...asked, range })]);
  return compareWholes('range', whole(asked.range), whole(other));
};

/** Each day beside the one before, then the range beside each earlier show as it was published. */
export function* comparisonTable(asked: Asked): Iterable<Row> {
  const days = [...dayTable(asked)];
  for (const [i, day] of days.entries()) {
    const before = days[i - 1];
    if (before)
      yield* compareWholes('day', wholeOf(String(day['day']), [day]), wholeOf(String(before['day']), [before])).filter(
        (r) => r['metric'] === 'visits' || r['metric'] === 'sessions',
      );
  }
  const { range, names, lang } = asked;
  const show = wholeOf(`${range.from} – ${range.to}`, days);
  const visits = show.values['visits'] ?? null;
  for (const e of names.earlier) {
    yield {
      comparison: 'show',
      metric: 'visits',
      this: show.label,
      other: `${e.name[lang]} (${e.month})`,
      value: visits,
      otherValue: e.visits,
      precision: e.precision,
      perHour: per(visits, show.hours),
      // what was published names neither hours nor days
      otherPerHour: null,
      perDay: per(visits, show.days),
      otherPerDay: null,
      change: e.precision === 'approx' ? roughChange(e.visits, visits) : percentChange(e.visits, visits),
      from: `${e.source.title[lang]} (${e.source.date})${e.source.para === undefined ? '' : ` §${e.source.para}`}`,
    };
  }
}

/** A table of a report: typed columns and rows, the same for CSV, JSON, workbook and print. Unknown is null, never 0 (R15). */
import type { Cell, Row } from '../attendance.ts';

/**
 * `day` is `2025-04-13`, `hour` and `instant` are RFC 3339, `percent` counts in hundredths (97.5), `code` is one of a few words that are
 * printed in the reader's language, `text` is a name or a sentence.
 */
export type ColumnKind = 'text' | 'code' | 'day' | 'hour' | 'instant' | 'count' | 'signed' | 'percent' | 'decimal';
export type Column = { key: string; kind: ColumnKind /** how the column comes to one figure at the foot; none says nothing true */; foot?: 'sum' | 'least' | 'most' };

export const TABLE_KEYS = ['day', 'hour', 'point', 'zone', 'source', 'project', 'series', 'kiosk', 'link', 'answers', 'comparison', 'reconciliation', 'corrections'] as const;
export type TableKey = (typeof TABLE_KEYS)[number];
export type TableSpec = { key: TableKey; columns: readonly Column[]; rows(): Iterable<Row> };
export type ReportTable = { key: TableKey; columns: readonly Column[]; rows: readonly Row[]; totals: Row | null };

const text = (key: string): Column => ({ key, kind: 'text' });
const code = (key: string): Column => ({ key, kind: 'code' });
const sum = (key: string): Column => ({ key, kind: 'count', foot: 'sum' });
const count = (key: string): Column => ({ key, kind: 'count' });
const day: Column = { key: 'day', kind: 'day' };
const decimal = (key: string): Column => ({ key, kind: 'decimal' });
const percent = (key: string): Column => ({ key, kind: 'percent' });
const coverage: Column = { key: 'coverage', kind: 'percent', foot: 'least' };
const signed: Column = { key: 'corrections', kind: 'signed', foot: 'sum' };

/** The columns of each table, in the order of the files (SPEC, reports). */
export const TABLE_COLUMNS: { readonly [K in TableKey]: readonly Column[] } = {
  day: [
    day,
    code('weekday'),
    count('dayNumber'),
    text('openFrom'),
    text('openTo'),
    { key: 'openHours', kind: 'decimal', foot: 'sum' },
    sum('entries'),
    sum('exits'),
    signed,
    sum('visits'),
    decimal('visitsPerHour'),
    { key: 'peakHour', kind: 'hour' },
    { key: 'peakHourVisits', kind: 'count', foot: 'most' },
    { key: 'peakOccupancy', kind: 'count', foot: 'most' },
    { key: 'peakOccupancyAt', kind: 'instant' },
    decimal('dwellMinutes'),
    sum('passers'),
    percent('capture'),
    sum('sessions'),
    sum('engagedSessions'),
    sum('projectViews'),
    sum('shown'),
    sum('scanned'),
    sum('votes'),
    coverage,
    percent('change'),
    code('status'),
    count('version'),
  ],
  hour: [
    { key: 'hour', kind: 'hour' },
    sum('entries'),
    sum('exits'),
    { key: 'net', kind: 'signed', foot: 'sum' },
    signed,
    sum('visits'),
    count('visitsSoFar'),
    count('occupancyEnd'),
    sum('sessions'),
    sum('engagedSessions'),
    sum('projectViews'),
    sum('shown'),
    sum('scanned'),
    coverage,
    code('status'),
  ],
  point: [
    day,
    text('point'),
    text('pointName'),
    code('boundary'),
    percent('sensorShare'),
    percent('clickerShare'),
    sum('entries'),
    sum('exits'),
    decimal('ratio'),
    sum('gapMinutes'),
    coverage,
  ],
  zone: [
    day,
    text('zone'),
    text('zoneName'),
    count('entries'),
    count('exits'),
    { key: 'peakHour', kind: 'hour' },
    count('peakOccupancy'),
    decimal('dwellMinutes'),
    percent('shareOfVisits'),
    sum('sessions'),
    sum('projectViews'),
    code('note'),
  ],
  source: [
    day,
    text('point'),
    text('source'),
    text('sourceName'),
    sum('received'),
    sum('accepted'),
    sum('shadow'),
    sum('duplicates'),
    sum('quarantined'),
    sum('staff'),
    sum('outside'),
    signed,
  ],
  project: [
    count('rank'),
    text('project'),
    text('projectName'),
    code('area'),
    text('showcase'),
    text('series'),
    text('department'),
    sum('views'),
    sum('engagedViews'),
    count('medianViewSeconds'),
    sum('favourites'),
    sum('shown'),
    sum('scanned'),
    sum('votes'),
    sum('quizAnswers'),
    sum('quizRight'),
    code('shape'),
  ],
  series: [text('showcase'), text('showcaseName'), text('series'), text('seriesName'), sum('projects'), sum('views'), sum('votes'), sum('shown'), sum('scanned')],
  kiosk: [
    day,
    text('kiosk'),
    text('kioskName'),
    text('zone'),
    percent('uptime'),
    sum('sessions'),
    sum('engagedSessions'),
    count('medianSessionSeconds'),
    percent('langHk'),
    percent('langCn'),
    percent('langEn'),
    sum('modeUses'),
    text('modes'),
    sum('projectViews'),
    sum('shown'),
    sum('streams'),
    sum('faults'),
  ],
  link: [day, text('code'), code('linkKind'), text('project'), sum('shown'), sum('scanned'), sum('previews'), code('mode')],
  answers: [
    day,
    sum('sessions'),
    sum('votes'),
    sum('votesUncounted'),
    sum('ratings'),
    sum('ratedGood'),
    sum('ratedFair'),
    sum('ratedPoor'),
    sum('quizAnswers'),
    sum('quizRight'),
    percent('quizRightShare'),
  ],
  comparison: [
    code('comparison'),
    code('metric'),
    text('this'),
    text('other'),
    count('value'),
    count('otherValue'),
    code('precision'),
    decimal('perHour'),
    decimal('otherPerHour'),
    decimal('perDay'),
    decimal('otherPerDay'),
    percent('change'),
    text('from'),
  ],
  reconciliation: [
    day,
    text('point'),
    sum('received'),
    sum('duplicates'),
    sum('quarantined'),
    sum('shadow'),
    sum('outside'),
    sum('staff'),
    sum('accepted'),
    sum('check'),
    signed,
    sum('visits'),
  ],
  corrections: [
    { key: 'receivedAt', kind: 'instant' },
    text('point'),
    { key: 'hour', kind: 'hour' },
    { key: 'in', kind: 'signed', foot: 'sum' },
    { key: 'out', kind: 'signed', foot: 'sum' },
    text('reason'),
    text('by'),
    text('approver'),
  ],
};

const numbers = (rows: readonly Row[], key: string): number[] => rows.flatMap((r) => (typeof r[key] === 'number' ? [r[key]] : []));

/** What a column comes to; null where nothing is known or nothing true could be said. */
const footOf = ({ key, foot }: Column, rows: readonly Row[]): Cell => {
  const known = foot ? numbers(rows, key) : [];
  if (known.length === 0) return null;
  if (foot === 'sum') return Math.round(known.reduce((a, b) => a + b, 0) * 10) / 10;
  // spread over arguments would meet its limit
  return known.reduce((a, b) => (foot === 'least' ? Math.min(a, b) : Math.max(a, b)));
};

/** The foot of a table. */
export const totalsOf = (columns: readonly Column[], rows: readonly Row[]): Row => Object.fromEntries(columns.map((c) => [c.key, footOf(c, rows)]));

/** Sum of a column less what the foot says: 0, or the table is wrong. Null where the column has no sum. */
export const footCheck = (column: Column, rows: readonly Row[], totals: Row): number | null => {
  if (column.foot !== 'sum' || typeof totals[column.key] !== 'number') return null;
  return Math.round(((totals[column.key] as number) - numbers(rows, column.key).reduce((a, b) => a + b, 0)) * 10) / 10;
};

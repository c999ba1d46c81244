/** From the tally to the rows of every report: console, CSV and workbook alike. Unknown is null, never 0 (R15). */
import { ruleVersion, sumKnown } from './counting.ts';
import { dayRow, hourRow, hoursOfDay, occupancyOf, total } from './day-figures.ts';
import type { Book } from './doors.ts';
import type { EngagementHour } from './engagement.ts';
import { dayMs, dayOf, hourMs, minuteMs, rfc3339, startOfDayMs, startOfHourMs } from './hongkong-time.ts';
import { reconcile } from './reconciliation.ts';
import { scansCounted } from './scans.ts';
import { type ShowcaseTally, showcaseOf, type Tally } from './tally.ts';
import { coverageOfMinutes, openMinutes } from './told.ts';

export const GROUPINGS = ['day', 'hour', 'point', 'zone', 'source', 'project', 'kiosk', 'link'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export type Cell = string | number | null;
export type Row = { [column: string]: Cell };
/** Hong Kong days, both included. */
export type Range = { from: string; to: string };
export type Reconciliation = {
  received: number;
  duplicates: number;
  quarantined: number;
  shadow: number;
  outside: number;
  staff: number;
  accepted: number;
  check: number;
  corrections: number;
  visits: number;
};
export type Attendance = {
  showcase: string;
  asOf: string;
  position: number;
  rule: string;
  by: Grouping;
  from: string;
  to: string;
  rows: Row[];
  totals: Row;
  reconciliation: Reconciliation;
};

/** of a day, and of an hour in its place */
const TIME_COLUMNS = [
  'visits',
  'entries',
  'exits',
  'corrections',
  'peakHour',
  'peakHourVisits',
  'peakOccupancy',
  'sessions',
  'engagedSessions',
  'projectViews',
  'shown',
  'scanned',
  'coverage',
  'status',
];

/** The columns of each grouping, in the order of the files. */
export const COLUMNS: { [G in Grouping]: readonly string[] } = {
  day: ['day', ...TIME_COLUMNS],
  hour: ['hour', ...TIME_COLUMNS],
  point: ['day', 'point', 'entries', 'exits'],
  zone: ['day', 'zone', 'entries', 'exits', 'sessions', 'projectViews'],
  source: ['day', 'point', 'source', 'received', 'accepted', 'shadow', 'duplicates', 'quarantined', 'staff', 'outside'],
  project: ['project', 'views', 'shown', 'scanned', 'votes'],
  kiosk: ['day', 'kiosk', 'zone', 'sessions', 'engagedSessions', 'projectViews', 'shown', 'faults'],
  link: ['code', 'project', 'shown', 'scanned'],
};

/** An hour as `by=hour` tells it: with the peak and the coverage that a day has, of this hour alone. */
const fullHourRow = (tally: Tally, t: ShowcaseTally, hour: string, atMs: number): Row => {
  const { doors } = t;
  const day = hour.slice(0, 10);
  const nowMs = doors.closed.has(day) ? Math.max(atMs, startOfDayMs(day) + dayMs) : atMs;
  const row = hourRow(tally, t, hour);
  const first = (startOfHourMs(hour) - startOfDayMs(day)) / minuteMs;
  const last = first + hourMs / minuteMs;
  const told = doors.hours.has(hour) && doors.minutes.has(day);
  const full: Row = {
    ...row,
    peakHour: typeof row['visits'] === 'number' && row['visits'] > 0 ? (row['hour'] as string) : null,
    peakHourVisits: row['visits'] ?? null,
    peakOccupancy: told ? Math.max(...occupancyOf(doors, day, nowMs).slice(first, last)) : null,
    coverage: coverageOfMinutes(
      doors,
      day,
      openMinutes(doors, day, nowMs).filter((m) => m >= first && m < last),
    ),
  };
  return Object.fromEntries(COLUMNS.hour.map((column) => [column, full[column] ?? null]));
};

/** Every Hong Kong day that the showcase has something to say of: its own days and those with records. */
export const daysOf = (t: ShowcaseTally): string[] => {
  const days = new Set(t.doors.days.map((d) => d.day));
  for (const hour of [...t.doors.hours.keys(), ...t.engagement.hours.keys(), ...t.doors.corrections.map((c) => c.hour)]) days.add(hour.slice(0, 10));
  for (const key of t.doors.books.keys()) days.add(key.slice(0, 10));
  return [...days].sort();
};

const within = (day: string, range: Range): boolean => day >= range.from && day <= range.to;

export const pointRows = (t: ShowcaseTally, days: readonly string[]): Row[] =>
  days.flatMap((day) =>
    [...t.doors.points.keys()].flatMap((point) => {
      const flows = hoursOfDay(day).flatMap((h) => t.doors.hours.get(h)?.get(point) ?? []);
      return flows.length === 0 ? [] : [{ day, point, entries: total(flows, (f) => f.in), exits: total(flows, (f) => f.out) }];
    }),
  );

/** Zones are entered through any point that leads into them; their figures do not add up to visits (R11). */
export const zoneRows = (t: ShowcaseTally, days: readonly string[]): Row[] => {
  const points = new Map<string, string[]>();
  for (const p of t.doors.points.values()) points.set(p.zone, [...(points.get(p.zone) ?? []), p.id]);
  const zones = new Set(points.keys());
  for (const h of t.engagement.hours.values()) for (const k of h.kiosks.values()) zones.add(k.zone);
  return days.flatMap((day) => {
    const hours = hoursOfDay(day);
    const kiosks = hours.flatMap((h) => [...(t.engagement.hours.get(h)?.kiosks.values() ?? [])]);
    return [...zones].flatMap((zone) => {
      const flows = hours.flatMap((h) => (points.get(zone) ?? []).flatMap((p) => t.doors.hours.get(h)?.get(p) ?? []));
      const here = kiosks.filter((k) => k.zone === zone);
      if (flows.length === 0 && here.length === 0) return [];
      return [
        {
          day,
          zone,
          entries: flows.length > 0 ? total(flows, (f) => f.in) : null,
          exits: flows.length > 0 ? total(flows, (f) => f.out) : null,
          sessions: total(here, (k) => k.sessions),
          projectViews: total(here, (k) => k.views),
        },
      ];
    });
  });
};

const receivedOf = (b: Book): number => b.accepted.in + b.shadow.in + b.outside.in + b.staff.in + b.duplicates.in + b.quarantined.in;
const sourceRows = (t: ShowcaseTally, days: readonly string[]): Row[] =>
  [...t.doors.books].flatMap(([key, b]) => {
    const [day = '', point = '', source = ''] = key.split('|');
    if (!days.includes(day)) return [];
    return [
      {
        day,
        point,
        source,
        received: receivedOf(b),
        accepted: b.accepted.in,
        shadow: b.shadow.in,
        duplicates: b.duplicates.in,
        quarantined: b.quarantined.in,
        staff: b.staff.in,
        outside: b.outside.in,
      },
    ];
  });

/** Adds the numbers of rows with the same key columns. */
export const group = (rows: Iterable<Row>, keys: readonly string[]): Row[] => {
  const groups = new Map<string, Row>();
  for (const row of rows) {
    const key = keys.map((k) => row[k]).join('|');
    const into = groups.get(key);
    if (!into) groups.set(key, { ...row });
    else for (const [column, value] of Object.entries(row)) if (!keys.includes(column) && typeof value === 'number') into[column] = ((into[column] as number | null) ?? 0) + value;
  }
  return [...groups.values()];
};

export function* engagementRows(t: ShowcaseTally, range: Range, of: (hour: EngagementHour, day: string) => Iterable<Row>): Iterable<Row> {
  for (const [hour, h] of t.engagement.hours) if (within(hour.slice(0, 10), range)) yield* of(h, hour.slice(0, 10));
}

export const projectRows = (tally: Tally, t: ShowcaseTally, range: Range, known: readonly string[]): Row[] => {
  const counted = scansCounted(tally, startOfDayMs(range.from), startOfDayMs(range.to) + dayMs);
  const blank = known.map((project) => ({ project, views: 0, shown: 0, scanned: 0, votes: 0 }));
  const rows = group(
    [...blank, ...engagementRows(t, range, (h) => [...h.projects].map(([project, c]) => ({ project, views: c.views, shown: c.shown, scanned: c.scanned, votes: c.votes })))],
    ['project'],
  );
  for (const row of rows) if (!counted && row['scanned'] === 0) row['scanned'] = null;
  return rows.sort((a, b) => (b['views'] as number) - (a['views'] as number) || ((a['project'] as string) < (b['project'] as string) ? -1 : 1));
};

const linkRows = (tally: Tally, t: ShowcaseTally, range: Range): Row[] => {
  const counted = scansCounted(tally, startOfDayMs(range.from), startOfDayMs(range.to) + dayMs);
  const rows = group(
    engagementRows(t, range, (h) => [...h.links].map(([code, c]) => ({ code, project: c.project, shown: c.shown, scanned: c.scanned }))),
    ['code'],
  );
  for (const row of rows) if (!counted && row['scanned'] === 0) row['scanned'] = null;
  return rows;
};

const kioskRows = (t: ShowcaseTally, range: Range): Row[] =>
  group(
    engagementRows(t, range, (h, day) =>
      [...h.kiosks].map(([kiosk, c]) => ({ day, kiosk, zone: c.zone, sessions: c.sessions, engagedSessions: c.engaged, projectViews: c.views, shown: c.shown, faults: c.faults })),
    ),
    ['day', 'kiosk', 'zone'],
  );

const rowsOf = (tally: Tally, t: ShowcaseTally, by: Grouping, range: Range, days: readonly string[], projects: readonly string[], nowMs: number): Row[] => {
  switch (by) {
    case 'day':
      return days.map((day) => dayRow(tally, t, day, nowMs));
    case 'hour': {
      const hours = new Set([...t.doors.hours.keys(), ...t.engagement.hours.keys(), ...t.doors.corrections.map((c) => c.hour)]);
      return [...hours]
        .filter((h) => within(h.slice(0, 10), range))
        .sort()
        .map((h) => fullHourRow(tally, t, h, nowMs));
    }
    case 'point':
      return pointRows(t, days);
    case 'zone':
      return zoneRows(t, days);
    case 'source':
      return sourceRows(t, days);
    case 'project':
      return projectRows(tally, t, range, projects);
    case 'kiosk':
      return kioskRows(t, range);
    case 'link':
      return linkRows(tally, t, range);
  }
};

/** columns whose sum would say nothing true */
const NOT_ADDITIVE = new Set(['peakHourVisits', 'peakOccupancy', 'coverage']);

const totalsOf = (by: Grouping, rows: readonly Row[]): Row => {
  const totals: Row = {};
  for (const column of COLUMNS[by]) {
    const values = rows.map((r) => r[column] ?? null);
    if (NOT_ADDITIVE.has(column)) {
      const numbers = values.filter((v): v is number => typeof v === 'number');
      totals[column] = numbers.length === 0 ? null : column === 'coverage' ? Math.min(...numbers) : Math.max(...numbers);
    } else if (by === 'zone' && (column === 'entries' || column === 'exits')) totals[column] = null;
    else if (values.some((v) => typeof v === 'number')) totals[column] = sumKnown(values.map((v) => (typeof v === 'number' ? v : null)));
  }
  return totals;
};

/**
 * The totals of a showcase, grouped. `projects` are the pack's, so that one that nobody opened shows with 0. `range` is cut to the days
 * that have something; the same tally, range and minute give the same bytes.
 */
export const attendanceOf = (tally: Tally, showcase: string, by: Grouping, range: Partial<Range>, projects: readonly string[], nowMs: number): Attendance => {
  const t = showcaseOf(tally, showcase);
  const all = daysOf(t);
  const today = dayOf(nowMs);
  const full: Range = { from: range.from ?? all[0] ?? today, to: range.to ?? all.at(-1) ?? today };
  const days = all.filter((d) => within(d, full));
  const rows = rowsOf(tally, t, by, full, days, projects, nowMs);
  return { showcase, asOf: rfc3339(tally.asOfMs), position: tally.position, rule: ruleVersion, by, ...full, rows, totals: totalsOf(by, rows), reconciliation: reconcile(t, full) };
};

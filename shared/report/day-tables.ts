/** The tables of the doors and the days: daily, hourly, points, zones, sources, reconciliation, corrections. */
import { type Cell, daysOf, type Range, type Row } from '../attendance.ts';
import { comparedCoverageMin, occupancySeries, peakOf, percentChange } from '../counting.ts';
import { dayRow, hourRow, hoursOfDay, total } from '../day-figures.ts';
import { minutesPerDay } from '../doors.ts';
import { dayMs, hourMs, minuteMs, rfc3339, startOfDayMs, startOfHourMs } from '../hongkong-time.ts';
import { reconcilePoints } from '../reconciliation.ts';
import { coverageOfMinutes, minutesCovered, openMinutes } from '../told.ts';
import type { Lang } from '../words.ts';
import { type Catalogue, nameIn } from './catalogue.ts';
import { meanDwellMinutes } from './occupancy.ts';
import type { ReportFold } from './report-fold.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** What tables are made of: the fold, the names, the days that are asked for, and the language of the names. */
export type Asked = { fold: ReportFold; names: Catalogue; range: Range; lang: Lang };

const within = (day: string, range: Range): boolean => day >= range.from && day <= range.to;
const tenth = (n: number): number => Math.round(n * 10) / 10;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1000) / 10);
const numberOf = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);

/** The days of the range that have anything. */
export const daysIn = ({ fold, range }: Asked): string[] => daysOf(fold.of).filter((d) => within(d, range));
/** Up to when a day is looked at: a closed one to its end. */
const untilMs = ({ fold }: Asked, day: string): number => (fold.of.doors.closed.has(day) ? Math.max(fold.tally.asOfMs, startOfDayMs(day) + dayMs) : fold.tally.asOfMs);

const openingOf = ({ fold }: Asked, day: string): Row => {
  const windows = (fold.of.doors.days.find((d) => d.day === day)?.windows ?? []).filter((w) => w.counted);
  const whole = openMinutes(fold.of.doors, day, Number.POSITIVE_INFINITY).length;
  const froms = windows.map((w) => w.from).sort();
  const tos = windows.map((w) => w.to).sort();
  return { openFrom: froms[0] ?? null, openTo: tos.at(-1) ?? null, openHours: whole === 0 ? null : tenth(whole / 60) };
};

const insideOf = (asked: Asked, day: string): Row => {
  const m = asked.fold.of.doors.minutes.get(day);
  if (!m) return { peakOccupancyAt: null, dwellMinutes: null };
  const over = startOfDayMs(day) + dayMs <= untilMs(asked, day);
  const series = occupancySeries(m.in, m.out, over);
  const at = series.indexOf(series.reduce((a, b) => Math.max(a, b), 0));
  return { peakOccupancyAt: rfc3339(startOfDayMs(day) + at * minuteMs), dwellMinutes: over ? meanDwellMinutes(m.in, m.out, 1) : null };
};

/** R16: a day is only compared with another where both are covered. */
const trusted = (row: Row): boolean => (numberOf(row['coverage']) ?? 100) >= comparedCoverageMin;

export function* dayTable(asked: Asked): Iterable<Row> {
  const { fold } = asked;
  const show = fold.of.doors.days.map((d) => d.day).sort();
  let before: Row | null = null;
  for (const day of daysIn(asked)) {
    const row = dayRow(fold.tally, fold.of, day, fold.tally.asOfMs);
    const opening = openingOf(asked, day);
    const soFar = openMinutes(fold.of.doors, day, untilMs(asked, day)).length / 60;
    const visits = numberOf(row['visits']);
    const votes = hoursOfDay(day).flatMap((h) => [...(fold.of.engagement.hours.get(h)?.projects.values() ?? [])]);
    const number = show.indexOf(day);
    yield {
      ...row,
      ...opening,
      ...insideOf(asked, day),
      weekday: WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] as string,
      dayNumber: number < 0 ? null : number + 1,
      visitsPerHour: visits === null || soFar === 0 ? null : tenth(visits / soFar),
      // no outside line is fitted: what isn't measured is unknown
      passers: null,
      capture: null,
      votes: total(votes, (p) => p.votes),
      change: before && trusted(before) && trusted(row) ? percentChange(numberOf(before['visits']), visits) : null,
      status: fold.statusOf(day),
      version: fold.versionsOf(day).length,
    };
    before = row;
  }
}

export function* hourTable(asked: Asked): Iterable<Row> {
  const { tally, of: t } = asked.fold;
  for (const day of daysIn(asked)) {
    const hours = hoursOfDay(day);
    const m = t.doors.minutes.get(day);
    const inside = m ? occupancySeries(m.in, m.out, startOfDayMs(day) + dayMs <= untilMs(asked, day)) : null;
    const corrected = new Set(t.doors.corrections.map((c) => c.hour));
    const open = openMinutes(t.doors, day, untilMs(asked, day));
    let soFar: number | null = null;
    for (const [h, hour] of hours.entries()) {
      if (!t.doors.hours.has(hour) && !t.engagement.hours.has(hour) && !corrected.has(hour)) continue;
      const row = hourRow(tally, t, hour);
      const [visits, entries, exits] = [numberOf(row['visits']), numberOf(row['entries']), numberOf(row['exits'])];
      if (visits !== null) soFar = (soFar ?? 0) + visits;
      const over = startOfHourMs(hour) + hourMs <= untilMs(asked, day);
      yield {
        ...row,
        net: entries === null || exits === null ? null : entries - exits,
        visitsSoFar: visits === null ? null : soFar,
        occupancyEnd: inside && over ? (inside[(h + 1) * (minutesPerDay / 24) - 1] as number) : null,
        coverage: coverageOfMinutes(
          t.doors,
          day,
          open.filter((n) => Math.floor(n / 60) === h),
        ),
      };
    }
  }
}

/** Accepted entries and exits of a point by hour of a day; null where it told nothing that counts. */
const flowsOf = (asked: Asked, day: string, points: readonly string[]): { in: number[]; out: number[] } | null => {
  const hours = hoursOfDay(day).map((h) => points.flatMap((p) => asked.fold.of.doors.hours.get(h)?.get(p) ?? []));
  if (hours.every((h) => h.length === 0)) return null;
  return { in: hours.map((h) => total(h, (f) => f.in)), out: hours.map((h) => total(h, (f) => f.out)) };
};

export function* pointTable(asked: Asked): Iterable<Row> {
  const { doors } = asked.fold.of;
  for (const day of daysIn(asked)) {
    const open = openMinutes(doors, day, untilMs(asked, day));
    for (const p of doors.points.values()) {
      const flows = flowsOf(asked, day, [p.id]);
      const books = [...doors.books].filter(([key]) => key.startsWith(`${day}|${p.id}|`));
      if (!flows && books.length === 0 && open.length === 0) continue;
      const by = (clicker: boolean): number => total(books, ([key, b]) => (key.endsWith('|clicker') === clicker ? b.accepted.in + b.accepted.out : 0));
      const [entries, exits] = flows ? [total(flows.in, (n) => n), total(flows.out, (n) => n)] : [null, null];
      const covered = minutesCovered(doors, day, p.id, open);
      yield {
        day,
        point: p.id,
        pointName: nameIn(asked.names.points, p.id)?.[asked.lang] ?? null,
        boundary: p.perimeter ? 'outer' : 'inner',
        sensorShare: share(by(false), by(false) + by(true)),
        clickerShare: share(by(true), by(false) + by(true)),
        entries,
        exits,
        ratio: entries && exits !== null ? Math.round((exits / entries) * 100) / 100 : null,
        gapMinutes: open.length === 0 ? null : open.length - covered,
        coverage: open.length === 0 ? null : Math.round((covered / open.length) * 1000) / 10,
      };
    }
  }
}

export function* zoneTable(asked: Asked): Iterable<Row> {
  const { tally, of: t } = asked.fold;
  const zones = new Set([...t.doors.points.values()].map((p) => p.zone));
  for (const h of t.engagement.hours.values()) for (const k of h.kiosks.values()) zones.add(k.zone);
  for (const day of daysIn(asked)) {
    const visits = numberOf(dayRow(tally, t, day, tally.asOfMs)['visits']);
    const kiosks = hoursOfDay(day).flatMap((h) => [...(t.engagement.hours.get(h)?.kiosks.values() ?? [])]);
    for (const zone of zones) {
      const flows = flowsOf(
        asked,
        day,
        [...t.doors.points.values()].filter((p) => p.zone === zone).map((p) => p.id),
      );
      const here = kiosks.filter((k) => k.zone === zone);
      if (!flows && here.length === 0) continue;
      const entries = flows && total(flows.in, (n) => n);
      const peak = flows && peakOf(flows.in.map((n, h) => [h, n] as const));
      const over = startOfDayMs(day) + dayMs <= untilMs(asked, day);
      yield {
        day,
        zone,
        zoneName: nameIn(asked.names.zones, zone)?.[asked.lang] ?? null,
        entries,
        exits: flows && total(flows.out, (n) => n),
        peakHour: peak ? rfc3339(startOfDayMs(day) + peak.at * hourMs) : null,
        peakOccupancy: flows && occupancySeries(flows.in, flows.out, over).reduce((a, b) => Math.max(a, b), 0),
        dwellMinutes: flows && over ? meanDwellMinutes(flows.in, flows.out, 60) : null,
        shareOfVisits: entries === null || visits === null ? null : share(entries, visits),
        sessions: total(here, (k) => k.sessions),
        projectViews: total(here, (k) => k.views),
        note: 'not-additive',
      };
    }
  }
}

export function* sourceTable(asked: Asked): Iterable<Row> {
  const { doors } = asked.fold.of;
  const devices = new Map(asked.fold.devices.map((d) => [d.id, d.name]));
  for (const [key, b] of [...doors.books].sort(([a], [c]) => (a < c ? -1 : 1))) {
    const [day = '', point = '', source = ''] = key.split('|');
    if (!within(day, asked.range)) continue;
    const fates = { accepted: b.accepted.in, shadow: b.shadow.in, duplicates: b.duplicates.in, quarantined: b.quarantined.in, staff: b.staff.in, outside: b.outside.in };
    yield { day, point, source, sourceName: devices.get(source.replace(/^sensor:/, '')) ?? null, received: total(Object.values(fates), (n) => n), ...fates, corrections: null };
  }
  const corrected = new Map<string, number>();
  for (const c of doors.corrections) corrected.set(`${c.hour.slice(0, 10)}|${c.point}`, (corrected.get(`${c.hour.slice(0, 10)}|${c.point}`) ?? 0) + c.in);
  for (const [key, n] of [...corrected].sort(([a], [c]) => (a < c ? -1 : 1))) {
    const [day = '', point = ''] = key.split('|');
    const none = { received: null, accepted: null, shadow: null, duplicates: null, quarantined: null, staff: null, outside: null };
    if (within(day, asked.range)) yield { day, point, source: 'correction', sourceName: null, ...none, corrections: n };
  }
}

export function* reconciliationTable({ fold, range }: Asked): Iterable<Row> {
  for (const { day, point, of } of reconcilePoints(fold.of, range)) yield { day, point, ...of };
}

export function* correctionTable({ fold, range }: Asked): Iterable<Row> {
  for (const c of fold.of.doors.corrections) {
    if (!within(c.hour.slice(0, 10), range)) continue;
    yield { receivedAt: rfc3339(c.receivedMs), point: c.point, hour: rfc3339(startOfHourMs(c.hour)), in: c.in, out: c.out, reason: c.reason, by: c.by, approver: c.approver };
  }
}

/** What a day and an hour come to, and whether a day is closed or provisional: one rule for console, API, statement and every file. */
import type { Row } from './attendance.ts';
import { occupancySeries, peakOf, sumKnown } from './counting.ts';
import type { Doors, Flow } from './doors.ts';
import type { EngagementHour } from './engagement.ts';
import { dayMs, hourMs, rfc3339, startOfDayMs, startOfHourMs } from './hongkong-time.ts';
import { scansCounted } from './scans.ts';
import type { ShowcaseTally, Tally } from './tally.ts';
import { coverageOf } from './told.ts';

const perimeter = (doors: Doors): string[] => [...doors.points.values()].filter((p) => p.perimeter).map((p) => p.id);
export const total = <T>(items: Iterable<T>, of: (item: T) => number): number => {
  let sum = 0;
  for (const item of items) sum += of(item);
  return sum;
};

export const hoursOfDay = (day: string): string[] => Array.from({ length: 24 }, (_, h) => `${day}T${String(h).padStart(2, '0')}`);

/** Accepted crossings of the outer boundary in an hour; null where no point of it told anything. */
const boundaryFlow = (doors: Doors, hour: string): Flow | null => {
  const points = doors.hours.get(hour);
  if (!points) return null;
  const sum = { in: 0, out: 0 };
  let known = false;
  for (const id of perimeter(doors)) {
    const f = points.get(id);
    if (!f) continue;
    known = true;
    sum.in += f.in;
    sum.out += f.out;
  }
  return known ? sum : null;
};

const correctionsIn = (doors: Doors, prefix: string): number | null => {
  const here = doors.corrections.filter((c) => c.hour.startsWith(prefix) && doors.points.get(c.point)?.perimeter !== false);
  return here.length > 0 ? total(here, (c) => c.in) : null;
};

type HourFigures = { flow: Flow | null; corrections: number | null; visits: number | null; kiosks: EngagementHour | undefined };
const figuresOf = (t: ShowcaseTally, hour: string): HourFigures => {
  const flow = boundaryFlow(t.doors, hour);
  const corrections = correctionsIn(t.doors, hour);
  return { flow, corrections, visits: sumKnown([flow?.in ?? null, corrections]), kiosks: t.engagement.hours.get(hour) };
};

/** People inside in every minute of a day, the day's drift taken out once the day is over; an estimate. Empty where nothing was told. */
export const occupancyOf = (doors: Doors, day: string, nowMs: number): number[] => {
  const m = doors.minutes.get(day);
  return m ? occupancySeries(m.in, m.out, startOfDayMs(day) + dayMs <= nowMs) : [];
};

/** Most people inside at once. Null where nothing was told. */
const peakOccupancyOf = (doors: Doors, day: string, nowMs: number): number | null => {
  const inside = occupancyOf(doors, day, nowMs);
  return inside.length > 0 ? Math.max(...inside) : null;
};

const engagementCells = (tally: Tally, hours: readonly (EngagementHour | undefined)[], fromMs: number, toMs: number): Row => {
  const known = hours.filter((h): h is EngagementHour => h !== undefined);
  const scanned = total(known, (h) => h.scanned);
  return {
    sessions: total(known, (h) => h.sessions),
    engagedSessions: total(known, (h) => h.engaged),
    projectViews: total(known, (h) => h.views),
    shown: total(known, (h) => h.shown),
    scanned: scanned > 0 || scansCounted(tally, fromMs, toMs) ? scanned : null,
  };
};

const dayFigures = (tally: Tally, t: ShowcaseTally, day: string, atMs: number): Row => {
  // a closed day is over, so that its estimates don't move with the clock
  const nowMs = t.doors.closed.has(day) ? Math.max(atMs, startOfDayMs(day) + dayMs) : atMs;
  const hours = hoursOfDay(day).map((h) => [h, figuresOf(t, h)] as const);
  const start = startOfDayMs(day);
  const peak = peakOf(hours.map(([h, f]) => [h, f.visits ?? 0] as const));
  return {
    day,
    visits: sumKnown(hours.map(([, f]) => f.visits)),
    entries: sumKnown(hours.map(([, f]) => f.flow?.in ?? null)),
    exits: sumKnown(hours.map(([, f]) => f.flow?.out ?? null)),
    corrections: total(hours, ([, f]) => f.corrections ?? 0),
    peakHour: peak ? rfc3339(startOfHourMs(peak.at)) : null,
    peakHourVisits: peak?.value ?? null,
    peakOccupancy: peakOccupancyOf(t.doors, day, nowMs),
    ...engagementCells(
      tally,
      hours.map(([, f]) => f.kiosks),
      start,
      start + dayMs,
    ),
    coverage: coverageOf(t.doors, day, nowMs),
  };
};

/** What a day says of itself as of the last entry: two that say the same are one version. */
export const toldOfDay = (tally: Tally, t: ShowcaseTally, day: string): string => JSON.stringify(dayFigures(tally, t, day, tally.asOfMs));

export type DayStatus = 'closed' | 'provisional';
/** what was found at a position, for the hours of a day ask one after the other */
const found = new WeakMap<ShowcaseTally['closedAs'], { position: number; of: Map<string, DayStatus> }>();

/** `closed` while a day says what it said when it was closed last: what came later and changed a figure makes it provisional again. */
export const dayStatus = (tally: Tally, t: ShowcaseTally, day: string): DayStatus => {
  const closedAs = t.closedAs.get(day);
  if (closedAs === undefined) return 'provisional';
  let known = found.get(t.closedAs);
  if (known?.position !== tally.position) {
    known = { position: tally.position, of: new Map() };
    found.set(t.closedAs, known);
  }
  const status = known.of.get(day) ?? (closedAs === toldOfDay(tally, t, day) ? 'closed' : 'provisional');
  known.of.set(day, status);
  return status;
};

/** A day's figures at an instant, and its status. */
export const dayRow = (tally: Tally, t: ShowcaseTally, day: string, atMs: number): Row => ({ ...dayFigures(tally, t, day, atMs), status: dayStatus(tally, t, day) });

/** An hour's figures, and the status of its day. */
export const hourRow = (tally: Tally, t: ShowcaseTally, hour: string): Row => {
  const f = figuresOf(t, hour);
  const start = startOfHourMs(hour);
  return {
    hour: rfc3339(start),
    visits: f.visits,
    entries: f.flow?.in ?? null,
    exits: f.flow?.out ?? null,
    corrections: f.corrections ?? 0,
    ...engagementCells(tally, [f.kiosks], start, start + hourMs),
    status: dayStatus(tally, t, hour.slice(0, 10)),
  };
};

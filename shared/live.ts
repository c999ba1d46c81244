/** What staff watch: today's figures of a showcase at the tally's position, from the same rows as every report. */
import { engagementRows, group, pointRows, projectRows, zoneRows } from './attendance.ts';
import { dayRow, hourRow, hoursOfDay, total } from './day-figures.ts';
import type { Doors } from './doors.ts';
import type { Standing } from './floor.ts';
import { addDays, dayOf, minuteMs, rfc3339, startOfDayMs } from './hongkong-time.ts';
import { occupancyAt } from './occupancy.ts';
import { isOpen } from './opening-hours.ts';
import { showcaseOf, type Tally } from './tally.ts';

export type Live = {
  showcase: string;
  asOf: string;
  position: number;
  open: boolean;
  today: {
    day: string;
    visits: number;
    entries: number;
    exits: number;
    corrections: number;
    occupancy: number;
    sessions: number;
    engagedSessions: number;
    projectViews: number;
    shown: number;
    scanned: number | null;
  };
  /** what stands in the hall, and how far the estimate of people inside may be off */
  hall: {
    band: number;
    capacity: number | null;
    /** the last count of heads today */
    counted: { atMs: number; people: number } | null;
    rehearsing: boolean;
    emergency: Standing | null;
    paused: Standing | null;
  };
  last60: { in: number; out: number; byFive: { at: string; in: number; out: number }[] };
  yesterdayByNow: number | null;
  zones: { id: string; entries: number | null; exits: number | null; sessions: number; projectViews: number }[];
  points: {
    id: string;
    zone: string;
    perimeter: boolean;
    source: string | null;
    entries: number;
    exits: number;
    heardMs: number | null;
    state: 'ok' | 'warn' | 'error' | 'never';
  }[];
  hours: { hour: string; visits: number | null; sessions: number; projectViews: number; shown: number; scanned: number | null }[];
  projects: { id: string; views: number; shown: number; scanned: number }[];
  langs: { [lang: string]: number };
};

const lastHour = (doors: Doors, nowMs: number): Live['last60'] => {
  const end = Math.floor(nowMs / (5 * minuteMs)) * 5 * minuteMs + 5 * minuteMs;
  const byFive = Array.from({ length: 13 }, (_, i) => end - (13 - i) * 5 * minuteMs).map((at) => {
    const m = doors.minutes.get(dayOf(at));
    const first = Math.floor((at - startOfDayMs(dayOf(at))) / minuteMs);
    const of = (list: readonly number[] | undefined): number => total(list?.slice(first, first + 5) ?? [], (n) => n);
    return { at: rfc3339(at), in: of(m?.in), out: of(m?.out) };
  });
  return { in: total(byFive.slice(1), (x) => x.in), out: total(byFive.slice(1), (x) => x.out), byFive };
};

/** The few figures of today that are told first, at the tally's position. */
export const todayOf = (tally: Tally, showcase: string, nowMs: number): Live['today'] => {
  const t = showcaseOf(tally, showcase);
  const day = dayOf(nowMs);
  const row = dayRow(tally, t, day, nowMs);
  const n = (column: string): number => (row[column] as number | null) ?? 0;
  return {
    day,
    visits: n('visits'),
    entries: n('entries'),
    exits: n('exits'),
    corrections: n('corrections'),
    occupancy: occupancyAt(t.doors, nowMs).people,
    sessions: n('sessions'),
    engagedSessions: n('engagedSessions'),
    projectViews: n('projectViews'),
    shown: n('shown'),
    scanned: row['scanned'] as number | null,
  };
};

/** What staff watch: today's figures of a showcase at the tally's position. Agrees with `attendanceOf` at the same position. */
export const liveOf = (tally: Tally, showcase: string, nowMs: number): Live => {
  const t = showcaseOf(tally, showcase);
  const day = dayOf(nowMs);
  const yesterday = t.doors.minutes.get(addDays(day, -1));
  const minute = Math.floor((nowMs - startOfDayMs(day)) / minuteMs);
  const points = pointRows(t, [day]);
  const range = { from: day, to: day };
  const inside = occupancyAt(t.doors, nowMs);
  return {
    showcase,
    asOf: rfc3339(nowMs),
    position: tally.position,
    open: isOpen(t.doors, nowMs),
    today: todayOf(tally, showcase, nowMs),
    hall: {
      band: inside.band,
      capacity: t.floor.capacity,
      counted: inside.counted,
      rehearsing: t.doors.rehearsals.at(-1)?.toMs === null,
      emergency: t.floor.all.emergency,
      paused: t.floor.all.pause,
    },
    last60: lastHour(t.doors, nowMs),
    yesterdayByNow: yesterday ? total(yesterday.in.slice(0, minute + 1), (x) => x) : null,
    zones: zoneRows(t, [day]).map((r) => ({
      id: r['zone'] as string,
      entries: r['entries'] as number | null,
      exits: r['exits'] as number | null,
      sessions: r['sessions'] as number,
      projectViews: r['projectViews'] as number,
    })),
    points: [...t.doors.points.values()].map((p) => {
      const heard = t.doors.heardMs.get(p.id);
      const clicked = t.doors.manners.get(`${p.id}|clicker`);
      const source = t.doors.authority.get(p.id)?.at(-1)?.source ?? heard?.source ?? (clicked ? 'clicker' : null);
      const flow = points.find((r) => r['point'] === p.id);
      return {
        id: p.id,
        zone: p.zone,
        perimeter: p.perimeter,
        source,
        entries: (flow?.['entries'] as number | undefined) ?? 0,
        exits: (flow?.['exits'] as number | undefined) ?? 0,
        // of a door that is counted by hand: the last press; until there is one, the sensor that it had
        heardMs: (source === 'clicker' ? clicked?.receivedMs : undefined) ?? heard?.receivedMs ?? null,
        state: source === 'clicker' && clicked ? 'ok' : (heard?.state ?? 'never'),
      };
    }),
    hours: hoursOfDay(day).flatMap((hour) => {
      const r = hourRow(tally, t, hour);
      return t.doors.hours.has(hour) || t.engagement.hours.has(hour)
        ? [
            {
              hour: r['hour'] as string,
              visits: r['visits'] as number | null,
              sessions: r['sessions'] as number,
              projectViews: r['projectViews'] as number,
              shown: r['shown'] as number,
              scanned: r['scanned'] as number | null,
            },
          ]
        : [];
    }),
    projects: projectRows(tally, t, range, [])
      .slice(0, 10)
      .map((r) => ({ id: r['project'] as string, views: r['views'] as number, shown: r['shown'] as number, scanned: (r['scanned'] as number | null) ?? 0 })),
    langs: Object.fromEntries(
      group(
        engagementRows(t, range, (h) => [...h.langs].map(([lang, sessions]) => ({ lang, sessions }))),
        ['lang'],
      ).map((r) => [r['lang'], r['sessions']]),
    ) as Live['langs'],
  };
};

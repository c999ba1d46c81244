/** What a planned day must come to, counted here from the plan alone: the other side of the comparison with the hub's totals. */
import { emptyDoors } from '../../shared/doors.ts';
import { engagedInputsMin, engagedSecondsMin } from '../../shared/engagement.ts';
import { dayOf, hourMs, hourOf, rfc3339, startOfHourMs } from '../../shared/hongkong-time.ts';
import { isOpen } from '../../shared/opening-hours.ts';
import type { ShowDay } from '../../shared/pack.ts';
import type { KioskPlan, ShowPlan } from './simulate-plan.ts';

export type Figures = { [column: string]: number };
/** Rows of one grouping by their key columns, joined by `|`. */
export type Sheet = Map<string, Figures>;
export const SHEETS = ['day', 'hour', 'point', 'project', 'kiosk', 'link'] as const;
export type SheetName = (typeof SHEETS)[number];
export type Expected = { [S in SheetName]: Sheet } & { accepted: number; outside: number; staff: number; quarantined: number };

/** Adds to a figure of a row that is made when it is first needed. */
export const add = (sheet: Sheet, key: string, column: string, n: number): void => {
  const row = sheet.get(key) ?? {};
  row[column] = (row[column] ?? 0) + n;
  sheet.set(key, row);
};

/** An hour as the hub names it in its rows. */
export const hourKey = (atMs: number): string => rfc3339(startOfHourMs(hourOf(atMs)));

/** Adds to a day's and its hour's row. */
const addAt = (expected: Expected, atMs: number, column: string, n: number): void => {
  add(expected.day, dayOf(atMs), column, n);
  add(expected.hour, hourKey(atMs), column, n);
};

const countDoors = (expected: Expected, plan: ShowPlan, days: readonly ShowDay[]): void => {
  const doors = { ...emptyDoors(), days: [...days] };
  for (const { point, batches } of plan.doors)
    for (const { fresh, conflict } of batches)
      for (const r of fresh) {
        const at = Date.parse(r.from);
        if (conflict) expected.quarantined += r.in;
        else if (r.class === 'staff') expected.staff += r.in;
        else if (!isOpen(doors, at)) expected.outside += r.in;
        else {
          expected.accepted += r.in;
          addAt(expected, at, 'visits', r.in);
          addAt(expected, at, 'entries', r.in);
          addAt(expected, at, 'exits', r.out);
          add(expected.point, `${dayOf(at)}|${point}`, 'entries', r.in);
          add(expected.point, `${dayOf(at)}|${point}`, 'exits', r.out);
        }
      }
};

const countKiosk = (expected: Expected, { kiosk, events }: KioskPlan, zone: string): void => {
  const viewed = new Set<string>();
  const voted = new Map<string, string>();
  const at = (atMs: number, column: string): void => {
    addAt(expected, atMs, column, 1);
    add(expected.kiosk, `${dayOf(atMs)}|${kiosk}|${zone}`, column, 1);
  };
  for (const { atMs, malformed, body } of events) {
    if (malformed) continue;
    const { kind, session, project } = body as { kind: string; session?: string; project?: string };
    if (kind === 'session.started') at(atMs, 'sessions');
    else if (kind === 'session.ended') {
      if (Number(body['seconds']) >= engagedSecondsMin && Number(body['inputs']) >= engagedInputsMin) at(atMs, 'engagedSessions');
    } else if (kind === 'project.opened' && !viewed.has(`${session} ${project}`)) {
      viewed.add(`${session} ${project}`);
      at(atMs, 'projectViews');
      add(expected.project, String(project), 'views', 1);
    } else if (kind === 'link.shown') {
      at(atMs, 'shown');
      add(expected.link, String(body['code']).toUpperCase(), 'shown', 1);
      if (project !== undefined) add(expected.project, project, 'shown', 1);
    } else if (kind === 'vote.cast') {
      // the last of a session stands; nobody closes the vote
      const before = voted.get(String(session));
      if (before !== undefined) add(expected.project, before, 'votes', -1);
      voted.set(String(session), String(project));
      add(expected.project, String(project), 'votes', 1);
    }
  }
};

/** What the plan comes to under these opening windows. `zones` says where each kiosk stands. */
export const expectedOf = (plan: ShowPlan, days: readonly ShowDay[], zones: ReadonlyMap<string, string>): Expected => {
  const expected: Expected = {
    day: new Map(),
    hour: new Map(),
    point: new Map(),
    project: new Map(),
    kiosk: new Map(),
    link: new Map(),
    accepted: 0,
    outside: 0,
    staff: 0,
    quarantined: 0,
  };
  countDoors(expected, plan, days);
  for (const k of plan.kiosks) countKiosk(expected, k, zones.get(k.kiosk) ?? '');
  return expected;
};

/** Entries and exits by hour and door, for people. */
export const hoursByDoor = (plan: ShowPlan): { hour: string; doors: { [point: string]: { in: number; out: number } } }[] => {
  const hours = new Map<number, { [point: string]: { in: number; out: number } }>();
  for (const { point, batches } of plan.doors)
    for (const { fresh, conflict } of batches)
      for (const r of fresh) {
        if (conflict || r.class === 'staff') continue;
        const hour = Math.floor(Date.parse(r.from) / hourMs) * hourMs;
        const doors = hours.get(hour) ?? {};
        const before = doors[point] ?? { in: 0, out: 0 };
        doors[point] = { in: before.in + r.in, out: before.out + r.out };
        hours.set(hour, doors);
      }
  return [...hours].sort(([a], [b]) => a - b).map(([hour, doors]) => ({ hour: rfc3339(hour), doors }));
};

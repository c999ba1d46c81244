/**
 * What the crossings told of a showcase come to by themselves, before anything is decided about them: how many entries each point told on
 * a day, and in which minutes each source spoke. Kept up as crossings are added, so that a report never walks them all again.
 * Grows by 1 440 bytes a day, point and source.
 */
import { type Part, splitInterval } from './counting.ts';
import { authorityAt, type Doors, edgesOf, minutesPerDay } from './doors.ts';
import { clockMs, dayMs, hourMs, hourOf, minuteMs, startOfDayMs } from './hongkong-time.ts';
import { isOpen } from './opening-hours.ts';

type Crossing = Doors['crossings'][number];
type Told = {
  upTo: number;
  /** day and point, joined by `|`: entries of what lies within the day */
  entries: Map<string, number>;
  /** what began on one day and ended on another: its share of each depends on the rules in force */
  spanning: Crossing[];
  /** day and point, then source: the minutes it spoke for */
  minutes: Map<string, Map<string, Uint8Array>>;
};

/** what is told of an instant (a click, a single crossing) speaks for the quarter of an hour it lies in: a door without traffic isn't silent */
export const instantSpeaksForMs = 15 * minuteMs;
/** what is told of longer than this doesn't say when: the difference of a running counter after a gap */
export const spokenMsMax = hourMs;

const kept = new WeakMap<Doors['crossings'], Told>();

/** The parts of a crossing, each in one hour, under one authority, inside or outside one window. */
export const partsOf = (doors: Doors, c: Part & { point: string }): Part[] => splitInterval(c, edgesOf(doors, c.point, c.fromMs, c.toMs));

const mark = (told: Told, c: Crossing): void => {
  const from = c.fromMs === c.toMs ? Math.floor(c.fromMs / instantSpeaksForMs) * instantSpeaksForMs : Math.floor(c.fromMs / minuteMs) * minuteMs;
  const to = c.fromMs === c.toMs ? from + instantSpeaksForMs : c.toMs;
  if (to - from > spokenMsMax + minuteMs) return;
  for (let at = from; at < to; at += minuteMs) {
    const day = hourOf(at).slice(0, 10);
    const key = `${day}|${c.point}`;
    const sources = told.minutes.get(key) ?? new Map<string, Uint8Array>();
    told.minutes.set(key, sources);
    const minutes = sources.get(c.source) ?? new Uint8Array(minutesPerDay);
    sources.set(c.source, minutes);
    minutes[Math.floor((at - startOfDayMs(day)) / minuteMs)] = 1;
  }
};

const toldOf = (doors: Doors): Told => {
  const { crossings } = doors;
  let told = kept.get(crossings);
  if (!told || told.upTo > crossings.length) {
    told = { upTo: 0, entries: new Map(), spanning: [], minutes: new Map() };
    kept.set(crossings, told);
  }
  for (; told.upTo < crossings.length; told.upTo++) {
    const c = crossings[told.upTo] as Crossing;
    mark(told, c);
    const day = hourOf(c.fromMs).slice(0, 10);
    if (c.toMs - c.fromMs > minuteMs && c.toMs > startOfDayMs(day) + dayMs) told.spanning.push(c);
    else told.entries.set(`${day}|${c.point}`, (told.entries.get(`${day}|${c.point}`) ?? 0) + c.in);
  }
  return told;
};

/** Entries told at a point on a day by everybody, whatever became of them. */
export const entriesTold = (doors: Doors, day: string, point: string): number => {
  const told = toldOf(doors);
  let sum = told.entries.get(`${day}|${point}`) ?? 0;
  for (const c of told.spanning) if (c.point === point) for (const part of partsOf(doors, c)) if (hourOf(part.fromMs).startsWith(day)) sum += part.in;
  return sum;
};

/** Every day and point that told anything. */
export const toldKeys = (doors: Doors): Set<string> => {
  const told = toldOf(doors);
  const keys = new Set(told.entries.keys());
  for (const c of told.spanning) for (const part of partsOf(doors, c)) keys.add(`${hourOf(part.fromMs).slice(0, 10)}|${c.point}`);
  return keys;
};

/** The minutes of a day, from 0, that lie in a counted window and before `untilMs`. Empty for a day without windows. */
export const openMinutes = (doors: Doors, day: string, untilMs: number): number[] => {
  const start = startOfDayMs(day);
  const open = new Set<number>();
  for (const d of doors.days)
    if (d.day === day)
      for (const w of d.windows) if (w.counted) for (let at = clockMs(day, w.from); at < Math.min(clockMs(day, w.to), untilMs); at += minuteMs) open.add((at - start) / minuteMs);
  return [...open].sort((a, b) => a - b);
};

/** How many of these minutes of a day the counting source of a point spoke for; where none was ever named, any source. */
export const minutesCovered = (doors: Doors, day: string, point: string, minutes: readonly number[]): number => {
  const sources = toldOf(doors).minutes.get(`${day}|${point}`);
  if (!sources) return 0;
  const start = startOfDayMs(day);
  const named = doors.authority.has(point);
  let covered = 0;
  for (const m of minutes) {
    const authority = named ? authorityAt(doors, point, start + m * minuteMs) : null;
    if (authority !== null) covered += sources.get(authority)?.[m] ?? 0;
    else
      for (const told of sources.values())
        if (told[m] === 1) {
          covered++;
          break;
        }
  }
  return covered;
};

const outerPoints = (doors: Doors): string[] => [...doors.points.values()].filter((p) => p.perimeter).map((p) => p.id);

/** Coverage of these minutes in percent, one decimal: the least of the outer points; null where there is no minute or no point to cover. */
export const coverageOfMinutes = (doors: Doors, day: string, minutes: readonly number[]): number | null => {
  const points = outerPoints(doors);
  if (minutes.length === 0 || points.length === 0) return null;
  const least = Math.min(...points.map((p) => minutesCovered(doors, day, p, minutes)));
  return Math.round((least / minutes.length) * 1000) / 10;
};

/** Coverage of a day's open minutes so far (SPEC, coverage). Null without opening windows. */
export const coverageOf = (doors: Doors, day: string, nowMs: number): number | null => coverageOfMinutes(doors, day, openMinutes(doors, day, nowMs));

/** The open minutes of a day between the first and the last that a source spoke for, in which it was to count and nobody ever said how many. */
export const missingMinutes = (doors: Doors, day: string, point: string, source: string): number => {
  const minutes = toldOf(doors).minutes.get(`${day}|${point}`)?.get(source);
  if (!minutes) return 0;
  const start = startOfDayMs(day);
  let missing = 0;
  for (let m = minutes.indexOf(1) + 1; m < minutes.lastIndexOf(1); m++) {
    const atMs = start + m * minuteMs;
    if (minutes[m] === 0 && authorityAt(doors, point, atMs) === source && isOpen(doors, atMs)) missing++;
  }
  return missing;
};

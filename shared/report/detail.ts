/**
 * What a report says beyond the running totals: how long projects were looked at, languages and accessibility modes of a kiosk's day, who
 * was heard from when, what came late. Folded from the journal for one report and then dropped; grows with days times names, not with events.
 */
import { type Engagement, everyone, happened, rehearses } from '../engagement.ts';
import type { Entry } from '../entry.ts';
import type { KioskEvent } from '../event.ts';
import { HashIndex } from '../hash-index.ts';
import { dayOf, hourMs, hourOf } from '../hongkong-time.ts';
import type { Rating } from '../ratings.ts';
import { crossingsOf, spanOf } from '../readings.ts';

/** a project that was open this long was looked at */
export const engagedViewSecondsMin = 15;
/** what reaches the hub later than this after it happened is late */
export const lateAfterMs = hourMs;
/** names told apart a day; any further ones count together under `unknown` */
export const namesPerDayMax = 2_000;

/** whole seconds to how often */
export type Seconds = Map<number, number>;
export type ProjectDay = { engaged: number; seconds: Seconds; saved: number; quizAnswers: number; quizRight: number };
/** what visitors said of their visit, and how they answered the quiz */
export type AnswerDay = { [R in Rating]: number } & { quizAnswers: number; quizRight: number };
export type KioskDay = { seconds: Seconds; langs: Map<string, number>; modes: Map<string, number>; streams: Set<string> };
export type LinkDay = { project: string | null; shown: number; scanned: number };
export type Heard = { kind: 'kiosk' | 'counter'; place: string; firstMs: number; lastMs: number };
/** `in` are entries told by records of a day that came late */
export type Late = { records: number; in: number };

export type Detail = {
  /** day, then name */
  projects: Map<string, Map<string, ProjectDay>>;
  kiosks: Map<string, Map<string, KioskDay>>;
  links: Map<string, Map<string, LinkDay>>;
  /** by day */
  answers: Map<string, AnswerDay>;
  devices: Map<string, Heard>;
  /** day, then devices that told something of that day */
  present: Map<string, Set<string>>;
  late: Map<string, Late>;
  looked: HashIndex;
  /** visits that were rated: one rating each */
  rated: HashIndex;
  acts: Extract<Entry, { kind: 'authority.set' | 'days.set' | 'day.closed' | 'vote.set' | 'vote.published' }>[];
};

export const emptyDetail = (): Detail => ({
  projects: new Map(),
  kiosks: new Map(),
  links: new Map(),
  answers: new Map(),
  devices: new Map(),
  present: new Map(),
  late: new Map(),
  looked: new HashIndex(false),
  rated: new HashIndex(false),
  acts: [],
});

const named = <V>(days: Map<string, Map<string, V>>, day: string, name: string, make: () => V): V => {
  let names = days.get(day);
  if (!names) {
    names = new Map();
    days.set(day, names);
  }
  const key = names.has(name) || names.size < namesPerDayMax ? name : 'unknown';
  let value = names.get(key);
  if (value === undefined) {
    value = make();
    names.set(key, value);
  }
  return value;
};
const count = <K>(map: Map<K, number>, key: K, n = 1): void => void map.set(key, (map.get(key) ?? 0) + n);
export const projectDay = (): ProjectDay => ({ engaged: 0, seconds: new Map(), saved: 0, quizAnswers: 0, quizRight: 0 });
const kioskDay = (): KioskDay => ({ seconds: new Map(), langs: new Map(), modes: new Map(), streams: new Set() });

const hear = (d: Detail, device: string, kind: Heard['kind'], place: string, atMs: number): void => {
  const heard = d.devices.get(device);
  if (!heard) d.devices.set(device, { kind, place, firstMs: atMs, lastMs: atMs });
  else {
    heard.place = place;
    heard.lastMs = Math.max(heard.lastMs, atMs);
  }
};
const attend = (d: Detail, day: string, device: string): void => {
  const here = d.present.get(day);
  if (here) here.add(device);
  else d.present.set(day, new Set([device]));
};
const late = (d: Detail, day: string, atMs: number, receivedMs: number, n: number): void => {
  if (receivedMs - atMs <= lateAfterMs) return;
  const sum = d.late.get(day) ?? { records: 0, in: 0 };
  d.late.set(day, { records: sum.records + 1, in: sum.in + n });
};

const answersOf = (d: Detail, day: string): AnswerDay => {
  let found = d.answers.get(day);
  if (!found) {
    found = { good: 0, fair: 0, poor: 0, quizAnswers: 0, quizRight: 0 };
    d.answers.set(day, found);
  }
  return found;
};

const applyEvent = (d: Detail, event: KioskEvent, day: string, device: string, epoch: string): void => {
  const kiosk = named(d.kiosks, day, device, kioskDay);
  if (kiosk.streams.size < namesPerDayMax) kiosk.streams.add(epoch);
  switch (event.kind) {
    case 'session.started':
      count(kiosk.langs, event.lang);
      return;
    case 'session.ended':
      count(kiosk.seconds, Math.round(event.seconds));
      return;
    case 'project.closed': {
      const project = named(d.projects, day, event.project, projectDay);
      count(project.seconds, Math.round(event.seconds));
      if (event.seconds >= engagedViewSecondsMin && d.looked.add(`${event.session}|${event.project}`)) project.engaged++;
      return;
    }
    case 'project.saved':
      named(d.projects, day, event.project, projectDay).saved++;
      return;
    case 'link.shown':
      named(d.links, day, event.code.toUpperCase(), () => ({ project: event.project ?? null, shown: 0, scanned: 0 })).shown++;
      return;
    case 'mode.chosen':
      count(kiosk.modes, event.mode);
      return;
    case 'visit.rated':
      if (d.rated.add(event.session)) answersOf(d, day)[event.rating]++;
      return;
    case 'quiz.answered': {
      const right = event.right ? 1 : 0;
      for (const sum of [answersOf(d, day), named(d.projects, day, event.project, projectDay)]) {
        sum.quizAnswers++;
        sum.quizRight += right;
      }
      return;
    }
    default:
      return;
  }
};

/** Folds one entry of this showcase into the detail. What happened in a rehearsal is heard, and counts nowhere (L8); `of` knows when one ran. */
export const applyToDetail = (d: Detail, e: Entry, of: Engagement): void => {
  switch (e.kind) {
    case 'kiosk.recorded':
      hear(d, e.device, 'kiosk', e.zone, e.receivedMs);
      for (const item of e.items) {
        if (!('kind' in item)) continue;
        const { atMs } = happened(item, e);
        const day = hourOf(atMs).slice(0, 10);
        attend(d, day, e.device);
        late(d, day, atMs, e.receivedMs, 0);
        if (!rehearses(of, e.device, atMs)) applyEvent(d, item, day, e.device, e.epoch);
      }
      return;
    case 'readings.recorded':
      hear(d, e.device, 'counter', e.point, e.receivedMs);
      for (const reading of e.readings) {
        const { fromMs, toMs } = spanOf(reading);
        const day = dayOf(fromMs);
        attend(d, day, e.device);
        if (reading.kind !== 'status') late(d, day, toMs, e.receivedMs, crossingsOf(reading).in);
      }
      return;
    case 'click.recorded':
      late(d, dayOf(e.atMs), e.atMs, e.receivedMs, e.direction === 'in' ? e.n : 0);
      return;
    case 'link.scanned':
      if (rehearses(of, everyone, e.receivedMs)) return;
      named(d.links, dayOf(e.receivedMs), e.code, () => ({ project: e.project, shown: 0, scanned: 0 })).scanned += e.n;
      return;
    case 'authority.set':
    case 'days.set':
    case 'day.closed':
    case 'vote.set':
    case 'vote.published':
      d.acts.push(e);
      return;
    default:
      return;
  }
};

/** Adds the counts of some whole seconds. */
export const addSeconds = (into: Seconds, more: Seconds): void => {
  for (const [seconds, n] of more) count(into, seconds, n);
};

/** The middle one of all that were counted, the lower of two; null of none. */
export const medianOf = (seconds: Seconds): number | null => {
  const all = [...seconds].sort(([a], [b]) => a - b);
  const half = Math.ceil(all.reduce((n, [, k]) => n + k, 0) / 2);
  let seen = 0;
  for (const [value, n] of all) {
    seen += n;
    if (seen >= half) return value;
  }
  return null;
};

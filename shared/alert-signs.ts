/**
 * What is seen of a floor: from the folds and from what kiosks say, each rule's sign at an instant. Thresholds are the field's (L rules of
 * SPEC). Nothing here remembers; `alerts.ts` does.
 */
import type { Sign } from './alerts.ts';
import { authorityAt, type Doors, type Flow } from './doors.ts';
import { capacityAmber, capacityClear, capacityRed } from './hall-limits.ts';
import { clockMs, dayOf, hourMs, minuteMs, startOfDayMs } from './hongkong-time.ts';
import { driftOf, occupancyAt } from './occupancy.ts';
import { isOpen } from './opening-hours.ts';
import type { ShowcaseTally } from './tally.ts';
import { missingMinutes } from './told.ts';

export const silentAmberIntervals = 3;
export const silentRedIntervals = 5;
export const silentMsMin = 3 * minuteMs;
/** how often a sensor that tells single crossings only is expected to say anything */
export const singleCrossingsEveryMs = 5 * minuteMs;
export const ratioAmber = [0.85, 1.15] as const;
export const ratioRed = [0.7, 1.3] as const;
export const ratioCrossingsMin = 100;
export const zeroAmberMs = 20 * minuteMs;
export const zeroRedMs = 40 * minuteMs;
export const zeroOthersMin = 60;
export const sensorClockAmberMs = 30_000;
export const sensorClockRedMs = 120_000;
/** minutes of tellings that must all be late before a clock is said to be behind: a late one is something told after all */
export const lagsNeeded = 3;
export const gapMinutesRed = 5;
export const negativeShareRed = 0.02;
export const driftAmber = 0.03;
export const driftRed = 0.06;
export const offlineAmberMs = 30_000;
export const offlineRedMs = 60_000;
export const queueAmber = 200;
export const queueRed = 2_000;
export const queueAgeAmberMs = 5 * minuteMs;
export const queueAgeRedMs = 60 * minuteMs;
export const stuckAmberMs = 15 * minuteMs;
export const stuckRedMs = 30 * minuteMs;
export const fpsAmber = 30;
export const fpsRed = 15;
export const clockAmberMs = 2_000;
export const clockRedMs = 30_000;
export const diskAmber = 0.15;
export const diskRed = 0.05;
export const votesAmber = 6;
export const votesRed = 15;
/** of what was told last, so much is looked through for the last hour's flow */
const recentCrossingsMax = 20_000;

/** A kiosk as the hub knows it now. */
export type KioskFacts = {
  id: string;
  /** when it was last heard; null: never, in this or an earlier life of the hub */
  heardMs: number | null;
  online: boolean;
  waiting: number | null;
  /** how long ago the oldest waiting event happened */
  oldestForMs: number | null;
  /** since when it has been on one screen other than the start without recording anything */
  stuckSinceMs: number | null;
  fps: number | null;
  offsetMs: number | null;
  pack: string | null;
  faults: readonly string[];
  votesLastMinute: number;
};

export type FloorFacts = {
  nowMs: number;
  /** when this hub began to listen: what was not heard since then is not older than that */
  startedMs: number;
  kiosks: readonly KioskFacts[];
  /** the version that kiosks are to show; null: none is installed */
  pack: string | null;
  /** whether the short links' public address answers; null: there is none, or it was not tried yet */
  relayOk: boolean | null;
  /** free share of the journal's disk, 0 to 1; null: unknown */
  freeShare: number | null;
  /** a day that was closed just now */
  closedDay: string | null;
};

const grade = (value: number, amber: number, red: number): Sign['now'] => (value >= red ? 'red' : value >= amber ? 'amber' : 'clear');
const outside = (value: number, [low, high]: readonly [number, number]): boolean => value < low || value > high;

/** Entries and exits that each point's own authority told in the last hour, outer and inner points alike. */
const lastHour = (doors: Doors, nowMs: number): Map<string, Flow> => {
  const flows = new Map<string, Flow>();
  const { crossings } = doors;
  for (let i = crossings.length - 1; i >= Math.max(0, crossings.length - recentCrossingsMax); i--) {
    const c = crossings[i] as Doors['crossings'][number];
    if (c.fromMs < nowMs - hourMs || c.fromMs > nowMs || c.staff) continue;
    const authority = authorityAt(doors, c.point, c.fromMs);
    if (authority !== null && authority !== c.source) continue;
    const flow = flows.get(c.point) ?? { in: 0, out: 0 };
    flows.set(c.point, { in: flow.in + c.in, out: flow.out + c.out });
  }
  return flows;
};

/** When today's counted window that is open now began; the day's start where there are none. */
const openedMs = (doors: Doors, nowMs: number): number => {
  const day = dayOf(nowMs);
  let found = startOfDayMs(day);
  for (const d of doors.days)
    if (d.day === day) for (const w of d.windows) if (w.counted && clockMs(day, w.from) <= nowMs && nowMs < clockMs(day, w.to)) found = clockMs(day, w.from);
  return found;
};

/** How far a sensor's clock is off: ahead at once, behind only when everything it tells is late. Null where too little was told. */
const clockOff = (lagsMs: readonly number[]): number | null => {
  if (lagsMs.length === 0) return null;
  const least = Math.min(...lagsMs);
  return least < 0 ? -least : lagsMs.length >= lagsNeeded ? least : 0;
};

/** Exits to entries; null where too little crossed to say. */
const ratioOf = (flow: Flow | undefined): number | null => (!flow || flow.in + flow.out < ratioCrossingsMin ? null : flow.in === 0 ? Number.POSITIVE_INFINITY : flow.out / flow.in);

/** The middle one of the other doors' ratios; null where none says anything. */
const othersRatio = (point: string, outer: readonly string[], flows: Map<string, Flow>): number | null => {
  const ratios = outer.flatMap((id) => (id === point ? [] : (ratioOf(flows.get(id)) ?? []))).sort((a, b) => a - b);
  return ratios[Math.floor((ratios.length - 1) / 2)] ?? null;
};

const ratioSign = (point: string, outer: readonly string[], flows: Map<string, Flow>): Sign => {
  const value = ratioOf(flows.get(point));
  // a hall that fills or empties moves every door's ratio: only a door that also differs from the others is wrong
  const others = othersRatio(point, outer, flows);
  const strange = (ratio: number, band: readonly [number, number]): boolean =>
    outside(ratio, band) && (others === null || others === 0 || !Number.isFinite(others) || outside(ratio / others, band));
  const now = value === null ? 'still' : strange(value, ratioRed) ? 'red' : strange(value, ratioAmber) ? 'amber' : 'clear';
  return { rule: 'sensor.ratio', subject: point, now, value: value === null || !Number.isFinite(value) ? null : Math.round(value * 100) / 100 };
};

const sensorSigns = (doors: Doors, facts: FloorFacts, point: string, source: string, outer: readonly string[], flows: Map<string, Flow>, all: Flow): Sign[] => {
  const { nowMs } = facts;
  const manners = doors.manners.get(`${point}|${source}`);
  const opened = openedMs(doors, nowMs);
  const heard = doors.heardMs.get(point);
  const own = flows.get(point) ?? { in: 0, out: 0 };
  const everyMs = Math.max(minuteMs, manners?.everyMs ?? (manners ? singleCrossingsEveryMs : minuteMs));
  const silentForMs = nowMs - Math.max(manners?.receivedMs ?? facts.startedMs, opened);
  const amberMs = Math.max(silentMsMin, silentAmberIntervals * everyMs);
  const signs: Sign[] = [
    {
      rule: 'sensor.silent',
      subject: point,
      now: grade(silentForMs, amberMs, Math.max(silentRedIntervals * minuteMs, silentRedIntervals * everyMs)),
      value: silentForMs,
    },
    { rule: 'sensor.gap', subject: point, ...gap(missingMinutes(doors, dayOf(nowMs), point, source)) },
    ratioSign(point, outer, flows),
  ];
  if (heard?.source === source)
    signs.push({ rule: 'sensor.fault', subject: point, now: heard.state === 'error' ? 'red' : heard.state === 'warn' ? 'amber' : 'clear', value: null });
  const off = clockOff(manners?.lagsMs ?? []);
  if (off !== null) signs.push({ rule: 'sensor.clock', subject: point, now: off > sensorClockRedMs ? 'red' : off > sensorClockAmberMs ? 'amber' : 'clear', value: off });
  const othersFlow = all.in + all.out - own.in - own.out;
  const zeroForMs = nowMs - Math.max(manners?.countedMs ?? 0, opened);
  const counting = manners !== undefined && silentForMs < amberMs;
  signs.push({
    rule: 'sensor.zero',
    subject: point,
    now: zeroForMs < zeroAmberMs ? 'clear' : !counting || othersFlow < zeroOthersMin ? 'still' : grade(zeroForMs, zeroAmberMs, zeroRedMs),
    value: zeroForMs,
  });
  return signs;
};
const gap = (missing: number): Pick<Sign, 'now' | 'value'> => ({ now: missing > gapMinutesRed ? 'red' : missing > 0 ? 'amber' : 'clear', value: missing });

/** Signs of the doors: none while the hall is closed, so that what was raised is cleared then. */
const doorSigns = (doors: Doors, facts: FloorFacts): Sign[] => {
  const outer = [...doors.points.values()].filter((p) => p.perimeter);
  if (!isOpen(doors, facts.nowMs) || outer.length === 0) return [];
  const told = [...doors.manners.keys()].length > 0 || doors.clicks.size > 0;
  const none: Sign = { rule: 'doors.none', subject: 'hall', now: told ? 'clear' : 'amber', value: null };
  const ids = outer.map((p) => p.id);
  const flows = lastHour(doors, facts.nowMs);
  const all = { in: 0, out: 0 };
  for (const p of outer) {
    const flow = flows.get(p.id);
    all.in += flow?.in ?? 0;
    all.out += flow?.out ?? 0;
  }
  return [
    none,
    ...outer.flatMap((p) => {
      const source = authorityAt(doors, p.id, facts.nowMs);
      // a door that is counted by hand may be quiet without anything being wrong
      return source === null || source === 'clicker' ? [] : sensorSigns(doors, facts, p.id, source, ids, flows, all);
    }),
  ];
};

const hallSigns = ({ doors, floor }: ShowcaseTally, facts: FloorFacts): Sign[] => {
  const inside = occupancyAt(doors, facts.nowMs);
  const entries = driftOf(doors, dayOf(facts.nowMs))?.entries ?? 0;
  const signs: Sign[] = [{ rule: 'occ.negative', subject: 'hall', now: inside.raw >= 0 ? 'clear' : -inside.raw > entries * negativeShareRed ? 'red' : 'amber', value: inside.raw }];
  if (floor.capacity !== null && floor.capacity > 0) {
    const share = inside.people / floor.capacity;
    const now = share >= capacityRed ? 'red' : share >= capacityAmber ? 'amber' : share < capacityClear ? 'clear' : 'still';
    signs.push({ rule: 'occ.capacity', subject: 'hall', now, value: Math.round(share * 1000) / 1000 });
  }
  const drift = facts.closedDay === null ? null : driftOf(doors, facts.closedDay);
  if (facts.closedDay !== null && drift && drift.entries > 0) {
    const share = Math.abs(drift.drift) / drift.entries;
    signs.push({ rule: 'occ.drift', subject: facts.closedDay, now: share > driftRed ? 'red' : share > driftAmber ? 'amber' : 'clear', value: Math.round(share * 1000) / 1000 });
  }
  return signs;
};

const kioskSigns = (k: KioskFacts, facts: FloorFacts): Sign[] => {
  const { nowMs } = facts;
  if (k.heardMs === null) return [];
  const sign = (rule: Sign['rule'], now: Sign['now'], value: number | null): Sign => ({ rule, subject: k.id, now, value });
  const awayMs = k.online ? 0 : nowMs - k.heardMs;
  const away = sign('kiosk.offline', grade(awayMs, offlineAmberMs, offlineRedMs), awayMs);
  const votes = sign('vote.burst', k.votesLastMinute > votesRed ? 'red' : k.votesLastMinute > votesAmber ? 'amber' : 'clear', k.votesLastMinute);
  // of a kiosk that is not there nothing else can be told
  if (!k.online || k.waiting === null)
    return [away, votes, ...(['kiosk.queue', 'kiosk.idle-stuck', 'kiosk.fps', 'kiosk.clock', 'kiosk.fault', 'pack.mismatch'] as const).map((rule) => sign(rule, 'unknown', null))];
  const late = k.oldestForMs ?? 0;
  const stuckMs = k.stuckSinceMs === null ? 0 : nowMs - k.stuckSinceMs;
  const off = Math.abs(k.offsetMs ?? 0);
  const strange = k.pack !== null && facts.pack !== null && k.pack !== facts.pack;
  return [
    away,
    votes,
    sign('kiosk.queue', k.waiting > queueRed || late > queueAgeRedMs ? 'red' : k.waiting > queueAmber || late > queueAgeAmberMs ? 'amber' : 'clear', k.waiting),
    sign('kiosk.idle-stuck', grade(stuckMs, stuckAmberMs, stuckRedMs), stuckMs),
    // a stage that rests draws nothing: that is no fault
    sign('kiosk.fps', k.fps === null || k.fps === 0 || k.fps >= fpsAmber ? 'clear' : k.fps < fpsRed ? 'red' : 'amber', k.fps),
    sign('kiosk.clock', off > clockRedMs ? 'red' : off > clockAmberMs ? 'amber' : 'clear', off),
    sign('kiosk.fault', k.faults.length > 0 ? 'amber' : 'clear', k.faults.length),
    sign('pack.mismatch', strange ? 'red' : 'clear', null),
  ];
};

/** Everything that is seen at `facts.nowMs`. A subject without a sign is not watched now: what stands of it is cleared. */
export const signsOf = (t: ShowcaseTally, facts: FloorFacts): Sign[] => {
  const signs = [...doorSigns(t.doors, facts), ...hallSigns(t, facts), ...facts.kiosks.flatMap((k) => kioskSigns(k, facts))];
  signs.push({ rule: 'qr.relay', subject: 'hub', now: facts.relayOk === null ? 'unknown' : facts.relayOk ? 'clear' : 'red', value: null });
  const free = facts.freeShare;
  signs.push({ rule: 'journal.disk', subject: 'hub', now: free === null ? 'unknown' : free < diskRed ? 'red' : free < diskAmber ? 'amber' : 'clear', value: free });
  return signs;
};

/**
 * The door fold: crossings at the counting points of one showcase, held as they were told, and what they come to under the authority and
 * the opening windows in force. When those change, what is derived is counted again from what was told; nothing told is ever overwritten.
 * Grows by one small record a reading (a minute's interval a door: about 6,000 a show day with ten doors).
 */
import { type Cumulative, cumulativeDelta, type Part, splitInterval } from './counting.ts';
import type { Entry, PointDefinition } from './entry.ts';
import { clockMs, dayOf, hourOf, minuteMs, startOfDayMs } from './hongkong-time.ts';
import { isOpen } from './opening-hours.ts';
import type { ShowDay } from './pack.ts';
import { crossingsOf, spanOf } from './readings.ts';

export const minutesPerDay = 1_440;

/** `sensor:<device>` or `clicker` */
export type Source = string;
type Crossing = Part & { point: string; source: Source; staff: boolean };
export type Flow = { in: number; out: number };
/** What became of what was received: the reconciliation's columns. Entries and exits. */
export type Disposition = 'accepted' | 'shadow' | 'outside' | 'staff' | 'duplicates' | 'quarantined';
export type Book = { [D in Disposition]: Flow };

/** How a source tells: when last, how often, how late by its own clock, and when it last told a crossing. */
export type Manners = {
  receivedMs: number;
  /** length of its intervals; null: it tells single crossings or states only */
  everyMs: number | null;
  /** of the last minutes in which it told anything: the least of receipt less what its clock said, oldest first */
  lagsMs: number[];
  countedMs: number | null;
};
/** minutes whose lag is remembered: the least of them is the clock's fault, the rest is the network's, or something told after all */
const lagsKept = 5;

export type Doors = {
  points: Map<string, PointDefinition>;
  days: ShowDay[];
  authority: Map<string, { fromMs: number; source: Source }[]>;
  crossings: Crossing[];
  /** those that were not taken back */
  clicks: Map<string, Crossing & { by: string; receivedMs: number }>;
  corrections: { receivedMs: number; by: string; point: string; hour: string; in: number; out: number; reason: string; approver: string | null }[];
  /** day, point and source: duplicates and quarantined, which are told once and never recounted */
  aside: Map<string, { duplicates: Flow; quarantined: Flow }>;
  cumulative: Map<string, Cumulative>;
  resets: number;
  /** when each point's source last told anything, by the hub's clock */
  heardMs: Map<string, { receivedMs: number; source: Source; state: 'ok' | 'warn' | 'error' }>;
  /** point and source, joined by `|`: how it tells, for those who watch over it */
  manners: Map<string, Manners>;
  /** heads counted by staff, oldest first */
  heads: { atMs: number; people: number }[];
  /** when the whole showcase rehearsed: what happened then is outside every opening window; `toMs` null: it still does */
  rehearsals: { fromMs: number; toMs: number | null }[];
  closed: Map<string, number>;
  // derived: recounted from the above
  /** hour, then point: accepted crossings */
  hours: Map<string, Map<string, Flow>>;
  /** day, then minute of the day: accepted crossings of the outer boundary */
  minutes: Map<string, { in: number[]; out: number[] }>;
  /** day, point and source, joined by `|` */
  books: Map<string, Book>;
};

export const emptyDoors = (): Doors => ({
  points: new Map(),
  days: [],
  authority: new Map(),
  crossings: [],
  clicks: new Map(),
  corrections: [],
  aside: new Map(),
  cumulative: new Map(),
  resets: 0,
  heardMs: new Map(),
  manners: new Map(),
  heads: [],
  rehearsals: [],
  closed: new Map(),
  hours: new Map(),
  minutes: new Map(),
  books: new Map(),
});

const flow = (): Flow => ({ in: 0, out: 0 });
const book = (): Book => ({ accepted: flow(), shadow: flow(), outside: flow(), staff: flow(), duplicates: flow(), quarantined: flow() });
const upsert = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
};
const put = (into: Flow, part: Flow): void => {
  into.in += part.in;
  into.out += part.out;
};

/** The source that counts at a point at an instant (R3); null where none was ever named: then whatever tells counts. */
export const authorityAt = (doors: Doors, point: string, atMs: number): Source | null => {
  let found: Source | null = null;
  for (const a of doors.authority.get(point) ?? []) if (a.fromMs <= atMs) found = a.source;
  return found;
};

/** Where an interval is cut besides the hours: changes of authority at its point, opening times, rehearsals (R4). */
export const edgesOf = (doors: Doors, point: string, fromMs: number, toMs: number): number[] => {
  const edges = (doors.authority.get(point) ?? []).map((a) => a.fromMs);
  for (const r of doors.rehearsals) edges.push(r.fromMs, ...(r.toMs === null ? [] : [r.toMs]));
  for (const d of doors.days) {
    const start = startOfDayMs(d.day);
    if (start >= toMs || start + 86_400_000 <= fromMs) continue;
    for (const w of d.windows) edges.push(clockMs(d.day, w.from), clockMs(d.day, w.to));
  }
  return edges;
};

const count = (doors: Doors, crossing: Crossing): void => {
  for (const part of splitInterval(crossing, edgesOf(doors, crossing.point, crossing.fromMs, crossing.toMs))) {
    const authority = authorityAt(doors, crossing.point, part.fromMs);
    const fate: Disposition = authority !== null && authority !== crossing.source ? 'shadow' : crossing.staff ? 'staff' : isOpen(doors, part.fromMs) ? 'accepted' : 'outside';
    const day = dayOf(part.fromMs);
    put(upsert(doors.books, `${day}|${crossing.point}|${crossing.source}`, book)[fate], part);
    if (fate !== 'accepted') continue;
    put(
      upsert(
        upsert(doors.hours, hourOf(part.fromMs), () => new Map<string, Flow>()),
        crossing.point,
        flow,
      ),
      part,
    );
    if (doors.points.get(crossing.point)?.perimeter !== true) continue;
    const minutes = upsert(doors.minutes, day, () => ({ in: new Array<number>(minutesPerDay).fill(0), out: new Array<number>(minutesPerDay).fill(0) }));
    const m = Math.floor((part.fromMs - startOfDayMs(day)) / minuteMs);
    minutes.in[m] = (minutes.in[m] as number) + part.in;
    minutes.out[m] = (minutes.out[m] as number) + part.out;
  }
};

/** Counts everything again, after the authority, the windows or the boundary changed. Linear in the crossings told. */
const recount = (doors: Doors): void => {
  doors.hours.clear();
  doors.minutes.clear();
  doors.books.clear();
  for (const [key, { duplicates, quarantined }] of doors.aside) {
    const b = upsert(doors.books, key, book);
    put(b.duplicates, duplicates);
    put(b.quarantined, quarantined);
  }
  for (const c of doors.crossings) count(doors, c);
};

const tell = (doors: Doors, crossing: Crossing): void => {
  doors.crossings.push(crossing);
  count(doors, crossing);
};

const putAside = (doors: Doors, key: string, which: 'duplicates' | 'quarantined', n: Flow): void => {
  put(upsert(doors.aside, key, () => ({ duplicates: flow(), quarantined: flow() }))[which], n);
  put(upsert(doors.books, key, book)[which], n);
};

const emptyManners = (): Manners => ({ receivedMs: 0, everyMs: null, lagsMs: [], countedMs: null });

/** Notes how a source tells. What came again says that it is alive, and nothing of its clock. */
const noteManners = (doors: Doors, e: Extract<Entry, { kind: 'readings.recorded' }>, source: Source): void => {
  const m = upsert(doors.manners, `${e.point}|${source}`, emptyManners);
  const sameMinute = Math.floor(m.receivedMs / minuteMs) === Math.floor(e.receivedMs / minuteMs);
  m.receivedMs = e.receivedMs;
  let newestMs = Number.NEGATIVE_INFINITY;
  for (const r of e.readings) {
    const { fromMs, toMs } = spanOf(r);
    newestMs = Math.max(newestMs, toMs);
    if (r.kind === 'interval') m.everyMs = toMs - fromMs;
    const { in: ins, out } = crossingsOf(r);
    if (ins + out > 0) m.countedMs = Math.max(m.countedMs ?? 0, toMs);
  }
  for (const { reading, code } of e.quarantined) if (code === 'clock_ahead') newestMs = Math.max(newestMs, spanOf(reading).toMs);
  if (!Number.isFinite(newestMs)) return;
  const lag = e.receivedMs - newestMs;
  const last = m.lagsMs.at(-1);
  if (sameMinute && last !== undefined) m.lagsMs[m.lagsMs.length - 1] = Math.min(last, lag);
  else m.lagsMs.push(lag);
  if (m.lagsMs.length > lagsKept) m.lagsMs.shift();
};

const noteCounted = (doors: Doors, key: string, atMs: number): void => {
  const m = doors.manners.get(key);
  if (m) m.countedMs = Math.max(m.countedMs ?? 0, atMs);
};

const applyReadings = (doors: Doors, e: Extract<Entry, { kind: 'readings.recorded' }>): void => {
  const source = `sensor:${e.device}`;
  const heard = upsert(doors.heardMs, e.point, () => ({ receivedMs: 0, source, state: 'ok' as const }));
  Object.assign(heard, { receivedMs: e.receivedMs, source });
  noteManners(doors, e, source);
  for (const r of e.readings) {
    if (r.kind === 'status') Object.assign(heard, { state: r.state });
    else if (r.kind === 'cumulative') {
      const key = `${e.device}|${e.point}`;
      const next = { atMs: Date.parse(r.at), in: r.in, out: r.out };
      const delta = cumulativeDelta(doors.cumulative.get(key), next);
      if (delta === 'late') continue;
      doors.cumulative.set(key, next);
      if (delta === 'baseline') continue;
      if (delta.reset) doors.resets++;
      if (delta.in + delta.out > 0) noteCounted(doors, `${e.point}|${source}`, delta.toMs);
      tell(doors, { fromMs: delta.fromMs, toMs: delta.toMs, in: delta.in, out: delta.out, point: e.point, source, staff: false });
    } else {
      // field by field: a record that is spread together takes three times the memory
      const { fromMs, toMs } = spanOf(r);
      const { in: n, out } = crossingsOf(r);
      tell(doors, { fromMs, toMs, in: n, out, point: e.point, source, staff: r.class === 'staff' });
    }
  }
  for (const { reading } of e.quarantined) putAside(doors, `${dayOf(spanOf(reading).fromMs)}|${e.point}|${source}`, 'quarantined', crossingsOf(reading));
  for (const { day, in: n, out } of e.repeats) putAside(doors, `${day}|${e.point}|${source}`, 'duplicates', { in: n, out });
};

/** What a clicker's press says went through its door: visitors only, at that instant. */
export const clickCrossing = ({ atMs, direction, n, point }: Extract<Entry, { kind: 'click.recorded' }>): Crossing => ({
  fromMs: atMs,
  toMs: atMs,
  in: direction === 'in' ? n : 0,
  out: direction === 'out' ? n : 0,
  point,
  source: 'clicker',
  staff: false,
});

/** Folds one entry of this showcase into its doors. */
export const applyToDoors = (doors: Doors, e: Entry): void => {
  switch (e.kind) {
    case 'readings.recorded':
      applyReadings(doors, e);
      return;
    case 'click.recorded': {
      const crossing = clickCrossing(e);
      doors.clicks.set(e.id, { ...crossing, by: e.by, receivedMs: e.receivedMs });
      tell(doors, crossing);
      Object.assign(upsert(doors.manners, `${e.point}|clicker`, emptyManners), { receivedMs: e.receivedMs, countedMs: e.atMs });
      return;
    }
    case 'click.voided': {
      const voided = doors.clicks.get(e.of);
      if (!voided) return;
      doors.clicks.delete(e.of);
      const { by: _by, receivedMs: _receivedMs, ...crossing } = voided;
      tell(doors, { ...crossing, in: -voided.in, out: -voided.out });
      return;
    }
    case 'count.corrected':
      doors.corrections.push({ receivedMs: e.receivedMs, by: e.by, point: e.point, hour: e.hour, in: e.in, out: e.out, reason: e.reason, approver: e.approver ?? null });
      return;
    case 'authority.set': {
      const list = upsert(doors.authority, e.point, () => []);
      list.push({ fromMs: e.fromMs, source: e.source === 'clicker' ? 'clicker' : `sensor:${e.device}` });
      // stable: of two from the same instant the later decision holds
      list.sort((a, b) => a.fromMs - b.fromMs);
      recount(doors);
      return;
    }
    case 'showcase.defined':
      doors.points = new Map(e.points.map((p) => [p.id, p]));
      doors.days = e.days;
      recount(doors);
      return;
    case 'days.set':
      doors.days = e.days;
      recount(doors);
      return;
    case 'heads.counted':
      doors.heads.push({ atMs: e.atMs, people: e.people });
      doors.heads.sort((a, b) => a.atMs - b.atMs);
      return;
    case 'rehearsal.set': {
      if (e.devices !== null) return;
      const last = doors.rehearsals.at(-1);
      const running = last !== undefined && last.toMs === null;
      if (e.on === running) return;
      if (e.on) doors.rehearsals.push({ fromMs: e.receivedMs, toMs: null });
      else if (last) last.toMs = e.receivedMs;
      recount(doors);
      return;
    }
    case 'day.closed':
      doors.closed.set(e.day, (doors.closed.get(e.day) ?? 0) + 1);
      return;
    default:
      return;
  }
};

/**
 * What a show's day sends, decided before anything is sent and by the seed alone: the crossings at every door, what visitors do at every
 * kiosk, which codes phones ask for. Ids are made from the seed and the devices' own ids, so that two runs never share one.
 */
import { createHash } from 'node:crypto';
import { hourMs, rfc3339 } from '../../shared/hongkong-time.ts';
import { type Random, randomOf, seedOf } from '../../shared/random.ts';
import type { Reading } from '../../shared/reading.ts';
import { LANGS } from '../../shared/words.ts';
import { arrivals } from './simulate-curve.ts';

/** the share of visits that touch a kiosk, of sessions that show a code, of shown codes that a phone asks for */
const sessionShare = 0.2;
const shownShare = 0.4;
const scanShare = 0.6;
const previewShare = 0.1;
const headShare = 0.05;
/** of batches: sent again whole, overlapping the next, sent again because its answer was lost, contradicted afterwards */
const repeatShare = 0.05;
const overlapShare = 0.05;
const lostAnswerShare = 0.02;
const conflictShare = 0.01;
const staffShare = 0.04;
const batchRecordsMax = 10;
/** a visitor stays this part of the day, on average (40 minutes of eight hours) */
const stayPart = 40 / 480;
const sessionMsMax = 240_000;

export type Span = {
  startMs: number;
  endMs: number;
  /** length of one door record */
  intervalMs: number;
  /** nothing at a kiosk happens this close to a full hour: its clock is measured no closer than a slow hello allows */
  edgeMs: number;
};
export type Interval = Extract<Reading, { kind: 'interval' }>;
export type DoorBatch = {
  dueMs: number;
  /** records not told before, and those of the batch before that are told again with them */
  fresh: Interval[];
  again: Interval[];
  /** contradicts what was told: must be kept aside */
  conflict: boolean;
  /** why it is sent a second time once it is answered */
  second: 'repeat' | 'lost-answer' | null;
};
export type DoorPlan = { point: string; batches: DoorBatch[] };
export type PlannedEvent = { atMs: number; malformed: boolean; body: { [field: string]: unknown; id: string; kind: string } };
export type KioskPlan = {
  kiosk: string;
  events: PlannedEvent[];
  /** how wrong its clock is */
  clockWrongMs: number;
  outages: { fromMs: number; toMs: number }[];
  /** when a copy of its storage is made and when it falls back to that copy */
  fallback: { copyMs: number; backMs: number } | null;
};
export type PhonePlan = { dueMs: number; code: string; project: string | null; way: 'scan' | 'preview' | 'head' };
export type ShowPlan = { doors: DoorPlan[]; kiosks: KioskPlan[]; phones: PhonePlan[] };
export type ShowGiven = {
  seed: number;
  visits: number;
  span: Span;
  points: readonly string[];
  kiosks: readonly string[];
  projects: readonly { id: string; code: string }[];
  /** makes this run's ids differ from every other's */
  salt: string;
};

const intervalAt = (span: Span, bin: number, count: { in: number; out: number }, staff: boolean): Interval => {
  const from = span.startMs + bin * span.intervalMs;
  return { kind: 'interval', from: rfc3339(from), to: rfc3339(from + span.intervalMs), ...count, ...(staff && { class: 'staff' }) };
};

/** Counts by door and bin: exactly `visits` entries, and as many exits about 40 minutes later, all within the day. */
const crossingsOf = (given: ShowGiven, random: Random): { in: number; out: number }[][] => {
  const { points, visits, span } = given;
  const bins = Math.floor((span.endMs - span.startMs) / span.intervalMs);
  const counts = points.map(() => Array.from({ length: bins }, () => ({ in: 0, out: 0 })));
  const draw = arrivals(bins);
  // the first door is the main one
  const doorOf = (): number => (random.hits(0.4) ? 0 : random.below(points.length));
  for (let i = 0; i < visits; i++) {
    const bin = draw(random);
    const stay = -Math.log(1 - random.next()) * stayPart * 0.6 + stayPart * 0.4;
    const left = Math.min(bins - 1, bin + Math.round(stay * bins));
    const [entry, exit] = [counts[doorOf()]?.[bin], counts[doorOf()]?.[left]];
    if (entry) entry.in++;
    if (exit) exit.out++;
  }
  return counts;
};

const batchesOf = (records: readonly { due: number; record: Interval }[], random: Random): DoorBatch[] => {
  const batches: DoorBatch[] = [];
  let again: Interval[] = [];
  for (let at = 0; at < records.length; ) {
    const part = records.slice(at, at + 1 + random.below(batchRecordsMax));
    at += part.length;
    const fresh = part.map((p) => p.record);
    const dueMs = (part.at(-1) as { due: number }).due;
    const second = random.hits(repeatShare) ? 'repeat' : random.hits(lostAnswerShare) ? 'lost-answer' : null;
    batches.push({ dueMs, fresh, again, conflict: false, second });
    again = random.hits(overlapShare) ? fresh.slice(-1 - random.below(3)) : [];
    const doubted = fresh[0] as Interval;
    if (random.hits(conflictShare)) batches.push({ dueMs, fresh: [{ ...doubted, in: doubted.in + 1 }], again: [], conflict: true, second: null });
  }
  return batches;
};

const planDoors = (given: ShowGiven): DoorPlan[] => {
  const random = randomOf(seedOf(given.seed, 'doors'));
  const counts = crossingsOf(given, random);
  return given.points.map((point, d) => {
    const records = (counts[d] ?? []).flatMap((count, bin) => {
      const due = given.span.startMs + (bin + 1) * given.span.intervalMs;
      const visitors = { due, record: intervalAt(given.span, bin, count, false) };
      if (!random.hits(staffShare)) return [visitors];
      return [visitors, { due, record: intervalAt(given.span, bin, { in: random.below(3), out: random.below(3) }, true) }];
    });
    return { point, batches: batchesOf(records, random) };
  });
};

type Step = { afterMs: number; kind: string; malformed?: boolean; [field: string]: unknown };

/** What one visitor does from the first touch to the reset; times are after its start. */
const sessionSteps = (given: ShowGiven, random: Random, lengthMs: number): Step[] => {
  const steps: Step[] = [{ afterMs: 0, kind: 'session.started', lang: LANGS[random.hits(0.55) ? 0 : 1 + random.below(2)] }];
  const views = 1 + random.below(5);
  let inputs = 1;
  for (let v = 0; v < views; v++) {
    // a few projects are what most people look at
    const project = given.projects[Math.floor(random.next() ** 2 * given.projects.length)];
    if (!project) break;
    const from = Math.round(((v + 0.2) / (views + 1)) * lengthMs);
    const to = Math.round(((v + 0.9) / (views + 1)) * lengthMs);
    steps.push({ afterMs: from, kind: 'project.opened', project: project.id, via: random.pick(['hill', 'list', 'search', 'spotlight']) });
    if (v === 0 && random.hits(shownShare)) {
      const code = random.hits(0.1) ? project.code.toLowerCase() : project.code;
      steps.push({ afterMs: Math.round((from + to) / 2), kind: 'link.shown', code, project: project.id });
    }
    if (random.hits(0.1)) steps.push({ afterMs: to, kind: 'project.saved', project: project.id });
    if (random.hits(0.08)) steps.push({ afterMs: to, kind: 'vote.cast', project: project.id });
    steps.push({ afterMs: to, kind: 'project.closed', project: project.id, seconds: (to - from) / 1_000 });
    inputs += 1 + random.below(6);
  }
  if (random.hits(0.06)) steps.push({ afterMs: Math.round(lengthMs * 0.95), kind: 'language.chosen', lang: random.pick(LANGS) });
  steps.push({ afterMs: lengthMs, kind: 'session.ended', reason: random.pick(['idle', 'left']), seconds: lengthMs / 1_000, inputs: random.hits(0.15) ? 1 : inputs });
  return steps;
};

/** Events that a broken kiosk might send: each must be refused by itself and keep nothing from being recorded. */
const MALFORMED: readonly { kind: string; [field: string]: unknown }[] = [
  { kind: 'session.exploded' },
  { kind: 'project.opened', project: 'Not A Slug', via: 'hill' },
  { kind: 'session.ended', reason: 'idle', seconds: -1, inputs: 2 },
  { kind: 'link.shown', code: '' },
  { kind: 'device.fault', id: 'short', code: 'x' },
];

/** Times near a full hour are moved behind it; the order stays. */
const clearOfHours = (atMs: number, edgeMs: number): number => {
  const edge = Math.round(atMs / hourMs) * hourMs;
  return Math.abs(atMs - edge) < edgeMs ? edge + edgeMs : atMs;
};

const planKiosk = (given: ShowGiven, kiosk: string, index: number, sessions: readonly number[]): KioskPlan => {
  const { span } = given;
  const random = randomOf(seedOf(given.seed, `kiosk ${index}`));
  const lengthMs = span.endMs - span.startMs;
  const longestMs = Math.min(sessionMsMax, lengthMs / 3);
  const idOf = (part: string): string => createHash('sha256').update(`${given.salt}|${kiosk}|${part}`).digest('base64url').slice(0, 22);
  const events: PlannedEvent[] = [];
  const put = (atMs: number, session: string, { malformed = false, afterMs, ...body }: Step): void => {
    const id = idOf(`event ${events.length}`);
    events.push({ atMs: clearOfHours(Math.round(atMs + afterMs), span.edgeMs), malformed, body: { id, session, ...body } });
  };
  for (const [n, part] of sessions.entries()) {
    // ends within the day also where an event near a full hour is moved behind it: later than that never comes
    const startMs = span.startMs + part * (lengthMs - longestMs - 2 * span.edgeMs);
    const session = idOf(`session ${n}`);
    for (const step of sessionSteps(given, random, Math.round(random.between(0.02, 1) * longestMs))) put(startMs, session, step);
    if (n === 0 || random.hits(0.01)) put(startMs, session, { ...(MALFORMED[(index + n) % MALFORMED.length] as { kind: string }), afterMs: 1, malformed: true });
  }
  events.sort((a, b) => a.atMs - b.atMs);
  const outages = [0.2, 0.6].map((base) => {
    const fromMs = span.startMs + (base + random.next() * 0.2) * lengthMs;
    return { fromMs, toMs: fromMs + random.between(0.03, 0.1) * lengthMs };
  });
  const copyMs = span.startMs + random.between(0.3, 0.4) * lengthMs;
  return {
    kiosk,
    events,
    clockWrongMs: index % 5 === 2 ? Math.round(random.between(-40, 40) * 60_000) : 0,
    outages,
    fallback: index % 4 === 1 ? { copyMs, backMs: copyMs + random.between(0.1, 0.3) * lengthMs } : null,
  };
};

const planKiosks = (given: ShowGiven): KioskPlan[] => {
  const random = randomOf(seedOf(given.seed, 'sessions'));
  const bins = 1_000;
  const draw = arrivals(bins);
  const starts = given.kiosks.map((): number[] => []);
  const sessions = given.kiosks.length === 0 ? 0 : Math.round(given.visits * sessionShare);
  for (let i = 0; i < sessions; i++) starts[random.below(starts.length)]?.push((draw(random) + random.next()) / bins);
  return given.kiosks.map((kiosk, i) => planKiosk(given, kiosk, i, starts[i]?.sort((a, b) => a - b) ?? []));
};

const planPhones = (given: ShowGiven, kiosks: readonly KioskPlan[]): PhonePlan[] => {
  const random = randomOf(seedOf(given.seed, 'phones'));
  const ways = [
    ['scan', scanShare],
    ['preview', previewShare],
    ['head', headShare],
  ] as const;
  return kiosks
    .flatMap((k) => k.events)
    .filter((e) => e.body.kind === 'link.shown' && !e.malformed)
    .flatMap(({ atMs, body }) => {
      const asked = { dueMs: atMs + random.between(2_000, 30_000), code: String(body['code']), project: (body['project'] as string | undefined) ?? null };
      return ways.flatMap(([way, share]) => (random.hits(share) ? [{ ...asked, way }] : []));
    })
    .sort((a, b) => a.dueMs - b.dueMs);
};

/** The whole day. The same givens give the same plan. */
export const planShow = (given: ShowGiven): ShowPlan => {
  const kiosks = planKiosks(given);
  return { doors: planDoors(given), kiosks, phones: planPhones(given, kiosks) };
};

/** The engagement fold: what happened at the kiosks and with the links of one showcase, by hour. It never feeds visits (R10). */
import type { Entry } from './entry.ts';
import type { KioskEvent } from './event.ts';
import { HashIndex } from './hash-index.ts';
import { hourMs, hourOf, startOfHourMs } from './hongkong-time.ts';
import { type Cast, countedCast, turnsAfter, type VoteTurn, voteStateAt, withCast } from './vote.ts';

/** outside this span around its receipt an event's time can't be believed: it counts when it was received */
export const eventAheadMsMax = 120_000;
export const eventAgeMsMax = 31 * 86_400_000;
export const engagedSecondsMin = 10;
export const engagedInputsMin = 2;
/** names counted apart in one hour; any further ones count together under `unknown` */
export const namesPerHourMax = 2_000;

export type ProjectCount = { views: number; shown: number; scanned: number; saved: number; votes: number };
export type KioskCount = { zone: string; sessions: number; engaged: number; views: number; shown: number; faults: number };
export type LinkCount = { project: string | null; shown: number; scanned: number };
export type EngagementHour = {
  sessions: number;
  engaged: number;
  views: number;
  shown: number;
  scanned: number;
  projects: Map<string, ProjectCount>;
  kiosks: Map<string, KioskCount>;
  links: Map<string, LinkCount>;
  langs: Map<string, number>;
};
export type Engagement = {
  hours: Map<string, EngagementHour> /** session and project: one view each (terms of SPEC) */;
  viewed: HashIndex;
  vote: {
    /** how the vote was and will be, oldest first */
    turns: VoteTurn[];
    /** the result of the closed vote is shown to visitors */
    published: boolean;
    /** session, then its choices: one of them at most is its vote */
    casts: Map<string, Cast[]>;
  };
  times: { [quality in Exclude<TimeQuality, 'synced'>]: number };
  rejected: number;
  /** when a kiosk rehearsed, or under `*` the whole showcase: what happened then counts nowhere */
  rehearsals: Map<string, { fromMs: number; toMs: number | null }[]>;
  /** events and scans that were kept out for it */
  rehearsed: number;
};

export const emptyEngagement = (): Engagement => ({
  hours: new Map(),
  viewed: new HashIndex(false),
  vote: { turns: [], published: false, casts: new Map() },
  times: { inferred: 0, received: 0, clamped: 0 },
  rejected: 0,
  rehearsals: new Map(),
  rehearsed: 0,
});
const emptyHour = (): EngagementHour => ({ sessions: 0, engaged: 0, views: 0, shown: 0, scanned: 0, projects: new Map(), kiosks: new Map(), links: new Map(), langs: new Map() });

const named = <V>(map: Map<string, V>, name: string, make: () => V): V => {
  const known = map.get(name);
  if (known !== undefined) return known;
  const key = map.size < namesPerHourMax ? name : 'unknown';
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
};
const projectCount = (): ProjectCount => ({ views: 0, shown: 0, scanned: 0, saved: 0, votes: 0 });

// the last hour asked for is remembered, with the fold that it belongs to: events come in order
let knownOf: Engagement['hours'] | null = null;
let knownFromMs = 0;
let known: EngagementHour = emptyHour();
const hourAt = (state: Engagement, atMs: number): EngagementHour => {
  if (state.hours === knownOf && atMs >= knownFromMs && atMs < knownFromMs + hourMs) return known;
  const hour = hourOf(atMs);
  let found = state.hours.get(hour);
  if (!found) {
    found = emptyHour();
    state.hours.set(hour, found);
  }
  knownOf = state.hours;
  knownFromMs = startOfHourMs(hour);
  known = found;
  return found;
};

/** How well it is known when an event happened; `clamped`: what the device said can't be. */
export type TimeQuality = 'synced' | 'inferred' | 'received' | 'clamped';

/** When an event happened by the hub's clock: the device's own, corrected; the time of receipt where that is unknown or can't be believed. */
export const happened = (event: Pick<KioskEvent, 'atMs' | 'time'>, batch: { offsetMs: number; receivedMs: number }): { atMs: number; quality: TimeQuality } => {
  const { receivedMs } = batch;
  if (event.time === 'received') return { atMs: receivedMs, quality: 'received' };
  const atMs = event.atMs + batch.offsetMs;
  if (atMs > receivedMs + eventAheadMsMax || atMs < receivedMs - eventAgeMsMax) return { atMs: receivedMs, quality: 'clamped' };
  return { atMs, quality: event.time ?? 'synced' };
};

/** A session's vote was this one and is that one now. */
const recount = (state: Engagement, was: Cast | null, is: Cast | null): void => {
  if (was === is) return;
  if (was) named(hourAt(state, was.atMs).projects, was.project, projectCount).votes--;
  if (is) named(hourAt(state, is.atMs).projects, is.project, projectCount).votes++;
};

/** The vote waits, opens or closes: every session's vote is found again. Only a closed vote stays published. */
const applyVoteSet = (state: Engagement, e: Extract<Entry, { kind: 'vote.set' }>): void => {
  const { vote } = state;
  const turns = turnsAfter(vote.turns, e);
  for (const casts of vote.casts.values()) recount(state, countedCast(casts, vote.turns), countedCast(casts, turns));
  vote.turns = turns;
  if (e.state !== 'closed') vote.published = false;
};

const applyEvent = (state: Engagement, event: KioskEvent, atMs: number, device: string, zone: string, first: boolean | undefined): void => {
  const hour = hourAt(state, atMs);
  const kiosk = named(hour.kiosks, device, () => ({ zone, sessions: 0, engaged: 0, views: 0, shown: 0, faults: 0 }));
  switch (event.kind) {
    case 'session.started':
      hour.sessions++;
      kiosk.sessions++;
      hour.langs.set(event.lang, (hour.langs.get(event.lang) ?? 0) + 1);
      return;
    case 'session.ended':
      if (event.seconds < engagedSecondsMin || event.inputs < engagedInputsMin) return;
      hour.engaged++;
      kiosk.engaged++;
      return;
    case 'project.opened':
      if (!(first ?? state.viewed.addPair(event.session, event.project))) return;
      hour.views++;
      kiosk.views++;
      named(hour.projects, event.project, projectCount).views++;
      return;
    case 'link.shown': {
      const code = event.code.toUpperCase();
      hour.shown++;
      kiosk.shown++;
      named(hour.links, code, () => ({ project: event.project ?? null, shown: 0, scanned: 0 })).shown++;
      if (event.project !== undefined) named(hour.projects, event.project, projectCount).shown++;
      return;
    }
    case 'project.saved':
      named(hour.projects, event.project, projectCount).saved++;
      return;
    case 'vote.cast': {
      // it stands in its hour, counted or not
      named(hour.projects, event.project, projectCount);
      const { turns, casts } = state.vote;
      const before = casts.get(event.session) ?? [];
      const after = withCast(before, { atMs, project: event.project });
      casts.set(event.session, after);
      recount(state, countedCast(before, turns), countedCast(after, turns));
      return;
    }
    case 'device.fault':
      kiosk.faults++;
      return;
    case 'project.closed':
    case 'language.chosen':
    case 'mode.chosen':
    case 'quiz.answered':
    case 'visit.rated':
      return;
  }
};

/** under this name a rehearsal of the whole showcase is kept */
export const everyone = '*';
/** Whether what a kiosk recorded at an instant is a rehearsal's, its own or the showcase's. */
export const rehearses = (state: Engagement, who: string, atMs: number): boolean =>
  state.rehearsals.size > 0 && [who, everyone].some((w) => state.rehearsals.get(w)?.some((r) => r.fromMs <= atMs && (r.toMs === null || atMs < r.toMs)) === true);

/** A rehearsal begins or ends, of kiosks or of the whole showcase; one that already runs, or does not, stays as it is. */
const applyRehearsal = (state: Engagement, e: Extract<Entry, { kind: 'rehearsal.set' }>): void => {
  for (const who of e.devices ?? [everyone]) {
    const spans = state.rehearsals.get(who) ?? [];
    const last = spans.at(-1);
    const running = last !== undefined && last.toMs === null;
    if (e.on === running) continue;
    if (e.on) spans.push({ fromMs: e.receivedMs, toMs: null });
    else if (last) last.toMs = e.receivedMs;
    state.rehearsals.set(who, spans);
  }
};

/** What a batch says of all its events. */
type Batch = Pick<Extract<Entry, { kind: 'kiosk.recorded' }>, 'receivedMs' | 'offsetMs' | 'device' | 'zone'>;

/** Folds one recorded event of a batch in. `first`: whether it is a visit's first view of its project, where that is in `viewed` already. */
export const applyRecorded = (state: Engagement, event: KioskEvent, batch: Batch, first?: boolean): void => {
  const when = happened(event, batch);
  if (when.quality !== 'synced') state.times[when.quality]++;
  if (rehearses(state, batch.device, when.atMs)) state.rehearsed++;
  else applyEvent(state, event, when.atMs, batch.device, batch.zone, first);
};

/** Folds one entry of this showcase into its engagement. */
export const applyToEngagement = (state: Engagement, e: Entry): void => {
  if (e.kind === 'rehearsal.set') {
    applyRehearsal(state, e);
    return;
  }
  if (e.kind === 'vote.set') {
    applyVoteSet(state, e);
    return;
  }
  if (e.kind === 'vote.published') {
    state.vote.published = e.on && voteStateAt(state.vote.turns, e.receivedMs) === 'closed';
    return;
  }
  if (e.kind === 'link.scanned') {
    if (rehearses(state, everyone, e.receivedMs)) {
      state.rehearsed += e.n;
      return;
    }
    const hour = hourAt(state, e.receivedMs);
    hour.scanned += e.n;
    named(hour.links, e.code, () => ({ project: e.project, shown: 0, scanned: 0 })).scanned += e.n;
    if (e.project !== null) named(hour.projects, e.project, projectCount).scanned += e.n;
    return;
  }
  if (e.kind !== 'kiosk.recorded') return;
  for (const item of e.items) {
    if ('kind' in item) applyRecorded(state, item, e);
    else if ('rejected' in item) state.rejected++;
  }
};

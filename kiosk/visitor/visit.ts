/**
 * The visit as a pure state machine: what is on the screen, whose session it is, when to ask "are you still there?", and which facts
 * are recorded. Time and ids are passed in; nothing here touches the page. A reset leaves nothing of a visitor behind.
 */
import type { KioskEvent } from '../../shared/event.ts';
import { listCode } from '../../shared/links.ts';
import { inputsMax, sessionSecondsMax } from '../../shared/session-limits.ts';
import type { Lang } from '../../shared/words.ts';
import { emptyKeep, type Keep, type KeepAct, keepStep, withSeen } from './keep.ts';

/** a project counts as opened once it was visible this long */
export const projectSeenMs = 3_000;
/** a code counts as shown once it was visible this long */
export const codeSeenMs = 2_000;
export const idleWarnMs = { browse: 45_000, project: 60_000, takeaway: 90_000, accessible: 120_000 } as const;
export const countdownMs = { usual: 25_000, accessible: 40_000 } as const;
/** a contact that lasts longer is a drop of water or a bag, not a finger: it no longer holds off the reset */
export const fingerStuckMs = 300_000;
/** a start counts from the touch that caused it when that is this recent */
const startTouchMs = 3_000;
export const homeLang: Lang = 'zh-HK';

/** `elder`: large words, rewritten sentences and fewer things, all at once; `read`: what is on the screen is spoken. */
export type Mode = 'elder' | 'large' | 'contrast' | 'low' | 'motion' | 'time' | 'read';
export type Theme = 'night' | 'day';
export type Modes = { [M in Mode]: boolean } & { /** null: the kiosk's own */ theme: Theme | null };
export const noModes: Modes = { elder: false, large: false, contrast: false, low: false, motion: false, time: false, read: false, theme: null };
const MODE_FACT: { [M in Mode]: string } = {
  elder: 'elder',
  large: 'large-text',
  contrast: 'high-contrast',
  low: 'low-reach',
  motion: 'less-motion',
  time: 'more-time',
  read: 'read-aloud',
};

/** `trail` names the row that the project is walked along: see catalogue.ts. */
export type Screen =
  | { kind: 'attract' }
  | { kind: 'hill' }
  | { kind: 'pier' }
  | { kind: 'list'; area: string | null }
  | { kind: 'collection' }
  | { kind: 'quiz' }
  | { kind: 'say' }
  | { kind: 'walk'; trail: string; project: string }
  | { kind: 'project'; trail: string; project: string; via: Via }
  | { kind: 'takeaway'; trail: string; project: string; via: Via; code: string };
export type Via = 'walk' | 'stage' | 'list' | 'next' | 'surprise' | 'spotlight' | 'saved' | 'quiz';
export type EndReason = 'idle' | 'start_over' | 'staff' | 'paused' | 'emergency' | 'reload';

/** A fact to record, with the time at which it happened on this device. */
export type Fact = KioskEvent extends infer E ? (E extends KioskEvent ? Omit<E, 'id'> : never) : never;

export type Visit = {
  lang: Lang;
  session: string | null;
  firstMs: number;
  /** the last intentional input: where the session ends */
  lastMs: number;
  /** since when nothing has happened: what the idle warning counts from */
  quietMs: number;
  inputs: number;
  fingers: readonly { id: number; sinceMs: number }[];
  screen: Screen;
  sheet: boolean;
  /** since when the still-there question stands; null while it doesn't */
  warnedMs: number | null;
  modes: Modes;
  /** the keys of the assistive keypad are in use: what is reached is spoken */
  keypad: boolean;
  viewing: { project: string; via: Via; sinceMs: number; told: boolean } | null;
  code: { code: string; project: string | null; sinceMs: number; told: boolean } | null;
  keep: Keep;
};

export type Action =
  | { kind: 'touched'; finger: number }
  | { kind: 'lifted'; finger: number }
  | { kind: 'pressed' }
  | { kind: 'started'; lang: Lang; session: string; screen: Screen }
  | { kind: 'spoke'; lang: Lang }
  | { kind: 'went'; screen: Screen }
  | { kind: 'returned' }
  | { kind: 'sheet'; open: boolean; session: string }
  /** `session`: the visit that a mode begins when it is chosen on the resting screen */
  | { kind: 'chose'; mode: Mode; on: boolean; session?: string }
  | { kind: 'keyed'; session: string }
  | { kind: 'kept'; act: KeepAct }
  | { kind: 'themed'; theme: Theme }
  | { kind: 'stayed' }
  | { kind: 'ended'; reason: EndReason }
  | { kind: 'ticked' };

export type Step = { visit: Visit; facts: Fact[] };

/** The screen as it is when nobody is there. */
export const restVisit = (atMs: number): Visit => ({
  lang: homeLang,
  session: null,
  firstMs: atMs,
  lastMs: atMs,
  quietMs: atMs,
  inputs: 0,
  fingers: [],
  screen: { kind: 'attract' },
  sheet: false,
  warnedMs: null,
  modes: noModes,
  keypad: false,
  viewing: null,
  code: null,
  keep: emptyKeep,
});

/** Whether any of the accessibility modes is on: they lengthen every wait. */
export const isAccessible = (m: Modes): boolean => m.elder || m.large || m.contrast || m.low || m.motion || m.time || m.read;

/** How long nothing may happen before the question is asked, ms. */
export const warnAfterMs = (v: Visit): number => {
  if (isAccessible(v.modes)) return idleWarnMs.accessible;
  switch (v.screen.kind) {
    case 'takeaway':
    case 'collection':
    case 'say':
      return idleWarnMs.takeaway;
    case 'project':
    case 'quiz':
      return idleWarnMs.project;
    default:
      return idleWarnMs.browse;
  }
};

/** How long the question stands before the reset, ms. */
export const countdownOf = (v: Visit): number => (isAccessible(v.modes) ? countdownMs.accessible : countdownMs.usual);

/** Where Back leads; null means out: the visit ends. */
export const parentOf = (screen: Screen): Screen | null => {
  switch (screen.kind) {
    case 'takeaway':
      return { kind: 'project', trail: screen.trail, project: screen.project, via: screen.via };
    case 'project':
      if (screen.via === 'saved') return { kind: 'collection' };
      if (screen.via === 'quiz') return { kind: 'quiz' };
      return screen.via === 'list' ? { kind: 'list', area: null } : { kind: 'walk', trail: screen.trail, project: screen.project };
    case 'walk':
      return screen.trail.startsWith('area:') ? { kind: 'hill' } : { kind: 'pier' };
    case 'pier':
    case 'list':
    case 'collection':
    case 'quiz':
    case 'say':
      return { kind: 'hill' };
    case 'hill':
    case 'attract':
      return null;
  }
};

const seconds = (ms: number): number => Math.min(sessionSecondsMax, Math.max(0, Math.round(ms / 100) / 10));

/** Closes the project on view, when it was on view long enough to count. */
const closeView = (v: Visit, untilMs: number): Fact[] => {
  if (!v.viewing?.told || v.session === null) return [];
  const ms = Math.max(projectSeenMs, untilMs - v.viewing.sinceMs);
  return [{ kind: 'project.closed', atMs: v.viewing.sinceMs + ms, session: v.session, project: v.viewing.project, seconds: seconds(ms) }];
};

const enter = (v: Visit, screen: Screen, atMs: number): Step => {
  const project = screen.kind === 'project' || screen.kind === 'takeaway' ? screen.project : null;
  const stays = project !== null && v.viewing?.project === project;
  const viewing = stays ? v.viewing : screen.kind === 'project' ? { project: screen.project, via: screen.via, sinceMs: atMs, told: false } : null;
  const shown =
    screen.kind === 'takeaway'
      ? { code: screen.code, project: screen.project }
      : screen.kind === 'collection' && v.keep.saved.length > 0
        ? { code: listCode, project: null }
        : null;
  const code = shown && { ...shown, sinceMs: atMs, told: false };
  const keep = screen.kind === 'project' ? withSeen(v.keep, screen.project) : v.keep;
  return { visit: { ...v, screen, sheet: false, viewing, code, keep }, facts: stays ? [] : closeView(v, atMs) };
};

const end = (v: Visit, reason: EndReason, atMs: number): Step => {
  if (v.session === null) return { visit: { ...restVisit(atMs), fingers: v.fingers }, facts: [] };
  const facts = closeView(v, reason === 'idle' ? v.lastMs : atMs);
  const { vote, replaced, rated } = v.keep;
  // the last first: hubs older than wire 9 count the one that they hear first
  for (const { project, atMs: chosenMs } of vote ? [vote, ...replaced.toReversed()] : []) facts.push({ kind: 'vote.cast', atMs: chosenMs, session: v.session, project });
  if (rated) facts.push({ kind: 'visit.rated', atMs: rated.atMs, session: v.session, rating: rated.rating });
  facts.push({ kind: 'session.ended', atMs: v.lastMs, session: v.session, reason, seconds: seconds(v.lastMs - v.firstMs), inputs: Math.min(inputsMax, v.inputs) });
  return { visit: { ...restVisit(atMs), fingers: v.fingers }, facts };
};

const begin = (v: Visit, lang: Lang, session: string, atMs: number): Step => {
  const firstMs = atMs - v.quietMs >= 0 && atMs - v.quietMs < startTouchMs ? v.quietMs : atMs;
  return { visit: { ...v, lang, session, firstMs, lastMs: atMs, quietMs: atMs, inputs: 1 }, facts: [{ kind: 'session.started', atMs: firstMs, session, lang }] };
};

const touch = (v: Visit, atMs: number, inputs: number): Visit => ({
  ...v,
  lastMs: v.session === null ? v.lastMs : atMs,
  quietMs: atMs,
  inputs: v.session === null ? 0 : v.inputs + inputs,
});

const seen = (v: Visit, atMs: number): Step => {
  const facts: Fact[] = [];
  let { viewing, code } = v;
  if (v.session !== null && viewing && !viewing.told && atMs - viewing.sinceMs >= projectSeenMs) {
    facts.push({ kind: 'project.opened', atMs: viewing.sinceMs, session: v.session, project: viewing.project, via: viewing.via });
    viewing = { ...viewing, told: true };
  }
  if (v.session !== null && code && !code.told && atMs - code.sinceMs >= codeSeenMs) {
    facts.push({ kind: 'link.shown', atMs: code.sinceMs, session: v.session, code: code.code, ...(code.project !== null && { project: code.project }) });
    code = { ...code, told: true };
  }
  return { visit: facts.length > 0 ? { ...v, viewing, code } : v, facts };
};

const tick = (before: Visit, atMs: number): Step => {
  let v = before;
  if (v.fingers.some((f) => atMs - f.sinceMs > fingerStuckMs)) v = { ...v, fingers: v.fingers.filter((f) => atMs - f.sinceMs <= fingerStuckMs) };
  if (v.session === null) return { visit: v, facts: [] };
  if (atMs < v.quietMs) v = { ...v, quietMs: atMs, warnedMs: null }; // the clock was set back
  const { visit, facts } = seen(v, atMs);
  if (visit.fingers.length > 0) return { visit, facts };
  if (visit.warnedMs !== null) {
    if (visit.quietMs > visit.warnedMs) return { visit: { ...visit, warnedMs: null }, facts };
    if (atMs - visit.warnedMs < countdownOf(visit)) return { visit, facts };
    const ended = end(visit, 'idle', atMs);
    return { visit: ended.visit, facts: [...facts, ...ended.facts] };
  }
  return { visit: atMs - visit.quietMs >= warnAfterMs(visit) ? { ...visit, warnedMs: atMs } : visit, facts };
};

/** A mode chosen on the resting screen begins a visit, as a touch of the start does. */
const choose = (v: Visit, mode: Mode, on: boolean, session: string | undefined, atMs: number): Step => {
  if (v.modes[mode] === on) return { visit: v, facts: [] };
  const begun = v.session === null && on && session !== undefined ? begin(v, v.lang, session, atMs) : { visit: v, facts: [] };
  const told: Fact[] = begun.visit.session !== null && on ? [{ kind: 'mode.chosen', atMs, session: begun.visit.session, mode: MODE_FACT[mode] }] : [];
  return { visit: { ...begun.visit, modes: { ...v.modes, [mode]: on } }, facts: [...begun.facts, ...told] };
};

/** The visit after an action, and the facts that it made. Returns the same object where nothing changes. */
export const step = (v: Visit, action: Action, atMs: number): Step => {
  switch (action.kind) {
    case 'touched':
      return { visit: { ...touch(v, atMs, 1), fingers: [...v.fingers.filter((f) => f.id !== action.finger), { id: action.finger, sinceMs: atMs }] }, facts: [] };
    case 'lifted':
      return { visit: { ...touch(v, atMs, 0), fingers: v.fingers.filter((f) => f.id !== action.finger) }, facts: [] };
    case 'pressed':
      return { visit: touch(v, atMs, 1), facts: [] };
    case 'started': {
      if (v.session !== null) {
        const spoken = step(v, { kind: 'spoke', lang: action.lang }, atMs);
        const entered = enter(spoken.visit, action.screen, atMs);
        return { visit: entered.visit, facts: [...spoken.facts, ...entered.facts] };
      }
      const begun = begin(v, action.lang, action.session, atMs);
      return { visit: enter(begun.visit, action.screen, atMs).visit, facts: begun.facts };
    }
    case 'spoke':
      if (v.lang === action.lang) return { visit: v, facts: [] };
      return { visit: { ...v, lang: action.lang }, facts: v.session === null ? [] : [{ kind: 'language.chosen', atMs, session: v.session, lang: action.lang }] };
    case 'went':
      return enter(v, action.screen, atMs);
    case 'returned': {
      if (v.sheet) return { visit: { ...v, sheet: false }, facts: [] };
      const parent = parentOf(v.screen);
      return parent ? enter(v, parent, atMs) : end(v, 'start_over', atMs);
    }
    case 'sheet': {
      const begun = v.session === null && action.open ? begin(v, v.lang, action.session, atMs) : { visit: v, facts: [] };
      return { visit: { ...begun.visit, sheet: action.open }, facts: begun.facts };
    }
    case 'chose':
      return choose(v, action.mode, action.on, action.session, atMs);
    case 'keyed': {
      const chosen = choose(v, 'read', true, action.session, atMs);
      return { visit: { ...chosen.visit, keypad: true }, facts: chosen.facts };
    }
    case 'themed':
      return {
        visit: { ...v, modes: { ...v.modes, theme: action.theme, contrast: false } },
        facts: v.session === null ? [] : [{ kind: 'mode.chosen', atMs, session: v.session, mode: action.theme }],
      };
    case 'kept': {
      const { session } = v;
      if (session === null) return { visit: v, facts: [] };
      const { keep, facts } = keepStep(v.keep, action.act, atMs);
      const code = v.screen.kind === 'collection' && keep.saved.length === 0 ? null : v.code;
      return { visit: keep === v.keep ? v : { ...v, keep, code }, facts: facts.map((fact) => ({ ...fact, atMs, session })) };
    }
    case 'stayed':
      return { visit: { ...v, warnedMs: null, quietMs: atMs }, facts: [] };
    case 'ended':
      return end(v, action.reason, atMs);
    case 'ticked':
      return tick(v, atMs);
  }
};

/**
 * What kiosks send most, read without the schema library at a tenth of its cost. Each of these takes only what its schema takes and gives
 * the same value, key by key; null means that the schema has to say, and why. Nothing is judged here that the schema would judge otherwise
 * (tested against it), so the schemas stay the only definition.
 */
import type { KioskEvent } from './event.ts';
import { CODE, FAULT, ID, INSTANT_MS_MAX, MODE, SLUG, slugCharsMax, WORD } from './patterns.ts';
import { RATINGS, type Rating } from './ratings.ts';
import { inputsMax, sessionSecondsMax } from './session-limits.ts';
import { batchEventsMax } from './wire-limits.ts';
import { LANGS, type Lang } from './words.ts';

type Field = 'id' | 'atMs' | 'time' | 'kind' | 'session' | 'lang' | 'reason' | 'seconds' | 'inputs' | 'project' | 'via' | 'code' | 'mode' | 'right' | 'rating';
type Told = { readonly [field in Field]?: unknown };

const spelt = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);
const isSlug = (value: unknown): value is string => spelt(value, SLUG) && value.length <= slugCharsMax;
const isSeconds = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= sessionSecondsMax;
const isInputs = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= inputsMax;
const isInstant = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= -INSTANT_MS_MAX && (value as number) <= INSTANT_MS_MAX;
const isLang = (value: unknown): value is Lang => LANGS.includes(value as Lang);
const isRating = (value: unknown): value is Rating => RATINGS.includes(value as Rating);

const untimed = (raw: Told): KioskEvent | null => {
  const { id, atMs, kind, session, project } = raw;
  if (!spelt(id, ID) || !isInstant(atMs)) return null;
  if (kind === 'device.fault') return spelt(raw.code, FAULT) ? { id, atMs, kind, code: raw.code } : null;
  if (!spelt(session, ID)) return null;
  switch (kind) {
    case 'session.started':
    case 'language.chosen':
      return isLang(raw.lang) ? { id, atMs, kind, session, lang: raw.lang } : null;
    case 'session.ended': {
      const { reason, seconds, inputs } = raw;
      return spelt(reason, WORD) && isSeconds(seconds) && isInputs(inputs) ? { id, atMs, kind, session, reason, seconds, inputs } : null;
    }
    case 'project.opened':
      return isSlug(project) && spelt(raw.via, WORD) ? { id, atMs, kind, session, project, via: raw.via } : null;
    case 'project.closed':
      return isSlug(project) && isSeconds(raw.seconds) ? { id, atMs, kind, session, project, seconds: raw.seconds } : null;
    case 'link.shown':
      if (!spelt(raw.code, CODE)) return null;
      if (project === undefined) return 'project' in raw ? null : { id, atMs, kind, session, code: raw.code };
      return isSlug(project) ? { id, atMs, kind, session, code: raw.code, project } : null;
    case 'project.saved':
    case 'vote.cast':
      return isSlug(project) ? { id, atMs, kind, session, project } : null;
    case 'mode.chosen':
      return spelt(raw.mode, MODE) ? { id, atMs, kind, session, mode: raw.mode } : null;
    case 'quiz.answered':
      return isSlug(project) && typeof raw.right === 'boolean' ? { id, atMs, kind, session, project, right: raw.right } : null;
    case 'visit.rated':
      return isRating(raw.rating) ? { id, atMs, kind, session, rating: raw.rating } : null;
    default:
      return null;
  }
};

const isObject = (raw: unknown): raw is object => typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** The event, as `eventSchema` would give it; null where only that can tell. */
export const quickEvent = (raw: unknown): KioskEvent | null => {
  if (!isObject(raw)) return null;
  const { time } = raw as Told;
  if (time === undefined) return 'time' in raw ? null : untimed(raw);
  if (time !== 'inferred' && time !== 'received') return null;
  const event = untimed(raw);
  // in the schema's order
  return event && Object.assign({ id: event.id, atMs: event.atMs, time }, event);
};

/** A batch, as `recordSchema` would give it; null where only that can tell. */
export const quickRecord = (raw: unknown): { epoch: string; events: unknown[]; after?: string } | null => {
  if (!isObject(raw)) return null;
  const { epoch, events, after } = raw as { epoch?: unknown; events?: unknown; after?: unknown };
  if (Object.keys(raw).length !== (after === undefined ? 2 : 3)) return null;
  if (!spelt(epoch, ID) || !Array.isArray(events) || events.length < 1 || events.length > batchEventsMax) return null;
  if (after === undefined) return { epoch, events };
  return spelt(after, ID) ? { epoch, events, after } : null;
};

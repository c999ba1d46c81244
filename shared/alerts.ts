/**
 * Alerts: which there are, how long something must be wrong before one is raised, and how long it must be right before it is cleared. A
 * pure machine: what is seen now and what was known before give what holds from now on. Sources of the thresholds: operations of the
 * field, listed in SPEC (L rules); `alert-signs.ts` says what is seen.
 */
import { minuteMs } from './hongkong-time.ts';

export type AlertLevel = 'amber' | 'red';
type Held = AlertLevel | 'clear';

/** How long a rule's sign must last before it is told, and how long it must be better before that is believed. */
type Timing = { amberHoldMs: number; redHoldMs: number; calmMs: number };
const timing = (amberHoldMs: number, redHoldMs: number, calmMs: number): Timing => ({ amberHoldMs, redHoldMs, calmMs });

/** Every rule. Where the sign is itself a length of time (silent for so long), nothing needs to be held. */
export const ALERT_TIMINGS = {
  'occ.capacity': timing(0, 0, minuteMs),
  'sensor.silent': timing(0, 0, 0),
  'sensor.ratio': timing(0, 0, 30 * minuteMs),
  'sensor.zero': timing(0, 0, 0),
  'sensor.clock': timing(0, 0, minuteMs),
  'sensor.gap': timing(0, 0, 0),
  'sensor.fault': timing(0, 0, 0),
  'doors.none': timing(minuteMs, minuteMs, 0),
  'occ.negative': timing(0, 0, 5 * minuteMs),
  'occ.drift': timing(0, 0, 0),
  'kiosk.offline': timing(0, 0, 10_000),
  'kiosk.queue': timing(0, 0, minuteMs),
  'kiosk.idle-stuck': timing(0, 0, 0),
  'kiosk.fps': timing(minuteMs, minuteMs, minuteMs),
  'kiosk.clock': timing(0, 0, minuteMs),
  'kiosk.fault': timing(0, 0, minuteMs),
  'pack.mismatch': timing(10 * minuteMs, 60 * minuteMs, 0),
  'qr.relay': timing(2 * minuteMs, 10 * minuteMs, minuteMs),
  'journal.disk': timing(0, 0, 5 * minuteMs),
  'vote.burst': timing(0, 0, minuteMs),
} as const satisfies { [rule: string]: Timing };
export type AlertRule = keyof typeof ALERT_TIMINGS;
export const ALERT_RULES = Object.keys(ALERT_TIMINGS) as AlertRule[];

/**
 * What is seen of a rule's subject at an instant. `still`: no longer bad enough to be raised, not yet good enough to be cleared.
 * `unknown`: nobody can tell now; what holds goes on.
 */
export type Sign = { rule: AlertRule; subject: string; now: AlertLevel | 'clear' | 'still' | 'unknown'; value: number | null };

/** What is known of one subject from one look to the next. */
export type Watched = { level: Held; amberSinceMs: number | null; redSinceMs: number | null; betterSinceMs: number | null; betterTo: Held };
export const watchedFrom = (level: Held): Watched => ({ level, amberSinceMs: null, redSinceMs: null, betterSinceMs: null, betterTo: 'clear' });

const RANK: { [L in Held]: number } = { clear: 0, amber: 1, red: 2 };
const worse = (a: Held, b: Held): Held => (RANK[a] >= RANK[b] ? a : b);

/** The level that a sign has reached by itself, before it is asked whether getting better is believed. */
const reached = (w: Pick<Watched, 'level' | 'amberSinceMs' | 'redSinceMs'>, sign: Sign, nowMs: number): Held => {
  const t = ALERT_TIMINGS[sign.rule];
  if (w.redSinceMs !== null && nowMs - w.redSinceMs >= t.redHoldMs) return 'red';
  if (w.amberSinceMs !== null && nowMs - w.amberSinceMs >= t.amberHoldMs) return 'amber';
  // bad, but not yet for long enough, or not yet good: what was raised stays raised
  return sign.now !== 'clear' && w.level !== 'clear' ? 'amber' : 'clear';
};

/** One look. Getting worse is told once it has held; getting better only after it has lasted for the rule's calm time (L2). */
export const lookAt = (before: Watched, sign: Sign, nowMs: number): Watched => {
  if (sign.now === 'unknown') return { ...watchedFrom(before.level) };
  const bad = sign.now === 'amber' || sign.now === 'red';
  const amberSinceMs = bad ? (before.amberSinceMs ?? nowMs) : null;
  const redSinceMs = sign.now === 'red' ? (before.redSinceMs ?? nowMs) : null;
  const now = reached({ level: before.level, amberSinceMs, redSinceMs }, sign, nowMs);
  if (RANK[now] >= RANK[before.level]) return { level: now, amberSinceMs, redSinceMs, betterSinceMs: null, betterTo: 'clear' };
  const betterSinceMs = before.betterSinceMs ?? nowMs;
  const betterTo = worse(now, before.betterSinceMs === null ? 'clear' : before.betterTo);
  if (nowMs - betterSinceMs < ALERT_TIMINGS[sign.rule].calmMs) return { level: before.level, amberSinceMs, redSinceMs, betterSinceMs, betterTo };
  return { level: betterTo, amberSinceMs, redSinceMs, betterSinceMs: null, betterTo: 'clear' };
};

/** An alert that stands. */
export type Alert = {
  id: string;
  rule: AlertRule;
  subject: string;
  level: AlertLevel;
  /** since when it stands, whatever its level was */
  sinceMs: number;
  /** what was seen when it was raised: ms, a share, a number, as the rule has it */
  value: number | null;
  acknowledged: { by: string; atMs: number; note: string } | null;
};
/** What staff screens and the webhook are told of an alert; `clear`: it does not stand any more. */
export type AlertNews = Omit<Alert, 'level'> & { level: AlertLevel | 'clear' };

export const alertId = (rule: AlertRule, subject: string): string => `${rule}:${subject}`;

/** The rules that only a note closes: what happened must be written down. */
export const noteNeeded = (rule: AlertRule): boolean => rule === 'occ.drift';

/** Urgent before less urgent, what nobody has seen yet before what somebody has, older before younger. */
export const byUrgency = (a: Alert, b: Alert): number =>
  RANK[b.level] - RANK[a.level] || Number(a.acknowledged !== null) - Number(b.acknowledged !== null) || a.sinceMs - b.sinceMs;

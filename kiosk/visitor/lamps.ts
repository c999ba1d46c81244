/** From the hub's public tally to the lamps on the hill: how many, what one stands for, and whether the number may still be shown. */
import { addDays, dayOf, minuteMs, rfc3339 } from '../../shared/hongkong-time.ts';
import { lightsFor } from '../../shared/lights.ts';
import type { PublicTally } from '../../shared/wire.ts';
import type { Hours, Lamps } from './desk.ts';

/** an older count keeps its lamps lit but is no longer written as a number */
export const tallyStaleMs = 2 * minuteMs;

/** so long before it closes a pavilion says so */
export const closingSoonMs = 15 * minuteMs;

/** Whether the pavilion is open by the kiosk's own clock, also while it hears nothing, and what it says of its hours. */
const hoursOf = (tally: PublicTally | null, nowMs: number): { open: boolean; hours: Hours | null } => {
  const untilMs = tally?.until === undefined ? Number.NaN : Date.parse(tally.until);
  const open = tally?.open ?? true;
  if (Number.isNaN(untilMs)) return { open, hours: null };
  if (nowMs >= untilMs) return { open: !open, hours: null };
  const time = rfc3339(untilMs).slice(11, 16);
  if (open) return { open, hours: untilMs - nowMs <= closingSoonMs ? { kind: 'closes', time } : null };
  const day = dayOf(nowMs);
  return { open, hours: dayOf(untilMs) === day ? { kind: 'opens', time } : dayOf(untilMs) === addDays(day, 1) ? { kind: 'tomorrow' } : null };
};

export const lampsOf = (tally: PublicTally | null, nowMs: number): Lamps & { lit: number | null } => {
  const hours = hoursOf(tally, nowMs);
  if (!tally || tally.visits === null) return { visits: null, unit: 1, time: null, ...hours, lit: null };
  const { unit, lit } = lightsFor(tally.visits);
  const asOfMs = Date.parse(tally.asOf);
  const fresh = Number.isFinite(asOfMs) && nowMs - asOfMs <= tallyStaleMs;
  return { visits: tally.visits, unit, lit, ...hours, time: fresh ? rfc3339(asOfMs).slice(11, 16) : null };
};

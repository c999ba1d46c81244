/** From the hub's public tally to the lamps on the hill: how many, what one stands for, and whether the number may still be shown. */
import { minuteMs, rfc3339 } from '../../shared/hongkong-time.ts';
import { lightsFor } from '../../shared/lights.ts';
import type { PublicTally } from '../../shared/wire.ts';
import type { Lamps } from './desk.ts';

/** an older count keeps its lamps lit but is no longer written as a number */
export const tallyStaleMs = 2 * minuteMs;

export const lampsOf = (tally: PublicTally | null, nowMs: number): Lamps & { lit: number | null } => {
  if (!tally || tally.visits === null) return { visits: null, unit: 1, time: null, open: tally?.open ?? true, lit: null };
  const { unit, lit } = lightsFor(tally.visits);
  const asOfMs = Date.parse(tally.asOf);
  const fresh = Number.isFinite(asOfMs) && nowMs - asOfMs <= tallyStaleMs;
  return { visits: tally.visits, unit, lit, open: tally.open, time: fresh ? rfc3339(asOfMs).slice(11, 16) : null };
};

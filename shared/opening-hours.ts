/** Opening windows of a showcase, and where an instant stands among them (R2). */
import { clockMs, dayOf } from './hongkong-time.ts';
import type { ShowDay } from './pack.ts';

/** `toMs` null: it still rehearses. No days: open every day, all day. */
export type OpeningHours = { days: readonly ShowDay[]; rehearsals: readonly { fromMs: number; toMs: number | null }[] };

const rehearsesAt = ({ rehearsals }: OpeningHours, atMs: number): boolean => rehearsals.some((r) => r.fromMs <= atMs && (r.toMs === null || atMs < r.toMs));

/** Whether an instant lies in a counted opening window (R2). A showcase without days is always open; one that rehearses is not. */
export const isOpen = (hours: OpeningHours, atMs: number): boolean => {
  if (rehearsesAt(hours, atMs)) return false;
  if (hours.days.length === 0) return true;
  const day = dayOf(atMs);
  return hours.days.some((d) => d.day === day && d.windows.some((w) => w.counted && clockMs(day, w.from) <= atMs && atMs < clockMs(day, w.to)));
};

/**
 * When a showcase that is open closes, or one that isn't opens next, by its counted windows; windows without a gap between them are one.
 * Null: no such time is known, or it rehearses.
 */
export const turnsAtMs = (hours: OpeningHours, atMs: number): number | null => {
  if (rehearsesAt(hours, atMs)) return null;
  const windows = hours.days
    .flatMap(({ day, windows: of }) => of.filter((w) => w.counted).map((w) => ({ fromMs: clockMs(day, w.from), toMs: clockMs(day, w.to) })))
    .sort((a, b) => a.fromMs - b.fromMs);
  let endMs: number | null = null;
  for (const { fromMs, toMs } of windows) {
    if (endMs === null && fromMs > atMs) return fromMs;
    if (fromMs <= (endMs ?? atMs) && toMs > (endMs ?? atMs)) endMs = toMs;
  }
  return endMs;
};

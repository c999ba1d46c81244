/** When a day is over, and which devices have reported past that: what a close needs to know, and what a statement says of it. */
import { clockMs, dayMs, startOfDayMs } from './hongkong-time.ts';
import type { ShowDay } from './pack.ts';

/** When a day is over for its showcase: the end of its last counted window, or midnight where it has none. */
export const closingMs = (days: readonly ShowDay[], day: string): number => {
  const ends = days.flatMap((d) => (d.day === day ? d.windows.filter((w) => w.counted).map((w) => clockMs(day, w.to)) : []));
  return ends.length === 0 ? startOfDayMs(day) + dayMs : ends.reduce((a, b) => Math.max(a, b));
};

/** When a device was last heard, ms (null: never), and how many of its events it still keeps (null: it keeps none). */
export type Reporting = { id: string; heardMs: number | null; waiting: number | null };
export type Reports = { heard: string[]; silent: string[] };

/** A device has reported past closing when it was heard after it with nothing left to send. */
export const reportsPast = (devices: readonly Reporting[], closing: number): Reports => {
  const reported = (d: Reporting): boolean => d.heardMs !== null && d.heardMs >= closing && (d.waiting ?? 0) === 0;
  const ids = (list: readonly Reporting[]): string[] => list.map((d) => d.id).sort();
  return { heard: ids(devices.filter(reported)), silent: ids(devices.filter((d) => !reported(d))) };
};

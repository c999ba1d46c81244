/** Days and hours of the showcase's time zone. Asia/Hong_Kong is +08:00 all year; the rule R1 fixes it, so no time zone data is needed. */
export const hongKongOffsetMs = 8 * 3_600_000;
export const hourMs = 3_600_000;
export const minuteMs = 60_000;
export const dayMs = 86_400_000;

const shifted = (atMs: number): string => new Date(atMs + hongKongOffsetMs).toISOString();

/** The Hong Kong calendar date of an instant, `2025-04-13`. */
export const dayOf = (atMs: number): string => shifted(atMs).slice(0, 10);

let knownFromMs = Number.POSITIVE_INFINITY;
let knownHour = '';
/** The Hong Kong clock hour of an instant, `2025-04-13T10`. The last hour asked for is remembered: folds ask for the same one again and again. */
export const hourOf = (atMs: number): string => {
  if (atMs >= knownFromMs && atMs < knownFromMs + hourMs) return knownHour;
  knownHour = shifted(atMs).slice(0, 13);
  knownFromMs = Math.floor((atMs + hongKongOffsetMs) / hourMs) * hourMs - hongKongOffsetMs;
  return knownHour;
};

/** Start of a Hong Kong day or of an hour of it, in ms. */
export const startOfDayMs = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
export const startOfHourMs = (hour: string): number => Date.parse(`${hour}:00:00+08:00`);

/** RFC 3339 with the Hong Kong offset, to the second or, where there are any, to the millisecond. */
export const rfc3339 = (atMs: number): string =>
  `${shifted(atMs)
    .slice(0, -1)
    .replace(/\.000$/, '')}+08:00`;

/** `HH:MM` of a Hong Kong day as an instant; `24:00` is the next day's start. */
export const clockMs = (day: string, clock: string): number => startOfDayMs(day) + (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))) * minuteMs;

/** The day after (or `n` days after) a Hong Kong day. */
export const addDays = (day: string, n: number): string => dayOf(startOfDayMs(day) + n * dayMs);

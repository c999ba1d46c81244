/** Days and hours of the showcase's time zone. Asia/Hong_Kong is +08:00 all year; the rule R1 fixes it, so no time zone data is needed. */
export const hongKongOffsetMs = 8 * 3_600_000;
export const hourMs = 3_600_000;
export const minuteMs = 60_000;
export const dayMs = 86_400_000;

const shifted = (atMs: number): string => new Date(atMs + hongKongOffsetMs).toISOString();

// the last day and hour asked for are remembered: folds ask for the same one again and again
let dayFromMs = Number.POSITIVE_INFINITY;
let day = '';
/** The Hong Kong calendar date of an instant, `2025-04-13`. */
export const dayOf = (atMs: number): string => {
  if (atMs >= dayFromMs && atMs < dayFromMs + dayMs) return day;
  day = shifted(atMs).slice(0, 10);
  dayFromMs = Math.floor((atMs + hongKongOffsetMs) / dayMs) * dayMs - hongKongOffsetMs;
  return day;
};

let knownFromMs = Number.POSITIVE_INFINITY;
let knownHour = '';
/** The Hong Kong clock hour of an instant, `2025-04-13T10`. */
export const hourOf = (atMs: number): string => {
  if (atMs >= knownFromMs && atMs < knownFromMs + hourMs) return knownHour;
  knownHour = shifted(atMs).slice(0, 13);
  knownFromMs = Math.floor((atMs + hongKongOffsetMs) / hourMs) * hourMs - hongKongOffsetMs;
  return knownHour;
};

let startOf = '';
let startMs = Number.NaN;
/** Start of a Hong Kong day, in ms. */
export const startOfDayMs = (of: string): number => {
  if (of !== startOf) {
    startMs = Date.parse(`${of}T00:00:00+08:00`);
    startOf = of;
  }
  return startMs;
};
/** Start of an hour of a Hong Kong day, in ms. */
export const startOfHourMs = (hour: string): number => Date.parse(`${hour}:00:00+08:00`);

/** RFC 3339 with the Hong Kong offset, to the second or, where there are any, to the millisecond. */
export const rfc3339 = (atMs: number): string =>
  `${shifted(atMs)
    .slice(0, -1)
    .replace(/\.000$/, '')}+08:00`;

/** `HH:MM` of a Hong Kong day as an instant; `24:00` is the next day's start. */
export const clockMs = (of: string, clock: string): number => startOfDayMs(of) + (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))) * minuteMs;

/** The day after (or `n` days after) a Hong Kong day. */
export const addDays = (of: string, n: number): string => dayOf(startOfDayMs(of) + n * dayMs);

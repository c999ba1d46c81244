/** The words that the staff and organiser pages share, by language, and the small texts put together from them. A missing key is a type error. */
import { dayOf, hongKongOffsetMs, rfc3339, startOfDayMs } from '../../shared/hongkong-time.ts';
import type { Lang } from '../../shared/words.ts';
import { deskEn } from './desk.en.ts';
import { deskZhCN } from './desk.zh-CN.ts';
import { deskZhHK } from './desk.zh-HK.ts';
import { grouped } from './numbers.ts';

export type { FailureCode } from './desk.zh-HK.ts';
export type DeskWords = typeof deskZhHK;

const WORDS: { [L in Lang]: DeskWords } = { 'zh-HK': deskZhHK, 'zh-CN': deskZhCN, en: deskEn };

/** The words that both pages use, in `lang`. */
export const deskWords = (lang: Lang): DeskWords => WORDS[lang];

const unitOf = (seconds: number): [number, 'second' | 'minute' | 'hour' | 'day'] => {
  if (seconds < 120) return [seconds, 'second'];
  if (seconds < 7_200) return [Math.floor(seconds / 60), 'minute'];
  if (seconds < 172_800) return [Math.floor(seconds / 3_600), 'hour'];
  return [Math.floor(seconds / 86_400), 'day'];
};

/** `3 秒前`, `5 分鐘前`: how long ago, in whole units, never negative. */
export const agoText = (ms: number, d: DeskWords): string => {
  const [n, unit] = unitOf(Math.max(0, Math.floor(ms / 1_000)));
  return d.fresh.ago(grouped(n), unit);
};

/** `41 秒`, `2 小時`: how long, in whole units, never negative. */
export const spanText = (ms: number, d: DeskWords): string => {
  const [n, unit] = unitOf(Math.max(0, Math.floor(ms / 1_000)));
  return d.fresh.span(grouped(n), unit);
};

/** `14:32:07` and `14:32` of an instant, in Hong Kong. */
export const clockText = (atMs: number): string => rfc3339(Math.floor(atMs / 1_000) * 1_000).slice(11, 19);
export const shortClockText = (atMs: number): string => clockText(atMs).slice(0, 5);

const weekdayOf = (day: string): 0 | 1 | 2 | 3 | 4 | 5 | 6 => new Date(startOfDayMs(day) + hongKongOffsetMs).getUTCDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6;
const monthDay = (day: string, d: DeskWords): string => d.date(Number(day.slice(5, 7)), Number(day.slice(8, 10)));

/** `4月14日 星期一` of a Hong Kong day. */
export const longDay = (day: string, d: DeskWords): string => d.dateAndWeekday(monthDay(day, d), d.weekday[weekdayOf(day)]);
/** `4月14日（一）` of a Hong Kong day. */
export const shortDay = (day: string, d: DeskWords): string => d.dateAndShortWeekday(monthDay(day, d), d.weekday[weekdayOf(day)]);

/** `4月14日（一） 16:00` of an instant, in Hong Kong. */
export const dayAndClock = (atMs: number, d: DeskWords): string => `${shortDay(dayOf(atMs), d)} ${shortClockText(atMs)}`;

/** Numbers and dates as the pavilion writes them: thousands by a no-break space (11 000), dates as exact as their source is. */
import type { Lang } from '../../shared/words.ts';

const nbsp = '\u00a0';
const decimalsMax = 2;

/** `11 000`, `1 305.5`: the same in all three languages; at most two decimals. */
export const grouped = (value: number): string => {
  const factor = 10 ** decimalsMax;
  const [whole = '0', part] = String(Math.round(value * factor) / factor).split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, nbsp);
  return part === undefined ? spaced : `${spaced}.${part}`;
};

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2025`, `2025-04` or `2025-04-13` in words: 2025年4月13日, 13 April 2025. */
export const dateText = (date: string, lang: Lang): string => {
  const [year = '', month, day] = date.split('-');
  if (lang === 'en') return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(nbsp);
  return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}`;
};

/** The first and last day of a show: 2025年4月13至16日, 13 to 16 April 2025. */
export const daysText = (first: string, last: string, lang: Lang): string => {
  if (first === last) return dateText(first, lang);
  const [year, month] = first.split('-');
  const [lastYear, lastMonth, lastDay] = last.split('-');
  if (year !== lastYear) return lang === 'en' ? `${dateText(first, lang)} to ${dateText(last, lang)}` : `${dateText(first, lang)}至${dateText(last, lang)}`;
  const day = Number(first.slice(8));
  if (lang === 'en') return month === lastMonth ? `${day} to ${dateText(last, lang)}` : `${day} ${MONTHS[Number(month) - 1]} to ${dateText(last, lang)}`;
  return month === lastMonth ? `${dateText(first, lang).slice(0, -1)}至${Number(lastDay)}日` : `${dateText(first, lang)}至${Number(lastMonth)}月${Number(lastDay)}日`;
};

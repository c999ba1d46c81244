/** Ages of figures: fresh to 30 s, late after, never received is said; a wrong clock here changes no age. */
import { describe, expect, test } from 'vitest';
import { freshText } from '../../kiosk/ui/fresh-line.tsx';
import { freshnessOf, hubNowMs, staleMs } from '../../kiosk/ui/freshness.ts';
import { agoText, deskWords, longDay, shortDay, spanText } from '../../kiosk/words/desk.ts';
import { nowMs } from './live.ts';

const d = deskWords('zh-HK');

describe('freshness', () => {
  test('is fresh up to the limit and late beyond it', () => {
    expect(freshnessOf(nowMs, nowMs + staleMs).state).toBe('fresh');
    expect(freshnessOf(nowMs, nowMs + staleMs + 1).state).toBe('stale');
  });
  test('nothing received is never, not 0 seconds', () => {
    expect(freshText(freshnessOf(null, nowMs), d)).toBe('未收到資料');
  });
  test('is written with the time and the age', () => {
    expect(freshText(freshnessOf(nowMs, nowMs + 2_400), d)).toBe('資料截至 14:32:05，2 秒前');
    expect(freshText(freshnessOf(nowMs, nowMs + 47_000), d)).toBe('資料延遲 47 秒');
    expect(freshText(freshnessOf(nowMs, nowMs + 47_000), deskWords('en'))).toBe('Data 47 s late');
  });
  test('data from the future are 0 old', () => {
    expect(freshText(freshnessOf(nowMs, nowMs - 5_000), d)).toContain('0 秒前');
  });
});

describe('the hub’s clock as known here', () => {
  test('goes on from its last message, whatever this screen’s clock says', () => {
    const wrongByHours = nowMs - 5 * 3_600_000;
    expect(hubNowMs(nowMs, wrongByHours, wrongByHours + 4_000)).toBe(nowMs + 4_000);
  });
  test('does not run back when this screen’s clock does', () => {
    expect(hubNowMs(nowMs, 1_000, 500)).toBe(nowMs);
  });
  test('is this screen’s own before the first message', () => {
    expect(hubNowMs(null, null, 77)).toBe(77);
  });
});

describe('ages and days in words', () => {
  test.each([
    [-1, '0 秒前'],
    [119_999, '119 秒前'],
    [120_000, '2 分鐘前'],
    [7_199_000, '119 分鐘前'],
    [7_200_000, '2 小時前'],
    [172_800_000, '2 天前'],
  ])('%i ms', (ms, text) => {
    expect(agoText(ms, d)).toBe(text);
  });
  test('a span is without 前', () => {
    expect(spanText(41_000, d)).toBe('41 秒');
  });
  test('weekdays are those of Hong Kong', () => {
    expect(longDay('2025-04-14', d)).toBe('4月14日 星期一');
    expect(shortDay('2025-04-13', d)).toBe('4月13日（日）');
    expect(longDay('2025-04-14', deskWords('en'))).toBe('Monday 14 April');
    expect(shortDay('2025-09-07', deskWords('en'))).toBe('Sun 7 Sep');
  });
});

/** The visitor's wording: the same keys in three languages, each in its own terms, and numbers as the pavilion writes them. */
import { describe, expect, test } from 'vitest';
import { maintenanceWords } from '../../kiosk/words/maintenance.ts';
import { dateText, daysText, grouped } from '../../kiosk/words/numbers.ts';
import { visitorWords } from '../../kiosk/words/visitor.ts';
import { LANGS, type Lang } from '../../shared/words.ts';

type Leaf = { key: string; text: string };

/** Every text of a dictionary; functions are called with letters that no wording has. */
const leaves = (value: unknown, key: string): Leaf[] => {
  if (typeof value === 'string') return [{ key, text: value }];
  if (typeof value === 'function') {
    const say = value as (...args: string[]) => string;
    return [{ key, text: say(...['A1', 'B2', 'C3', 'D4'].slice(0, Math.max(1, say.length))) }];
  }
  return Object.entries(value as object).flatMap(([k, v]) => leaves(v, key ? `${key}.${k}` : k));
};
const allOf = (lang: Lang): Leaf[] => [...leaves(visitorWords(lang), ''), ...leaves(maintenanceWords(lang), 'maintenance')];
const all: { [L in Lang]: Leaf[] } = { 'zh-HK': allOf('zh-HK'), 'zh-CN': allOf('zh-CN'), en: allOf('en') };

/** traditional and simplified by turns, of characters that no name shares between the scripts */
const PAIRS = [
  ...'萬万燈灯層层選选項项環环經经濟济觸触開开語语設设鏡镜頭头內内請请還还嗎吗後后畫画會会數数據据長长積积無无標标準准機机號号碼码網网輸输暫暂時时聯联線线連连結结彈弹現现進进華华實实驗验館馆廳厅參参觀观繼继續续動动態态關关閉闭對对絡络觀观樓楼個个條条這这與与過过訊讯碼码',
];
const traditional = new Set(PAIRS.filter((_, i) => i % 2 === 0));
const simplified = new Set(PAIRS.filter((_, i) => i % 2 === 1));
const strangers = (leaf: Leaf, foreign: ReadonlySet<string>): string[] => [...leaf.text].filter((c) => foreign.has(c)).map((c) => `${leaf.key}: ${c}`);

describe('the dictionaries', () => {
  test('hold the same keys, none of them empty but the exact qualifier', () => {
    const keys = all['zh-HK'].map((l) => l.key);
    for (const lang of LANGS) {
      expect(all[lang].map((l) => l.key)).toEqual(keys);
      expect(all[lang].filter((l) => l.text.trim() === '').map((l) => l.key)).toEqual(['qualifier.exact']);
    }
  });

  test('zh-CN has no traditional character and zh-HK no simplified one', () => {
    expect(all['zh-CN'].flatMap((leaf) => strangers(leaf, traditional))).toEqual([]);
    expect(all['zh-HK'].flatMap((leaf) => strangers(leaf, simplified))).toEqual([]);
  });

  test('zh-CN speaks mainland terms and says 您', () => {
    for (const { key, text } of all['zh-CN']) expect(`${key}: ${text}`).not.toMatch(/资讯|程式|萤幕|触碰|触控|列印|登入|支援|流动|短片|箭咀|职员|扫动|你/u);
  });

  test('zh-HK speaks Hong Kong terms and says 你', () => {
    for (const { key, text } of all['zh-HK']) expect(`${key}: ${text}`).not.toMatch(/信息|程序|屏幕|觸摸|打印|登錄|視頻|箭頭|滑動|鏈接|您/u);
  });

  test('punctuation and quotes are those of the language', () => {
    for (const { key, text } of all.en) expect(`${key}: ${text}`).not.toMatch(/[，。！？「」：；（）‘’“”]/u);
    for (const { key, text } of all['zh-HK']) expect(`${key}: ${text}`).not.toMatch(/[“”,;!?]/u);
    for (const { key, text } of all['zh-CN']) expect(`${key}: ${text}`).not.toMatch(/[「」,;!?]/u);
  });

  test('English numbers one thing as one', () => {
    const w = visitorWords('en');
    expect([w.hill.count('1'), w.hill.count('2'), w.idle.body('1'), w.attract.lights('1')]).toEqual([
      '1 project',
      '2 projects',
      'Back to the start in 1 second.',
      'Each light is 1 visit today',
    ]);
  });
});

describe('numbers and dates', () => {
  test('thousands stand apart by a no-break space', () => {
    expect([0, 999, 1_000, 11_000, 1_234_567, 1_305.5, 0.1 + 0.2].map(grouped)).toEqual(['0', '999', '1\u00a0000', '11\u00a0000', '1\u00a0234\u00a0567', '1\u00a0305.5', '0.3']);
  });

  test('dates are as exact as their source', () => {
    expect(LANGS.map((l) => ['2025', '2025-04', '2025-04-13'].map((d) => dateText(d, l).replaceAll('\u00a0', ' ')))).toEqual([
      ['2025年', '2025年4月', '2025年4月13日'],
      ['2025年', '2025年4月', '2025年4月13日'],
      ['2025', 'April 2025', '13 April 2025'],
    ]);
  });

  test('days of a show', () => {
    const plain = (a: string, b: string, l: Lang): string => daysText(a, b, l).replaceAll('\u00a0', ' ');
    expect(plain('2025-04-13', '2025-04-16', 'zh-HK')).toBe('2025年4月13至16日');
    expect(plain('2025-04-13', '2025-04-16', 'en')).toBe('13 to 16 April 2025');
    expect(plain('2025-04-30', '2025-05-02', 'zh-CN')).toBe('2025年4月30日至5月2日');
    expect(plain('2025-04-30', '2025-05-02', 'en')).toBe('30 April to 2 May 2025');
    expect(plain('2025-04-13', '2025-04-13', 'en')).toBe('13 April 2025');
    expect(plain('2025-12-31', '2026-01-02', 'zh-HK')).toBe('2025年12月31日至2026年1月2日');
  });
});

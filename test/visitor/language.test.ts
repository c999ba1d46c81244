/** Words as a whole: each in its own terms, every character in the fonts that are shipped, and none written into the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { deskWords } from '../../kiosk/words/desk.ts';
import { maintenanceWords } from '../../kiosk/words/maintenance.ts';
import { organiserWords } from '../../kiosk/words/organiser.ts';
import { packsWords } from '../../kiosk/words/packs.ts';
import { staffWords } from '../../kiosk/words/staff.ts';
import { visitorWords } from '../../kiosk/words/visitor.ts';
import type { Lang } from '../../shared/words.ts';

const root = path.resolve(import.meta.dirname, '../..');
const packs = path.join(root, 'content');

type Leaf = { at: string; text: string };
const leaves = (value: unknown, at: string): Leaf[] => {
  if (typeof value === 'string') return [{ at, text: value }];
  if (typeof value === 'function') return [{ at, text: (value as (...args: string[]) => string)('A', 'B', 'C', 'D') }];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([k, v]) => leaves(v, `${at}.${k}`)) : [];
};
const dictionaries = (lang: Lang): Leaf[] =>
  [visitorWords, maintenanceWords, staffWords, organiserWords, deskWords, packsWords].flatMap((words, i) => leaves(words(lang), `dictionary ${i}`));

/** Every text in one language of the installed packs. */
const content = (lang: Lang): Leaf[] => {
  const found: Leaf[] = [];
  const look = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, v] of Object.entries(value)) {
      if (key === lang && typeof v === 'string' && !v.startsWith('https://')) found.push({ at, text: v });
      else look(v, `${at}.${key}`);
    }
  };
  for (const entry of readdirSync(packs, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && entry.name.endsWith('.json') && !file.includes('workshop')) look(JSON.parse(readFileSync(file, 'utf8')), path.relative(packs, file));
  }
  return found;
};

describe('[U9] terms', () => {
  /** pairs that a converter leaves as they are: what Hong Kong says, and what the mainland says */
  const FOREIGN = {
    'zh-CN': /萤幕|荧幕|触碰|触控|列印|登入|支援(?!队)|短片|箭咀|的士|巴士|泊车|程式|网络电话|滑鼠|质素|质数|单车|雪柜|冷气|行人路|巴仙|人次数/u,
    'zh-HK': /信息|屏幕|觸摸|打印|登錄|視頻|鏈接|鼠標|公交|出租車|地鐵站點|數字化|智能手機端|用戶|默認|軟件包|服務器|網絡安全法|質量|鼠标/u,
  } as const;

  test.each(['zh-CN', 'zh-HK'] as const)('%s: dictionaries of every page keep to their own', (lang) => {
    expect(dictionaries(lang).filter(({ text }) => FOREIGN[lang].test(text))).toEqual([]);
  });

  test('no text of either script stands in the other', () => {
    // characters of which one script alone has use
    const traditional = /[萬燈觸開關設聯線單專業東絲兩嚴個豐臨麗舉義烏樂習書買亂爭產親億僅從倉儀價眾優會傳傷倫]/u;
    const simplified = /[万灯触开关设联线单专业东丝两严个丰临丽举义乌乐习书买乱争产亲亿仅从仓仪价众优会传伤伦]/u;
    const both = (lang: Lang): Leaf[] => [...dictionaries(lang), ...content(lang)];
    expect(both('zh-CN').filter(({ text }) => traditional.test(text))).toEqual([]);
    expect(both('zh-HK').filter(({ text }) => simplified.test(text))).toEqual([]);
  });
});

describe('[U9] fonts', () => {
  const require = createRequire(import.meta.url);
  /** Every code point that a family's slices say they hold. */
  const covered = (family: string): ((c: number) => boolean) => {
    const css = readFileSync(require.resolve(`@fontsource-variable/${family}/index.css`), 'utf8');
    const set = new Set<number>();
    for (const [, ranges] of css.matchAll(/unicode-range:\s*([^;]+);/g))
      for (const range of (ranges as string).split(',')) {
        const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
        for (let c = Number.parseInt(from, 16); c <= Number.parseInt(to, 16); c++) set.add(c);
      }
    return (c) => set.has(c);
  };

  test.each([
    ['zh-HK', 'noto-sans-hk'],
    ['zh-HK', 'noto-serif-hk'],
    ['zh-CN', 'noto-sans-sc'],
    ['zh-CN', 'noto-serif-sc'],
    ['en', 'noto-sans-hk'],
  ] as const)('%s: %s holds every character of dictionaries and packs, HKSCS too', (lang, family) => {
    const has = covered(family);
    const texts = [...dictionaries(lang), ...content(lang)];
    expect(texts.length).toBeGreaterThan(500);
    const lacking = new Set(texts.flatMap(({ text }) => [...text].filter((c) => (c.codePointAt(0) ?? 0) > 0x20 && !has(c.codePointAt(0) ?? 0))));
    expect([...lacking]).toEqual([]);
  });

  test('the places of Hong Kong that only HKSCS can write', () => {
    const has = covered('noto-sans-hk');
    for (const c of '邨埗涌咗嘅啲瞓冚嗰鰂㙟') expect([c, has(c.codePointAt(0) ?? 0)]).toEqual([c, true]);
  });
});

describe('[U9] nothing is written into the program', () => {
  const files = readdirSync(path.join(root, 'kiosk'), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name))
    .map((e) => path.join(e.parentPath, e.name))
    .filter((f) => !f.includes(`${path.sep}words${path.sep}`));
  const code = (file: string): string =>
    readFileSync(file, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '');
  /** names that are alike in every language: of the languages themselves, of the product */
  const names = new Set(['繁', '简', '繁體中文', '简体中文', '萬家燈火']);
  /** what a code looks like is no word */
  const sample = /^[A-Z]{4}-[A-Z]{4}$/;

  test('no Chinese outside the dictionaries', () => {
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((f) =>
      [...code(f).matchAll(/[\u3400-\u9fff]+/gu)]
        .map((m) => m[0])
        .filter((t) => !names.has(t))
        .map((t) => `${path.relative(root, f)}: ${t}`),
    );
    expect(found).toEqual([]);
  });

  test('no English between tags or in a label', () => {
    const found = files
      .filter((f) => f.endsWith('.tsx'))
      .flatMap((f) => {
        const text = code(f);
        const between = [...text.matchAll(/<[a-z][^<>]*>\s*([A-Za-z][a-z]+(?: [A-Za-z]+)*[.!?]?)\s*<\//g)].map((m) => m[1]);
        const labels = [...text.matchAll(/(?:aria-label|title|alt|placeholder)="([^"]*[A-Za-z]{2,}[^"]*)"/g)].map((m) => m[1]);
        return [...between, ...labels].filter((t) => !sample.test(t ?? '')).map((t) => `${path.relative(root, f)}: ${t}`);
      });
    expect(found).toEqual([]);
  });
});

/** Every pair of colours that meets on a screen, by the WCAG formula: text at least 4.5, controls and focus at least 3. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AREAS } from '../../shared/areas.ts';

const read = (file: string): string => readFileSync(new URL(`../../kiosk/${file}`, import.meta.url), 'utf8');
const tokens = read('ui/tokens.css');
const screens = read('visitor/screens.css');

/** The colours that a rule sets. */
const colours = (css: string, selector: string): Map<string, string> => {
  const start = css.indexOf(`\n${selector} {`);
  const body = css.slice(start, css.indexOf('}', start));
  return new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/gi)].map((m) => [m[1] as string, m[2] as string]));
};

const luminance = (hex: string): number => {
  const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c).join('') : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((i) => {
    const c = Number.parseInt(full.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

const textMin = 4.5;
const controlMin = 3;
const chrome = ['chrome', 'chrome-2', 'chrome-3'];
const paper = ['paper', 'paper-2'];
const pairs: readonly (readonly [on: readonly string[], colour: readonly string[], min: number])[] = [
  [chrome, ['on', 'on-2'], textMin],
  [chrome, ['line'], controlMin],
  [chrome, ['focus'], controlMin],
  [['chrome', 'chrome-2'], ['ok', 'warn', 'bad', ...AREAS], textMin],
  [['accent', 'accent-hi'], ['on-accent'], textMin],
  [paper, ['ink', 'ink-2', ...AREAS.map((a) => `p-${a}`)], textMin],
  [paper, ['pline', 'pfocus'], controlMin],
  [['paper'], ['pedge'], controlMin],
  [AREAS, ['mark-ink'], textMin],
  [AREAS.map((a) => `p-${a}`), ['paper'], textMin],
  [['on'], ['chrome'], textMin],
  [['ink'], ['paper'], textMin],
];

describe.each(['.night', '.day', '.hc'])('%s', (theme) => {
  const set = colours(tokens, theme);
  const get = (name: string): string => {
    const value = set.get(name);
    if (value === undefined) throw new Error(`${theme} lacks --${name}`);
    return value;
  };

  test.each(pairs)('on %j: %j at least %f', (grounds, inks, min) => {
    for (const ground of grounds) for (const ink of inks) expect(contrast(get(ground), get(ink)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(min);
  });
});

test('the attract words stand on a sky that bears them', () => {
  const sky = { '.night': colours(screens, '.attract'), '.day': colours(screens, '.scene-day .attract'), '.hc': colours(screens, '.hc .attract') };
  for (const [theme, stops] of Object.entries(sky)) {
    const set = colours(tokens, theme);
    const inks = theme === '.day' ? ['#0b1b33'] : [set.get('on') ?? '', set.get('on-2') ?? ''];
    expect(stops.size).toBe(2);
    for (const stop of stops.values()) for (const ink of inks) expect(contrast(stop, ink)).toBeGreaterThanOrEqual(textMin);
  }
});

test('themes name the same colours', () => {
  const names = [...colours(tokens, '.night').keys()].sort();
  expect([...colours(tokens, '.day').keys()].sort()).toEqual(names);
  expect([...colours(tokens, '.hc').keys()].sort()).toEqual(names);
});

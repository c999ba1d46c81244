/**
 * axe finds nothing: every screen in every mode, theme, language and glass, any two of them together; any three with `MODES_TOGETHER=3`. One
 * page is mounted and its state switched. Beside it what axe cannot see: sizes, reach, words that are cut off, the focus.
 */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { page } from 'vitest/browser';
import { readGlass } from '../../kiosk/visitor/layout.ts';
import type { Mode, Theme } from '../../kiosk/visitor/visit.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { covering } from './covering.ts';
import { everyScreen } from './every-screen.ts';
import { fullHouse, type Mounted, mountKiosk, settled } from './fake-kiosk.tsx';
import { faultsOnGlass } from './on-glass.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    modesTogether: number;
  }
}

let m: Mounted;
beforeAll(async () => {
  m = await mountKiosk(fullHouse);
  m.kiosk.setTheme('night');
});
afterAll(() => m.unmount());

const begin = async (lang: Lang, theme: Theme, modes: readonly Mode[]): Promise<void> => {
  m.kiosk.act({ kind: 'ended', reason: 'start_over' });
  m.kiosk.act({ kind: 'started', lang, session: m.kiosk.newSession(), screen: { kind: 'hill' } });
  m.kiosk.act({ kind: 'themed', theme });
  for (const mode of ['motion', ...modes] as const) m.kiosk.act({ kind: 'chose', mode, on: true });
  await settled();
};

/** Common kiosks: window, px a millimetre of their glass, height of its lower edge. */
const glasses = {
  'portrait 43 inch': [1080, 1920, 2.02, 700],
  'portrait 55 inch': [1080, 1920, 1.58, 800],
  'landscape 43 inch': [1920, 1080, 2.02, 800],
  'landscape 21.5 inch': [1920, 1080, 4.03, 800],
} as const;
const off = [false, true] as const;
const factors = {
  glass: Object.keys(glasses) as (keyof typeof glasses)[],
  lang: LANGS,
  theme: ['night', 'day'] as const,
  elder: off,
  large: off,
  low: off,
  contrast: off,
  read: off,
};
const stands = covering(factors, inject('modesTogether')).map((row) => ({ ...row, modes: (['elder', 'large', 'low', 'contrast', 'read'] as const).filter((mode) => row[mode]) }));

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const everything = { runOnly: everyRule, rules: { region: { enabled: false } } };
const violations = async (what: string, rules: axe.RunOptions): Promise<string[]> => {
  const { violations: found } = await axe.run(m.root, { ...rules, resultTypes: ['violations'] });
  return found.flatMap((v) => v.nodes.map((n) => `${what}: ${v.id} ${n.html.slice(0, 120)}`));
};

describe('[U10] axe', () => {
  test.each(stands)('[U15] $glass, $lang, $theme, $modes: it finds nothing on any screen, nor does the eye', async ({ glass, lang, theme, modes, low }) => {
    const [width, height, pxPerMm, edgeMm] = glasses[glass];
    await page.viewport(width, height);
    m.kiosk.setGlass({ ...readGlass(null), pxPerMm, edgeMm });
    m.kiosk.resized();
    await begin(lang, theme, modes);
    const found: string[] = [];
    const now = { pxPerMm, edgeMm, low, large: glass !== 'landscape 21.5 inch' && modes.some((mode) => mode === 'large' || mode === 'elder') };
    for (const [name, show] of everyScreen(m.kiosk)) {
      show();
      await settled();
      found.push(...faultsOnGlass(now).map((f) => `${name}: ${f}`), ...(await violations(name, everything)));
    }
    m.fake.clockMs += 300_000;
    await expect.poll(() => document.querySelector('.still')).not.toBeNull();
    found.push(...faultsOnGlass(now).map((f) => `question: ${f}`), ...(await violations('question', everything)));
    expect(found).toEqual([]);
  });
});

test('[U15] the eye sees what is planted: small, covered, cut off, on each other, without a ring', async () => {
  m.kiosk.setGlass(readGlass(null));
  await page.viewport(1080, 1920);
  m.kiosk.resized();
  await begin('en', 'night', ['low']);
  const planted = document.createElement('div');
  planted.className = 'planted';
  planted.innerHTML = `
    <button style="position:fixed;top:9px;left:9px;width:30px;height:30px;outline:none">a</button>
    <p style="position:fixed;top:200px;left:300px">some words</p><p style="position:fixed;top:202px;left:304px">other words</p>
    <div style="position:fixed;top:300px;left:9px;width:40px;overflow:hidden;white-space:nowrap"><b>words that are cut off</b></div>
    <button style="position:fixed;top:600px;left:9px;width:90px;height:90px">b</button><i style="position:fixed;top:590px;left:0;width:200px;height:200px"></i>`;
  document.querySelector('.screens')?.append(planted);
  const found = faultsOnGlass({ pxPerMm: 2.02, edgeMm: 800, low: true, large: false }).join('\n');
  planted.remove();
  for (const what of ['small: button', 'too high: button', 'covered: button', 'cut off: b', 'on each other: p', 'its focus is not seen: button']) expect(found).toContain(what);
});

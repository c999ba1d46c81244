/**
 * axe finds nothing: every screen in every mode, language and orientation, each with each. One page is mounted and its state switched.
 * Beside it what axe cannot see: the focus is never lost, and nothing is cut off at twice the zoom.
 */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Mode, Theme } from '../../kiosk/visitor/visit.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { type Mounted, mountKiosk, settled } from './fake-kiosk.tsx';

let m: Mounted;
beforeAll(async () => {
  m = await mountKiosk();
  m.kiosk.setTheme('night');
});
afterAll(() => m.unmount());

const at = { trail: 'area:mobility', project: 'longest', via: 'walk' } as const;
const screens: readonly (readonly [string, () => void])[] = [
  ['hill', () => m.kiosk.go({ kind: 'hill' })],
  ['pier', () => m.kiosk.go({ kind: 'pier' })],
  ['list', () => m.kiosk.go({ kind: 'list', area: 'mobility' })],
  ['walk', () => m.kiosk.go({ kind: 'walk', trail: at.trail, project: at.project })],
  ['project', () => m.kiosk.go({ kind: 'project', ...at })],
  ['seal', () => m.kiosk.go({ kind: 'project', ...at, trail: 'area:living', project: 'seal' })],
  ['takeaway', () => m.kiosk.go({ kind: 'takeaway', ...at, code: 'K7Q2M9' })],
  ['empty collection', () => m.kiosk.go({ kind: 'collection' })],
  [
    'collection',
    () => {
      for (const id of ['signals', 'meters', 'longest']) m.kiosk.act({ kind: 'kept', act: { kind: 'save', project: id } });
      m.kiosk.go({ kind: 'collection' });
    },
  ],
  [
    'say',
    () => {
      m.kiosk.act({ kind: 'kept', act: { kind: 'vote', project: 'signals' } });
      m.kiosk.go({ kind: 'say' });
    },
  ],
  ['quiz', () => m.kiosk.newQuiz()],
  ['quiz told', () => m.kiosk.act({ kind: 'kept', act: { kind: 'answer', pick: m.kiosk.visit.value.keep.quiz?.questions[0]?.options[0] ?? '' } })],
  ['sheet', () => m.kiosk.act({ kind: 'sheet', open: true, session: 'aaaaaaaaaaaaaaaa' })],
];
type Look = Exclude<Mode, 'read' | 'time' | 'motion'> | Theme;
const looks: readonly Look[] = ['night', 'day', 'contrast', 'elder', 'large', 'low'];
const shapes = [
  [1080, 1920],
  [1920, 1080],
] as const;

const begin = async (look: Look | null, lang: Lang): Promise<void> => {
  m.kiosk.act({ kind: 'ended', reason: 'start_over' });
  m.kiosk.act({ kind: 'started', lang, session: m.kiosk.newSession(), screen: { kind: 'hill' } });
  m.kiosk.act({ kind: 'chose', mode: 'motion', on: true });
  if (look === 'night' || look === 'day') m.kiosk.act({ kind: 'themed', theme: look });
  else if (look !== null) m.kiosk.act({ kind: 'chose', mode: look, on: true });
  await settled();
};
const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Colours differ between three looks only, the structure between the others only: each is asked what can differ there. */
const rulesOf = (look: Look): axe.RunOptions => {
  if (look === 'night') return { runOnly: everyRule, rules: { region: { enabled: false } } };
  if (look === 'day' || look === 'contrast') return { runOnly: { type: 'rule', values: ['color-contrast'] } };
  return { runOnly: everyRule, rules: { region: { enabled: false }, 'color-contrast': { enabled: false } } };
};
const violations = async (what: string, look: Look = 'night'): Promise<string[]> => {
  const { violations: found } = await axe.run(m.root, { ...rulesOf(look), resultTypes: ['violations'] });
  return found.flatMap((v) => v.nodes.map((n) => `${what}: ${v.id} ${n.html.slice(0, 120)}`));
};

describe('[U10] axe', () => {
  test('finds what is planted', async () => {
    await begin('night', 'en');
    const planted = document.createElement('div');
    planted.innerHTML = '<button class="btn"></button><p class="screen" style="color:#777;background:#666">faint</p>';
    m.root.append(planted);
    const found = await violations('planted');
    planted.remove();
    expect(found.map((f) => f.split(' ')[1]).sort()).toEqual(expect.arrayContaining(['button-name', 'color-contrast']));
  });

  test.each(looks.flatMap((look) => LANGS.flatMap((lang) => shapes.map((shape) => [look, lang, shape] as const))))(
    'in %s, %s, %j it finds nothing on any screen, and the focus is never lost',
    async (look, lang, [width, height]) => {
      await page.viewport(width, height);
      m.kiosk.resized();
      await begin(look, lang);
      const found: string[] = [];
      for (const [name, show] of screens) {
        show();
        await settled();
        const active = document.activeElement;
        if (active === null || active === document.body || active.closest('[inert]')) found.push(`${name}: the focus is lost`);
        found.push(...(await violations(name, look)));
      }
      m.fake.clockMs += 300_000;
      await expect.poll(() => document.querySelector('.still')).not.toBeNull();
      found.push(...(await violations('question', look)));
      expect(found).toEqual([]);
    },
  );

  test('on the resting screen it finds nothing either, in any look', async () => {
    const found: string[] = [];
    for (const [width, height] of shapes) {
      await page.viewport(width, height);
      m.kiosk.resized();
      for (const look of looks) {
        m.kiosk.act({ kind: 'ended', reason: 'start_over' });
        await expect.poll(() => document.querySelector('.attract')).not.toBeNull();
        if (look === 'night' || look === 'day') m.kiosk.act({ kind: 'themed', theme: look });
        else m.kiosk.act({ kind: 'chose', mode: look, on: true, session: m.kiosk.newSession() });
        await settled();
        found.push(...(await violations(`attract ${look}`, look)));
      }
    }
    expect(found).toEqual([]);
  });
});

test.each(LANGS)('[U10] at twice the zoom nothing is cut off, in %s', async (lang) => {
  const found: string[] = [];
  for (const [width, height] of shapes) {
    await page.viewport(width / 2, height / 2);
    m.kiosk.resized();
    await begin(null, lang);
    for (const [name, show] of screens) {
      show();
      await settled();
      for (const e of document.querySelectorAll<HTMLElement>('.screen h1, .screen h2, .screen p, .screen button, .sheet button')) {
        if (e.clientWidth === 0 || e.closest('.list-rows, .keep-rows, .unseen') || e.classList.contains('unseen')) continue;
        const { right, bottom } = e.getBoundingClientRect();
        if (e.scrollWidth > e.clientWidth + 2 || right > window.innerWidth + 1 || bottom > window.innerHeight + 1)
          found.push(`${name}: ${e.className} ${e.textContent?.slice(0, 30)}`);
      }
    }
  }
  expect(found).toEqual([]);
});

/** Sizes on the glass, measured in a real browser: 20 mm at least, and with low reach nothing to press or scan above 1,220 mm. */
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { reachMm, readGlass, touchMm } from '../../kiosk/visitor/layout.ts';
import { LANGS } from '../../shared/words.ts';
import { kioskForEach, settled } from './fake-kiosk.tsx';

const m = kioskForEach();

const things = (): { what: string; r: DOMRect }[] =>
  [...document.querySelectorAll<HTMLElement>('button:not(.veil), .qr')]
    .filter((e) => e.checkVisibility() && e.closest('[inert]') === null)
    .map((e) => ({ what: `${e.tagName}.${e.getAttribute('class')} ${(e.textContent ?? '').slice(0, 20)}`, r: e.getBoundingClientRect() }))
    // what stands below the edge of a list is not there yet
    .filter(({ r }) => r.width > 0 && r.bottom > 0 && r.top < window.innerHeight);

const screens: readonly (readonly [string, () => void])[] = [
  ['attract', () => undefined],
  ['hill', () => m.kiosk.go({ kind: 'hill' })],
  ['pier', () => m.kiosk.go({ kind: 'pier' })],
  ['list', () => m.kiosk.go({ kind: 'list', area: null })],
  ['walk', () => m.kiosk.go({ kind: 'walk', trail: 'area:mobility', project: 'longest' })],
  ['project', () => m.kiosk.go({ kind: 'project', trail: 'area:mobility', project: 'longest', via: 'walk' })],
  ['takeaway', () => m.kiosk.go({ kind: 'takeaway', trail: 'area:mobility', project: 'longest', via: 'walk', code: 'K7Q2M9' })],
  [
    'collection',
    () => {
      for (const project of m.kiosk.catalogue.value?.places.keys() ?? []) m.kiosk.act({ kind: 'kept', act: { kind: 'save', project } });
      m.kiosk.go({ kind: 'collection' });
    },
  ],
  ['say', () => m.kiosk.go({ kind: 'say' })],
  ['quiz', () => m.kiosk.newQuiz()],
  ['quiz told', () => m.kiosk.act({ kind: 'kept', act: { kind: 'answer', pick: m.kiosk.visit.value.keep.quiz?.questions[0]?.options[0] ?? '' } })],
  ['sheet', () => m.kiosk.act({ kind: 'sheet', open: true, session: 'aaaaaaaaaaaaaaaa' })],
];

/** Common kiosks: name, window, px a millimetre of their glass. */
const glasses = [
  ['43 inch portrait', 1080, 1920, 2.02],
  ['55 inch portrait', 1080, 1920, 1.58],
  ['43 inch landscape', 1920, 1080, 2.02],
  ['21.5 inch landscape', 1920, 1080, 4.03],
] as const;

describe('[U5] on the glass', () => {
  test.each(glasses)('%s: every target is at least 20 mm in both directions', async (_, width, height, pxPerMm) => {
    await page.viewport(width, height);
    m.kiosk.setGlass({ ...readGlass(null), pxPerMm });
    const small: string[] = [];
    for (const lang of LANGS) {
      m.kiosk.act({ kind: 'started', lang, session: 'aaaaaaaaaaaaaaaa', screen: { kind: 'hill' } });
      for (const [name, show] of screens.slice(1)) {
        show();
        await settled();
        for (const { what, r } of things()) {
          const least = Math.min(r.width, r.height) / pxPerMm;
          if (least < touchMm - 0.05) small.push(`${lang} ${name}: ${what} ${least.toFixed(1)} mm`);
        }
      }
    }
    expect(small).toEqual([]);
  });

  test.each(glasses.slice(0, 3).flatMap((g) => [700, 800].map((edge) => [...g, edge] as const)))(
    '%s: with low reach nothing is higher than 1,220 mm (%i × %i px, %f px/mm, lower edge at %i mm)',
    async (_, width, height, pxPerMm, edgeMm) => {
      await page.viewport(width, height);
      m.kiosk.setGlass({ ...readGlass(null), pxPerMm, edgeMm });
      m.kiosk.act({ kind: 'chose', mode: 'low', on: true, session: 'aaaaaaaaaaaaaaaa' });
      const high: string[] = [];
      for (const lang of LANGS) {
        for (const [name, show] of screens) {
          if (name === 'hill') m.kiosk.act({ kind: 'started', lang, session: 'aaaaaaaaaaaaaaaa', screen: { kind: 'hill' } });
          show();
          await settled();
          for (const { what, r } of things()) {
            const topMm = edgeMm + (height - r.top) / pxPerMm;
            if (topMm > reachMm + 1) high.push(`${lang} ${name}: ${what} ${topMm.toFixed(0)} mm`);
          }
        }
        m.kiosk.act({ kind: 'sheet', open: false, session: 'aaaaaaaaaaaaaaaa' });
      }
      expect(high).toEqual([]);
    },
  );

  test('a design that is drawn too small for a finger grows to 20 mm', async () => {
    await page.viewport(1920, 1080);
    m.kiosk.setGlass({ ...readGlass(null), pxPerMm: 6 });
    m.kiosk.act({ kind: 'started', lang: 'zh-HK', session: 'aaaaaaaaaaaaaaaa', screen: { kind: 'hill' } });
    await expect.poll(() => document.querySelector('.bar-button')?.getBoundingClientRect().height).toBeGreaterThanOrEqual(6 * touchMm - 0.5);
    expect(document.querySelector('.seg > button')?.getBoundingClientRect().width).toBeGreaterThanOrEqual(6 * touchMm - 0.5);
  });

  test('what was stored is believed only where it can be', () => {
    expect(readGlass('{"pxPerMm":2.5,"edgeMm":760}')).toMatchObject({ pxPerMm: 2.5, edgeMm: 760 });
    for (const raw of ['{"pxPerMm":0,"edgeMm":9000}', '{"pxPerMm":"2","edgeMm":null}', 'null', '[]', '{', ''])
      expect(readGlass(raw)).toMatchObject({ pxPerMm: null, edgeMm: null });
  });
});

describe('[U5] hands', () => {
  const contact = (target: Element, type: string, pointerId: number, more: PointerEventInit = {}): void => {
    const { left, top } = target.getBoundingClientRect();
    target.dispatchEvent(
      new PointerEvent(type, { pointerId, pointerType: 'touch', bubbles: true, cancelable: true, clientX: left + 5, clientY: top + 5, width: 20, height: 20, ...more }),
    );
  };
  const tap = (target: Element, pointerId: number, more: PointerEventInit = {}): void => {
    for (const type of ['pointerdown', 'pointerup', 'click']) contact(target, type, pointerId, more);
  };
  const start = (): Element => document.querySelector('.start[lang="en"]') as Element;

  test('a palm or a sleeve presses nothing, also when it comes down after a fingertip', () => {
    const palm = { width: 120, height: 60 };
    tap(start(), 1, palm);
    expect(m.kiosk.visit.value).toMatchObject({ session: null, inputs: 0, fingers: [] });
    contact(start(), 'pointerdown', 2);
    contact(start(), 'pointermove', 2, palm);
    contact(start(), 'pointerup', 2, palm);
    contact(start(), 'click', 2, palm);
    expect(m.kiosk.visit.value.session).toBeNull();
    tap(start(), 3);
    expect(m.kiosk.visit.value.session).not.toBeNull();
  });

  test('one contact owns the gesture: what a second one presses meanwhile is not pressed', () => {
    contact(start(), 'pointerdown', 1);
    tap(start(), 2);
    expect(m.kiosk.visit.value.session).toBeNull();
    contact(start(), 'pointerup', 1);
    contact(start(), 'click', 1);
    expect(m.kiosk.visit.value.lang).toBe('en');
  });
});

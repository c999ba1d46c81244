/** The project's screen with a model, its stage faked: numbers, parts, tour and switches in three languages, and the twin without 3D. */
import { signal } from '@preact/signals';
import axe from 'axe-core';
import { render } from 'preact';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../kiosk/ui/tokens.css';
import '../../kiosk/visitor/base.css';
import '../../kiosk/visitor/screens.css';
import '../../kiosk/visitor/overlays.css';
import '../../kiosk/visitor/picture.css';
import '../../kiosk/visitor/model.css';
import '../../kiosk/visitor/keep.css';
import stillUrl from '../../content/models/mapping-robot-dog.webp?url';
import indexText from '../../content/models/models.json?raw';
import type { Stage } from '../../kiosk/stage/stage.ts';
import { loadFonts } from '../../kiosk/ui/fonts.ts';
import { catalogueOf } from '../../kiosk/visitor/catalogue.ts';
import type { Desk } from '../../kiosk/visitor/desk.ts';
import { layoutFor, reachMm, touchMm } from '../../kiosk/visitor/layout.ts';
import { makeModelHost } from '../../kiosk/visitor/model-host.ts';
import { Project } from '../../kiosk/visitor/project.tsx';
import { noModes, restVisit } from '../../kiosk/visitor/visit.ts';
import { visitorWords } from '../../kiosk/words/visitor.ts';
import { type ModelEntry, modelInfoOf } from '../../shared/model.ts';
import type { Content } from '../../shared/pack.ts';
import { LANGS, type Lang, type Text } from '../../shared/words.ts';
import { packHead, placedProject, text } from '../visitor/small-content.ts';

const entries = (JSON.parse(indexText) as { models: (ModelEntry & { name: Text })[] }).models;
/** the model whose words are the longest */
const words = (m: ModelEntry): number => m.hotspots.reduce((sum, h) => sum + h.label.en.length + h.text.en.length, 0);
const entry = entries.reduce((most, m) => (words(m) > words(most) ? m : most));
const model = modelInfoOf(entry, '/content/models/x.glb', stillUrl);

const placed = placedProject('dog', {
  name: entry.name,
  area: 'government',
  benefit: text('幫手測繪', '帮忙测绘', 'Helps with mapping'),
  summary: text('感應器量度地方。', '传感器测量地方。', 'Sensors measure places.'),
  figures: [
    {
      id: 'f',
      label: text('預測未來的車速', '预测未来的车速', 'speed forecast'),
      value: 90,
      unit: text('分鐘', '分钟', 'minutes'),
      kind: 'duration',
      qualifier: 'up-to',
      asOf: '2022',
    },
  ],
  sources: [{ title: text('網站', '网站', 'Website'), date: '2025' }],
  asOf: '2025',
  model,
});
const head = packHead('pavilion', 'terraces', { name: text('館'), event: text('展'), message: text('看') });
const content: Content = { version: 'v', showcase: 'pavilion', mode: 'direct', origin: null, homeCode: '000000', packs: [head], projects: [placed] };

const root = document.createElement('div');
root.id = 'kiosk';
let calls: string[] = [];

/** how many px a millimetre of the glass has, and how high its lower edge hangs */
type Measured = { pxPerMm: number; edgeMm: number };

const makeDesk = (lang: Lang, width: number, height: number, live: boolean, modes: Partial<typeof noModes> = {}, glass?: Measured): Desk => {
  const catalogue = catalogueOf(content);
  if (!catalogue) throw new Error('no catalogue');
  calls = [];
  const status = (more: object): void => {
    host.status.value = { ...host.status.value, ...more };
  };
  const steered = {
    look: (part: string | null) => {
      calls.push(`look ${part}`);
      status({ part });
    },
    show: (face: 'model' | 'data') => {
      calls.push(`show ${face}`);
      status({ face });
    },
    play: (playing: boolean) => status({ playing }),
    open: (opened: boolean) => status({ opened }),
  };
  const host = makeModelHost(
    () => ({ model: steered }) as unknown as Stage,
    () => undefined,
    () => undefined,
  );
  if (live) {
    status({ state: 'shown', moves: true, opens: true });
    host.parts.value = model.hotspots.map((h, k) => ({ id: h.id, x: 300 + k * 40, y: 300 + k * 30, seen: true }));
  }
  const nothing = (): undefined => undefined;
  return {
    visit: { ...restVisit(0), lang, modes: { ...noModes, ...modes } },
    shortLinks: true,
    lang,
    w: visitorWords(lang),
    catalogue,
    stage: {
      state: signal(live ? ('ready' as const) : ('none' as const)),
      canvas: document.createElement('canvas'),
      model: host,
      open: async () => undefined,
      look: nothing,
      frame: nothing,
      resize: nothing,
      turn: nothing,
      zoom: nothing,
      reset: nothing,
      redraw: nothing,
      figures: () => null,
    },
    ...layoutFor(width, height, glass),
    vote: { kind: 'open', chosen: null, share: null, offline: false },
    caption: null,
    volume: 2,
    turnVolume: nothing,
    readScreen: nothing,
    newQuiz: nothing,
    lamps: { visits: null, unit: 1, time: null, open: true, hours: null },
    link: { paired: true, showcase: 'pavilion', zone: null, device: null, online: true, waiting: 0, oldestMs: null, storage: 'memory', faults: [] },
    act: nothing,
    go: nothing,
    newSession: () => '',
    surprise: nothing,
  };
};

const show = async (lang: Lang, width: number, height: number, live: boolean, modes: Partial<typeof noModes> = {}, glass?: Measured): Promise<void> => {
  await page.viewport(width, height);
  const desk = makeDesk(lang, width, height, live, modes, glass);
  const html = document.documentElement;
  html.className = [
    modes.contrast ? 'hc' : 'night',
    'scene-night',
    desk.portrait ? 'portrait' : 'landscape',
    (modes.large || modes.elder) && 'large',
    modes.elder && 'elder',
    modes.low && 'low',
    'still-motion',
  ]
    .filter(Boolean)
    .join(' ');
  html.lang = lang;
  html.style.setProperty('--px-per-mm', String(desk.pxPerMm));
  html.style.setProperty('--touch', `${touchMm * desk.glassPxPerMm}px`);
  html.style.setProperty('--reach', `${desk.reachPx}px`);
  render(null, root);
  document.body.append(root);
  const place = desk.catalogue.places.get('dog');
  if (!place) throw new Error('no place');
  const screens = <Project desk={desk} trail={place.trail} place={place} via="walk" />;
  render(<div class="screens">{screens}</div>, root);
  await loadFonts(lang);
  await expect.poll(() => document.querySelector('.parts-open')).not.toBeNull();
  await document.fonts.ready;
};
const press = async (selector: string): Promise<void> => {
  const button = document.querySelector<HTMLButtonElement>(selector);
  if (!button) throw new Error(`no ${selector}`);
  button.click();
  await new Promise((done) => setTimeout(done, 60));
};

afterEach(() => {
  render(null, root);
  root.remove();
});

test('a number on the model opens its part, and pressed again closes it', async () => {
  await show('en', 1080, 1920, true);
  expect(document.querySelectorAll('.dot')).toHaveLength(model.hotspots.length);
  await press('.dot');
  const [first] = model.hotspots;
  expect(calls).toEqual(['show model', `look ${first?.id}`]);
  expect(document.querySelector('.part-said')?.textContent).toContain(first?.text.en);
  expect(document.querySelector('.part[aria-pressed="true"]')?.textContent).toContain(first?.name.en);
  expect(document.activeElement?.className).toContain('parts-of');
  await press('.part[aria-pressed="true"]');
  expect(calls.at(-1)).toBe('look null');
  await press('.parts-open');
  expect(document.querySelector('.parts-list')).toBeNull();
});

test('the tour goes stop by stop, is paused by a touch elsewhere, and ends with the whole', async () => {
  await show('en', 1080, 1920, true);
  await press('.parts-open');
  await press('.parts-acts .btn');
  expect(calls.at(-1)).toBe(`look ${model.hotspots[0]?.id}`);
  expect(document.querySelector('.tour-at')?.textContent).toContain(`Stop 1 of ${model.hotspots.length}`);
  const patience = { timeout: 20_000 };
  // the page listens only after it has been painted
  const touched = (): string | null | undefined => {
    document.querySelector('.view')?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    return document.querySelector('.parts-acts .btn')?.textContent;
  };
  await expect.poll(touched, patience).toContain('Continue');
  for (let stop = 1; stop < model.hotspots.length; stop++) {
    await press('.parts-acts .btn:nth-child(2)');
    await expect.poll(() => calls.at(-1), patience).toBe(`look ${model.hotspots[stop]?.id}`);
    await expect.poll(() => document.querySelector('.tour-at')?.textContent, patience).toContain(`Stop ${stop + 1} of`);
  }
  await press('.parts-acts .btn:nth-child(2)');
  await expect.poll(() => calls.at(-1), patience).toBe('look null');
  await expect.poll(() => document.querySelector('.tour-at'), patience).toBeNull();
});

test('the tour goes on by itself after eight seconds', async () => {
  await show('en', 1080, 1920, true);
  await press('.parts-open');
  await press('.parts-acts .btn');
  await expect.poll(() => calls.at(-1), { timeout: 20_000 }).toBe(`look ${model.hotspots[1]?.id}`);
});

test('without 3D a still stands for the model without a word of data; the sculpture and its legend where there is none', async () => {
  await show('en', 1080, 1920, false);
  await expect.poll(() => document.querySelector('.model-still')).not.toBeNull();
  expect(document.querySelector('.legend')).toBeNull();
  document.querySelector('.model-still')?.dispatchEvent(new Event('error'));
  await expect.poll(() => document.querySelector('.legend')?.textContent).toContain('zero');
  expect(document.querySelector('.model-still')).toBeNull();
});

test('without 3D every part is told with its sentence', async () => {
  await show('zh-HK', 1080, 1920, false);
  await press('.parts-open');
  const told = document.querySelector('.parts-described')?.textContent ?? '';
  for (const h of model.hotspots) expect(told).toContain(h.text['zh-HK']);
  expect(document.querySelectorAll('.dot')).toHaveLength(0);
});

/** Buttons too small, outside the window or over each other; words cut off. */
const faults = (): string[] => {
  const buttons = [...document.querySelectorAll<HTMLElement>('button')].map((b) => ({ b, r: b.getBoundingClientRect() })).filter(({ r }) => r.width > 0);
  const name = (b: HTMLElement): string => `${b.className} ${b.textContent}`;
  const small = buttons.filter(({ r }) => r.width < 80 || r.height < 80 || r.left < 0 || r.right > window.innerWidth + 0.5 || r.bottom > window.innerHeight + 0.5);
  const over = buttons.flatMap((p, i) =>
    buttons
      .slice(i + 1)
      .filter((q) => p.r.left < q.r.right - 1 && q.r.left < p.r.right - 1 && p.r.top < q.r.bottom - 1 && q.r.top < p.r.bottom - 1)
      .map((q) => `${name(p.b)} over ${name(q.b)}`),
  );
  const pills = [...document.querySelectorAll('.view .whereabouts > *, .view .legend')].map((e) => e.getBoundingClientRect());
  const onWords = buttons
    .filter(({ b, r }) => b.classList.contains('dot') && pills.some((p) => p.width > 0 && r.left < p.right && p.left < r.right && r.top < p.bottom && p.top < r.bottom))
    .map(({ b }) => `${name(b)} on words`);
  const cut = [...document.querySelectorAll<HTMLElement>('.screen h1, .screen p, .screen button, .screen li')]
    .filter(
      (e) =>
        !e.classList.contains('unseen') &&
        !e.classList.contains('parts-of') &&
        e.clientWidth > 0 &&
        (e.scrollWidth > e.clientWidth + 2 || e.getBoundingClientRect().right > window.innerWidth + 1),
    )
    .map((e) => `cut: ${e.className} ${e.textContent?.slice(0, 40)}`);
  const label = [...document.querySelectorAll('.project-label')].filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => `label: ${e.scrollHeight} of ${e.clientHeight}`);
  return [
    ...small.map(({ b, r }) => `${name(b)} ${Math.round(r.width)}x${Math.round(r.height)} at ${Math.round(r.left)},${Math.round(r.top)}`),
    ...over,
    ...onWords,
    ...cut,
    ...label,
  ];
};

describe.each([
  [1080, 1920],
  [1920, 1080],
] as const)('at %i by %i', (width, height) => {
  test.each(LANGS)('in %s nothing is cut off and every target is large enough', async (lang) => {
    const found: string[] = [];
    for (const modes of [{}, { large: true }, { low: true }, { contrast: true }]) {
      for (const live of [true, false]) {
        await show(lang, width, height, live, modes);
        const what = `${Object.keys(modes)[0] ?? 'usual'} ${live ? '3D' : 'no 3D'}`;
        found.push(...faults().map((f) => `${what}: ${f}`));
        await press('.parts-open');
        found.push(...faults().map((f) => `${what} parts: ${f}`));
        if (!live) continue;
        await press('.part');
        found.push(...faults().map((f) => `${what} part: ${f}`));
        await press('.parts-acts .btn');
        found.push(...faults().map((f) => `${what} tour: ${f}`));
      }
    }
    expect(found).toEqual([]);
  });
});

/** Everything that can be pressed or scanned and stands higher above the floor than a seated visitor reaches, or is smaller than a finger. */
const outOfReach = ({ pxPerMm, edgeMm }: Measured): string[] =>
  [...document.querySelectorAll<HTMLElement>('button, .qr')]
    .filter((e) => e.checkVisibility())
    .map((e) => ({ e, r: e.getBoundingClientRect() }))
    .filter(({ r }) => r.width > 0)
    .flatMap(({ e, r }) => {
      const topMm = edgeMm + (window.innerHeight - r.top) / pxPerMm;
      const least = Math.min(r.width, r.height) / pxPerMm;
      return [
        ...(topMm > reachMm + 1 ? [`${e.className} ${e.textContent} at ${topMm.toFixed(0)} mm`] : []),
        ...(least < touchMm - 0.05 ? [`${e.className} ${e.textContent} ${least.toFixed(1)} mm small`] : []),
        ...(r.bottom > window.innerHeight + 0.5 || r.right > window.innerWidth + 0.5 ? [`${e.className} ${e.textContent} outside`] : []),
      ];
    });

describe('[U5] with low reach the parts, the tour and everything else of a model stays under 1,220 mm', () => {
  test.each([
    ['43 inch portrait', 1080, 1920, 2.02],
    ['55 inch portrait', 1080, 1920, 1.58],
    ['43 inch landscape', 1920, 1080, 2.02],
  ] as const)('%s', async (_, width, height, pxPerMm) => {
    const found: string[] = [];
    for (const edgeMm of [700, 800])
      for (const [i, more] of ([{}, { large: true }, { elder: true }, { contrast: true }, { contrast: true, large: true }] as const).entries())
        for (const lang of LANGS)
          for (const live of i === 0 ? [true, false] : [true]) {
            const glass = { pxPerMm, edgeMm };
            await show(lang, width, height, live, { low: true, ...more }, glass);
            const look = async (what: string): Promise<void> => {
              found.push(...outOfReach(glass).map((f) => `${edgeMm} ${lang} ${Object.keys(more).join('+')} ${live ? '3D' : 'no 3D'} ${what}: ${f}`));
            };
            await look('closed');
            if (!document.querySelector('.parts-open')?.checkVisibility()) continue;
            await press('.parts-open');
            await look('parts');
            if (!live) continue;
            await press('.part');
            await look('part');
            await press('.parts-acts .btn');
            await look('tour');
          }
    expect(found).toEqual([]);
  });
});

test('axe finds nothing', async () => {
  await show('zh-HK', 1080, 1920, true);
  await press('.dot');
  const { violations } = await axe.run(root, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { region: { enabled: false } } });
  expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id} ${n.html.slice(0, 120)}`))).toEqual([]);
});

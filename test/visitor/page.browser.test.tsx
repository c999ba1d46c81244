/** The visitor's page in a real browser: the whole way by keyboard, dialogs that hold the focus, targets, languages, axe. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { LANGS } from '../../shared/words.ts';
import { kioskForEach, settled } from './fake-kiosk.tsx';

const m = kioskForEach();

const screen = (): string => m.kiosk.visit.value.screen.kind;
const begin = async (lang: string): Promise<void> => {
  document.querySelector<HTMLButtonElement>(`.start[lang="${lang}"]`)?.click();
  await expect.poll(() => document.querySelector('.hill')).not.toBeNull();
};
const openProject = async (id: string): Promise<void> => {
  m.kiosk.go({ kind: 'project', trail: id === 'seal' ? 'area:living' : 'area:mobility', project: id, via: 'walk' });
  await expect.poll(() => document.querySelector('.project .heading')).not.toBeNull();
};

describe('by keyboard alone', () => {
  test('from the start to the code and back out', async () => {
    document.querySelector<HTMLButtonElement>('.start[lang="en"]')?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.textContent).toBe('Choose a terrace');
    await userEvent.keyboard('{ArrowDown}'); // the first key of a keypad only starts the voice
    expect(document.activeElement?.textContent).toBe('Choose a terrace');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}'); // list, living, mobility
    expect(document.activeElement?.textContent).toContain('Smart Mobility');
    await userEvent.keyboard('{Enter}');
    await expect.poll(screen).toBe('walk');
    await expect.poll(() => document.activeElement?.className).toContain('heading');
    document.querySelector<HTMLButtonElement>('.walk-acts .primary')?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(screen).toBe('project');
    document.querySelector<HTMLButtonElement>('.project-acts .primary')?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.querySelector('.qr')?.getAttribute('aria-label')).toBe('QR code that leads to go.example.hk/q/K7Q2M9');
    for (const want of ['project', 'walk', 'hill', 'attract']) {
      await userEvent.keyboard('{Escape}');
      await expect.poll(screen).toBe(want);
    }
    expect(m.fake.facts.map((f) => f.kind)).toEqual(['session.started', 'mode.chosen', 'session.ended']);
    expect(m.fake.facts[2]).toMatchObject({ reason: 'start_over', inputs: expect.any(Number) });
  });

  test('a dialog holds the focus and gives it back', async () => {
    await begin('zh-HK');
    const opener = document.querySelector<HTMLButtonElement>('.bar [aria-haspopup="dialog"]');
    opener?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.closest('.sheet')).not.toBeNull();
    for (let i = 0; i < 12; i++) {
      await userEvent.keyboard('{Tab}');
      expect(document.activeElement?.closest('.sheet')).not.toBeNull();
    }
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement).toBe(opener);
    expect(screen()).toBe('hill');
  });
});

test('the question stands with the easy choice focused, and any key answers it', async () => {
  await begin('zh-HK');
  m.fake.clockMs += 46_000;
  await expect.poll(() => document.activeElement?.textContent).toBe('繼續參觀');
  expect(document.querySelector('.still [aria-live="assertive"]')?.textContent).toContain('25 秒');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.querySelector('.still')).toBeNull();
  expect(m.kiosk.visit.value.session).not.toBeNull();
  m.fake.clockMs += 46_000;
  await expect.poll(() => document.querySelector('.still')).not.toBeNull();
  m.fake.clockMs += 26_000;
  await expect.poll(screen).toBe('attract');
  expect(m.fake.facts.at(-1)).toMatchObject({ kind: 'session.ended', reason: 'idle' });
});

test('accessibility applies at once and is gone at the reset', async () => {
  await begin('zh-CN');
  m.kiosk.act({ kind: 'chose', mode: 'large', on: true });
  m.kiosk.act({ kind: 'chose', mode: 'contrast', on: true });
  await expect.poll(() => document.documentElement.className).toContain('hc');
  expect(document.documentElement.className).toContain('large');
  expect(document.documentElement.lang).toBe('zh-CN');
  m.kiosk.act({ kind: 'ended', reason: 'start_over' });
  await expect.poll(() => document.documentElement.className).not.toContain('large');
  expect(document.documentElement.className).toContain('night');
  expect(document.documentElement.lang).toBe('zh-HK');
});

test('the lamps tell the count while it is fresh', async () => {
  expect(document.querySelector('.count')?.textContent).not.toContain('人次');
  m.fake.tally({ showcase: 'pavilion', asOf: '2025-04-13T14:32:05+08:00', visits: 1_986, open: true });
  await expect.poll(() => document.querySelector('.count')?.textContent).toContain('1\u00a0986');
  expect(document.querySelector('.count')?.textContent).toContain('每一盞燈代表今天 2 人次到訪');
  m.fake.clockMs += 1;
  m.fake.tally({ showcase: 'pavilion', asOf: '2025-04-13T14:20:05+08:00', visits: 1_986, open: true });
  await expect.poll(() => document.querySelector('.count')?.textContent).not.toContain('1\u00a0986');
});

test('[U7] who has voted, and nobody else, is told the share, once there are enough votes', async () => {
  await begin('en');
  await openProject('signals');
  m.kiosk.go({ kind: 'say' });
  const tally = { showcase: 'pavilion', asOf: '2025-04-13T14:32:05+08:00', visits: 1, open: true };
  const note = (): string => document.querySelector('.say-note')?.textContent ?? '';
  m.fake.tally({ ...tally, votes: { all: 39, of: { signals: 19 } } });
  await expect.poll(note).toContain('One vote per visit');
  expect(note()).not.toContain('%');
  document.querySelector<HTMLButtonElement>('.ballot .choice')?.click();
  await expect.poll(note).toContain('50% of votes chose the same; votes are not a count of people.');
  m.fake.tally(tally); // nothing new of the votes
  expect(note()).toContain('50%');
  m.fake.tally({ ...tally, votes: null });
  await expect.poll(note).not.toContain('%');
});

test('[L13] a code on the screen changes to the destination itself where short links lead nowhere, and back', async () => {
  await begin('en');
  m.kiosk.go({ kind: 'takeaway', trail: 'area:mobility', project: 'meters', via: 'walk', code: 'K7Q2M9' });
  const tally = { showcase: 'pavilion', asOf: '2025-04-13T14:32:05+08:00', visits: 1, open: true };
  const typed = (): string => `${document.querySelector('.qr-address')?.textContent}${document.querySelector('.qr-code')?.textContent ?? ''}`;
  const drawn = (): string => document.querySelector('.qr-panel svg')?.outerHTML ?? '';
  await expect.poll(typed).toBe('go.example.hk/q/K7Q2M9');
  const short = drawn();
  m.fake.tally({ ...tally, direct: true });
  await expect.poll(typed).toBe('www.smartcity.gov.hk/?lang=en');
  await expect.poll(drawn).not.toBe(short);
  m.fake.tally(tally);
  await expect.poll(typed).toBe('go.example.hk/q/K7Q2M9');
  await expect.poll(drawn).toBe(short);
});

describe('commands', () => {
  test('pause and emergency take the screen and end the visit', async () => {
    await begin('en');
    await m.fake.command({ kind: 'pause', on: true });
    await expect.poll(() => document.querySelector('.rest-paused')).not.toBeNull();
    expect(m.fake.facts.at(-1)).toMatchObject({ kind: 'session.ended', reason: 'paused' });
    await m.fake.command({ kind: 'emergency', on: true, text: '請由 B 門離開' });
    await expect.poll(() => document.querySelector('.rest-emergency')?.textContent).toContain('請由 B 門離開');
    expect(document.querySelectorAll('button').length).toBe(0);
    await m.fake.command({ kind: 'emergency', on: false });
    await m.fake.command({ kind: 'pause', on: false });
    await expect.poll(() => document.querySelectorAll('.start').length).toBe(3);
  });

  test('a project that is put forward is where the next visit begins', async () => {
    await m.fake.command({ kind: 'spotlight', project: 'meters' });
    await expect.poll(() => document.querySelector('.spotlight')).not.toBeNull();
    document.querySelector<HTMLButtonElement>('.start[lang="zh-HK"]')?.click();
    await expect.poll(screen).toBe('project');
  });
});

/** Everything that can be pressed is at least 80 px (40 mm at 2.02 px a mm, twice the floor of 20 mm) in both directions and within the window. */
const smallTargets = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('button:not(.veil)')]
    .map((b) => ({ b, r: b.getBoundingClientRect() }))
    .filter(
      ({ b, r }) =>
        b.closest('.list-rows, .keep-rows') === null &&
        r.width > 0 &&
        (r.width < 80 || r.height < 80 || r.left < 0 || r.right > window.innerWidth + 0.5 || r.bottom > window.innerHeight + 0.5),
    )
    .map(({ b, r }) => `${b.className} ${b.textContent} ${Math.round(r.width)}x${Math.round(r.height)} at ${Math.round(r.left)},${Math.round(r.top)}`);

/** Text that is wider than its box, or stands outside the window. */
const cutOff = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('.screen h1, .screen h2, .screen p, .screen button, .screen li')]
    .filter((e) => e.closest('.list-rows, .keep-rows, .unseen') === null && !e.classList.contains('unseen') && e.clientWidth > 0)
    .filter((e) => e.scrollWidth > e.clientWidth + 2 || e.getBoundingClientRect().right > window.innerWidth + 1 || e.getBoundingClientRect().bottom > window.innerHeight + 1)
    .map((e) => `${e.tagName}.${e.className}: ${e.textContent?.slice(0, 40)}`)
    .concat([...document.querySelectorAll('.project-label')].filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => `label: ${e.scrollHeight} of ${e.clientHeight}`));

describe.each([
  [1080, 1920],
  [1920, 1080],
] as const)('at %i by %i', (width, height) => {
  test.each(LANGS)('in %s nothing is cut off and every target is large enough', async (lang) => {
    await page.viewport(width, height);
    m.kiosk.resized();
    await begin(lang);
    const faults: string[] = [];
    const check = async (what: string): Promise<void> => {
      await settled();
      faults.push(...[...smallTargets(), ...cutOff()].map((f) => `${what}: ${f}`));
    };
    await check('hill');
    m.kiosk.go({ kind: 'pier' });
    await check('pier');
    m.kiosk.go({ kind: 'list', area: null });
    await check('list');
    m.kiosk.go({ kind: 'walk', trail: 'area:mobility', project: 'signals' });
    await check('walk');
    for (const id of ['signals', 'meters', 'longest', 'seal']) {
      await openProject(id);
      await check(`project ${id}`);
    }
    m.kiosk.go({ kind: 'takeaway', trail: 'area:mobility', project: 'meters', via: 'walk', code: 'K7Q2M9' });
    await check('takeaway');
    const keepScreens = async (what: string): Promise<void> => {
      for (const id of m.kiosk.catalogue.value?.places.keys() ?? []) m.kiosk.act({ kind: 'kept', act: { kind: 'save', project: id } });
      m.kiosk.go({ kind: 'collection' });
      await check(`collection ${what}`);
      m.kiosk.go({ kind: 'say' });
      await check(`say ${what}`);
      m.kiosk.newQuiz();
      await check(`quiz ${what}`);
      m.kiosk.act({ kind: 'kept', act: { kind: 'answer', pick: m.kiosk.visit.value.keep.quiz?.questions[0]?.options[0] ?? '' } });
      await check(`quiz told ${what}`);
    };
    await keepScreens('');
    for (const mode of ['elder', 'large', 'low'] as const) {
      m.kiosk.act({ kind: 'chose', mode, on: true });
      await keepScreens(mode);
      for (const id of ['signals', 'longest', 'seal']) {
        await openProject(id);
        await check(`project ${id} ${mode}`);
      }
      m.kiosk.go({ kind: 'hill' });
      await check(`hill ${mode}`);
      m.kiosk.go({ kind: 'walk', trail: 'area:mobility', project: 'longest' });
      await check(`walk ${mode}`);
      m.kiosk.act({ kind: 'chose', mode, on: false });
    }
    expect(faults).toEqual([]);
  });
});

test('[U4] whatever the pictures show stands in the page: the hill as a list, a sculpture as a sentence with its figures', async () => {
  for (const canvas of document.querySelectorAll('canvas')) expect(canvas.closest('[aria-hidden="true"]')).not.toBeNull();
  await begin('en');
  m.kiosk.go({ kind: 'list', area: null });
  await expect.poll(() => document.querySelectorAll('.row').length).toBe(m.kiosk.catalogue.value?.places.size);
  const catalogue = m.kiosk.catalogue.value;
  const trails = [...(catalogue?.terraces ?? []), ...(catalogue?.quays ?? [])].filter((t) => t.projects.length > 0);
  expect([...document.querySelectorAll('.list-group')].map((g) => g.querySelectorAll('.row').length)).toEqual(trails.map((t) => t.projects.length));
  expect([...document.querySelectorAll('.row b')].map((b) => b.textContent)).toEqual(trails.flatMap((t) => t.projects.map((p) => p.name.en)));
  const sentences: (string | undefined)[] = [];
  for (const id of ['signals', 'meters', 'seal']) {
    await openProject(id);
    await new Promise((done) => setTimeout(done, 60));
    sentences.push(document.querySelector('.project .view > .unseen')?.textContent ?? undefined);
  }
  expect(sentences).toEqual([
    '18 floors. One floor = 5 minutes. speed forecast: 90\u00a0minutes',
    '70 blocks. One block = 1\u00a0000 meters. smart water meters in the applications: 70\u00a0000\u00a0meters',
    'Decorative shape, not data',
  ]);
});

/** The visitor's page in a real browser: the whole way by keyboard, dialogs that hold the focus, targets, languages, axe. */
import { signal } from '@preact/signals';
import axe from 'axe-core';
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { KioskLink, LinkState } from '../../kiosk/link/kiosk-link.ts';
import '../../kiosk/ui/tokens.css';
import '../../kiosk/visitor/base.css';
import '../../kiosk/visitor/screens.css';
import '../../kiosk/visitor/overlays.css';
import '../../kiosk/visitor/picture.css';
import '../../kiosk/visitor/model.css';
import { App } from '../../kiosk/visitor/app.tsx';
import { listen } from '../../kiosk/visitor/gestures.ts';
import { makeModelHost } from '../../kiosk/visitor/model-host.ts';
import { type Kiosk, runKiosk } from '../../kiosk/visitor/run.ts';
import type { StageHost } from '../../kiosk/visitor/stage-host.ts';
import type { Fact } from '../../kiosk/visitor/visit.ts';
import type { Command } from '../../shared/command.ts';
import type { Content, PackHead, PlacedProject } from '../../shared/pack.ts';
import type { PublicTally } from '../../shared/wire.ts';
import { LANGS, type Text } from '../../shared/words.ts';

const text = (hk: string, cn = hk, en = hk): Text => ({ 'zh-HK': hk, 'zh-CN': cn, en });
const home = { 'zh-HK': 'https://www.smartcity.gov.hk/', 'zh-CN': 'https://www.smartcity.gov.hk/?lang=zh_CN', en: 'https://www.smartcity.gov.hk/?lang=en' };
const head: PackHead = {
  format: 1,
  id: 'pavilion',
  place: 'terraces',
  name: text('智慧香港展館', '智慧香港展馆', 'Smart Hong Kong Pavilion'),
  event: text('香港國際創科展', '香港国际创科展', 'InnoEX'),
  message: text('過百項香港創科方案，走近看看', '过百项香港创科方案，走近看看', 'Over 100 Hong Kong solutions. Come and look inside.'),
  days: [],
  zones: [{ id: 'living', name: text('智慧生活') }],
  points: [],
  series: [],
  hosts: [],
  home,
  earlier: [],
  reviewed: { 'zh-CN': { by: 'desk', date: '2025-01-01' } },
};
const project = (id: string, more: Partial<PlacedProject>): PlacedProject => ({
  id,
  pack: 'pavilion',
  code: 'K7Q2M9',
  name: text('實時交通燈號調節系統', '实时交通信号调节系统', 'Real-time Adaptive Traffic Signal System'),
  area: 'mobility',
  benefit: text('路口按行人和車輛，分配綠燈時間', '路口根据行人和车辆，分配绿灯时间', 'Green lights timed to the people and cars at a junction'),
  summary: text('感應器在路口量度行人和車輛。', '传感器在路口统计行人和车辆。', 'Sensors at junctions measure people and cars and share out green time between them.'),
  standing: 'solution',
  organisation: text('運輸署', '运输署', 'Transport Department'),
  figures: [],
  sources: [{ title: text('智慧城市網站', '智慧城市网站', 'Smart city website'), date: '2025' }],
  asOf: '2025',
  ...more,
});
const minutes = { unit: text('分鐘', '分钟', 'minutes'), kind: 'duration', qualifier: 'up-to', asOf: '2022' } as const;
const content: Content = {
  version: 'v1',
  showcase: 'pavilion',
  mode: 'redirect',
  origin: 'https://go.example.hk',
  homeCode: '000000',
  packs: [head, { ...head, id: 'maker', place: 'quays', series: [{ id: 'ai', name: text('人工智能與數據科學', '人工智能与数据科学', 'AI and Data Science') }] }],
  projects: [
    project('signals', { figures: [{ id: 'f', label: text('預測未來的車速', '预测未来的车速', 'speed forecast'), value: 90, ...minutes }] }),
    project('meters', {
      figures: [70_000, 100, 250, 500].map((value, i) => ({
        id: `f${i}`,
        label: text('申請安裝的智能水錶', '申请安装的智能水表', 'smart water meters in the applications'),
        value,
        unit: text('個', '个', 'meters'),
        kind: 'count',
        qualifier: 'about',
        asOf: '2022',
      })),
    }),
    project('longest', {
      name: text('第九屆香港智慧城市大獎得獎項目', '第九届香港智慧城市大奖得奖项目', 'Multi-functional Smart Lamppost Programmes'),
      summary: text(
        '計劃資助小型商店、食肆、旅遊和個人服務業，支付現成數碼工具的一半費用。申請在2025年5月截止，2026年2月時正籌劃新一輪。',
        '计划资助小型商店、餐馆、旅游和个人服务业，支付现成数字工具的一半费用。申请在2025年5月截止，2026年2月时正筹划新一轮。',
        'It paid half the cost of ready-made digital tools for small shops, restaurants, tourism and personal services. It closed in May 2025; a new round was being planned in February 2026.',
      ),
      standing: 'award',
      record: text(
        '亞太資訊及通訊科技大獎（2021年12月公布）：政府及市民服務組大獎',
        '亚太资讯及通讯科技大奖（2021年12月公布）：政府及市民服务组大奖',
        'Asia Pacific ICT Alliance Awards (APICTA), announced December 2021: Winner, Government & Citizen Services',
      ),
      organisation: text(
        '運輸署、政府資訊科技總監辦公室（現數字政策辦公室）',
        '运输署、政府资讯科技总监办公室（现数字政策办公室）',
        'Electrical and Mechanical Services Department, Food and Environmental Hygiene Department, Leisure and Cultural Services Department',
      ),
      figures: [4_400_000, 8_000, 2_300, 180_000].map((value, i) => ({
        id: `f${i}`,
        label: text('可預測多久之後的平均車速和行車時間', '2025年增购前已投入使用的机器人', 'how far ahead average speed and journey time are predicted'),
        value,
        unit: text('次／日', '次/天', 'bureaux and departments'),
        kind: 'count',
        qualifier: 'at-least',
        asOf: '2022',
      })),
      sources: [
        {
          title: text(
            'Dimsum Daily：警方參加日內瓦國際發明展（2024年4月22日）',
            'Dimsum Daily：警方参加日内瓦国际发明展（2024年4月22日）',
            'Development Bureau, My Blog: the Drainage Services Department remote-controlled desilting robot',
          ),
          date: '2024-04-22',
        },
        { title: text('二', '二', 'two'), date: '2024' },
      ],
      asOf: '2024-04-22',
    }),
    project('seal', { area: 'living' }),
    project('team', { pack: 'maker', series: 'ai', standing: 'team', record: text('十強', '十强', 'Top ten') }),
  ],
};

const linkState: LinkState = { paired: true, showcase: 'pavilion', zone: 'living', device: 'K-03', online: true, waiting: 0, oldestMs: null, storage: 'memory', faults: [] };
type Fake = { facts: Fact[]; command(c: Command): Promise<void>; tally(t: PublicTally): void; clockMs: number };

const fakeLink = (fake: Fake): KioskLink => ({
  state: () => linkState,
  subscribe: () => () => undefined,
  record: async (event) => {
    fake.facts.push(event as Fact);
  },
  onCommand: (handler) => {
    fake.command = handler;
  },
  onTally: (handler) => {
    fake.tally = handler;
  },
  report: () => undefined,
  claim: async () => true,
  startPairing: async () => ({ userCode: 'BCDF-GHJK', words: text('燈塔'), approved: new Promise(() => undefined) }),
  unpair: async () => undefined,
  content: async () => content,
  showcases: async () => ['pavilion'],
  nowMs: () => fake.clockMs,
  close: async () => undefined,
});

const noStage = (): StageHost => ({
  state: signal<'loading' | 'ready' | 'none'>('none'),
  canvas: document.createElement('canvas'),
  model: makeModelHost(
    () => null,
    () => undefined,
  ),
  open: async () => undefined,
  look: () => undefined,
  frame: () => undefined,
  resize: () => undefined,
  turn: () => undefined,
  zoom: () => undefined,
  reset: () => undefined,
  figures: () => null,
});

let kiosk: Kiosk;
let fake: Fake;
let root: HTMLDivElement;
let stop: () => void;

beforeEach(async () => {
  await page.viewport(1080, 1920);
  fake = { facts: [], command: async () => undefined, tally: () => undefined, clockMs: Date.parse('2025-04-13T14:32:10+08:00') };
  root = document.createElement('div');
  root.id = 'kiosk';
  document.body.append(root);
  const link = fakeLink(fake);
  kiosk = runKiosk(link, noStage, {
    now: () => fake.clockMs,
    random: (into) => crypto.getRandomValues(into),
    chance: () => 0.5,
    storedTheme: () => null,
    storeTheme: () => undefined,
    prefersStill: () => false,
    reload: () => undefined,
  });
  render(<App kiosk={kiosk} link={link} />, root);
  stop = listen(
    {
      touched: (finger) => kiosk.act({ kind: 'touched', finger }),
      lifted: (finger) => kiosk.act({ kind: 'lifted', finger }),
      pressed: () => kiosk.act({ kind: 'pressed' }),
      swiped: kiosk.swiped,
      cornerHeld: () => undefined,
      escaped: () => kiosk.visit.value.session !== null && kiosk.act({ kind: 'returned' }),
      pxPerMm: () => 2.02,
    },
    { mm: 40, holdMs: 5_000 },
  );
  await kiosk.start();
  await expect.poll(() => document.querySelectorAll('.start').length).toBe(3);
});

afterEach(() => {
  stop();
  kiosk.stop();
  render(null, root);
  root.remove();
});

const screen = (): string => kiosk.visit.value.screen.kind;
const begin = async (lang: string): Promise<void> => {
  document.querySelector<HTMLButtonElement>(`.start[lang="${lang}"]`)?.click();
  await expect.poll(() => document.querySelector('.hill')).not.toBeNull();
};
const openProject = async (id: string): Promise<void> => {
  kiosk.go({ kind: 'project', trail: id === 'seal' ? 'area:living' : 'area:mobility', project: id, via: 'walk' });
  await expect.poll(() => document.querySelector('.project .heading')).not.toBeNull();
};

describe('by keyboard alone', () => {
  test('from the start to the code and back out', async () => {
    document.querySelector<HTMLButtonElement>('.start[lang="en"]')?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => document.activeElement?.textContent).toBe('Choose a terrace');
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
    expect(fake.facts.map((f) => f.kind)).toEqual(['session.started', 'session.ended']);
    expect(fake.facts[1]).toMatchObject({ reason: 'start_over', inputs: expect.any(Number) });
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
  fake.clockMs += 46_000;
  await expect.poll(() => document.activeElement?.textContent).toBe('繼續參觀');
  expect(document.querySelector('.still [aria-live="assertive"]')?.textContent).toContain('25 秒');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.querySelector('.still')).toBeNull();
  expect(kiosk.visit.value.session).not.toBeNull();
  fake.clockMs += 46_000;
  await expect.poll(() => document.querySelector('.still')).not.toBeNull();
  fake.clockMs += 26_000;
  await expect.poll(screen).toBe('attract');
  expect(fake.facts.at(-1)).toMatchObject({ kind: 'session.ended', reason: 'idle' });
});

test('accessibility applies at once and is gone at the reset', async () => {
  await begin('zh-CN');
  kiosk.act({ kind: 'chose', mode: 'large', on: true });
  kiosk.act({ kind: 'chose', mode: 'contrast', on: true });
  await expect.poll(() => document.documentElement.className).toContain('hc');
  expect(document.documentElement.className).toContain('large');
  expect(document.documentElement.lang).toBe('zh-CN');
  kiosk.act({ kind: 'ended', reason: 'start_over' });
  await expect.poll(() => document.documentElement.className).not.toContain('large');
  expect(document.documentElement.className).toContain('night');
  expect(document.documentElement.lang).toBe('zh-HK');
});

test('the lamps tell the count while it is fresh', async () => {
  expect(document.querySelector('.count')?.textContent).not.toContain('人次');
  fake.tally({ showcase: 'pavilion', asOf: '2025-04-13T14:32:05+08:00', visits: 1_986, open: true });
  await expect.poll(() => document.querySelector('.count')?.textContent).toContain('1\u00a0986');
  expect(document.querySelector('.count')?.textContent).toContain('每一盞燈代表今天 2 人次到訪');
  fake.clockMs += 1;
  fake.tally({ showcase: 'pavilion', asOf: '2025-04-13T14:20:05+08:00', visits: 1_986, open: true });
  await expect.poll(() => document.querySelector('.count')?.textContent).not.toContain('1\u00a0986');
});

describe('commands', () => {
  test('pause and emergency take the screen and end the visit', async () => {
    await begin('en');
    await fake.command({ kind: 'pause', on: true });
    await expect.poll(() => document.querySelector('.rest-paused')).not.toBeNull();
    expect(fake.facts.at(-1)).toMatchObject({ kind: 'session.ended', reason: 'paused' });
    await fake.command({ kind: 'emergency', on: true, text: '請由 B 門離開' });
    await expect.poll(() => document.querySelector('.rest-emergency')?.textContent).toContain('請由 B 門離開');
    expect(document.querySelectorAll('button').length).toBe(0);
    await fake.command({ kind: 'emergency', on: false });
    await fake.command({ kind: 'pause', on: false });
    await expect.poll(() => document.querySelectorAll('.start').length).toBe(3);
  });

  test('a project that is put forward is where the next visit begins', async () => {
    await fake.command({ kind: 'spotlight', project: 'meters' });
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
        b.closest('.list-rows') === null &&
        r.width > 0 &&
        (r.width < 80 || r.height < 80 || r.left < 0 || r.right > window.innerWidth + 0.5 || r.bottom > window.innerHeight + 0.5),
    )
    .map(({ b, r }) => `${b.className} ${b.textContent} ${Math.round(r.width)}x${Math.round(r.height)} at ${Math.round(r.left)},${Math.round(r.top)}`);

/** Text that is wider than its box, or stands outside the window. */
const cutOff = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('.screen h1, .screen h2, .screen p, .screen button, .screen li')]
    .filter((e) => e.closest('.list-rows, .unseen') === null && !e.classList.contains('unseen') && e.clientWidth > 0)
    .filter((e) => e.scrollWidth > e.clientWidth + 2 || e.getBoundingClientRect().right > window.innerWidth + 1 || e.getBoundingClientRect().bottom > window.innerHeight + 1)
    .map((e) => `${e.tagName}.${e.className}: ${e.textContent?.slice(0, 40)}`)
    .concat([...document.querySelectorAll('.project-label')].filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => `label: ${e.scrollHeight} of ${e.clientHeight}`));

describe.each([
  [1080, 1920],
  [1920, 1080],
] as const)('at %i by %i', (width, height) => {
  test.each(LANGS)('in %s nothing is cut off and every target is large enough', async (lang) => {
    await page.viewport(width, height);
    kiosk.resized();
    await begin(lang);
    const faults: string[] = [];
    const check = async (what: string): Promise<void> => {
      await new Promise((done) => setTimeout(done, 60));
      faults.push(...[...smallTargets(), ...cutOff()].map((f) => `${what}: ${f}`));
    };
    await check('hill');
    kiosk.go({ kind: 'pier' });
    await check('pier');
    kiosk.go({ kind: 'list', area: null });
    await check('list');
    kiosk.go({ kind: 'walk', trail: 'area:mobility', project: 'signals' });
    await check('walk');
    for (const id of ['signals', 'meters', 'longest', 'seal']) {
      await openProject(id);
      await check(`project ${id}`);
    }
    kiosk.go({ kind: 'takeaway', trail: 'area:mobility', project: 'meters', via: 'walk', code: 'K7Q2M9' });
    await check('takeaway');
    for (const mode of ['large', 'low'] as const) {
      kiosk.act({ kind: 'chose', mode, on: true });
      for (const id of ['signals', 'longest', 'seal']) {
        await openProject(id);
        await check(`project ${id} ${mode}`);
      }
      kiosk.go({ kind: 'hill' });
      await check(`hill ${mode}`);
      kiosk.go({ kind: 'walk', trail: 'area:mobility', project: 'longest' });
      await check(`walk ${mode}`);
      kiosk.act({ kind: 'chose', mode, on: false });
    }
    expect(faults).toEqual([]);
  });
});

test('axe finds nothing on any screen', async () => {
  const run = async (what: string): Promise<string[]> => {
    await new Promise((done) => setTimeout(done, 400));
    const { violations } = await axe.run(root, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { region: { enabled: false } } });
    return violations.flatMap((v) => v.nodes.map((n) => `${what}: ${v.id} ${n.html.slice(0, 120)}`));
  };
  const found = await run('attract');
  await begin('zh-HK');
  found.push(...(await run('hill')));
  kiosk.act({ kind: 'sheet', open: true, session: 'unused-unused-01' });
  found.push(...(await run('sheet')));
  kiosk.go({ kind: 'list', area: null });
  found.push(...(await run('list')));
  await openProject('meters');
  found.push(...(await run('project')));
  kiosk.go({ kind: 'takeaway', trail: 'area:mobility', project: 'meters', via: 'walk', code: 'K7Q2M9' });
  found.push(...(await run('takeaway')));
  expect(found).toEqual([]);
});

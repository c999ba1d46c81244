/** A kiosk's whole page for tests in a browser: a content of its own, a link that only remembers, no stage, a voice that says nothing aloud. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeEach, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { KioskLink, LinkState } from '../../kiosk/link/kiosk-link.ts';
import { loadFonts } from '../../kiosk/ui/fonts.ts';
import '../../kiosk/ui/tokens.css';
import '../../kiosk/visitor/base.css';
import '../../kiosk/visitor/screens.css';
import '../../kiosk/visitor/overlays.css';
import '../../kiosk/visitor/picture.css';
import '../../kiosk/visitor/model.css';
import '../../kiosk/visitor/keep.css';
import { App } from '../../kiosk/visitor/app.tsx';
import { fetchBeyond } from '../../kiosk/visitor/beyond.tsx';
import { listen } from '../../kiosk/visitor/gestures.ts';
import { startGuide } from '../../kiosk/visitor/guide.ts';
import type { KioskPlace } from '../../kiosk/visitor/kiosk-place.ts';
import { makeModelHost } from '../../kiosk/visitor/model-host.ts';
import { type Kiosk, runKiosk } from '../../kiosk/visitor/run.ts';
import type { Line } from '../../kiosk/visitor/speech.ts';
import type { StageHost } from '../../kiosk/visitor/stage-host.ts';
import type { Fact } from '../../kiosk/visitor/visit.ts';
import type { Command } from '../../shared/command.ts';
import type { Content, PlacedProject } from '../../shared/pack.ts';
import type { PublicTally } from '../../shared/wire.ts';
import { packHead, placedProject, text } from './small-content.ts';
import { stillPlace } from './still-place.ts';

const head = packHead('pavilion', 'terraces', {
  name: text('智慧香港展館', '智慧香港展馆', 'Smart Hong Kong Pavilion'),
  event: text('香港國際創科展', '香港国际创科展', 'InnoEX'),
  message: text('過百項香港創科方案，走近看看', '过百项香港创科方案，走近看看', 'Over 100 Hong Kong solutions. Come and look inside.'),
  zones: [{ id: 'living', name: text('智慧生活') }],
});
const project = (id: string, more: Partial<PlacedProject>): PlacedProject =>
  placedProject(id, {
    name: text('實時交通燈號調節系統', '实时交通信号调节系统', 'Real-time Adaptive Traffic Signal System'),
    area: 'mobility',
    benefit: text('路口按行人和車輛，分配綠燈時間', '路口根据行人和车辆，分配绿灯时间', 'Green lights timed to the people and cars at a junction'),
    summary: text('感應器在路口量度行人和車輛。', '传感器在路口统计行人和车辆。', 'Sensors at junctions measure people and cars and share out green time between them.'),
    organisation: text('運輸署', '运输署', 'Transport Department'),
    sources: [{ title: text('智慧城市網站', '智慧城市网站', 'Smart city website'), date: '2025' }],
    asOf: '2025',
    ...more,
  });
const minutes = { unit: text('分鐘', '分钟', 'minutes'), kind: 'duration', qualifier: 'up-to', asOf: '2022' } as const;
export const content: Content = {
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
export type Fake = {
  facts: Fact[] /** what was said, and not yet broken off or done */;
  spoken: Line[];
  command(c: Command): Promise<unknown>;
  tally(t: PublicTally): void;
  clockMs: number;
};

/** With these the content fills a whole collection: twelve, each name as long as any. */
export const fullHouse = (['environment', 'people', 'government', 'economy', 'economy', 'government', 'people'] as const).map((area, i) =>
  project(`more${i}`, {
    area,
    code: `K7Q2N${i}`,
    name: text(`第${i + 1}屆香港智慧城市大獎得獎項目`, `第${i + 1}届香港智慧城市大奖获奖项目`, `Multi-functional Smart Lamppost Programmes ${i + 1}`),
    benefit: text(`路口按行人和車輛分配綠燈時間${i}`, `路口根据行人和车辆分配绿灯时间${i}`, `Green lights timed to the people and cars at a junction ${i}`),
  }),
);

const fakeLink = (fake: Fake, more: readonly PlacedProject[]): KioskLink => ({
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
  content: async () => ({ ...content, projects: [...content.projects, ...more] }),
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
    () => undefined,
  ),
  open: async () => undefined,
  look: () => undefined,
  frame: () => undefined,
  resize: () => undefined,
  turn: () => undefined,
  zoom: () => undefined,
  reset: () => undefined,
  redraw: () => undefined,
  figures: () => null,
});

/** until the page stands as it was asked to: drawn anew, and in the fonts that are shipped, so that nothing hangs on the machine's own */
export const settled = async (): Promise<void> => {
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
  await pause(30);
  document.body.getBoundingClientRect(); // what is newly in sight asks for its fonts
  while (document.fonts.status === 'loading') {
    await document.fonts.ready;
    await pause(10);
  }
};

export type Mounted = { kiosk: Kiosk; fake: Fake; root: HTMLElement; unmount(): void };

/** Mounts the page as the visitor's main does, in portrait, on its resting screen; with `more` projects than `content` holds, on a device that keeps `place`. */
export const mountKiosk = async (more: readonly PlacedProject[] = [], place: Partial<KioskPlace> = {}): Promise<Mounted> => {
  await page.viewport(1080, 1920);
  await loadFonts('zh-CN');
  await fetchBeyond(); // as after a first touch
  await document.fonts.load('32px "Noto Sans HK Variable"', 'a港'); // rejects where the shipped fonts can't be had
  const fake: Fake = { facts: [], spoken: [], command: async () => undefined, tally: () => undefined, clockMs: Date.parse('2025-04-13T14:32:10+08:00') };
  const root = document.createElement('div');
  root.id = 'kiosk';
  document.body.append(root);
  const link = fakeLink(fake, more);
  const kiosk = runKiosk(
    link,
    noStage,
    stillPlace({
      now: () => fake.clockMs,
      voice: {
        say(line, _volume, done) {
          fake.spoken.push(line);
          queueMicrotask(done);
        },
        hush: () => undefined,
      },
      ...place,
    }),
  );
  render(<App kiosk={kiosk} link={link} />, root);
  const stopHearing = listen(
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
  const stopGuide = startGuide(kiosk, () => kiosk.glass.value.keys);
  await kiosk.start();
  await vi.waitUntil(() => document.querySelectorAll('.start').length === 3, { timeout: 20_000 });
  return {
    kiosk,
    fake,
    root,
    unmount() {
      stopGuide();
      stopHearing();
      kiosk.stop();
      render(null, root);
      root.remove();
    },
  };
};

/** A kiosk for each test of a file, mounted before it and gone after it; `reload` mounts it anew, on a device that keeps `place`. */
export const kioskForEach = () => {
  let now: Mounted;
  beforeEach(async () => {
    now = await mountKiosk();
  });
  afterEach(() => now.unmount());
  return {
    get kiosk(): Kiosk {
      return now.kiosk;
    },
    get fake(): Fake {
      return now.fake;
    },
    get root(): HTMLElement {
      return now.root;
    },
    async reload(place: Partial<KioskPlace>): Promise<void> {
      now.unmount();
      now = await mountKiosk([], place);
    },
  };
};

/**
 * Liquid biopsy: a tube of blood, a small clear chip it runs through, and a round window that shows, many times larger, cells and
 * fragments in the blood. Cells drift through the channel; the chip's layers come apart in the exploded state.
 */
import { bent, cosD, merge, placed, ring, sinD, upTo, type Vec2, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { type Channel, shift, spin } from '../kit/motion.ts';
import { type Corner, disc, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { bolts, cable, louvre, screw } from '../kit/parts-fixings.ts';
import { led } from '../kit/parts-optics.ts';
import { slabStand, standTop } from '../kit/parts-stand.ts';
import { band, box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { bar, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const blood = '#B3303A';
const bloodDark = '#8E2430';
const rackX = -700;
const windowAt: Vec3 = [430, 800, -170];
const windowR = 430;
const chipAt: Vec3 = [-120, standTop + 210, 300];
const chipTilt: Vec3 = [16, 0, 0];

/** A tube with a cap: clear wall, blood settled under its pale plasma. */
const bloodTube = (m: Model, at: Vec3, cap: 'accent' | 'grey' | 'iris', level: number): void =>
  void m.within({ at }, () => {
    const r = 86;
    const bowl = (rr: number, from: number, to: number): Vec2[] => [
      [0, from],
      ...upTo(7).map((i): Vec2 => [rr * sinD(i * 15), from + rr * 0.9 * (1 - cosD(i * 15))]),
      [rr, to],
      [0, to],
    ];
    m.add(lathe(bowl(r - 12, 12, level * 0.55), 28), blood, { tolerance: 0.3 });
    m.add(
      lathe(
        [
          [0, level * 0.55],
          [r - 12, level * 0.55],
          [r - 12, level * 0.59],
          [0, level * 0.59],
        ],
        28,
      ),
      '#EADDC9',
      { tolerance: 0.3 },
    );
    m.add(
      lathe(
        [
          [0, level * 0.59],
          [r - 12, level * 0.59],
          [r - 12, level],
          [0, level],
        ],
        28,
      ),
      '#E8B95C',
      { tolerance: 0.3 },
    );
    m.add(lathe([...bowl(r, 0, 800).slice(1, -1), [r - 8, 800]], 30), ['glass', '#E2F1F8', 0.28]);
    m.add(
      lathe(
        [
          [0, 740],
          [r - 4, 740],
          [r - 4, 796],
          [r + 16, 800],
          [r + 18, 960],
          [r + 8, 984],
          [40, 984],
          [34, 966],
          [0, 966],
        ],
        32,
      ),
      cap,
    );
    for (const i of upTo(20)) m.add(cube(8, 140, 8), cap, { at: [(r + 18) * sinD(i * 18), 880, (r + 18) * cosD(i * 18)], rot: [0, i * 18, 0], tolerance: 1 });
    m.add(
      bent(plate(slab(170, 230, 8), 1.5, 0.3), ([x, y, z]) => [(r + 2 + z) * Math.sin(x / r), y, (r + 2 + z) * Math.cos(x / r)], 60),
      'white',
      { at: [0, 590, 0], rot: [0, 26, 0], tolerance: 1 },
    );
    for (const i of upTo(7))
      m.add(cube(5 + ((i * 7) % 3) * 3, 70, 2), 'dark', {
        at: [(r + 4) * Math.sin(0.45 - 0.5 + i * 0.16), 560, (r + 4) * Math.cos(0.45 - 0.5 + i * 0.16)],
        rot: [0, -3 + i * 9.2, 0],
        tolerance: 1,
      });
  });

const rack = (m: Model): void => {
  m.within({ at: [rackX, standTop, -190] }, () => {
    m.add(box(330, 44, 900, 18, 2), 'shell2', { at: [0, 22, 0] });
    for (const y of [230, 470]) {
      const holes = [-270, 0, 270].map((z) => disc(94, z, 0, 32));
      m.add(placed(plate(pierced(slab(900, 330, 40), ...holes), 34, 6), { rot: [-90, 90, 0] }), y > 300 ? 'shell' : 'shell2', { at: [0, y, 0] });
    }
    m.add(box(336, 10, 906, 4), 'accent', { at: [0, 450, 0] });
    for (const s of sides) for (const t of sides) m.add(cyl(20, 470, { segments: 16 }), 'steel', { at: [s * 130, 250, t * 415] });
    for (const s of sides) for (const t of sides) bolts(m, 1, 0.01, 14, { at: [s * 130, 488, t * 415] });
    bloodTube(m, [0, 60, 270], 'accent', 600);
    bloodTube(m, [0, 60, 0], 'grey', 560);
    bloodTube(m, [0, 60, -270], 'iris', 620);
  });
};

/** The winding channel, in the chip's plane (x along, y across). */
const channel: readonly Vec2[] = [
  [-330, 120],
  [-240, 120],
  ...upTo(6).flatMap((i): Vec2[] => [
    [-180 + i * 72, i % 2 ? -110 : 110],
    [-180 + i * 72 + 36, i % 2 ? -110 : 110],
  ]),
  [260, 0],
  [340, 0],
];
const channelPoint = (t: number): Vec2 => {
  const k = Math.min(t * (channel.length - 1), channel.length - 1.001);
  const i = Math.floor(k);
  const [a, b] = [channel[i] as Vec2, channel[i + 1] as Vec2];
  return [a[0] + (b[0] - a[0]) * (k - i), a[1] + (b[1] - a[1]) * (k - i)];
};

const chipBase = (m: Model): void => {
  m.add(placed(plate(slab(840, 440, 30), 26, 5), { rot: [-90, 0, 0] }), '#2B3A48');
  m.add(placed(plate(pierced(slab(850, 450, 34), slab(818, 418, 22)), 32, 4), { rot: [-90, 0, 0] }), 'shell');
  for (const s of sides) for (const t of sides) screw(m, 12, { at: [s * 400, 16, t * 200], rot: [-90, 0, 0] });
};
const chipChannel = (m: Model): void => {
  m.add(
    tube(
      16,
      channel.map(([x, z]): Vec3 => [x, 0, z]),
      { steps: 84, segments: 8 },
    ),
    '#D8404A',
    { tolerance: 0.4 },
  );
  // three outlets where what was found is sorted
  for (const z of [-120, 0, 120]) {
    m.add(
      tube(
        9,
        [
          [330, 0, 0],
          [350, 0, z * 0.8],
          [372, 0, z],
        ],
        { steps: 8, segments: 8 },
      ),
      z ? '#E8B95C' : 'accent',
    );
    m.add(cyl(26, 16, { segments: 20 }), z ? '#E8B95C' : 'accent', { at: [376, 0, z] });
  }
  m.add(cyl(34, 18, { segments: 22 }), bloodDark, { at: [-340, 0, 120] });
};
const chipCover = (m: Model): void => {
  m.add(placed(plate(pierced(slab(812, 412, 20), disc(30, -340, -120, 18)), 14, 3), { rot: [-90, 0, 0] }), ['glass', '#EAF7FC', 0.26]);
  m.add(band(46, 26, 40, { segments: 24 }), 'shell2', { at: [-340, 18, 120] });
  m.add(band(50, 42, 12, { segments: 24 }), 'accent', { at: [-340, 22, 120] });
  for (const z of [-120, 0, 120]) m.add(band(32, 20, 24, { segments: 20 }), 'shell2', { at: [376, 12, z] });
};

/** A drop, its point up. */
const dropShape: readonly Corner[] = [
  [0, 92, 6],
  [58, -8, 46],
  [50, -72, 46],
  [-50, -72, 46],
  [-58, -8, 46],
];

/** A red cell: a disc with a dent on both faces. */
const redCell = (r: number) =>
  lathe(
    [
      [0, -r * 0.1],
      [r * 0.4, -r * 0.16],
      [r * 0.75, -r * 0.3],
      [r, 0],
      [r * 0.75, r * 0.3],
      [r * 0.4, r * 0.16],
      [0, r * 0.1],
    ],
    18,
    60,
  );

/** The window from behind: a dished cover with slots for air, a plate with its screws and a drop, the lamp's knob and its line to the foot. */
const windowBack = (m: Model): void => {
  m.add(
    placed(
      lathe(
        [
          [0, -6],
          [windowR + 18, -6],
          [windowR + 14, 10],
          [windowR - 20, 22],
          [windowR - 120, 52],
          [windowR - 132, 64],
          // a ring in the open: what lies between covered corners would be left out
          [windowR - 164, 64],
          [0, 64],
        ],
        60,
      ),
      { rot: [90, 0, 0] },
    ),
    'shell',
  );
  m.add(placed(band(windowR - 118, windowR - 136, 20, { segments: 52 }), { rot: [90, 0, 0] }), 'accent', { at: [0, 0, 58] });
  const slot = placed(cube(15, 78, 12), { at: [0, windowR - 68, 34], rot: [-16, 0, 0] });
  m.add(merge(...upTo(28).map((i) => placed(slot, { rot: [0, 0, (i * 360) / 28] }))), 'seam', { tolerance: 1 });
  m.add(placed(cyl(238, 14, { segments: 48 }), { rot: [90, 0, 0] }), 'shell2', { at: [0, 0, 68] });
  for (const i of upTo(6)) screw(m, 12, { at: [214 * sinD(i * 60), 214 * cosD(i * 60), 76] });
  louvre(m, 210, 84, 5, { at: [0, -100, 78] }, 'grey', 10);
  m.add(plate(outline(dropShape, 26, 5), 12, 4), blood, { at: [-74, 64, 78] });
  m.add(placed(cyl(62, 30, { segments: 28 }), { rot: [90, 0, 0] }), 'dark', { at: [82, 70, 88] });
  m.add(
    placed(
      ring(18, (a) => placed(cube(7, 26, 6), { at: [62 * sinD(a), 0, 62 * cosD(a)], rot: [0, a, 0] })),
      { rot: [90, 0, 0] },
    ),
    'black',
    { at: [82, 70, 88], tolerance: 1 },
  );
  m.add(cube(8, 40, 4), 'accent', { at: [82, 92, 104], tolerance: 1 });
  for (const i of upTo(3)) led(m, 9, i === 1 ? 'cyan' : 'green', { at: [-104 + i * 104, 168, 76] });
  cable(
    m,
    14,
    [
      [0, -190, 70],
      [0, -270, 118],
      [30, -windowR - 40, 110],
      [60, -windowR - 150, 120],
      [40, -windowR - 214, 90],
    ],
    'black',
    { steps: 26 },
  );
};

const windowFrame = (m: Model): void => {
  m.add(placed(band(windowR + 46, windowR - 4, 120, { segments: 64, bevel: 22 }), { rot: [90, 0, 0] }), 'shell');
  m.add(placed(band(windowR + 50, windowR + 38, 26, { segments: 64 }), { rot: [90, 0, 0] }), 'accent');
  m.add(placed(cyl(windowR, 16, { segments: 56 }), { rot: [90, 0, 0] }), ['glow', '#FBE6DD'], { at: [0, 0, -50], tolerance: 1 });
  for (const i of upTo(8)) screw(m, 12, { at: [(windowR + 20) * sinD(i * 45), (windowR + 20) * cosD(i * 45), 60] });
  m.within({ at: [0, 0, -54], rot: [0, 180, 0] }, () => windowBack(m));
  // the stem
  m.add(cyl(54, 260, { segments: 28 }), 'steel', { at: [0, -windowR - 130, 0] });
  m.add(box(150, 90, 150, 26), 'dark', { at: [0, -windowR - 70, 0] });
  m.add(cyl(190, 40, { segments: 40 }), 'dark', { at: [0, -windowR - 230, 0] });
  m.add(cyl(196, 12, { segments: 40 }), 'accent', { at: [0, -windowR - 236, 0] });
};

/** A double helix along y: two strands and their rungs. */
const helix = (m: Model, height: number, r: number): void => {
  for (const phase of [0, 180])
    m.add(
      tube(
        9,
        upTo(19).map((i): Vec3 => [r * cosD(i * 40 + phase), -height / 2 + (i * height) / 18, r * sinD(i * 40 + phase)]),
        { steps: 54, segments: 7 },
      ),
      phase ? 'iris' : 'accent',
    );
  for (const i of upTo(17)) {
    const [x, z] = [r * cosD(i * 40 + 40), r * sinD(i * 40 + 40)];
    m.add(bar(5, [x, -height / 2 + ((i + 1) * height) / 18, z], [-x, -height / 2 + ((i + 1) * height) / 18, -z], 6), i % 2 ? '#E8B95C' : 'shell2', { tolerance: 1 });
  }
};

const rareCell = (m: Model): void => {
  m.add(sphere(118, 24, 18), ['glass', '#7A63E6', 0.5]);
  m.add(
    bent(sphere(62, 16, 12), ([x, y, z]) => [x * (1 + 0.12 * Math.sin(y / 18)), y, z * (1 + 0.1 * Math.cos(x / 16))], 70),
    '#5B46C8',
    { at: [14, 8, 0] },
  );
  for (const i of upTo(16)) {
    const y = 1 - (2 * (i + 0.5)) / 16;
    const wide = Math.sqrt(1 - y * y);
    m.add(sphere(14, 8, 6), '#9A88F0', { at: [116 * wide * cosD(i * 137.5), 116 * y, 116 * wide * sinD(i * 137.5)], tolerance: 1 });
  }
};

const reds: readonly [number, number, number, number][] = [
  [-300, 170, 62, 20],
  [-150, 300, 56, 70],
  [60, 330, 60, 140],
  [-330, -60, 58, 200],
  [-190, -240, 64, 100],
  [10, -330, 56, 40],
  [210, -270, 60, 160],
  [330, -100, 56, 10],
  [-120, 80, 60, 60],
];

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.065, edgeMm: 20, reach: 0.24 });
  slabStand(m, 1960, 1240);
  // a mat under chip and window, a tray under the rack
  m.add(placed(plate(slab(1330, 1080, 60, 5), 12, 4), { rot: [-90, 0, 0] }), '#D3DAE2', { at: [230, standTop + 3, 20], tolerance: 0.09 });
  m.add(placed(plate(pierced(slab(1290, 1040, 48, 5), slab(1274, 1024, 42, 5)), 6, 1), { rot: [-90, 0, 0] }), 'accent', { at: [230, standTop + 8, 20], tolerance: 1 });
  rack(m);
  // the chip on its wedge, fed by a thin line from the first tube
  m.within({ at: [chipAt[0], standTop, chipAt[2]] }, () => {
    m.add(box(900, 40, 520, 18), 'dark', { at: [0, 20, 0] });
    for (const s of sides) m.add(box(60, 190, 440, 14), 'shell2', { at: [s * 380, 110, 0], rot: [16, 0, 0] });
    led(m, 14, 'green', { at: [0, 22, 262] });
  });
  m.add(
    tube(
      10,
      [
        [rackX, 1080, 80],
        [rackX + 20, 1210, 110],
        [-560, 1120, 300],
        [-478, 700, 436],
        [-462, 460, 440],
        [-460, 378, 437],
      ],
      { steps: 34, segments: 8 },
    ),
    ['metal', '#C9505A'],
    { tolerance: 0.6 },
  );
  m.add(cyl(20, 90, { segments: 16 }), 'steel', { at: [rackX, 1070, 80] });
  m.node('chip', chipAt, { rot: chipTilt, moving: true }).on('chip', () => chipBase(m));
  m.node('channel', [0, 20, 0], { parent: 'chip', explode: [0, 150, 0] }).on('channel', () => chipChannel(m));
  m.node('cover', [0, 34, 0], { parent: 'chip', explode: [0, 330, 0] }).on('cover', () => chipCover(m));
  const drops = upTo(4);
  for (const k of drops) {
    const [x, z] = channelPoint(k / 4 + 0.06);
    m.node(`drop-${k}`, [x, 16, z], { parent: 'channel', moving: true }).on(`drop-${k}`, () => m.add(sphere(17, 12, 8), k === 1 ? 'glow' : 'amber'));
  }
  m.within({ at: windowAt, rot: [0, -8, 0] }, () => windowFrame(m));
  m.node('cells', windowAt, { rot: [0, -8, 0], moving: true }).on('cells', () => {
    for (const [x, y, r, a] of reds) m.add(redCell(r), blood, { at: [x, y, 18 + (a % 40)], rot: [60 - (a % 90), a, 20], tolerance: 0.4 });
  });
  m.node('rare', [windowAt[0] + 150, windowAt[1] + 60, windowAt[2] + 116], { moving: true }).on('rare', () => rareCell(m));
  m.node('strand', [windowAt[0] - 90, windowAt[1] - 110, windowAt[2] + 60], { rot: [0, 0, -52], moving: true }).on('strand', () => helix(m, 330, 42));
  const run = (k: number): Channel => {
    const [x0, z0] = channelPoint(k / 4 + 0.06);
    const n = 24;
    const times: number[] = [];
    const ways: Vec3[] = [];
    for (const i of upTo(n + 1)) {
      const t = (k / 4 + 0.06 + i / n) % 1;
      const [x, z] = channelPoint(t);
      const before = ways.at(-1);
      // from the channel's end straight back to its start, under the cover: one short step
      if (before && x - x0 < before[0] - 200) {
        const end = channel.at(-1) as Vec2;
        const begin = channel[0] as Vec2;
        times.push((i - 0.55) / 2, (i - 0.5) / 2);
        ways.push([end[0] - x0, 0, end[1] - z0], [begin[0] - x0, 0, begin[1] - z0]);
      }
      times.push(i / 2);
      ways.push([x - x0, 0, z - z0]);
    }
    return shift(`drop-${k}`, [x0, 16, z0], times, ways);
  };
  const times = upTo(9).map((i) => i * 1.5);
  const drift = (mm: number, phase: number): Vec3[] =>
    times.map((t) => [mm * Math.sin((t / 12) * Math.PI * 2 + phase), mm * 0.6 * Math.cos((t / 12) * Math.PI * 2 + phase) - mm * 0.6 * Math.cos(phase), 0]);
  m.clip('flow', [...drops.map(run), spin('strand', 'y', 12, 1, [0, 0, -52]), spin('rare', 'y', 12, 1), shift('cells', windowAt, times, drift(22, 0))]);
  return m
    .hotspot('tube', [rackX + 60, standTop + 400, 170])
    .hotspot('chip', [60, 20, 60], 'cover')
    .hotspot('cells', [0, 60, 120], 'rare')
    .hotspot('prize', [windowAt[0], windowAt[1] - windowR - 230, windowAt[2] + 190]);
};

export const exhibit: Exhibit = {
  id: 'liquid-biopsy',
  area: 'living',
  name: words('液體活檢技術', '液体活检技术', 'Liquid biopsy technology'),
  projects: ['mic-2019-cellomics'],
  views: [
    { az: 16, pol: 68, zoom: 1.14, caption: words('由血液到晶片', '从血液到芯片', 'From blood to chip') },
    { az: 6, pol: 78, zoom: 2, target: [...windowAt], caption: words('放大來看', '放大来看', 'Seen much larger') },
    { az: 8, pol: 46, zoom: 2.1, target: [-120, 330, 300], caption: words('晶片', '芯片', 'The chip') },
  ],
  hotspots: [
    {
      id: 'tube',
      label: words('血液樣本', '血液样本', 'A blood sample'),
      text: words('液體活檢檢驗血液等體液，不用取組織樣本。', '液体活检检验血液等体液，不用取组织样本。', 'A liquid biopsy tests blood or another fluid in place of tissue.'),
    },
    {
      id: 'chip',
      label: words('示意模型', '示意模型', 'An illustration'),
      text: words('晶片和管道只作示意，不代表隊伍的真實裝置。', '芯片和管道仅作示意，不代表团队的真实装置。', "Chip and channel are an illustration, not the team's real device."),
    },
    {
      id: 'cells',
      label: words('疾病的跡象', '疾病的迹象', 'Signs of disease'),
      text: words('在體液裏找疾病的跡象，細胞畫大了很多。', '在体液里寻找疾病的迹象，细胞放大了很多。', 'It looks for signs of disease. The cells are shown much larger.'),
    },
    {
      id: 'prize',
      label: words('2019年季軍', '2019年季军', 'Third in 2019'),
      text: words('隊伍在2019年香港分站賽取得季軍。', '团队在2019年香港分站赛取得季军。', 'The team came third in the Hong Kong Chapter in 2019.'),
    },
  ],
  make,
};

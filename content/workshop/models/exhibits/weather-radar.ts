/** Rain detection: a radar in a dome that is cut open, on its tower, a cloud with its rain, and a screen with the rain on a map. The dish turns, rain falls, the sweep goes round. */
import { type Lump, skin } from '../kit/blobs.ts';
import { cosD, merge, placed, ring, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin, sway } from '../kit/motion.ts';
import { disc, flat, outline, plate, slab } from '../kit/outlines.ts';
import { bolts, cable, louvre } from '../kit/parts-fixings.ts';
import { foliage, tree } from '../kit/parts-green.ts';
import type { Sign } from '../kit/parts-optics.ts';
import { airConditioner, conduit, serviceDoor, standingScreen } from '../kit/parts-service.ts';
import { band, box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { bar, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const towerX = -500;
const deckY = 1500;

const hill = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 0],
        [1750, 0],
        [1780, 40],
        [1760, 110],
        [1500, 180],
        [1100, 260],
        [700, 300],
        [0, 310],
      ],
      48,
    ),
    '#86A97A',
    { tolerance: 0.2 },
  );
  m.add(band(1784, 1748, 44, { segments: 56 }), 'accent', { at: [0, 50, 0] });
  // woods in two greens around the tower, open in front
  const wood = (first: number, paint: `#${string}`): void =>
    foliage(
      m,
      paint,
      68,
      upTo(12).map((i) => {
        const a = 66 + first * 9 + i * 19.5;
        const far = 1310 - ((i * 7 + first * 3) % 5) * 74;
        return [[far * sinD(a), 225 + (1310 - far) * 0.2, far * cosD(a)], 104 + ((i * 5 + first) % 4) * 22];
      }),
    );
  wood(0, '#4F8453');
  wood(1, '#69A062');
  for (const [x, z, h, turn] of [
    [-1180, -500, 640, 20],
    [-1030, 560, 520, 110],
    [260, -960, 600, 200],
  ] as const)
    tree(m, h, { at: [x, 250, z] }, turn, 11);
  m.add(cyl(760, 70, { segments: 40 }), 'concrete', { at: [towerX, 320, 0] });
  // a path of slabs from the door
  for (const i of upTo(5))
    m.add(box(240, 30, 150, 20), '#CFCFC9', { at: [towerX + 40 * sinD(i * 70), 322 - i * i * 6, 830 + i * 180], rot: [4 + i * 2.4, 6 * sinD(i * 90), 0], tolerance: 0.4 });
};

const tower = (m: Model): void => {
  m.within({ at: [towerX, 350, 0] }, () => {
    m.add(
      lathe(
        [
          [0, 0],
          [420, 0],
          [400, 60],
          [330, 500],
          [320, 1050],
          [430, 1130],
          [430, 1180],
          [0, 1180],
        ],
        40,
      ),
      'shell',
    );
    m.add(band(336, 318, 90, { segments: 40 }), 'accent', { at: [0, 880, 0] });
    m.add(plate(slab(230, 420, 20), 30, 8), 'dark', { at: [0, 260, 372], rot: [-9, 0, 0] });
    m.add(box(20, 60, 30, 8), 'gun', { at: [70, 250, 396] });
    louvre(m, 260, 180, 5, { at: [250, 620, 226], rot: [0, 48, 0] });
    // the back: a door, a ladder to the gallery, a cable way
    m.within({ rot: [0, 180, 0] }, () => {
      m.add(box(330, 560, 120, 30), 'shell2', { at: [-70, 300, 340], rot: [-7, 0, 0] });
      serviceDoor(m, 240, 460, { at: [-70, 300, 402], rot: [-7, 0, 0] }, { paint: 'shell' });
      for (const s of sides) m.add(cube(24, 1300, 30), 'steel', { at: [225 + s * 75, 670, 350], rot: [-2.4, 0, 0], tolerance: 1 });
      for (const i of upTo(12)) m.add(cube(150, 16, 16), 'steel', { at: [225, 100 + i * 100, 374 - i * 4.2], tolerance: 1 });
      conduit(
        m,
        22,
        [
          [-300, 40, 250],
          [-270, 400, 235],
          [-245, 800, 235],
          [-250, 1110, 240],
        ],
        {},
      );
    });
    m.within({ at: [-318, 640, -60], rot: [0, -100, 0] }, () => airConditioner(m, 300, {}));
    // gallery
    m.add(
      lathe(
        [
          [430, 1110],
          [720, 1130],
          [740, 1160],
          [720, 1190],
          [430, 1190],
        ],
        44,
      ),
      'shell2',
    );
    for (const i of upTo(16)) m.add(cyl(16, 260, { segments: 8 }), 'steel', { at: [700 * sinD(i * 22.5), 1310, 700 * cosD(i * 22.5)] });
    for (const y of [1330, 1440]) m.add(placed(band(712, 690, 22, { segments: 44 }), {}), 'steel', { at: [0, y, 0] });
  });
};

/** The dome: its front third is cut away, ribs run over the rest. */
const dome = (m: Model): void => {
  const r = 640;
  const panels: ReturnType<typeof cube>[] = [];
  const seams: ReturnType<typeof cube>[] = [];
  for (const i of upTo(12)) {
    const a = 62 + i * 20;
    const b = a + 19.4;
    const points = upTo(9).map((k) => -38 + k * 16);
    for (const k of upTo(8)) {
      const [e0, e1] = [points[k] as number, (points[k] as number) + 15.4];
      const at = (az: number, el: number, rr: number): Vec3 => [rr * cosD(el) * sinD(az), rr * sinD(el), rr * cosD(el) * cosD(az)];
      const mid: Vec3 = at((a + b) / 2, (e0 + e1) / 2, r);
      const w = 2 * r * cosD((e0 + e1) / 2) * sinD((b - a) / 2);
      if (w < 20) continue;
      panels.push(placed(cube(w * 1.02, r * 0.276, 18), { at: mid, rot: [-(e0 + e1) / 2, (a + b) / 2, 0] }));
    }
    seams.push(
      ...upTo(8).map((k) =>
        placed(cube(14, r * 0.28, 26), {
          at: [(r + 4) * cosD(-30 + k * 16) * sinD(a), (r + 4) * sinD(-30 + k * 16), (r + 4) * cosD(-30 + k * 16) * cosD(a)],
          rot: [-(-30 + k * 16), a, 0],
        }),
      ),
    );
  }
  m.add(merge(...panels), 'white', { tolerance: 0.16 });
  m.add(merge(...seams), 'shell2', { tolerance: 1 });
  m.add(sphere(90, 20, 14), 'shell', { at: [0, r + 10, 0] });
  m.add(band(520, 480, 60, { segments: 44 }), 'accent', { at: [0, -400, 0] });
};

const dish = (m: Model): void => {
  m.add(cyl(190, 120, { segments: 32 }), 'dark', { at: [0, -300, 0] });
  bolts(m, 8, 150, 18, { at: [0, -236, 0] });
  for (const s of sides)
    m.add(
      plate(
        outline(
          [
            [-90, -260, 40],
            [90, -260, 40],
            [50, 60, 50],
            [-50, 60, 50],
          ],
          30,
          4,
        ),
        50,
        12,
      ),
      'shell2',
      { at: [s * 180, 0, 0], rot: [0, 90, 0] },
    );
  m.add(cyl(50, 440, { segments: 20 }), 'gun', { rot: [0, 0, 90] });
  m.within({ rot: [-14, 0, 0] }, () => {
    m.add(
      lathe(
        [
          [0, 0],
          [140, 16],
          [300, 78],
          [410, 150],
          [430, 176],
          [420, 190],
          [290, 116],
          [130, 54],
          [0, 40],
        ],
        44,
      ),
      'shell',
      { rot: [90, 0, 0] },
    );
    m.add(placed(band(436, 414, 22, { segments: 44 }), { rot: [90, 0, 0] }), 'accent', { at: [0, 0, 180] });
    m.add(
      ring(8, (a) => placed(cube(26, 26, 330), { at: [200 * sinD(a), -44, 200 * cosD(a)], rot: [14, a, 0] })),
      'gun',
      { rot: [90, 0, 0], tolerance: 1 },
    );
    for (const i of upTo(3)) m.add(bar(13, [330 * sinD(i * 120), 330 * cosD(i * 120), 130], [0, 0, 470], 8), 'steel');
    m.add(cyl(52, 130, { r2: 80, segments: 22 }), 'dark', { at: [0, 0, 450], rot: [-90, 0, 0] });
    m.add(box(180, 200, 160, 30), 'dark', { at: [0, 0, -90] });
  });
};

const cloudAt: Vec3 = [920, 2240, 120];
const cloud = (m: Model): void => {
  const puffs: readonly (readonly [number, number, number, number])[] = [
    [0, 110, 0, 330],
    [-300, 30, 40, 250],
    [320, 40, -20, 270],
    [130, -10, 190, 220],
    [-150, 0, -170, 220],
    [540, -40, 40, 170],
    [-540, -50, 0, 160],
    [-120, 250, 60, 190],
    [180, 260, -30, 180],
  ];
  const lumps = puffs.map(([x, y, z, r]): Lump => ({ at: [x, y, z], r: [r, r * 0.78, r * 0.9] }));
  const swell = (x: number, y: number, z: number): number => 16 * Math.sin(x / 74 + 1) * Math.sin(y / 60) + 12 * Math.sin(z / 58 - x / 90);
  // a cloud's foot is flat and dark
  m.add(skin(lumps, { cellMm: 56, melt: 110, wave: swell, cut: (_, y) => -120 - y }), '#F3F6FA', { tolerance: 0.2 });
  m.add(placed(skin(lumps, { cellMm: 64, melt: 130, cut: (_, y) => Math.max(y + 70, -170 - y) }), { scale: [0.97, 1, 0.97] }), '#8E9DB3', { tolerance: 0.3 });
};

const dropsHigh = 1350;
const rain = (m: Model): void => {
  const drops = upTo(64).map((i) =>
    placed(
      lathe(
        [
          [0, -46],
          [17, -30],
          [18, -18],
          [9, 20],
          [0, 46],
        ],
        6,
      ),
      { at: [((i * 211) % 1000) - 500, -((i * 397) % dropsHigh), ((i * 157) % 560) - 280] },
    ),
  );
  m.add(merge(...drops), ['glass', '#5FB4E4', 0.86], { tolerance: 1 });
};

const map: readonly Sign[] = [
  { bar: [0, 0, 940, 700], paint: '#12345A', round: 0.03 },
  {
    shape: [
      [-420, -40],
      [-300, 60],
      [-120, 40],
      [0, 130],
      [160, 100],
      [240, 190],
      [400, 150],
      [430, -20],
      [260, -120],
      [60, -90],
      [-40, -190],
      [-260, -160],
    ],
    paint: '#2C6E58',
    round: 40,
  },
  {
    shape: [
      [-200, -240],
      [20, -270],
      [80, -200],
      [-60, -160],
      [-180, -180],
    ],
    paint: '#2C6E58',
    round: 30,
  },
  ...[330, 230, 130].map((r): Sign => ({ ring: [-60, 10, r, r - 5], paint: '#3E6FA0' })),
  {
    shape: [
      [80, -40, 60],
      [200, 90, 60],
      [400, 120, 60],
      [420, -30, 60],
      [260, -150, 60],
    ],
    paint: '#3FA8E0',
    round: 60,
  },
  {
    shape: [
      [160, -30, 40],
      [240, 60, 40],
      [360, 70, 40],
      [350, -20, 40],
      [250, -90, 40],
    ],
    paint: '#69F0A0',
    round: 40,
  },
  {
    shape: [
      [220, -20, 24],
      [270, 26, 24],
      [330, 24, 24],
      [310, -24, 24],
      [260, -46, 24],
    ],
    paint: '#FFD35A',
    round: 24,
  },
  { disc: [280, -10, 22], paint: '#FF6A55' },
  { bar: [-330, 290, 220, 40], paint: '#2DB36F', round: 0.5 },
  {
    shape: [
      [-34, -28],
      [34, -28],
      [0, 32],
    ],
    at: [390, 286],
    paint: '#FFB636',
  },
];

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.08, edgeMm: 46, reach: 0.22 });
  hill(m);
  tower(m);
  const domeAt: Vec3 = [towerX, deckY + 520, 0];
  m.within({ at: domeAt, rot: [0, 26, 0] }, () => dome(m));
  m.node('dish', [towerX, deckY + 480, 0], { rot: [0, 34, 0], moving: true }).on('dish', () => dish(m));
  m.node('cloud', cloudAt, { moving: true }).on('cloud', () => cloud(m));
  const rainAt: Vec3 = [cloudAt[0], cloudAt[1] - 260, cloudAt[2]];
  m.node('rain', rainAt, { moving: true }).on('rain', () => rain(m));
  // where it rains, the ground is wet
  m.add(placed(plate(disc(560, 0, 0, 36), 10, 3), { rot: [90, 0, 0] }), 'water', { at: [cloudAt[0], 282, cloudAt[2]], scale: [1, 1, 0.62] });
  // the beam
  const beam = flat(
    outline([
      [0, -16],
      [1180, -190],
      [1180, 190],
      [0, 16],
    ]),
  );
  m.within({ at: [towerX + 240, deckY + 560, 150], rot: [0, -6, 10] }, () => {
    m.add(beam, ['glass', '#69F0A0', 0.26]);
    m.add(placed(beam, { rot: [180, 0, 0] }), ['glass', '#69F0A0', 0.26], { at: [0, 0, -4] });
  });
  standingScreen(m, { w: 960, h: 720, postMm: 560 }, map, { at: [640, 262, 1080], rot: [0, -8, 0] }, 1);
  cable(m, 20, [
    [towerX + 330, 380, 260],
    [-100, 330, 620],
    [300, 300, 900],
    [560, 300, 1000],
  ]);
  m.add(
    tube(
      14,
      [
        [towerX, deckY + 1150, 0],
        [towerX, deckY + 1500, 0],
      ],
      { steps: 2, segments: 8 },
    ),
    'steel',
  );
  m.add(sphere(34, 14, 10), 'red', { at: [towerX, deckY + 1510, 0] });
  m.clip('watch', [spin('dish', 'y', 8, 1, [0, 34, 0]), sway('cloud', 'y', 8, 4)]);
  m.clip('rain', [
    shift(
      'rain',
      rainAt,
      [0, 2],
      [
        [0, 0, 0],
        [0, -220, 0],
      ],
    ),
  ]);
  return m
    .hotspot('radar', [towerX + 160, deckY + 620, 420])
    .hotspot('rain', [cloudAt[0], 1300, cloudAt[2] + 120])
    .hotspot('screen', [640, 1240, 1190])
    .hotspot('award', [towerX + 330, 900, 150]);
};

export const exhibit: Exhibit = {
  id: 'weather-radar',
  area: 'environment',
  name: words('天文台雨區偵測及天氣預警', '天文台雨区侦测及天气预警', 'HKO rain detection and weather warning'),
  projects: ['hko-rain-detection'],
  views: [
    { az: 16, pol: 74, zoom: 1, caption: words('偵測雨區', '侦测雨区', 'Finding rain') },
    { az: -36, pol: 68, zoom: 1.02, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 30, pol: 72, zoom: 2, target: [towerX, deckY + 480, 0], caption: words('打開的圓罩', '打开的圆罩', 'The dome, opened') },
  ],
  hotspots: [
    {
      id: 'radar',
      label: words('偵測', '侦测', 'Detection'),
      text: words(
        '香港天文台的項目偵測雨區，雷達只作示意。',
        '香港天文台的项目侦测雨区，雷达仅作示意。',
        'This Hong Kong Observatory project detects rain; the radar is an illustration.',
      ),
    },
    {
      id: 'rain',
      label: words('惡劣天氣', '恶劣天气', 'Severe weather'),
      text: words('它協助市民在惡劣天氣下保持安全。', '它帮助市民在恶劣天气下保持安全。', 'It helps keep people safe in severe weather.'),
    },
    {
      id: 'screen',
      label: words('天氣預警', '天气预警', 'Warning'),
      text: words('畫面上的雨區只作示意。', '画面上的雨区仅作示意。', 'The rain on the screen is an illustration.'),
    },
    {
      id: 'award',
      label: words('2個大獎', '2个大奖', 'Two awards'),
      text: words('它獲得兩個2019年亞太資訊及通訊科技大獎。', '它获得两个2019年亚太资讯及通讯科技大奖。', 'It won two APICTA Winner awards in 2019.'),
    },
  ],
  make,
};

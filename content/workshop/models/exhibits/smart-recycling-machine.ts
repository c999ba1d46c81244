/** Smart recycling machine: a cabinet with three inlets, a screen and a card pad, and bottles, cans and paper on their way in. One side is cut open on full bins; the doors fall open. */
import { gridded, placed, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swing } from '../kit/motion.ts';
import { type Corner, disc, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { louvre } from '../kit/parts-fixings.ts';
import { led, lens, type Sign, screen } from '../kit/parts-optics.ts';
import { conduit, seams, serviceDoor, solarPanel } from '../kit/parts-service.ts';
import { band, box, cube, cyl, lathe } from '../kit/solids.ts';

const width = 2000;
const height = 2050;
const depth = 860;
const inlets = [
  { x: -620, paint: '#1F97E0', name: 'plastic' },
  { x: 0, paint: '#E5A51A', name: 'metal' },
  { x: 620, paint: '#2DB36F', name: 'paper' },
] as const;

const arrows = (x: number, y: number, r: number, paint: string): Sign[] =>
  upTo(3).map((i): Sign => {
    const turn = (p: readonly [number, number]): Corner => {
      const a = (i * 120 * Math.PI) / 180;
      return [p[0] * Math.cos(a) - p[1] * Math.sin(a), p[0] * Math.sin(a) + p[1] * Math.cos(a)];
    };
    const arm: [number, number][] = [
      [-0.5, 0.72],
      [0.3, 0.72],
      [0.3, 0.95],
      [0.78, 0.5],
      [0.3, 0.08],
      [0.3, 0.34],
      [-0.28, 0.34],
    ];
    return { shape: arm.map(([px, py]) => turn([px * r, py * r])), at: [x, y], paint };
  });

const shown: readonly Sign[] = [
  ...arrows(-150, 20, 110, '#69F0A0'),
  { bar: [120, 80, 190, 26], paint: '#DCE8F5', round: 0.5 },
  { bar: [90, 24, 130, 20], paint: '#8FA6C4', round: 0.5 },
  { bar: [120, -50, 190, 64], paint: '#2DB36F', round: 0.5 },
  { disc: [62, -50, 18], paint: '#F4F4F2' },
];

const cabinet = (m: Model): void => {
  m.add(box(width + 300, 90, depth + 620, 30), 'concrete', { at: [0, 45, 120] });
  m.add(box(width - 60, 110, depth - 60, 20), 'black', { at: [0, 130, 0] });
  m.add(box(width, 70, depth, 20), 'dark', { at: [0, 200, 0] });
  // back, left, partitions and roof; the right side is open
  m.add(box(width, height - 240, 50, 16), 'shell', { at: [0, 240 + (height - 240) / 2, -depth / 2 + 25] });
  m.add(gridded(box(50, height - 240, depth, 16), [0, 160, 140]), 'shell', { at: [-width / 2 + 25, 240 + (height - 240) / 2, 0] });
  for (const x of [-310, 310]) m.add(cube(24, height - 260, depth - 80), 'shell2', { at: [x, 240 + (height - 240) / 2, -20] });
  m.add(placed(plate(slab(width + 160, depth + 360, 120, 5), 110, 34, 2), { rot: [90, 0, 0] }), 'shell', { at: [0, height + 60, 90] });
  m.add(placed(plate(slab(width + 170, depth + 370, 124, 5), 30, 8), { rot: [90, 0, 0] }), 'accent', { at: [0, height + 40, 90] });
  for (const i of upTo(3)) solarPanel(m, 560, 700, { at: [(i - 1) * 640, height + 115, 60], rot: [-90, 0, 0] });
  // front above and below the inlets
  m.add(gridded(box(width, 640, 60, 20), [125, 110, 0]), 'shell', { at: [0, height - 320, depth / 2 - 30] });
  for (const { x, paint } of inlets) {
    const door = pierced(slab(600, 1130, 30, 4), disc(150, 0, 300, 30));
    m.add(gridded(plate(door, 50, 10), [110, 110, 0]), 'shell', { at: [x, 820, depth / 2 - 25] });
    m.add(plate(slab(606, 1136, 32, 4), 20, 4), 'seam', { at: [x, 820, depth / 2 - 50] });
    m.add(plate(slab(500, 330, 24), 12, 3), paint, { at: [x, 500, depth / 2 + 4] });
    m.add(placed(band(196, 150, 60, { segments: 40, bevel: 12 }), { rot: [90, 0, 0] }), paint, { at: [x, 1120, depth / 2 + 18] });
    m.add(box(24, 160, 30, 8), 'gun', { at: [x + 250, 820, depth / 2 + 14] });
    led(m, 20, 'green', { at: [x - 200, 1330, depth / 2 + 4] });
    louvre(m, 300, 90, 3, { at: [x, 300, depth / 2 + 4] });
  }
  // pictures of what goes in: bottle, can, sheet
  m.add(
    plate(
      outline(
        [
          [-50, -120, 16],
          [50, -120, 16],
          [50, 30, 30],
          [18, 80, 10],
          [18, 120, 6],
          [-18, 120, 6],
          [-18, 80, 10],
          [-50, 30, 30],
        ],
        10,
        4,
      ),
      12,
      3,
    ),
    'white',
    { at: [-620, 500, depth / 2 + 14] },
  );
  m.add(plate(slab(110, 180, 24), 12, 3), 'white', { at: [0, 500, depth / 2 + 14] });
  m.add(plate(slab(90, 20, 6), 8, 2), '#E5A51A', { at: [0, 560, depth / 2 + 20] });
  m.add(
    plate(
      outline(
        [
          [-70, -100],
          [70, -100],
          [70, 60],
          [30, 100],
          [-70, 100],
        ],
        8,
        2,
      ),
      12,
      3,
    ),
    'white',
    { at: [620, 500, depth / 2 + 14] },
  );
  for (const i of upTo(3)) m.add(box(90, 14, 8, 3), '#2DB36F', { at: [620, 540 - i * 46, depth / 2 + 22] });
};

const panel = (m: Model): void => {
  m.within({ at: [-330, height - 320, depth / 2 + 24], rot: [-6, 0, 0] }, () => {
    m.add(box(760, 440, 60, 24, 2), 'dark');
    screen(m, 620, 330, shown, { at: [0, 0, 30] }, { thick: 20, bezel: 18 });
  });
  m.within({ at: [360, height - 320, depth / 2 + 20] }, () => {
    m.add(box(330, 440, 60, 24, 2), 'dark');
    m.add(plate(slab(230, 160, 20), 16, 5), 'black', { at: [0, 90, 34] });
    for (const [i, r] of [30, 56, 82].entries())
      m.add(band(r, r - 10, 8, { segments: 28, bevel: 1 }), i === 0 ? 'green' : 'accentGlow', { at: [0, 70, 44], rot: [90, 0, 0], scale: [1, 1, 0.8] });
    lens(m, 36, { at: [0, -110, 34] }, 'black');
    m.add(box(170, 16, 40, 6), 'gun', { at: [0, -40, 34] });
  });
  for (const s of [-1, 1]) m.add(box(60, 520, 40, 16), 'accent', { at: [s * 760, height - 320, depth / 2 + 6] });
  m.add(placed(plate(slab(1700, 60, 28), 18, 5), { rot: [90, 0, 0] }), 'glow', { at: [0, height + 1, depth / 2 + 150] });
};

const bottle = (h: number): ReturnType<typeof lathe> =>
  lathe(
    [
      [0, 0],
      [h * 0.16, 0],
      [h * 0.17, h * 0.06],
      [h * 0.15, h * 0.3],
      [h * 0.17, h * 0.6],
      [h * 0.06, h * 0.86],
      [h * 0.06, h],
      [0, h],
    ],
    16,
  );
const can = (): ReturnType<typeof lathe> =>
  lathe(
    [
      [0, 6],
      [50, 0],
      [66, 20],
      [66, 200],
      [54, 226],
      [50, 220],
      [0, 218],
    ],
    18,
  );

/** Paper in its bin, seen from the open side. */
const fill = (m: Model): void => {
  for (const i of upTo(13))
    m.add(box(470, 46, 600, 8), i % 3 ? '#B99A73' : '#E9E6DF', {
      at: [640 + ((i * 17) % 30), 270 + i * 50, -40 + ((i * 23) % 40)],
      rot: [0, ((i * 37) % 12) - 6, 0],
      tolerance: 0.5,
    });
  m.add(box(540, 30, 640, 8), 'gun', { at: [640, 240, -40] });
};

/** What the open side shows beside the paper: the bin's clear walls on castors' rails, the chute from the inlet, the frame that was cut. */
const inside = (m: Model): void => {
  const [x, y, h] = [650, 560, 640];
  for (const z of [-370, 300]) m.add(box(610, h, 14, 4), ['glass', '#CDEBDA', 0.36], { at: [x, y, z] });
  m.add(box(14, h, 670, 4), ['glass', '#CDEBDA', 0.36], { at: [x + 300, y, -35] });
  for (const z of [-370, 300]) m.add(box(630, 36, 30, 10), 'accent', { at: [x, y + h / 2, z] });
  m.add(box(30, 36, 690, 10), 'accent', { at: [x + 305, y + h / 2, -35] });
  for (const z of [-370, 300]) m.add(box(30, h, 30, 8), 'shell2', { at: [x + 305, y, z] });
  // the chute
  m.within({ at: [620, 1050, 250], rot: [38, 0, 0] }, () => {
    m.add(box(350, 20, 330, 6), 'steel');
    for (const s of [-1, 1]) m.add(box(16, 110, 330, 5), 'shell2', { at: [s * 175, 50, 0] });
  });
  // cut edges, and a strut and a lamp at the top
  for (const z of [-depth / 2 + 40, depth / 2 - 40]) m.add(box(46, height - 260, 46, 10), 'shell2', { at: [width / 2 - 24, 240 + (height - 260) / 2, z] });
  for (const z of [-depth / 2 + 40, depth / 2 - 40]) m.add(box(12, height - 280, 20, 4), 'accent', { at: [width / 2 + 2, 240 + (height - 260) / 2, z], tolerance: 0.6 });
  m.add(box(46, 46, depth - 60, 10), 'shell2', { at: [width / 2 - 24, height - 60, 0] });
  for (const i of [0, 1]) m.add(box(620, 40, 30, 8), 'grey', { at: [650, 1320 + i * 420, -depth / 2 + 64] });
  m.add(box(90, 20, 560, 8), 'glow', { at: [640, height - 40, -20] });
  louvre(m, 420, 260, 5, { at: [640, 1530, -depth / 2 + 54] }, 'shell2', 16);
};

/** The back with its three doors to the bins, the closed side, and the mains. */
const back = (m: Model): void => {
  m.within({ at: [0, 1130, -depth / 2], rot: [0, 180, 0] }, () => {
    for (const { x, paint } of inlets) {
      serviceDoor(m, 560, 1480, { at: [x, -40, 0] });
      m.add(plate(slab(300, 60, 12), 10, 3), paint, { at: [x, 180, 26] });
    }
    m.add(box(width - 40, 26, 22, 6), 'accent', { at: [0, 800, 4] });
    m.add(box(width, 60, 16, 4), 'dark', { at: [0, -850, 4] });
    conduit(
      m,
      22,
      [
        [940, -1060, 60],
        [940, -700, 30],
        [940, 300, 30],
        [940, 760, 20],
      ],
      {},
    );
  });
  m.within({ at: [-width / 2, 1130, 0], rot: [0, -90, 0] }, () => {
    seams(m, depth - 60, 1700, 1, 3, {}, 8);
    louvre(m, 520, 240, 6, { at: [0, 560, 6] });
    louvre(m, 520, 240, 6, { at: [0, -640, 6] });
    m.add(plate(slab(540, 620, 30), 12, 3), 'accent', { at: [0, 0, 6] });
    m.add(plate(slab(500, 580, 20), 8, 2), 'shell', { at: [0, 0, 12] });
    for (const [i, { paint }] of inlets.entries()) m.add(cyl(86, 12, { segments: 28, bevel: 3 }), paint, { at: [0, 180 - i * 180, 16], rot: [90, 0, 0], scale: [0.8, 1, 0.8] });
  });
};

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.075, edgeMm: 30, reach: 0.26 });
  cabinet(m);
  back(m);
  panel(m);
  fill(m);
  inside(m);
  for (const { x, name } of inlets) {
    m.node(`flap_${name}`, [x, 1120 + 140, depth / 2 - 30], { moving: true }).on(`flap_${name}`, () =>
      m.add(cyl(146, 16, { segments: 32 }), 'black', { at: [0, -140, 0], rot: [90, 0, 0] }),
    );
  }
  const bottleAt: Vec3 = [-620, 1060, depth / 2 + 430];
  const canAt: Vec3 = [0, 1060, depth / 2 + 380];
  m.node('bottle', bottleAt, { rot: [-72, 0, 0], moving: true }).on('bottle', () => {
    m.add(bottle(380), ['glass', '#8FD0EE', 0.66], { at: [0, -190, 0] });
    m.add(cyl(30, 40, { segments: 16 }), '#1F97E0', { at: [0, 200, 0] });
    m.add(cyl(63, 90, { segments: 18 }), 'white', { at: [0, -60, 0] });
  });
  m.node('can', canAt, { rot: [-70, 0, 0], moving: true }).on('can', () => {
    m.add(can(), 'steel', { at: [0, -110, 0] });
    m.add(cyl(67, 120, { segments: 18 }), '#E5A51A', { at: [0, 0, 0] });
  });
  const none: Vec3 = [0, 0, 0];
  m.clip('drop', [
    shift('bottle', bottleAt, [0, 1, 3, 3.4, 8, 9], [none, none, [0, 60, -480], [0, 40, -700], [0, 40, -700], none]),
    swing('flap_plastic', 'x', [0, 1.8, 2.6, 3.6, 4.4, 9], [0, 0, 64, 64, 0, 0]),
    shift('can', canAt, [0, 4, 6, 6.4, 8, 9], [none, none, [0, 60, -430], [0, 40, -660], [0, 40, -660], none]),
    swing('flap_metal', 'x', [0, 4.8, 5.6, 6.6, 7.4, 9], [0, 0, 64, 64, 0, 0]),
  ]);
  return m
    .hotspot('inlet', [-620, 1120, depth / 2 + 60])
    .hotspot('screen', [-330, height - 260, depth / 2 + 80])
    .hotspot('card', [360, height - 240, depth / 2 + 80]);
};

export const exhibit: Exhibit = {
  id: 'smart-recycling-machine',
  area: 'environment',
  name: words('智能回收系統', '智能垃圾回收系统', 'Smart recycling system'),
  projects: ['smart-recycling'],
  views: [
    { az: 26, pol: 74, zoom: 1, caption: words('智能回收機', '智能回收机', 'The recycling machine') },
    { az: 62, pol: 70, zoom: 1.04, caption: words('打開的一邊', '打开的一边', 'The open side') },
    { az: -10, pol: 78, zoom: 2, target: [0, 1500, 300], caption: words('回收口和螢幕', '投放口和屏幕', 'Inlets and screen') },
  ],
  hotspots: [
    {
      id: 'inlet',
      label: words('回收口', '投放口', 'Inlets'),
      text: words(
        '環境保護署試行智能回收系統，造型只作示意。',
        '环境保护署试行智能垃圾回收系统，造型仅作示意。',
        'The Environmental Protection Department tried out a smart recycling system; the shape is an illustration.',
      ),
    },
    {
      id: 'screen',
      label: words('試行', '试行', 'A trial'),
      text: words('這是一個先導計劃。', '这是一个试点计划。', 'It is a pilot programme.'),
    },
    {
      id: 'card',
      label: words('GREEN$卡', 'GREEN$卡', 'GREEN$ card'),
      text: words('GREEN$卡在2020年11月推出。', 'GREEN$卡在2020年11月推出。', 'The GREEN$ card came out in November 2020.'),
    },
  ],
  make,
};

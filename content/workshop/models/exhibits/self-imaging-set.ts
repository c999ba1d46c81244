/**
 * Portable medical imaging that people use on themselves: someone on a stool moves a small hand-held unit over the body and
 * sees the picture on a tablet; the case to carry it in stands beside. No real product's shape: what the set looks like is not known.
 */
import { cosD, placed, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, sway, swing } from '../kit/motion.ts';
import { outline, pierced, plate, slab } from '../kit/outlines.ts';
import { screw } from '../kit/parts-fixings.ts';
import { led, lens, type Sign, screen } from '../kit/parts-optics.ts';
import { forearm, sitter } from '../kit/parts-sitter.ts';
import { roundStand, standTop } from '../kit/parts-stand.ts';
import { band, box, cube, cyl, lathe, sphere, torus } from '../kit/solids.ts';
import { loft, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const seatY = 560;
const bodyX = -260;
const stool = (m: Model): void => {
  m.add(cyl(230, 70, { segments: 44, bevel: 20 }), 'dark', { at: [bodyX, seatY - 40, -160] });
  m.add(cyl(226, 22, { segments: 44 }), 'accent', { at: [bodyX, seatY - 84, -160] });
  m.add(cyl(44, seatY - standTop - 120, { segments: 24 }), 'steel', { at: [bodyX, (seatY + standTop - 120) / 2 + 20, -160] });
  m.add(
    lathe(
      [
        [0, 0],
        [210, 0],
        [214, 16],
        [120, 44],
        [60, 60],
        [0, 60],
      ],
      40,
    ),
    'dark',
    { at: [bodyX, standTop, -160] },
  );
  m.add(placed(torus(150, 11, 40, 8), { rot: [90, 0, 0] }), 'steel', { at: [bodyX, 270, -160] });
  for (const a of [0, 120, 240]) m.add(placed(cyl(9, 110, { segments: 10 }), { rot: [0, 0, 90], at: [95, 0, 0] }), 'steel', { at: [bodyX, 270, -160], rot: [0, a, 0] });
};

const elbow: Vec3 = [-286, seatY + 246, 100];
const clothes = { top: '#6F9CBF', legs: '#3F4D66', shoes: 'shell', hair: '#3B3A3F' } as const;
const unit = (m: Model): void => {
  // faces the body along -z
  m.add(plate(slab(150, 104, 40, 6), 64, 20, 2), 'shell');
  m.add(plate(slab(154, 108, 42, 6), 16, 5), 'accent', { at: [0, 0, -6] });
  m.add(plate(slab(140, 94, 38, 6), 22, 8, 2), 'dark', { at: [0, 0, -36] });
  lens(m, 22, { at: [0, 0, -48], rot: [0, 180, 0] }, 'gun');
  led(m, 9, 'green', { at: [46, 24, 33] });
  m.add(plate(slab(52, 26, 13, 5), 8, 2), 'shell2', { at: [-24, -10, 33] });
  m.add(placed(torus(30, 3.5, 26, 6), {}), 'accentGlow', { at: [46, -16, 33] });
};
/** Soft rings that run from the unit into the body. */
const waves = (m: Model): void => {
  for (const [i, r] of [34, 56, 80].entries()) m.add(torus(r, 5, 32, 6), ['glass', '#FF9C82', 0.85 - i * 0.22], { at: [0, 0, -52 - i * 15], tolerance: 1 });
};

const picture = (): Sign[] => {
  const list: Sign[] = [
    { ring: [0, 24, 150, 138], paint: '#7FE3FF' },
    { ring: [0, 24, 122, 117], paint: '#35708F' },
    {
      shape: [
        [-20, 90, 30],
        [-92, 66, 50],
        [-96, -34, 50],
        [-28, -52, 30],
      ],
      at: [-6, 24],
      paint: '#3C93BC',
    },
    {
      shape: [
        [20, 90, 30],
        [88, 66, 50],
        [86, -4, 40],
        [34, -8, 30],
      ],
      at: [6, 24],
      paint: '#3C93BC',
    },
    { disc: [52, -16, 38], paint: '#FFB39E' },
    { disc: [0, -66, 22], paint: '#E6F6FF' },
    { disc: [52, -16, 16], paint: '#F0694A' },
  ];
  for (const i of upTo(9)) list.push({ bar: [-128 + i * 32, -186, 18, 20 + ((i * 29) % 44)], paint: i === 5 ? '#F0694A' : '#35587A' });
  return list;
};

const table = (m: Model): void =>
  void m.within({ at: [420, 0, 60] }, () => {
    m.add(placed(plate(slab(620, 480, 90, 6), 34, 10, 2), { rot: [-90, 0, 0] }), 'shell', { at: [0, 640, 0] });
    m.add(placed(plate(slab(626, 486, 92, 6), 12, 3), { rot: [-90, 0, 0] }), 'accent', { at: [0, 634, 0] });
    m.add(cyl(42, 500, { segments: 24 }), 'steel', { at: [0, 370, 0] });
    m.add(
      lathe(
        [
          [0, 0],
          [230, 0],
          [234, 16],
          [150, 38],
          [60, 60],
          [0, 60],
        ],
        40,
      ),
      'dark',
      { at: [0, standTop, 0] },
    );
    // the tablet on its foot, turned to the figure and to the visitor
    m.within({ at: [-10, 872, -30], rot: [-12, -14, 0] }, () => {
      screen(m, 350, 470, picture(), { at: [0, 0, 0] }, { thick: 26, bezel: 18, frame: 'dark' });
      m.add(box(340, 460, 12, 6), 'shell2', { at: [0, 0, -16] });
      lens(m, 14, { at: [130, 190, -24], rot: [0, 180, 0] });
      for (const s of sides) screw(m, 6, { at: [s * 140, -200, -22], rot: [0, 180, 0] });
      m.add(
        plate(
          outline(
            [
              [-80, 0, 10],
              [80, 0, 10],
              [50, 250, 30],
              [-50, 250, 30],
            ],
            10,
            4,
          ),
          14,
          4,
        ),
        'dark',
        { at: [0, -236, -96], rot: [14, 0, 0] },
      );
    });
    m.add(box(220, 20, 190, 8), 'dark', { at: [0, 664, -50], rot: [0, -14, 0] });
    // the cradle in which the unit charges
    m.within({ at: [200, 657, 130], rot: [0, -20, 0] }, () => {
      m.add(box(150, 44, 120, 18, 2), 'shell2', { at: [0, 22, 0] });
      m.add(box(110, 14, 76, 10), 'black', { at: [0, 44, 0] });
      led(m, 7, 'green', { at: [0, 22, 61] });
    });
  });

/** An open case with a handle: its foam keeps the shape of the unit and the tablet. */
const carryCase = (m: Model): void =>
  void m.within({ at: [440, standTop, 450], rot: [0, -16, 0] }, () => {
    m.add(box(480, 120, 340, 34, 2), 'dark', { at: [0, 60, 0] });
    m.add(box(486, 20, 346, 8), 'accent', { at: [0, 104, 0] });
    m.add(box(450, 16, 310, 8), 'grey', { at: [0, 119, 0] });
    m.add(placed(plate(slab(150, 104, 40, 6), 6, 1), { rot: [-90, 0, 0] }), 'black', { at: [-130, 127, 40] });
    m.add(placed(plate(slab(190, 240, 16, 5), 6, 1), { rot: [-90, 0, 0] }), 'black', { at: [90, 127, 0] });
    m.add(placed(plate(slab(110, 60, 20, 5), 6, 1), { rot: [-90, 0, 0] }), 'black', { at: [-130, 127, -90] });
    for (const s of sides) m.add(box(60, 50, 20, 8), 'shell2', { at: [s * 150, 84, 172] });
    m.add(placed(plate(pierced(slab(170, 80, 34, 5), slab(130, 44, 20, 5)), 24, 8), { rot: [-90, 0, 0] }), 'shell2', { at: [0, 70, 200] });
  });
const lid = (m: Model): void => {
  m.add(box(480, 70, 340, 30, 2), 'dark', { at: [0, 35, 170] });
  m.add(box(486, 16, 346, 7), 'accent', { at: [0, 12, 170] });
  m.add(box(440, 12, 300, 6), 'grey', { at: [0, -1, 170] });
  for (const i of upTo(3)) m.add(cube(300, 8, 14), 'black', { at: [0, 72, 90 + i * 80] });
};

/** A plant in a pot, so that the room behind is not bare. */
const plant = (m: Model): void =>
  void m.within({ at: [250, standTop, -560] }, () => {
    m.add(
      lathe(
        [
          [0, 0],
          [96, 0],
          [104, 12],
          [136, 200],
          [146, 204],
          [146, 236],
          [126, 236],
          [122, 214],
          [0, 214],
        ],
        32,
      ),
      'shell2',
    );
    m.add(band(118, 100, 22, { segments: 32 }), 'accent', { at: [0, 70, 0], scale: [1.02, 1, 1.02] });
    m.add(cyl(118, 12, { segments: 24 }), 'earth', { at: [0, 212, 0] });
    for (const [i, [lean, tall]] of (
      [
        [18, 520],
        [26, 430],
        [12, 590],
        [30, 400],
        [22, 480],
        [34, 360],
        [8, 640],
      ] as const
    ).entries())
      m.within({ at: [0, 200, 0], rot: [0, i * 129, 0] }, () => {
        const leaf = upTo(7).map((k): Vec3[] => {
          const t = k / 6;
          const [w, out] = [6 + 44 * Math.sin(Math.PI * Math.min(1, t * 0.9 + 0.08)) ** 1.4 * (1 - t * 0.3), t * t * tall * sinD(lean) * 1.3];
          return [
            [-w, t * tall, out],
            [0, t * tall, out + 9 + w * 0.12],
            [w, t * tall, out],
            [0, t * tall, out - 3],
          ];
        });
        m.add(loft(leaf, 40), i % 2 ? '#5C9459' : '#79B36E', { tolerance: 0.4 });
      });
  });

/** Three arcs that say: the picture goes on to somewhere else. */
const sending = (m: Model): void => {
  m.add(sphere(15, 14, 10), 'accentGlow', { at: [0, -50, 0] });
  for (const r of [56, 100, 144])
    m.add(
      tube(
        9,
        upTo(7).map((i): Vec3 => [r * sinD(-48 + i * 16), r * cosD(-48 + i * 16) - 50, 0]),
        { steps: 14, segments: 8 },
      ),
      'accentGlow',
    );
};

const unitAt: Vec3 = [288, -20, 124];
const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.065, edgeMm: 20, reach: 0.26 });
  roundStand(m, 860);
  stool(m);
  sitter(m, { seatY, floorY: standTop, elbow }, clothes, { at: [bodyX, 0, -160] });
  plant(m);
  table(m);
  carryCase(m);
  const lidAt: Vec3 = [440 + 170 * sinD(16), standTop + 122, 450 - 170 * cosD(16)];
  const lidRot: Vec3 = [-104, -16, 0];
  m.node('lid', lidAt, { rot: lidRot, moving: true }).on('lid', () => lid(m));
  m.node('forearm', [bodyX + elbow[0], elbow[1], elbow[2] - 160], { moving: true }).on('forearm', () => forearm(m, unitAt, clothes.top));
  m.node('unit', unitAt, { parent: 'forearm', moving: true }).on('unit', () => unit(m));
  m.node('waves', unitAt, { parent: 'forearm', moving: true }).on('waves', () => waves(m));
  const tabletAt: Vec3 = [410, 872, 30];
  m.node('scan', tabletAt, { rot: [-12, -14, 0], moving: true }).on('scan', () => m.add(cube(310, 6, 2), 'cyan', { at: [0, 24, 20] }));
  const sendAt: Vec3 = [410, 1210, 10];
  m.node('send', sendAt, { rot: [0, -14, 0], moving: true }).on('send', () => sending(m));
  const times = upTo(9).map((i) => i * 0.75);
  const half = times.map((t) => Math.sin((t / 6) * Math.PI * 2));
  m.clip('scan', [
    swing(
      'forearm',
      'x',
      times,
      half.map((h) => 9 * h),
    ),
    shift(
      'scan',
      tabletAt,
      times,
      half.map((h): Vec3 => [0, 120 * h, -26 * h]),
    ),
    sway('send', 'y', 6, 10, [0, -14, 0]),
    shift(
      'waves',
      unitAt,
      times,
      times.map((_, i): Vec3 => [0, 0, i % 2 ? -16 : 0]),
    ),
  ]);
  return m
    .hotspot('unit', [0, 20, 40], 'unit')
    .hotspot('picture', [410, 930, 70])
    .hotspot('case', [420, standTop + 130, 480])
    .hotspot('prize', [bodyX, seatY + 420, -20]);
};

export const exhibit: Exhibit = {
  id: 'self-imaging-set',
  area: 'living',
  name: words('便攜自助醫學影像', '便携自助医学影像', 'Portable self-use medical imaging'),
  projects: ['mic-2022-gense'],
  views: [
    { az: 14, pol: 72, zoom: 1.12, caption: words('自己操作', '自己操作', 'Used by oneself') },
    { az: -30, pol: 68, zoom: 2.1, target: [bodyX, 800, 0], caption: words('手上的儀器', '手上的仪器', 'The unit in hand') },
    { az: 30, pol: 62, zoom: 1.7, target: [420, 600, 150], caption: words('影像和手提箱', '影像和手提箱', 'Picture and case') },
  ],
  hotspots: [
    {
      id: 'unit',
      label: words('自己操作', '自己操作', 'Used by oneself'),
      text: words('使用者可以自行操作這部影像儀器。', '使用者可以自行操作这台影像仪器。', 'People can use the imaging on themselves.'),
    },
    {
      id: 'picture',
      label: words('遙距篩查', '远程筛查', 'Screening from afar'),
      text: words(
        '用於遙距篩查和跟進慢性病，螢幕上的圖像只作示意。',
        '用于远程筛查和跟进慢性病，屏幕上的图像仅作示意。',
        'For remote screening and following chronic disease; the picture here is an illustration.',
      ),
    },
    {
      id: 'case',
      label: words('示意模型', '示意模型', 'An illustration'),
      text: words(
        '儀器便攜，箱子和儀器的造型只作示意，不代表實物。',
        '仪器便携，箱子和仪器的造型仅作示意，不代表实物。',
        'It is portable. Case and unit are an illustration, not the real product.',
      ),
    },
    {
      id: 'prize',
      label: words('優異獎', '优异奖', 'A merit award'),
      text: words('它在2022年全球總決賽獲優異獎。', '它在2022年全球总决赛获优异奖。', 'It won a merit award in the 2022 global final.'),
    },
  ],
  make,
};

/** The foot of an escalator with its comb: teeth, and below them the fibres that feel what is trapped. The comb plate lifts off in the exploded state; the steps run. */
import { placed, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift } from '../kit/motion.ts';
import { type Corner, outline, plate, slab } from '../kit/outlines.ts';
import { bolts, hazard, stopButton } from '../kit/parts-fixings.ts';
import { led } from '../kit/parts-optics.ts';
import { serviceDoor } from '../kit/parts-service.ts';
import { box, cube, cyl, sphere, torus } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const width = 1000;
const floorY = 420;
const depth = 400;
const ridges = 24;
const sides = [-1, 1] as const;
const ridgeAt = (t: number): number => -width / 2 + 30 + t * (width - 60);

/** Where the steps stand, from below the comb to the top. */
const stepsAt: readonly Vec3[] = [
  [0, floorY, 180],
  [0, floorY, -220],
  [0, floorY, -620],
  [0, floorY + 90, -1020],
  [0, floorY + 300, -1420],
  [0, floorY + 530, -1820],
  [0, floorY + 760, -2220],
  [0, floorY + 990, -2620],
];

const step = (m: Model): void => {
  m.add(box(width - 16, 60, depth - 8, 8), 'gun', { at: [0, -40, 0], tolerance: 0.3 });
  m.add(
    row(ridges, (t) => placed(cube(18, 26, depth - 20), { at: [ridgeAt(t), -2, 0] })),
    'steel',
    { tolerance: 0.5 },
  );
  m.add(
    row(ridges, (t) => placed(cube(18, 220, 20), { at: [ridgeAt(t), -120, depth / 2 - 12] })),
    'gun',
    { tolerance: 0.5 },
  );
  m.add(cube(width - 30, 220, 14), 'black', { at: [0, -120, depth / 2 - 24] });
  m.add(cube(width - 30, 12, 30), 'yellow', { at: [0, 6, depth / 2 - 26] });
  for (const s of sides) m.add(cube(34, 12, depth - 30), 'yellow', { at: [s * (width / 2 - 26), 8, 0] });
};

const landing = (m: Model): void => {
  m.add(box(1100, 300, 1500, 30), 'shell2', { at: [0, 170, 1000] });
  m.add(box(1090, 90, 1510, 10), 'dark', { at: [0, 45, 1000] });
  m.add(box(1100, 110, 1440, 20), 'dark', { at: [0, floorY - 85, 1010] });
  for (const i of upTo(2)) {
    m.add(box(1080, 26, 560, 8), 'steel', { at: [0, floorY - 20, 700 + i * 590] });
    m.add(
      row(13, (t) => placed(cube(20, 8, 500), { at: [-480 + t * 960, 0, 0] })),
      'gun',
      { at: [0, floorY - 6, 700 + i * 590], tolerance: 0.6 },
    );
    for (const s of sides) for (const z of [-230, 230]) m.add(cyl(14, 6, { segments: 10 }), 'chrome', { at: [s * 516, floorY - 5, 700 + i * 590 + z], tolerance: 1 });
  }
  m.add(box(1120, 40, 50, 10), 'shell2', { at: [0, floorY - 22, 1745] });
};

/** Outlines of a flank, seen from the side: along z, up. */
const skirt: readonly Corner[] = [
  [1770, 0, 20],
  [1770, floorY - 10, 20],
  [1180, floorY - 10, 30],
  [1080, floorY + 66, 60],
  [-400, floorY + 66, 20],
  [-800, floorY + 90, 200],
  [-1200, floorY + 240, 300],
  [-2700, floorY + 1110, 20],
  [-2700, 560, 60],
  [-1100, 0, 300],
];
const stripe: readonly Corner[] = [
  [1700, 150],
  [1700, 250],
  [-520, 250, 200],
  [-1000, 330, 400],
  [-2690, 1310],
  [-2690, 1180],
  [-1040, 226, 400],
  [-560, 150, 200],
];
const glassEdge: readonly Corner[] = [
  [760, floorY + 40, 40],
  [900, floorY + 110, 120],
  [960, floorY + 400, 260],
  [860, floorY + 720, 240],
  [-560, floorY + 730, 300],
  [-1240, floorY + 930, 200],
  [-2680, floorY + 1770, 20],
  [-2680, floorY + 1060, 20],
  [-1200, floorY + 210, 200],
  [-760, floorY + 60, 100],
];
/** The hand rail comes out of its inlet, round the newel and up along the glass. */
const railWay: readonly (readonly [z: number, y: number])[] = [
  [690, 110],
  [850, 116],
  [958, 220],
  [990, 400],
  [950, 590],
  [830, 720],
  [640, 758],
  [200, 762],
  [-520, 764],
  [-880, 832],
  [-1260, 990],
  [-1800, 1306],
  [-2690, 1826],
];

const flank = (m: Model, s: number): void => {
  const cut = (corners: readonly Corner[], thick: number, bevel: number, segments = 5) => placed(plate(outline(corners, 0, segments), thick, bevel), { rot: [0, -90, 0] });
  m.add(cut(skirt, 70, 14), 'shell', { at: [s * 582, 0, 0] });
  m.add(cut(stripe, 14, 3), 'accent', { at: [s * 620, 0, 0], tolerance: 0.2 });
  m.add(
    cut(
      [
        [1660, 0],
        [1660, 70],
        [-1000, 70, 100],
        [-1100, 0, 100],
      ],
      16,
      4,
    ),
    'dark',
    { at: [s * 620, 0, 0], tolerance: 0.3 },
  );
  // brushed deck under the glass, brush strip along the steps
  const deck = (lift: number): Vec3[] => [
    [s * 596, floorY + 76 + lift, 1060],
    [s * 596, floorY + 76 + lift, -400],
    [s * 596, floorY + 104 + lift, -800],
    [s * 596, floorY + 252 + lift, -1200],
    [s * 596, floorY + 1112 + lift, -2690],
  ];
  m.add(tube(34, deck(0), { steps: 20, segments: 8 }), 'steel', { tolerance: 0.4, scale: [1, 1, 1] });
  m.add(
    tube(
      12,
      deck(-60).map((p): Vec3 => [s * 540, p[1], p[2]]),
      { steps: 18, segments: 5 },
    ),
    'black',
    { tolerance: 1 },
  );
  m.add(cut(glassEdge, 22, 5, 7), ['glass', '#9FC4D8', 0.42], { at: [s * 600, 0, 0] });
  for (const [z, y] of [
    [380, 400],
    [-300, 400],
    [-960, 520],
    [-1560, 820],
    [-2160, 1170],
  ] as const)
    m.add(cube(26, 640, 7), ['glass', '#E8F6FF', 0.8], { at: [s * 600, floorY + y, z] });
  const rail = railWay.map(([z, y]): Vec3 => [s * 600, floorY + y, z]);
  m.add(tube(30, rail.slice(1), { steps: 46, segments: 6 }), 'chrome', { tolerance: 0.6 });
  m.add(
    tube(
      50,
      rail.map(([x, y, z], i): Vec3 => [x, y + (i > 5 ? 26 : 0), z + (i > 1 && i < 6 ? 26 : 0)]),
      { steps: 64, segments: 12 },
    ),
    'rubber',
    { tolerance: 0.2, scale: [1, 1, 1] },
  );
  // the inlet: a boot with a brushed ring where the rail goes in
  m.add(box(150, 190, 330, 46, 2), 'dark', { at: [s * 600, floorY + 108, 590] });
  m.add(placed(torus(64, 16, 18, 6), { rot: [0, 0, 0] }), 'rubber', { at: [s * 600, floorY + 110, 756] });
  m.add(box(156, 26, 220, 10), 'accent', { at: [s * 600, floorY + 190, 560] });
  m.add(box(90, 860, 90, 20), 'shell2', { at: [s * 600, floorY + 1400, -2690] });
  for (const z of [1120, 380, -300]) m.add(cube(8, floorY + (z > 1000 ? -30 : 40), 12), 'seam', { at: [s * 620, floorY / 2 + 10, z], tolerance: 1 });
};

const truss = (m: Model): void => {
  for (const s of sides) flank(m, s);
  // where the steps go out of sight
  m.add(box(1240, 1500, 60, 20), 'shell2', { at: [0, floorY + 620, -2824] });
  m.add(box(1240, 40, 80, 14), 'accent', { at: [0, floorY + 1380, -2806] });
  m.add(box(1130, 60, 90, 14), 'dark', { at: [0, floorY + 1100, -2740] });
};

/** The cut end: posts to the ground, the door to the works, and on each flank the seams of its covers. */
const end = (m: Model): void => {
  for (const s of sides) {
    m.add(box(150, 620, 170, 20), 'gun', { at: [s * 470, 310, -2740] });
    m.add(box(260, 36, 280, 10), 'dark', { at: [s * 470, 18, -2740] });
    for (const t of sides) m.add(cyl(20, 20, { segments: 6 }), 'chrome', { at: [s * 470 + t * 96, 44, -2740 + 100] });
    for (const [z, length, y] of [
      [-1300, 560, 394],
      [-1750, 660, 603],
      [-2200, 760, 812],
    ] as const)
      m.add(cube(8, length, 12), 'seam', { at: [s * 616, y, z], tolerance: 1 });
  }
  m.within({ at: [0, floorY + 620, -2854], rot: [0, 180, 0] }, () => {
    serviceDoor(m, 860, 980, { at: [0, -60, 0] }, { paint: 'shell', hinge: 1 });
    hazard(m, 1180, 90, 14, { at: [0, -680, 6] }, 14);
    for (const s of sides) for (const y of [-560, 0, 560]) m.add(cyl(22, 16, { segments: 6 }), 'gun', { at: [s * 560, y, 6], rot: [90, 0, 0] });
    m.add(box(240, 46, 40, 12), 'dark', { at: [0, 560, 16] });
  });
};

/** The comb plate, lifted in the exploded state. */
const comb = (m: Model): void => {
  m.add(box(width + 40, 34, 230, 10), 'yellow', { at: [0, 0, 60] });
  m.add(box(width + 44, 12, 90, 4), 'steel', { at: [0, 14, 130] });
  m.add(
    row(ridges + 1, (t) =>
      placed(
        plate(
          outline([
            [0, -26],
            [0, 22],
            [60, 14],
            [190, -20],
            [190, -30],
          ]),
          15,
          3,
        ),
        { at: [-width / 2 + 12 + t * (width - 24), 0, -50], rot: [0, 90, 0] },
      ),
    ),
    'yellow',
    { tolerance: 0.4 },
  );
  for (const x of [-420, -140, 140, 420]) bolts(m, 1, 0, 20, { at: [x, 24, 130] });
};

const fibres = (m: Model): void => {
  m.add(box(width + 20, 40, 220, 10), 'black', { at: [0, floorY - 70, 60] });
  const back: Vec3[] = upTo(25).map((i): Vec3 => [-470 + i * 39.2, floorY - 42, i % 2 ? 130 : -20]);
  m.add(tube(9, back, { steps: 150, segments: 6 }), 'cyan');
  m.add(
    tube(
      9,
      [
        [470, floorY - 42, 60],
        [620, floorY - 42, 90],
        [690, floorY - 20, 200],
      ],
      { steps: 10, segments: 6 },
    ),
    'cyan',
  );
  for (const x of [-460, 0, 460]) m.add(box(90, 30, 60, 10), 'accent', { at: [x, floorY - 46, 60] });
};

/** A clog at the comb. */
const clog = (m: Model): void => {
  m.add(sphere(70, 20, 14), 'accent', { at: [0, 60, -60], scale: [0.78, 0.62, 1] });
  m.add(
    plate(
      outline(
        [
          [-54, -120, 40],
          [54, -120, 40],
          [60, 90, 50],
          [-60, 90, 50],
        ],
        40,
        5,
      ),
      30,
      8,
    ),
    'white',
    { at: [0, 18, 0], rot: [90, 0, 0] },
  );
  m.add(
    tube(
      14,
      [
        [-50, 50, 30],
        [-40, 78, 70],
        [40, 78, 70],
        [50, 50, 30],
      ],
      { steps: 14, segments: 8 },
    ),
    'accent',
  );
  for (const [x, z] of [
    [-20, -60],
    [20, -60],
    [0, -90],
  ] as const)
    m.add(cyl(9, 8, { segments: 10 }), 'black', { at: [x, 103 - Math.abs(z + 60) * 0.2, z], rot: [-8, 0, 0] });
};

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.07, edgeMm: 40, reach: 0.26 });
  landing(m);
  truss(m);
  end(m);
  fibres(m);
  for (const [i, at] of stepsAt.entries()) m.node(`step_${i}`, at, { moving: true }).on(`step_${i}`, () => step(m));
  m.node('comb', [0, floorY + 6, 90], { explode: [0, 420, 120] }).on('comb', () => comb(m));
  m.within({ at: [210, floorY + 20, 60], rot: [0, 24, 0] }, () => clog(m));
  // the box that hears the fibres, its lamps and the stop button
  m.add(box(160, 420, 200, 20), 'gun', { at: [740, 210, 320] });
  m.add(box(280, 30, 320, 10), 'dark', { at: [750, 15, 320] });
  m.add(box(220, 300, 240, 30, 2), 'dark', { at: [740, floorY + 20, 320] });
  m.add(box(226, 30, 246, 10), 'accent', { at: [740, floorY + 100, 320] });
  led(m, 26, 'red', { at: [710, floorY, 444] });
  led(m, 26, 'green', { at: [780, floorY, 444] });
  stopButton(m, 44, { at: [740, floorY + 168, 320] });
  m.add(plate(slab(110, 60, 12), 8, 2), 'white', { at: [740, floorY + 70, 442] });
  m.clip(
    'run',
    stepsAt.flatMap((at, i) => {
      const to = stepsAt[i - 1];
      return to
        ? [
            shift(
              `step_${i}`,
              at,
              [0, 2],
              [
                [0, 0, 0],
                [to[0] - at[0], to[1] - at[1], to[2] - at[2]],
              ],
            ),
          ]
        : [];
    }),
  );
  return m
    .hotspot('comb', [-300, 40, 60], 'comb')
    .hotspot('fibre', [-120, floorY - 20, 60])
    .hotspot('trapped', [210, floorY + 120, 20])
    .hotspot('steps', [0, floorY + 330, -1330]);
};

export const exhibit: Exhibit = {
  id: 'escalator-comb',
  area: 'living',
  name: words('扶手電梯感應梳齒板', '自动扶梯感应梳齿板', 'Fibre-sensing escalator comb'),
  projects: ['escalator-combs'],
  views: [
    { az: 24, pol: 62, zoom: 1.04, caption: words('扶手電梯的下端', '自动扶梯的下端', 'The foot of an escalator') },
    { az: -34, pol: 58, zoom: 1.06, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 10, pol: 52, zoom: 2.4, target: [0, floorY, 100], caption: words('梳齒板', '梳齿板', 'The comb') },
  ],
  hotspots: [
    {
      id: 'comb',
      label: words('梳齒板', '梳齿板', 'The comb'),
      text: words(
        '梳齒板是扶手電梯兩端的一排齒，這款經重新設計。',
        '梳齿板是自动扶梯两端的一排齿，这款经重新设计。',
        'The comb is the row of teeth at each end of an escalator; this one was redesigned.',
      ),
    },
    {
      id: 'fibre',
      label: words('光纖感應器', '光纤传感器', 'Fibre sensors'),
      text: words('板內有光纖感應器，藍光只作示意。', '板内有光纤传感器，蓝光仅作示意。', 'Fibre sensors lie inside; the blue light is an illustration.'),
    },
    {
      id: 'trapped',
      label: words('察覺被夾物件', '察觉被夹物体', 'It feels'),
      text: words('感應器可察覺被夾住的物件。', '传感器能察觉被夹住的物体。', 'The sensors feel trapped objects.'),
    },
    {
      id: 'steps',
      label: words('2021年金獎', '2021年金奖', 'Gold in 2021'),
      text: words('它獲日內瓦2021年發明金獎。', '它获日内瓦2021年发明金奖。', 'It won a Geneva inventions gold medal in 2021.'),
    },
  ],
  make,
};

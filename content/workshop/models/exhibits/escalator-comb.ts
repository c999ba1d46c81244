/** The foot of an escalator with its comb: teeth, and below them the fibres that feel what is trapped. The comb plate lifts off in the exploded state; the steps run. */
import { placed, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import { bolts, hazard, stopButton } from '../kit/parts-fixings.ts';
import { led } from '../kit/parts-optics.ts';
import { serviceDoor } from '../kit/parts-service.ts';
import { box, cube, cyl, sphere } from '../kit/solids.ts';
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
  m.add(box(1800, 300, 1500, 30), 'shell2', { at: [0, 150, 1000] });
  m.add(box(1700, 110, 1440, 20), 'dark', { at: [0, floorY - 85, 1010] });
  for (const i of upTo(2)) {
    m.add(box(1080, 26, 560, 8), 'steel', { at: [0, floorY - 20, 700 + i * 590] });
    m.add(
      row(13, (t) => placed(cube(20, 8, 500), { at: [-480 + t * 960, 0, 0] })),
      'gun',
      { at: [0, floorY - 6, 700 + i * 590], tolerance: 0.6 },
    );
  }
  for (const s of sides) m.add(box(330, 90, 1420, 20), 'shell', { at: [s * 700, floorY - 60, 1010] });
};

const truss = (m: Model): void => {
  for (const s of sides) {
    const side = outline(
      [
        [-400, 0, 30],
        [-400, floorY + 40, 20],
        [-800, floorY + 60, 200],
        [-1200, floorY + 200, 300],
        [-2700, floorY + 1080, 20],
        [-2700, 560, 60],
        [-1100, 0, 300],
      ],
      20,
      5,
    );
    m.add(plate(side, 60, 14), 'shell', { at: [s * 570, 0, 0], rot: [0, -90, 0] });
    m.add(plate(side, 20, 4), 'accent', { at: [s * 606, -60, 0], rot: [0, -90, 0] });
    m.add(box(150, floorY + 60, 640, 20), 'shell', { at: [s * 612, (floorY + 60) / 2, 0] });
    // glass and hand rail
    const glass = outline(
      [
        [500, floorY + 60, 40],
        [500, floorY + 700, 340],
        [-560, floorY + 700, 300],
        [-1240, floorY + 900, 200],
        [-2640, floorY + 1740, 20],
        [-2640, floorY + 1080, 20],
        [-1200, floorY + 230, 200],
        [-760, floorY + 80, 100],
      ],
      40,
      6,
    );
    m.add(plate(glass, 24, 6), 'clear', { at: [s * 600, 0, 0], rot: [0, -90, 0] });
    m.add(
      tube(
        46,
        [
          [s * 600, floorY + 110, 560],
          [s * 600, floorY + 360, 740],
          [s * 600, floorY + 640, 640],
          [s * 600, floorY + 760, 380],
          [s * 600, floorY + 760, -100],
          [s * 600, floorY + 760, -520],
          [s * 600, floorY + 880, -1060],
          [s * 600, floorY + 1240, -1700],
          [s * 600, floorY + 1790, -2620],
        ],
        { steps: 44, segments: 12 },
      ),
      'rubber',
    );
    m.add(box(110, 200, 300, 40, 2), 'dark', { at: [s * 600, floorY + 90, 470] });
  }
  for (const s of sides) m.add(box(90, 820, 90, 20), 'shell2', { at: [s * 600, floorY + 1420, -2660] });
  // where the steps go out of sight
  m.add(box(1240, 1500, 60, 20), 'shell2', { at: [0, floorY + 620, -2824] });
  m.add(box(1240, 40, 80, 14), 'accent', { at: [0, floorY + 1380, -2806] });
};

/** The cut end: posts to the ground, the door to the works, and on each flank the seams of its covers. */
const end = (m: Model): void => {
  for (const s of sides) {
    m.add(box(150, 620, 170, 20), 'gun', { at: [s * 470, 310, -2740] });
    m.add(box(260, 36, 280, 10), 'dark', { at: [s * 470, 18, -2740] });
    for (const t of sides) m.add(cyl(20, 20, { segments: 6 }), 'chrome', { at: [s * 470 + t * 96, 44, -2740 + 100] });
    for (const z of [-1300, -1750, -2200]) m.add(cube(6, 600 - (z < -2000 ? 60 : 0), 12), 'seam', { at: [s * 617, (z + 1200) * -0.587 + 340, z], rot: [-1, 0, 0], tolerance: 1 });
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
  m.add(box(220, 300, 240, 30, 2), 'dark', { at: [800, floorY + 140, 320] });
  m.add(box(226, 30, 246, 10), 'accent', { at: [800, floorY + 220, 320] });
  led(m, 26, 'red', { at: [770, floorY + 120, 444] });
  led(m, 26, 'green', { at: [840, floorY + 120, 444] });
  stopButton(m, 44, { at: [800, floorY + 288, 320] });
  m.add(plate(slab(110, 60, 12), 8, 2), 'white', { at: [800, floorY + 190, 442] });
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

/** Robot mapping dog: body 900 long, knees backward on all four, a spinning scanner on an accent frame, a finned computer, a stop button behind. Trots in place. */
import { cosD, placed, radians, row, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { type Channel, spin, swing } from '../kit/motion.ts';
import { type Corner, outline, plate, slab } from '../kit/outlines.ts';
import { antenna, cable, louvre, screw, stopButton } from '../kit/parts-fixings.ts';
import { led, lens, lidar } from '../kit/parts-optics.ts';
import { band, box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const thighMm = 310;
const shankMm = 320;
const thighRest = 42;
const kneeRest = -80;
const footMm = 31;
const hipY = thighMm * cosD(thighRest) + shankMm * cosD(thighRest + kneeRest);
const bodyY = hipY + 20 + footMm;
const bodyAt: Vec3 = [0, bodyY, 0];
/** A side profile (x = forward) cut as a plate across. */
const across: Vec3 = [0, -90, 0];
const sides = [-1, 1] as const;
const LEGS = [
  { key: 'fl', sx: 1, sz: 1, phase: 0 },
  { key: 'fr', sx: -1, sz: 1, phase: 0.5 },
  { key: 'rl', sx: 1, sz: -1, phase: 0.5 },
  { key: 'rr', sx: -1, sz: -1, phase: 0 },
] as const;

const hull = (m: Model): void => {
  const profile: Corner[] = [
    [-430, -70, 40],
    [-400, 84, 46],
    [300, 92, 50],
    [440, 46, 46],
    [452, -40, 40],
    [330, -92, 40],
    [-340, -92, 40],
  ];
  m.add(plate(outline(profile, 40, 5), 230, 26, 2), 'shell', { rot: across });
  m.add(
    plate(
      outline(
        [
          [-400, -52, 24],
          [-372, 40, 24],
          [270, 44, 24],
          [400, 12, 24],
          [404, -30, 20],
          [310, -62, 24],
          [-330, -62, 24],
        ],
        24,
        4,
      ),
      246,
      6,
    ),
    'dark',
    { rot: across },
  );
  m.add(
    plate(
      outline(
        [
          [-250, -30, 14],
          [-250, 18, 14],
          [180, 20, 14],
          [210, -30, 14],
        ],
        12,
        4,
      ),
      252,
      3,
    ),
    'accent',
    { rot: across },
  );
  for (const s of sides) {
    m.add(
      row(5, (t) => placed(cube(4, 30, 9), { at: [s * 127, -6, 60 + t * 88], rot: [20, 0, 0] })),
      'black',
    );
    for (const [y, z] of [
      [24, -335],
      [-38, -335],
      [-38, 300],
    ] as const)
      screw(m, 8, { at: [s * 124, y, z], rot: [0, s * 90, 0] });
  }
  m.add(box(180, 4, 560, 2), 'seam', { at: [0, 91, -60] });
  m.add(box(172, 10, 552, 4), 'shell2', { at: [0, 93, -60] });
  m.pair(box(18, 16, 520, 3), 'gun', { at: [62, 104, -60] });
};

const face = (m: Model): void => {
  m.within({ at: [0, 2, 0], rot: [-3, 0, 0] }, () => {
    m.add(plate(slab(200, 118, 36, 5), 26, 8, 2), 'black', { at: [0, 0, 446] });
    m.add(plate(slab(178, 96, 28, 5), 8, 3), 'screen', { at: [0, 0, 458] });
    for (const s of sides) {
      lens(m, 22, { at: [s * 50, 12, 463] }, 'dark');
      m.add(box(46, 6, 4, 2), 'accentGlow', { at: [s * 50, -31, 463] });
    }
    lens(m, 11, { at: [0, 14, 463] }, 'dark');
  });
};

const rear = (m: Model): void => {
  m.add(plate(slab(156, 96, 24, 4), 20, 6), 'dark', { at: [0, 0, -424], rot: [0, 180, 0] });
  stopButton(m, 22, { at: [36, 6, -434], rot: [-90, 0, 0] });
  for (const i of upTo(2)) m.add(cyl(12, 12, { segments: 16 }), 'brass', { at: [-20 - i * 34, 6, -436], rot: [90, 0, 0] });
  m.add(
    tube(
      9,
      [
        [-60, 88, -330],
        [-60, 132, -350],
        [60, 132, -350],
        [60, 88, -330],
      ],
      { steps: 26, tension: 0.2 },
    ),
    'black',
  );
};

const computer = (m: Model): void => {
  m.add(box(150, 18, 250, 5), 'gun', { at: [0, 116, -130] });
  m.add(box(166, 88, 244, 18, 2), 'shell', { at: [0, 168, -130] });
  m.add(box(170, 9, 248, 3), 'accent', { at: [0, 184, -130] });
  m.add(
    row(8, (_, i) => placed(box(150, 20, 7, 1.5), { at: [0, 216, -222 + i * 23] })),
    'dark',
  );
  for (const s of sides) louvre(m, 130, 36, 4, { at: [s * 83, 150, -130], rot: [0, s * 90, 0] }, 'shell2', 6);
  antenna(m, 210, { at: [60, 208, -228], rot: [-12, 0, -8] });
  antenna(m, 210, { at: [-60, 208, -228], rot: [-12, 0, 8] });
  led(m, 6, 'green', { at: [56, 148, -7.5] });
  led(m, 6, 'blue', { at: [34, 148, -7.5] });
  cable(
    m,
    6,
    [
      [-40, 150, -8],
      [-44, 150, 22],
      [-30, 170, 62],
      [-22, 232, 66],
    ],
    'rubber',
  );
};

const scannerFrame = (m: Model): void => {
  m.add(box(124, 16, 156, 5), 'gun', { at: [0, 114, 120] });
  m.pair(
    plate(
      outline(
        [
          [-60, 0, 6],
          [60, 0, 6],
          [36, 94, 12],
          [-36, 94, 12],
        ],
        6,
        3,
      ),
      11,
      2,
    ),
    'accent',
    { at: [48, 118, 120], rot: [0, 90, 0] },
  );
  m.add(box(118, 14, 92, 5), 'gun', { at: [0, 214, 120] });
  m.add(
    lathe(
      [
        [0, 218],
        [66, 218],
        [72, 222],
        [72, 244],
        [66, 251],
        [0, 251],
      ],
      32,
    ),
    'dark',
    { at: [0, 0, 120] },
  );
  m.add(box(90, 50, 34, 11, 2), 'dark', { at: [0, 160, 166] });
  lens(m, 17, { at: [0, 160, 183] }, 'black');
};

const hip = (m: Model, sx: number, sz: number): void => {
  m.add(cyl(66, 74, { segments: 28, bevel: 12 }), 'dark', { rot: [90, 0, 0], at: [sx * 12, 0, -sz * 4] });
  m.add(cyl(58, 12, { segments: 28, bevel: 4 }), 'accent', { rot: [90, 0, 0], at: [sx * 12, 0, sz * 36] });
  m.add(cyl(40, 10, { segments: 24, bevel: 3 }), 'gun', { rot: [90, 0, 0], at: [sx * 12, 0, sz * 43] });
  m.add(box(70, 84, 100, 18, 2), 'dark', { at: [sx * 30, 0, 0] });
};

const thigh = (m: Model, sx: number): void => {
  const axle: Vec3 = [0, 0, 90];
  m.add(cyl(70, 62, { segments: 30, bevel: 12 }), 'shell', { rot: axle });
  m.add(cyl(56, 10, { segments: 30, bevel: 4 }), 'dark', { rot: axle, at: [sx * 34, 0, 0] });
  m.add(band(47, 37, 5, { bevel: 1 }), 'accentGlow', { rot: axle, at: [sx * 39, 0, 0] });
  m.add(cyl(24, 12, { segments: 20, bevel: 3 }), 'gun', { rot: axle, at: [sx * 38, 0, 0] });
  m.add(
    plate(
      outline(
        [
          [-62, 10, 30],
          [60, 12, 30],
          [46, -150, 60],
          [36, -thighMm + 8, 30],
          [-34, -thighMm + 8, 30],
          [-50, -150, 60],
        ],
        20,
        5,
      ),
      54,
      12,
      2,
    ),
    'shell',
    { rot: across },
  );
  m.add(
    plate(
      outline(
        [
          [-30, -78, 14],
          [28, -78, 14],
          [20, -thighMm + 70, 12],
          [-22, -thighMm + 70, 12],
        ],
        12,
        4,
      ),
      58,
      3,
    ),
    'dark',
    { rot: across },
  );
  m.add(cyl(38, 66, { segments: 24, bevel: 7 }), 'dark', { rot: axle, at: [0, -thighMm, 0] });
  m.add(cyl(22, 72, { segments: 20, bevel: 3 }), 'gun', { rot: axle, at: [0, -thighMm, 0] });
};

const shank = (m: Model): void => {
  m.add(
    plate(
      outline(
        [
          [-30, 20, 18],
          [30, 20, 18],
          [34, -60, 30],
          [17, -shankMm + 30, 10],
          [-15, -shankMm + 30, 10],
          [-26, -90, 30],
        ],
        14,
        5,
      ),
      40,
      9,
      2,
    ),
    'dark',
    { rot: across },
  );
  m.add(
    plate(
      outline(
        [
          [-12, -50, 8],
          [14, -50, 8],
          [6, -200, 6],
          [-8, -200, 6],
        ],
        6,
        3,
      ),
      43,
      2,
    ),
    'accent',
    { rot: across },
  );
  m.add(
    lathe(
      [
        [0, 0],
        [26, 0],
        [27, 12],
        [23, 26],
        [20, 46],
        [0, 48],
      ],
      22,
    ),
    'gun',
    { at: [0, -shankMm + 12, 0] },
  );
  m.add(sphere(footMm, 20, 14), 'rubber', { at: [0, -shankMm, 0], scale: [0.9, 1, 1] });
};

/** Where a foot is at a share of the gait: half the time on the floor going back, half in an arc forward. */
const footAt = (share: number): { y: number; z: number } => {
  const rest = -(thighMm * sinD(thighRest) + shankMm * sinD(thighRest + kneeRest));
  const onFloor = share < 0.5;
  return { y: -hipY + (onFloor ? 0 : 62 * Math.sin((share - 0.5) * Math.PI * 2)), z: rest + 75 * (onFloor ? 1 - 4 * share : -Math.cos((share - 0.5) * Math.PI * 2)) };
};

const gaitSteps = 24;
const gaitSeconds = 1.1;
const times = upTo(gaitSteps + 1).map((i) => (i / gaitSteps) * gaitSeconds);
const trot = (): Channel[] => [
  ...LEGS.flatMap(({ key, phase }) => {
    const joints = upTo(gaitSteps + 1).map((i) => {
      const { y, z } = footAt((i / gaitSteps + phase) % 1);
      const bend = Math.min(0.9999, (y * y + z * z - thighMm ** 2 - shankMm ** 2) / (2 * thighMm * shankMm));
      const knee = -Math.acos(bend);
      const lead = Math.atan2(shankMm * Math.sin(knee), thighMm + shankMm * Math.cos(knee));
      return { thigh: (Math.atan2(-z, -y) - lead) / radians, knee: knee / radians };
    });
    return [
      swing(
        `thigh_${key}`,
        'x',
        times,
        joints.map((j) => j.thigh),
      ),
      swing(
        `shank_${key}`,
        'x',
        times,
        joints.map((j) => j.knee),
      ),
    ];
  }),
  swing(
    'body',
    'x',
    times,
    times.map((t) => 0.8 * Math.sin((t / gaitSeconds) * Math.PI * 4)),
  ),
];

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.05, edgeMm: 9, reach: 0.28 });
  m.node('body', bodyAt).on('body', () => {
    hull(m);
    face(m);
    rear(m);
    computer(m);
    scannerFrame(m);
  });
  m.node('scanner', [0, 251, 120], { parent: 'body' }).on('scanner', () => {
    lidar(m, 76, 108, {});
    m.add(cyl(28, 8, { segments: 20 }), 'accent', { at: [0, 107, 0] });
  });
  for (const { key, sx, sz } of LEGS) {
    m.node(`hip_${key}`, [sx * 128, -20, sz * 300], { parent: 'body' }).on(`hip_${key}`, () => hip(m, sx, sz));
    m.node(`thigh_${key}`, [sx * 92, 0, 0], { parent: `hip_${key}`, rot: [thighRest, 0, 0] }).on(`thigh_${key}`, () => thigh(m, sx));
    m.node(`shank_${key}`, [0, -thighMm, 0], { parent: `thigh_${key}`, rot: [kneeRest, 0, 0] }).on(`shank_${key}`, () => shank(m));
  }
  m.clip('trot', trot()).clip('scan', [spin('scanner', 'y', 2)]);
  return m.hotspot('scanner', [0, 320, 200], 'body').hotspot('legs', [210, -150, 300], 'body').hotspot('computer', [90, 190, -130], 'body').hotspot('eyes', [0, 20, 480], 'body');
};

export const exhibit: Exhibit = {
  id: 'mapping-robot-dog',
  area: 'government',
  name: words('測繪機械狗', '测绘机器狗', 'Robot mapping dog'),
  projects: ['robot-mapping-dog'],
  views: [
    { az: 42, pol: 72, zoom: 1.02, caption: words('測繪機械狗', '测绘机器狗', 'The robot dog') },
    { az: 88, pol: 84, zoom: 1.02, caption: words('從旁邊看', '从侧面看', 'From the side') },
    { az: 150, pol: 62, zoom: 1.02, caption: words('背上的設備', '背上的设备', 'What it carries') },
  ],
  hotspots: [
    {
      id: 'scanner',
      label: words('掃描器', '扫描器', 'Scanner'),
      text: words('測繪就是量度地方，再畫成地圖。', '测绘就是测量地方，再画成地图。', 'Mapping means measuring places and drawing them as maps.'),
    },
    {
      id: 'legs',
      label: words('四條腿', '四条腿', 'Four legs'),
      text: words('它用四條腿走路，帶着測繪設備。', '它用四条腿走路，带着测绘设备。', 'It walks on four legs and carries mapping equipment.'),
    },
    {
      id: 'computer',
      label: words('測繪設備', '测绘设备', 'Mapping equipment'),
      text: words('背上是測繪設備，造型只作示意。', '背上是测绘设备，造型仅作示意。', 'Mapping equipment rides on its back; the shape is an illustration.'),
    },
    {
      id: 'eyes',
      label: words('展出', '展出', 'On show'),
      text: words('它在2023年「智慧香港展館」展出。', '它在2023年“智慧香港展馆”展出。', 'It was shown at the Smart Hong Kong Pavilion in 2023.'),
    },
  ],
  make,
};

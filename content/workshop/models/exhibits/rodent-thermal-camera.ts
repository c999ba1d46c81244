/** A back lane at night: a heat camera on a bracket, bins, a drain pipe, two rats, and what the camera sees: warm bodies in a cold picture. The rats run. */
import { merge, placed, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, sway } from '../kit/motion.ts';
import { type Corner, outline, plate, slab } from '../kit/outlines.ts';
import { bolts, cable, louvre } from '../kit/parts-fixings.ts';
import { led, lens, type Sign, screen } from '../kit/parts-optics.ts';
import { airConditioner, conduit, serviceDoor, shutter } from '../kit/parts-service.ts';
import { band, box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const floorY = 160;

const lane = (m: Model): void => {
  m.add(box(3400, 160, 2800, 40), 'asphalt', { at: [0, 80, 200] });
  m.add(box(3400, 30, 200, 8), 'dark', { at: [0, floorY + 2, -820] });
  for (const i of upTo(9)) m.add(cube(240, 8, 150), 'gun', { at: [-1500 + i * 375, floorY + 18, -820] });
  m.add(box(3400, 2300, 180, 24), '#B9B2A6', { at: [0, floorY + 1130, -1080] });
  m.add(box(180, 2300, 1500, 24), '#ABA498', { at: [-1610, floorY + 1130, -300] });
  // bricks where the plaster is off
  const bricks = upTo(28).map((i) => placed(cube(230, 86, 20), { at: [-1180 + (i % 7) * 246 + (Math.floor(i / 7) % 2) * 120, floorY + 140 + Math.floor(i / 7) * 104, -984] }));
  m.add(merge(...bricks), '#A8705A', { tolerance: 0.6 });
  m.add(box(900, 1500, 60, 12), 'gun', { at: [980, floorY + 800, -984] });
  louvre(m, 620, 420, 8, { at: [980, floorY + 1220, -946] }, 'grey', 26);
  m.add(cyl(36, 160, { segments: 14 }), 'steel', { at: [680, floorY + 760, -930], rot: [90, 0, 0] });
  m.add(
    tube(
      80,
      [
        [-1380, floorY + 2260, -930],
        [-1380, floorY + 1300, -930],
        [-1380, floorY + 260, -930],
        [-1340, floorY + 120, -860],
        [-1300, floorY + 90, -760],
      ],
      { steps: 26, segments: 16 },
    ),
    '#7F8F86',
  );
  for (const y of [500, 1250, 1950]) m.add(band(100, 78, 60, { segments: 20 }), 'gun', { at: [-1380, floorY + y, -930] });
};

/** The street side of the walls: a shop's shutter and window, a door, air-conditioners, pipes, a tiled plinth. */
const street = (m: Model): void => {
  m.within({ at: [0, floorY, -1170], rot: [0, 180, 0] }, () => {
    m.add(box(3380, 330, 24, 8), '#8F9A9E', { at: [0, 170, 6] });
    for (const i of upTo(13)) m.add(cube(8, 330, 6), 'seam', { at: [-1560 + i * 260, 170, 19], tolerance: 1 });
    m.add(box(3400, 46, 60, 10), '#D3CCBF', { at: [0, 2130, 20] });
    shutter(m, 1380, 1620, { at: [-780, 0, 0] });
    serviceDoor(m, 640, 1560, { at: [420, 830, 6] }, { paint: '#5F7F78', vents: 1 });
    // a window with bars
    m.add(box(760, 560, 30, 10), 'shell2', { at: [1220, 1240, 6] });
    m.add(cube(690, 490, 10), 'pane', { at: [1220, 1240, 22] });
    for (const i of upTo(6)) m.add(cyl(11, 500, { segments: 8 }), 'gun', { at: [960 + i * 104, 1240, 44], tolerance: 1 });
    m.add(box(820, 40, 110, 10), 'concrete', { at: [1220, 940, 40] });
    airConditioner(m, 620, { at: [1220, 1810, 0] });
    conduit(
      m,
      24,
      [
        [1620, 20, 50],
        [1620, 500, 36],
        [1620, 1300, 36],
        [1620, 1900, 36],
        [1560, 2080, 20],
      ],
      {},
      '#7F8F86',
    );
    conduit(
      m,
      15,
      [
        [820, 30, 40],
        [820, 700, 28],
        [820, 1500, 28],
        [960, 1700, 40],
        [1000, 1800, 70],
      ],
      {},
    );
    m.add(box(200, 280, 90, 14), 'shell2', { at: [820, 1060, 60] });
  });
  m.within({ at: [-1700, floorY, -300], rot: [0, -90, 0] }, () => {
    m.add(box(1480, 330, 24, 8), '#8F9A9E', { at: [0, 170, 6] });
    m.add(box(1490, 46, 60, 10), '#D3CCBF', { at: [0, 2130, 20] });
    airConditioner(m, 560, { at: [-330, 1660, 0] });
    conduit(
      m,
      15,
      [
        [-150, 1560, 120],
        [40, 1500, 30],
        [60, 900, 28],
        [60, 60, 28],
      ],
      {},
    );
    louvre(m, 420, 300, 6, { at: [360, 1700, 6] }, 'grey', 26);
    // notices: plain sheets with a picture frame
    for (const [x, paint] of [
      [330, '#E9E2CF'],
      [590, '#CFE0DA'],
    ] as const) {
      m.add(box(230, 320, 10, 4), paint, { at: [x, 1060, 4] });
      m.add(cube(180, 130, 4), x > 400 ? '#6F9F8F' : '#C99A5B', { at: [x, 1110, 10], tolerance: 1 });
      for (const i of upTo(3)) m.add(cube(160 - i * 30, 14, 4), 'grey', { at: [x, 1010 - i * 32, 10], tolerance: 1 });
    }
  });
};

const bin = (m: Model, paint: string, open: number): void => {
  const body: Corner[] = [
    [-250, 90, 30],
    [250, 90, 30],
    [320, 860, 30],
    [-320, 860, 30],
  ];
  m.add(plate(outline(body, 20, 4), 520, 40, 2), paint as `#${string}`);
  m.add(plate(outline(body, 20, 4), 440, 8), paint as `#${string}`, { scale: [1.03, 1, 1.02] });
  m.add(box(700, 60, 600, 20), paint as `#${string}`, { at: [0, 870, 0] });
  m.within({ at: [0, 900, -270], rot: [-open, 0, 0] }, () => {
    m.add(box(700, 60, 600, 26, 2), paint as `#${string}`, { at: [0, 20, 290] });
    m.add(box(200, 30, 60, 10), 'dark', { at: [0, 20, 600] });
  });
  for (const s of sides) m.add(cyl(110, 60, { segments: 22 }), 'rubber', { at: [s * 260, 110, -240], rot: [0, 0, 90] });
};

/** A rat of about twice its size, so that it is seen. */
const rat = (m: Model): void => {
  const fur = '#6E6259';
  m.add(
    lathe(
      [
        [0, -210],
        [60, -190],
        [98, -110],
        [104, 0],
        [84, 100],
        [54, 170],
        [24, 232],
        [0, 246],
      ],
      18,
    ),
    fur,
    { at: [0, 100, 0], rot: [90, 0, 0], scale: [0.86, 1, 1] },
  );
  for (const s of sides) {
    m.add(sphere(34, 12, 8), '#B48E82', { at: [s * 54, 168, 130], scale: [1, 1, 0.4] });
    m.add(sphere(11, 8, 6), 'black', { at: [s * 40, 128, 196] });
    for (const z of [-120, 90]) m.add(box(44, 40, 90, 14), '#B48E82', { at: [s * 62, 20, z + 20] });
  }
  m.add(sphere(16, 10, 8), '#D49A93', { at: [0, 104, 246] });
  m.add(
    tube(
      13,
      [
        [0, 90, -200],
        [30, 70, -330],
        [-30, 46, -460],
        [20, 30, -590],
      ],
      { steps: 16, segments: 8 },
    ),
    '#B48E82',
  );
};

/** What the camera sees: cold blue, warm blobs with a pale heart. */
const blob = (x: number, y: number, k: number): Sign[] => [
  {
    shape: [
      [-150 * k, -10, 50],
      [-60 * k, 62 * k, 50],
      [60 * k, 56 * k, 50],
      [150 * k, 10, 30],
      [70 * k, -50 * k, 40],
      [-80 * k, -52 * k, 40],
    ],
    at: [x, y],
    paint: '#8A2BA8',
    round: 30,
  },
  {
    shape: [
      [-110 * k, 0, 40],
      [-40 * k, 44 * k, 40],
      [50 * k, 38 * k, 40],
      [110 * k, 6, 20],
      [50 * k, -34 * k, 30],
      [-60 * k, -36 * k, 30],
    ],
    at: [x, y],
    paint: '#F0694A',
    round: 22,
  },
  {
    shape: [
      [-70 * k, 0, 24],
      [-20 * k, 26 * k, 24],
      [40 * k, 22 * k, 24],
      [70 * k, 2, 10],
      [20 * k, -20 * k, 20],
      [-40 * k, -20 * k, 20],
    ],
    at: [x, y],
    paint: '#FFD35A',
    round: 14,
  },
];
const box4 = (x: number, y: number, w: number, h: number): Sign[] =>
  sides.flatMap((sx) =>
    sides.flatMap((sy): Sign[] => [
      { bar: [x + sx * (w - 26), y + sy * h, 52, 9], paint: '#F4F8FF' },
      { bar: [x + sx * w, y + sy * (h - 26), 9, 52], paint: '#F4F8FF' },
    ]),
  );
const seen: readonly Sign[] = [
  { bar: [0, -190, 980, 280], paint: '#1A2F78', round: 0.04 },
  { bar: [-330, 20, 230, 330], paint: '#24479A', round: 0.06 },
  { bar: [-60, -10, 220, 270], paint: '#213F90', round: 0.06 },
  { bar: [400, 60, 90, 420], paint: '#2A55AA', round: 0.2 },
  ...blob(230, -190, 1),
  ...blob(-150, -250, 0.7),
  ...box4(230, -190, 200, 100),
  ...box4(-150, -250, 150, 76),
  { bar: [-370, 290, 190, 30], paint: '#FF6A55', round: 0.5 },
  ...['#16205A', '#8A2BA8', '#F0694A', '#FFD35A'].map((paint, i): Sign => ({ bar: [220 + i * 70, 290, 70, 34], paint })),
];

const camera = (m: Model): void => {
  m.add(box(220, 300, 60, 24), 'gun', { at: [0, 0, 0] });
  bolts(m, 4, 110, 16, { at: [0, 0, 34], rot: [90, 45, 0] });
  m.add(
    tube(
      44,
      [
        [0, 0, 20],
        [0, 30, 200],
        [0, 20, 330],
      ],
      { steps: 14, segments: 14 },
    ),
    'shell2',
  );
  m.add(sphere(80, 20, 14), 'dark', { at: [0, 20, 350] });
};

const head = (m: Model): void => {
  m.add(cyl(150, 560, { segments: 32, bevel: 24 }), 'shell', { at: [0, 0, 120], rot: [90, 0, 0] });
  m.add(
    plate(
      outline(
        [
          [-190, 0, 20],
          [-190, 130, 120],
          [0, 210, 140],
          [190, 130, 120],
          [190, 0, 20],
          [168, 0, 8],
          [164, 120, 100],
          [0, 184, 120],
          [-164, 120, 100],
          [-168, 0, 8],
        ],
        40,
        6,
      ),
      720,
      10,
    ),
    'shell2',
    { at: [0, 0, 150] },
  );
  m.add(placed(band(158, 130, 60, { segments: 32 }), { rot: [90, 0, 0] }), 'accent', { at: [0, 0, 330] });
  m.within({ at: [0, 0, 396] }, () => {
    m.add(cyl(132, 30, { segments: 32 }), 'black', { rot: [90, 0, 0] });
    lens(m, 70, { at: [0, 10, 18] }, 'dark');
    for (const i of upTo(8)) led(m, 9, 'red', { at: [104 * Math.cos((i * Math.PI) / 4), 104 * Math.sin((i * Math.PI) / 4), 14] });
  });
  cable(m, 16, [
    [0, -60, -150],
    [0, -160, -260],
    [60, -120, -420],
  ]);
};

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.075, edgeMm: 40, reach: 0.24 });
  lane(m);
  street(m);
  m.within({ at: [-760, floorY, -480], rot: [0, 14, 0] }, () => bin(m, '#3F6B52', 26));
  m.within({ at: [0, floorY, -560], rot: [0, -6, 0] }, () => bin(m, '#4A5F86', 0));
  for (const [i, at] of (
    [
      [420, 120, -300],
      [560, 90, -60],
      [300, 100, -40],
    ] as const
  ).entries())
    m.add(sphere(150 - i * 20, 14, 10), i === 1 ? '#8C8F94' : '#2E3238', { at: [at[0], floorY + at[1] - 20, at[2]], scale: [1, 0.86, 1] });
  m.within({ at: [-1500, floorY + 1760, 220], rot: [0, 90, 0] }, () => camera(m));
  m.node('camera', [-1150, floorY + 1780, 220], { rot: [22, 62, 0], moving: true }).on('camera', () => head(m));
  const ratsAt: readonly { at: Vec3; yaw: number }[] = [
    { at: [380, floorY, 560], yaw: 70 },
    { at: [-420, floorY, 760], yaw: -40 },
  ];
  for (const [i, { at, yaw }] of ratsAt.entries()) m.node(`rat_${i}`, at, { rot: [0, yaw, 0], moving: true }).on(`rat_${i}`, () => m.within({ scale: 1.25 }, () => rat(m)));
  m.within({ at: [980, floorY + 1320, 900], rot: [-4, -18, 0] }, () => {
    m.add(plate(slab(1080, 800, 70, 5), 60, 18, 2), 'dark');
    screen(m, 980, 700, seen, { at: [0, 0, 32] }, { thick: 14, bezel: 10 });
    m.within({ at: [0, 0, -31], rot: [0, 180, 0] }, () => {
      serviceDoor(m, 660, 420, { at: [0, 20, 0] }, { paint: 'grey' });
      m.add(box(300, 200, 60, 20), 'gun', { at: [0, -270, 20] });
    });
  });
  m.add(box(110, 940, 90, 24), 'shell2', { at: [980, floorY + 470, 880] });
  m.add(box(560, 50, 420, 20), 'gun', { at: [980, floorY + 24, 880] });
  m.add(placed(plate(slab(460, 300, 30), 8, 2), { rot: [90, 0, 0] }), 'accentGlow', { at: [380, floorY + 5, 560] });
  m.add(placed(plate(slab(460, 300, 30), 8, 2), { rot: [90, 0, 0] }), 'accentGlow', { at: [-420, floorY + 5, 760] });
  m.clip('night', [
    sway('camera', 'y', 8, 10, [22, 62, 0]),
    shift(
      'rat_0',
      ratsAt[0]?.at ?? [0, 0, 0],
      [0, 1, 2, 5, 6, 8],
      [
        [0, 0, 0],
        [0, 0, 0],
        [180, 0, 60],
        [180, 0, 60],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ),
    shift(
      'rat_1',
      ratsAt[1]?.at ?? [0, 0, 0],
      [0, 2, 3.2, 6, 7, 8],
      [
        [0, 0, 0],
        [0, 0, 0],
        [-200, 0, 200],
        [-200, 0, 200],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ),
  ]);
  return m
    .hotspot('camera', [0, 60, 420], 'camera')
    .hotspot('rat', [0, 240, 60], 'rat_0')
    .hotspot('screen', [980, floorY + 1420, 960])
    .hotspot('bins', [-700, floorY + 760, -180]);
};

export const exhibit: Exhibit = {
  id: 'rodent-thermal-camera',
  area: 'living',
  name: words('人工智能鼠患監察', '人工智能鼠患监测', 'AI thermal imaging for rodents'),
  projects: ['ai-rodent-monitoring'],
  views: [
    { az: 22, pol: 70, zoom: 1, caption: words('後巷', '后巷', 'A back lane') },
    { az: 58, pol: 62, zoom: 1.02, caption: words('從右邊看', '从右边看', 'From the right') },
    { az: 12, pol: 74, zoom: 2, target: [980, 1480, 900], caption: words('鏡頭看見的', '镜头看见的', 'What it sees') },
  ],
  hotspots: [
    { id: 'camera', label: words('熱能鏡頭', '热成像镜头', 'Heat camera'), text: words('熱能鏡頭在夜間拍攝。', '热成像镜头在夜间拍摄。', 'A heat camera watches at night.') },
    {
      id: 'rat',
      label: words('老鼠', '老鼠', 'Rats'),
      text: words('系統標出老鼠活躍的位置。', '系统标出老鼠活跃的位置。', 'The system maps where rats are active.'),
    },
    {
      id: 'screen',
      label: words('人工智能', '人工智能', 'AI'),
      text: words(
        '人工智能和熱能鏡頭一起工作，畫面只作示意。',
        '人工智能和热成像镜头一起工作，画面仅作示意。',
        'AI works together with the camera; the picture is an illustration.',
      ),
    },
    {
      id: 'bins',
      label: words('集中捕鼠', '集中捕鼠', 'Aimed trapping'),
      text: words('捕鼠工作就可以集中在這些地方。', '捕鼠工作就可以集中在这些地方。', 'Trapping can then be aimed at those places.'),
    },
  ],
  make,
};

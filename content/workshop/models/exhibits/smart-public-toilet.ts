/** A public toilet without roof or front wall: two cubicles, basins and the sensors over them; a board outside that tells when cleaners are needed. Doors swing, lamps of the cubicles stand by. */
import { gridded, placed, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swing } from '../kit/motion.ts';
import { type Corner, plate, slab } from '../kit/outlines.ts';
import { louvre } from '../kit/parts-fixings.ts';
import { led, type Sign } from '../kit/parts-optics.ts';
import { conduit, serviceDoor, standingScreen } from '../kit/parts-service.ts';
import { person } from '../kit/parts-street.ts';
import { band, box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const floorY = 120;
const wallH = 2300;
const cubicles = [-1180, -160] as const;

const room = (m: Model): void => {
  m.add(box(4000, 120, 3200, 30), 'concrete', { at: [0, 60, 200] });
  for (const i of upTo(9))
    for (const j of upTo(6)) m.add(box(396, 14, 396, 4), (i + j) % 2 ? '#DDE3E6' : '#C6D0D6', { at: [-1600 + i * 400, floorY + 4, -1000 + j * 400], tolerance: 0.3 });
  m.add(gridded(box(3760, wallH, 140, 20), [418, 386, 0]), 'shell', { at: [0, floorY + wallH / 2, -1280] });
  m.add(gridded(box(140, wallH, 1400, 20), [0, 386, 350]), 'shell', { at: [-1880, floorY + wallH / 2, -640] });
  // a dado of tiles
  for (const i of upTo(15))
    for (const j of upTo(4)) m.add(cube(232, 232, 16), (i * 3 + j) % 7 === 0 ? 'accent' : '#EDEFF0', { at: [-1680 + i * 240, floorY + 150 + j * 240, -1204], tolerance: 0.5 });
  m.add(box(3780, 60, 170, 14), 'accent', { at: [0, floorY + wallH, -1280] });
  m.add(box(170, 60, 1420, 14), 'accent', { at: [-1880, floorY + wallH, -640] });
};

/** Outside: high windows, the door to the pipes, drains, a base course. */
const outside = (m: Model): void => {
  m.within({ at: [0, floorY, -1350], rot: [0, 180, 0] }, () => {
    m.add(box(3740, 300, 24, 8), 'grey', { at: [0, 152, 4] });
    m.add(box(3740, 30, 30, 8), 'accent', { at: [0, 316, 6] });
    for (const x of [-1200, -200, 760]) {
      m.add(box(700, 380, 36, 10), 'concrete', { at: [x, 1850, 4] });
      louvre(m, 600, 290, 7, { at: [x, 1850, 24] }, 'shell2', 24);
      m.add(box(760, 36, 90, 8), 'concrete', { at: [x, 1640, 30] });
    }
    serviceDoor(m, 620, 1480, { at: [1440, 800, 4] }, { paint: '#5E93B8', vents: 2 });
    conduit(
      m,
      46,
      [
        [200, 30, 70],
        [200, 600, 60],
        [200, 1300, 60],
        [200, 2180, 60],
      ],
      {},
      'shell2',
    );
    conduit(
      m,
      22,
      [
        [-720, 700, 30],
        [-500, 700, 30],
        [-200, 700, 30],
        [150, 640, 50],
      ],
      {},
    );
    for (const x of [-1500, -1000, -500]) m.add(cube(12, 1180, 4), 'seam', { at: [x, 920, 2], tolerance: 1 });
    m.add(box(3740, 10, 6, 2), 'seam', { at: [0, 1500, 1], tolerance: 1 });
  });
  m.within({ at: [-1950, floorY, -640], rot: [0, -90, 0] }, () => {
    m.add(box(1380, 300, 24, 8), 'grey', { at: [0, 152, 4] });
    m.add(box(1380, 30, 30, 8), 'accent', { at: [0, 316, 6] });
    louvre(m, 560, 290, 7, { at: [-260, 1850, 10] }, 'shell2', 24);
    m.add(box(620, 36, 90, 8), 'concrete', { at: [-260, 1650, 30] });
    m.add(box(300, 420, 90, 20), 'shell2', { at: [380, 1180, 40] });
    conduit(
      m,
      18,
      [
        [380, 970, 40],
        [380, 600, 30],
        [380, 320, 30],
        [380, 20, 30],
      ],
      {},
    );
  });
};

const pan = (m: Model): void => {
  m.add(box(430, 760, 190, 40, 2), 'white', { at: [0, 560, -560] });
  m.add(cyl(40, 14, { segments: 20 }), 'chrome', { at: [0, 946, -560] });
  m.add(
    lathe(
      [
        [0, 0],
        [140, 0],
        [120, 90],
        [150, 230],
        [220, 360],
        [228, 400],
        [180, 404],
        [150, 330],
        [0, 230],
      ],
      30,
    ),
    'white',
    { at: [0, 0, -280], scale: [0.94, 1, 1.18] },
  );
  m.add(placed(band(226, 140, 36, { segments: 32, bevel: 12 }), { scale: [0.94, 1, 1.18] }), 'shell2', { at: [0, 414, -280] });
  m.within({ at: [0, 440, -480], rot: [-8, 0, 0] }, () => m.add(plate(slab(400, 500, 180, 6), 34, 12), 'white', { at: [0, 230, 0] }));
};

const cubicle = (m: Model, x: number): void => {
  m.within({ at: [x, floorY + 12, -640] }, () => {
    for (const s of [-1, 1]) m.add(gridded(box(50, 1900, 1240, 12), [0, 320, 310]), 'shell2', { at: [s * 500, 1080, 0] });
    for (const s of [-1, 1]) m.add(box(130, 1960, 70, 14), 'dark', { at: [s * 470, 1060, 630] });
    m.add(box(1070, 110, 80, 16), 'dark', { at: [0, 2070, 630] });
    pan(m);
    // roll with its sensor
    m.within({ at: [-440, 820, 100], rot: [0, 90, 0] }, () => {
      m.add(box(240, 260, 130, 40, 2), 'dark', { at: [0, 0, 40] });
      m.add(cyl(92, 110, { segments: 26 }), 'white', { at: [0, -60, 60], rot: [0, 0, 90] });
      m.add(box(120, 130, 4, 2), 'white', { at: [0, -150, 150] });
      led(m, 16, 'green', { at: [0, 90, 108] });
    });
  });
};

const door = (m: Model): void => {
  m.add(box(800, 1780, 40, 14), '#5E93B8', { at: [400, 0, 0] });
  m.add(box(40, 150, 40, 12), 'chrome', { at: [730, -20, 40] });
  m.add(cyl(36, 20, { segments: 20 }), 'dark', { at: [730, 120, 30], rot: [90, 0, 0] });
};

const basins = (m: Model): void => {
  m.within({ at: [1180, floorY + 12, -1200] }, () => {
    m.add(box(1240, 90, 560, 30, 2), '#B9C2C9', { at: [0, 840, 280] });
    m.add(plate(slab(1200, 700, 30), 24, 6), ['glass', '#BFDDEB', 0.95], { at: [0, 1420, 12] });
    for (const x of [-300, 300]) {
      m.add(
        lathe(
          [
            [0, 30],
            [150, 50],
            [210, 120],
            [226, 130],
            [226, 96],
            [170, 10],
            [0, 0],
          ],
          30,
        ),
        'white',
        { at: [x, 800, 300], scale: [1, 1, 0.8] },
      );
      m.add(
        tube(
          22,
          [
            [x, 880, 80],
            [x, 1060, 80],
            [x, 1100, 150],
            [x, 1060, 220],
          ],
          { steps: 18, segments: 10 },
        ),
        'chrome',
      );
      m.add(box(120, 230, 130, 36, 2), 'shell', { at: [x + 200, 1120, 80] });
      m.add(box(126, 50, 136, 14), 'accent', { at: [x + 200, 1180, 80] });
      m.add(cyl(16, 60, { segments: 12 }), 'dark', { at: [x + 200, 980, 130] });
      led(m, 13, x < 0 ? 'green' : 'amber', { at: [x + 200, 1100, 148] });
    }
    for (const x of [-540, 540]) m.add(box(70, 800, 460, 20), 'shell2', { at: [x, 400, 260] });
    // bin with its level
    m.add(cyl(190, 640, { segments: 28, bevel: 24 }), 'gun', { at: [760, 320, 320] });
    m.add(band(196, 182, 60, { segments: 28 }), 'accent', { at: [760, 600, 320] });
    led(m, 18, 'green', { at: [760, 480, 512] });
  });
};

/** The sensors overhead, on one rail, with their cones. */
const sensors = (m: Model): void => {
  m.add(box(3400, 70, 90, 16), 'shell2', { at: [80, floorY + wallH - 40, -260] });
  for (const x of [-1850, 1760]) m.add(box(90, 150, 110, 14), 'shell2', { at: [x * 0.98, floorY + wallH - 40, -260] });
  m.add(box(90, wallH, 110, 14), 'shell2', { at: [1760, floorY + wallH / 2, -260] });
  for (const [i, x] of [-1180, -160, 1180].entries()) {
    m.add(
      lathe(
        [
          [0, 0],
          [90, 0],
          [150, 60],
          [160, 110],
          [0, 110],
        ],
        30,
      ),
      'shell',
      { at: [x, floorY + wallH - 190, -260] },
    );
    m.add(band(162, 150, 22, { segments: 30 }), 'accent', { at: [x, floorY + wallH - 96, -260] });
    m.add(sphere(44, 18, 10), i === 2 ? 'green' : 'cyan', { at: [x, floorY + wallH - 190, -260], scale: [1, 0.5, 1] });
    m.add(
      lathe(
        [
          [60, -40],
          [420, -1100],
          [416, -1100],
          [56, -40],
        ],
        26,
      ),
      ['glass', '#7FE3FF', 0.09],
      { at: [x, floorY + wallH - 160, -260] },
    );
  }
};

const man: Corner[] = [
  [-26, -70, 6],
  [-10, -70, 4],
  [-6, -20, 2],
  [6, -20, 2],
  [10, -70, 4],
  [26, -70, 6],
  [32, 40, 14],
  [-32, 40, 14],
];
const shown: readonly Sign[] = [
  { bar: [0, 250, 760, 80], paint: '#F0694A', round: 0.24 },
  { shape: man, at: [-300, 252], paint: '#F4F4F2' },
  { bar: [60, 250, 360, 24], paint: '#F4F4F2', round: 0.5 },
  ...upTo(4).map((i): Sign => ({ bar: [-285 + i * 190, 110, 156, 140], paint: i === 1 ? '#6E2A24' : '#1F5A40', round: 0.14 })),
  ...upTo(4).map((i): Sign => ({ disc: [-285 + i * 190, 130, 24], paint: i === 1 ? '#FF6A55' : '#69F0A0' })),
  ...upTo(4).map((i): Sign => ({ bar: [-285 + i * 190, 76, 90, 14], paint: '#DCE8F5', round: 0.5 })),
  ...[0.9, 0.6, 0.25].flatMap((v, i): Sign[] => [
    { bar: [0, -40 - i * 90, 740, 40], paint: '#22304A', round: 0.5 },
    { bar: [-370 + 370 * v, -40 - i * 90, 740 * v, 40], paint: v < 0.4 ? '#FFB636' : '#7FE3FF', round: 0.5 },
  ]),
];

/** The cleaner's trolley. */
const trolley = (m: Model): void => {
  m.add(box(460, 60, 700, 20), 'grey', { at: [0, 160, 0] });
  for (const x of [-180, 180]) for (const z of [-280, 280]) m.add(cyl(60, 40, { segments: 18 }), 'rubber', { at: [x, 66, z], rot: [0, 0, 90] });
  m.add(box(420, 460, 330, 30, 2), '#E5C04A', { at: [0, 430, -150] });
  m.add(cyl(150, 300, { r2: 180, segments: 26 }), '#3F7FB0', { at: [0, 340, 190] });
  m.add(
    tube(
      20,
      [
        [-200, 200, -330],
        [-200, 980, -360],
        [200, 980, -360],
        [200, 200, -330],
      ],
      { steps: 24, segments: 8 },
    ),
    'steel',
  );
  m.add(cyl(16, 1200, { segments: 10 }), '#C9B08A', { at: [60, 820, 220], rot: [10, 0, -8] });
  for (const [x, c] of [
    [-90, '#69B98C'],
    [20, '#D766BF'],
    [120, '#F4F4F2'],
  ] as const) {
    m.add(cyl(44, 170, { segments: 18 }), c, { at: [x, 740, -150] });
    m.add(box(40, 70, 60, 10), 'dark', { at: [x, 850, -140] });
  }
  louvre(m, 280, 120, 4, { at: [0, 420, 20] }, 'grey');
};

const doorsAt: readonly Vec3[] = cubicles.map((x): Vec3 => [x - 400, floorY + 1000, -20]);
const restDegrees = [28, 78] as const;

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.085, edgeMm: 60, reach: 0.2 });
  room(m);
  outside(m);
  for (const x of cubicles) cubicle(m, x);
  basins(m);
  sensors(m);
  for (const [i, at] of doorsAt.entries()) {
    m.node(`door_${i}`, at, { rot: [0, -(restDegrees[i] ?? 0), 0], moving: true }).on(`door_${i}`, () => door(m));
    led(m, 40, i === 0 ? 'red' : 'green', { at: [(cubicles[i] ?? 0) + 300, floorY + 2080, 44] });
  }
  standingScreen(m, { w: 840, h: 640, postMm: 1130 }, shown, { at: [1240, floorY, 1180], rot: [0, -16, 0] });
  // clear of the doors, which swing 800 mm out
  const cleanerAt: Vec3 = [280, floorY + 10, 1120];
  m.node('cleaner', cleanerAt, { rot: [0, 150, 0], moving: true }).on('cleaner', () => {
    person(m, {}, '#F0A04A', '#3A4A66');
    m.within({ at: [60, 0, 620], rot: [0, 8, 0] }, () => trolley(m));
  });
  m.clip('service', [
    swing('door_0', 'y', [0, 2, 3.5, 6, 7.5, 10], [0, 0, 26, 26, 0, 0], [0, -28, 0]),
    swing('door_1', 'y', [0, 3, 4.5, 8, 9.5, 10], [0, 0, 70, 70, 0, 0], [0, -78, 0]),
    shift(
      'cleaner',
      cleanerAt,
      [0, 1, 4, 6, 9, 10],
      [
        [0, 0, 0],
        [0, 0, 0],
        [130, 0, -225],
        [130, 0, -225],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ),
  ]);
  return m
    .hotspot('use', [-160, floorY + wallH - 100, -80])
    .hotspot('supplies', [1180 + 500, floorY + 1130, -1020])
    .hotspot('board', [1220, floorY + 1620, 1290])
    .hotspot('cleaner', [0, 1520, 120], 'cleaner');
};

export const exhibit: Exhibit = {
  id: 'smart-public-toilet',
  area: 'living',
  name: words('智慧廁所管理系統', '智慧公厕管理系统', 'Smart Toilet Management System'),
  projects: ['smart-toilet'],
  views: [
    { az: 20, pol: 66, zoom: 1, caption: words('打開的公廁', '打开的公厕', 'A toilet, opened') },
    { az: 56, pol: 60, zoom: 1.02, caption: words('從右邊看', '从右边看', 'From the right') },
    { az: 14, pol: 76, zoom: 2.2, target: [1240, 1500, 1100], caption: words('顯示板', '显示屏', 'The board') },
  ],
  hotspots: [
    {
      id: 'use',
      label: words('使用和空氣', '使用和空气', 'Use and air'),
      text: words(
        '感應器留意公廁的使用和空氣情況。模型的造型只作示意。',
        '传感器留意公厕的使用和空气情况。模型的造型仅作示意。',
        'Sensors track use and air in public toilets. The shape shown is an illustration.',
      ),
    },
    { id: 'supplies', label: words('用品', '用品', 'Supplies'), text: words('感應器也留意用品的情況。', '传感器也留意用品的情况。', 'They track supplies too.') },
    {
      id: 'board',
      label: words('17間公廁', '17座公厕', '17 toilets'),
      text: words('2023年，全港超過800間公廁中有17間裝上。', '2023年，香港800多座公厕中有17座装上。', 'In 2023, 17 of over 800 public toilets in Hong Kong were fitted.'),
    },
    {
      id: 'cleaner',
      label: words('有需要就清潔', '需要时就清洁', 'When needed'),
      text: words('清潔人員在有需要時前來。', '保洁人员在有需要时前来。', 'Cleaners come when they are needed.'),
    },
  ],
  make,
};

/** Desilting robot in a river channel: tracks on pontoons, an arm with a dredging head, a hose on floats. Its channel is cut open. The arm works, the cutter turns. */
import { cosD, merge, placed, ring, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { spin, swing } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import { antenna, bolts, cable, hazard, louvre, ram } from '../kit/parts-fixings.ts';
import { lamp, lens } from '../kit/parts-optics.ts';
import { track } from '../kit/parts-street.ts';
import { band, box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { hose, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const bedY = 300;
const waterY = 900;

const channel = (m: Model): void => {
  // the concrete bed with one bank; the near bank is cut away
  m.add(box(5200, 260, 6400, 40), 'concrete', { at: [0, 130, 0] });
  const bank = outline(
    [
      [-2600, 0, 10],
      [-2600, 2300, 40],
      [-2150, 2300, 60],
      [-1750, 260, 60],
      [-1750, 0, 10],
    ],
    20,
    4,
  );
  m.add(plate(bank, 6400, 20), '#C9C9C4');
  for (const i of upTo(7)) m.add(cube(30, 2060, 14), 'grey', { at: [-1960, 1270, -2700 + i * 900], rot: [0, 0, 11] });
  m.add(box(470, 60, 6400, 20), 'shell2', { at: [-2370, 2330, 0] });
  for (const i of upTo(6)) m.add(cyl(30, 620, { segments: 12 }), 'steel', { at: [-2200, 2660, -2900 + i * 1160] });
  for (const y of [2700, 2960]) m.add(cyl(26, 5860, { segments: 10 }), 'steel', { at: [-2200, y, 0], rot: [90, 0, 0] });
  // silt in drifts, cleared behind the robot
  const drifts = upTo(26).map((i) =>
    placed(sphere(210 + ((i * 41) % 180), 10, 7), { at: [-1350 + ((i * 613) % 3200), bedY - 70, 500 + ((i * 379) % 2050)], scale: [1.3, 0.5 + ((i * 7) % 5) * 0.06, 1.2] }),
  );
  m.add(merge(...drifts), '#6F5F4C', { tolerance: 0.5 });
  m.add(box(4000, 70, 2700, 30), '#75654F', { at: [250, 285, 1790], tolerance: 0.4 });
  m.add(box(4080, waterY - bedY, 6380, 10), ['glass', '#6FB7D6', 0.3], { at: [440, (waterY + bedY) / 2, 0] });
};

const deck = (m: Model): void => {
  for (const s of sides) {
    track(m, { length: 3300, height: 900, width: 520, links: 26, wheels: 5 }, s, { at: [s * 1050, bedY - 20, -300] }, 'shell2');
    m.add(box(330, 520, 2900, 120, 2), 'shell', { at: [s * 1050, bedY + 1130, -300] });
    m.add(box(340, 70, 2910, 24), 'accent', { at: [s * 1050, bedY + 1090, -300] });
    hazard(m, 300, 120, 6, { at: [s * 1050, bedY + 1160, 1156] });
  }
  m.add(box(1640, 260, 2300, 50, 2), 'dark', { at: [0, bedY + 900, -400] });
  m.add(cyl(620, 170, { segments: 40 }), 'gun', { at: [0, bedY + 1090, -250] });
  bolts(m, 12, 540, 36, { at: [0, bedY + 1180, -250] });
};

const house = (m: Model): void => {
  const side = outline(
    [
      [-1300, 0, 60],
      [760, 0, 60],
      [760, 260, 60],
      [420, 520, 120],
      [-1100, 900, 180],
      [-1300, 760, 100],
    ],
    60,
    5,
  );
  m.add(plate(side, 1300, 50, 2), 'shell', { rot: [0, -90, 0], at: [0, 120, 0] });
  m.add(
    plate(
      outline(
        [
          [-1290, 60, 10],
          [760, 60, 10],
          [760, 150, 10],
          [-1290, 150, 10],
        ],
        10,
        3,
      ),
      1316,
      8,
    ),
    'accent',
    { rot: [0, -90, 0], at: [0, 120, 0] },
  );
  for (const s of sides) {
    louvre(m, 720, 320, 8, { at: [s * 652, 560, -620], rot: [0, s * 90, 0] }, 'shell2', 26);
    m.add(cyl(40, 70, { segments: 16 }), 'gun', { at: [s * 500, 1040, -700] });
    lamp(m, 100, 140, { at: [s * 520, 760, 330] }, 'warm');
  }
  m.add(cyl(90, 420, { segments: 20 }), 'gun', { at: [-400, 1100, -900] });
  // no cab: a mast with eyes, since people stand on the bank
  m.add(cyl(56, 900, { segments: 18 }), 'shell2', { at: [380, 1240, -360] });
  m.add(box(420, 200, 220, 50, 2), 'dark', { at: [380, 1700, -330] });
  for (const x of [-110, 110]) lens(m, 62, { at: [380 + x, 1700, -216] }, 'gun');
  m.add(sphere(80, 18, 12), 'amber', { at: [380, 1840, -360] });
  antenna(m, 620, { at: [150, 1000, -500] }, 'black', 4);
  antenna(m, 460, { at: [-20, 980, -560] }, 'black', 4);
};

const boomAt: Vec3 = [0, 560, 560];
const boomRest = 34;
const armRest = 104;

const boom = (m: Model): void => {
  const length = 1900;
  m.add(
    plate(
      outline(
        [
          [0, -130, 90],
          [length * 0.55, 220, 120],
          [length, -60, 90],
          [length, 90, 90],
          [length * 0.5, 430, 200],
          [-60, 130, 110],
        ],
        60,
        6,
      ),
      300,
      40,
      2,
    ),
    'accent',
    { rot: [0, -90, 0] },
  );
  m.add(cyl(120, 460, { segments: 24 }), 'gun', { rot: [0, 0, 90] });
  m.add(cyl(100, 420, { segments: 24 }), 'gun', { at: [0, 20, length], rot: [0, 0, 90] });
  for (const s of sides) ram(m, [s * 230, -120, 260], [s * 200, 250, 1050], 56, 0.6);
};

const arm = (m: Model): void => {
  m.add(
    plate(
      outline(
        [
          [-260, 80, 80],
          [0, -120, 100],
          [1500, -70, 60],
          [1500, 70, 60],
          [0, 140, 120],
          [-220, 220, 80],
        ],
        50,
        5,
      ),
      240,
      34,
      2,
    ),
    'shell',
    { rot: [0, -90, 0] },
  );
  m.add(
    plate(
      outline(
        [
          [300, -60, 10],
          [900, -60, 10],
          [900, 40, 10],
          [300, 40, 10],
        ],
        10,
        3,
      ),
      252,
      6,
    ),
    'accent',
    { rot: [0, -90, 0] },
  );
  m.add(cyl(90, 380, { segments: 22 }), 'gun', { at: [0, 0, 1500], rot: [0, 0, 90] });
  // the pump behind the head
  m.within({ at: [0, 0, 1740] }, () => {
    m.add(cyl(250, 460, { segments: 32, bevel: 50 }), 'dark', { rot: [90, 0, 0] });
    m.add(placed(band(262, 240, 90, { segments: 32 }), { rot: [90, 0, 0] }), 'accent');
    m.add(cyl(150, 180, { segments: 24 }), 'gun', { at: [0, 210, -100] });
  });
};

/** The cutter: a hub with curved blades in a shroud. */
const cutter = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 260],
        [90, 210],
        [170, 60],
        [190, -60],
        [0, -60],
      ],
      24,
    ),
    'gun',
    { rot: [90, 0, 0] },
  );
  m.add(
    ring(5, (a) =>
      placed(
        tube(
          36,
          upTo(5).map((k): Vec3 => [(250 - k * 36) * sinD(a + k * 14), -40 + k * 78, (250 - k * 36) * cosD(a + k * 14)]),
          { steps: 10, segments: 8 },
        ),
        {},
      ),
    ),
    'steel',
    { rot: [90, 0, 0], tolerance: 0.5 },
  );
};

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.1, edgeMm: 90, reach: 0.2 });
  channel(m);
  deck(m);
  const houseAt: Vec3 = [0, bedY + 1180, -250];
  m.node('house', houseAt, { rot: [0, -8, 0], moving: true }).on('house', () => house(m));
  m.node('boom', boomAt, { parent: 'house', rot: [-boomRest, 0, 0], moving: true }).on('boom', () => boom(m));
  m.node('arm', [0, 20, 1900], { parent: 'boom', rot: [armRest, 0, 0], moving: true }).on('arm', () => arm(m));
  m.node('cutter', [0, 0, 2060], { parent: 'arm', moving: true }).on('cutter', () => cutter(m));
  // discharge: from the deck over floats to the bank
  const path: Vec3[] = [
    [-300, bedY + 1120, -1500],
    [-360, bedY + 1000, -1900],
    [-700, waterY + 60, -2300],
    [-1300, waterY + 120, -2500],
    [-1780, 1600, -2450],
    [-2150, 2480, -2400],
    [-2420, 2470, -2380],
  ];
  m.add(hose(120, path, { pitch: 150, segments: 10 }), '#3F7F9E', { tolerance: 0.5 });
  for (const at of [
    [-620, waterY, -2240],
    [-1120, waterY, -2480],
  ] as const)
    m.add(placed(band(250, 120, 200, { segments: 24, bevel: 60 }), { rot: [0, 0, 90] }), '#F2B632', { at: [at[0], at[1] + 40, at[2]], rot: [0, 30, 0] });
  m.add(placed(plate(slab(300, 300, 40), 60, 10), { rot: [0, 90, 0] }), 'gun', { at: [-2440, 2470, -2380] });
  cable(
    m,
    30,
    [
      [300, bedY + 1200, -1300],
      [420, bedY + 1000, -1700],
      [200, waterY + 60, -2600],
      [-900, waterY + 40, -2950],
    ],
    'yellow',
  );
  m.clip('dredge', [
    swing('house', 'y', [0, 3, 6, 9, 12], [0, 16, 0, -14, 0], [0, -8, 0]),
    swing('boom', 'x', [0, 3, 6, 9, 12], [0, 7, 0, 6, 0], [-boomRest, 0, 0]),
    swing('arm', 'x', [0, 3, 6, 9, 12], [0, -10, 0, -9, 0], [armRest, 0, 0]),
  ]);
  m.clip('cut', [spin('cutter', 'z', 2)]);
  return m
    .hotspot('head', [0, 120, 160], 'cutter')
    .hotspot('tracks', [1340, bedY + 520, 300])
    .hotspot('hose', [-1300, waterY + 260, -2500])
    .hotspot('report', [380, 1820, -200], 'house');
};

export const exhibit: Exhibit = {
  id: 'river-desilting-robot',
  area: 'environment',
  name: words('河道清淤機械人', '河道清淤机器人', 'River desilting robot'),
  projects: ['river-desilting-robot'],
  views: [
    { az: 48, pol: 70, zoom: 1, caption: words('河道裏的機械人', '河道里的机器人', 'In the channel') },
    { az: 96, pol: 78, zoom: 1.04, caption: words('從旁邊看', '从侧面看', 'From the side') },
    { az: 140, pol: 62, zoom: 1, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    {
      id: 'head',
      label: words('清淤', '清淤', 'Clearing silt'),
      text: words('這部機械人用來清走河道裏的淤泥。', '这台机器人用来清走河道里的淤泥。', 'This robot clears silt from river channels.'),
    },
    { id: 'tracks', label: words('履帶', '履带', 'Tracks'), text: words('履帶和機械臂只作示意。', '履带和机械臂仅作示意。', 'Tracks and arm are an illustration.') },
    {
      id: 'hose',
      label: words('渠務署', '渠务署', 'Drainage Services'),
      text: words('它是渠務署的機械人。', '它是渠务署的机器人。', 'It is a robot of the Drainage Services Department.'),
    },
    {
      id: 'report',
      label: words('2022年3月', '2022年3月', 'March 2022'),
      text: words('2022年3月，有報道介紹了它。', '2022年3月，有报道介绍了它。', 'A report presented it in March 2022.'),
    },
  ],
  make,
};

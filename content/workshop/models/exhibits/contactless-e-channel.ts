/** Contactless e-Channel: two cabinets with sloped ends, two pairs of glass gates, a face tablet leaning to the passage, a code reader with a phone on it, a sign with icons. */
import type { BufferGeometry } from 'three';
import { arrow, chevron, codeLike, footprint, tick } from '../kit/icons.ts';
import { placed, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { swing } from '../kit/motion.ts';
import { type Corner, disc, flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { louvre } from '../kit/parts-fixings.ts';
import { lens, type Sign, signs } from '../kit/parts-optics.ts';
import { band, box, cube, cyl, dome, torus } from '../kit/solids.ts';

const across: Vec3 = [0, -90, 0];
const lying: Vec3 = [-90, 0, 0];
const sides = [-1, 1] as const;
const cabinetX = 570;
const postX = 462;
const openDegrees = 66;
const floor = (m: Model): void => {
  m.add(box(1660, 50, 2520, 16), 'shell2', { at: [0, 25, 0] });
  m.add(box(810, 8, 2440, 3), 'dark', { at: [0, 51, 0], tolerance: 0.08 });
  for (const s of sides) m.add(cube(12, 5, 2400), 'accentGlow', { at: [s * 376, 56, 0] });
  for (const s of sides) {
    m.add(footprint(), 'accent', { at: [s * 90, 57, 60], rot: [-90, 180, 0], scale: [s, 1, 1] });
  }
  for (const i of upTo(3)) m.add(chevron(), i === 1 ? 'white' : 'accent', { at: [0, 57, 1110 - i * 150], rot: lying });
};

const cabinet = (m: Model, s: number): void => {
  const x = s * cabinetX;
  const inside = x - s * 116;
  const outside = x + s * 116;
  m.add(
    plate(
      outline(
        [
          [-960, 0, 30],
          [-960, 860, 110],
          [-900, 990, 80],
          [860, 990, 90],
          [985, 850, 110],
          [960, 0, 30],
        ],
        30,
        7,
      ),
      230,
      34,
      3,
    ),
    'shell',
    { at: [x, 50, 0], rot: across },
  );
  m.add(box(238, 96, 1912, 10), 'dark', { at: [x, 98, 0] });
  m.add(
    plate(
      outline(
        [
          [-893, 944, 20],
          [854, 944, 20],
          [854, 966, 4],
          [-893, 966, 4],
        ],
        4,
        2,
      ),
      238,
      3,
    ),
    'accent',
    { at: [x, 50, 0], rot: across },
  );
  m.add(plate(slab(1500, 180, 40, 5), 10, 3), 'black', { at: [inside, 690, 0], rot: [0, s * -90, 0] });
  m.add(plate(slab(1476, 156, 34, 5), 6, 2), 'screen', { at: [inside - s * 4, 690, 0], rot: [0, s * -90, 0] });
  for (const i of upTo(9))
    m.add(cyl(15, 6, { segments: 14, bevel: 1 }), i % 2 ? ['glow', '#2E5F8A'] : 'accentGlow', { at: [inside - s * 8, 690, -640 + i * 160], rot: [0, 0, 90] });
  for (const z of [-420, 420]) m.add(cube(4, 560, 7), 'seam', { at: [outside, 440, z] });
  m.add(cube(4, 7, 1840), 'seam', { at: [outside, 730, 0] });
  for (const z of [-670, 670]) louvre(m, 280, 100, 5, { at: [outside, 260, z], rot: [0, s * 90, 0] }, 'shell2', 10);
  m.add(
    plate(
      outline(
        [
          [-320, -64, 30],
          [320, -64, 30],
          [236, 64, 30],
          [-320, 64, 30],
        ],
        30,
        4,
      ),
      8,
      2,
    ),
    'accent',
    { at: [outside, 860, 100], rot: [0, s * 90, 0] },
  );
  for (const z of [620, -620]) {
    const at = (y: number): Vec3 => [x - s * 104, y, z];
    m.add(cyl(64, 900, { segments: 30, bevel: 10 }), 'steel', { at: at(520) });
    m.add(cyl(67, 28, { segments: 30, bevel: 6 }), 'dark', { at: at(978) });
    m.add(band(68, 58, 16, { bevel: 3 }), z > 0 ? 'green' : 'accentGlow', { at: at(952) });
    m.add(cyl(69, 34, { segments: 30, bevel: 6 }), 'dark', { at: at(150) });
  }
  m.add(cyl(84, 20, { segments: 32, bevel: 5 }), 'black', { at: [x, 650, 982], rot: [90, 0, 0] });
  m.add(flat(outline(arrow, 3, 2)), 'green', { at: [x, 650, 994] });
  m.add(torus(72, 5, 36, 6), 'green', { at: [x, 650, 992] });
};

/** A gate wing that turns about its post; its free edge points to the middle. */
const wing = (m: Model, name: string, s: number, z: number): void => {
  const entry = z > 0;
  m.node(name, [s * postX, 0, z], { rot: [0, entry ? -s * openDegrees : 0, 0], moving: true }).on(name, () => {
    const glass: BufferGeometry = plate(
      outline(
        [
          [0, 190, 20],
          [-s * 440, 190, 60],
          [-s * 440, 900, 140],
          [0, 900, 20],
        ],
        20,
        8,
      ),
      16,
      5,
    );
    m.add(glass, 'clear');
    m.add(box(54, 650, 38, 9), 'steel', { at: [-s * 76, 540, 0] });
    const paint: Paint = entry ? 'green' : 'red';
    m.add(plate(pierced(disc(66, 0, 0, 32), disc(50, 0, 0, 32)), 22, 2), paint, { at: [-s * 290, 630, 0] });
    if (entry) m.add(plate(outline(arrow, 2, 2), 22, 1), paint, { at: [-s * 290, 630, 0], scale: 0.62 });
    else m.add(box(66, 17, 22, 3), paint, { at: [-s * 290, 630, 0] });
    m.add(box(16, 470, 24, 5), 'accent', { at: [-s * 432, 530, 0] });
  });
};

const faceSigns: readonly Sign[] = [
  {
    shape: [
      [-112, -64, 10],
      [112, -64, 10],
      [112, 10, 60],
      [44, 50, 60],
      [-44, 50, 60],
      [-112, 10, 60],
    ],
    at: [0, -98],
    paint: '#CFE9FF',
    round: 40,
  },
  { disc: [0, 40, 64], paint: '#CFE9FF' },
  ...[
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].flatMap(([a = 0, b = 0]): Sign[] => [
    { bar: [a * 100, 10 + b * 132, 54, 10], paint: '#69F0A0' },
    { bar: [a * 122, 10 + b * 110, 10, 54], paint: '#69F0A0' },
  ]),
];

const faceTablet = (m: Model): void => {
  m.add(
    plate(
      outline(
        [
          [-84, 0, 20],
          [76, 0, 20],
          [46, 640, 40],
          [-56, 640, 40],
        ],
        20,
        5,
      ),
      120,
      24,
      2,
    ),
    'shell',
    { at: [-576, 1030, -480] },
  );
  m.add(box(200, 30, 200, 9), 'dark', { at: [-576, 1046, -480] });
  m.within({ at: [-522, 1690, -446], rot: [-8, 36, 0] }, () => {
    m.add(box(372, 570, 92, 38, 3), 'shell');
    m.add(plate(slab(334, 534, 30, 5), 12, 4), 'black', { at: [0, 0, 45] });
    m.add(box(378, 34, 66, 9), 'accent', { at: [0, -226, -6] });
    m.add(flat(slab(298, 368, 16)), ['glow', '#123B63'], { at: [0, -60, 52] });
    signs(m, faceSigns, { at: [0, -60, 52.4] });
    lens(m, 32, { at: [0, 198, 54] }, 'gun');
    for (const s of sides) m.add(box(88, 26, 8, 4), 'warm', { at: [s * 98, 198, 52] });
    // its back: a cover with vents, screws and the joint to the arm
    m.within({ at: [0, 0, -46], rot: [0, 180, 0] }, () => {
      m.add(plate(slab(300, 490, 30, 4), 8, 2), 'seam', { tolerance: 0.4 });
      m.add(plate(slab(290, 480, 28, 4), 14, 4), 'shell2', { tolerance: 0.3 });
      louvre(m, 200, 92, 5, { at: [0, 150, 8] }, 'grey', 7);
      for (const x of sides) for (const y of sides) m.add(cyl(8, 6, { segments: 6 }), 'gun', { at: [x * 122, y * 216, 8], rot: [90, 0, 0], tolerance: 1 });
    });
  });
};

const reader = (m: Model): void => {
  m.within({ at: [556, 1058, 700], rot: [26, 0, 0] }, () => {
    m.add(box(204, 76, 280, 26, 2), 'dark');
    m.add(box(209, 16, 285, 7), 'accent', { at: [0, -18, 0] });
    m.add(plate(slab(164, 230, 20, 5), 8, 3), 'screen', { at: [0, 37, 0], rot: lying });
    m.add(flat(pierced(slab(110, 110, 18), slab(92, 92, 12))), 'accentGlow', { at: [0, 43, -34], rot: lying });
    m.add(flat(slab(130, 10, 5)), 'green', { at: [0, 43, 92], rot: lying });
    // the phone hovers in its holder over the window
    m.within({ at: [0, 116, 10], rot: [-38, 0, 0] }, () => {
      m.add(box(124, 236, 15, 7, 2), 'black');
      m.add(flat(slab(110, 218, 12)), ['glow', '#F4F8FF'], { at: [0, 0, 8.4] });
      m.add(flat(slab(110, 42, 10)), 'accentGlow', { at: [0, 86, 8.9] });
      signs(m, codeLike, { at: [0, -12, 8.7] });
    });
    m.add(box(96, 16, 44, 5), 'clear', { at: [0, 46, 74] });
    m.pair(box(12, 130, 30, 4), 'clear', { at: [40, 92, 30], rot: [-38, 0, 0] });
  });
};

const portal = (m: Model): void => {
  for (const s of sides) m.add(box(80, 1310, 120, 20, 2), 'shell', { at: [s * 630, 1645, 300] });
  m.add(
    plate(
      outline(
        [
          [-680, -130, 60],
          [680, -130, 60],
          [680, 140, 90],
          [-680, 140, 90],
        ],
        60,
        6,
      ),
      160,
      28,
      2,
    ),
    'shell',
    { at: [0, 2340, 300] },
  );
  // seen from the far side: closed this way
  m.within({ at: [0, 2346, 220], rot: [0, 180, 0] }, () => {
    m.add(plate(slab(1220, 190, 44, 5), 12, 4), 'screen');
    m.add(box(1230, 26, 12, 4), 'accent', { at: [0, -120, 0] });
    const closed = (x: number): Sign[] => [
      { disc: [x, 0, 58], paint: '#FF6A55' },
      { bar: [x, 0, 74, 20], paint: '#F4F8FF', round: 0.2 },
    ];
    signs(m, [...closed(-420), ...closed(420), ...upTo(5).map((k): Sign => ({ disc: [(k - 2) * 90, 0, 12], paint: '#35587A' }))], { at: [0, 0, 6] }, 0.4);
  });
  m.add(plate(slab(1220, 190, 44, 5), 12, 4), 'screen', { at: [0, 2346, 380] });
  m.add(box(1230, 26, 12, 4), 'accent', { at: [0, 2226, 380] });
  signs(
    m,
    [
      { shape: arrow.map(([x, y]): Corner => [x * 1.2, -y * 1.2]), at: [-480, 0], paint: '#69F0A0', round: 3 },
      { disc: [-190, 30, 36], paint: '#F4F8FF' },
      {
        shape: [
          [-64, -40, 8],
          [64, -40, 8],
          [64, 2, 34],
          [26, 24, 32],
          [-26, 24, 32],
          [-64, 2, 34],
        ],
        at: [-190, -38],
        paint: '#F4F8FF',
        round: 20,
      },
      { bar: [60, 0, 84, 146], paint: '#F4F8FF' },
      { bar: [60, 6, 66, 106], paint: '#12213A', round: 0.06 },
      { bar: [60, 8, 28, 28], paint: '#7FE3FF' },
      { shape: tick, at: [310, -8], paint: '#69F0A0', round: 3 },
      { disc: [480, 0, 15], paint: '#69F0A0' },
      { disc: [530, 0, 15], paint: '#3C5878' },
    ],
    { at: [0, 2346, 386.5] },
    0.5,
  );
  m.add(box(1020, 16, 70, 5), 'warm', { at: [0, 2208, 300] });
  for (const x of [-320, 320]) {
    m.add(dome(50, 1, 22, 6), 'lens', { at: [x, 2208, 240], rot: [180, 0, 0] });
    m.add(band(58, 44, 18), 'dark', { at: [x, 2206, 240] });
  }
};

const seconds = [0, 1.4, 2.4, 6.6, 7.6, 9];
const make = (): Model => {
  const m = new Model({ area: 'mobility', tolerance: 0.06, edgeMm: 22, reach: 0.3 });
  floor(m);
  for (const s of sides) cabinet(m, s);
  faceTablet(m);
  reader(m);
  portal(m);
  for (const s of sides) {
    wing(m, s < 0 ? 'entry_left' : 'entry_right', s, 620);
    wing(m, s < 0 ? 'exit_left' : 'exit_right', s, -620);
  }
  m.add(
    row(2, (t) => placed(cube(6, 3, 1100), { at: [-300 + t * 600, 56, 0] })),
    'shell2',
    { tolerance: 1 },
  );
  m.clip(
    'gates',
    sides.flatMap((s) => {
      const side = s < 0 ? 'left' : 'right';
      const rest: Vec3 = [0, -s * openDegrees, 0];
      return [
        swing(`entry_${side}`, 'y', seconds, [0, 0, s * openDegrees, s * openDegrees, 0, 0], rest),
        swing(`exit_${side}`, 'y', [0, 3.4, 4.4, 5.8, 6.6, 9], [0, 0, s * openDegrees, s * openDegrees, 0, 0]),
      ];
    }),
  );
  return m.hotspot('face', [-470, 1730, -380]).hotspot('phone', [556, 1200, 720]).hotspot('gates', [0, 640, 620]).hotspot('sign', [-190, 2350, 400]);
};

export const exhibit: Exhibit = {
  id: 'contactless-e-channel',
  area: 'mobility',
  name: words('非觸式e-道', '非触式e-道', 'Contactless e-Channel'),
  projects: ['contactless-e-channel'],
  views: [
    { az: 32, pol: 72, zoom: 0.93, caption: words('非觸式e-道', '非触式e-道', 'The e-Channel') },
    { az: -40, pol: 60, zoom: 0.94, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 14, pol: 72, zoom: 1.9, target: [0, 1260, 100], caption: words('不用觸碰', '不用触摸', 'Nothing to touch') },
  ],
  hotspots: [
    {
      id: 'face',
      label: words('不用觸碰', '不用触摸', 'Touch-free'),
      text: words('過關時無須觸碰機器。', '过关时不用触摸机器。', 'You clear immigration without touching the machine.'),
    },
    {
      id: 'phone',
      label: words('手機二維碼', '手机二维码', 'Phone code'),
      text: words('用手機二維碼和容貌代替證件和指紋。', '用手机二维码和面容代替证件和指纹。', 'A phone code and your face stand in for card and fingerprint.'),
    },
    {
      id: 'gates',
      label: words('每人7秒', '每人7秒', '7 seconds'),
      text: words('據2021年11月的報道，每人過關需時7秒。', '据2021年11月的报道，每人过关用时7秒。', 'In November 2021 it was reported to take 7 seconds a person.'),
    },
    {
      id: 'sign',
      label: words('入境事務處', '入境事务处', 'Immigration'),
      text: words(
        '這是入境事務處的e-道。模型的造型只作示意。',
        '这是入境事务处的e-道。模型的造型仅作示意。',
        'It is an e-Channel of the Immigration Department. The shape shown is an illustration.',
      ),
    },
  ],
  make,
};

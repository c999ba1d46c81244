/** Self-service kiosk: a leaning touchscreen between two wings, scanner tray, camera, handset and printer; what people lose hangs on a rack and lies on a plinth beside it. The slip comes out, what hangs sways. */
import { cosD, gridded, placed, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, sway } from '../kit/motion.ts';
import { disc, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { cable, louvre } from '../kit/parts-fixings.ts';
import { lens, type Sign, screen } from '../kit/parts-optics.ts';
import { conduit, seams, serviceDoor } from '../kit/parts-service.ts';
import { band, box, cyl, lathe, sphere, torus } from '../kit/solids.ts';
import { loft, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;

const tile = (x: number, y: number, paint: string): Sign => ({ bar: [x, y, 150, 150], paint, round: 0.18 });
const shown: readonly Sign[] = [
  { bar: [0, 350, 520, 90], paint: '#7A63E6', round: 0.22 },
  { disc: [-190, 350, 24], paint: '#F4F4F2' },
  { bar: [30, 350, 300, 24], paint: '#F4F4F2', round: 0.5 },
  tile(-175, 190, '#DCE8F5'),
  tile(0, 190, '#DCE8F5'),
  tile(175, 190, '#DCE8F5'),
  tile(-175, 15, '#DCE8F5'),
  tile(0, 15, '#DCE8F5'),
  tile(175, 15, '#DCE8F5'),
  // umbrella, purse, phone, key, paper, person
  {
    shape: [
      [-52, 0],
      [-40, 34],
      [0, 52],
      [40, 34],
      [52, 0],
    ],
    at: [-175, 186],
    paint: '#5340A8',
  },
  { bar: [-175, 164, 9, 56], paint: '#5340A8' },
  { bar: [0, 186, 100, 66], paint: '#B0763A', round: 0.2 },
  { disc: [34, 186, 12], paint: '#FFE2A6' },
  { bar: [175, 190, 58, 100], paint: '#22262C', round: 0.2 },
  { bar: [175, 194, 46, 76], paint: '#7FE3FF', round: 0.1 },
  { ring: [-204, 15, 32, 18], paint: '#C88A1D' },
  { bar: [-152, 15, 76, 13], paint: '#C88A1D' },
  { bar: [-130, 2, 12, 24], paint: '#C88A1D' },
  { bar: [0, 15, 74, 98], paint: '#8FA6C4', round: 0.08 },
  { bar: [0, 34, 48, 10], paint: '#F4F4F2' },
  { bar: [0, 8, 48, 10], paint: '#F4F4F2' },
  { disc: [175, 40, 26], paint: '#2DB36F' },
  { bar: [175, -16, 84, 44], paint: '#2DB36F', round: 0.5 },
  { bar: [0, -170, 500, 110], paint: '#16264A', round: 0.16 },
  { bar: [-60, -150, 300, 20], paint: '#DCE8F5', round: 0.5 },
  { bar: [-110, -190, 200, 16], paint: '#8FA6C4', round: 0.5 },
  { bar: [0, -330, 460, 92], paint: '#2DB36F', round: 0.5 },
  {
    shape: [
      [-40, 0],
      [-22, 18],
      [-6, 2],
      [34, 42],
      [52, 24],
      [-6, -34],
    ],
    at: [0, -332],
    paint: '#F4F4F2',
  },
];

const body = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 0],
        [1020, 0],
        [1040, 24],
        [1020, 60],
        [940, 80],
        [0, 84],
      ],
      60,
    ),
    'shell2',
  );
  m.add(band(1046, 1020, 22, { segments: 60 }), 'accent', { at: [0, 30, 0] });
  // the foot stands back, so that knees find room below the desk
  m.add(box(860, 760, 380, 50, 2), 'shell', { at: [0, 460, -280] });
  m.add(box(866, 60, 386, 16), 'dark', { at: [0, 110, -280] });
  louvre(m, 420, 220, 7, { at: [0, 400, -88] });
  const profile = outline(
    [
      [-470, 800, 40],
      [300, 800, 50],
      [330, 880, 40],
      [-60, 1000, 80],
      [-330, 1980, 90],
      [-470, 1980, 60],
    ],
    40,
    5,
  );
  m.add(gridded(plate(profile, 900, 40, 2), [0, 130, 160]), 'shell', { rot: [0, -90, 0] });
  for (const s of sides) {
    m.add(plate(profile, 26, 6), 'accent', { at: [s * 462, 0, 0], rot: [0, -90, 0] });
    const wing = outline(
      [
        [-470, 90, 40],
        [-200, 90, 60],
        [-180, 780, 120],
        [350, 800, 90],
        [350, 900, 120],
        [120, 1300, 200],
        [20, 2060, 160],
        [-470, 2060, 90],
      ],
      60,
      6,
    );
    m.add(gridded(plate(wing, 60, 20, 2), [125, 125, 0]), 'shell2', { at: [s * 510, 0, 0], rot: [0, -90, 0] });
  }
  m.add(box(1090, 110, 620, 50, 2), 'shell', { at: [0, 2090, -170] });
  m.add(box(1100, 34, 630, 14), 'accent', { at: [0, 2060, -170] });
  m.add(plate(slab(760, 30, 14), 14, 4), 'glow', { at: [0, 2080, 142] });
};

/** The back: an upper and a lower door, the mains; and the outsides of the wings. */
const back = (m: Model): void => {
  m.within({ at: [0, 0, -470], rot: [0, 180, 0] }, () => {
    serviceDoor(m, 740, 980, { at: [0, 1400, 0] }, { paint: 'shell', hinge: 1 });
    m.add(box(740, 24, 14, 5), 'accent', { at: [0, 1930, 2] });
    serviceDoor(m, 640, 500, { at: [0, 470, 0] }, { vents: 1 });
    conduit(
      m,
      18,
      [
        [380, 700, 20],
        [380, 500, 26],
        [380, 160, 30],
        [380, 96, 130],
      ],
      {},
      'black',
    );
  });
  m.within({ at: [-540, 1180, -290], rot: [0, -90, 0] }, () => {
    seams(m, 300, 1700, 1, 4, {}, 8);
    louvre(m, 220, 160, 5, { at: [0, 520, 4] });
    m.add(plate(slab(230, 330, 24), 10, 3), 'accent', { at: [0, 20, 4] });
    m.add(plate(slab(206, 306, 18), 8, 2), 'shell', { at: [0, 20, 9] });
    m.add(cyl(54, 10, { segments: 28 }), 'accent', { at: [0, 80, 14], rot: [90, 0, 0] });
    for (const y of [-30, -70]) m.add(box(140, 18, 8, 3), 'grey', { at: [0, y, 13] });
  });
  m.within({ at: [540, 560, -290], rot: [0, 90, 0] }, () => {
    louvre(m, 220, 160, 5, { at: [0, 0, 4] });
    seams(m, 300, 900, 1, 3, {}, 8);
  });
};

const desk = (m: Model): void => {
  // the screen leans with the profile
  m.within({ at: [0, 1500, -140], rot: [-15.4, 0, 0] }, () => {
    m.add(plate(slab(680, 960, 40, 5), 50, 14, 2), 'dark', { at: [0, 0, 0] });
    screen(m, 600, 860, shown, { at: [0, -10, 22] }, { thick: 18, bezel: 10 });
    lens(m, 24, { at: [0, 455, 28] }, 'black');
    for (const s of sides) m.add(box(12, 500, 16, 5), 'accentGlow', { at: [s * 318, 0, 28] });
  });
  m.within({ at: [0, 912, 190], rot: [17, 0, 0] }, () => {
    m.add(plate(slab(360, 250, 24), 26, 8), 'black', { at: [-190, 10, 0], rot: [-90, 0, 0] });
    m.add(plate(slab(300, 190, 12), 12, 3), ['glass', '#5FA6C8', 0.9], { at: [-190, 20, 0], rot: [-90, 0, 0] });
    m.add(box(220, 14, 140, 6), 'white', { at: [-200, 32, 6], rot: [0, 8, 0] });
    m.add(box(150, 4, 14, 2), 'accent', { at: [-206, 41, -24], rot: [0, 8, 0] });
    m.add(plate(slab(190, 130, 16), 20, 6), 'dark', { at: [160, 8, 40], rot: [-90, 0, 0] });
    for (const r of upTo(3)) for (const c of upTo(4)) m.add(box(32, 12, 24, 5), r === 2 && c === 3 ? '#2DB36F' : 'shell2', { at: [100 + c * 42, 22, 8 + r * 34] });
  });
  // printer
  m.add(box(300, 150, 60, 16), 'dark', { at: [220, 700, -84] });
  m.add(box(220, 16, 40, 5), 'black', { at: [220, 722, -58] });
  // handset on the wing
  m.within({ at: [560, 1260, -60], rot: [0, 90, 0] }, () => {
    m.add(box(170, 380, 40, 18), 'dark');
    m.add(
      tube(
        30,
        [
          [0, 150, 60],
          [0, 100, 96],
          [0, -100, 96],
          [0, -150, 60],
        ],
        { steps: 18, segments: 12 },
      ),
      'black',
    );
    for (const y of [-140, 140]) m.add(cyl(54, 60, { segments: 20 }), 'black', { at: [0, y, 60], rot: [90, 0, 0] });
    cable(
      m,
      10,
      [
        [0, -170, 50],
        [30, -260, 60],
        [-20, -330, 50],
        [10, -420, 20],
      ],
      'black',
    );
  });
};

/** Folded: eight pleats bound by a strap; it stands on its tip, its crook up at 620. */
const umbrella = (m: Model): void => {
  const pleats = (y: number, r: number): Vec3[] =>
    upTo(32).map(
      (k): Vec3 => [
        r * (k % 4 === 2 ? 1.1 : k % 4 === 0 ? 0.74 : 0.95) * sinD(k * 11.25 + y * 0.03),
        y,
        r * (k % 4 === 2 ? 1.1 : k % 4 === 0 ? 0.74 : 0.95) * cosD(k * 11.25 + y * 0.03),
      ],
    );
  m.add(loft([pleats(70, 12), pleats(120, 30), pleats(300, 58), pleats(430, 62), pleats(500, 44), pleats(620, 66), pleats(640, 18)], 50), 'accent');
  m.add(placed(band(52, 40, 34, { segments: 24 }), {}), 'accentDark', { at: [0, 500, 0] });
  m.add(cyl(9, 860, { segments: 12 }), 'steel', { at: [0, 430, 0] });
  m.add(
    tube(
      17,
      [
        [0, 720, 0],
        [0, 860, 0],
        [18, 904, 0],
        [60, 916, 0],
        [92, 884, 0],
        [92, 840, 0],
      ],
      { steps: 22, segments: 10 },
    ),
    '#B0763A',
  );
};
const keys = (m: Model): void => {
  m.add(plate(pierced(disc(90, 0, 0, 28), disc(50, 0, 0, 24)), 26, 8), 'brass', { at: [0, 160, 0] });
  m.add(box(40, 260, 24, 8), 'brass', { at: [0, -40, 0] });
  for (const [y, w] of [
    [-150, 90],
    [-100, 70],
  ] as const)
    m.add(box(w, 34, 22, 6), 'brass', { at: [w / 2 - 4, y, 0] });
  m.add(plate(pierced(disc(60, 0, 0, 24), disc(48, 0, 0, 24)), 10, 3), 'steel', { at: [0, 250, 0], rot: [0, 50, 0] });
};
const purse = (m: Model): void => {
  m.add(box(400, 260, 90, 36, 2), '#B0763A');
  m.add(
    plate(
      outline(
        [
          [-200, -20, 20],
          [-150, -90, 30],
          [150, -90, 30],
          [200, -20, 20],
          [200, 132, 36],
          [-200, 132, 36],
        ],
        20,
        4,
      ),
      24,
      8,
    ),
    '#8F5C29',
    { at: [0, 0, 42] },
  );
  m.add(cyl(24, 20, { segments: 18 }), 'brass', { at: [0, -56, 58], rot: [90, 0, 0] });
  m.add(box(300, 90, 20, 6), '#69B98C', { at: [10, 140, 6], rot: [0, 0, 3] });
};

const floorY = 82;
/** Where each lost thing waits: the umbrella and the keys hang on a rack, the purse lies on a plinth. */
const rackAt: Vec3 = [-790, floorY, 120];
const rack = (m: Model): void =>
  void m.within({ at: rackAt, rot: [0, 20, 0] }, () => {
    m.add(cyl(170, 26, { segments: 36, bevel: 8 }), 'dark', { at: [0, 12, 0] });
    m.add(cyl(26, 1180, { segments: 16 }), 'steel', { at: [0, 610, 0] });
    m.add(cyl(34, 40, { segments: 16 }), 'dark', { at: [0, 44, 0] });
    m.add(
      tube(
        16,
        [
          [-250, 1230, 0],
          [-236, 1200, 0],
          [-120, 1200, 0],
          [0, 1200, 0],
          [120, 1200, 0],
          [236, 1200, 0],
          [250, 1230, 0],
        ],
        { steps: 30, segments: 10 },
      ),
      'steel',
    );
    for (const s of sides) m.add(placed(torus(26, 6, 20, 6), { rot: [0, 90, 0] }), 'steel', { at: [s * 196, 1178, 0] });
    m.add(sphere(34, 16, 12), 'accent', { at: [0, 1214, 0] });
    // a tag that says what hangs here: an open hand with a question
    m.add(plate(slab(150, 200, 20, 4), 14, 4), 'accent', { at: [0, 960, 30] });
    m.add(plate(slab(126, 176, 14, 4), 6, 1), 'shell', { at: [0, 960, 38] });
    for (const [i, w] of [70, 90, 60].entries()) m.add(box(w, 14, 6, 2), i === 0 ? 'accent' : 'grey', { at: [-44 + w / 2, 1000 - i * 36, 42] });
  });
const plinth = (m: Model): void =>
  void m.within({ at: [760, floorY, 330] }, () => {
    m.add(cyl(200, 480, { segments: 44, bevel: 16 }), 'shell', { at: [0, 240, 0] });
    m.add(band(204, 190, 22, { segments: 44 }), 'accent', { at: [0, 420, 0] });
    m.add(cyl(206, 30, { segments: 44, bevel: 8 }), 'dark', { at: [0, 14, 0] });
  });

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.07, edgeMm: 26, reach: 0.26 });
  body(m);
  back(m);
  desk(m);
  rack(m);
  plinth(m);
  const onRack = (x: number): Vec3 => [rackAt[0] + x * cosD(20), floorY + 1152, rackAt[2] - x * sinD(20)];
  m.node('umbrella', onRack(-196), { rot: [0, 20, 0], moving: true }).on('umbrella', () => m.within({ at: [-46, -894, 0] }, () => umbrella(m)));
  m.node('keys', onRack(196), { rot: [0, -25, 0], moving: true }).on('keys', () => m.within({ at: [0, -310, 0] }, () => keys(m)));
  m.node('purse', [760, floorY + 539, 330], { rot: [-84, -24, 0], moving: true }).on('purse', () => purse(m));
  m.node('slip', [220, 712, -52], { moving: true }).on('slip', () => {
    m.add(box(190, 6, 230, 2), 'white', { at: [0, 0, 110] });
    for (const i of upTo(4)) m.add(box(i === 0 ? 80 : 140, 4, 12, 2), i === 0 ? 'accent' : 'grey', { at: [i === 0 ? -30 : 0, 5, 60 + i * 40] });
  });
  const slipAt: Vec3 = [220, 712, -52];
  m.clip('report', [
    shift(
      'slip',
      slipAt,
      [0, 1, 2, 4.5, 6, 8],
      [
        [0, 0, 0],
        [0, 0, -190],
        [0, 0, -190],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ),
    sway('umbrella', 'z', 4, 3, [0, 20, 0]),
    sway('keys', 'z', 2, 5, [0, -25, 0]),
  ]);
  return m.hotspot('screen', [0, 1560, -60]).hotspot('lost', [0, 60, 60], 'purse').hotspot('scanner', [-200, 990, 220]).hotspot('handset', [640, 1300, -40]);
};

export const exhibit: Exhibit = {
  id: 'police-self-service-kiosk',
  area: 'government',
  name: words('警務自助服務站', '警务自助服务站', 'Police Self-Service Kiosk'),
  projects: ['police-self-service-kiosk'],
  views: [
    { az: 22, pol: 76, zoom: 1, caption: words('自助服務站', '自助服务站', 'The kiosk') },
    { az: -46, pol: 70, zoom: 1.02, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 0, pol: 66, zoom: 2, target: [0, 1400, 0], caption: words('輕觸式螢幕', '触摸屏', 'The touchscreen') },
  ],
  hotspots: [
    {
      id: 'screen',
      label: words('輕觸式螢幕', '触摸屏', 'Touchscreen'),
      text: words('2023年10月時，它提供14項警務服務。', '2023年10月时，它提供14项警务服务。', 'In October 2023 it offered 14 police services.'),
    },
    {
      id: 'lost',
      label: words('報失物件', '报失物品', 'Lost property'),
      text: words(
        '當時它在三個月內處理了逾15 000宗失物報告。',
        '当时它在三个月内处理了超过15 000件失物报告。',
        'It had handled over 15 000 lost property reports in three months.',
      ),
    },
    {
      id: 'scanner',
      label: words('自己辦理', '自己办理', 'By yourself'),
      text: words(
        '非緊急的事務可以自己辦理，造型只作示意。',
        '不紧急的事可以自己办，造型仅作示意。',
        'You can deal with non-urgent matters yourself; the shape is an illustration.',
      ),
    },
    {
      id: 'handset',
      label: words('13個服務站', '13个服务站', '13 kiosks'),
      text: words('2023年10月，有13個服務站在使用。', '2023年10月，有13个服务站在使用。', 'In October 2023, 13 kiosks were in operation.'),
    },
  ],
  make,
};

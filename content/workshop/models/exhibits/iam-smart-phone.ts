/** One phone, seven times life size, with what its app does standing before the screen: log in, fill in a form, sign. The tiles step out in the exploded state. */
import { placed, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift } from '../kit/motion.ts';
import { type Corner, disc, flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { cable, screw } from '../kit/parts-fixings.ts';
import { lens, type Sign, signs } from '../kit/parts-optics.ts';
import { band, box, cyl, lathe, sphere } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const lean = -9;
/** The cradle's side: z along, y up. The phone sits on it, leaning back. */
const cradleSide: readonly Corner[] = [
  [-230, 96, 20],
  [330, 96, 20],
  [312, 210, 40],
  [286, 262, 14],
  [240, 258, 10],
  [248, 198, 4],
  [136, 180, 4],
  [54, 700, 18],
  [-6, 704, 18],
  [-92, 260, 90],
  [-226, 200, 40],
];

const stand = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 0],
        [640, 0],
        [660, 20],
        [652, 60],
        [560, 96],
        [0, 104],
      ],
      64,
    ),
    'shell',
  );
  m.add(band(664, 640, 26, { segments: 64 }), 'accent', { at: [0, 36, 0] });
  // the cradle, drawn as its side: a lip before the phone, a seat under it, a back that leans as it leans
  m.add(plate(outline(cradleSide, 10, 5), 330, 22, 2), 'shell2', { rot: [0, -90, 0] });
  for (const x of [-110, 110]) {
    m.add(box(70, 30, 118, 8), 'rubber', { at: [x, 190, 190], rot: [lean, 0, 0] });
    m.add(box(70, 300, 24, 8), 'rubber', { at: [x, 520, 82], rot: [lean, 0, 0] });
  }
  m.add(box(336, 16, 40, 6), 'accent', { at: [0, 132, 322] });
  m.add(box(150, 60, 12, 5), 'dark', { at: [0, 168, -214] });
  cable(
    m,
    16,
    [
      [0, 168, -214],
      [0, 160, -330],
      [60, 124, -470],
      [110, 112, -560],
      [150, 26, -690],
    ],
    'black',
    { steps: 22 },
  );
};

const grid: readonly Sign[] = [
  { bar: [0, 560, 560, 190], paint: '#7A63E6', round: 0.18 },
  { disc: [-200, 560, 62], paint: '#F4F4F2' },
  { disc: [-200, 578, 24], paint: '#7A63E6' },
  { bar: [-200, 530, 74, 34], paint: '#7A63E6', round: 0.5 },
  { bar: [40, 588, 260, 34], paint: '#F4F4F2', round: 0.5 },
  { bar: [0, 536, 180, 24], paint: '#C9BFFF', round: 0.5 },
  ...upTo(9).map((i): Sign => ({ bar: [-190 + (i % 3) * 190, 320 - Math.floor(i / 3) * 190, 142, 142], paint: ['#DCE8F5', '#BFD2EA', '#DCE8F5'][i % 3] as string, round: 0.24 })),
  // pictures of services: house, cross-less pulse, coins, bus, book, tree, umbrella, star, cup: drawn as plain solids
  {
    shape: [
      [-46, -40],
      [46, -40],
      [46, 10],
      [0, 52],
      [-46, 10],
    ],
    at: [-190, 320],
    paint: '#5340A8',
  },
  { ring: [0, 320, 46, 26], paint: '#1F97E0' },
  { disc: [190, 320, 44], paint: '#E5A51A' },
  { bar: [-190, 130, 90, 60], paint: '#1F97E0', round: 0.3 },
  { bar: [-20, 130, 36, 84], paint: '#2DB36F', round: 0.2 },
  { bar: [24, 130, 36, 84], paint: '#2DB36F', round: 0.2 },
  {
    shape: [
      [-46, -40],
      [46, -40],
      [0, 48],
    ],
    at: [190, 130],
    paint: '#2DB36F',
  },
  {
    shape: [
      [-50, 0],
      [50, 0],
      [34, 40],
      [-34, 40],
    ],
    at: [-190, -60],
    paint: '#F0694A',
  },
  { bar: [-190, -80, 10, 50], paint: '#F0694A' },
  { ring: [0, -60, 48, 34], paint: '#D766BF' },
  { disc: [190, -60, 26], paint: '#7A63E6' },
  { ring: [190, -60, 50, 42], paint: '#7A63E6' },
  { bar: [0, -330, 560, 150], paint: '#16264A', round: 0.3 },
  { bar: [-60, -330, 300, 30], paint: '#7FE3FF', round: 0.5 },
  { disc: [220, -330, 40], paint: '#69F0A0' },
  { bar: [0, -600, 240, 20], paint: '#DCE8F5', round: 0.5 },
];

const phone = (m: Model): void => {
  m.within({ at: [0, 1010, 60], rot: [lean, 0, 0] }, () => {
    m.add(plate(slab(780, 1640, 120, 8), 92, 26, 3), 'dark');
    m.add(plate(slab(794, 1654, 126, 8), 30, 10, 2), 'steel');
    m.add(plate(slab(728, 1588, 96, 8), 10, 3), 'black', { at: [0, 0, 44] });
    m.within({ at: [0, 0, 49] }, () => {
      m.add(flat(slab(700, 1556, 84, 6)), ['glow', '#0E2348'], { at: [0, 0, 0.8] });
      signs(m, grid, { at: [0, 0, 1.2] }, 0.8);
    });
    m.add(cyl(26, 10, { segments: 20 }), 'black', { at: [0, 744, 50], rot: [90, 0, 0] });
    for (const y of [300, 80]) m.add(box(18, 150, 34, 8), 'steel', { at: [398, y, 0] });
    m.within({ at: [-230, 560, -50], rot: [0, 180, 0] }, () => {
      m.add(plate(slab(260, 320, 70, 5), 30, 8), 'black');
      for (const y of [-80, 70]) lens(m, 62, { at: [0, y, 20] }, 'gun');
    });
    m.add(plate(slab(300, 300, 90, 5), 8, 2), 'accent', { at: [0, -120, -48] });
  });
};

const tile = (m: Model, draw: () => void): void => {
  m.add(plate(slab(560, 420, 60, 6), 46, 14, 2), 'shell');
  m.add(plate(slab(572, 432, 66, 6), 18, 5), 'accent', { at: [0, 0, -10] });
  m.within({ at: [0, 0, 24] }, draw);
  // its back: an inset cover with its screws and a line in the accent
  m.within({ at: [0, 0, -23], rot: [0, 180, 0] }, () => {
    m.add(plate(slab(496, 356, 44, 5), 8, 2), 'seam', { tolerance: 0.4 });
    m.add(plate(slab(486, 346, 42, 5), 14, 4), 'shell2', { tolerance: 0.3 });
    m.add(plate(slab(150, 150, 46, 5), 8, 2), 'accent', { at: [0, 20, 8] });
    m.add(plate(slab(100, 100, 32, 5), 8, 2), 'shell', { at: [0, 20, 11] });
    for (const y of [-112, -136]) m.add(box(260, 8, 8, 3), 'grey', { at: [0, y, 8] });
    for (const x of [-212, 212]) for (const y of [-142, 142]) screw(m, 11, { at: [x, y, 8] });
  });
};

const lock = (m: Model): void => {
  m.add(plate(slab(190, 160, 34, 5), 60, 14, 2), 'accent', { at: [-120, -50, 34] });
  m.add(
    tube(
      22,
      [
        [-176, 20, 34],
        [-176, 90, 34],
        [-120, 146, 34],
        [-64, 90, 34],
        [-64, 20, 34],
      ],
      { steps: 20, segments: 10 },
    ),
    'steel',
  );
  m.add(cyl(22, 20, { segments: 18 }), 'black', { at: [-120, -40, 64], rot: [90, 0, 0] });
  m.add(box(16, 46, 10, 4), 'black', { at: [-120, -74, 66] });
  m.add(sphere(52, 20, 14), 'skin', { at: [130, 60, 30], scale: [1, 1.08, 0.7] });
  m.add(
    lathe(
      [
        [0, 0],
        [110, 0],
        [104, 60],
        [64, 110],
        [0, 118],
      ],
      24,
    ),
    'accentDark',
    { at: [130, -130, 26], scale: [1, 1, 0.5] },
  );
};

const form = (m: Model): void => {
  m.add(plate(slab(300, 330, 24, 4), 16, 4), 'white', { at: [-60, 0, 16], rot: [0, 0, 4] });
  for (const i of upTo(4)) {
    m.add(box(130, 18, 8, 3), i === 0 ? 'accent' : 'grey', { at: [-20, 104 - i * 66, 28], rot: [0, 0, 4] });
    m.add(box(44, 44, 10, 6), i < 3 ? '#2DB36F' : 'shell2', { at: [-140, 96 - i * 66, 28], rot: [0, 0, 4] });
  }
  const tick: Corner[] = [
    [-60, 0],
    [-34, 26],
    [-10, 0],
    [50, 66],
    [76, 40],
    [-10, -52],
  ];
  m.add(plate(outline(tick, 4, 2), 34, 8), '#2DB36F', { at: [180, -20, 30] });
};

const signature = (m: Model): void => {
  m.add(box(420, 14, 10, 4), 'grey', { at: [0, -120, 8] });
  m.add(
    tube(
      13,
      [
        [-200, -80, 14],
        [-150, 40, 14],
        [-110, -60, 14],
        [-50, 60, 14],
        [-20, -70, 14],
        [30, 10, 14],
        [60, -70, 14],
        [110, -20, 14],
        [150, -84, 14],
      ],
      { steps: 60, segments: 8 },
    ),
    '#2B4C9B',
  );
  m.within({ at: [160, -80, 20], rot: [40, 0, -28] }, () => {
    m.add(
      lathe(
        [
          [0, 0],
          [5, 4],
          [30, 70],
          [30, 86],
          [0, 86],
        ],
        18,
      ),
      'brass',
    );
    m.add(cyl(34, 300, { segments: 20 }), 'accent', { at: [0, 236, 0] });
    m.add(band(38, 30, 30, { segments: 20 }), 'steel', { at: [0, 110, 0] });
    m.add(cyl(30, 40, { segments: 20 }), 'dark', { at: [0, 400, 0] });
  });
};

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.06, edgeMm: 26, reach: 0.2 });
  stand(m);
  phone(m);
  const tiles = [
    ['login', [-560, 1560, 260], 16, lock],
    ['form', [590, 1170, 300], -16, form],
    ['sign', [-520, 740, 360], 14, signature],
  ] as const;
  for (const [name, at, yaw, draw] of tiles) {
    m.node(name, at, { rot: [0, yaw, 0], explode: [Math.sign(at[0]) * 260, 60, 420] }).on(name, () => tile(m, () => draw(m)));
    // beads of light from the screen to each tile, which stay between the two when it steps out
    for (const k of upTo(3)) {
      const [from, share] = [Math.sign(at[0]) * 190, (k + 1) / 4];
      const bead: Vec3 = [from + (at[0] * 0.82 - from) * share, at[1] - 20, 130 + (at[2] - 170) * share];
      m.node(`bead_${name}_${k}`, bead, { explode: [Math.sign(at[0]) * 260 * share, 60 * share, 420 * share] }).on(`bead_${name}_${k}`, () =>
        m.add(sphere(13 + k * 4, 12, 9), 'cyan'),
      );
    }
  }
  m.add(placed(flat(pierced(disc(96), disc(74))), { rot: [-90, 0, 0] }), 'accentGlow', { at: [0, 105, 452] });
  m.clip(
    'float',
    tiles.map(([name, at], i) =>
      shift(
        name,
        at,
        upTo(9).map((k) => k * 0.75),
        upTo(9).map((k) => [0, 26 * Math.sin((k / 8 + i / 3) * Math.PI * 2), 0]),
      ),
    ),
  );
  return m
    .hotspot('identity', [0, 1560, 170])
    .hotspot('login', [0, 120, 80], 'login')
    .hotspot('form', [0, 120, 80], 'form')
    .hotspot('sign', [0, 120, 80], 'sign')
    .hotspot('services', [180, 1330, 150]);
};

export const exhibit: Exhibit = {
  id: 'iam-smart-phone',
  area: 'government',
  name: words('智方便', '智方便', 'iAM Smart'),
  projects: ['iam-smart'],
  views: [
    { az: 18, pol: 80, zoom: 1.02, caption: words('一個程式', '一个应用', 'One app') },
    { az: -42, pol: 70, zoom: 1.04, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 152, pol: 72, zoom: 1.06, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    {
      id: 'identity',
      label: words('數碼身分', '数字身份', 'Digital identity'),
      text: words(
        '「智方便」是一個手機程式，也是你的數碼身分。模型的造型只作示意。',
        '“智方便”是一个手机应用，也是你的数字身份。模型的造型仅作示意。',
        'iAM Smart is an app and your digital identity. The shape shown is an illustration.',
      ),
    },
    {
      id: 'login',
      label: words('登入', '登录', 'Log in'),
      text: words('你可以用它登入政府和商業機構的網上服務。', '你可以用它登录政府和企业的网上服务。', 'Use it to log in to online services of government and business.'),
    },
    { id: 'form', label: words('填表', '填表', 'Fill in forms'), text: words('它可以幫你填表。', '它可以帮你填表。', 'It fills in forms.') },
    { id: 'sign', label: words('簽署', '签名', 'Sign'), text: words('你可以用它簽署。', '你可以用它签名。', 'You can sign with it.') },
    {
      id: 'services',
      label: words('逾1 300項服務', '超过1 300项服务', 'Over 1 300 services'),
      text: words('2025年11月，用它可以使用逾1 300項網上服務。', '2025年11月，用它可以使用超过1 300项网上服务。', 'In November 2025 it led to over 1 300 online services.'),
    },
  ],
  make,
};

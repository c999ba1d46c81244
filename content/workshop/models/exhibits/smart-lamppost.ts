/** Multi-functional smart lamppost: shortened by a third and thickened, so that cabinet, eyes, lantern, radio crown and weather mast read at arm's length. */
import { cosD, placed, ring, row, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { spin } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import { antenna, bolts, louvre } from '../kit/parts-fixings.ts';
import { lens, type Sign, screen } from '../kit/parts-optics.ts';
import { conduit, serviceDoor } from '../kit/parts-service.ts';
import { person } from '../kit/parts-street.ts';
import { band, box, cyl, lathe } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const upright: Vec3 = [90, 0, 0];

const pavement = (m: Model): void => {
  m.add(box(1500, 50, 1500, 10), 'grey', { at: [0, 25, 0] });
  for (const i of upTo(3)) for (const j of upTo(3)) m.add(box(488, 30, 488, 8), (i + j) % 2 ? 'concrete' : '#C8C8C4', { at: [(i - 1) * 498, 58, (j - 1) * 498], tolerance: 0.1 });
};

const dashboard: readonly Sign[] = [
  { bar: [0, 150, 220, 50], paint: '#7A63E6', round: 0.3 },
  { ring: [-68, 48, 44, 30], paint: '#7FE3FF' },
  { bar: [52, 66, 100, 16], paint: '#DCE8F5', round: 0.5 },
  { bar: [34, 34, 64, 12], paint: '#8FA6C4', round: 0.5 },
  ...[76, 108, 64, 132, 98].map((h, i): Sign => ({ bar: [-88 + i * 44, -176 + h / 2, 28, h], paint: i === 2 ? '#FFB636' : '#69F0A0' })),
];

const cabinet = (m: Model): void => {
  m.add(plate(slab(640, 640, 60), 50, 14), 'shell2', { at: [0, 96, 0], rot: upright });
  bolts(m, 4, 370, 22, { at: [0, 126, 0], rot: [0, 45, 0] });
  m.add(plate(slab(488, 488, 84, 5), 1440, 12), 'shell', { at: [0, 820, 0], rot: upright });
  m.add(plate(slab(498, 498, 88, 5), 110, 8), 'dark', { at: [0, 160, 0], rot: upright });
  m.add(plate(slab(496, 496, 88, 5), 34, 5), 'accent', { at: [0, 1538, 0], rot: upright });
  m.add(
    lathe(
      [
        [200, 1557],
        [226, 1557],
        [222, 1584],
        [190, 1640],
        [160, 1720],
        [0, 1720],
      ],
      36,
    ),
    'shell',
  );
  m.add(plate(slab(352, 602, 30), 8, 2), 'seam', { at: [0, 560, 241] });
  m.add(plate(slab(338, 588, 24), 14, 5), 'shell', { at: [0, 560, 245] });
  m.add(box(30, 110, 26, 8), 'gun', { at: [125, 600, 258] });
  for (const y of [350, 770]) m.add(cyl(13, 80, { segments: 12 }), 'gun', { at: [-170, y, 250] });
  louvre(m, 230, 130, 6, { at: [0, 390, 253] }, 'shell2', 14);
  screen(m, 270, 410, dashboard, { at: [0, 1190, 246] }, { thick: 22, bezel: 15 });
  for (const side of [-1, 1]) louvre(m, 260, 400, 11, { at: [side * 245, 1150, 0], rot: [0, side * 90, 0] }, 'shell2', 18);
  for (const side of [-1, 1]) m.add(plate(slab(300, 8, 3), 6, 1), 'seam', { at: [side * 244, 700, 0], rot: [0, side * 90, 0] });
};

/** The cabinet's back: the door to its works, and what climbs from it to the top. */
const back = (m: Model): void =>
  void m.within({ at: [0, 0, -245], rot: [0, 180, 0] }, () => {
    serviceDoor(m, 350, 900, { at: [0, 860, 0] }, { paint: 'shell' });
    m.add(plate(slab(150, 90, 14), 10, 3), 'accent', { at: [0, 1420, 4] });
    conduit(
      m,
      16,
      [
        [190, 220, 14],
        [190, 700, 16],
        [190, 1200, 16],
        [190, 1480, 16],
      ],
      {},
      'gun',
    );
  });

const column = (m: Model): void => {
  m.add(
    lathe(
      [
        [152, 1700],
        [138, 2800],
        [124, 3720],
      ],
      32,
    ),
    'shell',
  );
  m.add(band(164, 130, 44, { segments: 32 }), 'shell2', { at: [0, 1810, 0] });
  m.add(band(160, 130, 26, { segments: 32, bevel: 4 }), 'accentGlow', { at: [0, 1870, 0] });
  m.add(
    lathe(
      [
        [140, 2020],
        [186, 2050],
        [214, 2110],
        [214, 2180],
        [186, 2226],
        [140, 2250],
      ],
      36,
    ),
    'dark',
  );
  for (const i of upTo(4)) lens(m, 46, { at: [216 * sinD(i * 90 + 45), 2144, 216 * cosD(i * 90 + 45)], rot: [0, i * 90 + 45, 0] }, 'black');
  m.add(band(164, 130, 60, { segments: 32 }), 'shell2', { at: [0, 2560, 0] });
  m.add(
    tube(
      22,
      [
        [-120, 2560, 60],
        [-260, 2560, 130],
        [-330, 2520, 166],
      ],
      { steps: 12 },
    ),
    'gun',
  );
  m.within({ at: [-350, 2470, 200], rot: [16, -24, 0] }, () => {
    m.add(box(150, 136, 360, 32, 2), 'shell', {});
    m.add(box(174, 16, 420, 7), 'shell2', { at: [0, 82, 14] });
    m.add(box(156, 22, 364, 8), 'accent', { at: [0, -50, 0] });
    lens(m, 50, { at: [0, 4, 176] }, 'black');
  });
  m.within({ at: [0, 2620, -150] }, () => {
    m.add(box(250, 400, 150, 34, 2), 'shell', { at: [0, 0, -70] });
    m.add(box(256, 34, 156, 10), 'accent', { at: [0, 110, -70] });
    louvre(m, 170, 170, 6, { at: [0, -60, -148], rot: [0, 180, 0] }, 'shell2', 12);
  });
};

const lanterns = (m: Model): void => {
  m.add(band(166, 118, 150, { segments: 32 }), 'shell2', { at: [0, 3330, 0] });
  m.add(
    tube(
      56,
      [
        [100, 3330, 0],
        [300, 3450, 0],
        [560, 3530, 0],
        [830, 3552, 0],
      ],
      { steps: 26, segments: 16 },
    ),
    'shell',
  );
  // the head leans up, so that the lamps under it can be seen from the floor
  m.within({ at: [1130, 3590, 0], rot: [-20, 0, 5] }, () => {
    m.add(
      plate(
        outline(
          [
            [-400, -140, 100],
            [400, -180, 140],
            [400, 180, 140],
            [-400, 140, 100],
          ],
          0,
          6,
        ),
        96,
        28,
        2,
      ),
      'shell',
      { rot: upright },
    );
    m.add(
      row(7, (_, i) => placed(box(20, 44, 250, 8), { at: [-210 + i * 70, 56, 0] })),
      'shell2',
    );
    m.add(plate(slab(640, 262, 70, 5), 16, 5), 'black', { at: [20, -48, 0], rot: upright });
    for (const i of upTo(5)) for (const z of [-58, 58]) m.add(box(96, 12, 88, 4), 'warm', { at: [-200 + i * 110, -58, z] });
  });
  m.add(band(170, 122, 100, { segments: 32 }), 'shell2', { at: [0, 2890, 0] });
  m.add(
    tube(
      38,
      [
        [-100, 2890, 0],
        [-260, 2970, 0],
        [-430, 2985, 0],
      ],
      { steps: 16, segments: 14 },
    ),
    'shell',
  );
  m.within({ at: [-600, 2995, 0], rot: [-16, 0, -5] }, () => {
    m.add(
      plate(
        outline(
          [
            [-210, -110, 80],
            [210, -95, 70],
            [210, 95, 70],
            [-210, 110, 80],
          ],
          0,
          5,
        ),
        70,
        18,
        2,
      ),
      'shell',
      { rot: upright },
    );
    m.add(box(290, 12, 140, 4), 'warm', { at: [-10, -38, 0] });
  });
};

const crown = (m: Model): void => {
  m.add(
    lathe(
      [
        [120, 3700],
        [196, 3750],
        [222, 3790],
        [222, 3830],
        [150, 3840],
        [150, 4400],
        [222, 4410],
        [222, 4450],
        [196, 4490],
        [90, 4520],
        [0, 4524],
      ],
      36,
    ),
    'dark',
  );
  const panel = plate(
    outline(
      [
        [-104, 0, 24],
        [104, 0, 24],
        [104, 530, 24],
        [-104, 530, 24],
      ],
      0,
      4,
    ),
    62,
    18,
    2,
  );
  m.add(
    ring(3, (a) => placed(panel, { at: [196 * sinD(a), 3855, 196 * cosD(a)], rot: [0, a, 0] }), 30),
    'shell',
  );
  m.add(
    ring(3, (a) => placed(box(22, 370, 12, 5), { at: [226 * sinD(a), 4120, 226 * cosD(a)], rot: [0, a, 0] }), 30),
    'accentGlow',
  );
};

const weather = (m: Model): void => {
  m.add(cyl(28, 420, { segments: 16 }), 'gun', { at: [0, 4720, 0] });
  const dish = lathe(
    [
      [52, 0],
      [122, -8],
      [130, -22],
      [116, -16],
      [52, -6],
    ],
    28,
  );
  m.add(
    row(6, (_, i) => placed(dish, { at: [0, 4640 + i * 50, 0] })),
    'white',
  );
  m.add(
    lathe(
      [
        [122, 0],
        [128, 14],
        [70, 48],
        [0, 52],
      ],
      28,
    ),
    'white',
    { at: [0, 4912, 0] },
  );
  m.add(
    tube(
      18,
      [
        [0, 4580, 0],
        [-350, 4580, 0],
        [-400, 4610, 0],
        [-400, 4740, 0],
      ],
      { steps: 24 },
    ),
    'gun',
  );
  m.add(
    tube(
      18,
      [
        [0, 4580, 0],
        [260, 4580, 0],
        [300, 4610, 0],
        [300, 4660, 0],
      ],
      { steps: 24 },
    ),
    'gun',
  );
  antenna(m, 400, { at: [300, 4650, 0] }, 'white', 1.6);
  m.node('anemometer', [-400, 4760, 0], { moving: true }).on('anemometer', () => {
    m.add(cyl(32, 64, { segments: 18 }), 'dark');
    const cup = lathe(
      [
        [6, 0],
        [34, 8],
        [56, 34],
        [62, 64],
        [57, 63],
        [30, 18],
        [0, 12],
      ],
      18,
    );
    for (const i of upTo(3)) {
      m.add(cyl(9, 170, { segments: 8 }), 'gun', { at: [85 * sinD(i * 120), 0, 85 * cosD(i * 120)], rot: [90, i * 120, 0] });
      m.add(cup, 'accent', { at: [165 * sinD(i * 120), 0, 165 * cosD(i * 120)], rot: [0, i * 120 + 90, 90] });
    }
  });
};

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.06, edgeMm: 40, reach: 0.45 });
  pavement(m);
  cabinet(m);
  back(m);
  person(m, { at: [-590, 73, 20], rot: [0, 84, 0], scale: 0.9 }, '#8C9DB5');
  column(m);
  lanterns(m);
  crown(m);
  weather(m);
  m.clip('wind', [spin('anemometer', 'y', 3)]);
  return m.hotspot('sensors', [0, 4800, 130]).hotspot('lantern', [1130, 3560, 120]).hotspot('network', [0, 4150, 240]).hotspot('cabinet', [0, 1190, 270]);
};

export const exhibit: Exhibit = {
  id: 'smart-lamppost',
  area: 'government',
  name: words('多功能智慧燈柱', '多功能智慧灯柱', 'Multi-functional Smart Lamppost'),
  projects: ['smart-lamppost'],
  views: [
    { az: 30, pol: 85, zoom: 0.93, caption: words('整支燈柱', '整根灯柱', 'The whole post') },
    { az: 22, pol: 90, zoom: 2, target: [200, 4000, 0], caption: words('燈、網絡和感應器', '灯、网络和传感器', 'Light, network and sensors') },
    { az: -26, pol: 76, zoom: 2.5, target: [0, 1400, 0], caption: words('設備箱', '设备箱', 'Equipment cabinet') },
  ],
  hotspots: [
    {
      id: 'sensors',
      label: words('感應器', '传感器', 'Sensors'),
      text: words(
        '感應器實時收集城市數據。模型的造型只作示意。',
        '传感器实时收集城市数据。模型的造型仅作示意。',
        'Sensors collect city data in real time. The shape shown is an illustration.',
      ),
    },
    {
      id: 'lantern',
      label: words('街燈', '路灯', 'Street light'),
      text: words('它首先是一支街燈，為道路照明。', '它首先是一盏路灯，为道路照明。', 'It is a street lamp first: it lights the road.'),
    },
    {
      id: 'network',
      label: words('網絡設備', '网络设备', 'Network equipment'),
      text: words('燈柱裝有網絡設備，用來傳送數據。', '灯柱装有网络设备，用来传送数据。', 'The post carries network equipment that passes the data on.'),
    },
    {
      id: 'cabinet',
      label: words('首批燈柱', '首批灯柱', 'First batch'),
      text: words('2019年6月，觀塘首批約有50支。', '2019年6月，观塘首批约有50根。', 'The first batch in Kwun Tong, in June 2019, was about 50.'),
    },
  ],
  make,
};

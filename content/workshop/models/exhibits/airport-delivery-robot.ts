/** Delivery robot: a round-cornered body on four wheels with a face of light, shelves behind a door, a scanner at its foot; it stands on the line of its route. The door opens on what it carries. */
import { placed, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { spin, swing } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { antenna, louvre, stopButton } from '../kit/parts-fixings.ts';
import { lens, lidar, type Sign, screen, signs } from '../kit/parts-optics.ts';
import { serviceDoor } from '../kit/parts-service.ts';
import { wheel } from '../kit/parts-street.ts';
import { box, cube, cyl, dome } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const axles = [-1, 1] as const;
const wheelR = 150;

const floor = (m: Model): void => {
  m.add(box(2300, 60, 2700, 30), 'shell2', { at: [0, 30, 0] });
  for (const i of upTo(4)) for (const j of upTo(5)) m.add(box(556, 16, 520, 6), (i + j) % 2 ? '#DDE0E4' : '#CFD4DA', { at: [-846 + i * 564, 62, -1062 + j * 531], tolerance: 0.3 });
  // the set route, a line of light with arrows
  m.add(cube(90, 5, 2640), 'accentGlow', { at: [0, 73, 0] });
  for (const z of [-1150, 820, 1120])
    m.add(
      placed(
        plate(
          outline([
            [-120, -60],
            [0, 0],
            [120, -60],
            [120, 10],
            [0, 80],
            [-120, 10],
          ]),
          6,
          1,
        ),
        { rot: [90, 0, 0] },
      ),
      'accentGlow',
      { at: [0, 77, z] },
    );
  // posts of the restricted area
  for (const [x, z] of [
    [-1000, -1180],
    [1000, -1180],
  ] as const) {
    m.add(cyl(150, 40, { segments: 28 }), 'dark', { at: [x, 90, z] });
    m.add(cyl(36, 940, { segments: 18 }), 'steel', { at: [x, 560, z] });
    m.add(cyl(52, 70, { segments: 18 }), 'dark', { at: [x, 1050, z] });
  }
  m.add(plate(slab(1930, 70, 8), 12, 3), 'accent', { at: [0, 1040, -1180] });
};

const body = (m: Model): void => {
  const side = outline(
    [
      [-520, 240, 70],
      [520, 240, 90],
      [560, 620, 120],
      [500, 1200, 130],
      [380, 1560, 200],
      [-400, 1560, 190],
      [-520, 1200, 120],
    ],
    80,
    6,
  );
  // two cheeks and a back; between them the shelves are open
  for (const s of sides) m.add(plate(side, 80, 28, 3), 'shell', { at: [s * 360, 0, 0], rot: [0, -90, 0] });
  m.add(box(660, 1240, 70, 30), 'shell', { at: [0, 880, -470], rot: [0, 0, 0] });
  m.add(box(700, 160, 1000, 40, 2), 'shell', { at: [0, 1470, -30] });
  m.add(box(700, 150, 1020, 40, 2), 'dark', { at: [0, 310, 0] });
  for (const s of sides) {
    m.add(
      plate(
        outline(
          [
            [-540, 520, 30],
            [556, 520, 30],
            [566, 590, 30],
            [-540, 590, 30],
          ],
          20,
          3,
        ),
        20,
        6,
      ),
      'accent',
      { at: [s * 400, 0, 0], rot: [0, -90, 0] },
    );
    louvre(m, 340, 180, 6, { at: [s * 402, 400, -220], rot: [0, s * 90, 0] });
    m.add(box(14, 60, 500, 6), 'accentGlow', { at: [s * 402, 1330, 20] });
  }
  for (const y of [600, 960]) m.add(box(640, 30, 880, 10), 'shell2', { at: [0, y, -10] });
  m.add(box(640, 16, 30, 4), 'glow', { at: [0, 1380, 380] });
  // head with its face
  m.within({ at: [0, 1720, 120], rot: [-10, 0, 0] }, () => {
    m.add(box(560, 380, 330, 130, 3), 'shell');
    m.add(plate(slab(480, 290, 110, 6), 30, 10, 2), 'black', { at: [0, 0, 158] });
    m.add(plate(slab(460, 270, 104, 6), 10, 3), 'screen', { at: [0, 0, 172] });
    const face: readonly Sign[] = [
      {
        shape: [
          [-34, -50, 34],
          [34, -50, 34],
          [34, 50, 34],
          [-34, 50, 34],
        ],
        at: [-104, 10],
        paint: '#7FE3FF',
        round: 34,
      },
      {
        shape: [
          [-34, -50, 34],
          [34, -50, 34],
          [34, 50, 34],
          [-34, 50, 34],
        ],
        at: [104, 10],
        paint: '#7FE3FF',
        round: 34,
      },
    ];
    signs(m, face, { at: [0, 0, 178] }, 1);
    m.add(
      tube(
        9,
        [
          [-50, -64, 178],
          [0, -84, 178],
          [50, -64, 178],
        ],
        { steps: 12, segments: 6 },
      ),
      'cyan',
    );
    for (const s of sides) m.add(cyl(80, 50, { segments: 24 }), 'accent', { at: [s * 290, 0, 0], rot: [0, 0, 90] });
    lens(m, 30, { at: [0, 150, 166] }, 'black');
  });
  m.add(cyl(150, 130, { segments: 28 }), 'dark', { at: [0, 1560, 60] });
  antenna(m, 420, { at: [-260, 1556, -330] }, 'black', 2);
  stopButton(m, 54, { at: [240, 1556, -330] });
  m.add(cyl(70, 60, { segments: 22 }), 'dark', { at: [0, 1580, -330] });
  m.add(dome(62, 0.9, 22, 6), 'amber', { at: [0, 1606, -330] });
  // bumper and scanner
  m.add(box(760, 110, 120, 50, 2), 'rubber', { at: [0, 210, 540] });
  m.add(box(420, 150, 220, 60, 2), 'dark', { at: [0, 330, 540] });
  for (const x of [-270, 270]) m.add(plate(slab(130, 46, 22), 14, 4), 'glow', { at: [x, 330, 520] });
};

/** Behind: the hatch to its works, rear lamps, an eye, the contacts where it charges. */
const rear = (m: Model): void =>
  void m.within({ at: [0, 900, -506], rot: [0, 180, 0] }, () => {
    serviceDoor(m, 470, 600, { at: [0, -40, 0] }, { paint: 'shell', vents: 1 });
    m.add(box(520, 54, 20, 10), 'black', { at: [0, 400, 2] });
    for (const s of sides) m.add(box(180, 26, 16, 6), 'red', { at: [s * 150, 400, 8] });
    lens(m, 26, { at: [0, 490, 4] }, 'black');
    m.add(box(300, 110, 40, 14), 'dark', { at: [0, -480, 4] });
    for (const s of sides) m.add(box(70, 40, 20, 6), 'brass', { at: [s * 70, -480, 24] });
  });

/** A traveller's case of everyday size. */
const suitcase = (m: Model): void => {
  m.add(box(430, 600, 240, 50, 2), '#6F8FB0', { at: [0, 360, 0] });
  for (const x of [-140, -70, 0, 70, 140]) m.add(box(18, 560, 252, 8), '#5F7F9F', { at: [x, 360, 0], tolerance: 0.5 });
  m.add(box(440, 12, 248, 5), 'dark', { at: [0, 360, 0], tolerance: 0.6 });
  for (const s of sides) {
    m.add(cyl(11, 330, { segments: 10 }), 'steel', { at: [s * 90, 810, -80] });
    for (const z of [-80, 80]) m.add(cyl(30, 26, { segments: 14 }), 'rubber', { at: [s * 170, 30, z], rot: [0, 0, 90] });
  }
  m.add(box(220, 40, 40, 16), 'dark', { at: [0, 980, -80] });
};

const bag = (m: Model, paint: Paint): void => {
  m.add(box(210, 250, 130, 12), paint, { at: [0, 125, 0] });
  for (const s of sides)
    m.add(
      tube(
        7,
        [
          [-50, 245, s * 50],
          [-40, 330, s * 50],
          [40, 330, s * 50],
          [50, 245, s * 50],
        ],
        { steps: 16, segments: 6 },
      ),
      'dark',
    );
  m.add(plate(slab(120, 50, 10), 6, 2), 'white', { at: [0, 140, 68] });
};

const load = (m: Model): void => {
  m.within({ at: [-170, 616, 120] }, () => bag(m, '#7A63E6'));
  m.within({ at: [110, 616, 140], rot: [0, -12, 0] }, () => bag(m, '#E5A51A'));
  m.add(box(420, 220, 340, 16), '#B99A73', { at: [-60, 720, -240] });
  m.add(box(426, 40, 60, 6), '#E9D9B8', { at: [-60, 722, -240] });
  m.add(box(300, 190, 300, 14), '#C8AB83', { at: [-130, 1072, 100] });
  m.add(box(60, 194, 304, 6), '#E9D9B8', { at: [-130, 1072, 100] });
  for (const [x, paint] of [
    [110, '#5D3A2E'],
    [200, '#2E5D3A'],
  ] as const) {
    m.add(cyl(40, 180, { segments: 18 }), paint, { at: [x, 1066, 180] });
    m.add(cyl(15, 110, { segments: 12 }), paint, { at: [x, 1200, 180] });
    m.add(cyl(41, 70, { segments: 18 }), 'white', { at: [x, 1050, 180] });
  }
};

const doorAt: Vec3 = [-330, 900, 480];

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.07, edgeMm: 24, reach: 0.26 });
  floor(m);
  m.within({ at: [0, 70, 0] }, () => {
    body(m);
    rear(m);
    load(m);
  });
  m.within({ at: [860, 70, -330], rot: [0, 24, 0] }, () => suitcase(m));
  for (const s of sides)
    for (const a of axles) {
      const name = `wheel_${a > 0 ? 'front' : 'rear'}_${s > 0 ? 'right' : 'left'}`;
      m.node(name, [s * 380, 70 + wheelR, a * 360], { rot: [0, s > 0 ? 0 : 180, 0], moving: true }).on(name, () => wheel(m, wheelR, 110, {}, 'shell2'));
    }
  m.node('scanner', [0, 475, 560], { moving: true }).on('scanner', () => {
    lidar(m, 90, 120, {});
    m.add(cube(16, 24, 10), 'accent', { at: [0, 96, 96] });
  });
  // the door hangs on the left cheek
  m.node('door', doorAt, { rot: [0, -112, 0], moving: true }).on('door', () => {
    m.add(box(640, 860, 36, 16, 2), 'shell', { at: [320, 40, 0] });
    m.add(box(646, 70, 42, 14), 'accent', { at: [320, -240, 0] });
    m.add(box(30, 220, 40, 12), 'gun', { at: [580, 40, 30] });
    // inside: a lined cover with two ribs and the latch
    m.add(plate(slab(560, 760, 40, 5), 10, 3), 'shell2', { at: [320, 50, -20] });
    for (const y of [-120, 200]) m.add(box(500, 26, 16, 6), 'grey', { at: [320, y, -26] });
    m.add(box(40, 120, 26, 8), 'gun', { at: [590, 40, -22] });
    for (const y of [-300, 380]) m.add(cyl(20, 110, { segments: 12 }), 'gun', { at: [6, y, 0] });
    screen(
      m,
      190,
      130,
      [
        { bar: [0, 20, 110, 22], paint: '#69F0A0', round: 0.5 },
        { bar: [-20, -24, 70, 16], paint: '#8FA6C4', round: 0.5 },
      ],
      { at: [320, 260, 22] },
      { thick: 14, bezel: 10 },
    );
  });
  m.clip('deliver', [
    swing('door', 'y', [0, 3, 4.5, 8.5, 10], [-112, -112, 0, 0, -112]),
    ...sides.flatMap((s) =>
      axles.map((a) =>
        swing(
          `wheel_${a > 0 ? 'front' : 'rear'}_${s > 0 ? 'right' : 'left'}`,
          'x',
          [0, 4.6, 5.6, 6.6, 7.6, 8.4, 10],
          [0, 0, s * 100, s * 200, s * 300, s * 360, s * 360],
          [0, s > 0 ? 0 : 180, 0],
        ),
      ),
    ),
  ]);
  m.clip('scan', [spin('scanner', 'y', 2)]);
  return m.hotspot('load', [-120, 880, 300]).hotspot('route', [0, 90, 1050]).hotspot('face', [0, 1800, 380]).hotspot('scanner', [0, 560, 680]);
};

export const exhibit: Exhibit = {
  id: 'airport-delivery-robot',
  area: 'government',
  name: words('可移動機械人', '可移动机器人', 'Mobile delivery robot'),
  projects: ['customs-delivery-robot'],
  views: [
    { az: 30, pol: 76, zoom: 1, caption: words('送貨機械人', '送货机器人', 'The delivery robot') },
    { az: -44, pol: 70, zoom: 1.02, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 150, pol: 66, zoom: 1.04, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    {
      id: 'load',
      label: words('免稅品', '免税品', 'Duty-free goods'),
      text: words('它在機場禁區內運送免稅品等物品。', '它在机场限制区内运送免税品等物品。', 'It carries items such as duty-free goods in the airport restricted area.'),
    },
    { id: 'route', label: words('設定的路線', '设定的路线', 'Set routes'), text: words('它沿着設定的路線行走。', '它沿着设定的路线行走。', 'It follows set routes.') },
    {
      id: 'face',
      label: words('首批10部', '首批10台', 'First ten'),
      text: words('2019年5月時，計劃首批使用10部。', '2019年5月时，计划首批使用10台。', 'In May 2019 ten robots were planned for first use.'),
    },
    {
      id: 'scanner',
      label: words('掃描器', '扫描器', 'Scanner'),
      text: words('掃描器和造型只作示意。', '扫描器和造型仅作示意。', 'The scanner and the shape are an illustration.'),
    },
  ],
  make,
};

/** Smart water meter, eight times life size: brass body with two unions on a copper line, a lever valve, a dial under glass, a radio head that lifts off in the exploded state. */
import { cosD, placed, ring, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { spin } from '../kit/motion.ts';
import { disc, flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { antenna, bolts } from '../kit/parts-fixings.ts';
import { led, type Sign, signs } from '../kit/parts-optics.ts';
import { band, box, cube, cyl, lathe } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const axle: Vec3 = [0, 0, 90];
const sides = [-1, 1] as const;
const pipeY = 560;
const copper = ['metal', '#C98560'] as const;

const wall = (m: Model): void => {
  m.add(box(2500, 70, 1300, 24), 'shell2', { at: [0, 35, 0] });
  m.add(box(2380, 20, 1180, 8), 'grey', { at: [0, 74, 0] });
  for (const x of [-860, 860]) {
    m.add(box(300, 40, 260, 14), 'gun', { at: [x, 100, 0] });
    m.add(cyl(44, 380, { segments: 18 }), 'gun', { at: [x, 290, 0] });
    m.add(placed(band(168, 128, 120, { bevel: 12 }), { rot: axle }), 'dark', { at: [x, pipeY, 0] });
    bolts(m, 4, 120, 18, { at: [x, 122, 0], rot: [0, 45, 0] });
  }
};

const line = (m: Model): void => {
  for (const s of sides) {
    m.add(cyl(126, 760, { segments: 28 }), copper, { at: [s * 820, pipeY, 0], rot: axle });
    m.add(placed(band(152, 100, 70, { bevel: 10 }), { rot: axle }), copper, { at: [s * 1160, pipeY, 0] });
    m.add(
      tube(
        126,
        [
          [s * 1180, pipeY, 0],
          [s * 1240, pipeY, 0],
        ],
        { steps: 2, segments: 24, capped: false },
      ),
      copper,
    );
    m.add(cyl(104, 12, { segments: 24 }), 'black', { at: [s * 1232, pipeY, 0], rot: axle });
    m.add(cyl(212, 190, { segments: 6, bevel: 24 }), 'brass', { at: [s * 470, pipeY, 0], rot: axle });
    m.add(cyl(176, 60, { segments: 28, bevel: 10 }), 'brass', { at: [s * 590, pipeY, 0], rot: axle });
  }
  // lever valve before the meter
  m.add(cyl(196, 300, { segments: 28, bevel: 40 }), 'brass', { at: [-820, pipeY, 0], rot: axle });
  m.add(cyl(84, 150, { segments: 20 }), 'brass', { at: [-820, pipeY + 210, 0] });
  m.add(cyl(60, 70, { segments: 6 }), 'gun', { at: [-820, pipeY + 300, 0] });
  m.add(
    plate(
      outline(
        [
          [-70, -60, 50],
          [70, -60, 50],
          [56, 420, 54],
          [-56, 420, 54],
        ],
        40,
        5,
      ),
      40,
      12,
    ),
    'accent',
    { at: [-820, pipeY + 290, 0], rot: [90, 90, 0] },
  );
};

const body = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 210],
        [180, 210],
        [260, 260],
        [330, 380],
        [350, 520],
        [350, 720],
        [330, 760],
        [0, 760],
      ],
      44,
    ),
    'brass',
  );
  m.add(cyl(190, 900, { segments: 30, bevel: 16 }), 'brass', { at: [0, pipeY, 0], rot: axle });
  m.add(cyl(372, 70, { segments: 44, bevel: 14 }), 'brass', { at: [0, 760, 0] });
  bolts(m, 8, 336, 26, { at: [0, 800, 0] }, 'gun');
  m.add(
    plate(
      outline(
        [
          [-130, -34],
          [60, -34],
          [60, -80],
          [150, 0],
          [60, 80],
          [60, 34],
          [-130, 34],
        ],
        8,
        3,
      ),
      30,
      8,
    ),
    'accent',
    { at: [0, 470, 352] },
  );
};

const dialFace = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 0],
        [318, 0],
        [330, 10],
        [330, 180],
        [316, 196],
        [290, 196],
        [286, 150],
        [0, 150],
      ],
      48,
    ),
    'shell',
  );
  m.add(cyl(336, 36, { segments: 48, bevel: 8 }), 'accent', { at: [0, 40, 0] });
  m.add(cyl(286, 10, { segments: 44, bevel: 2 }), 'white', { at: [0, 152, 0] });
  m.add(
    ring(36, (a) => placed(cube(6, 4, a % 30 === 0 ? 44 : 24), { at: [258 * sinD(a), 159, 258 * cosD(a)], rot: [0, a, 0] })),
    'black',
  );
  // a drum window with bars in place of digits: no figure that could be mistaken for a reading
  m.add(box(330, 14, 96, 6), 'black', { at: [0, 158, -70] });
  for (const i of upTo(6)) m.add(box(44, 6, 76, 4), i > 3 ? '#D63A30' : 'white', { at: [-130 + i * 52, 166, -70] });
  for (const i of upTo(6)) m.add(flat(slab(i % 2 ? 16 : 24, 40, 7)), i > 3 ? 'white' : 'black', { at: [-130 + i * 52, 170, -70], rot: [-90, 0, 0] });
  m.add(plate(pierced(disc(62), disc(52)), 8, 2), 'grey', { at: [120, 160, 96], rot: [90, 0, 0] });
  m.add(cube(8, 6, 48), 'red', { at: [120, 166, 78] });
};

const radioSigns: readonly Sign[] = [
  { ring: [-120, 0, 46, 34], paint: '#69F0A0' },
  { bar: [50, 34, 180, 20], paint: '#DCE8F5', round: 0.5 },
  { bar: [26, -6, 132, 16], paint: '#8FA6C4', round: 0.5 },
  ...[24, 38, 52, 66].map((h, i): Sign => ({ bar: [-20 + i * 38, -82 + h / 2, 22, h], paint: '#7FE3FF' })),
];

/** A radio on a bracket behind the dial; its face leans to the visitor, so that dial and radio are both seen. */
const radio = (m: Model): void => {
  m.add(box(220, 90, 330, 20), 'gun', { at: [0, -150, 190] });
  m.add(box(150, 260, 90, 20), 'gun', { at: [0, -60, 10] });
  m.within({ at: [0, 130, 0], rot: [-38, 0, 0] }, () => {
    m.add(box(640, 440, 190, 50, 3), 'shell');
    m.add(box(652, 452, 34, 16), 'accent', { at: [0, 0, -30] });
    m.within({ at: [0, 24, 96] }, () => {
      m.add(plate(slab(520, 290, 40, 5), 14, 4), 'screen');
      signs(m, radioSigns, { at: [0, 4, 8] }, 0.8);
    });
    led(m, 18, 'green', { at: [-220, -170, 96] });
    led(m, 18, 'blue', { at: [-150, -170, 96] });
    for (const [x, y] of [
      [-284, 184],
      [284, 184],
      [-284, -184],
      [284, -184],
    ] as const)
      m.add(cyl(18, 12, { segments: 6 }), 'gun', { at: [x, y, 96], rot: [90, 0, 0] });
  });
  antenna(m, 620, { at: [240, 280, -130] }, 'black', 3);
};

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.06, edgeMm: 20, reach: 0.24 });
  wall(m);
  line(m);
  body(m);
  m.node('wheel', [0, 500, 0], { moving: true }).on('wheel', () => {
    m.add(cyl(50, 90, { segments: 18 }), 'gun');
    for (const i of upTo(8)) m.add(box(14, 110, 150, 5), 'accent', { at: [118 * sinD(i * 45), 0, 118 * cosD(i * 45)], rot: [0, i * 45, 0] });
  });
  m.node('dial', [0, 796, 0], { explode: [0, 300, 0] }).on('dial', () => dialFace(m));
  m.node('needle', [-110, 164, 100], { parent: 'dial', moving: true }).on('needle', () => {
    m.add(
      ring(8, (a) => placed(box(16, 8, 78, 4), { at: [34 * sinD(a), 0, 34 * cosD(a)], rot: [0, a, 0] })),
      'stop',
    );
    m.add(cyl(18, 14, { segments: 14 }), 'chrome');
  });
  m.node('glass', [0, 992, 0], { explode: [0, 620, 0] }).on('glass', () => m.add(cyl(288, 26, { segments: 44, bevel: 8 }), 'clear'));
  m.node('radio', [0, 980, -490], { explode: [0, 360, -360] }).on('radio', () => radio(m));
  m.clip('flow', [spin('needle', 'y', 4, -1), spin('wheel', 'y', 4)]);
  return m
    .hotspot('radio', [0, 200, 120], 'radio')
    .hotspot('dial', [0, 180, 200], 'dial')
    .hotspot('pipe', [470, pipeY + 180, 100])
    .hotspot('valve', [-820, pipeY + 320, 200]);
};

export const exhibit: Exhibit = {
  id: 'smart-water-meter',
  area: 'environment',
  name: words('智能水錶', '智能水表', 'Smart water meter'),
  projects: ['automatic-meter-reading', 'water-intelligent-network'],
  views: [
    { az: 30, pol: 60, zoom: 1.06, caption: words('智能水錶', '智能水表', 'The meter') },
    { az: -24, pol: 44, zoom: 1.5, caption: words('從上面看', '从上面看', 'From above') },
    { az: 90, pol: 78, zoom: 1.2, caption: words('從旁邊看', '从侧面看', 'From the side') },
  ],
  hotspots: [
    {
      id: 'radio',
      label: words('從遠處讀取', '远程读取', 'Read from afar'),
      text: words('智能水錶可以從遠處讀取。', '智能水表可以从远处读取。', 'Smart water meters are read from afar.'),
    },
    {
      id: 'dial',
      label: words('用水情況', '用水情况', 'Water use'),
      text: words(
        '用戶可以留意自己的用水情況。模型的造型只作示意。',
        '用户可以了解自己的用水情况。模型的造型仅作示意。',
        'Users can follow their own water use. The shape shown is an illustration.',
      ),
    },
    {
      id: 'pipe',
      label: words('不用逐家讀錶', '不用挨家抄表', 'No visits'),
      text: words('職員不用逐家上門讀錶。', '工作人员不用挨家上门抄表。', 'Staff no longer call at each flat.'),
    },
    {
      id: 'valve',
      label: words('大澳', '大澳', 'Tai O'),
      text: words('2022年，大澳裝有500個無線水錶。', '2022年，大澳装有500个无线水表。', 'In 2022 Tai O had 500 wireless meters.'),
    },
  ],
  make,
};

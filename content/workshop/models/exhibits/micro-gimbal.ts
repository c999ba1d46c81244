/** A tiny stabiliser, many times its size: three frames, each on its own motor, around a camera. Its base rocks, the camera stays level; the frames come apart. */
import { placed, ring, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { swing } from '../kit/motion.ts';
import { disc, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { bolts } from '../kit/parts-fixings.ts';
import { led, lens } from '../kit/parts-optics.ts';
import { roundStand } from '../kit/parts-stand.ts';
import { band, box, cube, cyl, lathe } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const axle: Vec3 = [0, 0, 90];

/** A flat motor along Y: coils in a ring under a bell. */
const motor = (m: Model, r: number, h: number): void => {
  m.add(cyl(r, h * 0.34, { segments: 40 }), 'dark', { at: [0, -h * 0.33, 0] });
  m.add(
    ring(12, (a) => placed(box(r * 0.26, h * 0.34, r * 0.3, 8), { at: [r * 0.74 * Math.sin((a * Math.PI) / 180), 0, r * 0.74 * Math.cos((a * Math.PI) / 180)], rot: [0, a, 0] })),
    ['metal', '#D08A50'],
    { tolerance: 0.5 },
  );
  m.add(
    lathe(
      [
        [0, h * 0.14],
        [r * 0.5, h * 0.14],
        [r, h * 0.2],
        [r * 1.02, h * 0.3],
        [r, h * 0.46],
        [r * 0.4, h * 0.5],
        [0, h * 0.5],
      ],
      40,
    ),
    'steel',
  );
  m.add(band(r * 1.03, r * 0.97, h * 0.08, { segments: 40 }), 'accent', { at: [0, h * 0.32, 0] });
  bolts(m, 4, r * 0.5, r * 0.07, { at: [0, h * 0.5, 0], rot: [0, 45, 0] });
  m.add(cyl(r * 0.16, h * 1.02, { segments: 20 }), 'chrome');
};

const inlay = 124;
const stand = (m: Model): void => {
  roundStand(m, 924);
  // a bench plate with a ring of degrees, and a ruler in front
  m.add(cyl(800, 16, { segments: 64, bevel: 5 }), 'dark', { at: [0, inlay, 0] });
  m.add(band(690, 676, 8, { segments: 64, bevel: 2 }), 'accent', { at: [0, inlay + 8, 0] });
  m.add(
    ring(72, (a, i) => placed(cube(i % 6 ? 6 : 10, 6, i % 6 ? 34 : 66), { at: [0, 0, i % 6 ? 655 : 640], rot: [0, 0, 0] }).rotateY((a * Math.PI) / 180)),
    'shell2',
    { at: [0, inlay + 9, 0], tolerance: 1 },
  );
  for (const a of [45, 135, 225, 315]) m.within({ rot: [0, a, 0] }, () => m.add(cyl(26, 14, { segments: 6 }), 'chrome', { at: [0, inlay + 12, 755], tolerance: 0.6 }));
  m.within({ at: [0, inlay + 8, 470] }, () => {
    m.add(box(640, 20, 140, 8), 'brass', { at: [0, 8, 0] });
    for (const i of upTo(21)) m.add(cube(5, 4, i % 5 === 0 ? 80 : 44), 'black', { at: [-300 + i * 30, 20, i % 5 === 0 ? 20 : 38], tolerance: 1 });
  });
  driver(m);
};

/** The board that drives the motors, with its chips, sockets and the wires to the foot. */
const driver = (m: Model): void => {
  m.within({ at: [-360, inlay + 8, -340], rot: [0, 40, 0] }, () => {
    for (const x of [-170, 170]) for (const z of [-110, 110]) m.add(cyl(18, 40, { segments: 10 }), 'brass', { at: [x, 20, z], tolerance: 0.6 });
    m.add(box(400, 18, 280, 8), '#1F5B46', { at: [0, 46, 0] });
    m.add(box(110, 26, 110, 5), 'black', { at: [20, 66, 10] });
    for (const z of [-90, 90]) m.add(box(80, 22, 46, 4), 'black', { at: [-110, 64, z] });
    for (const i of upTo(3)) m.add(box(60, 54, 44, 6), 'white', { at: [160, 80, -80 + i * 80] });
    m.add(
      row(9, (t) => placed(cube(14, 10, 26), { at: [-30 + t * 100, 58, 84] })),
      'steel',
      { tolerance: 1 },
    );
    for (const [i, paint] of (['green', 'amber'] as const).entries()) led(m, 10, paint, { at: [-170, 58, -30 + i * 60], rot: [-90, 0, 0] });
  });
  for (const [i, paint] of (['black', '#C98A1A', 'grey'] as const).entries())
    m.add(
      tube(
        11,
        [
          [-250 + i * 22, inlay + 84, -230 - i * 66],
          [-170 + i * 16, inlay + 110, -190 - i * 30],
          [-130, inlay + 40, -150 - i * 24],
          [-60, inlay + 50, -110 - i * 22],
        ],
        { steps: 16, segments: 6 },
      ),
      paint,
      { tolerance: 0.6 },
    );
};

const foot = (m: Model): void => {
  m.add(cyl(210, 70, { segments: 40 }), 'dark', { at: [0, 0, 0] });
  m.add(
    lathe(
      [
        [0, 20],
        [170, 20],
        [120, 120],
        [110, 240],
        [150, 300],
        [0, 300],
      ],
      36,
    ),
    'shell2',
  );
  m.within({ at: [0, 380, 0] }, () => motor(m, 220, 180));
};

/** The outer fork, turned by the motor in the foot. */
const fork = (m: Model): void => {
  const arm = outline(
    [
      [-640, 0, 60],
      [-640, 760, 150],
      [-500, 860, 120],
      [-420, 760, 90],
      [-460, 200, 200],
      [-160, 60, 160],
      [160, 60, 160],
      [460, 200, 200],
      [420, 760, 90],
      [500, 860, 120],
      [640, 760, 150],
      [640, 0, 200],
      [320, -130, 300],
      [-320, -130, 300],
    ],
    80,
    7,
  );
  m.add(plate(arm, 150, 34, 3), 'shell');
  m.add(plate(arm, 60, 6), 'accent', { scale: [1.006, 1.004, 1], at: [0, -1, 0] });
  m.add(cyl(230, 120, { segments: 40 }), 'shell', { at: [0, -30, 0] });
  m.within({ at: [560, 700, 0], rot: [0, 0, 90] }, () => motor(m, 190, 170));
  m.add(cyl(110, 110, { segments: 32 }), 'gun', { at: [-540, 700, 0], rot: axle });
  bolts(m, 6, 78, 14, { at: [-604, 700, 0], rot: [0, 0, 90] });
  m.add(
    tube(
      16,
      [
        [180, 40, 60],
        [420, 170, 70],
        [560, 420, 80],
        [580, 560, 60],
      ],
      { steps: 20, segments: 8 },
    ),
    'black',
  );
};

/** The middle ring, tilted by the motor on the fork. */
const tilt = (m: Model): void => {
  m.add(plate(pierced(slab(760, 760, 240, 8), slab(620, 620, 190, 8)), 150, 30, 3), 'shell2');
  m.add(plate(pierced(slab(768, 768, 244, 8), slab(612, 612, 186, 8)), 50, 8), 'accent');
  for (const s of sides) m.add(cyl(70, 120, { segments: 28 }), 'gun', { at: [s * 420, 0, 0], rot: axle });
  m.within({ at: [0, 0, -190], rot: [90, 0, 0] }, () => motor(m, 170, 150));
  m.add(box(120, 560, 60, 24), 'shell2', { at: [0, 0, -90] });
  m.add(box(560, 120, 60, 24), 'shell2', { at: [0, 0, -90] });
};

/** The camera in the middle. */
const camera = (m: Model): void => {
  m.add(box(430, 430, 200, 90, 3), 'dark');
  m.add(box(438, 438, 60, 60, 2), 'accent', { at: [0, 0, -30] });
  m.add(cyl(180, 150, { segments: 44, bevel: 20 }), 'black', { at: [0, 0, 130], rot: [90, 0, 0] });
  m.add(placed(band(190, 164, 50, { segments: 44 }), { rot: [90, 0, 0] }), 'gun', { at: [0, 0, 180] });
  lens(m, 128, { at: [0, 0, 206] }, 'dark');
  led(m, 14, 'green', { at: [160, 160, 92] });
  for (const [x, y] of [
    [-170, 170],
    [-170, -170],
    [170, -170],
  ] as const)
    m.add(cyl(16, 12, { segments: 6 }), 'gun', { at: [x, y, 98], rot: [90, 0, 0] });
  // a level that shows it
  m.add(box(150, 40, 12, 18), ['glow', '#FFE2A6'], { at: [0, -178, 98] });
  m.add(plate(disc(14, 0, 0, 18), 10, 3), 'dark', { at: [0, -178, 106] });
};

const make = (): Model => {
  const m = new Model({ area: 'economy', tolerance: 0.055, edgeMm: 22, reach: 0.26 });
  stand(m);
  m.node('foot', [0, 150, 0], { moving: true }).on('foot', () => foot(m));
  m.node('fork', [0, 590, 0], { parent: 'foot', moving: true, explode: [0, 330, -520] }).on('fork', () => fork(m));
  m.node('tilt', [0, 700, 0], { parent: 'fork', moving: true, explode: [0, 90, 560] }).on('tilt', () => tilt(m));
  m.node('camera', [0, 0, 20], { parent: 'tilt', moving: true, explode: [0, 40, 620] }).on('camera', () => camera(m));
  const times = upTo(17).map((i) => i / 2);
  const wave = (degrees: number, phase: number): number[] => times.map((t) => degrees * Math.sin((t / 8) * Math.PI * 4 + phase));
  m.clip('steady', [
    swing('foot', 'z', times, wave(13, 0)),
    swing('camera', 'z', times, wave(-13, 0)),
    swing('tilt', 'x', times, wave(9, 1.2)),
    swing('fork', 'y', times, wave(16, 0.6)),
  ]);
  return m.hotspot('camera', [0, 60, 260], 'camera').hotspot('motor', [640, 700, 120], 'fork').hotspot('frames', [-360, 330, 90], 'tilt').hotspot('prize', [-470, 250, 90], 'fork');
};

export const exhibit: Exhibit = {
  id: 'micro-gimbal',
  area: 'economy',
  name: words('微型雲台穩定器', '微型云台稳定器', 'Micro gimbal stabiliser'),
  projects: ['mic-2022-vista-innotech'],
  views: [
    { az: 28, pol: 76, zoom: 1, caption: words('微型雲台穩定器', '微型云台稳定器', 'The stabiliser') },
    { az: -52, pol: 70, zoom: 1.02, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 150, pol: 68, zoom: 1.02, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    {
      id: 'camera',
      label: words('鏡頭', '镜头', 'Camera'),
      text: words('這個細小的穩定器令鏡頭保持平穩。', '这个小巧的稳定器让镜头保持平稳。', 'This tiny stabiliser keeps a camera steady.'),
    },
    {
      id: 'motor',
      label: words('馬達', '电机', 'Motors'),
      text: words('馬達和框架只作示意，這裏畫大了很多。', '电机和框架仅作示意，这里画大了很多。', 'Motors and frames are an illustration, shown much larger.'),
    },
    {
      id: 'frames',
      label: words('Vista Innotech', 'Vista Innotech', 'Vista Innotech'),
      text: words('這是Vista Innotech Limited的作品。', '这是Vista Innotech Limited的作品。', 'It is a work of Vista Innotech Limited.'),
    },
    {
      id: 'prize',
      label: words('全球冠軍', '全球冠军', 'Global champion'),
      text: words(
        '它奪得2022年全球總決賽冠軍，決賽在2023年11月舉行。',
        '它夺得2022年全球总决赛冠军，决赛于2023年11月举行。',
        'It won the 2022 global final, held in November 2023.',
      ),
    },
  ],
  make,
};

/** Mobile powerful pumping robot: tracks, accent mudguards, engine hood with louvres, a two-part boom on a turret that carries a submersible pump, a thick hose over the deck. */
import { cosD, placed, ring, row, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { spin } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { antenna, bolts, cable, hazard, louvre, ram, screw, stopButton } from '../kit/parts-fixings.ts';
import { led, lens, screen } from '../kit/parts-optics.ts';
import { track } from '../kit/parts-street.ts';
import { band, box, cube, cyl, lathe, torus } from '../kit/solids.ts';
import { hose, tube } from '../kit/sweeps.ts';

const across: Vec3 = [0, -90, 0];
const sides = [-1, 1] as const;
const hoseBlue: Paint = '#3F5573';

const chassis = (m: Model): void => {
  for (const s of sides) {
    track(m, { length: 1990, height: 560, width: 300, links: 42, wheels: 5 }, s, { at: [s * 560, 0, 0] });
    m.add(
      plate(
        outline(
          [
            [-920, 640, 30],
            [900, 640, 30],
            [1080, 540, 20],
            [1092, 562, 10],
            [910, 672, 30],
            [-930, 672, 30],
            [-1012, 610, 10],
            [-1004, 588, 10],
          ],
          8,
          3,
        ),
        334,
        7,
      ),
      'accent',
      { at: [s * 560, 10, 0], rot: across },
    );
  }
  m.add(
    plate(
      outline(
        [
          [-860, 180, 60],
          [-900, 640, 60],
          [880, 640, 60],
          [960, 480, 60],
          [760, 180, 60],
        ],
        40,
        4,
      ),
      780,
      24,
    ),
    'dark',
    { at: [0, 10, 0], rot: across },
  );
  m.add(box(1280, 60, 1760, 14), 'shell2', { at: [0, 690, -40] });
  for (const i of upTo(8))
    for (const j of upTo(8)) {
      const [x, z] = [-80 + i * 96 + (j % 2) * 40, 90 + j * 92];
      if (x < 600 && Math.hypot(x - 140, z - 330) > 270) m.add(cube(50, 5, 12), 'grey', { at: [x, 722, z], rot: [0, (i + j) % 2 ? 45 : -45, 0], tolerance: 1 });
    }
  m.add(box(900, 120, 90, 24, 2), 'dark', { at: [0, 460, 990] });
  hazard(m, 860, 44, 10, { at: [0, 470, 1036] }, 10);
  for (const s of sides) {
    m.add(torus(46, 14, 22, 8), 'stop', { at: [s * 330, 410, 1040] });
    m.add(box(150, 90, 60, 20, 2), 'black', { at: [s * 350, 608, 960] });
    m.add(plate(slab(126, 66, 14, 4), 8, 2), 'warm', { at: [s * 350, 608, 993] });
  }
};

const hood = (m: Model): void => {
  m.within({ at: [0, 718, 0] }, () => {
    m.add(
      plate(
        outline(
          [
            [-900, 0, 40],
            [-880, 560, 120],
            [-180, 560, 90],
            [-60, 400, 90],
            [-40, 0, 30],
          ],
          40,
          6,
        ),
        900,
        46,
        3,
      ),
      'shell',
      { rot: across },
    );
    m.add(
      plate(
        outline(
          [
            [-907, 70, 20],
            [-42, 70, 20],
            [-44, 156, 20],
            [-905, 156, 20],
          ],
          8,
          3,
        ),
        908,
        4,
      ),
      'accent',
      { rot: across },
    );
    for (const s of sides) {
      louvre(m, 430, 240, 8, { at: [s * 451, 360, -520], rot: [0, s * 90, 0] }, 'shell2', 22);
      m.add(cube(5, 380, 7), 'seam', { at: [s * 450, 350, -236] });
      m.add(box(20, 28, 96, 6), 'gun', { at: [s * 456, 350, -170] });
      for (const y of [210, 470]) screw(m, 14, { at: [s * 452, y, -800], rot: [0, s * 90, 0] });
    }
    louvre(m, 620, 340, 8, { at: [0, 310, -890], rot: [0, 180, 0] }, 'shell2', 24);
    m.add(box(640, 12, 480, 4), 'shell2', { at: [0, 562, -520] });
    m.add(
      row(6, (_, i) => placed(cube(560, 16, 26), { at: [0, 572, -690 + i * 68] })),
      'black',
    );
    m.add(cyl(68, 190, { segments: 20 }), 'steel', { at: [-330, 640, -330] });
    m.add(
      tube(
        42,
        [
          [-330, 540, -330],
          [-330, 770, -330],
          [-330, 850, -386],
        ],
        { steps: 16, segments: 16 },
      ),
      'gun',
    );
    m.add(cyl(60, 40, { segments: 22 }), 'dark', { at: [330, 578, -700] });
    m.add(
      lathe(
        [
          [0, 0],
          [56, 0],
          [56, 76],
          [46, 100],
          [0, 106],
        ],
        22,
      ),
      'amber',
      { at: [330, 598, -700] },
    );
    for (const s of sides) {
      m.add(box(120, 76, 30, 12), 'black', { at: [s * 330, 50, -906] });
      m.add(plate(slab(96, 52, 12, 3), 8, 2), 'red', { at: [s * 330, 50, -922], rot: [0, 180, 0] });
    }
  });
  m.within({ at: [250, 1278, -330] }, () => {
    m.add(box(66, 440, 66, 16), 'gun', { at: [40, 180, 0] });
    m.add(box(600, 56, 66, 16), 'gun', { at: [-120, 386, 0] });
    for (const x of [-360, 120]) {
      m.add(box(190, 124, 90, 24, 2), 'black', { at: [x, 386, 34] });
      m.add(plate(slab(160, 96, 16, 4), 8, 2), 'warm', { at: [x, 386, 80] });
    }
    m.within({ at: [-120, 480, 20], rot: [10, 0, 0] }, () => {
      m.add(box(140, 126, 170, 30, 2), 'shell');
      m.add(box(146, 16, 174, 6), 'accent', { at: [0, -44, 0] });
      lens(m, 42, { at: [0, 6, 84] }, 'black');
    });
    antenna(m, 460, { at: [60, 410, 0], rot: [-6, 0, -6] }, 'black', 1.5);
    antenna(m, 340, { at: [-300, 410, -10], rot: [-6, 0, 6] }, 'black', 1.5);
  });
};

const controlBox = (m: Model): void => {
  m.add(box(420, 240, 300, 34, 2), 'dark', { at: [-250, 835, 130] });
  screen(
    m,
    200,
    116,
    [
      { bar: [-50, 22, 64, 18], paint: '#69F0A0', round: 0.4 },
      { bar: [-50, -16, 64, 18], paint: '#69F0A0', round: 0.4 },
      { ring: [46, 0, 40, 28], paint: '#7FE3FF' },
    ],
    { at: [-270, 876, 282] },
    { bezel: 12 },
  );
  for (const [i, paint] of (['green', 'amber', 'green'] as const).entries()) led(m, 14, paint, { at: [-340 + i * 56, 772, 282] });
  stopButton(m, 34, { at: [-120, 952, 130] });
};

const reach = (m: Model, a: Vec3, b: Vec3, width: number, h0: number, h1: number): void => {
  const [dy, dz] = [b[1] - a[1], b[2] - a[2]];
  const length = Math.hypot(dy, dz);
  const shape = outline(
    [
      [-h0 * 0.6, -h0 / 2, 50],
      [length * 0.4, -h0 * 0.62, 120],
      [length + h1 * 0.6, -h1 / 2, 40],
      [length + h1 * 0.6, h1 / 2, 40],
      [length * 0.4, h0 * 0.62, 120],
      [-h0 * 0.6, h0 / 2, 50],
    ],
    30,
    5,
  );
  m.add(placed(plate(shape, width, 16, 2), { rot: across }), 'accent', { at: a, rot: [(-Math.atan2(dy, dz) * 180) / Math.PI, 0, 0] });
  for (const p of [a, b]) m.add(cyl(h1 * 0.44, width + 90, { segments: 22 }), 'gun', { at: p, rot: [0, 0, 90] });
};

/** Everything on the turret counts from its axis. */
const boom = (m: Model): void => {
  m.add(cyl(186, 70, { segments: 36, bevel: 12 }), 'accent', { at: [0, 96, 0] });
  for (const s of sides)
    m.add(
      plate(
        outline(
          [
            [-150, 0, 20],
            [150, 0, 20],
            [90, 340, 80],
            [-90, 340, 80],
          ],
          20,
          5,
        ),
        38,
        9,
      ),
      'accent',
      { at: [s * 112, 110, 0], rot: [0, 90, 0] },
    );
  reach(m, [0, 380, 0], [0, 900, 430], 150, 200, 150);
  reach(m, [0, 900, 430], [0, 420, 1160], 120, 150, 120);
  ram(m, [0, 170, 210], [0, 700, 360], 46);
  ram(m, [0, 950, 290], [0, 880, 740], 38);
  cable(
    m,
    15,
    [
      [-82, 140, 90],
      [-92, 500, 90],
      [-82, 820, 340],
      [-78, 900, 560],
      [-74, 640, 950],
      [-50, 380, 1150],
    ],
    'black',
    { steps: 36 },
  );
  cable(
    m,
    13,
    [
      [90, 140, 50],
      [94, 500, 100],
      [90, 860, 390],
      [76, 700, 880],
      [56, 380, 1150],
    ],
    'black',
    { steps: 36 },
  );
  m.add(box(120, 150, 90, 18), 'gun', { at: [0, 372, 1190] });
  m.within({ at: [0, -845, 1230] }, () => {
    m.add(band(210, 160, 64), 'gun', { at: [0, 1090, 0] });
    m.add(
      lathe(
        [
          [0, 560],
          [230, 560],
          [250, 580],
          [250, 940],
          [230, 980],
          [170, 1030],
          [150, 1130],
          [0, 1130],
        ],
        36,
      ),
      'shell',
    );
    for (const y of [624, 900]) m.add(band(264, 240, 46, { bevel: 8 }), 'accent', { at: [0, y, 0] });
    m.add(
      ring(16, (a) => placed(cube(16, 190, 26), { at: [256 * sinD(a), 760, 256 * cosD(a)], rot: [0, a, 0] })),
      'shell2',
    );
    m.add(cyl(205, 366, { segments: 24 }), 'black', { at: [0, 380, 0] });
    m.add(
      ring(18, (a) => placed(cube(30, 360, 28), { at: [238 * sinD(a), 380, 238 * cosD(a)], rot: [0, a, 0] })),
      'gun',
    );
    for (const [y, paint] of [
      [196, 'dark'],
      [330, 'accent'],
      [470, 'accent'],
      [566, 'dark'],
    ] as const)
      m.add(band(266, 214, 36, { bevel: 7 }), paint, { at: [0, y, 0] });
    m.add(cyl(274, 44, { segments: 36 }), 'gun', { at: [0, 168, 0] });
    bolts(m, 10, 205, 13, { at: [0, 1002, 0] });
  });
};

const delivery = (m: Model): void => {
  m.add(
    tube(
      104,
      [
        [80, 900, 1520],
        [20, 1040, 1480],
        [-70, 1130, 1390],
        [-160, 1160, 1240],
      ],
      { steps: 16, segments: 18 },
    ),
    'steel',
  );
  m.add(
    hose(
      128,
      [
        [-150, 1158, 1260],
        [-240, 1190, 1020],
        [-340, 1130, 620],
        [-440, 1010, 420],
        [-560, 925, 180],
        [-590, 890, -100],
        [-590, 890, -500],
        [-560, 890, -800],
      ],
      { segments: 14, pitch: 60 },
    ),
    hoseBlue,
  );
  const collar = placed(band(158, 120, 76, { bevel: 12 }), { rot: [90, 0, 0] });
  m.add(collar, 'steel', { at: [-150, 1158, 1264], rot: [-4, -20, 0] });
  m.add(collar, 'steel', { at: [-590, 888, -260] });
  m.add(collar, 'steel', { at: [-562, 888, -800], rot: [0, -8, 0] });
  m.add(cyl(150, 320, { segments: 30, bevel: 14 }), 'gun', { at: [-560, 888, -950], rot: [90, 0, 0] });
  m.add(placed(band(192, 110, 50, { bevel: 8 }), { rot: [90, 0, 0] }), 'steel', { at: [-560, 888, -1105] });
  bolts(m, 8, 166, 13, { at: [-560, 888, -1132], rot: [-90, 0, 0] });
  m.add(cyl(114, 20, { segments: 24 }), 'black', { at: [-560, 888, -1092], rot: [90, 0, 0] });
  m.add(box(190, 170, 560, 18), 'gun', { at: [-560, 750, -640] });
  m.add(
    tube(
      20,
      [
        [-590, 700, 800],
        [-586, 850, 800],
        [-500, 870, 800],
        [-170, 870, 800],
        [-90, 850, 800],
        [-86, 700, 800],
      ],
      { steps: 36 },
    ),
    'yellow',
  );
};

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.07, edgeMm: 24, reach: 0.26, dust: { height: 420, share: 0.26, colour: '#8C8272' } });
  chassis(m);
  hood(m);
  controlBox(m);
  delivery(m);
  m.add(cyl(214, 130, { segments: 36, bevel: 20 }), 'gun', { at: [140, 760, 330] });
  m.within({ at: [140, 740, 330] }, () => boom(m));
  m.node('impeller', [140, 268, 1560], { moving: true }).on('impeller', () => {
    for (const i of upTo(6)) m.add(box(14, 120, 64, 4), 'accent', { at: [178 * sinD(i * 60), 0, 178 * cosD(i * 60)], rot: [0, i * 60 + 35, 0] });
  });
  m.node('beacon', [330, 1358, -700], { moving: true }).on('beacon', () => void m.add(box(12, 60, 46, 5), 'chrome', { at: [14, 0, 0] }));
  m.clip('pump', [spin('impeller', 'y', 1.5), spin('beacon', 'y', 3)]);
  return m.hotspot('pump', [140, 420, 1840]).hotspot('tracks', [730, 300, 0]).hotspot('remote', [170, 1760, -240]).hotspot('hose', [-600, 1030, -300]);
};

export const exhibit: Exhibit = {
  id: 'powerful-pumping-robot',
  area: 'environment',
  name: words('強力排水機械人', '强力排水机器人', 'Mobile Powerful Pumping Robot'),
  projects: ['pumping-robot'],
  views: [
    { az: 40, pol: 71, zoom: 1, caption: words('強力排水機械人', '强力排水机器人', 'The pumping robot') },
    { az: 90, pol: 80, zoom: 1, caption: words('履帶', '履带', 'Tracks') },
    { az: -142, pol: 63, zoom: 0.96, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    { id: 'pump', label: words('水泵', '水泵', 'Pump'), text: words('每部每小時抽水800立方米。', '每台每小时抽水800立方米。', 'Each robot pumps 800 cubic metres an hour.') },
    {
      id: 'tracks',
      label: words('履帶', '履带', 'Tracks'),
      text: words(
        '履帶帶它到水浸的隧道、停車場和道路。模型的造型只作示意。',
        '履带带它到积水的隧道、停车场和道路。模型的造型仅作示意。',
        'Tracks take it into flooded tunnels, car parks and roads. The shape shown is an illustration.',
      ),
    },
    {
      id: 'remote',
      label: words('遙距操控', '远程操控', 'Remote control'),
      text: words('機械人由人遙距操控。', '机器人由人远程操控。', 'People drive the robot by remote control.'),
    },
    { id: 'hose', label: words('連續運作', '连续工作', 'Long runs'), text: words('它可連續運作8小時。', '它可连续工作8小时。', 'It can run for 8 hours without a stop.') },
  ],
  make,
};

/** Patrol robot: four large wheels, a low hull, a mast with an all-round camera, lamps, a loudspeaker and a beacon. Wheels turn, the mast looks about. */
import { placed, ring, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { sway, swing } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import { antenna, bolts, louvre, stopButton } from '../kit/parts-fixings.ts';
import { grille, lamp, lens, lidar } from '../kit/parts-optics.ts';
import { band, box, cube, cyl, dome, lathe, sphere } from '../kit/solids.ts';
import { bar } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const axleZ = 470;
const wheelR = 265;
const mastAt: Vec3 = [0, 900, -260];

const ground = (m: Model): void => {
  m.add(box(2300, 70, 2500, 30), 'asphalt', { at: [0, 35, 0] });
  m.add(box(420, 120, 2500, 24), 'concrete', { at: [-1060, 60, 0] });
  for (const i of upTo(3)) m.add(cube(80, 5, 460), 'white', { at: [830, 73, -860 + i * 860] });
};

/** A tyre with lugs; rim to +x. */
const bigWheel = (m: Model): void => {
  const w = 95;
  m.add(
    lathe(
      [
        [150, -w],
        [236, -w],
        [wheelR - 14, -w * 0.6],
        [wheelR - 14, w * 0.6],
        [236, w],
        [150, w],
      ],
      30,
    ),
    'rubber',
    { rot: [0, 0, -90] },
  );
  for (const s of sides)
    m.add(
      ring(
        18,
        (a) => placed(cube(26, 84, 40), { at: [s * 44, (wheelR - 8) * Math.cos((a * Math.PI) / 180), (wheelR - 8) * Math.sin((a * Math.PI) / 180)], rot: [a, 0, 0] }),
        s * 5,
      ),
      'rubber',
      { scale: [1, 1, 1], tolerance: 1 },
    );
  m.add(
    lathe(
      [
        [0, -w],
        [156, -w],
        [160, w * 0.9],
        [132, w],
        [110, w * 0.55],
        [60, w * 0.6],
        [50, w],
        [0, w],
      ],
      28,
    ),
    'shell2',
    { rot: [0, 0, -90] },
  );
  m.add(placed(band(164, 150, 16, { segments: 28 }), { rot: [0, 0, 90] }), 'accent', { at: [w * 0.9, 0, 0] });
  m.within({ at: [w * 0.66, 0, 0], rot: [0, 0, -90] }, () => bolts(m, 6, 86, 14, {}));
};

const hull = (m: Model): void => {
  const side = outline(
    [
      [-780, 420, 120],
      [-640, 300, 100],
      [640, 300, 120],
      [820, 460, 160],
      [760, 640, 120],
      [420, 860, 160],
      [-640, 880, 140],
      [-800, 720, 120],
    ],
    90,
    6,
  );
  m.add(plate(side, 640, 60, 3), 'shell', { rot: [0, -90, 0] });
  m.add(plate(side, 654, 20, 2), 'dark', { rot: [0, -90, 0], at: [0, -46, 0], scale: [1, 0.94, 0.985] });
  m.add(
    plate(
      outline(
        [
          [-800, 640, 20],
          [790, 600, 20],
          [778, 660, 20],
          [-800, 700, 20],
        ],
        10,
        3,
      ),
      656,
      8,
    ),
    'accent',
    { rot: [0, -90, 0] },
  );
  m.add(box(560, 40, 900, 18), 'dark', { at: [0, 872, -120] });
  for (const s of sides) {
    louvre(m, 340, 130, 5, { at: [s * 326, 770, -330], rot: [0, s * 90, 0] });
    m.add(box(120, 90, 1180, 30), 'dark', { at: [s * 350, 360, 0] });
    for (const z of sides) m.add(cyl(70, 140, { segments: 22 }), 'gun', { at: [s * 390, wheelR + 70, z * axleZ], rot: [0, 0, 90] });
    // mudguards
    for (const z of sides)
      m.add(
        plate(
          outline(
            [
              [-330, 0, 60],
              [-260, 200, 120],
              [0, 290, 160],
              [260, 200, 120],
              [330, 0, 60],
              [290, 0, 20],
              [220, 160, 110],
              [0, 240, 140],
              [-220, 160, 110],
              [-290, 0, 20],
            ],
            40,
            5,
          ),
          190,
          10,
        ),
        'shell2',
        { at: [s * 440, wheelR + 130, z * axleZ], rot: [0, -90, 0] },
      );
  }
  // nose: eyes, lamps, scanner
  m.within({ at: [0, 560, 792], rot: [18, 0, 0] }, () => {
    m.add(plate(slab(520, 170, 60, 5), 40, 12, 2), 'black');
    for (const x of [-80, 80]) lens(m, 46, { at: [x, 0, 22] }, 'dark');
    for (const x of [-200, 200]) lamp(m, 48, 40, { at: [x, 0, 24] }, 'glow');
  });
  m.add(box(600, 90, 90, 40, 2), 'rubber', { at: [0, 380, 800] });
  m.within({ at: [0, 790, 520], rot: [0, 0, 0] }, () => {
    m.add(cyl(140, 60, { segments: 28 }), 'dark', { at: [0, 20, 0] });
    lidar(m, 112, 150, { at: [0, 46, 0] });
  });
  m.add(box(420, 120, 60, 30, 2), 'dark', { at: [0, 640, -806] });
  for (const x of [-150, 150]) m.add(plate(slab(90, 40, 18), 12, 4), 'red', { at: [x, 640, -836], rot: [0, 180, 0] });
  stopButton(m, 52, { at: [190, 886, -560] });
  antenna(m, 620, { at: [-220, 880, -600] }, 'black', 2.4);
  antenna(m, 460, { at: [-120, 880, -640] }, 'black', 2.4);
};

const mast = (m: Model): void => {
  m.add(cyl(170, 70, { segments: 30 }), 'dark', { at: [0, 20, 0] });
  bolts(m, 8, 136, 16, { at: [0, 58, 0] });
  m.add(
    lathe(
      [
        [0, 50],
        [110, 50],
        [92, 120],
        [84, 700],
        [104, 760],
        [0, 760],
      ],
      28,
    ),
    'shell',
  );
  m.add(band(104, 84, 60, { segments: 28 }), 'accent', { at: [0, 220, 0] });
  grille(m, 110, 5, { at: [0, 470, 84] });
  for (const s of sides) {
    m.add(box(220, 50, 60, 20), 'dark', { at: [s * 170, 700, 0] });
    lamp(m, 84, 120, { at: [s * 280, 700, 40] }, 'warm');
    m.add(bar(20, [s * 90, 620, 0], [s * 230, 690, 0]), 'gun');
  }
  m.add(cyl(120, 50, { segments: 28 }), 'dark', { at: [0, 780, 0] });
};

/** The head: a ball of eyes below a blue and white beacon. */
const head = (m: Model): void => {
  m.add(sphere(210, 30, 22), 'shell', { at: [0, 160, 0] });
  m.add(
    lathe(
      [
        [0, 40],
        [214, 90],
        [222, 150],
        [214, 210],
        [0, 210],
      ],
      36,
    ),
    'black',
    { tolerance: 0.2 },
  );
  m.add(
    lathe(
      [
        [212, 92],
        [226, 150],
        [212, 208],
      ].map(([r, y]) => [r as number, y as number] as const),
      36,
    ),
    'lens',
  );
  for (const i of upTo(4)) m.within({ rot: [0, i * 90, 0] }, () => lens(m, 52, { at: [0, 150, 214] }, 'black'));
  m.add(cyl(120, 40, { segments: 28 }), 'dark', { at: [0, 372, 0] });
  m.add(
    lathe(
      [
        [0, 390],
        [104, 390],
        [104, 470],
        [84, 500],
        [0, 504],
      ],
      28,
    ),
    ['glass', '#5AA8FF', 0.78],
  );
  m.add(cyl(54, 90, { segments: 18 }), 'blue', { at: [0, 436, 0] });
  m.add(dome(40, 0.5, 16, 4), 'white', { at: [0, 504, 0] });
};

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.07, edgeMm: 24, reach: 0.28 });
  ground(m);
  m.within({ at: [0, 70, 0] }, () => hull(m));
  for (const s of sides)
    for (const z of sides) {
      const name = `wheel_${z > 0 ? 'front' : 'rear'}_${s > 0 ? 'right' : 'left'}`;
      m.node(name, [s * 450, 70 + wheelR, z * axleZ], { rot: [0, s > 0 ? 0 : 180, 0], moving: true }).on(name, () => bigWheel(m));
    }
  m.node('mast', [mastAt[0], mastAt[1] + 70, mastAt[2]]).on('mast', () => mast(m));
  m.node('head', [0, 800, 0], { parent: 'mast', moving: true }).on('head', () => head(m));
  const roll = (s: number, z: number) => {
    const steps = upTo(17);
    return swing(
      `wheel_${z > 0 ? 'front' : 'rear'}_${s > 0 ? 'right' : 'left'}`,
      'x',
      steps.map((i) => i / 2),
      steps.map((i) => s * i * 45),
      [0, s > 0 ? 0 : 180, 0],
    );
  };
  m.clip('patrol', [...sides.flatMap((s) => sides.map((z) => roll(s, z))), sway('head', 'y', 8, 70)]);
  return m.hotspot('camera', [0, 1140, 230], 'mast').hotspot('wheels', [560, 335, 470]).hotspot('nose', [0, 650, 860]);
};

export const exhibit: Exhibit = {
  id: 'police-patrol-robot',
  area: 'living',
  name: words('警隊巡邏機械人', '警用巡逻机器人', 'Police patrol robot'),
  projects: ['police-patrol-robot'],
  views: [
    { az: 36, pol: 74, zoom: 1, caption: words('巡邏機械人', '巡逻机器人', 'The patrol robot') },
    { az: 90, pol: 82, zoom: 1.02, caption: words('從旁邊看', '从侧面看', 'From the side') },
    { az: -146, pol: 64, zoom: 1.02, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    { id: 'camera', label: words('鏡頭', '摄像头', 'Cameras'), text: words('四面都有鏡頭，只作示意。', '四面都有摄像头，仅作示意。', 'Cameras on all sides, as an illustration.') },
    { id: 'wheels', label: words('巡邏', '巡逻', 'On patrol'), text: words('這是警隊用來巡邏的機械人。', '这是香港警队用来巡逻的机器人。', 'It is a police robot for patrols.') },
    {
      id: 'nose',
      label: words('2024年展出', '2024年展出', 'Shown in 2024'),
      text: words('2024年，它在警方的科技展覽中展出。', '2024年，它在警方的科技展览中展出。', 'It was shown at a police technology exhibition in 2024.'),
    },
  ],
  make,
};

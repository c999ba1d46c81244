/** Survey car with scanners, an all-round camera and a wheel counter on its roof and wheel; beside it a house front with the points that it has just recorded. */
import { cosD, gridded, placed, sinD, smooth, soup, upTo } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { spin, swing } from '../kit/motion.ts';
import { flat, outline, plate, slab } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { fineCar } from '../kit/parts-car.ts';
import { antenna, bolts, cable, louvre } from '../kit/parts-fixings.ts';
import { lens, lidar } from '../kit/parts-optics.ts';
import { airConditioner, conduit, seams, serviceDoor, shutter } from '../kit/parts-service.ts';
import { wheel } from '../kit/parts-street.ts';
import { band, box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { bar } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const roofY = 1720;

const street = (m: Model): void => {
  m.add(box(5300, 120, 5600, 40), 'asphalt', { at: [750, 60, 0] });
  m.add(gridded(box(1450, 130, 5600, 30), [360, 0, 466]), 'concrete', { at: [2675, 150, 0] });
  m.add(box(120, 140, 5600, 24), 'shell2', { at: [1900, 150, 0] });
  for (const i of upTo(4)) m.add(cube(110, 6, 760), 'white', { at: [-1500, 123, -2100 + i * 1400] });
  for (const x of [1690, 1770]) m.add(cube(44, 6, 5540), '#E0B13A', { at: [x, 123, 0] });
  for (const i of upTo(6)) m.add(cube(870, 6, 16), 'grey', { at: [2400, 217, -2300 + i * 920] });
  // a drain at the kerb, a cover in the road
  m.within({ at: [1560, 124, 1900] }, () => {
    m.add(box(280, 14, 460, 4), 'gun');
    for (const i of upTo(6)) m.add(cube(220, 6, 26), 'black', { at: [0, 8, -170 + i * 68] });
  });
  m.add(cyl(290, 12, { segments: 28, bevel: 4 }), 'gun', { at: [-1020, 124, 2250] });
  m.add(cyl(240, 14, { segments: 28, bevel: 4 }), 'grey', { at: [-1020, 125, 2250] });
};

/** What stands out of the house front or lies back in it: from where to where, how far out, and the tone of its points. */
type Feature = { y: readonly [number, number]; z: readonly [number, number]; x: number; tone: 0 | 1 | 2 | 3; paint: Paint };
const wallX = 2880;
const wallTop = 3420;
const features: readonly Feature[] = [
  { y: [215, 3400], z: [-2780, 2780], x: wallX, tone: 1, paint: '#7C8796' },
  ...[-2610, -20, 2610].map((z): Feature => ({ y: [215, 2560], z: [z - 170, z + 170], x: wallX - 70, tone: 3, paint: '#A9A6B5' })),
  { y: [2500, 2900], z: [-2790, 2790], x: wallX - 110, tone: 2, paint: '#56606E' },
  ...[-1940, -980, 880, 1900].map((z): Feature => ({ y: [3030, 3330], z: [z - 330, z + 330], x: wallX - 16, tone: 0, paint: '#2E3947' })),
  { y: [230, 2400], z: [-2400, -230], x: wallX - 50, tone: 1, paint: 'gun' },
  { y: [780, 2340], z: [200, 1440], x: wallX - 20, tone: 0, paint: '#2E3947' },
  { y: [230, 2340], z: [1580, 2380], x: wallX - 20, tone: 0, paint: '#6E4F3A' },
];

/** The house front that is being recorded: a shutter, a shop window with an awning, a door; at its back pipes and air-conditioners. */
const house = (m: Model): void => {
  m.add(gridded(box(440, wallTop - 215, 5560, 30), [0, 320, 400]), '#7C8796', { at: [wallX + 220, (wallTop + 215) / 2, 0] });
  for (const { y, z, x, paint } of features.slice(1))
    m.add(box(wallX + 60 - x, y[1] - y[0], z[1] - z[0], 14), paint, { at: [(wallX + 60 + x) / 2, (y[0] + y[1]) / 2, (z[0] + z[1]) / 2], tolerance: 0.1 });
  m.add(box(560, 70, 5600, 18), '#A9A6B5', { at: [wallX + 190, wallTop + 20, 0] });
  m.add(box(30, 18, 5604, 6), 'accent', { at: [wallX - 92, wallTop + 20, 0] });
  // shutter, bars of the window, panels of the door
  shutter(m, 2170, 2080, { at: [wallX - 10, 215, -1315], rot: [0, -90, 0] }, ['#4D7A74', '#598A83']);
  for (const z of [200, 820, 1440]) m.add(box(50, 1600, 60, 10), 'shell2', { at: [wallX - 30, 1560, z] });
  for (const y of [770, 1900, 2340]) m.add(box(50, 50, 1290, 10), 'shell2', { at: [wallX - 32, y, 820] });
  m.add(box(90, 60, 1400, 14), 'shell2', { at: [wallX - 50, 740, 820] });
  for (const y of [700, 1700]) m.add(box(30, 760, 600, 20), '#83604A', { at: [wallX - 30, y, 1980] });
  m.add(cyl(30, 60, { segments: 16 }), 'brass', { at: [wallX - 60, 1160, 2290], rot: [0, 0, 90] });
  // awning in stripes, and three blank signboards
  for (const i of upTo(8)) m.add(box(700, 26, 158, 8), i % 2 ? 'shell' : 'accent', { at: [wallX - 380, 2440, 266 + i * 158], rot: [0, 0, 16], tolerance: 0.3 });
  for (const [i, z] of [-1315, 820, 1980].entries()) {
    const long = i === 2 ? 700 : 1240;
    m.add(box(60, 280, long, 20), ['#C2553F', '#E6B04A', '#5F8FB5'][i] as Paint, { at: [wallX - 130, 2700, z] });
    m.add(box(20, 60, long * 0.6, 10), 'white', { at: [wallX - 160, 2700, z] });
  }
  m.within({ at: [wallX + 440, 0, 0], rot: [0, 90, 0] }, () => {
    for (const [x, y] of [
      [-1500, 2500],
      [1300, 2500],
    ] as const)
      airConditioner(m, 720, { at: [x, y, 0] });
    serviceDoor(m, 820, 1900, { at: [-300, 1200, 0] }, { paint: '#5E7A94', vents: 1 });
    for (const x of [-1500, 1300]) louvre(m, 900, 420, 7, { at: [x, 1500, 8] }, 'shell2', 24);
    seams(m, 5500, 3100, 4, 3, { at: [0, 1800, 0] }, 14);
    conduit(
      m,
      46,
      [
        [2350, 230, 60],
        [2350, 1000, 60],
        [2350, 2200, 60],
        [2350, 3380, 60],
      ],
      {},
      'shell2',
    );
  });
};

const tones = ['#7FE3FF', '#69F0A0', '#FFC970', '#C9BFFF'] as const;
/** Points on the house front: dense where the car has passed, thinning out ahead of it. */
const points = (m: Model): void => {
  const step = 150;
  const size = 27;
  const clouds = tones.map((): number[] => []);
  for (const row of upTo(21))
    for (const column of upTo(35)) {
      const [y, z] = [300 + row * step, -2560 + column * step];
      if (((row * 37 + column * 61) % 100) / 100 < Math.max(0, (z - 500) / 1500) * 0.95) continue;
      const met = features.findLast((f) => y >= f.y[0] && y <= f.y[1] && z >= f.z[0] && z <= f.z[1]);
      // the shadow of the awning is not met
      if (!met || (z > 150 && z < 1500 && y > 2250 && y < 2560)) continue;
      const x = met.x - (met.tone === 2 ? 70 : 18);
      const tip = [x - size * 0.8, y, z];
      const rim = [
        [x, y - size, z],
        [x, y, z + size],
        [x, y + size, z],
        [x, y, z - size],
      ];
      for (const i of upTo(4)) clouds[met.tone]?.push(...(rim[i] as number[]), ...(rim[(i + 1) % 4] as number[]), ...tip);
    }
  for (const [i, cloud] of clouds.entries()) m.add(smooth(soup(cloud), 20), ['glow', tones[i] as string]);
};

const rack = (m: Model): void => {
  for (const z of [-900, 300]) {
    m.add(box(1500, 60, 110, 20), 'dark', { at: [0, roofY + 20, z] });
    for (const s of sides) m.add(box(90, 130, 150, 24), 'dark', { at: [s * 690, roofY - 40, z] });
  }
  m.add(placed(plate(slab(1180, 1560, 120, 4), 60, 16), { rot: [90, 0, 0] }), 'shell2', { at: [0, roofY + 80, -280] });
  m.add(placed(plate(slab(1190, 1570, 124, 4), 22, 5), { rot: [90, 0, 0] }), 'accent', { at: [0, roofY + 62, -280] });
  m.add(box(720, 260, 520, 50, 2), 'shell', { at: [0, roofY + 230, 160] });
  m.add(box(730, 40, 530, 16), 'accent', { at: [0, roofY + 300, 160] });
  for (const s of sides) m.add(box(20, 120, 300, 8), 'black', { at: [s * 362, roofY + 200, 160] });
  for (const x of [-220, -110, 0]) m.add(cyl(22, 14, { segments: 14 }), x === 0 ? 'green' : 'blue', { at: [x, roofY + 366, 330], rot: [20, 0, 0] });
  antenna(m, 420, { at: [300, roofY + 350, 20] }, 'black', 2.4);
  // positioning dish
  m.add(cyl(30, 300, { segments: 14 }), 'gun', { at: [-360, roofY + 240, -820] });
  m.add(
    lathe(
      [
        [0, 0],
        [170, 0],
        [186, 30],
        [170, 90],
        [90, 130],
        [0, 138],
      ],
      28,
    ),
    'white',
    { at: [-360, roofY + 380, -820] },
  );
  m.add(band(190, 176, 24, { segments: 28 }), 'accent', { at: [-360, roofY + 404, -820] });
  cable(m, 18, [
    [-360, roofY + 200, -820],
    [-300, roofY + 130, -500],
    [-200, roofY + 130, -150],
    [-140, roofY + 130, -80],
  ]);
};

/** The camera that sees all round: a ball of eyes on a mast. */
const camera = (m: Model): void => {
  m.add(cyl(120, 60, { segments: 24 }), 'dark', { at: [0, roofY + 130, -620] });
  bolts(m, 6, 92, 16, { at: [0, roofY + 164, -620] });
  m.add(cyl(62, 620, { segments: 20 }), 'steel', { at: [0, roofY + 440, -620] });
  m.add(band(78, 58, 70, { segments: 20 }), 'accent', { at: [0, roofY + 560, -620] });
  m.within({ at: [0, roofY + 960, -620] }, () => {
    m.add(cyl(150, 90, { segments: 28 }), 'dark', { at: [0, -210, 0] });
    m.add(sphere(230, 28, 20), 'shell');
    m.add(band(236, 220, 40, { segments: 36 }), 'accent', { at: [0, -96, 0], scale: 0.93 });
    for (const i of upTo(6)) m.within({ rot: [0, i * 60, 0] }, () => lens(m, 76, { at: [0, 20, 214] }, 'black'));
    lens(m, 76, { at: [0, 220, 0], rot: [-90, 0, 0] }, 'black');
  });
};

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.07, edgeMm: 55, reach: 0.22 });
  street(m);
  house(m);
  points(m);
  m.within({ at: [-40, 120, 0] }, () => {
    fineCar(m, '#EFBE4A', {}, 'estate');
    m.add(
      plate(
        outline(
          [
            [-1500, 560, 20],
            [-1500, 640, 20],
            [1600, 640, 20],
            [1600, 560, 20],
          ],
          20,
          3,
        ),
        1800,
        8,
      ),
      'accentDark',
      { rot: [0, -90, 0] },
    );
    rack(m);
    camera(m);
    // the wheel counter
    m.within({ at: [905, 325, -1330] }, () => {
      wheel(m, 335, 60, {}, 'shell2', 'rubber');
      m.add(cyl(120, 70, { segments: 22 }), 'accent', { at: [70, 0, 0], rot: [0, 0, 90] });
      m.add(bar(20, [96, 0, 0], [60, 640, 0]), 'gun');
      m.add(box(70, 90, 110, 16), 'gun', { at: [30, 650, 0] });
    });
    for (const s of sides) {
      m.within({ at: [s * 470, roofY + 150, -1000], rot: [-32, s * 18, s * -22] }, () => {
        m.add(box(250, 50, 250, 20), 'dark');
        m.add(cyl(60, 90, { segments: 18 }), 'gun', { at: [0, 50, 0] });
      });
      const name = s > 0 ? 'scanner_right' : 'scanner_left';
      m.node(name, [s * 500 - 40, roofY + 340, -1070], { rot: [-32, s * 18, s * -22], moving: true }).on(name, () => {
        lidar(m, 150, 250, {});
        m.add(box(60, 90, 20, 6), 'accent', { at: [0, 150, 152] });
      });
    }
  });
  // the plane of light that the scanner draws along the street
  m.node('fan', [460, roofY + 420, -1000], { moving: true }).on('fan', () => {
    const reach = 2300;
    const half = 38;
    const edge = upTo(9).map((i): [number, number] => [reach * cosD(-half + (i * 2 * half) / 8), reach * sinD(-half + (i * 2 * half) / 8)]);
    m.add(flat(outline([[0, 0], ...edge])), ['glass', '#7FE3FF', 0.2]);
    m.add(placed(flat(outline([[0, 0], ...edge])), { rot: [0, 180, 0], scale: [-1, 1, 1] }), ['glass', '#7FE3FF', 0.2]);
  });
  m.clip('scan', [spin('scanner_right', 'y', 2, 1, [-32, 18, -22]), spin('scanner_left', 'y', 2, -1, [-32, -18, 22]), swing('fan', 'y', [0, 3, 6], [26, -34, 26])]);
  return m
    .hotspot('scanner', [500, roofY + 760, -1240])
    .hotspot('camera', [0, roofY + 1080, -370])
    .hotspot('car', [-960, 1000, 700])
    .hotspot('points', [2840, 1800, -1300]);
};

export const exhibit: Exhibit = {
  id: 'mobile-mapping-car',
  area: 'government',
  name: words('車載流動測繪系統', '车载移动测绘系统', 'Vehicle mobile mapping system'),
  projects: ['landsd-vmms', 'hyd-mobile-laser'],
  views: [
    { az: -36, pol: 68, zoom: 1.06, caption: words('測量車和街道', '测量车和街道', 'Car and street') },
    { az: -136, pol: 66, zoom: 1.08, caption: words('從後面看', '从后面看', 'From behind') },
    { az: -150, pol: 70, zoom: 2.2, target: [0, 2300, -700], caption: words('車頂的儀器', '车顶的仪器', 'On the roof') },
  ],
  hotspots: [
    {
      id: 'scanner',
      label: words('激光儀', '激光仪', 'Lasers'),
      text: words('車上的激光儀測量街道，造型只作示意。', '车上的激光仪测量街道，造型仅作示意。', 'Lasers on the vehicle measure the street; the shape is an illustration.'),
    },
    {
      id: 'camera',
      label: words('相機', '相机', 'Camera'),
      text: words('相機同時拍下街道。', '相机同时拍下街道。', 'Cameras take pictures of the street at the same time.'),
    },
    { id: 'car', label: words('測量車', '测量车', 'Survey car'), text: words('儀器都裝在一輛車上。', '仪器都装在一辆车上。', 'All of it rides on one vehicle.') },
    {
      id: 'points',
      label: words('三維記錄', '三维记录', 'In three dimensions'),
      text: words(
        '量到的街道是三維的，這些光點只作示意。',
        '测到的街道是三维的，这些光点仅作示意。',
        'The street is measured in three dimensions; these dots are an illustration.',
      ),
    },
  ],
  make,
};

/** A piece of a 3D map on a table: hills, a harbour front, towers, roads and footpaths; one building opens floor by floor in the exploded state, as the indoor maps show some. */
import { merge, placed, smooth, soup, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift } from '../kit/motion.ts';
import { outline, plate } from '../kit/outlines.ts';
import { box, cube, cyl, lathe, sphere } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const half = 1500;
const baseY = 300;

/** The height of the ground: flat at the water, a ridge at the back. */
const groundY = (x: number, z: number): number => {
  const shore = 620 + 180 * Math.sin(x / 520) + 80 * Math.sin(x / 190);
  if (z > shore) return 0;
  const inland = Math.min(1, (shore - z) / 900);
  const ridge = Math.max(0, -z - 380) / 1120;
  const bumps = 0.5 + 0.28 * Math.sin(x / 330 + 0.8) + 0.22 * Math.cos(x / 610 - z / 420);
  return 40 + 30 * inland + 900 * ridge ** 1.35 * bumps;
};

const table = (m: Model): void => {
  m.add(box(half * 2 + 300, 180, half * 2 + 300, 60, 2), 'shell', { at: [0, 90, 0] });
  m.add(box(half * 2 + 310, 40, half * 2 + 310, 20), 'accent', { at: [0, 120, 0] });
  m.add(box(half * 2 + 40, 110, half * 2 + 40, 20), 'dark', { at: [0, 230, 0] });
  m.add(box(half * 2, 30, half * 2, 6), ['glass', '#4FA3C7', 0.96], { at: [0, baseY - 10, 0] });
};

const terrain = (m: Model): void => {
  const n = 44;
  const at = (i: number, j: number): Vec3 => {
    const [x, z] = [-half + (2 * half * i) / n, -half + (2 * half * j) / n];
    return [x, baseY + groundY(x, z), z];
  };
  const land: number[] = [];
  const hill: number[] = [];
  for (const i of upTo(n))
    for (const j of upTo(n)) {
      const q = [at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i + 1, j)] as const;
      if (q.every((p) => p[1] <= baseY + 1)) continue;
      const into = Math.max(...q.map((p) => p[1])) > baseY + 150 ? hill : land;
      for (const k of [0, 1, 2, 0, 2, 3] as const) into.push(...(q[k] as Vec3));
    }
  m.add(smooth(soup(land), 60), '#D8D6CC', { tolerance: 0.2 });
  m.add(smooth(soup(hill), 60), '#86B57C', { tolerance: 0.2 });
  // cut faces at the back and the sides
  const skirt: number[] = [];
  const wall = (a: Vec3, b: Vec3): void => {
    skirt.push(...a, a[0], baseY, a[2], b[0], baseY, b[2], ...a, b[0], baseY, b[2], ...b);
  };
  for (const i of upTo(n)) {
    wall(at(i + 1, 0), at(i, 0));
    wall(at(0, i), at(0, i + 1));
    wall(at(n, i + 1), at(n, i));
  }
  m.add(smooth(soup(skirt), 20), '#A7977E', { tolerance: 0.4 });
  const trees = upTo(120).flatMap((i) => {
    const [x, z] = [-1440 + 2880 * ((i * 0.618) % 1), -1460 + 1040 * ((i * 0.7549) % 1)];
    const y = groundY(x, z);
    return y > 140 ? [placed(sphere(46 + (i % 4) * 12, 7, 5), { at: [x, baseY + y + 20, z], scale: [1, 0.9, 1] })] : [];
  });
  m.add(merge(...trees), '#5E9160', { tolerance: 1 });
};

const towers = (m: Model): void => {
  const kinds = ['#EDEFF0', '#C9D6E2', '#DCD7CC', '#B8C9D8'] as const;
  const bodies = kinds.map((): ReturnType<typeof cube>[] => []);
  const panes: ReturnType<typeof cube>[] = [];
  for (const i of upTo(64)) {
    const [x, z] = [-1380 + (i % 12) * 250 + ((i * 37) % 60), -380 + Math.floor(i / 12) * 178 + ((i * 53) % 40)];
    const g = groundY(x, z);
    if (g < 30 || g > 260 || (Math.abs(x - 320) < 260 && z > -60 && z < 420)) continue;
    const [w, d, h] = [96 + ((i * 29) % 64), 92 + ((i * 41) % 50), 180 + ((i * 191) % 620)];
    bodies[i % 4]?.push(placed(cube(w, h, d), { at: [x, baseY + g + h / 2 - 10, z] }));
    if (i % 3 === 0) bodies[(i + 1) % 4]?.push(placed(cube(w * 0.6, 60, d * 0.6), { at: [x, baseY + g + h + 16, z] }));
    for (const r of upTo(Math.floor(h / 90))) panes.push(placed(cube(w * 0.8, 26, d + 4), { at: [x, baseY + g + 40 + r * 86, z] }));
  }
  for (const [i, list] of bodies.entries()) if (list.length > 0) m.add(merge(...list), kinds[i] as (typeof kinds)[number], { tolerance: 0.35 });
  m.add(merge(...panes), '#5F7F9C', { tolerance: 1 });
};

/** Roads and the glowing footpaths, laid on the ground. */
const ways = (m: Model): void => {
  const along = (z: (x: number) => number, lift: number): Vec3[] =>
    upTo(25).map((i): Vec3 => {
      const x = -1460 + i * 121.6;
      return [x, baseY + groundY(x, z(x)) + lift, z(x)];
    });
  m.add(
    placed(
      tube(
        44,
        along((x) => 470 + 170 * Math.sin(x / 520), -30),
        { steps: 60, segments: 6 },
      ),
      { scale: [1, 1, 1] },
    ),
    'asphalt',
    { tolerance: 0.6 },
  );
  m.add(
    tube(
      30,
      along((x) => -120 + 60 * Math.sin(x / 700), -18),
      { steps: 60, segments: 6 },
    ),
    'asphalt',
    { tolerance: 0.6 },
  );
  m.add(
    tube(
      13,
      along((x) => 590 + 178 * Math.sin(x / 520), 24),
      { steps: 60, segments: 6 },
    ),
    'amber',
  );
  m.add(
    tube(
      13,
      [
        [320, baseY + 110, 360],
        [300, baseY + 110, 120],
        [180, baseY + 130, -180],
        [40, baseY + 200, -480],
        [-120, baseY + groundY(-120, -800) + 30, -800],
        [-60, baseY + groundY(-60, -1150) + 30, -1150],
      ],
      { steps: 40, segments: 6 },
    ),
    'amber',
  );
  // ferry and pier
  m.add(cube(120, 40, 420), 'shell2', { at: [-420, baseY + 30, 860] });
  for (const z of [720, 860, 1000]) m.add(cube(150, 50, 16), 'grey', { at: [-420, baseY + 10, z] });
};

/** Smaller craft, quays and a promenade with trees along the water. */
const harbour = (m: Model): void => {
  for (const [x, z, turn] of [
    [-980, 1080, 20],
    [620, 1420, -34],
    [1120, 930, 60],
  ] as const)
    m.within({ at: [x, baseY + 4, z], rot: [0, turn, 0], scale: 0.62 }, () => {
      m.add(
        plate(
          outline(
            [
              [-150, 0, 20],
              [120, 0, 40],
              [190, 60, 14],
              [-160, 54, 14],
            ],
            10,
            3,
          ),
          110,
          12,
        ),
        'white',
        { rot: [0, -90, 0] },
      );
      m.add(box(80, 60, 130, 12), '#F0694A', { at: [0, 84, -20] });
      m.add(cube(66, 26, 134), '#5F7F9C', { at: [0, 92, -20] });
      m.add(cyl(6, 120, { segments: 6 }), 'grey', { at: [0, 160, -40] });
    });
  for (const [x, z] of [
    [-980, 780],
    [840, 640],
  ] as const) {
    m.add(cube(90, 34, 300), 'concrete', { at: [x, baseY + 30, z] });
    for (const k of [-110, 0, 110]) m.add(cube(110, 50, 14), 'grey', { at: [x, baseY + 8, z + k] });
  }
  m.add(
    merge(
      ...upTo(22).flatMap((i) => {
        const x = -1400 + i * 132;
        const z = 540 + 178 * Math.sin(x / 520);
        const y = baseY + groundY(x, z);
        return groundY(x, z) < 20 ? [] : [placed(sphere(30 + (i % 3) * 6, 8, 6), { at: [x, y + 46, z] }), placed(cube(8, 50, 8), { at: [x, y + 14, z] })];
      }),
    ),
    '#6E9F6C',
    { tolerance: 1 },
  );
};

const ferry = (m: Model): void => {
  m.add(
    plate(
      outline(
        [
          [-190, 0, 30],
          [150, 0, 60],
          [230, 70, 20],
          [-210, 70, 20],
        ],
        20,
        4,
      ),
      120,
      14,
    ),
    '#2B7A55',
    { rot: [0, -90, 0] },
  );
  m.add(box(100, 70, 280, 10), 'white', { at: [0, 105, -10] });
  m.add(box(70, 46, 120, 10), 'white', { at: [0, 160, 20] });
  m.add(cyl(20, 70, { segments: 14 }), 'stop', { at: [0, 180, -80] });
};

/** The building that opens: five floors with rooms and a footpath inside. */
const storeyH = 150;
const storey = (m: Model, i: number): void => {
  m.add(box(380, 26, 330, 8), 'shell2', { at: [0, 13, 0] });
  for (const [w, d, x, z] of [
    [380, 14, 0, -158],
    [14, 330, -183, 0],
    [14, 330, 183, 0],
  ] as const)
    m.add(cube(w, storeyH - 30, d), i === 4 ? 'accent' : '#D9D2F7', { at: [x, storeyH / 2 + 8, z] });
  m.add(cube(14, storeyH - 30, 150), '#C7BFF0', { at: [-50, storeyH / 2 + 8, -80] });
  m.add(cube(120, storeyH - 30, 14), '#C7BFF0', { at: [110, storeyH / 2 + 8, 10] });
  m.add(cube(64, storeyH - 20, 64), '#8C7FD0', { at: [130, storeyH / 2 + 8, -110] });
  m.add(
    tube(
      9,
      [
        [-130, 36, 150],
        [-130, 36, 40],
        [20, 36, 50],
        [20, 36, -110],
        [95, 36, -110],
      ],
      { steps: 24, segments: 6 },
    ),
    'amber',
  );
  m.add(cube(350, storeyH - 40, 8), 'clear', { at: [0, storeyH / 2 + 8, 160] });
};

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.09, edgeMm: 50, reach: 0.18 });
  table(m);
  terrain(m);
  towers(m);
  ways(m);
  harbour(m);
  const ferryAt: Vec3 = [-120, baseY - 6, 1120];
  m.node('ferry', ferryAt, { rot: [0, 90, 0], moving: true }).on('ferry', () => ferry(m));
  m.add(box(470, 40, 420, 12), 'concrete', { at: [320, baseY + 84, 170] });
  for (const i of upTo(5)) m.node(`floor_${i}`, [320, baseY + 104 + i * storeyH, 170], { explode: [0, 60 + i * 150, i * 26] }).on(`floor_${i}`, () => storey(m, i));
  m.node('roof', [320, baseY + 104 + 5 * storeyH, 170], { explode: [0, 860, 150] }).on('roof', () => {
    m.add(box(400, 30, 350, 10), 'accent', { at: [0, 15, 0] });
    m.add(box(120, 70, 100, 12), 'shell2', { at: [-80, 60, -60] });
  });
  // a pin over the building
  m.node('pin', [320, baseY + 1230, 170], { moving: true, explode: [0, 900, 150] }).on('pin', () => {
    m.add(
      lathe(
        [
          [0, -190],
          [20, -150],
          [104, 30],
          [112, 80],
          [84, 152],
          [0, 182],
        ],
        26,
      ),
      '#F0694A',
    );
    m.add(sphere(48, 18, 12), 'white', { at: [0, 78, 76], scale: [1, 1, 0.6] });
  });
  m.clip('ferry', [
    shift(
      'ferry',
      ferryAt,
      [0, 1, 6, 7, 12],
      [
        [0, 0, 0],
        [0, 0, 0],
        [1150, 0, 100],
        [1150, 0, 100],
        [0, 0, 0],
      ],
    ),
  ]);
  return m
    .hotspot('towers', [-700, baseY + 760, 100])
    .hotspot('inside', [140, 100, 150], 'floor_4')
    .hotspot('path', [600, baseY + 140, 760])
    .hotspot('hills', [-600, baseY + groundY(-600, -1100) + 60, -1100]);
};

export const exhibit: Exhibit = {
  id: 'district-3d-map',
  area: 'government',
  name: words('三維數碼地圖', '三维数字地图', '3D Digital Map'),
  projects: ['3d-digital-map'],
  views: [
    { az: 24, pol: 58, zoom: 1.04, caption: words('桌上的三維地圖', '桌上的三维地图', 'A map on a table') },
    { az: -30, pol: 68, zoom: 1.06, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 18, pol: 64, zoom: 2.2, target: [320, 760, 170], caption: words('打開一座建築', '打开一座建筑', 'Inside a building') },
  ],
  hotspots: [
    {
      id: 'towers',
      label: words('涵蓋全港', '覆盖全港', 'All of Hong Kong'),
      text: words(
        '免費的三維地圖涵蓋全港，這一角只作示意。',
        '免费的三维地图覆盖全港，这一角仅作示意。',
        'Free 3D maps cover the whole of Hong Kong; this corner is an illustration.',
      ),
    },
    {
      id: 'inside',
      label: words('室內', '室内', 'Inside'),
      text: words('截至2025年3月，約600幢建築物的室內也在圖上。', '截至2025年3月，约600栋建筑的室内也在图上。', 'In March 2025 the inside of about 600 buildings was on the map.'),
    },
    {
      id: 'path',
      label: words('步行路線', '步行路线', 'Walking routes'),
      text: words('2021年，三維行人道路網有8 300公里。', '2021年，三维步行路网有8 300公里。', 'In 2021 the 3D pedestrian network was 8 300 km long.'),
    },
    {
      id: 'hills',
      label: words('地政總署', '地政总署', 'Lands Department'),
      text: words('這是地政總署的三維地圖。', '这是地政总署的三维地图。', 'These are 3D maps of the Lands Department.'),
    },
  ],
  make,
};

/** Autonomous vehicle: a one-box shuttle with equal ends, much glass, wheels at the corners, a scanner at each corner and one on the roof. Doors slide open on an empty cabin. */
import { cosD, placed, sinD, taper, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin } from '../kit/motion.ts';
import { type Corner, flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { louvre } from '../kit/parts-fixings.ts';
import { lens, lidar, screen } from '../kit/parts-optics.ts';
import { person, wheel } from '../kit/parts-street.ts';
import { box, cube, cyl, dome } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const across: Vec3 = [0, -90, 0];
const sides = [-1, 1] as const;
const halfL = 2400;
const width = 2060;
const floorY = 430;
const roofY = 2660;
const doorHalf = 630;
const axleZ = 1500;
const wheelR = 400;

/** Clear enough to see the seats and who rides. */
const pane: Paint = ['glass', '#5E84A6', 0.4];
const sideWindow: readonly Corner[] = [
  [-2120, 1060, 120],
  [-2020, 2120, 380],
  [-1640, 2420, 320],
  [1640, 2420, 320],
  [2020, 2120, 380],
  [2120, 1060, 120],
];

const body = (m: Model): void => {
  const arch = (z: number): Corner[] => upTo(13).map((i): Corner => [z + (wheelR + 70) * cosD(-9.8 + (i * 199.6) / 12), 410 + (wheelR + 70) * sinD(-9.8 + (i * 199.6) / 12), 0]);
  const skirt: Corner[] = [
    [-halfL + 60, 330, 150],
    [-halfL, 900, 260],
    [-halfL + 20, 1080, 40],
    // the doorway, down to the floor
    [-doorHalf, 1080, 30],
    [-doorHalf, floorY + 20, 30],
    [doorHalf, floorY + 20, 30],
    [doorHalf, 1080, 30],
    [halfL - 20, 1080, 40],
    [halfL, 900, 260],
    [halfL - 60, 330, 150],
    ...arch(axleZ),
    ...arch(-axleZ),
  ];
  const lower = outline(skirt, 60, 5);
  m.add(plate(lower, width, 60, 2), 'shell', { rot: across });
  m.add(placed(plate(slab(width - 260, 4500, 120), 80, 20), { rot: [90, 0, 0] }), 'dark', { at: [0, 360, 0] });
  // the far side has no door
  m.add(box(56, 690, 2 * doorHalf + 130, 10), 'shell', { at: [-width / 2 + 30, 735, 0] });
  m.add(box(width - 120, 16, 2 * doorHalf - 20, 4), 'dark', { at: [0, floorY + 24, 0] });
  m.add(cube(50, 8, 2 * doorHalf - 40), 'yellow', { at: [width / 2 - 110, floorY + 34, 0], tolerance: 1 });
  for (const [s, from, to] of [
    [-1, -2330, 2330],
    [1, -2330, -doorHalf - 40],
    [1, doorHalf + 40, 2330],
  ] as const)
    m.add(
      plate(
        outline(
          [
            [from, 980, 30],
            [from, 1050, 30],
            [to, 1050, 30],
            [to, 980, 30],
          ],
          20,
          3,
        ),
        40,
        10,
      ),
      'accent',
      { at: [s * (width / 2 - 12), 0, 0], rot: across },
    );
  for (const s of sides)
    m.add(
      plate(
        outline(
          [
            [-980, 400, 40],
            [980, 400, 40],
            [900, 560, 60],
            [-900, 560, 60],
          ],
          30,
          4,
        ),
        30,
        8,
      ),
      'dark',
      { at: [s * (width / 2 - 4), 0, 0], rot: across },
    );
  // roof shell and its pillars, leaning in a little
  const lean = (g: ReturnType<typeof plate>) => taper(g, 1080, roofY, 0.94);
  // an arch, open below: a sill would run across the doorway
  const frame = outline(
    [
      [-halfL + 20, 1075, 30],
      [-halfL + 120, 2100, 700],
      [-halfL + 620, roofY, 700],
      [halfL - 620, roofY, 700],
      [halfL - 120, 2100, 700],
      [halfL - 20, 1075, 30],
      [2116, 1075, 4],
      ...sideWindow.slice(1, -1).toReversed(),
      [-2116, 1075, 4],
    ],
    60,
    8,
  );
  m.add(lean(placed(plate(frame, width, 50, 2), { rot: across })), 'shell');
  m.add(
    lean(
      placed(
        plate(
          outline(
            [
              [-2240, 2050, 300],
              [-1700, 2480, 500],
              [1700, 2480, 500],
              [2240, 2050, 300],
              [2130, 2050, 100],
              [1640, 2400, 300],
              [-1640, 2400, 300],
              [-2130, 2050, 100],
            ],
            60,
            6,
          ),
          width - 60,
          4,
        ),
        { rot: across },
      ),
    ),
    'shell2',
  );
  const glazed = (corners: readonly Corner[], s: number): void =>
    void m.add(lean(placed(plate(outline(corners, 60, 7), 16, 2), { rot: across, at: [s * (width / 2 - 46), 0, 0] })), pane);
  glazed(sideWindow, -1);
  for (const q of sides) {
    const beside = [...sideWindow.slice(0, 3), [-doorHalf - 30, 2420, 1], [-doorHalf - 30, 1060, 1]].map(([z = 0, y = 0, r = 0]): Corner => [-q * z, y, r]);
    glazed(beside, 1);
    m.add(lean(placed(box(60, 1400, 70, 16), { at: [width / 2 - 40, 1750, q * (doorHalf + 46)] })), 'shell');
  }
  for (const s of sides) for (const z of [-1010, 1010]) m.add(lean(placed(box(70, 1420, 90, 20), { at: [s * (width / 2 - 30), 1760, z] })), 'shell');
};

const ends = (m: Model): void => {
  for (const s of sides)
    m.within({ rot: [0, s > 0 ? 0 : 180, 0] }, () => {
      m.within({ at: [0, 1640, 2318], rot: [-9, 0, 0] }, () => {
        m.add(plate(slab(1700, 1080, 260, 6), 60, 16, 2), 'black', { at: [0, 0, 10] });
        m.add(plate(slab(1620, 1000, 230, 6), 20, 6), ['glass', '#22384E'], { at: [0, 0, 36] });
        // a sheen, the wiper, the eye behind the glass
        for (const [x, w] of [
          [-330, 210],
          [-60, 90],
        ] as const)
          m.add(
            flat(
              outline([
                [x, -440],
                [x + w, -440],
                [x + w + 300, 440],
                [x + 300, 440],
              ]),
            ),
            ['glass', '#6C93B8'],
            { at: [0, 0, 46.6], tolerance: 1 },
          );
        m.add(box(760, 22, 18, 6), 'black', { at: [210, -410, 54], rot: [0, 0, 7], tolerance: 0.6 });
        m.add(cyl(34, 30, { segments: 16 }), 'black', { at: [-150, -456, 46], rot: [90, 0, 0] });
        m.add(box(240, 120, 20, 30), 'black', { at: [0, 420, 48] });
        for (const x of [-56, 56]) lens(m, 30, { at: [x, 420, 58] }, 'black');
      });
      m.add(plate(slab(1500, 190, 90, 5), 40, 12), 'black', { at: [0, 820, 2392] });
      m.add(plate(slab(1380, 34, 17, 4), 10, 3), s > 0 ? 'glow' : 'red', { at: [0, 850, 2414] });
      for (const x of [-560, 560]) {
        m.add(cyl(66, 20, { segments: 20 }), s > 0 ? 'warm' : 'red', { at: [x, 800, 2410], rot: [90, 0, 0] });
        m.add(box(70, 22, 14, 6), 'amber', { at: [x * 1.24, 800, 2412] });
      }
      lens(m, 44, { at: [0, 800, 2412] }, 'black');
      m.add(box(1640, 150, 90, 40), 'dark', { at: [0, 460, 2376] });
      screen(
        m,
        1100,
        170,
        [
          {
            shape: [
              [-50, -60],
              [60, 0],
              [-50, 60],
            ],
            at: [-440, 0],
            paint: '#69F0A0',
          },
          { bar: [40, 0, 620, 60], paint: '#FFC970', round: 0.5 },
          { disc: [470, 0, 42], paint: '#7FE3FF' },
        ],
        { at: [0, 2310, 2186], rot: [-24, 0, 0] },
        { thick: 40, bezel: 24 },
      );
    });
};

const wheels = (m: Model): void => {
  for (const z of [-axleZ, axleZ])
    for (const s of sides) {
      const name = `wheel_${z > 0 ? 'front' : 'rear'}_${s > 0 ? 'right' : 'left'}`;
      m.node(name, [s * (width / 2 - 130), wheelR, z], { rot: [0, s > 0 ? 0 : 180, 0] }).on(name, () => wheel(m, wheelR, 250, {}, 'shell2'));
      m.add(cyl(wheelR + 66, 330, { segments: 22 }), 'black', { at: [s * (width / 2 - 260), 410, z], rot: [0, 0, 90] });
    }
};

const sensors = (m: Model): void => {
  for (const sx of sides)
    for (const sz of sides)
      m.within({ at: [sx * 930, 1130, sz * 2190] }, () => {
        m.add(box(240, 60, 240, 24), 'dark', { at: [sx * 20, -20, sz * 40] });
        m.within({ at: [sx * 60, 0, sz * 80] }, () => lidar(m, 96, 170, {}));
      });
  m.add(placed(plate(slab(1500, 3300, 300, 5), 90, 26, 2), { rot: [90, 0, 0] }), 'shell2', { at: [0, roofY + 20, 0] });
  louvre(m, 1000, 700, 7, { at: [0, roofY + 66, -900], rot: [-90, 0, 0] }, 'shell', 40);
  m.add(placed(plate(slab(900, 700, 200, 5), 150, 40, 2), { rot: [90, 0, 0] }), 'shell', { at: [0, roofY + 110, 700] });
  m.add(placed(plate(slab(906, 706, 200, 5), 30, 6), { rot: [90, 0, 0] }), 'accent', { at: [0, roofY + 90, 700] });
  for (const a of upTo(4)) m.within({ at: [0, roofY + 120, 700], rot: [0, a * 90, 0] }, () => lens(m, 46, { at: [0, 0, a % 2 ? 454 : 354] }, 'black'));
  m.node('roof_scanner', [0, roofY + 182, 700]).on('roof_scanner', () => lidar(m, 190, 260, {}));
  for (const x of [-420, 420]) {
    m.add(cyl(30, 60, { segments: 14 }), 'dark', { at: [x, roofY + 90, -1500] });
    m.add(dome(90, 0.6, 22, 6), 'white', { at: [x, roofY + 110, -1500] });
  }
};

const cabin = (m: Model): void => {
  m.add(box(width - 200, 40, 4300, 10), 'grey', { at: [0, floorY, 0] });
  for (const s of sides) {
    m.add(box(1640, 420, 480, 60, 2), 'accent', { at: [0, 660, s * 1780] });
    m.add(box(1640, 760, 160, 60, 2), 'accentDark', { at: [0, 1130, s * 2010] });
  }
  for (const z of [-700, 700])
    m.add(
      tube(
        26,
        [
          [-300, floorY, z],
          [-300, 2380, z],
        ],
        { steps: 2 },
      ),
      'yellow',
    );
  for (const x of [-300, 300]) m.add(box(40, 24, 3000, 8), 'glow', { at: [x, 2392, 0] });
  person(m, { at: [180, floorY + 30, -290], rot: [0, 60, 0], scale: 0.95 }, '#B9C2CA');
  person(m, { at: [-330, floorY + 30, 300], rot: [0, 100, 0], scale: 0.95 }, '#E7B45A');
};

/** A rounded rectangle around a place. */
const slabAt = (x: number, y: number, w: number, h: number, r: number): ReturnType<typeof outline> =>
  outline(
    [
      [x - w / 2, y - h / 2],
      [x + w / 2, y - h / 2],
      [x + w / 2, y + h / 2],
      [x - w / 2, y + h / 2],
    ],
    r,
    4,
  );

const doors = (m: Model): ReturnType<typeof shift>[] =>
  [1, -1].map((s) => {
    const name = s > 0 ? 'door_front' : 'door_rear';
    const rest: Vec3 = [width / 2 - 8, 0, s * 325];
    m.node(name, rest, { moving: true }).on(name, () => {
      const panel = outline(
        [
          [-318, 470, 40],
          [318, 470, 40],
          [318, 2380, 60],
          [-318, 2380, 60],
        ],
        30,
        4,
      );
      m.add(plate(pierced(panel, slabAt(0, 1590, 470, 1310, 70)), 50, 10), 'shell', { rot: across });
      m.add(
        placed(
          plate(
            outline(
              [
                [-260, 900, 60],
                [260, 900, 60],
                [260, 2280, 80],
                [-260, 2280, 80],
              ],
              40,
              4,
            ),
            24,
            3,
          ),
          { rot: across },
        ),
        pane,
      );
      m.add(box(40, 420, 30, 8), 'accent', { at: [34, 1250, -s * 285] });
    });
    const out: Vec3 = [70, 0, 0];
    const open: Vec3 = [70, 0, s * 600];
    return shift(name, rest, [0, 1, 1.6, 3.2, 6.4, 8, 8.6, 10], [[0, 0, 0], [0, 0, 0], out, open, open, out, [0, 0, 0], [0, 0, 0]]);
  });

const make = (): Model => {
  const m = new Model({ area: 'mobility', tolerance: 0.07, edgeMm: 48, reach: 0.22 });
  m.add(box(3400, 60, 6200, 30), 'asphalt', { at: [0, -34, 0], tolerance: 0.09 });
  m.add(box(900, 150, 6200, 30), 'concrete', { at: [2150, 10, 0] });
  m.add(cube(130, 6, 6100), 'white', { at: [-1450, 0, 0], tolerance: 1 });
  person(m, { at: [2140, 86, -1500], rot: [0, -30, 0] }, '#6E8FB5');
  m.add(box(44, 8, 1000, 3), 'yellow', { at: [1770, 88, 0], tolerance: 1 });
  body(m);
  ends(m);
  cabin(m);
  wheels(m);
  sensors(m);
  m.clip('doors', doors(m)).clip('scan', [spin('roof_scanner', 'y', 2)]);
  return m
    .hotspot('scanner', [0, roofY + 400, 760])
    .hotspot('corner', [1020, 1250, 2330])
    .hotspot('cabin', [1060, 1500, 0])
    .hotspot('ends', [0, 1640, 2420]);
};

export const exhibit: Exhibit = {
  id: 'autonomous-vehicle',
  area: 'mobility',
  name: words('自動駕駛車輛', '自动驾驶车辆', 'Autonomous vehicle'),
  projects: ['autonomous-vehicle-pilots'],
  views: [
    { az: 38, pol: 74, zoom: 1.08, caption: words('自動駕駛車輛', '自动驾驶车辆', 'The vehicle') },
    { az: 90, pol: 80, zoom: 1.08, caption: words('車門', '车门', 'The doors') },
    { az: -34, pol: 62, zoom: 1.1, caption: words('從上面看', '从上面看', 'From above') },
  ],
  hotspots: [
    {
      id: 'scanner',
      label: words('掃描器', '扫描器', 'Scanner'),
      text: words(
        '車頂的掃描器只作示意，表示車輛自己看路。',
        '车顶的扫描器仅作示意，表示车辆自己看路。',
        'The roof scanner is an illustration: the vehicle watches the road itself.',
      ),
    },
    {
      id: 'corner',
      label: words('5個試驗地點', '5个试验地点', '5 places'),
      text: words('2024年有5個試驗地點。', '2024年有5个试验地点。', 'There were five pilot locations in 2024.'),
    },
    { id: 'cabin', label: words('8輛車', '8辆车', '8 vehicles'), text: words('2024年有8輛車正在試驗。', '2024年有8辆车正在试验。', 'Eight vehicles were on trial in 2024.') },
    {
      id: 'ends',
      label: words('新制度', '新制度', 'New rules'),
      text: words('規管自動駕駛的制度在2024年3月生效。', '自动驾驶的监管制度在2024年3月生效。', 'Rules for driverless vehicles came into force in March 2024.'),
    },
  ],
  make,
};

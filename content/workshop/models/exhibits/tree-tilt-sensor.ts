/** A street tree with a tilt sensor strapped to its foot, shown at several times its size, and the control screen that warns when the trunk leans too far. The tree leans and comes back. */
import { type Lump, skin } from '../kit/blobs.ts';
import { cosD, gridded, merge, placed, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { swing } from '../kit/motion.ts';
import { flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { antenna, bolts } from '../kit/parts-fixings.ts';
import { led, type Sign } from '../kit/parts-optics.ts';
import { standingScreen } from '../kit/parts-service.ts';
import { band, box, cube, cyl, sphere } from '../kit/solids.ts';

const soilY = 150;

const ground = (m: Model): void => {
  m.add(box(4200, 150, 3400, 40), 'concrete', { at: [300, 75, 0] });
  m.add(placed(gridded(plate(pierced(slab(4190, 3390, 60), slab(1900, 1900, 90)), 30, 6), [340, 340, 0]), { rot: [90, 0, 0] }), '#C8C8C4', { at: [300, 150, 0] });
  // joints of the paving, wide enough to be a line from afar
  for (const i of upTo(6)) m.add(cube(20, 8, 3390), '#A3A5A6', { at: [-1400 + i * 680 + 300, 164, 0], tolerance: 1 });
  for (const z of [-1020, -340, 340, 1020])
    for (const [from, to] of [
      [-1795, -700],
      [1300, 2395],
    ] as const)
      m.add(cube(to - from, 8, 20), '#A3A5A6', { at: [(from + to) / 2, 164, z], tolerance: 1 });
  // the planting bed, its edge and its earth
  m.add(placed(plate(pierced(slab(2000, 2000, 100), slab(1800, 1800, 80)), 110, 16), { rot: [90, 0, 0] }), 'shell2', { at: [300, 190, 0] });
  m.add(box(1810, 60, 1810, 30), 'earth', { at: [300, soilY + 20, 0] });
  m.add(
    merge(
      ...upTo(34).map((i) =>
        placed(sphere(46 + (i % 4) * 14, 7, 5), {
          at: [300 + 800 * sinD(i * 137.5) * Math.sqrt(((i * 7) % 34) / 34), soilY + 44, 800 * cosD(i * 137.5) * Math.sqrt(((i * 7) % 34) / 34)],
          scale: [1, 0.5, 1],
        }),
      ),
    ),
    '#7A6A57',
    { tolerance: 1 },
  );
  for (const i of upTo(16)) {
    const [x, z] = [300 + 760 * sinD(i * 97), 760 * cosD(i * 61)];
    m.add(merge(...[-16, 0, 18].map((lean) => placed(cube(12, 150, 12), { at: [lean * 2, 70, 0], rot: [lean, 0, lean] }))), 'leaf', { at: [x, soilY + 40, z], tolerance: 1 });
  }
};

/** Bark runs in furrows up the trunk. */
const furrows = (x: number, y: number, z: number): number => 9 * Math.sin(Math.atan2(z, x) * 9 + y / 210) + 4 * Math.sin(y / 60 + x / 40);

/** Roots that run out over the bed, grown together at the foot. */
const roots = (m: Model): void => {
  const limbs = upTo(8).flatMap((i): Lump[] => {
    const a = i * 45 + 18 * Math.sin(i * 2.1);
    const far = 560 + (i % 3) * 110;
    const way = (r: number, y: number): Vec3 => [r * sinD(a + r * 0.03), y, r * cosD(a + r * 0.03)];
    return [
      { at: way(70, 170), to: way(far * 0.5, 30), r: 84, r2: 56 },
      { at: way(far * 0.5, 30), to: way(far, -34), r: 56, r2: 40 },
    ];
  });
  m.add(skin([{ at: [0, -40, 0], to: [0, 240, 0], r: 200, r2: 150 }, ...limbs], { cellMm: 42, melt: 130, wave: furrows }), 'bark', { tolerance: 0.12 });
};

/** Trunk and boughs as one skin, and a crown of three greens. */
const livingTree = (m: Model): void => {
  const boughs: readonly (readonly [Vec3, Vec3, number, number])[] = [
    [[0, 1640, 0], [-620, 2420, 160], 104, 60],
    [[20, 1700, 0], [640, 2380, -120], 100, 58],
    [[0, 1600, 20], [150, 2350, 620], 88, 54],
    [[0, 1700, -20], [-160, 2500, -600], 90, 54],
    [[10, 1800, 0], [60, 2900, 20], 96, 54],
  ];
  const wood = boughs.map(([at, to, r, r2]): Lump => ({ at, to, r, r2 }));
  m.add(skin([{ at: [0, 60, 0], to: [10, 1750, 0], r: 152, r2: 112 }, ...wood], { cellMm: 46, melt: 120, wave: furrows, cut: (_, y) => 40 - y }), 'bark', { tolerance: 0.14 });
  const leaves = (x: number, y: number, z: number): number => 30 * Math.sin(x / 76 + y / 110) * Math.sin(y / 71 + z / 118) + 22 * Math.sin(z / 58 - x / 121) * Math.sin(y / 49 + 2);
  const crown = (paint: `#${string}`, eggs: readonly (readonly [Vec3, number])[]): void => {
    const lumps = eggs.map(([at, r]): Lump => ({ at, r: [r, r * 0.74, r] }));
    m.add(skin(lumps, { cellMm: 84, melt: 150, wave: leaves }), paint, { tolerance: 0.12 });
  };
  crown('#5C9459', [
    [[-700, 2460, 180], 560],
    [[720, 2420, -150], 540],
    [[160, 2380, 680], 500],
    [[-180, 2520, -660], 540],
  ]);
  crown('#6FA968', [
    [[-380, 2860, 330], 520],
    [[460, 2830, 260], 500],
    [[260, 2800, -420], 500],
    [[-430, 2790, -330], 470],
  ]);
  crown('#86BC76', [
    [[20, 3200, 30], 560],
    [[-190, 3060, 420], 340],
    [[380, 3070, -100], 360],
  ]);
};

const sensor = (m: Model): void => {
  m.add(box(430, 300, 170, 40, 2), 'shell');
  m.add(box(440, 310, 40, 16), 'accent', { at: [0, 0, -20] });
  m.add(plate(slab(250, 150, 24, 4), 16, 4), 'dark', { at: [-40, 20, 86] });
  // a level: a bubble between two lines
  m.add(box(190, 56, 12, 26), ['glow', '#BDF3D2'], { at: [-40, 24, 94] });
  m.add(sphere(24, 16, 10), 'white', { at: [-40, 24, 100], scale: [1.2, 1, 0.4] });
  for (const x of [-78, -2]) m.add(cube(6, 56, 8), 'dark', { at: [x, 24, 100] });
  led(m, 20, 'green', { at: [150, 60, 86] });
  for (const [x, y] of [
    [-184, 118],
    [184, 118],
    [-184, -118],
    [184, -118],
  ] as const)
    m.add(cyl(14, 14, { segments: 6 }), 'gun', { at: [x, y, 86], rot: [90, 0, 0] });
  antenna(m, 330, { at: [170, 150, -30] }, 'black', 2.2);
  for (const y of [-70, 70]) m.add(box(520, 46, 60, 12), 'rubber', { at: [0, y, -70] });
};

const shown: readonly Sign[] = [
  { bar: [0, 250, 780, 60], paint: '#16405A', round: 0.3 },
  { disc: [-340, 250, 18], paint: '#69F0A0' },
  { bar: [-180, 250, 220, 18], paint: '#DCE8F5', round: 0.5 },
  // rows of trees, one of them leaning
  ...upTo(8).flatMap((i): Sign[] => {
    const [x, y] = [-285 + (i % 4) * 190, 90 - Math.floor(i / 4) * 190];
    const bad = i === 2;
    const turn = bad ? 34 : 0;
    return [
      {
        shape: [
          [-9, -60],
          [9, -60],
          [9 + turn, 20],
          [-9 + turn, 20],
        ],
        at: [x, y],
        paint: '#9A8A74',
      },
      { disc: [x + turn * 1.1, y + 38, 44], paint: bad ? '#FF6A55' : '#69C98C' },
    ];
  }),
  { ring: [132, 110, 98, 88], paint: '#FF6A55' },
  { bar: [0, -235, 780, 84], paint: '#3A1E22', round: 0.3 },
  {
    shape: [
      [-36, -28],
      [36, -28],
      [0, 36],
    ],
    at: [-320, -236],
    paint: '#FFB636',
  },
  { bar: [40, -236, 500, 22], paint: '#FFD9D2', round: 0.5 },
];

/** The safe angle and beyond it, drawn as an arc of light beside the trunk. */
const arc = (m: Model): void => {
  const piece = (from: number, to: number, paint: `#${string}`): void => {
    const steps = upTo(13).map((i) => from + ((to - from) * i) / 12);
    const ring = [...steps.map((d): [number, number] => [1320 * sinD(d), 1320 * cosD(d)]), ...steps.toReversed().map((d): [number, number] => [1250 * sinD(d), 1250 * cosD(d)])];
    const shape = flat(outline(ring));
    m.add(shape, ['glow', paint]);
    m.add(placed(shape, { rot: [0, 180, 0], scale: [-1, 1, 1] }), ['glow', paint], { at: [0, 0, -6] });
  };
  piece(-13, 13, '#69F0A0');
  piece(13.6, 24, '#FF8A70');
  piece(-24, -13.6, '#FF8A70');
};

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.08, edgeMm: 50, reach: 0.25 });
  ground(m);
  m.within({ at: [300, soilY + 30, 0] }, () => roots(m));
  m.node('tree', [300, soilY + 30, 0], { moving: true }).on('tree', () => {
    livingTree(m);
    m.within({ at: [0, 520, 190] }, () => sensor(m));
    for (const y of [450, 590]) m.add(band(166, 140, 44, { segments: 26 }), 'rubber', { at: [0, y, 0] });
    m.add(
      placed(
        flat(
          outline([
            [-34, 0],
            [34, 0],
            [0, 90],
          ]),
        ),
        { at: [0, 1130, 232] },
      ),
      'amber',
    );
  });
  m.within({ at: [300, soilY + 30, 238] }, () => arc(m));
  standingScreen(m, { w: 860, h: 640, postMm: 900 }, shown, { at: [-1180, 165, 720], rot: [0, 16, 0] });
  bolts(m, 4, 240, 22, { at: [-1180, 226, 720] });
  m.clip('lean', [swing('tree', 'z', [0, 2, 4.5, 6.5, 8, 11, 12], [0, 3, -3, 3, -11, -11, 0])]);
  return m.hotspot('sensor', [0, 560, 300], 'tree').hotspot('angle', [640, 1370, 250]).hotspot('screen', [-1180, 1500, 860]);
};

export const exhibit: Exhibit = {
  id: 'tree-tilt-sensor',
  area: 'environment',
  name: words('樹木搖動監測', '树木摇动监测', 'Tree stability monitoring'),
  projects: ['tree-tilt-sensor'],
  views: [
    { az: 10, pol: 78, zoom: 1, caption: words('裝了感應器的樹', '装了传感器的树', 'A tree with a sensor') },
    { az: -48, pol: 70, zoom: 1.02, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 8, pol: 74, zoom: 2.6, target: [300, 720, 0], caption: words('樹腳的感應器', '树根旁的传感器', 'The sensor at its foot') },
  ],
  hotspots: [
    {
      id: 'sensor',
      label: words('樹腳的感應器', '树根旁的传感器', 'At its foot'),
      text: words(
        '感應器裝在樹腳，這裏畫大了。模型的造型只作示意。',
        '传感器装在树根旁，这里画大了。模型的造型仅作示意。',
        'The sensor sits at the foot of the tree; it is shown larger here. The shape shown is an illustration.',
      ),
    },
    {
      id: 'angle',
      label: words('安全角度', '安全角度', 'A safe angle'),
      text: words('樹幹傾斜超過安全角度時，系統會發出警示。', '树干倾斜超过安全角度时，系统会发出提醒。', 'The system warns when the trunk leans past a safe angle.'),
    },
    {
      id: 'screen',
      label: words('控制台', '控制台', 'Dashboard'),
      text: words(
        '職員在控制台收到警示。2019年6月，已裝有300個感應器。',
        '工作人员在控制台收到提醒。2019年6月，已装有300个传感器。',
        'Staff are warned at a dashboard. In June 2019, 300 sensors had been fitted.',
      ),
    },
  ],
  make,
};

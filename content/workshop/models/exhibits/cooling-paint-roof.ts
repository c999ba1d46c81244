/**
 * Cooling paint: the top of a building cut open, half of its roof painted. Sunlight bounces off the painted half and warmth leaves for
 * the sky; the bare half takes the warmth in. A roller paints on; paint, roof and rooms come apart in the exploded state.
 */
import { cosD, placed, ring, row, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin } from '../kit/motion.ts';
import { flat, outline, plate, slab } from '../kit/outlines.ts';
import { bolts } from '../kit/parts-fixings.ts';
import { shrubs } from '../kit/parts-green.ts';
import { homeWindow, paintCan, sittingRoom } from '../kit/parts-home.ts';
import { airConditioner, conduit, serviceDoor } from '../kit/parts-service.ts';
import { slabStand, standTop } from '../kit/parts-stand.ts';
import { band, box, cube, cyl, lathe, sphere, torus } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const [w, d] = [1700, 1000];
const roomH = 560;
const floorY = standTop + 40;
const ceilY = floorY + roomH;
const roofY = ceilY + 120;
const bareHot = '#6B6660';

const rooms = (m: Model): void => {
  m.add(box(w, 80, d, 10), 'concrete', { at: [0, floorY, 0] });
  for (const s of sides) m.add(cube(w / 2 - 70, 8, d - 90), s < 0 ? '#D9B48F' : '#C8D3D2', { at: [(s * (w - 70)) / 4, floorY + 42, 20] });
  // back and side walls with real thickness; the front is cut away
  m.add(box(w, roomH, 70, 8), '#E6E3DC', { at: [0, floorY + roomH / 2, -d / 2 + 35] });
  for (const s of sides) {
    m.add(box(70, roomH, d - 70, 8), '#E6E3DC', { at: [s * (w / 2 - 35), floorY + roomH / 2, 35] });
    m.add(box(76, roomH, 24, 4), 'accent', { at: [s * (w / 2 - 35), floorY + roomH / 2, d / 2 - 10] });
    homeWindow(m, { at: [s * (w / 2 - 4), floorY + 320, -40], rot: [0, s * 90, 0] });
    homeWindow(m, { at: [s * 420, floorY + 370, -d / 2 + 4], rot: [0, 180, 0] });
  }
  m.add(box(60, roomH, d - 100, 8), '#E6E3DC', { at: [0, floorY + roomH / 2, 20] });
  m.add(box(66, roomH, 24, 4), 'accent', { at: [0, floorY + roomH / 2, d / 2 - 18] });
  // outside: drain pipe and louvres at the back
  m.add(
    tube(
      26,
      [
        [700, roofY + 30, -d / 2 - 40],
        [700, 300, -d / 2 - 40],
        [700, 150, -d / 2 - 50],
      ],
      { steps: 12, segments: 12 },
    ),
    'grey',
  );
  for (const y of [260, 560]) m.add(band(36, 24, 26, { segments: 20 }), 'gun', { at: [700, y, -d / 2 - 40] });
  for (const s of sides) sittingRoom(m, s, { at: [(s * w) / 4, floorY + 46, 40] });
};

/** The street side of the walls: tile lines, air-conditioners under the windows, a cable way with its boxes; planting on the ground. */
const outside = (m: Model): void => {
  m.within({ at: [0, floorY + roomH / 2 - 20, -d / 2 - 2], rot: [0, 180, 0] }, () => {
    for (const i of upTo(3)) m.add(cube(w - 20, 4, 4), '#C9C4BA', { at: [0, -200 + i * 180, 0], tolerance: 1 });
    for (const s of sides) {
      m.within({ at: [s * 420, -120, 0] }, () => airConditioner(m, 230, {}));
      m.add(box(370, 22, 90, 6), 'concrete', { at: [s * 420, 272, 40] });
    }
    conduit(
      m,
      10,
      [
        [200, -250, 12],
        [200, -60, 12],
        [200, 120, 12],
        [200, 280, 12],
      ],
      {},
      'gun',
    );
    m.add(box(110, 140, 44, 10), 'shell2', { at: [200, 40, 24] });
    serviceDoor(m, 170, 380, { at: [0, -60, 4] }, { paint: 'accentDark', vents: 1 });
    m.add(box(240, 18, 110, 6), 'accent', { at: [0, 160, 50] });
  });
  for (const s of sides)
    m.within({ at: [s * (w / 2 + 2), floorY + roomH / 2 - 20, 0], rot: [0, s * 90, 0] }, () => {
      for (const i of upTo(3)) m.add(cube(d - 20, 4, 4), '#C9C4BA', { at: [0, -200 + i * 180, 0], tolerance: 1 });
      m.add(box(370, 26, 90, 6), 'concrete', { at: [s * 40, 232, 40] });
    });
  // beds of shrubs along the flanks
  for (const s of sides) {
    m.add(box(130, 50, 760, 14), 'concrete', { at: [s * 945, standTop + 20, -60] });
    shrubs(m, 720, 120, 6, { at: [s * 945, standTop + 50, -60], rot: [0, 90, 0] });
  }
};

/** A thermometer without numbers on the dividing wall: high on the bare side, low on the painted one. */
const thermometer = (m: Model, x: number, level: number, paint: 'red' | 'cyan'): void =>
  void m.within({ at: [x, floorY + 90, d / 2 - 60] }, () => {
    m.add(plate(slab(110, 400, 50, 6), 26, 8), 'white', { at: [0, 190, 0] });
    m.add(sphere(30, 18, 12), paint, { at: [0, 60, 22] });
    m.add(cyl(13, 260, { segments: 14 }), ['glass', '#DCE6EC', 0.5], { at: [0, 210, 22] });
    m.add(cyl(12, level, { segments: 14 }), paint, { at: [0, 70 + level / 2, 24] });
    for (const i of upTo(7)) m.add(cube(i % 3 ? 18 : 30, 4, 3), 'grey', { at: [38, 110 + i * 34, 13.5] });
  });

const roof = (m: Model): void => {
  m.add(box(w + 40, 120, d + 40, 10), 'concrete', { at: [0, -60, 0] });
  m.add(cube(w / 2, 10, d - 90), bareHot, { at: [-w / 4, 4, 0] });
  for (const [x, z] of [
    [-700, -200],
    [-480, 190],
    [-240, -260],
    [-150, 120],
    [-620, 340],
  ] as const)
    m.add(
      flat(
        outline(
          [
            [-60, -20, 20],
            [10, -44, 20],
            [70, -8, 20],
            [40, 36, 20],
            [-30, 40, 20],
          ],
          16,
          3,
        ),
      ),
      '#7A746D',
      { at: [x, 9.8, z], rot: [-90, x, 0], tolerance: 1 },
    );
  for (const i of upTo(4)) m.add(cube(3, 11, d - 90), '#57524D', { at: [-w / 2 + 60 + i * 205, 4.3, 0] });
  // parapet on three sides; the front stays low so that the surface is seen
  for (const s of sides) {
    m.add(box(80, 150, d + 40, 10), 'concrete', { at: [s * (w / 2 - 20), 60, 0] });
    m.add(box(96, 20, d + 56, 6), s < 0 ? 'grey' : 'white', { at: [s * (w / 2 - 20), 140, 0] });
  }
  m.add(box(w, 150, 80, 10), 'concrete', { at: [0, 60, -d / 2 + 20] });
  m.add(box(w / 2, 20, 96, 6), 'grey', { at: [-w / 4, 140, -d / 2 + 20] });
  m.add(box(w / 2, 20, 96, 6), 'white', { at: [w / 4, 140, -d / 2 + 20] });
  m.add(box(w + 48, 18, d + 48, 5), 'accent', { at: [0, -104, 0] });
  // a water tank on the bare side and a vent on the other
  m.add(cyl(120, 220, { segments: 28, bevel: 14 }), 'shell2', { at: [-640, 140, -290] });
  for (const y of [80, 150, 210]) m.add(band(124, 116, 12, { segments: 24 }), 'grey', { at: [-640, y, -290] });
  m.add(cyl(50, 22, { segments: 20 }), 'dark', { at: [-640, 258, -290] });
  m.add(
    tube(
      14,
      [
        [-530, 50, -290],
        [-480, 40, -290],
        [-450, 40, -420],
      ],
      { steps: 12, segments: 10 },
    ),
    'steel',
  );
};

const film = (m: Model): void => {
  m.add(box(w / 2 - 34, 16, d - 90, 5), 'white', { at: [w / 4 - 14, 14, 0] });
  // the wet edge, in strokes of the roller
  for (const i of upTo(5)) m.add(box(150 + ((i * 53) % 90), 15, 176, 7), 'white', { at: [-20, 13, -364 + i * 182] });
  m.add(
    lathe(
      [
        [0, 0],
        [70, 0],
        [58, 40],
        [58, 150],
        [80, 160],
        [80, 176],
        [0, 190],
      ],
      28,
    ),
    'white',
    { at: [600, 20, -260] },
  );
  m.add(
    ring(10, (a) => placed(cube(8, 70, 10), { at: [60 * sinD(a), 100, 60 * cosD(a)], rot: [0, a, 0] })),
    'grey',
    { at: [600, 20, -260] },
  );
};

const roller = (m: Model): void => {
  m.add(cyl(52, 190, { segments: 28, bevel: 10 }), 'white', { rot: [90, 0, 0] });
  m.add(cyl(46, 200, { segments: 24 }), 'shell2', { rot: [90, 0, 0] });
  for (const i of upTo(8)) m.add(cube(6, 8, 186), 'shell', { at: [52 * sinD(i * 45), 52 * cosD(i * 45), 0], rot: [0, 0, -i * 45], tolerance: 1 });
};
const handle = (m: Model): void => {
  m.add(
    tube(
      9,
      [
        [0, 0, -96],
        [0, 0, -130],
        [-70, 20, -130],
        [-110, 50, -80],
        [-130, 70, 0],
      ],
      { steps: 22, segments: 8 },
    ),
    'chrome',
  );
  m.within({ at: [-130, 70, 0], rot: [0, 0, 58] }, () => {
    m.add(cyl(24, 200, { r2: 18, segments: 18, bevel: 8 }), 'accent', { at: [0, 110, 0] });
    m.add(cyl(15, 420, { segments: 14 }), 'bark', { at: [0, 400, 0] });
    bolts(m, 4, 20, 4, { at: [0, 210, 0] });
  });
};

/** An arrow of light from `from` to `to` in the plane z = const. */
const ray = (m: Model, from: Vec3, to: Vec3, r: number, paint: 'amber' | 'warm' | 'red' | 'cyan'): void => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const turned = (Math.atan2(dy, dx) * 180) / Math.PI - 90;
  m.within({ at: from, rot: [0, 0, turned] }, () => {
    m.add(cyl(r, length - r * 5, { segments: 10, bevel: 1 }), paint, { at: [0, (length - r * 5) / 2, 0] });
    m.add(cyl(r * 3, r * 6, { r2: 0.6, segments: 14, bevel: 0.3 }), paint, { at: [0, length - r * 3, 0] });
  });
};
/** Warmth: a wavy line that ends in a head; straight up. */
const warmth = (m: Model, at: Vec3, height: number, paint: 'red' | 'cyan', down = false): void =>
  void m.within({ at, rot: down ? [0, 0, 180] : [0, 0, 0] }, () => {
    m.add(
      tube(
        10,
        upTo(9).map((i): Vec3 => [22 * sinD(i * 90), (i * height) / 8, 0]),
        { steps: 18, segments: 6 },
      ),
      paint,
    );
    m.add(cyl(30, 60, { r2: 0.6, segments: 14, bevel: 0.3 }), paint, { at: [0, height + 22, 0] });
  });

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.06, edgeMm: 22, reach: 0.26 });
  slabStand(m, 2060, 1420);
  rooms(m);
  outside(m);
  thermometer(m, -110, 250, 'red');
  thermometer(m, 110, 90, 'cyan');
  paintCan(m, [720, standTop, 590]);
  m.add(box(150, 12, 220, 5), 'dark', { at: [500, standTop + 6, 600], rot: [0, 24, 0] });
  const roofAt: Vec3 = [0, roofY, 0];
  m.node('roof', roofAt, { explode: [0, 380, 0] }).on('roof', () => roof(m));
  m.node('film', [0, 0, 0], { parent: 'roof', explode: [0, 300, 0] }).on('film', () => film(m));
  const rollAt: Vec3 = [-130, 76, 150];
  m.node('roller', rollAt, { parent: 'film', moving: true }).on('roller', () => handle(m));
  m.node('sleeve', [0, 0, 0], { parent: 'roller', moving: true }).on('sleeve', () => roller(m));
  // the sun and its light
  const sunAt: Vec3 = [-60, roofY + 730, -260];
  m.node('sun', sunAt, { explode: [0, 760, 0] }).on('sun', () => {
    m.add(sphere(120, 22, 14), 'amber');
    m.add(
      row(12, (t) => placed(cyl(11, 62, { segments: 6, bevel: 3 }), { at: [190 * sinD(t * 330), 190 * cosD(t * 330), 0], rot: [0, 0, -t * 330] })),
      'warm',
    );
    // rays toward every side, so that it is a sun from behind and above too
    for (const y of [-45, 0, 45])
      for (const a of y === 0 ? [45, 90, 135] : [60, 120])
        for (const s of sides) m.add(placed(cyl(11, 62, { segments: 6, bevel: 3 }), { at: [0, 190, 0] }), 'warm', { rot: [s * a, 0, y] });
    m.add(torus(146, 5, 36, 6), 'warm');
  });
  m.node('sunlight', [0, roofY, 80], { explode: [0, 680, 0] }).on('sunlight', () => {
    for (const x of [-620, -400]) ray(m, [x + 190, 470, -90], [x, 40, 60], 12, 'amber');
    for (const x of [260, 500]) ray(m, [x - 140, 470, -90], [x, 40, 60], 12, 'amber');
  });
  const outAt: Vec3 = [0, roofY, 80];
  m.node('bounce', outAt, { explode: [0, 680, 0] }).on('bounce', () => {
    for (const x of [290, 530]) ray(m, [x, 50, 60], [x + 170, 450, 60], 12, 'warm');
  });
  m.node('leaving', outAt, { explode: [0, 680, 0] }).on('leaving', () => {
    for (const x of [400, 660]) warmth(m, [x, 50, 260], 330, 'cyan');
  });
  const inAt: Vec3 = [0, ceilY, 180];
  m.node('entering', inAt, { moving: true }).on('entering', () => {
    for (const x of [-700, -520, -330]) warmth(m, [x, -20, 150], 220, 'red', true);
  });
  const steps = upTo(9).map((i) => i * 0.75);
  const back = (mm: Vec3): Vec3[] => steps.map((_, i) => (i % 2 ? mm : [0, 0, 0]));
  m.clip('paint', [
    shift(
      'roller',
      rollAt,
      steps,
      steps.map((_, i): Vec3 => (i % 2 ? [330, 0, 0] : [0, 0, 0])),
    ),
    spin('sleeve', 'z', 6, -4),
    spin('sun', 'z', 6, 0.5),
    shift('bounce', outAt, steps, back([24, 62, 0])),
    shift('leaving', outAt, steps, back([0, 90, 0])),
    shift('entering', inAt, steps, back([0, -60, 0])),
  ]);
  return m
    .hotspot('paint', [560, 26, 120], 'film')
    .hotspot('bare', [-420, 12, 160], 'roof')
    .hotspot('rooms', [110, floorY + 300, d / 2 - 30])
    .hotspot('prize', [720, standTop + 120, 680]);
};

export const exhibit: Exhibit = {
  id: 'cooling-paint-roof',
  area: 'environment',
  name: words('無電製冷塗料', '无电制冷涂料', 'Cooling paint without power'),
  projects: ['mic-2021-i2cool'],
  views: [
    { az: 26, pol: 68, zoom: 1.12, caption: words('塗了一半的屋頂', '涂了一半的屋顶', 'A roof half painted') },
    { az: 14, pol: 78, zoom: 1.8, target: [0, 460, 200], caption: words('屋頂下的房間', '屋顶下的房间', 'The rooms below') },
    { az: -34, pol: 52, zoom: 1.25, caption: words('從上面看', '从上面看', 'From above') },
  ],
  hotspots: [
    {
      id: 'paint',
      label: words('塗了的一半', '涂过的一半', 'The painted half'),
      text: words('塗料不耗能源，也能令建築物降溫。', '涂料不耗能源，也能让建筑物降温。', 'The paint cools the building without using energy.'),
    },
    {
      id: 'bare',
      label: words('沒塗的一半', '没涂的一半', 'The bare half'),
      text: words('沒有塗料的屋頂曬熱了，熱力傳到下面。', '没有涂料的屋顶晒热了，热量传到下面。', 'A bare roof warms in the sun and passes the warmth down.'),
    },
    {
      id: 'rooms',
      label: words('示意模型', '示意模型', 'An illustration'),
      text: words('箭咀和溫度計只作示意，並非量度數據。', '箭头和温度计仅作示意，并非测量数据。', 'Arrows and thermometers are an illustration, not measurements.'),
    },
    {
      id: 'prize',
      label: words('冠軍和亞軍', '冠军和亚军', 'First and second'),
      text: words(
        '它是2021年香港分站賽冠軍、全球賽亞軍。',
        '它是2021年香港分站赛冠军、全球赛亚军。',
        'It won the Hong Kong Chapter in 2021 and came second in the global contest.',
      ),
    },
  ],
  make,
};

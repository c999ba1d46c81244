/** Floating robot in a wetland: two hulls, solar deck, camera mast, a sonde in the water; reeds, lilies and a turtle that it has spotted. It drifts and looks about. */
import { cosD, merge, placed, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin, sway } from '../kit/motion.ts';
import { disc, flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { antenna, bolts, cable } from '../kit/parts-fixings.ts';
import { led, lens } from '../kit/parts-optics.ts';
import { band, box, cube, cyl, dome, lathe, sphere } from '../kit/solids.ts';
import { bar, loft, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const waterY = 520;

/** A round piece of pond, cut at its rim: water over mud. */
const pond = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 0],
        [1720, 0],
        [1760, 40],
        [1760, 200],
        [1700, 240],
        [0, 240],
      ],
      56,
    ),
    'shell2',
  );
  m.add(band(1764, 1730, 40, { segments: 56 }), 'accent', { at: [0, 120, 0] });
  m.add(
    lathe(
      [
        [0, 240],
        [1690, 240],
        [1690, 330],
        [1200, 300],
        [600, 260],
        [0, 250],
      ],
      48,
    ),
    '#7D6A52',
  );
  m.add(
    lathe(
      [
        [0, waterY - 4],
        [1660, waterY - 4],
        [1686, waterY - 20],
        [1690, 334],
        [1690, 330],
      ],
      56,
    ),
    'water',
  );
  m.add(merge(...upTo(16).map((i) => placed(sphere(90 + (i % 5) * 24, 9, 6), { at: [1450 * sinD(i * 137), 290, 1450 * cosD(i * 137)], scale: [1, 0.6, 1] }))), '#8E8A80', {
    tolerance: 1,
  });
};

const reeds = (m: Model): void => {
  for (const i of upTo(30)) {
    const a = 150 + ((i * 53) % 130);
    const r = 1180 + ((i * 97) % 420);
    const h = 760 + ((i * 131) % 520);
    const lean = ((i * 37) % 24) - 12;
    m.within({ at: [r * sinD(a), 290, r * cosD(a)], rot: [lean * 0.5, i * 40, lean] }, () => {
      m.add(
        placed(
          lathe(
            [
              [0, 0],
              [14, 0],
              [9, h * 0.7],
              [3, h],
              [0, h],
            ],
            6,
          ),
          {},
        ),
        i % 3 ? 'leaf' : '#88A85C',
        { tolerance: 1 },
      );
      if (i % 3 === 0) m.add(cyl(26, 170, { segments: 10 }), 'bark', { at: [0, h - 90, 0], tolerance: 1 });
      else
        m.add(
          plate(
            outline([
              [-12, 0],
              [12, 0],
              [30, h * 0.5],
              [70, h * 0.8],
              [6, h * 0.5],
            ]),
            5,
            1,
          ),
          '#7FB06A',
          { rot: [0, 90, 0], tolerance: 1 },
        );
    });
  }
  const leaf = pierced(disc(170, 0, 0, 22));
  for (const [i, [x, z]] of (
    [
      [860, 900],
      [1180, 520],
      [560, 1240],
      [-1180, 640],
      [-1320, 220],
    ] as const
  ).entries()) {
    m.add(placed(plate(leaf, 14, 4), { rot: [90, 0, 0] }), i % 2 ? '#4F9A63' : 'leaf', { at: [x, waterY + 4, z], scale: 0.8 + (i % 3) * 0.2 });
    if (i % 2 === 0) {
      m.add(merge(...upTo(8).map((k) => placed(sphere(44, 8, 6), { at: [60 * sinD(k * 45), 34, 60 * cosD(k * 45)], rot: [-40, k * 45, 0], scale: [0.5, 0.34, 1.1] }))), '#F1A9CF', {
        at: [x, waterY + 10, z],
        tolerance: 1,
      });
      m.add(sphere(24, 10, 8), '#F2D15B', { at: [x, waterY + 54, z] });
    }
  }
};

const ringAt = (z: number, w: number, top: number, keel: number): Vec3[] => [
  [-w, top, z],
  [-w, top - 60, z],
  [-w * 0.72, keel + 40, z],
  [0, keel, z],
  [w * 0.72, keel + 40, z],
  [w, top - 60, z],
  [w, top, z],
  [0, top + 10, z],
];

const boat = (m: Model): void => {
  for (const s of sides)
    m.within({ at: [s * 430, 0, 0] }, () => {
      m.add(
        loft(
          [ringAt(-760, 110, 120, -60), ringAt(-600, 130, 130, -120), ringAt(300, 130, 130, -130), ringAt(640, 96, 150, -80), ringAt(830, 12, 190, 110)].map((r) => r.toReversed()),
          46,
        ),
        'shell',
      );
      m.add(box(276, 40, 1320, 16), 'accent', { at: [0, 96, -90] });
      m.add(cyl(64, 130, { segments: 20 }), 'dark', { at: [0, -30, -800], rot: [90, 0, 0] });
    });
  m.add(box(980, 110, 1100, 40, 2), 'shell', { at: [0, 200, -60] });
  m.add(box(990, 30, 1110, 12), 'dark', { at: [0, 168, -60] });
  for (const i of upTo(2)) for (const j of upTo(3)) m.add(box(420, 12, 210, 6), 'solar', { at: [-225 + i * 450, 264, -440 + j * 224] });
  m.add(box(520, 240, 300, 60, 2), 'shell', { at: [0, 350, 330] });
  m.add(box(530, 40, 310, 16), 'accent', { at: [0, 300, 330] });
  for (const x of [-120, 120]) lens(m, 46, { at: [x, 370, 484] }, 'dark');
  for (const x of [-220, 220]) led(m, 20, x < 0 ? 'red' : 'green', { at: [x, 300, 486] });
  bolts(m, 4, 320, 16, { at: [0, 258, -60] });
  // rail, arch and mast
  for (const s of sides)
    m.add(
      tube(
        24,
        [
          [s * 450, 240, 420],
          [s * 470, 420, 300],
          [s * 470, 420, -500],
          [s * 450, 240, -600],
        ],
        { steps: 24, segments: 10 },
      ),
      'steel',
    );
  m.add(cyl(44, 620, { segments: 18 }), 'shell2', { at: [0, 760, 260] });
  m.add(band(60, 42, 50, { segments: 18 }), 'accent', { at: [0, 620, 260] });
  antenna(m, 520, { at: [-330, 250, -520] }, 'black', 2.4);
  m.add(
    lathe(
      [
        [0, 0],
        [110, 0],
        [120, 30],
        [80, 80],
        [0, 92],
      ],
      24,
    ),
    'white',
    { at: [330, 330, -520] },
  );
  m.add(cyl(26, 100, { segments: 12 }), 'gun', { at: [330, 290, -520] });
};

const eye = (m: Model): void => {
  m.add(sphere(130, 26, 18), 'shell');
  m.add(
    lathe(
      [
        [0, -60],
        [133, -40],
        [138, 0],
        [133, 40],
        [0, 40],
      ],
      30,
    ),
    'black',
  );
  for (const i of upTo(4)) m.within({ rot: [0, i * 90, 0] }, () => lens(m, 40, { at: [0, 0, 132] }, 'dark'));
  m.add(dome(48, 0.9, 18, 5), 'amber', { at: [0, 122, 0] });
};

/** The sonde below the keel, on its cable. */
const sonde = (m: Model): void => {
  cable(m, 14, [
    [0, 330, 0],
    [0, 200, 0],
    [0, 120, 0],
  ]);
  m.add(cyl(60, 180, { segments: 22, bevel: 16 }), 'shell', { at: [0, 30, 0] });
  m.add(band(64, 56, 30, { segments: 22 }), 'accent', { at: [0, 60, 0] });
  m.add(cyl(46, 40, { segments: 20 }), 'black', { at: [0, -76, 0] });
  led(m, 16, 'cyan', { at: [0, 30, 60] });
};

const turtle = (m: Model): void => {
  m.add(dome(160, 0.55, 20, 6), '#5F7A3A');
  m.add(
    merge(
      ...upTo(6).map((k) => placed(cyl(46, 14, { segments: 6 }), { at: [88 * sinD(k * 60), 62, 88 * cosD(k * 60)], rot: [26 * cosD(k * 60), 0, -26 * sinD(k * 60)] })),
      placed(cyl(54, 14, { segments: 6 }), { at: [0, 86, 0] }),
    ),
    '#7E9A4C',
    { tolerance: 1 },
  );
  m.add(
    lathe(
      [
        [0, -30],
        [166, -12],
        [170, 6],
        [150, 16],
        [0, 16],
      ],
      22,
    ),
    '#C7A95C',
  );
  m.add(sphere(56, 14, 10), '#6F8F46', { at: [0, 30, 200], scale: [0.9, 0.8, 1.2] });
  for (const s of sides) {
    m.add(box(16, 20, 80, 6), 'red', { at: [s * 44, 40, 196] });
    m.add(sphere(9, 8, 6), 'black', { at: [s * 34, 52, 236] });
    for (const z of [-90, 90]) m.add(sphere(60, 10, 8), '#6F8F46', { at: [s * 150, -6, z], scale: [1.1, 0.4, 0.7] });
  }
};

/** Corners of light round what was spotted. */
const found = (m: Model): void => {
  for (const sx of sides)
    for (const sz of sides) {
      m.add(cube(110, 10, 22), 'accentGlow', { at: [sx * 245, 0, sz * 300] });
      m.add(cube(22, 10, 110), 'accentGlow', { at: [sx * 300, 0, sz * 245] });
    }
};

const boatAt: Vec3 = [-260, waterY, -60];

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.08, edgeMm: 40, reach: 0.24 });
  m.within({ scale: [0.84, 1, 0.84] }, () => {
    pond(m);
    reeds(m);
  });
  m.node('boat', boatAt, { rot: [0, 22, 0], moving: true }).on('boat', () => boat(m));
  m.node('eye', [0, 1180, 260], { parent: 'boat', moving: true }).on('eye', () => eye(m));
  m.node('sonde', [0, -200, 60], { parent: 'boat', moving: true }).on('sonde', () => sonde(m));
  for (const s of sides)
    m.node(s > 0 ? 'screw_right' : 'screw_left', [s * 430, -30, -880], { parent: 'boat', moving: true }).on(s > 0 ? 'screw_right' : 'screw_left', () => {
      m.add(cyl(24, 60, { segments: 14 }), 'gun', { rot: [90, 0, 0] });
      for (const k of upTo(3)) m.add(box(46, 130, 14, 5), 'brass', { at: [70 * sinD(k * 120), 70 * cosD(k * 120), 0], rot: [0, 26, -k * 120] });
    });
  const turtleAt: Vec3 = [780, waterY + 8, 620];
  m.node('turtle', turtleAt, { rot: [0, -60, 0], moving: true }).on('turtle', () => turtle(m));
  m.within({ at: [780, waterY + 30, 620], rot: [0, 20, 0] }, () => found(m));
  m.add(bar(8, [-60, waterY + 1150, 160], [640, waterY + 150, 560], 6), 'accentGlow');
  m.add(flat(slab(4, 4, 1)), 'accentGlow', { at: [780, waterY + 120, 620] });
  m.clip('drift', [
    sway('boat', 'z', 6, 2.2, [0, 22, 0]),
    shift(
      'boat',
      boatAt,
      upTo(9).map((k) => k * 0.75),
      upTo(9).map((k) => [0, 16 * Math.sin((k / 8) * Math.PI * 2), 0]),
    ),
    spin('eye', 'y', 6),
    spin('screw_left', 'z', 1.5),
    spin('screw_right', 'z', 1.5, -1),
    shift(
      'turtle',
      turtleAt,
      [0, 3, 6],
      [
        [0, 0, 0],
        [40, -6, 30],
        [0, 0, 0],
      ],
    ),
  ]);
  return m.hotspot('eye', [0, 60, 150], 'eye').hotspot('found', [0, 120, 60], 'turtle').hotspot('hull', [430, 140, 420], 'boat').hotspot('medal', [0, 280, -400], 'boat');
};

export const exhibit: Exhibit = {
  id: 'wetland-aqua-bot',
  area: 'environment',
  name: words('濕地監測水上機械人', '湿地监测水上机器人', 'AI-powered Aqua-bot'),
  projects: ['aqua-bot'],
  views: [
    { az: 26, pol: 66, zoom: 1, caption: words('濕地裏的機械人', '湿地里的机器人', 'In the wetland') },
    { az: 72, pol: 74, zoom: 1.04, caption: words('從右邊看', '从右边看', 'From the right') },
    { az: 30, pol: 58, zoom: 2.2, target: [300, 760, 300], caption: words('它找到的', '它找到的', 'What it spotted') },
  ],
  hotspots: [
    { id: 'eye', label: words('人工智能', '人工智能', 'AI'), text: words('這部水上機械人使用人工智能。', '这台水上机器人使用人工智能。', 'This floating robot uses AI.') },
    {
      id: 'found',
      label: words('外來入侵物種', '外来入侵物种', 'Invasive species'),
      text: words(
        '它及早找出濕地裏的外來入侵物種，這隻龜只作示意。',
        '它及早找出湿地里的外来入侵物种，这只龟仅作示意。',
        'It spots invasive species in wetlands early; this turtle is an illustration.',
      ),
    },
    {
      id: 'hull',
      label: words('水上機械人', '水上机器人', 'A floating robot'),
      text: words('它浮在水上，造型只作示意。', '它浮在水上，造型仅作示意。', 'It floats on the water; the shape is an illustration.'),
    },
    {
      id: 'medal',
      label: words('2024年金獎', '2024年金奖', 'Gold in 2024'),
      text: words('它在2024年獲日內瓦國際發明展金獎。', '它在2024年获日内瓦国际发明展金奖。', 'It won a gold medal at the Geneva inventions exhibition in 2024.'),
    },
  ],
  make,
};

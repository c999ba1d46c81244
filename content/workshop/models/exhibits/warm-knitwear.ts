/** A knitted jumper on a bust: ribs at collar, cuffs and hem, stitches over the body, and a window in the chest that shows the warmth inside. Needles and yarn lie at its foot; the ball of yarn rolls. */
import { type BufferGeometry, CatmullRomCurve3, Matrix4, Vector3 } from 'three';
import { merge, moved, placed, ring, smooth, soup, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin } from '../kit/motion.ts';
import { outline, plate } from '../kit/outlines.ts';
import { band, cyl, lathe, sphere } from '../kit/solids.ts';
import { bar, loft, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const around = 26;

/** Half widths of the body by height: hem, waist, chest, shoulders, neck. */
const shape: readonly (readonly [y: number, rx: number, rz: number])[] = [
  [640, 330, 220],
  [760, 352, 232],
  [1000, 340, 226],
  [1250, 376, 246],
  [1420, 400, 246],
  [1540, 372, 214],
  [1610, 268, 172],
  [1650, 168, 140],
];
const at = (y: number): { rx: number; rz: number } => {
  const i = Math.max(0, Math.min(shape.length - 2, shape.findIndex((s) => s[0] > y) - 1));
  const [a, b] = [shape[i], shape[i + 1]];
  if (!a || !b) return { rx: 0, rz: 0 };
  const t = (y - a[0]) / (b[0] - a[0]);
  return { rx: a[1] + (b[1] - a[1]) * t, rz: a[2] + (b[2] - a[2]) * t };
};
const oval = (y: number, grow: number, ribs = 0): Vec3[] =>
  upTo(around * (ribs > 0 ? 2 : 1)).map((k) => {
    const n = around * (ribs > 0 ? 2 : 1);
    const a = (k / n) * Math.PI * 2;
    const r = grow + (ribs > 0 && k % 2 ? ribs : 0);
    const { rx, rz } = at(y);
    return [(rx + r) * Math.sin(a), y, (rz + r) * Math.cos(a)];
  });

const stand = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, 0],
        [760, 0],
        [784, 22],
        [770, 66],
        [660, 100],
        [0, 110],
      ],
      60,
    ),
    'shell',
  );
  m.add(band(788, 762, 26, { segments: 60 }), 'accent', { at: [0, 36, 0] });
  m.add(cyl(40, 560, { segments: 20 }), 'brass', { at: [0, 380, 0] });
  m.add(cyl(150, 36, { segments: 32 }), 'brass', { at: [0, 124, 0] });
  m.add(
    lathe(
      [
        [0, 560],
        [250, 570],
        [300, 620],
        [300, 660],
        [0, 660],
      ],
      36,
    ),
    '#B98E63',
    { scale: [1, 1, 0.68] },
  );
  // neck block of the bust
  m.add(
    lathe(
      [
        [0, 1640],
        [120, 1640],
        [110, 1720],
        [116, 1800],
        [0, 1800],
      ],
      30,
    ),
    '#E6D8C3',
    { scale: [1, 1, 0.9] },
  );
  m.add(
    lathe(
      [
        [0, 1800],
        [124, 1800],
        [128, 1816],
        [60, 1830],
        [30, 1860],
        [44, 1890],
        [0, 1910],
      ],
      28,
    ),
    '#B98E63',
    { scale: [1, 1, 0.9] },
  );
};

/** One V of knitting: two leaves with a soft ridge, open at the back; rows of them make the cloth. */
const stitch = (w: number, h: number): BufferGeometry => {
  const [half, length, up] = [w * 0.27, h * 0.76, w * 0.25];
  const [tail, head, left, right]: Vec3[] = [
    [0, -length, 0],
    [0, length, 0],
    [-half, 0, -2],
    [half, 0, -2],
  ];
  const [low, high]: Vec3[] = [
    [0, -length * 0.42, up],
    [0, length * 0.42, up],
  ];
  const faces = [tail, right, low, right, high, low, right, head, high, head, left, high, left, low, high, left, tail, low] as Vec3[];
  const leaf = smooth(soup(faces.flatMap((p) => [...p])), 85);
  return merge(...sides.map((s) => placed(leaf, { at: [s * w * 0.23, 0, 0], rot: [0, 0, s * -24] })));
};

const windowRows = [1160, 1440] as const;
const inWindow = (x: number, y: number, z: number): boolean => z > 0 && Math.abs(x) < 172 && y > windowRows[0] && y < windowRows[1];

const body = (m: Model): void => {
  m.add(loft([oval(700, -16), ...[800, 1000, 1250, 1420, 1540, 1600].map((y) => oval(y, -8)), oval(1644, -8)], 60), '#C94E2E', { tolerance: 0.5 });
  const [w, h] = [64, 56];
  const one = stitch(w, h);
  const plain: BufferGeometry[] = [];
  const light: BufferGeometry[] = [];
  for (const row of upTo(16)) {
    const y = 826 + row * h * (row > 12 ? 0.92 : 1);
    if (y > 1622) break; // under the collar
    const { rx, rz } = at(y);
    // the cloth leans in over the shoulders
    const lean = (Math.atan2(at(y + 20).rx - at(y - 20).rx, 40) * 180) / Math.PI;
    const count = Math.round((Math.PI * (rx + rz)) / w);
    for (const k of upTo(count)) {
      const a = (k / count) * Math.PI * 2;
      const [x, z] = [(rx - 4) * Math.sin(a), (rz - 4) * Math.cos(a)];
      if (inWindow(x, y, z)) continue;
      const yaw = (Math.atan2(Math.sin(a) * rz, Math.cos(a) * rx) * 180) / Math.PI;
      const motif = row === 2 || row === 6 || ((row === 3 || row === 5) && k % 4 < 3) || (row === 4 && k % 4 === 1);
      (motif ? light : plain).push(placed(one, { at: [x, y, z], rot: [Math.max(lean, -58), yaw, 0] }));
    }
  }
  m.add(merge(...plain), 'accent', { tolerance: 1 });
  m.add(merge(...light), '#F4E4C8', { tolerance: 1 });
  // ribbed hem and collar
  m.add(
    loft(
      [oval(640, 10, 16), oval(700, 14, 18), oval(790, 8, 16), oval(800, -14)].map((r) => (r.length === around ? [...r, ...r].map((_, i) => r[Math.floor(i / 2)] as Vec3) : r)),
      30,
    ),
    '#C94E2E',
    { tolerance: 0.3 },
  );
  m.add(
    ring(30, (a) => placed(cyl(13, 120, { segments: 8 }), { at: [152 * Math.sin((a * Math.PI) / 180), 1690, 132 * Math.cos((a * Math.PI) / 180)] })),
    '#C94E2E',
    { tolerance: 0.6 },
  );
  m.add(
    lathe(
      [
        [120, 1636],
        [154, 1640],
        [150, 1744],
        [120, 1740],
      ],
      32,
    ),
    '#B44426',
    { scale: [1, 1, 0.88] },
  );
};

/** A knitted sleeve that hangs from the shoulder, with its ribbed cuff. */
const sleeve = (m: Model, s: number): void => {
  const path: Vec3[] = [
    [s * 300, 1520, 0],
    [s * 440, 1420, 10],
    [s * 520, 1180, 44],
    [s * 520, 860, 116],
  ];
  m.add(tube(112, path, { steps: 14, segments: 14, capped: false }), '#C94E2E', { tolerance: 0.5 });
  const curve = new CatmullRomCurve3(path.map((p) => new Vector3(...p)));
  const [w, h] = [68, 58];
  const one = stitch(w, h);
  const rows = Math.floor(curve.getLength() / h);
  const stripes: BufferGeometry[] = [];
  const plain: BufferGeometry[] = [];
  for (const row of upTo(rows)) {
    const t = (row + 0.5) / rows;
    const [p, along] = [curve.getPointAt(t), curve.getTangentAt(t)];
    const up = along.clone().negate();
    const count = 11;
    for (const k of upTo(count)) {
      const a = ((k + (row % 2) / 2) / count) * Math.PI * 2;
      const out = new Vector3(Math.sin(a), 0, Math.cos(a)).addScaledVector(up, -up.dot(new Vector3(Math.sin(a), 0, Math.cos(a)))).normalize();
      const across = new Vector3().crossVectors(up, out);
      const place = new Matrix4().makeBasis(across, up, out).setPosition(p.clone().addScaledVector(out, 112));
      (row === 6 || row === 8 ? stripes : plain).push(moved(one, place));
    }
  }
  m.add(merge(...plain), 'accent', { tolerance: 1 });
  m.add(merge(...stripes), '#F4E4C8', { tolerance: 1 });
  m.within({ at: [s * 518, 800, 130], rot: [-14, 0, s * -2] }, () => {
    m.add(
      ring(20, (a) => placed(cyl(15, 130, { segments: 8 }), { at: [98 * Math.sin((a * Math.PI) / 180), 0, 98 * Math.cos((a * Math.PI) / 180)] })),
      '#C94E2E',
      { tolerance: 0.6 },
    );
    m.add(
      lathe(
        [
          [70, -64],
          [102, -60],
          [102, 64],
          [70, 64],
        ],
        26,
      ),
      '#B44426',
    );
  });
};

/** Warmth behind the window: threads of light, for the eye only. */
const warmth = (m: Model): void => {
  const { rz } = at(1300);
  const z = (x: number): number => rz * Math.sqrt(Math.max(0.1, 1 - (x / 400) ** 2)) + 4;
  const zig: Vec3[] = upTo(15).map((i) => {
    const row = Math.floor(i / 2);
    const x = (i % 4 === 0 || i % 4 === 3 ? -1 : 1) * 132;
    return [x, 1186 + row * 37, z(x)];
  });
  m.add(tube(11, zig, { steps: 84, segments: 6, tension: 0.4 }), 'amber');
  const edge: Vec3[] = [
    [-178, 1156, z(-178)],
    [178, 1156, z(178)],
    [178, 1444, z(178) - 6],
    [-178, 1444, z(-178) - 6],
  ];
  m.add(tube(15, [...edge, edge[0] as Vec3], { steps: 80, segments: 8, tension: 0.05 }), '#F4E4C8');
};

const yarnAt: Vec3 = [-470, 212, 330];
const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.1, edgeMm: 26, reach: 0.24 });
  stand(m);
  body(m);
  for (const s of sides) sleeve(m, s);
  warmth(m);
  m.node('yarn', yarnAt, { moving: true }).on('yarn', () => {
    m.add(sphere(120, 22, 16), 'accent', { tolerance: 0.3 });
    for (const i of upTo(6)) m.add(placed(band(124, 108, 15, { segments: 18, bevel: 4 }), { rot: [i * 41, i * 67, i * 23] }), i % 3 ? '#F08A6A' : '#C94E2E', { tolerance: 1 });
  });
  m.add(
    tube(
      10,
      [
        [-380, 118, 380],
        [-200, 116, 520],
        [40, 118, 470],
        [120, 116, 560],
        [300, 118, 480],
        [420, 150, 360],
      ],
      { steps: 40, segments: 6 },
    ),
    '#E8623F',
  );
  for (const [x, yaw] of [
    [330, 24],
    [420, -16],
  ] as const)
    m.within({ at: [x, 150, 330], rot: [0, yaw, 0] }, () => {
      m.add(bar(13, [-330, 0, 0], [330, 10, 0], 10), '#D9B07A');
      m.add(sphere(28, 14, 10), 'accentDark', { at: [336, 10, 0] });
    });
  m.within({ at: [400, 132, 560], rot: [-90, 0, 16] }, () => {
    m.add(
      plate(
        outline(
          [
            [-150, -100],
            [150, -100],
            [150, 100],
            [-150, 100],
          ],
          20,
          4,
        ),
        24,
        8,
      ),
      '#F4E4C8',
    );
    for (const i of upTo(4)) for (const j of upTo(2)) m.add(stitch(52, 52), 'accent', { at: [-104 + i * 52, -54 + j * 54, 14], tolerance: 1 });
  });
  const roll: Vec3 = [90, 0, 0];
  m.clip('yarn', [shift('yarn', yarnAt, [0, 3, 6], [[0, 0, 0], roll, [0, 0, 0]]), spin('yarn', 'z', 6, -1)]);
  return m.hotspot('warm', [0, 1320, 290]).hotspot('knit', [-240, 930, 190]).hotspot('award', [520, 1120, 150]);
};

export const exhibit: Exhibit = {
  id: 'warm-knitwear',
  area: 'living',
  name: words('KnitWarm保暖針織品', 'KnitWarm保暖针织品', 'KnitWarm'),
  projects: ['apicta2021-knitwarm'],
  views: [
    { az: 20, pol: 78, zoom: 1, caption: words('保暖的針織品', '保暖的针织品', 'Knitting for warmth') },
    { az: -46, pol: 72, zoom: 1.02, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 6, pol: 80, zoom: 2.2, target: [0, 1280, 120], caption: words('暖意', '暖意', 'The warmth') },
  ],
  hotspots: [
    {
      id: 'warm',
      label: words('保暖', '保暖', 'Warmth'),
      text: words('KnitWarm是保暖的針織品，光線只作示意。', 'KnitWarm是保暖的针织品，光线仅作示意。', 'KnitWarm is knitting made for warmth; the light is an illustration.'),
    },
    { id: 'knit', label: words('針織', '针织', 'Knitting'), text: words('這件毛衣只作示意。', '这件毛衣仅作示意。', 'This jumper is an illustration.') },
    {
      id: 'award',
      label: words('健康組大獎', '健康组大奖', 'Health award'),
      text: words('它獲得亞太資訊及通訊科技大獎的健康組大獎。', '它获得亚太资讯及通讯科技大奖的健康组大奖。', 'It was an APICTA Winner for health and wellbeing.'),
    },
  ],
  make,
};

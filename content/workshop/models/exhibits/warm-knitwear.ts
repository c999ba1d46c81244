/** A knitted jumper on a bust: ribs at collar, cuffs and hem, stitches over the body, and a window in the chest that shows the warmth inside. Needles and yarn lie at its foot; the ball of yarn rolls. */
import { CatmullRomCurve3, Vector3 } from 'three';
import { type Cloth, knitted, ribbing } from '../kit/knit.ts';
import { placed, smooth, soup, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swing } from '../kit/motion.ts';
import { outline, plate } from '../kit/outlines.ts';
import { band, cyl, lathe, sphere } from '../kit/solids.ts';
import { bar, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;

/** Half widths of the body by height, up the side: hem, waist, chest, shoulders, neck. */
const profile = new CatmullRomCurve3(
  (
    [
      [330, 690, 222],
      [346, 800, 232],
      [340, 1000, 228],
      [366, 1230, 244],
      [388, 1400, 246],
      [352, 1530, 206],
      [262, 1610, 166],
      [152, 1664, 132],
    ] as const
  ).map((p) => new Vector3(...p)),
);
const profileMm = profile.getLength();
/** The body: `up` counts along its side from just under the hem's rim. */
const torso: Cloth = (turn, up) => {
  const { x: rx, y, z: rz } = profile.getPointAt(Math.max(0, Math.min(1, up / profileMm)));
  const a = turn * Math.PI * 2;
  return new Vector3(rx * Math.sin(a), y, rz * Math.cos(a));
};
/** A round cloth upright around the Y axis. */
const roundCloth =
  (rx: number, rz: number, y: number): Cloth =>
  (turn, up) =>
    new Vector3(rx * Math.sin(turn * Math.PI * 2), y + up, rz * Math.cos(turn * Math.PI * 2));

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

const yarns = { accent: 'accent', cream: '#F4E4C8', gold: '#F2B65A' } as const;
type Yarn = keyof typeof yarns;
const knit = (m: Model, cloth: Cloth, columns: number, rows: number, rowMm: number, colour: (column: number, row: number) => Yarn | null): void => {
  for (const [yarn, g] of knitted(cloth, { columns, rows, rowMm, liftMm: 15, colour })) m.add(g, yarns[yarn as Yarn], { tolerance: 1 });
};

const columns = 32;
const rowMm = 58;
const rows = Math.floor(profileMm / rowMm) - 1;
/** Columns and rows that the window takes: the middle of the front. */
const windowColumns = 3;
const windowRows = [9, 13] as const;
const inWindow = (column: number, row: number): boolean => row >= windowRows[0] && row < windowRows[1] && (column < windowColumns || column >= columns - windowColumns);

/** Diamonds between two stripes, in the lower third. */
const diamonds = (column: number, row: number): Yarn => {
  if (row === 1 || row === 7) return 'cream';
  if (row < 2 || row > 6) return 'accent';
  const fromMiddle = Math.min(column % 8, 8 - (column % 8));
  if (row === 4 && fromMiddle === 4) return 'gold';
  return fromMiddle <= 2 - Math.abs(row - 4) ? 'cream' : 'accent';
};

const body = (m: Model): void => {
  knit(m, torso, columns, rows, rowMm, (column, row) => (inWindow(column, row) ? null : diamonds(column, row)));
  m.add(ribbing(torso, 36, [-0.1, 96], 15), '#C94E2E', { tolerance: 0.3 });
  m.add(ribbing(roundCloth(146, 127, 1622), 24, [0, 134], 13), '#C94E2E', { tolerance: 0.3 });
};

/** A knitted sleeve that hangs from the shoulder, with its ribbed cuff. */
const sleeve = (m: Model, s: number): void => {
  const path = new CatmullRomCurve3([new Vector3(s * 210, 1500, 0), new Vector3(s * 400, 1425, 8), new Vector3(s * 490, 1180, 40), new Vector3(s * 496, 800, 112)]);
  const length = path.getLength();
  const cloth: Cloth = (turn, up) => {
    const t = Math.max(0, Math.min(1, 1 - up / length));
    const [p, along] = [path.getPointAt(t), path.getTangentAt(t).negate()];
    const front = new Vector3(0, 0, 1).addScaledVector(along, -along.z).normalize();
    const right = new Vector3().crossVectors(along, front);
    const r = 88 + 44 * Math.min(1, (1 - t) * 1.5);
    return p.addScaledVector(right, r * Math.sin(turn * Math.PI * 2)).addScaledVector(front, r * Math.cos(turn * Math.PI * 2));
  };
  knit(m, cloth, 12, Math.floor((length - 30) / rowMm), rowMm, (_, row) => (row === 5 || row === 7 ? 'cream' : row === 6 ? 'gold' : 'accent'));
  m.add(ribbing(cloth, 14, [0.1, 112], 13), '#C94E2E', { tolerance: 0.3 });
};

/** The window's panel lies under the cloth; its threads of light are for the eye only. */
const warmth = (m: Model): void => {
  const [low, high] = [windowRows[0] * rowMm + 14, windowRows[1] * rowMm + 14];
  const half = windowColumns / columns;
  const point = (x: number, y: number, lift: number): Vec3 => {
    const p = torso(x * half, low + (high - low) * y);
    return [p.x, p.y, p.z + lift];
  };
  const steps = 8;
  const patch = upTo(steps).flatMap((i) => {
    const [a, b] = [(i / steps) * 2.3 - 1.15, ((i + 1) / steps) * 2.3 - 1.15];
    const corners = [point(a, -0.12, -22), point(b, -0.12, -22), point(b, 1.12, -22), point(a, 1.12, -22)] as const;
    return [corners[0], corners[1], corners[2], corners[0], corners[2], corners[3]].flatMap((v) => [...v]);
  });
  m.add(smooth(soup(patch)), '#7A2A1C', { tolerance: 0.2 });
  const lines = 6;
  const zig: Vec3[] = upTo(lines * 2).map((i) => point(i % 4 === 0 || i % 4 === 3 ? -0.74 : 0.74, 0.1 + (Math.floor(i / 2) / (lines - 1)) * 0.8, -12));
  const curved = zig.flatMap((p, i): Vec3[] => {
    const row = Math.floor(i / 2);
    return i % 2 ? [p] : [p, ...[-0.37, 0, 0.37].map((x) => point(row % 2 ? -x : x, 0.1 + (row / (lines - 1)) * 0.8, -12))];
  });
  m.add(tube(9, curved, { steps: 110, segments: 6 }), 'amber');
  const rim = upTo(40).map((i): Vec3 => {
    const [side, t] = [Math.floor(i / 10), (i % 10) / 5 - 1];
    return side === 0 ? point(t, 0, 8) : side === 1 ? point(1, (t + 1) / 2, 8) : side === 2 ? point(-t, 1, 8) : point(-1, (1 - t) / 2, 8);
  });
  m.add(tube(17, rim, { steps: 80, segments: 8, closed: true }), '#F4E4C8', { tolerance: 0.3 });
};

const yarnAt: Vec3 = [-470, 212, 330];
const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.22, edgeMm: 34, reach: 0.24 });
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
    const swatch: Cloth = (turn, up) => new Vector3(-116 + turn * 232, up - 84, 12);
    knit(m, swatch, 6, 3, 40, (_, row) => (row === 1 ? 'gold' : 'accent'));
  });
  // the ball rolls without sliding
  const rollTimes = upTo(13).map((i) => i / 2);
  const ways = rollTimes.map((t): Vec3 => [45 - 45 * Math.cos((t / 6) * Math.PI * 2), 0, 0]);
  m.clip('yarn', [
    shift('yarn', yarnAt, rollTimes, ways),
    swing(
      'yarn',
      'z',
      rollTimes,
      ways.map(([x]) => (-x / 124) * (180 / Math.PI)),
    ),
  ]);
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

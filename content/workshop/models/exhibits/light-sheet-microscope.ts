/**
 * Light-sheet microscope, cut away: a thin sheet of light from the left crosses a clear sample in its bath and moves through it, layer by
 * layer; the lens behind looks straight at the lit layer. The parts come apart in the exploded state.
 */
import { cosD, placed, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swell } from '../kit/motion.ts';
import { disc, flat, outline, plate } from '../kit/outlines.ts';
import { bolts, cable, louvre, screw } from '../kit/parts-fixings.ts';
import { led, lens, type Sign, screen } from '../kit/parts-optics.ts';
import { slabStand, standTop } from '../kit/parts-stand.ts';
import { band, box, cube, cyl, lathe, sphere, torus } from '../kit/solids.ts';
import { loft } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const axisY = 760;
const sampleR = 215;
const middle: Vec3 = [0, axisY, 0];
const reachMm = 150;
const tableZ = -230;
const blue = '#7FE3FF';

const table = (m: Model): void => {
  m.within({ at: [0, 0, tableZ] }, () => slabStand(m, 2120, 1340));
  m.add(box(1980, 50, 1200, 14), 'gun', { at: [0, standTop + 10, tableZ] });
  // the screw holes of an optical table
  const hole = placed(flat(disc(11, 0, 0, 8)), { rot: [-90, 0, 0] });
  for (const z of upTo(8))
    for (const x of upTo(13)) if (Math.abs(x - 6) > 1 || Math.abs(z - 5) > 1) m.add(hole, 'black', { at: [-900 + x * 150, standTop + 36.5, tableZ - 525 + z * 150], tolerance: 1 });
};

/** An upright carrier on a foot, its saddle at the height of the beam. */
const carrier = (m: Model, x: number, z: number, top: number): void => {
  m.add(box(240, 40, 240, 10), 'shell2', { at: [x, standTop + 55, z] });
  for (const s of sides) for (const t of sides) m.add(cyl(13, 14, { segments: 6 }), 'chrome', { at: [x + s * 92, standTop + 80, z + t * 92] });
  m.add(cyl(52, top - standTop - 70, { segments: 24 }), 'steel', { at: [x, (top + standTop + 70) / 2, z] });
  m.add(box(120, 70, 150, 16), 'dark', { at: [x, standTop + 180, z] });
  m.add(cyl(22, 50, { segments: 14 }), 'black', { at: [x + 80, standTop + 180, z], rot: [0, 0, 90] });
};

/** An objective that looks along +Z with its tip at the origin: shoulder, colour ring, knurled ring. */
const objective = (m: Model, length: number, r: number): void => {
  m.within({ rot: [90, 0, 0] }, () => {
    m.add(
      lathe(
        [
          [0, -length],
          [r, -length],
          [r, -length * 0.5],
          [r * 0.96, -length * 0.46],
          [r * 0.9, -length * 0.3],
          [r * 0.5, -20],
          [r * 0.42, 0],
          [0, 0],
        ],
        36,
      ),
      'chrome',
    );
    m.add(band(r * 1.04, r * 0.9, length * 0.1, { segments: 36 }), 'accent', { at: [0, -length * 0.56, 0] });
    m.add(band(r * 1.1, r * 0.9, length * 0.18, { segments: 28, bevel: 6 }), 'dark', { at: [0, -length * 0.8, 0] });
    for (const i of upTo(24))
      m.add(cube(8, length * 0.15, 10), 'black', { at: [r * 1.1 * sinD(i * 15), -length * 0.8, r * 1.1 * cosD(i * 15)], rot: [0, i * 15, 0], tolerance: 1 });
  });
  lens(m, r * 0.3, { at: [0, 0, 3] }, 'black');
};

const lightPath = (m: Model): void => {
  // laser head, beam tube, objective: along +x to the sample
  m.add(box(430, 330, 400, 34, 2), 'shell', { at: [-760, axisY, 0] });
  m.add(box(438, 46, 408, 14), 'accent', { at: [-760, axisY + 70, 0] });
  m.add(box(436, 10, 406, 4), 'seam', { at: [-760, axisY - 90, 0] });
  louvre(m, 230, 90, 6, { at: [-790, axisY - 10, 201] });
  louvre(m, 230, 120, 7, { at: [-760, axisY - 10, -201], rot: [0, 180, 0] });
  louvre(m, 250, 150, 8, { at: [-976, axisY, 0], rot: [0, -90, 0] });
  for (const s of sides) for (const t of sides) screw(m, 10, { at: [-760 + s * 190, axisY + t * 140, 201] });
  led(m, 15, 'cyan', { at: [-610, axisY + 10, 202] });
  m.add(cyl(120, 90, { segments: 32 }), 'dark', { at: [-505, axisY, 0], rot: [0, 0, 90] });
  m.add(cyl(88, 130, { segments: 32 }), 'gun', { at: [-420, axisY, 0], rot: [0, 0, 90] });
  m.within({ at: [-262, axisY, 0], rot: [0, 90, 0] }, () => objective(m, 200, 100));
  carrier(m, -800, 0, axisY - 150);
  carrier(m, -470, 0, axisY - 110);
};

const detection = (m: Model): void => {
  m.within({ at: [0, 0, 0] }, () => objective(m, 240, 130));
  m.add(cyl(112, 190, { segments: 36 }), 'gun', { at: [0, 0, -320], rot: [90, 0, 0] });
  m.add(placed(band(128, 108, 40, { segments: 36 }), { rot: [90, 0, 0] }), 'accent', { at: [0, 0, -300] });
  m.add(box(290, 290, 250, 30, 2), 'shell', { at: [0, 0, -520] });
  m.add(box(296, 296, 40, 12), 'dark', { at: [0, 0, -560] });
  for (const a of upTo(9)) m.add(cube(12, 250, 34), 'dark', { at: [-120 + a * 30, 0, -660] });
  m.add(box(270, 270, 14, 6), 'shell2', { at: [0, 0, -646] });
  led(m, 12, 'green', { at: [100, 146, -470], rot: [-90, 0, 0] });
};

/** Bath of water around the sample; the front and the top are left away. */
const bath = (m: Model): void => {
  const [w, h, d] = [620, 560, 560];
  const glass = ['glass', '#D6F1FB', 0.2] as const;
  m.add(cube(w, 14, d), 'shell2', { at: [0, -h / 2, 0] });
  m.add(box(w + 40, 40, d + 40, 12), 'dark', { at: [0, -h / 2 - 28, 0] });
  m.add(cube(w, h, 10), glass, { at: [0, 0, -d / 2] });
  m.add(cube(10, h, d), glass, { at: [w / 2, 0, 0] });
  m.add(cube(10, h, d), glass, { at: [-w / 2, 0, 0] });
  for (const s of sides) {
    m.add(cube(16, h, 16), 'steel', { at: [(s * w) / 2, 0, -d / 2] });
    m.add(cube(16, h * 0.24, 16), 'steel', { at: [(s * w) / 2, -h * 0.38, d / 2] });
    m.add(cube(16, 16, d), 'steel', { at: [(s * w) / 2, h / 2, 0] });
    m.add(placed(band(92, 76, 26, { segments: 30 }), { rot: [0, 0, 90] }), 'black', { at: [(s * w) / 2, 0, 0] });
  }
  m.add(cube(w, 16, 16), 'steel', { at: [0, h / 2, -d / 2] });
  m.add(cube(w - 14, 4, d - 14), ['glass', '#BFEAF8', 0.4], { at: [0, h * 0.38, 0] });
};

/** A ball of clear cells, places by the golden angle in five shells. */
const sample = (m: Model): void => {
  const cells: Vec3[] = [];
  for (const [count, r] of [
    [1, 0],
    [9, 92],
    [30, 172],
  ] as const)
    for (const i of upTo(count)) {
      const y = count === 1 ? 0 : 1 - (2 * (i + 0.5)) / count;
      const around = i * 137.508;
      const wide = Math.sqrt(1 - y * y);
      cells.push([r * wide * cosD(around), r * y, r * wide * sinD(around)]);
    }
  for (const [i, at] of cells.entries()) m.add(sphere(46 - (i % 3) * 4, 11, 8), ['glass', i % 4 ? '#F4C9B8' : '#F7E3D6', 0.3], { at, tolerance: 1 });
  for (const [i, at] of cells.entries()) m.add(sphere(15, 6, 5), i % 3 ? '#C98F80' : '#B06E5E', { at, tolerance: 1 });
};

/** The lit layer at rest: a hexagonal field of cells, in the plane of the sheet. */
const layer = (m: Model): void => {
  m.add(torus(sampleR + 6, 7, 44, 6), 'cyan');
  const step = 74;
  for (const j of upTo(7))
    for (const i of upTo(7)) {
      const [x, y] = [(i - 3 + (j % 2 ? 0.5 : 0)) * step, (j - 3) * step * 0.87];
      if (Math.hypot(x, y) > sampleR - 30) continue;
      for (const turn of [0, 180]) {
        m.add(flat(disc(33, 0, 0, 14)), (i + j) % 3 ? 'cyan' : 'glow', { at: [x, y, turn ? -4 : 4], rot: [0, turn, 0] });
        m.add(flat(disc(11, 0, 0, 10)), 'accentGlow', { at: [x, y, turn ? -6 : 6], rot: [0, turn, 0] });
      }
    }
};

/** The light itself: a wedge that narrows to a sheet at the sample and widens again. */
const sheet = (m: Model): void => {
  const at = (x: number, half: number, thick: number): Vec3[] => [
    [x, -half, thick],
    [x, -half, -thick],
    [x, half, -thick],
    [x, half, thick],
  ];
  const skin = (from: Vec3[], to: Vec3[]): ReturnType<typeof loft> => loft([from, to], 10);
  m.add(skin(at(-262, 40, 20), at(-130, 245, 5)), ['glass', blue, 0.6], { tolerance: 1 });
  m.add(skin(at(-130, 245, 5), at(286, 245, 5)), ['glass', blue, 0.5], { tolerance: 1 });
  m.add(cube(420, 5, 12), 'cyan', { at: [78, 245, 0] });
  m.add(cube(420, 5, 12), 'cyan', { at: [78, -245, 0] });
  m.add(cube(5, 490, 12), 'cyan', { at: [286, 0, 0] });
};

const monitor = (m: Model): void => {
  m.within({ at: [740, 0, -40], rot: [0, -26, 0] }, () => {
    m.add(box(330, 40, 250, 16), 'dark', { at: [0, standTop + 55, -40] });
    m.add(
      plate(
        outline(
          [
            [-60, 0],
            [60, 0],
            [44, 560],
            [-44, 560],
          ],
          16,
        ),
        46,
        8,
      ),
      'shell2',
      { at: [0, standTop + 60, -70], rot: [-8, 0, 0] },
    );
    const cells: Sign[] = [{ ring: [-60, 0, 150, 142], paint: '#7FE3FF' }];
    for (const k of upTo(16)) cells.push({ disc: [-60 + 33 * Math.sqrt(k) * cosD(k * 137.5), 33 * Math.sqrt(k) * sinD(k * 137.5), 17], paint: k % 4 ? '#7FE3FF' : '#FFB39E' });
    for (const k of upTo(6)) cells.push({ bar: [190, -110 + k * 44, 74 - Math.abs(k - 2.5) * 14, 26], paint: k === 3 ? '#F0694A' : '#35587A' });
    m.within({ at: [0, 800, 10], rot: [-8, 0, 0] }, () => {
      screen(m, 540, 400, cells, { at: [0, 0, 0] }, { thick: 40, bezel: 16, frame: 'shell' });
      m.add(box(420, 280, 40, 16), 'shell2', { at: [0, 0, -34] });
      louvre(m, 300, 130, 6, { at: [0, 20, -56], rot: [0, 180, 0] });
      screw(m, 9, { at: [180, 120, -56], rot: [0, 180, 0] });
      screw(m, 9, { at: [-180, 120, -56], rot: [0, 180, 0] });
    });
  });
};

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.06, edgeMm: 20, reach: 0.26 });
  table(m);
  monitor(m);
  m.add(box(300, 240, 300, 24), 'shell2', { at: [0, standTop + 150, 0] });
  m.add(box(308, 26, 308, 10), 'accent', { at: [0, standTop + 220, 0] });
  m.add(
    lathe(
      [
        [0, 0],
        [120, 0],
        [90, 60],
        [90, 130],
        [0, 130],
      ],
      28,
    ),
    'dark',
    { at: [0, standTop + 260, 0] },
  );
  bolts(m, 6, 128, 12, { at: [0, standTop + 272, 0] });
  carrier(m, 0, -790 + 90, axisY - 130);
  cable(
    m,
    16,
    [
      [-700, axisY - 150, -150],
      [-620, 260, -330],
      [-300, 190, -520],
      [-70, 240, -600],
    ],
    'black',
    { steps: 22 },
  );
  cable(
    m,
    14,
    [
      [60, 560, -720],
      [240, 200, -680],
      [520, 176, -420],
      [700, 190, -60],
    ],
    'black',
    { steps: 22 },
  );
  lightPath(m);
  m.node('lens', [0, axisY, -262]).on('lens', () => detection(m));
  // the sample is lifted out of the bath by its rod, and the layer that was lit stands before it
  m.node('sample', middle, { explode: [0, 640, 0] }).on('sample', () => {
    sample(m);
    m.add(cyl(20, 250, { segments: 16 }), 'chrome', { at: [0, sampleR + 130, 0] });
    m.add(cyl(60, 70, { segments: 24 }), 'dark', { at: [0, sampleR + 280, 0] });
    m.add(cyl(64, 14, { segments: 24 }), 'accent', { at: [0, sampleR + 280, 0] });
  });
  m.node('layer', middle, { explode: [0, 640, 330] }).on('layer', () => layer(m));
  m.node('bath', middle, { moving: true }).on('bath', () => bath(m));
  m.node('sheet', middle, { moving: true }).on('sheet', () => sheet(m));
  const steps = upTo(17);
  const times = steps.map((i) => i / 2);
  const ways = steps.map((i): Vec3 => [0, 0, reachMm * Math.sin((i / 16) * Math.PI * 2)]);
  m.clip('scan', [
    shift('sheet', middle, times, ways),
    shift('layer', middle, times, ways),
    swell(
      'layer',
      times,
      ways.map(([, , z]): Vec3 => [Math.sqrt(1 - (z / sampleR) ** 2), Math.sqrt(1 - (z / sampleR) ** 2), 1]),
    ),
  ]);
  return m
    .hotspot('sheet', [240, 245, 10], 'sheet')
    .hotspot('sample', [0, 30, sampleR], 'sample')
    .hotspot('lens', [-90, 110, -130], 'lens')
    .hotspot('prize', [740, axisY + 60, 0]);
};

export const exhibit: Exhibit = {
  id: 'light-sheet-microscope',
  area: 'living',
  name: words('光片顯微鏡', '光片显微镜', 'Light-sheet microscope'),
  projects: ['mic-2019-light-innovation'],
  views: [
    { az: 24, pol: 66, zoom: 1.1, caption: words('光片顯微鏡', '光片显微镜', 'The microscope') },
    { az: 34, pol: 74, zoom: 2.3, target: [0, axisY, 0], caption: words('一片薄光', '一片薄光', 'The sheet of light') },
    { az: -148, pol: 60, zoom: 1.06, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    {
      id: 'sheet',
      label: words('一片薄光', '一片薄光', 'A sheet of light'),
      text: words('光像一張薄紙，每次只照亮樣本的一層。', '光像一张薄纸，每次只照亮样本的一层。', 'Light as thin as paper lights one layer of the sample at a time.'),
    },
    {
      id: 'sample',
      label: words('樣本', '样本', 'The sample'),
      text: words('光移過樣本，便一層一層看到裏面。', '光移过样本，就能一层一层看到里面。', 'As the light moves on, the sample is seen layer by layer.'),
    },
    {
      id: 'lens',
      label: words('示意模型', '示意模型', 'An illustration'),
      text: words(
        '鏡頭對着亮起的一層；整部儀器的造型只作示意。',
        '镜头对着亮起的一层；整台仪器的造型仅作示意。',
        'The lens faces the lit layer. The shape of the instrument is an illustration.',
      ),
    },
    {
      id: 'prize',
      label: words('2019年冠軍', '2019年冠军', 'Champion of 2019'),
      text: words('這是2019年香港分站賽的冠軍作品。', '这是2019年香港分站赛的冠军作品。', 'It won the Hong Kong Chapter in 2019.'),
    },
  ],
  make,
};

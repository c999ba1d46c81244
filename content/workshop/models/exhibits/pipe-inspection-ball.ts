/** Tumbler inspection ball: a clear sphere with a steady camera inside, afloat in a pipe that is cut open. The halves part in the exploded state. */
import { type Lump, skin } from '../kit/blobs.ts';
import { cosD, gridded, placed, ring, sinD, upTo, type Vec2, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, sway } from '../kit/motion.ts';
import { type Corner, flat, outline, plate, slab } from '../kit/outlines.ts';
import { antenna, bolts } from '../kit/parts-fixings.ts';
import { led, lens } from '../kit/parts-optics.ts';
import { band, box, cyl, lathe, type sphere, torus } from '../kit/solids.ts';
import { loft } from '../kit/sweeps.ts';

const ballR = 390;
const pipeIn = 620;
const pipeOut = 720;
const pipeL = 1900;
const centreY = 820;
const waterY = centreY - 190;
const ballAt: Vec3 = [0, waterY + 170, 60];

/** A length of pipe along x, open from `from` to `to` degrees (0 = up, positive to +z). */
const openPipe = (inner: number, outer: number, length: number, x0: number, from: number, to: number): ReturnType<typeof loft> => {
  const steps = 40;
  const arc = upTo(steps + 1).map((i) => from + ((360 - (from - to)) * i) / steps);
  const at = (r: number, a: number, x: number): Vec3 => [x, centreY + r * cosD(a), r * sinD(a)];
  return loft(
    arc.map((a) => [at(inner, a, x0), at(inner, a, x0 + length), at(outer, a, x0 + length), at(outer, a, x0)]),
    40,
  );
};

const pipe = (m: Model): void => {
  m.add(openPipe(pipeIn, pipeOut, pipeL, -pipeL / 2, 96, -34), 'concrete', { tolerance: 0.07 });
  for (const s of [-1, 1]) {
    m.add(openPipe(pipeIn - 4, pipeOut + 70, 170, s > 0 ? pipeL / 2 - 120 : -pipeL / 2 - 50, 96, -34), 'shell2');
    m.add(box(220, 160, 1000, 40), 'dark', { at: [s * 620, 50, 0] });
    m.add(
      plate(
        outline(
          [
            [-620, 0, 30],
            [620, 0, 30],
            [620, 140, 60],
            [520, 350, 30],
            [300, 210, 60],
            [0, 140, 60],
            [-300, 210, 60],
            [-520, 350, 30],
            [-620, 140, 60],
          ],
          30,
          4,
        ),
        150,
        20,
      ),
      'dark',
      { at: [s * 620, 0, 0], rot: [0, 90, 0] },
    );
  }
  // the outside: joint collar, straps with their bolts, a branch with its flange
  for (const [x, w, grow] of [
    [0, 150, 26],
    [-520, 60, 14],
    [520, 60, 14],
  ] as const) {
    m.add(openPipe(pipeOut - 20, pipeOut + grow, w, x - w / 2, 94, -32), x === 0 ? 'gun' : 'steel', { tolerance: 0.3 });
    for (const a of [-60, 130, 180, 230]) {
      m.within({ at: [x, centreY + (pipeOut + grow) * cosD(a), (pipeOut + grow) * sinD(a)], rot: [a, 0, 0] }, () => {
        m.add(box(w * 0.7, 50, 120, 10), 'dark', { at: [0, 16, 0] });
        for (const s of [-1, 1]) m.add(cyl(17, 34, { segments: 6 }), 'chrome', { at: [0, 50, s * 34], tolerance: 1 });
      });
    }
  }
  m.within({ at: [260, centreY + pipeOut * cosD(-72), pipeOut * sinD(-72)], rot: [-72, 0, 0] }, () => {
    m.add(cyl(190, 60, { segments: 28 }), 'shell2', { at: [0, 6, 0] });
    m.add(cyl(130, 260, { segments: 28 }), 'shell2', { at: [0, 130, 0] });
    m.add(cyl(205, 44, { segments: 32 }), 'gun', { at: [0, 262, 0] });
    m.add(cyl(205, 40, { segments: 32 }), 'accent', { at: [0, 312, 0] });
    bolts(m, 8, 166, 22, { at: [0, 332, 0] }, 'chrome');
  });
  // inside: joints, and a crust at the water's line, which the camera looks at
  for (const x of [-420, 420]) m.add(openPipe(pipeIn - 5, pipeIn + 4, 26, x - 13, 88, -28), 'seam', { tolerance: 1 });
  const crust = upTo(15).map((i): Lump => {
    const a = -96 + (i % 3) * 5 + 3 * Math.sin(i * 2.3);
    return { at: [-640 + i * 88, centreY + (pipeIn - 2) * cosD(a), (pipeIn - 2) * sinD(a)], r: [64 + (i % 4) * 12, 34 + (i % 3) * 10, 20] };
  });
  m.add(skin(crust, { cellMm: 24, melt: 44 }), '#A9805A', { tolerance: 0.4 });
  m.add(box(2320, 40, 1620, 14), 'dark', { at: [0, -40, 0] });
  m.add(gridded(box(2400, 84, 1700, 26, 2), [200, 0, 190]), 'shell', { at: [0, 0, 0] });
  m.add(box(2406, 16, 1706, 6), 'accent', { at: [0, -20, 0] });
  m.within({ at: [0, 43, 700] }, () => {
    const arrow: Corner[] = [
      [-300, -26],
      [180, -26],
      [180, -80],
      [330, 0],
      [180, 80],
      [180, 26],
      [-300, 26],
    ];
    m.add(plate(outline(arrow, 6, 2), 10, 3), 'accent', { rot: [-90, 0, 0], tolerance: 0.5 });
  });
  // the accent line is the edge of the cut
  for (const a of [96, -34])
    m.within({ at: [0, centreY + ((pipeIn + pipeOut) / 2) * cosD(a), ((pipeIn + pipeOut) / 2) * sinD(a)], rot: [a - 90, 0, 0] }, () => {
      m.add(box(pipeL + 30, 16, pipeOut - pipeIn + 16, 6), 'shell');
      m.add(box(pipeL + 34, 24, 40, 6), 'accent');
    });
};

const water = (m: Model): void => {
  const halfChord = Math.sqrt(pipeIn ** 2 - (centreY - waterY) ** 2) - 4;
  const floorArc: Vec2[] = upTo(17).map((i) => {
    const a = 180 - 71 + (142 * i) / 16;
    return [(pipeIn - 3) * sinD(a), (pipeIn - 3) * cosD(a)];
  });
  const section: Vec2[] = [[-halfChord, waterY - centreY], ...floorArc.toReversed(), [halfChord, waterY - centreY]];
  m.add(plate(outline(section), pipeL - 6, 0), 'water', { at: [0, centreY, 0], rot: [0, -90, 0] });
  for (const [i, r] of [480, 560].entries()) m.add(band(r, r - 10, 4, { segments: 40, bevel: 1 }), ['glass', '#EAF8FF', 0.6 - i * 0.2], { at: [ballAt[0], waterY + 3, ballAt[2]] });
  for (const i of upTo(5)) m.add(flat(slab(360 - (i % 3) * 90, 14, 7)), ['glass', '#EAF8FF', 0.5], { at: [-760 + i * 370, waterY + 3, i % 2 ? -300 : 330], rot: [-90, 0, 0] });
};

const cap = (up: boolean): ReturnType<typeof sphere> => {
  const profile: Vec2[] = upTo(13).map((i) => {
    const a = (90 * i) / 12;
    return [ballR * cosD(a), ballR * sinD(a)];
  });
  const shell: Vec2[] = [...profile, ...profile.toReversed().map(([r, y]): Vec2 => [Math.max(0, r - 12), Math.max(0, y - 12)])];
  return placed(lathe(shell, 44, 60), { rot: up ? [0, 0, 0] : [180, 0, 0] });
};

const camera = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, -230],
        [110, -226],
        [176, -180],
        [196, -110],
        [190, -70],
        [0, -70],
      ],
      36,
    ),
    'gun',
  );
  m.add(cyl(206, 50, { segments: 40, bevel: 10 }), 'shell', { at: [0, -50, 0] });
  m.add(cyl(212, 14, { segments: 40, bevel: 4 }), 'accent', { at: [0, -50, 0] });
  m.add(cyl(64, 110, { segments: 24 }), 'dark', { at: [0, 20, 0] });
  m.add(box(210, 170, 210, 50, 3), 'shell', { at: [0, 130, 0] });
  for (const a of upTo(4)) m.within({ at: [0, 130, 0], rot: [0, a * 90, 0] }, () => lens(m, 56, { at: [0, 0, 108] }, 'black'));
  lens(m, 48, { at: [0, 216, 0], rot: [-90, 0, 0] }, 'black');
  m.add(placed(torus(168, 15, 44, 8), { rot: [90, 0, 0] }), 'glow', { at: [0, -18, 0] });
  for (const a of upTo(8)) m.within({ rot: [0, a * 45 + 22, 0] }, () => led(m, 15, a % 2 ? 'warm' : 'glow', { at: [0, -48, 206] }));
  for (const a of upTo(4)) m.add(box(40, 60, 120, 10), 'black', { at: [130 * sinD(a * 90 + 45), -4, 130 * cosD(a * 90 + 45)], rot: [0, a * 90 + 45, 0] });
};

const make = (): Model => {
  const m = new Model({ area: 'environment', tolerance: 0.055, edgeMm: 16, reach: 0.3 });
  pipe(m);
  water(m);
  m.node('ball', ballAt, { moving: true });
  m.node('camera', [0, 0, 0], { parent: 'ball', moving: true }).on('camera', () => m.within({ scale: 1.2 }, () => camera(m)));
  m.node('seam', [0, 0, 0], { parent: 'ball', moving: true }).on('seam', () => {
    m.add(band(ballR + 26, ballR - 14, 44, { segments: 48, bevel: 10 }), 'accent');
    bolts(m, 12, ballR + 8, 15, { at: [0, 22, 0] }, 'chrome');
    m.add(
      ring(12, (a) => placed(box(30, 60, 26, 6), { at: [(ballR + 26) * sinD(a), 0, (ballR + 26) * cosD(a)], rot: [0, a, 0] }), 15),
      'dark',
    );
  });
  m.node('upper', [0, 0, 0], { parent: 'ball', explode: [0, 520, 0] }).on('upper', () => {
    m.add(cap(true), ['glass', '#DFF4FB', 0.3]);
    m.add(cyl(40, 34, { segments: 20 }), 'dark', { at: [0, ballR + 4, 0] });
    antenna(m, 170, { at: [0, ballR + 12, 0] }, 'black', 1.4);
  });
  m.node('lower', [0, 0, 0], { parent: 'ball', moving: true }).on('lower', () => m.add(cap(false), ['glass', '#DFF4FB', 0.3]));
  m.clip('drift', [
    shift(
      'ball',
      ballAt,
      [0, 3, 6, 9, 12],
      [
        [0, 0, 0],
        [170, 14, -20],
        [0, 0, 0],
        [-170, 14, 20],
        [0, 0, 0],
      ],
    ),
    sway('seam', 'z', 6, 9),
    sway('upper', 'z', 6, 9),
    sway('lower', 'z', 6, 9),
  ]);
  return m
    .hotspot('camera', [0, 130, 120], 'camera')
    .hotspot('ball', [ballR * 0.75, 120, ballR * 0.7], 'ball')
    .hotspot('pipe', [720, waterY + 10, 420]);
};

export const exhibit: Exhibit = {
  id: 'pipe-inspection-ball',
  area: 'environment',
  name: words('不倒翁檢測球機械人', '不倒翁检测球机器人', 'Tumbler Inspection Ball Robot'),
  projects: ['tumbler-ball'],
  views: [
    { az: 22, pol: 68, zoom: 1.12, caption: words('管道內的檢測球', '管道里的检测球', 'The ball in a pipe') },
    { az: 12, pol: 74, zoom: 2.1, target: [0, 790, 80], caption: words('鏡頭', '摄像头', 'The camera') },
    { az: 58, pol: 62, zoom: 1.2, caption: words('沿管道看', '沿管道看', 'Along the pipe') },
  ],
  hotspots: [
    {
      id: 'camera',
      label: words('360度鏡頭', '360度摄像头', '360-degree camera'),
      text: words('鏡頭可看到管道內四周的情況。', '摄像头能看到管道内四周的情况。', 'The camera sees all around inside the pipe.'),
    },
    {
      id: 'ball',
      label: words('不倒翁', '不倒翁', 'Steady'),
      text: words(
        '球在動，裏面的鏡頭保持平穩。模型的造型只作示意。',
        '球在动，里面的摄像头保持平稳。模型的造型仅作示意。',
        'The ball moves while the camera inside stays steady. The shape shown is an illustration.',
      ),
    },
    {
      id: 'pipe',
      label: words('地下管道', '地下管道', 'Underground pipe'),
      text: words('它在地下管道中漂浮前行。', '它在地下管道里漂浮前行。', 'It floats along through underground pipes.'),
    },
  ],
  make,
};

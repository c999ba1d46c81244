/**
 * Augmented-reality glasses, about ten times their size, on a stand before a corner of a street: pictures float over what the wearer
 * sees. Lens, light guide and the small projector come apart in the exploded state.
 */
import type { BufferGeometry } from 'three';
import { placed, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin } from '../kit/motion.ts';
import { type Corner, disc, flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import { screw } from '../kit/parts-fixings.ts';
import { tree } from '../kit/parts-green.ts';
import { led, lens, signs } from '../kit/parts-optics.ts';
import { slabStand, standTop } from '../kit/parts-stand.ts';
import { box, cube, cyl, torus } from '../kit/solids.ts';
import { tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const eyeX = 370;
const eyeY = 740;
const frontZ = -60;
const rimAt = (s: number): Vec3 => [s * eyeX, eyeY, frontZ];

/** The outline of one eye, drawn for the right one as seen from the front; `grow` in mm. */
const eye = (grow: number): readonly Corner[] => [
  [-290 - grow, 170 + grow, 110],
  [300 + grow, 205 + grow, 120],
  [322 + grow, -20, 160],
  [230 + grow, -190 - grow, 170],
  [-190 - grow, -200 - grow, 170],
  [-285 - grow, -20, 150],
];
const mirrored = (g: BufferGeometry, s: number): BufferGeometry => (s > 0 ? g : placed(g, { scale: [-1, 1, 1] }));

const rims = (m: Model): void => {
  for (const s of sides) {
    m.add(mirrored(plate(pierced(outline(eye(46), 0, 7), outline(eye(-8), 0, 7)), 96, 22, 2), s), 'black', { at: rimAt(s) });
    m.add(mirrored(plate(pierced(outline(eye(24), 0, 7), outline(eye(8), 0, 7)), 8, 2), s), 'accent', { at: [s * eyeX, eyeY, frontZ + 47] });
    // the corner that carries the camera and the hinge
    m.add(box(120, 170, 150, 40, 2), 'black', { at: [s * 735, eyeY + 110, frontZ - 36] });
    m.add(box(126, 24, 156, 8), 'accent', { at: [s * 735, eyeY + 52, frontZ - 36] });
    for (const t of sides) m.add(cyl(20, 44, { segments: 14 }), 'chrome', { at: [s * 742, eyeY + 110 + t * 44, frontZ - 130] });
    screw(m, 9, { at: [s * 735, eyeY + 40, frontZ + 42] });
    // nose pads on their wires
    m.add(
      tube(
        9,
        [
          [s * 108, eyeY - 90, frontZ - 20],
          [s * 84, eyeY - 120, frontZ - 100],
          [s * 72, eyeY - 170, frontZ - 120],
        ],
        { steps: 10, segments: 8 },
      ),
      'chrome',
    );
    m.add(box(34, 130, 60, 16, 2), ['glass', '#E9EEF2', 0.75], { at: [s * 66, eyeY - 190, frontZ - 126], rot: [10, 0, s * -18] });
  }
  m.add(
    tube(
      42,
      [
        [-120, eyeY + 110, frontZ],
        [0, eyeY + 150, frontZ + 14],
        [120, eyeY + 110, frontZ],
      ],
      { steps: 12, segments: 12 },
    ),
    'black',
  );
  lens(m, 30, { at: [735, eyeY + 130, frontZ + 42] }, 'dark');
  led(m, 12, 'green', { at: [-735, eyeY + 130, frontZ + 42] });
};

/** A side arm: slender from the hinge, thick where the works sit, bent behind the ear. */
const arm = (m: Model, s: number): void => {
  const side = outline(
    [
      [0, 70, 20],
      [-300, 88, 60],
      [-640, 70, 80],
      [-1060, 40, 200],
      [-1330, -170, 120],
      [-1385, -360, 60],
      [-1300, -390, 60],
      [-1215, -200, 140],
      [-1010, -66, 200],
      [-640, -56, 80],
      [-330, -70, 60],
      [0, -56, 20],
    ],
    30,
    5,
  );
  m.within({ at: [s * 742, eyeY + 110, frontZ - 150], rot: [0, -90, 0] }, () => {
    m.add(plate(side, 74, 20, 2), 'black');
    m.add(
      plate(
        outline(
          [
            [-60, 30, 20],
            [-520, 38, 20],
            [-520, 12, 20],
            [-60, 6, 20],
          ],
          8,
          3,
        ),
        82,
        6,
      ),
      'accent',
    );
    m.add(box(150, 96, 84, 24, 2), 'dark', { at: [-1290, -250, 0], rot: [0, 0, 66] });
    // touch strip, speaker slots and screws on both faces
    for (const z of sides) {
      m.add(flat(slab(330, 30, 15)), 'dark', { at: [-330, -34, z * 37.8], rot: [0, z > 0 ? 0 : 180, 0], tolerance: 1 });
      for (const i of upTo(6)) m.add(flat(slab(10, 52, 5)), 'grey', { at: [-720 - i * 28, 0, z * 37.8], rot: [0, z > 0 ? 0 : 180, 0], tolerance: 1 });
      screw(m, 10, { at: [-40, -30, z * 37], rot: [0, z > 0 ? 0 : 180, 0] });
    }
  });
};

const guide = (m: Model, s: number): void => {
  m.add(box(250, 190, 16, 6), ['glass', '#FFE9B0', 0.5], { at: [s * 10, 0, 0] });
  // the lines that turn the light to the eye
  for (const i of upTo(9)) m.add(cube(4, 150, 20), ['glass', '#FFD166', 0.8], { at: [s * 10 - 88 + i * 22, 0, 0], rot: [0, 0, 14 * s] });
};

const projector = (m: Model, s: number): void => {
  m.add(box(190, 84, 110, 22, 2), 'shell', { at: [0, 0, 0] });
  m.add(box(194, 20, 114, 8), 'accent', { at: [0, 18, 0] });
  lens(m, 28, { at: [s * -98, 0, 0], rot: [0, s * -90, 0] }, 'gun');
  for (const i of upTo(5)) m.add(cube(14, 70, 8), 'shell2', { at: [-56 + i * 28, 0, -58] });
};

const stand = (m: Model): void => {
  m.within({ at: [0, 0, -250] }, () => {
    slabStand(m, 1960, 2080);
    m.add(box(1800, 8, 1130, 4), 'shell2', { at: [0, standTop + 1, -270] });
  });
  // the glasses' open case: its lid leans back, its lining waits for them
  m.within({ at: [0, standTop + 6, -690], rot: [0, 180, 0] }, () => {
    m.add(plate(slab(1040, 400, 150, 8), 150, 34, 2), 'dark', { at: [0, 76, 0], rot: [-90, 0, 0] });
    m.add(plate(slab(1046, 406, 152, 8), 16, 4), 'accent', { at: [0, 136, 0], rot: [-90, 0, 0] });
    m.add(plate(slab(970, 330, 120, 8), 12, 3), '#565D68', { at: [0, 150, 0], rot: [-90, 0, 0] });
    for (const s of sides) m.add(plate(slab(360, 210, 90, 7), 8, 2), 'black', { at: [s * 215, 158, 0], rot: [-90, 0, 0] });
    m.add(plate(slab(120, 60, 26, 5), 8, 2), 'black', { at: [0, 158, 0], rot: [-90, 0, 0] });
    m.within({ at: [0, 150, -196], rot: [22, 0, 0] }, () => {
      m.add(plate(slab(1040, 400, 150, 8), 90, 34, 2), 'dark', { at: [0, 205, -20], rot: [0, 180, 0] });
      m.add(plate(slab(970, 330, 120, 8), 12, 3), '#565D68', { at: [0, 205, 26] });
      for (const s of sides) m.add(cyl(20, 120, { segments: 14 }), 'gun', { at: [s * 330, 4, -6], rot: [0, 0, 90] });
    });
    led(m, 12, 'green', { at: [0, 76, 202] });
  });
  // a clear rest carries the bridge
  m.add(
    plate(
      outline(
        [
          [-150, 0, 30],
          [150, 0, 30],
          [52, 240, 120],
          [38, eyeY + 96 - standTop, 14],
          [-38, eyeY + 96 - standTop, 14],
          [-52, 240, 120],
        ],
        8,
        5,
      ),
      44,
      8,
    ),
    ['glass', '#E4EEF3', 0.55],
    { at: [0, standTop, frontZ - 14] },
  );
  m.add(box(380, 36, 200, 14), 'dark', { at: [0, standTop + 16, frontZ - 14] });
  for (const s of sides) {
    m.add(cyl(34, 650, { segments: 20 }), 'shell2', { at: [s * 742, standTop + 325, -1030] });
    m.add(cyl(90, 30, { segments: 24 }), 'dark', { at: [s * 742, standTop + 14, -1030] });
    m.add(box(110, 40, 120, 16), 'dark', { at: [s * 742, standTop + 656, -1030] });
  }
};

/** A street corner in small: what the wearer looks at. */
const street = (m: Model): void => {
  m.within({ at: [0, standTop, 480] }, () => {
    m.add(box(1700, 24, 620, 8), 'asphalt', { at: [0, 12, 0] });
    m.add(box(1700, 44, 250, 10), 'concrete', { at: [0, 22, -170] });
    for (const i of upTo(8)) m.add(cube(120, 4, 14), 'white', { at: [-740 + i * 210, 26, 140] });
    for (const i of upTo(5)) m.add(cube(34, 4, 320), 'white', { at: [250 + i * 62, 27, 120] });
    const house = (x: number, w: number, h: number, paint: '#E3DCCF' | '#CFD8DE' | '#DDD3D6'): void => {
      m.add(box(w, h, 190, 10), paint, { at: [x, 44 + h / 2, -170] });
      m.add(box(w + 14, 16, 204, 5), 'grey', { at: [x, 44 + h, -170] });
      m.add(box(w * 0.4, 26, 90, 6), 'shell2', { at: [x + w * 0.12, 60 + h, -180] });
      const columns = Math.round(w / 62);
      const rows = Math.round((h - 90) / 64);
      for (const z of sides)
        for (const i of upTo(columns))
          for (const j of upTo(rows))
            m.add(flat(slab(34, 38, 3, 1)), (i * 5 + j * 3) % 4 ? 'pane' : 'iris', {
              at: [x - w / 2 + ((i + 0.5) * w) / columns, 44 + 112 + j * 64, -170 + z * 96],
              rot: [0, z > 0 ? 0 : 180, 0],
              tolerance: 1,
            });
      m.add(flat(slab(w * 0.8, 62, 6)), 'dark', { at: [x, 44 + 38, -170 + 96], tolerance: 1 });
      m.add(flat(slab(w * 0.3, 70, 4)), 'dark', { at: [x, 44 + 38, -170 - 96], rot: [0, 180, 0], tolerance: 1 });
      m.add(cube(w * 0.86, 10, 40), 'accentDark', { at: [x, 44 + 78, -60] });
    };
    house(-620, 300, 430, '#E3DCCF');
    house(-270, 250, 300, '#CFD8DE');
    house(620, 320, 370, '#DDD3D6');
    tree(m, 330, { at: [120, 44, -150] }, 40);
    tree(m, 270, { at: [320, 44, -190] }, 190);
  });
};

/** A solid sign of light that looks to both sides. */
const shape = (corners: readonly Corner[], t: number): BufferGeometry => plate(outline(corners, 8, 3), t, 2);
const arrow: readonly Corner[] = [
  [-26, -90],
  [26, -90],
  [26, 10],
  [76, 10],
  [0, 104],
  [-76, 10],
  [-26, 10],
];

const card = (m: Model, w: number, h: number): void => {
  m.add(plate(slab(w, h, 22), 6, 1), ['glass', '#0E2A44', 0.66]);
  m.add(plate(pierced(slab(w + 8, h + 8, 24), slab(w - 4, h - 4, 20)), 9, 1), 'cyan');
};

const make = (): Model => {
  const m = new Model({ area: 'economy', tolerance: 0.06, edgeMm: 22, reach: 0.24 });
  stand(m);
  street(m);
  rims(m);
  for (const s of sides) {
    arm(m, s);
    const name = s > 0 ? 'left' : 'right';
    const at = rimAt(s);
    m.node(`lens-${name}`, at, { explode: [s * 40, 60, 300] }).on(`lens-${name}`, () => m.add(mirrored(plate(outline(eye(-4), 0, 7), 14, 3), s), ['glass', '#BFD9E8', 0.26]));
    m.node(`guide-${name}`, [at[0], at[1] + 20, at[2] - 26], { explode: [s * 80, 190, 120] }).on(`guide-${name}`, () => guide(m, s));
    m.node(`projector-${name}`, [s * 600, eyeY + 190, frontZ - 92], { explode: [s * 230, 330, -60] }).on(`projector-${name}`, () => projector(m, s));
  }
  const pinAt: Vec3 = [-270, 640, 310];
  const wayAt: Vec3 = [250, 330, 640];
  const cardAt: Vec3 = [610, 690, 360];
  m.node('pin', pinAt, { moving: true }).on('pin', () => {
    m.add(
      plate(
        pierced(
          outline(
            [
              [0, -130, 6],
              [74, -14, 60],
              [70, 88, 60],
              [-70, 88, 60],
              [-74, -14, 60],
            ],
            8,
            6,
          ),
          disc(32, 0, 26, 20),
        ),
        30,
        4,
      ),
      ['glow', '#FFB636'],
    );
  });
  m.node('spot', [-270, 484, 310], { moving: true }).on('spot', () => m.add(placed(torus(96, 9, 32, 6), { rot: [90, 0, 0] }), 'amber'));
  m.node('way', wayAt, { moving: true }).on('way', () => {
    for (const i of upTo(3)) m.add(shape(arrow, 18), i === 2 ? 'glow' : 'cyan', { at: [-i * 190, 0, 0], rot: [0, 0, 90], scale: 0.86 });
  });
  m.node('card', cardAt, { moving: true }).on('card', () => {
    card(m, 330, 200);
    for (const turn of [0, 180])
      signs(
        m,
        [
          { ring: [-92, 10, 54, 36], paint: '#7FE3FF' },
          { bar: [64, 50, 130, 24], paint: '#FFFFFF' },
          { bar: [48, 6, 98, 20], paint: '#7FE3FF' },
          { bar: [64, -38, 130, 20], paint: '#FFB636' },
        ],
        { at: [0, 0, turn ? -4 : 4], rot: [0, turn, 0] },
      );
  });
  const times = upTo(9).map((i) => i / 2);
  const wave = (axis: 0 | 1, mm: number, phase: number): Vec3[] =>
    times.map((t) => (axis ? [0, mm * Math.sin((t / 4) * Math.PI * 2 + phase), 0] : [mm * Math.sin((t / 4) * Math.PI * 2 + phase), 0, 0]));
  m.clip('pictures', [shift('pin', pinAt, times, wave(1, 26, 0)), spin('pin', 'y', 4), shift('way', wayAt, times, wave(0, 60, 0)), shift('card', cardAt, times, wave(1, 16, 1.4))]);
  return m
    .hotspot('pictures', [0, 110, 20], 'card')
    .hotspot('lens', [40, -60, 20], 'lens-right')
    .hotspot('shape', [-742, eyeY + 190, -560])
    .hotspot('prize', [742, eyeY + 190, -400]);
};

export const exhibit: Exhibit = {
  id: 'smart-glasses',
  area: 'economy',
  name: words('擴增實境智能眼鏡', '增强现实智能眼镜', 'Augmented reality glasses'),
  projects: ['mic-2021-mad-gaze'],
  views: [
    { az: 30, pol: 66, zoom: 1.1, caption: words('智能眼鏡', '智能眼镜', 'The glasses') },
    { az: -168, pol: 76, zoom: 1.45, target: [0, 640, 0], caption: words('戴眼鏡的人看到的', '佩戴者看到的', 'What the wearer sees') },
    { az: 64, pol: 72, zoom: 1.05, caption: words('從側面看', '从侧面看', 'From the side') },
  ],
  hotspots: [
    {
      id: 'pictures',
      label: words('疊加的畫面', '叠加的画面', 'Added pictures'),
      text: words(
        '畫面疊在眼前的景物上，這裏的圖案只作示意。',
        '画面叠加在眼前的景物上，这里的图案仅作示意。',
        'Pictures lie over what the wearer sees. Those here are an illustration.',
      ),
    },
    {
      id: 'lens',
      label: words('透過鏡片看', '透过镜片看', 'Through the lens'),
      text: words('戴眼鏡的人仍然看到真實的街道。', '佩戴者仍然能看到真实的街道。', 'The wearer still sees the real street.'),
    },
    {
      id: 'shape',
      label: words('示意模型', '示意模型', 'An illustration'),
      text: words(
        '眼鏡畫大了約十倍，造型和內部只作示意。',
        '眼镜放大了约十倍，造型和内部仅作示意。',
        'The glasses are shown about ten times larger; shape and inside are an illustration.',
      ),
    },
    {
      id: 'prize',
      label: words('全球冠軍', '全球冠军', 'Global champion'),
      text: words('MAD Gaze的作品奪得2021年全球賽冠軍。', 'MAD Gaze的作品夺得2021年全球赛冠军。', 'The work of MAD Gaze won the global contest in 2021.'),
    },
  ],
  make,
};

/** A CAVE: three walls and a floor that show one city, and two people in the middle of it without headsets. Buildings stand out of the picture and grow. */
import { merge, placed, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { swell } from '../kit/motion.ts';
import { type Corner, disc, flat, outline, slab } from '../kit/outlines.ts';
import { lens, type Sign, signs } from '../kit/parts-optics.ts';
import { conduit, serviceDoor } from '../kit/parts-service.ts';
import { person } from '../kit/parts-street.ts';
import { box, cube, cyl } from '../kit/solids.ts';
import { bar, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const width = 3600;
const height = 2500;
const floorY = 220;

const frame = (m: Model): void => {
  m.add(box(width + 700, 120, width + 700, 40), 'shell2', { at: [0, 60, 100] });
  m.add(box(width + 160, 120, width + 160, 24), 'dark', { at: [0, 160, 0] });
  m.add(box(width + 180, 30, width + 180, 10), 'accent', { at: [0, 130, 0] });
  m.add(box(width + 140, height + 60, 90, 24), 'dark', { at: [0, floorY + height / 2, -width / 2 - 50] });
  for (const s of sides) m.add(box(90, height + 60, width + 40, 24), 'dark', { at: [s * (width / 2 + 50), floorY + height / 2, 0] });
  // the frame over the open front, with the projectors
  for (const s of sides) {
    m.add(box(120, height + 420, 120, 24), 'shell', { at: [s * (width / 2 + 50), floorY + (height + 420) / 2, width / 2] });
    m.add(box(110, 110, width + 120, 24), 'shell', { at: [s * (width / 2 + 50), floorY + height + 370, 0] });
    m.add(box(120, height + 420, 120, 24), 'shell', { at: [s * (width / 2 + 50), floorY + (height + 420) / 2, -width / 2 - 50] });
  }
  m.add(box(width + 220, 110, 110, 24), 'shell', { at: [0, floorY + height + 370, width / 2] });
  m.add(box(width + 220, 110, 110, 24), 'shell', { at: [0, floorY + height + 370, -width / 2 - 50] });
  for (const [x, z, yaw] of [
    [-width / 2 + 30, 0, 90],
    [width / 2 - 30, 0, -90],
    [0, -width / 2 + 40, 0],
  ] as const)
    m.within({ at: [x, floorY + height + 250, z], rot: [0, yaw, 0] }, () => {
      m.add(box(460, 170, 380, 40, 2), 'shell');
      m.add(box(466, 30, 386, 10), 'accent', { at: [0, -30, 0] });
      m.within({ rot: [30, 0, 0] }, () => lens(m, 60, { at: [90, -40, 196] }, 'gun'));
      m.add(box(60, 100, 60, 12), 'gun', { at: [0, 110, 0] });
    });
};

/** Outside: cloth panels in a dark lattice that carries them, plates at its knots, cables that climb to the projector, and a sign of what is inside. */
const outside = (m: Model): void => {
  const w = width - 40;
  const posts = upTo(5).map((i) => -w / 2 + 60 + (i * (w - 120)) / 4);
  const beams = [-height / 2 + 60, -height / 6, height / 6, height / 2 - 40];
  for (const turn of [180, 90, -90])
    m.within({ at: [turn === 90 ? width / 2 + 95 : turn === -90 ? -width / 2 - 95 : 0, floorY + height / 2, turn === 180 ? -width / 2 - 95 : 0], rot: [0, turn, 0] }, () => {
      // the cloth: a cool grey, one row in the accent
      for (const [row, y] of [-height / 3 + 10, 0, height / 3].entries())
        for (const i of upTo(4))
          m.add(cube((w - 120) / 4 - 60, height / 3 - 50, 30), row === 1 ? (i % 2 ? '#8E80DC' : '#8274D8') : i % 2 ? '#CDD4DC' : '#C2CAD3', {
            at: [((posts[i] ?? 0) + (posts[i + 1] ?? 0)) / 2, y, 2],
            tolerance: 0.12,
          });
      for (const x of posts) m.add(box(80, height + 40, 70, 10), 'dark', { at: [x, 0, 34], tolerance: 0.3 });
      for (const y of beams) m.add(box(w, 56, 56, 8), 'dark', { at: [0, y, 28], tolerance: 0.3 });
      for (const x of posts)
        for (const y of beams.slice(1, 3)) {
          m.add(flat(slab(180, 180, 30, 2)), 'shell2', { at: [x, y, 71], tolerance: 1 });
          for (const k of sides) m.add(flat(disc(17, 0, 0, 8)), 'gun', { at: [x + k * 56, y + k * 56, 73], tolerance: 1 });
        }
      for (const i of upTo(4)) {
        const [x0, x1] = [(posts[i] ?? 0) + 60, (posts[i + 1] ?? 0) - 60];
        for (const low of sides) {
          const [y0, y1] = low > 0 ? [height / 6 + 60, height / 2 - 100] : [-height / 2 + 120, -height / 6 - 60];
          if (i === 0 || i === 3) m.add(bar(18, i % 2 ? [x1, y0, 40] : [x0, y0, 40], i % 2 ? [x0, y1, 40] : [x1, y1, 40], 8), 'gun', { tolerance: 0.5 });
        }
      }
      conduit(
        m,
        20,
        [
          [130, -height / 2 + 20, 90],
          [130, -height / 5, 80],
          [130, height / 5, 80],
          [130, height / 2 + 40, 80],
          [60, height / 2 + 250, -40],
        ],
        {},
        'black',
      );
      // a block of the city on the cloth: what can be seen inside
      for (const [x, bh, paint] of [
        [-310, 330, 'shell'],
        [-150, 520, 'accent'],
        [20, 250, 'shell2'],
      ] as const) {
        const left = -460 + x;
        m.add(cube(130, bh, 24), paint, { at: [left, -300 + bh / 2, 26], tolerance: 0.6 });
        for (const r of upTo(Math.floor(bh / 90))) m.add(cube(84, 30, 8), 'glow', { at: [left, -250 + r * 84, 40], tolerance: 1 });
      }
      // stays that keep the wall upright
      for (const x of [-w / 2 + 60, w / 2 - 60]) m.add(box(90, 24, 240, 6), 'gun', { at: [x, -height / 2 - 12, 40] });
    });
  // the computers that draw the pictures, behind the room
  m.within({ at: [-700, 120, -width / 2 - 210], rot: [0, 180, 0] }, () => {
    m.add(box(620, 1300, 170, 20), 'dark', { at: [0, 660, 0] });
    serviceDoor(m, 520, 1140, { at: [0, 660, 85] }, { paint: 'shell' });
    m.add(box(630, 24, 180, 8), 'accent', { at: [0, 1290, 0] });
    for (const i of upTo(5)) m.add(box(26, 14, 8, 3), i === 3 ? 'amber' : 'green', { at: [-180 + i * 44, 1190, 116] });
  });
};

/** A ridge line across the picture: `lift` above its middle, `wave` high, another for each `seed`. */
const ridge = (w: number, h: number, lift: number, wave: number, seed: number): Corner[] => [
  [-w / 2, -h / 2 + 20],
  [w / 2, -h / 2 + 20],
  ...upTo(25)
    .map((i): Corner => [-w / 2 + (i * w) / 24, lift + wave * Math.sin(i * 0.47 + seed * 1.7) * Math.cos(i * 0.19 + seed) + wave * 0.16 * Math.sin(i * 1.9 + seed)])
    .toReversed(),
];

/** One wall's picture: an evening sky with clouds, two ridges, far and near towers with lit windows; `seed` makes each another. */
const wall = (m: Model, seed: number): void => {
  const [w, h] = [width - 60, height - 40];
  m.add(flat(slab(w, h, 20)), ['glow', '#1A3D6B']);
  const sky: Sign[] = ['#23508A', '#2F67A3', '#4583B8', '#6BA2C9', '#9CC2D6'].map((paint, i) => ({ bar: [0, h * (0.36 - i * 0.13), w, h * 0.14], paint, round: 0 }));
  if (seed === 1) sky.push({ disc: [-700, h * 0.17, 150], paint: '#FFE7B8' });
  for (const [x, y, k] of [
    [-1150, 0.31, 1],
    [-180, 0.4, 0.7],
    [820, 0.29, 1.15],
  ] as const)
    for (const [dx, dy, cw] of [
      [0, 0, 620],
      [-90, 52, 330],
      [130, 46, 260],
    ] as const)
      sky.push({ bar: [x + seed * 90 + dx * k, h * y + dy * k, cw * k, 66 * k], paint: '#B9D3E6', round: 0.5 });
  signs(m, sky, { at: [0, 0, 1] }, 0.5);
  for (const [lift, wave, paint, z] of [
    [210, 230, '#4D7F97', 13],
    [30, 190, '#2F5F66', 16],
  ] as const)
    m.add(flat(outline(ridge(w, h, lift, wave, seed + z))), ['glow', paint], { at: [0, 0, z] });
  const towers: Sign[] = [];
  for (const i of upTo(19)) {
    const bh = 420 + ((i * 263 + seed * 97) % 560);
    towers.push({ bar: [-w / 2 + 96 + i * 185, -h / 2 + 20 + bh / 2, 128 + ((i * 41) % 44), bh], paint: i % 2 ? '#3C6A90' : '#356186', round: 0 });
  }
  const panes: Sign[] = [];
  for (const i of upTo(13)) {
    const bw = 190 + ((i * 67 + seed * 31) % 90);
    const bh = 420 + ((i * 389 + seed * 173) % 800);
    const x = -w / 2 + 150 + i * 270;
    towers.push({ bar: [x, -h / 2 + 20 + bh / 2, bw, bh], paint: ['#4C7EA8', '#6A9DC0', '#3F6C98'][i % 3] as string, round: 0 });
    towers.push({ bar: [x - bw * 0.44, -h / 2 + 20 + bh / 2, bw * 0.12, bh], paint: '#9CC4DC', round: 0 });
    towers.push({ bar: [x, -h / 2 + 50 + bh, bw * 0.5, 60], paint: '#2F567C', round: 0 });
    for (const r of upTo(Math.floor(bh / 130)))
      for (const q of sides)
        panes.push({ bar: [x + bw * (0.05 + q * 0.2), -h / 2 + 96 + r * 124, bw * 0.27, 50], paint: (i * 3 + r * 2 + q + seed) % 5 < 2 ? '#FFD98A' : '#A9D3EA', round: 0 });
  }
  signs(m, towers, { at: [0, 0, 18] }, 0.2);
  signs(m, panes, { at: [0, 0, 32] }, 0.02);
};

/** The floor shows streets and water from above. */
const floor = (m: Model): void => {
  const w = width - 60;
  m.add(flat(slab(w, w, 20)), ['glow', '#1E4268']);
  const list: Sign[] = [];
  for (const i of upTo(5))
    for (const j of upTo(5))
      if ((i + j * 2) % 5 !== 3) list.push({ bar: [-1400 + i * 700, -1400 + j * 700, 520, 520], paint: ['#2F628C', '#2C6E74', '#3A6FA0'][(i * 2 + j) % 3] as string, round: 0.06 });
  list.push({
    shape: [
      [-1700, -1300],
      [-600, -900],
      [500, -1250],
      [1700, -700],
      [1700, -1700],
      [-1700, -1700],
    ],
    paint: '#1B6C93',
    round: 80,
  });
  for (const i of upTo(4)) list.push({ bar: [-1050 + i * 700, 0, 14, w * 0.96], paint: '#FFD98A' });
  for (const j of upTo(3)) list.push({ bar: [0, -350 + j * 700, w * 0.96, 14], paint: '#FFD98A' });
  signs(m, list, { at: [0, 0, 1] }, 0.5);
};

/** Models that stand out of the floor, the ones being tried in the accent. */
const blocks: readonly { x: number; z: number; w: number; h: number; tried: boolean }[] = [
  { x: -1150, z: -1050, w: 320, h: 1150, tried: false },
  { x: -620, z: -1320, w: 300, h: 820, tried: false },
  { x: -60, z: -1180, w: 340, h: 1000, tried: true },
  { x: 520, z: -1330, w: 300, h: 720, tried: false },
  { x: 1130, z: -1080, w: 330, h: 1250, tried: false },
  { x: 1290, z: -380, w: 300, h: 640, tried: true },
  { x: -1340, z: -340, w: 280, h: 560, tried: false },
];
const block = (m: Model, { w, h, tried }: (typeof blocks)[number]): void => {
  m.add(box(w, h, w, 10), tried ? 'accent' : '#7FA9C9', { at: [0, h / 2, 0] });
  const panes = upTo(Math.floor(h / 120)).flatMap((r) =>
    [0, 90, 180, 270].map((a) => placed(placed(cube(w * 0.72, 44, 8), { at: [0, 0, w / 2 + 2] }), { rot: [0, a, 0], at: [0, 80 + r * 118, 0] })),
  );
  m.add(merge(...panes), tried ? ['glow', '#E6DEFF'] : ['glow', '#CFEAF8'], { tolerance: 1 });
  m.add(box(w * 0.4, 60, w * 0.4, 8), 'shell2', { at: [0, h + 30, 0] });
};

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.08, edgeMm: 60, reach: 0.22 });
  frame(m);
  outside(m);
  m.within({ at: [0, floorY + 2, 0], rot: [-90, 0, 0] }, () => floor(m));
  m.within({ at: [0, floorY + height / 2 + 10, -width / 2 + 2] }, () => wall(m, 1));
  for (const s of sides) m.within({ at: [s * (width / 2 - 2), floorY + height / 2 + 10, 0], rot: [0, -s * 90, 0] }, () => wall(m, 3 + s));
  for (const [i, one] of blocks.entries()) m.node(`block_${i}`, [one.x, floorY + 6, one.z], { moving: true }).on(`block_${i}`, () => block(m, one));
  person(m, { at: [-330, floorY + 6, 330], rot: [0, 160, 0] }, '#C77A4A', '#2D3A55');
  person(m, { at: [480, floorY + 6, 560], rot: [0, 200, 0], scale: 0.95 }, '#EEEFF0', '#3A4049');
  // a wand and its beam to the building that is tried
  m.add(bar(16, [-590, floorY + 860, 250], [-560, floorY + 960, 60], 8), 'black');
  m.add(
    tube(
      6,
      [
        [-560, floorY + 960, 60],
        [-320, floorY + 920, -500],
        [-100, floorY + 880, -1000],
      ],
      { steps: 12, segments: 6 },
    ),
    'cyan',
  );
  m.add(cyl(40, 10, { segments: 20 }), 'cyan', { at: [-100, floorY + 880, -1006], rot: [90, 0, 0] });
  const grow: readonly Vec3[] = [
    [1, 1, 1],
    [1, 0.25, 1],
    [1, 1, 1],
    [1, 1.25, 1],
    [1, 1, 1],
  ];
  m.clip(
    'plan',
    blocks.flatMap((b, i) => (b.tried ? [swell(`block_${i}`, [0, 2.5, 5, 7.5, 10], grow)] : [])),
  );
  return m
    .hotspot('people', [-330, floorY + 1500, 330])
    .hotspot('walls', [900, floorY + 1900, -width / 2 + 60])
    .hotspot('block', [0, 1020, 120], 'block_2');
};

export const exhibit: Exhibit = {
  id: 'cave-room',
  area: 'government',
  name: words('沉浸式四維CAVE系統', '沉浸式四维CAVE系统', 'Immersive four-dimensional CAVE system'),
  projects: ['cave-system'],
  views: [
    { az: 14, pol: 74, zoom: 1, caption: words('虛擬城市的房間', '虚拟城市的房间', 'A room with a city') },
    { az: -34, pol: 64, zoom: 1.02, caption: words('從左上方看', '从左上方看', 'From the upper left') },
    { az: 4, pol: 80, zoom: 1.9, target: [0, 1200, 0], caption: words('站在城市裏', '站在城市里', 'Inside the city') },
  ],
  hotspots: [
    {
      id: 'people',
      label: words('不用頭戴裝置', '不用头显', 'No headset'),
      text: words('這是一個不用頭戴裝置的虛擬實境房間。', '这是一个不用戴头显的虚拟现实房间。', 'This is a virtual reality room that needs no headset.'),
    },
    {
      id: 'walls',
      label: words('三維地圖', '三维地图', '3D maps'),
      text: words(
        '它結合三維地圖和建築物模型。模型的造型只作示意。',
        '它把三维地图和建筑模型合在一起。模型的造型仅作示意。',
        'It joins 3D maps and building models. The shape shown is an illustration.',
      ),
    },
    {
      id: 'block',
      label: words('試驗構思', '试验想法', 'Try out ideas'),
      text: words('在這裏可以試驗智慧城市的構思。', '在这里可以试验智慧城市的想法。', 'Smart city ideas can be tried out here.'),
    },
  ],
  make,
};

/** HKeToll: a gantry over two lanes with reader pods and cameras, a car that passes without stopping, its tag three times too large so that it is seen. */
import { placed, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swell } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { type CarBody, fineCar } from '../kit/parts-car.ts';
import { bolts, hazard, louvre } from '../kit/parts-fixings.ts';
import { lamp, lens, screen } from '../kit/parts-optics.ts';
import { box, cube, cyl } from '../kit/solids.ts';
import { bar, loft } from '../kit/sweeps.ts';

const roadW = 8400;
const roadL = 9600;
const clear = 4700;
const beamY = clear + 450;
const postX = 4700;
const lanes = [-1, 1] as const;
const sides = [-1, 1] as const;
const field: Paint = ['glass', '#8FD8FF', 0.2];

const road = (m: Model): void => {
  m.add(box(10800, 360, roadL, 60), 'concrete', { at: [0, -190, 0], tolerance: 0.09 });
  m.add(box(roadW, 60, roadL - 30, 10), 'asphalt', { at: [0, 4, 0], tolerance: 0.09 });
  for (const s of sides) m.add(cube(150, 12, roadL - 40), 'white', { at: [s * (roadW / 2 - 350), 38, 0], tolerance: 1 });
  m.add(
    row(4, (t) => placed(cube(150, 12, 1300), { at: [0, 38, -3700 + t * 7400] })),
    'white',
    { tolerance: 1 },
  );
  for (const s of sides) {
    m.add(
      plate(
        outline(
          [
            [-260, 0, 30],
            [260, 0, 30],
            [170, 260, 60],
            [110, 760, 40],
            [-110, 760, 40],
            [-170, 260, 60],
          ],
          30,
          3,
        ),
        roadL - 60,
        20,
      ),
      'shell2',
      { at: [s * 4720, -10, 0], tolerance: 0.12 },
    );
    hazard(m, 1400, 200, 7, { at: [s * 4500, 420, 1750], rot: [0, s * -90, 0] }, 30);
    hazard(m, 1400, 200, 7, { at: [s * 4500, 420, -1750], rot: [0, s * -90, 0] }, 30);
  }
};

const frame = (m: Model): void => {
  for (const s of sides) {
    m.add(box(700, 900, 1300, 60), 'concrete', { at: [s * postX, 380, 0] });
    m.add(box(440, beamY - 500, 640, 60, 2), 'shell', { at: [s * postX, 830 + (beamY - 500) / 2 - 100, 0] });
    m.add(box(470, 260, 670, 40), 'accent', { at: [s * postX, 1500, 0] });
    m.within({ at: [s * postX, 838, 0] }, () => bolts(m, 8, 430, 48, {}));
    m.add(box(620, 1000, 800, 60), 'shell', { at: [s * postX, beamY, 0] });
    m.add(box(640, 120, 820, 30), 'accent', { at: [s * postX, beamY + 420, 0] });
    for (const z of [-330, 330]) for (const y of [-380, 380]) m.add(cube(2 * postX, 150, 150), 'shell2', { at: [0, beamY + y, z], tolerance: 0.1, node: 'root' });
  }
  const step = 1000;
  for (const z of [-330, 330])
    for (const i of upTo(8)) {
      const x = -4000 + i * step;
      m.add(bar(50, [x, beamY - 380, z], [x + step, beamY + 380, z], 8), 'grey', { tolerance: 0.3 });
      m.add(cube(90, 760, 90), 'grey', { at: [x, beamY, z], tolerance: 0.3 });
    }
  m.add(
    row(17, (t) => placed(cube(90, 60, 700), { at: [-4000 + t * 8000, beamY + 400, 0] })),
    'grey',
    { tolerance: 0.3 },
  );
  m.add(cube(8600, 40, 560), 'grey', { at: [0, beamY + 440, 0], tolerance: 0.2 });
  for (const z of [-340, 340]) {
    m.add(cube(8600, 50, 50), 'yellow', { at: [0, beamY + 1240, z], tolerance: 1 });
    m.add(cube(8600, 36, 36), 'yellow', { at: [0, beamY + 860, z], tolerance: 1 });
    m.add(
      row(9, (t) => placed(cube(50, 840, 50), { at: [-4270 + t * 8540, beamY + 840, z] })),
      'yellow',
      { tolerance: 1 },
    );
  }
};

const pods = (m: Model, x: number): void => {
  m.within({ at: [x, beamY - 470, 560] }, () => {
    m.add(box(180, 420, 380, 40), 'gun', { at: [0, 160, -180] });
    m.within({ rot: [38, 0, 0] }, () => {
      m.add(box(1180, 780, 260, 90, 2), 'shell');
      m.add(box(1200, 110, 272, 30), 'accent', { at: [0, -250, 0] });
      m.add(plate(slab(980, 420, 70, 4), 30, 8), 'shell2', { at: [0, 90, 132] });
    });
  });
  for (const dx of [-900, 900])
    m.within({ at: [x + dx, beamY - 520, -420], rot: [28, 180, 0] }, () => {
      m.add(box(120, 300, 120, 20), 'gun', { at: [0, 200, -60] });
      m.add(box(360, 320, 640, 70, 2), 'shell');
      m.add(box(420, 50, 760, 20), 'shell2', { at: [0, 180, 40] });
      lens(m, 110, { at: [0, 0, 318] }, 'black');
    });
  for (const dx of [-900, 900]) lamp(m, 130, 220, { at: [x + dx, beamY - 480, 440], rot: [40, 0, 0] });
  screen(
    m,
    900,
    900,
    [
      {
        shape: [
          [-80, 300],
          [80, 300],
          [80, -60],
          [250, -60],
          [0, -320],
          [-250, -60],
          [-80, -60],
        ],
        paint: '#69F0A0',
        round: 12,
      },
    ],
    { at: [x, beamY + 60, 470] },
    { thick: 140, bezel: 70 },
  );
};

const readZone = (x: number): ReturnType<typeof loft> => {
  const patch: readonly Vec3[] = [
    [x - 1300, 46, 3300],
    [x + 1300, 46, 3300],
    [x + 1300, 46, 700],
    [x - 1300, 46, 700],
  ];
  const top: readonly Vec3[] = [
    [x - 420, beamY - 700, 900],
    [x + 420, beamY - 700, 900],
    [x + 420, beamY - 800, 640],
    [x - 420, beamY - 800, 640],
  ];
  return loft([patch, top], 20, false);
};

const cabinet = (m: Model): void => {
  m.within({ at: [-5050, -10, 2900] }, () => {
    m.add(box(520, 1500, 900, 50, 2), 'shell', { at: [0, 760, 0] });
    m.add(box(540, 120, 920, 20), 'accent', { at: [0, 1330, 0] });
    louvre(m, 600, 340, 6, { at: [-258, 600, 0], rot: [0, -90, 0] }, 'shell2', 40);
  });
};

/** Drives to +Z: towards the visitor. */
const taggedCar = (m: Model, name: string, x: number, z: number, paint: Paint, body: CarBody): void => {
  m.node(name, [x, 34, z], { moving: true }).on(name, () => {
    fineCar(m, paint, {}, body);
    const [y, front, lean] = body === 'saloon' ? [1240, 532, -58] : [1360, 524, -53];
    m.within({ at: [-330, y, front], rot: [lean, 0, 0] }, () => {
      m.add(box(360, 220, 30, 12), 'white', { at: [0, 0, 30] });
      m.add(plate(slab(300, 160, 24), 8, 2), 'accentGlow', { at: [0, 0, 50] });
      for (const k of upTo(2)) m.add(plate(slab(60 + k * 70, 26, 12), 6, 1), 'glow', { at: [-60 + k * 30, 34 - k * 66, 57] });
    });
  });
};

const passSeconds = 9;
const restA: Vec3 = [-2050, 34, 2000];
const restB: Vec3 = [2050, 34, -2200];
const pass = (name: string, rest: Vec3): ReturnType<typeof shift>[] => {
  const end = roadL / 2 - 2250;
  const toEnd = ((end - rest[2]) / (2 * end)) * 7;
  const times = [0, toEnd, toEnd + 1, toEnd + 1.02, passSeconds];
  const ways = [rest[2], end, end, -end, rest[2]].map((z): Vec3 => [0, 0, z - rest[2]]);
  return [
    shift(name, rest, times, ways),
    swell(
      name,
      [0, toEnd - 0.1, toEnd + 0.3, toEnd + 1.02, toEnd + 1.42, passSeconds],
      [1, 1, 0.01, 0.01, 1, 1].map((f): Vec3 => [f, f, f]),
    ),
  ];
};

const make = (): Model => {
  const m = new Model({ area: 'mobility', tolerance: 0.08, edgeMm: 110, reach: 0.16 });
  road(m);
  frame(m);
  for (const l of lanes) {
    pods(m, l * 2050);
    m.add(readZone(l * 2050), field);
  }
  cabinet(m);
  m.add(cyl(90, 1200, { segments: 12 }), 'gun', { at: [4300, beamY + 900, 0] });
  taggedCar(m, 'car_left', restA[0], restA[2], 'accent', 'saloon');
  taggedCar(m, 'car_right', restB[0], restB[2], '#F2F0EC', 'estate');
  m.clip('pass', [...pass('car_left', restA), ...pass('car_right', restB)]);
  return m
    .hotspot('tag', [-330, 1420, 700], 'car_left')
    .hotspot('reader', [-2050, beamY - 400, 800])
    .hotspot('flow', [2050, 1500, 0], 'car_right');
};

export const exhibit: Exhibit = {
  id: 'hketoll-gantry',
  area: 'mobility',
  name: words('易通行', '易通行', 'HKeToll'),
  projects: ['hketoll'],
  views: [
    { az: 30, pol: 74, zoom: 1.08, caption: words('駛過就付費', '驶过就付费', 'Pay as you pass') },
    { az: -54, pol: 66, zoom: 1.1, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 8, pol: 76, zoom: 2.1, target: [-1700, 1800, 1800], caption: words('車輛貼', '车辆标签', 'The vehicle tag') },
  ],
  hotspots: [
    {
      id: 'tag',
      label: words('車輛貼', '车辆标签', 'Vehicle tag'),
      text: words('車上貼上車輛貼，駛過隧道時就可以付費。', '车上贴好车辆标签，过隧道时就能付费。', 'A tag on the vehicle lets drivers pay tunnel tolls.'),
    },
    {
      id: 'reader',
      label: words('讀取裝置', '读取装置', 'Readers'),
      text: words('路面上方的裝置讀取車輛貼，造型只作示意。', '路面上方的装置读取车辆标签，造型仅作示意。', 'Readers over the road read the tag; the shape is an illustration.'),
    },
    { id: 'flow', label: words('不用停車', '不用停车', 'No stopping'), text: words('司機不用停車。', '司机不用停车。', 'Drivers do not need to stop.') },
  ],
  make,
};

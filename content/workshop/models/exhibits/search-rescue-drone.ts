/** Search and rescue drone: four arms with accent sleeves, two searchlights, a horn, a camera on a gimbal, tall skids, two position masts. A lifebuoy, never a cross. */

import type { BufferGeometry } from 'three';
import { cosD, placed, ring, sinD, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { spin, sway } from '../kit/motion.ts';
import { type Corner, outline, plate, slab } from '../kit/outlines.ts';
import { lamp, lens, lifebuoy } from '../kit/parts-optics.ts';
import { box, cyl, dome, lathe, sphere } from '../kit/solids.ts';
import { loft, tube } from '../kit/sweeps.ts';

const flatWise: Vec3 = [90, 0, 0];
const sides = [-1, 1] as const;
const ARMS = [
  { key: 'fr', sx: 1, sz: 1, rest: 35 },
  { key: 'fl', sx: -1, sz: 1, rest: 98 },
  { key: 'rr', sx: 1, sz: -1, rest: 161 },
  { key: 'rl', sx: -1, sz: -1, rest: 224 },
] as const;
const motorX = 345;
const motorZ = 300;

/** A twisted blade along +X. */
const blade = (length: number, chord: number, hand: number): BufferGeometry => {
  const stations = 13;
  const sections = upTo(stations).map((i) => {
    const t = i / (stations - 1);
    const x = 14 + t * (length - 14);
    const tip = t > 0.8 ? Math.sqrt(Math.max(0.06, 1 - ((t - 0.8) / 0.2) ** 2)) : 1;
    const c = i === 0 ? chord * 0.45 : chord * (0.75 + 0.5 * Math.sin(Math.min(1, t * 1.25) * 2.2)) * tip;
    const pitch = 26 - 18 * t;
    const at = (u: number, v: number): Vec3 => [x, v * c * 0.1 * cosD(pitch) - u * c * sinD(pitch) * hand, u * c * cosD(pitch)];
    return [at(-0.5, 0), at(0, -0.7), at(0.5, 0), at(-0.1, 1)];
  });
  return loft(sections, 70);
};

const hull = (m: Model): void => {
  const plan = (grow: number): Corner[] => [
    [-95 - grow, -190 - grow, 60],
    [95 + grow, -190 - grow, 60],
    [120 + grow, 20, 90],
    [84 + grow, 215 + grow, 70],
    [-84 - grow, 215 + grow, 70],
    [-120 - grow, 20, 90],
  ];
  m.add(plate(outline(plan(0), 50, 7), 78, 30, 4), 'shell', { at: [0, 34, 0], rot: flatWise });
  m.add(plate(outline(plan(-9), 50, 6), 62, 16, 2), 'dark', { at: [0, -18, 0], rot: flatWise });
  m.add(plate(outline(plan(2), 50, 6), 10, 3), 'accent', { at: [0, 4, 0], rot: flatWise });
  m.add(plate(slab(124, 178, 24, 4), 5, 1), 'seam', { at: [0, 72.6, -78], rot: flatWise });
  m.add(plate(slab(116, 170, 22, 4), 11, 4), 'shell2', { at: [0, 73, -78], rot: flatWise });
  m.add(box(64, 9, 16, 3), 'dark', { at: [0, 79, -140] });
  for (const i of upTo(4)) m.add(box(16, 3, 6, 1), 'green', { at: [-30 + i * 20, 79, -26] });
  lifebuoy(m, 54, { at: [0, 74, 86], rot: [-90, 0, 0] });
  for (const s of sides) {
    lens(m, 13, { at: [s * 44, 14, 214] }, 'black');
    m.add(cyl(6, 90, { segments: 10 }), 'black', { at: [s * 62, 110, -168] });
    m.add(
      lathe(
        [
          [0, 0],
          [28, 0],
          [33, 6],
          [31, 20],
          [18, 28],
          [0, 29],
        ],
        24,
      ),
      'white',
      { at: [s * 62, 152, -168] },
    );
    m.add(
      lathe(
        [
          [0, -7],
          [29, -7],
          [31, 0],
          [0, 1],
        ],
        24,
      ),
      'accent',
      { at: [s * 62, 151, -168] },
    );
  }
  m.add(box(40, 6, 8, 3), 'warm', { at: [0, 14, 214] });
  m.add(cyl(22, 10, { segments: 20 }), 'dark', { at: [0, 72, -186] });
  m.add(dome(18, 1, 18, 6), 'red', { at: [0, 76, -186] });
};

const arm = (m: Model, sx: number, sz: number): void => {
  const from: Vec3 = [sx * 92, 6, sz * 110];
  const to: Vec3 = [sx * motorX, 30, sz * motorZ];
  const [dx, dz] = [to[0] - from[0], to[2] - from[2]];
  const yaw = (Math.atan2(dx, dz) * 180) / Math.PI;
  const along = (t: number): Vec3 => [from[0] + dx * t, from[1] + 24 * t, from[2] + dz * t];
  m.add(
    lathe(
      [
        [0, 0],
        [32, 0],
        [36, 6],
        [36, 48],
        [30, 56],
        [0, 56],
      ],
      24,
    ),
    'dark',
    { at: [from[0], -20, from[2]] },
  );
  m.add(cyl(23, 9, { segments: 24, bevel: 2 }), 'gun', { at: [from[0], 38, from[2]] });
  m.add(tube(18, [from, along(0.5), to], { steps: 8, segments: 14 }), 'dark');
  m.add(placed(cyl(24, 46, { segments: 18, bevel: 4 }), { rot: flatWise }), 'gun', { at: along(0.27), rot: [-4, yaw, 0] });
  m.add(placed(cyl(21.5, 84, { segments: 18, bevel: 3 }), { rot: flatWise }), 'accent', { at: along(0.64), rot: [-4, yaw, 0] });
  m.add(
    lathe(
      [
        [0, -14],
        [26, -14],
        [40, 0],
        [42, 10],
        [42, 30],
        [36, 36],
        [0, 36],
      ],
      28,
    ),
    'shell',
    { at: [to[0], 18, to[2]] },
  );
  m.add(
    lathe(
      [
        [0, 36],
        [34, 36],
        [37, 40],
        [37, 62],
        [30, 68],
        [0, 68],
      ],
      28,
    ),
    'gun',
    { at: [to[0], 18, to[2]] },
  );
  m.add(
    ring(10, (a) => placed(box(4, 18, 9, 1), { at: [36 * sinD(a), 0, 36 * cosD(a)], rot: [0, a, 0] })),
    'brass',
    { at: [to[0], 69, to[2]] },
  );
  m.add(dome(15, 0.8, 16, 4), sz < 0 ? 'amber' : sx > 0 ? 'green' : 'red', { at: [to[0], 5, to[2]], rot: [180, 0, 0] });
};

const skids = (m: Model): void => {
  for (const s of sides) {
    for (const z of [-90, 90])
      m.add(
        tube(
          11,
          [
            [s * 70, -40, z],
            [s * 120, -130, z * 1.1],
            [s * 176, -306, z * 1.25],
          ],
          { steps: 12 },
        ),
        'dark',
      );
    m.add(
      tube(
        12,
        [
          [s * 178, -290, -246],
          [s * 178, -308, -200],
          [s * 178, -308, 200],
          [s * 178, -290, 246],
        ],
        { steps: 20 },
      ),
      'dark',
    );
    for (const z of [-150, 150]) m.add(placed(cyl(17, 94, { segments: 14, bevel: 5 }), { rot: flatWise }), 'rubber', { at: [s * 178, -309, z] });
    for (const z of [-112, 112]) m.add(sphere(17, 14, 10), 'gun', { at: [s * 176, -302, z] });
  }
};

const horn = (m: Model): void => {
  m.add(box(64, 80, 40, 8), 'gun', { at: [0, -76, -96] });
  m.within({ at: [0, -124, -62], rot: [100, 0, 0] }, () => {
    m.add(
      lathe(
        [
          [0, -74],
          [40, -74],
          [46, -66],
          [46, -20],
          [34, -8],
          [30, 10],
          [40, 50],
          [66, 92],
          [86, 108],
          [90, 108],
          [90, 114],
          [82, 114],
          [60, 94],
          [34, 52],
          [22, 16],
          [0, 10],
        ],
        32,
      ),
      'accent',
    );
    m.add(
      lathe(
        [
          [0, -80],
          [36, -80],
          [43, -72],
          [43, -62],
          [0, -62],
        ],
        28,
      ),
      'dark',
    );
    m.add(
      lathe(
        [
          [0, 14],
          [15, 20],
          [18, 60],
          [12, 82],
          [0, 88],
        ],
        22,
      ),
      'dark',
    );
    m.add(
      lathe(
        [
          [86, 105],
          [93, 108],
          [93, 115],
          [86, 117],
        ],
        32,
      ),
      'black',
    );
  });
};

const gimbal = (m: Model): void => {
  m.add(cyl(24, 24, { segments: 20 }), 'gun', { at: [0, 6, 0] });
  m.add(
    plate(
      outline(
        [
          [-76, -74, 20],
          [-76, 2, 26],
          [76, 2, 26],
          [76, -74, 20],
          [60, -88, 10],
          [55, -20, 12],
          [-55, -20, 12],
          [-60, -88, 10],
        ],
        8,
        4,
      ),
      34,
      7,
    ),
    'shell',
  );
  for (const s of sides) m.add(cyl(27, 16, { segments: 22 }), 'gun', { at: [s * 67, -70, 0], rot: [0, 0, 90] });
  m.within({ at: [0, -72, 2], rot: [8, 0, 0] }, () => {
    m.add(box(104, 98, 102, 27, 3), 'black');
    m.add(box(108, 11, 74, 4), 'accent', { at: [0, 32, 0] });
    lens(m, 28, { at: [-18, -2, 51] }, 'gun');
    lens(m, 14, { at: [30, 12, 51] }, 'gun');
    lens(m, 14, { at: [30, -24, 51] }, 'gun');
  });
};

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.05, edgeMm: 8, reach: 0.26 });
  m.node('craft', [0, 327, 0]).on('craft', () => {
    hull(m);
    for (const { sx, sz } of ARMS) arm(m, sx, sz);
    skids(m);
    horn(m);
    m.add(
      lathe(
        [
          [0, 0],
          [48, 0],
          [48, -10],
          [36, -20],
          [0, -20],
        ],
        28,
      ),
      'black',
      { at: [0, -47, 132] },
    );
    for (const s of sides) {
      m.add(box(14, 44, 24, 4), 'gun', { at: [s * 94, -44, 138] });
      lamp(m, 32, 62, { at: [s * 94, -74, 168], rot: [18, 0, 0] });
    }
  });
  m.node('gimbal', [0, -70, 132], { parent: 'craft' }).on('gimbal', () => gimbal(m));
  const channels = ARMS.map(({ key, sx, sz, rest }) => {
    const name = `rotor_${key}`;
    const hand = sx * sz;
    m.node(name, [sx * motorX, 92, sz * motorZ], { parent: 'craft', rot: [0, rest, 0], moving: true }).on(name, () => {
      for (const a of [0, 180]) {
        m.add(blade(252, 50, hand), 'black', { rot: [0, a, 0], at: [0, 4, 0] });
        m.add(placed(box(30, 5, 33, 1.5), { at: [204, 3.6, 0], rot: [hand * 11, 0, 0] }), 'accent', { rot: [0, a, 0] });
      }
      m.add(
        lathe(
          [
            [0, -6],
            [19, -6],
            [20, 6],
            [15, 16],
            [7, 22],
            [0, 23],
          ],
          20,
        ),
        'gun',
      );
    });
    return spin(name, 'y', 0.8, hand, [0, rest, 0]);
  });
  m.clip('rotors', channels).clip('look', [sway('gimbal', 'y', 8, 22)]);
  return m
    .hotspot('camera', [0, -140, 200], 'craft')
    .hotspot('lights', [94, -74, 190], 'craft')
    .hotspot('speaker', [0, -140, 40], 'craft')
    .hotspot('rotors', [motorX, 110, motorZ], 'craft');
};

export const exhibit: Exhibit = {
  id: 'search-rescue-drone',
  area: 'living',
  name: words('搜救無人機', '搜救无人机', 'Search and rescue drone'),
  projects: ['search-rescue-drone-2023', 'fsd-uas', 'fsd-ai-drone', 'fsd-hillfire-drone', 'police-smart-rescue'],
  views: [
    { az: 32, pol: 72, zoom: 1.12, caption: words('搜救無人機', '搜救无人机', 'The drone') },
    { az: 28, pol: 88, zoom: 1.9, target: [0, 240, 40], caption: words('鏡頭和射燈', '镜头和探照灯', 'Camera and lights') },
    { az: 148, pol: 52, zoom: 1.16, caption: words('從上面看', '从上面看', 'From above') },
  ],
  hotspots: [
    {
      id: 'camera',
      label: words('鏡頭', '镜头', 'Camera'),
      text: words('用來搜索的無人機會從空中拍攝。', '用来搜索的无人机会从空中拍摄。', 'A search drone takes pictures from the air.'),
    },
    {
      id: 'lights',
      label: words('射燈', '探照灯', 'Lights'),
      text: words('射燈只作示意，說明它幫手找人。', '探照灯仅作示意，说明它帮忙找人。', 'The lights are an illustration: the drone helps to find people.'),
    },
    {
      id: 'speaker',
      label: words('揚聲器', '扬声器', 'Loudspeaker'),
      text: words('山火巡邏無人機會廣播防火信息。', '山火巡逻无人机会广播防火信息。', 'Hill fire patrol drones broadcast fire safety messages.'),
    },
    {
      id: 'rotors',
      label: words('無人駕駛', '无人驾驶', 'No one on board'),
      text: words('無人機就是沒有人坐在上面的飛行器。', '无人机就是没有人坐在上面的飞行器。', 'A drone is an aircraft with no one on board.'),
    },
  ],
  make,
};

/** Real-time adaptive traffic signals: one crossroads as a tile, four masts with large heads, sensors that count cars and walkers in pale fans. One phase ends, the other begins. */
import { placed, row, upTo, type Vec2, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swell } from '../kit/motion.ts';
import { disc, flat, outline, pierced, plate, slab } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { car } from '../kit/parts-car.ts';
import { tree } from '../kit/parts-green.ts';
import { serviceDoor } from '../kit/parts-service.ts';
import { person } from '../kit/parts-street.ts';
import { box, cube, cyl, lathe } from '../kit/solids.ts';
import { loft, tube } from '../kit/sweeps.ts';

const half = 8000;
const kerb = 3100;
const lane = 1500;
const quarters = [0, 90, 180, 270] as const;
const fan: Paint = ['glass', '#8FD8FF', 0.2];
const walkFan: Paint = ['glass', '#9BF0C0', 0.24];
const lampR = 250;
const lampY = { red: 620, amber: 0, green: -620 } as const;
const offMm = -160;

const ground = (m: Model): void => {
  m.add(box(half * 2, 500, half * 2, 90), 'asphalt', { at: [0, -250, 0], tolerance: 0.09 });
  const corner = half - kerb;
  for (const [sx, sz] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    m.add(plate(slab(corner, corner, 700, 5), 220, 30), 'concrete', { at: [sx * (kerb + corner / 2), 90, sz * (kerb + corner / 2)], rot: [90, 0, 0], tolerance: 0.09 });
    m.add(plate(slab(corner - 500, corner - 500, 500, 4), 60, 12), 'shell2', {
      at: [sx * (kerb + corner / 2 + 120), 196, sz * (kerb + corner / 2 + 120)],
      rot: [90, 0, 0],
      tolerance: 0.12,
    });
    for (const i of upTo(4))
      for (const turn of [0, 90])
        m.within({ at: [sx * (kerb + corner / 2 + 120), 227, sz * (kerb + corner / 2 + 120)], rot: [0, turn, 0] }, () =>
          m.add(cube(corner - 520, 4, 22), 'grey', { at: [0, 0, (i - 1.5) * 1050], tolerance: 1 }),
        );
  }
  for (const a of quarters)
    m.within({ rot: [0, a, 0] }, () => {
      m.add(
        row(7, (t) => placed(cube(440, 14, 1700), { at: [-kerb + 420 + t * (2 * kerb - 840), 6, kerb + 1150] })),
        'white',
        { tolerance: 1 },
      );
      m.add(cube(2700, 14, 260), 'white', { at: [-lane, 6, kerb + 2450], tolerance: 1 });
      m.add(cube(140, 14, 1900), 'yellow', { at: [0, 6, half - 1250], tolerance: 1 });
      m.add(
        flat(
          outline([
            [-120, -700],
            [120, -700],
            [120, 200],
            [420, 200],
            [0, 800],
            [-420, 200],
            [-120, 200],
          ]),
        ),
        'white',
        { at: [-lane, 12, half - 1150], rot: [-90, 180, 0], tolerance: 1 },
      );
    });
};

/** The yellow box in the middle, where nobody may stop. */
const yellowBox = (m: Model): void => {
  const inner = kerb - 260;
  const line = (g: ReturnType<typeof cube>, place: { at: Vec3; rot?: Vec3 }): void => void m.add(g, 'yellow', { ...place, tolerance: 1 });
  for (const a of quarters) m.within({ rot: [0, a, 0] }, () => line(cube(2 * inner + 120, 12, 120), { at: [0, 6, inner] }));
  for (const turn of [45, -45])
    for (const i of upTo(7)) {
      const off = (i - 3) * inner * 0.5;
      const long = 2 * (inner - Math.abs(off) / 2) * Math.SQRT2 - 60;
      const shift = off / 2;
      line(cube(Math.max(long, 200), 12, 80), { at: [shift, 5, turn > 0 ? shift : -shift], rot: [0, turn, 0] });
    }
};

/** What a Hong Kong corner has: railings along the kerb, raised yellow paving where one crosses, a lowered kerb. */
const corner = (m: Model): void => {
  const rail = (from: number, posts: number, z: number): void => {
    const step = 620;
    for (const i of upTo(posts)) m.add(cube(60, 900, 60), 'steel', { at: [from + i * step, 640, z], tolerance: 1 });
    for (const y of [420, 1060]) m.add(cube((posts - 1) * step + 60, 56, 50), 'steel', { at: [from + ((posts - 1) * step) / 2, y, z], tolerance: 1 });
    m.add(
      row(posts * 2 - 1, (_, i) => placed(cube(22, 620, 22), { at: [from + (i * step) / 2, 740, z] })),
      'steel',
      { tolerance: 1 },
    );
  };
  for (const mirror of [1, -1])
    m.within({ rot: [0, mirror > 0 ? 0 : -90, 0], scale: [mirror, 1, 1] }, () => {
      rail(kerb + 2250, 5, kerb + 260);
      m.add(cube(1500, 26, 640), 'yellow', { at: [kerb + 1150, 206, kerb + 400], tolerance: 1 });
      m.add(cube(1560, 40, 130), '#9C9C98', { at: [kerb + 1150, 184, kerb + 20], tolerance: 1 });
    });
};

/** The controller's cabinet on one corner, and bollards. */
const furniture = (m: Model): void => {
  m.within({ at: [6300, 220, 5200], rot: [0, 30, 0] }, () => {
    m.add(box(1500, 120, 760, 20), 'concrete', { at: [0, 40, 0] });
    m.add(box(1340, 1900, 620, 60), 'shell', { at: [0, 1040, 0] });
    m.add(box(1420, 90, 700, 30), 'accent', { at: [0, 2010, 0] });
    for (const s of [-1, 1]) serviceDoor(m, 600, 1560, { at: [s * 320, 1010, 314] }, { hinge: s === 1 ? 1 : -1, paint: 'shell2' });
    serviceDoor(m, 1180, 1560, { at: [0, 1010, -314], rot: [0, 180, 0] }, { paint: 'shell2', vents: 1 });
  });
};

const visor: readonly Vec2[] = [
  [lampR + 40, -165],
  [lampR + 40, 165],
  [lampR + 8, 165],
  [lampR + 8, -165],
];
/** A three-lamp head that looks to +Z. Dark glasses; the lit lamps are nodes of their own. */
const head = (m: Model): void => {
  m.add(plate(slab(1080, 2260, 200, 3), 90, 24), 'white', { at: [0, 0, -150] });
  m.add(plate(slab(1000, 2180, 180, 3), 100, 24), 'black', { at: [0, 0, -130] });
  m.add(box(700, 1900, 420, 90), 'dark', { at: [0, 0, -20] });
  for (const y of Object.values(lampY)) {
    m.add(flat(disc(lampR + 20, 0, 0, 20)), 'lens', { at: [0, y, 212] });
    m.add(placed(lathe(visor, 10), { rot: [90, 0, 0] }), 'black', { at: [0, y, 300], tolerance: 0.3 });
  }
};

const mast = (m: Model): void => {
  m.add(cyl(340, 160, { segments: 12 }), 'dark', { at: [0, 270, 0] });
  m.add(cyl(150, 5600, { segments: 10, r2: 130 }), 'shell', { at: [0, 3000, 0] });
  m.add(cyl(176, 320, { segments: 12 }), 'accent', { at: [0, 2250, 0] });
  m.add(box(420, 720, 360, 70), 'shell', { at: [0, 1450, 260] });
  m.add(cyl(90, 60, { segments: 10 }), 'yellow', { at: [0, 1340, 450], rot: [90, 0, 0] });
  m.add(
    tube(
      100,
      [
        [0, 5600, 0],
        [0, 6050, 60],
        [-420, 6420, 120],
        [-1100, 6500, 160],
      ],
      { steps: 9, segments: 8, capped: false },
    ),
    'shell',
  );
  m.within({ at: [-1180, 6480, 200], rot: [26, -18, 0] }, () => {
    m.add(box(700, 460, 340, 90), 'shell');
    m.add(box(716, 90, 352, 30), 'accent', { at: [0, -160, 0] });
    m.add(plate(slab(560, 240, 60, 4), 30, 8), 'screen', { at: [0, 60, 168] });
    m.add(cyl(96, 50, { segments: 12 }), 'lens', { at: [0, 60, 188], rot: [90, 0, 0] });
  });
  m.within({ at: [0, 3150, 230], rot: [20, 60, 0] }, () => {
    m.add(box(330, 300, 260, 60), 'shell');
    m.add(cyl(90, 40, { segments: 10 }), 'lens', { at: [0, 10, 136], rot: [90, 0, 0] });
  });
};

/** A see-through wedge from a sensor down to a patch of road. */
const beam = (from: Vec3, patch: readonly [Vec3, Vec3, Vec3, Vec3]): ReturnType<typeof loft> => {
  const near = patch.map((p): Vec3 => [from[0] + (p[0] - from[0]) * 0.06, from[1] + (p[1] - from[1]) * 0.06, from[2] + (p[2] - from[2]) * 0.06]);
  return loft([patch, near], 20, false);
};

const approach = (m: Model): void => {
  const at: Vec3 = [-kerb - 900, 0, kerb + 900];
  m.within({ at }, () => {
    m.within({ rot: [0, 45, 0] }, () => mast(m));
    m.within({ at: [0, 4700, 330] }, () => head(m));
  });
  m.add(
    beam(
      [-kerb - 1500, 6300, kerb + 1300],
      [
        [-2 * lane + 100, 24, half - 150],
        [-100, 24, half - 150],
        [-100, 24, kerb + 2300],
        [-2 * lane + 100, 24, kerb + 2300],
      ],
    ),
    fan,
  );
  m.add(
    beam(
      [at[0] + 150, 3100, at[2] + 330],
      [
        [-kerb - 1500, 225, kerb + 2250],
        [-kerb + 900, 24, kerb + 2250],
        [-kerb + 900, 24, kerb + 700],
        [-kerb - 1500, 225, kerb + 700],
      ],
    ),
    walkFan,
  );
};

const cycle = 16;
type Phase = 'main' | 'side';
/** Seconds at which a phase's lamp is forward (lit). */
const lit: { readonly [phase in Phase]: { readonly [lamp in 'red' | 'green']: readonly [number, number][] } } = {
  main: { green: [[0, 7]], red: [[8, 16]] },
  side: { red: [[0, 8]], green: [[8.6, 15]] },
};
const restLit = { main: 'green', side: 'red' } as const;

const lamps = (m: Model): void => {
  for (const [i, a] of quarters.entries()) {
    const phase: Phase = i % 2 ? 'side' : 'main';
    for (const lamp of ['red', 'green'] as const) {
      const forward = restLit[phase] === lamp;
      const turn: Vec3 = [0, a, 0];
      const hub = `head_${i}_${lamp}`;
      m.node(hub, [0, 0, 0], { rot: turn });
      const rest: Vec3 = [-kerb - 900, 4700 + lampY[lamp], kerb + 1230 + 226 + (forward ? 0 : offMm)];
      const name = `lamp_${i}_${lamp}`;
      m.node(name, rest, { parent: hub, moving: true }).on(name, () => void m.add(cyl(lampR - 20, 40, { segments: 18 }), lamp, { rot: [90, 0, 0] }));
      const spans = lit[phase][lamp];
      const times = [0, ...spans.flatMap(([on, off]) => [Math.max(0.05, on), on + 0.3, off, off + 0.3]), cycle].filter(
        (t, k, all) => t <= cycle && (k === 0 || t > (all[k - 1] ?? 0)),
      );
      const isOn = (t: number): boolean => spans.some(([on, off]) => (on === 0 || t >= on + 0.29) && (off === 16 || t <= off + 0.01));
      lampChannels.push(
        shift(
          name,
          rest,
          times,
          times.map((t): Vec3 => [0, 0, (isOn(t) ? 0 : offMm) - (forward ? 0 : offMm)]),
        ),
      );
    }
  }
};
let lampChannels: ReturnType<typeof shift>[] = [];

/** A car that grows at one edge, drives over and shrinks at the other; at rest it stands where `restZ` says. */
const traveller = (m: Model, name: string, turn: number, restZ: number, paint: Paint, go: readonly [number, number], body: 'saloon' | 'estate'): ReturnType<typeof shift>[] => {
  const lanes = `${name}_lane`;
  m.node(lanes, [0, 0, 0], { rot: [0, turn, 0] });
  const rest: Vec3 = [lane, 0, restZ];
  m.node(name, rest, { parent: lanes, moving: true }).on(name, () => car(m, paint, { scale: 0.78 }, body));
  const edge = half - 1900;
  const [from, to] = go;
  const times = [0, from, to, to + 0.02, Math.min(to + 1.5, cycle - 0.1), cycle];
  const ways = [restZ, restZ, edge, -edge, restZ, restZ].map((z): Vec3 => [0, 0, z - restZ]);
  return [
    shift(name, rest, times, ways),
    swell(
      name,
      [0, to - 0.5, to, to + 0.02, to + 0.6, cycle],
      [1, 1, 0.01, 0.01, 1, 1].map((f): Vec3 => [f, f, f]),
    ),
  ];
};

/** Two wait at the kerb and cross while the main road has red; one walks along behind. */
const people = (m: Model): ReturnType<typeof shift>[] => {
  const rest: Vec3 = [-kerb - 500, 0, kerb + 1150];
  m.node('walkers', rest, { moving: true }).on('walkers', () => {
    person(m, { at: [-30, 205, 180], rot: [0, 84, 0], scale: 1.25 }, '#D98A5A', '#34435C', true);
    person(m, { at: [-620, 205, 420], rot: [0, 96, 0], scale: 1.2 }, '#E3C15A', '#3A4049', true);
  });
  person(m, { at: [kerb + 2600, 200, -kerb - 1900], rot: [0, -90, 0], scale: 1.25 }, '#8FA3B5', '#4A5568', true);
  const far = 2 * kerb + 1400;
  return [
    shift(
      'walkers',
      rest,
      [0, 8.8, 9.3, 14.4, 14.8, 15.2, 15.25, cycle],
      [0, 0, 700, far - 700, far, far, 0, 0].map((x, i): Vec3 => [x, i === 2 || i === 3 ? -190 : 0, 0]),
    ),
    swell(
      'walkers',
      [0, 14.8, 15.2, 15.25, 15.8, cycle],
      [1, 1, 0.01, 0.01, 1, 1].map((f): Vec3 => [f, f, f]),
    ),
  ];
};

const make = (): Model => {
  lampChannels = [];
  const m = new Model({ area: 'mobility', tolerance: 0.075, edgeMm: 160, reach: 0.12 });
  ground(m);
  yellowBox(m);
  for (const a of quarters) m.within({ rot: [0, a, 0] }, () => corner(m));
  furniture(m);
  for (const a of quarters) m.within({ rot: [0, a, 0] }, () => approach(m));
  lamps(m);
  const cars = [
    ...traveller(m, 'car_main_a', 0, -half + 2000, '#F2F0EC', [0.6, 4.5], 'saloon'),
    ...traveller(m, 'car_main_b', 180, -half + 2000, '#C64B3C', [1.2, 5.2], 'estate'),
    ...traveller(m, 'car_side_a', 90, -half + 2000, '#5B6673', [9.2, 13], 'estate'),
    ...traveller(m, 'car_side_b', 270, -half + 2000, 'accent', [9.8, 13.8], 'saloon'),
  ];
  const walkers = people(m);
  for (const [i, [x, z]] of (
    [
      [-6500, -6300],
      [6500, -6500],
      [-6600, 6500],
    ] as const
  ).entries()) {
    tree(m, 4700 - i * 300, { at: [x, 200, z] }, i * 70, 15);
    m.add(plate(pierced(slab(1100, 1100, 120), slab(800, 800, 60)), 60, 10), 'dark', { at: [x, 240, z], rot: [90, 0, 0] });
  }
  m.clip('phases', [...lampChannels, ...cars, ...walkers]);
  return m
    .hotspot('sensor', [-kerb - 1700, 6500, kerb + 1500])
    .hotspot('signal', [-kerb - 900, 5300, kerb + 1700])
    .hotspot('walkers', [-kerb - 700, 2500, kerb + 1400])
    .hotspot('queue', [lane, 1300, -half + 2000]);
};

export const exhibit: Exhibit = {
  id: 'adaptive-signal-junction',
  area: 'mobility',
  name: words('實時交通燈號調節系統', '实时交通信号调节系统', 'Real-time Adaptive Traffic Signals'),
  projects: ['rtatss', 'traffic-data-analytics-system'],
  views: [
    { az: 28, pol: 58, zoom: 1.12, caption: words('一個路口', '一个路口', 'One junction') },
    { az: -62, pol: 66, zoom: 1.16, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 20, pol: 74, zoom: 2, target: [-2800, 3000, 3800], caption: words('燈和感應器', '灯和传感器', 'Signals and sensors') },
  ],
  hotspots: [
    {
      id: 'sensor',
      label: words('感應器', '传感器', 'Sensors'),
      text: words('感應器在路口量度行人和車輛。', '传感器在路口统计行人和车辆。', 'Sensors at the junction measure people and cars.'),
    },
    {
      id: 'signal',
      label: words('綠燈時間', '绿灯时间', 'Green time'),
      text: words(
        '系統為行人和車輛分配綠燈時間。模型的造型只作示意。',
        '系统为行人和车辆分配绿灯时间。模型的造型仅作示意。',
        'The system shares out green time between people and cars. The shape shown is an illustration.',
      ),
    },
    { id: 'walkers', label: words('行人', '行人', 'Walkers'), text: words('系統也會計算等候過路的行人。', '系统也会计算等候过马路的行人。', 'People on foot are counted too.') },
    {
      id: 'queue',
      label: words('減少延誤', '减少延误', 'Less delay'),
      text: words('截至2025年，車輛平均延誤減少約5至10%。', '截至2025年，车辆平均延误减少约5%至10%。', 'By 2025 average vehicle delay was cut by about 5 to 10%.'),
    },
  ],
  make,
};

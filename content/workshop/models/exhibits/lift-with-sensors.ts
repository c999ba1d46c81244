/** A lift in its open shaft: cabin, counterweight, ropes, machine, and the fibre and sensors that watch the parts. The cabin rides, the doors open. */
import { placed, ring, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swell, swing } from '../kit/motion.ts';
import { plate, slab } from '../kit/outlines.ts';
import { bolts, louvre } from '../kit/parts-fixings.ts';
import { led, type Sign, screen } from '../kit/parts-optics.ts';
import { seams, serviceDoor } from '../kit/parts-service.ts';
import { person } from '../kit/parts-street.ts';
import { band, box, cube, cyl, torus } from '../kit/solids.ts';
import { bar, tube } from '../kit/sweeps.ts';

const shaftW = 2300;
const shaftD = 2100;
const level = 2700;
const topY = 2 * level + 400;
const sides = [-1, 1] as const;

const shaft = (m: Model): void => {
  m.add(box(4300, 160, 3200, 40), 'concrete', { at: [700, 80, 300] });
  m.add(box(shaftW + 120, 200, shaftD + 120, 30), 'shell2', { at: [0, 180, 0] });
  for (const sx of sides) for (const sz of sides) m.add(box(130, topY, 130, 16), 'shell', { at: [sx * (shaftW / 2), 200 + topY / 2, sz * (shaftD / 2)] });
  for (const f of upTo(3)) {
    const y = 260 + f * level;
    for (const s of sides) m.add(box(110, 110, shaftD, 14), 'shell', { at: [s * (shaftW / 2), y, 0] });
    m.add(box(shaftW, 110, 110, 14), 'shell', { at: [0, y, -shaftD / 2] });
    if (f < 2) {
      // the landing and its frame
      m.add(box(shaftW + 130, 120, 900, 20), 'shell2', { at: [0, y, shaftD / 2 + 420] });
      m.add(box(shaftW + 136, 30, 906, 10), 'accent', { at: [0, y + 30, shaftD / 2 + 420] });
      for (const s of sides) m.add(box(240, 2150, 70, 16), 'shell2', { at: [s * 700, y + 1130, shaftD / 2 + 40] });
      m.add(box(1640, 200, 70, 16), 'shell2', { at: [0, y + 2280, shaftD / 2 + 40] });
      screen(
        m,
        300,
        90,
        [
          {
            shape: [
              [-26, -22],
              [26, -22],
              [0, 26],
            ],
            at: [-60, 0],
            paint: '#FFB636',
          },
          { bar: [50, 0, 90, 14], paint: '#FFB636', round: 0.5 },
        ],
        { at: [0, y + 2280, shaftD / 2 + 82] },
      );
      m.add(plate(slab(90, 220, 24), 20, 6), 'dark', { at: [740, y + 1050, shaftD / 2 + 84] });
      led(m, 20, 'amber', { at: [740, y + 1090, shaftD / 2 + 96] });
      led(m, 20, 'glow', { at: [740, y + 1010, shaftD / 2 + 96] });
    }
  }
  // back and left walls, the other two are cut away
  for (const f of upTo(2)) m.add(box(shaftW - 140, level - 150, 40, 10), '#D7DBE0', { at: [0, 260 + (f + 0.5) * level, -shaftD / 2 + 10] });
  // seen from outside: panels, their bolts, the hatch to the pit and a cable way to the machine
  for (const f of upTo(2))
    m.within({ at: [0, 260 + (f + 0.5) * level, -shaftD / 2 - 10], rot: [0, 180, 0] }, () => {
      seams(m, shaftW - 140, level - 150, 3, 2, {}, 14);
      for (const x of [-1, 1])
        for (const y of [-1, 0, 1]) for (const k of [-1, 1]) m.add(cyl(20, 14, { segments: 6 }), 'gun', { at: [x * 360 + k * 330, y * 1180, 4], rot: [90, 0, 0] });
      if (f === 0) serviceDoor(m, 620, 1100, { at: [700, -640, 2] }, { paint: 'shell2' });
      else louvre(m, 560, 380, 6, { at: [-700, 800, 6] }, 'shell2', 26);
    });
  m.within({ at: [0, 0, -shaftD / 2 - 10], rot: [0, 180, 0] }, () => {
    m.add(box(170, topY - 300, 60, 14), 'grey', { at: [-60, 200 + topY / 2, 34] });
    m.add(box(40, topY - 320, 20, 6), 'accent', { at: [-60, 200 + topY / 2, 66] });
    for (const i of upTo(7)) m.add(box(250, 50, 40, 8), 'gun', { at: [-60, 600 + i * 780, 26] });
  });
  for (const s of sides) {
    m.add(cube(60, topY - 100, 90), 'steel', { at: [s * (shaftW / 2 - 130), 200 + topY / 2, -120] });
    for (const i of upTo(8)) m.add(cube(90, 50, 60), 'gun', { at: [s * (shaftW / 2 - 100), 500 + i * 680, -120] });
  }
};

/** Fibre down the guide rail, with a node of light at each sensor. */
const fibre = (m: Model): void => {
  m.add(
    tube(
      26,
      [
        [shaftW / 2 - 190, 320, 40],
        [shaftW / 2 - 190, 2000, 40],
        [shaftW / 2 - 190, 4000, 40],
        [shaftW / 2 - 190, topY + 120, 40],
        [700, topY + 420, 300],
        [420, topY + 520, 420],
      ],
      { steps: 50, segments: 8 },
    ),
    'cyan',
  );
  for (const y of [900, 2500, 4100, 5300]) {
    m.add(box(110, 150, 110, 24), 'accent', { at: [shaftW / 2 - 170, y, 50] });
    led(m, 22, 'green', { at: [shaftW / 2 - 170, y, 108] });
  }
};

const machine = (m: Model): void => {
  m.add(box(shaftW + 160, 130, shaftD + 160, 24), 'shell2', { at: [0, topY + 240, 0] });
  m.add(box(shaftW + 170, 34, shaftD + 170, 10), 'accent', { at: [0, topY + 210, 0] });
  m.within({ at: [-150, topY + 640, -200] }, () => {
    m.add(box(900, 90, 620, 20), 'dark', { at: [300, -290, 0] });
    m.add(cyl(280, 640, { segments: 32 }), 'shell', { at: [560, 0, 0], rot: [0, 0, 90] });
    m.add(
      ring(20, (a) => placed(cube(560, 16, 40), { at: [0, 288 * Math.cos((a * Math.PI) / 180), 288 * Math.sin((a * Math.PI) / 180)], rot: [a, 0, 0] })),
      'shell2',
      { at: [560, 0, 0], tolerance: 0.6 },
    );
    m.add(cyl(250, 80, { segments: 30 }), 'dark', { at: [910, 0, 0], rot: [0, 0, 90] });
    m.add(box(260, 420, 200, 24), 'dark', { at: [-330, -80, 0] });
    m.add(cyl(330, 60, { segments: 32 }), 'accent', { at: [180, 0, 0], rot: [0, 0, 90] });
  });
  m.node('sheave', [-230, topY + 640, -200], { moving: true }).on('sheave', () => {
    m.add(placed(band(430, 330, 150, { segments: 40 }), { rot: [0, 0, 90] }), 'gun');
    for (const i of upTo(6)) m.add(box(90, 660, 70, 16), 'gun', { rot: [i * 30, 0, 0] });
    m.add(cyl(90, 180, { segments: 22 }), 'steel', { rot: [0, 0, 90] });
    m.add(cube(30, 120, 40), 'accent', { at: [80, 290, 0] });
  });
  // the box that reads the fibre
  m.add(box(420, 480, 300, 40, 2), 'shell', { at: [300, topY + 560, 480] });
  m.add(box(426, 40, 306, 10), 'accent', { at: [300, topY + 690, 480] });
  for (const i of upTo(4)) led(m, 20, i === 2 ? 'amber' : 'green', { at: [180 + i * 80, topY + 620, 634] });
  louvre(m, 280, 160, 5, { at: [300, topY + 470, 632] });
};

const cabin = (m: Model): void => {
  const [w, h, d] = [1560, 2300, 1400];
  m.add(box(w, 130, d, 24), 'dark', { at: [0, 65, 0] });
  m.add(box(w - 60, 20, d - 60, 6), '#C9B79A', { at: [0, 138, 0] });
  m.add(box(w, 120, d, 30), 'shell', { at: [0, h, 0] });
  m.add(plate(slab(w - 300, d - 400, 60), 20, 5), 'glow', { at: [0, h - 66, 0], rot: [90, 0, 0] });
  for (const sx of sides) for (const sz of sides) m.add(box(80, h, 80, 16), 'shell', { at: [sx * (w / 2 - 40), h / 2 + 60, sz * (d / 2 - 40)] });
  m.add(box(w - 80, h - 160, 30, 8), 'shell2', { at: [0, h / 2 + 60, -d / 2 + 30] });
  m.add(bar(24, [-w / 2 + 160, 1050, -d / 2 + 110], [w / 2 - 160, 1050, -d / 2 + 110]), 'steel');
  m.add(box(20, h - 200, d - 160, 6), 'clear', { at: [w / 2 - 20, h / 2 + 60, 0] });
  m.add(box(20, h - 200, d - 160, 6), 'clear', { at: [-w / 2 + 20, h / 2 + 60, 0] });
  m.add(box(w + 6, 40, d + 6, 10), 'accent', { at: [0, h + 20, 0] });
  m.add(box(380, 200, 260, 24), 'gun', { at: [-200, h + 150, 150] });
  for (const s of sides) {
    m.add(box(150, 220, 240, 24), 'gun', { at: [s * (w / 2 + 90), h - 60, -120] });
    m.add(box(150, 220, 240, 24), 'gun', { at: [s * (w / 2 + 90), 240, -120] });
  }
  led(m, 30, 'cyan', { at: [w / 2 - 40, h + 30, d / 2 + 4] });
  person(m, { at: [-280, 148, -120], rot: [0, 12, 0] }, '#8C6FC0');
  person(m, { at: [330, 148, -220], rot: [0, -20, 0], scale: 0.94 }, '#5D8FB8');
};

const gauge = (x: number, y: number, paint: string, share: number): Sign[] => [
  { ring: [x, y, 120, 94], paint: '#2A3C58' },
  {
    shape: [
      [-8, 0],
      [8, 0],
      [4, 84],
      [-4, 84],
    ],
    at: [x, y],
    paint,
  },
  { disc: [x, y, 18], paint },
  { bar: [x, y - 165, 180 * share, 20], paint, round: 0.5 },
];
const shown: readonly Sign[] = [
  { bar: [0, 330, 900, 70], paint: '#1B3456', round: 0.3 },
  { bar: [-200, 330, 360, 20], paint: '#DCE8F5', round: 0.5 },
  ...gauge(-300, 110, '#69F0A0', 0.9),
  ...gauge(0, 110, '#69F0A0', 0.8),
  ...gauge(300, 110, '#FFB636', 0.4),
  ...upTo(12).map((i): Sign => ({ bar: [-385 + i * 70, -350 + (60 + ((i * 47) % 110)) / 2, 40, 60 + ((i * 47) % 110)], paint: i > 9 ? '#FFB636' : '#7FE3FF' })),
];

const openMm = 400;
/** The doors stand open while the lift waits. */
const doorAt = (s: number): Vec3 => [s * (340 + openMm), 1250, 690];
const cabinAt: Vec3 = [0, 280, 80];
const weightAt: Vec3 = [-60, 3650, -820];
/** Ropes hang from the machine's floor; they grow and shrink with the way below them, so none ever stands out of the roof. */
const ropes = [
  { name: 'rope_cabin', at: [-200, topY + 240, 230], mm: topY + 240 - cabinAt[1] - 2500, down: -level },
  { name: 'rope_weight', at: [-60, topY + 240, weightAt[2]], mm: topY + 240 - weightAt[1] - 720, down: level },
] as const satisfies readonly { name: string; at: Vec3; mm: number; down: number }[];

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.085, edgeMm: 80, reach: 0.2 });
  shaft(m);
  fibre(m);
  machine(m);
  for (const x of [-60, 0, 60]) {
    m.add(bar(14, [x - 230, topY + 640, 230], [x - 200, topY + 240, 230], 6), 'steel');
    m.add(bar(14, [x - 230, topY + 640, -600], [x - 60, topY + 240, weightAt[2]], 6), 'steel');
  }
  for (const rope of ropes)
    m.node(rope.name, rope.at, { moving: true }).on(rope.name, () => {
      for (const x of [-60, 0, 60]) m.add(bar(14, [x, 0, 0], [x, -rope.mm, 0], 6), 'steel');
    });
  m.node('cabin', cabinAt, { moving: true }).on('cabin', () => cabin(m));
  for (const s of sides)
    m.node(`door_${s > 0 ? 'right' : 'left'}`, doorAt(s), { parent: 'cabin', moving: true }).on(`door_${s > 0 ? 'right' : 'left'}`, () => {
      m.add(box(670, 2150, 36, 10), 'steel');
      m.add(box(300, 1100, 44, 20), 'tint', { at: [0, 240, 0] });
    });
  m.node('weight', weightAt, { moving: true }).on('weight', () => {
    m.add(box(900, 1300, 200, 16), 'gun');
    for (const i of upTo(7)) m.add(box(820, 150, 230, 14), 'dark', { at: [0, -520 + i * 172, 0] });
    m.add(torus(90, 22, 20, 8), 'steel', { at: [0, 720, 0] });
  });
  m.within({ at: [2150, 160, 1080], rot: [0, -22, 0] }, () => {
    m.add(box(760, 70, 520, 24), 'gun', { at: [0, 35, 0] });
    m.add(box(190, 1200, 150, 40, 2), 'shell2', { at: [0, 640, -20] });
    bolts(m, 4, 250, 24, { at: [0, 74, 0] });
    m.within({ at: [0, 1700, 40], rot: [-8, 0, 0] }, () => {
      m.add(box(1140, 960, 90, 40, 2), 'shell');
      m.add(box(1150, 970, 30, 12), 'accent', { at: [0, 0, -16] });
      screen(m, 1020, 840, shown, { at: [0, 0, 44] }, { thick: 16, bezel: 16 });
      m.within({ at: [0, 0, -46], rot: [0, 180, 0] }, () => serviceDoor(m, 640, 520, {}, { paint: 'shell2' }));
    });
  });
  const ride: Vec3 = [0, level, 0];
  const none: Vec3 = [0, 0, 0];
  const shut = (s: number): Vec3 => [-s * openMm, 0, 0];
  const times = [0, 1.5, 5.5, 7, 8.5, 10, 14, 15, 16];
  // the sheave turns while the cabin moves: four turns up, four back
  const turns = upTo(17).map((k) => k * 90);
  m.clip('ride', [
    shift('cabin', cabinAt, times, [none, none, ride, ride, ride, ride, none, none, none]),
    shift('weight', weightAt, times, [none, none, [0, -level, 0], [0, -level, 0], [0, -level, 0], [0, -level, 0], none, none, none]),
    ...ropes.map((rope) => {
      const [rest, there]: [Vec3, Vec3] = [
        [1, 1, 1],
        [1, (rope.mm + rope.down) / rope.mm, 1],
      ];
      return swell(rope.name, times, [rest, rest, there, there, there, there, rest, rest, rest]);
    }),
    swing('sheave', 'x', [0, ...turns.map((_, k) => 1.5 + k / 4), ...turns.map((_, k) => 10 + k / 4), 16], [0, ...turns, ...turns.toReversed(), 0]),
    ...sides.map((s) =>
      shift(
        `door_${s > 0 ? 'right' : 'left'}`,
        doorAt(s),
        [0, 0.4, 1.4, 5.6, 6.6, 8.4, 9.4, 14.4, 15.4, 16],
        [none, none, shut(s), shut(s), none, none, shut(s), shut(s), none, none],
      ),
    ),
  ]);
  return m
    .hotspot('fibre', [shaftW / 2 - 150, 4100, 120])
    .hotspot('machine', [-150, topY + 980, 100])
    .hotspot('cabin', [700, 1500, 760], 'cabin')
    .hotspot('screen', [2130, 1900, 1160]);
};

export const exhibit: Exhibit = {
  id: 'lift-with-sensors',
  area: 'living',
  name: words('升降機預測性維修系統', '电梯预测性维护系统', 'Predictive lift maintenance'),
  projects: ['lift-predictive-maintenance'],
  views: [
    { az: 26, pol: 78, zoom: 0.98, caption: words('打開的升降機井', '打开的电梯井', 'An open lift shaft') },
    { az: -38, pol: 72, zoom: 1, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 34, pol: 70, zoom: 2.1, target: [200, topY + 300, 0], caption: words('頂部的機器', '顶部的机器', 'The machine on top') },
  ],
  hotspots: [
    {
      id: 'fibre',
      label: words('光纖', '光纤', 'Optical fibre'),
      text: words('光纖和其他感應器實時監察升降機零件。', '光纤和其他传感器实时监测电梯零件。', 'Optical fibre and other sensors watch lift parts in real time.'),
    },
    {
      id: 'machine',
      label: words('零件', '零件', 'Parts'),
      text: words('這是帶動升降機的機器，造型只作示意。', '这是带动电梯的机器，造型仅作示意。', 'This machine drives the lift; the shape is an illustration.'),
    },
    {
      id: 'cabin',
      label: words('2021年金獎', '2021年金奖', 'Gold in 2021'),
      text: words('系統獲日內瓦2021年發明金獎。', '系统获日内瓦2021年发明金奖。', 'The system won a Geneva inventions gold medal in 2021.'),
    },
    {
      id: 'screen',
      label: words('何時維修', '何时维修', 'When to repair'),
      text: words('系統會提示何時要維修。', '系统会提示何时该维修。', 'The system says when to repair them.'),
    },
  ],
  make,
};

/** Automated parking tower: five levels of bays left and right of an open lift shaft; front and right side open, fins on the left, two empty pallets that tell how it works. */
import { placed, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift } from '../kit/motion.ts';
import { flat, outline, pierced, plate } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { hazard, louvre } from '../kit/parts-fixings.ts';
import { screen } from '../kit/parts-optics.ts';
import { car } from '../kit/parts-street.ts';
import { box, cube, cyl, torus } from '../kit/solids.ts';

const levels = 5;
const levelMm = 1980;
const ground = 2800;
const halfW = 3800;
const halfD = 2500;
const bayX = 2530;
const top = ground + levels * levelMm;
const levelY = (level: number): number => ground + level * levelMm;
const sides = [-1, 1] as const;
const bodies: readonly Paint[] = ['#D9DCE0', '#5B6673', '#F2F0EC', '#8FA3B5', 'accent', '#C64B3C', '#E3C15A', '#3F4A57', '#B9C2CA', 'accent'];
const isEmpty = (level: number, s: number): boolean => (level === 3 && s > 0) || (level === 1 && s < 0);

const site = (m: Model): void => {
  m.add(box(9600, 240, 8700, 60), 'concrete', { at: [0, 120, 900] });
  m.add(box(2700, 50, 3100, 14), 'dark', { at: [0, 234, 3600] });
  for (const s of sides) m.add(cube(110, 12, 2900), 'yellow', { at: [s * 1240, 262, 3600] });
  const chevron = flat(
    outline(
      [
        [-460, 0],
        [0, 360],
        [460, 0],
        [460, 220],
        [0, 580],
        [-460, 220],
      ],
      30,
      2,
    ),
  );
  for (const i of upTo(2)) m.add(chevron, 'white', { at: [0, 264, 3500 - i * 640], rot: [-90, 0, 0] });
  m.add(cyl(1120, 50, { segments: 40, bevel: 10 }), 'steel', { at: [0, 262, 0] });
  m.add(torus(1040, 20, 48, 6), 'accent', { at: [0, 290, 0], rot: [90, 0, 0] });
};

const frame = (m: Model): void => {
  const columns = [-halfW, halfW].flatMap((x) => [-halfD, halfD].map((z) => placed(box(260, top - 240, 260, 30), { at: [x, (top + 240) / 2, z] })));
  m.add(columns, 'shell2');
  for (const x of [-1270, 1270]) for (const z of [-halfD, halfD]) m.add(cube(150, top - 240, 150), 'grey', { at: [x, (top + 240) / 2, z] });
  for (const level of upTo(levels + 1)) {
    const y = levelY(level) - 110;
    for (const z of [-halfD, halfD]) for (const s of sides) m.add(cube(2540, 160, 130), 'shell2', { at: [s * bayX, y, z] });
    for (const s of sides) m.add(cube(130, 160, 2 * halfD), 'shell2', { at: [s * halfW, y, 0] });
  }
  for (const x of [-1130, 1130]) for (const z of [-2050, 2050]) m.add(cube(90, top - 300, 90), 'grey', { at: [x, (top + 300) / 2, z] });
  for (const x of [-1020, 1020]) for (const z of [-2050, 2050]) m.add(cyl(24, top - 500, { segments: 8 }), 'gun', { at: [x, (top + 400) / 2, z] });
  for (const z of [-2050, 2050]) m.add(cyl(190, 2300, { segments: 20 }), 'gun', { at: [0, top - 220, z], rot: [0, 0, 90] });
};

const bays = (m: Model): void => {
  let parked = 0;
  for (const level of upTo(levels))
    for (const s of sides) {
      const [x, y] = [s * bayX, levelY(level)];
      m.add(box(2240, 80, 4700, 16), 'grey', { at: [x, y, 0], tolerance: 0.14 });
      for (const q of sides) m.add(cube(330, 20, 4640), 'steel', { at: [x + q * 760, y + 45, 0], tolerance: 0.2 });
      for (const q of sides) m.add(cube(70, 80, 4700), 'accent', { at: [x + q * 1100, y + 50, 0], tolerance: 0.2 });
      m.add(cube(70, 34, 4400), ['glow', '#FFEFCB'], { at: [x, y + levelMm - 195, 0] });
      if (!isEmpty(level, s)) car(m, bodies[parked % bodies.length] ?? 'grey', { at: [x, y + 54, 0] }, parked % 3 === 1 ? 'hatch' : 'saloon');
      parked++;
    }
  for (const s of sides) {
    m.add(box(2400, 2250, 4700, 40), 'shell', { at: [s * 2560, 1340, -60] });
    louvre(m, 1500, 900, 7, { at: [s * 2560, 1500, 2296] }, 'shell2', 70);
  }
};

const cladding = (m: Model): void => {
  for (const level of upTo(levels))
    for (const x of [-bayX, 0, bayX]) m.add(cube(2440, levelMm - 80, 80), x === 0 ? '#9CC3DF' : '#D6E4EE', { at: [x, levelY(level) + levelMm / 2 - 110, -halfD - 150] });
  for (const x of [-bayX, 0, bayX]) m.add(cube(2440, 2380, 80), 'shell2', { at: [x, 1450, -halfD - 150] });
  const fin = (i: number): Vec3 => [-halfW - 200, (top + 2700) / 2, -halfD + 240 + (i * (2 * halfD - 480)) / 13];
  m.add(
    row(14, (_, i) => placed(cube(240, i % 4 === 2 ? 1 : top - 2900, 80), { at: fin(i) })),
    'shell',
  );
  for (const i of [2, 6, 10]) m.add(cube(240, top - 2900, 80), 'accent', { at: fin(i) });
};

const roof = (m: Model): void => {
  m.add(box(2 * halfW + 500, 280, 2 * halfD + 520, 60), 'shell', { at: [0, top + 100, -40] });
  m.add(box(2 * halfW + 524, 80, 2 * halfD + 544, 20), 'accent', { at: [0, top + 60, -40] });
  m.add(box(2500, 900, 2900, 60), 'shell', { at: [0, top + 640, -600] });
  louvre(m, 1900, 560, 6, { at: [0, top + 660, 850] }, 'shell2', 70);
  m.add(box(2620, 100, 3020, 24), 'dark', { at: [0, top + 1110, -600] });
  for (const s of sides)
    for (const j of upTo(2))
      m.within({ at: [s * 2560, top + 420, -1400 + j * 1900] }, () => {
        m.add(box(1900, 60, 1500, 14), 'solar', { rot: [14, 0, 0] });
        for (const g of upTo(3)) m.add(placed(cube(18, 10, 1480), { at: [-475 + g * 475, 32, 0] }), 'steel', { rot: [14, 0, 0] });
        for (const q of sides) m.add(cube(70, 420, 70), 'gun', { at: [q * 700, -60, -420] });
        for (const q of sides) m.add(cube(70, 200, 70), 'gun', { at: [q * 700, -200, 420] });
      });
  m.add(box(1600, 1600, 280, 130, 2), 'accent', { at: [2750, top + 1150, halfD - 60] });
  const letter = outline(
    [
      [-300, -500],
      [-300, 500],
      [340, 500, 290],
      [340, -110, 290],
      [-80, -110],
      [-80, -500],
    ],
    20,
    8,
  );
  m.add(
    plate(
      pierced(
        letter,
        outline(
          [
            [-80, 290, 10],
            [130, 290, 95],
            [130, 100, 95],
            [-80, 100, 10],
          ],
          10,
          6,
        ),
      ),
      60,
      12,
    ),
    'glow',
    { at: [2740, top + 1150, halfD + 92] },
  );
  for (const x of [2350, 3150]) m.add(cube(130, 300, 130), 'gun', { at: [x, top + 320, halfD - 60] });
};

const portal = (m: Model): void => {
  m.add(box(3040, 420, 640, 60), 'accent', { at: [0, 2690, halfD + 220] });
  for (const s of sides) {
    m.add(box(290, 2360, 570, 50), 'shell', { at: [s * 1370, 1400, halfD + 200] });
    m.within({ at: [s * 1370, 560, halfD + 486], rot: [0, 0, 90] }, () => hazard(m, 500, 292, 5, {}, 20));
  }
  screen(
    m,
    1760,
    250,
    [
      { disc: [-640, 0, 72], paint: '#69F0A0' },
      { bar: [-180, 44, 580, 50], paint: '#DCE8F5', round: 0.5 },
      { bar: [-260, -44, 420, 40], paint: '#8FA6C4', round: 0.5 },
      { bar: [560, 0, 380, 160], paint: '#1F97E0' },
    ],
    { at: [0, 2690, halfD + 545] },
    { thick: 40, bezel: 30 },
  );
  screen(
    m,
    200,
    420,
    [
      { bar: [0, 110, 150, 120], paint: '#1F97E0' },
      { ring: [0, -70, 74, 54], paint: '#69F0A0' },
    ],
    { at: [1370, 1560, halfD + 490] },
    { thick: 30, bezel: 24 },
  );
};

const liftRest: Vec3 = [0, levelY(3), 0];
const lift = (m: Model): void => {
  m.add(box(2140, 140, 4700, 24), 'accent', { at: [0, -20, 0] });
  for (const z of [-2355, 2355]) m.add(cube(2000, 50, 24), 'accentGlow', { at: [0, -20, z] });
  for (const q of sides) m.add(cube(330, 20, 4560), 'steel', { at: [q * 700, 52, 0] });
  for (const z of [-2050, 2050]) {
    m.add(box(2000, 220, 200, 30), 'dark', { at: [0, -170, z] });
    for (const x of [-1000, 1000]) m.add(box(140, 640, 240, 30), 'dark', { at: [x, 40, z] });
  }
  car(m, '#F4F2EE', { at: [0, 62, 0] });
};

const make = (): Model => {
  const m = new Model({ area: 'mobility', tolerance: 0.09, edgeMm: 230, reach: 0.22 });
  site(m);
  frame(m);
  bays(m);
  cladding(m);
  roof(m);
  portal(m);
  m.node('lift', liftRest, { moving: true }).on('lift', () => lift(m));
  car(m, 'accent', { at: [0, 260, 4500], rot: [0, 180, 0] });
  m.clip('lift', [
    shift(
      'lift',
      liftRest,
      [0, 1, 6, 8, 13, 14],
      [0, 0, 1, 1, 0, 0].map((f): Vec3 => [0, -f * 2 * levelMm, 0]),
    ),
  ]);
  return m
    .hotspot('lift', [0, 500, 2380], 'lift')
    .hotspot('entry', [0, 1500, 3200])
    .hotspot('bays', [bayX, levelY(4) + 800, 2400]);
};

export const exhibit: Exhibit = {
  id: 'automated-parking-tower',
  area: 'mobility',
  name: words('自動泊車系統', '自动停车系统', 'Automated parking system'),
  projects: ['automated-parking'],
  views: [
    { az: 32, pol: 77, zoom: 0.95, caption: words('自動泊車大樓', '自动停车楼', 'The parking tower') },
    { az: -42, pol: 70, zoom: 0.95, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 18, pol: 80, zoom: 2, target: [0, 4200, 2000], caption: words('入口和升降機', '入口和升降机', 'Entrance and lift') },
  ],
  hotspots: [
    {
      id: 'lift',
      label: words('升降機', '升降机', 'Lift'),
      text: words(
        '機器把車升起，再停放好。模型的造型只作示意。',
        '机器把车升起，再停放好。模型的造型仅作示意。',
        'Machines lift the car and park it. The shape shown is an illustration.',
      ),
    },
    { id: 'entry', label: words('入口', '入口', 'Entrance'), text: words('泊車的工夫，交給系統自動做。', '停车的事，交给系统自动完成。', 'You leave the parking to the system.') },
    {
      id: 'bays',
      label: words('7個項目', '7个项目', '7 projects'),
      text: words('截至2021年10月，計劃中的項目有7個。', '截至2021年10月，计划中的项目有7个。', 'Seven projects were planned as of October 2021.'),
    },
  ],
  make,
};

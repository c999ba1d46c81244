/** Automated parking tower: five levels of bays left and right of an open lift shaft; front and right side open, fins on the left, two empty pallets that tell how it works. */
import { placed, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift } from '../kit/motion.ts';
import { flat, outline, pierced, plate } from '../kit/outlines.ts';
import type { Paint } from '../kit/paints.ts';
import { car } from '../kit/parts-car.ts';
import { hazard, louvre } from '../kit/parts-fixings.ts';
import { shrubs } from '../kit/parts-green.ts';
import { screen } from '../kit/parts-optics.ts';
import { conduit, seams, serviceDoor } from '../kit/parts-service.ts';
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
const bodies: readonly Paint[] = ['#EDEBE6', '#46525F', '#2E6FA8', '#B9C4CE', '#1F7FC4', '#B8453A', '#E0B84E', '#3C4A48', '#F4F3EF', '#2F8F7A'];
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
      if (!isEmpty(level, s)) car(m, bodies[parked % bodies.length] ?? 'grey', { at: [x, y + 54, 0] }, parked % 3 === 1 ? 'estate' : 'saloon');
      parked++;
    }
  for (const s of sides) {
    m.add(box(2400, 2250, 4700, 40), 'shell', { at: [s * 2560, 1340, -60] });
    louvre(m, 1500, 900, 7, { at: [s * 2560, 1500, 2296] }, 'shell2', 70);
    // the works' side wall: panels, a vent and a band
    m.within({ at: [s * 3760, 1340, -60], rot: [0, s * 90, 0] }, () => {
      seams(m, 4640, 2180, 3, 1, {}, 26);
      louvre(m, 1100, 700, 6, { at: [0, 180, 10] }, 'shell2', 60);
      m.add(cube(4660, 90, 30), 'accent', { at: [0, -860, 6], tolerance: 1 });
    });
  }
};

/** The side away from the street: panels with vents, the shaft's window, doors to the works and the ladder to the roof. */
const backWall = (m: Model): void =>
  void m.within({ at: [0, 0, -halfD - 190], rot: [0, 180, 0] }, () => {
    for (const level of upTo(levels)) {
      const y = levelY(level) + levelMm / 2 - 110;
      for (const s of sides) {
        m.add(cube(2440, levelMm - 60, 40), 'seam', { at: [s * bayX, y, 0], tolerance: 1 });
        // six cassettes a bay: the shade has corners enough to lie softly
        for (const c of [-1, 0, 1])
          for (const r of sides)
            m.add(cube(2440 / 3 - 30, (levelMm - 60) / 2 - 30, 90), level % 2 ? '#DDE3E9' : '#EEF0F2', {
              at: [s * bayX + (c * 2440) / 3, y + (r * (levelMm - 60)) / 4, 0],
              tolerance: 0.15,
            });
        louvre(m, 1500, 620, 5, { at: [s * (bayX + 60), y + 260, 52] }, 'shell2', 70);
        m.add(cube(2440, 90, 40), 'accent', { at: [s * bayX, y - levelMm / 2 + 60, 46], tolerance: 1 });
      }
      m.add(cube(2360, levelMm - 70, 40), 'tint', { at: [0, y, 0], tolerance: 1 });
      for (const x of [-1180, -390, 390, 1180]) m.add(cube(70, levelMm, 110), 'shell', { at: [x, y, 0], tolerance: 0.6 });
      m.add(cube(2400, 90, 110), 'shell', { at: [0, y - levelMm / 2, 0], tolerance: 0.6 });
    }
    for (const x of [-bayX, 0, bayX]) m.add(box(2480, 2380, 110, 30), 'shell2', { at: [x, 1450, 0], tolerance: 0.2 });
    m.add(cube(7600, 240, 130), 'dark', { at: [0, 380, 0], tolerance: 0.6 });
    for (const s of sides) serviceDoor(m, 760, 1860, { at: [s * 400, 1400, 56] }, { paint: 'shell', hinge: s === 1 ? 1 : -1 });
    serviceDoor(m, 1500, 1500, { at: [bayX, 1480, 56] }, { paint: 'shell', vents: 2 });
    m.add(box(1500, 90, 420, 20), 'accent', { at: [0, 2460, 200] });
    m.add(box(800, 1200, 340, 40), 'shell', { at: [-2300, 1300, 200] });
    louvre(m, 620, 700, 6, { at: [-2300, 1380, 376] }, 'grey', 60);
    // the ladder, its hoops begin above a person's head
    const x = -3560;
    for (const s of sides) m.add(cube(60, top - 700, 60), 'gun', { at: [x + s * 230, (top + 1100) / 2, 190], tolerance: 1 });
    for (const i of upTo(20)) m.add(cube(460, 40, 40), 'gun', { at: [x, 900 + i * 600, 190], tolerance: 1 });
    for (const i of upTo(7)) m.add(placed(torus(390, 26, 10, 3), { rot: [90, 0, 0] }), 'yellow', { at: [x, 3600 + i * 1400, 480], tolerance: 1 });
    for (const t of [-1, 0, 1]) m.add(cube(34, 8440, 34), 'yellow', { at: [x + t * 330, 7800, t ? 690 : 870], tolerance: 1 });
    conduit(
      m,
      60,
      [
        [1290, 500, 90],
        [1290, 4200, 90],
        [1290, 8400, 90],
        [1290, top - 100, 90],
      ],
      {},
      'gun',
    );
  });

/** Planting and posts beside the drive. */
const garden = (m: Model): void => {
  for (const s of sides) {
    m.add(box(1900, 420, 900, 60), 'concrete', { at: [s * 3500, 440, 4500] });
    m.add(box(1740, 60, 740, 20), 'earth', { at: [s * 3500, 636, 4500], tolerance: 0.3 });
    shrubs(m, 1700, 640, 4, { at: [s * 3500, 650, 4500], rot: [0, s > 0 ? 0 : 180, 0] });
    for (const i of upTo(3)) {
      m.add(cyl(80, 800, { segments: 10 }), 'dark', { at: [s * 1780, 640, 3300 + i * 760], tolerance: 0.4 });
      m.add(cyl(84, 120, { segments: 10 }), 'yellow', { at: [s * 1780, 900, 3300 + i * 760], tolerance: 1 });
    }
  }
};

const cladding = (m: Model): void => {
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
  for (const back of [false, true])
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
      back ? { at: [2760, top + 1150, halfD - 212], rot: [0, 180, 0] } : { at: [2740, top + 1150, halfD + 92] },
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
  backWall(m);
  garden(m);
  m.node('lift', liftRest, { moving: true }).on('lift', () => lift(m));
  car(m, '#C9483B', { at: [0, 262, 4500], rot: [0, 180, 0] });
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

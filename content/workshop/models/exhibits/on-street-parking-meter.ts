/** On-street parking meter, its head enlarged: screen, keys, card reader and solar roof, on a kerb beside two bays. A car pulls in. */
import type { Shape } from 'three';
import { gridded, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift } from '../kit/motion.ts';
import { outline, pierced, plate, slab } from '../kit/outlines.ts';
import { fineCar } from '../kit/parts-car.ts';
import { bolts, louvre } from '../kit/parts-fixings.ts';
import { led, type Sign, screen } from '../kit/parts-optics.ts';
import { conduit, serviceDoor } from '../kit/parts-service.ts';
import { band, box, cube, cyl, lathe } from '../kit/solids.ts';

const shownPay: readonly Sign[] = [
  { bar: [0, 96, 300, 66], paint: '#1F97E0', round: 0.3 },
  { bar: [-96, 96, 40, 40], paint: '#F4F4F2', round: 0.2 },
  { bar: [40, 96, 150, 18], paint: '#F4F4F2', round: 0.5 },
  { ring: [-90, -30, 74, 54], paint: '#69F0A0' },
  { bar: [-90, -8, 10, 46], paint: '#69F0A0' },
  { bar: [-74, -30, 40, 10], paint: '#69F0A0' },
  { bar: [78, 6, 120, 22], paint: '#DCE8F5', round: 0.5 },
  { bar: [60, -34, 84, 18], paint: '#8FA6C4', round: 0.5 },
  { bar: [86, -72, 136, 30], paint: '#FFC970', round: 0.5 },
];

const street = (m: Model): void => {
  m.add(box(3600, 100, 5400, 30), 'asphalt', { at: [560, 50, -300] });
  m.add(box(1300, 230, 5400, 30), 'concrete', { at: [-1500, 115, -300] });
  m.add(box(150, 236, 5400, 30), 'shell2', { at: [-830, 118, -300] });
  for (const z of [-2600, 2200]) m.add(cube(2300, 6, 90), 'white', { at: [420, 103, z - 100] });
  m.add(cube(90, 6, 4800), 'white', { at: [1570, 103, -300] });
  for (const i of upTo(8)) m.add(cube(1240, 5, 12), 'grey', { at: [-1520, 232, -2700 + i * 680] });
};

const post = (m: Model): void => {
  m.add(cyl(220, 46, { segments: 30 }), 'gun', { at: [0, 22, 0] });
  bolts(m, 4, 170, 26, { at: [0, 50, 0] });
  m.add(
    lathe(
      [
        [0, 40],
        [150, 40],
        [132, 120],
        [120, 1300],
        [150, 1420],
        [0, 1420],
      ],
      30,
    ),
    'shell2',
  );
  m.add(band(142, 116, 120, { segments: 30 }), 'accent', { at: [0, 260, 0] });
  m.within({ at: [0, 800, 128], rot: [-0.6, 0, 0] }, () => {
    m.add(plate(slab(190, 420, 30), 40, 6), 'dark');
    m.add(plate(slab(160, 390, 22), 8, 2), 'shell', { at: [0, 0, 20] });
    m.add(plate(slab(100, 100, 18), 6, 1), 'accent', { at: [0, 110, 26] });
    for (const [i, w] of [110, 80, 100, 60].entries()) m.add(box(w, 14, 6, 2), 'grey', { at: [-56 + w / 2, 10 - i * 44, 26] });
  });
};

/** The head: its side profile leans the face back to the hand. */
const head = (m: Model): void => {
  const side = outline(
    [
      [-300, 0, 90],
      [300, 0, 110],
      [360, 260, 120],
      [210, 1010, 160],
      [-300, 1010, 130],
    ],
    60,
    6,
  );
  m.add(gridded(plate(side, 760, 60, 3), [130, 130, 0]), 'shell', { rot: [0, -90, 0] });
  m.add(plate(side, 420, 4, 1), 'accent', { rot: [0, -90, 0], at: [0, 6, 6] });
  m.add(box(700, 60, 560, 24), 'dark', { at: [0, -10, 0] });
  for (const s of [-1, 1]) {
    louvre(m, 300, 200, 6, { at: [s * 382, 340, -60], rot: [0, s * 90, 0] }, 'shell2', 16);
    m.add(plate(slab(300, 12, 4), 8, 2), 'seam', { at: [s * 381, 640, -40], rot: [0, s * 90, 0] });
  }
  // the face: leaning with the profile
  m.within({ at: [0, 650, 292], rot: [-11.3, 0, 0] }, () => {
    m.add(plate(slab(660, 700, 60, 6), 34, 10, 2), 'dark', { at: [0, -30, 0] });
    screen(m, 400, 270, shownPay, { at: [-70, 130, 22] }, { thick: 30, bezel: 22 });
    led(m, 20, 'green', { at: [230, 250, 24] });
    led(m, 20, 'amber', { at: [230, 190, 24] });
    // card reader: waves on a pad that a card is held to
    m.add(plate(slab(130, 190, 26, 5), 26, 8), 'black', { at: [236, 50, 26] });
    for (const [i, r] of [30, 52, 74].entries())
      m.add(band(r, r - 9, 6, { segments: 28, bevel: 1 }), i === 0 ? 'cyan' : 'blue', { at: [236, 20, 40], rot: [90, 0, 0], scale: [1, 1, 0.7] });
    for (const row of upTo(4))
      for (const column of upTo(3))
        m.add(box(66, 42, 24, 10), row === 3 && column !== 1 ? (column === 0 ? 'stop' : '#2DB36F') : 'shell2', { at: [-170 + column * 92, -110 - row * 60, 28] });
    m.add(box(170, 20, 30, 8), 'gun', { at: [196, -140, 26] });
    m.add(box(140, 8, 36, 3), 'black', { at: [196, -140, 30] });
    m.add(box(150, 70, 40, 20), 'black', { at: [196, -260, 20] });
    m.add(box(130, 50, 50, 14), 'gun', { at: [196, -268, 12] });
  });
  // the back: a door to cash-free works and battery
  m.within({ at: [0, 500, -300], rot: [0, 180, 0] }, () => {
    serviceDoor(m, 560, 720, {}, { paint: 'shell2', hinge: 1 });
    conduit(
      m,
      14,
      [
        [310, -440, 10],
        [310, -100, 12],
        [310, 300, 12],
        [200, 500, 60],
      ],
      {},
      'black',
    );
  });
  // solar roof
  m.within({ at: [0, 1050, -30], rot: [10, 0, 0] }, () => {
    m.add(box(820, 44, 620, 20), 'dark');
    for (const i of upTo(4)) for (const j of upTo(3)) m.add(box(184, 8, 184, 4), 'solar', { at: [-291 + i * 194, 24, -194 + j * 194] });
  });
  m.add(cyl(40, 80, { segments: 18 }), 'gun', { at: [0, 1020, -60] });
};

/** The bowl of the letter P, or (grown inwards by `inset`) its counter. */
const bowl = (inset: number): Shape =>
  outline(
    [
      [-128 + inset, -40 + inset, 4],
      [130 - inset, -40 + inset, 114 - inset],
      [130 - inset, 190 - inset, 114 - inset],
      [-128 + inset, 190 - inset, 4],
    ],
    4,
    8,
  );

/** A blue sign with a white P. */
const sign = (m: Model): void => {
  m.add(cyl(44, 1800, { segments: 16 }), 'steel', { at: [0, 900, -48] });
  m.within({ at: [0, 1560, 10] }, () => {
    m.add(plate(slab(560, 560, 60, 5), 40, 10), '#1B5FA8');
    m.add(plate(slab(580, 580, 66, 5), 24, 6), 'white', { at: [0, 0, -6] });
    m.add(plate(pierced(bowl(0), bowl(66)), 24, 5), 'white', { at: [0, 0, 18] });
    m.add(box(76, 380, 24, 6), 'white', { at: [-92, 0, 18] });
    for (const y of [-150, 150]) {
      m.add(box(440, 40, 24, 6), 'gun', { at: [0, y, -34] });
      m.add(band(58, 44, 60, { segments: 20 }), 'gun', { at: [0, y, -58] });
    }
  });
};

const card = (m: Model): void => {
  m.add(plate(slab(220, 138, 20, 5), 10, 2), 'accent');
  m.add(box(44, 38, 6, 4), 'brass', { at: [-60, 18, 5] });
  m.add(box(120, 14, 5, 2), 'white', { at: [22, -38, 5] });
};

const streetScale = 0.62;
const carAt: Vec3 = [300, 62, -260];

const make = (): Model => {
  const m = new Model({ area: 'mobility', tolerance: 0.07, edgeMm: 36, reach: 0.24 });
  m.within({ scale: streetScale }, () => street(m));
  m.within({ at: [-1000, 142, -1560] }, () => sign(m));
  m.within({ at: [-780, 142, 560], rot: [0, 14, 0] }, () => {
    post(m);
    m.within({ at: [0, 1420, 0] }, () => head(m));
  });
  m.node('card', [-430, 2200, 1120], { rot: [-11, 0, 0], moving: true }).on('card', () => card(m));
  m.node('car', carAt, { moving: true }).on('car', () => m.within({ scale: streetScale }, () => fineCar(m, '#C8573F', {}, 'estate')));
  const tapped: Vec3 = [-20, -30, -150];
  m.clip('park', [
    shift(
      'car',
      carAt,
      [0, 1, 2, 3, 9, 10, 11, 12],
      [
        [0, 0, -220],
        [0, 0, -160],
        [0, 0, -40],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, -50],
        [0, 0, -170],
        [0, 0, -220],
      ],
    ),
    shift('card', [-430, 2200, 1120], [0, 4, 5, 6.5, 7.5, 12], [[0, 0, 0], [0, 0, 0], tapped, tapped, [0, 0, 0], [0, 0, 0]]),
  ]);
  return m.hotspot('screen', [-780, 2260, 980]).hotspot('reader', [-480, 2120, 940]).hotspot('bay', [300, 1060, -500]);
};

export const exhibit: Exhibit = {
  id: 'on-street-parking-meter',
  area: 'mobility',
  name: words('新路旁停車收費錶', '新路边停车收费表', 'New on-street parking meter'),
  projects: ['parking-meters'],
  views: [
    { az: 24, pol: 74, zoom: 1.02, caption: words('路旁的收費錶', '路边的收费表', 'At the kerb') },
    { az: -40, pol: 66, zoom: 1.04, caption: words('從左邊看', '从左边看', 'From the left') },
    { az: 14, pol: 76, zoom: 2.3, target: [-740, 2050, 700], caption: words('收費錶的正面', '收费表的正面', 'The face') },
  ],
  hotspots: [
    {
      id: 'screen',
      label: words('新的收費錶', '新的收费表', 'A new meter'),
      text: words(
        '這是路旁泊車位的新停車收費錶，造型只作示意。',
        '这是路边停车位的新停车收费表，造型仅作示意。',
        'A new meter for parking on the street; the shape is an illustration.',
      ),
    },
    {
      id: 'reader',
      label: words('約6 400個', '约6 400个', 'About 6 400'),
      text: words('截至2021年9月，約有6 400個已經裝好。', '截至2021年9月，约有6 400个已经装好。', 'About 6 400 had been fitted by September 2021.'),
    },
    {
      id: 'bay',
      label: words('路旁泊車位', '路边停车位', 'Parking space'),
      text: words('車停在路旁的泊車位，就在收費錶付費。', '车停在路边停车位，就在收费表付费。', 'Park in a space on the street and pay at the meter.'),
    },
  ],
  make,
};

/** A bay of a smart warehouse: racks with boxes, a self-guided vehicle that carries a shelf, smart lockers with a screen. The vehicle drives its line, a locker opens. */
import { placed, row, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, swing } from '../kit/motion.ts';
import { outline, plate, slab } from '../kit/outlines.ts';
import { stopButton } from '../kit/parts-fixings.ts';
import { led, lidar, type Sign, screen } from '../kit/parts-optics.ts';
import { seams, serviceDoor } from '../kit/parts-service.ts';
import { person } from '../kit/parts-street.ts';
import { box, cube, cyl, dome } from '../kit/solids.ts';

const sides = [-1, 1] as const;
const floorY = 110;
const cartons = ['#C8A57A', '#B8946A', '#D8BC94', '#A98660'] as const;

const carton = (m: Model, w: number, h: number, d: number, at: Vec3, i: number): void => {
  m.add(box(w, h, d, 12), cartons[i % 4] as (typeof cartons)[number], { at: [at[0], at[1] + h / 2, at[2]], tolerance: 0.3 });
  m.add(cube(w * 0.18, h + 4, d + 6), '#E9D9B8', { at: [at[0], at[1] + h / 2, at[2]], tolerance: 1 });
  m.add(cube(w * 0.3, h * 0.24, 6), 'white', { at: [at[0] + w * 0.26, at[1] + h * 0.34, at[2] + d / 2 + 3], tolerance: 1 });
};

const floor = (m: Model): void => {
  m.add(box(4600, 110, 3900, 40), '#C9D0D3', { at: [0, 55, 0] });
  m.add(cube(90, 6, 3700), 'accentGlow', { at: [250, floorY + 2, 0] });
  m.add(cube(2000, 6, 90), 'accentGlow', { at: [1200, floorY + 2, 900] });
  for (const z of [-1500, -700, 100, 900, 1600]) m.add(box(230, 6, 230, 3), 'black', { at: [250, floorY + 4, z] });
  for (const z of [-1500, -700, 100, 900, 1600])
    for (const [x, dz] of [
      [-60, -60],
      [60, -60],
      [-60, 60],
      [0, 10],
      [60, 60],
    ] as const)
      m.add(cube(44, 4, 44), 'white', { at: [250 + x, floorY + 9, z + dz] });
  for (const x of [-560, 1060]) m.add(cube(60, 5, 3700), 'yellow', { at: [x, floorY + 2, 0] });
};

const rack = (m: Model, x: number): void => {
  const [w, h, d] = [1200, 2600, 3300];
  m.within({ at: [x, floorY, -140] }, () => {
    for (const sx of sides)
      for (const z of [-1, 0, 1]) {
        m.add(box(90, h, 90, 12), 'accent', { at: [sx * (w / 2), h / 2, z * (d / 2 - 45)] });
        for (const k of upTo(6)) m.add(cube(94, 26, 40), 'black', { at: [sx * (w / 2), 320 + k * 400, z * (d / 2 - 45)] });
        m.add(box(170, 30, 170, 8), 'gun', { at: [sx * (w / 2), 15, z * (d / 2 - 45)] });
      }
    for (const [k, y] of [260, 1080, 1900].entries()) {
      for (const sx of sides) m.add(box(70, 120, d, 10), '#E58A2E', { at: [sx * (w / 2 - 10), y, 0] });
      m.add(box(w - 100, 40, d - 40, 8), 'shell2', { at: [0, y + 70, 0] });
      for (const i of upTo(7)) {
        const hh = 300 + ((i * 83 + k * 57) % 240);
        if ((i + k * 2) % 6 === 4) continue;
        carton(m, 720 + ((i * 31) % 200), hh, 380, [0, y + 92, -1340 + i * 446], i + k);
      }
    }
  });
};

const vehicle = (m: Model): void => {
  m.add(placed(plate(slab(1060, 1300, 240, 6), 170, 40, 2), { rot: [90, 0, 0] }), 'shell', { at: [0, 150, 0] });
  m.add(placed(plate(slab(1074, 1314, 246, 6), 40, 10), { rot: [90, 0, 0] }), 'accent', { at: [0, 120, 0] });
  m.add(placed(plate(slab(1000, 1240, 220, 6), 60, 14), { rot: [90, 0, 0] }), 'dark', { at: [0, 60, 0] });
  m.add(cyl(380, 60, { segments: 36 }), 'gun', { at: [0, 262, 0] });
  m.add(cyl(330, 30, { segments: 36 }), 'rubber', { at: [0, 300, 0] });
  for (const s of sides) {
    m.add(cyl(110, 80, { segments: 24 }), 'rubber', { at: [s * 470, 110, 0], rot: [0, 0, 90] });
    m.add(box(14, 30, 800, 6), 'accentGlow', { at: [s * 536, 165, 0] });
  }
  lidar(m, 80, 110, { at: [0, 236, 560] });
  for (const x of [-300, 300]) led(m, 26, 'cyan', { at: [x, 165, 650] });
  stopButton(m, 44, { at: [380, 236, -520] });
  m.add(dome(44, 0.9, 18, 5), 'amber', { at: [-380, 236, -520] });
};

/** The shelf on its back. */
const shelf = (m: Model): void => {
  for (const sx of sides) for (const sz of sides) m.add(box(60, 1700, 60, 10), 'steel', { at: [sx * 430, 1160, sz * 430] });
  for (const [k, y] of [330, 880, 1430].entries()) {
    m.add(box(920, 40, 920, 10), 'shell2', { at: [0, y, 0] });
    for (const i of upTo(4))
      if ((i + k) % 4 !== 3) carton(m, 330 + ((i * 29) % 60), 230 + ((i * 71 + k * 43) % 180), 360, [(i % 2 ? 1 : -1) * 215, y + 20, (i < 2 ? 1 : -1) * 215], i + k * 2);
  }
  m.add(box(920, 40, 920, 10), 'shell2', { at: [0, 1990, 0] });
};

/** What makes a bay safe and alive: guards at the rack's feet, a net behind its boxes, the vehicle's dock, someone at the lockers. */
const bay = (m: Model): void => {
  const rackX = -1440;
  for (const z of [-1790, 1510]) {
    m.add(box(1420, 240, 90, 20), 'yellow', { at: [rackX, floorY + 120, z] });
    for (const i of upTo(5)) m.add(cube(90, 244, 94), 'black', { at: [rackX - 560 + i * 280, floorY + 120, z], tolerance: 1 });
  }
  m.within({ at: [rackX - 650, floorY, -140] }, () => {
    for (const y of [450, 1250, 2070]) for (const dy of [0, 160, 320]) m.add(cube(14, 14, 3200), 'grey', { at: [0, y + dy, 0], tolerance: 1 });
    m.add(
      row(17, (t) => placed(cube(12, 2300, 12), { at: [0, 1330, -1560 + t * 3120] })),
      'grey',
      { tolerance: 1 },
    );
  });
  // the dock: a plate with contacts, a post with a lamp and its state
  m.within({ at: [250, floorY, 1720] }, () => {
    m.add(box(760, 30, 260, 10), 'dark', { at: [0, 15, 0] });
    for (const x of [-120, 120]) m.add(box(60, 50, 120, 8), 'brass', { at: [x, 40, -60] });
    m.add(box(420, 620, 150, 40, 2), 'shell', { at: [0, 330, 90] });
    m.add(box(426, 40, 156, 10), 'accent', { at: [0, 560, 90] });
    m.add(plate(slab(180, 260, 40, 4), 14, 3), 'screen', { at: [0, 360, 8], rot: [0, 180, 0] });
    m.add(box(90, 150, 6, 3), 'green', { at: [0, 345, -2] });
    m.add(box(70, 16, 6, 3), 'green', { at: [0, 440, -2] });
    m.within({ at: [0, 340, 166] }, () => serviceDoor(m, 300, 420, {}, { paint: 'shell2', vents: 2 }));
  });
  person(m, { at: [1120, floorY, 560], rot: [0, 90, 0], scale: 1.02 }, '#E0A23C', '#34435C', true);
};

const lockerX = 1760;
const shown: readonly Sign[] = [
  { bar: [0, 130, 330, 60], paint: '#7A63E6', round: 0.3 },
  { bar: [-30, 130, 160, 16], paint: '#F4F4F2', round: 0.5 },
  ...upTo(6).map((i): Sign => ({ bar: [-110 + (i % 3) * 110, 30 - Math.floor(i / 3) * 110, 88, 88], paint: i === 4 ? '#69F0A0' : '#2A3C58', round: 0.16 })),
  { bar: [0, -170, 300, 20], paint: '#7FE3FF', round: 0.5 },
];
const lockers = (m: Model): void => {
  m.within({ at: [lockerX, floorY, -420] }, () => {
    m.add(box(900, 2150, 2500, 30), 'shell', { at: [120, 1100, 0] });
    m.add(box(910, 60, 2510, 16), 'accent', { at: [120, 2150, 0] });
    m.add(box(900, 90, 2480, 16), 'dark', { at: [120, 60, 0] });
    for (const i of upTo(4))
      for (const j of upTo(4)) {
        if (i === 2 && j === 2) continue;
        if (i === 3 && j > 1) continue;
        m.within({ at: [-334, 380 + j * 480, -930 + i * 620], rot: [0, -90, 0] }, () => {
          m.add(plate(slab(574, 440, 20), 24, 6), 'shell2');
          m.add(box(40, 100, 20, 8), 'gun', { at: [220, 0, 16] });
          led(m, 16, (i + j) % 5 === 1 ? 'amber' : 'green', { at: [220, 150, 12] });
        });
      }
    // the back: doors to wires and locks; ends in panels
    m.within({ at: [570, 1120, 0], rot: [0, 90, 0] }, () => {
      for (const x of [-800, 0, 800]) serviceDoor(m, 720, 1700, { at: [x, 0, 0] }, { vents: x ? 1 : 2 });
      m.add(box(2480, 60, 16, 6), 'accent', { at: [0, 960, 0] });
    });
    for (const s of sides)
      m.within({ at: [120, 1120, s * 1250], rot: [0, s > 0 ? 0 : 180, 0] }, () => {
        seams(m, 880, 1900, 2, 4, {}, 10);
        // a parcel as the sign of what the lockers hold
        m.add(plate(slab(560, 560, 80, 5), 20, 6), 'accent', { at: [0, 280, 6] });
        m.add(plate(slab(320, 260, 20, 3), 12, 3), '#E9D9B8', { at: [0, 250, 20] });
        m.add(box(320, 40, 14, 4), '#C8A57A', { at: [0, 350, 22] });
        m.add(box(54, 270, 14, 4), '#C8A57A', { at: [0, 255, 24] });
        m.add(cube(876, 120, 10), 'dark', { at: [0, -920, 4], tolerance: 1 });
      });
    // an open box with what is in it
    m.add(box(60, 440, 574, 8), 'black', { at: [-330, 380 + 2 * 480, -930 + 2 * 620] });
    carton(m, 240, 220, 360, [-250, 380 + 2 * 480 - 190, -930 + 2 * 620], 1);
    m.within({ at: [-340, 1590, 930], rot: [0, -90, 0] }, () => {
      screen(m, 430, 420, shown, { at: [0, 0, 10] }, { thick: 40, bezel: 26 });
      m.add(plate(slab(200, 120, 16), 30, 6), 'black', { at: [0, -360, 10] });
    });
  });
};

const doorAt: Vec3 = [lockerX - 350, floorY + 380 + 2 * 480, -420 - 930 + 2 * 620 - 287];
const vehicleAt: Vec3 = [250, floorY, 620];

const make = (): Model => {
  const m = new Model({ area: 'government', tolerance: 0.1, edgeMm: 70, reach: 0.2 });
  floor(m);
  rack(m, -1440);
  lockers(m);
  bay(m);
  m.node('vehicle', vehicleAt, { moving: true }).on('vehicle', () => vehicle(m));
  m.node('shelf', [0, 10, 0], { parent: 'vehicle' }).on('shelf', () => shelf(m));
  m.node('locker', doorAt, { rot: [0, -90 - 95, 0], moving: true }).on('locker', () => {
    m.add(plate(slab(574, 440, 20), 24, 6), 'shell2', { at: [287, 0, 0] });
    m.add(box(40, 100, 20, 8), 'gun', { at: [510, 0, 16] });
    m.add(
      plate(
        outline(
          [
            [200, -40],
            [374, -40],
            [374, 40],
            [200, 40],
          ],
          10,
          3,
        ),
        8,
        2,
      ),
      'accent',
      { at: [0, 0, 16] },
    );
  });
  const none: Vec3 = [0, 0, 0];
  m.clip('carry', [
    shift('vehicle', vehicleAt, [0, 1, 5, 7, 11, 12], [none, none, [0, 0, -1500], [0, 0, -1500], none, none]),
    swing('locker', 'y', [0, 2, 3.5, 8, 9.5, 12], [0, 0, 95, 95, 0, 0], [0, -185, 0]),
  ]);
  return m
    .hotspot('vehicle', [300, 190, 660], 'vehicle')
    .hotspot('locker', [lockerX - 380, floorY + 1640, 520])
    .hotspot('rack', [-860, floorY + 2200, 900]);
};

export const exhibit: Exhibit = {
  id: 'smart-warehouse',
  area: 'government',
  name: words('智能倉庫機械人', '智能仓库机器人', 'AI and robots in a smart warehouse'),
  projects: ['smart-warehouse'],
  views: [
    { az: -34, pol: 60, zoom: 1, caption: words('智能倉庫一角', '智能仓库一角', 'Part of the warehouse') },
    { az: 14, pol: 64, zoom: 1.02, caption: words('從前面看', '从前面看', 'From the front') },
    { az: 4, pol: 70, zoom: 1.9, target: [300, 900, 600], caption: words('自動導航車', '自动导航车', 'The vehicle') },
  ],
  hotspots: [
    {
      id: 'vehicle',
      label: words('自動導航車', '自动导航车', 'Self-guided vehicle'),
      text: words('自動導航車搬運倉庫內的物品。', '自动导航车搬运仓库里的物品。', 'Self-guided vehicles move the stores.'),
    },
    {
      id: 'locker',
      label: words('智能儲物櫃', '智能储物柜', 'Smart lockers'),
      text: words('智能儲物櫃和倉庫系統一起運作。', '智能储物柜和仓库系统一起工作。', 'Smart lockers work together with the warehouse system.'),
    },
    {
      id: 'rack',
      label: words('追蹤物品', '追踪物品', 'Keeping track'),
      text: words('系統追蹤倉庫內的物品，造型只作示意。', '系统追踪仓库里的物品，造型仅作示意。', 'The system keeps track of stores; the shape is an illustration.'),
    },
  ],
  make,
};

/**
 * A picture that hangs in the air: a butterfly of light above a display, with depth that shows from every side. Its wings beat and it
 * turns; how the display works inside is not known, so nothing of it is drawn.
 */
import type { BufferGeometry } from 'three';
import { cosD, placed, sinD, upTo, type Vec2, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin, sway } from '../kit/motion.ts';
import { type Corner, curved, disc, flat, outline, pierced, plate } from '../kit/outlines.ts';
import { bolts, cable, louvre, screw } from '../kit/parts-fixings.ts';
import { led } from '../kit/parts-optics.ts';
import { roundStand, standTop } from '../kit/parts-stand.ts';
import { band, box, cube, cyl, lathe, sphere, torus } from '../kit/solids.ts';
import { bar, tube } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const deskY = 640;
const pictureAt: Vec3 = [0, 1360, 0];
const pictureScale = 1.2;

/** The foot's waist, radius and height. */
const waist: readonly Vec2[] = [
  [440, standTop + 40],
  [360, standTop + 130],
  [310, 380],
  [400, deskY - 90],
];

const body = (m: Model): void => {
  roundStand(m, 720);
  m.add(lathe([[0, standTop - 4], [430, standTop - 4], ...waist, [0, deskY - 90]], 56), 'shell');
  m.add(band(446, 420, 26, { segments: 56 }), 'dark', { at: [0, standTop + 22, 0] });
  m.add(
    lathe(
      [
        [0, deskY - 100],
        [400, deskY - 100],
        [620, deskY - 60],
        [640, deskY - 30],
        [640, deskY + 20],
        [604, deskY + 52],
        [520, deskY + 58],
        [500, deskY + 34],
        [0, deskY + 34],
      ],
      72,
    ),
    'shell',
  );
  m.add(band(646, 620, 22, { segments: 72 }), 'accent', { at: [0, deskY - 8, 0] });
  m.add(cyl(502, 10, { segments: 64, bevel: 2 }), 'screen', { at: [0, deskY + 36, 0] });
  m.add(placed(torus(508, 7, 72, 6), { rot: [90, 0, 0] }), 'cyan', { at: [0, deskY + 48, 0] });
  m.add(placed(flat(pierced(disc(420, 0, 0, 56), disc(412, 0, 0, 56))), { rot: [-90, 0, 0] }), ['glow', '#2C6E8F'], { at: [0, deskY + 42.4, 0] });
  m.add(placed(flat(pierced(disc(250, 0, 0, 48), disc(244, 0, 0, 48))), { rot: [-90, 0, 0] }), ['glow', '#2C6E8F'], { at: [0, deskY + 42.4, 0] });
  for (const i of upTo(24))
    m.add(cube(5, 1, i % 2 ? 26 : 50), ['glow', '#3C93BC'], { at: [456 * sinD(i * 15), deskY + 42, 456 * cosD(i * 15)], rot: [0, i * 15, 0], tolerance: 1 });
  for (const i of upTo(8)) bolts(m, 1, 0.01, 10, { at: [560 * sinD(i * 45 + 22), deskY + 57, 560 * cosD(i * 45 + 22)] });
  // seams of the four cover panels, vents around the foot, service door and cable at the back
  for (const i of upTo(4))
    for (const k of upTo(waist.length - 1)) {
      const at = ([r, y]: Vec2): Vec3 => [r * sinD(45 + i * 90), y, r * cosD(45 + i * 90)];
      m.add(bar(3.5, at(waist[k] as Vec2), at(waist[k + 1] as Vec2), 5), 'seam', { tolerance: 1 });
    }
  // both stand in a shallow frame that leans as the waist does
  for (const a of [90, -90])
    m.within({ at: [340 * sinD(a), 315, 340 * cosD(a)], rot: [0, a, 0] }, () =>
      m.within({ rot: [-21, 0, 0] }, () => {
        m.add(box(206, 112, 44, 14), 'shell2', { at: [0, 0, -6] });
        louvre(m, 180, 88, 5, { at: [0, 0, 17] }, 'grey', 9);
      }),
    );
  m.within({ at: [0, 315, -340], rot: [0, 180, 0] }, () =>
    m.within({ rot: [-21, 0, 0] }, () => {
      m.add(box(206, 112, 44, 14), 'seam', { at: [0, 0, -7] });
      m.add(box(196, 102, 44, 12), 'shell2', { at: [0, 0, -4] });
      m.add(box(16, 44, 12, 5), 'dark', { at: [74, 0, 20] });
      for (const s of sides) for (const t of sides) screw(m, 7, { at: [s * 86, t * 38, 18] });
      m.add(plate(disc(20, -30, 0, 20), 8, 2), 'accent', { at: [0, 0, 18] });
    }),
  );
  cable(
    m,
    15,
    [
      [0, 190, -420],
      [0, 142, -500],
      [60, 136, -600],
      [150, 110, -690],
      [190, 24, -770],
    ],
    'black',
    { steps: 24 },
  );
  // the start button in front
  m.within({ at: [0, deskY - 12, 640] }, () => {
    m.add(box(220, 66, 40, 18), 'dark');
    led(m, 12, 'green', { at: [-70, 0, 21] });
    led(m, 12, 'cyan', { at: [0, 0, 21] });
    led(m, 12, 'amber', { at: [70, 0, 21] });
  });
};

const wingUpper: readonly Corner[] = curved([
  [0, -34],
  [58, 70],
  [180, 240],
  [330, 352],
  [455, 392],
  [508, 340],
  [496, 226],
  [446, 112],
  [372, 16],
  [250, -44],
  [110, -62],
  [12, -58],
]);
const wingLower: readonly Corner[] = curved([
  [0, -46],
  [120, -62],
  [250, -76],
  [342, -138],
  [368, -232],
  [334, -316],
  [282, -362],
  [266, -446],
  [226, -452],
  [206, -380],
  [128, -336],
  [66, -240],
  [20, -128],
]);

const grown = (corners: readonly Corner[], k: number, about: Vec2): readonly Corner[] =>
  corners.map(([x, y, r]) => [about[0] + (x - about[0]) * k, about[1] + (y - about[1]) * k, (r ?? 0) * k] as const);

/** The right wing: an outline of light, a clear field, veins and spots. */
const wing = (m: Model, s: number): void => {
  const put = (g: BufferGeometry, paint: Parameters<Model['add']>[1], z = 0): void =>
    void m.add(placed(g, { at: [0, 0, z], scale: [s * pictureScale, pictureScale, 1] }), paint, { tolerance: 1 });
  for (const [corners, about, edge, field] of [
    [wingUpper, [260, 140], '#FFB636', '#F29A2E'],
    [wingLower, [190, -200], '#FF7FB2', '#E2619A'],
  ] as const) {
    put(plate(pierced(outline(corners), outline(grown(corners, 0.93, about))), 12, 2), ['glow', edge]);
    for (const turn of [0, 180])
      put(placed(flat(outline(grown(corners, 0.94, about).map(([x, y, r]) => [turn ? -x : x, y, r ?? 0] as const))), { rot: [0, turn, 0] }), ['glass', field, 0.5], turn ? -2 : 2);
    put(plate(pierced(outline(grown(corners, 0.66, about)), outline(grown(corners, 0.615, about))), 8, 1), ['glow', '#FFE2A6']);
    // pearls along the edge
    const pearls = grown(corners, 0.86, about);
    for (const k of upTo(11)) {
      const [x, y] = pearls[k * 4 + 4] as Corner;
      if (x > 120) put(placed(sphere(8, 8, 5), { at: [x, y, 0] }), ['glow', '#FFF4D6']);
    }
  }
  for (const [x, y, r] of [
    [400, 270, 36],
    [352, 160, 26],
    [300, 262, 20],
    [236, -236, 32],
    [262, -150, 20],
  ] as const) {
    put(plate(disc(r, x, y, 18), 14, 2), ['glow', '#7FE3FF']);
    put(plate(disc(r * 0.5, x, y, 14), 20, 2), ['glow', '#FFFFFF']);
  }
  for (const [x, y] of [
    [420, 340],
    [470, 220],
    [330, 0],
    [280, -320],
    [140, -330],
  ] as const)
    put(
      tube(
        4,
        [
          [10, y > 0 ? -20 : -60, 0],
          [x * 0.5, y * 0.42, 0],
          [x * 0.86, y * 0.86, 0],
        ],
        { steps: 8, segments: 5 },
      ),
      ['glow', '#FFD98C'],
    );
};

const trunk = (m: Model): void => {
  m.add(
    lathe(
      [
        [0, -210],
        [16, -190],
        [26, -110],
        [20, -40],
        [34, 10],
        [34, 60],
        [22, 90],
        [0, 96],
      ],
      20,
    ),
    ['glow', '#7FE3FF'],
  );
  for (const y of [-170, -130, -90, -50]) m.add(placed(torus(26, 3.4, 20, 5), { rot: [90, 0, 0] }), 'glow', { at: [0, y, 0] });
  m.add(sphere(34, 16, 12), ['glow', '#A9F0FF'], { at: [0, 116, 6] });
  for (const s of sides) {
    m.add(sphere(9, 10, 8), 'glow', { at: [s * 20, 124, 34] });
    m.add(
      tube(
        4,
        [
          [s * 12, 144, 10],
          [s * 46, 210, 30],
          [s * 92, 258, 20],
        ],
        { steps: 10, segments: 6 },
      ),
      ['glow', '#A9F0FF'],
    );
    m.add(sphere(10, 10, 8), 'amber', { at: [s * 94, 262, 20] });
  }
};

const make = (): Model => {
  const m = new Model({ area: 'economy', tolerance: 0.06, edgeMm: 18, reach: 0.28 });
  body(m);
  m.node('picture', pictureAt, { rot: [-16, 0, 0], moving: true }).on('picture', () => m.within({ scale: pictureScale }, () => trunk(m)));
  for (const s of sides) {
    const name = s > 0 ? 'wing-left' : 'wing-right';
    m.node(name, [s * 22, 30, 0], { parent: 'picture', rot: [0, s * -24, 0], moving: true }).on(name, () => wing(m, s));
  }
  // points of light that drift around the picture
  m.node('sparks', [0, pictureAt[1] - 60, 0], { moving: true }).on('sparks', () => {
    for (const i of upTo(26)) {
      const r = 330 + ((i * 71) % 150);
      m.add(sphere(5 + (i % 3) * 3, 6, 5), i % 3 ? 'cyan' : 'amber', { at: [r * sinD(i * 137.5), -420 + i * 34, r * cosD(i * 137.5)] });
    }
  });
  const rest = (s: number): Vec3 => [0, s * -24, 0];
  const times = upTo(9).map((i) => i / 2);
  m.clip('picture', [
    spin('sparks', 'y', 12),
    shift(
      'picture',
      pictureAt,
      times.map((t) => t * 3),
      times.map((t): Vec3 => [0, 46 * Math.sin((t / 4) * Math.PI * 2), 0]),
    ),
    sway('picture', 'y', 12, 50, [-16, 0, 0]),
    ...sides.flatMap((s) => {
      const one = sway(s > 0 ? 'wing-left' : 'wing-right', 'y', 2, 24 * -s, rest(s));
      const turns = upTo(6);
      return [{ ...one, times: turns.flatMap((k) => one.times.slice(k ? 1 : 0).map((t) => t + k * 2)), values: turns.flatMap((k) => one.values.slice(k ? 4 : 0)) }];
    }),
  ]);
  return m
    .hotspot('picture', [0, 60, 40], 'picture')
    .hotspot('depth', [330, 200, 20], 'wing-left')
    .hotspot('display', [300, deskY + 60, 400])
    .hotspot('prize', [0, 400, 330]);
};

export const exhibit: Exhibit = {
  id: 'floating-image-display',
  area: 'economy',
  name: words('懸浮立體影像', '悬浮立体影像', 'Suspended 3D imaging'),
  projects: ['mic-2019-artro'],
  views: [
    { az: 20, pol: 72, zoom: 1.08, caption: words('懸浮在半空的影像', '悬浮在半空的影像', 'A picture in the air') },
    { az: 62, pol: 74, zoom: 1.1, caption: words('從側面看', '从侧面看', 'From the side') },
    { az: -20, pol: 54, zoom: 1.35, target: [0, 1100, 0], caption: words('從上面看', '从上面看', 'From above') },
  ],
  hotspots: [
    {
      id: 'picture',
      label: words('懸浮影像', '悬浮影像', 'The picture'),
      text: words(
        '立體影像看來像懸浮在半空，蝴蝶只作示意。',
        '立体影像看上去像悬浮在半空，蝴蝶仅作示意。',
        'The picture seems to hang in the air. The butterfly is an illustration.',
      ),
    },
    {
      id: 'depth',
      label: words('立體', '立体', 'In three dimensions'),
      text: words('影像是立體的，轉一轉模型便看到它的深淺。', '影像是立体的，转一转模型就能看到它的深浅。', 'The picture has depth: turn the model to see it.'),
    },
    {
      id: 'display',
      label: words('示意模型', '示意模型', 'An illustration'),
      text: words('顯示裝置的造型只作示意，不代表實物。', '显示装置的造型仅作示意，不代表实物。', 'The shape of the display is an illustration, not the real product.'),
    },
    {
      id: 'prize',
      label: words('2019年亞軍', '2019年亚军', 'Second in 2019'),
      text: words('Artro Digital在2019年香港分站賽取得亞軍。', 'Artro Digital在2019年香港分站赛取得亚军。', 'Artro Digital came second in the Hong Kong Chapter in 2019.'),
    },
  ],
  make,
};

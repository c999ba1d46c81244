/**
 * Bone repair: a long bone with a gap, one part of it cut open, and a porous piece that fits the gap. The piece slides out and in again;
 * bone ends and piece come apart in the exploded state.
 */
import type { BufferGeometry } from 'three';
import { type Lump, skin } from '../kit/blobs.ts';
import { cosD, merge, placed, sinD, upTo, type Vec2, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, Model, words } from '../kit/model.ts';
import { shift, spin } from '../kit/motion.ts';
import { outline, plate } from '../kit/outlines.ts';
import { bolts } from '../kit/parts-fixings.ts';
import { slabStand, standTop } from '../kit/parts-stand.ts';
import { band, box, cyl, sphere } from '../kit/solids.ts';
import { loft } from '../kit/sweeps.ts';

const sides = [-1, 1] as const;
const boneY = 640;
const shaftR = 178;
const marrowR = 92;
const gap = 400;
const ivory = '#EADFC6';
const spongy = '#DDB893';
const marrow = '#C8765C';

/** A shaft that is open along the front from `fromDeg` to `toDeg` (0 = up, 90 = front): half pipes of hard bone. */
const openShell = (outer: number, inner: number, from: number, to: number, fromDeg: number, toDeg: number): BufferGeometry => {
  const steps = 30;
  return loft(
    upTo(steps + 1).map((i) => {
      const a = fromDeg + ((toDeg - fromDeg) * i) / steps;
      const at = (r: number, x: number): Vec3 => [x, r * cosD(a), r * sinD(a)];
      return [at(inner, from), at(inner, to), at(outer, to), at(outer, from)];
    }),
    40,
  );
};

/** Where the opened part ends and the bone's own skin begins, from the middle. */
const openedMm = gap / 2 + 360;
const roughness = (x: number, y: number, z: number): number => 3.2 * Math.sin(x / 31 + y / 47) * Math.cos(z / 38) + 7 * Math.max(0, Math.cos(Math.atan2(z, y) - 2.6)) ** 8;
/** One side's bone from the opened part to its end, with its cartilage: the same knobs moved out by `cap`, so it thins out to nothing all round. */
const boneEnd = (m: Model, s: number, lumps: readonly Lump[], knobs: readonly Lump[], cap: Vec3): void => {
  const shaft: Lump = { at: [s * 380, 0, 0], to: [s * 690, 0, 0], r: shaftR - 1, r2: shaftR + 6 };
  m.add(skin([shaft, ...lumps, ...knobs], { cellMm: 25, melt: 110, wave: roughness, cut: (x) => openedMm - s * x }), ivory, { tolerance: 0.09 });
  const grown = knobs.map((k): Lump => ({ ...k, at: [k.at[0] + cap[0], k.at[1] + cap[1], k.at[2] + cap[2]] }));
  m.add(skin(grown, { cellMm: 25, melt: 60 }), '#F6F8FA', { tolerance: 0.09 });
};

/** The knee's end, at -x: two knobs with a valley between them. */
const kneeEnd = (m: Model): void => {
  boneEnd(
    m,
    -1,
    [
      { at: [-690, 0, 0], to: [-850, -6, 0], r: 184, r2: 200 },
      { at: [-815, 26, 262], r: [74, 84, 50] },
      { at: [-815, 26, -258], r: [74, 84, 48] },
    ],
    [
      { at: [-893, -16, 132], r: [190, 196, 138] },
      { at: [-886, -10, -134], r: [180, 186, 130] },
    ],
    [-34, -10, 0],
  );
  m.add(cyl(40, 30, { segments: 20, bevel: 10 }), spongy, { at: [-800, 176, 110], rot: [16, 0, 12] });
};

/** The hip's end, at +x: neck, ball and the two bumps. */
const hipEnd = (m: Model): void => {
  const [from, way]: [Vec3, Vec3] = [
    [836, 56, 0],
    [0.62, 0.785, 0],
  ];
  const along = (d: number): Vec3 => [from[0] + way[0] * d, from[1] + way[1] * d, from[2] + way[2] * d];
  boneEnd(
    m,
    1,
    [
      { at: [690, 0, 0], to: [850, -24, -6], r: 184, r2: 172 },
      { at: from, to: along(250), r: 132, r2: 104 },
      { at: [930, -62, -14], r: [136, 132, 142] },
      { at: [730, 128, -96], r: [82, 64, 66] },
    ],
    [{ at: along(330), r: [172, 168, 172] }],
    [22, 28, 0],
  );
};

/** Near the gap the bone is cut open in front: hard outside, spongy inside, marrow in the middle. */
const opened = (m: Model, s: number): void => {
  const [near, far] = [s * (gap / 2), s * (gap / 2 + 362)];
  const [from, to] = s > 0 ? [near, far] : [far, near];
  m.add(openShell(shaftR, marrowR + 34, from, to, 140, 400), ivory);
  m.add(openShell(marrowR + 36, marrowR, from + 4, to - 4, 140, 400), spongy, { tolerance: 0.2 });
  m.add(placed(cyl(marrowR - 4, to - from - 12, { segments: 26, bevel: 16 }), { rot: [0, 0, 90] }), marrow, { at: [(from + to) / 2, 0, 0] });
  // small holes of the spongy bone on the two cut faces
  for (const [a, tilt] of [
    [140, 0],
    [40, 0],
  ] as const)
    for (const i of upTo(9)) {
      const r = marrowR + 18;
      m.add(sphere(9 + (i % 3) * 2, 8, 6), '#B98A66', { at: [from + 26 + (i * (to - from - 52)) / 8, r * cosD(a), r * sinD(a) + tilt], tolerance: 1 });
    }
  m.add(placed(band(shaftR + 5, shaftR - 6, 14, { segments: 40 }), { rot: [0, 0, 90] }), ivory, { at: [far, 0, 0] });
};

/** Crossed rods in layers, cut to a round piece. */
const lattice = (r: number, length: number, layers: number, rodR: number): BufferGeometry => {
  const rods: BufferGeometry[] = [];
  for (const j of upTo(layers)) {
    const x = -length / 2 + rodR + (j * (length - 2 * rodR)) / (layers - 1);
    const step = (2 * r) / 7;
    for (const i of upTo(6)) {
      const off = (i - 2.5) * step + (j % 4 > 1 ? step / 2 : 0);
      const half = Math.sqrt(Math.max(0, (r - rodR) ** 2 - off ** 2));
      if (half < rodR * 2) continue;
      rods.push(placed(cyl(rodR, half * 2, { segments: 7, bevel: rodR * 0.4 }), j % 2 ? { at: [x, 0, off] } : { at: [x, off, 0], rot: [90, 0, 0] }));
    }
  }
  return merge(...rods);
};

const scaffold = (m: Model): void => {
  m.add(lattice(shaftR - 2, gap - 16, 13, 16), 'accent', { tolerance: 0.4 });
  for (const s of sides) m.add(placed(band(shaftR, shaftR - 22, 16, { segments: 40 }), { rot: [0, 0, 90] }), 'shell', { at: [s * (gap / 2 - 12), 0, 0] });
  // new bone that begins to grow in the pores
  for (const i of upTo(22)) {
    const r = 60 + ((i * 37) % 90);
    const x = (i % 2 ? 1 : -1) * (gap / 2 - 34 - ((i * 29) % 70));
    m.add(sphere(17 + (i % 3) * 4, 9, 7), ivory, { at: [x, r * cosD(i * 137.5), r * sinD(i * 137.5)], tolerance: 1 });
  }
};

const cradle = (m: Model, x: number, r: number): void => {
  const arc: Vec2[] = upTo(13).map((i) => [(r + 6) * sinD(-72 + i * 12), boneY - (r + 6) * cosD(-72 + i * 12)]);
  m.add(
    plate(
      outline(
        [...arc, [r + 40, boneY - r * 0.34, 14], [150, standTop + 150, 60], [170, standTop, 8], [-170, standTop, 8], [-150, standTop + 150, 60], [-r - 40, boneY - r * 0.34, 14]],
        0,
        5,
      ),
      66,
      12,
    ),
    'shell2',
    { at: [x, 0, 0], rot: [0, 90, 0] },
  );
  m.add(box(130, 26, 420, 10), 'dark', { at: [x, standTop + 12, 0] });
  for (const z of sides) bolts(m, 1, 0.01, 16, { at: [x, standTop + 28, z * 182] });
};

/** A cube of the same lattice, many times larger, under a lens ring. */
const magnified = (m: Model): void => {
  m.add(cyl(150, 26, { segments: 36 }), 'dark', { at: [0, 14, 0] });
  m.add(cyl(26, 150, { segments: 16 }), 'steel', { at: [0, 96, -90] });
  m.within({ at: [0, 250, -60], rot: [-18, 0, 0] }, () => {
    m.add(placed(band(168, 144, 40, { segments: 48 }), { rot: [90, 0, 0] }), 'shell');
    m.add(placed(band(172, 164, 14, { segments: 48 }), { rot: [90, 0, 0] }), 'accent');
    m.add(placed(cyl(146, 6, { segments: 40, bevel: 1 }), { rot: [90, 0, 0] }), '#26323E', { at: [0, 0, -12] });
    for (const j of upTo(3)) {
      const off = (j - 1) * 84;
      const half = Math.sqrt(138 ** 2 - off ** 2);
      m.add(placed(cyl(22, half * 2, { segments: 14, bevel: 6 }), { rot: [0, 0, 90] }), 'accent', { at: [0, off, 4] });
      m.add(cyl(22, half * 2, { segments: 14, bevel: 6 }), 'accent', { at: [off, 0, 26] });
    }
    for (const [x, y, r] of [
      [44, 40, 26],
      [-46, 46, 22],
      [-40, -44, 28],
      [46, -40, 18],
    ] as const)
      m.add(sphere(r, 16, 12), ivory, { at: [x, y, 14] });
  });
};

const make = (): Model => {
  const m = new Model({ area: 'living', tolerance: 0.06, edgeMm: 18, reach: 0.24 });
  m.within({ at: [30, 0, 60] }, () => slabStand(m, 1900, 900));
  cradle(m, -620, 196);
  cradle(m, 640, 192);
  const boneAt: Vec3 = [0, boneY, 0];
  m.node('knee', boneAt, { explode: [-90, 60, 0] }).on('knee', () => {
    kneeEnd(m);
    opened(m, -1);
  });
  m.node('hip', boneAt, { explode: [90, 60, 0] }).on('hip', () => {
    hipEnd(m);
    opened(m, 1);
  });
  m.node('piece', boneAt, { explode: [0, 230, 400] }).on('piece', () => scaffold(m));
  m.within({ at: [-60, standTop, 330] }, () => magnified(m));
  const times = [0, 1.5, 3.5, 5, 6.5, 8];
  const out: Vec3 = [0, 210, 400];
  m.clip('fit', [shift('piece', boneAt, times, [[0, 0, 0], [0, 0, 0], out, out, [0, 0, 0], [0, 0, 0]]), { ...spin('piece', 'x', 1.5, 1), times: [3.5, 3.875, 4.25, 4.625, 5] }]);
  return m
    .hotspot('piece', [60, shaftR - 30, 90], 'piece')
    .hotspot('gap', [-gap / 2 - 120, 90, 90], 'knee')
    .hotspot('pores', [-60, standTop + 260, 330])
    .hotspot('prize', [760, -80, 180], 'hip');
};

export const exhibit: Exhibit = {
  id: 'bone-scaffold',
  area: 'living',
  name: words('骨骼損傷修復方案', '骨损伤修复方案', 'Bone damage repair'),
  projects: ['mic-2018-novus'],
  views: [
    { az: 14, pol: 66, zoom: 1.02, caption: words('骨骼和修復材料', '骨骼和修复材料', 'Bone and repair material') },
    { az: 12, pol: 72, zoom: 2.2, target: [0, 600, 60], caption: words('填補缺口', '填补缺口', 'Filling the gap') },
    { az: 166, pol: 62, zoom: 1.02, caption: words('從後面看', '从后面看', 'From behind') },
  ],
  hotspots: [
    {
      id: 'piece',
      label: words('修復材料', '修复材料', 'Repair material'),
      text: words('隊伍用新材料的方法修復受損的骨骼。', '团队用新材料的方法修复受损的骨骼。', 'The team found a way with materials to repair damaged bone.'),
    },
    {
      id: 'gap',
      label: words('骨骼缺口', '骨缺损', 'The gap'),
      text: words('骨骼受損後留下缺口，材料剛好填補。', '骨骼受损后留下缺口，材料正好填补。', 'Damage leaves a gap in the bone, and the material fills it.'),
    },
    {
      id: 'pores',
      label: words('示意模型', '示意模型', 'An illustration'),
      text: words('多孔的形狀只作示意，不代表隊伍的真實材料。', '多孔的形状仅作示意，不代表团队的真实材料。', "The porous shape is an illustration, not the team's real material."),
    },
    {
      id: 'prize',
      label: words('全球冠軍', '全球冠军', 'Global champion'),
      text: words('它在2018年的賽事奪得全球總冠軍。', '它在2018年的赛事中夺得全球总冠军。', 'It won the global title in 2018.'),
    },
  ],
  make,
};

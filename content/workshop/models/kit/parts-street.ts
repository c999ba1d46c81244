/**
 * Catalogue: what stands around an exhibit: cars, wheels, people, trees, cones, road marks. Grey and plain, so that the exhibit stays the
 * hero. All stand on y = 0 and look to +Z, in real millimetres (scale them by their place).
 */
import { type BufferGeometry, IcosahedronGeometry, type Shape } from 'three';
import { bent, merge, type Place, placed, ring, taper, upTo, type Vec2, type Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import { type Corner, disc, flat, outline, plate } from './outlines.ts';
import type { Paint } from './paints.ts';
import { bolts } from './parts-fixings.ts';
import { box, cube, cyl, lathe, sphere } from './solids.ts';
import { loft, tube } from './sweeps.ts';

const across: Vec3 = [0, -90, 0];
const coarse = 0.6;

type CarShape = { low: readonly Corner[]; cabin: readonly [Corner, Corner, Corner, Corner]; panes: readonly (readonly Corner[])[]; roof: number; front: number; back: number };
const CARS = {
  saloon: {
    low: [
      [-2150, 250, 120],
      [-2160, 860, 200],
      [-1500, 930, 300],
      [1000, 930, 400],
      [2080, 760, 260],
      [2150, 300, 140],
    ],
    cabin: [
      [-1800, 880, 40],
      [-1060, 1440, 260],
      [160, 1440, 300],
      [1080, 880, 40],
    ],
    panes: [
      [
        [-1380, 960, 60],
        [-960, 1340, 110],
        [-400, 1340, 30],
        [-400, 960, 30],
      ],
      [
        [-310, 960, 30],
        [-310, 1340, 30],
        [110, 1340, 150],
        [760, 960, 60],
      ],
    ],
    roof: 1440,
    front: 680,
    back: 760,
  },
  hatch: {
    low: [
      [-2080, 250, 120],
      [-2120, 960, 160],
      [1120, 1000, 300],
      [2060, 900, 220],
      [2130, 300, 140],
    ],
    cabin: [
      [-2030, 900, 40],
      [-1900, 1660, 150],
      [180, 1660, 260],
      [1020, 900, 40],
    ],
    panes: [
      [
        [-1830, 1040, 50],
        [-1740, 1550, 60],
        [-640, 1550, 30],
        [-640, 1040, 30],
      ],
      [
        [-540, 1040, 30],
        [-540, 1550, 30],
        [140, 1550, 110],
        [700, 1040, 50],
      ],
    ],
    roof: 1660,
    front: 760,
    back: 860,
  },
} as const satisfies { readonly [name: string]: CarShape };
export type CarBody = keyof typeof CARS;

/** A pane on the slope from a to b, from share f0 to f1 of it, a hair outside. */
const slope = (a: Corner, b: Corner, f0: number, f1: number): Shape => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  const at = (f: number, out: number): Vec2 => [a[0] + dx * f + (dy / length) * out, a[1] + dy * f - (dx / length) * out];
  return outline([at(f0, -20), at(f0, 9), at(f1, 9), at(f1, -20)]);
};

/** A car of 4.3 m (about 1,200 triangles): paint of its body, its shape. */
export const car = (m: Model, paint: Paint, place: Place, body: CarBody = 'saloon', lights = true): void =>
  void m.within(place, () => {
    const shape: CarShape = CARS[body];
    const add = (g: BufferGeometry, p: Paint, at: Place = {}): void => void m.add(g, p, { ...at, tolerance: coarse });
    const side = (s: Shape, width: number, bevel: number, segments = 1): BufferGeometry => placed(plate(s, width, bevel, segments), { rot: across });
    const inward = (g: BufferGeometry): BufferGeometry => taper(g, 900, shape.roof, 0.8);
    add(side(outline(shape.low, 90, 3), 1780, 110, 2), paint);
    add(inward(side(outline(shape.cabin, 40, 3), 1600, 70)), paint);
    for (const pane of shape.panes) add(inward(side(outline(pane, 30, 2), 1618, 0)), 'pane');
    add(inward(side(slope(shape.cabin[3], shape.cabin[2], 0.16, 0.84), 1400, 0)), 'pane');
    add(inward(side(slope(shape.cabin[1], shape.cabin[0], 0.16, 0.84), 1360, 0)), 'pane');
    for (const z of [-1330, 1340])
      for (const s of [-1, 1]) {
        add(flat(disc(395, 0, 0, 16)), 'black', { at: [s * 893, 390, z], rot: [0, s * 90, 0] });
        add(
          lathe(
            [
              [325, 0],
              [325, 80],
              [285, 112],
              [190, 92],
              [0, 96],
            ],
            14,
          ),
          'rubber',
          { at: [s * 800, 325, z], rot: [0, 0, s * -90] },
        );
        add(flat(disc(190, 0, 0, 12)), 'steel', { at: [s * 914, 325, z], rot: [0, s * 90, 0] });
      }
    for (const s of [-1, 1]) {
      add(cube(400, 120, 60), lights ? ['glow', '#FFF6DC'] : 'white', { at: [s * 600, shape.front, 2072], rot: [0, s * 14, 0] });
      add(cube(420, 90, 50), ['glow', '#E24A3C'], { at: [s * 600, shape.back, -2132] });
      add(box(90, 110, 170, 30), paint, { at: [s * 880, 1010, 780] });
    }
    add(cube(1250, 150, 30), 'black', { at: [0, 440, 2132] });
    add(cube(1300, 130, 30), 'black', { at: [0, 420, -2142] });
  });

/** A wheel on an axle along x: tyre, rim to +x, hub bolts. */
export const wheel = (m: Model, r: number, width: number, place: Place, rim: Paint = 'shell2', tyre: Paint = 'rubber'): void =>
  void m.within(place, () => {
    const [w, turned] = [width / 2, { rot: [0, 0, -90] as Vec3 }];
    m.add(
      lathe(
        [
          [r * 0.62, -w],
          [r * 0.9, -w],
          [r, -w * 0.72],
          [r, w * 0.72],
          [r * 0.9, w],
          [r * 0.62, w],
        ],
        26,
      ),
      tyre,
      turned,
    );
    m.add(
      lathe(
        [
          [0, -w * 0.9],
          [r * 0.64, -w * 0.9],
          [r * 0.66, w * 0.92],
          [r * 0.56, w * 0.96],
          [r * 0.46, w * 0.55],
          [r * 0.24, w * 0.6],
          [r * 0.2, w * 0.95],
          [0, w],
        ],
        24,
      ),
      rim,
      turned,
    );
    m.within({ at: [w * 0.62, 0, 0], rot: [0, 0, -90] }, () => bolts(m, 5, r * 0.34, r * 0.06, {}));
  });

/** A person of 1.7 m as a plain figure. */
export const person = (m: Model, place: Place, coat: Paint = 'grey', legs: Paint = 'dark'): void =>
  void m.within(place, () => {
    const ringAt = (y: number, rx: number, rz: number, x = 0, z = 0): Vec3[] =>
      upTo(12).map((k) => [x + rx * Math.cos((k * -Math.PI) / 6), y, z + rz * Math.sin((k * -Math.PI) / 6)]);
    for (const s of [-1, 1]) {
      m.add(loft([ringAt(70, 58, 62, s * 95), ringAt(450, 66, 72, s * 92), ringAt(840, 96, 104, s * 86)], 80), legs, { tolerance: coarse });
      m.add(box(104, 80, 250, 34), 'black', { at: [s * 96, 40, 40], tolerance: coarse });
      m.add(
        tube(
          46,
          [
            [s * 205, 1380, 0],
            [s * 262, 1120, 10],
            [s * 262, 880, 70],
          ],
          { steps: 6, segments: 8 },
        ),
        coat,
        { tolerance: coarse },
      );
      m.add(sphere(54, 10, 8), 'skin', { at: [s * 262, 846, 80], tolerance: coarse });
    }
    m.add(loft([ringAt(790, 170, 122), ringAt(980, 186, 124), ringAt(1250, 214, 136), ringAt(1400, 212, 118), ringAt(1460, 96, 80)], 80), coat, { tolerance: coarse });
    m.add(cyl(56, 110, { segments: 12 }), 'skin', { at: [0, 1480, 0] });
    m.add(sphere(112, 16, 12), 'skin', { at: [0, 1610, 10], scale: [0.86, 1.12, 1] });
    m.add(placed(sphere(118, 16, 8), { scale: [0.88, 0.86, 1] }), 'dark', { at: [0, 1650, -10] });
  });

/** A road cone. */
export const cone = (m: Model, place: Place, paint: Paint = '#F0694A'): void =>
  void m.within(place, () => {
    m.add(box(380, 50, 380, 20), 'black', { at: [0, 25, 0] });
    m.add(
      lathe(
        [
          [0, 50],
          [150, 50],
          [44, 720],
          [30, 730],
          [0, 730],
        ],
        20,
      ),
      paint,
    );
    m.add(
      lathe(
        [
          [108, 330],
          [80, 510],
        ],
        20,
      ),
      'white',
    );
  });

/** A street tree: flared trunk and a crown of merged balls; `seedTurn` turns the crown so that two trees differ. */
export const tree = (m: Model, height: number, place: Place, seedTurn = 0, leaf: Paint = 'leaf'): void =>
  void m.within(place, () => {
    const h = height;
    m.add(
      lathe(
        [
          [0, 0],
          [h * 0.055, 0],
          [h * 0.036, h * 0.05],
          [h * 0.026, h * 0.3],
          [h * 0.02, h * 0.55],
          [0, h * 0.55],
        ],
        10,
      ),
      'bark',
      { tolerance: coarse },
    );
    const ball = (r: number, at: Vec3): BufferGeometry =>
      placed(
        bent(new IcosahedronGeometry(r, 1), ([x, y, z]) => [x, y * 0.86, z], 20),
        { at },
      );
    const crown = merge(
      ball(h * 0.24, [0, h * 0.72, 0]),
      ...upTo(5).map((k) => ball(h * (0.14 + (k % 3) * 0.02), [Math.sin(k * 1.257) * h * 0.19, h * (0.58 + ((k * 7) % 5) * 0.05), Math.cos(k * 1.257) * h * 0.19])),
      ball(h * 0.14, [h * 0.03, h * 0.9, 0]),
    );
    m.add(crown, leaf, { rot: [0, seedTurn, 0], tolerance: coarse });
  });

/** A crawler track with its wheels, axle along x, `side` +1 shows its wheels to +x. Length along z; stands on y = 0. */
export type TrackSize = { length: number; height: number; width: number; links: number; wheels: number };
export const track = (m: Model, { length, height, width, links, wheels }: TrackSize, side: number, place: Place, rim: Paint = 'shell2'): void =>
  void m.within(place, () => {
    const [half, lift, thick] = [length / 2, height * 0.36, height * 0.075];
    const shape: Corner[] = [
      [-half, height * 0.6, height * 0.36],
      [-half * 0.84, height, height * 0.24],
      [half * 0.78, height, height * 0.28],
      [half, height * 0.74, height * 0.3],
      [half * 0.86, lift, height * 0.3],
      [half * 0.64, 0, height * 0.24],
      [-half * 0.64, 0, height * 0.24],
      [-half * 0.88, lift * 0.8, height * 0.3],
    ];
    const loop = outline(shape, 0, 8);
    const points = loop.getSpacedPoints(links * 2).slice(0, -1);
    const around = (i: number): { x: number; y: number; tx: number; ty: number } => {
      const n = points.length;
      const [p, a, b] = [points[(i + n) % n], points[(i + n - 1) % n], points[(i + 1) % n]];
      const [dx, dy] = [(b?.x ?? 0) - (a?.x ?? 0), (b?.y ?? 0) - (a?.y ?? 0)];
      const l = Math.hypot(dx, dy) || 1;
      return { x: p?.x ?? 0, y: p?.y ?? 0, tx: dx / l, ty: dy / l };
    };
    const turnsLeft = points.reduce((sum, p, i) => sum + p.x * (points[(i + 1) % points.length]?.y ?? 0) - (points[(i + 1) % points.length]?.x ?? 0) * p.y, 0) > 0 ? 1 : -1;
    const inner = points.map((_, i): Corner => {
      const { x, y, tx, ty } = around(i);
      return [x - ty * thick * turnsLeft, y + tx * thick * turnsLeft];
    });
    const belt = outline(points.map((p): Corner => [p.x, p.y]));
    belt.holes.push(outline(inner));
    m.add(plate(belt, width, thick * 0.22), 'rubber', { rot: across, tolerance: 0.14 });
    const grouser = cube(width * 0.47, thick * 0.9, (length * 2.3) / links / 2.2);
    for (const i of upTo(links)) {
      const { x, y, tx, ty } = around(i * 2);
      const angle = (Math.atan2(ty, tx) * 180) / Math.PI;
      for (const h of [-1, 1]) m.add(placed(grouser, { rot: [0, h * side * 14, 0] }), 'rubber', { at: [h * width * 0.25, y, x], rot: [-angle, 0, 0], tolerance: 1 });
    }
    m.add(
      plate(
        outline(
          [
            [-half * 0.72, height * 0.26, 60],
            [-half * 0.68, height * 0.8, 60],
            [half * 0.66, height * 0.8, 80],
            [half * 0.8, height * 0.52, 60],
            [half * 0.62, height * 0.2, 60],
            [-half * 0.62, height * 0.2, 60],
          ],
          40,
          4,
        ),
        width * 0.66,
        12,
      ),
      'dark',
      { at: [-side * width * 0.07, 0, 0], rot: across },
    );
    const disk = (z: number, y: number, r: number, paint: Paint): void => {
      const w = width * 0.3;
      m.within({ at: [side * width * 0.12, y, z], rot: [0, 0, -side * 90] }, () => {
        m.add(
          lathe(
            [
              [r, -w],
              [r, w * 0.85],
              [r * 0.86, w],
              [r * 0.78, w * 0.84],
              [r * 0.45, w * 0.84],
              [r * 0.38, w * 1.06],
              [r * 0.2, w * 1.12],
              [0, w * 1.12],
            ],
            18,
          ),
          paint,
        );
        bolts(m, 6, r * 0.6, r * 0.075, { at: [0, w * 0.86, 0] });
      });
    };
    const low = height * 0.23;
    for (const i of upTo(wheels)) disk(-half * 0.58 + (i * half * 1.16) / (wheels - 1), thick + low, low, rim);
    disk(-half * 0.77, height * 0.63, height * 0.27, 'gun');
    disk(half * 0.79, height * 0.72, height * 0.2, rim);
    m.add(
      ring(14, (a) =>
        placed(cube(height * 0.04, width * 0.5, height * 0.07), {
          at: [Math.sin((a * Math.PI) / 180) * height * 0.285, 0, Math.cos((a * Math.PI) / 180) * height * 0.285],
          rot: [0, a, 0],
        }),
      ),
      'gun',
      { at: [0, height * 0.63, -half * 0.77], rot: [0, 0, 90], tolerance: 1 },
    );
  });

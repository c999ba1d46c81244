/**
 * Catalogue: cars. `fineCar` is looked at closely: in real millimetres, on y = 0 and looking to +Z: glass band under its own roof, wheel arches,
 * shut lines, lamps, mirrors. `car` is the same one for a crowd.
 */
import { type BufferGeometry, Shape, Vector2 } from 'three';
import { merge, type Place, placed, ring, upTo, type Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import { disc, flat } from './outlines.ts';
import type { Paint } from './paints.ts';
import { box, cube, cyl, lathe } from './solids.ts';
import { bar, loft, tube } from './sweeps.ts';

const sides = [-1, 1] as const;
const coarse = 0.5;
const wheelR = 325;
const axles = [-1330, 1340] as const;

/** Stations of the lower body: along z, half width, underside. */
const PLAN: readonly (readonly [z: number, half: number, low: number])[] = [
  [-2170, 670, 425],
  [-2130, 780, 340],
  [-1900, 864, 265],
  [-1330, 897, 250],
  [0, 902, 245],
  [900, 900, 250],
  [1340, 890, 255],
  [1860, 848, 275],
  [2085, 756, 340],
  [2145, 630, 420],
];
/** A ring of the cabin: height, middle and half of its length, half width. */
type Hoop = readonly [y: number, z: number, halfZ: number, halfX: number];
/** Height of the belt at each station of the plan, the cabin, and where the lamps sit. */
type Body = { belt: readonly number[]; hoops: readonly [Hoop, Hoop, Hoop]; lamps: readonly [front: number, back: number] };
const BODIES = {
  saloon: {
    belt: [800, 890, 950, 985, 962, 940, 900, 800, 715, 640],
    hoops: [
      [900, -370, 1420, 806],
      [1180, -390, 1010, 748],
      [1420, -410, 640, 628],
    ],
    lamps: [630, 760],
  },
  estate: {
    belt: [900, 980, 1010, 1010, 995, 975, 940, 850, 770, 690],
    hoops: [
      [930, -480, 1590, 812],
      [1280, -640, 1270, 752],
      [1600, -790, 980, 656],
    ],
    lamps: [690, 850],
  },
} as const satisfies { readonly [name: string]: Body };
export type CarBody = keyof typeof BODIES;

const half: readonly (readonly [x: number, y: number])[] = [
  [0.8, 0],
  [0.95, 0.07],
  [1, 0.28],
  [0.984, 0.6],
  [1, 0.72],
  [0.97, 0.9],
  [0.9, 0.985],
  [0.5, 1.02],
];
/** The skin of the lower body: its sections, anticlockwise seen from the front, through the points of `line` at the stations `at`. */
const hull = ({ belt }: Body, line: typeof half, at: readonly number[]): BufferGeometry =>
  loft(
    at.map((i): Vec3[] => {
      const [z, w, low] = PLAN[i] ?? [0, 0, 0];
      const point = ([x, y]: readonly [number, number], s: number): Vec3 => [s * x * w, low + y * ((belt[i] ?? 0) - low), z];
      return [...line.map((p) => point(p, 1)), ...line.toReversed().map((p) => point(p, -1))];
    }),
    34,
  );
/** A ring of the cabin, a rectangle with soft corners, grown by `grow`. */
const hoop = ([y, z, lengthZ, lengthX]: Hoop, grow = 0, points = 32): Vec3[] =>
  upTo(points).map((k) => {
    const a = (-k / points) * Math.PI * 2;
    const soft = (v: number): number => Math.sign(v) * Math.abs(v) ** 0.42;
    return [soft(Math.cos(a)) * (lengthX + grow), y, z + soft(Math.sin(a)) * (lengthZ + grow)];
  });
const between = (a: Hoop, b: Hoop, t: number): Hoop => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t, a[3] + (b[3] - a[3]) * t];

const arch = (outer: number, inner: number): BufferGeometry => {
  const line = (r: number, from: number, to: number): Vector2[] =>
    upTo(15).map((i) => new Vector2(r * Math.cos(((from + ((to - from) * i) / 14) * Math.PI) / 180), r * Math.sin(((from + ((to - from) * i) / 14) * Math.PI) / 180)));
  return flat(new Shape([...line(outer, -14, 194), ...line(inner, 194, -14)]));
};

const carWheel = (m: Model, s: number, z: number): void =>
  void m.within({ at: [s * 822, wheelR, z], rot: [0, 0, s * -90] }, () => {
    m.add(
      lathe(
        [
          [wheelR, -90],
          [wheelR, 70],
          [wheelR - 22, 100],
          [226, 104],
          [212, 74],
          [0, 60],
        ],
        22,
      ),
      'rubber',
      { tolerance: coarse },
    );
    m.add(
      ring(5, (a) => placed(cube(54, 20, 168), { at: [Math.sin((a * Math.PI) / 180) * 122, 86, Math.cos((a * Math.PI) / 180) * 122], rot: [0, a, 0] })),
      'steel',
      { tolerance: 1 },
    );
    m.add(
      lathe(
        [
          [226, 102],
          [206, 112],
          [196, 84],
        ],
        22,
      ),
      'steel',
      { tolerance: 1 },
    );
    m.add(cyl(48, 24, { segments: 12 }), 'gun', { at: [0, 94, 0], tolerance: 1 });
  });

/** A car of 4.3 m (about 2,500 triangles): paint of its body, its shape. */
export const fineCar = (m: Model, paint: Paint, place: Place, body: CarBody = 'saloon'): void =>
  void m.within(place, () => {
    const shape: Body = BODIES[body];
    const wide = body === 'estate';
    const [low, middle, top] = shape.hoops;
    const add = (g: BufferGeometry, p: Paint, at: Place = {}, tolerance = coarse): void => void m.add(g, p, { ...at, tolerance });
    add(hull(shape, half, upTo(PLAN.length)), paint, {}, 0.16);
    // glass all round, then the roof over it and the pillars in the car's own paint
    add(loft([hoop(low), hoop(middle, 12), hoop(top)], 70), 'pane', {}, 0.2);
    const eaves = between(middle, top, 0.8);
    const roof = (k: number, up: number): Vec3[] => hoop([top[0] + up, top[1], top[2] * k, top[3] * k]);
    add(loft([hoop(eaves, 10), hoop(between(middle, top, 0.93), 9), roof(1, 12), roof(0.86, 40), roof(0.5, 58)], 60), paint, {}, 0.2);
    const corner = (h: Hoop, s: number, end: number, grow: number): Vec3 => {
      const k = Math.SQRT1_2 ** 0.42;
      return [s * k * (h[3] + grow), h[0], h[1] + end * k * (h[2] + grow)];
    };
    for (const s of sides) {
      for (const end of sides) add(tube(26, [corner(low, s, end, 2), corner(middle, s, end, 8), corner(top, s, end, 0)], { steps: 6, segments: 6 }), paint);
      const door = (h: Hoop, z: number): Vec3 => [s * (h[3] + 6), h[0], z];
      for (const z of wide ? [-420, -1330] : [-420])
        add(tube(24, [door(low, z), [s * (middle[3] + 12), middle[0], z - 20], door(top, z - 40)], { steps: 5, segments: 6 }), 'black');
      add(cube(14, 22, low[2] * 1.5), 'chrome', { at: [s * 812, low[0] + 74, low[1] - 20] });
      for (const z of axles) {
        add(flat(disc(382, 0, 0, 20)), 'black', { at: [s * 906, wheelR + 50, z], rot: [0, s * 90, 0] });
        add(arch(402, 372), 'dark', { at: [s * 909, wheelR + 46, z], rot: [0, s * 90, 0] });
        carWheel(m, s, z);
      }
      add(box(40, 70, 1880, 14), 'dark', { at: [s * 880, 262, 10] });
      // shut lines and handles
      for (const z of [-420, 560]) add(cube(10, 560, 9), 'seam', { at: [s * 898, 640, z] }, 1);
      add(cube(10, 9, 980), 'seam', { at: [s * 898, 356, 70] }, 1);
      for (const z of [-560, 420]) add(box(30, 34, 150, 10), 'dark', { at: [s * 900, 800, z - 60] });
      add(box(120, 110, 150, 34), paint, { at: [s * 960, 1030, 760] });
      add(box(90, 80, 14, 10), 'lens', { at: [s * 962, 1030, 682] });
      add(bar(16, [s * 850, 990, 790], [s * 930, 1020, 770], 6), 'black');
      // lamps
      const [frontY, backY] = shape.lamps;
      add(box(330, 110, 90, 30), 'black', { at: [s * 600, frontY, 2098], rot: [0, s * 30, 0] });
      add(box(290, 76, 90, 24), ['glow', '#FFF6DC'], { at: [s * 606, frontY + 4, 2118], rot: [0, s * 30, 0] });
      add(box(wide ? 120 : 320, wide ? 300 : 100, 80, 24), ['glow', '#E24A3C'], { at: [s * (wide ? 740 : 590), backY, -2132], rot: [0, s * -24, 0] });
    }
    const nose = wide ? 640 : 590;
    add(box(640, 90, 60, 20), 'black', { at: [0, nose, 2128] });
    for (const y of [-20, 20]) add(cube(600, 12, 14), 'chrome', { at: [0, nose + y, 2156] }, 1);
    add(box(1100, 120, 60, 24), 'black', { at: [0, 430, 2112] });
    add(box(1180, 130, 60, 24), 'black', { at: [0, 400, -2140] });
    add(box(440, 110, 20, 8), 'white', { at: [0, 470, 2150] });
    add(box(440, 110, 20, 8), 'yellow', { at: [0, 600, -2176] });
    for (const x of [-330, 180]) add(cube(430, 10, 14), 'black', { at: [x, low[0] + 92, low[1] + low[2] - 70], rot: [0, 0, 5] }, 1);
    add(merge(cube(1500, 9, 9), cube(1240, 9, 9)), 'seam', { at: [0, (wide ? 968 : 930) + 14, 980] }, 1);
    add(box(26, 70, 170, 12), 'dark', { at: [0, top[0] + 76, top[1] - top[2] * 0.72], rot: [-16, 0, 0] });
  });

const crowdLine: typeof half = [
  [0.9, 0],
  [1, 0.28],
  [0.985, 0.6],
  [1, 0.74],
  [0.93, 0.98],
];
const crowdStations = [0, 1, 2, 3, 5, 6, 7, 8, 9];

const rest = (h: Hoop, k: number): [number, number, number] => [h[1], h[2] * k, h[3] * k];

/** The same car for a crowd (about 900 triangles): no shut lines, plain wheels. */
export const car = (m: Model, paint: Paint, place: Place, body: CarBody = 'saloon'): void =>
  void m.within(place, () => {
    const shape: Body = BODIES[body];
    const wide = body === 'estate';
    const [low, middle, top] = shape.hoops;
    const add = (g: BufferGeometry, p: Paint, at: Place = {}): void => void m.add(g, p, { ...at, tolerance: 0.6 });
    const ringOf = (h: Hoop, grow = 0): Vec3[] => hoop(h, grow, 20);
    add(hull(shape, crowdLine, crowdStations), paint);
    add(loft([ringOf(low), ringOf(middle, 12), ringOf(top)], 70, false), 'pane');
    const eaves = between(middle, top, 0.78);
    add(loft([ringOf(eaves, 12), ringOf([top[0] + 10, ...rest(top, 1)]), ringOf([top[0] + 56, ...rest(top, 0.6)])], 60), paint);
    for (const s of sides) {
      for (const end of sides) {
        const k = Math.SQRT1_2 ** 0.42;
        const post = (h: Hoop, grow: number): Vec3 => [s * k * (h[3] + grow), h[0], h[1] + end * k * (h[2] + grow)];
        add(tube(34, [post(low, 2), post(middle, 8), post(top, 0)], { steps: 3, segments: 4, capped: false }), paint);
      }
      add(cube(30, (middle[0] - low[0]) * 2, 70), 'black', { at: [s * (middle[3] + 8), middle[0], -420], rot: [0, 0, s * 20] });
      for (const z of axles) {
        add(flat(disc(386, 0, 0, 14)), 'black', { at: [s * 909, wheelR + 46, z], rot: [0, s * 90, 0] });
        add(
          lathe(
            [
              [wheelR, -60],
              [wheelR, 74],
              [226, 108],
              [0, 108],
            ],
            14,
          ),
          'rubber',
          { at: [s * 822, wheelR, z], rot: [0, 0, s * -90] },
        );
        add(flat(disc(206, 0, 0, 10)), 'steel', { at: [s * 934, wheelR, z], rot: [0, s * 90, 0] });
      }
      add(cube(110, 100, 150), paint, { at: [s * 950, 1020, 760] });
      add(cube(310, 84, 70), ['glow', '#FFF6DC'], { at: [s * 606, shape.lamps[0] + 4, 2112], rot: [0, s * 30, 0] });
      add(cube(wide ? 120 : 320, wide ? 300 : 100, 70), ['glow', '#E24A3C'], { at: [s * (wide ? 740 : 590), shape.lamps[1], -2136], rot: [0, s * -24, 0] });
    }
    add(cube(620, 80, 50), 'black', { at: [0, wide ? 640 : 590, 2134] });
    add(cube(1100, 110, 50), 'black', { at: [0, 430, 2116] });
    add(cube(1180, 120, 50), 'black', { at: [0, 400, -2142] });
    add(cube(440, 110, 16), 'yellow', { at: [0, 600, -2178] });
  });

/** Catalogue: screws, bolts, louvres, handles, cables, rams, antennas. Faces look to +Z, upright parts stand on y = 0. */
import { Matrix4, Quaternion, Vector3 } from 'three';
import { moved, type Place, placed, ring, row, type Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import type { Paint } from './paints.ts';
import { box, cube, cyl, lathe } from './solids.ts';
import { type TubeOptions, tube } from './sweeps.ts';

const boltHead = (r: number) =>
  lathe(
    [
      [r, -r * 0.4],
      [r, r * 0.35],
      [r * 0.7, r * 0.5],
      [0, r * 0.5],
    ],
    6,
    20,
  );

/** `count` hexagon heads on a circle around Y. */
export const bolts = (m: Model, count: number, radius: number, r: number, place: Place, paint: Paint = 'gun'): void =>
  void m.within(
    place,
    () =>
      void m.add(
        ring(count, (a) => placed(boltHead(r), { at: [radius * Math.sin((a * Math.PI) / 180), 0, radius * Math.cos((a * Math.PI) / 180)] })),
        paint,
      ),
  );

/** One screw that looks to +Z. */
export const screw = (m: Model, r: number, place: Place): void => void m.within(place, () => void m.add(placed(boltHead(r), { rot: [90, 0, 0] }), 'gun'));

/** Slanted slats before a black ground. */
export const louvre = (m: Model, w: number, h: number, slats: number, place: Place, paint: Paint = 'shell2', depth = h * 0.06): void =>
  void m.within(place, () => {
    m.add(box(w, h, depth * 0.6, depth * 0.2), 'black');
    m.add(
      row(slats, (_, i) => placed(cube(w * 0.94, (h / slats) * 0.5, depth), { at: [0, -h / 2 + ((i + 0.5) * h) / slats, depth * 0.35], rot: [25, 0, 0] })),
      paint,
    );
  });

/** A cable through all points. */
export const cable = (m: Model, r: number, points: readonly Vec3[], paint: Paint = 'black', options: TubeOptions = {}): void =>
  void m.add(tube(r, points, { segments: 8, ...options }), paint);

/** A whip antenna. */
export const antenna = (m: Model, h: number, place: Place, paint: Paint = 'black', k = 1): void =>
  void m.within(place, () => {
    m.add(
      lathe(
        [
          [0, 0],
          [9 * k, 0],
          [9 * k, 14 * k],
          [6 * k, 18 * k],
          [5 * k, h * 0.5],
          [4 * k, h - 4 * k],
          [2.5 * k, h],
          [0, h],
        ],
        14,
      ),
      paint,
    );
    m.add(cyl(11 * k, 8 * k, { segments: 6 }), 'brass');
  });

/** A hydraulic ram between two pins. `share` is the barrel's part of the length. */
export const ram = (m: Model, from: Vec3, to: Vec3, r: number, share = 0.55): void => {
  const way = new Vector3(...to).sub(new Vector3(...from));
  const length = way.length();
  const matrix = new Matrix4().compose(new Vector3(...from), new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), way.normalize()), new Vector3(1, 1, 1));
  const put = (g: ReturnType<typeof cyl>, y: number, paint: Paint): void => void m.add(moved(placed(g, { at: [0, y, 0] }), matrix), paint);
  put(cyl(r, length * share, { segments: 16 }), (length * share) / 2, 'dark');
  put(cyl(r * 1.12, r * 0.7, { segments: 16 }), length * share - r * 0.3, 'gun');
  put(cyl(r * 0.52, length, { segments: 14 }), length / 2, 'chrome');
  for (const y of [0, length]) put(placed(cyl(r * 1.05, r * 2.2, { segments: 16 }), { rot: [0, 0, 90] }), y, 'gun');
};

/** A mushroom stop button that looks to +Y. */
export const stopButton = (m: Model, r: number, place: Place): void =>
  void m.within(place, () => {
    m.add(cyl(r * 1.35, r * 0.3, { segments: 22 }), 'yellow', { at: [0, r * 0.15, 0] });
    m.add(
      lathe(
        [
          [0, r * 0.25],
          [r * 0.7, r * 0.25],
          [r * 0.7, r * 0.5],
          [r, r * 0.55],
          [r, r * 0.8],
          [r * 0.7, r * 1.05],
          [0, r * 1.1],
        ],
        20,
      ),
      'stop',
    );
  });

/** Yellow and black stripes on a band `w` long that looks to +Z. */
export const hazard = (m: Model, w: number, h: number, count: number, place: Place, depth = h * 0.15): void =>
  void m.within(place, () => {
    for (const odd of [0, 1])
      m.add(
        row(Math.ceil((count - odd) / 2), (_, i) => placed(cube(w / count, h, depth), { at: [-w / 2 + ((i * 2 + odd + 0.5) * w) / count, 0, 0] })),
        odd ? 'black' : 'yellow',
      );
  });

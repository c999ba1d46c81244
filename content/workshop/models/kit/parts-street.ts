/** Catalogue: what stands and rolls in a street: wheels, people, cones, crawler tracks. All stand on y = 0 (a wheel turns about its origin), in real millimetres. */
import { type Place, placed, ring, upTo, type Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import { type Corner, outline, plate } from './outlines.ts';
import type { Paint } from './paints.ts';
import { bolts } from './parts-fixings.ts';
import { box, cube, cyl, lathe, sphere } from './solids.ts';
import { loft, tube } from './sweeps.ts';

const across: Vec3 = [0, -90, 0];
const coarse = 0.6;

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

/** A person of 1.7 m as a plain figure; in a `crowd` with fewer triangles. */
export const person = (m: Model, place: Place, coat: Paint = 'grey', legs: Paint = 'dark', crowd = false): void =>
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
      m.add(crowd ? sphere(54, 8, 6) : sphere(54, 10, 8), 'skin', { at: [s * 262, 846, 80], tolerance: coarse });
    }
    m.add(loft([ringAt(790, 170, 122), ringAt(980, 186, 124), ringAt(1250, 214, 136), ringAt(1400, 212, 118), ringAt(1460, 96, 80)], 80), coat, { tolerance: coarse });
    m.add(cyl(56, 110, { segments: 12 }), 'skin', { at: [0, 1480, 0] });
    m.add(crowd ? sphere(112, 12, 9) : sphere(112, 16, 12), 'skin', { at: [0, 1610, 10], scale: [0.86, 1.12, 1] });
    m.add(placed(crowd ? sphere(118, 12, 6) : sphere(118, 16, 8), { scale: [0.88, 0.86, 1] }), 'dark', { at: [0, 1650, -10] });
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

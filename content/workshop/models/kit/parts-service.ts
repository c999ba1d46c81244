/** Catalogue: what a machine or a building shows at its back: service doors, seams, vents, cable ways, pipes, air-conditioners; solar panels, and screens on a post (these stand on y = 0). All face +Z at the origin of their place. */
import { type Place, placed, row, upTo, type Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import { plate, slab } from './outlines.ts';
import type { Paint } from './paints.ts';
import { louvre } from './parts-fixings.ts';
import { type Sign, screen } from './parts-optics.ts';
import { band, box, cube, cyl } from './solids.ts';
import { tube } from './sweeps.ts';

const sides = [-1, 1] as const;

type DoorOptions = { paint?: Paint; vents?: number; hinge?: -1 | 1 };
/** A door with a shut line, hinges on one side, a lock on the other and slats above and below (`vents` 0 to 2). */
export const serviceDoor = (m: Model, w: number, h: number, place: Place, { paint = 'shell2', vents = 2, hinge = -1 }: DoorOptions = {}): void =>
  void m.within(place, () => {
    const k = Math.min(w, h) / 100;
    m.add(plate(slab(w + 3 * k, h + 3 * k, 4 * k, 3), 1.6 * k, 0.4 * k), 'seam', { at: [0, 0, 0.4 * k], tolerance: 0.4 });
    m.add(plate(slab(w, h, 3 * k, 3), 3 * k, 0.8 * k), paint, { at: [0, 0, 1.2 * k], tolerance: 0.2 });
    for (const s of sides) m.add(cyl(1.8 * k, 9 * k, { segments: 10 }), 'gun', { at: [hinge * (w / 2 + k), s * h * 0.34, 2.4 * k] });
    m.add(box(5 * k, 14 * k, 2.4 * k, 1 * k), 'dark', { at: [-hinge * (w / 2 - 8 * k), 0, 3.4 * k] });
    m.add(cyl(1.5 * k, 1.4 * k, { segments: 10 }), 'chrome', { at: [-hinge * (w / 2 - 8 * k), -3.5 * k, 4.8 * k], rot: [90, 0, 0] });
    for (const i of upTo(vents)) louvre(m, w * 0.56, Math.min(h * 0.14, 18 * k), 4, { at: [0, (i ? 1 : -1) * h * 0.34, 2.6 * k] }, 'grey', 1.6 * k);
  });

/** Upright and level shut lines that divide a wall of `w` by `h` into panels. */
export const seams = (m: Model, w: number, h: number, columns: number, rows: number, place: Place, lineMm = w * 0.006): void =>
  void m.within(place, () => {
    for (const i of upTo(columns - 1)) m.add(cube(lineMm, h, 3), 'seam', { at: [-w / 2 + ((i + 1) * w) / columns, 0, 1], tolerance: 1 });
    for (const i of upTo(rows - 1)) m.add(cube(w, lineMm, 3), 'seam', { at: [0, -h / 2 + ((i + 1) * h) / rows, 1], tolerance: 1 });
  });

/** A pipe or cable way along a wall with clips on the points between its ends. */
export const conduit = (m: Model, r: number, points: readonly Vec3[], place: Place, paint: Paint = 'grey'): void =>
  void m.within(place, () => {
    m.add(tube(r, points, { steps: (points.length - 1) * 4, segments: 8 }), paint, { tolerance: 0.3 });
    for (const at of points.slice(1, -1)) m.add(box(r * 4, r * 1.1, r * 2.4, r * 0.2), 'gun', { at, tolerance: 0.6 });
  });

/** A roller shutter that is down, of `w` by `h`, its foot at y = 0; the roll's case sits above it. */
export const shutter = (m: Model, w: number, h: number, place: Place, slats: readonly [Paint, Paint] = ['#BFC5CB', 'shell2']): void =>
  void m.within(place, () => {
    m.add(box(w, h, 40, 10), 'gun', { at: [0, h / 2 + 10, 8] });
    for (const i of upTo(Math.floor((h - 90) / 90))) m.add(cube(w - 110, 74, 26), slats[(i % 2) as 0 | 1], { at: [0, 70 + i * 90, 28], tolerance: 0.6 });
    m.add(box(w + 50, 190, 130, 24), 'shell2', { at: [0, h + 60, 60] });
    m.add(box(220, 40, 40, 10), 'dark', { at: [0, 70, 50] });
  });

/** The outdoor part of an air-conditioner of about `w` on two brackets: fan behind rings, a pipe that drops. */
export const airConditioner = (m: Model, w: number, place: Place): void =>
  void m.within(place, () => {
    const [h, d] = [w * 0.7, w * 0.36];
    m.add(box(w, h, d, w * 0.03), 'shell2', { at: [0, 0, d / 2 + w * 0.05] });
    m.add(placed(cyl(h * 0.38, w * 0.02, { segments: 24 }), { rot: [90, 0, 0] }), 'black', { at: [-w * 0.14, 0, d + w * 0.05] });
    for (const r of [0.16, 0.28, 0.4])
      m.add(placed(band(h * r, h * r - w * 0.014, w * 0.02, { segments: 22 }), { rot: [90, 0, 0] }), 'grey', { at: [-w * 0.14, 0, d + w * 0.064], tolerance: 0.6 });
    for (const a of [0, 90]) m.add(cube(h * 0.78, w * 0.016, w * 0.014), 'grey', { at: [-w * 0.14, 0, d + w * 0.07], rot: [0, 0, a], tolerance: 1 });
    m.add(
      row(5, (t) => placed(cube(w * 0.16, h * 0.06, w * 0.01), { at: [w * 0.36, (t - 0.5) * h * 0.6, d + w * 0.05] })),
      'seam',
      { tolerance: 1 },
    );
    for (const s of sides) m.add(cube(w * 0.05, w * 0.05, d + w * 0.1), 'gun', { at: [s * w * 0.36, -h / 2 - w * 0.025, d / 2 + w * 0.04] });
  });

/** A framed solar panel of `w` by `h`: cells between thin lines. */
export const solarPanel = (m: Model, w: number, h: number, place: Place): void =>
  void m.within(place, () => {
    const [columns, rows, line] = [Math.max(2, Math.round(w / 180)), Math.max(2, Math.round(h / 180)), Math.min(w, h) * 0.012];
    m.add(plate(slab(w, h, 20), 26, 6), 'gun', { tolerance: 0.3 });
    m.add(plate(slab(w - 4 * line, h - 4 * line, 12), 8, 2), 'solar', { at: [0, 0, 12], tolerance: 0.3 });
    for (const i of upTo(columns - 1)) m.add(cube(line, h - 4 * line, 4), 'grey', { at: [-w / 2 + ((i + 1) * w) / columns, 0, 15], tolerance: 1 });
    for (const i of upTo(rows - 1)) m.add(cube(w - 4 * line, line, 4), 'grey', { at: [0, -h / 2 + ((i + 1) * h) / rows, 15], tolerance: 1 });
  });

/** A lit screen of `w` by `h` in its white housing on a post of `postMm`, leaning back a little; at its back a door, slats and the cable down to the foot. */
export const standingScreen = (m: Model, { w, h, postMm }: { w: number; h: number; postMm: number }, list: readonly Sign[], place: Place, stepMm?: number): void =>
  void m.within(place, () => {
    m.add(box(w * 0.72, 60, h * 0.64, 24), 'gun', { at: [0, 30, 0] });
    for (const x of sides) for (const z of sides) m.add(cyl(20, 14, { segments: 6, bevel: 3 }), 'chrome', { at: [x * w * 0.3, 64, z * h * 0.25], tolerance: 1 });
    m.add(box(170, postMm, 130, 40, 2), 'shell2', { at: [0, 50 + postMm / 2, -20] });
    m.add(band(130, 96, 60, { segments: 24 }), 'accent', { at: [0, 110, -20], tolerance: 0.3 });
    m.within({ at: [0, postMm + h * 0.45, 30], rot: [-8, 0, 0] }, () => {
      m.add(box(w + 110, h + 110, 80, 40, 2), 'shell');
      m.add(box(w + 120, h + 120, 26, 12), 'accent', { at: [0, 0, -16] });
      screen(m, w, h, list, { at: [0, 0, 38] }, { thick: 14, bezel: 14, ...(stepMm === undefined ? {} : { stepMm }) });
      serviceDoor(m, w * 0.72, h * 0.6, { at: [0, h * 0.08, -40], rot: [0, 180, 0] });
    });
    m.add(
      tube(
        16,
        [
          [60, postMm + h * 0.16, -70],
          [70, postMm - 40, -100],
          [56, postMm * 0.5, -92],
          [70, 90, -96],
          [110, 60, -150],
        ],
        { steps: 20, segments: 7 },
      ),
      'black',
      { tolerance: 0.5 },
    );
  });

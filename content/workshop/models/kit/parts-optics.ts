/** Catalogue: what looks, shines and shows. All face +Z at the origin of their place. Screens carry icons only, never text. */
import type { BufferGeometry } from 'three';
import { type Place, placed, ring, type Vec2 } from './mesh.ts';
import type { Model } from './model.ts';
import { type Corner, disc, flat, outline, pierced, slab } from './outlines.ts';
import type { Paint } from './paints.ts';
import { band, box, cyl, dome, lathe, torus } from './solids.ts';

const forward: Place = { rot: [90, 0, 0] };
const turned = (g: BufferGeometry, z = 0): BufferGeometry => placed(placed(g, forward), { at: [0, 0, z] });

/** Dark ring, black dome, one small blue inner ring. */
export const lens = (m: Model, r: number, place: Place, rim: Paint = 'dark'): void =>
  void m.within(place, () => {
    const bezel: Vec2[] = [
      [r, -r * 0.3],
      [r * 1.25, -r * 0.3],
      [r * 1.25, r * 0.35],
      [r * 1.1, r * 0.45],
      [r * 0.95, r * 0.2],
      [r * 0.9, -0.2 * r],
    ];
    m.add(turned(lathe(bezel, 24, 40)), rim);
    m.add(turned(dome(r * 0.93, 0.42, 20, 5), -r * 0.12), 'lens');
    m.add(
      turned(
        lathe(
          [
            [r * 0.5, r * 0.27],
            [r * 0.34, r * 0.33],
          ],
          20,
        ),
      ),
      'iris',
    );
  });

/** A lamp in a dark collar. */
export const led = (m: Model, r: number, paint: Paint, place: Place): void =>
  void m.within(place, () => {
    m.add(turned(band(r * 1.35, r, r * 0.5, { segments: 16 })), 'dark');
    m.add(turned(dome(r, 0.5, 14, 3)), paint);
  });

/** What a screen shows, in mm from its middle: bars, discs, rings, polygons. */
export type Sign =
  | { bar: readonly [x: number, y: number, w: number, h: number]; paint: string; round?: number }
  | { disc: readonly [x: number, y: number, r: number]; paint: string }
  | { ring: readonly [x: number, y: number, outer: number, inner: number]; paint: string }
  | { shape: readonly Corner[]; at?: Vec2; paint: string; round?: number };

const signShape = (sign: Sign): BufferGeometry => {
  if ('bar' in sign) return placed(flat(slab(sign.bar[2], sign.bar[3], Math.min(sign.bar[2], sign.bar[3]) * (sign.round ?? 0.2), 3)), { at: [sign.bar[0], sign.bar[1], 0] });
  if ('disc' in sign) return placed(flat(disc(sign.disc[2])), { at: [sign.disc[0], sign.disc[1], 0] });
  if ('ring' in sign) return placed(flat(pierced(disc(sign.ring[2], 0, 0, 28), disc(sign.ring[3], 0, 0, 28))), { at: [sign.ring[0], sign.ring[1], 0] });
  return placed(flat(outline(sign.shape, sign.round ?? 0, 3)), { at: [sign.at?.[0] ?? 0, sign.at?.[1] ?? 0, 0] });
};

/** Signs that glow on any face; each stands a hair (`stepMm`) before the last, so nothing flickers. */
export const signs = (m: Model, list: readonly Sign[], place: Place, stepMm = 0.3): void =>
  void m.within(place, () => list.forEach((sign, i) => void m.add(placed(signShape(sign), { at: [0, 0, stepMm * (i + 1)] }), ['glow', sign.paint])));

type ScreenOptions = { thick?: number; bezel?: number; frame?: Paint; back?: Paint; stepMm?: number };
/** A framed screen; `back` paints the panel (a glow colour reads as lit). */
export const screen = (m: Model, w: number, h: number, list: readonly Sign[], place: Place, options: ScreenOptions = {}): void => {
  const { thick = 14, bezel = 8, frame = 'black', back = 'screen', stepMm = Math.max(w, h) * 0.0012 } = options;
  m.within(place, () => {
    m.add(box(w + 2 * bezel, h + 2 * bezel, thick, Math.min(bezel * 0.8, thick * 0.3)), frame);
    m.add(placed(flat(slab(w, h, Math.min(w, h) * 0.04)), { at: [0, 0, thick / 2 + stepMm] }), back);
    signs(m, list, { at: [0, 0, thick / 2 + stepMm] }, stepMm);
  });
};

/** A searchlight or headlamp: dark pot, bright front. */
export const lamp = (m: Model, r: number, depth: number, place: Place, paint: Paint = 'warm', pot: Paint = 'dark'): void =>
  void m.within(place, () => {
    m.add(
      turned(
        lathe(
          [
            [0, -depth],
            [r * 0.55, -depth],
            [r * 0.8, -depth * 0.75],
            [r, -r * 0.1],
            [r * 1.12, 0],
            [r * 1.12, r * 0.22],
            [r * 0.98, r * 0.22],
            [r * 0.92, 0],
            [0, 0],
          ],
          22,
        ),
      ),
      pot,
    );
    m.add(turned(cyl(r * 0.94, r * 0.12, { segments: 22 }), r * 0.06), paint);
  });

/** A round loudspeaker grille. */
export const grille = (m: Model, r: number, rings: number, place: Place): void =>
  void m.within(place, () => {
    m.add(turned(cyl(r, r * 0.1, { segments: 28 })), 'black');
    for (let i = 0; i < rings; i++) m.add(placed(torus((r * (i + 0.7)) / rings, r * 0.028 + r * 0.01, 24, 5), { at: [0, 0, r * 0.06] }), 'grey');
  });

/** A spinning laser scanner, upright: base, dark window, cap. */
export const lidar = (m: Model, r: number, h: number, place: Place): void =>
  void m.within(place, () => {
    m.add(
      lathe(
        [
          [0, 0],
          [r * 1.02, 0],
          [r * 1.05, h * 0.04],
          [r * 1.05, h * 0.24],
          [r * 0.98, h * 0.28],
          [0, h * 0.28],
        ],
        32,
      ),
      'dark',
    );
    m.add(
      lathe(
        [
          [r * 0.96, h * 0.26],
          [r * 0.96, h * 0.76],
        ],
        32,
      ),
      'lens',
    );
    m.add(
      lathe(
        [
          [r * 0.9, h * 0.74],
          [r * 1.05, h * 0.78],
          [r * 1.05, h * 0.92],
          [r * 0.96, h],
          [r * 0.4, h],
          [r * 0.38, h * 0.96],
          [0, h * 0.96],
        ],
        32,
      ),
      'steel',
    );
    m.add(band(r * 1.065, r * 1.03, h * 0.05, { segments: 32, bevel: 0.2 }), 'accentGlow', { at: [0, h * 0.85, 0] });
  });

/** A lifebuoy sign, flat, for rescue: never a cross, which is protected. */
export const lifebuoy = (m: Model, r: number, place: Place): void =>
  void m.within(place, () => {
    m.add(flat(pierced(disc(r, 0, 0, 36), disc(r * 0.54, 0, 0, 28))), 'accent');
    const wedge = placed(flat(slab(r * 0.34, r * 0.47, r * 0.04)), { rot: [90, 0, 0], at: [0, 0, r * 0.77] });
    m.add(
      placed(
        ring(4, (a) => placed(wedge, { rot: [0, a, 0] }), 45),
        { rot: [-90, 0, 0], at: [0, 0, r * 0.012] },
      ),
      'white',
    );
  });

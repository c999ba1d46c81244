/** Catalogue: what an exhibit stands on. Both end at y = 0 on the ground; `standTop` is where the exhibit begins. */
import type { Model } from './model.ts';
import { band, box, lathe } from './solids.ts';

/** Height of the upper face of both stands, in mm. */
export const standTop = 120;

/** A round white stand of radius `r` with a ring in the accent. */
export const roundStand = (m: Model, r: number): void => {
  m.add(
    lathe(
      [
        [0, 0],
        [r - 24, 0],
        [r, 24],
        [r - 12, 72],
        [r - 90, standTop],
        [0, standTop],
      ],
      64,
    ),
    'shell',
  );
  m.add(band(r + 4, r - 24, 30, { segments: 64 }), 'accent', { at: [0, 44, 0] });
};

/** A rectangular stand: dark foot, white slab, a line in the accent. */
export const slabStand = (m: Model, w: number, d: number): void => {
  m.add(box(w - 90, 40, d - 90, 12), 'dark', { at: [0, 20, 0] });
  m.add(box(w, 84, d, 26, 2), 'shell', { at: [0, 78, 0] });
  m.add(box(w + 6, 16, d + 6, 6), 'accent', { at: [0, 56, 0] });
};

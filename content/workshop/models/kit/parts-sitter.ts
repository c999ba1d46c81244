/** Catalogue: someone who sits and holds something, looked at closely: clothes, skin and hair each one soft skin. In real millimetres, looking to +Z. */
import { type Lump, skin } from './blobs.ts';
import { type Place, placed, upTo, type Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import { plate, slab } from './outlines.ts';
import type { Paint } from './paints.ts';
import { sphere, torus } from './solids.ts';

const sides = [-1, 1] as const;
const cloth = { cellMm: 25, melt: 44 } as const;
const fine = { cellMm: 12, melt: 18 } as const;

export type Clothes = { top: Paint; legs: Paint; shoes: Paint; hair: Paint };

/** A head on its neck, from the collar up; `turnTo` is how it looks: down and to the left, in degrees. */
const head = (m: Model, hair: Paint, turnTo: readonly [number, number], place: Place): void =>
  void m.within(place, () => {
    m.add(skin([{ at: [0, -70, -8], to: [0, 60, 0], r: 56, r2: 50 }], { cellMm: 18, melt: 10 }), 'skin', { tolerance: 0.3 });
    m.within({ at: [0, 40, 0], rot: [turnTo[0], turnTo[1], 0] }, () => {
      const face: Lump[] = [
        { at: [0, 96, 4], r: [88, 112, 100] },
        { at: [0, 46, 30], r: [64, 66, 66] },
        { at: [0, 84, 104], r: [13, 24, 18] },
        ...sides.map((s): Lump => ({ at: [s * 88, 82, 2], r: [12, 30, 20] })),
      ];
      m.add(skin(face, { cellMm: 15, melt: 22 }), 'skin', { tolerance: 0.2 });
      const crown: Lump[] = [
        { at: [0, 122, -10], r: [101, 100, 108] },
        { at: [0, 80, -48], r: [92, 104, 70] },
      ];
      m.add(skin(crown, { cellMm: 17, melt: 26, cut: (_, y, z) => (z + 14) * 0.9 - (y - 96) * 1.1 }), hair, { tolerance: 0.2 });
      for (const s of sides) m.add(sphere(8, 10, 8), 'black', { at: [s * 34, 100, 94], scale: [1, 1.25, 0.7], tolerance: 1 });
    });
  });

/** A hand that lies flat, its palm to -Y, fingers to +Z. */
const flatHand = (place: Place): ReturnType<typeof skin> =>
  placed(
    skin(
      [
        { at: [0, 0, 0], r: [42, 20, 56] },
        ...upTo(4).map((i): Lump => ({ at: [-30 + i * 20, 2, 34], to: [-33 + i * 22, -8, 94 - Math.abs(i - 1.4) * 9], r: 12, r2: 9 })),
        { at: [-34, -2, -8], to: [-62, -8, 40], r: 13, r2: 10 },
      ],
      fine,
    ),
    place,
  );

/** Sits on a seat of height `seatY` with feet on `floorY`; the left hand rests on the knee, the right arm ends at `elbow`, from its own frame. */
export const sitter = (m: Model, { seatY, floorY, elbow }: { seatY: number; floorY: number; elbow: Vec3 }, { top, legs, shoes, hair }: Clothes, place: Place): void =>
  void m.within(place, () => {
    const y = (up: number): number => seatY + up;
    const trousers: Lump[] = [{ at: [0, y(74), 8], r: [172, 100, 134] }];
    for (const s of sides)
      trousers.push({ at: [s * 92, y(78), 30], to: [s * 138, y(40), 392], r: 92, r2: 68 }, { at: [s * 138, y(40), 392], to: [s * 142, floorY + 108, 384], r: 68, r2: 50 });
    m.add(skin(trousers, cloth), legs, { tolerance: 0.14 });
    const rest: Vec3 = [206, y(142), 258];
    const shirt: Lump[] = [
      { at: [0, y(392), 0], r: [178, 168, 114] },
      { at: [0, y(196), 8], r: [160, 180, 114] },
      { at: [-142, y(474), -6], to: [142, y(474), -6], r: 66, r2: 66 },
      { at: [176, y(470), -6], to: [272, y(236), 72], r: 64, r2: 51 },
      { at: [272, y(236), 72], to: rest, r: 51, r2: 42 },
      { at: [-176, y(470), -6], to: elbow, r: 64, r2: 53 },
    ];
    m.add(skin(shirt, cloth), top, { tolerance: 0.12 });
    m.add(placed(torus(66, 13, 26, 8), { rot: [78, 0, 0], scale: [1, 0.9, 1] }), 'shell', { at: [0, y(537), -6], tolerance: 0.5 });
    m.add(placed(torus(40, 9, 20, 7), { rot: [0, -34, 0] }), 'shell', { at: rest, rot: [34, 0, 0], tolerance: 0.5 });
    m.add(skin([{ at: rest, to: [168, y(140), 350], r: 35, r2: 28 }], fine), 'skin', { tolerance: 0.3 });
    m.add(flatHand({ at: [162, y(136), 388], rot: [12, -16, 0] }), 'skin', { tolerance: 0.3 });
    head(m, hair, [8, 20], { at: [0, y(572), -6] });
    for (const s of sides) {
      const shoe: Lump[] = [
        { at: [s * 144, floorY + 28, 448], r: [46, 38, 104] },
        { at: [s * 142, floorY + 48, 392], r: [43, 56, 58] },
      ];
      m.add(skin(shoe, { cellMm: 17, melt: 24, cut: (_, up) => floorY + 13 - up }), shoes, { tolerance: 0.3 });
      m.add(placed(plate(slab(98, 224, 46, 6), 16, 4), { rot: [-90, 0, 0] }), 'dark', { at: [s * 143, floorY + 8, 440], tolerance: 0.3 });
    }
  });

/** The right forearm from its elbow at the origin to +X: sleeve, and a hand that closes around what is held at `grip`. */
export const forearm = (m: Model, grip: Vec3, top: Paint): void => {
  const [x, y, z] = grip;
  const wrist: Vec3 = [x - 98, y - 2, z + 12];
  const cuff: Vec3 = [wrist[0] * 0.62, wrist[1] * 0.62, wrist[2] * 0.62];
  m.add(skin([{ at: [0, 0, 0], to: cuff, r: 53, r2: 43 }], cloth), top, { tolerance: 0.2 });
  m.add(placed(torus(41, 9, 20, 7), { rot: [0, 52, 0] }), 'shell', { at: cuff, tolerance: 0.5 });
  m.add(
    skin(
      [
        { at: cuff, to: wrist, r: 35, r2: 29 },
        { at: [x - 78, y - 2, z + 22], r: [34, 46, 26] },
        ...upTo(4).map((i): Lump => ({ at: [x - 68, y + 32 - i * 21, z + 42], to: [x + 8 - (i === 3 ? 16 : 0), y + 30 - i * 20, z + 40], r: 13, r2: 10 })),
        { at: [x - 74, y + 34, z + 22], to: [x - 4, y + 61, z + 4], r: 14, r2: 11 },
      ],
      fine,
    ),
    'skin',
    { tolerance: 0.3 },
  );
};

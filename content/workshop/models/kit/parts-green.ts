/** Catalogue: trees and shrubs, each crown one skin in two or three greens. They stand on y = 0, in real millimetres. */
import { type Lump, skin } from './blobs.ts';
import { cosD, type Place, sinD, upTo, type Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import type { Paint } from './paints.ts';

const coarse = 0.3;

/** Lumps of leaves that flow into one another; `cell` is how fine the skin is, in mm. */
export const foliage = (m: Model, paint: Paint, cell: number, eggs: readonly (readonly [at: Vec3, r: number])[]): void => {
  const wave = (x: number, y: number, z: number): number =>
    cell * (0.34 * Math.sin(x / cell + y / (cell * 1.4)) * Math.sin(y / (cell * 0.9) + z / (cell * 1.5)) + 0.24 * Math.sin(z / (cell * 0.75) - x / (cell * 1.6)));
  m.add(
    skin(
      eggs.map(([at, r]): Lump => ({ at, r: [r, r * 0.76, r] })),
      { cellMm: cell, melt: cell * 1.6, wave },
    ),
    paint,
    { tolerance: coarse },
  );
};

/** A street tree of `height`: trunk and boughs as one skin, a crown of three greens; `seedTurn` turns it so that two trees differ. `cells` is how fine: cells over its height. */
export const tree = (m: Model, height: number, place: Place, seedTurn = 0, cells = 26): void =>
  void m.within({ ...place, rot: [0, seedTurn, 0] }, () => {
    const h = height;
    const cell = h / cells;
    const around = (i: number, n: number, r: number, y: number): Vec3 => [h * r * sinD((i * 360) / n + seedTurn), h * y, h * r * cosD((i * 360) / n + seedTurn)];
    const boughs = upTo(4).map((i): Lump => ({ at: [0, h * 0.36, 0], to: around(i, 4, 0.17, 0.58), r: h * 0.024, r2: h * 0.013 }));
    const foot: Lump = { at: [0, 0, 0], to: [0, h * 0.09, 0], r: h * 0.046, r2: h * 0.026 };
    const trunk: Lump = { at: [0, 0, 0], to: [h * 0.004, h * 0.46, 0], r: h * 0.031, r2: h * 0.024 };
    m.add(skin([foot, trunk, ...boughs], { cellMm: h * (cells > 20 ? 0.021 : 0.03), melt: h * 0.03, cut: (_, y) => -y }), 'bark', { tolerance: coarse });
    foliage(
      m,
      '#5C9459',
      cell,
      upTo(4).map((i) => [around(i, 4, 0.18, 0.59 + (i % 2) * 0.02), h * 0.145]),
    );
    foliage(
      m,
      '#6FA968',
      cell,
      upTo(4).map((i) => [around(i + 0.5, 4, 0.125, 0.72 + (i % 2) * 0.015), h * (0.135 - (i % 2) * 0.01)]),
    );
    foliage(m, '#86BC76', cell, [
      [[h * 0.01, h * 0.845, h * 0.01], h * 0.14],
      [[-h * 0.06, h * 0.79, h * 0.1], h * 0.09],
      [[h * 0.1, h * 0.8, -h * 0.03], h * 0.09],
    ]);
  });

/** A row of `count` shrubs that fills a bed of `w` by `d`. */
export const shrubs = (m: Model, w: number, d: number, count: number, place: Place): void =>
  void m.within(place, () => {
    const r = Math.min(d * 0.5, (w / count) * 0.7);
    const row = upTo(count).map((i): readonly [Vec3, number] => [
      [-w / 2 + r * 0.8 + (i * (w - r * 1.6)) / Math.max(1, count - 1), r * (0.25 + ((i * 3) % 4) * 0.06), d * 0.1 * ((i % 3) - 1)],
      r * (0.86 + ((i * 5) % 3) * 0.14),
    ]);
    foliage(
      m,
      '#5C9459',
      r * 0.36,
      row.filter((_, i) => i % 2 === 0),
    );
    foliage(
      m,
      '#79B36E',
      r * 0.36,
      row.filter((_, i) => i % 2 === 1),
    );
  });

/** Knitting as one closed cloth over any surface: rows of Vs whose legs meet without gaps, and ribbing. Millimetres. */
import type { BufferGeometry, Vector3 } from 'three';
import { merge, smooth, soup, upTo, type Vec3 } from './mesh.ts';
import { loft } from './sweeps.ts';

/** A place of the cloth: `turn` 0 to 1 around it to the right, `up` in mm from its lower edge. */
export type Cloth = (turn: number, up: number) => Vector3;
/** `colour` names the yarn of a stitch, null leaves a hole. */
type KnitOptions = { columns: number; rows: number; rowMm: number; liftMm: number; colour: (column: number, row: number) => string | null };

/** The cloth's outward direction, felt by small steps. */
const outward = (cloth: Cloth, turn: number, up: number): Vector3 => {
  const [across, along] = [cloth(turn + 0.004, up).sub(cloth(turn - 0.004, up)), cloth(turn, up + 2).sub(cloth(turn, up - 2))];
  return across.cross(along).normalize();
};

/** The stitches by colour of yarn: each leg is a parallelogram with a soft ridge, and its rim is its neighbours' rim. */
export const knitted = (cloth: Cloth, { columns, rows, rowMm, liftMm, colour }: KnitOptions): Map<string, BufferGeometry> => {
  const out = new Map<string, BufferGeometry[]>();
  const at = (turn: number, up: number, lift: number): Vec3 =>
    cloth(turn, up)
      .addScaledVector(outward(cloth, turn, up), lift)
      .toArray() as [number, number, number];
  const slant = rowMm * 0.62;
  for (const row of upTo(rows))
    for (const column of upTo(columns)) {
      const yarn = colour(column, row);
      if (yarn === null) continue;
      const list = out.get(yarn) ?? [];
      out.set(yarn, list);
      for (const side of [-1, 1]) {
        const [middle, rim, low] = [(column + 0.5) / columns, (column + 0.5 + side / 2) / columns, row * rowMm];
        const corners = [at(rim, low + slant, 0), at(middle, low, 0), at(middle, low + rowMm, 0), at(rim, low + slant + rowMm, 0)] as const;
        const ridge = (t: number, lift: number): Vec3 => at(middle + (rim - middle) * t, low + (rowMm + slant) * t, lift);
        const [p, q] = [ridge(0.3, liftMm), ridge(0.7, liftMm * 0.9)];
        const [rimLow, middleLow, middleHigh, rimHigh] = corners;
        const faces =
          side < 0
            ? [rimLow, middleLow, p, middleLow, middleHigh, p, middleHigh, q, p, middleHigh, rimHigh, q, rimHigh, rimLow, q, rimLow, p, q]
            : [middleLow, rimLow, p, rimLow, q, p, rimLow, rimHigh, q, rimHigh, middleHigh, q, middleHigh, p, q, middleHigh, middleLow, p];
        list.push(smooth(soup(faces.flatMap((v) => [...v])), 85));
      }
    }
  return new Map([...out].map(([yarn, list]) => [yarn, merge(...list)]));
};

/** A band of `ribs` upright ribs around a cloth between two heights; it closes at both rims by turning in. */
export const ribbing = (cloth: Cloth, ribs: number, [low, high]: readonly [number, number], liftMm: number): BufferGeometry => {
  const crest = [0, 0.8, 1, 0.8];
  const ringAt = (up: number, grow: number, wave: number): Vec3[] =>
    upTo(ribs * 4).map((k) => {
      const turn = k / (ribs * 4);
      const lift = grow + wave * (crest[k % 4] ?? 0);
      return cloth(turn, up)
        .addScaledVector(outward(cloth, turn, up), lift)
        .toArray() as [number, number, number];
    });
  const [quarter, bulge] = [(high - low) / 4, liftMm * 0.8];
  return loft(
    [
      ringAt(low + liftMm, -liftMm, 0),
      ringAt(low, bulge * 0.4, liftMm * 0.6),
      ringAt(low + quarter, bulge, liftMm),
      ringAt(high - quarter, bulge, liftMm),
      ringAt(high, bulge * 0.3, liftMm * 0.6),
      ringAt(high - liftMm, -liftMm, 0),
    ],
    50,
    false,
  );
};

/**
 * Splits triangles where the shade needs it: an edge is cut at its middle only if the shade there differs from the linear guess, or if
 * it is very long. The decision is made by edge, so neighbours agree and no cracks open. Then drops what lies wholly inside other solids.
 */
import { num } from '../kit/mesh.ts';
import { buried, type Field } from './field.ts';

export type Point = { x: number; y: number; z: number; nx: number; ny: number; nz: number; sky: number };
export type Triangle = readonly [Point, Point, Point];
export type Fineness = { tolerance: number; edgeMm: number; longMm: number };

const levelsMax = 4;
const between = (a: Point, b: Point): Point => {
  const [nx, ny, nz] = [a.nx + b.nx, a.ny + b.ny, a.nz + b.nz];
  const length = Math.hypot(nx, ny, nz) || 1;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, z: (a.z + b.z) / 2, nx: nx / length, ny: ny / length, nz: nz / length, sky: 1 };
};
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);

/** Every corner with its share of the sky; without a field all is open. */
export const trianglesOf = (positions: ArrayLike<number>, normals: ArrayLike<number>, field: Field | null): Triangle[] => {
  const corner = (i: number): Point => {
    const p = { x: num(positions, i), y: num(positions, i + 1), z: num(positions, i + 2), nx: num(normals, i), ny: num(normals, i + 1), nz: num(normals, i + 2), sky: 1 };
    if (field) p.sky = field.sky(p.x, p.y, p.z, p.nx, p.ny, p.nz);
    return p;
  };
  const out: Triangle[] = [];
  for (let i = 0; i < positions.length; i += 9) out.push([corner(i), corner(i + 3), corner(i + 6)]);
  return out;
};

const cut = (a: Point, b: Point, field: Field, fine: Fineness): Point | null => {
  const length = distance(a, b);
  if (length < fine.edgeMm * 2) return null;
  const middle = between(a, b);
  middle.sky = field.sky(middle.x, middle.y, middle.z, middle.nx, middle.ny, middle.nz);
  const unknown = [a, b, middle].filter((p) => p.sky === buried).length;
  if (unknown === 3) return length > fine.edgeMm * 6 ? middle : null;
  if (unknown > 0) return length > fine.edgeMm * 4 ? middle : null;
  return Math.abs(middle.sky - (a.sky + b.sky) / 2) > fine.tolerance || length > fine.longMm ? middle : null;
};

const split = ([a, b, c]: Triangle, ab: Point | null, bc: Point | null, ca: Point | null): Triangle[] => {
  if (ab && bc && ca)
    return [
      [a, ab, ca],
      [ab, b, bc],
      [ca, bc, c],
      [ab, bc, ca],
    ];
  if (!ab && !bc && !ca) return [[a, b, c]];
  if (!ab && (bc || ca)) return split([b, c, a], bc, ca, ab);
  if (ab && !bc && !ca)
    return [
      [a, ab, c],
      [ab, b, c],
    ];
  if (ab && bc)
    return distance(a, bc) < distance(ab, c)
      ? [
          [ab, b, bc],
          [a, ab, bc],
          [a, bc, c],
        ]
      : [
          [ab, b, bc],
          [a, ab, c],
          [ab, bc, c],
        ];
  return split([c, a, b], ca, ab, bc);
};

/** The same surface, finer where the shade bends. */
export const refined = (triangles: readonly Triangle[], field: Field, fine: Fineness): readonly Triangle[] => {
  let current = triangles;
  for (let level = 0; level < levelsMax; level++) {
    const next: Triangle[] = [];
    for (const t of current) next.push(...split(t, cut(t[0], t[1], field, fine), cut(t[1], t[2], field, fine), cut(t[2], t[0], field, fine)));
    if (next.length === current.length) break;
    current = next;
  }
  return current;
};

/** Buried at its corners, its centre and (if it is not small) the middles of its edges. One open probe keeps it. */
export const isHidden = ([a, b, c]: Triangle, field: Field, fine: Fineness): boolean => {
  if (a.sky !== buried || b.sky !== buried || c.sky !== buried) return false;
  const inside = (x: number, y: number, z: number): boolean => field.sky(x, y, z, a.nx, a.ny, a.nz) === buried;
  if (!inside((a.x + b.x + c.x) / 3, (a.y + b.y + c.y) / 3, (a.z + b.z + c.z) / 3)) return false;
  if (Math.max(distance(a, b), distance(a, c)) < fine.edgeMm * 1.2) return true;
  return [between(a, b), between(b, c), between(c, a)].every((p) => inside(p.x, p.y, p.z));
};

/** A triangle without area after all rounding. */
export const isSliver = ([a, b, c]: Triangle, leastMm2: number): boolean => {
  const [ux, uy, uz, vx, vy, vz] = [b.x - a.x, b.y - a.y, b.z - a.z, c.x - a.x, c.y - a.y, c.z - a.z];
  return Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) < leastMm2;
};

/**
 * The ground floor of the modelling kit: triangle soups. Every solid of the kit is a BufferGeometry without index that holds position
 * and normal and nothing else. Units millimetres, Y up, front +Z, angles in degrees (turned in the order Y, X, Z).
 */
import { BufferGeometry, Euler, Float32BufferAttribute, MathUtils, Matrix4, Quaternion, Vector3 } from 'three';

export type Vec3 = readonly [number, number, number];
export type Vec2 = readonly [number, number];
/** Where a part stands: `at` in mm, `rot` in degrees, `scale` a factor or one a axis (a negative one mirrors). */
export type Place = { at?: Vec3; rot?: Vec3; scale?: number | Vec3 };

export const radians = MathUtils.DEG2RAD;
/** `count` numbers from 0. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** The n-th number of a list that is known to be long enough. */
export const num = (list: ArrayLike<number>, i: number): number => list[i] as number;
export const sinD = (degrees: number): number => Math.sin(degrees * radians);
export const cosD = (degrees: number): number => Math.cos(degrees * radians);

/** The rotation of a `rot` triple. */
export const turn = (rot: Vec3): Quaternion => new Quaternion().setFromEuler(new Euler(rot[0] * radians, rot[1] * radians, rot[2] * radians, 'YXZ'));

/** The matrix of a place. */
export const matrixOf = ({ at = [0, 0, 0], rot = [0, 0, 0], scale = 1 }: Place): Matrix4 => {
  const s: Vec3 = typeof scale === 'number' ? [scale, scale, scale] : scale;
  return new Matrix4().compose(new Vector3(...at), turn(rot), new Vector3(...s));
};

/** A soup from flat numbers; normals are made when none are given. */
export const soup = (positions: ArrayLike<number>, normals?: ArrayLike<number>): BufferGeometry => {
  const g = new BufferGeometry();
  g.setAttribute('position', new Float32BufferAttribute(Float32Array.from(positions), 3));
  if (normals) g.setAttribute('normal', new Float32BufferAttribute(Float32Array.from(normals), 3));
  return g;
};

export const numbersOf = (g: BufferGeometry, name: 'position' | 'normal'): ArrayLike<number> => g.getAttribute(name).array;

/** Without index, groups or attributes other than position and normal. */
export const plain = (g: BufferGeometry): BufferGeometry => {
  const flat = g.index ? g.toNonIndexed() : g;
  for (const name of Object.keys(flat.attributes)) if (name !== 'position' && name !== 'normal') flat.deleteAttribute(name);
  flat.clearGroups();
  return flat;
};

/** Drops triangles without area (poles of a lathe, ends of a sweep). */
export const withoutSlivers = (source: BufferGeometry): BufferGeometry => {
  const p = numbersOf(plain(source), 'position');
  const kept: number[] = [];
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
  for (let i = 0; i < p.length; i += 9) {
    a.fromArray(p, i);
    b.fromArray(p, i + 3).sub(a);
    c.fromArray(p, i + 6).sub(a);
    if (b.cross(c).lengthSq() > 1e-10) for (let k = 0; k < 9; k++) kept.push(num(p, i + k));
  }
  return soup(kept);
};

const weldMm = 0.01;
/**
 * Area-weighted normals: faces that meet at less than `creaseDegrees` share one. So a bevel of one segment reads as round while large
 * faces stay flat.
 */
export const smooth = (source: BufferGeometry, creaseDegrees = 40): BufferGeometry => {
  const g = plain(source);
  const p = numbersOf(g, 'position');
  const corners = p.length / 3;
  const faces: { sum: Vector3; unit: Vector3 }[] = [];
  const around = new Map<string, number[]>();
  const keys: string[] = [];
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
  for (let f = 0; f * 9 < p.length; f++) {
    a.fromArray(p, f * 9);
    const sum = b
      .fromArray(p, f * 9 + 3)
      .sub(a)
      .cross(c.fromArray(p, f * 9 + 6).sub(a))
      .clone();
    faces.push({ sum, unit: sum.clone().normalize() });
    for (let k = 0; k < 3; k++) {
      const at = f * 9 + k * 3;
      const key = `${Math.round(num(p, at) / weldMm)},${Math.round(num(p, at + 1) / weldMm)},${Math.round(num(p, at + 2) / weldMm)}`;
      keys.push(key);
      const list = around.get(key);
      if (list) list.push(f);
      else around.set(key, [f]);
    }
  }
  const limit = Math.cos(creaseDegrees * radians);
  const normals = new Float32Array(p.length);
  const v = new Vector3();
  for (let i = 0; i < corners; i++) {
    const own = faces[Math.floor(i / 3)];
    if (!own) continue;
    v.set(0, 0, 0);
    for (const f of around.get(keys[i] ?? '') ?? []) {
      const other = faces[f];
      if (other && other.unit.dot(own.unit) > limit) v.add(other.sum);
    }
    if (v.lengthSq() < 1e-12) v.copy(own.unit);
    v.normalize().toArray(normals, i * 3);
  }
  g.setAttribute('normal', new Float32BufferAttribute(normals, 3));
  return g;
};

/** Several soups as one; soups without normals get smooth ones. */
export const merge = (...parts: readonly BufferGeometry[]): BufferGeometry => {
  const positions: number[] = [];
  const normals: number[] = [];
  for (const part of parts) {
    const g = part.getAttribute('normal') ? plain(part) : smooth(part);
    const [p, n] = [numbersOf(g, 'position'), numbersOf(g, 'normal')];
    for (let i = 0; i < p.length; i++) {
      positions.push(num(p, i));
      normals.push(num(n, i));
    }
  }
  return soup(positions, normals);
};

const turnedOver = (g: BufferGeometry): void => {
  for (const name of ['position', 'normal'] as const) {
    const list = g.getAttribute(name).array;
    for (let i = 0; i < list.length; i += 9)
      for (let k = 0; k < 3; k++) {
        const kept = num(list, i + 3 + k);
        list[i + 3 + k] = num(list, i + 6 + k);
        list[i + 6 + k] = kept;
      }
  }
};

/** A moved copy; a mirroring matrix keeps the outside outside. */
export const moved = (g: BufferGeometry, matrix: Matrix4): BufferGeometry => {
  const copy = plain(g.clone());
  if (!copy.getAttribute('normal')) smooth(copy);
  copy.applyMatrix4(matrix);
  if (matrix.determinant() < 0) turnedOver(copy);
  return copy;
};

/** A copy at a place. */
export const placed = (g: BufferGeometry, place: Place): BufferGeometry => moved(g, matrixOf(place));

/** The same solid `count` times around the Y axis; `make` gets the angle in degrees. */
export const ring = (count: number, make: (degrees: number, i: number) => BufferGeometry, from = 0): BufferGeometry =>
  merge(...upTo(count).map((i) => make(from + (i * 360) / count, i)));

/** The same solid `count` times in a row; `make` gets 0 to 1. */
export const row = (count: number, make: (t: number, i: number) => BufferGeometry): BufferGeometry => merge(...upTo(count).map((i) => make(count > 1 ? i / (count - 1) : 0.5, i)));

/** Bends every corner by a function of its place (taper, flare); normals are made anew. */
export const bent = (g: BufferGeometry, bend: (p: Vec3) => Vec3, creaseDegrees = 48): BufferGeometry => {
  const p = numbersOf(plain(g), 'position');
  const out: number[] = [];
  for (let i = 0; i < p.length; i += 3) out.push(...bend([num(p, i), num(p, i + 1), num(p, i + 2)]));
  return smooth(soup(out), creaseDegrees);
};

/** Tumblehome: x and z shrink linearly from 1 at `y0` to `kx`, `kz` at `y1`. */
export const taper = (g: BufferGeometry, y0: number, y1: number, kx: number, kz = 1): BufferGeometry =>
  bent(g, ([x, y, z]) => {
    const t = Math.max(0, (y - y0) / (y1 - y0));
    return [x * (1 + (kx - 1) * t), y, z * (1 + (kz - 1) * t)];
  });

type Corner6 = readonly [number, number, number, number, number, number];
const mixed = (a: Corner6, b: Corner6, t: number): Corner6 => a.map((v, i) => v + (num(b, i) - v) * t) as unknown as Corner6;
/** The two parts of a convex polygon on either side of a plane. */
const parted = (polygon: readonly Corner6[], axis: 0 | 1 | 2, at: number): readonly Corner6[][] => {
  const [below, above]: [Corner6[], Corner6[]] = [[], []];
  for (const [i, a] of polygon.entries()) {
    const b = polygon[(i + 1) % polygon.length] as Corner6;
    const [da, db] = [a[axis] - at, b[axis] - at];
    if (da <= weldMm) below.push(a);
    if (da >= -weldMm) above.push(a);
    if (Math.abs(da) > weldMm && Math.abs(db) > weldMm && da < 0 !== db < 0) {
      const middle = mixed(a, b, da / (da - db));
      below.push(middle);
      above.push(middle);
    }
  }
  return [below, above].filter((part) => part.length > 2);
};

/**
 * The same solid, its faces cut by a grid of `stepMm` (0 leaves an axis alone). Large plates want it: a cap cut like a fan takes shade in
 * streaks, one cut like a chessboard takes it softly.
 */
export const gridded = (source: BufferGeometry, stepMm: Vec3): BufferGeometry => {
  const g = source.getAttribute('normal') ? plain(source) : smooth(source);
  const [p, n] = [numbersOf(g, 'position'), numbersOf(g, 'normal')];
  const corner = (i: number): Corner6 => [num(p, i), num(p, i + 1), num(p, i + 2), num(n, i), num(n, i + 1), num(n, i + 2)];
  let polygons: readonly (readonly Corner6[])[] = upTo(p.length / 9).map((i) => [corner(i * 9), corner(i * 9 + 3), corner(i * 9 + 6)]);
  for (const axis of [0, 1, 2] as const) {
    const step = stepMm[axis];
    if (step <= 0) continue;
    polygons = polygons.flatMap((polygon) => {
      const along = polygon.map((c) => c[axis]);
      let [rest, done]: [readonly Corner6[], (readonly Corner6[])[]] = [polygon, []];
      for (let k = Math.ceil(Math.min(...along) / step); k * step < Math.max(...along) - weldMm; k++) {
        const [below, above] = parted(rest, axis, k * step);
        if (!below || !above) continue;
        done = [...done, below];
        rest = above;
      }
      return [...done, rest];
    });
  }
  const fans = polygons.flatMap((polygon) => upTo(polygon.length - 2).map((k) => [polygon[0], polygon[k + 1], polygon[k + 2]] as [Corner6, Corner6, Corner6]));
  return soup(
    fans.flatMap((t) => t.flatMap((c) => c.slice(0, 3))),
    fans.flatMap((t) => t.flatMap((c) => c.slice(3))),
  );
};

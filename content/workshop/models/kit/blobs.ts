/**
 * Solids that flow into one another: rounded lumps and limbs as one skin without seams (bones, crowns of trees). The field is met on a
 * grid by naive surface nets, so the same lumps always give the same triangles. Millimetres.
 */
import type { BufferGeometry } from 'three';
import { smooth, soup, upTo, type Vec3 } from './mesh.ts';

/** An egg of half axes `r` at `at`, or a limb of radius `r` from `at` to `to`, there of radius `r2`. */
export type Lump = { at: Vec3; r: Vec3 } | { at: Vec3; to: Vec3; r: number; r2: number };
/** `melt` is how far from a joint the skin is filled; `wave` moves the skin out (mm) at a place, where `cut` is above 0 nothing stays. */
type SkinOptions = { cellMm: number; melt: number; wave?: (x: number, y: number, z: number) => number; cut?: (x: number, y: number, z: number) => number };

const hypot = (x: number, y: number, z: number): number => Math.sqrt(x * x + y * y + z * z);
/** Signed distance to one lump (an estimate for eggs), negative inside. */
const away = (lump: Lump, x: number, y: number, z: number): number => {
  const [px, py, pz] = [x - lump.at[0], y - lump.at[1], z - lump.at[2]];
  if (!('to' in lump)) {
    const [a, b, c] = lump.r;
    const near = hypot(px / a, py / b, pz / c);
    const steep = hypot(px / a ** 2, py / b ** 2, pz / c ** 2);
    return steep < 1e-9 ? -Math.min(a, b, c) : (near * (near - 1)) / steep;
  }
  const [dx, dy, dz] = [lump.to[0] - lump.at[0], lump.to[1] - lump.at[1], lump.to[2] - lump.at[2]];
  const t = Math.max(0, Math.min(1, (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz)));
  return hypot(px - dx * t, py - dy * t, pz - dz * t) - (lump.r + (lump.r2 - lump.r) * t);
};

const boxOf = (lumps: readonly Lump[], margin: number): { low: number[]; high: number[] } => {
  const [low, high] = [
    [1e9, 1e9, 1e9],
    [-1e9, -1e9, -1e9],
  ];
  for (const lump of lumps)
    for (const k of [0, 1, 2] as const) {
      const ends = 'to' in lump ? [lump.at[k] - lump.r, lump.at[k] + lump.r, lump.to[k] - lump.r2, lump.to[k] + lump.r2] : [lump.at[k] - lump.r[k], lump.at[k] + lump.r[k]];
      low[k] = Math.min(low[k] as number, ...ends.map((e) => e - margin));
      high[k] = Math.max(high[k] as number, ...ends.map((e) => e + margin));
    }
  return { low, high };
};

/** One skin around all lumps. */
export const skin = (lumps: readonly Lump[], { cellMm, melt, wave, cut }: SkinOptions): BufferGeometry => {
  const { low, high } = boxOf(lumps, cellMm * 2 + melt / 4);
  const [lx, ly, lz] = low as [number, number, number];
  const [nx, ny, nz] = [0, 1, 2].map((k) => Math.ceil(((high[k] as number) - (low[k] as number)) / cellMm) + 1) as [number, number, number];
  const index = (i: number, j: number, k: number): number => (k * ny + j) * nx + i;
  const field = new Float64Array(nx * ny * nz);
  for (const k of upTo(nz))
    for (const j of upTo(ny))
      for (const i of upTo(nx)) {
        const [x, y, z] = [lx + i * cellMm, ly + j * cellMm, lz + k * cellMm];
        let d = 1e9;
        for (const lump of lumps) {
          const other = away(lump, x, y, z);
          const h = Math.max(melt - Math.abs(d - other), 0) / melt;
          d = Math.min(d, other) - (h * h * melt) / 4;
        }
        field[index(i, j, k)] = Math.max(d - (wave?.(x, y, z) ?? 0), cut?.(x, y, z) ?? -1e9);
      }
  const value = (i: number, j: number, k: number): number => field[index(i, j, k)] as number;
  const corners = upTo(8).map((c) => [c & 1, (c >> 1) & 1, c >> 2] as const);
  const points = new Map<number, Vec3>();
  /** The middle of all places where the skin crosses an edge of the cell. */
  const pointOf = (i: number, j: number, k: number): Vec3 => {
    const key = index(i, j, k);
    const known = points.get(key);
    if (known) return known;
    const sum: [number, number, number] = [0, 0, 0];
    let count = 0;
    for (const a of corners)
      for (const b of corners) {
        if (b[0] + b[1] + b[2] !== a[0] + a[1] + a[2] + 1 || b[0] < a[0] || b[1] < a[1] || b[2] < a[2]) continue;
        const [va, vb] = [value(i + a[0], j + a[1], k + a[2]), value(i + b[0], j + b[1], k + b[2])];
        if (va < 0 === vb < 0) continue;
        const t = va / (va - vb);
        sum[0] += a[0] + (b[0] - a[0]) * t;
        sum[1] += a[1] + (b[1] - a[1]) * t;
        sum[2] += a[2] + (b[2] - a[2]) * t;
        count++;
      }
    const point: Vec3 = [lx + (i + sum[0] / count) * cellMm, ly + (j + sum[1] / count) * cellMm, lz + (k + sum[2] / count) * cellMm];
    points.set(key, point);
    return point;
  };
  const out: number[] = [];
  const quad = (q: readonly Vec3[], over: boolean): void => {
    const [a, b, c, d] = (over ? q.toReversed() : q) as [Vec3, Vec3, Vec3, Vec3];
    out.push(...a, ...b, ...c, ...a, ...c, ...d);
  };
  for (let k = 1; k < nz - 1; k++)
    for (let j = 1; j < ny - 1; j++)
      for (let i = 1; i < nx - 1; i++) {
        const here = value(i, j, k) < 0;
        if (here !== value(i + 1, j, k) < 0) quad([pointOf(i, j - 1, k - 1), pointOf(i, j, k - 1), pointOf(i, j, k), pointOf(i, j - 1, k)], !here);
        if (here !== value(i, j + 1, k) < 0) quad([pointOf(i - 1, j, k - 1), pointOf(i - 1, j, k), pointOf(i, j, k), pointOf(i, j, k - 1)], !here);
        if (here !== value(i, j, k + 1) < 0) quad([pointOf(i - 1, j - 1, k), pointOf(i, j - 1, k), pointOf(i, j, k), pointOf(i - 1, j, k)], !here);
      }
  return smooth(soup(out), 80);
};

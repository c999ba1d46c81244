/**
 * Gives every project its stand. On a terrace any number up to 28 spreads evenly over two rows, the front one first; quays hold six,
 * the pavilion four. What comes after that takes turns on the last stand: it is shown there only while it is the focus.
 */
import { AREAS, type Area } from '../../shared/areas.ts';
import type { HillHead, RowPoint } from './hill-file.ts';

export const terraceStandsMax = 28;
const oneRowMax = 9;
const pitchMaxMetres = 4.4;
const scaleMax = 1;
const scaleMin = 0.74;
/** a plinth of scale 1 is this wide with its foot */
const footMetres = 1.86;
const waterScale = 0.76;

export type Placed = { id: string; area: Area; place: 'terrace' | 'quay' | 'pavilion'; quay?: number };
export type Stand = {
  project: string;
  area: Area;
  x: number;
  y: number;
  z: number;
  yaw: number;
  scale: number /** terrace 1 to 6, 0 on the water */;
  code: number /** shown only while it is the focus */;
  guest: boolean;
};
export type Spot = { x: number; z: number; yaw: number };

const lengthsOf = (row: readonly RowPoint[]): number[] => {
  const out = [0];
  for (let k = 1; k < row.length; k++) {
    const a = row[k - 1] as RowPoint;
    const b = row[k] as RowPoint;
    out.push((out[k - 1] ?? 0) + Math.hypot(b[0] - a[0], b[1] - a[1]));
  }
  return out;
};

const along = (row: readonly RowPoint[], lengths: readonly number[], at: number): Spot => {
  let k = 0;
  while (k < row.length - 2 && (lengths[k + 1] ?? 0) < at) k++;
  const a = row[k] as RowPoint;
  const b = row[k + 1] as RowPoint;
  const span = (lengths[k + 1] ?? 0) - (lengths[k] ?? 0);
  const t = span > 0 ? Math.max(0, Math.min(1, (at - (lengths[k] ?? 0)) / span)) : 0;
  return { x: a[0] + (b[0] - a[0]) * t, z: a[1] + (b[1] - a[1]) * t, yaw: a[2] + (b[2] - a[2]) * t };
};

/** How far along a row the point lies that is as far from `a` as from `b`. */
const evenly = (row: readonly RowPoint[], lengths: readonly number[], a: Spot, b: Spot): number => {
  let low = 0;
  let high = lengths.at(-1) ?? 0;
  for (let k = 0; k < 24; k++) {
    const middle = (low + high) / 2;
    const p = along(row, lengths, middle);
    if (Math.hypot(p.x - a.x, p.z - a.z) < Math.hypot(p.x - b.x, p.z - b.z)) low = middle;
    else high = middle;
  }
  return low;
};

/** Where `n` plinths (1 to 28) stand on a terrace's two rows, from left to right. */
export const spread = (rows: readonly (readonly RowPoint[])[], n: number): Spot[] => {
  const front = rows[0] ?? [];
  const back = rows[1] ?? front;
  const lf = lengthsOf(front);
  const lb = lengthsOf(back);
  const frontLength = lf.at(-1) ?? 0;
  const backLength = lb.at(-1) ?? 0;
  if (n <= oneRowMax) {
    const pitch = Math.min(frontLength / n, pitchMaxMetres);
    return Array.from({ length: n }, (_, k) => along(front, lf, frontLength / 2 + (k - (n - 1) / 2) * pitch));
  }
  const inFront = Math.ceil(n / 2);
  const even = n % 2 === 0;
  const ahead = Array.from({ length: inFront }, (_, k) => along(front, lf, (frontLength * (k + (even ? 0.25 : 0.5))) / inFront));
  return Array.from({ length: n }, (_, k) => {
    const own = ahead[Math.floor(k / 2)] as Spot;
    if (k % 2 === 0) return own;
    const next = ahead[Math.floor(k / 2) + 1];
    return next ? along(back, lb, evenly(back, lb, own, next)) : along(back, lb, (backLength * (inFront - 0.25)) / inFront);
  });
};

/** The smallest distance between two of the spots. */
export const nearest = (spots: readonly Spot[]): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < spots.length; i++) {
    for (let j = i + 1; j < spots.length; j++) {
      const [a, b] = [spots[i] as Spot, spots[j] as Spot];
      best = Math.min(best, Math.hypot(a.x - b.x, a.z - b.z));
    }
  }
  return best;
};

const onTerrace = (head: HillHead, area: Area, list: readonly Placed[]): Stand[] => {
  const level = AREAS.indexOf(area);
  const terrace = head.areas[level];
  if (!terrace || list.length === 0) return [];
  const n = Math.min(terraceStandsMax, list.length);
  const spots = spread(terrace.rows, n);
  const scale = Math.max(scaleMin, Math.min(scaleMax, (nearest(spots) * 0.97) / footMetres));
  return list.map((p, k) => ({ project: p.id, area, ...(spots[Math.min(k, n - 1)] as Spot), y: terrace.deckY, scale, code: level + 1, guest: k >= n }));
};

const onFixed = (fixed: HillHead['pavilion'], list: readonly Placed[]): Stand[] => {
  const n = Math.min(fixed.length, list.length);
  return list.map((p, k) => {
    // few things stand in the middle of what there is
    const slot = Math.floor(((Math.min(k, n - 1) + 0.5) * fixed.length) / n);
    const [x, y, z, yaw] = fixed[Math.min(slot, fixed.length - 1)] as HillHead['pavilion'][number];
    return { project: p.id, area: p.area, x, y, z, yaw, scale: waterScale, code: 0, guest: k >= n };
  });
};

/** A stand for every project: terraces bottom to top, then quays, then the pavilion; within each in the order given. */
export const standsFor = (head: HillHead, projects: readonly Placed[]): Stand[] => {
  const last = head.quays.length - 1;
  const on = (p: Placed, quay: number): boolean => p.place === 'quay' && Math.max(0, Math.min(p.quay ?? 0, last)) === quay;
  return [
    ...AREAS.flatMap((area) =>
      onTerrace(
        head,
        area,
        projects.filter((p) => p.place === 'terrace' && p.area === area),
      ),
    ),
    ...head.quays.flatMap((quay, q) =>
      onFixed(
        quay,
        projects.filter((p) => on(p, q)),
      ),
    ),
    ...onFixed(
      head.pavilion,
      projects.filter((p) => p.place === 'pavilion'),
    ),
  ];
};

/**
 * The ground plan of the hill: terrace edges as superellipses with a slight wobble (a contour line, not a cake), one plan for each
 * orientation. x to the right, y up, z to the viewer. Everything that stands on a terrace is placed from these curves, never by
 * absolute depth.
 */
import { AREAS } from '../../shared/areas.ts';
import type { Vec2, Vec3 } from './hill-vec.ts';

export type Orientation = 'portrait' | 'landscape';
export const ORIENTATIONS: readonly Orientation[] = ['portrait', 'landscape'];
export const terraceCount = AREAS.length;

export type Plan = {
  orientation: Orientation;
  halfWidth: number;
  halfWidthStep: number;
  halfDepth: number;
  halfDepthStep: number;
  rise: number;
  exponent: number;
  centreZ: number;
  footY: number;
  quayY: number;
  promenade: number;
  pierX: number;
  pierLength: number;
  /** x of each wall's stair, bottom to top */
  stairs: readonly number[];
};

export const PLANS: Record<Orientation, Plan> = {
  portrait: {
    orientation: 'portrait',
    halfWidth: 25,
    halfWidthStep: 2.05,
    halfDepth: 36,
    halfDepthStep: 5.2,
    rise: 2.8,
    exponent: 2.6,
    centreZ: -12,
    footY: 3.2,
    quayY: 1,
    promenade: 5,
    pierX: -5,
    pierLength: 9,
    stairs: [-4.2, 3.4, -3.2, 2.9, -2.6, 2.3],
  },
  landscape: {
    orientation: 'landscape',
    halfWidth: 36,
    halfWidthStep: 2.75,
    halfDepth: 33,
    halfDepthStep: 5.0,
    rise: 2.5,
    exponent: 2.5,
    centreZ: -12,
    footY: 3.2,
    quayY: 1,
    promenade: 5.6,
    pierX: -8,
    pierLength: 8.6,
    stairs: [-7, 5.4, -5.2, 4.6, -4.2, 3.6],
  },
};

export const deckY = (plan: Plan, i: number): number => plan.footY + plan.rise * i;
export const topY = (plan: Plan): number => deckY(plan, terraceCount - 1);

/** The outer edge of terrace `i` at parameter `phi` (0 right, PI/2 to the viewer, PI left), as x and z. */
export const edge = (plan: Plan, i: number, phi: number): Vec2 => {
  const c = Math.cos(phi);
  const s = Math.sin(phi);
  const wobble = 1 + (0.016 * Math.sin(6.2 * phi + i * 0.9) + 0.012 * Math.sin(5 * phi + 2 * i)) * (1 - 0.05 * i);
  const power = 2 / plan.exponent;
  const a = (plan.halfWidth - plan.halfWidthStep * i) * wobble;
  const b = (plan.halfDepth - plan.halfDepthStep * i) * wobble;
  return [a * Math.sign(c) * Math.abs(c) ** power, plan.centreZ + b * Math.sign(s) * Math.abs(s) ** power];
};

/** A point on terrace `i`: u = 0 on its edge, 1 at the foot of the next wall. */
export const spot = (plan: Plan, i: number, phi: number, u: number): Vec2 => {
  const a = edge(plan, i, phi);
  const b = edge(plan, i + 1, phi);
  return [a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u];
};

/** The yaw whose +z faces out of the hill. */
export const yawAt = (plan: Plan, i: number, phi: number, u: number): number => {
  const a = spot(plan, i, phi - 0.01, u);
  const b = spot(plan, i, phi + 0.01, u);
  return Math.atan2(-(a[1] - b[1]), a[0] - b[0]);
};
export const outward = (yaw: number): Vec2 => [Math.sin(yaw), Math.cos(yaw)];

/** A point in front of wall `i` at distance `d` from terrace `i`'s edge. */
export const before = (plan: Plan, i: number, phi: number, d: number): Vec2 => {
  const e = edge(plan, i, phi);
  const o = outward(yawAt(plan, i, phi, 0));
  return [e[0] + o[0] * d, e[1] + o[1] * d];
};

export type Rail = { length: number; phiAt(l: number): number };
const railSteps = 400;
/** Terrace `i` at depth `u` from phi `from` to `to`, measured along the curve. */
export const railAlong = (plan: Plan, i: number, u: number, from: number, to: number): Rail => {
  const phis: number[] = [];
  const lengths: number[] = [];
  let length = 0;
  let last: Vec2 | null = null;
  for (let k = 0; k <= railSteps; k++) {
    const phi = from + ((to - from) * k) / railSteps;
    const p = spot(plan, i, phi, u);
    if (last) length += Math.hypot(p[0] - last[0], p[1] - last[1]);
    phis.push(phi);
    lengths.push(length);
    last = p;
  }
  const phiAt = (l: number): number => {
    let k = 0;
    while (k < railSteps - 1 && (lengths[k + 1] ?? 0) < l) k++;
    const l0 = lengths[k] ?? 0;
    const l1 = lengths[k + 1] ?? l0;
    const t = l1 > l0 ? Math.max(0, Math.min(1, (l - l0) / (l1 - l0))) : 0;
    return (phis[k] ?? to) + ((phis[k + 1] ?? to) - (phis[k] ?? to)) * t;
  };
  return { length, phiAt };
};

/** phi on the front of terrace `i` where depth `u` crosses `x`. */
export const phiAtX = (plan: Plan, i: number, x: number, u: number): number => {
  let lo = 0.02;
  let hi = Math.PI - 0.02;
  for (let k = 0; k < 50; k++) {
    const m = (lo + hi) / 2;
    if (spot(plan, i, m, u)[0] > x) lo = m;
    else hi = m;
  }
  return (lo + hi) / 2;
};

/** where on the front plinths may stand: left and right limit in phi, wider on the short upper terraces */
export const plinthLimits = (i: number, row: 0 | 1): readonly [number, number] => {
  const reach = 0.72 + 0.022 * i + (row ? 0.012 : 0);
  return [Math.PI * reach, Math.PI * (1 - reach)];
};
export const plinthRows: readonly [front: number, back: number] = [0.24, 0.58];

const rowPoints = 48;
/** The two rows of a terrace as polylines of [x, z, yaw], left to right, for the runtime to place any number of plinths on. */
export const rowsOf = (plan: Plan, i: number): [number, number, number][][] =>
  plinthRows.map((u, row) => {
    const [from, to] = plinthLimits(i, row === 0 ? 0 : 1);
    const rail = railAlong(plan, i, u, from, to);
    return Array.from({ length: rowPoints + 1 }, (_, k) => {
      const phi = rail.phiAt((rail.length * k) / rowPoints);
      const p = spot(plan, i, phi, u);
      return [p[0], p[1], yawAt(plan, i, phi, u)];
    });
  });

/** The edge of a terrace as a closed polygon, for the runtime to tell which terrace a tap meets. */
export const outlineOf = (plan: Plan, i: number): Vec2[] => Array.from({ length: 40 }, (_, k) => edge(plan, i, (k / 40) * Math.PI * 2));

export const frontZ = (plan: Plan): number => edge(plan, 0, Math.PI / 2)[1];
export const at3 = (p: Vec2, y: number): Vec3 => [p[0], y, p[1]];

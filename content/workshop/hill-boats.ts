/** The green ferry and the red-sailed junk: the only red accent of the picture. Their windows are decor, never counted. */

import type { Paint } from './hill-palette.ts';
import { WARM } from './hill-palette.ts';
import { frontZ } from './hill-plan.ts';
import { addHalo, addLamp, type Site } from './hill-site.ts';
import { linear, scale, type Vec3 } from './hill-vec.ts';

type Frame = (lx: number, ly: number, lz: number) => Vec3;
const frameOf = (x: number, z: number, yaw: number, s: number): Frame => {
  const c = Math.cos(yaw);
  const n = Math.sin(yaw);
  return (lx, ly, lz) => [x + (lx * c + lz * n) * s, ly * s, z + (-lx * n + lz * c) * s];
};

export const addFerry = (site: Site, x: number, z: number, yaw: number, s: number): void => {
  const { mesh } = site;
  const f = frameOf(x, z, yaw, s);
  const ringOf = (length: number, width: number, y: number): Vec3[] =>
    Array.from({ length: 12 }, (_, k) => {
      const a = (k / 12) * Math.PI * 2;
      return f(Math.sign(Math.cos(a)) * Math.abs(Math.cos(a)) ** 0.7 * length, y, Math.sign(Math.sin(a)) * Math.abs(Math.sin(a)) ** 0.6 * width);
    });
  const layer = (y0: number, y1: number, l0: number, l1: number, w0: number, w1: number, paint: Paint, lid = true): void => {
    const a = ringOf(l0, w0, y0);
    const b = ringOf(l1, w1, y1);
    for (let k = 0; k < 12; k++) mesh.quad(a[(k + 1) % 12] as Vec3, a[k] as Vec3, b[k] as Vec3, b[(k + 1) % 12] as Vec3, paint);
    if (lid) for (let k = 1; k < 11; k++) mesh.tri(b[0] as Vec3, b[k + 1] as Vec3, b[k] as Vec3, paint);
  };
  layer(-0.3, 0.55, 2.5, 2.9, 0.85, 1.0, 'boatG', false);
  layer(0.55, 0.72, 2.95, 2.95, 1.05, 1.05, 'boatW');
  layer(0.72, 1.3, 2.4, 2.4, 0.86, 0.86, 'boatW', false);
  layer(1.3, 1.42, 2.75, 2.75, 1, 1, 'boatG');
  layer(1.42, 1.95, 2.1, 2.1, 0.75, 0.75, 'boatW', false);
  layer(1.95, 2.07, 2.35, 2.35, 0.9, 0.9, 'boatG');
  mesh.tube(f(0, 2.07, 0), 0.26 * s, 0.24 * s, 0.7 * s, 8, 'boatF');
  for (const e of [-1, 1]) mesh.box(f(e * 1.4, 2.07, 0), [0.7 * s, 0.4 * s, 0.7 * s], yaw, 'boatW');
  for (const [y, length, width, n] of [
    [1.02, 2, 0.88, 9],
    [1.7, 1.7, 0.77, 8],
  ] as const) {
    for (let k = 0; k < n; k++) site.panes.push({ at: f(((k - (n - 1) / 2) / n) * 2 * length, y, width), yaw, width: 0.3 * s, height: 0.3 * s, counted: false, code: 0 });
  }
  addHalo(site, f(0, 1.2, 1.2), 6 * s, [1, 0.78, 0.45], 0.28);
  addLamp(site, f(0, 1.2, 1.2), WARM, 0.5, 3, false);
};

export const addJunk = (site: Site, x: number, z: number, yaw: number, s: number): void => {
  const { mesh } = site;
  const f = frameOf(x, z, yaw, s);
  const hull = [
    [-1.9, 0.95, 0.45],
    [-1.2, 0.6, 0.6],
    [0, 0.45, 0.65],
    [1.1, 0.55, 0.5],
    [1.9, 0.85, 0.1],
  ] as const;
  for (let k = 0; k < 4; k++) {
    const [x0, h0, w0] = hull[k] as (typeof hull)[number];
    const [x1, h1, w1] = hull[k + 1] as (typeof hull)[number];
    for (const side of [1, -1]) {
      const a = f(x0, -0.2, side * w0 * 0.6);
      const b = f(x1, -0.2, side * w1 * 0.6);
      const c = f(x1, h1, side * w1);
      const d = f(x0, h0, side * w0);
      if (side > 0) mesh.quad(a, b, c, d, 'junk');
      else mesh.quad(b, a, d, c, 'junk');
    }
    mesh.quad(f(x0, h0 - 0.12, w0 * 0.95), f(x1, h1 - 0.12, w1 * 0.95), f(x1, h1 - 0.12, -w1 * 0.95), f(x0, h0 - 0.12, -w0 * 0.95), 'trunk');
  }
  const sailGlow = { glow: { night: scale(linear('#FF6A48'), 0.42), day: null } };
  for (const [mast, high, wide] of [
    [0.9, 2.3, 0.75],
    [-0.25, 3.2, 1.05],
    [-1.4, 2.1, 0.6],
  ] as const) {
    mesh.tube(f(mast, 0.3, 0), 0.05 * s, 0.04 * s, (high + 0.3) * s, 4, 'trunk', { open: true });
    const battens = 5;
    const width = (t: number): number => wide * (1 - 0.55 * t * t);
    const y = (t: number): number => 0.75 + (high - 0.55) * t + 0.25 * t;
    for (let k = 0; k < battens; k++) {
      const t0 = k / battens;
      const t1 = (k + 1) / battens;
      mesh.quad(
        f(mast - width(t0) * 0.9, y(t0), 0.1),
        f(mast + width(t0) * 0.75, y(t0) + 0.05, 0.1),
        f(mast + width(t1) * 0.75, y(t1) + 0.22, 0.22),
        f(mast - width(t1) * 0.9, y(t1), 0.22),
        k % 2 ? 'sail' : 'sailB',
        sailGlow,
      );
    }
  }
  addLamp(site, f(0, 1.1, 0.9), WARM, 0.8, 3, false);
  addHalo(site, f(0, 1.1, 0.9), 4 * s, [1, 0.6, 0.35], 0.3);
};

/** A small sampan with a lantern. */
const addSampan = (site: Site, x: number, z: number, yaw: number): void => {
  const f = frameOf(x, z, yaw, 1);
  site.mesh.box(f(0, -0.1, 0), [1.9, 0.42, 0.62], yaw, 'junk', { top: 'trunk' });
  site.mesh.box(f(-0.1, 0.32, 0), [0.9, 0.42, 0.6], yaw, 'awningB', { taper: 0.75 });
  addHalo(site, f(0.62, 0.6, 0.2), 1.8, [1, 0.7, 0.38], 0.55);
  addLamp(site, f(0.62, 0.7, 0.3), WARM, 0.6, 2.4, false);
};

export const buildBoats = (site: Site): void => {
  const z = frontZ(site.plan);
  if (site.plan.orientation === 'landscape') {
    addFerry(site, -31, z + 9.8, 0.12, 1.25);
    addJunk(site, 31, z + 8.4, -0.25, 1.5);
    addJunk(site, -56, 2, 0.3, 0.85);
    addFerry(site, 55, 6, -0.1, 0.85);
    addSampan(site, 24.5, z + 11.5, 0.25);
    addSampan(site, -22, z + 11.2, -0.3);
    addSampan(site, 49, 14, 0.2);
  } else {
    addFerry(site, -18.2, z + 8.8, 0.16, 1.0);
    addJunk(site, 19.9, z + 11.4, -0.28, 1.05);
    addSampan(site, 5.4, z + 11.8, 0.3);
    addSampan(site, -15.6, z + 13.4, -0.25);
    addSampan(site, -31, 14, 0.2);
  }
};

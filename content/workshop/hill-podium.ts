/**
 * The project's own stage: a round pier head with its podium (one set), and the harbour behind it (another set: far shore and
 * ridges seen from the water). The runtime draws the two with different cameras, so they are baked apart. The podium's top is y = 0.
 */

import { addRidge, addShore } from './hill-far.ts';
import type { Glow2 } from './hill-mesh.ts';
import { type Paint, WARM } from './hill-palette.ts';
import { PLANS } from './hill-plan.ts';
import { addHalo, addLamp, newSite, type Site, WARM_HALO } from './hill-site.ts';
import { linear, norm, scale, type Vec3 } from './hill-vec.ts';

export const podiumRadius = 1.72;
export const podiumHeight = 0.46;
const apronRadius = 3.7;
const sides = 72;

/** A band of a turned shape, smooth around the axis. */
const ringBand = (site: Site, r0: number, r1: number, y0: number, y1: number, paint: Paint, glow: Glow2 | null = null): void => {
  const { mesh } = site;
  const rise = norm([y0 - y1, r1 - r0, 0]);
  const [out, up] = [-rise[0], -rise[1]];
  const base = mesh.count;
  for (let k = 0; k <= sides; k++) {
    const a = (k / sides) * Math.PI * 2;
    const n: Vec3 = [Math.sin(a) * out, up, Math.cos(a) * out];
    mesh.vertex([Math.sin(a) * r0, y0, Math.cos(a) * r0], n, paint, glow);
    mesh.vertex([Math.sin(a) * r1, y1, Math.cos(a) * r1], n, paint, glow);
  }
  for (let k = 0; k < sides; k++) {
    const q = base + k * 2;
    mesh.indices.push(q, q + 2, q + 3, q, q + 3, q + 1);
  }
};

/** Pier head and podium. */
export const buildPodium = (): Site => {
  const site = newSite(PLANS.portrait);
  const y = -podiumHeight;
  const cuts = [apronRadius, apronRadius - 0.2, 3.1, 2.7, 2.35, 2.05, 1.84, podiumRadius - 0.06];
  for (let j = 0; j < cuts.length - 1; j++)
    ringBand(site, cuts[j] as number, cuts[j + 1] as number, y + (j === 0 ? 0.1 : 0), y + (j === 0 ? 0.1 : 0), j === 0 ? 'kerb' : j === 1 || j === 3 ? 'apronB' : 'apron');
  ringBand(site, apronRadius - 0.2, apronRadius - 0.2, y + 0.1, y, 'kerb');
  ringBand(site, apronRadius, apronRadius, y - 0.1, y + 0.1, 'kerb');
  ringBand(site, apronRadius - 0.02, apronRadius - 0.02, y - 0.22, y - 0.1, 'warmStrip', { night: scale(WARM, 0.9), day: null });
  ringBand(site, apronRadius - 0.1, apronRadius - 0.1, y - 1.4, y - 0.22, 'seawall');
  ringBand(site, podiumRadius, podiumRadius, y, -0.08, 'podium');
  ringBand(site, podiumRadius, podiumRadius - 0.08, -0.08, 0, 'kerb');
  for (const [r0, r1] of [
    [podiumRadius - 0.08, 1.2],
    [1.2, 0.6],
    [0.6, 0.001],
  ] as const)
    ringBand(site, r0, r1, 0, 0, 'podium');
  for (let k = 0; k < 8; k++) {
    const a = Math.PI + (k - 3.5) * 0.36;
    const at: Vec3 = [Math.sin(a) * 3.34, y, Math.cos(a) * 3.34];
    site.mesh.tube(at, 0.06, 0.05, 0.3, 8, 'trim');
    site.mesh.tube([at[0], y + 0.3, at[2]], 0.065, 0.065, 0.075, 8, 'lampHead', { glow: { night: WARM, day: null } });
    addLamp(site, [at[0] * 0.96, y + 0.4, at[2] * 0.96], WARM, 0.42, 1.7, false);
    addHalo(site, [at[0], y + 0.34, at[2]], 0.9, WARM_HALO, 0.5);
  }
  for (let k = 0; k < 10; k++) {
    const a = (k / 10) * Math.PI * 2;
    addLamp(site, [Math.sin(a) * 2.4, y + 0.75, Math.cos(a) * 2.4], linear('#FFE2BC'), 0.42, 2.4, false);
  }
  addLamp(site, [-1.4, 3.4, 2.6], linear('#DCE8FF'), 3.4, 9, false);
  return site;
};

/** The harbour behind the podium: waterline at y = 0, seen from z = +70. */
export const buildBackdrop = (): Site => {
  const site = newSite(PLANS.landscape);
  addRidge(site, { line: 'back', z: -90, half: 120, columns: 60, stretch: 1.3, height: 0.95, paint: 'ridge1', haze: 0.36 });
  addRidge(site, { line: 'near', z: -66, half: 110, columns: 90, stretch: 1.2, height: 0.9, paint: 'ridge0', haze: 0.14 });
  addShore(site, {
    seed: 77,
    from: 1.2,
    to: 64,
    z: [-46, -33],
    count: 88,
    low: 3.6,
    high: 12.5,
    peakAt: 15,
    peakWidth: 11,
    pane: [0.28, 0.34],
    bay: 0.54,
    floor: 0.62,
    skip: 0.08,
    land: [0, 150],
  });
  return site;
};

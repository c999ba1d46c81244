/**
 * The project's own stage: a round pier head with its podium (one set), and the harbour behind it (another set: far shore and
 * ridges seen from the water). The runtime draws the two with different cameras, so they are baked apart. The podium's top is y = 0.
 */
import { addRidge, addShore } from './hill-far.ts';
import { PLANS } from './hill-plan.ts';
import { type Paint, WARM } from './hill-palette.ts';
import { addHalo, addLamp, newSite, type Site, WARM_HALO } from './hill-site.ts';
import { linear, scale, type Vec3 } from './hill-vec.ts';

export const podiumRadius = 1.72;
export const podiumHeight = 0.46;
const apronRadius = 6.4;
const sides = 48;

const ringBand = (site: Site, r0: number, r1: number, y0: number, y1: number, paint: (k: number) => Paint, glow: { night: Vec3 | null; day: Vec3 | null } | null = null): void => {
  for (let k = 0; k < sides; k++) {
    const p = (t: number, r: number, y: number): Vec3 => [Math.sin((t / sides) * Math.PI * 2) * r, y, Math.cos((t / sides) * Math.PI * 2) * r];
    site.mesh.quad(p(k, r0, y0), p(k + 1, r0, y0), p(k + 1, r1, y1), p(k, r1, y1), paint(k), { glow });
  }
};

/** Pier head and podium. */
export const buildPodium = (): Site => {
  const site = newSite(PLANS.portrait);
  const y = -podiumHeight;
  const cuts = [apronRadius, apronRadius - 0.22, 5.4, 4.6, 3.9, 3.3, 2.8, 2.4, 2.05, podiumRadius];
  for (let j = 0; j < cuts.length - 1; j++) ringBand(site, cuts[j] as number, cuts[j + 1] as number, y + (j === 0 ? 0.1 : 0), y + (j === 0 ? 0.1 : 0), (k) => (j === 0 ? 'kerb' : (j === 4 ? k % 2 === 0 : j % 2 === 0) ? 'apronB' : 'apron'));
  ringBand(site, apronRadius - 0.22, apronRadius - 0.22, y + 0.1, y, () => 'kerb');
  ringBand(site, apronRadius, apronRadius, y - 0.1, y + 0.1, () => 'kerb');
  ringBand(site, apronRadius - 0.02, apronRadius - 0.02, y - 0.22, y - 0.1, () => 'warmStrip', { night: scale(WARM, 0.9), day: null });
  ringBand(site, apronRadius - 0.1, apronRadius - 0.1, y - 1.4, y - 0.22, () => 'seawall');
  ringBand(site, podiumRadius, podiumRadius, y, -0.08, () => 'podium');
  ringBand(site, podiumRadius, podiumRadius - 0.08, -0.08, 0, () => 'kerb');
  for (const [r0, r1] of [[podiumRadius - 0.08, 1.2], [1.2, 0.6], [0.6, 0.001]] as const) ringBand(site, r0, r1, 0, 0, () => 'podium');
  for (let k = 0; k < 9; k++) {
    const a = Math.PI + (k - 4) * 0.3;
    const at: Vec3 = [Math.sin(a) * 6.0, y, Math.cos(a) * 6.0];
    site.mesh.tube(at, 0.1, 0.08, 0.42, 8, 'trim');
    site.mesh.tube([at[0], y + 0.42, at[2]], 0.1, 0.1, 0.1, 8, 'lampHead', { glow: { night: WARM, day: null } });
    addLamp(site, [at[0] * 0.97, y + 0.5, at[2] * 0.97], WARM, 0.7, 2.6, false);
    addHalo(site, [at[0], y + 0.48, at[2]], 1.3, WARM_HALO, 0.5);
  }
  for (let k = 0; k < 10; k++) {
    const a = (k / 10) * Math.PI * 2;
    addLamp(site, [Math.sin(a) * 2.5, y + 0.9, Math.cos(a) * 2.5], linear('#FFDDAE'), 1.15, 3.2, false);
  }
  addLamp(site, [-1.4, 3.4, 2.6], linear('#DCE8FF'), 6, 9, false);
  return site;
};

/** The harbour behind the podium: waterline at y = 0, seen from z = +70. */
export const buildBackdrop = (): Site => {
  const site = newSite(PLANS.landscape);
  addRidge(site, { line: 'back', z: -90, half: 120, columns: 60, stretch: 1.3, height: 0.95, paint: 'ridge1', haze: 0.36 });
  addRidge(site, { line: 'near', z: -66, half: 110, columns: 90, stretch: 1.2, height: 0.9, paint: 'ridge0', haze: 0.14 });
  addShore(site, { seed: 77, from: 1.5, to: 62, z: [-44, -33], count: 74, low: 3.6, high: 11, peakAt: 20, peakWidth: 15, pane: [0.4, 0.46], bay: 0.82, floor: 0.9, skip: 0.12 });
  return site;
};

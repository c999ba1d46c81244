/** The promenade, the pier with its three quays, and the moored pavilion; and where plinths may stand on them. */
import { addHouse } from './hill-buildings.ts';
import { promenadeCode, sinkable } from './hill-mesh.ts';
import { type Paint, WARM } from './hill-palette.ts';
import { at3, before, frontZ, type Plan, yawAt } from './hill-plan.ts';
import { addPalm } from './hill-plants.ts';
import { addHalo, addLamp, type Site, WARM_HALO } from './hill-site.ts';
import { stairGap } from './hill-terraces.ts';
import { chanceOf, linear, scale, type Vec3 } from './hill-vec.ts';

export type Stand = readonly [x: number, y: number, z: number, yaw: number];
const quaySize = [3.8, 5.5] as const;
/** the stands of a quay rise to the back like a small tribune, so that none hides another */
const stepMetres = 0.42;
const rowMetres = 1.75;
const rowZ = (crossZ: number, row: number): number => crossZ + 2.2 + row * rowMetres;
const warmLine = { glow: { night: scale(WARM, 0.85), day: null } };

const pier = (plan: Plan): { x: number; z: number; crossZ: number; quays: readonly number[] } => {
  const z = frontZ(plan) + plan.promenade - 0.3;
  const gap = plan.orientation === 'portrait' ? 5.6 : 6.6;
  return { x: plan.pierX, z, crossZ: z + 2.6, quays: [-gap, 0, gap].map((d) => plan.pierX + d) };
};
const pavilionAt = (plan: Plan): Vec3 => (plan.orientation === 'portrait' ? [12.6, 0.6, frontZ(plan) + plan.promenade + 2.6] : [15.5, 0.6, frontZ(plan) + plan.promenade + 3.6]);

/** Six stands on each quay, two by three, back to front. */
export const quayStands = (plan: Plan): Stand[][] => {
  const { crossZ, quays } = pier(plan);
  return quays.map((x) =>
    Array.from({ length: 6 }, (_, k) => [x + (k % 2 ? 0.9 : -0.9), plan.quayY + (2 - Math.floor(k / 2)) * stepMetres, rowZ(crossZ, Math.floor(k / 2)), 0] as const),
  );
};
/** Four stands on the pavilion's open deck. */
export const pavilionStands = (plan: Plan): Stand[] => {
  const [x, y, z] = pavilionAt(plan);
  return [-0.96, -0.32, 0.32, 0.96].map((a) => [x + Math.sin(a) * 3.25, y, z + Math.cos(a) * 3.25, a * 0.7] as const);
};

const lampPost = (site: Site, at: Vec3): void => {
  site.mesh.box(at, [0.08, 1.1, 0.08], 0, 'trim', { noTop: true });
  site.mesh.dome([at[0], at[1] + 1.2, at[2]], [0.16, 0.16, 0.16], 5, 2, 'lampHead', 'lampHead', 0, 0);
  addLamp(site, [at[0], at[1] + 1.3, at[2]], WARM, 1.2, 4.2);
  addHalo(site, [at[0], at[1] + 1.22, at[2]], 2.1, WARM_HALO, 0.5);
};

const buildPromenade = (site: Site): void => {
  const { plan, mesh } = site;
  const chance = chanceOf(3100);
  const segments = 52;
  const w = plan.promenade;
  const y = plan.quayY;
  mesh.code = promenadeCode;
  const cuts = [w, w - 0.35, w * 0.66, w * 0.33, 0];
  for (let k = 0; k < segments; k++) {
    const f = Math.PI * (1.0 - k / segments);
    const g = Math.PI * (1.0 - (k + 1) / segments);
    const p = (phi: number, d: number, h: number): Vec3 => at3(before(plan, 0, phi, d), h);
    for (let j = 0; j < cuts.length - 1; j++) {
      const d0 = cuts[j] as number;
      const d1 = cuts[j + 1] as number;
      mesh.quad(p(f, d0, y), p(g, d0, y), p(g, d1, y), p(f, d1, y), j === 0 ? 'kerb' : (k + (j === 2 ? 1 : 0)) % 2 ? 'quayB' : 'quay');
    }
    mesh.quad(p(f, w, -0.6), p(g, w, -0.6), p(g, w, y), p(f, w, y), 'seawall', { rows: 2 });
    mesh.quad(p(f, w + 0.02, y - 0.34), p(g, w + 0.02, y - 0.34), p(g, w + 0.02, y - 0.18), p(f, w + 0.02, y - 0.18), 'warmStrip', {
      glow: { night: scale(WARM, 0.9), day: null },
    });
  }
  const palms = plan.orientation === 'landscape' ? 30 : 22;
  for (let k = 0; k < palms; k++) {
    const phi = Math.PI * (0.94 - (0.88 * (k + 0.5)) / palms);
    const p = before(plan, 0, phi, w * 0.72);
    if (Math.abs(p[0] - plan.pierX) < 2.4) continue;
    if (stairGap(plan, -1, p) > 1.6) addPalm(site, chance, at3(p, y), chance.between(0.95, 1.2));
    lampPost(site, at3(before(plan, 0, phi + 0.03, w * 0.9), y));
  }
  mesh.code = promenadeCode + sinkable;
  const houses = plan.orientation === 'landscape' ? 18 : 12;
  for (let k = 0; k < houses; k++) {
    const phi = Math.PI * (0.9 - (0.8 * (k + 0.5)) / houses);
    const p = before(plan, 0, phi, 1.3);
    if (stairGap(plan, -1, p) < 2.6) continue;
    addHouse(site, chance, at3(p, y), yawAt(plan, 0, phi, 0), chance.between(1.7, 2.3), 1.1, 1);
  }
  mesh.code = 0;
};

const slab = (site: Site, x: number, z: number, sx: number, sz: number): void => {
  const { mesh, plan } = site;
  const y = plan.quayY;
  const step = 0.62;
  for (let k = 0, n = Math.round(sz / step); k < n; k++) {
    const z0 = z + sz / 2 - (sz * k) / n;
    const z1 = z + sz / 2 - (sz * (k + 1)) / n;
    mesh.quad([x - sx / 2, y, z0], [x + sx / 2, y, z0], [x + sx / 2, y, z1], [x - sx / 2, y, z1], k % 2 ? 'pierB' : 'pier', { columns: Math.max(1, Math.round(sx / 1.7)) });
  }
  mesh.box([x, y - 0.38, z], [sx, 0.38, sz], 0, 'pier', { noTop: true, frontColumns: 2, back: true });
  mesh.box([x, y - 0.44, z], [sx + 0.14, 0.11, sz + 0.14], 0, 'warmStrip', { ...warmLine, noTop: true });
  for (const dx of [-1, 1]) for (const dz of [-1, 1]) mesh.tube([x + dx * (sx / 2 - 0.25), -0.9, z + dz * (sz / 2 - 0.25)], 0.17, 0.17, 1.6, 5, 'trunk', { open: true });
};

const lantern = (site: Site, at: Vec3, colour: Vec3): void => {
  site.mesh.dome([at[0], at[1], at[2]], [0.13, 0.17, 0.13], 5, 2, 'lampHead', 'lampHead', 0, 0);
  addLamp(site, [at[0], at[1] - 0.2, at[2] + 0.2], colour, 0.35, 2.6, false);
  addHalo(site, at, 1.25, [Math.sqrt(colour[0]), Math.sqrt(colour[1]), Math.sqrt(colour[2])], 0.4);
};

/** A gate with a swept roof at the head of each quay, a flag beside it. */
const buildQuay = (site: Site, x: number, crossZ: number, flag: Paint): void => {
  const { mesh, plan } = site;
  const y = plan.quayY;
  slab(site, x, crossZ + 1.2 + quaySize[1] / 2, quaySize[0], quaySize[1]);
  for (const row of [0, 1]) {
    const from = rowZ(crossZ, 0) - rowMetres / 2;
    mesh.box([x, y + stepMetres * (1 - row), from + (rowMetres * (row + 1)) / 2], [quaySize[0] - 0.3, stepMetres, rowMetres * (row + 1)], 0, 'pier', {
      top: 'pierB',
      frontColumns: 2,
    });
    mesh.box([x, y + stepMetres * (2 - row) - 0.1, from + rowMetres * (row + 1) + 0.01], [quaySize[0] - 0.3, 0.06, 0.04], 0, 'warmStrip', { ...warmLine, noSides: true });
  }
  const gateZ = crossZ + 0.62;
  for (const side of [-1, 1]) mesh.box([x + side * 1.25, y, gateZ], [0.16, 1.75, 0.16], 0, 'trim');
  mesh.box([x, y + 1.7, gateZ], [3.3, 0.16, 0.9], 0, 'crownHi', { taper: 0.96, top: 'crown' });
  mesh.box([x, y + 1.86, gateZ], [2.7, 0.34, 0.7], 0, 'crown', { taper: 0.55, top: 'crownHi' });
  for (let k = -1; k <= 1; k++) lantern(site, [x + k * 0.7, y + 1.46, gateZ + 0.3], WARM);
  mesh.box([x + 1.55, y, gateZ + 0.1], [0.07, 3.1, 0.07], 0, 'trim', { noTop: true });
  const flagGlow = { glow: { night: scale(linear('#FFC070'), 0.3), day: null } };
  mesh.quad([x + 1.59, y + 2.35, gateZ + 0.1], [x + 2.45, y + 2.42, gateZ + 0.25], [x + 2.45, y + 2.98, gateZ + 0.25], [x + 1.59, y + 3.05, gateZ + 0.1], flag, {
    ...flagGlow,
    columns: 2,
  });
};

const buildPier = (site: Site): void => {
  const { mesh, plan } = site;
  const { x, z, crossZ, quays } = pier(plan);
  const y = plan.quayY;
  slab(site, x, (z + crossZ) / 2, 3.0, crossZ - z + 0.6);
  slab(site, x, crossZ, quays.length * ((quays[1] as number) - (quays[0] as number)) - 1.2, 2.2);
  for (const [k, qx] of quays.entries()) buildQuay(site, qx, crossZ, (['sail', 'crownHi', 'boatF'] as const)[k] ?? 'sail');
  for (const qx of quays.slice(0, -1)) {
    const gap = (quays[1] as number) - (quays[0] as number);
    for (let k = 1; k < 5; k++) lantern(site, [qx + (gap * k) / 5, y + 1.5 - Math.sin((Math.PI * k) / 5) * 0.32, crossZ + 0.95], WARM);
  }
  // the beacon at the pier's root: first step of the eye's way up
  const bz = z + 0.5;
  mesh.box([x - 2.6, y, bz], [1.15, 3.6, 1.15], 0, 'f3', { rows: 3, noTop: true });
  mesh.box([x - 2.6, y + 3.6, bz], [1.38, 0.15, 1.38], 0, 'trim');
  mesh.box([x - 2.6, y + 3.75, bz], [0.92, 0.8, 0.92], 0, 'lampHead', { glow: { night: WARM, day: null } });
  mesh.box([x - 2.6, y + 4.55, bz], [1.1, 0.75, 1.1], 0, 'crown', { taper: 0.1, noTop: true });
  addHalo(site, [x - 2.6, y + 4.1, bz + 0.7], 5, WARM_HALO, 0.5);
  addLamp(site, [x - 2.6, y + 4, bz + 1.2], WARM, 2, 6);
  lampPost(site, [x + 1.3, y, z + 0.8]);
};

const buildPavilion = (site: Site): void => {
  const { mesh, plan } = site;
  const [x, y, z] = pavilionAt(plan);
  const back = z - 1.1;
  mesh.tube([x, -0.4, z], 4.4, 4.4, 0.98, 24, 'pier', { top: 'deck' });
  mesh.tube([x, y - 0.2, z], 4.46, 4.46, 0.13, 24, 'warmStrip', { ...warmLine, open: true });
  mesh.tube([x, y, back], 1.9, 1.9, 1.45, 12, 'glass', { glow: { night: scale(linear('#FFCF8A'), 0.75), day: null }, open: true });
  for (let k = 0; k < 12; k++) {
    const a = (k / 12) * Math.PI * 2;
    mesh.box([x + Math.sin(a) * 1.95, y, back + Math.cos(a) * 1.95], [0.12, 1.5, 0.12], a, 'trim', { noTop: true });
    addLamp(site, [x + Math.sin(a) * 2.5, y + 0.8, back + Math.cos(a) * 2.5], WARM, 0.8, 3.2);
  }
  mesh.tube([x, y + 1.45, back], 2.75, 2.65, 0.12, 20, 'trim', { open: true });
  mesh.tube([x, y + 1.57, back], 2.65, 1.3, 0.5, 20, 'crown', { open: true });
  mesh.tube([x, y + 2.07, back], 1.3, 0.02, 0.85, 20, 'crownHi', { open: true });
  addHalo(site, [x, y + 0.9, back + 2.2], 7, [1, 0.74, 0.42], 0.34);
  mesh.box([x, y - 0.1, z - 4.6], [1.3, 0.16, 2.6], 0, 'pier');
};

/** Promenade, pier, quays and pavilion. */
export const buildHarbour = (site: Site): void => {
  buildPromenade(site);
  buildPier(site);
  buildPavilion(site);
};

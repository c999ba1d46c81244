/** Houses and trees along every terrace, the forest that closes both flanks, and the towers on the plateau. */
import { addHouse, addTower, type TowerLook } from './hill-buildings.ts';
import { sinkable } from './hill-mesh.ts';
import { WARM } from './hill-palette.ts';
import { at3, deckY, edge, outward, type Plan, phiAtX, plinthLimits, railAlong, spot, terraceCount, topY, yawAt } from './hill-plan.ts';
import { addBanyan, addBush, addPalm } from './hill-plants.ts';
import { addLamp, type Site } from './hill-site.ts';
import { stairGap } from './hill-terraces.ts';
import { chanceOf, type Vec2 } from './hill-vec.ts';

const houseDepth = 1.0;
/** between a house and the wall behind it */
const houseGap = 0.1;
const rowU = 0.85;

/** two rows of plinths leave no room for houses where the terrace is less deep */
const deepEnoughMetres = 4.3;

/** How deep terrace `i` is at `phi`, square to the wall. */
const depthAt = (plan: Plan, i: number, phi: number): number => {
  const a = spot(plan, i, phi, 0);
  const b = spot(plan, i, phi, 1);
  const o = outward(yawAt(plan, i, phi, 1));
  return (a[0] - b[0]) * o[0] + (a[1] - b[1]) * o[1];
};
/** The depth at which a house stands close before the wall: terraces are shallower at their sides. */
const houseUAt = (plan: Plan, i: number, phi: number): number => 1 - (houseDepth / 2 + houseGap) / Math.max(2, depthAt(plan, i, phi));
const crowded = (plan: Plan, i: number, phi: number): boolean => {
  const [from, to] = plinthLimits(i, 1);
  return phi < from && phi > to && depthAt(plan, i, phi) < deepEnoughMetres;
};

/** beyond this part of the half circle stands forest only */
const townReach = 0.83;

const buildRow = (site: Site, i: number): void => {
  const { plan } = site;
  const chance = chanceOf(900 + i * 31 + (plan.orientation === 'landscape' ? 7 : 0));
  const y = deckY(plan, i);
  const rail = railAlong(plan, i, rowU, Math.PI * townReach, Math.PI * (1 - townReach));
  let l = 0.4;
  while (l < rail.length - 1.2) {
    const phi = rail.phiAt(l + 0.7);
    const p = spot(plan, i, phi, rowU);
    if (stairGap(plan, i, p) < 2 || crowded(plan, i, phi)) {
      l += 0.5;
      continue;
    }
    const roll = chance.next();
    if (roll < 0.7) {
      const w = chance.between(1.45, 2.0);
      const run = Math.floor(chance.between(1, 3.4));
      for (let k = 0; k < run && l < rail.length - w; k++) {
        const mid = rail.phiAt(l + w / 2);
        const q = spot(plan, i, mid, houseUAt(plan, i, mid));
        if (stairGap(plan, i, q) < 1.45 + w / 2 || crowded(plan, i, mid)) break;
        // a house must not rise above the next kerb, or it covers the plinths there
        const floors = chance.next() < (plan.orientation === 'portrait' ? 0.75 : 0.6) ? 2 : 1;
        addHouse(site, chance, at3(q, y), yawAt(plan, i, mid, 1), w - 0.06, houseDepth, i === terraceCount - 1 ? Math.min(2, floors) : floors);
        l += w;
      }
      l += 0.45;
    } else if (roll < 0.88) {
      addBanyan(site, chance, at3(spot(plan, i, rail.phiAt(l + 0.8), 0.83), y), chance.between(0.8, 1.1));
      l += 1.9;
    } else {
      addPalm(site, chance, at3(p, y), chance.between(0.85, 1.05));
      addBush(site, chance, [p[0] + 0.6, y, p[1] + 0.1], 0.9);
      l += 1.4;
    }
  }
  for (let w = 1; w < rail.length; w += 3.4) {
    const p = spot(plan, i, rail.phiAt(w), 0.9);
    addLamp(site, [p[0], y + 0.7, p[1]], WARM, 1.5, 3.4);
  }
};

const buildFlanks = (site: Site, i: number): void => {
  const { plan } = site;
  const chance = chanceOf(1700 + i * 17);
  const y = deckY(plan, i);
  const steep = plan.orientation === 'portrait';
  for (const [from, to] of [
    [1.02, townReach + 0.005],
    [1 - townReach - 0.005, -0.02],
  ] as const) {
    for (const [u0, u1, from2, to2] of [
      [0.55, 0.9, from, to],
      [0.12, 0.42, from, to],
    ] as const) {
      const rail = railAlong(plan, i, 0.5, Math.PI * from2, Math.PI * to2);
      for (let l = 0.5; l < rail.length; l += steep ? chance.between(1.6, 2.4) : chance.between(2, 2.9)) {
        const phi = rail.phiAt(l);
        if (u0 < 0.3 && (phi > Math.PI * 0.955 || phi < Math.PI * 0.045)) continue;
        addBanyan(site, chance, at3(spot(plan, i, phi, chance.between(u0, u1)), y), chance.between(0.85, steep ? 1.3 : 1.2));
      }
    }
  }
};

const buildPlateau = (site: Site): void => {
  const { plan, mesh } = site;
  const chance = chanceOf(4242);
  const wide = plan.orientation === 'landscape';
  const y = topY(plan);
  const top = terraceCount;
  const rim = edge(plan, top, Math.PI / 2)[1];
  const halfWidth = plan.halfWidth - plan.halfWidthStep * top;
  const rings: readonly (readonly [number, number])[] = [
    [1, 0],
    [0.86, 1.4],
    [0.68, 2.8],
    [0.46, 4.2],
  ];
  const sides = 30;
  rings.forEach(([k, lift], ring) => {
    const e = (t: number, shrink: number): Vec2 => {
      const p = edge(plan, top, t);
      const pivot = plan.centreZ - 4;
      return [p[0] * k * shrink, pivot + (p[1] - pivot) * k * shrink - (1 - k) * 8];
    };
    const inner = ring < rings.length - 1 ? 0.6 : 0.1;
    const h = y + 1.2 + lift;
    for (let q = 0; q < sides; q++) {
      const f = Math.PI * (1.05 - (1.1 * q) / sides);
      const g = Math.PI * (1.05 - (1.1 * (q + 1)) / sides);
      mesh.quad(at3(e(f, 1), h - 1.5), at3(e(g, 1), h - 1.5), at3(e(g, 1), h), at3(e(f, 1), h), 'wall');
      mesh.quad(at3(e(f, 1), h), at3(e(g, 1), h), at3(e(g, inner), h), at3(e(f, inner), h), 'grass', { rows: 2 });
    }
  });
  // towers stand well behind the rim: on the terrace itself their windows would read as data behind the sculptures
  const rows = [
    [2.0, 1.0, 8, 1.9, 3.2],
    [4.3, 1.9, 8, 2.9, 5.2],
    [6.6, 2.6, 7, 3.8, 6.6],
    [8.8, 3.2, 6, 4.4, 7.6],
  ] as const;
  rows.forEach(([back, lift, base, low, high], r) => {
    const n = Math.floor(base * (wide ? 1.55 : 1.1));
    const half = halfWidth * (0.93 - 0.07 * r);
    for (let k = 0; k < n; k++) {
      const t = ((k + 0.5) / n) * 2 - 1;
      const peak = Math.exp(-(((t - 0.2) / 0.46) ** 2)) + 0.35 * Math.exp(-(((t + 0.55) / 0.25) ** 2));
      const h = (low + (high - low) * Math.min(1, 0.22 + 0.78 * peak)) * chance.between(0.84, 1.1);
      const head: TowerLook['head'] = chance.pick<TowerLook['head']>(r > 1 ? ['flat', 'step', 'crown', 'fins', 'step'] : ['flat', 'fins', 'flat', 'step']);
      addTower(
        site,
        chance,
        [t * half + chance.between(-0.35, 0.35), y + lift - 1.2, rim - back - t * t * 3.2 + chance.between(-0.4, 0.4)],
        chance.between(-0.2, 0.2),
        chance.between(1.35, 1.85),
        chance.between(1.2, 1.6),
        h + 1.2,
        {
          paint: chance.pick(['t0', 't1', 't2', 't3']),
          head,
          foot: 0.9,
        },
      );
    }
  });
  addTower(site, chance, [wide ? 4.2 : 2.6, y + 2.2, rim - 9.6], 0.3, 2.1, 2, wide ? 9.6 : 9.4, { paint: 't1', head: 'step', skip: 0.03, foot: 1 });
  addTower(site, chance, [wide ? -7 : -4.6, y + 2.2, rim - 9.8], -0.3, 1.8, 1.8, wide ? 7.2 : 6.8, { paint: 't2', head: 'crown', foot: 1 });
  const hedge = wide ? 26 : 18;
  for (let k = 0; k < hedge; k++) {
    const x = (((k + 0.5) / hedge) * 2 - 1) * halfWidth * 0.94;
    const z = spot(plan, top - 1, phiAtX(plan, top - 1, x, 1), 1)[1];
    addBanyan(site, chance, [x, y + 0.7, z - chance.between(0.7, 1.4)], chance.between(0.55, 0.8));
  }
  for (let k = 0; k < (wide ? 22 : 18); k++)
    addBanyan(site, chance, [(k % 2 ? 1 : -1) * (halfWidth + chance.between(-2.4, 0.4)), y + chance.between(-0.4, 0.3), chance.between(-14, -7)], chance.between(0.85, 1.25));
};

/** Everything that grows or stands on the terraces. */
export const buildTown = (site: Site): void => {
  for (let i = 0; i < terraceCount; i++) {
    site.mesh.code = i + 1 + sinkable;
    buildRow(site, i);
    site.mesh.code = i + 1;
    buildFlanks(site, i);
  }
  site.mesh.code = 0;
  buildPlateau(site);
};

/** Decks, kerbs, light lines, retaining walls and the stairs that climb along them. */
import { AREAS } from '../../shared/areas.ts';
import type { Glow2 } from './hill-mesh.ts';
import { albedoOf, type Paint, WARM } from './hill-palette.ts';
import { at3, before, deckY, edge, outward, type Plan, phiAtX, plinthRows, railAlong, spot, terraceCount, yawAt } from './hill-plan.ts';
import { addHalo, addLamp, type Site } from './hill-site.ts';
import { mix, scale, type Vec2, type Vec3 } from './hill-vec.ts';

const segments = 54;
const deckCuts = [0, 0.035, 0.14, 0.36, 0.58, 0.8, 1] as const;
const kerbHeight = 0.16;
/** steep, so that the plinths of the terrace below keep their places; the first one climbs from the wide promenade */
const stairOut = (i: number): number => (i === 0 ? 2.4 : 1.4);
const stairHalf = (i: number): number => (i === 0 ? 1.5 : 1.1);
const stairSteps = 8;
const cheekWidth = 0.2;
const cheekHeight = 0.3;
/** where the stair meets the kerb, before the terrace's edge */
const stairHead = 0.1;

export const footOfWall = (plan: Plan, i: number): number => (i === 0 ? plan.quayY : deckY(plan, i - 1));

/** Each wall's stair on the ground: the middle of its foot and of its head, in x and z. It climbs straight to the wall. */
export const stairLines = (plan: Plan): { from: Vec2; to: Vec2; phi: number }[] =>
  plan.stairs.map((x, i) => {
    const phi = phiAtX(plan, i, x, 0);
    return { from: before(plan, i, phi, stairOut(i)), to: before(plan, i, phi, stairHead), phi };
  });

/** How far a point is from the stair that rises from the ground of terrace `i` (-1: the promenade). */
export const stairGap = (plan: Plan, i: number, p: Vec2): number => {
  const line = stairLines(plan)[i + 1];
  if (!line) return Number.POSITIVE_INFINITY;
  const dx = line.to[0] - line.from[0];
  const dz = line.to[1] - line.from[1];
  const t = Math.max(0, Math.min(1, ((p[0] - line.from[0]) * dx + (p[1] - line.from[1]) * dz) / (dx * dx + dz * dz)));
  return Math.hypot(p[0] - line.from[0] - dx * t, p[1] - line.from[1] - dz * t);
};

const buildDeck = (site: Site, i: number, phis: readonly number[]): void => {
  const { plan, mesh } = site;
  const y = deckY(plan, i);
  for (let k = 0; k < phis.length - 1; k++) {
    const f = phis[k] as number;
    const g = phis[k + 1] as number;
    for (let j = 0; j < deckCuts.length - 1; j++) {
      const lift = j === 0 ? kerbHeight : 0;
      const paint: Paint = j === 0 ? 'kerb' : j < 4 ? ((k >> 1) % 2 === 0 ? 'deck' : 'deckB') : 'deckIn';
      const corner = (phi: number, u: number, dy: number): Vec3 => at3(spot(plan, i, phi, u), y + dy);
      const u0 = deckCuts[j] as number;
      const u1 = deckCuts[j + 1] as number;
      mesh.quad(corner(f, u0, lift), corner(g, u0, lift), corner(g, u1, lift), corner(f, u1, lift), paint);
    }
  }
};

const buildWall = (site: Site, i: number, phis: readonly number[]): void => {
  const { plan, mesh } = site;
  const area = AREAS[i] ?? AREAS[0];
  const token = albedoOf(area);
  const led: Glow2 = { night: token.night, day: token.day };
  const y = deckY(plan, i);
  const foot = i ? deckY(plan, i - 1) : -1;
  for (let k = 0; k < phis.length - 1; k++) {
    const f = phis[k] as number;
    const g = phis[k + 1] as number;
    const p = (phi: number, d: number, h: number): Vec3 => at3(before(plan, i, phi, d), h);
    mesh.quad(p(f, 0.1, y - 0.14), p(g, 0.1, y - 0.14), p(g, 0.1, y + kerbHeight), p(f, 0.1, y + kerbHeight), 'kerb');
    mesh.quad(p(f, 0.1, y + kerbHeight), p(g, 0.1, y + kerbHeight), p(g, 0, y + kerbHeight), p(f, 0, y + kerbHeight), 'kerb');
    mesh.quad(p(f, 0.07, y - 0.44), p(g, 0.07, y - 0.44), p(g, 0.07, y - 0.14), p(f, 0.07, y - 0.14), 'led', { glow: led });
    const mid = foot + (y - 0.44 - foot) * 0.42;
    const stone = (r: number): Paint => ((k * 7 + r * 5 + i * 3) % 11 < 4 ? 'wallB' : 'wall');
    mesh.quad(p(f, 0.3, foot), p(g, 0.3, foot), p(g, 0.15, mid), p(f, 0.15, mid), stone(0));
    mesh.quad(p(f, 0.15, mid), p(g, 0.15, mid), p(g, 0, y - 0.44), p(f, 0, y - 0.44), stone(1));
    const a = before(plan, i, f, 0.16);
    if (k % 4 === 1 && a[1] > 2)
      mesh.box(at3(a, footOfWall(plan, i)), [0.5, y - footOfWall(plan, i) - 0.44, 0.42], yawAt(plan, i, f, 0), 'pillar', { taper: 0.85, rows: 2, noTop: true });
    const span = Math.hypot(edge(plan, i, g)[0] - edge(plan, i, f)[0], edge(plan, i, g)[1] - edge(plan, i, f)[1]);
    addLamp(site, p(f, 0.75, y - 0.6), token.night, 0.66 * span, 3.0, false);
  }
};

/** Steps between two side walls whose warm copings lead the eye up the hill; a lamp on each newel. */
const buildStair = (site: Site, i: number): void => {
  const { plan, mesh } = site;
  const line = stairLines(plan)[i];
  if (!line) return;
  const foot = footOfWall(plan, i);
  const h = deckY(plan, i) + kerbHeight - foot;
  const yaw = yawAt(plan, i, line.phi, 0);
  const o = outward(yaw);
  const out = stairOut(i);
  const half = stairHalf(i);
  const at = (x: number, y: number, d: number): Vec3 => [
    line.to[0] + Math.cos(yaw) * x + o[0] * (d - stairHead),
    foot + y,
    line.to[1] - Math.sin(yaw) * x + o[1] * (d - stairHead),
  ];
  const run = out - stairHead;
  for (let k = 0; k < stairSteps; k++) {
    const [d0, d1] = [out - (run * k) / stairSteps, out - (run * (k + 1)) / stairSteps];
    const [y0, y1] = [(h * k) / stairSteps, (h * (k + 1)) / stairSteps];
    mesh.quad(at(-half, y0, d0), at(half, y0, d0), at(half, y1, d0), at(-half, y1, d0), 'stairB');
    mesh.quad(at(-half, y1, d0), at(half, y1, d0), at(half, y1, d1), at(-half, y1, d1), 'stair');
  }
  const low = h / stairSteps + cheekHeight;
  const high = h + cheekHeight;
  const coping = { glow: { night: scale(WARM, 0.8), day: null } };
  for (const side of [-1, 1] as const) {
    // left and right of a face, as seen from outside
    const [a, b] = side > 0 ? [out, stairHead] : [stairHead, out];
    const [ya, yb] = side > 0 ? [low, high] : [high, low];
    const [inner, outer] = [side * half, side * (half + cheekWidth)];
    mesh.quad(at(outer, 0, a), at(outer, 0, b), at(outer, yb, b), at(outer, ya, a), 'pillar');
    mesh.quad(at(inner, yb - cheekHeight, b), at(inner, ya - cheekHeight, a), at(inner, ya, a), at(inner, yb, b), 'pillar');
    const [l, r] = side > 0 ? [inner, outer] : [outer, inner];
    mesh.quad(at(l, 0, out), at(r, 0, out), at(r, low, out), at(l, low, out), 'pillar');
    mesh.quad(at(l, low, out), at(r, low, out), at(r, high, stairHead), at(l, high, stairHead), 'warmStrip', { ...coping, rows: 3 });
    mesh.box(at(side * (half + cheekWidth / 2), 0, out + 0.05), [0.34, low + 0.16, 0.34], yaw, 'pillar', { top: 'kerb' });
    mesh.box(at(side * (half + cheekWidth / 2), low + 0.16, out + 0.05), [0.2, 0.24, 0.2], yaw, 'lampHead', { glow: { night: WARM, day: null } });
  }
  for (const t of [0.1, 0.5, 0.9]) addLamp(site, at(0, h * t + 0.9, out - run * t + 0.4), WARM, 1.1, 3.6);
  addHalo(site, at(0, h * 0.3, out + 0.3), 4.6, [1, 0.72, 0.38], 0.16);
};

/** All six terraces, bottom to top. */
export const buildTerraces = (site: Site): void => {
  const { plan } = site;
  for (let i = 0; i < terraceCount; i++) {
    const rail = railAlong(plan, i, 0, Math.PI * 1.04, -Math.PI * 0.04);
    const phis = Array.from({ length: segments + 1 }, (_, k) => rail.phiAt((rail.length * k) / segments));
    site.mesh.code = i + 1;
    buildDeck(site, i, phis);
    buildWall(site, i, phis);
    // the stair stands on the terrace below and dims with it
    site.mesh.code = i === 0 ? 7 : i;
    buildStair(site, i);
    // light of the area over the plinth rows: the deck wears its terrace's colour whether or not a plinth stands there
    const token = albedoOf(AREAS[i] ?? AREAS[0]).night;
    for (const u of plinthRows) {
      const row = railAlong(plan, i, u, Math.PI * 0.84, Math.PI * 0.16);
      for (let l = 1; l < row.length; l += 2.7) {
        const p = spot(plan, i, row.phiAt(l), u - 0.08);
        addLamp(site, [p[0], deckY(plan, i) + 1.25, p[1]], scale(mix(token, [1, 1, 1], 0.1), 1), 0.78, 3.0, false);
      }
    }
  }
  site.mesh.code = 0;
};

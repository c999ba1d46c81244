/**
 * What stands close to the focus of a walk: balustrade, planters, lamps and people, so that the visitor feels how large things are. Built
 * anew for each focus from the terrace's own edge; painted by hand for night and day, since nothing here is baked.
 */
import { BufferAttribute, BufferGeometry, Group } from 'three';
import { fixedMesh, type HaloSpec, haloMesh, program, type SceneUniforms } from './gpu.ts';
import type { HillHead } from './hill-file.ts';
import { mixRgb, type Rgb, rgb } from './paint.ts';
import { cityFragment, standVertex } from './shaders.ts';
import type { Tokens } from './stand-mesh.ts';
import type { Stand } from './stands.ts';

type P3 = readonly [number, number, number];
type Along = { x: number; z: number; nx: number; nz: number; l: number };
type Tint = { night: Rgb; day: Rgb };

const reachMetres = 8.4;
const stepMetres = 0.42;
const kerbMetres = 0.16;
const railMetres = 0.44;
/** from the terrace's edge inward */
const railInMetres = 0.16;
/** the balustrade opens before the focus */
const gapMetres = 1.5;
/** a stand keeps this free around it, at scale 1 */
const clearMetres = 1.02;
const notOfAnyStand = -1_000;

const nightLight: Rgb = [0.5, 0.6, 0.98];
const tint = (hex: string, glow = 0): Tint => {
  const day = rgb(hex);
  const dark: Rgb = [day[0] * nightLight[0], day[1] * nightLight[1], day[2] * nightLight[2]];
  return { night: mixRgb(dark, day, glow), day };
};
const stoneTint = tint('#E4E9F4', 0.12);
const railTint = tint('#FFFFFF', 0.25);
const warmTint: Tint = { night: rgb('#FFD796'), day: rgb('#F4C877') };
const lampTint: Tint = { night: rgb('#FFF1CF'), day: rgb('#FFFDF6') };
const potTint = tint('#D8A27C', 0.25);
const leafTints = [tint('#4E9A6A', 0.2), tint('#63AE72', 0.22), tint('#3F8A6C', 0.18)] as const;
const skinTint = tint('#E8B796', 0.45);
const darkTint = tint('#3A4668', 0.2);
const coatTints = [tint('#D9594C', 0.4), tint('#F0C35B', 0.4), tint('#F4F1EA', 0.35), tint('#3E7CB8', 0.4), tint('#7A5AA8', 0.4), tint('#4FA08C', 0.4)] as const;

/** the same throws for the same seed */
const throwsOf = (seed: number): (() => number) => {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

/** The terrace's edge as a smooth line, by length from the point nearest to the focus; the normal points out of the hill. */
const edgeAlong = (outline: HillHead['areas'][number]['outline'], at: Stand): Along[] => {
  const n = outline.length;
  const point = (i: number): readonly [number, number] => outline[((i % n) + n) % n] as readonly [number, number];
  const smooth = (i: number, t: number, c: 0 | 1): number => {
    const [a, b, d, e] = [point(i - 1)[c], point(i)[c], point(i + 1)[c], point(i + 2)[c]];
    return b + 0.5 * t * (d - a + t * (2 * a - 5 * b + 4 * d - e + t * (3 * (b - d) + e - a)));
  };
  const fine = 24;
  const line = Array.from({ length: n * fine }, (_, k) => {
    const i = Math.floor(k / fine);
    const t = (k % fine) / fine;
    return [smooth(i, t, 0), smooth(i, t, 1)] as const;
  });
  const nearest = line.reduce((best, [x, z], k) => {
    const b = line[best] as readonly [number, number];
    return Math.hypot(x - at.x, z - at.z) < Math.hypot(b[0] - at.x, b[1] - at.z) ? k : best;
  }, 0);
  const walk = (way: 1 | -1): Along[] => {
    const out: Along[] = [];
    let l = 0;
    let next = 0;
    for (let k = 0; l < reachMetres && k < line.length / 2; k++) {
      const a = line[(((nearest + way * k) % line.length) + line.length) % line.length] as readonly [number, number];
      const b = line[(((nearest + way * (k + 1)) % line.length) + line.length) % line.length] as readonly [number, number];
      if (l >= next) {
        const [dx, dz] = [(b[0] - a[0]) * way, (b[1] - a[1]) * way];
        const d = Math.hypot(dx, dz) || 1;
        const [nx, nz] = [dz / d, -dx / d];
        const out1 = nx * Math.sin(at.yaw) + nz * Math.cos(at.yaw) > 0 ? 1 : -1;
        out.push({ x: a[0], z: a[1], nx: nx * out1, nz: nz * out1, l: l * way });
        next += stepMetres;
      }
      l += Math.hypot(b[0] - a[0], b[1] - a[1]);
    }
    return out;
  };
  const ahead = walk(1);
  return [...walk(-1).slice(1).reverse(), ...ahead];
};

/** Collects faces; shades them by where they face: light from above and from the viewer's left. */
class Builder {
  readonly positions: number[] = [];
  readonly night: number[] = [];
  readonly day: number[] = [];
  readonly indices: number[] = [];

  face(corners: readonly P3[], paint: Tint, glow = false): void {
    const [a, b, c] = corners as readonly [P3, P3, P3];
    const u: P3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const v: P3 = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    const n: P3 = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const d = Math.hypot(n[0], n[1], n[2]) || 1;
    const light = glow ? 1 : Math.min(1.06, 0.7 + 0.28 * Math.max(0, n[1] / d) + 0.14 * Math.max(0, (-0.6 * n[0] + 0.5 * n[2]) / d) + (n[1] < 0 ? -0.16 : 0));
    const first = this.positions.length / 3;
    const bytes = (rgbs: Rgb): number[] => rgbs.map((k) => Math.round(Math.max(0, Math.min(1, k * light)) * 255));
    for (const p of corners) {
      this.positions.push(...p);
      this.night.push(...bytes(paint.night), 0);
      this.day.push(...bytes(paint.day), 255);
    }
    for (let k = 2; k < corners.length; k++) this.indices.push(first, first + k - 1, first + k);
  }

  /** A box around a foot point; `yaw` turns it, `taper` narrows its head. */
  box(at: P3, size: P3, yaw: number, paint: Tint, taper = 1, glow = false): void {
    const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
    const corner = (x: number, y: number, z: number, k: number): P3 => [at[0] + (x * c + z * s) * k, at[1] + y, at[2] + (-x * s + z * c) * k];
    const [w, h, d] = [size[0] / 2, size[1], size[2] / 2];
    const low = [corner(-w, 0, d, 1), corner(w, 0, d, 1), corner(w, 0, -d, 1), corner(-w, 0, -d, 1)] as const;
    const top = [corner(-w, h, d, taper), corner(w, h, d, taper), corner(w, h, -d, taper), corner(-w, h, -d, taper)] as const;
    for (const k of [0, 1, 2, 3] as const) {
      const m = ((k + 1) % 4) as 0 | 1 | 2 | 3;
      this.face([low[k], low[m], top[m], top[k]], paint, glow);
    }
    this.face(top, paint, glow);
  }

  /** A ball of rings; lighter above. */
  ball(at: P3, r: readonly [wide: number, high: number], sides: number, rings: number, paint: Tint, glow = false): void {
    const p = (i: number, j: number): P3 => {
      const a = (i / sides) * Math.PI * 2;
      const t = -Math.PI / 2 + (j / rings) * Math.PI;
      return [at[0] + Math.sin(a) * Math.cos(t) * r[0], at[1] + Math.sin(t) * r[1], at[2] + Math.cos(a) * Math.cos(t) * r[0]];
    };
    for (let j = 0; j < rings; j++)
      for (let i = 0; i < sides; i++) {
        if (j === 0) this.face([p(i, 0), p(i + 1, 1), p(i, 1)], paint, glow);
        else if (j === rings - 1) this.face([p(i, j), p(i + 1, j), p(i, rings)], paint, glow);
        else this.face([p(i, j), p(i + 1, j), p(i + 1, j + 1), p(i, j + 1)], paint, glow);
      }
  }
}

const addPerson = (b: Builder, at: P3, yaw: number, chance: () => number): void => {
  const k = 0.9 + chance() * 0.2;
  const coat = coatTints[Math.floor(chance() * coatTints.length)] ?? coatTints[0];
  const side = (d: number): P3 => [at[0] + Math.cos(yaw) * d * k, at[1], at[2] - Math.sin(yaw) * d * k];
  for (const d of [-0.045, 0.045]) b.box(side(d), [0.07 * k, 0.28 * k, 0.08 * k], yaw, darkTint);
  b.box([at[0], at[1] + 0.24 * k, at[2]], [0.2 * k, 0.26 * k, 0.13 * k], yaw, coat, 0.82);
  for (const d of [-0.125, 0.125]) b.box([side(d)[0], at[1] + 0.26 * k, side(d)[2]], [0.05 * k, 0.22 * k, 0.06 * k], yaw, coat);
  b.ball([at[0], at[1] + 0.58 * k, at[2]], [0.075 * k, 0.085 * k], 6, 4, skinTint);
  b.ball([at[0] - Math.sin(yaw) * 0.02, at[1] + 0.605 * k, at[2] - Math.cos(yaw) * 0.02], [0.08 * k, 0.07 * k], 6, 3, darkTint);
};

const addPlanter = (b: Builder, at: P3, yaw: number, flower: Tint, chance: () => number): void => {
  b.box(at, [0.84, 0.2, 0.3], yaw, potTint, 1.06);
  for (const d of [-0.27, 0, 0.27]) {
    const h = 0.16 + chance() * 0.08;
    const leaf = leafTints[Math.floor(chance() * leafTints.length)] ?? leafTints[0];
    const [x, z] = [at[0] + Math.cos(yaw) * d, at[2] - Math.sin(yaw) * d];
    b.ball([x, at[1] + 0.24, z], [0.19, h], 7, 4, leaf);
    for (let k = 0; k < 3; k++) {
      const a = chance() * Math.PI * 2;
      b.ball([x + Math.sin(a) * 0.13, at[1] + 0.24 + h * 0.75, z + Math.cos(a) * 0.13], [0.035, 0.035], 4, 2, flower);
    }
  }
};

/** Green that hangs over the kerb and down the wall. */
const addHanging = (b: Builder, p: Along, y: number, chance: () => number): void => {
  const [tx, tz] = [p.nz, -p.nx];
  for (let k = 0; k < 4; k++) {
    const along = (chance() - 0.5) * 0.7;
    const leaf = leafTints[k % leafTints.length] ?? leafTints[0];
    const r = 0.09 + chance() * 0.07;
    const drop = chance() * 0.26;
    b.ball([p.x + tx * along + p.nx * 0.1, y - drop, p.z + tz * along + p.nz * 0.1], [r, r * (0.9 + drop * 2)], 6, 4, leaf);
  }
};

/** The set around a stand; empty where it stands on the water. Free its children with dropMesh. */
export const nearSet = (head: HillHead, stands: readonly Stand[], at: Stand, tokens: Tokens, shared: SceneUniforms): Group => {
  const group = new Group();
  const terrace = head.areas[at.code - 1];
  if (!terrace) return group;
  const below = head.areas[at.code - 2];
  const chance = throwsOf(Math.round(Math.abs(at.x) * 97 + Math.abs(at.z) * 31) + at.code);
  const b = new Builder();
  const halos: HaloSpec[] = [];
  const area: Tint = { night: tokens.night[at.area], day: tokens.day[at.area] };
  const line = edgeAlong(terrace.outline, at);
  const y = terrace.deckY + kerbMetres;
  const own = stands.filter((s) => s.code === at.code && !s.guest);
  const inward = (p: Along, d: number, h: number): P3 => [p.x - p.nx * d, h, p.z - p.nz * d];
  const free = (p: P3, more = 0): boolean => own.every((s) => Math.hypot(p[0] - s.x, p[2] - s.z) > clearMetres * s.scale + more);
  const railed = (p: Along): boolean => Math.abs(p.l) > gapMetres && free(inward(p, railInMetres, y), -0.12);
  line.forEach((p, k) => {
    const q = line[k + 1];
    if (!railed(p)) return;
    const yaw = Math.atan2(p.nx, p.nz);
    if (k % 2 === 0) b.box(inward(p, railInMetres, y), [0.06, railMetres, 0.06], yaw, stoneTint);
    if (!q || !railed(q)) return;
    for (const [from, to, paint] of [
      [railMetres, railMetres + 0.06, railTint],
      [0.1, 0.14, stoneTint],
      [0.27, 0.29, stoneTint],
    ] as const) {
      const corner = (c: Along, d: number, h: number): P3 => inward(c, railInMetres + d, y + h);
      b.face([corner(q, -0.05, from), corner(p, -0.05, from), corner(p, -0.05, to), corner(q, -0.05, to)], paint);
      b.face([corner(q, -0.05, to), corner(p, -0.05, to), corner(p, 0.05, to), corner(q, 0.05, to)], paint);
    }
  });
  const spot = (l: number): Along => line.reduce((best, p) => (Math.abs(p.l - l) < Math.abs(best.l - l) ? p : best));
  for (const l of [-gapMetres - 0.1, gapMetres + 0.1, -5.4, 5.4]) {
    const p = spot(l);
    const foot = inward(p, railInMetres, y);
    if (!free(foot, -0.2)) continue;
    b.box(foot, [0.11, 0.1, 0.11], 0, stoneTint);
    b.box(foot, [0.05, 0.98, 0.05], 0, darkTint);
    const head3: P3 = [foot[0], y + 1.06, foot[2]];
    b.ball(head3, [0.1, 0.12], 8, 5, lampTint, true);
    b.box([foot[0], y + 1.15, foot[2]], [0.16, 0.05, 0.16], 0, darkTint, 0.4);
    halos.push({ at: head3, size: 1.7, colour: [1, 0.78, 0.46], strength: 0.62, ground: false, code: at.code });
    halos.push({ at: [foot[0] - p.nx * 0.3, terrace.deckY + 0.05, foot[2] - p.nz * 0.3], size: 2.6, colour: [1, 0.72, 0.4], strength: 0.34, ground: true, code: at.code });
  }
  for (const l of [-2.5, 2.6, -4.1, 4.2, -6.6, 6.7]) {
    const p = spot(l);
    const foot = inward(p, railInMetres + 0.34, terrace.deckY + 0.02);
    if (free(foot, 0.08)) addPlanter(b, foot, Math.atan2(p.nx, p.nz), area, chance);
  }
  for (let l = -7; l <= 7; l += 1.55) addHanging(b, spot(l + chance() * 0.6), y - 0.02, chance);
  const toward = Math.atan2(at.x - spot(2).x, at.z - spot(2).z);
  for (const [l, d, turn] of [
    [-2.3, 1.05, 0.5],
    [2.15, 1.0, -0.4],
    [2.5, 1.2, -0.7],
    [-5.2, 0.9, 1.4],
    [5.8, 1, -1.2],
    [-3.3, 1.6, 1.1],
    [3.6, 1.9, -1.6],
  ] as const) {
    const foot = inward(spot(l), d, terrace.deckY + 0.01);
    if (free(foot, -0.1)) addPerson(b, foot, toward + turn, chance);
  }
  const groundY = below ? below.deckY : null;
  if (groundY !== null) {
    const lower = stands.filter((s) => s.code === at.code - 1 && !s.guest);
    for (const [l, d] of [
      [-2.4, 2.2],
      [-0.4, 2],
      [-0.1, 2.15],
      [2.8, 2.1],
      [5, 2.3],
    ] as const) {
      const foot = inward(spot(l), -d, groundY + 0.01);
      if (lower.every((s) => Math.hypot(foot[0] - s.x, foot[2] - s.z) > clearMetres * s.scale)) addPerson(b, foot, chance() * 6.28, chance);
    }
  }
  // a line of light along the kerb, where nothing is in its way
  line.forEach((p, k) => {
    const q = line[k + 1];
    if (!q) return;
    const corner = (c: Along, h: number): P3 => inward(c, -0.115, y + h);
    b.face([corner(q, -0.06), corner(p, -0.06), corner(p, -0.02), corner(q, -0.02)], warmTint, true);
  });
  const g = new BufferGeometry();
  g.setAttribute('position', new BufferAttribute(new Float32Array(b.positions), 3));
  g.setAttribute('aStand', new BufferAttribute(new Float32Array(b.positions.length / 3).fill(notOfAnyStand), 1));
  const coded = new Uint8Array(b.night).map((v, k) => (k % 4 === 3 ? at.code : v));
  g.setAttribute('aNight', new BufferAttribute(coded, 4, true));
  g.setAttribute('aDay', new BufferAttribute(new Uint8Array(b.day), 4, true));
  g.setIndex(new BufferAttribute(new Uint32Array(b.indices), 1));
  group.add(fixedMesh(g, program(standVertex, cityFragment, { ...shared }), 2), haloMesh(new Float32Array(0), 0, halos, shared));
  return group;
};

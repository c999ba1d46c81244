/**
 * Bakes all light of a site into vertex colours, once for night and once for day: a soft key light, the point lamps, and one bounce
 * gathered over a fixed set of directions (the same set for every vertex, so that nothing speckles). Rays run on one thread.
 */
import { BufferAttribute, BufferGeometry, DoubleSide, Ray } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { type Ambience, albedoOf, DAY, NIGHT } from './hill-palette.ts';
import type { Site } from './hill-site.ts';
import { cross, dot, norm, srgbByte, type Vec3 } from './hill-vec.ts';

const keyJitter: readonly Vec3[] = [
  [0, 0, 0],
  [0.06, 0, 0.03],
  [-0.05, 0.03, -0.04],
  [0.02, 0.04, -0.06],
  [-0.03, -0.03, 0.06],
];
const gatherMetres = 16;
const lift = 0.04;

export type Occluder = { hit(at: Vec3, n: Vec3, direction: Vec3, far: number): number };

/** Ray casts against a site's faces; `hit` gives the first face's index or -1. */
export const occluderOf = (site: Site): Occluder => {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(site.mesh.positions), 3));
  geometry.setIndex(new BufferAttribute(new Uint32Array(site.mesh.indices), 1));
  // the tree must not reorder the mesh's own faces
  const tree = new MeshBVH(geometry, { indirect: true });
  const ray = new Ray();
  return {
    hit: (at, n, d, far) => {
      ray.origin.set(at[0] + n[0] * lift, at[1] + n[1] * lift, at[2] + n[2] * lift);
      ray.direction.set(d[0], d[1], d[2]);
      const found = tree.raycastFirst(ray, DoubleSide, 0, far);
      return found?.faceIndex ?? -1;
    },
  };
};

type Light = Float32Array;
const vec = (list: ArrayLike<number>, v: number): Vec3 => [list[v * 3] ?? 0, list[v * 3 + 1] ?? 0, list[v * 3 + 2] ?? 0];

const keyLight = (occluder: Occluder, p: Vec3, n: Vec3, a: Ambience): number => {
  const key = norm(a.keyDir);
  const facing = dot(n, key);
  if (facing <= 0) return 0;
  let open = 0;
  for (const j of keyJitter) if (occluder.hit(p, n, norm([key[0] + j[0], key[1] + j[1], key[2] + j[2]]), 90) < 0) open++;
  return (facing * open) / keyJitter.length;
};

const lampLight = (site: Site, occluder: Occluder, p: Vec3, n: Vec3): [number, number, number] => {
  const sum: [number, number, number] = [0, 0, 0];
  for (const lamp of site.lamps) {
    const d: Vec3 = [lamp.at[0] - p[0], lamp.at[1] - p[1], lamp.at[2] - p[2]];
    const d2 = dot(d, d);
    if (d2 > lamp.range * lamp.range || d2 < 1e-4) continue;
    const far = Math.sqrt(d2);
    const facing = dot(n, d) / far;
    if (facing <= 0) continue;
    if (lamp.shadow && occluder.hit(p, n, [d[0] / far, d[1] / far, d[2] / far], far - 0.12) >= 0) continue;
    const w = (lamp.power * facing * (1 - far / lamp.range) ** 1.5) / (d2 * 0.7 + 0.35);
    for (const c of [0, 1, 2] as const) sum[c] += lamp.colour[c] * w;
  }
  return sum;
};

const skyLight = (d: Vec3, a: Ambience, c: 0 | 1 | 2): number => {
  const t = Math.max(0, d[1]);
  return (a.skyHorizon[c] * (1 - t) + a.skyZenith[c] * t) * (1 + Math.max(0, d[2]) * 0.35);
};

const direct = (site: Site, occluder: Occluder): { night: Light; day: Light } => {
  const { mesh } = site;
  const night = new Float32Array(mesh.count * 3);
  const day = new Float32Array(mesh.count * 3);
  for (let v = 0; v < mesh.count; v++) {
    const p = vec(mesh.positions, v);
    const n = vec(mesh.normals, v);
    const albedo = albedoOf(mesh.paints[v] ?? 'wall');
    const glow = mesh.glows[v] ?? null;
    const kn = keyLight(occluder, p, n, NIGHT);
    const kd = keyLight(occluder, p, n, DAY);
    const lamps = lampLight(site, occluder, p, n);
    for (const c of [0, 1, 2] as const) {
      night[v * 3 + c] = (NIGHT.key[c] * kn + lamps[c]) * albedo.night[c] + (glow?.night?.[c] ?? 0);
      day[v * 3 + c] = DAY.key[c] * kd * albedo.day[c] + (glow?.day?.[c] ?? 0) * 0.4;
    }
  }
  return { night, day };
};

const directionsOf = (rays: number): Vec3[] =>
  Array.from({ length: rays }, (_, k) => {
    const u = (k + 0.5) / rays;
    const t = k * 2.399963;
    return [Math.sqrt(u) * Math.cos(t), Math.sqrt(u) * Math.sin(t), Math.sqrt(1 - u)];
  });

export type Colours = { night: Uint8Array; day: Uint8Array };

/** Four bytes a vertex and set: sRGB and the vertex's own clearness (255 = no extra mist). */
export const bake = (site: Site, occluder: Occluder, rays: number): Colours => {
  const { mesh } = site;
  const base = direct(site, occluder);
  const directions = directionsOf(rays);
  const colours = { night: new Uint8Array(mesh.count * 4), day: new Uint8Array(mesh.count * 4) };
  for (let v = 0; v < mesh.count; v++) {
    const p = vec(mesh.positions, v);
    const n = vec(mesh.normals, v);
    const t: Vec3 = Math.abs(n[1]) < 0.9 ? norm(cross([0, 1, 0], n)) : [1, 0, 0];
    const b = cross(n, t);
    const gather = { night: [0, 0, 0] as [number, number, number], day: [0, 0, 0] as [number, number, number] };
    for (const q of directions) {
      const d: Vec3 = [t[0] * q[0] + b[0] * q[1] + n[0] * q[2], t[1] * q[0] + b[1] * q[1] + n[1] * q[2], t[2] * q[0] + b[2] * q[1] + n[2] * q[2]];
      // the water closes the world from below
      const face = occluder.hit(p, n, d, gatherMetres);
      for (const c of [0, 1, 2] as const) {
        if (face < 0) {
          const below = d[1] < -0.05;
          gather.night[c] += below ? ([0.03, 0.07, 0.17] as const)[c] : skyLight(d, NIGHT, c);
          gather.day[c] += below ? ([0.3, 0.42, 0.46] as const)[c] : skyLight(d, DAY, c);
        } else {
          for (let e = 0; e < 3; e++) {
            const w = mesh.indices[face * 3 + e] ?? 0;
            const albedo = albedoOf(mesh.paints[w] ?? 'wall');
            gather.night[c] += (((base.night[w * 3 + c] ?? 0) + albedo.night[c] * NIGHT.ambient[c]) / 3) * NIGHT.bounce;
            gather.day[c] += (((base.day[w * 3 + c] ?? 0) + albedo.day[c] * DAY.ambient[c]) / 3) * DAY.bounce;
          }
        }
      }
    }
    const albedo = albedoOf(mesh.paints[v] ?? 'wall');
    const glow = mesh.glows[v] ?? null;
    for (const c of [0, 1, 2] as const) {
      let lit = (base.night[v * 3 + c] ?? 0) + (albedo.night[c] * gather.night[c]) / rays;
      const own = glow?.night?.[c] ?? 0;
      if (glow?.night) lit = Math.min(lit, own + Math.max(0, lit - own) * 0.25);
      colours.night[v * 4 + c] = srgbByte(lit);
      colours.day[v * 4 + c] = srgbByte((base.day[v * 3 + c] ?? 0) + (glow?.day?.[c] ?? 0) * 0.6 + (albedo.day[c] * gather.day[c]) / rays);
    }
    const clear = Math.round(255 * (1 - (mesh.mists[v] ?? 0)));
    colours.night[v * 4 + 3] = clear;
    colours.day[v * 4 + 3] = clear;
  }
  return colours;
};

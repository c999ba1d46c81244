/**
 * From a built and baked site to bytes: drops faces that no camera on the rails can see, windows that no visitor could count, merges
 * equal vertices, orders the lamps, quantises. Format in hill-file.ts.
 */
import { type Colours, occluderOf } from './hill-bake.ts';
import type { Site } from './hill-site.ts';
import { chanceOf, cross, dot, norm, sub, type Vec3 } from './hill-vec.ts';
import type { View } from './hill-views.ts';

const facing = (azDeg: number, pitchDeg: number): Vec3 => {
  const a = (azDeg * Math.PI) / 180;
  const p = (pitchDeg * Math.PI) / 180;
  return [Math.sin(a) * Math.cos(p), Math.sin(p), Math.cos(a) * Math.cos(p)];
};
const overviewTurns = [-15, 0, 15];
const walkTurns = [-46, -23, 0, 23, 46];
const pitches = [12, 24, 36];

/** Removes faces that turn away from every camera of the rails. Far things are only seen from the front. */
export const cullBack = (site: Site, centreZ: number): number => {
  const { mesh } = site;
  const kept: number[] = [];
  const overview = overviewTurns.flatMap((a) => pitches.map((p) => facing(a, p)));
  const p = (v: number): Vec3 => [mesh.positions[v * 3] ?? 0, mesh.positions[v * 3 + 1] ?? 0, mesh.positions[v * 3 + 2] ?? 0];
  for (let q = 0; q < mesh.indices.length; q += 3) {
    const [a, b, c] = [mesh.indices[q] ?? 0, mesh.indices[q + 1] ?? 0, mesh.indices[q + 2] ?? 0];
    const n = norm(cross(sub(p(b), p(a)), sub(p(c), p(a))));
    const [x, , z] = p(a);
    let seen = overview.some((d) => dot(n, d) > 0.02);
    if (!seen && z > -25) {
      const out = (Math.atan2(x, Math.max(4, z - centreZ)) * 180) / Math.PI;
      seen = walkTurns.some((t) => pitches.some((h) => dot(n, facing(out + t, h)) > 0.02));
    }
    if (seen) kept.push(a, b, c);
  }
  const dropped = (mesh.indices.length - kept.length) / 3;
  mesh.indices.length = 0;
  for (const v of kept) mesh.indices.push(v);
  return dropped;
};

/** Keeps the counted windows that can be seen in the view's frame; decor stays. */
export const keepSeenPanes = (site: Site, view: View, aspect: number): void => {
  const occluder = occluderOf(site);
  const back = facing(0, view.pitchDeg);
  const distance = view.height / 2 / Math.tan((view.fovDeg * Math.PI) / 360);
  const eye: Vec3 = [view.target[0] + back[0] * distance, view.target[1] + back[1] * distance, view.target[2] + back[2] * distance];
  const up: Vec3 = [0, back[2], -back[1]];
  const high = view.height / 2;
  const wide = Math.max(view.width, view.height * aspect) / 2;
  const kept = site.panes.filter((pane) => {
    if (!pane.counted) return true;
    const n: Vec3 = [Math.sin(pane.yaw), 0, Math.cos(pane.yaw)];
    const d = sub(eye, pane.at);
    const far = Math.hypot(d[0], d[1], d[2]);
    if (dot(n, d) / far < 0.18) return false;
    const rel = sub(pane.at, view.target);
    const deep = distance - dot(rel, back);
    if (Math.abs(rel[0]) * (distance / deep) > wide * 0.985 || Math.abs(dot(rel, up)) * (distance / deep) > high) return false;
    const side: Vec3 = [Math.cos(pane.yaw), 0, -Math.sin(pane.yaw)];
    let open = 0;
    for (const [s, t] of [
      [0, 0],
      [-0.4, 0.3],
      [0.4, 0.3],
      [0, -0.35],
    ] as const) {
      const at: Vec3 = [pane.at[0] + side[0] * pane.width * s, pane.at[1] + pane.height * t, pane.at[2] + side[2] * pane.width * s];
      const to = sub(eye, at);
      const l = Math.hypot(to[0], to[1], to[2]);
      if (occluder.hit(at, n, [to[0] / l, to[1] / l, to[2] / l], l) < 0) open++;
    }
    return open >= 3;
  });
  site.panes.length = 0;
  for (const pane of kept) site.panes.push(pane);
};

/** The fixed order in which lamps come on: counted ones shuffled, then decor. */
export const orderPanes = (site: Site): number => {
  const chance = chanceOf(20260);
  const counted = site.panes.filter((p) => p.counted);
  const decor = site.panes.filter((p) => !p.counted);
  for (let i = counted.length - 1; i > 0; i--) {
    const j = Math.floor(chance.next() * (i + 1));
    const a = counted[i];
    const b = counted[j];
    if (a && b) [counted[i], counted[j]] = [b, a];
  }
  site.panes.length = 0;
  for (const pane of counted) site.panes.push(pane);
  for (const pane of decor) site.panes.push(pane);
  return counted.length;
};

export type PackedMesh = { vertices: number; indices: Uint32Array; places: Int16Array; night: Uint8Array; day: Uint8Array };

/** Used vertices only, equal ones merged, positions in 1/`perMetre`. */
export const packMesh = (site: Site, colours: Colours, perMetre: number): PackedMesh => {
  const { mesh } = site;
  const places: number[] = [];
  const night: number[] = [];
  const day: number[] = [];
  const known = new Map<string, number>();
  const moved = new Map<number, number>();
  const indices = new Uint32Array(mesh.indices.length);
  mesh.indices.forEach((v, at) => {
    let to = moved.get(v);
    if (to === undefined) {
      const place = [0, 1, 2].map((c) => Math.max(-32767, Math.min(32767, Math.round((mesh.positions[v * 3 + c] ?? 0) * perMetre))));
      const n = Array.from(colours.night.subarray(v * 4, v * 4 + 4));
      const d = Array.from(colours.day.subarray(v * 4, v * 4 + 4));
      const key = `${place.join()}|${mesh.codes[v]}|${n.join()}|${d.join()}`;
      to = known.get(key);
      if (to === undefined) {
        to = places.length / 4;
        places.push(...place, mesh.codes[v] ?? 0);
        night.push(...n);
        day.push(...d);
        known.set(key, to);
      }
      moved.set(v, to);
    }
    indices[at] = to;
  });
  return { vertices: places.length / 4, indices, places: Int16Array.from(places), night: Uint8Array.from(night), day: Uint8Array.from(day) };
};

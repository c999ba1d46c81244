/** Where the camera stands for each view of the hill, and what is dimmed, lifted and sunk there. */
import { AREAS, type Area } from '../../shared/areas.ts';
import type { CuratedView, HillHead } from './hill-file.ts';
import type { Pose } from './pose.ts';
import type { Stand } from './stands.ts';

const degrees = Math.PI / 180;
/** the neighbour behind steps out beside the focus */
const walkYawDeg = 14;
const walkPitchDeg = 25;
const walkFovDeg = 24;

/** what the scene shows with a pose: strength of the focus dimming, the terrace in the light, the stand that grows */
export type Mood = { focus: number; terrace: number; terraceDim: number; sink: number; stand: number; at: readonly [number, number, number]; facing: readonly [number, number] };
export type Shot = { pose: Pose; mood: Mood };

const calm: Mood = { focus: 0, terrace: -1, terraceDim: 0, sink: 0, stand: -1, at: [0, 8, 10], facing: [0, 1] };

const curated = (v: CuratedView): Pose => ({
  x: v.target[0],
  y: v.target[1],
  z: v.target[2],
  yaw: 0,
  pitch: v.pitchDeg * degrees,
  fov: v.fovDeg,
  width: v.width,
  height: v.height,
});

export const attractShot = (head: HillHead): Shot => ({ pose: curated(head.views.attract), mood: calm });
export const hillShot = (head: HillHead): Shot => ({ pose: curated(head.views.hill), mood: calm });

const pierPitchDeg = 29;
/** so far behind the quays' front the waterfront's picture has its middle: little water below them, the lowest terraces above */
const pierDepthMetres = 10;
/** The waterfront: quays and pavilion before the lowest terraces. */
export const pierShot = (head: HillHead): Shot => {
  const spots = [...head.quays.flat(), ...head.pavilion];
  if (spots.length === 0) return hillShot(head);
  const [xs, zs] = [spots.map((s) => s[0]), spots.map((s) => s[2])];
  const [left, right, front] = [Math.min(...xs), Math.max(...xs), Math.max(...zs)];
  return {
    pose: { x: (left + right) / 2, y: 2.6, z: front - pierDepthMetres, yaw: 0, pitch: pierPitchDeg * degrees, fov: 20, width: right - left + 6, height: 13 },
    mood: calm,
  };
};

/** One terrace, all of its stands in view; the others step back. */
export const terraceShot = (head: HillHead, area: Area, stands: readonly Stand[]): Shot => {
  const level = AREAS.indexOf(area);
  const terrace = head.areas[level];
  const own = stands.filter((s) => s.code === level + 1 && !s.guest);
  if (!terrace) return hillShot(head);
  const reach = Math.max(7, ...own.map((s) => Math.abs(s.x) + 1.6));
  const zs = own.length ? own.map((s) => s.z) : [0];
  const middle = (Math.max(...zs) + Math.min(...zs)) / 2;
  const pitch = 27 * degrees;
  const tall = (Math.max(...zs) - Math.min(...zs)) * Math.sin(pitch) + 5.2;
  return {
    pose: { x: 0, y: terrace.deckY + 1.1, z: middle, yaw: 0, pitch, fov: 20, width: reach * 2, height: Math.max(tall, reach * 0.9) },
    mood: { ...calm, terrace: level + 1, terraceDim: 0.62 },
  };
};

/** how wide a stand is in the way of another, and how tall it looks from the walk's pitch */
const bodyMetres = 2.1;
const shadeMetres = 5;
const walkYawsDeg = [walkYawDeg, -walkYawDeg, 26, -26, 4, -4, 36, -36];

/** houses before the focus step down a little: their roofs stay in the picture below it */
const sinkShare = 0.3;

/** The turn from which no other stand hides this one: the first of the preferred turns with the least in the way. */
const clearYaw = (stand: Stand, stands: readonly Stand[]): number => {
  const hiddenAt = (deg: number): number => {
    const yaw = stand.yaw + deg * degrees;
    const [fx, fz] = [Math.sin(yaw), Math.cos(yaw)];
    return stands.reduce((sum, other) => {
      if (other === stand || other.guest || other.code !== stand.code) return sum;
      const [dx, dz] = [other.x - stand.x, other.z - stand.z];
      const before = dx * fx + dz * fz;
      const beside = Math.abs(dx * fz - dz * fx);
      return before > 0.4 && before < shadeMetres ? sum + Math.max(0, bodyMetres - beside) * (1 - before / shadeMetres) : sum;
    }, 0);
  };
  const mirrored = walkYawsDeg.map((d) => d * (stand.x > 0 ? -1 : 1));
  return mirrored.reduce((best, deg) => (hiddenAt(deg) < hiddenAt(best) - 0.05 ? deg : best));
};

/** One stand close by, among its neighbours. */
export const walkShot = (stands: readonly Stand[], stand: Stand, index: number): Shot => {
  const onWater = stand.code === 0;
  return {
    pose: {
      x: stand.x,
      y: stand.y + 1.42,
      z: stand.z,
      yaw: stand.yaw + clearYaw(stand, stands) * degrees,
      pitch: (onWater ? 33 : walkPitchDeg) * degrees,
      fov: walkFovDeg,
      width: 5.5,
      height: 5,
    },
    mood: {
      focus: onWater ? 0.55 : 0.8,
      terrace: -1,
      terraceDim: 0,
      sink: sinkShare,
      stand: index,
      at: [stand.x, stand.y + 1.3, stand.z],
      facing: [Math.sin(stand.yaw), Math.cos(stand.yaw)],
    },
  };
};

const sceneYawDeg = 9;
/** A terrace of the resting screen: so near that its ends leave the picture, for it is seen from far. */
const terraceScene = (head: HillHead, area: Area, stands: readonly Stand[]): Shot => {
  const { pose, mood } = terraceShot(head, area, stands);
  return { pose: { ...pose, yaw: sceneYawDeg * degrees, width: pose.width * 0.6, height: pose.height * 0.6 }, mood: { ...mood, terraceDim: 0.8 } };
};
/** The quays of the resting screen; where there are none, the waterfront. */
const pierScene = (head: HillHead): Shot => {
  const { pose, mood } = pierShot(head);
  const xs = head.quays.flat().map((s) => s[0]);
  if (xs.length === 0) return { pose, mood };
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  return { pose: { ...pose, x: (left + right) / 2 + 1, z: pose.z + 8, width: right - left + 6, height: 9 }, mood };
};
/** What the resting screen looks at besides the whole hill. */
export const sceneShot = { terrace: terraceScene, pier: pierScene } as const;

/** The place code of houses that may hide a stand on `code`: the terrace below, or the promenade. */
export const codeBefore = (code: number): number => (code === 1 ? 7 : code - 1);

/** Between two moods in flight: what dims moves with the camera, the old focus sinks back before the new one grows. */
export const mixMood = (a: Mood, b: Mood, t: number): { mood: Mood; grow: number } => {
  const n = (x: number, y: number): number => x + (y - x) * t;
  const from = a.focus > 0 ? a : b;
  const to = b.focus > 0 ? b : a;
  const lit = a.terraceDim === 0 || (b.terraceDim > 0 && t >= 0.5) ? b : a;
  const both = a.terraceDim > 0 && b.terraceDim > 0 && a.terrace !== b.terrace;
  const half = 0.45;
  const stand = t < half ? a.stand : b.stand;
  return {
    mood: {
      focus: n(a.focus, b.focus),
      at: [n(from.at[0], to.at[0]), n(from.at[1], to.at[1]), n(from.at[2], to.at[2])],
      facing: [n(from.facing[0], to.facing[0]), n(from.facing[1], to.facing[1])],
      terrace: lit.terrace,
      terraceDim: both ? lit.terraceDim * Math.abs(1 - 2 * t) : n(a.terraceDim, b.terraceDim),
      sink: Math.max(a.sink, b.sink),
      stand,
    },
    grow: a.stand === b.stand ? 1 : t < half ? 1 - t / half : (t - half) / (1 - half),
  };
};

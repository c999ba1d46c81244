/** The curated views of the whole hill: target, pitch and the size in metres that must fit into the free picture area. */
import type { Orientation } from './hill-plan.ts';
import type { Vec3 } from './hill-vec.ts';

export type View = { target: Vec3; pitchDeg: number; fovDeg: number; width: number; height: number };
export const VIEWS: Record<Orientation, { attract: View; hill: View }> = {
  portrait: {
    attract: { target: [0, 12.2, 6], pitchDeg: 24, fovDeg: 20, width: 56, height: 54.5 },
    hill: { target: [0, 11.2, 7], pitchDeg: 27, fovDeg: 20, width: 50, height: 57 },
  },
  landscape: {
    attract: { target: [0, 11.2, 4], pitchDeg: 19, fovDeg: 18, width: 84, height: 50 },
    hill: { target: [0, 11.6, 6], pitchDeg: 25, fovDeg: 18, width: 73, height: 55 },
  },
};
/** the free area that the attract view is composed for, width to height; lamps are counted that are in it */
export const attractAspect: Record<Orientation, number> = { portrait: 1080 / 840, landscape: 1920 / 800 };

/** The building site: where all builders put their faces, windows, lamps and glows. */
import { Mesh } from './hill-mesh.ts';
import type { Plan } from './hill-plan.ts';
import type { Vec3 } from './hill-vec.ts';

/** counted: one of the lamps that stand for visits; decor: always lit, not counted (boats, pavilion) */
export type Pane = { at: Vec3; yaw: number; width: number; height: number; counted: boolean; code: number };
/** A soft light seen in the air; size in metres. */
export type Halo = { at: Vec3; size: number; colour: Vec3; strength: number };
/** A point light of the bake, in linear light. */
export type Lamp = { at: Vec3; colour: Vec3; power: number; range: number; shadow: boolean };

export type Site = { plan: Plan; mesh: Mesh; panes: Pane[]; halos: Halo[]; lamps: Lamp[] };
export const newSite = (plan: Plan): Site => ({ plan, mesh: new Mesh(), panes: [], halos: [], lamps: [] });

export const addLamp = (site: Site, at: Vec3, colour: Vec3, power: number, range: number, shadow = true): void => {
  site.lamps.push({ at, colour, power, range, shadow });
};
export const addHalo = (site: Site, at: Vec3, size: number, colour: Vec3, strength: number): void => {
  site.halos.push({ at, size, colour, strength });
};
export const WARM_HALO: Vec3 = [1, 0.75, 0.42];

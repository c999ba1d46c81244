/** One hill from plan to bytes. Pure: the same bytes for the same plan and ray count. */
import { bake, occluderOf } from './hill-bake.ts';
import { buildBoats } from './hill-boats.ts';
import { buildFar } from './hill-far.ts';
import { buildHarbour } from './hill-harbour.ts';
import { cullBack, keepSeenPanes, orderPanes, packMesh } from './hill-pack.ts';
import { type Orientation, PLANS } from './hill-plan.ts';
import { buildBackdrop, buildPodium } from './hill-podium.ts';
import { newSite, type Site } from './hill-site.ts';
import { buildTerraces } from './hill-terraces.ts';
import { buildTown } from './hill-town.ts';
import { attractAspect, VIEWS } from './hill-views.ts';
import { hillBytes, type PackedSet, perMetre } from './hill-write.ts';

export type BuildNote = { hillTriangles: number; culled: number; lamps: number; windows: number; vertices: number; bytes: number };

/** Everything that is baked of the hill itself. */
export const buildHill = (orientation: Orientation): Site => {
  const site = newSite(PLANS[orientation]);
  buildFar(site);
  buildTerraces(site);
  buildTown(site);
  buildHarbour(site);
  buildBoats(site);
  return site;
};

const packed = (site: Site, rays: number): PackedSet => {
  const counted = orderPanes(site);
  return { mesh: packMesh(site, bake(site, occluderOf(site), rays), perMetre), panes: site.panes, counted, halos: site.halos };
};

/** Builds, bakes and packs; `rays` per vertex (24 is fine for a look, 40 for the committed file). */
export const hillFile = (orientation: Orientation, rays: number): { bytes: Uint8Array; note: BuildNote } => {
  const site = buildHill(orientation);
  const view = VIEWS[orientation];
  keepSeenPanes(site, view.attract, attractAspect[orientation]);
  const culled = cullBack(site, site.plan.centreZ);
  const backdrop = buildBackdrop();
  cullBack(backdrop, 0);
  const sets = { hill: packed(site, rays), podium: packed(buildPodium(), rays), backdrop: packed(backdrop, Math.min(rays, 16)) };
  const bytes = hillBytes(site.plan, view, sets);
  return {
    bytes,
    note: {
      hillTriangles: sets.hill.mesh.indices.length / 3,
      culled,
      lamps: site.lamps.length,
      windows: sets.hill.counted,
      vertices: sets.hill.mesh.vertices,
      bytes: bytes.byteLength,
    },
  };
};

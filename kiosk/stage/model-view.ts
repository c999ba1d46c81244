/** A model's curated views as places of the camera on the podium's rails, and how large the model stands there. Plain arithmetic. */
import type { ModelInfo, ModelView } from '../../shared/model.ts';
import type { Orbit, OrbitLimits } from './orbit.ts';
import { curatedAzimuthDeg, curatedPolarDeg, podiumHeightMetres, podiumWidthMetres } from './podium-frame.ts';

/** the tallest and the widest that still stand well on the podium, metres */
const heightMaxMetres = 3;
const reachMaxMetres = 1.62;
/** a flight to a part, or back to the whole */
export const flightMs = 1_100;
const zoomMax = 5;
const visitorZoom = [0.8, 1.8] as const;
/** how much closer than its view a visitor may come to a part */
const closerMax = 1.25;
const polarDeg = [50, 86] as const;
const polarMinDeg = 30;
const polarMaxDeg = 96;

export type Size = { width: number; height: number; depth: number /** farthest from the middle axis */; reach: number };

/** Metres on the podium for a metre of the model. */
export const standScale = (size: Size): number => {
  const scale = Math.min(heightMaxMetres / size.height, reachMaxMetres / size.reach);
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
};

const clamp = (v: number, low: number, high: number): number => Math.max(low, Math.min(high, v));

/** what is kept free around a whole model: beside it a little, below it the podium's edge */
const besideShare = 1.12;
const aroundMetres = 1;
/** a whole model is looked at a little below its middle, so that the podium is in the picture */
const belowMetres = 0.14;

/** What the camera looks at to see the whole model, metres of the podium. */
export const wholeFocus = (size: Size): readonly [number, number, number] => [0, (size.height * standScale(size)) / 2 - belowMetres, 0];

/** How much closer than the podium's own picture a view of zoom 1 is: the whole model fills it, or a part as it would alone. */
const closeness = (close: boolean, size: Size): number => {
  const scale = standScale(size);
  if (!close) return clamp(Math.min(podiumWidthMetres / (2 * size.reach * scale * besideShare), podiumHeightMetres / (size.height * scale + aroundMetres)), 0.9, 1.5);
  const radius = (Math.hypot(size.width, size.height, size.depth) / 2) * scale;
  return clamp(podiumHeightMetres / (1.77 * radius), 0.8, 1.6);
};

/** The podium's orbit for a view. The podium turns and the camera stays, so azimuths change their sign. `close`: it is of a part. */
export const orbitOf = (view: ModelView, close: boolean, size: Size): Orbit => ({
  azimuthDeg: -view.az,
  polarDeg: clamp(view.pol, polarMinDeg, polarMaxDeg),
  zoom: clamp(view.zoom * closeness(close, size), visitorZoom[0], zoomMax),
});

/** How far a visitor may turn and zoom from there. */
export const limitsAround = (home: Orbit): OrbitLimits => ({
  home,
  azimuthMaxDeg: null,
  polarDeg: [Math.min(polarDeg[0], home.polarDeg), Math.max(polarDeg[1], home.polarDeg)],
  zoom: [Math.min(visitorZoom[0], home.zoom), Math.max(visitorZoom[1], home.zoom * closerMax)],
  turnStepDeg: 30,
});

/** Where the whole model is seen from. */
export const firstView = (info: ModelInfo): ModelView => info.views[0] ?? { az: -curatedAzimuthDeg, pol: curatedPolarDeg, zoom: 1 };

type Spot = readonly [number, number, number];
/** a part this far from the middle axis, as a share of the way to the outside, has a side of its own */
const sideShare = 0.3;
const partZoom = 2.1;
const turnOf = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

/**
 * A view for a part that names none: from the side that it is on, as near as possible to a curated view, from above for what is high
 * and from level for what is low. `at` is where the part is, from the middle of the model's footprint, in metres of the file.
 */
export const partView = (info: ModelInfo, size: Size, at: Spot): ModelView => {
  const [x, y, z] = [at[0] / (size.width / 2 || 1), at[1] / (size.height || 1), at[2] / (size.depth / 2 || 1)];
  const own = (Math.atan2(x, z) * 180) / Math.PI;
  const first = firstView(info);
  const beside = Math.hypot(x, z) > sideShare;
  const curated = info.views.map((v) => v.az).reduce((best, az) => (turnOf(az, own) < turnOf(best, own) ? az : best), first.az);
  const way = ((own - curated + 540) % 360) - 180;
  return { az: beside ? curated + way * 0.6 : first.az, pol: y > 0.8 ? 64 : y < 0.3 ? 80 : 73, zoom: partZoom };
};

/** The view of a part: its own, or one found for where it is. */
export const viewOf = (info: ModelInfo, hotspot: string, size: Size, at: Spot): ModelView => {
  const wanted = info.hotspots.find((h) => h.id === hotspot)?.view;
  return info.views.find((v) => v.id !== undefined && v.id === wanted) ?? partView(info, size, at);
};

/** The azimuth that means the same as `to` and is the nearest to `from`: the short way round. */
export const shortWay = (from: number, to: number): number => to + Math.round((from - to) / 360) * 360;

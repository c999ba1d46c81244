/** How far a visitor may turn and zoom in each kind of view, and how long the camera takes between them. */
import type { OrbitLimits } from './orbit.ts';
import { curatedAzimuthDeg, curatedPolarDeg } from './podium-frame.ts';

export const sameTerraceMs = 900;
export const otherTerraceMs = 1_400;
/** between two scenes of the resting screen */
export const sceneFlightMs = 2_600;
export const arriveMs = 900;
export const veilMs = 320;
/** from the sculpture to the model that took its time */
export const crossMs = 700;
export const reducedFadeMs = 150;
export const duskMs = 700;
export const homeAfterMs = 8_000;

export const hillLimits: OrbitLimits = { home: { azimuthDeg: 0, polarDeg: 0, zoom: 1 }, azimuthMaxDeg: 12, polarDeg: [0, 0], zoom: [1, 1.8], turnStepDeg: 6 };
export const walkLimits: OrbitLimits = { ...hillLimits, azimuthMaxDeg: 35, zoom: [0.8, 1.5], turnStepDeg: 12 };
export const podiumLimits: OrbitLimits = {
  home: { azimuthDeg: curatedAzimuthDeg, polarDeg: curatedPolarDeg, zoom: 1 },
  azimuthMaxDeg: null,
  polarDeg: [50, 82],
  zoom: [0.8, 1.8],
  turnStepDeg: 30,
};

/** degrees a drag of one px turns */
export const podiumTurnPerPx = 0.38;
export const podiumTiltPerPx = 0.16;
export const hillTurnPerPx = 0.08;

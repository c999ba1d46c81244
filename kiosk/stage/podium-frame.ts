/** The podium's picture: how many metres of it fit the free area, and the three-quarter view that all sculptures are first seen from. */

/** three-quarter: the front to the left, one side to the right */
export const curatedAzimuthDeg = -27;
export const curatedPolarDeg = 73;
export const podiumWidthMetres = 4.3;
export const podiumHeightMetres = 4.4;
/** what the camera looks at: the middle of what stands on the podium */
export const podiumMiddleMetres = 1.08;
export const podiumFovDeg = 20;

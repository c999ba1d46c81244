/** How far a device's clock is from the hub's, as one exchange can measure it. */
/** a kiosk's clock that differs by less than this is taken as right: one hello can't measure closer */
export const clockDeadbandMs = 1_000;

/** Hub clock minus device clock, or 0 where the difference is within the deadband. */
export const offsetOf = (hubMs: number, deviceMs: number): number => (Math.abs(hubMs - deviceMs) < clockDeadbandMs ? 0 : hubMs - deviceMs);

/** How the day's visits light the hill: one lit window stands for `unit` visits, the same on every kiosk. */
import { pickUnit } from './sculpture.ts';

/** lit windows at most: every hill has more in view, so that a caption never claims lamps that are not there */
export const litWindowsMax = 1_000;

/** The unit and the number of windows to light for `visits` of today. */
export const lightsFor = (visits: number): { unit: number; lit: number } => {
  const unit = pickUnit(visits, litWindowsMax, true);
  return { unit, lit: Math.ceil(visits / unit) };
};

/** How the day's visits light the hill: one lit window stands for `unit` visits, the same on every kiosk. */
import { pickUnit } from './sculpture.ts';

/** lit windows at most, so that the hill never runs out of dark ones */
export const litWindowsMax = 1_600;

/** The unit and the number of windows to light for `visits` of today. */
export const lightsFor = (visits: number): { unit: number; lit: number } => {
  const unit = pickUnit(visits, litWindowsMax, true);
  return { unit, lit: Math.ceil(visits / unit) };
};

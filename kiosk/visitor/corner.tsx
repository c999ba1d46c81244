/** The staff's corner, opened by holding the lower right corner of the screen: what it shows is fetched then, for visitors' pages do without it. */
import { useEffect } from 'preact/hooks';
import { fetchedPart } from './fetched.ts';
import type { StaffCorner } from './staff-corner.tsx';

export const cornerHoldMs = 5_000;
export const cornerMm = 40;
const corner = fetchedPart(() => import('./staff-corner.tsx'));

export const Corner = (props: Parameters<typeof StaffCorner>[0]) => {
  useEffect(() => void corner.fetch(), []);
  const Shown = corner.file.value?.StaffCorner;
  return Shown ? <Shown {...props} /> : null;
};

/** A kiosk's short number: its sign on staff's screens, given once, and no other kiosk's of its showcase. */
import type { Device } from './register.ts';

/** The last number in a name, 1 to 999; null where it has none. */
const numberIn = (name: string): number | null => {
  const n = Number(/(?<!\d)(\d{1,3})(?!\d)\D*$/.exec(name)?.[1] ?? 0);
  return n > 0 ? n : null;
};

/**
 * The devices with a number for every kiosk that lacks one: the one in its name if that is free, else the lowest that is. One that a device
 * has stays its own, until it moves to another showcase; a revoked kiosk's is free again.
 */
export const withNumbers = (devices: readonly Device[]): Device[] => {
  const taken = new Map<string, Set<number>>();
  const of = (showcase: string): Set<number> => {
    const found = taken.get(showcase) ?? new Set();
    taken.set(showcase, found);
    return found;
  };
  const counts = (d: Device): boolean => d.kind === 'kiosk' && !d.revoked;
  for (const d of devices) if (counts(d) && d.number !== undefined) of(d.showcase).add(d.number);
  return devices.map((d) => {
    if (!counts(d) || d.number !== undefined) return d;
    const used = of(d.showcase);
    const named = numberIn(d.name);
    let number = named !== null && !used.has(named) ? named : 1;
    while (used.has(number)) number++;
    used.add(number);
    return { ...d, number };
  });
};

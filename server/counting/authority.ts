/** Who counts at a point from when on (R3), decided when a counter is added: the first one there, or the one that replaces a revoked one. */
import type { Entry } from '../../shared/entry.ts';
import { showcaseOf, type Tally } from '../../shared/tally.ts';
import type { Device } from '../access/register.ts';
import type { Plan } from './recorder.ts';

/**
 * The plan that makes a new counter the authority of its point: from the beginning where nothing was ever counted there, from now on where
 * the former counter is revoked; nothing where another one counts: then the new one is a shadow until a supervisor switches.
 */
export const authorityForNewCounter =
  (tally: Tally, devices: readonly Device[], device: Device, nowMs: number): Plan<null> =>
  () => {
    const point = device.point ?? '';
    const doors = showcaseOf(tally, device.showcase).doors;
    const current = doors.authority.get(point)?.at(-1)?.source;
    if (current === 'clicker') return { entry: null, answer: null };
    const holder = current && devices.find((d) => current === `sensor:${d.id}`);
    if (holder && !holder.revoked && holder.point === point) return { entry: null, answer: null };
    const untouched = !doors.crossings.some((c) => c.point === point);
    const entry: Entry = {
      kind: 'authority.set',
      receivedMs: nowMs,
      showcase: device.showcase,
      by: 'hub',
      point,
      source: 'sensor',
      device: device.id,
      fromMs: untouched ? 0 : nowMs,
    };
    return { entry, answer: null };
  };

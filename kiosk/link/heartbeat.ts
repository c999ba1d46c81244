/** What a kiosk tells the hub of itself every five seconds, brought within the wire's limits whatever the page says. */
import type { Heartbeat } from '../../shared/wire.ts';
import { faultsMax } from '../../shared/wire-limits.ts';

/** the limits of `heartbeatSchema` */
const [waitingMax, textCharsMax, packCharsMax, fpsMax, heapBytesMax] = [10_000_000, 48, 80, 1_000, 1e13] as const;

export type Status = Pick<Heartbeat, 'screen' | 'fps' | 'heapBytes' | 'pack' | 'faults'>;

const within = (value: number | null, max: number): number | null => (value !== null && value >= 0 && value <= max ? value : null);

/** A fault's code as the wire wants it: snake_case, 1 to 48 characters. */
const codeOf = (fault: string): string =>
  fault
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
    .slice(0, textCharsMax) || 'unnamed';

/** `offsetMs`: the hub's clock less the device's; the age of the oldest event is told in the hub's time. */
export const heartbeatOf = (status: Status, stats: { waiting: number; oldestMs: number | null }, faults: readonly string[], offsetMs: number): Heartbeat => ({
  waiting: Math.min(stats.waiting, waitingMax),
  oldestMs: stats.oldestMs === null ? null : Math.round(stats.oldestMs + offsetMs),
  screen: status.screen.slice(0, textCharsMax),
  fps: within(status.fps, fpsMax),
  heapBytes: within(status.heapBytes, heapBytesMax),
  pack: status.pack?.slice(0, packCharsMax) ?? null,
  faults: [...new Set([...faults, ...status.faults].map(codeOf))].slice(0, faultsMax),
});

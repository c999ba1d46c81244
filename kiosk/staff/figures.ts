/** What the wall says of its figures beyond the hub's numbers: when one is not known, and how far an estimate may be off. */
import type { Live } from '../../shared/live.ts';

/** Whether any door of the outer boundary ever told anything; without that, visits and occupancy are unknown, not 0. */
export const doorsHeard = (live: Live): boolean => live.today.visits > 0 || live.today.entries > 0 || live.points.some((p) => p.perimeter && p.heardMs !== null);

export const visitsToday = (live: Live): number | null => (doorsHeard(live) ? live.today.visits : null);
export const occupancyNow = (live: Live): number | null => (doorsHeard(live) ? live.today.occupancy : null);

/** Codes scanned of codes shown, in percent; null where scans are not counted or nothing was shown. */
export const scanRate = (shown: number, scanned: number | null): number | null => (scanned === null || shown === 0 ? null : Math.round((scanned / shown) * 100));

/** Exits to entries of a door; null without entries. */
export const outPerIn = (entries: number, exits: number): number | null => (entries === 0 ? null : Math.round((exits / entries) * 100) / 100);

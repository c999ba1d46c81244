/** What a staff page keeps on this device for the clicker, so that it opens while the hub is away: the showcases, and of each its doors as they were told last. */
import type { Live } from '../../shared/live.ts';
import type { ShowcaseNames } from '../../shared/wire.ts';
import type { ShowcaseItem } from '../ui/page-head.tsx';

/** `heardLocalMs`: by this device's clock, when the hub said so */
export type Kept = { live: Live; names: ShowcaseNames; heardLocalMs: number };
export type Chosen = { items: readonly ShowcaseItem[]; at: string | null };
export type Keeping = { floor(showcase: string): Kept | null; keepFloor(kept: Kept): void; chosen(): Chosen; choose(chosen: Chosen): void };

/** the number is of the form of what is kept: another one is not read */
const floorKey = (showcase: string): string => `harbourlight.floor.1.${showcase}`;
const chosenKey = 'harbourlight.showcases.1';

/** Keeps in this storage; nothing where there is none, or it is full. */
export const openKept = (storage: Storage | null): Keeping => {
  const read = <T>(key: string): T | null => {
    try {
      return JSON.parse(storage?.getItem(key) ?? 'null') as T | null;
    } catch {
      return null; // half written, or another's
    }
  };
  const write = (key: string, value: object): void => {
    try {
      storage?.setItem(key, JSON.stringify(value));
    } catch {
      // full: the page opens with what was kept before
    }
  };
  return {
    floor: (showcase) => read<Kept>(floorKey(showcase)),
    keepFloor: ({ live, names: { zones, points }, heardLocalMs }) => {
      const small = { ...live, hours: [], projects: [], zones: [], langs: {} };
      write(floorKey(live.showcase), { live: small, names: { projects: {}, zones, points }, heardLocalMs } satisfies Kept);
    },
    chosen: () => read<Chosen>(chosenKey) ?? { items: [], at: null },
    choose: (chosen) => write(chosenKey, chosen),
  };
};

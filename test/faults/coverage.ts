/** How often each fault happened: a fault that never fires proves nothing. Counted where it takes effect, not where it is asked for. */

export const FAULTS = [
  // the network
  'message dropped',
  'message doubled',
  'message late',
  'message overtaken',
  'answer of an old connection',
  'connection broken',
  'connection half-open',
  'batch split in two',
  // the kiosks
  'page reloaded',
  'kiosk power cut',
  'two tabs',
  'another tab sends',
  'disk cloned',
  'clone starts late',
  'storage wiped',
  'storage refuses',
  'kiosk clock wrong',
  'kiosk clock stepped',
  'unknown event',
  // the hub's process
  'hub killed',
  'killed between write and sync',
  'killed while starting',
  'stopped cleanly',
  'hub clock stepped',
  'hub busy',
  // its disk
  'power cut',
  'power cut at any operation',
  'rotation cut in half',
  'torn tail',
  'disk full',
  'disk freed',
  'write failed',
  'short write',
  'sync failed',
  'operation failed',
  'read failed at a start',
  'disk read-only',
  'slow sync',
  // its folder
  'set back to an older copy',
  'checkpoint written',
  'checkpoint used',
  'checkpoint not written',
  'checkpoint corrupt',
  'checkpoint older',
  'checkpoint newer',
  'checkpoint gone',
  // what came of it
  'hub refused to start',
  'event refused for lack of storage',
  'segment rotated',
  'fork found',
  'gap found',
  'stream moved to a new epoch',
  'backlog set aside',
  'not sure, and counted',
] as const;
export type Fault = (typeof FAULTS)[number];

export type Coverage = { [fault in Fault]?: number };

export const hit = (coverage: Coverage, fault: Fault, times = 1): void => {
  if (times > 0) coverage[fault] = (coverage[fault] ?? 0) + times;
};

export const added = (to: Coverage, more: Coverage): void => {
  for (const fault of FAULTS) hit(to, fault, more[fault] ?? 0);
};

/** The table for people: each fault, how often, and in how many seeds. */
export const coverageTable = (total: Coverage, seedsWith: Coverage, seeds: number): string =>
  [
    `fault${' '.repeat(33)}times   in seeds of ${seeds}`,
    ...FAULTS.map((f) => `${f.padEnd(34)} ${String(total[f] ?? 0).padStart(8)} ${String(seedsWith[f] ?? 0).padStart(8)}`),
  ].join('\n');

/** Puts the calling thread behind all others: what kiosks wait for comes first on a busy machine. */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';

/** the priority of an export's thread; the hub's own is 0, the last of all would be 19 */
export const exportNice = 10;

/** Of this thread alone, as Linux can; answers why not where it cannot be done. */
export const stepBack = (): string | null => {
  try {
    setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), exportNice);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

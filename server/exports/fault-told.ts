/** Faults on their way between the hub and the thread of an export. */
import { JournalFault } from '../journal/journal.ts';
import type { FaultTold } from './export-wire.ts';

/** What the other side hears of a fault. */
export const faultTold = (error: unknown): FaultTold =>
  error instanceof JournalFault
    ? { code: error.code, message: error.message, finding: error.finding }
    : { code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error), finding: null };

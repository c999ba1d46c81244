/**
 * What the hub and the thread of an export say to each other. Memory on the way is bounded by what there is of it: a fixed number of buffers
 * goes to and fro, and of a journal that the thread cannot read itself one text at a time is asked for.
 */
import type { EntriesText, Finding, JournalFaultCode } from '../journal/journal.ts';
import type { JournalFiles } from '../journal/segment-reader.ts';

/** how much a buffer holds that carries what was made to the hub */
export const pieceBytes = 256 << 10;
/** how many of them an export has: full ones wait until who asked has taken those before */
export const piecesMax = 4;

/** A fault on its way between threads: of the journal (with its code), or anything else. */
export type FaultTold = { code: JournalFaultCode | null; message: string; finding: Finding | null };

export type ToThread =
  /** what to make, once the last is made; `files`: where the journal is, null where its texts must be asked for */
  | { kind: 'make'; what: string; ask: unknown; files: JournalFiles | null }
  /** the text that was asked for; null behind the last */
  | { kind: 'text'; reading: number; text: EntriesText | null }
  | { kind: 'text-fault'; reading: number; fault: FaultTold }
  /** a buffer comes back empty */
  | { kind: 'taken'; bytes: ArrayBuffer };

export type FromThread =
  /** the thread could not be put behind the hub's own; it works all the same */
  | { kind: 'abreast'; why: string }
  /** the next text of a reading, which begins with its first */
  | { kind: 'more'; reading: number }
  /** nothing more of this reading is wanted */
  | { kind: 'enough'; reading: number }
  | { kind: 'told'; position: number }
  /** what is answered at once; `more`: pieces follow, and then `end`, else this is all */
  | { kind: 'head'; head: unknown; more: boolean }
  | { kind: 'piece'; bytes: ArrayBuffer; length: number }
  | { kind: 'end' }
  | { kind: 'fault'; fault: FaultTold };

/** What a journal in files is opened with, and what it tells an operator. */
import type { FileSystem } from './file-system.ts';
import type { Finding, JournalState } from './journal.ts';
import type { TornTail } from './newest-segment.ts';

/** What an operator should hear of. */
export type JournalNews =
  | { kind: 'state'; state: JournalState; cause: string | null }
  | { kind: 'finding'; finding: Finding }
  | ({ kind: 'torn-tail' } & TornTail)
  | { kind: 'slow-sync'; tookMs: number };

export type FileJournalSetup = {
  /** DATA_DIR/journal; made if missing */
  folder: string;
  files: FileSystem;
  nowMs: () => number;
  /** so many random bytes */
  random: (bytes: number) => Uint8Array;
  /** runs something once, later; answers how to call it off */
  after: (ms: number, run: () => void) => () => void;
  /** hears what happens, also while opening */
  news?: (news: JournalNews) => void;
  /** for verifying and exporting beside a running hub: nothing in the folder is touched */
  readOnly?: boolean;
  segmentBytes?: number;
};

/**
 * The journal: everything that was ever recorded, in order. An entry that was acknowledged is never lost, changed or reordered; where the
 * storage breaks that promise the journal says so and takes nothing more. Implementations: FileJournal, MemoryJournal, PgJournal.
 */
import type { Entry } from '../../shared/entry.ts';
import type { Frame } from './frame.ts';
import type { JournalFiles } from './segment-reader.ts';

/** `full`: no space, comes back by itself. `poisoned`: a sync failed, comes back on a new segment. `read-only`: stays so. */
export type JournalState = 'writable' | 'full' | 'poisoned' | 'read-only';

export type JournalFaultCode =
  | 'storage_full'
  | 'storage_failed'
  | 'read_only'
  /** entries or segments are missing or changed */
  | 'damaged'
  /** written by a newer version */
  | 'unsupported'
  /** another hub has the folder */
  | 'locked'
  | 'closed'
  /** the store that several hubs share was put back to an older state: what was folded from it must be folded anew */
  | 'set_back'
  /** an append while another runs: a mistake of the caller */
  | 'busy'
  /** one entry over `frameBytesMax` */
  | 'too_large';

/** A place where the journal isn't what was written. `position` is that of the first entry that can't be vouched for. */
export type Finding = { segment: number; offset: number; position: number; what: string };

export class JournalFault extends Error {
  override readonly name = 'JournalFault';
  readonly code: JournalFaultCode;
  readonly finding: Finding | null;

  constructor(code: JournalFaultCode, message: string, more: { cause?: unknown; finding?: Finding } = {}) {
    super(message, 'cause' in more ? { cause: more.cause } : {});
    this.code = code;
    this.finding = more.finding ?? null;
  }
}

/** Whole frames whose checksums hold, `to` without, in a buffer that is used again: `count` entries from position `first` on. */
export type Frames = { bytes: Buffer; frames: readonly Frame[] };

/** The JSON of a list of entries, the first of them at position `first`. */
export type EntriesText = { first: number; text: string };

/** A journal as exports need it. */
export type Reads = Pick<Journal, 'read'>;

export interface Journal {
  /** Durable entries so far; the first has position 1. */
  readonly position: number;
  readonly state: JournalState;
  /**
   * Appends all or nothing, in order; resolves with the position of the last entry, only after fdatasync. Rejects with a JournalFault,
   * and then none of the entries is in the journal. Calls must not overlap (`busy`).
   */
  append(entries: readonly Entry[]): Promise<number>;
  /**
   * The entries after `after` up to the position at the call, in chunks of some ten or hundred KB. Throws a JournalFault at the first entry that
   * can't be vouched for, after everything before it was handed out.
   */
  read(after: number): AsyncIterable<{ first: number; entries: Entry[] }>;
  /** As `read`, but the frames as they stand in the file, the first of them perhaps with entries before. Only where the journal is files. */
  readFrames?(after: number): AsyncIterable<Frames>;
  /** What another thread needs to read up to the position at the call by itself, as plain data. Only where the journal is files of this machine's disk. */
  files?(): JournalFiles | null;
  /** Takes damage that another reader of the files came upon, as if it had been found while reading here. */
  found?(finding: Finding): void;
  /** As `read` from the first entry on, each chunk as the JSON of its list. Only where that is how they are kept. */
  readTexts?(): AsyncIterable<EntriesText>;
  /** What the journal is up to here: the newest segment and the SHA-256 of it, which holds that of the one before. */
  head(): { segment: number; hash: string };
  /** Waits for a running append, then lets the storage go. */
  close(): Promise<void>;
}

/**
 * One turn of the only writer. `missed` hears, in order and before anything is planned, what other hubs appended since the last turn;
 * it is durable. `plan` then makes what to append; without it the turn only listens.
 */
export type Turn = { missed(first: number, entries: readonly Entry[]): void; plan?(): readonly Entry[] };

/** A journal that several hubs write: turns are taken one after the other across all of them, so that positions have no holes. */
export interface SharedJournal extends Journal {
  /**
   * Takes a turn; resolves with the position of the last entry once what was planned is durable. Rejects with a JournalFault: then what
   * was planned is not in the journal, or, where the connection broke while it was being committed, may be: then the next turn's
   * `missed` hears it.
   */
  turn(turn: Turn): Promise<number>;
  /** Calls `told` when another hub may have appended up to a position: a hint that may be late, doubled or lost. Answers how to stop. */
  others(told: (position: number) => void): () => void;
}

export const isShared = (journal: Journal): journal is SharedJournal => 'turn' in journal;

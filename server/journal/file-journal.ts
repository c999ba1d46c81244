/**
 * The journal in append-only segment files. One append is one write and one fdatasync, off the event loop; up to 8 MiB it survives a crash
 * whole or not at all, beyond that at least entry by entry. After any failure nothing is appended behind what failed: a full disk is cut
 * back to the last good byte and asked again every 2 s; a failed sync gives up the descriptor and, every 2 s, tries to go on in a new segment.
 */
import type { Entry } from '../../shared/entry.ts';
import type { FileJournalSetup } from './file-journal-setup.ts';
import { errorCode, isFull, nodeFileSystem, type OpenFile } from './file-system.ts';
import { encodeFrame, headerBytes, type SegmentHeader } from './frame.ts';
import { fits, inParts, longerThan } from './frame-parts.ts';
import { type Finding, type Frames, type Journal, JournalFault, type JournalState } from './journal.ts';
import { makeSure, type RecoverySetup } from './newest-segment.ts';
import { noteLast, recover, restart } from './recovery.ts';
import { createSegment, type Mark, noteClosed, segmentBytesGoal, segmentPath, type Walk, walkFrom } from './segment.ts';
import { AppendFault, SegmentFile, takesBytes } from './segment-file.ts';
import { entriesIn, type JournalFiles, readFrames, type Verification, verifySegments } from './segment-reader.ts';

export const mendEveryMs = 2_000;
const slowSyncMs = 1_000;
const probeBytesMin = 64 << 10;
/** how far apart the places are where reading may begin */
const markEveryBytes = 1 << 20;

export class FileJournal implements Journal {
  readonly #setup: FileJournalSetup;
  readonly #recovery: RecoverySetup;
  readonly #segments: SegmentHeader[];
  readonly #findings: Finding[];
  #walk: Walk | null;
  #marks: Mark[];
  #file: SegmentFile | null;
  #state: JournalState;
  #cause: string | null = null;
  #running: Promise<unknown> | null = null;
  #mending: Promise<void> | null = null;
  #cancelMend: (() => void) | null = null;
  #probeBytes = probeBytesMin;
  /** opened on a full disk: what was read may be in the page cache alone, so nothing is confirmed until it was written again */
  #unsure: boolean;
  #closed = false;

  private constructor(setup: FileJournalSetup, recovery: RecoverySetup, found: Awaited<ReturnType<typeof recover>>) {
    this.#setup = setup;
    this.#recovery = recovery;
    this.#segments = found.segments;
    this.#findings = found.findings;
    this.#walk = found.walk;
    this.#marks = found.marks;
    this.#file = found.file && new SegmentFile(found.file);
    this.#unsure = found.waits;
    this.#state = found.file ? 'writable' : 'read-only';
    if (found.torn) setup.news?.({ kind: 'torn-tail', ...found.torn });
    for (const finding of found.findings) setup.news?.({ kind: 'finding', finding });
    if (!found.file) {
      this.#cause = found.findings[0]?.what ?? (setup.readOnly ? 'opened for reading' : found.waits ? 'no space' : 'the folder takes no writes');
      setup.news?.({ kind: 'state', state: 'read-only', cause: this.#cause });
      if (found.waits) this.#mendLater();
    }
  }

  /**
   * Opens the journal, or begins one in an empty folder. Where entries are damaged, or the folder takes no writes, it opens read-only;
   * likewise on a full disk after an unclean stop, and then becomes writable by itself within `mendEveryMs` of space.
   * Throws a JournalFault: `damaged` if segments are missing or swapped, `unsupported`, `storage_full`, `storage_failed`.
   */
  static async open(setup: FileJournalSetup): Promise<FileJournal> {
    const { files, folder, nowMs, readOnly = false } = setup;
    const recovery: RecoverySetup = { files, folder, nowMs, readOnly, randomHex: (bytes) => Buffer.from(setup.random(bytes)).toString('hex') };
    return new FileJournal(setup, recovery, await recover(recovery));
  }

  get position(): number {
    return this.#walk ? this.#walk.next - 1 : 0;
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Why the state isn't `writable`, for people; null if it is. */
  get cause(): string | null {
    return this.#cause;
  }

  /** What was found damaged so far. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  head(): { segment: number; hash: string } {
    if (!this.#walk) return { segment: 0, hash: '' };
    return { segment: this.#segments.length, hash: this.#walk.hash.copy().digest('hex') };
  }

  async append(entries: readonly Entry[]): Promise<number> {
    if (this.#running) throw new JournalFault('busy', 'an append began while another was running');
    this.#refuseUnlessWritable();
    if (entries.length === 0) return this.position;
    const running = this.#append(entries.map((entry) => JSON.stringify(entry)));
    this.#running = running;
    try {
      return await running;
    } finally {
      this.#running = null;
    }
  }

  read(after: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
    return entriesIn(this.readFrames(after), after);
  }

  readFrames(after: number): AsyncGenerator<Frames> {
    // what counts is the position now, not when the first frames are asked for
    return this.#read(after, this.#walk, [...this.#segments], [...this.#marks]);
  }

  files(): JournalFiles | null {
    const { files, folder } = this.#setup;
    if (files !== nodeFileSystem || this.#closed || !this.#walk) return null;
    const { offset, next, crc } = this.#walk;
    return { folder, segments: [...this.#segments], end: { offset, next, crc } };
  }

  async *#read(after: number, end: Walk | null, segments: readonly SegmentHeader[], marks: readonly Mark[]): AsyncGenerator<Frames> {
    if (!Number.isSafeInteger(after) || after < 0) throw new RangeError(`no position to read after: ${after}`);
    if (this.#closed) throw new JournalFault('closed', 'the journal is closed');
    if (!end || after >= end.next - 1) return;
    try {
      yield* readFrames(this.#setup.files, this.#setup.folder, segments, end, marks, after);
    } catch (error) {
      if (error instanceof JournalFault && error.finding) this.found(error.finding);
      throw error;
    }
  }

  /** Reads everything and checks every frame and the chain of segments. `progress` hears the segment and how many there are. */
  async verify(progress: (segment: number, segments: number) => void = () => undefined): Promise<Verification> {
    if (!this.#walk) return { entries: 0, segments: 0, findings: [...this.#findings], hash: '' };
    const { offset, next, crc } = this.#walk;
    const hash = this.head().hash;
    const { entries, findings } = await verifySegments(this.#setup.files, this.#setup.folder, [...this.#segments], { offset, next, crc }, progress);
    const known = this.#findings.filter((f) => !findings.some((g) => g.segment === f.segment && g.offset === f.offset));
    for (const finding of findings) this.found(finding);
    return { entries, segments: this.#segments.length, findings: [...findings, ...known], hash };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelMend?.();
    await this.#running?.catch(() => undefined);
    await this.#mending;
    // the failed append may have asked for mending after the first call-off
    this.#cancelMend?.();
    const ended = this.#state === 'writable' && this.#walk ? this.#walk.offset : null;
    await this.#letGo();
    // only spares the next start some work
    if (ended !== null) await noteClosed(this.#setup.files, this.#setup.folder, this.#segments.length, ended).catch(() => undefined);
  }

  #refuseUnlessWritable(): void {
    if (this.#closed) throw new JournalFault('closed', 'the journal is closed');
    if (this.#state === 'full') throw new JournalFault('storage_full', `the journal has no space: ${this.#cause}`);
    if (this.#state === 'poisoned') throw new JournalFault('storage_failed', `the journal's storage failed: ${this.#cause}`);
    if (this.#state === 'read-only') throw new JournalFault('read_only', `the journal is read-only: ${this.#cause}`);
  }

  async #append(texts: readonly string[]): Promise<number> {
    for (const text of texts) if (!fits(text)) throw new JournalFault('too_large', `an entry of ${text.length} characters doesn't fit in a frame`);
    const before = this.#walk as Walk;
    if (before.offset > headerBytes && longerThan(texts, (this.#setup.segmentBytes ?? segmentBytesGoal) - before.offset)) await this.#rotate();
    const start = this.#walk as Walk;
    let { offset, next, crc } = start;
    const hash = start.hash.copy();
    for (const part of inParts(texts)) {
      const frame = encodeFrame(part, next, crc);
      const writing = this.#write(frame.bytes, offset, start.offset);
      // while the disk is at it
      hash.update(frame.bytes);
      await writing;
      offset += frame.bytes.length;
      next += part.length;
      crc = frame.crc;
    }
    this.#walk = { offset, next, crc, hash };
    if (offset - (this.#marks.at(-1)?.offset ?? 0) >= markEveryBytes) this.#marks.push({ offset, next, crc });
    return next - 1;
  }

  /** Writes and syncs; whatever fails leaves the file ending at `good`, or given up. */
  async #write(bytes: Buffer, at: number, good: number): Promise<void> {
    const file = this.#file as SegmentFile;
    try {
      await file.write(bytes, at, good);
      const startedMs = this.#setup.nowMs();
      await file.sync(good);
      const tookMs = this.#setup.nowMs() - startedMs;
      if (tookMs > slowSyncMs) this.#setup.news?.({ kind: 'slow-sync', tookMs });
    } catch (error) {
      if (!(error instanceof AppendFault)) throw error;
      if (error.state === 'full') throw this.#fill(error.cause, bytes.length);
      if (error.state === 'poisoned') throw this.#poison(error.cause);
      this.#become('read-only', error.message);
      throw new JournalFault('read_only', `the journal takes no writes: ${error.message}`, { cause: error.cause });
    }
  }

  async #rotate(): Promise<void> {
    const walk = this.#walk as Walk;
    const current = this.#segments.at(-1) as SegmentHeader;
    const header: SegmentHeader = {
      journal: current.journal,
      segment: current.segment + 1,
      first: walk.next,
      previous: walk.hash.copy().digest('hex'),
      salt: this.#recovery.randomHex(8),
    };
    let renaming = false;
    let file: OpenFile;
    try {
      file = await createSegment(this.#setup.files, this.#setup.folder, header, () => {
        renaming = true;
      });
    } catch (error) {
      if (renaming) throw this.#poison(error);
      // the old segment is untouched; a half-made one only takes space
      await this.#setup.files.remove(`${segmentPath(this.#setup.folder, header.segment)}.tmp`).catch(() => undefined);
      throw isFull(error) || (error instanceof JournalFault && error.code === 'storage_full') ? this.#fill(error, probeBytesMin) : this.#poison(error);
    }
    await this.#moveTo(header, file);
  }

  async #moveTo(header: SegmentHeader, file: OpenFile): Promise<void> {
    await this.#letGo();
    this.#file = new SegmentFile(file);
    this.#segments.push(header);
    this.#walk = walkFrom(header);
    this.#marks = [];
    await noteLast(this.#setup.files, this.#setup.folder, header.segment);
  }

  async #letGo(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  #fill(error: unknown, bytes: number): JournalFault {
    this.#probeBytes = Math.max(probeBytesMin, bytes);
    this.#become('full', textOf(error));
    this.#mendLater();
    return new JournalFault('storage_full', `the journal has no space: ${textOf(error)}`, { cause: error });
  }

  #poison(error: unknown): JournalFault {
    this.#become('poisoned', textOf(error));
    this.#mendLater();
    return new JournalFault('storage_failed', `the journal's storage failed: ${textOf(error)}`, { cause: error });
  }

  /** Damage that came to light while reading: told, and nothing is appended behind it. */
  found(finding: Finding): void {
    if (this.#findings.some((f) => f.segment === finding.segment && f.offset === finding.offset)) return;
    this.#findings.push(finding);
    this.#setup.news?.({ kind: 'finding', finding });
    this.#become('read-only', `segment ${finding.segment}, byte ${finding.offset}: ${finding.what}`);
  }

  #become(state: JournalState, cause: string | null): void {
    // an append that was on its way must not undo what a reader found
    if (this.#state === 'read-only') return;
    this.#state = state;
    this.#cause = cause;
    this.#setup.news?.({ kind: 'state', state, cause });
  }

  #mendLater(): void {
    if (this.#closed) return;
    this.#cancelMend?.();
    this.#cancelMend = this.#setup.after(mendEveryMs, () => {
      this.#cancelMend = null;
      this.#mending = this.#mend().finally(() => {
        this.#mending = null;
      });
    });
  }

  async #mend(): Promise<void> {
    if (this.#closed || this.#running) return this.#mendLater();
    try {
      if (this.#unsure) await this.#makeSure();
      else if (this.#state === 'full') await this.#trySpace();
      else if (this.#state === 'poisoned') await this.#restart();
    } catch (error) {
      this.#cause = textOf(error);
      this.#mendLater();
    }
  }

  /** Whether there is space again for what failed, tried out on a file beside. */
  async #trySpace(): Promise<void> {
    await takesBytes(this.#setup.files, `${this.#setup.folder}/probe.tmp`, this.#probeBytes);
    this.#become('writable', null);
  }

  async #makeSure(): Promise<void> {
    const { offset } = this.#walk as Walk;
    const file = await makeSure(this.#recovery, this.#segments.length, offset);
    if (!file) throw new Error('no space');
    this.#file = new SegmentFile(file);
    this.#unsure = false;
    // damage that a reader found meanwhile keeps it read-only
    if (this.#findings.length > 0) return;
    this.#state = 'writable';
    this.#cause = null;
    this.#setup.news?.({ kind: 'state', state: 'writable', cause: null });
  }

  async #restart(): Promise<void> {
    await this.#letGo();
    const begun = await restart(this.#recovery, this.#segments, this.#walk as Walk);
    if ('finding' in begun) return this.found(begun.finding);
    await this.#moveTo(begun.header, begun.file);
    this.#become('writable', null);
  }
}

const textOf = (error: unknown): string => errorCode(error) || String(error);

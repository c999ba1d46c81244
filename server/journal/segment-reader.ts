/**
 * Reading across segments: entries for folds and exports, and the check of the whole chain. Segments that end before the wanted position are
 * skipped by their headers. A segment that was read to its end is compared with what the next one's header says of it.
 */
import type { Entry } from '../../shared/entry.ts';
import { errorCode, type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
import type { Frame, SegmentHeader } from './frame.ts';
import { type Finding, type Frames, JournalFault, type Reads } from './journal.ts';
import { entriesOf, type Mark, piecesOf, readHeader, segmentName, segmentPath, type Walk, walkFrames, walkFrom, walkFromMark } from './segment.ts';

export type Verification = { entries: number; segments: number; findings: Finding[]; hash: string };

const chunkBytesGoal = 64 << 10;

const damaged = (finding: Finding): JournalFault =>
  new JournalFault('damaged', `the journal is damaged in ${segmentName(finding.segment)} at byte ${finding.offset}, position ${finding.position}: ${finding.what}`, { finding });

const opened = async (files: FileSystem, folder: string, header: SegmentHeader): Promise<OpenFile> => {
  const path = segmentPath(folder, header.segment);
  const lost = { segment: header.segment, offset: 0, position: header.first };
  try {
    const read = await readHeader(files, path);
    if (!read.ok || read.header.salt !== header.salt) throw damaged({ ...lost, what: 'its header changed since it was opened' });
    return await files.open(path, 'read');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw damaged({ ...lost, what: 'the segment is gone' });
    throw error;
  }
};

/** What is wrong with a segment that was walked as far as it goes, or null. */
const endFault = (header: SegmentHeader, walk: Walk, size: number, next: SegmentHeader | undefined, end: Mark): string | null => {
  if (next === undefined) return walk.offset === end.offset && walk.crc === end.crc && walk.next === end.next ? null : 'damaged here';
  if (walk.offset < size) return 'damaged here';
  if (walk.next !== next.first) return `it ends before position ${walk.next} and ${segmentName(next.segment)} begins with ${next.first}`;
  if (walk.hash.copy().digest('hex') !== next.previous) return `${segmentName(header.segment)} isn't the one that ${segmentName(next.segment)} was written after`;
  return null;
};

/** The frames of one segment, or of the newest from a mark on, a buffer at a time. Throws `damaged` once all that is sound was handed out. */
async function* framesOf(files: FileSystem, folder: string, header: SegmentHeader, next: SegmentHeader | undefined, end: Mark, from?: Mark): AsyncGenerator<Frames> {
  const file = await opened(files, folder, header);
  try {
    const size = next ? await file.size() : end.offset;
    const walk = next === undefined && from ? walkFromMark(from) : walkFrom(header);
    // of the newest there is no later header to compare its hash with
    yield* walkFrames(file, walk, size, next !== undefined);
    const what = endFault(header, walk, size, next, end);
    if (what) throw damaged({ segment: header.segment, offset: walk.offset, position: walk.next, what });
  } finally {
    await file.close();
  }
}

const failed = (error: unknown): JournalFault =>
  error instanceof JournalFault ? error : new JournalFault('storage_failed', `the journal can't be read: ${errorCode(error) || String(error)}`, { cause: error });

/** The frames that hold what is after `after` up to `end`, where the newest segment ended. `marks` are places in the newest. */
export async function* readFrames(files: FileSystem, folder: string, segments: readonly SegmentHeader[], end: Mark, marks: readonly Mark[], after: number): AsyncGenerator<Frames> {
  const from = marks.findLast((m) => m.next - 1 <= after && m.offset <= end.offset);
  try {
    for (const [i, header] of segments.entries()) {
      const next = segments[i + 1];
      if ((next?.first ?? end.next) - 1 <= after) continue;
      yield* framesOf(files, folder, header, next, end, from);
    }
  } catch (error) {
    throw failed(error);
  }
}

/** The entries after `after` of such frames. */
export async function* entriesIn(read: AsyncIterable<Frames>, after: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
  for await (const { bytes, frames } of read) yield* chunksOf(bytes, frames, after);
}

/** A buffer's entries after `after`, in chunks: small ones, so that what comes of them is gone before the next are made. */
function* chunksOf(bytes: Buffer, frames: readonly Frame[], after: number): Generator<{ first: number; entries: Entry[] }> {
  let first = 0;
  let entries: Entry[] = [];
  let size = 0;
  for (const frame of frames) {
    if (frame.first + frame.count - 1 <= after) continue;
    let position = frame.first;
    for (const piece of piecesOf(bytes, frame)) {
      const held = position > after ? piece : piece.slice(after + 1 - position);
      if (entries.length === 0) first = position + piece.length - held.length;
      for (const entry of held) entries.push(entry);
      position += piece.length;
      size += ((frame.to - frame.from) * piece.length) / frame.count;
      if (size < chunkBytesGoal || entries.length === 0) continue;
      yield { first, entries };
      entries = [];
      size = 0;
    }
  }
  if (entries.length > 0) yield { first, entries };
}

/** Where the segments are, and where the newest ended: enough to read them from anywhere on this machine. */
export type JournalFiles = { folder: string; segments: readonly SegmentHeader[]; end: Mark };

/** Reads such files up to their end, as the journal itself would. */
export const filesReader = ({ folder, segments, end }: JournalFiles, files: FileSystem = nodeFileSystem): Reads => ({
  read: (after) => entriesIn(readFrames(files, folder, segments, end, [], after), after),
});

/** Walks every segment and goes on after a damaged one, so that all findings are named. Throws `storage_failed` if the disk can't be read. */
export const verifySegments = async (
  files: FileSystem,
  folder: string,
  segments: readonly SegmentHeader[],
  end: Mark,
  progress: (segment: number, segments: number) => void,
): Promise<{ entries: number; findings: Finding[] }> => {
  const findings: Finding[] = [];
  let entries = 0;
  for (const [i, header] of segments.entries()) {
    progress(header.segment, segments.length);
    try {
      for await (const { bytes, frames } of framesOf(files, folder, header, segments[i + 1], end)) for (const frame of frames) entries += entriesOf(bytes, frame).length;
    } catch (error) {
      const fault = failed(error);
      if (!fault.finding) throw fault;
      findings.push(fault.finding);
    }
  }
  return { entries, findings };
};

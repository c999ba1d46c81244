/**
 * What is found in a journal folder when it is opened, and what is done about it. Every header is read; only the newest segment is walked
 * frame by frame, the older ones when they are read. Damage is never repaired here, only stated.
 */
import { errorCode, type FileSystem, isFull, isReadOnly, type OpenFile } from './file-system.ts';
import { noHash, type SegmentHeader } from './frame.ts';
import { type Finding, JournalFault } from './journal.ts';
import { type Newest, openNewest, type RecoverySetup } from './newest-segment.ts';
import { createSegment, readHeader, readLastNote, segmentName, segmentNumberOf, segmentPath, type Walk, walkFrames, walkFrom, writeLastNote } from './segment.ts';

export type Recovered = Newest & {
  /** headers of the segments 1 to the newest that can be believed */
  segments: SegmentHeader[];
  findings: Finding[];
};

const fault = (error: unknown, doing: string): JournalFault => {
  if (error instanceof JournalFault) return error;
  return new JournalFault(isFull(error) ? 'storage_full' : 'storage_failed', `${doing}: ${errorCode(error) || String(error)}`, { cause: error });
};

/** Opens a journal folder. Throws a JournalFault if segments are missing or foreign, or if the storage fails; then nothing was changed. */
export const recover = async (setup: RecoverySetup): Promise<Recovered> => {
  const { files, folder } = setup;
  try {
    // the note first: beside a running hub a segment may be made in between
    const last = await readLastNote(files, folder);
    const names = await listFolder(setup);
    const numbers = checkNames(names, last);
    const { headers, findings } = await readHeaders(files, folder, numbers);
    if (numbers.length === 0) return await begin(setup);
    const newest = headers.at(-1);
    if (!newest) return { segments: [], walk: null, marks: [], file: null, findings, torn: null, waits: false };
    const end = await openNewest(setup, newest, findings);
    if (end.file) await removeLeftovers(files, folder, names);
    return { segments: headers, findings, ...end };
  } catch (error) {
    throw fault(error, `the journal in ${folder} can't be opened`);
  }
};

const listFolder = async ({ files, folder, readOnly }: RecoverySetup): Promise<string[]> => {
  if (!readOnly) {
    try {
      await files.makeFolder(folder);
    } catch (error) {
      if (!isReadOnly(error)) throw error;
    }
  }
  try {
    return await files.list(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
};

/** The segment numbers 1 to n, or a fault that names those that aren't there. */
const checkNames = (names: readonly string[], last: number): number[] => {
  const numbers = new Set<number>();
  for (const name of names) {
    const number = segmentNumberOf(name);
    if (number !== null) numbers.add(number);
  }
  const top = Math.max(last, ...numbers);
  const missing: string[] = [];
  for (let n = 1; n <= top && missing.length < 10; n++) if (!numbers.has(n)) missing.push(segmentName(n));
  if (missing.length > 0) throw new JournalFault('damaged', `the journal lacks ${missing.join(', ')}`);
  if (numbers.has(0)) throw new JournalFault('damaged', `${segmentName(0)} is no segment's name`);
  return [...numbers].sort((a, b) => a - b);
};

const readHeaders = async (files: FileSystem, folder: string, numbers: readonly number[]): Promise<{ headers: SegmentHeader[]; findings: Finding[] }> => {
  const headers: SegmentHeader[] = [];
  const wrong: string[] = [];
  for (const number of numbers) {
    const read = await readHeader(files, segmentPath(folder, number));
    if (!read.ok) {
      if (read.version !== null) throw new JournalFault('unsupported', `${segmentName(number)} has format version ${read.version}; this hub knows 1`);
      if (wrong.length > 0) break;
      return { headers, findings: [{ segment: number, offset: 0, position: headers.at(-1)?.first ?? 1, what: 'its header is damaged' }] };
    }
    const before = headers.at(-1);
    if (read.header.segment !== number) wrong.push(`${segmentName(number)} says that it is ${segmentName(read.header.segment)}`);
    else if (before && read.header.journal !== headers[0]?.journal) wrong.push(`${segmentName(number)} belongs to another journal`);
    else if (number === 1 ? read.header.first !== 1 || read.header.previous !== noHash : before && read.header.first < before.first)
      wrong.push(`${segmentName(number)} doesn't follow the one before`);
    headers.push(read.header);
  }
  if (wrong.length > 0) throw new JournalFault('damaged', `the journal's segments are not in their places: ${wrong.slice(0, 10).join('; ')}`);
  return { headers, findings: [] };
};

/** An empty folder: the first segment is made, unless nothing may be written. */
const begin = async ({ files, folder, readOnly, randomHex }: RecoverySetup): Promise<Recovered> => {
  const nothing: Recovered = { segments: [], walk: null, marks: [], file: null, findings: [], torn: null, waits: false };
  if (readOnly) return nothing;
  const header: SegmentHeader = { journal: randomHex(16), segment: 1, first: 1, previous: noHash, salt: randomHex(8) };
  try {
    const file = await createSegment(files, folder, header, () => undefined);
    await noteLast(files, folder, 1);
    return { ...nothing, segments: [header], walk: walkFrom(header), file };
  } catch (error) {
    if (isReadOnly(error)) return nothing;
    throw error;
  }
};

/** Notes the newest segment. The note only guards against a segment that is carried off, so a failure must not stop the counting. */
export const noteLast = async (files: FileSystem, folder: string, segment: number): Promise<boolean> => {
  try {
    await writeLastNote(files, folder, segment);
    return true;
  } catch {
    return false;
  }
};

/** What an interrupted rotation or probe left. One that can't be removed is harmless: it is overwritten when its name comes again. */
const removeLeftovers = async (files: FileSystem, folder: string, names: readonly string[]): Promise<void> => {
  for (const name of names) if (name.endsWith('.tmp')) await files.remove(`${folder}/${name}`).catch(() => undefined);
};

/**
 * After a failed sync: through fresh descriptors, what was never durable is cut off, everything up to `durable` is walked again, and a new
 * segment begins, in the place of one that an interrupted rotation may have left. Answers it, or a finding if the storage doesn't give back what was synced.
 * Throws what the file system throws: then it can be tried again.
 */
export const restart = async (
  setup: RecoverySetup,
  segments: readonly SegmentHeader[],
  durable: Walk,
): Promise<{ header: SegmentHeader; file: OpenFile } | { finding: Finding }> => {
  const { files, folder, randomHex } = setup;
  const current = segments.at(-1) as SegmentHeader;
  const file = await files.open(segmentPath(folder, current.segment), 'update');
  const again = walkFrom(current);
  let sound = false;
  try {
    await file.truncate(durable.offset);
    await file.datasync();
    const head = await readHeader(files, segmentPath(folder, current.segment));
    sound = head.ok && head.header.salt === current.salt;
    if (sound) for await (const _ of walkFrames(file, again, durable.offset));
  } finally {
    await file.close();
  }
  const previous = again.hash.copy().digest('hex');
  if (!sound || again.offset !== durable.offset || again.crc !== durable.crc || previous !== durable.hash.copy().digest('hex'))
    return { finding: { segment: current.segment, offset: again.offset, position: again.next, what: 'after a failed sync the storage no longer gives back what it had synced' } };
  const header: SegmentHeader = { journal: current.journal, segment: current.segment + 1, first: durable.next, previous, salt: randomHex(8) };
  return { header, file: await createSegment(files, folder, header, () => undefined) };
};

/**
 * What is found in a journal folder when it is opened, and what is done about it. Every header is read; only the newest segment is walked
 * frame by frame, the older ones when they are read. A torn tail is kept beside and cut off; damage is never repaired here, only stated.
 * Limit: the tail behind a bad frame is looked at in memory, up to `tailBytesMax`; a longer one counts as damage.
 */
import { errorCode, type FileSystem, isFull, isReadOnly, type OpenFile, readFully } from './file-system.ts';
import { findLaterFrame, frameBytesMax, noHash, type SegmentHeader } from './frame.ts';
import { type Finding, JournalFault } from './journal.ts';
import {
  createSegment,
  type Mark,
  readHeader,
  readLastNote,
  segmentBytesGoal,
  segmentName,
  segmentPath,
  type Walk,
  walkFrames,
  walkFrom,
  wasClosedAt,
  writeLastNote,
} from './segment.ts';

const tailBytesMax = segmentBytesGoal + frameBytesMax;
const SEGMENT = /^(\d{8})\.kj$/;

export type TornTail = { segment: number; offset: number; bytes: number /** null: there was no space to keep it */; kept: string | null };

export type Recovered = {
  /** headers of the segments 1 to the newest that can be believed */
  segments: SegmentHeader[];
  /** where the newest ends; null if there is none */
  walk: Walk | null;
  /** places in the newest, about 1 MiB apart */
  marks: Mark[];
  /** the newest, open for appending; null if nothing may be appended */
  file: OpenFile | null;
  findings: Finding[];
  torn: TornTail | null;
  /** there was no space to make sure of what is there: `makeSure` gives the file when there is */
  waits: boolean;
};

export type RecoverySetup = { files: FileSystem; folder: string; readOnly: boolean; nowMs: () => number; randomHex: (bytes: number) => string };

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
    const m = SEGMENT.exec(name);
    if (m) numbers.add(Number(m[1]));
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

const openNewest = async (setup: RecoverySetup, header: SegmentHeader, findings: Finding[]): Promise<Pick<Recovered, 'walk' | 'marks' | 'file' | 'torn' | 'waits'>> => {
  const { files, folder } = setup;
  const path = segmentPath(folder, header.segment);
  const frozen = setup.readOnly || findings.length > 0;
  const file = await openForAppend(files, path, frozen);
  const reader = file ?? (await files.open(path, 'read'));
  let keep = false;
  try {
    const walk = walkFrom(header);
    const size = await reader.size();
    const marks: Mark[] = [];
    for await (const _ of walkFrames(reader, walk, size)) marks.push({ offset: walk.offset, next: walk.next, crc: walk.crc });
    for (const f of findings) f.position = walk.next;
    if (walk.offset < size) {
      // only the newest segment may end in a torn tail
      const later = findings.length > 0 ? walk.offset : await laterFrame(reader, walk, size);
      if (later >= 0)
        findings.unshift({
          segment: header.segment,
          offset: walk.offset,
          position: walk.next,
          what: later > walk.offset ? `damaged here, with a whole frame after it at byte ${later}` : 'damaged here',
        });
    }
    // a file system that turned read-only may still write what it holds; nothing of it is confirmed either way
    if (!file && !setup.readOnly) await reader.datasync().catch(() => undefined);
    if (!file || findings.length > 0) return { walk, marks, file: null, torn: null, waits: false };
    const torn = walk.offset < size ? await cutTail(setup, header.segment, file, walk.offset, size) : null;
    const sure = await madeSure(setup, header.segment, file, walk.offset);
    keep = sure === file;
    return { walk, marks, file: sure, torn, waits: sure === null };
  } finally {
    if (!keep) await reader.close();
  }
};

/**
 * What a killed hub wrote and had not synced is in the page cache and was walked just now: it must be durable before it counts. A sync alone
 * can't promise that, for after one that failed the next says yes without having written anything; and bytes that may have been confirmed are
 * never written over where they are, for a power cut can tear that. So what was walked is written again, beside, and takes the segment's name.
 * Where the journal was closed in order nothing is in doubt. Answers null while there is no space for it: to be tried again.
 */
const madeSure = async ({ files, folder }: RecoverySetup, segment: number, file: OpenFile, end: number): Promise<OpenFile | null> => {
  if (await wasClosedAt(files, folder, segment, end)) return file;
  const path = segmentPath(folder, segment);
  let copy: OpenFile | null = null;
  let renaming = false;
  try {
    copy = await files.open(`${path}.tmp`, 'create');
    if (await copied(file, copy, end)) {
      await copy.datasync();
      renaming = true;
      await files.rename(`${path}.tmp`, path);
      await files.syncFolder(folder);
      return copy;
    }
  } catch (error) {
    // once it may have taken the name there is no way back to the old file: appending to that would be appending to nothing
    if (renaming || !isFull(error)) {
      await copy?.close().catch(() => undefined); // the error that stopped it is the one to tell
      throw error;
    }
  }
  await copy?.close().catch(() => undefined);
  await files.remove(`${path}.tmp`).catch(() => undefined); // it only takes space, and is written over next time
  // it is read and shown meanwhile, so as far as a sync can, keep it
  await file.datasync();
  return null;
};

/** Tries again what `recover` had no space for: the newest segment, open for appending at the end of the walk, or null. Throws what the file system throws. */
export const makeSure = async (setup: RecoverySetup, segment: number, end: number): Promise<OpenFile | null> => {
  const file = await setup.files.open(segmentPath(setup.folder, segment), 'update');
  let sure: OpenFile | null = null;
  try {
    sure = await madeSure(setup, segment, file, end);
    return sure;
  } finally {
    if (sure !== file) await file.close();
  }
};

/** Writes a file's beginning, up to `end`, into another. False when that takes no more. */
const copied = async (from: OpenFile, to: OpenFile, end: number): Promise<boolean> => {
  const buffer = Buffer.alloc(Math.min(copyBytes, end));
  for (let at = 0; at < end; ) {
    const bytes = buffer.subarray(0, await readFully(from, buffer.subarray(0, Math.min(buffer.length, end - at)), at));
    if (bytes.length === 0) throw new JournalFault('storage_failed', 'a segment became shorter while it was read');
    if ((await to.write(bytes, at)) < bytes.length) return false;
    at += bytes.length;
  }
  return true;
};

const openForAppend = async (files: FileSystem, path: string, frozen: boolean): Promise<OpenFile | null> => {
  if (frozen) return null;
  try {
    return await files.open(path, 'update');
  } catch (error) {
    if (isReadOnly(error)) return null;
    throw error;
  }
};

const laterFrame = async (file: OpenFile, walk: Walk, size: number): Promise<number> => {
  if (size - walk.offset > tailBytesMax) return walk.offset;
  const tail = Buffer.alloc(size - walk.offset);
  const got = await readFully(file, tail, walk.offset);
  const at = findLaterFrame(tail.subarray(0, got), walk.next);
  return at < 0 ? -1 : walk.offset + at;
};

const copyBytes = 1 << 20;

/** Keeps the torn tail beside, durably, then cuts it off. */
const cutTail = async ({ files, folder, nowMs }: RecoverySetup, segment: number, file: OpenFile, offset: number, size: number): Promise<TornTail> => {
  const name = `${segmentName(segment)}.broken-${nowMs()}`;
  let kept: string | null = name;
  try {
    await copyTail(files, `${folder}/${name}`, file, offset, size);
    await files.syncFolder(folder);
  } catch (error) {
    if (!isFull(error)) throw error;
    // a full disk mustn't keep the hub from starting; what is cut off was acknowledged to nobody
    kept = null;
    await files.remove(`${folder}/${name}`).catch(() => undefined);
  }
  await file.truncate(offset);
  await file.datasync();
  return { segment, offset, bytes: size - offset, kept };
};

const copyTail = async (files: FileSystem, to: string, file: OpenFile, offset: number, size: number): Promise<void> => {
  const copy = await files.open(to, 'create');
  try {
    const buffer = Buffer.allocUnsafe(copyBytes);
    for (let at = offset; at < size; ) {
      const got = await readFully(file, buffer.subarray(0, Math.min(copyBytes, size - at)), at);
      if (got === 0) break;
      const written = await copy.write(buffer.subarray(0, got), at - offset);
      if (written < got) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
      at += got;
    }
    await copy.datasync();
  } finally {
    await copy.close();
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

/**
 * The newest segment of a journal that is opened, the only one that may end in the middle of a frame: it is walked to its end, what was not
 * made durable is made so, and a torn tail is kept beside and cut off.
 * Limit: the tail behind a bad frame is looked at in memory, up to `tailBytesMax`; a longer one counts as damage.
 */
import { type FileSystem, isFull, isReadOnly, type OpenFile, readFully } from './file-system.ts';
import { findLaterFrame, frameBytesMax, type SegmentHeader } from './frame.ts';
import { type Finding, JournalFault } from './journal.ts';
import { type Mark, segmentBytesGoal, segmentName, segmentPath, type Walk, walkFrames, walkFrom, wasClosedAt } from './segment.ts';

const tailBytesMax = segmentBytesGoal + frameBytesMax;
const copyBytes = 1 << 20;

export type RecoverySetup = { files: FileSystem; folder: string; readOnly: boolean; nowMs: () => number; randomHex: (bytes: number) => string };

export type TornTail = { segment: number; offset: number; bytes: number /** null: there was no space to keep it */; kept: string | null };

/** The newest segment as it was found and left. */
export type Newest = {
  /** where it ends; null if there is none */
  walk: Walk | null;
  /** places in it, about 1 MiB apart */
  marks: Mark[];
  /** open for appending; null if nothing may be appended */
  file: OpenFile | null;
  torn: TornTail | null;
  /** there was no space to make sure of what is there: `makeSure` gives the file when there is */
  waits: boolean;
};

/** Walks the newest segment and opens it for appending, unless nothing may be written or something is damaged; what is damaged in it joins the findings. */
export const openNewest = async (setup: RecoverySetup, header: SegmentHeader, findings: Finding[]): Promise<Newest> => {
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

/**
 * Segment files: their names, their headers, making one, and walking through the frames of one in constant memory (a buffer of 1 MiB,
 * longer only while a longer frame passes).
 */
import { createHash, type Hash } from 'node:crypto';
import type { Entry } from '../../shared/entry.ts';
import { errorCode, type FileSystem, type OpenFile, readFully } from './file-system.ts';
import { decodeFrame, decodeHeader, encodeHeader, type Frame, type HeaderRead, headerBytes, type SegmentHeader } from './frame.ts';
import { JournalFault } from './journal.ts';

export const segmentBytesGoal = 64 << 20;
const readBytes = 1 << 20;

export const segmentName = (segment: number): string => `${String(segment).padStart(8, '0')}.kj`;
/** The number that a file's name says; null where it is no segment's. */
export const segmentNumberOf = (name: string): number | null => {
  const digits = /^(\d{8})\.kj$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
};
export const segmentPath = (folder: string, segment: number): string => `${folder}/${segmentName(segment)}`;

/** How far a walk came: all before `offset` is sound, `next` is the position that follows, `hash` covers the bytes before `offset` (those that were walked with `hashing`). */
export type Walk = { offset: number; next: number; crc: number; hash: Hash };

/** A place in a segment between two frames: enough to walk on from there, if the bytes before it needn't be hashed. */
export type Mark = Pick<Walk, 'offset' | 'next' | 'crc'>;

/** Reads a header. Throws what the file system throws; a header that can't be believed is an answer. */
export const readHeader = async (files: FileSystem, path: string): Promise<HeaderRead> => {
  const file = await files.open(path, 'read');
  try {
    const bytes = Buffer.alloc(headerBytes);
    return decodeHeader(bytes.subarray(0, await readFully(file, bytes, 0)));
  } finally {
    await file.close();
  }
};

/** The walk that stands at the first frame. */
export const walkFrom = (header: SegmentHeader): Walk => {
  const { bytes, crc } = encodeHeader(header);
  return { offset: bytes.length, next: header.first, crc, hash: createHash('sha256').update(bytes) };
};

/** The walk that goes on at a mark; its hash covers nothing before it. */
export const walkFromMark = ({ offset, next, crc }: Mark): Walk => ({ offset, next, crc, hash: createHash('sha256') });

/** bytes that a buffer has behind its end, so that what reads several at once may read over it */
const bufferBytesBehind = 16;
const bufferOf = (bytes: number): Buffer => Buffer.allocUnsafe(bytes + bufferBytesBehind).subarray(0, bytes);

/**
 * Walks on from `walk` (which it moves) up to byte `end` and yields the frames a buffer at a time; the buffer is used again after each turn.
 * Stops short of `end` at the first frame that isn't sound. Hashing costs a tenth of a replay: where nobody asks for the hash it can be left.
 */
export async function* walkFrames(file: OpenFile, walk: Walk, end: number, hashing = true): AsyncGenerator<{ bytes: Buffer; frames: Frame[] }> {
  let buffer = bufferOf(Math.min(readBytes, Math.max(1, end - walk.offset)));
  while (walk.offset < end) {
    const bytes = buffer.subarray(0, await readFully(file, buffer.subarray(0, Math.min(buffer.length, end - walk.offset)), walk.offset));
    const frames: Frame[] = [];
    let at = 0;
    let stop: ReturnType<typeof decodeFrame> = null;
    for (;;) {
      stop = decodeFrame(bytes, at, walk.crc, walk.next);
      if (!stop || 'more' in stop) break;
      frames.push(stop);
      walk.crc = stop.crc;
      walk.next += stop.count;
      at = stop.to + 1;
    }
    if (hashing) walk.hash.update(bytes.subarray(0, at));
    walk.offset += at;
    if (frames.length > 0) yield { bytes, frames };
    if (!stop) return;
    const needed = bytes.length - at + stop.more;
    // the file, or the part of it that counts, ends inside the frame
    if (walk.offset + needed > end) return;
    // everything that was asked for and at least one frame of it came: read on; else the frame is longer than the buffer
    if (at === 0) {
      if (bytes.length < Math.min(buffer.length, end - walk.offset)) return;
      buffer = bufferOf(Math.max(needed, readBytes));
    } else if (buffer.length < needed) buffer = bufferOf(Math.max(needed, readBytes));
  }
}

/** The entries of a frame. Throws `storage_failed` where its checksum holds and it isn't what a frame is. */
export const entriesOf = (bytes: Buffer, frame: Frame): Entry[] => {
  let entries: Entry[];
  try {
    entries = (JSON.parse(bytes.toString('utf8', frame.from, frame.to)) as { entries: Entry[] }).entries;
  } catch (error) {
    throw new JournalFault('storage_failed', `the frame of position ${frame.first} can't be read: ${String(error)}`, { cause: error });
  }
  if (entries.length !== frame.count) throw new JournalFault('storage_failed', `the frame of position ${frame.first} holds ${entries.length} entries and states ${frame.count}`);
  return entries;
};

/** a longer frame is parsed in pieces of about this size: one of a megabyte would hold the loop for ten milliseconds */
const pieceBytesGoal = 64 << 10;
/** how entries that this program wrote meet; in a text it can't stand, for there quotes have backslashes */
const BETWEEN = Buffer.from('},{"kind":"', 'latin1');
const openListBytesMax = 60;

/** The JSON of a list of entries, or null where it is none: it was cut in the middle of an entry. */
const listOf = (text: string): Entry[] | null => {
  try {
    return JSON.parse(`[${text}]`) as Entry[];
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/**
 * The entries of a frame, a long one's in pieces. What is between entries may also stand in an entry: a piece that ends there doesn't
 * close what it opened and can't be parsed, and then the rest comes whole. Throws as `entriesOf`.
 */
export function* piecesOf(bytes: Buffer, frame: Frame): Generator<Entry[]> {
  let done = 0;
  let at = bytes.subarray(frame.from, Math.min(frame.to, frame.from + openListBytesMax)).indexOf('[') + frame.from + 1;
  while (frame.to - at > 2 * pieceBytesGoal) {
    const cut = bytes.subarray(0, frame.to).indexOf(BETWEEN, at + pieceBytesGoal) + 1;
    const piece = cut > 0 ? listOf(bytes.toString('utf8', at, cut)) : null;
    if (piece === null) break;
    done += piece.length;
    at = cut + 1;
    yield piece;
  }
  const last = done > 0 ? listOf(bytes.toString('utf8', at, frame.to - 2)) : null;
  if (last !== null && done + last.length === frame.count) yield last;
  else yield entriesOf(bytes, frame).slice(done);
}

/**
 * Makes a segment that only has its header: written beside, synced, renamed, the folder synced. Answers the open file. `renaming` is called
 * before the rename: if it fails earlier the folder is as before, but for a `.tmp`; later, nobody knows whether the segment is there.
 */
export const createSegment = async (files: FileSystem, folder: string, header: SegmentHeader, renaming: () => void): Promise<OpenFile> => {
  const path = segmentPath(folder, header.segment);
  const file = await files.open(`${path}.tmp`, 'create');
  try {
    const { bytes } = encodeHeader(header);
    const written = await file.write(bytes, 0);
    if (written < bytes.length) throw new JournalFault('storage_full', `only ${written} of ${bytes.length} bytes of a segment's header were taken`);
    await file.datasync();
    renaming();
    await files.rename(`${path}.tmp`, path);
    await files.syncFolder(folder);
    return file;
  } catch (error) {
    // the error that stopped it is the one to tell
    await file.close().catch(() => undefined);
    throw error;
  }
};

/** Notes beside the segments, one line each; null if one is missing or unreadable. */
const readNote = async (files: FileSystem, folder: string, name: string): Promise<string | null> => {
  let file: OpenFile;
  try {
    file = await files.open(`${folder}/${name}`, 'read');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(64);
    return bytes.toString('latin1', 0, await readFully(file, bytes, 0));
  } finally {
    await file.close();
  }
};

const writeNote = async (files: FileSystem, folder: string, name: string, text: string): Promise<void> => {
  const path = `${folder}/${name}`;
  const file = await files.open(`${path}.tmp`, 'create');
  try {
    await file.write(Buffer.from(text, 'latin1'), 0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await files.rename(`${path}.tmp`, path);
  await files.syncFolder(folder);
};

const numbered = (segment: number): string => String(segment).padStart(8, '0');

/** The highest segment that was ever made, as noted beside them; 0 if the note is missing or unreadable. It only ever lags behind. */
const lastNote = 'last';
const NOTE = /^(\d{8})\n$/;
export const readLastNote = async (files: FileSystem, folder: string): Promise<number> => Number(NOTE.exec((await readNote(files, folder, lastNote)) ?? '')?.[1] ?? 0);
export const writeLastNote = (files: FileSystem, folder: string, segment: number): Promise<void> => writeNote(files, folder, lastNote, `${numbered(segment)}\n`);

/** Where the journal ended when it was closed: if it still ends there, everything in it was synced, and by the hub that wrote it. */
const cleanNote = 'clean';
const cleanText = (segment: number, offset: number): string => `${numbered(segment)} ${offset}\n`;
export const wasClosedAt = async (files: FileSystem, folder: string, segment: number, offset: number): Promise<boolean> =>
  (await readNote(files, folder, cleanNote)) === cleanText(segment, offset);
export const noteClosed = (files: FileSystem, folder: string, segment: number, offset: number): Promise<void> => writeNote(files, folder, cleanNote, cleanText(segment, offset));

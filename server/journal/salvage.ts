/**
 * What can be vouched for in a damaged journal. A frame counts as vouched for when its crc follows from that of the frame before it, as
 * always; or, behind damage, from the crc that the head right before it states, if it also states a later position than everything kept and
 * an earlier one than the next segment begins with: a frame that was changed, moved or left over from another place passes neither. A frame
 * whose head alone is damaged is kept when the frame after it follows from what its content comes to. So one changed bit costs at most one
 * frame, or two where the head's crc and the content are both gone. A segment that was not written after the one before it is of another
 * history: from there on nothing is taken.
 * Limit: a segment is looked at in memory (1 GiB at most).
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Entry } from '../../shared/entry.ts';
import { type FileSystem, readFully } from './file-system.ts';
import { decodeFrame, encodeHeader, type Frame, findLaterFrame, frameBytesMax, frameHeadBytes, headerBytes, readPrefix, type SegmentHeader } from './frame.ts';
import { type Finding, JournalFault } from './journal.ts';
import { entriesOf, readHeader, readLastNote, segmentName, segmentNumberOf, segmentPath } from './segment.ts';

const segmentBytesMax = 1 << 30;

/** Entries of one frame that can be vouched for. */
export type Kept = { first: number; entries: Entry[]; bytes: number };
type Found = Frame & { crc: number };

const HEAD = /^([0-9a-f]{8}) ([0-9a-f]{8}) $/;

const headAt = (bytes: Buffer, at: number): { length: number; crc: number } | null => {
  const m = HEAD.exec(bytes.toString('latin1', at, at + frameHeadBytes));
  const length = m ? Number.parseInt(m[1] as string, 16) : -1;
  return m && length >= 0 && length <= frameBytesMax ? { length, crc: Number.parseInt(m[2] as string, 16) } : null;
};

const prefixAt = (bytes: Buffer, from: number): { first: number; count: number } | null => {
  const prefix = readPrefix(bytes, from, bytes.length);
  return prefix && prefix.count >= 1 ? prefix : null;
};

/** The frame at `at` if it follows from this crc and states positions from `from` to before `below`. */
const provenAt = (bytes: Buffer, at: number, crc: number, from: number, below: number): Found | null => {
  const prefix = prefixAt(bytes, at + frameHeadBytes);
  if (!prefix || prefix.first < from || prefix.first + prefix.count > below) return null;
  const frame = decodeFrame(bytes, at, crc, prefix.first);
  return frame && !('more' in frame) ? frame : null;
};

/** The frame at `at` itself, where only its line feed or only its head was changed. */
const mended = (bytes: Buffer, at: number, crcBefore: number, next: number): Found | null => {
  const from = at + frameHeadBytes;
  const prefix = prefixAt(bytes, from);
  if (prefix?.first !== next) return null;
  const head = headAt(bytes, at);
  if (head && from + head.length <= bytes.length && crc32(bytes.subarray(from, from + head.length), crcBefore) === head.crc)
    return { from, to: from + head.length, crc: head.crc, ...prefix };
  const to = bytes.indexOf(0x0a, from);
  if (to < 0) return null;
  const crc = crc32(bytes.subarray(from, to), crcBefore);
  const follower = decodeFrame(bytes, to + 1, crc, next + prefix.count);
  return follower && !('more' in follower) ? { from, to, crc, ...prefix } : null;
};

/** The first frame behind damage at `at` that follows from the head right before it. */
const resumed = (bytes: Buffer, at: number, next: number, below: number): Found | null => {
  for (let line = at; line < bytes.length; ) {
    const lf = bytes.indexOf(0x0a, line);
    const head = headAt(bytes, line);
    // the line feed may be what was changed: then the head's length leads to the next frame
    const places = head ? [line + frameHeadBytes + head.length + 1, lf + 1] : [];
    for (const place of places) {
      const frame = head && place > line ? provenAt(bytes, place, head.crc, next, below) : null;
      if (frame) return frame;
    }
    if (lf < 0) return null;
    line = lf + 1;
  }
  return null;
};

/** The first frame of a segment whose header was changed elsewhere than in what its frames follow from, or further on. */
const behindHeader = (bytes: Buffer, next: number, below: number): Found | null => {
  const text = bytes.toString('latin1', 0, headerBytes);
  const stated = /([0-9a-f]{8})\n$/.exec(text)?.[1];
  for (const crc of [...(stated ? [Number.parseInt(stated, 16)] : []), crc32(text.slice(0, -9))]) {
    const frame = provenAt(bytes, headerBytes, crc, next, below);
    if (frame) return frame;
  }
  return resumed(bytes, headerBytes, next, below);
};

type Step = { frame: Found } | { damage: number };

/** The frames of a segment that can be vouched for, and where it is damaged. It ends with the damage that nothing follows. */
function* framesIn(bytes: Buffer, header: SegmentHeader | null, next: number, below: number): Generator<Step> {
  let at = headerBytes;
  let position = header?.first ?? next;
  let crc = header ? encodeHeader(header).crc : null;
  while (at < bytes.length || crc === null) {
    const sound = crc === null ? null : decodeFrame(bytes, at, crc, position);
    let frame = sound && !('more' in sound) ? sound : null;
    if (!frame) {
      yield { damage: crc === null ? 0 : at };
      frame = crc === null ? behindHeader(bytes, position, below) : (mended(bytes, at, crc, position) ?? resumed(bytes, at, position, below));
    }
    if (!frame) return;
    yield { frame };
    at = frame.to + 1;
    crc = frame.crc;
    position = frame.first + frame.count;
  }
}

type Slot = { file: number; header: SegmentHeader | null };
type Inventory = { slots: Map<number, Slot>; top: number; findings: Finding[] };

/** Which file is which segment: by what a sound header says of itself, else by its name. Throws `unsupported`. */
const inventoryOf = async (files: FileSystem, folder: string): Promise<Inventory> => {
  const found: Slot[] = [];
  for (const file of await numbersIn(files, folder)) {
    const read = await readHeader(files, segmentPath(folder, file));
    if (!read.ok && read.version !== null) throw new JournalFault('unsupported', `${segmentName(file)} has format version ${read.version}; this hub knows 1`);
    found.push({ file, header: read.ok ? read.header : null });
  }
  const counts = new Map<string, number>();
  for (const { header } of found) if (header) counts.set(header.journal, (counts.get(header.journal) ?? 0) + 1);
  const journal = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  const slots = new Map<number, Slot>();
  const findings: Finding[] = [];
  const odd = (slot: Slot, what: string): number => findings.push({ segment: slot.file, offset: 0, position: slot.header?.first ?? 1, what });
  // those in their places first, then those that say that they belong to another one, then those that say nothing
  const rank = (s: Slot): number => (s.header === null ? 2 : s.header.segment === s.file ? 0 : 1);
  for (const slot of found.sort((a, b) => rank(a) - rank(b) || a.file - b.file)) {
    const place = slot.header?.segment ?? slot.file;
    if (slot.header && slot.header.journal !== journal) odd(slot, 'it belongs to another journal');
    else if (slots.has(place)) odd(slot, `there is another ${segmentName(place)}`);
    else {
      slots.set(place, slot);
      if (place !== slot.file) odd(slot, `it says that it is ${segmentName(place)}`);
    }
  }
  return { slots, findings, top: Math.max(0, await readLastNote(files, folder), ...slots.keys()) };
};

/** The numbers of the segment files of a folder, in order. */
export const numbersIn = async (files: FileSystem, folder: string): Promise<number[]> =>
  (await files.list(folder)).flatMap((name) => segmentNumberOf(name) ?? []).sort((a, b) => a - b);

/** A whole segment in memory. Throws `too_large`. */
export const readSegment = async (files: FileSystem, path: string): Promise<Buffer> => {
  const file = await files.open(path, 'read');
  try {
    const size = await file.size();
    if (size > segmentBytesMax) throw new JournalFault('too_large', `${path} has ${size} bytes; a repair takes segments of at most ${segmentBytesMax}`);
    const bytes = Buffer.allocUnsafe(size);
    return bytes.subarray(0, await readFully(file, bytes, 0));
  } finally {
    await file.close();
  }
};

type Salvaged = { kept: Kept } | { finding: Finding } | { torn: true } | { cut: true };

/** Everything of a journal that can be vouched for, in order; `cut`: more was there, nobody knows how much. */
export async function* salvage(files: FileSystem, folder: string, progress: (segment: number, segments: number) => void): AsyncGenerator<Salvaged> {
  const { slots, top, findings } = await inventoryOf(files, folder);
  for (const finding of findings) yield { finding };
  let next = 1;
  /** of the segment before, if it was whole to its end */
  let wholeHash: string | null = null;
  let cut = false;
  for (let n = 1; n <= top; n++) {
    progress(n - 1, top);
    const slot = slots.get(n);
    const finding = (offset: number, what: string): Salvaged => ({ finding: { segment: n, offset, position: next, what } });
    cut = slot === undefined;
    if (!slot) {
      wholeHash = null;
      yield finding(0, 'the segment is missing');
      continue;
    }
    const { header } = slot;
    const otherHistory = header && (header.first < next || (header.first === next && wholeHash !== null && header.previous !== wholeHash));
    if (otherHistory) {
      yield finding(0, 'it was not written after the segment before it');
      cut = true;
      break;
    }
    if (header && header.first > next && wholeHash !== null) yield finding(0, `the segment before ends at position ${next - 1} and this one begins with ${header.first}`);
    const below = firstAfter(slots, n, top);
    const bytes = await readSegment(files, segmentPath(folder, slot.file));
    let damage: number | null = null;
    let whole = header !== null;
    for (const step of framesIn(bytes, header, next, below)) {
      if ('frame' in step) {
        const { frame } = step;
        damage = null;
        yield { kept: { first: frame.first, entries: entriesOf(bytes, frame), bytes: frame.to - frame.from } };
        next = frame.first + frame.count;
        continue;
      }
      damage = step.damage;
      // the end of the newest segment, with nothing that looks like a frame behind, is a write that was cut off and acknowledged to nobody
      if (n === top && damage > 0 && findLaterFrame(bytes.subarray(damage), next) < 0) yield { torn: true };
      else {
        whole = false;
        cut = n === top;
        yield finding(damage, damage === 0 ? 'its header is damaged' : 'damaged here');
      }
    }
    if (damage === null) cut = false;
    wholeHash = whole && damage === null ? createHash('sha256').update(bytes).digest('hex') : null;
  }
  if (cut) yield { cut: true };
}

/** The position that the next segment with a sound header begins with. */
const firstAfter = (slots: ReadonlyMap<number, Slot>, n: number, top: number): number => {
  for (let m = n + 1; m <= top; m++) {
    const first = slots.get(m)?.header?.first;
    if (first !== undefined) return first;
  }
  return Number.POSITIVE_INFINITY;
};

/**
 * The bytes of a segment, as pure functions: a header line, then frames. A frame is what one append (or each 8 MiB of it) wrote: eight
 * hex digits of length, a blank, eight of crc32, a blank, JSON, a line feed. The crc goes on from that of the frame before (the first from
 * the header's), and the JSON begins with the position of its first entry, so that a frame is only valid where it was written.
 */
import { crc32 } from 'node:zlib';

/** an append is cut into frames of about this size, each synced before the next */
export const frameBytesGoal = 8 << 20;
/** what one entry may take, and so the longest frame that is believed */
export const frameBytesMax = 64 << 20;
/** length, blank, crc, blank */
export const frameHeadBytes = 18;
export const noHash = '0'.repeat(64);

export type SegmentHeader = { journal: string; segment: number; first: number; previous: string; salt: string };
export type Frame = { /** offsets of the JSON */ from: number; to: number; first: number; count: number };

const formatVersion = 1;
const HEADER = /^harbourlight-journal (\d{1,4}) ([0-9a-f]{32}) (\d{8}) (\d{16}) ([0-9a-f]{64}) ([0-9a-f]{16}) ([0-9a-f]{8})\n$/;
const VERSION = /^harbourlight-journal (\d{1,4}) /;
const PREFIX = /^\{"first":(\d{1,16}),"count":(\d{1,9}),"entries":\[/;
const prefixBytesMax = 60;

const digits = (n: number, width: number): string => String(n).padStart(width, '0');
const hex8 = (n: number): string => n.toString(16).padStart(8, '0');

/** The header line and its crc, from which the first frame's goes on. */
export const encodeHeader = (h: SegmentHeader): { bytes: Buffer; crc: number } => {
  const text = `harbourlight-journal ${formatVersion} ${h.journal} ${digits(h.segment, 8)} ${digits(h.first, 16)} ${h.previous} ${h.salt} `;
  const crc = crc32(text);
  return { bytes: Buffer.from(`${text}${hex8(crc)}\n`, 'latin1'), crc };
};

/** every header has this length */
export const headerBytes = encodeHeader({ journal: '0'.repeat(32), segment: 1, first: 1, previous: noHash, salt: '0'.repeat(16) }).bytes.length;

export type HeaderRead = { ok: true; header: SegmentHeader; crc: number } | { ok: false; version: number | null };

/** The header at the start of `bytes`; else the version it states, if that is another one. */
export const decodeHeader = (bytes: Buffer): HeaderRead => {
  const text = bytes.toString('latin1', 0, headerBytes);
  const m = HEADER.exec(text);
  const sound = m !== null && crc32(text.slice(0, -9)) === Number.parseInt(m[7] as string, 16);
  const version = Number((m ?? VERSION.exec(text))?.[1] ?? Number.NaN);
  // a sound line, or another layout altogether, may state another version; a changed digit in our layout is damage
  const foreign = version > formatVersion && (sound || m === null);
  if (!m || !sound || foreign) return { ok: false, version: foreign ? version : null };
  return {
    ok: true,
    header: { journal: m[2] as string, segment: Number(m[3]), first: Number(m[4]), previous: m[5] as string, salt: m[6] as string },
    crc: Number.parseInt(m[7] as string, 16),
  };
};

/** One frame of entries that are JSON already; the first of them gets position `first`. */
export const encodeFrame = (texts: readonly string[], first: number, crcBefore: number): { bytes: Buffer; crc: number } => {
  const json = `{"first":${first},"count":${texts.length},"entries":[${texts.join(',')}]}`;
  const length = Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(frameHeadBytes + length + 1);
  bytes.write(json, frameHeadBytes, 'utf8');
  const crc = crc32(bytes.subarray(frameHeadBytes, frameHeadBytes + length), crcBefore);
  bytes.write(`${hex8(length)} ${hex8(crc)} `, 0, 'latin1');
  bytes[frameHeadBytes + length] = 0x0a;
  return { bytes, crc };
};

const HEX = new Int8Array(256).fill(-1);
for (let i = 0; i < 16; i++) HEX[i.toString(16).charCodeAt(0)] = i;

/** Eight lower-case hex digits; -1 for anything else (parseInt would take blanks, signs and capitals). */
const readHex8 = (bytes: Buffer, at: number): number => {
  let n = 0;
  for (let i = at; i < at + 8; i++) {
    const d = HEX[bytes[i] as number] as number;
    if (d < 0) return -1;
    n = n * 16 + d;
  }
  return n;
};

/** Length and crc that a frame's head states, or null if it isn't one. */
const readHead = (bytes: Buffer, at: number): { length: number; crc: number } | null => {
  if (at + frameHeadBytes > bytes.length || bytes[at + 8] !== 0x20 || bytes[at + 17] !== 0x20) return null;
  const length = readHex8(bytes, at);
  const crc = readHex8(bytes, at + 9);
  return length < 0 || length > frameBytesMax || crc < 0 ? null : { length, crc };
};

/** Position of the first entry and number of entries, as the JSON from `from` to `to` begins; null where it begins otherwise. */
export const readPrefix = (bytes: Buffer, from: number, to: number): { first: number; count: number } | null => {
  const m = PREFIX.exec(bytes.toString('latin1', from, Math.min(to, from + prefixBytesMax)));
  return m ? { first: Number(m[1]), count: Number(m[2]) } : null;
};

/** The frame at `at`, bytes still needed to tell (`more`), or `null`: there is no frame with this crc and position. */
export const decodeFrame = (bytes: Buffer, at: number, crcBefore: number, position: number): (Frame & { crc: number }) | { more: number } | null => {
  if (at + frameHeadBytes > bytes.length) return { more: at + frameHeadBytes - bytes.length };
  const head = readHead(bytes, at);
  if (!head) return null;
  const from = at + frameHeadBytes;
  const to = from + head.length;
  if (to + 1 > bytes.length) return { more: to + 1 - bytes.length };
  if (bytes[to] !== 0x0a || crc32(bytes.subarray(from, to), crcBefore) !== head.crc) return null;
  const prefix = readPrefix(bytes, from, to);
  if (!prefix || prefix.first !== position || prefix.count < 1) return null;
  return { from, to, crc: head.crc, ...prefix };
};

/**
 * Where, in what follows the last good frame, a later frame begins; -1 if none does. `position` is the next one expected. Only one frame is
 * ever being written, and it holds no line feed but its last byte: a torn tail has no frame after it, unless it is an old one in reused
 * blocks, which states an old position. So a whole frame of `position` or later means that something before it was changed. The first line
 * itself is no evidence: it is the bad frame.
 */
export const findLaterFrame = (tail: Buffer, position: number): number => {
  const looksWhole = (at: number): boolean => {
    const head = readHead(tail, at);
    if (!head) return false;
    const from = at + frameHeadBytes;
    const to = from + head.length;
    const prefix = to < tail.length && tail[to] === 0x0a ? readPrefix(tail, from, to) : null;
    return prefix !== null && prefix.first >= position;
  };
  // the line feed between may be what was changed: then the bad frame's own length leads to the next
  const bad = readHead(tail, 0);
  if (bad && looksWhole(frameHeadBytes + bad.length + 1)) return frameHeadBytes + bad.length + 1;
  for (let lf = tail.indexOf(0x0a); lf >= 0; lf = tail.indexOf(0x0a, lf + 1)) if (looksWhole(lf + 1)) return lf + 1;
  return -1;
};

/**
 * A zip as a stream: each file deflated while it is made, by the thread that makes it, sizes after the data, so that nothing is held. The same contents
 * give the same bytes: no clock, no names of machines. Files and archive up to 4 GiB, names in UTF-8.
 */
import { constants, crc32, deflateRawSync } from 'node:zlib';

export const zipBytesMax = 0xffff_fffe;
export type ZipFile = { name: string; content: AsyncIterable<string> | Iterable<string> };

/** text is handed to the deflater in pieces of about this many characters */
const pieceChars = 128 << 10;
/** as far back as deflate looks */
const windowBytes = 32 << 10;
/** half the time of the usual 6, for a quarter more bytes: no other thread is taken for it, since those are the journal's */
const level = 3;
/** 1980-01-01, the first day that a zip can name */
const zipDate = 0x21;
/** names in UTF-8, sizes after the data */
const flags = 0x808;

type Entry = { name: Buffer; crc: number; packed: number; size: number; at: number };

const header = (signature: number, bytes: number): Buffer => {
  const b = Buffer.alloc(bytes);
  b.writeUInt32LE(signature, 0);
  return b;
};

const localHeader = (name: Buffer): Buffer => {
  const b = header(0x04034b50, 30);
  b.writeUInt16LE(20, 4);
  b.writeUInt16LE(flags, 6);
  b.writeUInt16LE(8, 8);
  b.writeUInt16LE(zipDate, 12);
  b.writeUInt16LE(name.length, 26);
  return Buffer.concat([b, name]);
};

const descriptor = (e: Entry): Buffer => {
  const b = header(0x08074b50, 16);
  b.writeUInt32LE(e.crc, 4);
  b.writeUInt32LE(e.packed, 8);
  b.writeUInt32LE(e.size, 12);
  return b;
};

const centralHeader = (e: Entry): Buffer => {
  const b = header(0x02014b50, 46);
  b.writeUInt16LE(20, 4);
  b.writeUInt16LE(20, 6);
  b.writeUInt16LE(flags, 8);
  b.writeUInt16LE(8, 10);
  b.writeUInt16LE(zipDate, 14);
  b.writeUInt32LE(e.crc, 16);
  b.writeUInt32LE(e.packed, 20);
  b.writeUInt32LE(e.size, 24);
  b.writeUInt16LE(e.name.length, 28);
  b.writeUInt32LE(e.at, 42);
  return Buffer.concat([b, e.name]);
};

const endOf = (count: number, size: number, at: number): Buffer => {
  const b = header(0x06054b50, 22);
  b.writeUInt16LE(count, 8);
  b.writeUInt16LE(count, 10);
  b.writeUInt32LE(size, 12);
  b.writeUInt32LE(at, 16);
  return b;
};

/** Text in pieces of one size, so that the bytes don't depend on how it came. */
async function* pieces(content: ZipFile['content']): AsyncGenerator<Buffer> {
  let text = '';
  for await (const more of content) {
    text += more;
    while (text.length >= pieceChars) {
      // a pair of surrogates stays together
      const cut = /[\ud800-\udbff]/.test(text.charAt(pieceChars - 1)) ? pieceChars - 1 : pieceChars;
      yield Buffer.from(text.slice(0, cut));
      text = text.slice(cut);
    }
  }
  if (text !== '') yield Buffer.from(text);
}

/**
 * The deflated content, piece by piece; `entry` learns its sizes and crc. Each piece is deflated by itself with what went before it as its
 * dictionary, and ends at a byte: in a row they are one stream.
 */
async function* deflated(content: ZipFile['content'], entry: Entry): AsyncGenerator<Buffer> {
  let before: Buffer | null = null;
  const packed = (piece: Buffer, last = false): Buffer => {
    const out = deflateRawSync(piece, { level, finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH, ...(before && { dictionary: before }) });
    before = piece.subarray(-windowBytes);
    entry.packed += out.length;
    return out;
  };
  for await (const piece of pieces(content)) {
    entry.crc = crc32(piece, entry.crc);
    entry.size += piece.length;
    yield packed(piece);
  }
  yield packed(Buffer.alloc(0), true);
}

/** The archive's bytes. Throws a RangeError above 4 GiB. */
export async function* zip(files: Iterable<ZipFile> | AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = [];
  let at = 0;
  for await (const { name, content } of files) {
    const entry: Entry = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, at };
    const local = localHeader(entry.name);
    yield local;
    for await (const chunk of deflated(content, entry)) yield chunk;
    if (entry.size > zipBytesMax || at + entry.packed > zipBytesMax) throw new RangeError(`${name} does not fit in a zip`);
    yield descriptor(entry);
    at += local.length + entry.packed + 16;
    entries.push(entry);
  }
  const central = Buffer.concat(entries.map(centralHeader));
  yield central;
  yield endOf(entries.length, central.length, at);
}

/**
 * A zip that somebody sent, read into memory and nowhere else: names that could leave a folder, links, bombs, lying sizes and overlapping
 * parts are refused before anything is believed of it. Stored and deflated files, no zip64, no encryption.
 */
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import type { PackFault, PackFaultCode } from '../../shared/pack-faults.ts';

export const unzipFilesMax = 1_000;
export const unzipBytesMax = 40 * 1_048_576;
/** more than this many bytes out of one is a bomb; small files may */
export const unzipRatioMax = 100;
const ratioFreeBytes = 1_048_576;
export const unzipNameCharsMax = 160;

/** parts of a name: no dot at either end, so neither `..` nor a hidden file nor a trailing dot */
const nameRule = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)*$/;
/** what a file manager adds by itself: left out, never read */
const litter = /(^|\/)(__MACOSX(\/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;
const inflated = promisify(inflateRaw);

const signature = { local: 0x0403_4b50, central: 0x0201_4b50, end: 0x0605_4b50 } as const;
const endBytes = 22;
const commentBytesMax = 65_535;
const linkType = 0o12;
const fileTypes: ReadonlySet<number> = new Set([0, 0o10]);

type Entry = { name: string; packed: number; size: number; crc: number; method: number; at: number };
class ZipFault extends Error {
  readonly fault: PackFault;
  constructor(path: string, code: PackFaultCode) {
    super(code);
    this.fault = { path, code };
  }
}

const endOf = (zip: Buffer): number => {
  for (let at = zip.length - endBytes; at >= 0 && at >= zip.length - endBytes - commentBytesMax; at--)
    if (zip.readUInt32LE(at) === signature.end && at + endBytes + zip.readUInt16LE(at + 20) === zip.length) return at;
  throw new ZipFault('', 'no_zip');
};

/** An entry of the directory; null for a folder or what a file manager adds. */
const entryAt = (zip: Buffer, at: number, end: number): { next: number; entry: Entry | null } => {
  if (at + 46 > end || zip.readUInt32LE(at) !== signature.central) throw new ZipFault('', 'bad_zip');
  const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
  const next = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  if (next > end) throw new ZipFault('', 'bad_zip');
  const name = zip.toString('utf8', at + 46, nameEnd);
  const type = zip.readUInt32LE(at + 38) >>> 28;
  if (type === linkType) throw new ZipFault(name.slice(0, 80), 'link_entry');
  if (litter.test(name)) return { next, entry: null };
  const bare = name.endsWith('/') ? name.slice(0, -1) : name;
  if (bare.length > unzipNameCharsMax || !nameRule.test(bare)) throw new ZipFault(JSON.stringify(name.slice(0, 80)), 'bad_path');
  if (bare !== name) return { next, entry: null };
  if (!fileTypes.has(type)) throw new ZipFault(name, 'link_entry');
  if ((zip.readUInt16LE(at + 8) & 1) !== 0) throw new ZipFault(name, 'encrypted');
  const method = zip.readUInt16LE(at + 10);
  if (method !== 0 && method !== 8) throw new ZipFault(name, 'method_unknown');
  return { next, entry: { name, method, crc: zip.readUInt32LE(at + 16), packed: zip.readUInt32LE(at + 20), size: zip.readUInt32LE(at + 24), at: zip.readUInt32LE(at + 42) } };
};

const entriesOf = (zip: Buffer): { entries: Entry[]; directory: number } => {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  if (zip.readUInt16LE(end + 8) !== count || directory + zip.readUInt32LE(end + 12) !== end) throw new ZipFault('', 'bad_zip');
  if (count > unzipFilesMax) throw new ZipFault('', 'too_many_files');
  const entries: Entry[] = [];
  const names = new Set<string>();
  let total = 0;
  for (let at = directory, n = 0; n < count; n++) {
    const { next, entry } = entryAt(zip, at, end);
    at = next;
    if (!entry) continue;
    const name = entry.name.toLowerCase();
    if (names.has(name)) throw new ZipFault(entry.name, 'duplicate_name');
    names.add(name);
    total += entry.size;
    if (total > unzipBytesMax || entry.size > Math.max(ratioFreeBytes, entry.packed * unzipRatioMax)) throw new ZipFault(entry.name, 'too_large');
    entries.push(entry);
  }
  return { entries, directory };
};

/** The packed bytes of an entry and where they end. */
const partOf = (zip: Buffer, { name, at, packed }: Entry, directory: number): { bytes: Buffer; end: number } => {
  if (at + 30 > directory || zip.readUInt32LE(at) !== signature.local) throw new ZipFault(name, 'bad_zip');
  const nameEnd = at + 30 + zip.readUInt16LE(at + 26);
  const begin = nameEnd + zip.readUInt16LE(at + 28);
  if (begin + packed > directory || zip.toString('utf8', at + 30, nameEnd) !== name) throw new ZipFault(name, 'bad_zip');
  return { bytes: zip.subarray(begin, begin + packed), end: begin + packed };
};

const contentOf = async (entry: Entry, packed: Buffer): Promise<Buffer> => {
  const bytes = entry.method === 0 ? packed : await inflated(packed, { maxOutputLength: Math.max(1, entry.size) }).catch(() => null);
  if (!bytes || bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw new ZipFault(entry.name, 'damaged');
  return bytes;
};

/** Every file of the zip by its name, or the first thing that is wrong with it. */
export const unzip = async (zip: Buffer): Promise<{ files: ReadonlyMap<string, Buffer> } | { faults: PackFault[] }> => {
  try {
    const { entries, directory } = entriesOf(zip);
    const files = new Map<string, Buffer>();
    let end = 0;
    for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
      if (entry.at < end) throw new ZipFault(entry.name, 'overlapping');
      const part = partOf(zip, entry, directory);
      end = part.end;
      files.set(entry.name, await contentOf(entry, part.bytes));
    }
    return { files };
  } catch (error) {
    if (error instanceof ZipFault) return { faults: [error.fault] };
    if (error instanceof RangeError) return { faults: [{ path: '', code: 'bad_zip' }] };
    throw error;
  }
};

/** Makes zips for tests, sound ones and such as nobody's zip program makes: any name, type, size, place. */
import { crc32, deflateRawSync } from 'node:zlib';

export type ZipPart = {
  name: string;
  bytes: Buffer | string;
  /** stored as it is */
  stored?: boolean;
  /** what the directory says instead of the truth */
  says?: { size?: number; packed?: number; crc?: number; method?: number; flags?: number; at?: number; localName?: string };
  /** Unix mode with its type, as zip programs write it */
  mode?: number;
};

/** The archive of these parts. `directory` may change the end record's count and place. */
export const zipOf = (parts: readonly ZipPart[], end: { count?: number; comment?: string } = {}): Buffer => {
  const out: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, stored = false, says = {}, mode } of parts) {
    const plain = Buffer.from(bytes);
    const packed = stored ? plain : deflateRawSync(plain);
    const local = Buffer.alloc(30);
    const localName = Buffer.from(says.localName ?? name);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(localName.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(says.flags ?? 0, 8);
    entry.writeUInt16LE(says.method ?? (stored ? 0 : 8), 10);
    entry.writeUInt32LE(says.crc ?? crc32(plain), 16);
    entry.writeUInt32LE(says.packed ?? packed.length, 20);
    entry.writeUInt32LE(says.size ?? plain.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(((mode ?? 0) << 16) >>> 0, 38);
    entry.writeUInt32LE(says.at ?? at, 42);
    central.push(entry, Buffer.from(name));
    out.push(local, localName, packed);
    at += 30 + localName.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(end.count ?? parts.length, 8);
  last.writeUInt16LE(end.count ?? parts.length, 10);
  last.writeUInt32LE(directory.length, 12);
  last.writeUInt32LE(at, 16);
  const comment = Buffer.from(end.comment ?? '');
  last.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...out, directory, last, comment]);
};

/**
 * The files that a content is shown and heard with: models, their pictures, recorded sentences. Each file's address bears the hash of its
 * bytes, so that kiosks keep it for ever and a content with another file is another content.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { modelFileBytesMax } from '../../shared/model.ts';
import { audioFileBytesMax } from '../../shared/pack.ts';
import type { PackFaultCode } from '../../shared/pack-faults.ts';

type Kind = { type: string; bytesMax: number; code: PackFaultCode; is(bytes: Buffer): boolean };
const starts = (bytes: Buffer, at: number, text: string): boolean => bytes.subarray(at, at + text.length).toString('latin1') === text;
const audio = (type: string, is: Kind['is']): Kind => ({ type, bytesMax: audioFileBytesMax, code: 'no_audio', is });
const KINDS: { [ending: string]: Kind } = {
  '.glb': { type: 'model/gltf-binary', bytesMax: modelFileBytesMax, code: 'no_glb', is: (b) => b.length >= 12 && starts(b, 0, 'glTF') },
  '.webp': { type: 'image/webp', bytesMax: modelFileBytesMax, code: 'no_webp', is: () => true },
  '.mp3': audio('audio/mpeg', (b) => starts(b, 0, 'ID3') || (b[0] === 0xff && ((b[1] ?? 0) & 0xe0) === 0xe0)),
  '.m4a': audio('audio/mp4', (b) => starts(b, 4, 'ftyp')),
  '.ogg': audio('audio/ogg', (b) => starts(b, 0, 'OggS')),
  '.wav': audio('audio/wav', (b) => starts(b, 0, 'RIFF') && starts(b, 8, 'WAVE')),
};

/** Reads a file by its path below where a pack or the models lie; null where there is none. */
export type FileSource = (name: string) => Promise<Buffer | null>;

/** A folder as a source. */
export const inFolder =
  (folder: string): FileSource =>
  (name) =>
    readFile(path.join(folder, name)).catch(() => null);

/** A file that may be asked for: how it is read (null where it is gone), as what, and the hash of its bytes. */
export type ContentFile = { read(): Promise<Buffer | null>; type: string; hash: string };
/** By the path of their address, without the query. */
export type FileTable = ReadonlyMap<string, ContentFile>;

/** The hash that a file's address bears: 16 hex of SHA-256. */
export const fileHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** Why a file can't be given out, by its size and its first bytes; null where it can. */
export const fileFault = (name: string, bytes: Buffer): PackFaultCode | null => {
  const kind = KINDS[path.extname(name)];
  if (!kind) return 'unexpected_file';
  return bytes.length > kind.bytesMax ? 'file_too_large' : kind.is(bytes) ? null : kind.code;
};

/** Takes a file up into `table`, to be served at the path `at`; answers its address, or why it can't be given out. */
export const takeFile = async (table: Map<string, ContentFile>, source: FileSource, name: string, at: string): Promise<{ url: string } | { code: string }> => {
  const kind = KINDS[path.extname(name)];
  const bytes = kind ? await source(name) : null;
  if (!kind || !bytes) return { code: 'unreadable' };
  const code = fileFault(name, bytes);
  if (code !== null) return { code };
  const hash = fileHash(bytes);
  table.set(at, { read: () => source(name), type: kind.type, hash });
  return { url: `${at}?v=${hash}` };
};

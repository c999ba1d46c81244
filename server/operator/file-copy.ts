/** Copying files so that they last: a piece at a time, hashed on the way, synced before it is called done. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { makeFolders, nodeFileSystem } from '../journal/file-system.ts';

const pieceBytes = 1 << 20;

/** A file as a backup states it; `path` with slashes, from the backup's folder. */
export type Copied = { path: string; bytes: number; sha256: string };

/** The file ended before the bytes that were to be read: what wrote it has cut it meanwhile. */
export class CutShort extends Error {}

const pieces = async (from: FileHandle, bytes: number, each: (piece: Buffer) => Promise<void>): Promise<void> => {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(pieceBytes, bytes - at), at);
    if (bytesRead === 0) throw new CutShort('the file is shorter than it was');
    await each(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
};

/** Copies the first `bytes` of an open file to a new one and syncs it. `told` hears every piece's bytes. Throws `CutShort` and what the disk throws. */
export const copyOpen = async (from: FileHandle, to: string, bytes: number, told: (bytes: number) => void): Promise<string> => {
  const hash = createHash('sha256');
  const into = await open(to, 'wx', 0o600);
  try {
    await pieces(from, bytes, async (piece) => {
      hash.update(piece);
      for (let at = 0; at < piece.length; ) at += (await into.write(piece, at)).bytesWritten;
      told(piece.length);
    });
    await into.sync();
  } finally {
    await into.close();
  }
  return hash.digest('hex');
};

/** Copies the first `bytes` of a file; all of it where they are not given. */
export const copyFileDurably = async (from: string, to: string, told: (bytes: number) => void, bytes?: number): Promise<{ bytes: number; sha256: string }> => {
  const file = await open(from, 'r');
  try {
    const size = bytes ?? (await file.stat()).size;
    return { bytes: size, sha256: await copyOpen(file, to, size, told) };
  } finally {
    await file.close();
  }
};

/** The SHA-256 and length of a file as it is read now. */
export const hashFile = async (name: string, told: (bytes: number) => void): Promise<{ bytes: number; sha256: string }> => {
  const file = await open(name, 'r');
  try {
    const { size } = await file.stat();
    const hash = createHash('sha256');
    await pieces(file, size, async (piece) => {
      hash.update(piece);
      told(piece.length);
    });
    return { bytes: size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
};

/** Writes a whole new file and syncs it. */
export const writeDurably = async (name: string, text: string): Promise<void> => {
  const file = await open(name, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Makes a folder and the ones above it; what was made is durable, for the hub's own user only. Answers whether anything had to be made. */
export const makeFolderDurably = async (folder: string): Promise<boolean> => {
  const first = await makeFolders(folder);
  if (first === null) return false;
  for (let at = folder; at.length >= first.length; at = path.dirname(at)) await nodeFileSystem.syncFolder(path.dirname(at));
  return true;
};

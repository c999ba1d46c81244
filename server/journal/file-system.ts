/**
 * The few file operations that journal and documents are built on, so that tests can cut the power between any two of them.
 * Nothing here retries and nothing hides an error: what a failed call means is decided where it is made.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export interface OpenFile {
  /** Reads into the buffer from byte `at`; answers how many bytes came, 0 at the end. */
  read(into: Uint8Array, at: number): Promise<number>;
  /** Writes at byte `at`; answers how many bytes were taken, which may be fewer than given. */
  write(bytes: Uint8Array, at: number): Promise<number>;
  truncate(bytes: number): Promise<void>;
  /** fdatasync: content and size are durable. */
  datasync(): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** `read` and `update` need the file to exist; `create` makes it, or empties it. */
export type OpenMode = 'read' | 'update' | 'create';

export interface FileSystem {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  list(folder: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; one that isn't there is an ENOENT. */
  remove(path: string): Promise<void>;
  makeFolder(folder: string): Promise<void>;
  /** Makes renames, new files and removals in the folder durable. */
  syncFolder(folder: string): Promise<void>;
}

const FLAGS = { read: 'r', update: 'r+', create: 'w+' } as const;
/** data is for the hub's own user only */
const fileMode = 0o600;
const folderMode = 0o700;

const isFolder = (at: string): Promise<boolean> =>
  stat(at).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Makes a folder and those above it, for the hub's own user only; answers the first that had to be made, null where it was there. Level by
 * level: node's own `recursive` asks for ever where a folder is there and takes none (`/proc`), which is an ENOENT here.
 */
export const makeFolders = async (folder: string): Promise<string | null> => {
  try {
    await mkdir(folder, { mode: folderMode });
    return folder;
  } catch (error) {
    if (await isFolder(folder)) return null;
    const above = path.dirname(folder);
    if (errorCode(error) !== 'ENOENT' || (await isFolder(above))) throw error;
    const first = await makeFolders(above);
    const own = await makeFolders(folder);
    return first ?? own;
  }
};

/** The file system of this machine. */
export const nodeFileSystem: FileSystem = {
  async open(path, mode) {
    const handle = await open(path, FLAGS[mode], fileMode);
    return {
      read: async (into, at) => (await handle.read(into, 0, into.length, at)).bytesRead,
      write: async (bytes, at) => (await handle.write(bytes, 0, bytes.length, at)).bytesWritten,
      truncate: (bytes) => handle.truncate(bytes),
      datasync: () => handle.datasync(),
      size: async () => (await handle.stat()).size,
      close: () => handle.close(),
    };
  },
  list: (folder) => readdir(folder),
  rename,
  remove: (path) => rm(path),
  async makeFolder(folder) {
    await makeFolders(folder);
  },
  async syncFolder(folder) {
    // Windows can't sync a folder and doesn't need it: NTFS keeps its own order of names
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/** The same for a thread of its own that may wait: its reads take no place among those that the process's writes and syncs queue for. */
export const waitingFileSystem: FileSystem = {
  ...nodeFileSystem,
  async open(path, mode) {
    if (mode !== 'read') return nodeFileSystem.open(path, mode);
    const fd = openSync(path, FLAGS[mode]);
    const refused = (): Promise<never> => Promise.reject(new Error('opened for reading'));
    return {
      read: async (into, at) => readSync(fd, into, 0, into.length, at),
      write: refused,
      truncate: refused,
      datasync: refused,
      size: async () => fstatSync(fd).size,
      close: async () => closeSync(fd),
    };
  },
};

/** The code of a system error, `ENOSPC`, or an empty text. */
export const errorCode = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** No space, no quota, no inode. */
export const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errorCode(error));
/** The folder or the file system takes no writes. */
export const isReadOnly = (error: unknown): boolean => ['EROFS', 'EACCES', 'EPERM'].includes(errorCode(error));

/** Reads until the buffer is full or the file ends; answers the bytes read. */
export const readFully = async (file: OpenFile, into: Uint8Array, at: number): Promise<number> => {
  let got = 0;
  while (got < into.length) {
    const n = await file.read(into.subarray(got), at + got);
    if (n === 0) break;
    got += n;
  }
  return got;
};

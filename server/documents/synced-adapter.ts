/**
 * A lowdb adapter that survives a power cut and knows a damaged file from an empty one. A file is a line with the length and SHA-256 of the
 * JSON that follows. A write goes beside, is synced, and then takes the name; the one before stays as `.bak`. When writes come faster than
 * the disk, one runs and one waits, and the newest value takes the waiting place.
 */
import { createHash } from 'node:crypto';
import type { Adapter } from 'lowdb';
import { DocumentFault, decodeValue, documentBytesMax, encodeValue } from './documents.ts';

/** The file operations that documents need; the journal's FileSystem has them. */
export interface DocumentFiles {
  open(
    path: string,
    mode: 'read' | 'create',
  ): Promise<{
    read(into: Uint8Array, at: number): Promise<number>;
    write(bytes: Uint8Array, at: number): Promise<number>;
    datasync(): Promise<void>;
    size(): Promise<number>;
    close(): Promise<void>;
  }>;
  list(folder: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(folder: string): Promise<void>;
  syncFolder(folder: string): Promise<void>;
}

/** lowdb keeps nothing falsy, so the value of a document stands in a box. */
export type Box = { value: unknown };

type FileRead = { status: 'ok'; value: unknown } | { status: 'missing' } | { status: 'corrupt'; detail: string } | { status: 'failed'; fault: DocumentFault };

const HEAD = /^harbourlight-document 1 (\d{10}) ([0-9a-f]{64})\n$/;
const headOf = (length: number, sha256: string): string => `harbourlight-document 1 ${String(length).padStart(10, '0')} ${sha256}\n`;
const headBytes = headOf(0, '0'.repeat(64)).length;

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

export class SyncedAdapter implements Adapter<Box> {
  /** which file the last read came from */
  from: 'main' | 'backup' = 'main';
  readonly #files: DocumentFiles;
  readonly #folder: string;
  readonly #path: string;
  /** whether the main file is whole, and so may take the backup's place; null: not looked at yet */
  #mainSound: boolean | null = null;
  /** the newest text that waits for its turn, and what its writers wait for */
  #waiting: { text: string; done: Promise<void> } | null = null;
  /** settles when everything asked for so far is done */
  #last: Promise<unknown> = Promise.resolve();

  constructor(files: DocumentFiles, folder: string, name: string) {
    this.#files = files;
    this.#folder = folder;
    this.#path = `${folder}/${name}.json`;
  }

  /**
   * The box, or null if there is none, after the writes that were asked for before. Throws a DocumentFault: `corrupt` if neither the file nor
   * its backup can be believed, `storage_failed` if they can't be read.
   */
  read(): Promise<Box | null> {
    return this.#inTurn(() => this.#read());
  }

  /** Takes the value as it is now; resolves once it or a newer one is durable. */
  async write({ value }: Box): Promise<void> {
    const text = encodeValue(value);
    if (this.#waiting) this.#waiting.text = text;
    else {
      const waiting = { text, done: Promise.resolve() };
      this.#waiting = waiting;
      waiting.done = this.#inTurn(() => {
        this.#waiting = null;
        return this.#writeFile(waiting.text);
      });
    }
    return this.#waiting.done;
  }

  /** Resolves when nothing is being written or read. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** One at a time: a read in the middle of a write would find the file without its name. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#last.then(act);
    // who asked hears of the error; the next in turn goes on all the same
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #read(): Promise<Box | null> {
    const main = await this.#readFile(this.#path);
    this.#mainSound = main.status === 'failed' ? null : main.status === 'ok';
    if (main.status === 'ok') return this.#boxed(main.value, 'main');
    const backup = await this.#readFile(`${this.#path}.bak`);
    if (backup.status === 'ok') return this.#boxed(backup.value, 'backup');
    if (main.status === 'failed') throw main.fault;
    if (backup.status === 'failed') throw backup.fault;
    if (main.status === 'corrupt') throw new DocumentFault('corrupt', `the file ${main.detail}`);
    if (backup.status === 'corrupt') throw new DocumentFault('corrupt', `the file is gone and its backup ${backup.detail}`);
    return null;
  }

  #boxed(value: unknown, from: 'main' | 'backup'): Box {
    this.from = from;
    return { value };
  }

  async #writeFile(text: string): Promise<void> {
    const tmp = `${this.#path}.tmp`;
    try {
      // a damaged main file must not push a good backup out
      if (this.#mainSound === null) this.#mainSound = (await this.#readFile(this.#path)).status === 'ok';
      await writeWhole(this.#files, tmp, encode(text));
      if (this.#mainSound) {
        this.#mainSound = false;
        await this.#files.rename(this.#path, `${this.#path}.bak`);
      }
      await this.#files.rename(tmp, this.#path);
      this.#mainSound = true;
      await this.#files.syncFolder(this.#folder);
    } catch (error) {
      // which name holds what is found out anew by the next write; a leftover is overwritten then, and removed at the next start
      this.#mainSound = null;
      await this.#files.remove(tmp).catch(() => undefined);
      throw faultOf(error, 'written');
    }
  }

  async #readFile(path: string): Promise<FileRead> {
    try {
      const file = await this.#files.open(path, 'read');
      try {
        const size = await file.size();
        const head = await readUpTo(file, 0, Math.min(size, headBytes));
        const stated = checkHead(head, size - headBytes);
        if ('detail' in stated) return { status: 'corrupt', detail: stated.detail };
        return decodeBody(await readUpTo(file, headBytes, stated.length), stated);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return { status: 'missing' };
      return { status: 'failed', fault: faultOf(error, 'read') };
    }
  }
}

/** Writes a new file and syncs it. Throws what the disk throws, or `storage_full`. */
export const writeWhole = async (files: DocumentFiles, path: string, bytes: Uint8Array): Promise<void> => {
  const file = await files.open(path, 'create');
  try {
    const written = await file.write(bytes, 0);
    if (written < bytes.length) throw new DocumentFault('storage_full', `only ${written} of ${bytes.length} bytes of a document were taken`);
    await file.datasync();
  } finally {
    await file.close();
  }
};

const encode = (text: string): Buffer => {
  const body = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from(headOf(body.length, createHash('sha256').update(body).digest('hex')), 'latin1'), body]);
};

/** So many bytes from `at` on, or as many as there are. */
export const readUpTo = async (file: { read(into: Uint8Array, at: number): Promise<number> }, at: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(length);
  let got = 0;
  for (let n = 1; got < length && n > 0; got += n) n = await file.read(bytes.subarray(got), at + got);
  return bytes.subarray(0, got);
};

/** What the first line states, or why the file can't be believed; decided before anything as long as the file is read. */
const checkHead = (head: Buffer, bodyBytes: number): { length: number; sha256: string } | { detail: string } => {
  if (head.length === 0) return { detail: 'is empty' };
  const m = HEAD.exec(head.toString('latin1'));
  if (!m) return { detail: 'does not begin as a document' };
  const length = Number(m[1]);
  if (length > documentBytesMax) return { detail: `states ${length} bytes, more than any document` };
  if (length !== bodyBytes) return { detail: `has ${bodyBytes} bytes where ${length} were written` };
  return { length, sha256: m[2] as string };
};

const decodeBody = (body: Buffer, stated: { length: number; sha256: string }): FileRead => {
  if (body.length !== stated.length || createHash('sha256').update(body).digest('hex') !== stated.sha256)
    return { status: 'corrupt', detail: 'does not have the checksum it was written with' };
  try {
    return { status: 'ok', value: decodeValue(body.toString('utf8')) };
  } catch (error) {
    return { status: 'corrupt', detail: error instanceof DocumentFault ? error.message : 'is not JSON' };
  }
};

/** What a failed read or write is to callers. */
export const faultOf = (error: unknown, done: string): DocumentFault => {
  if (error instanceof DocumentFault) return error;
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));
  return new DocumentFault(full ? 'storage_full' : 'storage_failed', `a document can't be ${done}: ${codeOf(error) || String(error)}`, { cause: error });
};

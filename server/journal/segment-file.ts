/** The segment that is appended to: writes, syncs, and what a failure of either means. Whatever failed is cut off again, unless the file is given up. */
import { errorCode, type FileSystem, isFull, isReadOnly, type OpenFile } from './file-system.ts';
import type { JournalState } from './journal.ts';

/** An append failed, and what the journal is then. What was written of it is cut off again, unless the file is given up. */
export class AppendFault extends Error {
  override readonly name = 'AppendFault';
  readonly state: Exclude<JournalState, 'writable'>;

  constructor(state: Exclude<JournalState, 'writable'>, cause: unknown) {
    super(errorCode(cause) || String(cause), { cause });
    this.state = state;
  }
}

const shortWrite = (written: number, bytes: number): Error => Object.assign(new Error(`only ${written} of ${bytes} bytes were taken`), { code: 'ENOSPC' });

export class SegmentFile {
  readonly #file: OpenFile;

  constructor(file: OpenFile) {
    this.#file = file;
  }

  /** Writes at byte `at`, where what counts ends. Throws an AppendFault; the file then ends at `good`, or is given up. */
  async write(bytes: Buffer, at: number, good: number): Promise<void> {
    try {
      const written = await this.#file.write(bytes, at);
      if (written < bytes.length) throw shortWrite(written, bytes.length);
    } catch (error) {
      throw await this.#cutBack(error, good);
    }
  }

  /** Makes what was written durable. Throws an AppendFault as `write` does. */
  async sync(good: number): Promise<void> {
    try {
      await this.#file.datasync();
    } catch (error) {
      // not a retry: so that a hub that is killed now doesn't find, in the page cache, what may never have reached the disk
      await this.#file.truncate(good).catch(() => undefined);
      throw new AppendFault('poisoned', error);
    }
  }

  async close(): Promise<void> {
    // everything that counts in it was synced: an error of close can't take it back
    await this.#file.close().catch(() => undefined);
  }

  async #cutBack(error: unknown, good: number): Promise<AppendFault> {
    try {
      await this.#file.truncate(good);
      await this.#file.datasync();
    } catch (second) {
      // a file system that turned read-only takes no cut either; nothing is appended there any more
      if (!isReadOnly(error)) return new AppendFault('poisoned', second);
    }
    return new AppendFault(isFull(error) ? 'full' : isReadOnly(error) ? 'read-only' : 'poisoned', error);
  }
}

/** Tries whether so many bytes can be written and synced, in a file that is removed again. Throws where they cannot. */
export const takesBytes = async (files: FileSystem, path: string, bytes: number): Promise<void> => {
  const file = await files.open(path, 'create');
  let written = 0;
  try {
    written = await file.write(Buffer.alloc(bytes), 0);
    await file.datasync();
  } finally {
    await file.close();
    await files.remove(path);
  }
  if (written < bytes) throw shortWrite(written, bytes);
};

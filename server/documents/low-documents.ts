/**
 * Documents through lowdb, one file each, and bytes in files beside them. Nothing stays in memory between calls: who needs a value keeps it.
 */
import { Low } from 'lowdb';
import { type Blobs, checkName, DocumentFault, type DocumentRead, type Documents, documentsMax } from './documents.ts';
import { type Box, type DocumentFiles, faultOf, readUpTo, SyncedAdapter, writeWhole } from './synced-adapter.ts';

export class LowDocuments implements Documents, Blobs {
  readonly #files: DocumentFiles;
  readonly #folder: string;
  readonly #readOnly: boolean;
  readonly #adapters = new Map<string, SyncedAdapter>();
  #closed = false;

  private constructor(files: DocumentFiles, folder: string, readOnly: boolean) {
    this.#files = files;
    this.#folder = folder;
    this.#readOnly = readOnly;
  }

  /**
   * Opens the folder (made if missing) and clears away what interrupted writes left. With `readOnly`, beside a running hub, nothing is
   * touched and every write is refused. Throws a DocumentFault if the folder can't be listed.
   */
  static async open({ files, folder, readOnly = false }: { files: DocumentFiles; folder: string; readOnly?: boolean }): Promise<LowDocuments> {
    const documents = new LowDocuments(files, folder, readOnly);
    if (readOnly) return documents;
    try {
      // a folder that takes no writes can still be read
      await files.makeFolder(folder).catch(() => undefined);
      for (const name of await files.list(folder)) if (/\.(json|bin)\.tmp$/.test(name)) await files.remove(`${folder}/${name}`).catch(() => undefined);
      // what a killed hub renamed last becomes durable before anyone relies on it
      await files.syncFolder(folder).catch(() => undefined);
    } catch (cause) {
      throw new DocumentFault('storage_failed', `the documents' folder ${folder} can't be opened`, { cause });
    }
    return documents;
  }

  async read(name: string): Promise<DocumentRead> {
    const adapter = this.#adapter(name);
    const nothing: Box = { value: undefined };
    const low = new Low<Box>(adapter, nothing);
    try {
      await low.read();
    } catch (error) {
      if (error instanceof DocumentFault && error.code === 'corrupt') return { status: 'corrupt', detail: error.message };
      throw error;
    }
    return low.data !== nothing ? { status: 'ok', value: low.data.value, from: adapter.from } : { status: 'missing' };
  }

  async write(name: string, value: unknown): Promise<void> {
    const adapter = this.#adapter(name);
    if (this.#readOnly) throw new DocumentFault('read_only', 'the documents were opened for reading');
    await new Low<Box>(adapter, { value }).write();
  }

  async readBytes(name: string): Promise<Uint8Array | null> {
    this.#check(name);
    try {
      const file = await this.#files.open(this.#bytesPath(name), 'read');
      try {
        return await readUpTo(file, 0, await file.size());
      } finally {
        await file.close();
      }
    } catch {
      // it can be made anew, and who asks does
      return null;
    }
  }

  async writeBytes(name: string, bytes: Uint8Array): Promise<void> {
    this.#check(name);
    if (this.#readOnly) throw new DocumentFault('read_only', 'the documents were opened for reading');
    const path = this.#bytesPath(name);
    try {
      await writeWhole(this.#files, `${path}.tmp`, bytes);
      await this.#files.rename(`${path}.tmp`, path);
      await this.#files.syncFolder(this.#folder);
    } catch (error) {
      await this.#files.remove(`${path}.tmp`).catch(() => undefined);
      throw faultOf(error, 'written');
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#adapters.values()].map((adapter) => adapter.settled()));
  }

  #bytesPath(name: string): string {
    return `${this.#folder}/${name}.bin`;
  }

  #check(name: string): void {
    checkName(name);
    if (this.#closed) throw new DocumentFault('closed', 'the documents are closed');
  }

  #adapter(name: string): SyncedAdapter {
    this.#check(name);
    let adapter = this.#adapters.get(name);
    if (!adapter) {
      if (this.#adapters.size >= documentsMax) throw new DocumentFault('too_many', `there are at most ${documentsMax} documents`);
      adapter = new SyncedAdapter(this.#files, this.#folder, name);
      this.#adapters.set(name, adapter);
    }
    return adapter;
  }
}

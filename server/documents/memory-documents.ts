/**
 * Documents in memory, for tests and trials. They keep JSON, so that what comes back is what a file would give.
 */
import { type Blobs, checkName, DocumentFault, type DocumentRead, type Documents, decodeValue, documentsMax, encodeValue } from './documents.ts';

export class MemoryDocuments implements Documents, Blobs {
  readonly #texts = new Map<string, string>();
  readonly #bytes = new Map<string, Uint8Array>();
  #closed = false;

  async read(name: string): Promise<DocumentRead> {
    this.#check(name);
    const text = this.#texts.get(name);
    return text === undefined ? { status: 'missing' } : { status: 'ok', value: decodeValue(text), from: 'main' };
  }

  async write(name: string, value: unknown): Promise<void> {
    this.#check(name);
    if (!this.#texts.has(name) && this.#texts.size >= documentsMax) throw new DocumentFault('too_many', `there are at most ${documentsMax} documents`);
    this.#texts.set(name, encodeValue(value));
  }

  async readBytes(name: string): Promise<Uint8Array | null> {
    this.#check(name);
    return this.#bytes.get(name)?.slice() ?? null;
  }

  async writeBytes(name: string, bytes: Uint8Array): Promise<void> {
    this.#check(name);
    this.#bytes.set(name, bytes.slice());
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #check(name: string): void {
    checkName(name);
    if (this.#closed) throw new DocumentFault('closed', 'the documents are closed');
  }
}

/**
 * Documents in memory, for tests and trials. They keep JSON, so that what comes back is what a file would give.
 */
import { checkName, DocumentFault, type DocumentRead, type Documents, decodeValue, documentsMax, encodeValue } from './documents.ts';

export class MemoryDocuments implements Documents {
  readonly #texts = new Map<string, string>();
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

  async close(): Promise<void> {
    this.#closed = true;
  }

  #check(name: string): void {
    checkName(name);
    if (this.#closed) throw new DocumentFault('closed', 'the documents are closed');
  }
}

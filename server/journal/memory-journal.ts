/**
 * A journal in memory, for tests and trials: the same promises but for durability. It keeps JSON, so that what comes back is what a file
 * would give. `become` plays a storage that fails.
 */
import { createHash } from 'node:crypto';
import type { Entry } from '../../shared/entry.ts';
import { type Journal, JournalFault, type JournalState } from './journal.ts';

const chunkCharsGoal = 1 << 20;

export class MemoryJournal implements Journal {
  readonly #texts: string[] = [];
  readonly #hash = createHash('sha256');
  #state: JournalState = 'writable';
  #busy = false;
  #closed = false;

  get position(): number {
    return this.#texts.length;
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Appends fail, or work again, from now on. */
  become(state: JournalState): void {
    this.#state = state;
  }

  head(): { segment: number; hash: string } {
    return { segment: 1, hash: this.#hash.copy().digest('hex') };
  }

  async append(entries: readonly Entry[]): Promise<number> {
    if (this.#busy) throw new JournalFault('busy', 'an append began while another was running');
    this.#refuseUnlessWritable();
    if (entries.length === 0) return this.position;
    const texts = entries.map((entry) => JSON.stringify(entry));
    this.#busy = true;
    // as with a disk, the answer never comes in the same turn
    await new Promise((resolve) => setImmediate(resolve));
    this.#busy = false;
    // the storage may have failed meanwhile, as a sync does
    this.#refuseUnlessWritable();
    for (const text of texts) {
      this.#texts.push(text);
      this.#hash.update(`${text}\n`);
    }
    return this.position;
  }

  read(after: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
    return this.#read(after, this.position);
  }

  async *#read(after: number, end: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
    if (!Number.isSafeInteger(after) || after < 0) throw new RangeError(`no position to read after: ${after}`);
    if (this.#closed) throw new JournalFault('closed', 'the journal is closed');
    for (let at = after; at < end; ) {
      const entries: Entry[] = [];
      const first = at + 1;
      for (let chars = 0; at < end && chars < chunkCharsGoal; at++) {
        const text = this.#texts[at] as string;
        entries.push(JSON.parse(text) as Entry);
        chars += text.length;
      }
      yield { first, entries };
    }
  }

  async close(): Promise<void> {
    while (this.#busy) await new Promise((resolve) => setImmediate(resolve));
    this.#closed = true;
  }

  #refuseUnlessWritable(): void {
    if (this.#closed) throw new JournalFault('closed', 'the journal is closed');
    if (this.#state === 'full') throw new JournalFault('storage_full', 'the journal has no space');
    if (this.#state === 'poisoned') throw new JournalFault('storage_failed', "the journal's storage failed");
    if (this.#state === 'read-only') throw new JournalFault('read_only', 'the journal is read-only');
  }
}

/** What the journal's tests share: entries, a timer that runs by hand, and opening a journal on any file system. */
import { randomBytes } from 'node:crypto';
import { FileJournal } from '../../server/journal/file-journal.ts';
import type { FileJournalSetup, JournalNews } from '../../server/journal/file-journal-setup.ts';
import type { FileSystem } from '../../server/journal/file-system.ts';
import type { Reads } from '../../server/journal/journal.ts';
import type { Entry } from '../../shared/entry.ts';

export const folder = '/data/journal';

/** The n-th entry of a test; all differ. */
export const entry = (n: number, more = ''): Entry => ({ kind: 'audit.noted', receivedMs: 1_744_500_000_000 + n, by: 'staff', action: `act-${n}`, target: `參觀 ${n}${more}` });
export const entries = (from: number, count: number, more = ''): Entry[] => Array.from({ length: count }, (_, i) => entry(from + i, more));

/** A timer whose hour comes when `run` is called. */
export class HandTimer {
  #waiting = new Set<() => void>();
  readonly after = (_ms: number, run: () => void): (() => void) => {
    this.#waiting.add(run);
    return () => this.#waiting.delete(run);
  };

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Runs what waits, once, and gives it time to finish. */
  async run(): Promise<void> {
    const due = [...this.#waiting];
    this.#waiting.clear();
    for (const run of due) run();
    await turns();
  }
}

/** Lets promises and callbacks of the event loop that are due run out. */
export const turns = async (n = 3): Promise<void> => {
  for (let i = 0; i < n; i++) await new Promise((resolve) => setImmediate(resolve));
};

export const openJournal = async (files: FileSystem, more: Partial<FileJournalSetup> = {}): Promise<{ journal: FileJournal; timer: HandTimer; news: JournalNews[] }> => {
  const timer = new HandTimer();
  const news: JournalNews[] = [];
  const journal = await FileJournal.open({ folder, files, nowMs: () => 1_744_500_000_000, random: randomBytes, after: timer.after, news: (n) => news.push(n), ...more });
  return { journal, timer, news };
};

/** Everything after a position; checks that positions follow each other. */
export const readAll = async (journal: Reads, after = 0): Promise<Entry[]> => {
  const all: Entry[] = [];
  for await (const { first, entries: part } of journal.read(after)) {
    if (first !== after + all.length + 1 || part.length === 0) throw new Error(`a chunk of ${part.length} begins with ${first} after ${all.length}`);
    all.push(...part);
  }
  return all;
};

/** The code of the fault that a promise rejects with; `none` if it resolves. */
export const faultCode = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

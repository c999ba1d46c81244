/** The embedded store of a data folder: journal and documents, on the real disk. The operator's commands open the journal alone, for reading. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { LowDocuments } from './documents/low-documents.ts';
import { FileJournal } from './journal/file-journal.ts';
import type { JournalNews } from './journal/file-journal-setup.ts';
import { nodeFileSystem } from './journal/file-system.ts';

/** Opens the journal and, unless read-only, makes it. Read-only touches nothing, so that a hub may run beside. */
export const openJournal = (dataDir: string, nowMs: () => number, news: (news: JournalNews) => void, readOnly = false): Promise<FileJournal> => {
  const after = (ms: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  };
  return FileJournal.open({ folder: path.join(dataDir, 'journal'), files: nodeFileSystem, nowMs, random: (n) => randomBytes(n), after, news, readOnly });
};

/** Opens and makes the store. `news` hears of torn tails, damage and a disk that fails. */
export const openStorage = async (dataDir: string, nowMs: () => number, news: (news: JournalNews) => void): Promise<{ journal: FileJournal; documents: LowDocuments }> => {
  const journal = await openJournal(dataDir, nowMs, news);
  return { journal, documents: await LowDocuments.open({ files: nodeFileSystem, folder: path.join(dataDir, 'documents') }) };
};

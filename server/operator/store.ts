/**
 * The store that the settings name, for commands that work on either: the embedded one of DATA_DIR, or the database of DATABASE_URL, where
 * hubs may go on meanwhile.
 */
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import type { CheckpointStore } from '../counting/checkpoint.ts';
import type { DocumentRead, Documents } from '../documents/documents.ts';
import { moveUnfinished, unfinishedText } from '../documents/move-mark.ts';
import type { FileJournal } from '../journal/file-journal.ts';
import type { Journal } from '../journal/journal.ts';
import { type Database, openShared } from '../open-database.ts';
import { openStorage } from '../open-storage.ts';
import { CommandFault, type Console } from './command.ts';
import { documentNames, readingDocuments, readingJournal, usedDataDir, withLock } from './data-folder.ts';

/** A journal that can be read and checked. */
export type ReadableJournal = Journal & Pick<FileJournal, 'verify' | 'findings'>;
/** The documents by name, to be read. */
export type ReadableDocuments = { names(): Promise<string[]>; read(name: string): Promise<DocumentRead> };

export type SharedStore = Pick<Database, 'journal' | 'documents'>;

/** Opens the database of DATABASE_URL, hands it to `use` and closes it. Throws `CommandFault` where that is empty, `DatabaseFault`. */
export const withDatabase = async <T>(console: Console, use: (database: SharedStore) => Promise<T>): Promise<T> => {
  const { databaseUrl } = readConfig(console.env);
  if (databaseUrl === null) throw new CommandFault('DATABASE_URL names no database');
  const database = await openShared(databaseUrl, pino({ level: 'silent' }));
  try {
    return await use(database);
  } finally {
    await database.documents.close();
    await database.journal.close();
    await database.close();
  }
};

const withUsedDatabase = <T>(console: Console, use: (database: SharedStore) => Promise<T>): Promise<T> =>
  withDatabase(console, (database) => {
    if (database.journal.position === 0) throw new CommandFault('there is no journal in the database of DATABASE_URL');
    return use(database);
  });

/** Hands the journal and the documents to `use`, for reading beside running hubs. Throws `CommandFault` where there are none, `JournalFault`. */
export const withJournal = async <T>(console: Console, use: (journal: ReadableJournal, documents: ReadableDocuments) => Promise<T>): Promise<T> => {
  if (readConfig(console.env).databaseUrl !== null) return withUsedDatabase(console, ({ journal, documents }) => use(journal, documents));
  const dataDir = usedDataDir(console);
  const read = await readingDocuments(dataDir);
  return readingJournal(dataDir, (journal) => use(journal, { names: () => documentNames(dataDir), read }));
};

/** Hands a journal to `use` that it may write, and a hub's checkpoints where they are beside it. An embedded one is locked meanwhile: a `JournalFault` `locked` where a hub has it. */
export const withWritable = async <T>(console: Console, use: (journal: Journal, documents: Documents, checkpoints: CheckpointStore | null) => Promise<T>): Promise<T> => {
  const checked = async (journal: Journal, documents: Documents, checkpoints: CheckpointStore | null): Promise<T> => {
    if (await moveUnfinished(documents)) throw new CommandFault(unfinishedText);
    return use(journal, documents, checkpoints);
  };
  if (readConfig(console.env).databaseUrl !== null) return withUsedDatabase(console, ({ journal, documents }) => checked(journal, documents, null));
  const dataDir = usedDataDir(console);
  return withLock(dataDir, async () => {
    const { journal, documents } = await openStorage(dataDir, Date.now, () => undefined);
    try {
      if (journal.state !== 'writable') throw new CommandFault(`the journal can't be written: ${journal.cause} (see: verify)`);
      return await checked(journal, documents, documents);
    } finally {
      await documents.close();
      await journal.close();
    }
  });
};

/**
 * The data folder of the embedded store as the operator's commands see it, and the one place that knows where things lie in it: the journal
 * opened for reading, so that a hub may run beside; the lock for those commands that write; the names of its documents.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../config.ts';
import type { DocumentRead } from '../documents/documents.ts';
import { LowDocuments } from '../documents/low-documents.ts';
import type { FileJournal } from '../journal/file-journal.ts';
import { errorCode, nodeFileSystem } from '../journal/file-system.ts';
import { lockFolder } from '../journal/lock.ts';
import { openJournal } from '../open-storage.ts';
import { CommandFault, type Console } from './command.ts';

/** what the lock keeps in a data folder while a hub or a command has it; nothing of them is data */
export const lockNames: ReadonlySet<string> = new Set(['hub.pid', 'hub.sock']);

const DOCUMENT = /^([a-z0-9-]{1,64})\.json(\.bak)?$/;
const documentTriesMax = 5;
const documentAgainMs = 20;

/** The folder that DATA_DIR names. Throws `CommandFault` where the hubs' store is a database: what lies in the folder then is not what counts. */
export const dataDirOf = (console: Console): string => {
  if (readConfig(console.env).databaseUrl !== null)
    throw new CommandFault('DATABASE_URL is set: this command works on the embedded store of DATA_DIR; a database is kept by its own tools, such as pg_dump');
  return dataFolderOf(console);
};
/** The folder that DATA_DIR names, wherever the hubs' store is. */
export const dataFolderOf = (console: Console): string => path.resolve(readConfig(console.env).dataDir);
export const journalFolder = (dataDir: string): string => path.join(dataDir, 'journal');
export const documentsFolder = (dataDir: string): string => path.join(dataDir, 'documents');

/** The data folder with a journal in it. Throws `CommandFault` where there is none. */
export const usedDataDir = (console: Console): string => {
  const dataDir = dataDirOf(console);
  if (!existsSync(journalFolder(dataDir))) throw new CommandFault(`there is no journal in ${dataDir} (DATA_DIR)`);
  return dataDir;
};

/** Opens a folder's journal for reading, hands it to `use` and closes it. Throws `JournalFault`. */
export const readingJournal = async <T>(dataDir: string, use: (journal: FileJournal) => Promise<T>): Promise<T> => {
  const journal = await openJournal(dataDir, Date.now, () => undefined, true);
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
};

/** Runs something while no hub can use the folder, which is made if missing. Throws a JournalFault `locked` where one does. */
export const withLock = async <T>(dataDir: string, run: () => Promise<T>): Promise<T> => {
  const lock = await lockFolder(dataDir);
  try {
    return await run();
  } finally {
    await lock.release();
  }
};

/** The names of a folder's entries; none where there is no folder. */
export const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
};

/** The documents of a data folder, by name. */
export const documentNames = async (dataDir: string): Promise<string[]> => {
  const names = new Set<string>();
  for (const file of await namesIn(documentsFolder(dataDir))) {
    const name = DOCUMENT.exec(file)?.[1];
    if (name !== undefined) names.add(name);
  }
  return [...names].sort();
};

/** Reads documents beside a running hub: one that seems to lack its file is asked again, because a write renames two files in turn. */
export const readingDocuments = async (dataDir: string): Promise<(name: string) => Promise<DocumentRead>> => {
  const documents = await LowDocuments.open({ files: nodeFileSystem, folder: documentsFolder(dataDir), readOnly: true });
  return async (name) => {
    let read = await documents.read(name);
    for (let again = 1; again < documentTriesMax && !(read.status === 'ok' && read.from === 'main'); again++) {
      await new Promise((resolve) => setTimeout(resolve, documentAgainMs));
      read = await documents.read(name);
    }
    return read;
  };
};

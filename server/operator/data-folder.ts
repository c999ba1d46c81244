/** The data folder as the operator's commands see it: its journal, opened for reading, so that a hub may run beside. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../config.ts';
import type { FileJournal } from '../journal/file-journal.ts';
import { openJournal } from '../open-storage.ts';
import { CommandFault, type Console } from './command.ts';

/** Hands the journal of DATA_DIR to `use` and closes it. Throws `CommandFault` where there is none, `SettingFault`, `JournalFault`. */
export const withJournal = async <T>(console: Console, use: (journal: FileJournal) => Promise<T>): Promise<T> => {
  const dataDir = path.resolve(readConfig(console.env).dataDir);
  if (!existsSync(path.join(dataDir, 'journal'))) throw new CommandFault(`there is no journal in ${dataDir} (DATA_DIR)`);
  const journal = await openJournal(dataDir, Date.now, () => undefined, true);
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
};

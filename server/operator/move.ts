/**
 * `move --to database|folder`: takes everything from the embedded store to PostgreSQL, or back: every entry at its position, and the documents.
 * The target must be empty; what is left behind stays as it was. Totals and position are compared before it says done. Sign-ins and
 * checkpoints are not taken along.
 */
import { existsSync } from 'node:fs';
import type { Documents } from '../documents/documents.ts';
import type { Journal } from '../journal/journal.ts';
import { openStorage } from '../open-storage.ts';
import { type Command, CommandFault, type Console, exit, readArgs, UsageFault } from './command.ts';
import { dataFolderOf, documentNames, journalFolder, readingDocuments, readingJournal, withLock } from './data-folder.ts';
import { progressOf } from './progress.ts';
import { type ReadableDocuments, withDatabase } from './store.ts';
import { totalsLines } from './totals-line.ts';

/** made anew by every hub, or good for one store alone */
const leftBehind = /^(sessions|checkpoint.*)$/;

type Side = { journal: Journal; documents: ReadableDocuments };

const moveAll = async (console: Console, from: Side, to: { journal: Journal; documents: Documents }): Promise<string[]> => {
  if (to.journal.position > 0) throw new CommandFault(`the target holds ${to.journal.position} entries already; a move needs an empty one`);
  const progress = progressOf(console, 'moving');
  for await (const { first, entries } of from.journal.read(0)) {
    const position = await to.journal.append(entries);
    if (position !== first + entries.length - 1) throw new CommandFault('somebody else writes to the target; stop every hub and begin with an empty target');
    progress(position, from.journal.position);
  }
  for (const name of await from.documents.names()) {
    const read = leftBehind.test(name) ? null : await from.documents.read(name);
    if (read?.status === 'ok') await to.documents.write(name, read.value);
    else if (read?.status === 'corrupt') throw new CommandFault(`the document "${name}" can't be read: ${read.detail}`);
  }
  const [before, after] = [await totalsLines(console, from.journal), await totalsLines(console, to.journal)];
  if (before.join() !== after.join() || from.journal.position !== to.journal.position) throw new CommandFault('the target does not count the same; it is not to be used');
  return [`entries   ${to.journal.position}`, ...after];
};

export const move: Command = {
  name: 'move',
  usage: 'move --to database|folder',
  about: 'everything of DATA_DIR to the empty database of DATABASE_URL, or of the database to an empty DATA_DIR; every hub must be stopped',
  run: async (args, console) => {
    const { values } = readArgs(args, { to: { type: 'string' } });
    if (values.to !== 'database' && values.to !== 'folder') throw new UsageFault('--to must be database or folder');
    const dataDir = dataFolderOf(console);
    if (values.to === 'database' && !existsSync(journalFolder(dataDir))) throw new CommandFault(`there is no journal in ${dataDir} (DATA_DIR)`);
    if (values.to === 'folder' && existsSync(journalFolder(dataDir))) throw new CommandFault(`there is a journal in ${dataDir} (DATA_DIR) already; a move needs an empty folder`);
    const lines = await withLock(dataDir, () =>
      withDatabase(console, async (database) => {
        if (values.to === 'database') {
          const read = await readingDocuments(dataDir);
          return readingJournal(dataDir, (journal) => moveAll(console, { journal, documents: { names: () => documentNames(dataDir), read } }, database));
        }
        const { journal, documents } = await openStorage(dataDir, Date.now, () => undefined);
        try {
          return await moveAll(console, database, { journal, documents });
        } finally {
          await documents.close();
          await journal.close();
        }
      }),
    );
    for (const line of lines) console.out(line);
    return exit.ok;
  },
};

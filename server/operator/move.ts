/**
 * `move --to database|folder`: takes everything from the embedded store to PostgreSQL, or back: every entry at its position, and the
 * documents. The target must be empty, or hold the beginning that the same move left when it was cut off: then it goes on there. What is
 * moved stays where it was as well. Before it says done the target is read back, and its entries' SHA-256 (the one that count statements
 * name) compared. Sign-ins and checkpoints are not taken along.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Entry } from '../../shared/entry.ts';
import { applyEntry, emptyTally } from '../../shared/tally.ts';
import { readConfig } from '../config.ts';
import type { Documents } from '../documents/documents.ts';
import { LowDocuments } from '../documents/low-documents.ts';
import { beginMove, endMove, moveMark, moveUnfinished } from '../documents/move-mark.ts';
import { entriesTo } from '../exports/folding.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import type { Journal } from '../journal/journal.ts';
import { openJournal } from '../open-storage.ts';
import { databaseInUse } from '../postgres/pool.ts';
import { progressOf } from '../progress.ts';
import { type Command, CommandFault, type Console, exit, readArgs, UsageFault } from './command.ts';
import { dataFolderOf, documentNames, documentsFolder, journalFolder, readingDocuments, readingJournal, withLock } from './data-folder.ts';
import { type ReadableDocuments, type SharedStore, withDatabase } from './store.ts';
import { totalsLinesOf } from './totals-line.ts';

/** entries are appended in pieces of about this many characters of JSON */
const pieceChars = 2 << 20;
/** made anew by every hub, or good for one store alone */
const leftBehind = new RegExp(`^(sessions|checkpoint.*|${moveMark})$`);

/** `news`: how many entries came into the source meanwhile. */
type Source = { journal: Journal; documents: ReadableDocuments; news(): Promise<number> };
type Target = { journal: Journal; documents: Documents };

/** Appends what the target lacks, a piece at a time, after a look whether it begins like the source. Answers the SHA-256 of all entries. */
const copyEntries = async (console: Console, from: Journal, to: Journal): Promise<string> => {
  const [end, there] = [from.position, to.position];
  if (there > end) throw new CommandFault('the target holds more entries than the source; this is not the move that was cut off');
  const progress = progressOf(console, 'moving');
  const begun = entriesTo(to, there);
  const hash = createHash('sha256');
  let piece: Entry[] = [];
  let chars = 0;
  const append = async (position: number): Promise<void> => {
    if (piece.length > 0 && (await to.append(piece)) !== position) throw new CommandFault('somebody else writes to the target; stop every hub and begin with an empty target');
    progress(position, end);
    piece = [];
    chars = 0;
  };
  const begins = async (text: string): Promise<boolean> => {
    const { value, done } = await begun.next();
    return !done && JSON.stringify(value.entry) === text;
  };
  try {
    for await (const { entry, position } of entriesTo(from, end)) {
      const text = JSON.stringify(entry);
      hash.update(`${text}\n`);
      if (position > there) {
        piece.push(entry);
        chars += text.length;
        if (chars >= pieceChars) await append(position);
      } else if (!(await begins(text))) throw new CommandFault(`the target does not hold what the source holds at position ${position}; begin with an empty target`);
    }
  } finally {
    // whatever was read of it is over: its file is closed now
    await begun.return(undefined);
  }
  await append(end);
  return hash.digest('hex');
};

/** Reads the target back: the SHA-256 of its entries, and what they come to. */
const readBack = async (console: Console, journal: Journal): Promise<{ sha256: string; totals: string[] }> => {
  const progress = progressOf(console, 'reading back');
  const hash = createHash('sha256');
  const tally = emptyTally();
  for await (const { entry, position } of entriesTo(journal, journal.position)) {
    hash.update(`${JSON.stringify(entry)}\n`);
    applyEntry(tally, entry, position);
    progress(position, journal.position);
  }
  return { sha256: hash.digest('hex'), totals: totalsLinesOf(tally, Date.now()) };
};

const copyDocuments = async (from: ReadableDocuments, to: Documents): Promise<number> => {
  let copied = 0;
  for (const name of await from.names()) {
    const read = leftBehind.test(name) ? null : await from.read(name);
    if (read?.status === 'corrupt') throw new CommandFault(`the document "${name}" can't be read: ${read.detail}`);
    if (read?.status !== 'ok') continue;
    await to.write(name, read.value);
    copied++;
  }
  return copied;
};

const moveAll = async (console: Console, from: Source, to: Target): Promise<string[]> => {
  await beginMove(to.documents);
  const moved = await copyEntries(console, from.journal, to.journal);
  const documents = await copyDocuments(from.documents, to.documents);
  if ((await from.news()) > 0) throw new CommandFault('a hub wrote to the source meanwhile; stop every hub and run the move again');
  const { sha256, totals } = await readBack(console, to.journal);
  if (sha256 !== moved || to.journal.position !== from.journal.position) throw new CommandFault('the target does not read back as it was written; it is not to be used');
  await endMove(to.documents, to.journal.position, sha256);
  return [`entries   ${to.journal.position}`, `sha-256   ${sha256} of the entries, read back`, `documents ${documents}`, ...totals];
};

/** Throws unless the source holds everything; asked before anything is made in the target. */
const refuseSource = async (from: Pick<Source, 'journal' | 'documents'>): Promise<void> => {
  if (from.journal.position === 0) throw new CommandFault('the source holds no entries; there is nothing to move');
  if (await moveUnfinished(from.documents)) throw new CommandFault('the source itself holds only a part: a move into it was cut off');
};

const refuseUsed = (unfinished: boolean, entries: number, documents: readonly string[]): void => {
  if (unfinished) return;
  if (entries > 0) throw new CommandFault(`the target holds ${entries} entries already; a move needs an empty one`);
  const name = documents.find((n) => !leftBehind.test(n));
  if (name !== undefined) throw new CommandFault(`the target holds the document "${name}" already; a move needs an empty one`);
};

const toDatabase = async (console: Console, dataDir: string, database: SharedStore): Promise<string[]> => {
  refuseUsed(await moveUnfinished(database.documents), database.journal.position, await database.documents.names());
  const read = await readingDocuments(dataDir);
  return readingJournal(dataDir, async (journal) => {
    const [finding] = journal.findings;
    if (finding) throw new CommandFault(`the journal is damaged from position ${finding.position} on (see: verify); nothing was moved`);
    const source = { journal, documents: { names: () => documentNames(dataDir), read }, news: async () => 0 };
    await refuseSource(source);
    return moveAll(console, source, database);
  });
};

const toFolder = async (console: Console, dataDir: string, { journal: source, documents: from }: SharedStore): Promise<string[]> => {
  await refuseSource({ journal: source, documents: from });
  const news = async (): Promise<number> => {
    let entries = 0;
    await source.turn({ missed: (_first, others) => (entries += others.length) });
    return entries;
  };
  const documents = await LowDocuments.open({ files: nodeFileSystem, folder: documentsFolder(dataDir) });
  try {
    const unfinished = await moveUnfinished(documents);
    if (!unfinished && existsSync(journalFolder(dataDir))) throw new CommandFault(`there is a journal in ${dataDir} (DATA_DIR) already; a move needs an empty folder`);
    refuseUsed(unfinished, 0, await documentNames(dataDir));
    // the mark is there before the journal is: a folder with a part of a journal always carries it
    await beginMove(documents);
    const journal = await openJournal(dataDir, Date.now, () => undefined);
    try {
      return await moveAll(console, { journal: source, documents: from, news }, { journal, documents });
    } finally {
      await journal.close();
    }
  } finally {
    await documents.close();
  }
};

export const move: Command = {
  name: 'move',
  usage: 'move --to database|folder',
  about: 'everything of DATA_DIR to the empty database of DATABASE_URL, or of the database to an empty DATA_DIR; every hub must be stopped; one that was cut off goes on',
  run: async (args, console) => {
    const { values } = readArgs(args, { to: { type: 'string' } });
    const { to } = values;
    if (to !== 'database' && to !== 'folder') throw new UsageFault('--to must be database or folder');
    const dataDir = dataFolderOf(console);
    const { databaseUrl } = readConfig(console.env);
    if (databaseUrl === null) throw new CommandFault('DATABASE_URL names no database');
    if (to === 'database' && !existsSync(journalFolder(dataDir))) throw new CommandFault(`there is no journal in ${dataDir} (DATA_DIR)`);
    const lines = await withLock(dataDir, async () => {
      if (await databaseInUse(databaseUrl)) throw new CommandFault('a hub, or another command, is connected to the database; stop it before move');
      return withDatabase(console, (database) => (to === 'database' ? toDatabase : toFolder)(console, dataDir, database));
    });
    for (const line of lines) console.out(line);
    return exit.ok;
  },
};

/**
 * `restore DIR`: puts a backup into DATA_DIR. The backup is checked first, then copied beside what is there, checked again as it lies on this
 * disk, and only then moved into place, the journal first: a restore that is cut off leaves the folder as it was or the journal whole.
 * With `--replace` what was in DATA_DIR is moved aside, never deleted.
 */
import { mkdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ruleVersion } from '../../shared/counting.ts';
import { isFull, nodeFileSystem } from '../journal/file-system.ts';
import { progressOf } from '../progress.ts';
import { liesIn } from './backup.ts';
import { type Command, CommandFault, type Console, exit, readArgs } from './command.ts';
import { dataDirOf, documentsFolder, journalFolder, lockNames, namesIn, readingJournal, withLock } from './data-folder.ts';
import { copyFileDurably, writeDurably } from './file-copy.ts';
import { checkBackup, type Manifest, manifestName, manifestText, readManifest } from './manifest.ts';
import { totalsLines } from './totals-line.ts';

const staged = 'restoring.tmp';
const replaced = 'replaced-';

/** What is in the folder, but for the lock, what a restore that was cut off left, and what one moved aside. */
const contentsOf = async (dataDir: string): Promise<string[]> => (await namesIn(dataDir)).filter((n) => !lockNames.has(n) && n !== staged && !n.startsWith(replaced));

const progressFor = (console: Console, what: string) => ({ reading: progressOf(console, `reading ${what}`), walking: progressOf(console, `checking segments of ${what}`) });

const stage = async (console: Console, from: string, to: string, manifest: Manifest): Promise<void> => {
  await rm(to, { recursive: true, force: true });
  for (const folder of [to, documentsFolder(to), journalFolder(to)]) await mkdir(folder, { mode: 0o700 });
  const of = manifest.files.reduce((sum, f) => sum + f.bytes, 0);
  const progress = progressOf(console, 'copying');
  let done = 0;
  for (const file of manifest.files)
    await copyFileDurably(path.join(from, file.path), path.join(to, file.path), (bytes) => {
      done += bytes;
      progress(done, of);
    });
  await writeDurably(path.join(to, manifestName), manifestText(manifest));
  for (const folder of [documentsFolder(to), journalFolder(to), to]) await nodeFileSystem.syncFolder(folder);
  await checkBackup(to, manifest, progressFor(console, 'the copy'));
};

/** Moves what is in DATA_DIR beside it; into it where it is a disk of its own, which nothing can be renamed out of. Answers where to. */
const moveAside = async (dataDir: string, names: readonly string[]): Promise<string> => {
  const time = new Date().toISOString().replace(/[-:.]/g, '');
  const own = (await stat(dataDir)).dev !== (await stat(path.dirname(dataDir))).dev;
  const aside = own ? path.join(dataDir, `${replaced}${time}`) : `${dataDir}.${replaced}${time}`;
  await mkdir(aside, { mode: 0o700 });
  for (const name of names) await rename(path.join(dataDir, name), path.join(aside, name));
  for (const folder of [aside, path.dirname(aside), dataDir]) await nodeFileSystem.syncFolder(folder);
  return aside;
};

const putInPlace = async (dataDir: string, from: string): Promise<void> => {
  await rename(journalFolder(from), journalFolder(dataDir));
  await nodeFileSystem.syncFolder(dataDir);
  await rename(documentsFolder(from), documentsFolder(dataDir));
  await rm(path.join(from, manifestName), { force: true });
  await rmdir(from);
  await nodeFileSystem.syncFolder(dataDir);
};

const restoreInto = async (console: Console, dataDir: string, from: string, manifest: Manifest, replace: boolean): Promise<void> => {
  const names = await contentsOf(dataDir);
  if (names.length > 0 && !replace) throw new CommandFault(`${dataDir} (DATA_DIR) is not empty; --replace moves what is in it aside`);
  const at = path.join(dataDir, staged);
  try {
    await stage(console, from, at, manifest);
  } catch (error) {
    await rm(at, { recursive: true, force: true });
    throw isFull(error) ? new CommandFault(`no space left in ${dataDir}; it is as it was`) : error;
  }
  if (names.length > 0) console.out(`aside     ${await moveAside(dataDir, names)}`);
  await putInPlace(dataDir, at);
};

export const restore: Command = {
  name: 'restore',
  usage: 'restore DIR [--replace]',
  about: 'checks a backup and puts it into an empty DATA_DIR; --replace moves what is there aside to DATA_DIR.replaced-<time>',
  run: async (args, console) => {
    const { values, positionals } = readArgs(args, { replace: { type: 'boolean' } }, 1);
    const dataDir = dataDirOf(console);
    const from = path.resolve(positionals[0] as string);
    const manifest = await readManifest(from);
    if (await liesIn(from, dataDir)) throw new CommandFault(`${from} lies in the data folder; take it out of there first`);
    // before the lock, so that nothing is made in a folder that would be refused
    if (!values.replace && (await contentsOf(dataDir)).length > 0) throw new CommandFault(`${dataDir} (DATA_DIR) is not empty; --replace moves what is in it aside`);
    await checkBackup(from, manifest, progressFor(console, 'the backup'));
    if (manifest.rule !== ruleVersion) console.err(`harbourlight: the backup was counted by rule ${manifest.rule}; this version counts by ${ruleVersion}`);
    await withLock(dataDir, () => restoreInto(console, dataDir, from, manifest, values.replace === true));
    console.out(`restored  ${dataDir}, made ${manifest.made}`);
    console.out(`position  ${manifest.position}`);
    await readingJournal(dataDir, async (journal) => {
      for (const line of await totalsLines(console, journal)) console.out(line);
    });
    console.out('Start the hub. A kiosk that has sent more than this backup holds is told that the hub is behind, and sends again what it');
    console.out('kept; every event counts once. What counters, clicks and scans brought after the backup was made is not in it: a counter that');
    console.out('keeps its readings may send them again. Devices and accounts are as they were then.');
    return exit.ok;
  },
};

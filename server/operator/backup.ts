/**
 * `backup DIR`: a copy of the data folder that can be proved, taken beside a running hub without stopping it. The documents go first and the
 * journal after them up to its last whole frame, so that no document in the copy is ahead of the journal. It is written under a name of its
 * own, read back, and renamed last: a folder that has the name of a backup is one. Limit: sign-ins are left out, so that putting a backup
 * back revives nobody's session.
 */
import { mkdir, open, readdir, realpath, rename, rm, rmdir, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { ruleVersion } from '../../shared/counting.ts';
import { errorCode, isFull, nodeFileSystem } from '../journal/file-system.ts';
import { type Mark, readHeader, segmentName, segmentPath, walkFrames, walkFrom, writeLastNote } from '../journal/segment.ts';
import { progressOf } from '../progress.ts';
import { type Command, CommandFault, type Console, exit, readArgs } from './command.ts';
import { documentNames, documentsFolder, journalFolder, readingDocuments, readingJournal, usedDataDir } from './data-folder.ts';
import { type Copied, CutShort, copyFileDurably, copyOpen, hashFile, makeFolderDurably, writeDurably } from './file-copy.ts';
import { checkBackup, manifestName, manifestText, readManifest } from './manifest.ts';

/** what stays free on the backup's disk */
const spareBytesMin = 256 << 10;
/** documents that a backup must not bring back */
const leftOut: ReadonlySet<string> = new Set(['sessions']);
const unfinished = '.unfinished-';

type Extent = { bytes: number[]; position: number; segment: number; hash: string };

/** What of the journal is whole now: all segments, the newest up to its last whole frame. Throws `CommandFault` for a damaged one. */
const extentOf = async (dataDir: string): Promise<Extent> => {
  const folder = journalFolder(dataDir);
  const newest = await readingJournal(dataDir, async (journal) => {
    const [finding] = journal.findings;
    if (finding) throw new CommandFault(`the journal is damaged from position ${finding.position} on (see: verify); nothing was copied`);
    return journal.head().segment;
  });
  if (newest === 0) throw new CommandFault(`the journal in ${folder} is empty; there is nothing to copy`);
  const bytes: number[] = [];
  for (let n = 1; n < newest; n++) bytes.push(await sizeOf(segmentPath(folder, n)));
  const at = segmentPath(folder, newest);
  const read = await readHeader(nodeFileSystem, at);
  if (!read.ok) throw new CommandFault(`the journal is damaged in ${segmentName(newest)} (see: verify); nothing was copied`);
  const walk = walkFrom(read.header);
  const file = await nodeFileSystem.open(at, 'read');
  try {
    const size = await file.size();
    for await (const _ of walkFrames(file, walk, size));
  } finally {
    await file.close();
  }
  const end: Mark = walk;
  return { bytes: [...bytes, end.offset], position: end.next - 1, segment: newest, hash: walk.hash.digest('hex') };
};

const sizeOf = async (file: string): Promise<number> => {
  const handle = await open(file, 'r');
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
};

/** Copies what can be believed of every document, under its own name; answers the copies and the names of those that can't. */
const copyDocuments = async (dataDir: string, to: string): Promise<{ files: Copied[]; unreadable: string[] }> => {
  const read = await readingDocuments(dataDir);
  const files: Copied[] = [];
  const unreadable: string[] = [];
  for (const name of (await documentNames(dataDir)).filter((n) => !leftOut.has(n))) {
    const found = await read(name);
    const from = path.join(documentsFolder(dataDir), `${name}.json`);
    const copy = path.join(documentsFolder(to), `${name}.json`);
    if (found.status !== 'ok') {
      unreadable.push(name);
      continue;
    }
    // a write renames the main file away for a moment; what it was then is whole in the one before
    let file = await open(found.from === 'main' ? from : `${from}.bak`, 'r').catch(() => null);
    file ??= await open(`${from}.bak`, 'r');
    try {
      const { size } = await file.stat();
      files.push({ path: `documents/${name}.json`, bytes: size, sha256: await copyOpen(file, copy, size, () => undefined) });
    } finally {
      await file.close();
    }
  }
  return { files, unreadable };
};

const copyJournal = async (dataDir: string, to: string, extent: Extent, told: (bytes: number) => void): Promise<Copied[]> => {
  const files: Copied[] = [];
  for (const [i, bytes] of extent.bytes.entries()) {
    const name = segmentName(i + 1);
    files.push({ path: `journal/${name}`, ...(await copyFileDurably(path.join(journalFolder(dataDir), name), path.join(journalFolder(to), name), told, bytes)) });
  }
  await writeLastNote(nodeFileSystem, journalFolder(to), extent.segment);
  files.push({ path: 'journal/last', ...(await hashFile(path.join(journalFolder(to), 'last'), () => undefined)) });
  return files;
};

/** The folder as it really lies, also where it or what is above it isn't made yet. */
const realOf = async (folder: string): Promise<string> => {
  try {
    return await realpath(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if (errorCode(error) !== 'ENOENT' || above === folder) throw error;
    return path.join(await realOf(above), path.basename(folder));
  }
};

/** Whether `inner` is `outer` or lies in it. */
export const liesIn = async (inner: string, outer: string): Promise<boolean> => {
  const way = path.relative(await realOf(outer), await realOf(inner));
  return way === '' || !(way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
};

/** Removes what a killed backup of this machine left in the folder. */
const removeUnfinished = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const m = /^\.unfinished-(.*)-(\d{1,10})$/.exec(name);
    if (m?.[1] !== hostname() || runs(Number(m[2]))) continue;
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
};

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
};

const refuseWithoutRoom = async (folder: string, dataDir: string, bytes: number): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  let needed = bytes + spareBytesMin;
  for (const name of await documentNames(dataDir)) needed += await sizeOf(path.join(documentsFolder(dataDir), `${name}.json`)).catch(() => 0);
  if (bavail * bsize < needed)
    throw new CommandFault(`no space for a backup in ${folder}: it needs ${needed.toLocaleString('en-US')} bytes and ${(bavail * bsize).toLocaleString('en-US')} are free`);
};

/** Fills the unfinished folder, reads it back, gives it its name. Answers the name. */
const make = async (
  console: Console,
  dataDir: string,
  into: string,
  temporary: string,
): Promise<{ name: string; position: number; hash: string; bytes: number; files: number }> => {
  for (const folder of [temporary, documentsFolder(temporary), journalFolder(temporary)]) await mkdir(folder, { mode: 0o700 });
  const { files: documents, unreadable } = await copyDocuments(dataDir, temporary);
  for (const name of unreadable) console.err(`harbourlight: the document ${name} can't be read and is not in the backup (see: verify)`);
  const extent = await extentOf(dataDir);
  const of = extent.bytes.reduce((a, b) => a + b, 0);
  const copying = progressOf(console, 'copying');
  let done = 0;
  const journal = await copyJournal(dataDir, temporary, extent, (bytes) => {
    done += bytes;
    copying(done, of);
  });
  const { position, segment, hash } = extent;
  const made = new Date().toISOString();
  const files = [...journal, ...documents];
  await writeDurably(path.join(temporary, manifestName), manifestText({ made, position, segment, hash, rule: ruleVersion, unreadable, files }));
  for (const folder of [documentsFolder(temporary), journalFolder(temporary), temporary]) await nodeFileSystem.syncFolder(folder);
  await checkBackup(temporary, await readManifest(temporary), { reading: progressOf(console, 'reading back'), walking: progressOf(console, 'checking segments') });
  const name = `harbourlight-${made.replace(/[-:]|\.\d+/g, '')}-${position}`;
  await rename(temporary, path.join(into, name));
  await nodeFileSystem.syncFolder(into);
  return { name, position, hash, bytes: files.reduce((a, f) => a + f.bytes, 0), files: files.length };
};

const explain = (error: unknown, into: string): unknown => {
  if (isFull(error)) return new CommandFault(`no space left in ${into}; the backup was not made and nothing of it was left behind`);
  if (error instanceof CutShort) return new CommandFault('the journal was cut back while it was copied (its disk failed); run the backup again');
  if (['EEXIST', 'ENOTEMPTY'].includes(errorCode(error))) return new CommandFault(`a backup of this second and position is in ${into} already`);
  return error;
};

export const backup: Command = {
  name: 'backup',
  usage: 'backup DIR',
  about: 'copies the data folder, also beside a running hub, to DIR/harbourlight-<time>-<position>, reads the copy back and says what it holds',
  run: async (args, console) => {
    const { positionals } = readArgs(args, {}, 1);
    const dataDir = usedDataDir(console);
    const into = path.resolve(positionals[0] as string);
    if (await liesIn(into, dataDir)) throw new CommandFault(`${into} lies in the data folder; a backup belongs on another disk`);
    const { bytes } = await extentOf(dataDir);
    const made = await makeFolderDurably(into);
    await removeUnfinished(into);
    const temporary = path.join(into, `${unfinished}${hostname()}-${process.pid}`);
    try {
      await refuseWithoutRoom(
        into,
        dataDir,
        bytes.reduce((a, b) => a + b, 0),
      );
      const done = await make(console, dataDir, into, temporary);
      console.out(`backup    ${path.join(into, done.name)}`);
      console.out(`position  ${done.position}`);
      console.out(`sha-256   ${done.hash}`);
      console.out(`files     ${done.files}, ${done.bytes.toLocaleString('en-US')} bytes, read back and sound`);
      return exit.ok;
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      // only a folder that this command made and left empty
      if (made) await rmdir(into).catch(() => undefined);
      throw explain(error, into);
    }
  },
};

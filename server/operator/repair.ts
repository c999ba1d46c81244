/**
 * `repair`: says what of a damaged journal is lost, and with `--accept-gap` makes it sound again without that. What is kept and why, and how it
 * stays crash-safe, stands in journal/repair.ts. The checkpoint, which may still count what is lost, is given up first; a register of devices
 * and accounts that only its document still holds is recorded again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Entry } from '../../shared/entry.ts';
import { lossText } from '../../shared/journal-gaps.ts';
import type { DocumentRead } from '../documents/documents.ts';
import { LowDocuments } from '../documents/low-documents.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import { finishRepair, rebuildJournal, type Survey, surveyJournal } from '../journal/repair.ts';
import { progressOf } from '../progress.ts';
import { type Command, CommandFault, type Console, exit, readArgs } from './command.ts';
import { documentsFolder, journalFolder, readingDocuments, readingJournal, usedDataDir, withLock } from './data-folder.ts';
import { operatorName } from './import-outbox.ts';
import { totalsLines } from './totals-line.ts';

const register = 'register';

/** the sound journal while it is made, and once it is whole */
const making = (dataDir: string): string => `${journalFolder(dataDir)}.repairing`;
const made = (dataDir: string): string => `${journalFolder(dataDir)}.repaired`;

const tell = (console: Console, { kept, findings, losses, torn }: Survey): void => {
  console.out(`entries   ${kept} can be vouched for`);
  console.out(`findings  ${findings.length}`);
  for (const f of findings) console.out(`  segment ${f.segment}, byte ${f.offset}, position ${f.position}: ${f.what}`);
  console.out(`lost      ${losses.length === 0 ? 'nothing' : ''}`.trimEnd());
  for (const loss of losses) console.out(`  ${lossText(loss)}`);
  if (torn) console.out('the newest segment ends in a write that was cut off; it was acknowledged to nobody, and a start removes it');
};

const shaOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/**
 * Hears the kept entries, and answers what to record of the register: its document where the journal has never seen it and no kept version is
 * from after the last gap. The document is written right after the journal, so then it was in the gap.
 */
const registerKeeper = (document: DocumentRead) => {
  const seen = new Set<string>();
  let position = 0;
  let last = 0;
  return {
    kept(entries: readonly Entry[]): void {
      for (const entry of entries) {
        position++;
        if (entry.kind !== 'document.saved' || entry.name !== register) continue;
        seen.add(shaOf(entry.value));
        last = position;
      }
    },
    closing({ losses }: Survey): Entry[] {
      const gap = losses.at(-1);
      if (!gap || document.status !== 'ok' || seen.has(shaOf(document.value))) return [];
      // positions among the kept ones: those lost before the last gap don't count here
      const lostBefore = losses.slice(0, -1).reduce((n, l) => n + (l.to === null ? 0 : l.to - l.from + 1), 0);
      return gap.to !== null && last >= gap.from - lostBefore ? [] : [{ kind: 'document.saved', receivedMs: Date.now(), name: register, value: document.value }];
    },
  };
};

/** Gives the checkpoint up, also the one before it. */
const forgetCheckpoint = async (dataDir: string): Promise<void> => {
  const documents = await LowDocuments.open({ files: nodeFileSystem, folder: documentsFolder(dataDir) });
  for (let copies = 0; copies < 2; copies++) await documents.write('checkpoint', { format: 0 });
  await documents.close();
};

const finish = async (dataDir: string): Promise<boolean> => {
  if (!existsSync(made(dataDir))) return false;
  await forgetCheckpoint(dataDir);
  const finished = await finishRepair(nodeFileSystem, journalFolder(dataDir), made(dataDir));
  await rm(made(dataDir), { recursive: true, force: true });
  await nodeFileSystem.syncFolder(dataDir);
  return finished;
};

const rebuild = async (console: Console, dataDir: string): Promise<void> => {
  const keeper = registerKeeper(await (await readingDocuments(dataDir))(register));
  await rebuildJournal({
    files: nodeFileSystem,
    folder: journalFolder(dataDir),
    into: making(dataDir),
    nowMs: Date.now,
    random: (bytes) => randomBytes(bytes),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
    by: operatorName(),
    kept: keeper.kept,
    closing: keeper.closing,
    progress: progressOf(console, 'writing segments'),
  });
  await rename(making(dataDir), made(dataDir));
  await nodeFileSystem.syncFolder(dataDir);
};

const survey = (console: Console, dataDir: string): Promise<Survey> => surveyJournal(nodeFileSystem, journalFolder(dataDir), progressOf(console, 'reading segments'));

const report = async (console: Console, dataDir: string): Promise<number> => {
  await readingJournal(dataDir, async (journal) => {
    const [finding] = (await journal.verify()).findings;
    if (finding) throw new CommandFault(`the journal is still damaged in segment ${finding.segment}: ${finding.what}`);
    console.out(`repaired  position ${journal.position}; the damaged segments are kept in ${journalFolder(dataDir)} as .broken`);
    for (const line of await totalsLines(console, journal)) console.out(line);
  });
  console.out('Start the hub. Kiosks whose events are lost are told that the hub is behind, and send again what they kept; every event counts once.');
  return exit.ok;
};

const accept = async (console: Console, dataDir: string): Promise<number> => {
  if (await finish(dataDir)) {
    console.out('a repair that was cut off was finished');
    return report(console, dataDir);
  }
  const found = await survey(console, dataDir);
  tell(console, found);
  if (found.findings.length === 0) {
    console.out('nothing to repair');
    return exit.ok;
  }
  await rebuild(console, dataDir);
  await finish(dataDir);
  return report(console, dataDir);
};

export const repair: Command = {
  name: 'repair',
  usage: 'repair [--accept-gap]',
  about: 'says what of a damaged journal is lost, exit code 1; --accept-gap makes it sound again without that, keeps the damaged files and records the gap',
  run: async (args, console) => {
    const { values } = readArgs(args, { 'accept-gap': { type: 'boolean' } });
    const dataDir = usedDataDir(console);
    if (values['accept-gap']) return withLock(dataDir, () => accept(console, dataDir));
    if (existsSync(made(dataDir))) throw new CommandFault('a repair was cut off; repair --accept-gap finishes it');
    const found = await survey(console, dataDir);
    tell(console, found);
    if (found.findings.length === 0) {
      console.out('nothing to repair');
      return exit.ok;
    }
    console.err('harbourlight: the journal is damaged; repair --accept-gap makes it sound again without what is lost. A backup may hold more: see restore');
    return exit.failed;
  },
};

/**
 * A damaged journal made sound again, without what can't be vouched for (salvage.ts says what can). Events that come a second time behind a
 * gap are of another history: from there on nothing is taken. Every position keeps its number: what is lost is filled with one entry each
 * that says so. A stream with a hole is set back to before it, so that its kiosk is told that the hub is behind and sends again what it kept.
 * Crash-safe: the sound journal is built and read back beside; then the damaged segments are renamed, never deleted, and the sound ones take
 * their names, under a note that makes a hub refuse every state in between; cut off anywhere, `finishRepair` goes on.
 * Limit: a gap of at most 10 million entries is filled.
 */
import { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import { gapAction, type Loss, lossText } from '../../shared/journal-gaps.ts';
import { FileJournal } from './file-journal.ts';
import { errorCode, type FileSystem } from './file-system.ts';
import { type Finding, JournalFault } from './journal.ts';
import { type Kept, numbersIn, readSegment, salvage } from './salvage.ts';
import { readHeader, readLastNote, segmentPath, writeLastNote } from './segment.ts';

const gapEntriesMax = 10_000_000;
const appendBytesGoal = 4 << 20;
const fillersPerAppend = 20_000;

export type Survey = { kept: number; findings: Finding[]; losses: Loss[] /** what the newest segment ends in was never acknowledged */; torn: boolean };

/** Where a stream lacks places: what its newest entry would have been sent by, from the first place that is missing. */
type Hole = Extract<Entry, { kind: 'kiosk.recorded' }>;

/** Follows what is kept: which positions are lost, which streams have holes, and whether what comes behind a gap is of the same history. */
class Account {
  readonly survey: Survey = { kept: 0, findings: [], losses: [], torn: false };
  readonly holes = new Map<string, Hole>();
  readonly #admission = new Admission();
  #next = 1;
  #lastMs: number | null = null;

  /** Nothing more is kept, and nobody knows how much there was. */
  cut(): void {
    this.survey.losses.push({ from: this.#next, to: null, afterMs: this.#lastMs, beforeMs: null });
  }

  /** Whether these entries count something that was counted before the gap already. */
  isOtherHistory({ entries }: Kept): boolean {
    if (this.survey.losses.length === 0) return false;
    return entries.some((e) => e.kind === 'kiosk.recorded' && e.items.some((item) => 'kind' in item && this.#admission.ids.has(item.id)));
  }

  /** The gap before these entries, if there is one. */
  gapBefore({ first, entries }: Kept): (Loss & { to: number }) | null {
    if (first === this.#next) return null;
    const loss = { from: this.#next, to: first - 1, afterMs: this.#lastMs, beforeMs: entries[0]?.receivedMs ?? null };
    this.survey.losses.push(loss);
    return loss;
  }

  take({ first, entries }: Kept): void {
    for (const entry of entries) {
      if (entry.kind === 'kiosk.recorded') {
        const key = `${entry.device}/${entry.epoch}`;
        const hw = this.#admission.stream(entry.device, entry.epoch)?.hw ?? 0;
        if (entry.from > hw + 1 && !this.holes.has(key)) this.holes.set(key, { ...entry, from: hw + 1, items: [] });
      }
      this.#admission.apply(entry);
      this.#lastMs = entry.receivedMs;
    }
    this.survey.kept += entries.length;
    this.#next = first + entries.length;
  }
}

type Listener = { gap?(loss: Loss & { to: number }): Promise<void>; kept?(kept: Kept): Promise<void>; progress(segment: number, segments: number): void };

const follow = async (files: FileSystem, folder: string, listener: Listener): Promise<Account> => {
  const account = new Account();
  for await (const found of salvage(files, folder, listener.progress)) {
    if ('finding' in found) account.survey.findings.push(found.finding);
    else if ('torn' in found) account.survey.torn = true;
    else if ('cut' in found) account.cut();
    else {
      const gap = account.gapBefore(found.kept);
      if (account.isOtherHistory(found.kept)) {
        if (gap) account.survey.losses.pop();
        account.survey.findings.push({ segment: 0, offset: 0, position: found.kept.first, what: 'what follows counts events a second time: it is of another history' });
        account.cut();
        break;
      }
      if (gap) await listener.gap?.(gap);
      account.take(found.kept);
      await listener.kept?.(found.kept);
    }
  }
  return account;
};

/** What is damaged, what can be kept and what is lost; changes nothing. Throws a JournalFault if the storage can't be read. */
export const surveyJournal = async (files: FileSystem, folder: string, progress: (segment: number, segments: number) => void): Promise<Survey> =>
  (await follow(files, folder, { progress })).survey;

export type RebuildSetup = {
  files: FileSystem;
  /** the damaged journal, which is only read */
  folder: string;
  /** where the sound one is made; what is in it is removed */
  into: string;
  nowMs: () => number;
  random: (bytes: number) => Uint8Array;
  after: (ms: number, run: () => void) => () => void;
  /** who accepts the gap */
  by: string;
  /** hears every entry that is kept, in order */
  kept(entries: readonly Entry[]): void;
  /** what else is to be recorded behind the gap */
  closing(survey: Survey): readonly Entry[];
  progress(segment: number, segments: number): void;
};

const planName = 'plan.json';
type Plan = { journal: string; segments: number; stamp: number };

/** Makes the sound journal in `into`, reads it back, and leaves in it the plan for `finishRepair`. Throws a JournalFault; `folder` is as it was. */
export const rebuildJournal = async (setup: RebuildSetup): Promise<Survey> => {
  const { files, into, nowMs, by } = setup;
  await files.makeFolder(into);
  for (const name of await files.list(into)) await files.remove(`${into}/${name}`);
  const open = (readOnly: boolean): Promise<FileJournal> => FileJournal.open({ folder: into, files, nowMs, random: setup.random, after: setup.after, readOnly });
  const journal = await open(false);
  let account: Account;
  try {
    account = await writeKept(setup, journal);
    const receivedMs = nowMs();
    const rewinds = [...account.holes.values()].map((hole): Entry => ({ ...hole, receivedMs }));
    const noted = account.survey.losses.map((loss): Entry => ({ kind: 'audit.noted', receivedMs, by, action: gapAction, target: lossText(loss) }));
    // damage that cost no entry is noted as well
    if (noted.length === 0) noted.push({ kind: 'audit.noted', receivedMs, by, action: 'journal.repaired', target: `${account.survey.kept} entries kept, none lost` });
    await journal.append([...rewinds, ...setup.closing(account.survey), ...noted]);
  } finally {
    await journal.close();
  }
  const again = await open(true);
  const { findings } = await again.verify();
  await again.close();
  const [finding] = findings;
  if (finding) throw new JournalFault('damaged', `the sound journal in ${into} can't be read back: ${finding.what}`, { finding });
  const head = await readHeader(files, segmentPath(into, 1));
  if (!head.ok) throw new JournalFault('damaged', `the sound journal in ${into} can't be read back`);
  const plan: Plan = { journal: head.header.journal, segments: again.head().segment, stamp: nowMs() };
  await writeText(files, `${into}/${planName}`, JSON.stringify(plan));
  await files.syncFolder(into);
  return account.survey;
};

/** Entries to append, gathered to a few MiB, so that not every one of them waits for the disk. */
const writeKept = async (setup: RebuildSetup, journal: FileJournal): Promise<Account> => {
  let waiting: Entry[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const entries = waiting;
    waiting = [];
    bytes = 0;
    await journal.append(entries);
  };
  const account = await follow(setup.files, setup.folder, {
    progress: setup.progress,
    async gap({ from, to, afterMs, beforeMs }) {
      if (to - from + 1 > gapEntriesMax) throw new JournalFault('too_large', `${to - from + 1} entries are lost; a repair fills at most ${gapEntriesMax}`);
      await flush();
      for (let at = from; at <= to; at += fillersPerAppend) await journal.append(fillers(at, Math.min(to, at + fillersPerAppend - 1), afterMs ?? beforeMs ?? 0, setup.by));
    },
    async kept(kept) {
      setup.kept(kept.entries);
      waiting.push(...kept.entries);
      bytes += kept.bytes;
      if (bytes >= appendBytesGoal) await flush();
    },
  });
  await flush();
  return account;
};

/** One entry for each that is lost: every later one keeps its position. */
const fillers = (from: number, to: number, receivedMs: number, by: string): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ kind: 'audit.noted', receivedMs, by, action: 'journal.entry-lost', target: `position ${from + i}` }));

const writeText = async (files: FileSystem, path: string, text: string): Promise<void> => {
  const bytes = Buffer.from(text);
  const file = await files.open(path, 'create');
  try {
    if ((await file.write(bytes, 0)) < bytes.length) throw new JournalFault('storage_full', `no space for ${path}`);
    await file.datasync();
  } finally {
    await file.close();
  }
};

const readPlan = async (files: FileSystem, from: string): Promise<Plan | null> => {
  try {
    return JSON.parse((await readSegment(files, `${from}/${planName}`)).toString('utf8')) as Plan;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

/**
 * Puts the sound journal of `from` in the place of the damaged one in `folder`, whose segments stay as `.broken-<time>`. Can be called again
 * after it was cut off anywhere, also when a hub has written on meanwhile. Answers whether there was anything to finish.
 */
export const finishRepair = async (files: FileSystem, folder: string, from: string): Promise<boolean> => {
  const plan = await readPlan(files, from);
  if (!plan) return false;
  const ready = await numbersIn(files, from);
  if (ready.length > 0) {
    // with this note a hub refuses a folder that lacks a segment, so no state in between is taken for a journal
    await writeLastNote(files, folder, Math.max(plan.segments, await readLastNote(files, folder), ...(await numbersIn(files, folder))));
    for (const n of await numbersIn(files, folder)) {
      const read = await readHeader(files, segmentPath(folder, n));
      if (!(read.ok && read.header.journal === plan.journal)) await files.rename(segmentPath(folder, n), `${segmentPath(folder, n)}.broken-${plan.stamp}`);
    }
    await files.syncFolder(folder);
    // the newest first: the first segment, which alone could be taken for a whole journal, comes last
    for (const n of ready.reverse()) await files.rename(segmentPath(from, n), segmentPath(folder, n));
    await files.syncFolder(folder);
    await files.syncFolder(from);
  }
  await writeLastNote(files, folder, Math.max(plan.segments, ...(await numbersIn(files, folder))));
  await files.remove(`${from}/${planName}`);
  await files.syncFolder(from);
  return true;
};

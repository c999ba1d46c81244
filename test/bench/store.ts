/**
 * The journal beside SQLite (WAL, synchronous FULL), the same entries in batches, on the same disk; and the journal when it is long beside
 * itself when it is short. SQLite is the one that Python brings, in a process of its own; where there is none the comparison is told as such.
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { FileJournal } from '../../server/journal/file-journal.ts';
import type { Entry } from '../../shared/entry.ts';
import { openJournal } from './disk-journal.ts';
import { atLeast, atMost, type Figure, type Line } from './figure.ts';
import { inTurns, median, timed } from './measure.ts';
import { batchEntry } from './sample.ts';

const batchEntries = 128;
const growthAim = 1.1;

const SQLITE = `
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute('PRAGMA journal_mode=WAL'); db.execute('PRAGMA synchronous=FULL')
db.execute('CREATE TABLE entries (position INTEGER PRIMARY KEY, entry TEXT)')
rows = [(line.rstrip('\\n'),) for line in open(sys.argv[2], encoding='utf-8')]
for line in sys.stdin:
    batches = int(line); since = time.perf_counter()
    for _ in range(batches):
        db.execute('BEGIN'); db.executemany('INSERT INTO entries (entry) VALUES (?)', rows); db.execute('COMMIT')
    print((time.perf_counter() - since) * 1000, flush=True)
`;

const startSqlite = (folder: string, batch: readonly Entry[]): { run(batches: number): Promise<number>; stop(): void } | null => {
  const probe = spawnSync('python3', ['-c', 'import sqlite3'], { stdio: 'ignore' });
  if (probe.status !== 0) return null;
  const rows = path.join(folder, 'rows');
  writeFileSync(rows, batch.map((e) => `${JSON.stringify(e)}\n`).join(''));
  const python: ChildProcessWithoutNullStreams = spawn('python3', ['-c', SQLITE, path.join(folder, 'peer.sqlite'), rows]);
  python.stderr.pipe(process.stderr);
  const lines = createInterface(python.stdout)[Symbol.asyncIterator]();
  return {
    run: async (batches) => {
      python.stdin.write(`${batches}\n`);
      return Number((await lines.next()).value);
    },
    stop: () => void python.stdin.end(),
  };
};

const appendBatches = async (journal: FileJournal, batch: readonly Entry[], batches: number): Promise<number> =>
  timed(async () => {
    for (let i = 0; i < batches; i++) await journal.append(batch);
  });

/** Appends until the journal is long, and measures a short and a long journal in turns at the end. */
const growth = async (folder: string, quick: boolean, batch: readonly Entry[]): Promise<Line> => {
  const long = await openJournal(path.join(folder, 'long'));
  const entriesMax = quick ? 100_000 : 1_000_000;
  const big = Array.from({ length: 20 }, () => batch).flat();
  while (long.position < entriesMax) await long.append(big);
  const short = await openJournal(path.join(folder, 'short'));
  const batches = quick ? 20 : 60;
  const told = await inTurns(
    7,
    () => appendBatches(long, batch, batches),
    () => appendBatches(short, batch, batches),
  );
  await long.close();
  await short.close();
  const beside = 'an empty journal';
  return atMost(
    { name: `store, at ${entriesMax.toLocaleString('en-US')} entries`, ours: median(told.ours) / batches, peer: median(told.peer) / batches, beside, unit: 'ms a batch' },
    growthAim,
  );
};

export const store: Figure = async ({ quick, folder }) => {
  const batch = Array.from({ length: batchEntries }, (_, i) => batchEntry(i, 1, 1, Date.now()));
  const journal = await openJournal(path.join(folder, 'journal'));
  const batches = quick ? 40 : 150;
  const sqlite = startSqlite(folder, batch);
  const lines: Line[] = [];
  if (sqlite) {
    const told = await inTurns(
      quick ? 3 : 5,
      () => appendBatches(journal, batch, batches),
      () => sqlite.run(batches),
    );
    sqlite.stop();
    const rate = (ms: number): number => (batches * batchEntries * 1_000) / ms;
    lines.push(
      atLeast({ name: 'store, batches of 128', ours: rate(median(told.ours)), peer: rate(median(told.peer)), beside: 'SQLite WAL, synchronous FULL', unit: 'entries/s' }, 1),
    );
  } else lines.push({ name: 'store, batches of 128', ours: 'not measured', peer: 'no python3 with sqlite3 here', ratio: Number.NaN, aim: '≥ 1', met: false });
  await journal.close();
  lines.push(await growth(folder, quick, batch));
  return lines;
};

/**
 * `npm run faults`: the fault simulation over many seeds, in as many processes as there are cores; prints every seed that fails, then how
 * often each fault happened. `--seed n` replays one. Options: --seeds n (100,000), --from n (1), --workers n, --mood "late answers",
 * --mistake name (one of mistakes.ts; then a seed that fails is what is wanted).
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { added, type Coverage, coverageTable, FAULTS } from './coverage.ts';
import { MISTAKES, type Mistake } from './mistakes.ts';
import { MOODS, type Mood, simulate, type Verdict } from './simulation.ts';

const chunkSeeds = 25;
const progressEveryMs = 5_000;
const failuresMax = 50;

type Task = { from: number; count: number; mood: Mood; mistake: Mistake | null };
type Done = { count: number; recorded: number; entries: number; failures: { seed: number; violations: string[] }[]; total: Coverage; seedsWith: Coverage };

const nothing = (): Done => ({ count: 0, recorded: 0, entries: 0, failures: [], total: {}, seedsWith: {} });

const note = (done: Done, verdict: Verdict): void => {
  done.count++;
  done.recorded += verdict.recorded;
  done.entries += verdict.entries;
  if (verdict.violations.length > 0) done.failures.push({ seed: verdict.seed, violations: verdict.violations.slice(0, 5) });
  added(done.total, verdict.coverage);
  for (const fault of FAULTS) if (verdict.coverage[fault]) done.seedsWith[fault] = (done.seedsWith[fault] ?? 0) + 1;
};

const merge = (into: Done, done: Done): void => {
  into.count += done.count;
  into.recorded += done.recorded;
  into.entries += done.entries;
  into.failures.push(...done.failures);
  added(into.total, done.total);
  added(into.seedsWith, done.seedsWith);
};

/** In a worker: runs what it is handed, a chunk at a time. */
const work = (): void => {
  process.on('message', (task: Task) => {
    const run = async (): Promise<void> => {
      const done = nothing();
      for (let seed = task.from; seed < task.from + task.count; seed++) note(done, await simulate(seed, task.mistake, task.mood));
      process.send?.(done);
    };
    void run();
  });
  process.on('disconnect', () => process.exit(0));
};

/** Hands the seeds out; resolves when all are done, or so many failed that it is no use. */
const spread = (all: Task, workers: number): Promise<Done> =>
  new Promise((resolve, reject) => {
    const sum = nothing();
    const startMs = performance.now();
    const children: ChildProcess[] = [];
    let next = all.from;
    const tell = (): void => {
      const seconds = (performance.now() - startMs) / 1_000;
      process.stdout.write(`${sum.count} of ${all.count} seeds, ${sum.failures.length} failed, ${(sum.count / seconds).toFixed(1)} seeds/s\n`);
    };
    const telling = setInterval(tell, progressEveryMs);
    const finish = (error?: Error): void => {
      clearInterval(telling);
      for (const child of children) child.removeAllListeners('exit').disconnect();
      tell();
      if (error) reject(error);
      else resolve(sum);
    };
    const hand = (child: ChildProcess): void => {
      const left = all.from + all.count - next;
      if (left <= 0) return;
      child.send({ ...all, from: next, count: Math.min(chunkSeeds, left) } satisfies Task);
      next += chunkSeeds;
    };
    for (let i = 0; i < workers; i++) {
      const child = fork(import.meta.filename, ['--worker']);
      children.push(child);
      child.on('message', (done: Done) => {
        merge(sum, done);
        for (const { seed, violations } of done.failures) process.stdout.write(`seed ${seed}: ${violations.join('; ')}\n`);
        if (sum.count >= all.count || sum.failures.length >= failuresMax) finish();
        else hand(child);
      });
      child.once('exit', (code) => finish(new Error(`a worker ended (${code})`)));
      hand(child);
    }
  });

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string', default: '100000' },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      mood: { type: 'string', default: 'storm' },
      mistake: { type: 'string' },
    },
  });
  const mood = MOODS.find((m) => m === values.mood);
  const mistake = values.mistake === undefined ? null : MISTAKES.find((m) => m === values.mistake);
  if (!mood || mistake === undefined) {
    process.stderr.write(`--mood is one of ${MOODS.join(', ')}; --mistake is one of ${MISTAKES.join(', ')}\n`);
    return 64;
  }
  if (values.seed !== undefined) {
    const verdict = await simulate(Number(values.seed), mistake, mood);
    process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
    return verdict.violations.length === 0 ? 0 : 1;
  }
  const done = await spread({ from: Number(values.from), count: Number(values.seeds), mood, mistake }, Math.max(1, Number(values.workers)));
  process.stdout.write(
    `${coverageTable(done.total, done.seedsWith, done.count)}\n${done.recorded} events in ${done.entries} entries; ${done.failures.length} of ${done.count} seeds failed`,
  );
  process.stdout.write(done.failures.length === 0 ? '\n' : `: ${done.failures.map((f) => f.seed).join(', ')} (replay: npm run faults -- --seed <n>)\n`);
  return done.failures.length === 0 ? 0 : 1;
};

if (process.argv[2] === '--worker') work();
else process.exitCode = await main();

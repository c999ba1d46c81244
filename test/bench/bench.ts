/**
 * `npm run bench`: every figure beside its peer or its limit in the same run, as a ratio. `--quick` for a short run, `--only NAME` for one,
 * `--table FILE` for a Markdown table of what came out. What is measured is built first, as `npm start` builds the hub.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { type Line, round3, type Setting, shown, verdict } from './figure.ts';
import { figures } from './figures.ts';
import { startProgram } from './program.ts';

const root = path.resolve(import.meta.dirname, '../..');
const built = path.join(root, '.tsc/bench');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

const buildPrograms = async (): Promise<void> => {
  const programs = ['runner-program', 'hub-program', 'echo-program', 'by-hand-program', 'download-program', 'busy-program'];
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: built,
      emptyOutDir: true,
      ssr: true,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          ...Object.fromEntries(programs.map((name) => [name, path.join(import.meta.dirname, `${name}.ts`)])),
          'export-thread': path.join(root, 'server/exports/export-thread.ts'),
        },
      },
    },
  });
};

const measure = async (name: string, setting: Setting): Promise<Line[] | { failed: string }> => {
  const runner = await startProgram<null>(built, 'runner-program', { name, setting }, ['--expose-gc']);
  try {
    return await runner.ask<Line[] | { failed: string }>('run');
  } finally {
    await runner.stop();
  }
};

const tableOf = (about: string, lines: readonly Line[]): string =>
  [
    about,
    '',
    '| figure | ours | beside, same run | ratio | aim | |',
    '|---|---|---|---|---|---|',
    ...lines.map((l) => `| ${l.name} | ${l.ours} | ${l.peer} | ${round3(l.ratio)} | ${l.aim} | ${verdict(l)} |`),
    '',
  ].join('\n');

const quick = process.argv.includes('--quick');
const only = argument('--only');
const names = Object.keys(figures).filter((name) => only === undefined || name === only);
if (names.length === 0) {
  say(`There is no figure ${only}. There are: ${Object.keys(figures).join(', ')}`);
  process.exit(2);
}
const startedMs = Date.now();
await buildPrograms();
const load = (loadavg()[0] as number).toFixed(1);
const about = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${load} at the start. Sides take turns, medians of rounds: on a busy machine look at the ratios.`;
say(about);
say('The hub runs with every check; only its monotonic clock runs faster, so that its rate limits are paid for and never reached.');
const lines: Line[] = [];
let failed = 0;
for (const name of names) {
  mkdirSync(path.join(root, '.tsc'), { recursive: true });
  const folder = mkdtempSync(path.join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'harbourlight-bench-'));
  try {
    const told = await measure(name, { quick, folder, built, root });
    if ('failed' in told) {
      failed++;
      say(`${name}: could not be measured: ${told.failed}`);
      continue;
    }
    for (const line of told) {
      lines.push(line);
      say(shown(line));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const table = argument('--table');
if (table !== undefined) writeFileSync(table, tableOf(`${about}${quick ? ' A short run (--quick).' : ''}`, lines));
say(
  `${lines.filter((l) => l.met).length} of ${lines.filter((l) => l.met !== null).length} met, ${failed} could not be measured, ${Math.round((Date.now() - startedMs) / 1_000)} s`,
);
process.exit(failed === 0 ? 0 : 1);

/**
 * The real hub as a process of its own, as `npm start` runs it, to be killed and started again; and the operator's commands beside it. Both
 * are built once a run: so they start in a third of the time, and their memory is their own and not a compiler's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { builtOnce } from '../built-once.ts';

const root = path.resolve(import.meta.dirname, '../..');
const at = (file: string): string => path.join(root, file);
export const readyWaitMsMax = 120_000;
export const processWaitMsMax = 60_000;
/** long journals take their time */
const operatorWaitMsMax = 300_000;

/** Node's flags as `npm start` has them. */
const startFlags = (JSON.parse(readFileSync(at('package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** The hub, its thread for exports, the operator's commands, and the programs that tests run beside them. */
const PROGRAMS = {
  main: at('server/main.ts'),
  operator: at('server/operator/operator.ts'),
  'export-thread': at('server/exports/export-thread.ts'),
  'crowd-program': at('test/processes/crowd-program.ts'),
  'lag-program': at('test/processes/lag-program.ts'),
};

/** The folder of what is built: `main.js`, `operator.js`, and what they share. */
export const builtFolder = (): Promise<string> =>
  builtOnce('hub', (outDir) =>
    build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      build: { outDir, ssr: true, target: 'node20', minify: false, sourcemap: true, rolldownOptions: { input: PROGRAMS } },
    }),
  );

/** The file of a built program. */
export const builtProgram = async (name: keyof typeof PROGRAMS): Promise<string> => path.join(await builtFolder(), `${name}.js`);

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string; tookMs: number };
export type Env = { readonly [name: string]: string };
type Started = { child: ChildProcess; text: { out: string; err: string }; ended: Promise<Ended> };

/** A clean environment: what the developer's shell sets must not reach the hub under test. */
const environment = (env: Env): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...env });

const start = (args: readonly string[], env: Env): Started => {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => {
    text.out += bytes.toString('utf8');
  });
  child.stderr.on('data', (bytes: Buffer) => {
    text.err += bytes.toString('utf8');
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...text, tookMs: performance.now() - startedMs }));
  });
  return { child, text, ended };
};

const bounded = async ({ child, ended }: Started, mostMs = processWaitMsMax): Promise<Ended> => {
  const timer = setTimeout(() => child.kill('SIGKILL'), mostMs);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
};

export type HubProcess = {
  port: number;
  origin: string;
  pid: number;
  text: { out: string; err: string };
  ended: Promise<Ended>;
  /** SIGKILL, and the end of it */
  kill(): Promise<Ended>;
  /** SIGTERM, and the end of it */
  stop(): Promise<Ended>;
};

/** Starts the hub on this folder and waits for its ready line; port 0 takes a free one. Throws with all it said where it ends before; `signal` kills it on its way. */
export const startHub = async (dataDir: string, port = 0, env: Env = {}, signal?: AbortSignal): Promise<HubProcess> => {
  const started = start([...startFlags, await builtProgram('main')], { DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port), ...env });
  const { child, text, ended } = started;
  signal?.addEventListener('abort', () => child.kill('SIGKILL'));
  if (signal?.aborted) child.kill('SIGKILL');
  const ready = new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const m = /ready\. Kiosk https?:\/\/[^/]*:(\d+)\//.exec(text.out);
      if (m) resolve(Number(m[1]));
    });
    void ended.then(({ code, signal, out, err }) => reject(new Error(`the hub ended with ${code ?? signal}: ${out}${err}`)));
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), readyWaitMsMax);
  try {
    const taken = await ready;
    const send = (how: NodeJS.Signals) => (): Promise<Ended> => {
      child.kill(how);
      return bounded(started);
    };
    return { port: taken, origin: `http://127.0.0.1:${taken}`, pid: child.pid ?? 0, text, ended, kill: send('SIGKILL'), stop: send('SIGTERM') };
  } finally {
    clearTimeout(timer);
  }
};

/** Runs the hub, or another built copy of it, where it is expected to end by itself. */
export const runHub = async (env: Env, hubFile?: string): Promise<Ended> => bounded(start([hubFile ?? (await builtProgram('main'))], { HOST: '127.0.0.1', PORT: '0', ...env }));

/** Runs one of the operator's commands to its end, or until `signal` kills it. */
export const runOperator = async (args: readonly string[], env: Env, signal?: AbortSignal): Promise<Ended> => {
  const started = start([await builtProgram('operator'), ...args], env);
  signal?.addEventListener('abort', () => started.child.kill('SIGKILL'));
  return bounded(started, operatorWaitMsMax);
};

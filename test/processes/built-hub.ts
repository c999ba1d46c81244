/**
 * The real hub as `npm start` runs it: built, so that it starts in a third of the time and its memory is its own and not a compiler's.
 * Each test file builds into a folder of its own below `.tsc`, which ends with it.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { type Ended, type Env, type HubProcess, readyWaitMsMax } from '../hub/hub-process.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Node's flags as `npm start` has them. */
const startFlags = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start
  .split(' ')
  .filter((word) => word.startsWith('--'));

const startBuilt = (hubFile: string, dataDir: string, port: number, env: Env): Promise<HubProcess> => {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...startFlags, hubFile], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...text, tookMs: performance.now() - startedMs }));
  });
  child.stderr.on('data', (bytes: Buffer) => {
    text.err += bytes.toString('utf8');
  });
  const send = (signal: NodeJS.Signals) => (): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), readyWaitMsMax);
    child.stdout.on('data', (bytes: Buffer) => {
      text.out += bytes.toString('utf8');
      const m = /ready\. Kiosk https?:\/\/[^/]*:(\d+)\//.exec(text.out);
      if (!m) return;
      clearTimeout(timer);
      resolve({ port: Number(m[1]), origin: `http://127.0.0.1:${m[1]}`, pid: child.pid ?? 0, text, ended, kill: send('SIGKILL'), stop: send('SIGTERM') });
    });
    void ended.then(({ code, signal, out, err }) => {
      clearTimeout(timer);
      reject(new Error(`the hub ended with ${code ?? signal}: ${out}${err}`));
    });
  });
};

const runBuilt = (file: string, dataDir: string, args: readonly string[]): Promise<Ended> => {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [file, ...args], { cwd: root, env: { PATH: process.env['PATH'], DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => {
    text.out += bytes.toString('utf8');
  });
  child.stderr.on('data', (bytes: Buffer) => {
    text.err += bytes.toString('utf8');
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...text, tookMs: performance.now() - startedMs }));
  });
};

export type BuiltHub = {
  hubFile: string;
  /** starts it on a folder; port 0 takes a free one */
  start(dataDir: string, port?: number, env?: Env): Promise<HubProcess>;
  /** runs one of the operator's commands on a folder to its end */
  operator(dataDir: string, args: readonly string[]): Promise<Ended>;
  remove(): void;
};

/** Builds the hub and whatever programs are named (files of this folder, without `.ts`). */
export const buildHub = async (programs: readonly string[] = []): Promise<BuiltHub & { program(name: string): string }> => {
  const outDir = path.join(root, `.tsc/processes-${process.pid}-${Math.round(performance.now())}`);
  const input = {
    main: path.join(root, 'server/main.ts'),
    operator: path.join(root, 'server/operator/operator.ts'),
    ...Object.fromEntries(programs.map((name) => [name, path.join(import.meta.dirname, `${name}.ts`)])),
  };
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, ssr: true, target: 'node20', minify: false, sourcemap: true, rolldownOptions: { input } },
  });
  const hubFile = path.join(outDir, 'main.js');
  return {
    hubFile,
    operator: (dataDir, args) => runBuilt(path.join(outDir, 'operator.js'), dataDir, args),
    program: (name) => path.join(outDir, `${name}.js`),
    start: (dataDir, port = 0, env = {}) => startBuilt(hubFile, dataDir, port, env),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
};

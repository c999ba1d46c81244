/** The real hub as a process of its own, as an operator runs it, to be killed and started again; and the operator's commands beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const hubMain = path.join(root, 'server/main.ts');
export const readyWaitMsMax = 120_000;
export const processWaitMsMax = 60_000;

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string; tookMs: number };
export type Env = { readonly [name: string]: string };

/** A clean environment: what the developer's shell sets must not reach the hub under test. */
const environment = (env: Env): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...env });

const start = (script: string, args: readonly string[], env: Env): { child: ChildProcess; text: { out: string; err: string }; ended: Promise<Ended> } => {
  const startedMs = performance.now();
  // tsx's own launcher would stand between the hub and the signals meant for it
  const child = spawn(process.execPath, ['--import', 'tsx/esm', script, ...args], { cwd: root, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout?.on('data', (bytes: Buffer) => {
    text.out += bytes.toString('utf8');
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    text.err += bytes.toString('utf8');
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...text, tookMs: performance.now() - startedMs }));
  });
  return { child, text, ended };
};

const bounded = async (child: ChildProcess, ended: Promise<Ended>): Promise<Ended> => {
  const timer = setTimeout(() => child.kill('SIGKILL'), processWaitMsMax);
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

/** Starts the hub on this folder and waits for its ready line. Throws with all it said where it ends before; `signal` kills it on its way. */
export const startHub = async (dataDir: string, port: number, env: Env = {}, more: { hubFile?: string; signal?: AbortSignal } = {}): Promise<HubProcess> => {
  const { child, text, ended } = start(more.hubFile ?? hubMain, [], { DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port), ...env });
  more.signal?.addEventListener('abort', () => child.kill('SIGKILL'));
  const ready = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the hub was not ready in time: ${text.out}${text.err}`)), readyWaitMsMax);
    child.stdout?.on('data', () => {
      const m = /ready\. Kiosk https?:\/\/[^/]*:(\d+)\//.exec(text.out);
      if (!m) return;
      clearTimeout(timer);
      resolve(Number(m[1]));
    });
    void ended.then(({ code, signal, out, err }) => {
      clearTimeout(timer);
      reject(new Error(`the hub ended with ${code ?? signal}: ${out}${err}`));
    });
  });
  try {
    const at = await ready;
    const send = (signal: NodeJS.Signals) => (): Promise<Ended> => {
      child.kill(signal);
      return bounded(child, ended);
    };
    return { port: at, origin: `http://127.0.0.1:${at}`, pid: child.pid ?? 0, text, ended, kill: send('SIGKILL'), stop: send('SIGTERM') };
  } catch (error) {
    child.kill('SIGKILL');
    await ended;
    throw error;
  }
};

/** Runs the hub where it is expected to end by itself. */
export const runHub = (env: Env, hubFile = hubMain): Promise<Ended> => {
  const { child, ended } = start(hubFile, [], { HOST: '127.0.0.1', PORT: '0', ...env });
  return bounded(child, ended);
};

/** Runs one of the operator's commands to its end, or until `signal` kills it. */
export const runOperator = (args: readonly string[], env: Env, signal?: AbortSignal): Promise<Ended> => {
  const { child, ended } = start(path.join(root, 'server/operator/operator.ts'), args, env);
  signal?.addEventListener('abort', () => child.kill('SIGKILL'));
  return bounded(child, ended);
};

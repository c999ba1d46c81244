/** Programs of the bench in processes of their own: started built, asked over IPC, stopped by asking. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** a whole figure may take this long */
export const answerWaitMsMax = 900_000;

type Told = { id: number; value: unknown };
export type Program<R> = { ready: R; ask<T>(what: string, ...args: unknown[]): Promise<T>; stop(): Promise<void> };

/** Starts a built program with what it is given; resolves once it said that it is ready. */
export const startProgram = async <R>(built: string, name: string, given: object, execArgv: string[] = []): Promise<Program<R>> => {
  const profile = process.env['BENCH_PROFILE'] === name ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_PROFILE_DIR'] ?? built}`] : [];
  const child: ChildProcess = fork(path.join(built, `${name}.js`), [JSON.stringify(given)], { execArgv: ['--enable-source-maps', ...profile, ...execArgv] });
  const waiting = new Map<number, (value: unknown) => void>();
  let asked = 0;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answer = <T>(id: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} did not answer`)), answerWaitMsMax);
      waiting.set(id, (value) => {
        clearTimeout(timer);
        resolve(value as T);
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`${name} ended (${code})`));
      });
    });
  child.on('message', (message) => {
    const { id, value } = message as Told;
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  child.setMaxListeners(0);
  const ready = await answer<R>(0);
  return {
    ready,
    ask: (what, ...args) => {
      const id = ++asked;
      child.send({ id, what, args });
      return answer(id);
    },
    stop: async () => {
      child.send({ id: ++asked, what: 'stop', args: [] });
      await exited;
    },
  };
};

/** What a program was given. */
export const given = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;

/** In the program: says it is ready and answers from then on. `stop` ends the process after its handler. */
export const serve = (ready: unknown, handlers: { [what: string]: (...args: never[]) => unknown }): void => {
  const all: { [what: string]: (...args: never[]) => unknown } = {
    cpuMicros: () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    rssBytes: () => process.memoryUsage().rss,
    ...handlers,
  };
  process.on('message', (message: { id: number; what: string; args: never[] }) => {
    void Promise.resolve(all[message.what]?.(...message.args)).then((value) => {
      if (message.what === 'stop') process.exit(0);
      process.send?.({ id: message.id, value });
    });
  });
  // whoever asked is gone: nobody would ever stop this process
  process.on('disconnect', () => process.exit(1));
  process.send?.({ id: 0, value: ready });
};

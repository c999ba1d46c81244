/** Faults of the disk on a living process: strace attaches to it, makes a system call fail or wait, and lets go. Linux only. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

const attachMsMax = 10_000;

/** Why strace can't be used here, or null. */
export const straceLacks = ((): string | null => {
  const tried = spawnSync('strace', ['-f', '-qq', '-e', 'inject=fdatasync:delay_enter=1', '-o', '/dev/null', 'true']);
  if (tried.error) return 'strace is not installed';
  return tried.status === 0 ? null : `strace can't trace here: ${tried.stderr.toString().trim().split('\n')[0]}`;
})();

export type Injection = {
  /** resolves once the fault was injected for the first time */
  first: Promise<void>;
  /** lets go of the process, which goes on unharmed */
  stop(): Promise<void>;
};

/** Attaches to every thread of a process with a fault such as `fdatasync:error=EIO`. Resolves once it is attached. */
export const inject = async (pid: number, fault: string): Promise<Injection> => {
  const call = fault.split(':')[0] as string;
  const child: ChildProcess = spawn('strace', ['-f', '-p', String(pid), '-e', `trace=${call}`, '-e', `inject=${fault}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  const until = (what: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (what.test(text)) resolve();
      };
      child.stderr?.on('data', look);
      child.once('close', () => reject(new Error(`strace ended: ${text.slice(0, 500)}`)));
      look();
    });
  child.stderr?.on('data', (bytes: Buffer) => {
    text += bytes.toString('utf8');
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const first = until(new RegExp(`${call}\\(`));
  first.catch(() => undefined);
  const timer = setTimeout(() => child.kill('SIGKILL'), attachMsMax);
  await until(/attached/).finally(() => clearTimeout(timer));
  return {
    first,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
};

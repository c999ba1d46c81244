/** Starts a crowd beside the test and asks it how it is. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { CrowdGiven } from './crowd-program.ts';
import type { Lag } from './lag-program.ts';

export type Crowd<T> = { look(): Promise<T>; end(): void };

export const startCrowd = <T>(program: string, given: CrowdGiven): Crowd<T> => {
  const child = fork(program, [JSON.stringify(given)]);
  return {
    look: () =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null): void => reject(new Error(`a crowd ended with ${code}`));
        child.once('exit', ended);
        child.once('message', (told) => {
          child.off('exit', ended);
          resolve(told as T);
        });
        child.send('look', (error) => error && reject(error));
      }),
    end: () => void child.kill('SIGKILL'),
  };
};

/** How a hub that was started with `--import` of the lag program is. Null before its first word. */
export const readLag = (file: string): Lag | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lag;
  } catch {
    // not written yet, or just being written
    return null;
  }
};

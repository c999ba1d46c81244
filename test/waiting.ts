/** How tests wait: for what they mean, never for a time; and long, since the machine may be busy. */
import { setTimeout as sleep } from 'node:timers/promises';

export const waitMsMax = 60_000;
const pollMs = 20;

/** Until it holds; answers how many ms that took. Throws with what was waited for when the limit is over. */
export const untilHolds = async (what: string, holds: () => boolean | Promise<boolean>, msMax = waitMsMax): Promise<number> => {
  const sinceMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - sinceMs > msMax) throw new Error(`not within ${msMax} ms: ${what}`);
    await sleep(pollMs);
  }
  return performance.now() - sinceMs;
};

/** Until what is read is good; answers the last that was read when the limit is over, for the test to show it. */
export const untilGood = async <T>(read: () => T | Promise<T>, good: (value: T) => boolean, msMax = waitMsMax): Promise<T> => {
  for (const endMs = performance.now() + msMax; ; await sleep(pollMs)) {
    const value = await read();
    if (good(value) || performance.now() > endMs) return value;
  }
};

/** Medians, percentiles, and rounds that take turns, so that what else runs on the machine hits both sides alike. */

export const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
/** The value below which the share `p` (0 to 1) of the values lies. */
export const percentile = (values: readonly number[], p: number): number => {
  const all = sorted(values);
  return all[Math.min(all.length - 1, Math.floor(all.length * p))] ?? Number.NaN;
};
export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs both sides `rounds` times in turns, the first one changing each round; after one run of each that isn't counted. */
export const inTurns = async <T>(rounds: number, ours: () => Promise<T>, peer: () => Promise<T>): Promise<{ ours: T[]; peer: T[] }> => {
  const told = { ours: [] as T[], peer: [] as T[] };
  await ours();
  await peer();
  for (let i = 0; i < rounds; i++) {
    if (i % 2 === 0) {
      told.ours.push(await ours());
      told.peer.push(await peer());
    } else {
      told.peer.push(await peer());
      told.ours.push(await ours());
    }
  }
  return told;
};

/** How long `run` takes, ms. */
export const timed = async (run: () => unknown): Promise<number> => {
  const since = performance.now();
  await run();
  return performance.now() - since;
};

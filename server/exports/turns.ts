/** Long work in short turns: whatever walks rows lets the loop go on every few milliseconds, so that no acknowledgement waits for an export. */

/** how long one turn may run before others get theirs */
export const turnMsMax = 3;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Call it between two pieces of work: it waits for the next turn of the loop once this one has run long enough. */
export const turns = (): (() => Promise<void> | null) => {
  let since = performance.now();
  return () => {
    if (performance.now() - since < turnMsMax) return null;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
};

/** All of an iterable, a few milliseconds at a time. */
export const gathered = async <T>(items: Iterable<T>): Promise<T[]> => {
  const rest = turns();
  const all: T[] = [];
  for (const item of items) {
    all.push(item);
    const pause = rest();
    if (pause) await pause;
  }
  return all;
};

/** Lines of progress on stderr, only where the work takes long: the first after a second, then one about every second. */
const everyMs = 1_000;

/** Hears how far the work is, out of how much; `what` is said before the share. */
export const progressOf = (console: { err(line: string): void }, what: string, nowMs: () => number = Date.now): ((done: number, of: number) => void) => {
  let nextMs = nowMs() + everyMs;
  return (done, of) => {
    const now = nowMs();
    if (now < nextMs) return;
    nextMs = now + everyMs;
    console.err(`${what}: ${of > 0 ? Math.min(100, Math.floor((done * 100) / of)) : 100} % (${done.toLocaleString('en-US')} of ${of.toLocaleString('en-US')})`);
  };
};

/** Threads of this process for exports. */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { OpenThread } from './thread-pool.ts';

/** what the objects of one export may take, MiB; beyond it that export fails and nothing else */
export const threadHeapMiBMax = 512;
/** room for what lives a moment: small, so that garbage is reused and not gathered */
const youngMiBMax = 6;
/** how much it holds before it is gathered: a fold stays for as long as its export, and would be gone through again with every two MiB */
const oldMiBMin = 32;

/** Starts a worker thread on a file each time; it inherits how this process loads its sources. */
export const workerThreads =
  (file: URL): OpenThread =>
  (heard, ended) => {
    // these would be for the hub's own heap too, which was made at the start; the first would go before the limits of the thread's
    setFlagsFromString('--max-semi-space-size=0');
    setFlagsFromString(`--initial-old-space-size=${oldMiBMin}`);
    // what helps to gather a thread's garbage runs abreast of the hub, however far behind the thread itself is
    setFlagsFromString('--no-parallel-scavenge');
    // nor may others compile for it: it does that itself. A heap keeps what it was made with
    setFlagsFromString('--no-concurrent-recompilation');
    const worker = new Worker(file, { name: 'export', resourceLimits: { maxYoungGenerationSizeMb: youngMiBMax, maxOldGenerationSizeMb: threadHeapMiBMax } });
    const made = (): void => setFlagsFromString('--concurrent-recompilation');
    worker.once('online', made);
    worker.once('error', made);
    worker.on('message', heard);
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`exit ${code}`)));
    return { post: (message, transfer) => worker.postMessage(message, transfer), stop: () => void worker.terminate() };
  };

/** Threads of this process for exports. */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { OpenThread } from './exporter.ts';

/** what the objects of one export may take, MiB; beyond it that export fails and nothing else */
export const threadHeapMiBMax = 512;
/** room for what lives a moment: small, so that garbage is reused and not gathered */
const youngMiBMax = 6;

/** Starts a worker thread on a file each time; it inherits how this process loads its sources. */
export const workerThreads =
  (file: URL): OpenThread =>
  (heard, ended) => {
    // a flag for the hub's own heap, which was made at the start, would go before the limits of the thread's
    setFlagsFromString('--max-semi-space-size=0');
    const worker = new Worker(file, { name: 'export', resourceLimits: { maxYoungGenerationSizeMb: youngMiBMax, maxOldGenerationSizeMb: threadHeapMiBMax } });
    worker.on('message', heard);
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`exit ${code}`)));
    return { post: (message, transfer) => worker.postMessage(message, transfer), stop: () => void worker.terminate() };
  };

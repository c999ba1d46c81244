/** What runs in the thread of an export. */
import { parentPort } from 'node:worker_threads';
import type { FromThread } from './export-wire.ts';
import { serveExport } from './serve-export.ts';
import { stepBack } from './step-back.ts';

if (parentPort) {
  const why = stepBack();
  if (why !== null) parentPort.postMessage({ kind: 'abreast', why } satisfies FromThread);
  serveExport(parentPort);
}

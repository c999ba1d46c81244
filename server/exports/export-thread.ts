/** What runs in a thread for exports. It goes behind the others first: what it runs is loaded only then, which is the dearest part of a small export. */
import { parentPort } from 'node:worker_threads';
import type { FromThread } from './export-wire.ts';
import { stepBack } from './step-back.ts';

if (parentPort) {
  const why = stepBack();
  if (why !== null) parentPort.postMessage({ kind: 'abreast', why } satisfies FromThread);
  const { serveExport } = await import('./serve-export.ts');
  serveExport(parentPort);
}

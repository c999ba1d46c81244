/** What runs in the thread of an export. */
import { parentPort } from 'node:worker_threads';
import { serveExport } from './serve-export.ts';

if (parentPort) serveExport(parentPort);

/** A thread for exports that is none: the same two ends on one loop, over a real message channel. */
import { MessageChannel } from 'node:worker_threads';
import { serveExport } from '../../server/exports/serve-export.ts';
import type { OpenThread } from '../../server/exports/thread-pool.ts';

export const threadHere: OpenThread = (heard) => {
  const { port1, port2 } = new MessageChannel();
  serveExport(port2);
  port1.on('message', heard);
  return { post: (message, transfer) => port1.postMessage(message, transfer), stop: () => port1.close() };
};

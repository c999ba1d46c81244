/**
 * A build without the ways of Socket.IO that the pages never go: hub and pages speak over websockets alone, so that what polls and what
 * opens WebTransport is left out. A newer client that is laid out otherwise stops the build: nothing stays in unseen.
 */
import path from 'node:path';
import type { Plugin } from 'vite';

const ways = './transports/index.js';
const lean = '\0wire:websocket-only';

/** The plugin; only for what is built for the browser. */
export const leanWire = (): Plugin => {
  let client = false;
  let left = false;
  return {
    name: 'lean-wire',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: (e) => e.name === 'client',
    buildStart() {
      client = false;
      left = false;
    },
    resolveId(source, importer) {
      if (!importer || source !== ways || !importer.replaceAll(path.sep, '/').endsWith('/engine.io-client/build/esm/socket.js')) return null;
      left = true;
      return `${lean}:${path.join(path.dirname(importer), 'transports/websocket.js')}`;
    },
    load(id) {
      if (id.startsWith(`${lean}:`)) return `import { WS } from ${JSON.stringify(id.slice(lean.length + 1))}; export const transports = { websocket: WS };`;
      if (id.includes('/engine.io-client/')) client = true;
      return null;
    },
    buildEnd(error) {
      if (!error && client && !left) this.error(`lean-wire: nothing imports ${ways}`);
    },
  };
};

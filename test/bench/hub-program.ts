/**
 * The real hub on a real folder, with so many kiosks registered. Only its monotonic clock is not real: it runs 10,000 times faster, so that
 * the door's rate limit and the scans' cap are computed for every message and never reached; a single kiosk could not load it otherwise.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Hono } from 'hono';
import { pino } from 'pino';
import { passphraseCost, sha256 } from '../../server/access/secrets.ts';
import { MemoryShelf } from '../../server/access/shelf.ts';
import { workerThreads } from '../../server/exports/worker-thread.ts';
import { createHub } from '../../server/hub.ts';
import { openStorage } from '../../server/open-storage.ts';
import { nothingRecorded } from '../../server/packs/audio.ts';
import { findPacks } from '../../server/packs/installed.ts';
import { noModels } from '../../server/packs/models.ts';
import { projectRoot } from '../../server/packs/project-root.ts';
import { given, serve } from './program.ts';
import { benchShowcase, kioskToken, staffToken } from './sample.ts';

const clockFactor = 10_000;

export type HubGiven = { dataDir: string; kiosks: number; publicOrigin: string | null };
/** `startMs`, `startCpuMs`: from the process's start to listening, on the clock and of the processor. */
export type HubReady = { port: number; codes: string[]; startMs: number; startCpuMs: number; position: number };

/** What became of the hub while it was watched: its loop's delays, and its memory's peak over what it had at the beginning. */
export type Watched = { p99Ms: number; maxMs: number; extraMiB: number };
const delay = monitorEventLoopDelay({ resolution: 1 });
let rssBefore = 0;
let rssPeak = 0;
let looking: NodeJS.Timeout | undefined;
const watch = (): void => {
  rssBefore = process.memoryUsage.rss();
  rssPeak = rssBefore;
  looking = setInterval(() => {
    rssPeak = Math.max(rssPeak, process.memoryUsage.rss());
  }, 5);
  delay.reset();
  delay.enable();
};
const watched = (): Watched => {
  clearInterval(looking);
  delay.disable();
  return { p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6, extraMiB: (rssPeak - rssBefore) / 2 ** 20 };
};

const { dataDir, kiosks, publicOrigin } = given<HubGiven>();
const startMs = Date.now() - performance.now();
const store = await openStorage(dataDir, Date.now, () => undefined);
if ((await store.documents.read('register')).status === 'missing') {
  const devices = Array.from({ length: kiosks }, (_, i) => ({
    id: `bench-kiosk-${i}`,
    kind: 'kiosk',
    name: `kiosk ${i}`,
    showcase: benchShowcase,
    zone: 'living',
    point: null,
    tokenHash: sha256(kioskToken(i)),
    revoked: false,
  }));
  const accounts = [{ name: 'admin', role: 'admin', salt: 'unused', hash: 'unused' }];
  const tokens = [{ id: 'bench-staff', name: 'bench', role: 'admin', tokenHash: sha256(staffToken) }];
  await store.documents.write('register', { accounts, tokens, devices });
}
const hub = await createHub({
  ...store,
  checkpoints: store.documents,
  shelf: await MemoryShelf.open(store.documents, { nowMs: Date.now, monotonicMs: () => performance.now() }),
  crossing: null,
  packs: await findPacks(path.join(projectRoot(import.meta.dirname), 'content'), store.documents, (line) => process.stderr.write(`${line}\n`)),
  models: async () => noModels,
  recorded: async () => nothingRecorded,
  clock: { nowMs: () => Math.round(startMs + performance.now()), monotonicMs: () => performance.now() * clockFactor },
  log: pino({ level: 'error' }, pino.destination(2)),
  publicOrigin,
  linkHosts: [],
  pages: new Hono(),
  tls: null,
  watch: { everyMs: 2_000, freeShare: async () => null, probe: null, webhook: null },
  firstPassphrase: () => 'never used by the bench',
  passphraseCost,
  openThread: workerThreads(new URL('./export-thread.js', import.meta.url)),
});
hub.http.listen(0, '127.0.0.1');
await once(hub.http, 'listening');
const codes = hub.parts.library.links
  .all()
  .filter((l) => l.showcase === benchShowcase)
  .map((l) => l.code);
const startMsNow = performance.now();
const { user, system } = process.cpuUsage();
serve({ port: (hub.http.address() as AddressInfo).port, codes, startMs: startMsNow, startCpuMs: (user + system) / 1_000, position: store.journal.position } satisfies HubReady, {
  position: () => store.journal.position,
  watch,
  watched,
  stop: () => hub.close(),
});

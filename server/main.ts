/** The one file that reads the environment, picks the storage, opens the port and hears the signals. */
import { randomBytes } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createSecureContext } from 'node:tls';
import { type Logger, pino } from 'pino';
import { passphraseCost } from './access/secrets.ts';
import { MemoryShelf } from './access/shelf.ts';
import { type Config, readConfig, SettingFault } from './config.ts';
import { probeWaitMsMax } from './counting/relay-probe.ts';
import { folderReceiver, type Receiver, webhookReceiver } from './delivery/receivers.ts';
import { moveUnfinished, unfinishedText } from './documents/move-mark.ts';
import { workerThreads } from './exports/worker-thread.ts';
import { createHub, type Hub, type HubOptions } from './hub.ts';
import { JournalFault } from './journal/journal.ts';
import { type FolderLock, lockFolder } from './journal/lock.ts';
import { openDatabase } from './open-database.ts';
import { openStorage } from './open-storage.ts';
import { findAudio } from './packs/audio.ts';
import { findPacks } from './packs/installed.ts';
import { findModels } from './packs/models.ts';
import { projectRoot } from './packs/project-root.ts';
import type { Clock } from './parts/hub-parts.ts';
import { DatabaseFault } from './postgres/pool.ts';
import { progressOf } from './progress.ts';
import { pageRoutes } from './routes/pages.ts';
import { StartFault } from './start-state.ts';

const exit = { setting: 2, fault: 1, locked: 73 } as const;
/** a wall clock that parts from the steady one by more than this was set */
const clockStepMsMin = 2_000;
/** how often it is looked what needs attention */
const watchEveryMs = 2_000;
/** a stop takes at most this long, whatever is open */
const stopMsMax = 4_500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const leave = (code: number, line: string): never => {
  process.stderr.write(`harbourlight: ${line}\n`);
  process.exit(code);
};

const root = projectRoot(import.meta.dirname);

const readTls = async (tls: Config['tls']): Promise<{ cert: string; key: string } | null> => {
  if (!tls) return null;
  const read = (setting: string, file: string): Promise<string> =>
    readFile(file, 'utf8').catch(() => {
      throw new SettingFault(setting, 'must be a PEM file that can be read');
    });
  const pair = { cert: await read('TLS_CERT', tls.certFile), key: await read('TLS_KEY', tls.keyFile) };
  try {
    createSecureContext(pair);
  } catch {
    throw new SettingFault('TLS_CERT', 'must be a certificate in PEM, and TLS_KEY its own key');
  }
  return pair;
};

/** why a folder cannot be made, where its name is to blame */
const noFolder: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'ENOENT', 'ENAMETOOLONG', 'EACCES', 'EPERM']);

const lockData = async (dataDir: string): Promise<FolderLock> => {
  try {
    return await lockFolder(dataDir);
  } catch (error) {
    const cause = error instanceof JournalFault ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (noFolder.has(cause?.code ?? '')) throw new SettingFault('DATA_DIR', `must be a folder that this user may make and use (${cause?.code})`);
    throw error;
  }
};

/** The wall clock as it was at the start, moved on by a clock that never steps; where somebody sets the wall clock, it follows when asked. */
const steadyClock = (): Clock => {
  let startMs = Date.now() - performance.now();
  return {
    nowMs: () => Math.round(startMs + performance.now()),
    monotonicMs: () => performance.now(),
    stepped: () => {
      const byMs = Math.round(Date.now() - performance.now() - startMs);
      if (Math.abs(byMs) <= clockStepMsMin) return 0;
      startMs += byMs;
      return byMs;
    },
  };
};

/** connections not yet accepted: after a restart every kiosk comes at once, and one that finds the queue full knocks again only seconds later */
const connectsWaitingMax = 4_096;

const listen = (hub: Hub, config: Config): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    hub.http.once('error', reject);
    hub.http.listen({ port: config.port, host: config.host, backlog: connectsWaitingMax }, () => resolve(hub.http.address() as AddressInfo));
  });

type Store = Pick<HubOptions, 'journal' | 'documents' | 'checkpoints' | 'shelf' | 'crossing'> & { close(): Promise<void> };

const openStore = async (config: Config, dataDir: string, clock: Clock, log: Logger): Promise<Store> => {
  if (config.databaseUrl !== null) {
    const database = await openDatabase(config.databaseUrl, dataDir, log);
    return { ...database, crossing: database.crossing() };
  }
  const { journal, documents } = await openStorage(dataDir, clock.nowMs, (news) => log.warn(news, 'journal'));
  return { journal, documents, checkpoints: documents, shelf: await MemoryShelf.open(documents, clock), crossing: null, close: async () => undefined };
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(probeWaitMsMax) })).ok;
  } catch {
    return false; // no answer is an answer: the alert says so
  }
};

/** What the watch may reach for: the disk of the journal, and the two addresses that the operator configured. */
const watchOver = (config: Config, dataDir: string): HubOptions['watch'] => ({
  everyMs: watchEveryMs,
  // what a database's disk has left its own operator watches
  freeShare: async () => {
    if (config.databaseUrl !== null) return null;
    try {
      const { bavail, blocks } = await statfs(dataDir);
      return blocks > 0 ? bavail / blocks : null;
    } catch {
      return null;
    }
  },
  probe: config.publicOrigin === null ? null : answers,
  webhook: config.alertWebhook === null ? null : { url: config.alertWebhook, fetch, after: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()) },
});

/** Where the settings say that closed days go. */
const receiverOf = (deliver: Config['deliver']): Receiver | null =>
  deliver === null ? null : 'folder' in deliver ? folderReceiver(deliver.folder) : webhookReceiver(deliver.url, deliver.secret);

const start = async (config: Config): Promise<void> => {
  const tls = await readTls(config.tls);
  const log = pino({ level: config.logLevel, base: null }, pino.destination(2));
  const dataDir = path.resolve(config.dataDir);
  const lock = await lockData(dataDir);
  const clock = steadyClock();
  const store = await openStore(config, dataDir, clock, log);
  const { documents } = store;
  if (await moveUnfinished(documents)) throw new StartFault(unfinishedText);
  const content = path.join(root, 'content');
  const told = (line: string): void => void process.stderr.write(`harbourlight: ${line}\n`);
  const packs = await findPacks(content, documents, told);
  if (packs.length === 0) throw new StartFault('No content pack can be shown; see the lines above.');
  let made: string | null = null;
  const firstPassphrase = (): string => {
    made = config.adminPassphrase === null ? randomBytes(15).toString('base64url') : null;
    return made ?? (config.adminPassphrase as string);
  };
  const hub = await createHub({
    ...store,
    packs,
    models: (shown, sent) => findModels(content, shown, told, sent),
    recorded: (shown, sent) => findAudio(content, shown, told, sent),
    clock,
    log,
    publicOrigin: config.publicOrigin,
    linkHosts: config.linkHosts,
    pages: await pageRoutes(path.join(root, 'dist/web'), process.argv.includes('--dev')),
    tls,
    watch: watchOver(config, dataDir),
    firstPassphrase,
    passphraseCost,
    // beside this file where the hub is built, in its room among the sources
    openThread: workerThreads(new URL(import.meta.url.endsWith('.ts') ? './exports/source-thread.mjs' : './export-thread.js', import.meta.url)),
    receiver: receiverOf(config.deliver),
    counting: progressOf({ err: (line) => process.stderr.write(`harbourlight: ${line}\n`) }, 'counting what is recorded'),
  });
  const address = await listen(hub, config);
  const here = `${tls ? 'https' : 'http'}://${['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host}:${address.port}`;
  const lines = [`Harbourlight is ready. Kiosk ${here}/ · staff ${here}/staff/ · organisers ${here}/organiser/`];
  if (hub.first) {
    lines.push(`Pair the browser on this machine as the first kiosk (once): ${here}/#pair=${hub.first.pairSecret}`);
    if (made !== null) lines.push(`First administrator, shown once: name admin, passphrase ${made}`);
  }
  const stop = (): void => {
    setTimeout(() => process.exit(0), stopMsMax).unref();
    void hub
      .close()
      .then(() => store.close())
      .then(() => lock.release())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // what nobody foresaw is told and survived: the journal holds everything that was acknowledged
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled'));
  // last, so that who reads it can stop the hub cleanly at once; in one piece: who waits for the ready line has the rest with it
  say(lines.join('\n'));
};

try {
  await start(readConfig(process.env));
} catch (error) {
  if (error instanceof SettingFault) leave(exit.setting, error.message);
  else if (error instanceof JournalFault && error.code === 'locked') leave(exit.locked, 'another hub uses this data folder (DATA_DIR). Stop it first, or name another folder.');
  else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') leave(exit.fault, `PORT: the port is taken by another program.`);
  else if (['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'].includes((error as NodeJS.ErrnoException).code ?? '')) leave(exit.setting, 'HOST: must be an address of this machine.');
  else if ((error as NodeJS.ErrnoException).code === 'EACCES') leave(exit.fault, 'the data folder or the port may not be used by this user (EACCES).');
  else if (error instanceof StartFault || error instanceof DatabaseFault || error instanceof JournalFault) leave(exit.fault, error.message);
  else leave(exit.fault, `could not start: ${error instanceof Error ? error.message : String(error)}`);
}

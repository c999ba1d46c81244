/**
 * The hub: everything between the storage and the screens, made from what it is given. No globals, no environment, no clock of its own.
 * Start-up folds the journal's tail onto the last checkpoint, brings the journal up to date with the installed packs, and then listens.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Entry } from '../shared/entry.ts';
import type { Pack } from '../shared/pack.ts';
import { catalogueOf } from '../shared/report/catalogue.ts';
import { tallyFrameMs } from '../shared/wire-limits.ts';
import { LastHeard } from './access/last-heard.ts';
import { Pairings } from './access/pairings.ts';
import { Passphrases } from './access/passphrases.ts';
import { Register } from './access/register.ts';
import { PassphraseHashes } from './access/secrets.ts';
import { Sessions } from './access/sessions.ts';
import type { Shelf } from './access/shelf.ts';
import { type CheckpointStore, foldJournal } from './counting/checkpoint.ts';
import { keepCheckpoints } from './counting/checkpoint-keeper.ts';
import { Recorder } from './counting/recorder.ts';
import { Courier } from './delivery/courier.ts';
import type { Receiver } from './delivery/receivers.ts';
import type { Documents } from './documents/documents.ts';
import { Exporter } from './exports/exporter.ts';
import type { OpenThread } from './exports/thread-pool.ts';
import { isShared, type Journal } from './journal/journal.ts';
import type { Recorded } from './packs/audio.ts';
import type { FileSource } from './packs/files.ts';
import { Library } from './packs/library.ts';
import type { Link } from './packs/link-table.ts';
import type { Models } from './packs/models.ts';
import { SentPacks } from './packs/sent-packs.ts';
import { linksOf } from './packs/shown.ts';
import type { Clock, HubParts } from './parts/hub-parts.ts';
import { Metrics } from './parts/metrics.ts';
import { httpApp } from './routes/app.ts';
import type { HubEnv } from './routes/env.ts';
import { answered } from './routes/flow.ts';
import { Scans } from './routes/scans.ts';
import { type Crossing, openFloor } from './sockets/floor.ts';
import { refuseForeignUpgrades } from './sockets/foreign.ts';
import { definitions, readList, readRegister, StartFault, saveRegister } from './start-state.ts';
import { openWatch, type WatchOptions } from './watch.ts';

/** how often it is looked whether what was last heard of the kiosks is to be kept */
export const heardEveryMs = 10_000;
/** how often it is looked whether the wall clock was set */
export const clockWatchMs = 5_000;
export const headersTimeoutMs = 10_000;
export const requestTimeoutMs = 30_000;
/** how often it is looked for connections that send too slowly, in ms */
const connectionsCheckingInterval = 2_000;
export const adminName = 'admin';

export type HubOptions = {
  journal: Journal;
  documents: Documents;
  /** where this hub keeps its checkpoints: its own, also where the journal is shared */
  checkpoints: CheckpointStore;
  shelf: Shelf;
  /** how sockets of several hubs hear each other; null for one hub alone */
  crossing: Crossing | null;
  packs: readonly Pack[];
  /** the models of these packs; `sent` answers where a sent pack's own are */
  models(packs: readonly Pack[], sent?: (pack: Pack) => FileSource | null): Promise<Models>;
  /** the sentences that they bring as recordings */
  recorded(packs: readonly Pack[], sent?: (pack: Pack) => FileSource | null): Promise<Recorded>;
  clock: Clock;
  log: Logger;
  publicOrigin: string | null;
  linkHosts: readonly string[];
  /** the built pages */
  pages: Hono<HubEnv>;
  tls: { cert: string; key: string } | null;
  watch: WatchOptions;
  /** for the first administrator, used only when there is no account yet */
  firstPassphrase(): string;
  /** scrypt's N for every passphrase of this store */
  passphraseCost: number;
  /** starts a thread for an export */
  openThread: OpenThread;
  /** where closed days are delivered; none: nowhere */
  receiver?: Receiver | null;
  /** hears how far the start has counted what is recorded */
  counting?(position: number, of: number): void;
};

export type Hub = {
  http: HttpServer;
  parts: HubParts;
  /** of a first start: the administrator was made now, and this secret pairs the first kiosk once */
  first: { pairSecret: string } | null;
  /** Looks at once what needs attention, as it does by itself every so often. */
  look(): Promise<void>;
  /** Settles what was taken, writes a checkpoint, closes. */
  close(): Promise<void>;
};

/** Starts a hub on this storage. It does not listen yet: `hub.http.listen` does. Throws `StartFault` where a start would lose or hide something. */
export const createHub = async (options: HubOptions): Promise<Hub> => {
  const { journal, documents, checkpoints, packs, clock, log } = options;
  const folds = await foldJournal(journal, checkpoints, (position) => options.counting?.(position, journal.position));
  const { tally, admission } = folds;
  const metrics = new Metrics();
  const links = await linksOf(packs, await readList<Link>(documents, 'links', log), options.linkHosts, documents, log);
  const library = new Library(packs, links, await options.models(packs), await options.recorded(packs), options.publicOrigin);

  // what hears of entries is made after the recorder; while the hub starts nobody listens
  let folded: (entries: readonly Entry[], here: boolean) => void = () => undefined;
  let begunAnew: () => void = () => undefined;
  const recorder = new Recorder({
    journal,
    admission,
    tally,
    applied: (entries, here) => folded(entries, here),
    rebuild: async () => {
      log.warn('The shared store was put back to an older state: everything is folded anew, and the kiosks send again what it lost.');
      const fresh = await foldJournal(journal, null);
      Object.assign(tally, fresh.tally);
      Object.assign(admission, fresh.admission);
      begunAnew();
    },
    bug: (error) => {
      metrics.bugs.inc();
      log.error({ err: error }, 'a plan threw');
    },
  });
  const save = async (entry: Entry): Promise<boolean> => (await recorder.record(() => ({ entry, answer: null }))).ok;
  const define = async (): Promise<void> => {
    for (const entry of definitions(folds, library.packs, library.mode, clock.nowMs()))
      if (!(await save(entry))) log.warn('The journal cannot be written; counts are refused until it can.');
  };
  const sentPacks: SentPacks = new SentPacks({
    installed: packs,
    tally,
    documents,
    save: (name, make) => recorder.record(() => ({ entry: { kind: 'document.saved', receivedMs: clock.nowMs(), name, value: make() }, answer: null })),
    prepare: async (shown) => {
      const table = await linksOf(shown, library.links.all(), options.linkHosts, documents, log);
      const [models, recorded] = [await options.models(shown, sentPacks.filesOf), await options.recorded(shown, sentPacks.filesOf)];
      return () => library.show(shown, table, models, recorded);
    },
    decided: define,
    nowMs: clock.nowMs,
    warn: (line) => log.warn(line),
  });
  await sentPacks.follow();
  await define();

  const register = new Register(await readRegister(folds, documents, log), documents, (make) => saveRegister(recorder, make, clock.nowMs()));
  folded = (entries) => {
    for (const e of entries) if (e.kind === 'document.saved' && e.name === 'register') register.adopt(e.value);
  };
  const sessions = new Sessions(options.shelf, clock.nowMs);
  const pairings = new Pairings(options.shelf);
  const passphrases = new Passphrases(register, new PassphraseHashes(options.passphraseCost), clock.monotonicMs);
  let first: Hub['first'] = null;
  if (register.accounts.length === 0) {
    const hash = await passphrases.hash(options.firstPassphrase());
    if (hash && (await register.addAccount(adminName, 'admin', hash))) first = { pairSecret: pairings.offerFirst() };
    // another hub of the same store may have been first
    else if (register.accounts.length === 0) throw new StartFault('The first administrator could not be stored. Check the storage.');
  }

  const exporter = new Exporter(journal, options.openThread, (why) =>
    log.warn({ why }, 'exports cannot be given a lower priority on this machine; they run beside the kiosks at the same one'),
  );
  const parts = {
    clock,
    log,
    journal,
    recorder,
    tally,
    admission,
    register,
    sessions,
    passphrases,
    pairings,
    library,
    sentPacks,
    metrics,
    lastHeard: await LastHeard.open(checkpoints),
    exporter,
    secure: options.tls !== null,
  } as HubParts;
  const server = (options.tls ? createTlsServer({ ...options.tls, connectionsCheckingInterval }) : createServer({ connectionsCheckingInterval })) as HttpServer;
  const floor = openFloor(parts, server, options.crossing);
  const watch = openWatch(parts, options.publicOrigin, options.watch);
  parts.alerts = watch.alerts;
  folded = (entries, here) => {
    for (const e of entries) {
      if ('showcase' in e) floor.dirty(e.showcase);
      if (e.kind === 'day.closed') courier?.look();
      if (e.kind === 'document.saved' && e.name === 'register') for (const change of register.adopt(e.value)) floor.registered(change);
      if (e.kind === 'document.saved' && e.name === 'packs') void sentPacks.follow();
    }
    watch.heard(entries, here);
  };
  begunAnew = () => {
    for (const change of register.adopt(tally.documents.get('register'))) floor.registered(change);
    floor.greetAnew();
    void sentPacks.follow();
  };
  const { receiver = null } = options;
  const courier =
    receiver &&
    new Courier({
      exporter,
      recorder,
      tally,
      receiver,
      names: (showcase) => {
        const pack = library.pack(showcase);
        return pack ? catalogueOf(pack, library.packs) : null;
      },
      nowMs: clock.nowMs,
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        timer.unref();
        return () => clearTimeout(timer);
      },
      by: isShared(journal) ? `hub-${randomBytes(8).toString('hex')}` : 'hub',
      warn: (why, key) => log.warn({ why, key }, 'a closed day could not be delivered'),
    });
  courier?.look();
  const deaf = isShared(journal) ? journal.others((position) => recorder.catchUp(position)) : () => undefined;
  refuseForeignUpgrades(server);
  const scans = new Scans(parts);
  const app = httpApp(parts, options.pages, scans);
  const listener = getRequestListener(async (request, env) => answered(await app.fetch(request, env), env as HubEnv['Bindings']));
  server.on('request', (request, response) => {
    // those are answered by the sockets' own server
    if (!request.url?.startsWith('/socket.io/') && !scans.answers(request, response)) void listener(request, response);
  });
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  const ticking = setInterval(floor.tick, tallyFrameMs);
  const clockWatch = setInterval(() => {
    const byMs = clock.stepped?.() ?? 0;
    if (byMs === 0) return;
    log.warn({ byMs }, 'the wall clock of this machine was set; it is recorded, and every kiosk measures its own anew');
    void recorder.record(() => ({ entry: { kind: 'clock.stepped', receivedMs: clock.nowMs(), byMs }, answer: null }));
    floor.greetAnew();
  }, clockWatchMs);
  const keeping = keepCheckpoints({
    store: checkpoints,
    journal,
    recorder,
    folds,
    fromPosition: folds.from,
    failed: (err) => log.warn({ err }, 'a checkpoint could not be written'),
  });
  const hearing = setInterval(() => void parts.lastHeard.keep(floor.views(null)), heardEveryMs);

  const close = async (): Promise<void> => {
    clearInterval(ticking);
    watch.close();
    clearInterval(clockWatch);
    clearInterval(hearing);
    deaf();
    await courier?.close();
    exporter.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await recorder.settled();
    const heard = floor.views(null);
    floor.close();
    server.closeAllConnections();
    await recorder.settled();
    await keeping.close();
    await parts.lastHeard.keep(heard, 1);
    await closed;
    await documents.close();
    if (checkpoints !== documents) await checkpoints.close();
    await journal.close();
  };
  return { http: server, parts, first, look: watch.look, close };
};

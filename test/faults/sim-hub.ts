/**
 * The real hub of the simulation, life after life: FileJournal and LowDocuments on a disk that fails, foldJournal, Recorder, the kiosks'
 * handlers behind the real door. Only the sockets and what `createHub` wires are stood in for. A fall (kill, power cut) ends a life between
 * any two steps: nothing of it is heard any more, and the next life starts on what the disk kept.
 */
import { pino } from 'pino';
import type { Socket } from 'socket.io';
import type { Device } from '../../server/access/register.ts';
import { foldJournal, saveCheckpoint } from '../../server/counting/checkpoint.ts';
import type { Recorder } from '../../server/counting/recorder.ts';
import type { Folds } from '../../server/counting/replay.ts';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { FileJournal } from '../../server/journal/file-journal.ts';
import type { JournalNews } from '../../server/journal/file-journal-setup.ts';
import type { HubParts } from '../../server/parts/hub-parts.ts';
import { Metrics } from '../../server/parts/metrics.ts';
import { type Handler, openDoor } from '../../server/sockets/door.ts';
import type { KioskConnection } from '../../server/sockets/kiosk-asks.ts';
import type { Entry } from '../../shared/entry.ts';
import { refusal } from '../../shared/refusal.ts';
import { KIOSK_ASKS } from '../../shared/wire.ts';
import type { Chance } from './chance.ts';
import type { HubDoor } from './chaos-link.ts';
import { foldsOf, textOf } from './checker.ts';
import { type Coverage, hit } from './coverage.ts';
import type { FakeClock } from './fake-clock.ts';
import { FaultFs, type Operation } from './fault-fs.ts';
import { handlersWith, journalWith, recorderWith } from './hub-mistakes.ts';
import { type Ledger, showcase } from './ledger.ts';
import type { Mistake } from './mistakes.ts';

export const journalFolder = '/data/journal';
export const documentsFolder = '/data/documents';
const restartMs = 500;
/** so few that a day's checkpoints have whole parts */
const partEntries = 8;
/** `kill`: the process ends, the disk keeps what was written. `cut`: the power goes, the disk keeps what was synced and some of the rest. */
export type Fall = 'kill' | 'cut';
export type SimHubParts = { clock: FakeClock; chance: Chance; ledger: Ledger; coverage: Coverage; mistake: Mistake | null; segmentBytes: number };

type Life = { journal: FileJournal; documents: LowDocuments; folds: Folds; recorder: Recorder; handlers: { [event: string]: Handler<KioskConnection> } };
type Session = { life: number; say(event: string, payload: unknown): Promise<unknown> };
type RecordAsk = { events: { id: string; seq: number; kind: string; session?: string }[] };

const never = (): Promise<never> => new Promise(() => undefined);
const log = pino({ level: 'silent' });

export class SimHub implements HubDoor {
  /** the disk; another one after every fall */
  files = new FaultFs();
  /** its wall clock, which may be stepped; timers and the monotonic clock are the world's */
  readonly clock: ReturnType<FakeClock['device']>;
  /** how long the disk takes to sync */
  syncMs = 5;
  /** how often it says that it is busy */
  busy = 0;
  /** its folder was set back since it last started */
  wasSetBack = false;
  readonly #parts: SimHubParts;
  readonly #metrics = new Metrics();
  #lifeNumber = 0;
  #life: Life | null = null;
  #starting = false;
  #gone = new Set<() => void>();
  #keeping: Promise<void> = Promise.resolve();

  constructor(parts: SimHubParts) {
    this.#parts = parts;
    this.clock = parts.clock.device(0);
    this.#setDisk(this.files);
    this.#startLater(0);
  }

  get life(): Life | null {
    return this.#life;
  }

  get starting(): boolean {
    return this.#starting;
  }

  // -- what kiosks see

  accept(token: string, gone: () => void): object | null {
    const life = this.#life;
    if (!life) return null;
    this.#gone.add(gone);
    const device: Device = { id: token, kind: 'kiosk', name: token, showcase, zone: 'hall', point: null, tokenHash: '', revoked: false };
    const connection: KioskConnection = { device, offsetMs: 0, greeted: false, heardMs: this.clock.nowMs(), last: null };
    let heard: (event: string, payload: unknown, ack: (answer: unknown) => void) => void = () => undefined;
    const socket = {
      on: () => undefined,
      onAny: (listener: typeof heard) => {
        heard = listener;
      },
      disconnect: () => gone(),
    };
    openDoor(socket as unknown as Socket, connection, {
      asks: KIOSK_ASKS,
      handlers: life.handlers,
      may: () => true,
      monotonicMs: () => this.clock.monotonicMs(),
      refused: (code) => this.#refused(code),
      bug: (error) => this.#parts.ledger.violate(`a handler threw: ${String(error)}`),
    });
    return { life: this.#lifeNumber, say: (event, payload) => new Promise((resolve) => heard(event, payload, resolve)) } satisfies Session;
  }

  async ask(session: object, event: string, payload: unknown): Promise<unknown> {
    const { life, say } = session as Session;
    if (life !== this.#lifeNumber) return never();
    const { events } = payload as RecordAsk;
    if (event === 'record') {
      this.#parts.ledger.heard(events);
      if (this.#parts.chance.hits(this.busy)) {
        hit(this.#parts.coverage, 'hub busy');
        return { ok: false, error: refusal('busy', 'The hub is busy.', { retryAfterMs: 300 }) };
      }
    }
    const answer = (await say(event, payload)) as { ok: boolean; through: number; verdict: string };
    if (life !== this.#lifeNumber) return never();
    if (event === 'hello' && answer.ok && answer.verdict !== 'ok') hit(this.#parts.coverage, 'stream moved to a new epoch');
    if (event === 'record' && answer.ok) this.#parts.ledger.acked(events, answer.through);
    return answer;
  }

  // -- what befalls it

  /** The life ends here; the next one begins after a while. `change` may exchange what is on the disk meanwhile. */
  fall(fall: Fall, downMs: number, change: (files: FaultFs) => FaultFs = (files) => files): void {
    const { chance, coverage } = this.#parts;
    if (this.files.paths().some((p) => p.endsWith('.kj.tmp'))) hit(coverage, 'rotation cut in half');
    if (this.#starting) hit(coverage, 'killed while starting');
    const after = fall === 'kill' ? this.files.kill() : this.files.cut(chance.below(1 << 30), chance.hits(0.5));
    this.#end();
    this.#setDisk(change(after));
    this.#startLater(downMs);
  }

  /** As SIGTERM does it: what was taken is settled, a checkpoint written, all closed. */
  async stop(downMs: number): Promise<void> {
    const life = this.#life;
    const number = this.#lifeNumber;
    if (!life) return;
    this.#breakAll();
    await life.recorder.settled();
    await this.keep();
    await life.documents.close();
    await life.journal.close();
    // it may have fallen while it stopped
    if (number === this.#lifeNumber) this.fall('kill', downMs);
  }

  /** The next operation of this kind (any, if null), or the n-th of them, is where it falls. */
  fallAt(fall: Fall, n: number, only: Operation | null, downMs: number): void {
    const files = this.files;
    let left = n;
    files.begins = (op) => {
      if ((only !== null && op !== only) || --left > 0) return;
      files.begins = null;
      if (files !== this.files) return;
      hit(this.#parts.coverage, fall === 'cut' ? 'power cut at any operation' : 'killed between write and sync');
      this.fall(fall, downMs);
    };
  }

  /** Somebody looks at the live figures. */
  read(): void {
    if (this.#life) this.#parts.ledger.read(this.#life.folds.tally);
  }

  /** Writes a checkpoint, as `createHub` does. */
  keep(): Promise<void> {
    const life = this.#life;
    const { coverage } = this.#parts;
    if (!life) return Promise.resolve();
    this.#keeping = this.#keeping
      .then(() => life.recorder.atRest(() => saveCheckpoint(life.documents, life.journal, life.folds, partEntries)))
      .then(
        () => hit(coverage, 'checkpoint written'),
        () => hit(coverage, 'checkpoint not written'),
      );
    return this.#keeping;
  }

  /** All entries, read without any fault. */
  entries(): Promise<Entry[]> {
    return this.#life ? this.#entriesOf(this.#life.journal) : Promise.resolve([]);
  }

  /** What its disk takes and gives is right from now on. */
  heal(): void {
    this.syncMs = 2;
    this.busy = 0;
    this.files.heal();
    this.files.begins = null;
    this.files.full = false;
    this.files.readOnly = false;
  }

  // -- its lives

  #end(): void {
    this.#lifeNumber++;
    this.#life = null;
    this.#starting = false;
    this.#keeping = Promise.resolve();
    this.files.begins = null;
    this.files.stopAt(0);
    this.#breakAll();
  }

  #breakAll(): void {
    const gone = this.#gone;
    this.#gone = new Set();
    for (const tell of gone) tell();
  }

  #setDisk(files: FaultFs): void {
    const { coverage, clock, chance } = this.#parts;
    files.full = this.files.full;
    files.readOnly = this.files.readOnly;
    files.slow = () => clock.sleep(this.syncMs * chance.next());
    files.failed = (failure, op) => {
      hit(coverage, 'operation failed');
      if (failure === 'short' && op === 'write') hit(coverage, 'short write');
      else if (op === 'datasync') hit(coverage, 'sync failed');
      else if (op === 'write') hit(coverage, 'write failed');
      else if ((op === 'read' || op === 'open' || op === 'list') && this.#starting) hit(coverage, 'read failed at a start');
    };
    this.files = files;
  }

  #startLater(ms: number): void {
    const number = this.#lifeNumber;
    this.#parts.clock.after(ms, () => {
      if (number === this.#lifeNumber) void this.#start(number);
    });
  }

  async #start(number: number): Promise<void> {
    const { coverage } = this.#parts;
    this.#starting = true;
    try {
      const life = await this.#begin(number);
      if (number !== this.#lifeNumber) return;
      this.#life = life;
      this.#starting = false;
    } catch (error) {
      if (number !== this.#lifeNumber) return;
      // nothing here ever damages what was synced: only the disk of the moment may keep it from starting
      const code = (error as { code?: string }).code ?? '';
      if (!['storage_full', 'storage_failed'].includes(code)) this.#parts.ledger.violate(`it does not start: ${String(error)}`);
      hit(coverage, 'hub refused to start');
      this.#starting = false;
      this.fall('kill', restartMs);
    }
  }

  async #begin(number: number): Promise<Life> {
    const { clock, chance, coverage, ledger, mistake, segmentBytes } = this.#parts;
    const { files } = this;
    const journal = await FileJournal.open({
      folder: journalFolder,
      files,
      segmentBytes,
      nowMs: () => this.clock.nowMs(),
      random: (bytes) => chance.bytes(new Uint8Array(bytes)),
      after: (ms, run) =>
        clock.after(ms, () => {
          if (number === this.#lifeNumber) run();
        }),
      news: (news) => {
        if (number === this.#lifeNumber) this.#news(news);
      },
    });
    const documents = await LowDocuments.open({ files, folder: documentsFolder });
    const folds = await foldJournal(journal, documents);
    if (number !== this.#lifeNumber) return never();
    if (folds.from > 0) hit(coverage, 'checkpoint used');
    const entries = await this.#entriesOf(journal);
    if (textOf({ tally: folds.tally, admission: folds.admission }) !== textOf(foldsOf(entries))) ledger.violate(`folded from ${folds.from} is not folded from zero`);
    ledger.restarted(entries, this.wasSetBack);
    ledger.read(folds.tally);
    this.wasSetBack = false;
    const recorder = recorderWith(mistake, {
      journal: journalWith(mistake, journal),
      admission: folds.admission,
      tally: folds.tally,
      applied: () => {
        if (number === this.#lifeNumber) ledger.read(folds.tally);
      },
      bug: (error) => ledger.violate(`a plan threw: ${String(error)}`),
    });
    const parts = {
      clock: this.clock,
      log,
      admission: folds.admission,
      metrics: this.#metrics,
      recorder,
      library: { content: () => null },
      floor: { changed: () => undefined, tellStanding: () => undefined },
    } as unknown as HubParts;
    return { journal, documents, folds, recorder, handlers: handlersWith(mistake, parts) };
  }

  async #entriesOf(journal: FileJournal): Promise<Entry[]> {
    const entries: Entry[] = [];
    this.files.calm = true;
    try {
      for await (const chunk of journal.read(0)) entries.push(...chunk.entries);
    } finally {
      this.files.calm = false;
    }
    return entries;
  }

  #news(news: JournalNews): void {
    const { coverage, ledger } = this.#parts;
    if (news.kind === 'torn-tail') hit(coverage, 'torn tail');
    else if (news.kind === 'finding') ledger.violate(`the journal finds damage: ${news.finding.what}`);
    else if (news.kind === 'slow-sync') hit(coverage, 'slow sync');
  }

  #refused(code: string): void {
    const { coverage, ledger } = this.#parts;
    if (code === 'seq_gap') hit(coverage, 'gap found');
    else if (code === 'stream_diverged') hit(coverage, 'fork found');
    else if (code.startsWith('storage_') || code === 'read_only') hit(coverage, 'event refused for lack of storage');
    else if (code === 'busy') hit(coverage, 'hub busy');
    else if (!['hello_first', 'rate_limited'].includes(code)) ledger.violate(`refused as ${code}`);
  }
}

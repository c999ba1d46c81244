/**
 * A kiosk reduced to its duty: it numbers events, sends them until they are acknowledged, and comes back when the line is cut. It keeps
 * everything it ever sent, so that a test can ask what became of it; limit: some 100,000 events a kiosk.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { RecordAnswer } from '../../shared/streams.ts';
import type { Answer, HelloAnswer } from '../../shared/wire.ts';
import { kioskToken, randomId } from './seeded-folder.ts';

const answerWaitMsMax = 4_000;
const returnMsMin = 60;
const returnMsSpread = 240;

export type SendingOptions = {
  origin: string;
  index: number;
  batchEvents: number /** between two batches */;
  restMs: number;
  answerWaitMs?: number /** the spread of the wait before it comes back */;
  returnMs?: number;
};

export class SendingKiosk {
  readonly #options: SendingOptions;
  readonly epoch: string;
  readonly #ids: string[];
  #going = true;
  #tries = 0;
  #running: Promise<void> | null = null;
  acked = 0;
  connects = 0;
  /** when the hub first greeted it, and when everything was acknowledged; wall clock */
  greetedMs: number | null = null;
  doneMs: number | null = null;
  /** acknowledged events at each connection's end */
  readonly progress: number[] = [];
  readonly refusals = new Map<string, number>();
  /** the longest from a batch sent to its acknowledgement, ms */
  slowestAckMs = 0;
  readonly verdicts = new Set<string>();

  constructor(options: SendingOptions, from: { epoch: string; ids: string[] } = { epoch: randomId(), ids: [] }) {
    this.#options = options;
    this.epoch = from.epoch;
    this.#ids = from.ids;
  }

  /** Another browser with a copy of this one's storage: the same stream, the same events. */
  twin(): SendingKiosk {
    return new SendingKiosk(this.#options, { epoch: this.epoch, ids: [...this.#ids] });
  }

  /** Ids acknowledged so far: these may never be missing. */
  get ackedIds(): readonly string[] {
    return this.#ids.slice(0, this.acked);
  }

  /** Every id that was ever numbered. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Begins to send; `events` numbers that many at once and stops when they are acknowledged. */
  start(events?: number): void {
    if (events !== undefined) while (this.#ids.length < events) this.#ids.push(randomId());
    this.#running = this.#run(events !== undefined);
  }

  /** Numbers nothing more, and resolves once everything numbered is acknowledged. */
  async finish(): Promise<void> {
    this.#going = false;
    await this.#running;
  }

  async #run(fixed: boolean): Promise<void> {
    if (fixed) this.#going = false;
    while (this.#going || this.acked < this.#ids.length) {
      const before = this.acked;
      const socket = await this.#connect();
      if (socket) {
        this.connects++;
        await this.#serve(socket);
        socket.disconnect();
        this.progress.push(this.acked - before);
      }
      if (this.#going || this.acked < this.#ids.length) await sleep(returnMsMin + ((this.#options.index * 37 + ++this.#tries * 613) % (this.#options.returnMs ?? returnMsSpread)));
    }
    this.doneMs = Date.now();
  }

  async #connect(): Promise<Socket | null> {
    const { origin, index } = this.#options;
    const socket = io(`${origin}/kiosk`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: answerWaitMsMax,
      auth: { token: kioskToken(index), wire: 1 },
    });
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('connect_error', () => resolve(false));
      socket.once('disconnect', () => resolve(false));
    });
    if (!connected) socket.disconnect();
    return connected ? socket : null;
  }

  async #ask<T>(socket: Socket, event: string, payload: object): Promise<Answer<T> | null> {
    let cut: () => void = () => undefined;
    const gone = new Promise<null>((resolve) => {
      cut = () => resolve(null);
    });
    socket.once('disconnect', cut);
    const answered: Promise<Answer<T> | null> = socket
      .timeout(this.#options.answerWaitMs ?? answerWaitMsMax)
      .emitWithAck(event, payload)
      .catch(() => null);
    const answer = socket.connected ? await Promise.race([answered, gone]) : null;
    socket.off('disconnect', cut);
    return answer;
  }

  async #serve(socket: Socket): Promise<void> {
    const { batchEvents, restMs } = this.#options;
    const lastId = this.#ids[this.acked - 1];
    const hello = await this.#ask<HelloAnswer>(socket, 'hello', { epoch: this.epoch, last: lastId === undefined ? null : { seq: this.acked, id: lastId }, nowMs: Date.now() });
    if (!hello?.ok) return;
    this.verdicts.add(hello.verdict);
    this.greetedMs ??= Date.now();
    while (socket.connected) {
      if (this.#going && this.#ids.length - this.acked < batchEvents) for (let n = 0; n < batchEvents; n++) this.#ids.push(randomId());
      const ids = this.#ids.slice(this.acked, this.acked + batchEvents);
      if (ids.length === 0) return;
      const from = this.acked;
      const sentMs = performance.now();
      const answer = await this.#ask<RecordAnswer>(socket, 'record', { epoch: this.epoch, events: ids.map((id, i) => eventOf(id, from + i + 1)) });
      if (!answer) return;
      if (answer.ok) {
        this.slowestAckMs = Math.max(this.slowestAckMs, performance.now() - sentMs);
        this.acked = answer.through;
        if (restMs > 0) await sleep(restMs);
      } else {
        this.refusals.set(answer.error.code, (this.refusals.get(answer.error.code) ?? 0) + 1);
        if (answer.error.retryAfterMs === undefined) return;
        await sleep(answer.error.retryAfterMs);
      }
    }
  }
}

const eventOf = (id: string, seq: number): object => ({
  seq,
  id,
  atMs: Date.now(),
  session: `session-of-tests-${seq >> 4}`,
  ...(seq % 16 === 1 ? { kind: 'session.started', lang: 'en' } : { kind: 'project.opened', project: 'iam-smart', via: 'hill' }),
});

/** So many kiosks that send small batches. */
export const startKiosks = (origin: string, count: number, more: Partial<SendingOptions> = {}): SendingKiosk[] =>
  Array.from({ length: count }, (_, index) => {
    const kiosk = new SendingKiosk({ origin, index, batchEvents: 5, restMs: 20, ...more });
    kiosk.start();
    return kiosk;
  });

export type Ledger = { lost: string[]; twice: string[]; acked: number };

/** What the journal's counts say against what was acknowledged: both lists must be empty. */
export const compare = (kiosks: readonly SendingKiosk[], counted: ReadonlyMap<string, number>): Ledger => {
  const acked = kiosks.flatMap((k) => k.ackedIds);
  return { lost: acked.filter((id) => !counted.has(id)), twice: [...counted].filter(([, n]) => n > 1).map(([id]) => id), acked: acked.length };
};

/**
 * A kiosk without a screen: numbers its planned events in its stream, keeps them until they are acknowledged, and has the misfortunes of a
 * real one: its network goes, answers get lost, batches go out twice, its clock is wrong, its storage falls back to an older copy.
 * Limit: it keeps a day's events in memory, about 20,000 at most.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { idSchema } from '../../shared/id-schema.ts';
import type { Random } from '../../shared/random.ts';
import type { RecordAnswer } from '../../shared/streams.ts';
import type { Answer, HelloAnswer } from '../../shared/wire.ts';
import { heartbeatMs } from '../../shared/wire-limits.ts';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import type { SimulatedHub } from './simulate-hub.ts';
import type { Pace } from './simulate-pace.ts';
import type { KioskPlan, PlannedEvent } from './simulate-plan.ts';

export const batchMax = 200;
export const answerWaitMsMax = 4_000;
const reconnectMsMin = 100;
const reconnectMsMax = 900;
const idleMs = 40;
const lostAnswerShare = 0.04;
const duplicateShare = 0.03;

export type KioskAccount = {
  batches: number;
  events: number;
  rejectsSent: number;
  lostAnswers: number;
  duplicates: number;
  misses: number;
  outages: number;
  fallbacks: number;
  epochs: number;
  verdicts: { ok: number; behind: number; diverged: number };
  problems: string[];
};

export const emptyKioskAccount = (): KioskAccount => ({
  batches: 0,
  events: 0,
  rejectsSent: 0,
  lostAnswers: 0,
  duplicates: 0,
  misses: 0,
  outages: 0,
  fallbacks: 0,
  epochs: 0,
  verdicts: { ok: 0, behind: 0, diverged: 0 },
  problems: [],
});

type Place = { seq: number; event: PlannedEvent };
type Batch = { epoch: string; places: readonly Place[]; after?: string };
/** What is on the kiosk's disk. */
type Stored = { epoch: string; kept: Place[]; acked: number; last: { seq: number; id: string } | null };
type Parts = { hub: SimulatedHub; token: string; plan: KioskPlan; pace: Pace; random: Random; epochId(): string; account: KioskAccount };

export class SimulatedKiosk {
  readonly #parts: Parts;
  #stored: Stored;
  #recorded = 0;
  #copy: Stored | null = null;
  #fellBack = false;
  #outagesLeft: { fromMs: number; toMs: number }[];
  /** goes out again, unchanged, before anything else */
  #unanswered: Batch | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#outagesLeft = [...parts.plan.outages];
    this.#stored = { epoch: this.#nextEpoch(), kept: [], acked: 0, last: null };
  }

  /** Plays the day. Resolves when every event is acknowledged; throws `CommandFault` where the hub stays away. */
  async run(): Promise<void> {
    const { hub, random } = this.#parts;
    while (!this.#done) {
      await this.#sitOutOutage();
      const socket = await this.#connect();
      if (socket) {
        const beating = setInterval(() => this.#beat(socket), heartbeatMs);
        try {
          await this.#serve(socket);
        } finally {
          clearInterval(beating);
          socket.disconnect();
        }
      } else hub.checkAway();
      if (!this.#done) await sleep(random.between(reconnectMsMin, reconnectMsMax));
    }
  }

  get #done(): boolean {
    return this.#recorded === this.#parts.plan.events.length && this.#waiting === 0 && this.#unanswered === null;
  }

  get #waiting(): number {
    return this.#stored.kept.length - this.#stored.acked;
  }

  #nextEpoch(): string {
    this.#parts.account.epochs++;
    return this.#parts.epochId();
  }

  /** Puts what has happened by now on the kiosk's disk. */
  #record(): void {
    const { plan, pace } = this.#parts;
    const nowMs = pace.nowMs();
    for (let e = plan.events[this.#recorded]; e && e.atMs <= nowMs; e = plan.events[this.#recorded]) {
      this.#stored.kept.push({ seq: this.#stored.kept.length + 1, event: e });
      this.#recorded++;
    }
  }

  get #outage(): { fromMs: number; toMs: number } | undefined {
    const next = this.#outagesLeft[0];
    return next && next.fromMs <= this.#parts.pace.nowMs() ? next : undefined;
  }

  async #sitOutOutage(): Promise<void> {
    const outage = this.#outage;
    if (!outage) return;
    this.#outagesLeft.shift();
    this.#parts.account.outages++;
    await this.#parts.pace.until(outage.toMs);
  }

  async #connect(): Promise<Socket | null> {
    const { hub, token } = this.#parts;
    const socket = io(`${hub.origin}/kiosk`, { transports: ['websocket'], reconnection: false, forceNew: true, timeout: answerWaitMsMax, auth: { token, wire: WIRE_VERSION } });
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('connect_error', () => resolve(false));
      // the hub was gone before it let the kiosk in
      socket.once('disconnect', () => resolve(false));
    });
    if (connected) return socket;
    socket.disconnect();
    return null;
  }

  /** Null: no answer came, and this connection is given up. */
  async #ask<T>(socket: Socket, event: string, payload: object): Promise<Answer<T> | null> {
    let cut: () => void = () => undefined;
    const gone = new Promise<null>((resolve) => {
      cut = () => resolve(null);
    });
    socket.once('disconnect', cut);
    const answered: Promise<Answer<T> | null> = socket
      .timeout(answerWaitMsMax)
      .emitWithAck(event, payload)
      .catch(() => null);
    const answer = socket.connected ? await Promise.race([answered, gone]) : null;
    socket.off('disconnect', cut);
    if (answer) this.#parts.hub.heard();
    else this.#parts.account.misses++;
    return answer;
  }

  #beat(socket: Socket): void {
    const waiting = this.#waiting;
    const first = this.#stored.kept[this.#stored.acked];
    const beat = { waiting, oldestMs: first ? Math.round(first.event.atMs) : null, screen: 'attract', fps: 60, heapBytes: null, pack: null, faults: [] };
    if (socket.connected) socket.emit('heartbeat', beat, () => this.#parts.hub.heard());
  }

  async #greet(socket: Socket): Promise<boolean> {
    const { plan, account } = this.#parts;
    for (;;) {
      const answer = await this.#ask<HelloAnswer>(socket, 'hello', { epoch: this.#stored.epoch, last: this.#stored.last, nowMs: Date.now() + plan.clockWrongMs });
      if (!answer) return false;
      if (!answer.ok) {
        await sleep(answer.error.retryAfterMs ?? reconnectMsMax);
        return false;
      }
      account.verdicts[answer.verdict]++;
      if (answer.verdict === 'ok') return true;
      this.#adoptEpoch();
    }
  }

  /** Everything kept goes out again under a new epoch, ids unchanged. */
  #adoptEpoch(): void {
    this.#unanswered = null;
    this.#stored = { epoch: this.#nextEpoch(), kept: this.#stored.kept, acked: 0, last: null };
  }

  async #serve(socket: Socket): Promise<void> {
    this.#beat(socket);
    if (!(await this.#greet(socket))) return;
    while (socket.connected && !this.#outage) {
      this.#record();
      if (this.#fallBack()) return;
      const batch = this.#unanswered ?? this.#next();
      if (!batch) {
        if (this.#done) return;
        await sleep(idleMs);
        continue;
      }
      if (!(await this.#send(socket, batch))) return;
    }
  }

  #next(): Batch | null {
    const { kept, acked, epoch, last } = this.#stored;
    if (acked === kept.length) return null;
    return { epoch, places: kept.slice(acked, acked + batchMax), ...(last?.seq === acked && { after: last.id }) };
  }

  /** One batch, once. False: say hello again, or connect anew. */
  async #send(socket: Socket, batch: Batch): Promise<boolean> {
    const { account, random } = this.#parts;
    this.#unanswered = batch;
    const answer = await this.#put(socket, batch);
    if (!answer) return false;
    if (!answer.ok) return this.#refused(answer.error);
    this.#check(batch, answer);
    if (random.hits(lostAnswerShare)) {
      // as if it had not come: the same batch goes out again
      account.lostAnswers++;
      return true;
    }
    this.#unanswered = null;
    this.#stored.acked = (batch.places.at(-1) as Place).seq;
    // what is malformed on purpose may have no id that could be named
    const named = batch.places.findLast((p) => idSchema.safeParse(p.event.body.id).success);
    if (named) this.#stored.last = { seq: named.seq, id: named.event.body.id };
    if (!random.hits(duplicateShare)) return true;
    account.duplicates++;
    const again = await this.#put(socket, batch);
    if (again?.ok) this.#check(batch, again);
    return again !== null;
  }

  #put(socket: Socket, { epoch, places, after }: Batch): Promise<Answer<RecordAnswer> | null> {
    const { account, plan } = this.#parts;
    account.batches++;
    account.events += places.length;
    account.rejectsSent += places.filter((p) => p.event.malformed).length;
    const events = places.map(({ seq, event }) => ({ seq, atMs: event.atMs + plan.clockWrongMs, ...event.body }));
    return this.#ask<RecordAnswer>(socket, 'record', { epoch, events, after });
  }

  /** An answer must cover the whole batch and refuse exactly what is malformed in it. */
  #check(batch: Batch, { through, rejected }: RecordAnswer): void {
    const meant = batch.places.filter((p) => p.event.malformed).map((p) => p.seq);
    const told = rejected.map((r) => r.seq);
    if (through !== batch.places.at(-1)?.seq || meant.join() !== told.join())
      this.#parts.account.problems.push(
        `${this.#parts.plan.kiosk}: through ${through}, rejected ${told.join() || 'none'}; meant ${batch.places.at(-1)?.seq}, ${meant.join() || 'none'}`,
      );
  }

  async #refused(error: { code: string; retryAfterMs?: number }): Promise<boolean> {
    if (error.code === 'stream_diverged') {
      this.#parts.account.verdicts.diverged++;
      this.#adoptEpoch();
      return false;
    }
    if (error.code === 'seq_gap') {
      // what the hub lacks and this kiosk believes acknowledged: hello will say `behind`
      this.#unanswered = null;
      return false;
    }
    if (error.retryAfterMs === undefined && error.code !== 'hello_first') this.#parts.account.problems.push(`${this.#parts.plan.kiosk}: a batch was refused: ${error.code}`);
    await sleep(error.retryAfterMs ?? reconnectMsMax);
    return error.retryAfterMs !== undefined;
  }

  /**
   * Makes the copy, and later falls back to it, once the hub has more than that. What was not acknowledged by then is recorded anew, so that
   * nothing is lost that nobody could count.
   */
  #fallBack(): boolean {
    const { plan, pace, account } = this.#parts;
    if (!plan.fallback || this.#fellBack) return false;
    if (!this.#copy) {
      if (pace.nowMs() >= plan.fallback.copyMs && this.#stored.last) this.#copy = { ...this.#stored, kept: [...this.#stored.kept] };
      return false;
    }
    const { epoch, kept, acked } = this.#stored;
    if (pace.nowMs() < plan.fallback.backMs || epoch !== this.#copy.epoch || acked <= this.#copy.kept.length) return false;
    const again = [...this.#copy.kept, ...kept.slice(acked)].map((place, i) => ({ seq: i + 1, event: place.event }));
    this.#stored = { ...this.#copy, kept: again };
    this.#unanswered = null;
    this.#fellBack = true;
    account.fallbacks++;
    return true;
  }
}

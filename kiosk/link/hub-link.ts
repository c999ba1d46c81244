/**
 * Brings the outbox to the hub: hello on every connection for every epoch, then one batch after the other, each answered before the next:
 * what happens now, and a backlog in the gaps. An answer counts only on the connection it was asked on. One that does not come within
 * `answerWaitMsMax` means offline: the connection is given up and the same batch goes out again on the next one. A batch that is missed
 * twice is made smaller, as is the one after a slow answer.
 */
import { offsetOf } from '../../shared/clock-offset.ts';
import { type Command, type CommandAnswer, readCommand } from '../../shared/command.ts';
import type { Answer, Heartbeat, HelloAnswer, PublicTally } from '../../shared/wire.ts';
import { faultsMax, heartbeatMs } from '../../shared/wire-limits.ts';
import { WIRE_VERSION_AFTER } from '../../shared/wire-version.ts';
import { type Read, readHeartbeat, readHello, readRecorded } from './answers.ts';
import { type Clock, jitteredMs, type RandomBytes } from './clock.ts';
import { heartbeatOf, type Status } from './heartbeat.ts';
import { type Batch, type Lane, type Outbox, sentBytesMax } from './outbox.ts';
import type { Wire } from './wire.ts';

export const answerWaitMsMax = 4_000;
/** between two batches of a backlog: the page breathes, and the hub's rate limit is kept */
export const backlogPauseMs = 20;
/** how long a batch's answer may take before the next one is made smaller; well within `answerWaitMsMax` with a heartbeat behind it */
const answerGoalMs = 1_000;
const retryMs = 2_000;
/** gaps in a row after which a fresh epoch is tried: greeting anew did not help */
const gapsMax = 3;
/** a slow network's batches shrink to this, or to one event */
const sentBytesMin = 1_024;

/** a fault is told for this long after it last happened */
const faultKeepMs = 10 * 60_000;

export type HubLinkParts = {
  wire: Wire;
  outbox: Outbox;
  clock: Clock;
  random: RandomBytes;
  status(): Status;
  changed(): void;
  command(command: Command): Promise<CommandAnswer | undefined>;
  tally(tally: PublicTally): void;
  /** where the hub says that this device stands */
  placed(place: Pick<HelloAnswer, 'device' | 'showcase' | 'zone'>): void;
};

export class HubLink {
  #connection = 0;
  readonly #parts: HubLinkParts;
  /** with when each may be forgotten, by the monotonic clock */
  readonly #faults = new Map<string, number>();
  readonly #timers = new Set<() => void>();
  #online = false;
  #closed = false;
  #offsetMs = 0;
  /** the version that the hub said it speaks, as last greeted */
  #hubWire = 1;
  #pumping: number | null = null;
  #wanted = false;
  #bytesMax = sentBytesMax;
  #inFlight: Batch | null = null;
  #lastLane: Lane = 'backlog';
  /** by the monotonic clock: the hub had no place for a backlog batch before this */
  #backlogFromMs = 0;
  #missedInARow = 0;
  #gapsInARow = 0;

  constructor(parts: HubLinkParts) {
    this.#parts = parts;
    parts.wire.on({
      up: () => this.#run(++this.#connection, (c) => this.#greet(c)),
      down: () => this.#down(),
      refused: (code) => this.#fault(`refused_${code}`),
      command: (command, done) => void this.#command(command, done),
      tally: (tally) => parts.tally(tally),
    });
  }

  get online(): boolean {
    return this.#online;
  }
  /** The hub's clock less this device's, as last measured; 0 before the first hello. */
  get offsetMs(): number {
    return this.#offsetMs;
  }
  /** What went wrong lately, as stable codes. */
  get faults(): string[] {
    const nowMs = this.#parts.clock.monotonicMs();
    return [...this.#faults].filter(([, untilMs]) => untilMs > nowMs).map(([code]) => code);
  }

  start(token: string): void {
    this.#parts.wire.connect(token);
  }

  /** Something waits in the outbox. */
  wake(): void {
    this.#wanted = true;
    if (this.#online && this.#pumping !== this.#connection) this.#run(this.#connection, (c) => this.#pump(c));
  }

  close(): void {
    this.#closed = true;
    this.#down();
    this.#parts.wire.close();
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  /** Whether `connection` is the one that stands. */
  #isCurrent(connection: number): boolean {
    return connection === this.#connection && !this.#closed;
  }

  async #greet(c: number): Promise<void> {
    const { outbox, clock } = this.#parts;
    const confirmed = new Set<string>();
    for (;;) {
      // a full disk keeps neither a hello nor a heartbeat from the hub: staff are to hear of it
      await this.#tried(outbox.clockJumped());
      const position = (await outbox.positions()).find((p) => !confirmed.has(p.epoch));
      if (!position) break;
      const sentMs = Math.round(clock.nowMs());
      const said = await this.#ask(c, 'hello', { ...position, nowMs: sentMs }, readHello);
      if (!said) return;
      if (!said.ok) {
        await this.#refused(said.error);
        if (!this.#isCurrent(c)) return;
        continue;
      }
      const { answer } = said;
      this.#offsetMs = offsetOf(answer.nowMs, sentMs);
      this.#hubWire = answer.wire ?? 1;
      await this.#tried(outbox.measured(this.#offsetMs));
      this.#parts.placed(answer);
      this.#accepted();
      if (answer.verdict === 'ok') confirmed.add(position.epoch);
      else await outbox.adoptNewEpoch(position.epoch);
    }
    if (!this.#isCurrent(c)) return;
    if (!this.#online) {
      this.#online = true;
      this.#run(c, (connection) => this.#beat(connection));
      this.#parts.changed();
    }
    this.wake();
  }

  /** Sends what waits, until nothing does. One at a time on a connection. */
  async #pump(c: number): Promise<void> {
    if (this.#pumping === c) return;
    this.#pumping = c;
    try {
      while (this.#wanted && this.#isCurrent(c) && this.#online) {
        this.#wanted = false;
        for (;;) {
          await this.#parts.outbox.setAside();
          const batch = await this.#parts.outbox.nextBatch(this.#bytesMax, this.#lanes());
          if (!batch) break;
          this.#lastLane = batch.lane;
          if (!this.#isCurrent(c)) return;
          const sent = await this.#send(c, batch);
          if (sent === 'greet') await this.#greet(c);
          if (sent === 'gone' || !this.#isCurrent(c)) return;
          if (batch.events.length > 1) await this.#sleep(backlogPauseMs);
        }
      }
    } finally {
      if (this.#pumping === c) this.#pumping = null;
    }
  }

  /** Which lane's turn it is: what happens now comes first, and never twice in a row while a backlog waits. */
  #lanes(): readonly Lane[] {
    if (this.#parts.clock.monotonicMs() < this.#backlogFromMs) return ['live'];
    return this.#lastLane === 'live' ? ['backlog', 'live'] : ['live', 'backlog'];
  }

  /** One batch. `greet`: say hello before the next; `gone`: this connection is no more. */
  async #send(c: number, batch: Batch): Promise<'next' | 'greet' | 'gone'> {
    const { outbox, clock } = this.#parts;
    this.#inFlight = batch;
    const askedMs = clock.monotonicMs();
    const { epoch, events, after } = batch;
    const follows = after !== null && this.#hubWire >= WIRE_VERSION_AFTER;
    const said = await this.#ask(c, 'record', follows ? { epoch, events, after } : { epoch, events }, readRecorded);
    if (!said) return 'gone';
    this.#inFlight = null;
    if (!said.ok) return this.#sendRefused(batch, said.error);
    this.#missedInARow = 0;
    this.#gapsInARow = 0;
    this.#accepted();
    this.#adapt(batch.bytes, clock.monotonicMs() - askedMs);
    const marking = await this.#tried(outbox.markAcked(batch, said.answer.through, said.answer.lastId));
    for (const { code } of said.answer.rejected) this.#fault(`rejected_${code}`);
    if (marking === 'mismatch') this.#fault('answer_mismatch');
    if (marking === 'mismatch' || marking === null) {
      await this.#sleep(jitteredMs(retryMs, this.#parts.random));
    }
    return 'next';
  }

  /** Batches as large as the network carries in about `answerGoalMs`: 8 KB at 64 kbit/s. Small ones tell nothing of a fast network. */
  #adapt(bytes: number, tookMs: number): void {
    if (tookMs > answerGoalMs) this.#bytesMax = Math.max(sentBytesMin, (bytes * answerGoalMs) / tookMs);
    else if (bytes > this.#bytesMax / 2 && tookMs < answerGoalMs / 2) this.#bytesMax = Math.min(sentBytesMax, this.#bytesMax * 2);
  }

  async #sendRefused(batch: Batch, error: { code: string; retryAfterMs?: number }): Promise<'next' | 'greet'> {
    if (batch.lane === 'backlog' && error.code === 'busy') {
      // the hub names a time for what can wait; what happens now goes on meanwhile
      const restMs = jitteredMs(error.retryAfterMs ?? retryMs, this.#parts.random);
      this.#fault('refused_busy');
      this.#backlogFromMs = this.#parts.clock.monotonicMs() + restMs;
      this.#after(restMs, () => this.wake());
      return 'next';
    }
    const misfit = error.code === 'seq_gap' || error.code === 'stream_diverged';
    if (!misfit || this.#gapsInARow >= gapsMax) await this.#refused(error);
    if (!misfit) return error.code === 'hello_first' ? 'greet' : 'next';
    // hello speaks of what was acknowledged only; that something else stands where this batch goes is known here alone
    if (error.code === 'stream_diverged' || ++this.#gapsInARow >= gapsMax) await this.#parts.outbox.adoptNewEpoch(batch.epoch);
    return 'greet';
  }

  async #beat(c: number): Promise<void> {
    while (this.#isCurrent(c) && this.#online) {
      if (!(await this.#ask(c, 'heartbeat', this.#heartbeat(), readHeartbeat))) return;
      await this.#sleep(heartbeatMs);
      if (!this.#isCurrent(c)) return;
      await this.#parts.outbox.refresh();
      // a clock that was stepped needs a new offset at the hub, and that is measured by a hello
      if (await this.#tried(this.#parts.outbox.clockJumped())) await this.#greet(c);
      else if (this.#parts.outbox.stats().waiting > 0) this.wake();
    }
  }

  /** A page that can't say how it is must not silence its kiosk. */
  #heartbeat(): Heartbeat {
    let status: Status = { screen: 'unknown', fps: null, heapBytes: null, pack: null, faults: [] };
    try {
      status = this.#parts.status();
    } catch {
      this.#fault('status_failed');
    }
    return heartbeatOf(status, this.#parts.outbox.stats(), this.faults, this.#offsetMs);
  }

  /** Null when the answer must not be acted upon: it did not come, or its connection is gone. */
  async #ask<T>(c: number, event: 'hello' | 'record' | 'heartbeat', payload: object, read: (raw: unknown) => Read<T>): Promise<Read<T>> {
    if (!this.#isCurrent(c)) return null;
    const raw = await new Promise<unknown>((resolve) => {
      const cancel = this.#after(answerWaitMsMax, () => resolve(null));
      void this.#parts.wire.emitWithAck(event, payload).then((answer) => {
        cancel();
        resolve(answer);
      });
    });
    if (!this.#isCurrent(c)) return null;
    const said = read(raw);
    if (said) return said;
    this.#lose();
    return null;
  }

  async #refused(error: { code: string; retryAfterMs?: number }): Promise<void> {
    this.#fault(`refused_${error.code}`);
    await this.#sleep(jitteredMs(error.retryAfterMs ?? retryMs, this.#parts.random));
  }

  async #command(raw: unknown, done: (answer: Answer<object>) => void): Promise<void> {
    const command = readCommand(raw);
    if (!command) return done({ ok: false, error: { code: 'validation_failed', message: 'This kiosk does not know this command.' } });
    try {
      done({ ok: true, ...(await this.#parts.command(command)) });
    } catch {
      this.#fault('command_failed');
      done({ ok: false, error: { code: 'internal', message: 'The kiosk could not do it.' } });
    }
  }

  /** Runs a part of the work on a connection; should the storage fail in it, the connection is tried anew. */
  #run(c: number, work: (connection: number) => Promise<void>): void {
    work(c).catch(() => {
      this.#fault('storage_failed');
      if (this.#isCurrent(c)) this.#lose();
    });
  }

  /** What the disk is asked, on a connection that goes on without it; null where it refuses. */
  #tried<T>(asked: Promise<T>): Promise<T | null> {
    return asked.catch(() => {
      this.#fault('storage_failed');
      return null;
    });
  }

  #lose(): void {
    this.#down();
    if (!this.#closed) this.#parts.wire.reconnect();
  }

  #down(): void {
    this.#connection++;
    // once may be chance; after that the network is taken to be too slow for so much, or to cut what is so long
    if (this.#inFlight && ++this.#missedInARow >= 2) this.#bytesMax = Math.max(sentBytesMin, this.#inFlight.bytes / 2);
    this.#inFlight = null;
    if (!this.#online) return;
    this.#online = false;
    this.#parts.changed();
  }

  #fault(code: string): void {
    const known = this.#faults.delete(code);
    if (this.#faults.size >= faultsMax) this.#faults.delete([...this.#faults.keys()][0] as string);
    this.#faults.set(code, this.#parts.clock.monotonicMs() + faultKeepMs);
    if (!known) this.#parts.changed();
  }

  /** The hub takes what this kiosk says: what it refused before is over. */
  #accepted(): void {
    for (const code of this.#faults.keys()) if (code.startsWith('refused_')) this.#faults.delete(code);
  }

  #after(ms: number, run: () => void): () => void {
    const stop = this.#parts.clock.after(ms, () => {
      this.#timers.delete(stop);
      run();
    });
    this.#timers.add(stop);
    return () => {
      this.#timers.delete(stop);
      stop();
    };
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#after(ms, resolve));
  }
}

/** Threads for exports: each works for one at a time, and one that has done its work waits for the next. */
import type { FromThread, ToThread } from './export-wire.ts';

/** A thread that was started; `stop` ends it at once, whatever it does. */
export type ExportThread = { post(message: ToThread, transfer: ArrayBuffer[]): void; stop(): void };
/** Starts a thread. `heard` hears what it says, `ended` that it ended by itself, and why. */
export type OpenThread = (heard: (message: FromThread) => void, ended: (why: Error) => void) => ExportThread;

/** Whom a thread works for: hears what it says, and that it ended by itself. */
type Client = { heard(message: FromThread): void; ended(why: Error): void };

/** One thread, and whom it works for now. */
export class PooledThread {
  client: Client | null;
  readonly #thread: ExportThread;

  constructor(open: OpenThread, client: Client, gone: (thread: PooledThread) => void) {
    this.client = client;
    this.#thread = open(
      (message) => this.client?.heard(message),
      (why) => {
        gone(this);
        this.client?.ended(why);
      },
    );
  }

  post(message: ToThread, transfer: ArrayBuffer[]): void {
    this.#thread.post(message, transfer);
  }

  stop(): void {
    this.client = null;
    this.#thread.stop();
  }
}

/** threads that wait for a next export: starting one costs a tenth of a second of a processor, which kiosks notice on two of them */
export const idleThreadsMax = 1;

/** Lends threads to exports, one to each; some wait for the next. */
export class ThreadPool {
  readonly #open: OpenThread;
  readonly #idle: PooledThread[] = [];

  constructor(open: OpenThread) {
    this.#open = open;
  }

  take(client: Client): PooledThread {
    const thread = this.#idle.pop();
    if (!thread) return new PooledThread(this.#open, client, (fallen) => this.#leave(fallen));
    thread.client = client;
    return thread;
  }

  /** One that has done all it was asked for. */
  giveBack(thread: PooledThread): void {
    thread.client = null;
    if (this.#idle.length < idleThreadsMax) this.#idle.push(thread);
    else thread.stop();
  }

  close(): void {
    for (const thread of this.#idle.splice(0)) thread.stop();
  }

  #leave(fallen: PooledThread): void {
    const at = this.#idle.indexOf(fallen);
    if (at >= 0) this.#idle.splice(at, 1);
  }
}

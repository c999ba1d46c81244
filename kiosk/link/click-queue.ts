/**
 * The clicker's outbox: what was pressed at a door is durable on this phone before it is shown as pressed, is sent in order once the hub is
 * there, and is forgotten only when the hub says that it is recorded, or that it never will be. Every act bears its own id, so that one
 * that is sent again counts once. Taking back is an act of its own behind the one that it takes back.
 */

/** what the hub is asked: `count.click` and `count.void` of the wire */
export type ClickAct =
  | { kind: 'click'; id: string; showcase: string; point: string; direction: 'in' | 'out'; n: number; atMs: number }
  | { kind: 'void'; id: string; showcase: string; of: string; reason: string };
export type KeptAct = { order: number; act: ClickAct };
/** `done`: recorded. `refused`: never will be. `later`: nobody knows; it is sent again. */
export type Sent = 'done' | 'refused' | 'later';

export interface ClickStore {
  readonly kind: 'durable' | 'memory';
  /** In order. */
  all(): Promise<KeptAct[]>;
  /** Resolves once it is on disk, with its place. */
  put(act: ClickAct): Promise<number>;
  remove(order: number): Promise<void>;
}

const sendAgainMs = 2_000;
export const clicksWaitingMax = 5_000;

export type ClickQueueParts = {
  store: ClickStore;
  send(act: ClickAct): Promise<Sent>;
  /** calls back after so long */
  after(ms: number, run: () => void): void;
  changed(): void;
};

/** For a browser that stores nothing: what waits is gone with the page, and the page says so. */
export class MemoryClicks implements ClickStore {
  readonly kind = 'memory';
  readonly #acts = new Map<number, ClickAct>();
  #next = 1;

  async all(): Promise<KeptAct[]> {
    return [...this.#acts].map(([order, act]) => ({ order, act }));
  }

  async put(act: ClickAct): Promise<number> {
    this.#acts.set(this.#next, act);
    return this.#next++;
  }

  async remove(order: number): Promise<void> {
    this.#acts.delete(order);
  }
}

export class ClickQueue {
  readonly #parts: ClickQueueParts;
  #waiting: KeptAct[] = [];
  #refused = 0;
  #sending = false;
  /** a timer runs that will try again */
  #resting = false;
  #closed = false;

  private constructor(parts: ClickQueueParts) {
    this.#parts = parts;
  }

  /** Reads what an earlier page left. Rejects when the store fails. */
  static async open(parts: ClickQueueParts): Promise<ClickQueue> {
    const queue = new ClickQueue(parts);
    queue.#waiting = await parts.store.all();
    return queue;
  }

  get kind(): ClickStore['kind'] {
    return this.#parts.store.kind;
  }

  get waiting(): readonly ClickAct[] {
    return this.#waiting.map((k) => k.act);
  }

  /** Acts that the hub will never record; they are not sent again. */
  get refused(): number {
    return this.#refused;
  }

  /** Keeps an act and sends it when its turn comes. Rejects where it could not be kept: then it did not happen. */
  async add(act: ClickAct): Promise<void> {
    if (this.#waiting.length >= clicksWaitingMax) throw new Error('clicks_waiting');
    const order = await this.#parts.store.put(act);
    this.#waiting.push({ order, act });
    this.#parts.changed();
    this.wake();
  }

  /** The hub may be there now. */
  wake(): void {
    if (!this.#sending && !this.#closed) void this.#run();
  }

  close(): void {
    this.#closed = true;
  }

  /** Tries again in a while; one timer, however often something was pressed meanwhile. */
  #again(): void {
    if (this.#resting) return;
    this.#resting = true;
    this.#parts.after(sendAgainMs, () => {
      this.#resting = false;
      this.wake();
    });
  }

  async #run(): Promise<void> {
    this.#sending = true;
    try {
      for (let first = this.#waiting[0]; first && !this.#closed; first = this.#waiting[0]) {
        const sent = await this.#parts.send(first.act);
        if (sent === 'later') {
          this.#again();
          return;
        }
        if (sent === 'refused') this.#refused++;
        await this.#parts.store.remove(first.order);
        this.#waiting.shift();
        this.#parts.changed();
      }
    } catch {
      // the disk does not let go of what is recorded: it is sent again, and counts once
      this.#again();
    } finally {
      this.#sending = false;
    }
  }
}

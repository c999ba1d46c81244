/**
 * The hub's end of exports: each has a thread to itself, whose memory has a limit, and comes in buffers that go back to it. The hub's loop
 * hands buffers on and does nothing else; a thread that fails ends its export and nothing besides.
 */
import { type EntriesText, type Journal, JournalFault } from '../journal/journal.ts';
import type { ExportAsk, ExportHead, ExportName } from './export-jobs.ts';
import type { FaultTold, FromThread } from './export-wire.ts';
import { faultTold } from './fault-told.ts';
import { type OpenThread, type PooledThread, ThreadPool } from './thread-pool.ts';

/** An export that was not made, or not to its end, through no fault of the journal: out of memory, a bug, or stopped. */
export class ExportFault extends Error {
  override readonly name = 'ExportFault';
}

/** `chunks` are each used again when the next one is asked for. `end` must be called, however far they were taken; twice does nothing. */
export type Export<H> = { head: H; chunks: AsyncIterable<Uint8Array>; end(): void };
type Piece = { bytes: ArrayBuffer; length: number };

/** The texts of a journal that a thread cannot read itself. */
async function* textsOf(journal: Journal): AsyncGenerator<EntriesText> {
  if (journal.readTexts) yield* journal.readTexts();
  else for await (const { first, entries } of journal.read(0)) yield { first, text: JSON.stringify(entries) };
}

class Running {
  readonly #journal: Journal;
  readonly #pool: ThreadPool;
  readonly #thread: PooledThread;
  readonly #told: (position: number) => void;
  readonly #abreast: (why: string) => void;
  readonly #gone: () => void;
  readonly #readings = new Map<number, AsyncGenerator<EntriesText>>();
  readonly #pieces: Piece[] = [];
  #head: { head: unknown } | null = null;
  #over: 'whole' | Error | null = null;
  #wake: () => void = () => undefined;

  constructor(journal: Journal, pool: ThreadPool, told: (position: number) => void, abreast: (why: string) => void, gone: () => void) {
    this.#journal = journal;
    this.#pool = pool;
    this.#told = told;
    this.#abreast = abreast;
    this.#gone = gone;
    this.#thread = pool.take({
      heard: (message) => this.#heard(message),
      ended: (why) => this.end(new ExportFault(`the thread ended: ${why.message}`, { cause: why })),
    });
  }

  async begin(what: string, ask: unknown): Promise<unknown> {
    this.#thread.post({ kind: 'make', what, ask, files: this.#journal.files?.() ?? null }, []);
    while (this.#head === null && this.#over === null) await this.#news();
    if (this.#over instanceof Error) throw this.#over;
    return this.#head?.head;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece) {
        yield new Uint8Array(piece.bytes, 0, piece.length);
        if (this.#over === null) this.#thread.post({ kind: 'taken', bytes: piece.bytes }, [piece.bytes]);
      } else if (this.#over instanceof Error) throw this.#over;
      else if (this.#over === 'whole') return;
      else await this.#news();
    }
  }

  /** Nothing more comes of it, and the thread works for another, or is gone with what it had not finished; what is already here can still be taken. */
  end(over: 'whole' | Error): void {
    if (this.#over !== null) return;
    this.#over = over;
    if (over === 'whole') this.#pool.giveBack(this.#thread);
    else this.#thread.stop();
    for (const reading of this.#readings.values()) void reading.return(undefined).catch(() => undefined);
    this.#readings.clear();
    this.#gone();
    this.#wake();
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #heard(message: FromThread): void {
    if (this.#over !== null) return;
    switch (message.kind) {
      case 'more':
        void this.#next(message.reading);
        return;
      case 'enough':
        // one that still reads ends when that is done
        void this.#readings
          .get(message.reading)
          ?.return(undefined)
          .catch(() => undefined);
        this.#readings.delete(message.reading);
        return;
      case 'abreast':
        this.#abreast(message.why);
        return;
      case 'told':
        this.#told(message.position);
        return;
      case 'head':
        this.#head = { head: message.head };
        if (!message.more) this.end('whole');
        break;
      case 'piece':
        this.#pieces.push(message);
        break;
      case 'end':
        this.end('whole');
        return;
      case 'fault':
        this.end(this.#faultFrom(message.fault));
        return;
    }
    this.#wake();
  }

  #faultFrom({ code, message, finding }: FaultTold): Error {
    if (code === null) return new ExportFault(message);
    if (finding) this.#journal.found?.(finding);
    return new JournalFault(code, message, finding ? { finding } : {});
  }

  async #next(reading: number): Promise<void> {
    const texts = this.#readings.get(reading) ?? textsOf(this.#journal);
    this.#readings.set(reading, texts);
    try {
      const { done, value } = await texts.next();
      if (this.#over === null) this.#thread.post({ kind: 'text', reading, text: done ? null : value }, []);
    } catch (error) {
      if (this.#over === null) this.#thread.post({ kind: 'text-fault', reading, fault: faultTold(error) }, []);
    }
  }
}

export class Exporter {
  readonly #journal: Journal;
  readonly #pool: ThreadPool;
  readonly #running = new Set<Running>();
  readonly #abreast: (why: string) => void;

  /** `abreast` hears once why threads cannot be put behind the hub's own, where that is so. */
  constructor(journal: Journal, open: OpenThread, abreast: (why: string) => void) {
    this.#journal = journal;
    this.#pool = new ThreadPool(open);
    let heard = false;
    this.#abreast = (why) => {
      if (!heard) abreast(why);
      heard = true;
    };
  }

  /**
   * Makes an export; resolves once its head is known. `told` hears how far the journal was read, `stop` ends it. Rejects with a JournalFault
   * where the journal can't be read, else with an ExportFault; so does taking its chunks.
   */
  async run<K extends ExportName>(what: K, ask: ExportAsk<K>, more: { told?: (position: number) => void; stop?: AbortSignal } = {}): Promise<Export<ExportHead<K>>> {
    const { told = () => undefined, stop } = more;
    const end = (): void => running.end(new ExportFault('the export was ended'));
    const running: Running = new Running(this.#journal, this.#pool, told, this.#abreast, () => {
      this.#running.delete(running);
      stop?.removeEventListener('abort', end);
    });
    this.#running.add(running);
    stop?.addEventListener('abort', end);
    if (stop?.aborted) end();
    return { head: (await running.begin(what, ask)) as ExportHead<K>, chunks: running.chunks(), end };
  }

  /** Ends every export, and the threads that wait for one. */
  close(): void {
    for (const running of this.#running) running.end(new ExportFault('the hub stops'));
    this.#pool.close();
  }
}

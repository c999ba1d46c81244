/** The thread's end of an export: reads the journal, makes one export, and hands it over in buffers that come back to be filled again. */
import type { Entry } from '../../shared/entry.ts';
import { waitingFileSystem } from '../journal/file-system.ts';
import { type EntriesText, JournalFault, type Reads } from '../journal/journal.ts';
import { filesReader } from '../journal/segment-reader.ts';
import { EXPORTS, type ExportChunks, type ExportName } from './export-jobs.ts';
import { type FaultTold, type FromThread, pieceBytes, piecesMax, type ToThread } from './export-wire.ts';
import { faultTold } from './fault-told.ts';

/** A message port, as seen from the thread. */
export type ThreadPort = {
  postMessage(message: FromThread, transfer?: readonly ArrayBuffer[]): void;
  on(event: 'message', heard: (message: ToThread) => void): unknown;
};

type TextAnswer = Extract<ToThread, { kind: 'text' | 'text-fault' }>;

/** A journal that only the hub can read: its texts are asked for, the next one while the last is worked on. */
class AskedTexts implements Reads {
  readonly #port: ThreadPort;
  readonly #waiting = new Map<number, (answer: TextAnswer) => void>();
  #readings = 0;

  constructor(port: ThreadPort) {
    this.#port = port;
  }

  heard(answer: TextAnswer): void {
    this.#waiting.get(answer.reading)?.(answer);
  }

  #ask(reading: number): Promise<EntriesText | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(reading, (answer) => {
        this.#waiting.delete(reading);
        if (answer.kind === 'text') resolve(answer.text);
        else reject(faultFrom(answer.fault));
      });
      this.#port.postMessage({ kind: 'more', reading });
    });
  }

  async *read(after: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
    const reading = ++this.#readings;
    let next = this.#ask(reading);
    try {
      for (;;) {
        const text = await next;
        if (text === null) return;
        next = this.#ask(reading);
        // what fails while nobody waits is told when it is waited for
        next.catch(() => undefined);
        const entries = JSON.parse(text.text) as Entry[];
        const known = Math.max(0, after + 1 - text.first);
        if (known < entries.length) yield { first: text.first + known, entries: known === 0 ? entries : entries.slice(known) };
      }
    } finally {
      this.#waiting.delete(reading);
      this.#port.postMessage({ kind: 'enough', reading });
    }
  }
}

/** What is made, cut into the buffers that are free; waits while none is. */
class Pieces {
  readonly #port: ThreadPort;
  readonly #free: ArrayBuffer[] = Array.from({ length: piecesMax }, () => new ArrayBuffer(pieceBytes));
  readonly #encoder = new TextEncoder();
  #freed: () => void = () => undefined;
  #into: Uint8Array<ArrayBuffer> | null = null;
  #filled = 0;

  constructor(port: ThreadPort) {
    this.#port = port;
  }

  taken(bytes: ArrayBuffer): void {
    this.#free.push(bytes);
    this.#freed();
  }

  async send(chunks: ExportChunks): Promise<void> {
    for await (const chunk of chunks) {
      if (typeof chunk === 'string') for (let text = chunk; text !== ''; ) text = this.#text(text, this.#into ?? (await this.#room()));
      else for (let bytes = chunk; bytes.length > 0; ) bytes = this.#bytes(bytes, this.#into ?? (await this.#room()));
    }
    this.#flush();
  }

  /** Takes as much of a text as there is room for; answers the rest. */
  #text(text: string, into: Uint8Array<ArrayBuffer>): string {
    const { read, written } = this.#encoder.encodeInto(text, this.#filled === 0 ? into : into.subarray(this.#filled));
    this.#filled += written;
    if (read === text.length) return '';
    this.#flush();
    return text.slice(read);
  }

  #bytes(bytes: Uint8Array, into: Uint8Array<ArrayBuffer>): Uint8Array {
    const taken = Math.min(bytes.length, pieceBytes - this.#filled);
    into.set(taken === bytes.length ? bytes : bytes.subarray(0, taken), this.#filled);
    this.#filled += taken;
    if (this.#filled === pieceBytes) this.#flush();
    return bytes.subarray(taken);
  }

  async #room(): Promise<Uint8Array<ArrayBuffer>> {
    let buffer = this.#free.pop();
    for (; buffer === undefined; buffer = this.#free.pop())
      await new Promise<void>((resolve) => {
        this.#freed = resolve;
      });
    this.#into = new Uint8Array(buffer);
    return this.#into;
  }

  #flush(): void {
    const buffer = this.#into?.buffer;
    if (buffer && this.#filled > 0) this.#port.postMessage({ kind: 'piece', bytes: buffer, length: this.#filled }, [buffer]);
    this.#into = null;
    this.#filled = 0;
  }
}

const faultFrom = ({ code, message, finding }: FaultTold): Error => (code === null ? new Error(message) : new JournalFault(code, message, finding ? { finding } : {}));

type AnyExport = (reads: Reads, ask: unknown, told: (position: number) => void) => Promise<{ head: unknown; chunks: ExportChunks | null }>;

/** Makes the exports that are asked for over the port, one after the other: each ends with a head that is all, with `end` or with `fault`. */
export const serveExport = (port: ThreadPort): void => {
  const texts = new AskedTexts(port);
  let pieces = new Pieces(port);
  const make = async ({ what, ask, files }: Extract<ToThread, { kind: 'make' }>): Promise<void> => {
    try {
      const made = await (EXPORTS[what as ExportName] as AnyExport)(files ? filesReader(files, waitingFileSystem) : texts, ask, (position) =>
        port.postMessage({ kind: 'told', position }),
      );
      port.postMessage({ kind: 'head', head: made.head, more: made.chunks !== null });
      if (made.chunks === null) return;
      // of the last export some may never have come back
      pieces = new Pieces(port);
      await pieces.send(made.chunks);
      port.postMessage({ kind: 'end' });
    } catch (error) {
      port.postMessage({ kind: 'fault', fault: faultTold(error) });
    }
  };
  port.on('message', (message) => {
    if (message.kind === 'make') void make(message);
    else if (message.kind === 'taken') pieces.taken(message.bytes);
    else texts.heard(message);
  });
};

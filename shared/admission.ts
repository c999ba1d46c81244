/**
 * What the hub must remember to count everything once: how far each device's stream is recorded, every event id, every reading's key.
 * It is a fold of the journal. Plans read it and make the entry to append; `apply` is the only thing that changes it, live and on replay
 * alike, and hands back how to undo it should the append fail: the last one first.
 */
import type { Entry } from './entry.ts';
import { HashIndex } from './hash-index.ts';
import { readingKey } from './reading.ts';

export type Stream = { index: number; device: string; epoch: string /** highest recorded seq */; hw: number; lastId: string | null };

export class Admission {
  readonly streams: Map<string, Stream>;
  /** event ids, with their stream's index and seq; and what was refused under `refusedKey` */
  readonly ids: HashIndex;
  /** device and key of every reading, with its values */
  readonly readings: Map<string, string>;

  constructor(from?: Pick<Admission, 'streams' | 'ids' | 'readings'>) {
    this.streams = from?.streams ?? new Map();
    this.ids = from?.ids ?? new HashIndex(true);
    this.readings = from?.readings ?? new Map();
  }

  stream(device: string, epoch: string): Stream | undefined {
    return this.streams.get(`${device}/${epoch}`);
  }

  /** The stream of a device's epoch, begun where it is new: for a replay, which takes nothing back. */
  begun(device: string, epoch: string): Stream {
    const key = `${device}/${epoch}`;
    let stream = this.streams.get(key);
    if (!stream) {
      stream = { index: this.streams.size + 1, device, epoch, hw: 0, lastId: null };
      this.streams.set(key, stream);
    }
    return stream;
  }

  /** Whether `id` is what is recorded at `seq` of the stream: itself, or an id that was already counted elsewhere. */
  holds(stream: Stream, seq: number, id: string): boolean {
    if (seq < 1 || seq > stream.hw) return false;
    const slot = this.ids.find(id);
    if (slot < 0) return this.ids.has(refusedKey(stream, seq, id));
    return this.ids.a(slot) !== stream.index || this.ids.b(slot) === seq;
  }

  /** Takes an entry into account. Answers how to take it back, in case it does not become durable. */
  apply(entry: Entry): () => void {
    if (entry.kind === 'kiosk.recorded') return this.#applyStream(entry);
    if (entry.kind === 'readings.recorded') {
      const added: string[] = [];
      for (const r of entry.readings) {
        const { key, values } = readingKey(r, entry.point);
        const full = `${entry.device}|${key}`;
        if (this.readings.has(full)) continue;
        this.readings.set(full, values);
        added.push(full);
      }
      for (const { reading } of entry.quarantined) {
        const { key, values } = readingKey(reading, entry.point);
        const full = `${entry.device}|${key}!${values}`;
        if (this.readings.has(full)) continue;
        this.readings.set(full, values);
        added.push(full);
      }
      return () => {
        for (const key of added) this.readings.delete(key);
      };
    }
    const id = entry.kind === 'click.recorded' || entry.kind === 'click.voided' || entry.kind === 'count.corrected' ? actKey(entry.id) : null;
    const known = this.ids.size;
    if (id !== null) this.ids.add(id);
    return () => this.ids.truncate(known);
  }

  #applyStream(entry: Extract<Entry, { kind: 'kiosk.recorded' }>): () => void {
    const key = `${entry.device}/${entry.epoch}`;
    const before = this.streams.get(key);
    const stream: Stream = before ?? { index: this.streams.size + 1, device: entry.device, epoch: entry.epoch, hw: 0, lastId: null };
    const was = { hw: stream.hw, lastId: stream.lastId };
    const known = this.ids.size;
    let seq = entry.from;
    for (const item of entry.items) {
      const id = 'kind' in item ? item.id : 'repeat' in item ? null : refusedKey(stream, seq, item.id ?? null);
      if (id !== null) this.ids.add(id, stream.index, seq);
      stream.lastId = 'kind' in item ? item.id : 'repeat' in item ? item.repeat : (item.id ?? null);
      seq++;
    }
    stream.hw = seq - 1;
    if (!before) this.streams.set(key, stream);
    return () => {
      this.ids.truncate(known);
      if (!before) this.streams.delete(key);
      Object.assign(stream, was);
    };
  }
}

/** Under what a refused event of a stream is remembered, with its id if that could be read; no event id contains a slash. */
export const refusedKey = (stream: Stream, seq: number, id: string | null): string => `${stream.index}/${seq}/${id ?? ''}`;
/** Under what a member of staff's act (click, void, correction) is remembered. */
export const actKey = (id: string): string => `act/${id}`;

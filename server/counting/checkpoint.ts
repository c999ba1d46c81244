/**
 * Checkpoints of the folds, so that a start reads only the journal's tail. A checkpoint is believed only when the entry at its position
 * is the one it was taken at; else everything is folded anew. Losing every checkpoint changes no total.
 */
import { Admission } from '../../shared/admission.ts';
import { HashIndex } from '../../shared/hash-index.ts';
import { applyEntry, emptyTally, type Tally } from '../../shared/tally.ts';
import type { Documents } from '../documents/documents.ts';
import type { Journal } from '../journal/journal.ts';

/** ids in one document: 16 MiB, well under a document's limit */
const idsPerPart = 1 << 20;
const format = 5;

export type Folds = { tally: Tally; admission: Admission };

const encode = (value: unknown): unknown => {
  if (value instanceof Map) return { $map: [...value].map(([k, v]) => [k, encode(v)]) };
  if (value instanceof HashIndex) return { $index: words64(value.snapshot()) };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, encode(v)]));
  return value;
};
const decode = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  if ('$map' in value) return new Map((value.$map as [unknown, unknown][]).map(([k, v]) => [k, decode(v)]));
  if ('$index' in value) return HashIndex.from(words(value.$index as string));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decode(v)]));
};
const words64 = (w: Uint32Array): string => Buffer.from(w.buffer, w.byteOffset, w.byteLength).toString('base64');
const words = (text: string): Uint32Array => {
  const bytes = Buffer.from(text, 'base64');
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
};

const entryAt = async (journal: Journal, position: number): Promise<string | null> => {
  for await (const { first, entries } of journal.read(position - 1)) return first === position && entries[0] ? JSON.stringify(entries[0]) : null;
  return null;
};

type Stored = { format: number; position: number; entry: string; parts: number; tally: unknown; streams: unknown; readings: unknown };

/** Writes a checkpoint of the folds as they are now. The folds must not change before the first await has been reached. */
export const saveCheckpoint = async (documents: Documents, journal: Journal, { tally, admission }: Folds): Promise<void> => {
  const position = tally.position;
  if (position === 0) return;
  const { ids, streams, readings } = admission.snapshot();
  const parts: string[] = [];
  for (let at = 0; at < ids.length; at += idsPerPart * 4) parts.push(words64(ids.slice(at, at + idsPerPart * 4)));
  const head = { format, position, parts: parts.length, tally: encode(tally), streams: encode(streams), readings: encode(readings) };
  const entry = await entryAt(journal, position);
  if (entry === null) return;
  for (const [i, part] of parts.entries()) await documents.write(`checkpoint-ids-${i}`, { position, part });
  await documents.write('checkpoint', { ...head, entry } satisfies Stored);
};

const readCheckpoint = async (documents: Documents, journal: Journal): Promise<Folds | null> => {
  const read = await documents.read('checkpoint');
  if (read.status !== 'ok') return null;
  const stored = read.value as Stored;
  if (stored.format !== format || stored.position > journal.position || (await entryAt(journal, stored.position)) !== stored.entry) return null;
  const ids: Uint32Array[] = [];
  for (let i = 0; i < stored.parts; i++) {
    const part = await documents.read(`checkpoint-ids-${i}`);
    if (part.status !== 'ok') return null;
    const value = part.value as { position: number; part: string };
    if (value.position !== stored.position) return null;
    ids.push(words(value.part));
  }
  const all = new Uint32Array(ids.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of ids) {
    all.set(part, at);
    at += part.length;
  }
  return {
    tally: decode(stored.tally) as Tally,
    admission: new Admission({ streams: decode(stored.streams) as Admission['streams'], readings: decode(stored.readings) as Admission['readings'], ids: all }),
  };
};

/** The folds of the whole journal: from the checkpoint and the tail after it, or from the beginning. `told` hears how far it is. */
export const foldJournal = async (journal: Journal, documents: Documents | null, told: (position: number) => void = () => undefined): Promise<Folds & { from: number }> => {
  const start = (documents && (await readCheckpoint(documents, journal))) ?? { tally: emptyTally(), admission: new Admission() };
  const from = start.tally.position;
  for await (const { first, entries } of journal.read(from)) {
    let position = first;
    for (const entry of entries) {
      start.admission.apply(entry);
      applyEntry(start.tally, entry, position++);
    }
    told(position - 1);
  }
  return { ...start, from };
};

/**
 * Checkpoints of the folds, so that a start reads only the journal's tail. A checkpoint is believed only when the entry at its position
 * is the one it was taken at; else everything is folded anew. Losing every checkpoint changes no total.
 * What grows with every event (the ids) only grows at its end: whole parts of it are written once, in files of their own, and named in the
 * checkpoint by their hash; so writing one costs what is new since the last, and one that is cut off leaves the last one whole.
 */
import { createHash } from 'node:crypto';
import { Admission } from '../../shared/admission.ts';
import { chunkEntries, HashIndex } from '../../shared/hash-index.ts';
import { emptyTally, type Tally } from '../../shared/tally.ts';
import type { Blobs, Documents } from '../documents/documents.ts';
import type { Journal } from '../journal/journal.ts';
import { type Folds, replay } from './replay.ts';

const format = 8;

/** Where checkpoints are kept. */
export type CheckpointStore = Documents & Blobs;

/** An index in a checkpoint: its entries behind the whole parts are with it. */
type StoredIndex = { $index: number; valued: boolean; size: number; rest: string };
type Stored = {
  format: number;
  position: number;
  entry: string;
  partEntries: number;
  /** the hashes of every index's whole parts */
  parts: string[][];
  tally: unknown;
  admission: unknown;
};

const bytesOf = (w: Int32Array): Buffer => Buffer.from(w.buffer, w.byteOffset, w.byteLength);
const wordsOf = (b: Uint8Array): Int32Array => new Int32Array(b.buffer, b.byteOffset, b.byteLength / 4);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const partName = (index: number, part: number): string => `checkpoint-${index}-${part}`;

/** What is found on a walk through the folds: every index, and how many entries a part has. */
type Walk = { partEntries: number; indexes: HashIndex[] };
const wholeOf = (size: number, partEntries: number): number => Math.floor(size / partEntries);

const encode = (value: unknown, walk: Walk): unknown => {
  if (value instanceof Map) return { $map: [...value].map(([k, v]) => [k, encode(v, walk)]) };
  if (value instanceof HashIndex) {
    const { valued, size } = value;
    const rest = bytesOf(value.words(wholeOf(size, walk.partEntries) * walk.partEntries, size)).toString('base64');
    return { $index: walk.indexes.push(value) - 1, valued, size, rest } satisfies StoredIndex;
  }
  if (Array.isArray(value)) return value.map((v) => encode(v, walk));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, encode(v, walk)]));
  return value;
};
/** `found` gathers the indexes, which are made empty. */
const decode = (value: unknown, found: Map<HashIndex, StoredIndex>): unknown => {
  if (Array.isArray(value)) return value.map((v) => decode(v, found));
  if (typeof value !== 'object' || value === null) return value;
  if ('$map' in value) return new Map((value.$map as [unknown, unknown][]).map(([k, v]) => [k, decode(v, found)]));
  if ('$index' in value) {
    const stored = value as StoredIndex;
    const index = new HashIndex(stored.valued, stored.size);
    found.set(index, stored);
    return index;
  }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decode(v, found)]));
};

/** The hashes of those whole parts of an index that are in files, as this process knows. */
const written = new WeakMap<HashIndex, { partEntries: number; hashes: string[] }>();

/** Writes those of the first `parts` parts of an index that are not in files yet. Answers the hashes of them all. */
const keepParts = async (store: Blobs, index: HashIndex, number: number, parts: number, partEntries: number): Promise<string[]> => {
  const known = written.get(index);
  const hashes = known?.partEntries === partEntries ? known.hashes : [];
  written.set(index, { partEntries, hashes });
  for (let part = hashes.length; part < parts; part++) {
    const bytes = bytesOf(index.words(part * partEntries, (part + 1) * partEntries));
    await store.writeBytes(partName(number, part), bytes);
    hashes.push(hashOf(bytes));
  }
  return hashes.slice(0, parts);
};

const readParts = async (store: Blobs, index: HashIndex, stored: StoredIndex, hashes: readonly string[], partEntries: number): Promise<boolean> => {
  if (hashes.length !== wholeOf(stored.size, partEntries)) return false;
  for (const [part, hash] of hashes.entries()) {
    const bytes = await store.readBytes(partName(stored.$index, part));
    if (!bytes || hashOf(bytes) !== hash) return false;
    index.append(wordsOf(bytes));
  }
  index.append(wordsOf(Buffer.from(stored.rest, 'base64')));
  written.set(index, { partEntries, hashes: [...hashes] });
  return index.size === stored.size;
};

const entryAt = async (journal: Journal, position: number): Promise<string | null> => {
  for await (const { first, entries } of journal.read(position - 1)) return first === position && entries[0] ? JSON.stringify(entries[0]) : null;
  return null;
};

/**
 * Writes a checkpoint of the folds as they are now. The folds must not change before the first await has been reached. A part has
 * `partEntries` entries: a whole chunk is 4 MiB, some ten milliseconds of work.
 */
export const saveCheckpoint = async (store: CheckpointStore, journal: Journal, { tally, admission }: Folds, partEntries = chunkEntries): Promise<void> => {
  const position = tally.position;
  if (position === 0) return;
  const walk: Walk = { partEntries, indexes: [] };
  const { streams, ids, readings } = admission;
  const head = { format, position, partEntries, admission: encode({ streams, ids, readings }, walk), tally: encode(tally, walk) };
  const whole = walk.indexes.map((index) => wholeOf(index.size, partEntries));
  const entry = await entryAt(journal, position);
  if (entry === null) return;
  const parts: string[][] = [];
  for (const [number, index] of walk.indexes.entries()) parts.push(await keepParts(store, index, number, whole[number] as number, partEntries));
  await store.write('checkpoint', { ...head, entry, parts } satisfies Stored);
};

const readCheckpoint = async (store: CheckpointStore, journal: Journal): Promise<Folds | null> => {
  const read = await store.read('checkpoint');
  if (read.status !== 'ok') return null;
  const stored = read.value as Stored;
  if (stored.format !== format || stored.position > journal.position || (await entryAt(journal, stored.position)) !== stored.entry) return null;
  const found = new Map<HashIndex, StoredIndex>();
  const folds = { admission: new Admission(decode(stored.admission, found) as Admission), tally: decode(stored.tally, found) as Tally };
  for (const [index, of] of found) if (!(await readParts(store, index, of, stored.parts[of.$index] ?? [], stored.partEntries))) return null;
  return folds;
};

/** The folds of the whole journal: from the checkpoint and the tail after it, or from the beginning. `told` hears how far it is. */
export const foldJournal = async (journal: Journal, store: CheckpointStore | null, told: (position: number) => void = () => undefined): Promise<Folds & { from: number }> => {
  const start = (store && (await readCheckpoint(store, journal))) ?? { tally: emptyTally(), admission: new Admission() };
  const from = start.tally.position;
  await replay(journal, start, told);
  return { ...start, from };
};

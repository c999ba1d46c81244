/**
 * Checkpoints of the folds, so that a start reads only the journal's tail. A checkpoint is believed only when the entry at its position
 * is the one it was taken at; else everything is folded anew. Losing every checkpoint changes no total.
 * What grows with every event or reading (ids, crossings, keys) only grows at its end: whole parts are written once, in files of their own, named in the
 * checkpoint by their hash; so writing one costs what is new since the last, and one that is cut off leaves the last one whole.
 */
import { createHash } from 'node:crypto';
import { Admission } from '../../shared/admission.ts';
import { chunkEntries, HashIndex } from '../../shared/hash-index.ts';
import { emptyTally, type Tally } from '../../shared/tally.ts';
import type { Blobs, Documents } from '../documents/documents.ts';
import type { Journal } from '../journal/journal.ts';
import { type Folds, replay } from './replay.ts';

const format = 10;
/** items of a part of a list: some megabytes of JSON, ten milliseconds of work */
const listPartItems = 16_384;

/** Where checkpoints are kept. */
export type CheckpointStore = Documents & Blobs;

/** An index in a checkpoint: its entries behind the whole parts are with it. */
type StoredIndex = { $index: number; valued: boolean; size: number; rest: string };
/** A list, or a map, of what never changes once it is there: its items behind the whole parts are with it. */
type StoredList = { $list: number; mapped: boolean; size: number; rest: unknown[] };
type Growing = unknown[] | Map<unknown, unknown>;
type Stored = {
  format: number;
  position: number;
  entry: string;
  partEntries: number;
  /** the hashes of every index's whole parts */
  parts: string[][];
  partItems: number;
  /** the same of every list */
  listParts: string[][];
  tally: unknown;
  admission: unknown;
};

const bytesOf = (w: Int32Array): Buffer => Buffer.from(w.buffer, w.byteOffset, w.byteLength);
const wordsOf = (b: Uint8Array): Int32Array => new Int32Array(b.buffer, b.byteOffset, b.byteLength / 4);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const partName =
  (index: number) =>
  (part: number): string =>
    `checkpoint-${index}-${part}`;
const listPartName =
  (list: number) =>
  (part: number): string =>
    `checkpoint-list-${list}-${part}`;

/** What a walk through the folds looks for, and what it found: every index and list, in the order in which they came. */
type Walk = { partEntries: number; partItems: number; growing: ReadonlySet<unknown>; indexes: HashIndex[]; lists: Growing[] };
/** What is only ever added to: nothing in it changes, and at rest nothing is taken back. */
const growingOf = ({ tally, admission }: Folds): ReadonlySet<unknown> => new Set<unknown>([admission.readings, ...[...tally.showcases.values()].map((t) => t.doors.crossings)]);
const sizeOf = (list: Growing): number => (Array.isArray(list) ? list.length : list.size);
/** The items from number `from` up to, without, `to`. */
const itemsOf = (list: Growing, from: number, to: number): unknown[] => {
  if (Array.isArray(list)) return list.slice(from, to);
  const items: unknown[] = [];
  let n = 0;
  for (const item of list) {
    if (n >= from) items.push(item);
    if (++n >= to) break;
  }
  return items;
};
const wholeOf = (size: number, partEntries: number): number => Math.floor(size / partEntries);

const encode = (value: unknown, walk: Walk): unknown => {
  if (walk.growing.has(value)) {
    const list = value as Growing;
    const size = sizeOf(list);
    const rest = itemsOf(list, wholeOf(size, walk.partItems) * walk.partItems, size);
    return { $list: walk.lists.push(list) - 1, mapped: !Array.isArray(list), size, rest } satisfies StoredList;
  }
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
/** `found` gathers the indexes and lists, which are made empty. */
type Found = { indexes: Map<HashIndex, StoredIndex>; lists: Map<Growing, StoredList> };
const decode = (value: unknown, found: Found): unknown => {
  if (Array.isArray(value)) return value.map((v) => decode(v, found));
  if (typeof value !== 'object' || value === null) return value;
  if ('$map' in value) return new Map((value.$map as [unknown, unknown][]).map(([k, v]) => [k, decode(v, found)]));
  if ('$index' in value) {
    const stored = value as StoredIndex;
    const index = new HashIndex(stored.valued, stored.size);
    found.indexes.set(index, stored);
    return index;
  }
  if ('$list' in value) {
    const stored = value as StoredList;
    const list = stored.mapped ? new Map() : [];
    found.lists.set(list, stored);
    return list;
  }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decode(v, found)]));
};

/** The hashes of those whole parts of an index or list that are in files, as this process knows. */
const written = new WeakMap<HashIndex | Growing, { each: number; hashes: string[] }>();

/** Writes those of the first `parts` parts that are not in files yet, `each` entries a part. Answers the hashes of them all. */
const keepParts = async (store: Blobs, of: HashIndex | Growing, name: (part: number) => string, parts: number, each: number): Promise<string[]> => {
  const known = written.get(of);
  const hashes = known?.each === each ? known.hashes : [];
  written.set(of, { each, hashes });
  for (let part = hashes.length; part < parts; part++) {
    const [from, to] = [part * each, (part + 1) * each];
    const bytes = of instanceof HashIndex ? bytesOf(of.words(from, to)) : Buffer.from(JSON.stringify(itemsOf(of, from, to)));
    await store.writeBytes(name(part), bytes);
    hashes.push(hashOf(bytes));
  }
  return hashes.slice(0, parts);
};

/** Hands out the bytes of whole parts. Answers false where one isn't what was written. */
const readParts = async (store: Blobs, name: (part: number) => string, hashes: readonly string[], whole: number, take: (bytes: Uint8Array) => void): Promise<boolean> => {
  if (hashes.length !== whole) return false;
  for (const [part, hash] of hashes.entries()) {
    const bytes = await store.readBytes(name(part));
    if (!bytes || hashOf(bytes) !== hash) return false;
    take(bytes);
  }
  return true;
};

const readIndex = async (store: Blobs, index: HashIndex, of: StoredIndex, hashes: readonly string[], each: number): Promise<boolean> => {
  if (!(await readParts(store, partName(of.$index), hashes, wholeOf(of.size, each), (bytes) => index.append(wordsOf(bytes))))) return false;
  index.append(wordsOf(Buffer.from(of.rest, 'base64')));
  written.set(index, { each, hashes: [...hashes] });
  return index.size === of.size;
};

const readList = async (store: Blobs, list: Growing, of: StoredList, hashes: readonly string[], each: number): Promise<boolean> => {
  const take = (items: readonly unknown[]): void => {
    if (Array.isArray(list)) for (const item of items) list.push(item);
    else for (const [key, value] of items as [unknown, unknown][]) list.set(key, value);
  };
  if (!(await readParts(store, listPartName(of.$list), hashes, wholeOf(of.size, each), (bytes) => take(JSON.parse(Buffer.from(bytes).toString()) as unknown[])))) return false;
  take(of.rest);
  written.set(list, { each, hashes: [...hashes] });
  return sizeOf(list) === of.size;
};

const entryAt = async (journal: Journal, position: number): Promise<string | null> => {
  for await (const { first, entries } of journal.read(position - 1)) return first === position && entries[0] ? JSON.stringify(entries[0]) : null;
  return null;
};

/**
 * Writes a checkpoint of the folds as they are now. The folds must not change before the first await has been reached. A part has
 * `partEntries` entries: a whole chunk is 4 MiB, some ten milliseconds of work.
 */
export const saveCheckpoint = async (store: CheckpointStore, journal: Journal, folds: Folds, partEntries = chunkEntries, partItems = listPartItems): Promise<void> => {
  const { tally, admission } = folds;
  const position = tally.position;
  if (position === 0) return;
  const walk: Walk = { partEntries, partItems, growing: growingOf(folds), indexes: [], lists: [] };
  const { streams, ids, readings } = admission;
  const head = { format, position, partEntries, partItems, admission: encode({ streams, ids, readings }, walk), tally: encode(tally, walk) };
  // what is added while the parts are written is for the next one
  const whole = walk.indexes.map((index) => wholeOf(index.size, partEntries));
  const wholeLists = walk.lists.map((list) => wholeOf(sizeOf(list), partItems));
  const entry = await entryAt(journal, position);
  if (entry === null) return;
  const parts: string[][] = [];
  for (const [n, index] of walk.indexes.entries()) parts.push(await keepParts(store, index, partName(n), whole[n] as number, partEntries));
  const listParts: string[][] = [];
  for (const [n, list] of walk.lists.entries()) listParts.push(await keepParts(store, list, listPartName(n), wholeLists[n] as number, partItems));
  await store.write('checkpoint', { ...head, entry, parts, listParts } satisfies Stored);
};

const readCheckpoint = async (store: CheckpointStore, journal: Journal): Promise<Folds | null> => {
  const read = await store.read('checkpoint');
  if (read.status !== 'ok') return null;
  const stored = read.value as Stored;
  if (stored.format !== format || stored.position > journal.position || (await entryAt(journal, stored.position)) !== stored.entry) return null;
  const found: Found = { indexes: new Map(), lists: new Map() };
  const folds = { admission: new Admission(decode(stored.admission, found) as Admission), tally: decode(stored.tally, found) as Tally };
  for (const [index, of] of found.indexes) if (!(await readIndex(store, index, of, stored.parts[of.$index] ?? [], stored.partEntries))) return null;
  for (const [list, of] of found.lists) if (!(await readList(store, list, of, stored.listParts[of.$list] ?? [], stored.partItems))) return null;
  return folds;
};

/** The folds of the whole journal: from the checkpoint and the tail after it, or from the beginning. `told` hears how far it is. */
export const foldJournal = async (journal: Journal, store: CheckpointStore | null, told: (position: number) => void = () => undefined): Promise<Folds & { from: number }> => {
  const start = (store && (await readCheckpoint(store, journal))) ?? { tally: emptyTally(), admission: new Admission() };
  const from = start.tally.position;
  await replay(journal, start, told);
  return { ...start, from };
};

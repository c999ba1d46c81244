/**
 * A set of texts kept as 64-bit hashes, each with up to two 32-bit values: ten million event ids fit in 230 MB where a `Set` of strings
 * takes over a gigabyte. Ids are 128 random bits, so two of ten million collide with a chance of about 3 in a million.
 * The entries stand in the order in which they came, four words each (two where there are no values), in chunks that never move; a table
 * of one word a slot leads to them. What came is taken back from the end only, so everything before stays as it is: a checkpoint writes
 * what is new and nothing twice.
 */
const growAt = 0.6;
const slotsMin = 1024;
const chunkBits = 18;
/** texts that are hashed together before there must be more room */
const textsMin = 512;
const entriesMin = 512;
/** entries of a chunk; the first begins small and grows to it */
export const chunkEntries = 1 << chunkBits;

export class HashIndex {
  /** whether entries have values */
  readonly valued: boolean;
  readonly #words: number;
  readonly #chunks: Int32Array[] = [];
  /** 0: free; else the entry's number + 1 in the low bits (as many as the table needs), and bits of the hash above them */
  #table: Int32Array;
  #mask: number;
  #size = 0;
  // biome-ignore lint/correctness/noUnusedPrivateClassMembers: written only, so that no compiler finds what fetches the slots useless
  #near = 0;

  constructor(valued: boolean, capacity = 0) {
    this.valued = valued;
    this.#words = valued ? 4 : 2;
    const slots = Math.max(slotsMin, 2 ** Math.ceil(Math.log2((capacity + 1) / growAt)));
    this.#table = new Int32Array(slots);
    this.#mask = slots - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The number of `text`'s entry, in the order in which they came; -1 where it is not there. */
  find(text: string): number {
    hash64(text);
    const slot = this.#seek(lo, hi);
    return ((this.#table[slot] as number) & this.#mask) - 1;
  }

  has(text: string): boolean {
    return this.find(text) >= 0;
  }

  /** The first value of an entry. */
  a(entry: number): number {
    return this.#word(entry, 2) >>> 0;
  }

  /** The second value of an entry. */
  b(entry: number): number {
    return this.#word(entry, 3) >>> 0;
  }

  /** Adds `text`; false (and nothing changed) when it was there. */
  add(text: string, a = 0, b = 0): boolean {
    hash64(text);
    return this.#add(a, b);
  }

  /** Adds the text `first|second`, which isn't made for it. */
  addPair(first: string, second: string): boolean {
    hash64(first, second);
    return this.#add(0, 0);
  }

  /** Adds texts that were hashed together, in their order, with `a` and what is counted up from `b`; `fresh[i]` says 1 of each that wasn't there. */
  addAll({ los, his, size }: HashedTexts, fresh: Uint8Array, a = 0, b = 0): void {
    // the table is larger than any cache: looked at one after the other, without waiting in between, its slots come together
    let near = 0;
    for (let i = 0; i < size; i++) near |= this.#table[(los[i] as number) & this.#mask] as number;
    this.#near = near;
    for (let i = 0; i < size; i++) {
      lo = los[i] as number;
      hi = his[i] as number;
      fresh[i] = this.#add(a, b + i) ? 1 : 0;
    }
  }

  /** Adds what was hashed last. */
  #add(a: number, b: number): boolean {
    if (this.#size + 1 > (this.#mask + 1) * growAt) this.#grow();
    const slot = this.#seek(lo, hi);
    if (this.#table[slot] !== 0) return false;
    this.#push(slot, lo, hi, a, b);
    return true;
  }

  /** Takes back what was added since there were `size` entries (to undo an append that failed). */
  truncate(size: number): void {
    while (this.#size > size) {
      this.#free(this.#seek(this.#word(this.#size - 1, 0), this.#word(this.#size - 1, 1)));
      this.#size--;
    }
  }

  /** A copy of the entries from number `from` up to, without, `to`, for a checkpoint. */
  words(from: number, to: number): Int32Array {
    const out = new Int32Array((to - from) * this.#words);
    for (let n = from; n < to; ) {
      const end = Math.min(to, (n | (chunkEntries - 1)) + 1);
      const at = (n & (chunkEntries - 1)) * this.#words;
      out.set((this.#chunks[n >>> chunkBits] as Int32Array).subarray(at, at + (end - n) * this.#words), (n - from) * this.#words);
      n = end;
    }
    return out;
  }

  /** Adds entries as `words` gave them, none of which is there yet. A whole chunk of them is not copied: it belongs to the index then. */
  append(words: Int32Array): void {
    for (let at = 0; at < words.length; ) {
      const from = this.#size;
      const inChunk = from & (chunkEntries - 1);
      if (inChunk === 0 && at === 0 && words.length === chunkEntries * this.#words) this.#chunks.push(words);
      const chunk = this.#room(from);
      const more = words.subarray(at, at + chunk.length - inChunk * this.#words);
      if (chunk !== words) chunk.set(more, inChunk * this.#words);
      this.#size = from + more.length / this.#words;
      if (this.#size > (this.#mask + 1) * growAt) this.#grow();
      else lead(this.#table, chunk, this.#words, from, this.#size);
      at += more.length;
    }
  }

  #word(entry: number, word: number): number {
    return (this.#chunks[entry >>> chunkBits] as Int32Array)[(entry & (chunkEntries - 1)) * this.#words + word] as number;
  }

  /** The slot that leads to the hash, else the free one where it would go. */
  #seek(l: number, h: number): number {
    const table = this.#table;
    const mask = this.#mask;
    const tag = h & ~mask;
    for (let i = l & mask; ; i = (i + 1) & mask) {
      const slot = table[i] as number;
      if (slot === 0) return i;
      // the bits of the hash spare nearly every look at an entry that is another
      if ((slot & ~mask) !== tag) continue;
      const entry = (slot & mask) - 1;
      if (this.#word(entry, 0) === l && this.#word(entry, 1) === h) return i;
    }
  }

  #push(slot: number, l: number, h: number, a: number, b: number): void {
    const entry = this.#size++;
    const chunk = this.#room(entry);
    const at = (entry & (chunkEntries - 1)) * this.#words;
    chunk[at] = l;
    chunk[at + 1] = h;
    if (this.#words === 4) {
      chunk[at + 2] = a;
      chunk[at + 3] = b;
    }
    this.#table[slot] = (entry + 1) | (h & ~this.#mask);
  }

  /** The chunk that the next entry, `entry`, goes into. */
  #room(entry: number): Int32Array {
    const number = entry >>> chunkBits;
    const at = (entry & (chunkEntries - 1)) * this.#words;
    const chunk = this.#chunks[number];
    if (chunk && at < chunk.length) return chunk;
    const larger = new Int32Array(Math.min(chunkEntries, number > 0 ? chunkEntries : Math.max(entriesMin, 2 * entry)) * this.#words);
    if (chunk) larger.set(chunk);
    this.#chunks[number] = larger;
    return larger;
  }

  /** Empties a slot; those after it move up, so that lookups stay short. */
  #free(slot: number): void {
    const table = this.#table;
    const mask = this.#mask;
    let hole = slot;
    for (let i = (hole + 1) & mask; table[i] !== 0; i = (i + 1) & mask) {
      const home = this.#word(((table[i] as number) & mask) - 1, 0) & mask;
      if (((i - home) & mask) < ((i - hole) & mask)) continue;
      table[hole] = table[i] as number;
      hole = i;
    }
    table[hole] = 0;
  }

  /** A table in which what there is takes at most half the room. */
  #grow(): void {
    let slots = this.#table.length;
    while (this.#size > (slots * growAt) / 2) slots *= 2;
    this.#table = new Int32Array(slots);
    this.#mask = slots - 1;
    for (const [number, chunk] of this.#chunks.entries()) {
      const from = number << chunkBits;
      lead(this.#table, chunk, this.#words, from, Math.min(this.#size, from + chunkEntries));
    }
  }
}

/** Lets a table lead to entries `from` to, without, `to` of one chunk; none of them is in it yet. */
const lead = (table: Int32Array, chunk: Int32Array, words: number, from: number, to: number): void => {
  const mask = table.length - 1;
  for (let entry = from, at = (from & (chunkEntries - 1)) * words; entry < to; entry++, at += words) {
    let i = (chunk[at] as number) & mask;
    while (table[i] !== 0) i = (i + 1) & mask;
    table[i] = (entry + 1) | ((chunk[at + 1] as number) & ~mask);
  }
};

/** ASCII texts as they stand in bytes, hashed as `add` and `addPair` would. */
export class HashedTexts {
  los: Int32Array = new Int32Array(textsMin);
  his: Int32Array = new Int32Array(textsMin);
  size = 0;

  clear(): void {
    this.size = 0;
  }

  /** The text from byte `from` to, without, `to`; with `more`, the pair of it and of the one from `more` to `moreTo`. */
  push(bytes: Uint8Array, from: number, to: number, more = -1, moreTo = -1): void {
    let h1 = 0xdeadbeef;
    let h2 = 0x41c6ce57;
    for (let i = from; i < to; i++) {
      const c = bytes[i] as number;
      h1 = Math.imul(h1 ^ c, 2654435761);
      h2 = Math.imul(h2 ^ c, 1597334677);
    }
    if (more >= 0) {
      h1 = Math.imul(h1 ^ bar, 2654435761);
      h2 = Math.imul(h2 ^ bar, 1597334677);
      for (let i = more; i < moreTo; i++) {
        const c = bytes[i] as number;
        h1 = Math.imul(h1 ^ c, 2654435761);
        h2 = Math.imul(h2 ^ c, 1597334677);
      }
    }
    mix(h1, h2);
    if (this.size === this.los.length) {
      this.los = doubled(this.los);
      this.his = doubled(this.his);
    }
    this.los[this.size] = lo;
    this.his[this.size++] = hi;
  }
}
const doubled = (list: Int32Array): Int32Array => {
  const larger = new Int32Array(2 * list.length);
  larger.set(list);
  return larger;
};

/** what hash64 answered last: two signed words, which are kept without an allocation */
let lo = 0;
let hi = 0;
/**
 * Two independent 32-bit hashes of a text (cyrb53's mixing, by bryc, public domain), into `lo` and `hi`. With a second text: of both with a
 * bar between them.
 */
const hash64 = (text: string, second?: string): void => {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 2654435761);
    h2 = Math.imul(h2 ^ c, 1597334677);
  }
  if (second !== undefined) {
    h1 = Math.imul(h1 ^ bar, 2654435761);
    h2 = Math.imul(h2 ^ bar, 1597334677);
    for (let i = 0; i < second.length; i++) {
      const c = second.charCodeAt(i);
      h1 = Math.imul(h1 ^ c, 2654435761);
      h2 = Math.imul(h2 ^ c, 1597334677);
    }
  }
  mix(h1, h2);
};
const bar = 0x7c;
const mix = (first: number, second: number): void => {
  const h1 = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  lo = h1;
  hi = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
};

/**
 * A set of texts kept as 64-bit hashes in typed arrays, with up to two 32-bit values each: ten million event ids fit in 320 MB where a
 * `Set` of strings takes over a gigabyte. Ids are 128 random bits, so two of ten million collide with a chance of about 3 in a million.
 */
const growAt = 0.6;
/** words of a slot: both halves of the hash, both values; together in memory, so that a lookup touches one cache line */
const slotWords = 4;

export class HashIndex {
  #words: Uint32Array;
  #size = 0;
  #mask: number;

  constructor(capacity = 1024) {
    const n = 2 ** Math.ceil(Math.log2(Math.max(16, capacity)));
    this.#words = new Uint32Array(n * slotWords);
    this.#mask = n - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The slot of `text`, or -1. Read its values with `a` and `b` before anything is added or deleted. */
  find(text: string): number {
    hash64(text);
    const slot = this.#seek(lo, hi);
    return this.#free(slot) ? -1 : slot;
  }

  has(text: string): boolean {
    return this.find(text) >= 0;
  }

  a(slot: number): number {
    return this.#words[slot * slotWords + 2] as number;
  }

  b(slot: number): number {
    return this.#words[slot * slotWords + 3] as number;
  }

  /** Adds `text`; false (and nothing changed) when it was there. */
  add(text: string, a = 0, b = 0): boolean {
    hash64(text);
    let slot = this.#seek(lo, hi);
    if (!this.#free(slot)) return false;
    if (this.#size + 1 > (this.#mask + 1) * growAt) {
      this.#grow();
      slot = this.#seek(lo, hi);
    }
    this.#put(slot, lo, hi, a, b);
    this.#size++;
    return true;
  }

  /** Takes `text` out again (to undo an append that failed). */
  delete(text: string): void {
    let hole = this.find(text);
    if (hole < 0) return;
    this.#size--;
    // backward shift: no tombstones, so lookups stay short
    for (let i = (hole + 1) & this.#mask; !this.#free(i); i = (i + 1) & this.#mask) {
      const home = (this.#words[i * slotWords] as number) & this.#mask;
      if (((i - home) & this.#mask) < ((i - hole) & this.#mask)) continue;
      this.#words.copyWithin(hole * slotWords, i * slotWords, (i + 1) * slotWords);
      hole = i;
    }
    this.#put(hole, 0, 0, 0, 0);
  }

  /** Everything in four words an entry, for a checkpoint. */
  snapshot(): Uint32Array {
    const out = new Uint32Array(this.#size * slotWords);
    let n = 0;
    for (let i = 0; i <= this.#mask; i++) {
      if (this.#free(i)) continue;
      for (let w = 0; w < slotWords; w++) out[n++] = this.#words[i * slotWords + w] as number;
    }
    return out;
  }

  /** The index that `snapshot` was taken of. */
  static from(words: Uint32Array): HashIndex {
    const index = new HashIndex(words.length / slotWords / growAt + 1);
    index.#take(words);
    index.#size = words.length / slotWords;
    return index;
  }

  /** The slot that holds the hash, else the free one where it would go. */
  #seek(l: number, h: number): number {
    const words = this.#words;
    for (let i = l & this.#mask; ; i = (i + 1) & this.#mask) {
      const wl = words[i * slotWords] as number;
      const wh = words[i * slotWords + 1] as number;
      if ((wl === l && wh === h) || (wl === 0 && wh === 0)) return i;
    }
  }

  #free(slot: number): boolean {
    return this.#words[slot * slotWords] === 0 && this.#words[slot * slotWords + 1] === 0;
  }

  #put(slot: number, l: number, h: number, a: number, b: number): void {
    const at = slot * slotWords;
    this.#words[at] = l;
    this.#words[at + 1] = h;
    this.#words[at + 2] = a;
    this.#words[at + 3] = b;
  }

  /** Places whole slots that are known to be new, empty ones left out. */
  #take(words: Uint32Array): void {
    for (let n = 0; n < words.length; n += slotWords) {
      const l = words[n] as number;
      const h = words[n + 1] as number;
      if (l !== 0 || h !== 0) this.#put(this.#seek(l, h), l, h, words[n + 2] as number, words[n + 3] as number);
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    this.#take(old);
  }
}

/** what hash64 answered last: two words without an allocation for every lookup */
let lo = 0;
let hi = 0;
/** Two independent 32-bit hashes of a text (cyrb53's mixing, by bryc, public domain), never both zero, into `lo` and `hi`. */
const hash64 = (text: string): void => {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 2654435761);
    h2 = Math.imul(h2 ^ c, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  lo = h1 >>> 0;
  hi = h2 >>> 0;
  if (lo === 0 && hi === 0) hi = 1;
};

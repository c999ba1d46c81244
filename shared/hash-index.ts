/**
 * A set of texts kept as 64-bit hashes in typed arrays, with up to two 32-bit values each: ten million event ids fit in 320 MB where a
 * `Set` of strings takes over a gigabyte. Ids are 128 random bits, so two of ten million collide with a chance of about 3 in a million.
 */
const growAt = 0.6;

export class HashIndex {
  #lo: Uint32Array;
  #hi: Uint32Array;
  #a: Uint32Array;
  #b: Uint32Array;
  #size = 0;
  #mask: number;

  constructor(capacity = 1024) {
    const n = 2 ** Math.ceil(Math.log2(Math.max(16, capacity)));
    this.#lo = new Uint32Array(n);
    this.#hi = new Uint32Array(n);
    this.#a = new Uint32Array(n);
    this.#b = new Uint32Array(n);
    this.#mask = n - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The slot of `text`, or -1. Read its values with `a` and `b` before anything is added or deleted. */
  find(text: string): number {
    const [lo, hi] = hash64(text);
    for (let i = lo & this.#mask; ; i = (i + 1) & this.#mask) {
      const l = this.#lo[i] as number;
      const h = this.#hi[i] as number;
      if (l === 0 && h === 0) return -1;
      if (l === lo && h === hi) return i;
    }
  }

  has(text: string): boolean {
    return this.find(text) >= 0;
  }

  a(slot: number): number {
    return this.#a[slot] as number;
  }

  b(slot: number): number {
    return this.#b[slot] as number;
  }

  /** Adds `text`; false (and nothing changed) when it was there. */
  add(text: string, a = 0, b = 0): boolean {
    if (this.find(text) >= 0) return false;
    if (this.#size + 1 > (this.#mask + 1) * growAt) this.#grow();
    const [lo, hi] = hash64(text);
    this.#place(lo, hi, a, b);
    this.#size++;
    return true;
  }

  /** Takes `text` out again (to undo an append that failed). */
  delete(text: string): void {
    let hole = this.find(text);
    if (hole < 0) return;
    this.#size--;
    // backward shift: no tombstones, so lookups stay short
    for (let i = (hole + 1) & this.#mask; this.#lo[i] !== 0 || this.#hi[i] !== 0; i = (i + 1) & this.#mask) {
      const home = (this.#lo[i] as number) & this.#mask;
      if (((i - home) & this.#mask) < ((i - hole) & this.#mask)) continue;
      this.#move(i, hole);
      hole = i;
    }
    this.#lo[hole] = 0;
    this.#hi[hole] = 0;
  }

  /** Everything in four words an entry, for a checkpoint. */
  snapshot(): Uint32Array {
    const out = new Uint32Array(this.#size * 4);
    let n = 0;
    for (let i = 0; i <= this.#mask; i++) {
      if (this.#lo[i] === 0 && this.#hi[i] === 0) continue;
      out[n++] = this.#lo[i] as number;
      out[n++] = this.#hi[i] as number;
      out[n++] = this.#a[i] as number;
      out[n++] = this.#b[i] as number;
    }
    return out;
  }

  /** The index that `snapshot` was taken of. */
  static from(words: Uint32Array): HashIndex {
    const index = new HashIndex(words.length / 4 / growAt + 1);
    for (let n = 0; n < words.length; n += 4) index.#place(words[n] as number, words[n + 1] as number, words[n + 2] as number, words[n + 3] as number);
    index.#size = words.length / 4;
    return index;
  }

  #place(lo: number, hi: number, a: number, b: number): void {
    let i = lo & this.#mask;
    while (this.#lo[i] !== 0 || this.#hi[i] !== 0) i = (i + 1) & this.#mask;
    this.#lo[i] = lo;
    this.#hi[i] = hi;
    this.#a[i] = a;
    this.#b[i] = b;
  }

  #move(from: number, to: number): void {
    this.#lo[to] = this.#lo[from] as number;
    this.#hi[to] = this.#hi[from] as number;
    this.#a[to] = this.#a[from] as number;
    this.#b[to] = this.#b[from] as number;
  }

  #grow(): void {
    const old = { lo: this.#lo, hi: this.#hi, a: this.#a, b: this.#b };
    const n = (this.#mask + 1) * 2;
    this.#lo = new Uint32Array(n);
    this.#hi = new Uint32Array(n);
    this.#a = new Uint32Array(n);
    this.#b = new Uint32Array(n);
    this.#mask = n - 1;
    for (let i = 0; i < old.lo.length; i++) if (old.lo[i] !== 0 || old.hi[i] !== 0) this.#place(old.lo[i] as number, old.hi[i] as number, old.a[i] as number, old.b[i] as number);
  }
}

const pair: [number, number] = [0, 0];
/** Two independent 32-bit hashes of a text (cyrb53's mixing, by bryc, public domain), never both zero. The pair is reused. */
const hash64 = (text: string): readonly [number, number] => {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ c, 2654435761);
    h2 = Math.imul(h2 ^ c, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  pair[0] = h1 >>> 0;
  pair[1] = h2 >>> 0;
  if (pair[0] === 0 && pair[1] === 0) pair[1] = 1;
  return pair;
};

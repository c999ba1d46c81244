/**
 * Reads a kiosk's batch straight from the journal's bytes, for folding a long journal: only what the folds ask for, into objects that are
 * used again for the next batch. It knows the plain form in which a batch is written (ASCII, no escapes, known kinds and fields); whatever
 * looks different in any way is not its to read: `scan` answers -1, and the entry is parsed as JSON. So it decides nothing and checks
 * nothing that parsing wouldn't: the checksum of the frame holds, and what it read is what `JSON.parse` would have given.
 */
import { isAscii } from 'node:buffer';
import { ALSE, BACKSLASH, BIT, CLOSE, CLOSE_LIST, COLON, COMMA, HEAD, KEY, MINUS, NEEDED, NINE, OPEN, POINT, QUOTE, SMALL_F, TRUE, type Word, ZERO } from './batch-form.ts';

/** bytes that must stand in the buffer behind what is scanned: texts are compared four bytes at a time */
const scanBytesBehind = 16;
/** so many digits are one exact number, also behind a point */
const exactDigitsMax = 15;
const POWERS = Array.from({ length: exactDigitsMax + 1 }, (_, n) => 10 ** n);
/** texts that are remembered, at most: names of kiosks, projects, kinds */
const textsKept = 1 << 12;

/** An event of a batch, for as long as the next one isn't scanned. */
class ScannedEvent {
  readonly #scanner: BatchScanner;
  atMs = 0.5;
  seconds = 0.5;
  inputs = 0;
  idFrom = 0;
  idTo = 0;
  sessionFrom = 0;
  sessionTo = 0;
  projectFrom = 0;
  projectTo = 0;
  kind = '';
  project: string | undefined = undefined;
  lang: string | undefined = undefined;
  code: string | undefined = undefined;
  time: string | undefined = undefined;

  constructor(scanner: BatchScanner) {
    this.#scanner = scanner;
  }

  get session(): string {
    return this.#scanner.session(this.sessionFrom, this.sessionTo);
  }
}

export class BatchScanner {
  receivedMs = 0;
  offsetMs = 0;
  from = 0;
  showcase = '';
  zone = '';
  device = '';
  epoch = '';
  /** of `items`, those of this batch */
  count = 0;
  readonly items: ScannedEvent[] = [];
  /** what is scanned */
  bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  /** the last number or text that was read */
  #number = 0.5;
  #text = '';
  readonly #texts = new Array<string>(textsKept).fill('');
  /** of each text its first, second, last but one and last four bytes */
  readonly #words = new Int32Array(4 * textsKept);
  #session = '';
  #sessionFrom = -1;

  /** Looks at another buffer from now on, or at the same with other bytes in it. */
  look(bytes: Buffer): void {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset);
  }

  /** Whether all from byte `from` to `to`, without, can be scanned: plain ASCII without escapes, and enough bytes behind it. */
  plain(from: number, to: number): boolean {
    if (to + scanBytesBehind > this.#view.byteLength) return false;
    const part = this.bytes.subarray(from, to);
    return isAscii(part) && part.indexOf(BACKSLASH) < 0;
  }

  /** The batch that begins at byte `at` of what is `plain`: answers the byte behind it, or -1 where it is anything else than a batch in its plain form. */
  scan(at: number): number {
    this.#at = at;
    this.#sessionFrom = -1;
    this.count = 0;
    return this.#head() && this.#list() ? this.#at : -1;
  }

  /** A text of the batch; the last one is remembered, for a visit's events come together. */
  session(from: number, to: number): string {
    if (from === this.#sessionFrom) return this.#session;
    if (!this.#same(this.#session, from, to)) this.#session = this.bytes.toString('latin1', from, to);
    this.#sessionFrom = from;
    return this.#session;
  }

  #head(): boolean {
    if (!this.#is(HEAD[0]) || !this.#readNumber()) return false;
    this.receivedMs = this.#number;
    if (!this.#is(HEAD[1]) || !this.#readText()) return false;
    this.showcase = this.#text;
    if (!this.#is(HEAD[2]) || !this.#readText()) return false;
    this.zone = this.#text;
    if (!this.#is(HEAD[3]) || !this.#readText()) return false;
    this.device = this.#text;
    if (!this.#is(HEAD[4]) || !this.#readText()) return false;
    this.epoch = this.#text;
    if (!this.#is(HEAD[5]) || !this.#readNumber()) return false;
    this.from = this.#number;
    if (!this.#is(HEAD[6]) || !this.#readNumber()) return false;
    this.offsetMs = this.#number;
    return this.#is(HEAD[7]);
  }

  /** The items and what closes the list and the entry. */
  #list(): boolean {
    for (;;) {
      if (!this.#event()) return false;
      const c = this.bytes[this.#at++];
      if (c === COMMA) continue;
      return c === CLOSE_LIST && this.bytes[this.#at++] === CLOSE;
    }
  }

  #event(): boolean {
    const { bytes } = this;
    if (bytes[this.#at] !== OPEN) return false;
    this.#at++;
    let e = this.items[this.count];
    if (e === undefined) {
      e = new ScannedEvent(this);
      this.items.push(e);
    }
    e.project = undefined;
    e.code = undefined;
    e.time = undefined;
    let found = 0;
    for (;;) {
      const field = this.#field(e);
      if (field === 0) return false;
      found |= field;
      const c = bytes[this.#at++];
      if (c === COMMA) continue;
      if (c !== CLOSE) return false;
      const needed = NEEDED.get(e.kind);
      this.count++;
      return needed !== undefined && (found & needed) === needed;
    }
  }

  /** Reads a field and its value. Answers its bit; 0 where it is none that is known. */
  #field(e: ScannedEvent): number {
    const first = this.#view.getInt32(this.#at, true);
    if (first === KEY.id.first) {
      if (this.bytes[this.#at + 4] !== COLON) return 0;
      this.#at += 5;
      e.idFrom = this.#at + 1;
      if (!this.#passText()) return 0;
      e.idTo = this.#at - 1;
      return BIT.id;
    }
    if (first === KEY.atMs.first) {
      if (!this.#key(KEY.atMs) || !this.#readNumber()) return 0;
      e.atMs = this.#number;
      return BIT.atMs;
    }
    if (first === KEY.session.first) {
      if (!this.#key(KEY.session)) return 0;
      e.sessionFrom = this.#at + 1;
      if (!this.#passText()) return 0;
      e.sessionTo = this.#at - 1;
      return BIT.session;
    }
    if (first === KEY.kind.first) {
      if (!this.#key(KEY.kind) || !this.#readText()) return 0;
      e.kind = this.#text;
      return BIT.kind;
    }
    if (first === KEY.project.first) {
      if (!this.#key(KEY.project)) return 0;
      e.projectFrom = this.#at + 1;
      if (!this.#readText()) return 0;
      e.projectTo = this.#at - 1;
      e.project = this.#text;
      return BIT.project;
    }
    if (first === KEY.via.first) return this.#key(KEY.via) && this.#passText() ? BIT.via : 0;
    if (first === KEY.seconds.first) {
      if (!this.#key(KEY.seconds) || !this.#readNumber()) return 0;
      e.seconds = this.#number;
      return BIT.seconds;
    }
    return this.#rareField(first, e);
  }

  #rareField(first: number, e: ScannedEvent): number {
    switch (first) {
      case KEY.lang.first:
        if (!this.#key(KEY.lang) || !this.#readText()) return 0;
        e.lang = this.#text;
        return BIT.lang;
      case KEY.code.first:
        if (!this.#key(KEY.code) || !this.#readText()) return 0;
        e.code = this.#text;
        return BIT.code;
      case KEY.inputs.first:
        if (!this.#key(KEY.inputs) || !this.#readNumber()) return 0;
        e.inputs = this.#number;
        return BIT.inputs;
      case KEY.time.first:
        if (!this.#key(KEY.time) || !this.#readText()) return 0;
        e.time = this.#text;
        return BIT.time;
      case KEY.reason.first:
        return this.#key(KEY.reason) && this.#passText() ? BIT.reason : 0;
      case KEY.rating.first:
        return this.#key(KEY.rating) && this.#passText() ? BIT.rating : 0;
      case KEY.mode.first:
        return this.#key(KEY.mode) && this.#passText() ? BIT.mode : 0;
      case KEY.right.first:
        return this.#key(KEY.right) && this.#passTruth() ? BIT.right : 0;
      default:
        return 0;
    }
  }

  /** Moves behind this key, whose first four bytes stand here, if the others do. */
  #key(key: Word): boolean {
    const at = this.#at;
    if (this.#view.getInt32(at + key.length - 4, true) !== key.last) return false;
    if (key.length > 8 && this.#view.getInt32(at + 4, true) !== key.second) return false;
    this.#at = at + key.length;
    return true;
  }

  /** Moves behind these bytes if they stand here. */
  #is(word: Uint8Array): boolean {
    const { bytes } = this;
    const at = this.#at;
    for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
    this.#at = at + word.length;
    return true;
  }

  #passTruth(): boolean {
    const truth = this.#view.getInt32(this.#at, true) === TRUE;
    if (!truth && (this.bytes[this.#at] !== SMALL_F || this.#view.getInt32(this.#at + 1, true) !== ALSE)) return false;
    this.#at += truth ? 4 : 5;
    return true;
  }

  /** Moves behind a text. */
  #passText(): boolean {
    const view = this.#view;
    let at = this.#at;
    if (this.bytes[at++] !== QUOTE) return false;
    // four bytes at a time: a byte of `v` is 0 where there is a quote, and the lowest bit of `quotes` is in the first of them
    for (const end = view.byteLength - 4; at <= end; at += 4) {
      const v = view.getInt32(at, true) ^ 0x22222222;
      const quotes = (v - 0x01010101) & ~v & 0x80808080;
      if (quotes === 0) continue;
      this.#at = at + ((31 - Math.clz32(quotes & -quotes)) >> 3) + 1;
      return true;
    }
    return false;
  }

  /** Reads a text that is likely to come again. */
  #readText(): boolean {
    const from = this.#at + 1;
    if (!this.#passText()) return false;
    const to = this.#at - 1;
    const length = to - from;
    const view = this.#view;
    // up to 16 bytes these four words are all of it
    const first = length < 4 ? view.getInt32(from, true) & ((1 << (8 * length)) - 1) : view.getInt32(from, true);
    const last = length < 4 ? length : view.getInt32(to - 4, true);
    const second = length > 8 ? view.getInt32(from + 4, true) : length;
    const third = length > 8 ? view.getInt32(to - 8, true) : 0;
    const hash = Math.imul(first ^ Math.imul(last, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ third, 0x9e3779b1);
    const slot = (hash >>> 16) & (textsKept - 1);
    const words = this.#words;
    const at = 4 * slot;
    const kept = this.#texts[slot] as string;
    if (
      kept.length === length &&
      words[at] === first &&
      words[at + 1] === second &&
      words[at + 2] === third &&
      words[at + 3] === last &&
      (length <= 16 || this.#same(kept, from, to))
    ) {
      this.#text = kept;
      return true;
    }
    const text = this.bytes.toString('latin1', from, to);
    this.#texts[slot] = text;
    words[at] = first;
    words[at + 1] = second;
    words[at + 2] = third;
    words[at + 3] = last;
    this.#text = text;
    return true;
  }

  #same(text: string, from: number, to: number): boolean {
    if (text.length !== to - from) return false;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== this.bytes[from + i]) return false;
    return true;
  }

  /** Reads a number that is told in at most 15 digits, without an exponent. */
  #readNumber(): boolean {
    const { bytes } = this;
    let at = this.#at;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    const from = at;
    let n = 0;
    let c = bytes[at] as number;
    for (; c >= ZERO && c <= NINE; c = bytes[++at] as number) n = n * 10 + (c - ZERO);
    let digits = at - from;
    // no digit, or a zero before others; and a zero with a sign is another number
    if (digits === 0 || (digits > 1 && bytes[from] === ZERO) || (negative && bytes[from] === ZERO)) return false;
    if (c === POINT) {
      const point = at;
      for (c = bytes[++at] as number; c >= ZERO && c <= NINE; c = bytes[++at] as number) n = n * 10 + (c - ZERO);
      const behind = at - point - 1;
      digits += behind;
      if (behind === 0 || digits > exactDigitsMax) return false;
      n /= POWERS[behind] as number;
    }
    // a digit more than is exact, an exponent
    if (digits > exactDigitsMax || (c !== COMMA && c !== CLOSE)) return false;
    this.#number = negative ? -n : n;
    this.#at = at;
    return true;
  }
}

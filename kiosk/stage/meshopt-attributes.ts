/**
 * Decodes meshopt's packed vertices in plain script, after the reference decoder of meshoptimizer (MIT, Arseny Kapoulkine, Jasper
 * St. Pierre). The page's policy runs no WebAssembly; a model of 400 KB takes some tens of milliseconds this way. Throws on bytes it
 * doesn't understand.
 */

/** bits of each of a group's four modes: version 0; version 1 with control 0; with control 1 */
const groupBits = [
  [0, 2, 4, 8],
  [0, 1, 2, 4],
  [1, 2, 4, 8],
] as const;
const groupSize = 16;
const blockBytesMax = 0x2000;
const blockElementsMax = 0x100;

export const unzigzag = (v: number): number => (v >>> 1) ^ -(v & 1);

type Reader = { source: Uint8Array; at: number };

/** Sixteen deltas of `bits` bits each; a value of all ones says that the whole byte follows. */
const readGroup = (r: Reader, bits: number, out: Uint8Array, to: number): void => {
  const { source } = r;
  if (bits === 0) return;
  if (bits === 8) {
    for (let m = 0; m < groupSize; m++) out[to + m] = source[r.at + m] as number;
    r.at += groupSize;
    return;
  }
  const whole = (1 << bits) - 1;
  let head = r.at;
  let next = head + bits * 2;
  for (let m = 0; m < groupSize; ) {
    const byte = source[head++] as number;
    // one bit: from the low end; two and four: from the high end
    for (let k = 0; k < 8; k += bits) {
      const delta = (byte >>> (bits === 1 ? k : 8 - bits - k)) & whole;
      out[to + m++] = delta === whole ? (source[next++] as number) : delta;
    }
  }
  r.at = next;
};

/** One plane of bytes of a block. `control` is null in version 0. */
const readPlane = (r: Reader, control: number | null, count: number, out: Uint8Array, to: number): void => {
  if (control === 2) return;
  if (control === 3) {
    for (let k = 0; k < count; k++) out[to + k] = r.source[r.at + k] as number;
    r.at += count;
    return;
  }
  const groups = (count + groupSize - 1) >>> 4;
  const head = r.at;
  r.at += (groups + 3) >>> 2;
  const bits = groupBits[control === null ? 0 : control === 0 ? 1 : 2];
  for (let g = 0; g < groups; g++) {
    const mode = ((r.source[head + (g >>> 2)] as number) >>> ((g & 3) << 1)) & 3;
    readGroup(r, bits[mode] as number, out, to + g * groupSize);
  }
};

/**
 * Adds up the deltas of four bytes of a block's elements, from the element before them, which becomes the last of these. The planes of
 * the four bytes lie one after another in `deltas` from `from` on; `to` is where the first element's bytes go.
 */
const addDeltas = (
  channel: number,
  deltas: Uint8Array,
  from: number,
  plane: number,
  before: Uint8Array,
  byte: number,
  target: Uint8Array,
  to: number,
  stride: number,
  count: number,
): void => {
  const kind = channel & 3;
  const turn = channel >>> 4;
  const [p1, p2, p3] = [from + plane, from + plane * 2, from + plane * 3];
  let v0 = before[byte] as number;
  let v1 = before[byte + 1] as number;
  let v2 = before[byte + 2] as number;
  let v3 = before[byte + 3] as number;
  if (kind === 0)
    for (let k = 0; k < count; k++, to += stride) {
      target[to] = v0 = (v0 + unzigzag(deltas[from + k] as number)) & 0xff;
      target[to + 1] = v1 = (v1 + unzigzag(deltas[p1 + k] as number)) & 0xff;
      target[to + 2] = v2 = (v2 + unzigzag(deltas[p2 + k] as number)) & 0xff;
      target[to + 3] = v3 = (v3 + unzigzag(deltas[p3 + k] as number)) & 0xff;
    }
  else if (kind === 1) {
    let low = v0 | (v1 << 8);
    let high = v2 | (v3 << 8);
    for (let k = 0; k < count; k++, to += stride) {
      low = (low + unzigzag((deltas[from + k] as number) | ((deltas[p1 + k] as number) << 8))) & 0xffff;
      high = (high + unzigzag((deltas[p2 + k] as number) | ((deltas[p3 + k] as number) << 8))) & 0xffff;
      target[to] = low;
      target[to + 1] = low >>> 8;
      target[to + 2] = high;
      target[to + 3] = high >>> 8;
    }
    [v0, v1, v2, v3] = [low, low >>> 8, high, high >>> 8];
  } else if (kind === 2) {
    let v = v0 | (v1 << 8) | (v2 << 16) | (v3 << 24);
    for (let k = 0; k < count; k++, to += stride) {
      const delta = (deltas[from + k] as number) | ((deltas[p1 + k] as number) << 8) | ((deltas[p2 + k] as number) << 16) | ((deltas[p3 + k] as number) << 24);
      v ^= turn === 0 ? delta : (delta >>> turn) | (delta << (32 - turn));
      target[to] = v;
      target[to + 1] = v >>> 8;
      target[to + 2] = v >>> 16;
      target[to + 3] = v >>> 24;
    }
    [v0, v1, v2, v3] = [v, v >>> 8, v >>> 16, v >>> 24];
  } else throw new Error('meshopt: channel of an unknown kind');
  before[byte] = v0;
  before[byte + 1] = v1;
  before[byte + 2] = v2;
  before[byte + 3] = v3;
};

/** `count` vertices of `stride` bytes (a multiple of 4). */
export const decodeVertices = (source: Uint8Array, count: number, stride: number): Uint8Array => {
  const version = (source[0] ?? 0) & 0x0f;
  if (((source[0] ?? 0) & 0xf0) !== 0xa0 || version > 1) throw new Error('meshopt: not packed vertices');
  const target = new Uint8Array(count * stride);
  const tail = version === 0 ? stride : stride + stride / 4;
  const tailAt = source.length - tail;
  const before = source.slice(tailAt, tailAt + stride);
  const channels = version === 0 ? null : source.slice(tailAt + stride);
  const blockMax = Math.min(Math.floor(blockBytesMax / stride) & ~0x0f, blockElementsMax);
  // a plane is read in whole groups of sixteen
  const deltas = new Uint8Array(blockMax * stride + groupSize);
  const r: Reader = { source, at: 1 };
  for (let base = 0; base < count; base += blockMax) {
    const inBlock = Math.min(count - base, blockMax);
    const plane = (inBlock + groupSize - 1) & ~0x0f;
    const controls = r.at;
    if (channels) r.at += stride / 4;
    deltas.fill(0);
    for (let byte = 0; byte < stride; byte++) {
      const control = channels ? ((source[controls + (byte >>> 2)] as number) >>> ((byte & 3) << 1)) & 3 : null;
      readPlane(r, control, inBlock, deltas, byte * plane);
    }
    for (let byte = 0; byte < stride; byte += 4)
      addDeltas(channels ? (channels[byte >>> 2] as number) : 0, deltas, byte * plane, plane, before, byte, target, base * stride + byte, stride, inBlock);
  }
  if (r.at > tailAt) throw new Error('meshopt: packed vertices run over their end');
  return target;
};

/** Undoes the octahedral filter of normals: four bytes or four shorts each. */
const unfilterNormals = (target: Uint8Array, stride: number): void => {
  const dst = stride === 4 ? new Int8Array(target.buffer) : new Int16Array(target.buffer);
  const full = stride === 4 ? 127 : 32_767;
  for (let i = 0; i < dst.length; i += 4) {
    const one = dst[i + 2] as number;
    let x = (dst[i] as number) / one;
    let y = (dst[i + 1] as number) / one;
    const z = 1 - Math.abs(x) - Math.abs(y);
    const t = Math.max(-z, 0);
    x -= x >= 0 ? t : -t;
    y -= y >= 0 ? t : -t;
    const h = full / Math.sqrt(x * x + y * y + z * z);
    dst[i] = Math.round(x * h);
    dst[i + 1] = Math.round(y * h);
    dst[i + 2] = Math.round(z * h);
  }
};

const unfilterTurns = (target: Uint8Array): void => {
  const dst = new Int16Array(target.buffer);
  for (let i = 0; i < dst.length; i += 4) {
    const last = dst[i + 3] as number;
    const s = Math.SQRT1_2 / (last | 3);
    const [x, y, z] = [(dst[i] as number) * s, (dst[i + 1] as number) * s, (dst[i + 2] as number) * s];
    const largest = last & 3;
    const w = Math.sqrt(Math.max(0, 1 - x * x - y * y - z * z));
    [x, y, z, w].forEach((v, k) => {
      dst[i + ((largest + 1 + k) % 4)] = Math.round(v * 32_767);
    });
  }
};

const unfilterExponents = (target: Uint8Array): void => {
  const src = new Int32Array(target.buffer);
  const dst = new Float32Array(target.buffer);
  for (let i = 0; i < src.length; i++) {
    const v = src[i] as number;
    dst[i] = 2 ** (v >> 24) * ((v << 8) >> 8);
  }
};

/** Undoes what the packer did to make values smaller. */
export const unfilter = (target: Uint8Array, stride: number, filter: string | undefined): void => {
  if (filter === undefined || filter === 'NONE') return;
  if (filter === 'OCTAHEDRAL') unfilterNormals(target, stride);
  else if (filter === 'QUATERNION') unfilterTurns(target);
  else if (filter === 'EXPONENTIAL') unfilterExponents(target);
  else throw new Error(`meshopt: filter ${filter} is not known`);
};

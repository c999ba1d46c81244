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
    out.set(source.subarray(r.at, r.at + groupSize), to);
    r.at += groupSize;
    return;
  }
  const base = r.at;
  const whole = (1 << bits) - 1;
  const perByte = 8 / bits;
  r.at += groupSize / perByte;
  for (let m = 0; m < groupSize; m++) {
    const k = m % perByte;
    // one bit: from the low end; two and four: from the high end
    const shift = bits === 1 ? k : 8 - bits - k * bits;
    const delta = ((source[base + Math.floor(m / perByte)] as number) >>> shift) & whole;
    out[to + m] = delta === whole ? (source[r.at++] as number) : delta;
  }
};

/** One plane of bytes of a block. `control` is null in version 0. */
const readPlane = (r: Reader, control: number | null, count: number, out: Uint8Array, to: number): void => {
  if (control === 2) return;
  if (control === 3) {
    out.set(r.source.subarray(r.at, r.at + count), to);
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

/** Adds the deltas of four bytes of one element to the element before it. */
const addDeltas = (channel: number, deltas: Uint8Array, from: number, plane: number, before: Uint8Array, byte: number): void => {
  const d = (k: number): number => deltas[from + k * plane] as number;
  const b = (k: number): number => before[byte + k] as number;
  switch (channel & 3) {
    case 0:
      for (let k = 0; k < 4; k++) before[byte + k] = b(k) + unzigzag(d(k));
      return;
    case 1:
      for (let k = 0; k < 4; k += 2) {
        const v = b(k) + (b(k + 1) << 8) + unzigzag(d(k) + (d(k + 1) << 8));
        before[byte + k] = v;
        before[byte + k + 1] = v >>> 8;
      }
      return;
    case 2: {
      const delta = d(0) | (d(1) << 8) | (d(2) << 16) | (d(3) << 24);
      const turn = channel >>> 4;
      const turned = turn === 0 ? delta : (delta >>> turn) | (delta << (32 - turn));
      const v = (b(0) | (b(1) << 8) | (b(2) << 16) | (b(3) << 24)) ^ turned;
      for (let k = 0; k < 4; k++) before[byte + k] = v >>> (8 * k);
      return;
    }
    default:
      throw new Error('meshopt: channel of an unknown kind');
  }
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
    for (let k = 0; k < inBlock; k++) {
      for (let byte = 0; byte < stride; byte += 4) addDeltas(channels ? (channels[byte >>> 2] as number) : 0, deltas, byte * plane + k, plane, before, byte);
      target.set(before, (base + k) * stride);
    }
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
    let [x, y] = [(dst[i] as number) / one, (dst[i + 1] as number) / one];
    const z = 1 - Math.abs(x) - Math.abs(y);
    const t = Math.max(-z, 0);
    x -= x >= 0 ? t : -t;
    y -= y >= 0 ? t : -t;
    const h = full / Math.hypot(x, y, z);
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

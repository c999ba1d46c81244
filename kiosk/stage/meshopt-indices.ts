/** Decodes meshopt's packed triangles and index sequences; see meshopt-attributes.ts for where it comes from and why. */
import { unzigzag } from './meshopt-attributes.ts';

/** The last few numbers, read from the newest backwards. Sizes are powers of two. */
class Ring {
  private readonly kept: Uint32Array;
  private at = 0;

  constructor(size: number) {
    this.kept = new Uint32Array(size);
  }

  push(v: number): void {
    this.kept[this.at] = v;
    this.at = (this.at + 1) & (this.kept.length - 1);
  }

  ago(n: number): number {
    return this.kept[(this.at - 1 - n) & (this.kept.length - 1)] as number;
  }
}

const indices = (count: number, size: number): Uint16Array | Uint32Array => {
  if (size !== 2 && size !== 4) throw new Error('meshopt: indices of an unknown size');
  return size === 2 ? new Uint16Array(count) : new Uint32Array(count);
};

class Packed {
  private readonly source: Uint8Array;
  private at: number;

  constructor(source: Uint8Array, at: number) {
    this.source = source;
    this.at = at;
  }

  byte(): number {
    if (this.at >= this.source.length) throw new Error('meshopt: packed indices end too soon');
    return this.source[this.at++] as number;
  }

  /** seven bits a byte, lowest first */
  number(): number {
    let n = 0;
    for (let shift = 0; ; shift += 7) {
      const b = this.byte();
      n |= (b & 0x7f) << shift;
      if (b < 0x80) return n;
    }
  }
}

/** State that triangles share: new vertices count up, others are named by edges and vertices used shortly before. */
class TriangleReader {
  private readonly edges = new Ring(32);
  private readonly vertices = new Ring(16);
  private readonly source: Uint8Array;
  private readonly data: Packed;
  private next = 0;
  private last = 0;
  /** whether the corner that was read last was not among those used shortly before */
  private fresh = false;

  constructor(source: Uint8Array, triangles: number) {
    this.source = source;
    this.data = new Packed(source, 1 + triangles);
  }

  private named(): number {
    this.last += unzigzag(this.data.number());
    return this.last;
  }

  private edge(a: number, b: number): void {
    this.edges.push(a);
    this.edges.push(b);
  }

  private third(code: number): number {
    if (code !== 0 && code < 0x0d) return this.vertices.ago(code);
    const v = code === 0 ? this.next++ : code === 0x0d ? --this.last : code === 0x0e ? ++this.last : this.named();
    this.vertices.push(v);
    return v;
  }

  private corner(code: number, may: boolean): number {
    this.fresh = code === 0 || (may && code === 0x0f);
    return code === 0 ? this.next++ : this.fresh ? this.named() : this.vertices.ago(code - 1);
  }

  /** Writes the triangle of this code. */
  read(code: number, out: Uint16Array | Uint32Array, to: number): void {
    if (code >>> 4 < 0x0f) this.onEdge(code >>> 4, code & 0x0f, out, to);
    else this.alone(code & 0x0f, out, to);
  }

  /** a triangle on an edge of one before */
  private onEdge(edge: number, third: number, out: Uint16Array | Uint32Array, to: number): void {
    const a = this.edges.ago(edge * 2);
    const b = this.edges.ago(edge * 2 + 1);
    const c = this.third(third);
    this.edge(b, c);
    this.edge(c, a);
    out[to] = a;
    out[to + 1] = b;
    out[to + 2] = c;
  }

  /** a triangle of its own */
  private alone(kind: number, out: Uint16Array | Uint32Array, to: number): void {
    const table = kind < 0x0e;
    const code = table ? (this.source[this.source.length - 16 + kind] as number) : this.data.byte();
    if (!table && code === 0) this.next = 0;
    const a = kind <= 0x0e ? this.next++ : this.named();
    const b = this.corner(code >>> 4, !table);
    const freshB = this.fresh;
    const c = this.corner(code & 0x0f, !table);
    this.vertices.push(a);
    if (freshB) this.vertices.push(b);
    if (this.fresh) this.vertices.push(c);
    this.edge(a, b);
    this.edge(b, c);
    this.edge(c, a);
    out[to] = a;
    out[to + 1] = b;
    out[to + 2] = c;
  }
}

/** `count` indices of triangles, `size` bytes each. */
export const decodeTriangles = (source: Uint8Array, count: number, size: number): Uint8Array => {
  if (source[0] !== 0xe1 || count % 3 !== 0) throw new Error('meshopt: not packed triangles');
  const out = indices(count, size);
  const reader = new TriangleReader(source, count / 3);
  for (let k = 0; k < count; k += 3) reader.read(source[1 + k / 3] as number, out, k);
  return new Uint8Array(out.buffer);
};

/** `count` indices in a row, `size` bytes each. */
export const decodeSequence = (source: Uint8Array, count: number, size: number): Uint8Array => {
  if (source[0] !== 0xd1) throw new Error('meshopt: not a packed sequence');
  const out = indices(count, size);
  const data = new Packed(source, 1);
  const last = [0, 0];
  for (let k = 0; k < count; k++) {
    const v = data.number();
    const line = v & 1;
    last[line] = (last[line] as number) + unzigzag(v >>> 1);
    out[k] = last[line] as number;
  }
  return new Uint8Array(out.buffer);
};

/** Collects faces of small solids: positions, normals, and what each face is made of. Local frame: y up, +z to the viewer. */

/** token: the area's colour; pale: the same colour, weaker, for what is not the value itself; neutral: stone; joint: the shadow between cells */
export type Stuff = 0 | 1 | 2 | 3;
export const token: Stuff = 0;
export const pale: Stuff = 1;
export const neutral: Stuff = 2;
export const joint: Stuff = 3;
export type P3 = readonly [number, number, number];
export type SolidData = { positions: number[]; normals: number[]; stuffs: number[]; indices: number[] };
export type BoxSpan = { x: readonly [number, number]; y: readonly [number, number]; z: readonly [number, number] };
/** angles in turns, from twelve o'clock clockwise; segments for the whole circle */
export type RingSpan = { radius: number; thick: number; deep: number; from: number; sweep: number; segments: number; stuff: Stuff; caps: boolean; inner: boolean; back: boolean };
export type Turn = (p: P3) => P3;

const unit = (v: P3): P3 => {
  const l = Math.hypot(v[0], v[1], v[2]) || 1;
  return [v[0] / l, v[1] / l, v[2] / l];
};

export class Solid implements SolidData {
  readonly positions: number[] = [];
  readonly normals: number[] = [];
  readonly stuffs: number[] = [];
  readonly indices: number[] = [];

  /** Counter-clockwise from outside; flat. */
  face(corners: readonly P3[], stuff: Stuff): void {
    const [a, b, c] = [corners[0] as P3, corners[1] as P3, corners[2] as P3];
    const u: P3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const v: P3 = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    const n = unit([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]);
    const first = this.stuffs.length;
    for (const p of corners) {
      this.positions.push(p[0], p[1], p[2]);
      this.normals.push(n[0], n[1], n[2]);
      this.stuffs.push(stuff);
    }
    for (let k = 2; k < corners.length; k++) this.indices.push(first, first + k - 1, first + k);
  }

  /** A box; `edge` cuts its upper and upright edges, `closed` adds the back. */
  box(s: BoxSpan, stuff: Stuff, edge = 0, closed = false): void {
    const [x0, x1] = s.x;
    const [y0, y1] = s.y;
    const [z0, z1] = s.z;
    const e = Math.min(edge, (x1 - x0) / 3, (y1 - y0) / 3, (z1 - z0) / 3);
    const top = y1 - e;
    this.face(
      [
        [x0 + e, y0, z1],
        [x1 - e, y0, z1],
        [x1 - e, top, z1],
        [x0 + e, top, z1],
      ],
      stuff,
    );
    this.face(
      [
        [x1, y0, z1 - e],
        [x1, y0, z0 + e],
        [x1, top, z0 + e],
        [x1, top, z1 - e],
      ],
      stuff,
    );
    this.face(
      [
        [x0, y0, z0 + e],
        [x0, y0, z1 - e],
        [x0, top, z1 - e],
        [x0, top, z0 + e],
      ],
      stuff,
    );
    this.face(
      [
        [x0 + e, y1, z1 - e],
        [x1 - e, y1, z1 - e],
        [x1 - e, y1, z0 + e],
        [x0 + e, y1, z0 + e],
      ],
      stuff,
    );
    if (closed)
      this.face(
        [
          [x1 - e, y0, z0],
          [x0 + e, y0, z0],
          [x0 + e, top, z0],
          [x1 - e, top, z0],
        ],
        stuff,
      );
    if (e > 0) this.edges(s, stuff, e, closed);
  }

  private edges({ x: [x0, x1], y: [y0, y1], z: [z0, z1] }: BoxSpan, stuff: Stuff, e: number, closed: boolean): void {
    const top = y1 - e;
    const upright: (readonly [number, number, number, number])[] = [
      [x1 - e, z1, x1, z1 - e],
      [x0, z1 - e, x0 + e, z1],
    ];
    if (closed) upright.push([x1, z0 + e, x1 - e, z0], [x0 + e, z0, x0, z0 + e]);
    for (const [ax, az, bx, bz] of upright)
      this.face(
        [
          [ax, y0, az],
          [bx, y0, bz],
          [bx, top, bz],
          [ax, top, az],
        ],
        stuff,
      );
    this.face(
      [
        [x0 + e, top, z1],
        [x1 - e, top, z1],
        [x1 - e, y1, z1 - e],
        [x0 + e, y1, z1 - e],
      ],
      stuff,
    );
    this.face(
      [
        [x1, top, z1 - e],
        [x1, top, z0 + e],
        [x1 - e, y1, z0 + e],
        [x1 - e, y1, z1 - e],
      ],
      stuff,
    );
    this.face(
      [
        [x0, top, z0 + e],
        [x0, top, z1 - e],
        [x0 + e, y1, z1 - e],
        [x0 + e, y1, z0 + e],
      ],
      stuff,
    );
    this.face(
      [
        [x1 - e, top, z1],
        [x1, top, z1 - e],
        [x1 - e, y1, z1 - e],
      ],
      stuff,
    );
    this.face(
      [
        [x0, top, z1 - e],
        [x0 + e, top, z1],
        [x0 + e, y1, z1 - e],
      ],
      stuff,
    );
    if (!closed) return;
    this.face(
      [
        [x1 - e, top, z0],
        [x0 + e, top, z0],
        [x0 + e, y1, z0 + e],
        [x1 - e, y1, z0 + e],
      ],
      stuff,
    );
    this.face(
      [
        [x1, top, z0 + e],
        [x1 - e, top, z0],
        [x1 - e, y1, z0 + e],
      ],
      stuff,
    );
    this.face(
      [
        [x0 + e, top, z0],
        [x0, top, z0 + e],
        [x0 + e, y1, z0 + e],
      ],
      stuff,
    );
  }

  /** Part of a flat ring in the plane z = 0. */
  ring(r: RingSpan, turn: Turn): void {
    const n = Math.max(2, Math.ceil(r.segments * r.sweep));
    const half = r.deep / 2;
    const out = r.radius + r.thick / 2;
    const inn = r.radius - r.thick / 2;
    const at = (k: number, radius: number, z: number): P3 => {
      const a = (r.from + (r.sweep * k) / n) * Math.PI * 2;
      return turn([Math.sin(a) * radius, Math.cos(a) * radius, z]);
    };
    for (let k = 0; k < n; k++) {
      this.face([at(k, out, half), at(k, inn, half), at(k + 1, inn, half), at(k + 1, out, half)], r.stuff);
      this.face([at(k, out, -half), at(k, out, half), at(k + 1, out, half), at(k + 1, out, -half)], r.stuff);
      if (r.inner) this.face([at(k, inn, half), at(k, inn, -half), at(k + 1, inn, -half), at(k + 1, inn, half)], r.stuff);
      if (r.back) this.face([at(k, inn, -half), at(k, out, -half), at(k + 1, out, -half), at(k + 1, inn, -half)], r.stuff);
    }
    if (!r.caps) return;
    this.face([at(0, inn, half), at(0, out, half), at(0, out, -half), at(0, inn, -half)], r.stuff);
    this.face([at(n, out, half), at(n, inn, half), at(n, inn, -half), at(n, out, -half)], r.stuff);
  }
}

/**
 * A growing triangle mesh with paint, emission, mist and place per vertex, before the light bake. Faces are wound counter-clockwise
 * as seen from outside. Limit: int16 positions at 1/180 m later, so nothing may lie beyond 180 m.
 */
import type { Paint } from './hill-palette.ts';
import { cross, norm, sub, type Vec3 } from './hill-vec.ts';

/** own light of a surface, in linear light; null by day or night: none then */
export type Glow2 = { night: Vec3 | null; day: Vec3 | null };

/** vertex place codes: 0 elsewhere, 1 to 6 terrace, 7 promenade; + sinkable for what stands in front of a focus */
export const sinkable = 16;
export const promenadeCode = 7;

type QuadLook = { columns?: number; rows?: number; glow?: Glow2 | null };
type BoxLook = QuadLook & { taper?: number; top?: Paint; front?: Paint; back?: boolean; bottom?: boolean; noTop?: boolean; noSides?: boolean; frontColumns?: number };
type TubeLook = { turn?: number; top?: Paint; open?: boolean; glow?: Glow2 | null; sweep?: readonly [number, number] };

export class Mesh {
  readonly positions: number[] = [];
  readonly normals: number[] = [];
  readonly paints: Paint[] = [];
  readonly glows: (Glow2 | null)[] = [];
  readonly mists: number[] = [];
  readonly codes: number[] = [];
  readonly indices: number[] = [];
  /** the place code that new vertices get */
  code = 0;
  /** extra mist of new vertices, 0 to 1 */
  mist = 0;

  get count(): number {
    return this.paints.length;
  }

  vertex(p: Vec3, n: Vec3, paint: Paint, glow: Glow2 | null = null): number {
    this.positions.push(p[0], p[1], p[2]);
    this.normals.push(n[0], n[1], n[2]);
    this.paints.push(paint);
    this.glows.push(glow);
    this.mists.push(this.mist);
    this.codes.push(this.code);
    return this.paints.length - 1;
  }

  /** a to b along the foot, d to c along the top. */
  quad(a: Vec3, b: Vec3, c: Vec3, d: Vec3, paint: Paint, look: QuadLook = {}): void {
    const columns = look.columns ?? 1;
    const rows = look.rows ?? 1;
    const n = norm(cross(sub(b, a), sub(d, a)));
    const base = this.count;
    for (let j = 0; j <= rows; j++) {
      for (let i = 0; i <= columns; i++) {
        const s = i / columns;
        const t = j / rows;
        const at = (k: 0 | 1 | 2): number => (a[k] * (1 - s) + b[k] * s) * (1 - t) + (d[k] * (1 - s) + c[k] * s) * t;
        this.vertex([at(0), at(1), at(2)], n, paint, look.glow ?? null);
      }
    }
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const q = base + j * (columns + 1) + i;
        this.indices.push(q, q + 1, q + columns + 2, q, q + columns + 2, q + columns + 1);
      }
    }
  }

  tri(a: Vec3, b: Vec3, c: Vec3, paint: Paint, glow: Glow2 | null = null): void {
    const n = norm(cross(sub(b, a), sub(c, a)));
    this.indices.push(this.vertex(a, n, paint, glow), this.vertex(b, n, paint, glow), this.vertex(c, n, paint, glow));
  }

  /** Foot centre, size and yaw (0 faces +z). Without `back` and `bottom`, four sides and a top. */
  box(at: Vec3, size: Vec3, yaw: number, paint: Paint, look: BoxLook = {}): void {
    const [w, h, d] = size;
    const c = Math.cos(yaw);
    const s = Math.sin(yaw);
    const k = look.taper ?? 1;
    const p = (lx: number, ly: number, lz: number): Vec3 => [at[0] + lx * c + lz * s, at[1] + ly, at[2] - lx * s + lz * c];
    const foot = [p(-w / 2, 0, d / 2), p(w / 2, 0, d / 2), p(w / 2, 0, -d / 2), p(-w / 2, 0, -d / 2)] as const;
    const head = [p((-w / 2) * k, h, (d / 2) * k), p((w / 2) * k, h, (d / 2) * k), p((w / 2) * k, h, (-d / 2) * k), p((-w / 2) * k, h, (-d / 2) * k)] as const;
    this.quad(foot[0], foot[1], head[1], head[0], look.front ?? paint, { ...look, columns: look.frontColumns ?? look.columns ?? 1 });
    if (!look.noSides) {
      this.quad(foot[1], foot[2], head[2], head[1], paint, look);
      this.quad(foot[3], foot[0], head[0], head[3], paint, look);
    }
    if (look.back) this.quad(foot[2], foot[3], head[3], head[2], paint, { glow: look.glow ?? null });
    if (!look.noTop) this.quad(head[0], head[1], head[2], head[3], look.top ?? paint, { glow: look.glow ?? null });
    if (look.bottom) this.quad(foot[3], foot[2], foot[1], foot[0], paint, { glow: look.glow ?? null });
  }

  tube(at: Vec3, r0: number, r1: number, h: number, sides: number, paint: Paint, look: TubeLook = {}): void {
    const [from, to] = look.sweep ?? [0, Math.PI * 2];
    for (let i = 0; i < sides; i++) {
      const a = from + ((to - from) * i) / sides + (look.turn ?? 0);
      const b = from + ((to - from) * (i + 1)) / sides + (look.turn ?? 0);
      const ring = (t: number, r: number, y: number): Vec3 => [at[0] + Math.sin(t) * r, at[1] + y, at[2] + Math.cos(t) * r];
      const c = ring(b, r1, h);
      const d = ring(a, r1, h);
      if (r1 > 0.01) this.quad(ring(a, r0, 0), ring(b, r0, 0), c, d, paint, { glow: look.glow ?? null });
      else this.tri(ring(a, r0, 0), ring(b, r0, 0), c, paint, look.glow ?? null);
      if (r1 > 0.01 && !look.open) this.tri(d, c, [at[0], at[1] + h, at[2]], look.top ?? paint, look.glow ?? null);
    }
  }

  /** A soft canopy: `tiers` rings of a bulging dome, flat below, lighter above. */
  dome(at: Vec3, r: Vec3, sides: number, tiers: number, low: Paint, high: Paint, lump: number, turn: number): void {
    const base = this.count;
    for (let j = 0; j <= tiers; j++) {
      const t = -0.42 + (j / tiers) * (Math.PI / 2 + 0.42);
      const n = j === tiers ? 1 : sides;
      for (let i = 0; i < n; i++) {
        const a = (i / sides) * Math.PI * 2 + turn + j * 0.5;
        const k = 1 + lump * Math.sin(a * 3 + turn * 7 + j) * Math.cos(t);
        const d: Vec3 = [Math.sin(a) * Math.cos(t), Math.sin(t), Math.cos(a) * Math.cos(t)];
        this.vertex([at[0] + d[0] * r[0] * k, at[1] + d[1] * r[1], at[2] + d[2] * r[2] * k], norm([d[0] / r[0], d[1] / r[1], d[2] / r[2]]), j * 2 >= tiers ? high : low);
      }
    }
    for (let j = 0; j < tiers; j++) {
      for (let i = 0; i < sides; i++) {
        const a = base + j * sides + i;
        const b = base + j * sides + ((i + 1) % sides);
        if (j === tiers - 1) this.indices.push(a, b, base + tiers * sides);
        else this.indices.push(a, b, a + sides, b, b + sides, a + sides);
      }
    }
  }
}

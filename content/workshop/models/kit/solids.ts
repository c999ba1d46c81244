/** Turned and boxed solids of the modelling kit, centred on the origin unless their comment says otherwise. Millimetres. */
import { BoxGeometry, type BufferGeometry, LatheGeometry, SphereGeometry, TorusGeometry, Vector2 } from 'three';
import { plain, radians, smooth, soup, upTo, type Vec2, withoutSlivers } from './mesh.ts';

const unit = (v: readonly [number, number, number]): [number, number, number] => {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
};

/** A box with rounded edges of radius `r` (108 triangles at 1 segment, 300 at 2). */
export const box = (w: number, h: number, d: number, r = Math.min(w, h, d) * 0.12, segments = 1): BufferGeometry => {
  const half = [w / 2, h / 2, d / 2] as const;
  const round = Math.min(r, w / 2 - 0.01, h / 2 - 0.01, d / 2 - 0.01);
  const tangents = upTo(segments + 1).map((k) => Math.tan(((k * 45) / segments) * radians));
  const steps: Vec2[] = [...tangents.toReversed().map((t): Vec2 => [-1, t]), ...tangents.map((t): Vec2 => [1, t])];
  const n = steps.length;
  const positions: number[] = [];
  const normals: number[] = [];
  for (const axis of [0, 1, 2] as const) {
    const [u, v] = [((axis + 1) % 3) as 0 | 1 | 2, ((axis + 2) % 3) as 0 | 1 | 2];
    for (const side of [-1, 1]) {
      const grid = steps.flatMap(([si, ti]) =>
        steps.map(([sj, tj]) => {
          const dir: [number, number, number] = [0, 0, 0];
          const core: [number, number, number] = [0, 0, 0];
          dir[axis] = side;
          dir[u] = si * ti;
          dir[v] = sj * tj;
          core[axis] = side * (half[axis] - round);
          core[u] = si * (half[u] - round);
          core[v] = sj * (half[v] - round);
          const normal = unit(dir);
          return { at: core.map((c, k) => c + (normal[k] ?? 0) * round), normal };
        }),
      );
      const quad = (i: number, j: number): number[] =>
        side > 0 ? [i * n + j, (i + 1) * n + j, (i + 1) * n + j + 1, i * n + j + 1] : [i * n + j, i * n + j + 1, (i + 1) * n + j + 1, (i + 1) * n + j];
      for (const i of upTo(n - 1))
        for (const j of upTo(n - 1)) {
          const q = quad(i, j);
          for (const k of [0, 1, 2, 0, 2, 3]) {
            const corner = grid[q[k] as number];
            if (!corner) continue;
            positions.push(...corner.at);
            normals.push(...corner.normal);
          }
        }
    }
  }
  return soup(positions, normals);
};

/** Twelve triangles: for slats, lugs and small members, where a bevel costs nine times as much and is not seen. */
export const cube = (w: number, h: number, d: number): BufferGeometry => plain(new BoxGeometry(w, h, d));

const profileArea = (points: readonly Vec2[]): number =>
  points.reduce((sum, a, i) => {
    const b = points[(i + 1) % points.length] ?? a;
    return sum + a[0] * b[1] - b[0] * a[1];
  }, 0);

/** Turns a profile of [radius, y] around Y. It may run either way: the sign of its area decides what is outside. Base where the profile puts it. */
export const lathe = (points: readonly Vec2[], segments = 28, creaseDegrees = 38): BufferGeometry => {
  const open = points.length === 2;
  const down = open ? (points[0]?.[1] ?? 0) > (points[1]?.[1] ?? 0) : profileArea(points) < 0;
  const line = (down ? points.toReversed() : points).map(([r, y]) => new Vector2(Math.max(r, 0), y));
  return smooth(withoutSlivers(new LatheGeometry(line, segments)), creaseDegrees);
};

/** A cylinder along Y with bevelled rims; `r2` is the upper radius. */
export const cyl = (
  r: number,
  h: number,
  { r2 = r, bevel = Math.min(r, r2, h) * 0.12, segments = 24 }: { r2?: number; bevel?: number; segments?: number } = {},
): BufferGeometry => {
  const y = h / 2;
  return lathe(
    [
      [0, -y],
      [r - bevel, -y],
      [r, -y + bevel],
      [r2, y - bevel],
      [r2 - bevel, y],
      [0, y],
    ],
    segments,
    50,
  );
};

/** A thick ring along Y. */
export const band = (
  outer: number,
  inner: number,
  h: number,
  { bevel = Math.min(outer - inner, h) * 0.15, segments = 28 }: { bevel?: number; segments?: number } = {},
): BufferGeometry => {
  const y = h / 2;
  return lathe(
    [
      [inner, -y + bevel],
      [inner + bevel, -y],
      [outer - bevel, -y],
      [outer, -y + bevel],
      [outer, y - bevel],
      [outer - bevel, y],
      [inner + bevel, y],
      [inner, y - bevel],
      [inner, -y + bevel],
    ],
    segments,
    50,
  );
};

export const sphere = (r: number, around = 20, up = 14): BufferGeometry => plain(new SphereGeometry(r, around, up));

/** Half a ball on the plane y = 0; `k` flattens it. */
export const dome = (r: number, k = 1, segments = 24, rings = 7): BufferGeometry =>
  lathe(
    upTo(rings + 1).map((i): Vec2 => {
      const a = ((rings - i) / rings) * 90 * radians;
      return [r * Math.sin(a), r * k * Math.cos(a)];
    }),
    segments,
    60,
  );

/** A torus in the XY plane. */
export const torus = (radius: number, r: number, around = 28, across = 8): BufferGeometry => plain(new TorusGeometry(radius, r, across, around));

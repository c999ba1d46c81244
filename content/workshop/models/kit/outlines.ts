/** Flat outlines in XY and what is cut from them: plates, decals. A body is best drawn as its side profile and cut as a thick plate. */
import { type BufferGeometry, CatmullRomCurve3, ExtrudeGeometry, Path, Shape, ShapeGeometry, Vector2, Vector3 } from 'three';
import { plain, smooth, upTo, type Vec2 } from './mesh.ts';

/** A corner [x, y] or [x, y, radius]. */
export type Corner = readonly [number, number] | readonly [number, number, number];

const cornerLimit = 0.48;
/** A polygon with a radius for each corner (`r` where a corner names none). */
export const outline = (corners: readonly Corner[], r = 0, segments = 4): Shape => {
  const out: Vector2[] = [];
  const n = corners.length;
  const vec = (i: number): Vector2 => new Vector2(corners[(i + n) % n]?.[0] ?? 0, corners[(i + n) % n]?.[1] ?? 0);
  for (const i of upTo(n)) {
    const p = vec(i);
    const radius = corners[i]?.[2] ?? r;
    if (radius <= 0) {
      out.push(p);
      continue;
    }
    const [a, b] = [vec(i - 1).sub(p), vec(i + 1).sub(p)];
    const [la, lb] = [a.length(), b.length()];
    a.divideScalar(la);
    b.divideScalar(lb);
    const half = Math.acos(Math.max(-1, Math.min(1, a.dot(b)))) / 2;
    const t = Math.min(radius / Math.tan(half), la * cornerLimit, lb * cornerLimit);
    const [s, e] = [p.clone().addScaledVector(a, t), p.clone().addScaledVector(b, t)];
    for (const k of upTo(segments + 1)) {
      const u = k / segments;
      out.push(
        new Vector2()
          .addScaledVector(s, (1 - u) ** 2)
          .addScaledVector(p, 2 * u * (1 - u))
          .addScaledVector(e, u * u),
      );
    }
  }
  return new Shape(out);
};

/** A closed soft line through all points, as `steps` corners without radius. */
export const curved = (points: readonly Vec2[], steps = 48): Corner[] =>
  new CatmullRomCurve3(
    points.map(([x, y]) => new Vector3(x, y, 0)),
    true,
  )
    .getPoints(steps)
    .slice(0, -1)
    .map((p): Corner => [p.x, p.y]);

/** A rounded rectangle around the origin. */
export const slab = (w: number, h: number, r: number, segments = 4): Shape =>
  outline(
    [
      [-w / 2, -h / 2],
      [w / 2, -h / 2],
      [w / 2, h / 2],
      [-w / 2, h / 2],
    ],
    r,
    segments,
  );

export const disc = (r: number, x = 0, y = 0, segments = 24, squash = 1): Shape =>
  new Shape(upTo(segments).map((i) => new Vector2(x + r * Math.cos((i / segments) * Math.PI * 2), y + r * squash * Math.sin((i / segments) * Math.PI * 2))));

/** The outline with holes cut in it. */
export const pierced = (shape: Shape, ...holes: readonly Shape[]): Shape => {
  for (const hole of holes) shape.holes.push(new Path(hole.getPoints()));
  return shape;
};

/** A bevelled plate of thickness `t`, centred in z. */
export const plate = (shape: Shape, t: number, bevel = Math.min(2, t * 0.2), bevelSegments = 1): BufferGeometry => {
  const g = new ExtrudeGeometry(shape, {
    depth: Math.max(t - 2 * bevel, 0.01),
    bevelEnabled: bevel > 0,
    bevelThickness: bevel,
    bevelSize: bevel,
    bevelOffset: -bevel,
    bevelSegments,
    curveSegments: 8,
  });
  g.translate(0, 0, -t / 2 + bevel);
  return smooth(g, 48);
};

/** A decal without thickness that looks to +Z. */
export const flat = (shape: Shape): BufferGeometry => plain(new ShapeGeometry(shape, 8));

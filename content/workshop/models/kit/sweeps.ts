/** Solids swept along a path: tubes, hoses, chains of sections. Millimetres. */
import { type BufferGeometry, CatmullRomCurve3, TubeGeometry, Vector3 } from 'three';
import { merge, placed, plain, smooth, soup, upTo, type Vec3 } from './mesh.ts';
import { sphere } from './solids.ts';

const vector = (p: Vec3): Vector3 => new Vector3(...p);
const curveOf = (points: readonly Vec3[], closed = false, tension = 0.5): CatmullRomCurve3 =>
  new CatmullRomCurve3(points.map(vector), closed, tension === 0.5 ? 'centripetal' : 'catmullrom', tension);

export type TubeOptions = { steps?: number; segments?: number; tension?: number; closed?: boolean; capped?: boolean };

/** A round tube through all points, with round ends. */
export const tube = (r: number, points: readonly Vec3[], options: TubeOptions = {}): BufferGeometry => {
  const { steps = points.length * 6, segments = 10, tension = 0.5, closed = false, capped = true } = options;
  const curve = curveOf(points, closed, tension);
  const parts: BufferGeometry[] = [plain(new TubeGeometry(curve, steps, r, segments, closed))];
  if (capped && !closed) for (const t of [0, 1]) parts.push(placed(sphere(r, segments, 6), { at: curve.getPoint(t).toArray() as [number, number, number] }));
  return merge(...parts);
};

/** A straight round bar from a to b. */
export const bar = (r: number, a: Vec3, b: Vec3, segments = 10): BufferGeometry => tube(r, [a, b], { steps: 1, segments });

/** Joins sections of equally many points to a skin; both ends are closed as fans. The sections turn anticlockwise seen from their end. */
export const loft = (sections: readonly (readonly Vec3[])[], creaseDegrees = 60, closedEnds = true): BufferGeometry => {
  const out: number[] = [];
  const tri = (a: Vec3, b: Vec3, c: Vec3): void => {
    out.push(...a, ...b, ...c);
  };
  const n = sections[0]?.length ?? 0;
  for (const s of upTo(sections.length - 1))
    for (const k of upTo(n)) {
      const [lower, upper] = [sections[s] as readonly Vec3[], sections[s + 1] as readonly Vec3[]];
      const [a, b, c, d] = [lower[k], lower[(k + 1) % n], upper[(k + 1) % n], upper[k]] as [Vec3, Vec3, Vec3, Vec3];
      tri(a, b, c);
      tri(a, c, d);
    }
  const [first, last] = [sections[0], sections.at(-1)];
  if (closedEnds && first && last)
    for (const k of upTo(n - 2)) {
      tri(first[0] as Vec3, first[k + 2] as Vec3, first[k + 1] as Vec3);
      tri(last[0] as Vec3, last[k + 1] as Vec3, last[k + 2] as Vec3);
    }
  return smooth(soup(out), creaseDegrees);
};

/** A corrugated hose through all points; `pitch` is one rib in mm. */
export const hose = (r: number, points: readonly Vec3[], { rib = r * 0.12, pitch = r * 0.35, segments = 14 } = {}): BufferGeometry => {
  const curve = curveOf(points);
  const steps = Math.round((curve.getLength() / pitch) * 2);
  const frames = curve.computeFrenetFrames(steps);
  const sections = upTo(steps + 1).map((i) => {
    const centre = curve.getPointAt(i / steps);
    const radius = r + (i % 2 ? rib : -rib * 0.2);
    const [normal, binormal] = [frames.normals[i] ?? new Vector3(), frames.binormals[i] ?? new Vector3()];
    return upTo(segments).map((k): Vec3 => {
      const a = (k / segments) * Math.PI * 2;
      const p = centre
        .clone()
        .addScaledVector(normal, radius * Math.cos(a))
        .addScaledVector(binormal, radius * Math.sin(a));
      return [p.x, p.y, p.z];
    });
  });
  return loft(sections, 62);
};

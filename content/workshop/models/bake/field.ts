/**
 * Rays against an exhibit's solids: how much of the sky a point sees. One thread, a fixed set of directions, so the same answer every
 * time. Nodes that move are fields of their own, so that a door never bakes its shade into its frame.
 */
import { BufferAttribute, BufferGeometry, DoubleSide, Ray, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { upTo } from '../kit/mesh.ts';

export const raysPerPoint = 40;
/** Inside another solid: no answer. */
export const buried = -1;
const buriedShare = 0.45;
const groundWeight = 0.62;

/** Cosine-weighted directions around +Z (Hammersley). */
export const directions: readonly Vector3[] = upTo(raysPerPoint).map((i) => {
  let turnShare = 0;
  let half = 0.5;
  for (let k = i; k > 0; k >>= 1) {
    if (k & 1) turnShare += half;
    half /= 2;
  }
  const u = (i + 0.5) / raysPerPoint;
  const a = turnShare * Math.PI * 2;
  return new Vector3(Math.sqrt(u) * Math.cos(a), Math.sqrt(u) * Math.sin(a), Math.sqrt(1 - u));
});

export type Field = {
  /** 0 dark to 1 open, or `buried` */
  sky(x: number, y: number, z: number, nx: number, ny: number, nz: number): number;
  /** distance to the first solid, or null */
  hit(from: Vector3, direction: Vector3, far: number): number | null;
};

type FieldOptions = { reachMm: number; liftMm: number; groundY: number | null };

export const fieldOf = (positions: readonly ArrayLike<number>[], { reachMm, liftMm, groundY }: FieldOptions): Field => {
  const all = new Float32Array(positions.reduce((sum, list) => sum + list.length, 0));
  let offset = 0;
  for (const list of positions) {
    all.set(list as Float32Array, offset);
    offset += list.length;
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(all, 3));
  const tree = all.length > 0 ? new MeshBVH(geometry, { targetLeafSize: 6 }) : null;
  const ray = new Ray();
  const [tangent, bitangent, normal] = [new Vector3(), new Vector3(), new Vector3()];
  const known = new Map<string, number>();

  const blocked = (direction: Vector3): { weight: number; behind: boolean } => {
    ray.direction.set(0, 0, 0).addScaledVector(tangent, direction.x).addScaledVector(bitangent, direction.y).addScaledVector(normal, direction.z).normalize();
    const found = tree?.raycastFirst(ray, DoubleSide, 0, reachMm) ?? null;
    let weight = 0;
    let behind = false;
    if (found) {
      behind = (found.face?.normal.dot(ray.direction) ?? 0) > 0.02 && found.distance > liftMm * 3;
      const near = 1 - found.distance / reachMm;
      weight = near * near * (3 - 2 * near) * 0.35 + near * 0.65;
    }
    if (groundY !== null && ray.direction.y < 0) {
      const down = (ray.origin.y - groundY) / -ray.direction.y;
      if (down < reachMm) weight = Math.max(weight, (1 - down / reachMm) * groundWeight);
    }
    return { weight, behind };
  };

  return {
    sky: (x, y, z, nx, ny, nz) => {
      const key = `${Math.round(x * 8)},${Math.round(y * 8)},${Math.round(z * 8)},${Math.round(nx * 12)},${Math.round(ny * 12)},${Math.round(nz * 12)}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      normal.set(nx, ny, nz).normalize();
      tangent
        .set(Math.abs(normal.x) > 0.7 ? 0 : 1, Math.abs(normal.x) > 0.7 ? 1 : 0, 0)
        .cross(normal)
        .normalize();
      bitangent.crossVectors(normal, tangent);
      ray.origin.set(x, y, z).addScaledVector(normal, liftMm);
      let sum = 0;
      let behind = 0;
      for (const direction of directions) {
        const found = blocked(direction);
        sum += found.weight;
        if (found.behind) behind++;
      }
      const open = behind > raysPerPoint * buriedShare ? buried : 1 - sum / raysPerPoint;
      known.set(key, open);
      return open;
    },
    hit: (from, direction, far) => {
      ray.origin.copy(from);
      ray.direction.copy(direction);
      return tree?.raycastFirst(ray, DoubleSide, 0, far)?.distance ?? null;
    },
  };
};

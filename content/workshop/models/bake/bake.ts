/**
 * From a model to baked primitives: one soup a node and slot, in metres and node space, with the shade multiplied into the colours.
 * Holds the triangle budget: while there are too many, the tolerance grows and the (remembered) rays are asked again.
 */
import { Box3, Color, Matrix3, type Matrix4, Vector3 } from 'three';
import { numbersOf } from '../kit/mesh.ts';
import { type Model, type ModelNode, type Part, ROOT } from '../kit/model.ts';
import type { Slot } from '../kit/paints.ts';
import { buried, type Field, fieldOf } from './field.ts';
import { type Footprint, shadowPicture } from './shadow.ts';
import { type Fineness, isHidden, isSliver, type Point, refined, type Triangle, trianglesOf } from './tessellate.ts';

export const trianglesMax = 38_500;
const growth = 1.5;
const growthMax = 25;

export type Primitive = { node: string; slot: Slot; positions: number[]; normals: number[]; colours: number[] };
export type Baked = { primitives: Primitive[]; shadow: { png: Uint8Array; spot: Footprint }; sizeMm: Vector3; triangles: number; hidden: number };

type Piece = { part: Part; positions: ArrayLike<number>; normals: ArrayLike<number>; field: Field | null; dynamic: boolean };

/** The nearest moving node upwards, or the root: nodes of one group shade each other. */
const groupOf = (model: Model, name: string): string => {
  let node: ModelNode | undefined = model.nodes.get(name);
  while (node && !node.moving && node.parent !== null) node = model.nodes.get(node.parent);
  return node?.moving ? node.name : ROOT;
};

const thinShare = 0.0045;
const castsShade = (part: Part, box: Box3, radius: number): boolean => {
  const size = box.getSize(new Vector3());
  return part.slot !== 'glow' && !(part.slot === 'glass' && part.alpha < 0.9) && Math.min(size.x, size.y, size.z) > radius * thinShare;
};

const lay = (model: Model): { pieces: Piece[]; whole: Box3; radius: number; floor: Field; reachMm: number } => {
  const worlds = new Map([...model.nodes.keys()].map((name): [string, Matrix4] => [name, model.world(name)]));
  const whole = new Box3();
  const solids = model.parts.map((part) => {
    const geometry = part.geometry.clone().applyMatrix4(worlds.get(part.node) as Matrix4);
    geometry.computeBoundingBox();
    const box = geometry.boundingBox ?? new Box3();
    whole.union(box);
    return { part, geometry, box, group: groupOf(model, part.node) };
  });
  const size = whole.getSize(new Vector3());
  const radius = size.length() / 2;
  const reachMm = Math.max(size.x, size.z, size.y * 0.5) * model.reach;
  const options = { reachMm, liftMm: radius * 4e-4 };
  const casting = solids.filter((s) => castsShade(s.part, s.box, radius));
  const fields = new Map<string, Field>();
  for (const group of new Set(solids.map((s) => s.group)))
    fields.set(
      group,
      fieldOf(
        casting.filter((s) => s.group === group).map((s) => numbersOf(s.geometry, 'position')),
        { ...options, groundY: group === ROOT ? whole.min.y : null },
      ),
    );
  const pieces = solids.map(({ part, geometry, group }) => ({
    part,
    positions: numbersOf(geometry, 'position'),
    normals: numbersOf(geometry, 'normal'),
    field: part.slot === 'glow' ? null : (fields.get(group) ?? null),
    dynamic: group !== ROOT,
  }));
  return {
    pieces,
    whole,
    radius,
    floor: fieldOf(
      casting.map((s) => numbersOf(s.geometry, 'position')),
      { ...options, groundY: null },
    ),
    reachMm,
  };
};

const darkest = { matte: 0.2, glass: 0.2, metal: 0.45, glow: 1 } as const;
const jitterOf = (index: number): number => ((((index * 7919) % 13) / 13 - 0.5) * 3) / 100;

/** The colour of a point: paint, a breath of variation, dust near the floor, shade with a hint of blue. */
const shaded = (model: Model, part: Part, jitter: number, sky: number, height: number): [number, number, number] => {
  const tint = part.colour.clone();
  if (model.dust && part.slot === 'matte') tint.lerp(new Color(model.dust.colour), Math.max(0, 1 - height / model.dust.height) * model.dust.share);
  const open = Math.max(0, sky) ** 1.25;
  const low = darkest[part.slot];
  const value = part.slot === 'matte' ? 1 + jitter : 1;
  const light = (floor: number): number => value * (floor + (1 - floor) * open);
  return [tint.r * light(low), tint.g * light(Math.min(1, low * 1.04)), tint.b * light(Math.min(1, low * 1.2))];
};

/** Corners whose sky is unknown take their neighbours', never black. */
const skyOf = (p: Point, [a, b, c]: Triangle): number => {
  if (p.sky !== buried) return p.sky;
  const known = [a.sky, b.sky, c.sky].filter((s) => s !== buried);
  return known.length > 0 ? Math.min(...known) * 0.9 : 0.3;
};

type Attempt = { primitives: Map<string, Primitive>; triangles: number; hidden: number };
const attempt = (model: Model, laid: ReturnType<typeof lay>, coarse: number): Attempt => {
  const { pieces, whole, radius } = laid;
  const primitives = new Map<string, Primitive>();
  let [triangles, hidden] = [0, 0];
  const v = new Vector3();
  for (const [index, { part, positions, normals, field, dynamic }] of pieces.entries()) {
    if (triangles > trianglesMax) break; // lost already: the next attempt is coarser
    const scale = Math.sqrt(coarse);
    const fine: Fineness = { tolerance: (part.tolerance ?? model.tolerance) * coarse, edgeMm: (model.edgeMm ?? radius * 0.02) * scale, longMm: radius * 0.17 * Math.cbrt(coarse) };
    let list: readonly Triangle[] = trianglesOf(positions, normals, field);
    if (field) list = refined(list, field, fine);
    const key = `${part.node}|${part.slot}`;
    const primitive = primitives.get(key) ?? { node: part.node, slot: part.slot, positions: [], normals: [], colours: [] };
    primitives.set(key, primitive);
    const inverse = model.world(part.node).invert();
    const normalMatrix = new Matrix3().getNormalMatrix(inverse);
    const jitter = jitterOf(index);
    for (const triangle of list) {
      if (isSliver(triangle, radius * radius * 1e-9)) continue;
      if (field && !dynamic && part.slot !== 'glass' && isHidden(triangle, field, fine)) {
        hidden++;
        continue;
      }
      triangles++;
      for (const p of triangle) {
        primitive.colours.push(...shaded(model, part, jitter, skyOf(p, triangle), p.y - whole.min.y), part.alpha);
        v.set(p.x, p.y, p.z).applyMatrix4(inverse).multiplyScalar(0.001);
        primitive.positions.push(v.x, v.y, v.z);
        v.set(p.nx, p.ny, p.nz).applyMatrix3(normalMatrix).normalize();
        if (v.lengthSq() < 0.5) v.set(0, 1, 0);
        primitive.normals.push(v.x, v.y, v.z);
      }
    }
  }
  return { primitives, triangles, hidden };
};

/** Bakes a model. Throws when it stays over the budget: then it has too many parts, not too fine a shade. */
export const bake = (model: Model): Baked => {
  const laid = lay(model);
  const { whole, radius, floor, reachMm } = laid;
  const sizeMm = whole.getSize(new Vector3());
  for (let coarse = 1; coarse < growthMax; coarse *= growth) {
    const { primitives, triangles, hidden } = attempt(model, laid, coarse);
    if (triangles > trianglesMax) continue;
    const spot = { x: (whole.min.x + whole.max.x) / 2, z: (whole.min.z + whole.max.z) / 2, half: Math.max(sizeMm.x, sizeMm.z) * 0.5 + radius * 0.3, y: whole.min.y };
    return {
      primitives: [...primitives.values()].filter((p) => p.positions.length > 0),
      shadow: { png: shadowPicture(floor, spot, reachMm * 1.6), spot },
      sizeMm,
      triangles,
      hidden,
    };
  }
  throw new Error(`over ${trianglesMax} triangles however coarse the shade: use fewer segments or parts`);
};

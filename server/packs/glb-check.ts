/**
 * What is wrong with a GLB that somebody sent, before any kiosk reads it: its frame, that it refers to nothing outside itself, that its
 * parts lie inside one another, and that it stays within what a kiosk can draw.
 */
import { modelFileBytesMax } from '../../shared/model.ts';
import type { PackFaultCode } from '../../shared/pack-faults.ts';

export const glbTrianglesMax = 1_000_000;
export const glbNodesMax = 10_000;
export const glbListMax = 20_000;
const jsonBytesMax = 4 * 1_048_576;
const magic = 0x4654_6c67;
const chunk = { json: 0x4e4f_534a, bin: 0x004e_4942 } as const;
/** what the kiosks' reader understands */
const extensionsKnown: ReadonlySet<string> = new Set([
  'EXT_meshopt_compression',
  'KHR_mesh_quantization',
  'KHR_materials_unlit',
  'KHR_materials_emissive_strength',
  'KHR_texture_transform',
  'KHR_lights_punctual',
]);
const componentBytes: { [type: number]: number } = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const components: { [type: string]: number } = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };

type Part =
  | 'asset'
  | 'version'
  | 'uri'
  | 'extensions'
  | 'extensionsRequired'
  | 'buffers'
  | 'bufferViews'
  | 'accessors'
  | 'meshes'
  | 'nodes'
  | 'buffer'
  | 'byteOffset'
  | 'byteLength'
  | 'byteStride'
  | 'count'
  | 'componentType'
  | 'type'
  | 'bufferView'
  | 'children'
  | 'primitives'
  | 'attributes'
  | 'POSITION'
  | 'indices';
type Json = { readonly [P in Part]?: unknown };
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (from: Json, key: Part): readonly Json[] | null => {
  const list = from[key];
  if (list === undefined) return [];
  return Array.isArray(list) && list.length <= glbListMax && list.every(isObject) ? (list as Json[]) : null;
};
const whole = (value: unknown, otherwise: number): number =>
  value === undefined ? otherwise : Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : Number.NaN;
const inside = (index: unknown, list: readonly unknown[]): boolean => whole(index, Number.NaN) < list.length;

/** The JSON chunk and how many bytes of binary there are, or why the frame is wrong. */
const frameOf = (bytes: Buffer): { json: Json; binary: number } | PackFaultCode => {
  if (bytes.length > modelFileBytesMax) return 'file_too_large';
  if (bytes.length < 20 || bytes.readUInt32LE(0) !== magic || bytes.readUInt32LE(4) !== 2) return 'no_glb';
  if (bytes.readUInt32LE(8) !== bytes.length) return 'bad_length';
  const jsonBytes = bytes.readUInt32LE(12);
  if (bytes.readUInt32LE(16) !== chunk.json || 20 + jsonBytes > bytes.length || jsonBytes > jsonBytesMax) return 'bad_chunk';
  const after = 20 + jsonBytes;
  let binary = 0;
  if (after < bytes.length) {
    if (after + 8 > bytes.length || bytes.readUInt32LE(after + 4) !== chunk.bin) return 'bad_chunk';
    binary = bytes.readUInt32LE(after);
    if (after + 8 + binary !== bytes.length) return 'bad_chunk';
  }
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8', 20, after));
    return isObject(json) ? { json, binary } : 'bad_json';
  } catch {
    return 'bad_json';
  }
};

/** Nothing of it names an address; data of its own may stand in one. */
const namesNothing = (json: Json): boolean => {
  const waiting: unknown[] = [json];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    for (const [key, inner] of Object.entries(value as object)) {
      if (key === 'uri' && !(typeof inner === 'string' && inner.startsWith('data:'))) return false;
      if (typeof inner === 'object' && inner !== null) waiting.push(inner);
    }
  }
  return true;
};

const viewsInside = (views: readonly Json[], buffers: readonly Json[]): boolean =>
  views.every((v) => {
    const buffer = inside(v.buffer, buffers) ? (buffers[v.buffer as number] as Json) : undefined;
    return buffer !== undefined && whole(v.byteOffset, 0) + whole(v.byteLength, Number.NaN) <= whole(buffer.byteLength, Number.NaN);
  });

const accessorsInside = (accessors: readonly Json[], views: readonly Json[]): boolean =>
  accessors.every((a) => {
    const count = whole(a.count, Number.NaN);
    const bytes = (componentBytes[a.componentType as number] ?? Number.NaN) * (components[a.type as string] ?? Number.NaN);
    if (!(count >= 1 && bytes > 0)) return false;
    if (a.bufferView === undefined) return count <= glbTrianglesMax * 3;
    if (!inside(a.bufferView, views)) return false;
    const view = views[a.bufferView as number] as Json;
    const stride = whole(view.byteStride, bytes);
    return whole(a.byteOffset, 0) + (count - 1) * stride + bytes <= whole(view.byteLength, Number.NaN);
  });

/** Every child is a node, has one parent at most, and none is its own ancestor. */
const isForest = (nodes: readonly Json[]): boolean => {
  const parent = new Map<number, number>();
  for (const [at, node] of nodes.entries()) {
    const children = node.children ?? [];
    if (!Array.isArray(children)) return false;
    for (const child of children) {
      if (!inside(child, nodes) || parent.has(child as number)) return false;
      parent.set(child as number, at);
    }
  }
  // with one parent each, a ring is what has no root
  const reached = new Set<number>();
  const waiting = [...nodes.keys()].filter((n) => !parent.has(n));
  for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
    reached.add(n);
    waiting.push(...((nodes[n]?.children as number[] | undefined) ?? []));
  }
  return reached.size === nodes.length;
};

const trianglesOf = (meshes: readonly Json[], accessors: readonly Json[]): number => {
  let triangles = 0;
  for (const mesh of meshes)
    for (const part of listOf(mesh, 'primitives') ?? []) {
      const position = isObject(part.attributes) ? part.attributes.POSITION : undefined;
      const of = part.indices ?? position;
      if (!inside(of, accessors)) return Number.NaN;
      triangles += whole(accessors[of as number]?.count, Number.NaN) / 3;
    }
  return triangles;
};

/** The first thing that is wrong with it as a code; null where it may be shown. */
export const glbFault = (bytes: Buffer): PackFaultCode | null => {
  const frame = frameOf(bytes);
  if (typeof frame === 'string') return frame;
  const { json, binary } = frame;
  if (!isObject(json.asset) || json.asset.version !== '2.0') return 'no_glb';
  if (!namesNothing(json)) return 'external_uri';
  const required = json.extensionsRequired ?? [];
  if (!Array.isArray(required) || !required.every((e) => extensionsKnown.has(e as string))) return 'extension_unknown';
  const [buffers, views, accessors, meshes, nodes] = (['buffers', 'bufferViews', 'accessors', 'meshes', 'nodes'] as const).map((key) => listOf(json, key));
  if (!buffers || !views || !accessors || !meshes || !nodes || nodes.length > glbNodesMax) return 'too_many_parts';
  // what meshopt unpacks into has a length and no bytes of its own
  const own = buffers[0];
  if (own && own.uri === undefined && own.extensions === undefined && !(whole(own.byteLength, Number.NaN) <= binary)) return 'buffer_past_end';
  if (!viewsInside(views, buffers)) return 'view_past_end';
  if (!accessorsInside(accessors, views)) return 'accessor_past_end';
  if (!isForest(nodes)) return 'node_cycle';
  const triangles = trianglesOf(meshes, accessors);
  if (!(triangles <= glbTrianglesMax)) return 'too_many_triangles';
  return null;
};

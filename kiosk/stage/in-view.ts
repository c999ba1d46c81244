/**
 * Draws only those triangles that the camera can see. A walk stands so close to its focus that most of the hill lies beside or behind
 * the visitor; what is left out makes room for the model on the plinth. Cheap enough for every picture: half a millisecond of script.
 */
import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Matrix4, type Mesh, type PerspectiveCamera, type RawShaderMaterial } from 'three';

/** what stands at the edge may grow a little, and what is in the way sinks by up to this */
const edgeShare = 1.08;
const sinkMetres = 1.8;

/** The same corners as the whole geometry, with a list of triangles of its own; where each corner lies is found anew for each camera. */
type Seen = { geometry: BufferGeometry; index: BufferAttribute; outside: Uint8Array };
const seenOf = new WeakMap<BufferGeometry, Seen>();
const clip = new Matrix4();
const placesOf = (g: BufferGeometry): BufferAttribute => (g.attributes['aPlace'] ?? g.attributes['position']) as BufferAttribute;

const prepare = (whole: BufferGeometry): Seen => {
  const geometry = new BufferGeometry();
  for (const [name, attribute] of Object.entries(whole.attributes)) geometry.setAttribute(name, attribute);
  const index = new BufferAttribute(new Uint32Array(whole.index?.count ?? 0), 1).setUsage(DynamicDrawUsage);
  geometry.setIndex(index);
  whole.addEventListener('dispose', () => geometry.dispose());
  const seen = { geometry, index, outside: new Uint8Array(placesOf(whole).count) };
  seenOf.set(whole, seen);
  return seen;
};

/** Writes for each corner which sides of the picture it lies beyond. */
const sort = (places: BufferAttribute, scale: number, outside: Uint8Array): void => {
  const { array, itemSize, count } = places;
  const [x0 = 0, y0 = 0, , w0 = 0, x1 = 0, y1 = 0, , w1 = 0, x2 = 0, y2 = 0, , w2 = 0, x3 = 0, y3 = 0, , w3 = 0] = clip.elements;
  for (let v = 0, k = 0; v < count; v++, k += itemSize) {
    const px = (array[k] as number) * scale;
    const py = (array[k + 1] as number) * scale;
    const pz = (array[k + 2] as number) * scale;
    const x = x0 * px + x1 * py + x2 * pz + x3;
    const y = y0 * px + y1 * py + y2 * pz + y3;
    const w = w0 * px + w1 * py + w2 * pz + w3;
    const m = w * edgeShare;
    outside[v] = (x < -m ? 1 : 0) | (x > m ? 2 : 0) | (y < -m ? 4 : 0) | (y - y1 * sinkMetres > (w - w1 * sinkMetres) * edgeShare ? 8 : 0);
  }
};

/** The triangles of a geometry that the camera may see, as a geometry that is written over by the next call for the same one. */
export const seenBy = (whole: BufferGeometry, scale: number, camera: PerspectiveCamera): BufferGeometry => {
  const { geometry, index, outside } = seenOf.get(whole) ?? prepare(whole);
  clip.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
  sort(placesOf(whole), scale, outside);
  const from = whole.index?.array ?? [];
  const to = index.array;
  let n = 0;
  for (let k = 0; k < from.length; k += 3) {
    const [a, b, c] = [from[k] as number, from[k + 1] as number, from[k + 2] as number];
    if (((outside[a] as number) & (outside[b] as number) & (outside[c] as number)) !== 0) continue;
    to[n++] = a;
    to[n++] = b;
    to[n++] = c;
  }
  index.clearUpdateRanges();
  index.addUpdateRange(0, n);
  index.needsUpdate = true;
  geometry.setDrawRange(0, n);
  return geometry;
};

/** Draws while these meshes show only what the camera sees. */
export const drawSeen = (meshes: readonly Mesh[], camera: PerspectiveCamera, draw: () => void): void => {
  const whole = meshes.map((m) => m.geometry);
  for (const mesh of meshes) {
    const scale: unknown = (mesh.material as RawShaderMaterial).uniforms['uScale']?.value;
    mesh.geometry = seenBy(mesh.geometry, typeof scale === 'number' ? scale : 1, camera);
  }
  draw();
  meshes.forEach((mesh, k) => {
    mesh.geometry = whole[k] as BufferGeometry;
  });
};

/**
 * A model at rest in as few draws as it can be: for the walk, where nothing of it moves. What is painted by its corners alone, matte,
 * metal or glowing, becomes one mesh whose corners say how they shine; of the rest each material becomes one. Glass is put in order for
 * who looks from the front. A file with pictures keeps them; one with bones or shapes that bend stays as it is.
 */
import {
  BufferAttribute,
  BufferGeometry,
  Group,
  type InterleavedBufferAttribute,
  type Material,
  Matrix3,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Object3D,
} from 'three';
import { flat } from './flat.ts';
import { inStudio, type StudioUniforms } from './studio-gloss.ts';

type Attribute = BufferAttribute | InterleavedBufferAttribute;
/** how a corner shines, 0 to 255: metal, rough, glowing */
type Shine = readonly [metal: number, rough: number, glow: number];
type Heap = { material: Material; shines: boolean; meshes: Mesh[] };

const known = ['position', 'normal', 'color', 'uv'];
/** a walk looks down on its focus by about this */
const lookDownDeg = 25;
const degrees = Math.PI / 180;

const byte = (share: number): number => Math.round(Math.max(0, Math.min(1, share)) * 255);
const hasPicture = (m: Material): boolean => Object.values(m).some((v) => typeof v === 'object' && v !== null && 'isTexture' in v);

/** How a material shines that is nothing but its corners' colours; null: it is more than that. */
const shineOf = (m: Material, g: BufferGeometry): Shine | null => {
  if (m.transparent || m.alphaTest > 0 || !m.vertexColors || !g.getAttribute('color') || hasPicture(m)) return null;
  if (m instanceof MeshBasicMaterial) return m.color.getHex() === 0xffffff ? [0, 255, 255] : null;
  const plain = m instanceof MeshStandardMaterial && m.type === 'MeshStandardMaterial' && g.getAttribute('normal');
  return plain && m.color.getHex() === 0xffffff && m.emissive.getHex() === 0 && !m.flatShading ? [byte(m.metalness), byte(m.roughness), 0] : null;
};

const shining = (side: Material['side'], studio: StudioUniforms): Material => {
  const material = new MeshStandardMaterial({ vertexColors: true, metalness: 1, roughness: 1, side });
  inStudio(material, studio, true);
  return material;
};

/** Writes an attribute's numbers from element `to` on. `full` is what 1 becomes. */
const copy = (a: Attribute | undefined, size: number, to: number, out: BufferAttribute['array'], full: number): void => {
  if (!a) return;
  const { array, stride, offset, count, unit } = flat(a);
  const own = Math.min(size, a.itemSize);
  for (let k = 0; k < count; k++)
    for (let c = 0; c < own; c++)
      out[(to + k) * size + c] = full === 1 ? (array[offset + k * stride + c] as number) * unit : Math.round((array[offset + k * stride + c] as number) * unit * full);
};

/** One geometry of all the meshes of a heap, in the frame that `into` leads to. */
const join = ({ shines, meshes }: Heap, into: Matrix4): BufferGeometry => {
  const count = meshes.reduce((n, m) => n + m.geometry.getAttribute('position').count, 0);
  const corners = meshes.reduce((n, m) => n + (m.geometry.index?.count ?? m.geometry.getAttribute('position').count), 0);
  const first = (meshes[0] as Mesh).geometry;
  const positions = new Float32Array(count * 3);
  const normals = shines || first.getAttribute('normal') ? new Int8Array(count * 4) : null;
  const colours = first.getAttribute('color') ? new Uint8Array(count * 4).fill(255) : null;
  const places = first.getAttribute('uv') ? new Float32Array(count * 2) : null;
  const shine = shines ? new Uint8Array(count * 4) : null;
  const index = new Uint32Array(corners);
  const turn = new Matrix3();
  const frame = new Matrix4();
  let [to, at] = [0, 0];
  for (const mesh of meshes) {
    const { geometry: g } = mesh;
    frame.multiplyMatrices(into, mesh.matrixWorld);
    const [x0 = 0, y0 = 0, z0 = 0, , x1 = 0, y1 = 0, z1 = 0, , x2 = 0, y2 = 0, z2 = 0, , x3 = 0, y3 = 0, z3 = 0] = frame.elements;
    const p = flat(g.getAttribute('position'));
    for (let k = 0, from = p.offset; k < p.count; k++, from += p.stride) {
      const [x, y, z] = [(p.array[from] as number) * p.unit, (p.array[from + 1] as number) * p.unit, (p.array[from + 2] as number) * p.unit];
      positions[(to + k) * 3] = x0 * x + x1 * y + x2 * z + x3;
      positions[(to + k) * 3 + 1] = y0 * x + y1 * y + y2 * z + y3;
      positions[(to + k) * 3 + 2] = z0 * x + z1 * y + z2 * z + z3;
    }
    const normal: Attribute | undefined = g.getAttribute('normal');
    if (normals && normal) {
      const [a0, b0, c0, a1, b1, c1, a2, b2, c2] = turn.getNormalMatrix(frame).elements;
      const n = flat(normal);
      for (let k = 0, from = n.offset; k < n.count; k++, from += n.stride) {
        const [x, y, z] = [n.array[from] as number, n.array[from + 1] as number, n.array[from + 2] as number];
        const [u, v, w] = [a0 * x + a1 * y + a2 * z, b0 * x + b1 * y + b2 * z, c0 * x + c1 * y + c2 * z];
        const full = 127 / (Math.sqrt(u * u + v * v + w * w) || 1);
        normals[(to + k) * 4] = Math.round(u * full);
        normals[(to + k) * 4 + 1] = Math.round(v * full);
        normals[(to + k) * 4 + 2] = Math.round(w * full);
      }
    }
    if (colours) copy(g.getAttribute('color'), 4, to, colours, 255);
    if (places) copy(g.getAttribute('uv'), 2, to, places, 1);
    if (shine) {
      const [metal, rough, glow] = shineOf(mesh.material as Material, g) ?? [0, 255, 0];
      for (let k = to; k < to + p.count; k++) shine.set([metal, rough, glow], k * 4);
    }
    const own = g.index?.array;
    const n = own?.length ?? p.count;
    // a mirrored piece is wound the other way
    const mirrored = frame.determinant() < 0;
    for (let k = 0; k < n; k++) {
      const from = mirrored ? k - (k % 3) + 2 - (k % 3) : k;
      index[at + k] = to + (own ? (own[from] as number) : from);
    }
    to += p.count;
    at += n;
  }
  const g = new BufferGeometry();
  g.setAttribute('position', new BufferAttribute(positions, 3));
  if (normals) g.setAttribute('normal', new BufferAttribute(normals, 4, true));
  if (colours) g.setAttribute('color', new BufferAttribute(colours, 4, true));
  if (places) g.setAttribute('uv', new BufferAttribute(places, 2));
  if (shine) g.setAttribute('aShine', new BufferAttribute(shine, 4, true));
  g.setIndex(new BufferAttribute(index, 1));
  return g;
};

/** Whether nothing of it is more than triangles that keep their shape. */
const mayJoin = (root: Object3D): boolean => {
  let plain = true;
  root.traverse((o) => {
    if (!o.visible || 'isPoints' in o || 'isLine' in o || 'isLight' in o || 'isSkinnedMesh' in o || 'isInstancedMesh' in o) plain = false;
    if (!(o instanceof Mesh)) return;
    const { attributes, morphAttributes } = o.geometry as BufferGeometry;
    if (Array.isArray(o.material) || Object.keys(morphAttributes).length > 0 || Object.keys(attributes).some((name) => !known.includes(name))) plain = false;
  });
  return plain;
};

/** Every mesh with those that may be one with it. */
const heapsOf = (meshes: readonly Mesh[], studio: StudioUniforms): Heap[] => {
  const heaps = new Map<string, Heap>();
  for (const mesh of meshes) {
    const material = mesh.material as Material;
    const shines = shineOf(material, mesh.geometry) !== null;
    const key = shines ? `shines ${material.side}` : `${material.uuid} ${Object.keys(mesh.geometry.attributes).sort().join()}`;
    const heap = heaps.get(key);
    if (heap) heap.meshes.push(mesh);
    else heaps.set(key, { material: shines ? shining(material.side, studio) : material, shines, meshes: [mesh] });
  }
  return [...heaps.values()];
};

export type Still = { readonly root: Object3D; readonly bytes: number; dispose(): void };

/**
 * The model as it is now, not turned, as few meshes; the model itself where that can't be. `azimuthDeg` is where its front is. The
 * pictures and the materials that have some stay the model's own.
 */
export const stillOf = (model: Object3D, meshes: readonly Mesh[], azimuthDeg: number, studio: StudioUniforms): Still => {
  if (!mayJoin(model)) return { root: model, bytes: 0, dispose: () => undefined };
  model.updateMatrixWorld(true);
  const into = model.matrixWorld.clone().invert();
  const [a, e] = [azimuthDeg * degrees, lookDownDeg * degrees];
  const frame = new Matrix4();
  const nearness = (mesh: Mesh): number => {
    const [, , , , , , , , , , , , x = 0, y = 0, z = 0] = frame.multiplyMatrices(into, mesh.matrixWorld).elements;
    return x * Math.sin(a) * Math.cos(e) + y * Math.sin(e) + z * Math.cos(a) * Math.cos(e);
  };
  const root = new Group();
  const own: { dispose(): void }[] = [];
  let bytes = 0;
  for (const heap of heapsOf(meshes, studio)) {
    const { material, shines } = heap;
    // what is seen through is drawn from the back, as three does with meshes
    if (material.transparent) heap.meshes.sort((m, n) => nearness(m) - nearness(n));
    const geometry = join(heap, into);
    const mesh = new Mesh(geometry, material);
    mesh.renderOrder = (heap.meshes[0] as Mesh).renderOrder;
    mesh.frustumCulled = false;
    mesh.matrixAutoUpdate = false;
    root.add(mesh);
    own.push(geometry);
    if (shines) own.push(material);
    for (const { array } of [...Object.values(geometry.attributes), geometry.index as BufferAttribute] as BufferAttribute[]) bytes += array.byteLength;
  }
  return {
    root,
    bytes,
    dispose(): void {
      root.removeFromParent();
      for (const one of own) one.dispose();
    },
  };
};

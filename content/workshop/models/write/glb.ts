/**
 * A baked model as GLB: five materials at most, named nodes, clips, hotspot nodes with their id, views in the scene's extras; welded,
 * quantised, meshopt. Never any text, never a picture but the floor's shadow. The same model gives the same bytes.
 */
import { type Accessor, Document, Logger, type Material, type Node } from '@gltf-transform/core';
import { KHRMaterialsUnlit } from '@gltf-transform/extensions';
import { dedup, meshopt, prune, quantize, reorder, weld } from '@gltf-transform/functions';
import { MeshoptEncoder } from 'meshoptimizer';
import type { Baked, Primitive } from '../bake/bake.ts';
import { turn, upTo, type Vec3 } from '../kit/mesh.ts';
import { type Exhibit, type Model, ROOT } from '../kit/model.ts';
import { type Clip, eased, shift } from '../kit/motion.ts';
import type { Slot } from '../kit/paints.ts';
import { meshoptIo } from './check.ts';

const FINISH: { readonly [slot in Slot | 'shadow']: { rough: number; metal: number; unlit: boolean; blend: boolean } } = {
  matte: { rough: 0.58, metal: 0, unlit: false, blend: false },
  metal: { rough: 0.34, metal: 1, unlit: false, blend: false },
  glass: { rough: 0.08, metal: 0, unlit: false, blend: true },
  glow: { rough: 1, metal: 0, unlit: true, blend: false },
  shadow: { rough: 1, metal: 0, unlit: true, blend: true },
};
const metres = (v: Vec3): [number, number, number] => [v[0] / 1000, v[1] / 1000, v[2] / 1000];

const explodedSeconds = 1.6;
const explodedSteps = 12;
/** The clip that takes every exploding node from its place (0 s) to its exploded place; to be scrubbed or played once. */
const explodedClip = (model: Model): Clip | null => {
  const channels = [...model.nodes.values()].flatMap((node) => {
    const { explode } = node;
    if (!explode) return [];
    const times = upTo(explodedSteps + 1).map((i) => (i * explodedSeconds) / explodedSteps);
    const ways = times.map((t): Vec3 => [explode[0] * eased(t / explodedSeconds), explode[1] * eased(t / explodedSeconds), explode[2] * eased(t / explodedSeconds)]);
    return [shift(node.name, node.at, times, ways)];
  });
  return channels.length > 0 ? { name: 'exploded', channels, loop: false } : null;
};

/** All clips of a model, with the exploded state if it has one. */
export const clipsOf = (model: Model): Clip[] => {
  const exploded = explodedClip(model);
  return exploded ? [...model.clips, exploded] : [...model.clips];
};

class GlbDraft {
  readonly document = new Document().setLogger(new Logger(Logger.Verbosity.WARN));
  readonly #buffer = this.document.createBuffer();
  readonly #unlit = this.document.createExtension(KHRMaterialsUnlit);
  readonly #materials = new Map<string, Material>();
  readonly nodes = new Map<string, Node>();

  accessor(type: 'SCALAR' | 'VEC2' | 'VEC3' | 'VEC4', list: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>): Accessor {
    return this.document.createAccessor().setType(type).setArray(list).setBuffer(this.#buffer);
  }

  material(slot: Slot | 'shadow'): Material {
    const known = this.#materials.get(slot);
    if (known) return known;
    const finish = FINISH[slot];
    const made = this.document.createMaterial(slot).setRoughnessFactor(finish.rough).setMetallicFactor(finish.metal);
    if (finish.unlit) made.setExtension('KHR_materials_unlit', this.#unlit.createUnlit());
    if (finish.blend) made.setAlphaMode('BLEND');
    this.#materials.set(slot, made);
    return made;
  }

  /** The node of that name; the model made sure that it is there. */
  node(name: string): Node {
    const node = this.nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    return node;
  }
}

const addNodes = (draft: GlbDraft, id: string, model: Model): void => {
  const scene = draft.document.createScene(id);
  draft.document.getRoot().setDefaultScene(scene);
  for (const node of model.nodes.values()) {
    const q = turn(node.rot);
    const made = draft.document
      .createNode(node.name === ROOT ? id : node.name)
      .setTranslation(metres(node.at))
      .setRotation([q.x, q.y, q.z, q.w]);
    if (node.explode) made.setExtras({ explode: metres(node.explode) });
    draft.nodes.set(node.name, made);
    if (node.parent === null) scene.addChild(made);
    else draft.node(node.parent).addChild(made);
  }
};

const addPrimitive = (draft: GlbDraft, source: Primitive): void => {
  const blend = FINISH[source.slot].blend;
  const colours = blend ? source.colours : source.colours.filter((_, i) => i % 4 !== 3);
  const primitive = draft.document
    .createPrimitive()
    .setMaterial(draft.material(source.slot))
    .setAttribute('POSITION', draft.accessor('VEC3', new Float32Array(source.positions)))
    .setAttribute('COLOR_0', draft.accessor(blend ? 'VEC4' : 'VEC3', new Float32Array(colours)));
  if (!FINISH[source.slot].unlit) primitive.setAttribute('NORMAL', draft.accessor('VEC3', new Float32Array(source.normals)));
  const node = draft.node(source.node);
  const mesh = node.getMesh() ?? draft.document.createMesh(source.node);
  node.setMesh(mesh.addPrimitive(primitive));
};

const addShadow = (draft: GlbDraft, { png, spot }: Baked['shadow']): void => {
  const [x0, x1, z0, z1, y] = [spot.x - spot.half, spot.x + spot.half, spot.z - spot.half, spot.z + spot.half, spot.y].map((v) => v / 1000) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const picture = draft.document.createTexture('contactShadow').setImage(png).setMimeType('image/png');
  const primitive = draft.document
    .createPrimitive()
    .setMaterial(draft.material('shadow').setBaseColorTexture(picture))
    .setAttribute('POSITION', draft.accessor('VEC3', new Float32Array([x0, y, z0, x1, y, z0, x1, y, z1, x0, y, z1])))
    .setAttribute('TEXCOORD_0', draft.accessor('VEC2', new Float32Array([0, 0, 1, 0, 1, 1, 0, 1])))
    .setIndices(draft.accessor('SCALAR', new Uint16Array([0, 2, 1, 0, 3, 2])));
  draft.node(ROOT).addChild(draft.document.createNode('contactShadow').setMesh(draft.document.createMesh('contactShadow').addPrimitive(primitive)));
};

const addClips = (draft: GlbDraft, model: Model): void => {
  for (const clip of clipsOf(model)) {
    const animation = draft.document.createAnimation(clip.name);
    for (const channel of clip.channels) {
      const sampler = draft.document
        .createAnimationSampler()
        .setInterpolation('LINEAR')
        .setInput(draft.accessor('SCALAR', new Float32Array(channel.times)))
        .setOutput(draft.accessor(channel.path === 'rotation' ? 'VEC4' : 'VEC3', new Float32Array(channel.values)));
      animation.addSampler(sampler).addChannel(draft.document.createAnimationChannel().setTargetNode(draft.node(channel.node)).setTargetPath(channel.path).setSampler(sampler));
    }
  }
};

/** The finished bytes. */
export const glbOf = async (exhibit: Exhibit, model: Model, baked: Baked): Promise<Uint8Array> => {
  const io = await meshoptIo();
  const draft = new GlbDraft();
  draft.document.getRoot().getAsset().generator = 'harbourlight workshop';
  addNodes(draft, exhibit.id, model);
  for (const primitive of baked.primitives) addPrimitive(draft, primitive);
  addShadow(draft, baked.shadow);
  for (const { id, at, node } of model.hotspots) draft.node(node).addChild(draft.document.createNode(`hotspot_${id}`).setTranslation(metres(at)).setExtras({ hotspot: id }));
  addClips(draft, model);
  const views = exhibit.views.map(({ az, pol, zoom, target }) => ({ az, pol, zoom, ...(target ? { target: metres(target) } : {}) }));
  draft.document
    .getRoot()
    .getDefaultScene()
    ?.setExtras({ exhibit: exhibit.id, sizeMm: baked.sizeMm.toArray().map(Math.round), views });
  await draft.document.transform(
    weld(),
    dedup(),
    prune({ keepLeaves: true, keepExtras: true, keepAttributes: true }),
    reorder({ encoder: MeshoptEncoder }),
    quantize({ quantizePosition: 14, quantizeNormal: 8, quantizeColor: 8 }),
    meshopt({ encoder: MeshoptEncoder, level: 'medium' }),
  );
  return io.writeBinary(draft.document);
};

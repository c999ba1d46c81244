/**
 * One exhibit while it is being built: parts on named nodes, hotspots, clips. Every part is one line:
 * `m.add(solid, paint, { at, rot, scale })`. `m.on(node, …)` puts the parts inside on a node, `m.within(place, …)` shifts all inside.
 * Text never enters here: an Exhibit carries it in three languages and the build writes it to models.json.
 */
import { type BufferGeometry, Matrix4 } from 'three';
import { matrixOf, merge, moved, type Place, type Vec3 } from './mesh.ts';
import { type Channel, type Clip, rounds } from './motion.ts';
import { type AreaId, type Coat, coatOf, type Paint } from './paints.ts';

export type Words = { 'zh-HK': string; 'zh-CN': string; en: string };
/** How to look: degrees around (0 = front) and down from the top, `zoom` 1 = fits, `target` in mm when it is not the middle. */
export type View = { az: number; pol: number; zoom: number; target?: Vec3; caption: Words };
export type HotspotWords = { id: string; label: Words; text: Words };
/** What a model file exports as `exhibit`. `projects` are ids of the packs, the exact one first. */
export type Exhibit = { id: string; area: AreaId; name: Words; projects: readonly string[]; views: readonly View[]; hotspots: readonly HotspotWords[]; make: () => Model };

export type Part = Coat & { geometry: BufferGeometry; node: string; tolerance: number | null };
/** `moving`: neither casts shade on other nodes nor takes it from them. `explode` is how far the node goes in the exploded state, in mm. */
export type ModelNode = { name: string; parent: string | null; at: Vec3; rot: Vec3; moving: boolean; explode: Vec3 | null };
export type Hotspot = { id: string; at: Vec3; node: string };
export type Dust = { height: number; share: number; colour: string };

export type ModelOptions = {
  area: AreaId;
  /** AO difference that splits an edge; larger = fewer triangles */
  tolerance?: number;
  /** shortest edge that may be split, mm; about a hundredth of the model */
  edgeMm?: number;
  /** reach of the shade as a share of the model's size */
  reach?: number;
  dust?: Dust;
};
type PartOptions = Place & { node?: string; tolerance?: number };

export const ROOT = 'root';

export class Model {
  readonly area: AreaId;
  tolerance: number;
  readonly edgeMm: number | null;
  reach: number;
  readonly dust: Dust | null;
  readonly parts: Part[] = [];
  readonly nodes = new Map<string, ModelNode>();
  readonly hotspots: Hotspot[] = [];
  readonly clips: Clip[] = [];
  #node = ROOT;
  #frame = new Matrix4();

  constructor(options: ModelOptions) {
    this.area = options.area;
    this.tolerance = options.tolerance ?? 0.055;
    this.edgeMm = options.edgeMm ?? null;
    this.reach = options.reach ?? 0.3;
    this.dust = options.dust ?? null;
    this.nodes.set(ROOT, { name: ROOT, parent: null, at: [0, 0, 0], rot: [0, 0, 0], moving: false, explode: null });
  }

  /** Adds a part to the current node (or to `node`). */
  add(solid: BufferGeometry | readonly BufferGeometry[], paint: Paint, options: PartOptions = {}): this {
    const one = 'isBufferGeometry' in solid ? solid : merge(...solid);
    const geometry = moved(one, this.#frame.clone().multiply(matrixOf(options)));
    this.parts.push({ ...coatOf(paint, this.area), geometry, node: options.node ?? this.#node, tolerance: options.tolerance ?? null });
    return this;
  }

  /** The part and its mirror image across x = 0. */
  pair(solid: BufferGeometry | readonly BufferGeometry[], paint: Paint, options: PartOptions = {}): this {
    this.add(solid, paint, options);
    const kept = this.#frame;
    this.#frame = kept.clone().multiply(new Matrix4().makeScale(-1, 1, 1));
    this.add(solid, paint, options);
    this.#frame = kept;
    return this;
  }

  /** A named node, in mm from its parent's origin. */
  node(name: string, at: Vec3 = [0, 0, 0], options: { parent?: string; rot?: Vec3; moving?: boolean; explode?: Vec3 } = {}): this {
    if (this.nodes.has(name)) throw new Error(`two nodes are called ${name}`);
    const parent = options.parent ?? ROOT;
    if (!this.nodes.has(parent)) throw new Error(`node ${name} hangs on ${parent}, which is not there`);
    const explode = options.explode ?? null;
    this.nodes.set(name, { name, parent, at, rot: options.rot ?? [0, 0, 0], moving: options.moving ?? explode !== null, explode });
    return this;
  }

  /** All parts added by `fill` belong to the node; their places count from its origin. */
  on(name: string, fill: () => void): this {
    if (!this.nodes.has(name)) throw new Error(`no node ${name}`);
    const [node, frame] = [this.#node, this.#frame];
    this.#node = name;
    this.#frame = new Matrix4();
    fill();
    this.#node = node;
    this.#frame = frame;
    return this;
  }

  /** All parts added by `fill` are placed in a shifted, turned or scaled frame. */
  within(place: Place, fill: () => void): this {
    const frame = this.#frame;
    this.#frame = frame.clone().multiply(matrixOf(place));
    fill();
    this.#frame = frame;
    return this;
  }

  /** A point that can be asked about; `at` counts from the node's origin, in mm. */
  hotspot(id: string, at: Vec3, node: string = ROOT): this {
    this.hotspots.push({ id, at, node });
    return this;
  }

  /** A clip; `loop` false for a state that is entered and left (exploded). */
  clip(name: string, channels: readonly Channel[], loop = true): this {
    this.clips.push({ name, channels: loop ? rounds(name, channels) : channels, loop });
    return this;
  }

  /** For a quick look at the shape: almost no shade, no fine triangles. */
  rough(): void {
    this.tolerance = 9;
    this.reach = 1e-4;
  }

  /** A node's matrix in the model. */
  world(name: string): Matrix4 {
    const node = this.nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    const own = matrixOf(node);
    return node.parent === null ? own : this.world(node.parent).multiply(own);
  }
}

/** Traditional Chinese (Hong Kong), simplified Chinese with mainland terms, English. */
export const words = (hk: string, cn: string, en: string): Words => ({ 'zh-HK': hk, 'zh-CN': cn, en });

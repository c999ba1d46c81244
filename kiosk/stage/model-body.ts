/**
 * A model as it stands on the podium: scaled to it, its materials in the studio's light, its parts by id, its moving pieces. Holds
 * everything that must be freed. A part is found by its node's name or by what the file says of the node, since loaders rename.
 */
import { type AnimationAction, type AnimationClip, AnimationMixer, Box3, Group, LoopOnce, LoopRepeat, Mesh, Object3D, Texture, Vector3 } from 'three';
import type { ModelInfo } from '../../shared/model.ts';
import { flat } from './flat.ts';
import { type Still, stillOf } from './model-still.ts';
import { firstView, type Size, standScale } from './model-view.ts';
import { freeTable, inStudio, type StudioUniforms } from './studio-gloss.ts';

/** a file that asks for more is refused: the scene behind it costs up to 20 000 triangles */
export const modelTrianglesMax = 60_000;
export const modelDrawsMax = 90;
const shadowName = 'shadow';
const glassName = 'glass';
/** a picture on the graphics card with its smaller copies */
const textureByteShare = 4 * (4 / 3);

const materialsOf = (mesh: Mesh) => (Array.isArray(mesh.material) ? mesh.material : [mesh.material]);
const isShadow = (mesh: Mesh): boolean => materialsOf(mesh).every((m) => m.name === shadowName);

export class ModelBody {
  /** what is put into the scene; turned by whoever shows it */
  readonly root = new Group();
  readonly size: Size;
  readonly scale: number;
  readonly draws: number;
  readonly triangles: number;
  private readonly ownBytes: number;
  private readonly meshes: Mesh[] = [];
  private readonly parts = new Map<string, Object3D>();
  private readonly middle: Vector3;
  private readonly scene: Object3D;
  private readonly mixer: AnimationMixer;
  private readonly clips: AnimationAction[];
  private readonly opening: AnimationAction | null;
  private readonly makeStill: () => Still;
  private resting: Still | null = null;

  /** Takes over a loaded scene. Throws when it is empty or asks for too much. */
  constructor(scene: Object3D, animations: readonly AnimationClip[], info: ModelInfo, studio: StudioUniforms) {
    scene.traverse((o) => {
      if (o instanceof Mesh) this.meshes.push(o);
    });
    this.scene = scene;
    for (const { id, at } of info.hotspots) {
      const node = this.findPart(scene, id) ?? (at ? this.addPart(at) : null);
      if (node) this.parts.set(id, node);
    }
    scene.updateMatrixWorld(true);
    this.draws = this.meshes.length;
    this.triangles = Math.round(this.meshes.reduce((sum, m) => sum + (m.geometry.index?.count ?? m.geometry.getAttribute('position').count) / 3, 0));
    if (this.draws === 0 || this.draws > modelDrawsMax || this.triangles > modelTrianglesMax) throw new Error(`model ${info.id}: ${this.draws} draws, ${this.triangles} triangles`);
    const box = this.solidBox();
    this.middle = box.getCenter(new Vector3()).setY(box.min.y);
    this.size = this.measure(box);
    this.scale = standScale(this.size);
    this.ownBytes = this.weigh();
    this.dress(studio);
    scene.position.copy(this.middle).multiplyScalar(-this.scale);
    scene.scale.multiplyScalar(this.scale);
    this.root.add(scene);
    this.mixer = new AnimationMixer(scene);
    const action = (name: string): AnimationAction | null => {
      const clip = animations.find((a) => a.name === name);
      return clip ? this.mixer.clipAction(clip) : null;
    };
    this.clips = info.clips.flatMap((c) => action(c.id) ?? []);
    this.makeStill = () => stillOf(this.root, this.meshes, firstView(info).az, studio);
    this.opening = info.opening ? action(info.opening.clip) : null;
  }

  private findPart(scene: Object3D, id: string): Object3D | null {
    let found: Object3D | null = null;
    scene.traverse((o) => {
      const said: unknown = o.userData['hotspot'];
      if (o.name === `hotspot_${id}` || said === id || (typeof said === 'object' && said !== null && 'id' in said && said.id === id)) found ??= o;
    });
    return found;
  }

  private addPart(at: readonly [number, number, number]): Object3D {
    const node = new Object3D();
    node.position.set(...at);
    this.scene.add(node);
    return node;
  }

  private solidBox(): Box3 {
    const box = new Box3();
    for (const mesh of this.meshes) if (!isShadow(mesh)) box.expandByObject(mesh);
    return box;
  }

  private measure(box: Box3): Size {
    const { x, z } = this.middle;
    const size = box.getSize(new Vector3());
    let reach2 = 0;
    for (const mesh of this.meshes) {
      if (isShadow(mesh)) continue;
      const { array, stride, offset, count, unit } = flat(mesh.geometry.getAttribute('position'));
      const [x0 = 0, , z0 = 0, , x1 = 0, , z1 = 0, , x2 = 0, , z2 = 0, , x3 = 0, , z3 = 0] = mesh.matrixWorld.elements;
      for (let k = 0, at = offset; k < count; k++, at += stride) {
        const [px, py, pz] = [(array[at] as number) * unit, (array[at + 1] as number) * unit, (array[at + 2] as number) * unit];
        const dx = x0 * px + x1 * py + x2 * pz + x3 - x;
        const dz = z0 * px + z1 * py + z2 * pz + z3 - z;
        reach2 = Math.max(reach2, dx * dx + dz * dz);
      }
    }
    return { width: size.x, height: size.y, depth: size.z, reach: Math.sqrt(reach2) };
  }

  private weigh(): number {
    let bytes = 0;
    const seen = new Set<unknown>();
    const once = (thing: object, size: number): void => {
      if (!seen.has(thing)) bytes += size;
      seen.add(thing);
    };
    for (const mesh of this.meshes) {
      for (const a of [...Object.values(mesh.geometry.attributes), mesh.geometry.index]) if (a && 'array' in a) once(a.array, a.array.byteLength);
      for (const picture of this.picturesOf(mesh)) once(picture, picture.width * picture.height * textureByteShare);
    }
    return bytes;
  }

  private picturesOf(mesh: Mesh): Texture[] {
    return materialsOf(mesh).flatMap((m) => Object.values(m).filter((v): v is Texture => v instanceof Texture));
  }

  private dress(studio: StudioUniforms): void {
    for (const mesh of this.meshes) {
      for (const material of materialsOf(mesh)) {
        inStudio(material, studio);
        // glass hides what is behind it in the file's own order; a shadow lies on the ground and hides nothing
        material.depthWrite = material.name !== shadowName;
        if (material.name === shadowName) {
          material.polygonOffset = true;
          material.polygonOffsetFactor = -2;
          material.polygonOffsetUnits = -2;
        }
        mesh.renderOrder = material.name === shadowName ? 2 : material.name === glassName ? 4 : 3;
      }
    }
  }

  /** What it takes on the graphics card. */
  get bytes(): number {
    return this.ownBytes + (this.resting?.bytes ?? 0);
  }

  /** The model at rest, as few meshes, for who only walks past; built when it is first asked for, which must be while it rests. */
  get still(): Object3D {
    this.resting ??= this.makeStill();
    return this.resting.root;
  }

  get moves(): boolean {
    return this.clips.length > 0;
  }

  get opens(): boolean {
    return this.opening !== null;
  }

  /** Where a part is now, in metres of the podium before it is turned; null when the file has no such node. */
  partAt(id: string): Vector3 | null {
    const node = this.parts.get(id);
    if (!node) return null;
    this.root.updateMatrixWorld(true);
    return this.root.worldToLocal(node.getWorldPosition(new Vector3()));
  }

  /** A place of the file's own frame, in metres of the podium before it is turned. */
  place(at: readonly [number, number, number]): Vector3 {
    return new Vector3(...at).sub(this.middle).multiplyScalar(this.scale);
  }

  /** Starts or stops what moves; stopped, it is back at its start. */
  play(on: boolean): void {
    for (const clip of this.clips) {
      clip.stop();
      if (on) clip.setLoop(LoopRepeat, Number.POSITIVE_INFINITY).play();
    }
    this.mixer.update(0);
  }

  advance(seconds: number): void {
    this.mixer.update(seconds);
  }

  /** Opens it this far, 0 whole to 1 open. */
  open(share: number): void {
    const action = this.opening;
    if (!action) return;
    if (share <= 0) {
      action.stop();
    } else {
      action.setLoop(LoopOnce, 1);
      action.clampWhenFinished = true;
      action.paused = true;
      action.play();
      action.paused = true;
      action.time = Math.min(0.9999, share) * action.getClip().duration;
    }
    this.mixer.update(0);
  }

  /** The graphics context is lost: lets go of all that belonged to it, and can be drawn in the next one. */
  leaveContext(): void {
    this.free();
    freeTable();
  }

  private free(): void {
    this.resting?.dispose();
    for (const mesh of this.meshes) {
      for (const picture of this.picturesOf(mesh)) picture.dispose();
      for (const material of materialsOf(mesh)) material.dispose();
      mesh.geometry.dispose();
    }
  }

  dispose(): void {
    this.mixer.stopAllAction();
    this.root.removeFromParent();
    this.free();
    this.meshes.length = 0;
    this.parts.clear();
  }
}

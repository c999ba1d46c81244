/** The hill as three draws it: sky, water with its mirror, the city, the stands, the windows, the glows and the focus ring. */
import { Group, type Mesh, type Object3D, type PerspectiveCamera, Scene, TorusGeometry, Vector3, Vector4, type WebGLRenderer } from 'three';
import type { Sculpture } from '../../shared/sculpture.ts';
import {
  cityMesh,
  dropMesh,
  fixedMesh,
  haloMesh,
  type LampUniform,
  paneMesh,
  program,
  type SceneUniforms,
  sceneUniforms,
  skyMesh,
  softened,
  type Water,
  waterMesh,
} from './gpu.ts';
import type { HillData } from './hill-file.ts';
import { Mirror } from './mirror.ts';
import type { ModelBody } from './model-body.ts';
import type { Mood } from './rails.ts';
import { codeBefore } from './rails.ts';
import { ringFragment, ringVertex } from './shaders.ts';
import { plinthHeight, standHalos, standMesh, type Tokens, tokensOf } from './stand-mesh.ts';
import type { Stand } from './stands.ts';
import { Studio } from './studio.ts';
import type { ThemeUniforms } from './theme.ts';

/** what a walk needs besides, once it is here */
export type Close = typeof import('./close.ts');

/** the focus grows by this share, see standVertex */
const growShare = 0.18;
/** of a model's size on the podium, on a plinth of scale 1 */
const modelShare = 0.62;

/** where the sky's warm band lies: just behind the ridge */
const horizonAt = { portrait: new Vector3(0, 7, -62), landscape: new Vector3(0, 7.5, -66) };

export class HillScene {
  readonly lamps: LampUniform = { value: new Vector4(0, 0, 1, 0) };
  readonly mirror = new Mirror();
  private readonly scene = new Scene();
  private readonly world = new Group();
  private readonly shared: SceneUniforms;
  private readonly sky: ReturnType<typeof skyMesh>;
  private readonly water: Water;
  private readonly ring: Mesh;
  private readonly ringShow = { value: 0 };
  private readonly tokens: Tokens;
  private stands: Mesh | null = null;
  private readonly city: Mesh;
  private near = new Group();
  private nearOf = -1;
  private readonly studio = new Studio();
  /** the model at rest that stands on a plinth */
  private model: Object3D | null = null;
  close: Close | null;
  private hidden = '';
  private seated: number | null = null;
  private readonly horizon = new Vector3();
  private readonly data: HillData;
  private readonly list: readonly Stand[];
  private readonly sculptures: ReadonlyMap<string, Sculpture>;

  constructor(data: HillData, theme: ThemeUniforms, list: readonly Stand[], sculptures: ReadonlyMap<string, Sculpture>, close: Close | null) {
    this.data = data;
    this.close = close;
    this.list = list;
    this.sculptures = sculptures;
    const portrait = data.head.orientation === 'portrait';
    this.shared = sceneUniforms(theme, portrait ? [0, -74] : [4, -72], portrait ? [2, 30] : [-2, 18]);
    this.tokens = tokensOf(data.head);
    this.sky = skyMesh(this.shared);
    this.water = waterMesh({ backZ: portrait ? -52 : -54, frontZ: 320, half: 420, shoreZ: data.head.shoreZ, fadeMetres: 30, farMetres: 88, depth: 0.6 }, this.shared);
    const ring = softened(program(ringVertex, ringFragment, { accent: theme.accent, uShow: this.ringShow }));
    this.ring = fixedMesh(new TorusGeometry(1.16, 0.045, 6, 64).rotateX(Math.PI / 2), ring, 3);
    this.ring.visible = false;
    const { perMetre } = data.head;
    const set = data.sets.hill;
    this.city = cityMesh(set, perMetre, this.shared);
    this.world.add(this.city, paneMesh(set, perMetre, this.shared, this.lamps), haloMesh(set.halos, set.haloCount, standHalos(list, this.tokens), this.shared));
    this.scene.add(this.sky.mesh, this.water.mesh, this.world, this.ring, this.near);
    // nothing but the ring and a model has another place than its origin
    this.scene.matrixWorldAutoUpdate = false;
    this.seat(-1);
  }

  /** Shows a guest on its host's stand while it is the focus. */
  private seat(focus: number): void {
    if (focus === this.seated) return;
    this.seated = focus;
    const guest = this.list[focus];
    const host = guest?.guest ? this.list.findIndex((s) => !s.guest && s.x === guest.x && s.z === guest.z && s.code === guest.code) : -1;
    const hidden = new Set(this.list.flatMap((s, k) => ((s.guest && k !== focus) || k === host ? [k] : [])));
    const key = [...hidden].join();
    if (this.stands && key === this.hidden) return;
    if (this.stands) dropMesh(this.stands);
    this.hidden = key;
    this.stands = standMesh(this.list, this.sculptures, hidden, this.tokens, this.shared);
    this.world.add(this.stands);
  }

  /** Puts the near set around the focus; without one it is taken away. */
  private surround(focus: number): void {
    if (focus === this.nearOf || !this.close) return;
    this.nearOf = focus;
    this.clearNear();
    const stand = this.list[focus];
    if (!stand) return;
    this.near = this.close.nearSet(this.data.head, this.list, stand, this.tokens, this.shared);
    this.scene.add(this.near);
  }

  private clearNear(): void {
    for (const mesh of [...this.near.children]) dropMesh(mesh as Mesh);
    this.near.removeFromParent();
  }

  /** Puts a model on the plinth of a stand in place of its sculpture, turned by `yaw`; null: the sculpture. The model stays its owner's. */
  seatModel(model: ModelBody | null, stand: number, yaw: number, grow: number, lookYaw: number): void {
    const at = this.list[stand];
    const shown = at && model ? model.still : null;
    if (this.model !== shown && this.model?.parent === this.scene) this.model.removeFromParent();
    this.model = shown;
    this.shared.uBare.value = shown ? 1 : 0;
    if (!shown || !at) {
      this.studio.lights.removeFromParent();
      return;
    }
    const grown = 1 + growShare * grow;
    shown.position.set(at.x, at.y + (plinthHeight * at.scale + 0.004) * grown, at.z);
    shown.scale.setScalar(modelShare * at.scale * grown);
    shown.rotation.y = yaw;
    this.studio.lights.rotation.y = lookYaw;
    if (shown.parent !== this.scene) this.scene.add(shown, this.studio.lights);
    shown.updateMatrixWorld(true);
    this.studio.lights.updateMatrixWorld(true);
  }

  /** Dims and sinks by the mood; `grow` (0 to 1) is how far the focus has risen. */
  setMood(mood: Mood, grow: number): void {
    const s = this.shared;
    const stand = this.list[mood.stand];
    this.seat(mood.stand);
    this.surround(mood.stand);
    s.uFocus.value.set(mood.at[0], mood.at[1], mood.at[2], mood.focus);
    s.uFocusDir.value.set(mood.facing[0], mood.facing[1]);
    s.uTerrace.value.set(mood.terrace, mood.terraceDim);
    s.uSink.value.set(stand?.x ?? 0, stand?.z ?? 0, stand ? codeBefore(stand.code) : -1, mood.sink * grow);
    s.uGrow.value.set(mood.stand, stand ? grow : 0);
    this.ringShow.value = stand ? grow : 0;
    this.ring.visible = stand !== undefined && grow > 0.01;
    if (!stand) return;
    s.uGrowAt.value.set(stand.x, stand.y, stand.z);
    this.ring.position.set(stand.x, stand.y + 0.34 * stand.scale, stand.z);
    this.ring.scale.setScalar(stand.scale);
    this.ring.updateMatrix();
    this.ring.matrixWorld.copy(this.ring.matrix);
  }

  setTime(seconds: number): void {
    this.water.uniforms.uTime.value = 3 + seconds;
  }

  resize(widthPx: number, heightPx: number): void {
    this.water.uniforms.uSize.value.set(widthPx, heightPx);
    this.sky.uniforms.uAspect.value = widthPx / heightPx;
    this.mirror.resize(widthPx, heightPx);
  }

  draw(renderer: WebGLRenderer, camera: PerspectiveCamera): void {
    const h = this.horizon.copy(horizonAt[this.data.head.orientation]).project(camera);
    this.sky.uniforms.uHorizon.value = Math.max(-1, Math.min(0.98, h.y * 0.5 + 0.5));
    if (this.mirror.dirty) {
      const ring = this.ring.visible;
      const model = this.model?.parent === this.scene ? this.model : null;
      if (model) model.visible = false;
      this.near.visible = false;
      this.mirror.draw(renderer, this.scene, [this.sky.mesh, this.water.mesh, this.ring], camera, this.shared, this.water);
      this.ring.visible = ring;
      this.near.visible = true;
      if (model) model.visible = true;
    }
    if (this.model) this.studio.set(this.shared.uDay.value);
    renderer.info.reset();
    renderer.clear();
    if (this.model && this.close && this.stands) this.close.drawSeen([this.city, this.stands], camera, () => renderer.render(this.scene, camera));
    else renderer.render(this.scene, camera);
  }

  dispose(): void {
    if (this.model?.parent === this.scene) this.model.removeFromParent();
    this.mirror.dispose();
    this.clearNear();
    for (const mesh of [...this.scene.children, ...this.world.children]) if ('geometry' in mesh) dropMesh(mesh as Mesh);
  }
}

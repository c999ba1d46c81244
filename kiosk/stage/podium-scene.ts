/**
 * A project's own stage: the harbour behind (fixed, seen from the water) and in front of it the pier head with podium and sculpture,
 * or a model in its place. The visitor turns what stands on it, not the harbour; looking from above moves the harbour a little.
 */
import { BufferAttribute, BufferGeometry, Group, Mesh, type Object3D, PerspectiveCamera, type RawShaderMaterial, Scene, Vector3, Vector4, type WebGLRenderer } from 'three';
import type { Area } from '../../shared/areas.ts';
import type { Sculpture } from '../../shared/sculpture.ts';
import { cityMesh, dropMesh, fixedMesh, haloMesh, type LampUniform, paneMesh, program, type SceneUniforms, sceneUniforms, skyMesh, type Water, waterMesh } from './gpu.ts';
import type { HillData } from './hill-file.ts';
import { Mirror } from './mirror.ts';
import type { ModelBody } from './model-body.ts';
import type { Orbit } from './orbit.ts';
import { curatedPolarDeg, podiumFovDeg, podiumHeightMetres, podiumMiddleMetres, podiumWidthMetres } from './podium-frame.ts';
import { aim, type Box } from './pose.ts';
import { sculptureSolid } from './sculptures.ts';
import { soloFragment, soloVertex } from './shaders.ts';
import { type Tokens, tokensOf } from './stand-mesh.ts';
import { Studio } from './studio.ts';
import type { ThemeUniforms } from './theme.ts';

const degrees = Math.PI / 180;
const sculptureScale = 1.72;
const litShare = 0.56;
const light = new Vector3(-0.42, 0.12, 0.9).normalize();
const horizonAt = new Vector3(0, 5.5, -90);
const stone = { night: new Vector3(0.55, 0.64, 0.88), day: new Vector3(0.8, 0.83, 0.87) };

/** what the camera looks at when nothing else is asked for, metres */
export const podiumMiddle = [0, podiumMiddleMetres, 0] as const;

export class PodiumScene {
  readonly mirror = new Mirror();
  private readonly far = new Scene();
  private readonly farWorld = new Group();
  private readonly near = new Scene();
  private readonly farCamera = new PerspectiveCamera();
  private readonly nearCamera = new PerspectiveCamera();
  private readonly farShared: SceneUniforms;
  private readonly nearShared: SceneUniforms;
  private readonly sky: ReturnType<typeof skyMesh>;
  private readonly water: Water;
  private readonly halos: Mesh[] = [];
  private readonly tokens: Tokens;
  private readonly theme: ThemeUniforms;
  private readonly data: HillData;
  private readonly studio = new Studio();
  private readonly horizon = new Vector3();
  private readonly fronts = { uFrontNight: { value: new Vector3() }, uFrontDay: { value: new Vector3() } };
  /** one for every sculpture: a program is not linked anew with each project */
  private readonly solo: RawShaderMaterial;
  private sculpture: Mesh | null = null;
  private model: ModelBody | null = null;

  constructor(data: HillData, theme: ThemeUniforms) {
    this.data = data;
    this.theme = theme;
    this.tokens = tokensOf(data.head);
    this.farShared = sceneUniforms(theme, [20, -84], [-1, 22]);
    this.nearShared = sceneUniforms(theme, [900, -900], [-99, -98]);
    this.solo = program(soloVertex, soloFragment, {
      ...this.fronts,
      uStoneNight: { value: stone.night },
      uStoneDay: { value: stone.day },
      uLight: { value: light },
      uDay: theme.uDay,
    });
    this.sky = skyMesh(this.farShared);
    this.water = waterMesh({ backZ: -70, frontZ: 260, half: 300, shoreZ: -32, fadeMetres: 70, farMetres: 60, depth: 0.72 }, this.farShared);
    const { backdrop, podium } = data.sets;
    const { perMetre } = data.head;
    const lit = backdrop.counted * litShare;
    const lamps: LampUniform = { value: new Vector4(lit, lit, 1, lit) };
    this.farWorld.add(cityMesh(backdrop, perMetre, this.farShared), paneMesh(backdrop, perMetre, this.farShared, lamps));
    this.far.add(this.sky.mesh, this.water.mesh, this.farWorld);
    // all of it stands at the origin
    this.far.matrixWorldAutoUpdate = false;
    this.near.add(cityMesh(podium, perMetre, this.nearShared), this.studio.lights);
  }

  /** Puts a project's sculpture on the podium. */
  place(sculpture: Sculpture, area: Area): void {
    this.dropSculpture();
    for (const mesh of this.halos.splice(0)) dropMesh(mesh);
    const solid = sculptureSolid(sculpture, 'full');
    const g = new BufferGeometry();
    g.setAttribute('position', new BufferAttribute(new Float32Array(solid.positions), 3));
    g.setAttribute('aNormal', new BufferAttribute(new Float32Array(solid.normals), 3));
    g.setAttribute('aStuff', new BufferAttribute(new Float32Array(solid.stuffs), 1));
    g.setIndex(new BufferAttribute(new Uint32Array(solid.indices), 1));
    this.fronts.uFrontNight.value.set(...this.tokens.night[area]);
    this.fronts.uFrontDay.value.set(...this.tokens.day[area]);
    this.sculpture = fixedMesh(g, this.solo, 2);
    const { podium } = this.data.sets;
    const pool = { at: [0, 0.02, 0] as const, size: 3.9, colour: this.tokens.night[area], strength: 0.34, ground: true, code: 0 };
    const halo = haloMesh(podium.halos, podium.haloCount, [pool, { ...pool, at: [0, -0.44, 0], size: 7.6, strength: 0.2 }], this.nearShared);
    halo.renderOrder = 1;
    this.halos.push(halo);
    this.near.add(this.sculpture, halo);
    this.sculpture.visible = this.model === null;
  }

  private dropSculpture(): void {
    this.sculpture?.geometry.dispose();
    this.sculpture?.removeFromParent();
    this.sculpture = null;
  }

  /** Has the sculptures' program linked, so that the first project opens without a stop. */
  async warmSculptures(renderer: WebGLRenderer): Promise<void> {
    await renderer.compileAsync(new Mesh(new BufferGeometry(), this.solo), this.nearCamera, this.near);
  }

  /** Puts a model in the sculpture's place, or the sculpture back in its own. The model stays its owner's. */
  stand(model: ModelBody | null): void {
    if (this.model !== model) this.model?.root.removeFromParent();
    this.model = model;
    if (model) {
      model.root.position.set(0, 0, 0);
      model.root.scale.setScalar(1);
      this.near.add(model.root);
    }
    if (this.sculpture) this.sculpture.visible = model === null;
  }

  /** Prepares a model's programs, so that its first picture doesn't stop the others. */
  async warm(renderer: WebGLRenderer, model: Object3D): Promise<void> {
    await renderer.compileAsync(model, this.nearCamera, this.near);
  }

  get camera(): PerspectiveCamera {
    return this.nearCamera;
  }

  setTime(seconds: number): void {
    this.water.uniforms.uTime.value = 3 + seconds;
  }

  resize(widthPx: number, heightPx: number): void {
    this.water.uniforms.uSize.value.set(widthPx, heightPx);
    this.sky.uniforms.uAspect.value = widthPx / heightPx;
    this.mirror.resize(widthPx, heightPx);
  }

  /** Where the camera stands for an orbit; `focus` is what it looks at, before the podium is turned. */
  turnTo(orbit: Orbit, focus: readonly number[], box: Box, widthPx: number, heightPx: number): void {
    const pitch = 90 - orbit.polarDeg;
    const away = pitch - (90 - curatedPolarDeg);
    const turn = orbit.azimuthDeg * degrees;
    const [fx = 0, y = podiumMiddleMetres, fz = 0] = focus;
    const x = fx * Math.cos(turn) + fz * Math.sin(turn);
    const z = -fx * Math.sin(turn) + fz * Math.cos(turn);
    const size = { fov: podiumFovDeg, width: podiumWidthMetres, height: podiumHeightMetres };
    aim(this.nearCamera, { x, y, z, yaw: 0, pitch: pitch * degrees, ...size }, box, widthPx, heightPx, orbit.zoom);
    aim(
      this.farCamera,
      { x: 0, y: 1.5 - away * 0.3, z: -36, yaw: 0, pitch: 3.2 * degrees, fov: 22, width: 30, height: 32 },
      box,
      widthPx,
      heightPx,
      1 + (Math.min(1.8, orbit.zoom) - 1) * 0.12,
    );
    if (this.model) {
      this.model.root.rotation.y = turn;
      this.model.root.updateMatrixWorld(true);
    }
    if (!this.sculpture) return;
    this.sculpture.rotation.y = turn;
    this.sculpture.scale.setScalar(sculptureScale);
    this.sculpture.updateMatrix();
  }

  draw(renderer: WebGLRenderer): void {
    const h = this.horizon.copy(horizonAt).project(this.farCamera);
    this.sky.uniforms.uHorizon.value = Math.max(-1, Math.min(0.98, h.y * 0.5 + 0.5));
    if (this.mirror.dirty) this.mirror.draw(renderer, this.far, [this.sky.mesh, this.water.mesh], this.farCamera, this.farShared, this.water);
    this.studio.set(this.theme.uDay.value);
    renderer.info.reset();
    renderer.clear();
    renderer.render(this.far, this.farCamera);
    renderer.clearDepth();
    renderer.render(this.near, this.nearCamera);
  }

  dispose(): void {
    this.model?.root.removeFromParent();
    this.mirror.dispose();
    this.dropSculpture();
    this.solo.dispose();
    for (const mesh of [...this.far.children, ...this.farWorld.children, ...this.near.children]) if ('geometry' in mesh) dropMesh(mesh as Mesh);
  }
}

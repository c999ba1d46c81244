/** From baked sets to three's meshes; and what all programs share. */
import {
  AddEquation,
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  DoubleSide,
  Float32BufferAttribute,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  type IUniform,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import type { SetData } from './hill-file.ts';
import { cityFragment, cityVertex, haloFragment, haloVertex, paneFragment, paneVertex, skyFragment, skyVertex, waterFragment, waterVertex } from './shaders.ts';
import type { ThemeUniforms } from './theme.ts';

export type Uniforms = { [name: string]: IUniform };

/** What the programs of one scene share: mist, focus, terrace, sinking, clip. */
export const sceneUniforms = (theme: ThemeUniforms, mistZ: readonly [number, number], mistY: readonly [number, number]) => ({
  ...theme,
  uMistZ: { value: new Vector2(...mistZ) },
  uMistY: { value: new Vector2(...mistY) },
  uFocus: { value: new Vector4(0, 8, 10, 0) },
  uFocusDir: { value: new Vector2(0, 1) },
  uTerrace: { value: new Vector2(-1, 0) },
  uSink: { value: new Vector4(0, 0, -1, 0) },
  uGrow: { value: new Vector2(-1, 0) },
  uGrowAt: { value: new Vector3() },
  /** 1: a model stands on the focus's plinth in place of its sculpture */
  uBare: { value: 0 },
  uClip: { value: -99 },
});
export type SceneUniforms = ReturnType<typeof sceneUniforms>;

export const program = (vertexShader: string, fragmentShader: string, uniforms: Uniforms): RawShaderMaterial =>
  new RawShaderMaterial({ glslVersion: GLSL3, vertexShader, fragmentShader, uniforms, side: DoubleSide });

/** A light that adds without washing out, or (alpha without colour) a shadow. */
export const softened = (material: RawShaderMaterial): RawShaderMaterial => {
  material.transparent = true;
  material.depthWrite = false;
  material.blending = CustomBlending;
  material.blendEquation = AddEquation;
  material.blendSrc = OneFactor;
  material.blendDst = OneMinusSrcAlphaFactor;
  return material;
};

const still = (mesh: Mesh, order: number): Mesh => {
  mesh.frustumCulled = false;
  mesh.renderOrder = order;
  mesh.matrixAutoUpdate = false;
  return mesh;
};
export const fixedMesh = (geometry: BufferGeometry, material: RawShaderMaterial, order: number): Mesh => still(new Mesh(geometry, material), order);

export const cityMesh = (set: SetData, perMetre: number, shared: SceneUniforms): Mesh => {
  const g = new BufferGeometry();
  g.setAttribute('aPlace', new BufferAttribute(set.places, 4));
  g.setAttribute('aNight', new BufferAttribute(set.night, 4, true));
  g.setAttribute('aDay', new BufferAttribute(set.day, 4, true));
  g.setIndex(new BufferAttribute(set.indices, 1));
  return fixedMesh(g, program(cityVertex, cityFragment, { ...shared, uScale: { value: 1 / perMetre } }), 0);
};

const corners = (): Float32BufferAttribute => new Float32BufferAttribute([-0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0.5], 2);
const cornerIndex = [0, 1, 2, 0, 2, 3];

export type LampUniform = { value: Vector4 };
export const paneMesh = (set: SetData, perMetre: number, shared: SceneUniforms, lamps: LampUniform): Mesh => {
  const g = new InstancedBufferGeometry();
  g.setAttribute('aCorner', corners());
  g.setIndex(cornerIndex);
  const buffer = new InstancedInterleavedBuffer(set.panes, 8);
  g.setAttribute('aPane', new InterleavedBufferAttribute(buffer, 4, 0));
  g.setAttribute('aShape', new InterleavedBufferAttribute(buffer, 4, 4));
  g.instanceCount = set.paneCount;
  return fixedMesh(g, program(paneVertex, paneFragment, { ...shared, uScale: { value: 1 / perMetre }, uCounted: { value: set.counted }, uLamps: lamps }), 1);
};

export type HaloSpec = { at: readonly [number, number, number]; size: number; colour: readonly [number, number, number]; strength: number; ground: boolean; code: number };
export const haloMesh = (baked: Float32Array, count: number, extra: readonly HaloSpec[], shared: SceneUniforms): Mesh => {
  const n = count + extra.length;
  const spots = new Float32Array(n * 8);
  spots.set(baked);
  const kinds = new Float32Array(n * 2);
  extra.forEach((h, k) => {
    spots.set([...h.at, h.size, ...h.colour, h.strength], (count + k) * 8);
    kinds.set([h.ground ? 1 : 0, h.code], (count + k) * 2);
  });
  const g = new InstancedBufferGeometry();
  g.setAttribute('aCorner', corners());
  g.setIndex(cornerIndex);
  const buffer = new InstancedInterleavedBuffer(spots, 8);
  g.setAttribute('aAt', new InterleavedBufferAttribute(buffer, 4, 0));
  g.setAttribute('aTint', new InterleavedBufferAttribute(buffer, 4, 4));
  g.setAttribute('aKind', new InstancedBufferAttribute(kinds, 2));
  g.instanceCount = n;
  return fixedMesh(g, softened(program(haloVertex, haloFragment, { ...shared })), 5);
};

export const screenTriangle = (): BufferGeometry => {
  const g = new BufferGeometry();
  g.setAttribute('position', new Float32BufferAttribute([-1, -1, 1, 3, -1, 1, -1, 3, 1], 3));
  return g;
};

export const skyMesh = (shared: SceneUniforms): { mesh: Mesh; uniforms: { uHorizon: { value: number }; uAspect: { value: number } } } => {
  const uniforms = { uHorizon: { value: 0.7 }, uAspect: { value: 1 } };
  const material = program(skyVertex, skyFragment, { ...shared, ...uniforms });
  material.depthTest = false;
  material.depthWrite = false;
  return { mesh: fixedMesh(screenTriangle(), material, -10), uniforms };
};

export type WaterPlan = { backZ: number; frontZ: number; half: number; shoreZ: number; fadeMetres: number; farMetres: number; depth: number };
export const waterMesh = (plan: WaterPlan, shared: SceneUniforms) => {
  const g = new BufferGeometry();
  const { half, backZ, frontZ } = plan;
  g.setAttribute('position', new Float32BufferAttribute([-half, 0, frontZ, half, 0, frontZ, half, 0, backZ, -half, 0, backZ], 3));
  g.setIndex(cornerIndex);
  const uniforms = {
    uMirror: { value: null as unknown },
    uSize: { value: new Vector2(1, 1) },
    uTime: { value: 3 },
    uShoreZ: { value: plan.shoreZ },
    uFadeZ: { value: plan.fadeMetres },
    uFarZ: { value: plan.farMetres },
    uDepth: { value: plan.depth },
  };
  return { mesh: fixedMesh(g, program(waterVertex, waterFragment, { ...shared, ...uniforms }), -5), uniforms };
};
export type Water = ReturnType<typeof waterMesh>;

/** Frees a mesh's buffers and program. */
export const dropMesh = (mesh: Mesh): void => {
  mesh.geometry.dispose();
  (mesh.material as RawShaderMaterial).dispose();
  mesh.removeFromParent();
};

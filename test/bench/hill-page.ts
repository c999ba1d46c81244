/**
 * Runs in the browser: the hill as kiosks show it, moving between its views, and the scene that one would write without thinking: 480 meshes,
 * four a project, each with its own geometry and material. `window.bench` is asked from outside.
 */
import {
  AmbientLight,
  BoxGeometry,
  Color,
  DirectionalLight,
  Mesh,
  MeshStandardMaterial,
  PerspectiveCamera,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { createStage, type Stage } from '../../kiosk/stage/stage.ts';
import { catalogueOf } from '../../kiosk/visitor/catalogue.ts';
import type { Content } from '../../shared/pack.ts';

export type Drawn = {
  draws: number;
  triangles: number;
  scriptMs: number;
  idleFrames: number /** from a touch that leads into a walk to the frame that answers it */;
  walkMs: number;
};
export type HillBench = { hill(frames: number): Promise<Drawn>; naive(frames: number): Promise<Drawn>; floor(frames: number): Promise<Drawn> };

/** small: a script's time is asked for, and drawing in software would take the processor from it */
const width = 320;
const height = 180;
const stepMs = 200;
const waitMsMax = 240_000;
const naiveProjects = 120;
/** as many draws as the hill, and about as many triangles */
const floorDraws = 6;
const floorSegments = 66;
/** both have drawn this much before they are measured: a browser runs new code slowly at first, and a kiosk draws all day */
const warmDraws = 4_800;
const warmNaiveFrames = warmDraws / (naiveProjects * 4);
/** ten draws a frame, the mirror's with them; sharpness that gives way on one stage is back on the next */
const warmStages = 2;
const warmFrames = warmDraws / 10 / warmStages;

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** when a draw call was made last */
let lastDrawMs = 0;
/** walks that are gone into, each to another project */
const walksMeasured = 7;

/**
 * A canvas whose every draw call is made, with all that goes before it, but for its first triangle only: software drawing would take the
 * processor from the script that is measured, and no kiosk draws four frames a second. Triangles are counted before, as asked for.
 */
const canvasOf = (): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = `width:${width}px;height:${height}px`;
  document.body.replaceChildren(canvas);
  const gl = canvas.getContext('webgl2', { antialias: true, alpha: false, depth: true, stencil: false });
  if (!gl) throw new Error('no WebGL 2');
  const made = <T>(call: T): T => {
    lastDrawMs = performance.now();
    return call;
  };
  const [elements, arrays, instanced] = [gl.drawElements.bind(gl), gl.drawArrays.bind(gl), gl.drawElementsInstanced.bind(gl)];
  gl.drawElements = (mode, _count, type, offset) => made(elements(mode, 3, type, offset));
  gl.drawArrays = (mode, first) => made(arrays(mode, first, 3));
  gl.drawElementsInstanced = (mode, _count, type, offset) => made(instanced(mode, 3, type, offset, 1));
  return canvas;
};

/** A stage that has moved between its views for so many frames. */
const moved = async (frames: number): Promise<Stage> => {
  const content = (await (await fetch('/content.json')).json()) as Content;
  const projects = catalogueOf(content)?.stage;
  if (!projects) throw new Error('no catalogue');
  const nothing = (): void => undefined;
  const stage = await createStage({
    canvas: canvasOf(),
    theme: 'night',
    motion: 'full',
    projects,
    pixelRatioMax: 1,
    onPick: nothing,
    onPickArea: nothing,
    onLost: nothing,
    onRestored: nothing,
  });
  if (!stage) throw new Error('no stage');
  stage.resize(width, height, 1);
  const sinceMs = performance.now();
  for (let n = 0; stage.figures().framesDrawn < frames; n++) {
    if (performance.now() - sinceMs > waitMsMax) throw new Error(`only ${stage.figures().framesDrawn} frames were drawn`);
    stage.show(n % 2 === 0 ? { kind: 'hill' } : { kind: 'terrace', area: 'mobility' });
    await pause(stepMs);
  }
  return stage;
};

/** From the call that a touch makes to the last draw call of the frame after it: the median of walks that were never gone into before. */
const intoWalks = async (stage: Stage): Promise<number> => {
  const content = (await (await fetch('/content.json')).json()) as Content;
  const ids = (catalogueOf(content)?.stage ?? []).filter((p) => p.model === undefined).map((p) => p.id);
  const times: number[] = [];
  for (let n = 0; n < walksMeasured; n++) {
    stage.show({ kind: 'hill' });
    while (!stage.figures().atRest) await pause(stepMs);
    const { framesDrawn } = stage.figures();
    const touchedMs = performance.now();
    stage.show({ kind: 'walk', project: ids[Math.floor((n * ids.length) / walksMeasured)] as string });
    while (stage.figures().framesDrawn === framesDrawn) await frame();
    times.push(lastDrawMs - touchedMs);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] as number;
};

/** Moves on one stage after the other and measures the last, with so few frames on it that no sharpness gives way. */
const hill = async (frames: number): Promise<Drawn> => {
  for (let warm = 0; warm < warmStages; warm++) (await moved(warmFrames)).dispose();
  const stage = await moved(frames);
  const { scriptMsMedian } = stage.figures();
  stage.show({ kind: 'hill' });
  // movements end, and then nothing is drawn
  await pause(4_000);
  const before = stage.figures();
  await pause(2_000);
  const { draws, triangles, framesDrawn } = stage.figures();
  const walkMs = await intoWalks(stage);
  stage.dispose();
  return { draws, triangles, scriptMs: scriptMsMedian, idleFrames: framesDrawn - before.framesDrawn, walkMs };
};

const naive = async (frames: number): Promise<Drawn> => {
  const renderer = new WebGLRenderer({ canvas: canvasOf(), antialias: true });
  renderer.setSize(width, height, false);
  const scene = new Scene();
  scene.add(new AmbientLight(0xffffff, 1), new DirectionalLight(0xffffff, 2));
  for (let p = 0; p < naiveProjects; p++)
    for (let part = 0; part < 4; part++) {
      const shape = part === 3 ? new SphereGeometry(0.3, 24, 16) : new BoxGeometry(0.6, 0.3 + part * 0.2, 0.6);
      const mesh = new Mesh(shape, new MeshStandardMaterial({ color: new Color().setHSL(p / naiveProjects, 0.6, 0.5) }));
      mesh.position.set((p % 12) * 1.2 - 6.6, part * 0.5, Math.floor(p / 12) * 1.2 - 5.4);
      scene.add(mesh);
    }
  const camera = new PerspectiveCamera(45, width / height, 0.1, 100);
  const times: number[] = [];
  for (let n = -warmNaiveFrames; n < frames; n++) {
    await frame();
    camera.position.set(Math.sin(n / 30) * 16, 10, Math.cos(n / 30) * 16);
    camera.lookAt(0, 0, 0);
    const sinceMs = performance.now();
    renderer.render(scene, camera);
    if (n >= 0) times.push(performance.now() - sinceMs);
  }
  const { calls, triangles } = renderer.info.render;
  renderer.dispose();
  return { draws: calls, triangles, scriptMs: times.sort((a, b) => a - b)[times.length >> 1] as number, idleFrames: 0, walkMs: 0 };
};

/** The least that three asks for as many draws: six meshes with one plain program each, four of them in a mirror first, as the hill has it. */
const floor = async (frames: number): Promise<Drawn> => {
  const renderer = new WebGLRenderer({ canvas: canvasOf(), antialias: true });
  renderer.setSize(width, height, false);
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  const meshes = Array.from({ length: floorDraws }, (_, k) => {
    const colour = `vec4(${(k / floorDraws).toFixed(2)},.5,.5,1.)`;
    const mesh = new Mesh(
      new SphereGeometry(1, floorSegments, floorSegments),
      new ShaderMaterial({ vertexShader: 'void main(){gl_Position=projectionMatrix*modelViewMatrix*vec4(position,1.);}', fragmentShader: `void main(){gl_FragColor=${colour};}` }),
    );
    mesh.frustumCulled = false;
    return mesh;
  });
  scene.add(...meshes);
  const target = new WebGLRenderTarget(width / 2, height / 2);
  const camera = new PerspectiveCamera(45, width / height, 0.1, 100);
  const times: number[] = [];
  for (let n = -warmFrames * warmStages; n < frames; n++) {
    await frame();
    camera.position.set(Math.sin(n / 30) * 16, 10, Math.cos(n / 30) * 16);
    camera.lookAt(0, 0, 0);
    const sinceMs = performance.now();
    for (const mesh of meshes.slice(4)) mesh.visible = false;
    renderer.setRenderTarget(target);
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);
    for (const mesh of meshes) mesh.visible = true;
    renderer.render(scene, camera);
    if (n >= 0) times.push(performance.now() - sinceMs);
  }
  const { calls, triangles } = renderer.info.render;
  renderer.dispose();
  return { draws: calls, triangles, scriptMs: times.sort((a, b) => a - b)[times.length >> 1] as number, idleFrames: 0, walkMs: 0 };
};

(window as unknown as { bench: HillBench }).bench = { hill, naive, floor };

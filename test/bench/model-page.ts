/**
 * Runs in the browser: one model's file from the start of the page to its first picture, as kiosks read and show it, and as the few lines
 * do that three's manual gives. `window.firstFrame` is asked from outside. Both wait until the picture is drawn, not only asked for.
 */
import { DirectionalLight, HemisphereLight, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { fetchModel } from '../../kiosk/stage/model-fetch.ts';
import { Studio } from '../../kiosk/stage/studio.ts';
import { type ModelEntry, modelInfoOf } from '../../shared/model.ts';

export type FirstFrame = (way: 'ours' | 'bare', entry: ModelEntry, url: string) => Promise<{ sinceStartMs: number; draws: number }>;

const width = 640;
const height = 480;

const shown = (scene: Scene): { sinceStartMs: number; draws: number } => {
  const canvas = document.createElement('canvas');
  document.body.replaceChildren(canvas);
  const renderer = new WebGLRenderer({ canvas, antialias: true });
  renderer.setSize(width, height);
  const camera = new PerspectiveCamera(30, width / height, 0.1, 100);
  camera.position.set(0, 2, 12);
  camera.lookAt(0, 1, 0);
  renderer.render(scene, camera);
  const gl = renderer.getContext();
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  return { sinceStartMs: performance.now(), draws: renderer.info.render.calls };
};

const ours = async (entry: ModelEntry, url: string) => {
  const scene = new Scene();
  const body = await fetchModel(modelInfoOf(entry, url), { uDay: { value: 0 } });
  scene.add(new Studio().lights, body.root);
  return shown(scene);
};

const bare = async (url: string) => {
  const { GLTFLoader } = await import('three/examples/jsm/loaders/GLTFLoader.js');
  const { MeshoptDecoder } = await import('meshoptimizer/decoder');
  const scene = new Scene();
  const { scene: model } = await new GLTFLoader()
    .setMeshoptDecoder(MeshoptDecoder as unknown as Parameters<InstanceType<typeof GLTFLoader>['setMeshoptDecoder']>[0])
    .loadAsync(url);
  scene.add(new HemisphereLight('#f6f8ff', '#b2b5bd', 1.85), new DirectionalLight('#fffaf0', 2.25), new DirectionalLight('#bcd4ff', 1.5), model);
  return shown(scene);
};

const firstFrame: FirstFrame = (way, entry, url) => (way === 'ours' ? ours(entry, url) : bare(url));
(window as unknown as { firstFrame: FirstFrame }).firstFrame = firstFrame;

/** The harbour's mirror: the world upside down in a half-size picture. Drawn again only when told that something in it changed. */
import type { Mesh, Object3D, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { WebGLRenderTarget } from 'three';
import type { SceneUniforms, Water } from './gpu.ts';

const clipMetres = 0.02;
const openClip = -99;

export class Mirror {
  private readonly target = new WebGLRenderTarget(2, 2, { samples: 0 });
  dirty = true;

  resize(widthPx: number, heightPx: number): void {
    this.target.setSize(Math.max(2, Math.ceil(widthPx / 2)), Math.max(2, Math.ceil(heightPx / 2)));
    this.dirty = true;
  }

  /** Draws `world` mirrored at y = 0 for the water of this scene. */
  draw(renderer: WebGLRenderer, scene: Scene, world: Object3D, hidden: readonly Mesh[], camera: PerspectiveCamera, shared: SceneUniforms, water: Water): void {
    world.scale.y = -1;
    world.updateMatrixWorld();
    shared.uClip.value = clipMetres;
    for (const mesh of hidden) mesh.visible = false;
    renderer.setRenderTarget(this.target);
    renderer.setClearColor(0, 0);
    renderer.clear();
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);
    for (const mesh of hidden) mesh.visible = true;
    shared.uClip.value = openClip;
    world.scale.y = 1;
    world.updateMatrixWorld();
    water.uniforms.uMirror.value = this.target.texture;
    this.dirty = false;
  }

  dispose(): void {
    this.target.dispose();
  }
}

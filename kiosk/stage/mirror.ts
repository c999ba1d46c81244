/** The harbour's mirror: the world upside down in a half-size picture. Drawn again only when told that something in it changed. */
import type { Mesh, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { WebGLRenderTarget } from 'three';
import type { SceneUniforms, Water } from './gpu.ts';

const clipMetres = 0.02;
const openClip = -99;

export class Mirror {
  private readonly target = new WebGLRenderTarget(2, 2, { samples: 0 });
  /** to be drawn anew with the next frame */
  dirty = true;
  private stale = false;

  resize(widthPx: number, heightPx: number): void {
    this.target.setSize(Math.max(2, Math.ceil(widthPx / 2)), Math.max(2, Math.ceil(heightPx / 2)));
    this.dirty = true;
  }

  /** Hears whether what it shows has changed. `rests`: it is not drawn anew for now, but once it rests no more. */
  changed(changed: boolean, rests: boolean): void {
    this.stale ||= changed;
    if (rests || !this.stale) return;
    this.stale = false;
    this.dirty = true;
  }

  /** Draws the scene without `hidden`, mirrored at y = 0 for its water. The programs turn upside down what they clip. */
  draw(renderer: WebGLRenderer, scene: Scene, hidden: readonly Mesh[], camera: PerspectiveCamera, shared: SceneUniforms, water: Water): void {
    shared.uClip.value = clipMetres;
    for (const mesh of hidden) mesh.visible = false;
    renderer.setRenderTarget(this.target);
    renderer.setClearColor(0, 0);
    renderer.clear();
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);
    for (const mesh of hidden) mesh.visible = true;
    shared.uClip.value = openClip;
    water.uniforms.uMirror.value = this.target.texture;
    this.dirty = false;
  }

  dispose(): void {
    this.target.dispose();
  }
}

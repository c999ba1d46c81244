/** The last picture, laid over the next one and faded away: how one scene becomes another without a flight. */
import { Camera, FramebufferTexture, RGBFormat, Scene, type WebGLRenderer } from 'three';
import { dropMesh, fixedMesh, program, screenTriangle } from './gpu.ts';
import { veilFragment, veilVertex } from './shaders.ts';

/** how far the fade has gone in its first picture */
const firstMs = 16;

export class Veil {
  private picture: FramebufferTexture | null = null;
  private readonly scene = new Scene();
  /** asked for by the renderer; the veil's program needs none */
  private readonly camera = new Camera();
  private readonly uniforms = { uPicture: { value: null as FramebufferTexture | null }, uKeep: { value: 0 } };
  private readonly mesh = fixedMesh(screenTriangle(), program(veilVertex, veilFragment, this.uniforms), 0);
  /** null: it has not been drawn yet. The fade begins with the first picture, however late that comes. */
  private startedMs: number | null = null;
  private spanMs = 0;

  constructor() {
    const material = this.mesh.material;
    if (!Array.isArray(material)) {
      material.transparent = true;
      material.depthTest = false;
      material.depthWrite = false;
    }
    this.scene.add(this.mesh);
  }

  /** Has its program linked, so that the first fade begins without a stop. */
  async warm(renderer: WebGLRenderer): Promise<void> {
    await renderer.compileAsync(this.scene, this.camera);
  }

  /** Takes what is on the canvas now; call right after it was drawn, in the same task. */
  take(renderer: WebGLRenderer, widthPx: number, heightPx: number, spanMs: number): void {
    this.picture?.dispose();
    this.picture = new FramebufferTexture(widthPx, heightPx);
    this.picture.format = RGBFormat; // the canvas has no alpha, and a copy must match it
    this.picture.internalFormat = 'RGB8';
    renderer.copyFramebufferToTexture(this.picture);
    this.uniforms.uPicture.value = this.picture;
    this.startedMs = null;
    this.spanMs = spanMs;
  }

  running(nowMs: number): boolean {
    return this.picture !== null && (this.startedMs === null || nowMs - this.startedMs < this.spanMs);
  }

  draw(renderer: WebGLRenderer, nowMs: number): void {
    if (!this.picture) return;
    this.startedMs ??= nowMs - firstMs;
    const t = this.spanMs > 0 ? (nowMs - this.startedMs) / this.spanMs : 1;
    if (t >= 1) {
      this.clear();
      return;
    }
    this.uniforms.uKeep.value = 1 - t;
    renderer.render(this.scene, this.camera);
  }

  clear(): void {
    this.picture?.dispose();
    this.picture = null;
    this.uniforms.uPicture.value = null;
    this.spanMs = 0;
  }

  dispose(): void {
    this.clear();
    dropMesh(this.mesh);
  }
}

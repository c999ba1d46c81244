/** The canvas as a sheet of pixels: how large it is, and how sharp, which gives way where frames come late. */
import type { WebGLRenderer } from 'three';
import { Quality } from './quality.ts';

const pixelRatioMin = 0.5;

export class Sheet {
  /** CSS px */
  width = 0;
  height = 0;
  private pixelRatio = 1;
  private readonly quality = new Quality();
  private readonly renderer: WebGLRenderer;
  private readonly pixelRatioMax: number;

  constructor(renderer: WebGLRenderer, pixelRatioMax: number) {
    this.renderer = renderer;
    this.pixelRatioMax = pixelRatioMax;
  }

  /** False where the size is none, or the same as before: the canvas is emptied only by a new one. */
  resize(widthPx: number, heightPx: number, pixelRatio: number): boolean {
    if (!(widthPx >= 1 && heightPx >= 1)) return false;
    const ratio = Math.max(pixelRatioMin, Math.min(pixelRatio, this.pixelRatioMax));
    if (Math.round(widthPx) === this.width && Math.round(heightPx) === this.height && ratio === this.pixelRatio) return false;
    this.width = Math.round(widthPx);
    this.height = Math.round(heightPx);
    this.pixelRatio = ratio;
    this.sharpen();
    return true;
  }

  /** Hears how long a frame took that followed another directly. True when the sharpness changed. */
  heard(spanMs: number): boolean {
    if (!this.quality.heard(spanMs)) return false;
    this.sharpen();
    return true;
  }

  private sharpen(): void {
    this.renderer.setPixelRatio(this.pixelRatio * this.quality.share);
    this.renderer.setSize(this.width, this.height, false);
  }

  get mirrorMoves(): boolean {
    return this.quality.mirrorMoves;
  }

  /** device px, as drawn */
  get drawnWidth(): number {
    return this.width * this.renderer.getPixelRatio();
  }
  get drawnHeight(): number {
    return this.height * this.renderer.getPixelRatio();
  }
}

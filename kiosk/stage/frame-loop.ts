/** Asks for frames one at a time, only while somebody wants one. Knows whether a frame followed another directly, and how long after. */

const passedMaxMs = 100;

export class FrameLoop {
  private readonly draw: (nowMs: number, passedMs: number, spanMs: number | null) => void;
  private asked = 0;
  private lastMs = 0;
  private direct = false;
  private held = false;

  /** `spanMs` is null for a frame after a rest. */
  constructor(draw: (nowMs: number, passedMs: number, spanMs: number | null) => void) {
    this.draw = draw;
  }

  ask(): void {
    if (this.asked !== 0 || this.held) return;
    this.asked = requestAnimationFrame(this.step);
  }

  /** Whether a frame is on its way. */
  get asking(): boolean {
    return this.asked !== 0;
  }

  /** No frame is drawn until `release`. */
  hold(): void {
    this.held = true;
    cancelAnimationFrame(this.asked);
    this.asked = 0;
    this.direct = false;
  }

  release(): void {
    this.held = false;
  }

  private readonly step = (): void => {
    this.asked = 0;
    const now = performance.now();
    const spanMs = now - this.lastMs;
    this.lastMs = now;
    const direct = this.direct;
    this.draw(now, Math.min(passedMaxMs, spanMs), direct ? spanMs : null);
    this.direct = this.asked !== 0;
  };
}

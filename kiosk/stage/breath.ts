/**
 * The slow breath of the water while nothing else moves: at most ten frames a second. Where those come late again and again the
 * machine draws in software, and the breath is given up.
 */

const frameMs = 100;
/** 0.05 Hz in the water's own time */
const speed = 0.3;
const lateMs = 180;
const lateMax = 4;

export class Breath {
  /** the water's own time */
  seconds = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueMs = 0;
  private late = 0;

  /** True between breaths: frames then come by its own clock. */
  get resting(): boolean {
    return this.dueMs > 0;
  }

  /** Asks for the next breath, unless the machine is too slow for it. */
  next(nowMs: number, draw: () => void): void {
    if (this.late >= lateMax) return;
    if (this.dueMs > 0) this.late = nowMs - this.dueMs > lateMs ? this.late + 1 : Math.max(0, this.late - 1);
    this.dueMs = nowMs + frameMs;
    this.timer = setTimeout(() => {
      this.seconds += (frameMs / 1000) * speed;
      draw();
    }, frameMs);
  }

  /** Something else draws now: how late the next breath comes says nothing. */
  hold(): void {
    clearTimeout(this.timer);
    this.dueMs = 0;
  }
}

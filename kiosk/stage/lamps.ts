/**
 * The lighting of windows: a number of lamps is reached one lamp at a time, each fading in over 600 ms; many at once overlap so that
 * the whole takes at most a few seconds. Fewer lamps (a new day) are taken at once. Times are milliseconds of the caller's clock.
 */
import type { Vector4 } from 'three';

export const lampFadeMs = 600;
const runMaxMs = 2_600;

export class LampRun {
  private from = 0;
  private to = 0;
  private startedMs = 0;
  private spanMs = 0;
  /** lamps that are fading at the same time */
  private soft = 1;

  /** Starts toward `lit` lamps. `cut` shows them at once. */
  aim(lit: number, nowMs: number, cut: boolean): void {
    const reached = this.running(nowMs) ? Math.floor(this.headAt(nowMs)) : this.to;
    this.from = cut || lit < reached ? lit : Math.min(reached, lit);
    this.to = lit;
    this.startedMs = nowMs;
    const count = this.to - this.from;
    this.spanMs = count === 0 ? 0 : Math.min(runMaxMs, lampFadeMs * count);
    this.soft = Math.max(1, (count * lampFadeMs) / Math.max(lampFadeMs, runMaxMs - lampFadeMs));
  }

  private headAt(nowMs: number): number {
    const t = this.spanMs > 0 ? Math.max(0, Math.min(1, (nowMs - this.startedMs) / this.spanMs)) : 1;
    return this.from + (this.to - this.from + this.soft) * t;
  }

  running(nowMs: number): boolean {
    return this.spanMs > 0 && nowMs - this.startedMs < this.spanMs;
  }

  /** Writes what the windows' program reads. */
  write(v: Vector4, nowMs: number): void {
    if (this.running(nowMs)) v.set(this.from, this.headAt(nowMs), this.soft, this.to);
    else v.set(this.to, this.to, 1, this.to);
  }
}

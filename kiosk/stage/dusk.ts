/** Night, day and the time between: a share of day that goes from one to the other. Milliseconds of the caller's clock. */
import { duskMs } from './views.ts';

export class Dusk {
  private from: number;
  private to: number;
  private startMs = 0;
  private spanMs = 0;

  constructor(theme: 'night' | 'day') {
    this.to = theme === 'day' ? 1 : 0;
    this.from = this.to;
  }

  aim(theme: 'night' | 'day', nowMs: number, cut: boolean): void {
    this.from = this.at(nowMs);
    this.to = theme === 'day' ? 1 : 0;
    this.startMs = nowMs;
    this.spanMs = cut ? 0 : duskMs;
  }

  /** where it is, or is on its way to */
  get theme(): 'night' | 'day' {
    return this.to === 1 ? 'day' : 'night';
  }

  at(nowMs: number): number {
    const t = this.spanMs > 0 ? Math.min(1, (nowMs - this.startMs) / this.spanMs) : 1;
    return this.from + (this.to - this.from) * t;
  }

  running(nowMs: number): boolean {
    return this.spanMs > 0 && nowMs - this.startMs < this.spanMs;
  }
}

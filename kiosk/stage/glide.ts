/** A few numbers that go from where they are to where they should be, ease-in-out. Milliseconds of the caller's clock. */
import { ease } from './pose.ts';

export class Glide {
  private from: readonly number[];
  private to: readonly number[];
  private startMs = 0;
  private spanMs = 0;

  constructor(at: readonly number[]) {
    this.from = at;
    this.to = at;
  }

  /** Goes to other numbers within `spanMs`; 0 is a cut. */
  aim(to: readonly number[], nowMs: number, spanMs: number): void {
    this.from = spanMs > 0 ? this.at(nowMs) : to;
    this.to = to;
    this.startMs = nowMs;
    this.spanMs = spanMs;
  }

  at(nowMs: number): readonly number[] {
    if (!this.running(nowMs)) return this.to;
    const t = ease((nowMs - this.startMs) / this.spanMs);
    return this.to.map((v, k) => (this.from[k] ?? v) + (v - (this.from[k] ?? v)) * t);
  }

  running(nowMs: number): boolean {
    return this.spanMs > 0 && nowMs - this.startMs < this.spanMs;
  }

  get goal(): readonly number[] {
    return this.to;
  }
}

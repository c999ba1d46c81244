/** The visitor's own turn and zoom around a curated view: within limits, damped, and back again after a while. Degrees. */
import { ease } from './pose.ts';

export type Orbit = { azimuthDeg: number; polarDeg: number; zoom: number };
export type OrbitLimits = { home: Orbit; azimuthMaxDeg: number | null; polarDeg: readonly [number, number]; zoom: readonly [number, number]; turnStepDeg: number };

const damping = 0.08;
export const resetMs = 700;
const zoomStep = 1.2;
const restDegrees = 0.05;
const restZoom = 0.001;

const clamp = (v: number, low: number, high: number): number => Math.max(low, Math.min(high, v));

export class OrbitControl {
  private limits: OrbitLimits;
  current: Orbit;
  private goal: Orbit;
  private flight: { from: Orbit; to: Orbit; startMs: number; spanMs: number } | null = null;

  constructor(limits: OrbitLimits) {
    this.limits = limits;
    this.current = { ...limits.home };
    this.goal = { ...limits.home };
  }

  /** New limits of another view, at their home; or arriving there from `start`. */
  enter(limits: OrbitLimits, nowMs: number, start?: Orbit, spanMs = 0): void {
    this.limits = limits;
    this.current = { ...(start ?? limits.home) };
    this.goal = { ...limits.home };
    this.flight = start ? { from: start, to: { ...limits.home }, startMs: nowMs, spanMs } : null;
  }

  move(azimuthDeg: number, polarDeg: number, zoomBy: number): void {
    this.flight = null;
    const { home, azimuthMaxDeg, polarDeg: polar, zoom } = this.limits;
    const azimuth = this.goal.azimuthDeg + azimuthDeg;
    this.goal = {
      azimuthDeg: azimuthMaxDeg === null ? azimuth : clamp(azimuth, home.azimuthDeg - azimuthMaxDeg, home.azimuthDeg + azimuthMaxDeg),
      polarDeg: clamp(this.goal.polarDeg + polarDeg, polar[0], polar[1]),
      zoom: clamp(this.goal.zoom * zoomBy, zoom[0], zoom[1]),
    };
  }

  turn(direction: -1 | 1): void {
    this.move(direction * this.limits.turnStepDeg, 0, 1);
  }

  zoom(direction: -1 | 1): void {
    this.move(0, 0, zoomStep ** direction);
  }

  /** Back to the curated view; the short way round. */
  home(nowMs: number, cut: boolean): void {
    const { home } = this.limits;
    const turns = Math.round((this.current.azimuthDeg - home.azimuthDeg) / 360) * 360;
    const from = { ...this.current, azimuthDeg: this.current.azimuthDeg - turns };
    this.goal = { ...home };
    this.flight = cut ? null : { from, to: { ...home }, startMs: nowMs, spanMs: resetMs };
    this.current = cut ? { ...home } : from;
  }

  get atHome(): boolean {
    const { home } = this.limits;
    return (
      Math.abs(this.goal.azimuthDeg - home.azimuthDeg) < restDegrees &&
      Math.abs(this.goal.polarDeg - home.polarDeg) < restDegrees &&
      Math.abs(this.goal.zoom - home.zoom) < restZoom
    );
  }

  /** Moves on; true while there is more to come. */
  step(nowMs: number, passedMs: number, cut: boolean): boolean {
    if (this.flight) {
      const t = this.flight.spanMs > 0 ? ease((nowMs - this.flight.startMs) / this.flight.spanMs) : 1;
      const { from, to } = this.flight;
      const m = (k: keyof Orbit): number => from[k] + (to[k] - from[k]) * t;
      this.current = { azimuthDeg: m('azimuthDeg'), polarDeg: m('polarDeg'), zoom: m('zoom') };
      if (t >= 1) this.flight = null;
      return this.flight !== null;
    }
    const k = cut ? 1 : 1 - (1 - damping) ** (passedMs / 16.7);
    const c = this.current;
    const g = this.goal;
    const rest = Math.abs(g.azimuthDeg - c.azimuthDeg) < restDegrees && Math.abs(g.polarDeg - c.polarDeg) < restDegrees && Math.abs(g.zoom - c.zoom) < restZoom;
    this.current =
      rest || cut
        ? { ...g }
        : { azimuthDeg: c.azimuthDeg + (g.azimuthDeg - c.azimuthDeg) * k, polarDeg: c.polarDeg + (g.polarDeg - c.polarDeg) * k, zoom: c.zoom + (g.zoom - c.zoom) * k };
    return !rest && !cut;
  }
}

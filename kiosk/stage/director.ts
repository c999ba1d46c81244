/** Where the camera is between views: the flight, the free box it composes into, and both at any moment. Milliseconds of the caller's clock. */
import { type Box, ease, mixBox, mixPose, type Pose } from './pose.ts';
import { type Mood, mixMood, type Shot } from './rails.ts';

const reframeMs = 250;

type Flight = { from: Shot; to: Shot; startMs: number; spanMs: number };
type BoxFlight = { from: Box; to: Box; startMs: number; spanMs: number };

export class Director {
  private shot: Shot;
  private flight: Flight | null = null;
  private box: Box = { top: 0, right: 0, bottom: 0, left: 0 };
  private boxFlight: BoxFlight | null = null;

  constructor(shot: Shot) {
    this.shot = shot;
  }

  /** Flies to a shot; a box that is on its way arrives with it. */
  fly(to: Shot, nowMs: number, spanMs: number): void {
    this.flight = { from: this.shotAt(nowMs), to, startMs: nowMs, spanMs };
    this.shot = to;
    if (this.boxFlight) this.boxFlight = { ...this.boxFlight, from: this.boxAt(nowMs), startMs: nowMs, spanMs };
  }

  cut(to: Shot): void {
    this.flight = null;
    this.boxFlight = null;
    this.shot = to;
  }

  /** Ends the flight where it leads. */
  arrive(): void {
    this.flight = null;
    this.boxFlight = null;
  }

  frame(box: Box, nowMs: number, cut: boolean): void {
    const left = this.flight ? this.flight.startMs + this.flight.spanMs - nowMs : 0;
    this.boxFlight = cut ? null : { from: this.boxAt(nowMs), to: { ...box }, startMs: nowMs, spanMs: Math.max(reframeMs, left) };
    this.box = { ...box };
  }

  /** True while camera or box are on their way; forgets what has arrived. */
  moving(nowMs: number): boolean {
    if (this.flight && nowMs - this.flight.startMs >= this.flight.spanMs) this.flight = null;
    if (this.boxFlight && nowMs - this.boxFlight.startMs >= this.boxFlight.spanMs) this.boxFlight = null;
    return this.flight !== null || this.boxFlight !== null;
  }

  boxAt(nowMs: number): Box {
    const f = this.boxFlight;
    return f ? mixBox(f.from, f.to, ease((nowMs - f.startMs) / f.spanMs)) : this.box;
  }

  composedAt(nowMs: number): { pose: Pose; mood: Mood; grow: number } {
    const f = this.flight;
    if (!f) return { ...this.shot, grow: 1 };
    const t = ease((nowMs - f.startMs) / f.spanMs);
    return { pose: mixPose(f.from.pose, f.to.pose, t), ...mixMood(f.from.mood, f.to.mood, t) };
  }

  private shotAt(nowMs: number): Shot {
    const { pose, mood } = this.composedAt(nowMs);
    return { pose, mood };
  }
}

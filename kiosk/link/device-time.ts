/**
 * The eras of the device's clock as one page sees them. Every event is put in the era whose clock its time was read from, also when it
 * is stored after the clock was stepped. Pages of one browser see the same step; it is one era for all of them.
 */
import type { Clock } from './clock.ts';
import { clockJumpMsMin, currentEra, type Era, erasMax, withNewEra, withOffset } from './eras.ts';

/** `baseMs`: wall less monotonic clock. `era` is null until it is stored. */
type Span = { era: number | null; fromMs: number; baseMs: number; jumpMs: number };
/** When an event happened, by the wall clock, and which of the page's spans that was. */
export type Stamp = { atMs: number; span: Span };

export class DeviceTime {
  readonly #clock: Clock;
  readonly #spans: Span[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begin(0);
  }

  /** Looks at the clocks: a jump begins a new span. */
  #look(): void {
    const last = this.#spans.at(-1) as Span;
    const jumpMs = this.#baseMs() - last.baseMs;
    if (Math.abs(jumpMs) >= clockJumpMsMin) this.#begin(jumpMs);
  }
  #begin(jumpMs: number): void {
    this.#spans.push({ era: null, fromMs: this.#clock.monotonicMs(), baseMs: this.#baseMs(), jumpMs });
    // a clock that never rests: no more is remembered of it than eras are; what one forgotten jumped stands in the next
    if (this.#spans.length > erasMax) {
      const forgotten = this.#spans.shift() as Span;
      const oldest = this.#spans[0] as Span;
      if (forgotten.era === null) oldest.jumpMs += forgotten.jumpMs;
    }
  }
  #baseMs(): number {
    return this.#clock.nowMs() - this.#clock.monotonicMs();
  }

  /** Stamps an event that happens now, or happened a while ago by the device's own wall clock as it was then. */
  stamp(atMs?: number): Stamp {
    this.#look();
    const spans = this.#spans;
    if (atMs === undefined) return { atMs: Math.round(this.#clock.nowMs()), span: spans.at(-1) as Span };
    for (let i = spans.length - 1; i > 0; i--) {
      const [before, span] = [spans[i - 1] as Span, spans[i] as Span];
      if (atMs - span.baseMs >= span.fromMs - clockJumpMsMin && atMs <= span.baseMs + this.#clock.monotonicMs() + clockJumpMsMin) return { atMs: Math.round(atMs), span };
      if (atMs - before.baseMs <= span.fromMs + clockJumpMsMin) return { atMs: Math.round(atMs), span: before };
    }
    return { atMs: Math.round(atMs), span: spans[0] as Span };
  }

  /** Whether the clock jumped since the eras were last stored. */
  get jumped(): boolean {
    this.#look();
    return this.#spans.some((s) => s.era === null);
  }

  /** The eras with this page's load in them. Call `stored` once they are. */
  opened(eras: readonly Era[]): { eras: Era[]; stored(): void } {
    const after = withNewEra(eras, null, Math.round(this.#clock.nowMs()));
    const spans = [...this.#spans];
    return {
      eras: after,
      stored: () => {
        for (const span of spans) span.era = currentEra(after);
      },
    };
  }

  /** The eras with what this page saw jump, unless another page stored it already. Call `stored` once they are. */
  seen(eras: readonly Era[]): { eras: Era[]; stored(): void } {
    const mine = this.#spans.findLast((s) => s.era !== null)?.era ?? currentEra(eras);
    let theirsMs = eras.reduce((ms, e) => ms + (e.era > mine ? (e.jumpMs ?? 0) : 0), 0);
    let after = [...eras];
    const found: { span: Span; era: number }[] = [];
    for (const span of this.#spans) {
      if (span.era !== null) continue;
      if (Math.abs(span.jumpMs - theirsMs) >= clockJumpMsMin) after = withNewEra(after, span.jumpMs - theirsMs, Math.round(span.baseMs + span.fromMs));
      theirsMs = 0;
      found.push({ span, era: currentEra(after) });
    }
    return {
      eras: after,
      stored: () => {
        for (const { span, era } of found) span.era = era;
      },
    };
  }

  /** The eras with the hub's clock less the device's noted, as just measured. */
  measured(eras: readonly Era[], offsetMs: number): Era[] {
    return withOffset(eras, this.#spans.findLast((s) => s.era !== null)?.era ?? currentEra(eras), offsetMs);
  }

  /** The eras are stored elsewhere, under other numbers: the last one there is this page's. */
  forget(): void {
    for (const span of this.#spans) Object.assign(span, { era: null, jumpMs: 0 });
  }

  /** The era of a stamp; the current one while its own is not stored. */
  eraOf(stamp: Stamp, eras: readonly Era[]): number {
    return stamp.span.era ?? currentEra(eras);
  }
}

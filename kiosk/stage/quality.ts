/**
 * How sharp the picture is drawn, by how long frames take while something moves. Steps down when frames come late for a while, up
 * again only after a long calm, and never up to where it was too slow twice: the picture must not flicker between two states.
 */

/** shares of the full pixel ratio, best first; in the last two the water's mirror rests while the camera moves */
const levels = [1, 0.85, 0.7, 0.58] as const;
const mirrorRestsFrom = 2;
const windowFrames = 24;
const lateMs = 26;
const earlyMs = 14;
/** windows without a late one before a step up */
const calmWindows = 12;
/** a frame this long is a stop, not a slow frame */
const stopMs = 400;

export class Quality {
  private level = 0;
  /** the best level that is still tried */
  private ceiling = 0;
  private readonly spans: number[] = [];
  private calm = 0;
  private rose = false;

  /** Hears how long a frame took that followed another directly. True when the sharpness changed. */
  heard(spanMs: number): boolean {
    if (spanMs > stopMs || spanMs <= 0) return false;
    this.spans.push(spanMs);
    if (this.spans.length < windowFrames) return false;
    const median = this.spans.sort((a, b) => a - b)[windowFrames >> 1] as number;
    this.spans.length = 0;
    if (median > lateMs) return this.down();
    this.calm = median < earlyMs ? this.calm + 1 : 0;
    return this.calm >= calmWindows && this.up();
  }

  private down(): boolean {
    this.calm = 0;
    if (this.level >= levels.length - 1) return false;
    // it had been raised to here and was too much: not again
    if (this.rose) this.ceiling = this.level + 1;
    this.rose = false;
    this.level++;
    return true;
  }

  private up(): boolean {
    this.calm = 0;
    if (this.level <= this.ceiling) return false;
    this.level--;
    this.rose = true;
    return true;
  }

  /** what the pixel ratio is multiplied with */
  get share(): number {
    return levels[this.level] as number;
  }

  get mirrorMoves(): boolean {
    return this.level < mirrorRestsFrom;
  }
}

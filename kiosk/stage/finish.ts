/** Tells when the graphics card has finished what it was given, where it takes its time over it. Never waits for the card. */

const pollMs = 60;
/** a card that is done within this has kept up with the pictures */
const lateMs = 250;

/** what it asks of a WebGL 2 context */
export type Card = {
  readonly SYNC_GPU_COMMANDS_COMPLETE: number;
  readonly SYNC_STATUS: number;
  readonly SIGNALED: number;
  fenceSync(condition: number, flags: number): WebGLSync | null;
  getSyncParameter(sync: WebGLSync, name: number): unknown;
  deleteSync(sync: WebGLSync): void;
  isContextLost(): boolean;
};

export class Finish {
  private readonly gl: Card;
  private readonly nowMs: () => number;
  private sync: WebGLSync | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(gl: Card, nowMs: () => number) {
    this.gl = gl;
    this.nowMs = nowMs;
  }

  /** Calls `late` once the card has finished everything up to here, if it was late with it; a later call replaces this one. */
  watch(late: () => void): void {
    this.forget();
    if (this.gl.isContextLost()) return;
    const sync = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!sync) return;
    this.sync = sync;
    const sinceMs = this.nowMs();
    const look = (): void => {
      if (!this.gl.isContextLost() && this.gl.getSyncParameter(sync, this.gl.SYNC_STATUS) !== this.gl.SIGNALED) {
        this.timer = setTimeout(look, pollMs);
        return;
      }
      const wasLate = !this.gl.isContextLost() && this.nowMs() - sinceMs >= lateMs;
      this.forget();
      if (wasLate) late();
    };
    this.timer = setTimeout(look, pollMs);
  }

  /** Whether an answer is still due. */
  get due(): boolean {
    return this.sync !== null;
  }

  forget(): void {
    clearTimeout(this.timer);
    if (this.sync && !this.gl.isContextLost()) this.gl.deleteSync(this.sync);
    this.sync = null;
  }
}

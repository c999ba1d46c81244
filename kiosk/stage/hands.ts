/**
 * The visitor's hands on the stage: drags, pinches, taps and the buttons beside them turn and zoom what is looked at. Some time after
 * the last touch the curated view comes back by itself.
 */
import { listenGestures } from './gestures.ts';
import type { OrbitControl } from './orbit.ts';
import { hillTurnPerPx, homeAfterMs, podiumTiltPerPx, podiumTurnPerPx, reducedFadeMs } from './views.ts';

/** What the hands need of the stage around them. */
export type HandsTable = {
  orbit: OrbitControl;
  /** a project stands alone on its podium: it is turned, not the view */
  onPodium(): boolean;
  reduced(): boolean;
  tap(x: number, y: number): void;
  /** lays the present picture over what comes next and fades it */
  cover(spanMs: number): void;
  wake(): void;
};

export class Hands {
  private readonly table: HandsTable;
  private readonly stopGestures: () => void;
  private homeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(canvas: HTMLCanvasElement, table: HandsTable) {
    this.table = table;
    this.stopGestures = listenGestures(canvas, {
      tap: (x, y) => table.tap(x, y),
      drag: (dx, dy) => (table.onPodium() ? this.nudge(dx * podiumTurnPerPx, -dy * podiumTiltPerPx, 1) : this.nudge(-dx * hillTurnPerPx, 0, 1)),
      pinch: (ratio) => this.nudge(0, 0, ratio),
      touched: () => this.rest(),
    });
  }

  private nudge(azimuthDeg: number, polarDeg: number, zoomBy: number): void {
    this.table.orbit.move(azimuthDeg, polarDeg, zoomBy);
    this.table.wake();
  }

  turn(direction: -1 | 1): void {
    this.table.orbit.turn(direction);
    this.rest();
    this.table.wake();
  }

  zoom(direction: -1 | 1): void {
    this.table.orbit.zoom(direction);
    this.rest();
    this.table.wake();
  }

  /** Back to the curated view of what is looked at. */
  home(): void {
    const { orbit } = this.table;
    const isReduced = this.table.reduced();
    if (isReduced && !orbit.atHome) this.table.cover(reducedFadeMs);
    orbit.home(performance.now(), isReduced);
    this.table.wake();
  }

  /** The hands have let go: from now on the time runs until the curated view comes back. */
  rest(): void {
    clearTimeout(this.homeTimer);
    this.homeTimer = setTimeout(() => {
      if (!this.table.orbit.atHome) this.home();
    }, homeAfterMs);
  }

  dispose(): void {
    clearTimeout(this.homeTimer);
    this.stopGestures();
  }
}

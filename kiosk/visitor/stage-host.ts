/**
 * Holds the one canvas behind all screens and the stage on it. The stage is loaded after the first paint; until it is ready, and
 * where there is no WebGL, `state` says so and the screens draw their own pictures.
 */
import { signal } from '@preact/signals';
import type { Stage, StageOptions, StageView } from '../stage/stage.ts';
import { makeModelHost } from './model-host.ts';
import type { Theme } from './visit.ts';

/** a sharper picture than this costs more than it shows on a kiosk's glass */
const pixelRatioMax = 1.5;
/** a stage that could not be had is tried again after this long, then after twice that, and so on */
const againMs = 10_000;
const againMsMax = 600_000;
/** the part of the windows that is lit while no count is known */
export const calmShare = 0.4;

export type StageLook = { view: StageView; theme: Theme; still: boolean /** null: no count is known */; lit: number | null };
type Picks = Pick<StageOptions, 'onPick' | 'onPickArea'>;

const sameView = (a: StageView, b: StageView): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the screens need of the stage; every call is safe while there is none. Faults of the stage are told as they begin and, `onMended`, once they are over. */
export const makeStageHost = (picks: Picks, onFault: (code: string) => void, onMended: (code: string) => void) => {
  const state = signal<'loading' | 'ready' | 'none'>('loading');
  const canvas = document.createElement('canvas');
  canvas.className = 'stage-canvas';
  canvas.setAttribute('aria-hidden', 'true');
  let stage: Stage | null = null;
  const model = makeModelHost(() => stage, onFault, onMended);
  let generation = 0;
  let failed = 0;
  let againTimer: ReturnType<typeof setTimeout> | undefined;
  let wanted: StageLook | null = null;
  let shown: StageLook | null = null;
  let box = { top: 0, right: 0, bottom: 0, left: 0 };

  const apply = (): void => {
    if (!stage || !wanted) return;
    if (shown?.theme !== wanted.theme) stage.theme(wanted.theme);
    if (shown?.still !== wanted.still) stage.motion(wanted.still ? 'reduced' : 'full');
    if (!shown || shown.lit !== wanted.lit) stage.lights(wanted.lit ?? Math.round(stage.windows * calmShare));
    if (!shown || !sameView(shown.view, wanted.view)) stage.show(wanted.view);
    shown = wanted;
  };

  const resize = (): void => stage?.resize(window.innerWidth, window.innerHeight, Math.min(pixelRatioMax, window.devicePixelRatio));

  /** Nothing is there for a visitor to see of this: the drawings stay meanwhile. */
  const tryAgain = (projects: StageOptions['projects']): void => {
    againTimer = setTimeout(() => void (wanted && host.open(projects, wanted)), Math.min(againMsMax, againMs * 2 ** failed++));
  };

  const host = {
    state,
    canvas,
    model,
    /** Loads the stage for these projects, in place of the one before. What can't be had is tried again by itself. */
    async open(projects: StageOptions['projects'], look: StageLook): Promise<void> {
      const mine = ++generation;
      clearTimeout(againTimer);
      wanted = look;
      try {
        const { createStage } = await import('../stage/stage.ts');
        if (mine !== generation) return;
        onMended('stage_not_loaded');
        stage?.dispose();
        // nothing is asked of what is gone: another size would empty the canvas, and nobody would draw on it
        stage = null;
        shown = null;
        // what was missing for the stage before may not be asked for by this one
        onMended('model_failed');
        onMended('context_lost');
        const made = await createStage({
          canvas,
          theme: look.theme,
          motion: look.still ? 'reduced' : 'full',
          projects,
          pixelRatioMax,
          ...picks,
          models: model.handlers,
          onLost: (reason) => {
            state.value = 'none';
            onFault(reason);
          },
          onRestored: () => {
            state.value = 'ready';
            onMended('context_lost');
          },
        });
        if (mine !== generation) {
          made?.dispose();
          return;
        }
        stage = made;
        if (made) {
          failed = 0;
          onMended('no_webgl');
        } else {
          model.forget();
          onFault('no_webgl');
          tryAgain(projects);
        }
        resize();
        made?.frame(box);
        apply();
        made?.redraw(); // the canvas is black until it is drawn on: it comes into view with its picture
        state.value = made ? 'ready' : 'none';
      } catch {
        if (mine !== generation) return;
        state.value = 'none'; // the stage's files could not be loaded: the drawings stay
        onFault('stage_not_loaded');
        tryAgain(projects);
      }
    },
    look(next: StageLook): void {
      wanted = next;
      apply();
    },
    /** The free rectangle of the picture, as insets from the window's edges in CSS px; `footPx` of it are covered below. */
    frame(rect: DOMRect, footPx: number): void {
      const next = {
        top: Math.max(0, rect.top),
        left: Math.max(0, rect.left),
        right: Math.max(0, window.innerWidth - rect.right),
        bottom: Math.max(0, window.innerHeight - rect.bottom + footPx),
      };
      if (next.top === box.top && next.left === box.left && next.right === box.right && next.bottom === box.bottom) return;
      box = next;
      stage?.frame(box);
    },
    resize,
    turn: (direction: -1 | 1) => stage?.turn(direction),
    zoom: (direction: -1 | 1) => stage?.zoom(direction),
    reset: () => stage?.reset(),
    redraw: () => stage?.redraw(),
    figures: () => stage?.figures() ?? null,
  };
  return host;
};

export type StageHost = ReturnType<typeof makeStageHost>;

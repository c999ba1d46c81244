/**
 * The 3D stage of the visitor screens: the terraced hill and each project's own podium, in one canvas. It draws only when something
 * moves. It knows no words and no counts: windows are lit by number, projects are named by id. The canvas is hidden from readers; the
 * same things are there as a list.
 */
import { WebGLRenderer } from 'three';
import type { Area } from '../../shared/areas.ts';
import type { ModelInfo } from '../../shared/model.ts';
import type { Sculpture } from '../../shared/sculpture.ts';
import { Engine } from './engine.ts';
import { loadHill } from './hill-file.ts';
import landscapeUrl from './hill-landscape.bin?url';
import portraitUrl from './hill-portrait.bin?url';
import type { ModelHandlers } from './model-run.ts';

export type StageProject = { id: string; area: Area; place: 'terrace' | 'quay' | 'pavilion'; quay?: number; sculpture: Sculpture; model?: ModelInfo };
/** what the resting screen looks at, besides the whole hill; `lights`: the hill, its lamps going on one by one */
export type AttractScene = { kind: 'terrace'; area: Area } | { kind: 'pier' } | { kind: 'lights' };
export type StageView =
  | { kind: 'attract'; scene?: AttractScene }
  | { kind: 'hill' }
  | { kind: 'pier' }
  | { kind: 'terrace'; area: Area }
  | { kind: 'walk'; project: string }
  /** `slow`: it turns in as slowly as the resting screen's scenes change */
  | { kind: 'project'; project: string; slow?: true };
export type StageOptions = {
  canvas: HTMLCanvasElement;
  theme: 'night' | 'day';
  motion: 'full' | 'reduced';
  projects: readonly StageProject[];
  pixelRatioMax: number;
  onPick(project: string): void;
  onPickArea(area: Area): void;
  /** after the stage was made: `no_webgl` when it cannot be rebuilt, `context_lost` until onRestored */
  onLost(reason: 'no_webgl' | 'context_lost'): void;
  onRestored(): void;
  /** hears of the model of the project that is shown */
  models?: ModelHandlers;
};
export type Stage = {
  show(view: StageView): void;
  /** CSS px insets of the free picture area inside the canvas: views are composed into that rectangle */
  frame(box: { top: number; right: number; bottom: number; left: number }): void;
  /** lights this many windows, one at a time */
  lights(lit: number): void;
  theme(t: 'night' | 'day'): void;
  motion(m: 'full' | 'reduced'): void;
  turn(direction: -1 | 1): void;
  zoom(direction: -1 | 1): void;
  reset(): void;
  /** draws what is shown once more: the canvas can be read in the same turn */
  redraw(): void;
  /** the model on the podium; nothing happens while there is none */
  readonly model: {
    /** flies to a part; null: to the whole */
    look(part: string | null): void;
    show(face: 'model' | 'data'): void;
    play(on: boolean): void;
    open(on: boolean): void;
  };
  resize(widthPx: number, heightPx: number, pixelRatio: number): void;
  figures(): {
    draws: number;
    triangles: number;
    framesDrawn: number;
    scriptMsMedian: number;
    geometries: number;
    textures: number;
    ready: boolean /** no picture is on its way and no model */;
    atRest: boolean;
  };
  /** how many windows can be lit and are in the picture; another number after the canvas turned from upright to wide */
  readonly windows: number;
  dispose(): void;
};

const load = (orientation: 'portrait' | 'landscape') => loadHill(orientation === 'portrait' ? portraitUrl : landscapeUrl);

/** The stage on a canvas, drawn once it was sized; null when there is no WebGL 2 or the hill cannot be loaded. Never throws. */
export const createStage = async (options: StageOptions): Promise<Stage | null> => {
  const { canvas } = options;
  try {
    const context = canvas.getContext('webgl2', {
      antialias: true,
      alpha: false,
      depth: true,
      stencil: false,
      powerPreference: 'high-performance',
      // drawn on demand, a picture stands for minutes: without this the browser may show an empty canvas between two of them
      preserveDrawingBuffer: true,
    });
    if (!context) return null;
    const wide = (canvas.clientWidth || window.innerWidth) > (canvas.clientHeight || window.innerHeight);
    const orientation = wide ? 'landscape' : 'portrait';
    const data = await load(orientation);
    const renderer = new WebGLRenderer({ canvas, context });
    return new Engine(renderer, options, data, load);
  } catch {
    return null; // the caller draws its own pictures then
  }
};

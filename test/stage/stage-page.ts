/** Runs in the browser: the real stage with a real showcase, as `window.held`, to be steered from outside. */
import type { ModelStatus } from '../../kiosk/stage/model-run.ts';
import { createStage, type Stage } from '../../kiosk/stage/stage.ts';
import { catalogueOf } from '../../kiosk/visitor/catalogue.ts';
import type { Content } from '../../shared/pack.ts';

const restMs = 20;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type Held = {
  stage: Stage;
  /** ids: every project; those with a model */
  projects: readonly string[];
  modelled: readonly string[];
  status(): ModelStatus['state'] | null;
  faults: string[];
  lost: number;
  restored: number;
  /** until no picture is on its way, no model, and nothing that is fetched ahead */
  rest(): Promise<void>;
  gl: WebGL2RenderingContext;
};

/** Opens the stage on a canvas of this size; motion is reduced, so that a view is there at once. */
const open = async (width: number, height: number): Promise<Held> => {
  const content = (await (await fetch('/content.json')).json()) as Content;
  const projects = catalogueOf(content)?.stage;
  if (!projects) throw new Error('no catalogue');
  const canvas = document.createElement('canvas');
  canvas.style.cssText = `position:fixed;inset:0;width:${width}px;height:${height}px`;
  document.body.replaceChildren(canvas);
  let state: ModelStatus['state'] | null = null;
  const faults: string[] = [];
  const stage = await createStage({
    canvas,
    theme: 'night',
    motion: 'reduced',
    projects,
    pixelRatioMax: 1,
    onPick: () => undefined,
    onPickArea: () => undefined,
    onLost: () => {
      held.lost++;
    },
    onRestored: () => {
      held.restored++;
    },
    models: {
      onModel: (next) => {
        state = next.state;
      },
      onParts: () => undefined,
      onFault: (code) => faults.push(code),
      onMended: (code) => faults.push(`${code} mended`),
    },
  });
  const gl = canvas.getContext('webgl2');
  if (!stage || !gl) throw new Error('no stage');
  stage.resize(width, height, 1);
  const held: Held = {
    stage,
    projects: projects.map((p) => p.id),
    modelled: projects.flatMap((p) => (p.model ? [p.id] : [])),
    status: () => state,
    faults,
    lost: 0,
    restored: 0,
    gl,
    rest: async () => {
      while (!stage.figures().atRest) await pause(restMs);
    },
  };
  return held;
};

export type StageWindow = { openStage: typeof open; held: Held };
const w = window as unknown as StageWindow;
w.openStage = async (width, height) => {
  w.held = await open(width, height);
  return w.held;
};

/** The canvas is never shown empty: whatever empties it draws on it in the same task, and nothing that is gone touches it. In a real browser. */
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createStage, type Stage, type StageProject } from '../../kiosk/stage/stage.ts';

const patience = { timeout: 60_000, interval: 50 };
/** software drawing on busy cores: these are slow, not hung */
const slowMs = 180_000;
const projects: StageProject[] = (['drone', 'signal'] as const).map((emblem, k) => ({
  id: emblem,
  area: k === 0 ? 'government' : 'economy',
  place: 'terrace',
  sculpture: { archetype: 'seal', emblem },
}));

let stage: Stage;
let canvas: HTMLCanvasElement;

const open = async (): Promise<void> => {
  await page.viewport(320, 320);
  canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:fixed;inset:0;width:180px;height:300px';
  document.body.append(canvas);
  const silent = (): void => undefined;
  const made = await createStage({
    canvas,
    theme: 'day',
    motion: 'reduced',
    projects,
    pixelRatioMax: 1,
    onPick: silent,
    onPickArea: silent,
    onLost: silent,
    onRestored: silent,
  });
  if (!made) throw new Error('no stage');
  stage = made;
  stage.resize(180, 300, 1);
  stage.show({ kind: 'walk', project: 'drone' });
  await rest();
};

const rest = async (): Promise<void> => {
  await expect.poll(() => stage.figures().ready && stage.figures().atRest, patience).toBe(true);
};

/** The share of the canvas that has a picture on it at this moment: in daylight no part of it is black. */
const drawnShare = (): number => {
  const gl = canvas.getContext('webgl2') as WebGL2RenderingContext;
  const [w, h] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
  const pixels = new Uint8Array(w * h * 4);
  gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  let drawn = 0;
  for (let k = 0; k < pixels.length; k += 4) if (Math.max(pixels[k] as number, pixels[k + 1] as number, pixels[k + 2] as number) > 20) drawn++;
  return drawn / (w * h);
};

afterEach(() => {
  stage.dispose();
  canvas.remove();
  vi.restoreAllMocks();
});

test('[M4] another size never leaves the canvas empty, not for one task; the same size again touches nothing', { timeout: slowMs }, async () => {
  await open();
  for (const [w, h] of [
    [160, 300],
    [200, 280],
  ] as const) {
    stage.resize(w, h, 1);
    expect(canvas.width).toBe(w);
    expect(drawnShare()).toBeGreaterThan(0.95);
  }
  const emptied = vi.spyOn(canvas, 'width', 'set');
  stage.resize(200, 280, 1);
  expect(emptied).not.toHaveBeenCalled();
});

test('[M4] a stage that is gone leaves the last picture on the canvas', { timeout: slowMs }, async () => {
  await open();
  stage.redraw();
  stage.dispose();
  stage.resize(160, 260, 1);
  stage.redraw();
  expect(drawnShare()).toBeGreaterThan(0.95);
});

test('[M4] the last picture stays on the canvas once the browser has shown it', { timeout: slowMs }, async () => {
  await open();
  for (let frames = 0; frames < 4; frames++) await new Promise((shown) => requestAnimationFrame(shown));
  await new Promise((shown) => setTimeout(shown, 200));
  expect(drawnShare()).toBeGreaterThan(0.95);
});

test('[M4] a project opens without a program being linked: the first one, and another one after it', { timeout: slowMs }, async () => {
  await open();
  const gl = canvas.getContext('webgl2') as WebGL2RenderingContext;
  const linked = vi.spyOn(gl, 'linkProgram');
  for (const { id } of projects) {
    stage.show({ kind: 'project', project: id });
    await rest();
  }
  expect(stage.figures().draws).toBeGreaterThan(3);
  expect(linked).not.toHaveBeenCalled();
});

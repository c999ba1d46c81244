/**
 * A visitor opens a project that has a model, on the real page and the real stage: the sculpture stands until the model has arrived, then
 * the model is in the picture and its parts are in the page; a model that is broken leaves the sculpture and is told to the staff.
 */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import dogUrl from '../../content/models/mapping-robot-dog.glb?url';
import indexText from '../../content/models/models.json?raw';
import type { KioskLink, KioskStatus, LinkState } from '../../kiosk/link/kiosk-link.ts';
import '../../kiosk/ui/tokens.css';
import '../../kiosk/visitor/base.css';
import '../../kiosk/visitor/screens.css';
import '../../kiosk/visitor/overlays.css';
import '../../kiosk/visitor/picture.css';
import '../../kiosk/visitor/model.css';
import '../../kiosk/visitor/keep.css';
import { App } from '../../kiosk/visitor/app.tsx';
import { type Kiosk, runKiosk } from '../../kiosk/visitor/run.ts';
import { makeStageHost } from '../../kiosk/visitor/stage-host.ts';
import { type ModelEntry, type ModelInfo, modelInfoOf } from '../../shared/model.ts';
import type { Content, PlacedProject } from '../../shared/pack.ts';
import { packHead, placedProject, text } from './small-content.ts';
import { stillPlace } from './still-place.ts';

/** software drawing on busy cores: these are slow, not hung */
const patience = { timeout: 120_000, interval: 100 };
const slowMs = 240_000;
const projectOf = (model: ModelInfo): PlacedProject =>
  placedProject('dog', {
    name: text('Dog'),
    area: 'government',
    figures: [{ id: 'f', label: text('legs'), value: 4, unit: text('legs'), kind: 'count', qualifier: 'exact', asOf: '2023' }],
    model,
  });
let version: string;
const contentWith = (model: ModelInfo): Content => ({
  version,
  showcase: 'pavilion',
  mode: 'direct',
  origin: null,
  homeCode: '000000',
  packs: [packHead('pavilion', 'terraces')],
  projects: [projectOf(model)],
});
const entry = (JSON.parse(indexText) as { models: ModelEntry[] }).models.find((m) => m.id === 'mapping-robot-dog') as ModelEntry;
const dog = modelInfoOf(entry, dogUrl);
const linkState: LinkState = { paired: true, showcase: 'pavilion', zone: 'z', device: 'K-01', online: true, waiting: 0, oldestMs: null, storage: 'memory', faults: [] };

/** a dog is so many draws; podium and harbour are fewer */
const dogDraws = 37;

let kiosk: Kiosk;
let link: KioskLink;
let root: HTMLDivElement;
let unwatch: () => void;
let status: () => KioskStatus;
let facts: { kind: string; code?: string }[];
/** brightest colour on the canvas each time that it came into view */
let views: number[];

const brightest = (canvas: HTMLCanvasElement): number => {
  const gl = canvas.getContext('webgl2') as WebGL2RenderingContext;
  const pixels = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4);
  gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  return pixels.reduce((most, value, k) => (k % 4 === 3 ? most : Math.max(most, value)), 0);
};

const open = async (model: ModelInfo): Promise<void> => {
  await page.viewport(432, 768);
  facts = [];
  version = 'v1';
  link = {
    state: () => linkState,
    subscribe: () => () => undefined,
    record: async (event) => void facts.push(event as { kind: string }),
    onCommand: () => undefined,
    onTally: () => undefined,
    report: (read) => {
      status = read;
    },
    claim: async () => true,
    startPairing: () => Promise.reject(new Error('not here')),
    unpair: async () => undefined,
    content: async () => contentWith(model),
    showcases: async () => ['pavilion'],
    nowMs: () => Date.now(),
    close: async () => undefined,
  };
  root = document.createElement('div');
  root.id = 'kiosk';
  document.body.append(root);
  kiosk = runKiosk(link, makeStageHost, stillPlace({ chance: () => 0, storedTheme: () => 'day', prefersStill: () => true }));
  views = [];
  const { stage } = kiosk;
  unwatch = effect(() => {
    if (stage.state.value === 'ready') views.push(brightest(stage.canvas));
  });
  render(<App kiosk={kiosk} link={link} />, root);
  await kiosk.start();
  await expect.poll(() => kiosk.stage.state.value, patience).toBe('ready');
  document.querySelector<HTMLButtonElement>('.start[lang="en"]')?.click();
  await expect.poll(() => document.querySelector('.hill'), patience).not.toBeNull();
  kiosk.go({ kind: 'project', trail: 'area:government', project: 'dog', via: 'list' });
  await expect.poll(() => document.querySelector('.project .heading')?.textContent, patience).toBe('Dog');
};

/** Until nothing has been drawn for a while. */
const rest = async (): Promise<void> => {
  const drawn = (): number => kiosk.stage.figures()?.framesDrawn ?? 0;
  for (let before = -1; before !== drawn(); ) {
    before = drawn();
    await new Promise((done) => setTimeout(done, 1_500));
  }
};

/** The middle of the project's picture, as a visitor sees it. */
const seen = async (): Promise<Uint8ClampedArray> => {
  await rest();
  const shot = await page.screenshot({ base64: true, save: false });
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${shot}`)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const box = (document.querySelector('.view') as HTMLElement).getBoundingClientRect();
  const scale = bitmap.width / window.innerWidth;
  const [x, y, w, h] = [box.left + box.width * 0.25, box.top + box.height * 0.25, box.width * 0.5, box.height * 0.5].map((v) => Math.round(v * scale));
  return context.getImageData(x as number, y as number, w as number, h as number).data;
};
/** The share of pixels that differ plainly. */
const changed = (a: Uint8ClampedArray, b: Uint8ClampedArray): number => {
  expect(a.length).toBe(b.length);
  let n = 0;
  for (let k = 0; k < a.length; k += 4) {
    if (Math.abs((a[k] as number) - (b[k] as number)) + Math.abs((a[k + 1] as number) - (b[k + 1] as number)) + Math.abs((a[k + 2] as number) - (b[k + 2] as number)) > 40) n++;
  }
  return n / (a.length / 4);
};

const fetched = window.fetch;
/** Holds the model's file back until it is let go. */
const holdModel = (instead?: (whole: Response) => Promise<Response>): { letGo(): void } => {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((done) => {
    letGo = done;
  });
  window.fetch = async (...ask) => {
    const answer = await fetched(...ask);
    if (ask[0] !== dogUrl) return answer;
    await gate;
    return instead ? instead(answer) : answer;
  };
  return { letGo: () => letGo() };
};

afterEach(() => {
  window.fetch = fetched;
  unwatch();
  kiosk.stop();
  render(null, root);
  root.remove();
});

test('[M2] the sculpture stands until the model has arrived; then the model is in the picture and its parts are in the page', { timeout: slowMs }, async () => {
  const held = holdModel();
  await open(dog);
  expect(kiosk.stage.model.status.value.state).toBe('loading');
  const before = await seen();
  held.letGo();
  await expect.poll(() => kiosk.stage.model.status.value.state, patience).toBe('shown');
  expect(changed(before, await seen())).toBeGreaterThan(0.05);
  document.querySelector<HTMLButtonElement>('.parts-open')?.click();
  await expect.poll(() => document.querySelectorAll('.parts-list .part').length, patience).toBe(dog.hotspots.length);
  for (const spot of dog.hotspots) expect(document.querySelector('.parts-list')?.textContent).toContain(spot.name.en);
  expect(status().faults).toEqual([]);
});

test('[M2] a model whose file is cut off leaves the sculpture standing, and staff are told; it comes by itself once the file is whole', { timeout: slowMs }, async () => {
  let isWhole = false;
  const held = holdModel(async (whole) => (isWhole ? whole : new Response((await whole.arrayBuffer()).slice(0, 90_000))));
  await open(dog);
  const before = await seen();
  held.letGo();
  await expect.poll(() => kiosk.stage.model.status.value.state, patience).toBe('failed');
  expect(changed(before, await seen())).toBeLessThan(0.01);
  expect(status().faults).toEqual(['model_failed']);
  expect(facts).toContainEqual(expect.objectContaining({ kind: 'device.fault', code: 'model_failed' }));
  // its parts are told in words all the same
  document.querySelector<HTMLButtonElement>('.parts-open')?.click();
  await expect.poll(() => document.querySelectorAll('.parts-described li').length, patience).toBe(dog.hotspots.length);
  isWhole = true;
  await expect.poll(() => kiosk.stage.model.status.value.state, patience).toBe('shown');
  await expect.poll(() => document.querySelectorAll('.parts-list .part').length, patience).toBe(dog.hotspots.length);
  expect(status().faults).toEqual([]);
});

test('[M4] the canvas comes into view with its picture, at first and after the graphics context was away', { timeout: slowMs }, async () => {
  holdModel();
  await open(dog);
  const gl = kiosk.stage.canvas.getContext('webgl2') as WebGL2RenderingContext;
  const breaker = gl.getExtension('WEBGL_lose_context');
  breaker?.loseContext();
  await expect.poll(() => kiosk.stage.state.value, patience).toBe('none');
  breaker?.restoreContext();
  await expect.poll(() => kiosk.stage.state.value, patience).toBe('ready');
  expect(views).toHaveLength(2);
  for (const view of views) expect(view).toBeGreaterThan(100);
});

test('[M4] a canvas that comes back into the page comes with its picture; a stage opened anew shows what was asked for meanwhile', { timeout: slowMs }, async () => {
  holdModel().letGo();
  await open(dog);
  const { stage } = kiosk;
  await expect.poll(() => stage.figures()?.draws ?? 0, patience).toBeGreaterThan(dogDraws);
  await rest();
  render(null, root);
  render(<App kiosk={kiosk} link={link} />, root);
  expect(brightest(stage.canvas)).toBeGreaterThan(100);

  kiosk.go({ kind: 'hill' });
  await expect.poll(() => stage.figures()?.draws ?? dogDraws, patience).toBeLessThan(dogDraws);
  let letGo = (): void => undefined;
  let isAsked = false;
  const gate = new Promise<void>((done) => {
    letGo = done;
  });
  window.fetch = async (...ask) => {
    if (String(ask[0]).includes('hill-portrait')) {
      isAsked = true;
      await gate;
    }
    return fetched(...ask);
  };
  version = 'v2';
  await kiosk.refresh();
  await expect.poll(() => isAsked, patience).toBe(true);
  // the stage before is gone, the next one is not here
  kiosk.go({ kind: 'project', trail: 'area:government', project: 'dog', via: 'list' });
  kiosk.resized();
  letGo();
  await expect.poll(() => stage.figures()?.draws ?? 0, patience).toBeGreaterThan(dogDraws);
});

/**
 * The stage over a long time, in a real browser: opening project after project, and half a day of attract, visits and resets with lost
 * graphics contexts, on a clock that is moved. Nothing is left behind, on the graphics card or in memory, and the screen is never blank.
 * Short here; `STAGE_OPENINGS=1000 STAGE_HOURS=12` for the whole of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserPath, chromiumFlags } from '../browser.ts';
import { buildPage, contentJson, type PageServer, servePage } from './page-server.ts';
import type { StageWindow } from './stage-page.ts';

const openings = Number(process.env['STAGE_OPENINGS'] ?? 10);
const hours = Number(process.env['STAGE_HOURS'] ?? 0.1);
/** one visit in so long, and a lost context in every so many */
const visitMinutes = 2;
const lossEvery = 2;
/** by then each model of these visits has been seen in a walk and on the podium */
const warmLosses = 2;
/** drawn in software, beside everything else that a machine does */
const openingMsMax = 6_000;
const hourMsMax = 600_000;
/** what a garbage collector may leave, whatever was done */
const heapSlackBytes = 3_000_000;
/** far less than one scene's */
const bufferSlackBytes = 300_000;

const root = path.resolve(import.meta.dirname, '../..');
const size = { width: 120, height: 214 };
const folder = mkdtempSync(path.join(tmpdir(), 'harbourlight-long-'));
let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  await buildPage(root, 'test/stage/stage-page.ts', folder);
  server = await servePage(root, folder, await contentJson(root, 'smart-hong-kong-pavilion'));
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
});
afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `buffers`: bytes of array buffers, which lie outside the heap */
type Counted = { made: { [kind: string]: number }; heap: number; buffers: number };
type CountingWindow = StageWindow & { gpuMade: { [kind: string]: number } };

/** Before the page: counts every object of the graphics card that is made and not deleted. A lost context takes all of its own. */
const countObjects = (): void => {
  const made: { [kind: string]: number } = {};
  (window as unknown as CountingWindow).gpuMade = made;
  const proto = WebGL2RenderingContext.prototype as unknown as { [name: string]: (...args: unknown[]) => unknown };
  for (const kind of ['Buffer', 'Texture', 'VertexArray', 'Program', 'Shader', 'Framebuffer', 'Renderbuffer', 'Query']) {
    const [create, remove] = [proto[`create${kind}`], proto[`delete${kind}`]];
    if (!create || !remove) throw new Error(`no ${kind}`);
    made[kind] = 0;
    proto[`create${kind}`] = function (...args) {
      made[kind] = (made[kind] ?? 0) + 1;
      return create.apply(this, args);
    };
    proto[`delete${kind}`] = function (this: WebGL2RenderingContext, ...args) {
      if (args[0] && !this.isContextLost()) made[kind] = (made[kind] ?? 0) - 1;
      return remove.apply(this, args);
    };
  }
  window.addEventListener(
    'webglcontextlost',
    () => {
      for (const kind of Object.keys(made)) made[kind] = 0;
    },
    { capture: true },
  );
};

/** What is there now, once nothing is drawn any more and all garbage is gone. A size that changed takes away both scenes' mirrors, of which the one in view is made anew, whether or not the quality had taken one away before. */
const counted = async (page: Page): Promise<Counted> => {
  const made = await page.evaluate(async ({ width, height }) => {
    const w = window as unknown as CountingWindow;
    w.held.stage.resize(width, height * 2, 1);
    w.held.stage.resize(width, height, 1);
    await w.held.rest();
    return { ...w.gpuMade };
  }, size);
  const inspector = await page.context().newCDPSession(page);
  await inspector.send('HeapProfiler.collectGarbage');
  await inspector.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = (await inspector.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize: number };
  await inspector.detach();
  return { made, heap: usedSize, buffers: backingStorageSize };
};

const open = async (clock: boolean): Promise<{ page: Page; errors: string[] }> => {
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(120_000);
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => m.type() === 'error' && !/favicon|404/.test(m.text()) && errors.push(m.text()));
  await page.addInitScript(countObjects);
  if (clock) await page.clock.install();
  await page.goto(server.origin);
  await page.waitForFunction('window.openStage');
  await page.evaluate(async ({ width, height }) => void (await (window as unknown as StageWindow).openStage(width, height)), size);
  return { page, errors };
};

/** Opens so many projects, one after the other from the `from`th on, each until it was drawn; then back to the hill. `calm`: of those with models, and stays until what is fetched ahead has come: nothing else is left on the shelf. */
const openMany = (page: Page, from: number, count: number, calm = false): Promise<number> =>
  page.evaluate(
    async ([first, n, stays]) => {
      const { held } = window as unknown as StageWindow;
      const of = stays ? held.modelled : held.projects;
      let models = 0;
      for (let k = first; k < first + n; k++) {
        const { framesDrawn } = held.stage.figures();
        held.stage.show({ kind: 'project', project: of[k % of.length] as string });
        while (held.status() === 'loading' || held.stage.figures().framesDrawn === framesDrawn) await new Promise((resolve) => setTimeout(resolve, 5));
        if (held.status() === 'shown') models++;
        if (stays) await held.rest();
      }
      held.stage.show({ kind: 'hill' });
      return models;
    },
    [from, count, calm] as const,
  );

test(`[M4] ${openings} openings of all projects: heap and objects on the graphics card are back where they were`, { timeout: 600_000 + openings * openingMsMax }, async () => {
  const { page, errors } = await open(false);
  // the shelf is full and every program made before anything is compared; the same models are on it each time, however fast they came
  const last = 6;
  await openMany(page, 0, Math.min(openings, 60));
  expect(await openMany(page, 0, last, true)).toBeGreaterThan(0);
  const base = await counted(page);
  const models = await openMany(page, 0, openings);
  await openMany(page, 0, last, true);
  const end = await counted(page);
  process.stdout.write(`${openings} openings, ${models} of models: ${JSON.stringify(end.made)}, heap ${base.heap} to ${end.heap}, buffers ${base.buffers} to ${end.buffers}\n`);
  expect(models).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  expect(base.made['Buffer']).toBeGreaterThan(10);
  expect(end.made).toEqual(base.made);
  expect(end.heap - base.heap).toBeLessThan(heapSlackBytes);
  expect(end.buffers - base.buffers).toBeLessThan(bufferSlackBytes);
  await page.close();
});

/** How many different colours the screen shows: a blank one has a single one. */
const colours = async (page: Page): Promise<number> => {
  await page.evaluate(() => (window as unknown as StageWindow).held.rest());
  const { data } = PNG.sync.read(await page.screenshot());
  const seen = new Set<number>();
  for (let k = 0; k < data.length; k += 4) seen.add(((data[k] as number) << 16) | ((data[k + 1] as number) << 8) | (data[k + 2] as number));
  return seen.size;
};

const visit = (page: Page, n: number): Promise<void> =>
  page.evaluate(async (k) => {
    const { held } = window as unknown as StageWindow;
    const { stage, projects } = held;
    const at = (step: number): string => projects[(k * 3 + step) % projects.length] as string;
    const drawn = async (): Promise<void> => {
      const { framesDrawn } = stage.figures();
      while (held.status() === 'loading' || stage.figures().framesDrawn === framesDrawn) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    stage.lights((k * 7) % stage.windows);
    for (const view of [{ kind: 'hill' }, { kind: 'walk', project: at(0) }, { kind: 'project', project: at(0) }] as const) {
      stage.show(view);
      await drawn();
      stage.turn(1);
    }
    stage.theme(k % 2 === 0 ? 'day' : 'night');
    stage.reset();
    stage.show({ kind: 'attract' });
    await drawn();
  }, n);

/** Takes the graphics context away and gives it back. */
const lose = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    const { held } = window as unknown as StageWindow;
    const breaker = held.gl.getExtension('WEBGL_lose_context');
    const { lost, restored } = held;
    const until = async (done: () => boolean): Promise<void> => {
      while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    breaker?.loseContext();
    await until(() => held.lost > lost);
    breaker?.restoreContext();
    await until(() => held.restored > restored && held.stage.figures().ready);
  });
};

test(`[M4] ${hours} hours of attract, visits and resets with lost contexts: nothing grows, and the screen is never blank`, { timeout: 600_000 + hours * hourMsMax }, async () => {
  const { page, errors } = await open(true);
  const visits = Math.max((warmLosses + 1) * lossEvery, Math.round((hours * 60) / visitMinutes));
  let base: Counted | null = null;
  let leastColours = Number.POSITIVE_INFINITY;
  let losses = 0;
  for (let n = 0; n < visits; n++) {
    await page.clock.fastForward(visitMinutes * 60_000);
    await visit(page, n % lossEvery);
    if (n % lossEvery !== lossEvery - 1) continue;
    await lose(page);
    losses++;
    // the same visit after every loss, so that the same things are there
    await visit(page, 0);
    leastColours = Math.min(leastColours, await colours(page));
    if (losses === warmLosses) base = await counted(page);
  }
  const end = await counted(page);
  process.stdout.write(
    `${visits} visits, ${losses} lost contexts: ${JSON.stringify(end.made)}, heap ${base?.heap} to ${end.heap}, buffers ${base?.buffers} to ${end.buffers}, at least ${leastColours} colours\n`,
  );
  expect(losses).toBeGreaterThan(warmLosses);
  expect(await page.evaluate(() => (window as unknown as StageWindow).held.faults)).toEqual([]);
  expect(errors.filter((e) => !/context lost/i.test(e))).toEqual([]);
  expect(leastColours).toBeGreaterThan(200);
  expect(end.made).toEqual(base?.made);
  expect(end.heap - (base?.heap ?? 0)).toBeLessThan(heapSlackBytes);
  expect(base?.buffers).toBeGreaterThan(0);
  expect(end.buffers - (base?.buffers ?? 0)).toBeLessThan(bufferSlackBytes);
  await page.close();
});

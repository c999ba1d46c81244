/**
 * One model's file to its first picture in a real browser with software graphics, from the start of the page: ours beside bare three, and
 * beside model-viewer, with the same file.
 */
import { copyFile, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, chromium } from 'playwright';
import type { ModelEntry } from '../../shared/model.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { buildPage, type PageServer, servePage } from '../stage/page-server.ts';
import { atMost, type Figure, type Setting } from './figure.ts';
import { median } from './measure.ts';
import type { FirstFrame } from './model-page.ts';

const id = 'mapping-robot-dog';
type Way = 'ours' | 'bare' | 'viewer';

/** Builds and serves a way's page: ours as the kiosks get it; the peers with all that they have. */
const serve = async (root: string, folder: string, way: Way): Promise<PageServer> => {
  const out = path.join(folder, way);
  if (way === 'ours') await buildPage(root, 'test/bench/model-page.ts', out);
  else await buildPage(root, way === 'bare' ? 'test/bench/model-page.ts' : 'test/bench/viewer-page.ts', out, []);
  if (way === 'viewer') {
    const require = createRequire(import.meta.url);
    await copyFile(require.resolve('@google/model-viewer'), path.join(out, 'model-viewer.min.js'));
    await copyFile(path.join(path.dirname(require.resolve('meshoptimizer')), 'meshopt_decoder.cjs'), path.join(out, 'meshopt_decoder.js'));
  }
  return servePage(root, out, '{}');
};

/** From the start of a page in a context of its own, in which nothing is kept from before, ms. */
const once = async (browser: Browser, origin: string, way: Way, entry: ModelEntry): Promise<number> => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(origin);
    await page.waitForFunction('window.firstFrame');
    const { sinceStartMs, draws } = await page.evaluate(([w, e, u]) => (window as unknown as { firstFrame: FirstFrame }).firstFrame(w as 'ours', e as ModelEntry, u as string), [
      way,
      entry,
      `/content/models/${id}.glb`,
    ] as const);
    if (draws === 0) throw new Error(`${way} drew nothing`);
    return sinceStartMs;
  } finally {
    await context.close();
  }
};

/** Medians of rounds in which the ways take turns, the first one changing. */
const medians = async (ways: readonly [Way, Way], rounds: number, { folder, root }: Setting): Promise<[number, number]> => {
  const { models } = JSON.parse(await readFile(path.join(root, 'content/models/models.json'), 'utf8')) as { models: ModelEntry[] };
  const entry = models.find((m) => m.id === id);
  if (!entry) throw new Error(`no model ${id}`);
  const servers = new Map<Way, PageServer>();
  for (const way of ways) servers.set(way, await serve(root, folder, way));
  const browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
  const took = new Map<Way, number[]>(ways.map((way) => [way, []]));
  try {
    for (let round = 0; round < rounds; round++)
      for (const way of round % 2 === 0 ? ways : [...ways].reverse()) took.get(way)?.push(await once(browser, servers.get(way)?.origin ?? '', way, entry));
  } finally {
    await browser.close();
    for (const server of servers.values()) server.close();
  }
  return [median(took.get(ways[0]) ?? []), median(took.get(ways[1]) ?? [])];
};

export const model: Figure = async (setting) => {
  const [ours, peer] = await medians(['ours', 'bare'], setting.quick ? 5 : 11, setting);
  return [atMost({ name: 'one model, first picture', ours, peer, beside: 'bare three, the same file', unit: 'ms' }, 1.1)];
};

export const viewer: Figure = async (setting) => {
  const [ours, peer] = await medians(['ours', 'viewer'], setting.quick ? 3 : 7, setting);
  return [atMost({ name: 'one model, first picture', ours, peer, beside: 'model-viewer, the same file', unit: 'ms' }, 0.35)];
};

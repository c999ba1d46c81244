/** One model's file to its first picture in a real browser with software graphics, from the start of the page, beside bare three with the same file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';
import type { ModelEntry } from '../../shared/model.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { buildPage, servePage } from '../stage/page-server.ts';
import { atMost, type Figure } from './figure.ts';
import { median } from './measure.ts';
import type { FirstFrame } from './model-page.ts';

const id = 'mapping-robot-dog';
const ways = ['ours', 'bare'] as const;

export const model: Figure = async ({ quick, folder, root }) => {
  const { models } = JSON.parse(await readFile(path.join(root, 'content/models/models.json'), 'utf8')) as { models: ModelEntry[] };
  const entry = models.find((m) => m.id === id);
  if (!entry) throw new Error(`no model ${id}`);
  // ours as the kiosks get it; the peer with all of three
  await buildPage(root, 'test/bench/model-page.ts', path.join(folder, 'ours'));
  await buildPage(root, 'test/bench/model-page.ts', path.join(folder, 'bare'), []);
  const servers = { ours: await servePage(root, path.join(folder, 'ours'), '{}'), bare: await servePage(root, path.join(folder, 'bare'), '{}') };
  const browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
  const took = { ours: [] as number[], bare: [] as number[] };
  try {
    for (let round = 0; round < (quick ? 5 : 11); round++)
      for (const way of ways) {
        // a context of its own: nothing is kept from the round before
        const page = await (await browser.newContext()).newPage();
        await page.goto(servers[way].origin);
        await page.waitForFunction('window.firstFrame');
        const { sinceStartMs, draws } = await page.evaluate(([w, e, u]) => (window as unknown as { firstFrame: FirstFrame }).firstFrame(w, e, u), [
          way,
          entry,
          `/content/models/${id}.glb`,
        ] as const);
        if (draws === 0) throw new Error(`${way} drew nothing`);
        took[way].push(sinceStartMs);
        await page.context().close();
      }
  } finally {
    await browser.close();
    for (const way of ways) servers[way].close();
  }
  return [atMost({ name: 'one model, first picture', ours: median(took.ours), peer: median(took.bare), beside: 'bare three, the same file', unit: 'ms' }, 1.1)];
};

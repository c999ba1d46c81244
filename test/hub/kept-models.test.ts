/** The built pages in a real browser: every model is kept on the device, and a visitor sees one after a restart with the hub away. */
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageRoutes } from '../../server/routes/pages.ts';
import type { Content } from '../../shared/pack.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const name = 'Robot mapping dog';
const patience = { timeout: 100_000, interval: 200 };

let h: SmallHub;
let browser: Browser;
beforeAll(async () => {
  h = await smallHub({ pages: await pageRoutes(built) });
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
});
afterAll(async () => {
  await browser.close();
  await h.close();
});

/** What the page itself says; read in strings, since this is no code of a page. */
const keptModels = (page: Page): Promise<string[]> =>
  page.evaluate("(async () => (await (await caches.open('models')).keys()).map((r) => r.url.slice(location.origin.length)).sort())()");

test('[M3] a kiosk keeps every model, and shows one after a restart with the hub away', async () => {
  const content: Content = (await h.ask('GET', `/api/v1/showcases/${showcase}/content`)).body;
  const urls = [...new Set(content.projects.flatMap(({ model }) => (model ? [model.url, ...(model.still ? [model.still] : [])] : [])))].sort();
  const context = await browser.newContext({ viewport: { width: 432, height: 768 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${h.origin}/#pair=${h.hub.first?.pairSecret}`);
  // what no content names any more goes
  await page.evaluate("caches.open('models').then((c) => c.put('/content/models/old.glb?v=0', new Response('old')))");
  await page.reload();
  await expect.poll(() => keptModels(page), patience).toEqual(urls);

  await context.setOffline(true);
  await page.reload();
  await page.locator('.start[lang="en"]').click();
  await page.locator('.to-list').click();
  await page.locator('.list-rows li button', { hasText: name }).first().click();
  await page.locator('.parts-open').click();
  await page.locator('.parts-list .part').first().waitFor({ timeout: patience.timeout });
  expect(await page.locator('.parts-list .part').count()).toBe(content.projects.find((p) => p.name.en === name)?.model?.hotspots.length);
}, 240_000);

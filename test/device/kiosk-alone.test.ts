/** A kiosk that was loaded once needs no hub: the page, its words, fonts, hill and projects come from the device. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Content } from '../../shared/pack.ts';
import { type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { untilGood } from '../waiting.ts';
import { built, builtFiles, changingPages } from './built-pages.ts';
import { Device, keptPages, reload } from './kiosk-browser.ts';

const device = new Device({ picture: true });
let h: SmallHub;
let page: Page;
let isClosed = false;

beforeAll(async () => {
  h = await smallHub({ pages: (await changingPages(built)).app });
  page = await device.open(`${h.origin}/#pair=${h.hub.first?.pairSecret}`);
}, 180_000);
afterAll(async () => {
  await device.remove();
  if (!isClosed) await h.close();
}, 180_000);

test('[J2] loaded once, then the hub goes for good: every screen is there in three languages, with its fonts and the hill, and nothing is fetched elsewhere', async () => {
  expect(await keptPages(page, builtFiles)).toBe(builtFiles);
  // the lists' pictures are kept before the models
  const content: Content = (await h.ask('GET', `/api/v1/showcases/${showcase}/content`)).body;
  const stills = new Set(content.projects.flatMap(({ model }) => model?.still ?? [])).size;
  const keptStills = "caches.open('models').then((c) => c.keys()).then((all) => all.filter((r) => /\\.webp/.test(r.url)).length)";
  expect(
    await untilGood(
      () => page.evaluate<number>(keptStills),
      (n) => n === stills,
    ),
  ).toBe(stills);
  await h.close();
  isClosed = true;
  const elsewhere: string[] = [];
  const drawn: string[] = [];
  page.on('response', (answer) => {
    const at = new URL(answer.url());
    if (at.protocol === 'blob:') return;
    (answer.fromServiceWorker() ? drawn : elsewhere).push(at.pathname);
  });
  const refused: string[] = [];
  page.on('requestfailed', (request) => refused.push(new URL(request.url()).pathname));
  await reload(page);
  for (const lang of ['zh-HK', 'zh-CN', 'en']) {
    await page.locator(`.start[lang="${lang}"]`).click();
    await page.locator('.hill').waitFor();
    await page.locator('.to-list').click();
    await page.locator('.list-rows li button').first().click();
    await page.locator('.project').first().waitFor();
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    const fonts: string[] = await page.evaluate("[...document.fonts].filter((f) => f.status === 'error').map((f) => f.family)");
    expect(fonts).toEqual([]);
    await page.locator('.bar .bar-button').nth(2).click();
    await page.locator('.start').first().waitFor();
  }
  expect(elsewhere).toEqual([]);
  // content and sockets are asked for, and missed by nobody
  expect(refused.filter((at) => !at.startsWith('/api/'))).toEqual([]);
  expect(drawn.some((at) => /\/hill-\w+-.*\.bin$/.test(at))).toBe(true);
  expect(drawn.some((at) => at.endsWith('.woff2'))).toBe(true);
  expect(await page.evaluate('document.querySelectorAll("canvas").length')).toBeGreaterThan(0);
}, 240_000);

/** A kiosk whose address allows no service worker, and whose hub goes away right after the first picture: every screen is there all the same. */
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserPath, chromiumFlags } from '../browser.ts';
import { type SmallHub, smallHub } from '../hub/small-hub.ts';
import { untilGood } from '../waiting.ts';
import { built, changingPages } from './built-pages.ts';
import { openKiosk } from './kiosk-browser.ts';

let browser: Browser;
let h: SmallHub;

beforeAll(async () => {
  h = await smallHub({ pages: (await changingPages(built)).app });
  // without 3D: then the drawings are the first picture
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags, '--disable-3d-apis'] });
}, 180_000);
afterAll(() => browser.close());

test('[J2] the screens beyond hill and walk are fetched by themselves before the resting screen first turns; with the hub gone a visitor gets to them', async () => {
  const context = await browser.newContext({ viewport: { width: 432, height: 768 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('requestfinished', (request) => asked.push(new URL(request.url()).pathname));
  const isHere = (name: string): boolean => asked.some((at) => at.startsWith(`/assets/${name}-`));
  await openKiosk(page, `${h.origin}/#pair=${h.hub.first?.pairSecret}`);
  expect(await untilGood(async () => isHere('later'), Boolean)).toBe(true);
  // what the first turn brings is not here yet
  expect(isHere('attract-scenes')).toBe(false);
  await h.close();
  await page.locator('.start').first().click();
  await page.locator('.hill').waitFor();
  await page.locator('.to-list').click();
  await page.locator('main.list').waitFor();
  await page.locator('main.list button').first().waitFor();
  await context.close();
}, 180_000);

/**
 * Recorded sentences in a real browser without any voice of its own, on the built pages: what the media element itself says of each
 * (it plays, with a length, to its end), its caption, its loudness, and the same with the hub away.
 */
import { rmSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageRoutes } from '../../server/routes/pages.ts';
import type { Content } from '../../shared/pack.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { recordedPack } from '../hub/recordings.ts';
import { type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { built } from './built-pages.ts';

const patience = { timeout: 100_000, interval: 50 };
let h: SmallHub;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let folder: string;
let urls: string[];
let texts: string[];

/** Written before the page's own scripts: every media element that is played tells what happens to it. Strings, since this is no code of a page. */
const spy = `(() => {
  window.heard = [];
  const { play } = HTMLMediaElement.prototype;
  const known = new WeakSet();
  HTMLMediaElement.prototype.play = function () {
    if (!known.has(this)) {
      known.add(this);
      for (const type of ['playing', 'ended', 'emptied'])
        this.addEventListener(type, () => {
          const { pathname, search } = new URL(this.currentSrc);
          window.heard.push({ type, url: pathname + search, seconds: this.duration, volume: this.volume, caption: document.querySelector('.caption')?.textContent ?? null });
        });
    }
    return play.call(this);
  };
})()`;
type Heard = { type: string; url: string; seconds: number | null; volume: number; caption: string | null };
const heard = (): Promise<Heard[]> => page.evaluate('window.heard');
const of = async (type: string): Promise<Heard[]> => (await heard()).filter((e) => e.type === type);

/** From the resting screen to the project, read aloud. */
const listen = async (): Promise<void> => {
  await page.locator('.start[lang="en"]').click();
  await page.locator('.bar [aria-haspopup="dialog"]').click();
  await page.locator('.sheet .toggle', { hasText: 'Read aloud' }).click();
  await page.locator('.sheet .primary').click();
  await page.locator('.to-list').click();
  await page.locator('.list-rows li button').first().click();
};

beforeAll(async () => {
  ({ folder } = recordedPack('選擇語言，即可開始'));
  h = await smallHub({ pages: await pageRoutes(built), content: folder });
  const content: Content = (await h.ask('GET', `/api/v1/showcases/${showcase}/content`)).body;
  urls = content.audio?.map((a) => a.url) ?? [];
  texts = content.audio?.map((a) => a.text) ?? [];
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags, '--disable-3d-apis'] });
  context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.addInitScript(spy);
  await page.goto(`${h.origin}/#pair=${h.hub.first?.pairSecret}`);
});
afterAll(async () => {
  await browser.close();
  await h.close();
  rmSync(folder, { recursive: true, force: true });
});

test('[U11][M3] recordings are kept on the device; where it has no voice they are played to their end, with their captions; loudness is back at the reset', async () => {
  const kept = () => page.evaluate("(async () => (await (await caches.open('models')).keys()).map((r) => r.url.slice(location.origin.length)).sort())()");
  await expect.poll(kept, patience).toEqual([...urls].sort());
  expect(await page.evaluate('speechSynthesis.getVoices().length')).toBe(0);
  await listen();
  await expect.poll(() => of('ended').then((e) => e.map((x) => x.url)), patience).toEqual([urls[1], urls[2]]);
  const playing = await of('playing');
  expect(playing.map((e) => [e.url, e.volume, e.caption])).toEqual([
    [urls[1], 0.75, texts[1]],
    [urls[2], 0.75, texts[2]],
  ]);
  for (const { seconds } of playing) expect(seconds).toBeCloseTo(0.6, 1);

  // louder, read anew; broken off by the reset, after which nothing of it is left
  await page.keyboard.press('F8');
  await page.keyboard.press('F8');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await of('playing')).at(-1)?.volume, patience).toBe(1);
  await page.locator('.bar-button', { hasText: 'Start over' }).click();
  await page.locator('.start[lang="en"]').waitFor();
  expect(await page.locator('.caption').count()).toBe(0);
  await page.evaluate('void (window.heard = [])');
  await listen();
  await expect.poll(() => of('playing').then((e) => e[0]?.volume), patience).toBe(0.75);
}, 240_000);

test('[U11] they are heard after a restart with the hub away', async () => {
  await context.setOffline(true);
  await page.reload();
  await listen();
  await expect.poll(() => of('ended').then((e) => e.map((x) => x.url)), patience).toEqual([urls[1], urls[2]]);
}, 240_000);

/** The pages that a kiosk keeps: none that is damaged is shown, an update is whole or not there, and a running page keeps its own. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { untilGood } from '../waiting.ts';
import { built, builtFiles, changingPages, makeVersion, removeVersion } from './built-pages.ts';
import { Device, keptPages, reload, visits } from './kiosk-browser.ts';

const versions = ['second', 'fourth'].map(makeVersion);
const device = new Device();
let pages: Awaited<ReturnType<typeof changingPages>>;
let h: SmallHub;
let page: Page;

beforeAll(async () => {
  pages = await changingPages(built);
  h = await smallHub({ pages: pages.app });
  page = await device.open(`${h.origin}/#pair=${h.hub.first?.pairSecret}`);
  expect(await keptPages(page, builtFiles)).toBe(builtFiles);
}, 180_000);
afterAll(async () => {
  await device.remove();
  await h.close();
  for (const at of versions) removeVersion(at);
}, 180_000);

/** Whether both builds have this very file: the second need not fetch it. */
const isInBoth = (at: string): boolean => {
  const [first, second] = [built, versions[0] ?? ''].map((folder) => path.join(folder, at));
  return existsSync(first as string) && existsSync(second as string) && readFileSync(first as string).equals(readFileSync(second as string));
};
const buildShown = (): Promise<string> => page.evaluate("document.documentElement.dataset.build ?? 'first'");
/** Flips a bit of every kept file that `pattern` fits; answers their paths. */
const spoilKept = (pattern: string): Promise<string[]> =>
  page.evaluate(`(async () => {
    const spoiled = [];
    for (const name of (await caches.keys()).filter((n) => n.startsWith('pages-'))) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const path = new URL(request.url).pathname;
        if (!new RegExp(${JSON.stringify(pattern)}).test(path)) continue;
        const kept = await cache.match(request);
        const bytes = new Uint8Array(await kept.arrayBuffer());
        bytes[bytes.length >> 1] ^= 1;
        await cache.put(request, new Response(bytes, { headers: kept.headers }));
        spoiled.push(path);
      }
    }
    return spoiled;
  })()`);
/** What the page is given for \`path\`: the hash of its bytes, or why not. */
const given = (path: string, init = '{}'): Promise<string> =>
  page.evaluate(
    `fetch(${JSON.stringify(path)}, ${init}).then(async (r) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', await r.arrayBuffer()))].join()).catch((e) => String(e))`,
  );
const sessions = async (): Promise<number> => (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body.today.sessions;

test('[F55] a kept file that went bad is never given out: it is fetched again, from the browser where the hub is away, and is not shown where neither has it', async () => {
  const [style = ''] = await spoilKept('/assets/kiosk-.*css$');
  const right = await given(style);
  pages.spoil(() => 'away');
  expect(await given(style)).toBe(right); // mended above, and kept

  // damaged with the hub away: the browser's own copy is as good
  expect(await spoilKept('/assets/kiosk-.*css$')).toEqual([style]);
  expect(await given(style)).toBe(right);

  // and without that: refused, never the damaged bytes
  expect(await spoilKept('/assets/kiosk-.*css$')).toEqual([style]);
  const devtools = await device.context.newCDPSession(page);
  await devtools.send('Network.clearBrowserCache');
  expect(await given(style)).toContain('Failed to fetch');

  // what the hub sends damaged is not kept either
  pages.spoil(() => 'damaged');
  expect(await given(style)).toContain('Failed to fetch');

  // the page itself: a sign that asks again by itself until the hub gives it
  await spoilKept('index.html$');
  await devtools.send('Network.clearBrowserCache');
  pages.spoil(() => 'away');
  await page.reload();
  expect(await page.locator('h1').textContent()).toBe('萬家燈火');
  expect(await page.locator('.start').count()).toBe(0);
  pages.spoil(() => null);
  await page.locator('.start').first().waitFor();
  expect(await given(style)).toBe(right);
}, 180_000);

test('[F54] an update of the pages that breaks off or arrives damaged leaves the old ones whole; then it takes only what changed, and shows when nobody is there', async () => {
  await pages.become(versions[0] ?? '');
  const ask = (): Promise<unknown> => page.evaluate('navigator.serviceWorker.ready.then((r) => r.update()).then(() => undefined)');
  for (const how of ['cut short', 'damaged'] as const) {
    pages.spoil((at) => (/kiosk-second/.test(at) ? how : null));
    await ask();
    await untilGood(async () => pages.asked.some((at) => /kiosk-second/.test(at)), Boolean);
    pages.spoil(() => 'away');
    await reload(page);
    expect(await buildShown()).toBe('first');
    await visits(page, 1);
  }
  const before = await sessions();
  pages.spoil(() => null);
  // a visitor is there: the page stays
  await page.locator('.start').first().click();
  await page.locator('.hill').waitFor();
  await ask();
  await untilGood(
    () => page.evaluate<boolean>("caches.open('pages-second').then((c) => c.match('/kept-whole')).then(Boolean)"),
    (whole) => whole,
  );
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await buildShown()).toBe('first');
  // a part of the page before that was not loaded yet is still to be had
  const parts: string[] = await page.evaluate(
    "caches.keys().then((names) => Promise.all(names.filter((n) => n.startsWith('pages-')).map(async (n) => (await (await caches.open(n)).keys()).map((r) => new URL(r.url).pathname)))).then((all) => all.flat())",
  );
  for (const part of parts.filter((p) => /\/assets\/(kiosk|maintenance)-.*js$/.test(p))) expect(await given(part)).not.toContain('Failed');
  expect(pages.asked.filter((at) => at.endsWith('.woff2'))).toEqual([]);
  expect(pages.asked.filter((at) => at.startsWith('/assets/') && isInBoth(at))).toEqual([]);
  await page.locator('.bar .bar-button').nth(2).click();
  await untilGood(buildShown.bind(null), (shown) => shown === 'second').catch(() => undefined);
  expect(await buildShown()).toBe('second');
  await page.locator('.start').first().waitFor();
  expect(await untilGood(sessions, (n) => n === before + 1)).toBe(before + 1);
}, 240_000);

test('[F56] a kiosk with the pages of two builds before goes on against a newer hub, sends what it kept, and comes to the newest by itself', async () => {
  await device.kill();
  await pages.become(versions[1] ?? '');
  pages.spoil((at) => (at === '/sw.js' ? 'away' : null));
  page = await device.open(h.origin);
  expect(await buildShown()).toBe('second');
  const before = await sessions();
  await visits(page, 2);
  expect(await untilGood(sessions, (n) => n === before + 2)).toBe(before + 2);
  pages.spoil(() => null);
  await reload(page);
  await untilGood(
    () => buildShown().catch(() => ''),
    (shown) => shown === 'fourth',
  );
  expect(await buildShown()).toBe('fourth');
  const names: string[] = await page.evaluate("caches.keys().then((names) => names.filter((n) => n.startsWith('pages-')))");
  expect(names).toEqual(['pages-second', 'pages-fourth']);
}, 180_000);

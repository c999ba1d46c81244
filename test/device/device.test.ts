/** The kiosk on a real device: a browser that is reloaded, killed, copied and starved, a hub that goes and comes. Nothing lost, nothing twice. */

import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import jsQR from 'jsqr';
import type { BrowserContext, Page } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinFrames, readOutbox } from '../../shared/outbox-file.ts';
import { copyProfile, DeviceHub, folder, keptPages, killBrowser, openBrowser, openKiosk, pageWaitMsMax, until, visits } from './kiosk-browser.ts';

const hub = new DeviceHub();
const profile = folder();
const profiles = [profile];
const open: BrowserContext[] = [];
const browse = async (at: string): Promise<BrowserContext> => {
  const context = await openBrowser(at);
  open.push(context);
  return context;
};
let context: BrowserContext;
let page: Page;
let counted = 0;

beforeAll(async () => {
  await hub.start();
  context = await browse(profile);
  page = context.pages()[0] ?? (await context.newPage());
  await openKiosk(page, `${hub.origin}/#pair=${hub.pairSecret}`);
}, 150_000);
afterAll(async () => {
  for (const c of open) await c.close().catch(() => undefined); // killed ones are closed already
  await hub.close();
  for (const at of profiles) await rm(at, { recursive: true, force: true });
}, 150_000);

const openMaintenance = async (): Promise<void> => {
  const size = page.viewportSize() ?? { width: 1080, height: 1920 };
  await page.mouse.move(size.width - 10, size.height - 10);
  await page.mouse.down();
  await page.locator('.staff').waitFor({ timeout: pageWaitMsMax });
  await page.mouse.up();
  await page.getByRole('button', { name: '維護' }).click({ timeout: pageWaitMsMax });
  await page.locator('.maintenance-facts').waitFor({ timeout: pageWaitMsMax });
};

describe('a kiosk whose hub and browser go and come', () => {
  test('[F26] [F27] counts ten of ten: hub up, hub down, reload, the browser killed, hub back', async () => {
    await visits(page, 5);
    expect(await hub.sessions(5)).toBe(5);
    expect(await keptPages(page)).toBeGreaterThan(20);
    await hub.kill();
    await visits(page, 3);
    await page.reload({ timeout: pageWaitMsMax });
    await page.locator('.start').first().waitFor({ timeout: pageWaitMsMax });
    await visits(page, 2);
    for (const lang of ['zh-HK', 'zh-CN', 'en']) {
      await page.locator(`.start[lang="${lang}"]`).click({ timeout: pageWaitMsMax });
      await page.locator('.hill').waitFor({ timeout: pageWaitMsMax });
      expect(await page.evaluate(() => document.querySelector('canvas')?.width ?? 0)).toBeGreaterThan(0);
      await page.keyboard.press('Escape');
      await page.locator('.start').first().waitFor({ timeout: pageWaitMsMax });
    }
    await killBrowser(context, profile);
    context = await browse(profile);
    page = context.pages()[0] ?? (await context.newPage());
    await openKiosk(page, hub.origin);
    await openMaintenance();
    expect(await page.locator('.maintenance').textContent()).toContain('未送出的記錄');
    await hub.start();
    counted = 13;
    expect(await hub.sessions(counted)).toBe(counted);
    await page.reload({ timeout: pageWaitMsMax });
    await page.locator('.start').first().waitFor({ timeout: pageWaitMsMax });
  }, 240_000);

  test('[F33] [F34] a copied profile: both count, each visit once', async () => {
    await hub.kill();
    await visits(page, 2);
    const copy = await copyProfile(profile);
    profiles.push(copy);
    const twin = await browse(copy);
    const twinPage = twin.pages()[0] ?? (await twin.newPage());
    await openKiosk(twinPage, hub.origin);
    await visits(twinPage, 2);
    await visits(page, 1);
    await hub.start();
    counted += 5;
    expect(await hub.sessions(counted)).toBe(counted);
    await visits(twinPage, 1);
    await visits(page, 1);
    counted += 2;
    expect(await hub.sessions(counted)).toBe(counted);
    await twin.close();
  }, 240_000);
});

describe('several tabs', () => {
  for (const [name, stub] of [
    ['[F31]', false],
    ['[F32] without Web Locks', true],
  ] as const)
    test(`${name}: the leader dies, the other leads, nothing twice`, async () => {
      const other = await context.newPage();
      if (stub) {
        await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true }));
        await page.reload({ timeout: pageWaitMsMax });
        await page.locator('.start').first().waitFor({ timeout: pageWaitMsMax });
      }
      await openKiosk(other, hub.origin);
      await page.close({ runBeforeUnload: false });
      page = other;
      await visits(page, 1);
      counted += 1;
      expect(await hub.sessions(counted)).toBe(counted);
    }, 150_000);
});

describe('storage in trouble', () => {
  test('[F30] deleted under the page: a new epoch, told, counting goes on; what waited is put back', async () => {
    await hub.kill();
    await visits(page, 1);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const asked = indexedDB.deleteDatabase('harbourlight');
          asked.onsuccess = () => resolve();
          asked.onerror = () => reject(asked.error);
        }),
    );
    await visits(page, 1);
    await hub.start();
    counted += 2;
    expect(await hub.sessions(counted)).toBe(counted);
    const told = await until(
      async () => (await hub.live()).kiosks.flatMap((k) => k.faults),
      (faults) => faults.includes('storage_wiped'),
      pageWaitMsMax,
    );
    expect(told).toContain('storage_wiped');
  }, 150_000);

  test('[F29] over its quota: held in memory, told, stored when there is room again', async () => {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: hub.origin, quotaSize: 1 });
    await visits(page, 2);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: hub.origin });
    counted += 2;
    expect(await hub.sessions(counted)).toBe(counted);
  }, 150_000);

  test('[F55] a file that went bad in the cache is fetched again', async () => {
    await page.reload({ timeout: pageWaitMsMax });
    await page.locator('.start').first().waitFor({ timeout: pageWaitMsMax });
    expect(await keptPages(page)).toBeGreaterThan(20);
    const broken = await page.evaluate(async () => {
      const name = (await caches.keys()).find((n) => n.startsWith('pages-')) ?? '';
      const cache = await caches.open(name);
      const request = (await cache.keys()).find((r) => /\/assets\/kiosk-.*\.css$/.test(r.url));
      if (!request) return '';
      const kept = await cache.match(request);
      const bytes = new Uint8Array((await kept?.arrayBuffer()) ?? new ArrayBuffer(1));
      bytes[10] = (bytes[10] ?? 0) ^ 255;
      await cache.put(request, new Response(bytes, { headers: kept?.headers ?? {} }));
      return request.url;
    });
    expect(broken).not.toBe('');
    const [plain, given] = [
      new Uint8Array(await (await fetch(broken)).arrayBuffer()),
      await page.evaluate(async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())], broken),
    ];
    expect(given.length).toBe(plain.length);
    expect(given[10]).toBe(plain[10]);
  }, 150_000);
});

describe('records carried by hand', () => {
  test('as a file and as QR codes that another decoder reads; nothing is removed', async () => {
    await hub.kill();
    await visits(page, 6);
    await openMaintenance();
    const saving = page.waitForEvent('download', { timeout: pageWaitMsMax });
    await page.getByRole('button', { name: '存成檔案' }).click({ timeout: pageWaitMsMax });
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/^harbourlight-outbox_[\w-]+_\d{8}T\d{6}Z\.ndjson\.gz$/);
    const read = readOutbox(gunzipSync(readFileSync(await file.path())).toString('utf8'));
    if ('fault' in read) throw new Error(read.fault);
    const waiting = read.events.length;
    expect(read.events.filter((e) => (e as { kind: string }).kind === 'session.started')).toHaveLength(6);
    await page.getByRole('button', { name: '顯示二維碼' }).click({ timeout: pageWaitMsMax });
    const seen = new Set<string>();
    const code = page.locator('.carry-code');
    await code.waitFor({ timeout: pageWaitMsMax });
    const width = (await code.boundingBox())?.width ?? 0;
    expect(width / 2.02).toBeGreaterThanOrEqual(120);
    const of = Number(/共 (\d+) 個/.exec((await page.locator('.carry-count').textContent()) ?? '')?.[1] ?? 0);
    await page
      .getByRole('button', { name: '暫停' })
      .click({ timeout: 2_000 })
      .catch(() => undefined); // a single code does not play
    for (let i = 0; i < of; i++) {
      const shot = PNG.sync.read(await page.screenshot());
      seen.add(jsQR(new Uint8ClampedArray(shot.data), shot.width, shot.height)?.data ?? '');
      await page.getByRole('button', { name: '下一個' }).click({ timeout: pageWaitMsMax });
    }
    const joined = joinFrames([...seen].join('\n'));
    if (!('pieces' in joined)) throw new Error(JSON.stringify(joined));
    const carried = readOutbox(gunzipSync(Buffer.concat(joined.pieces.map((p) => Buffer.from(p, 'base64url')))).toString('utf8'));
    expect('events' in carried && carried.events).toEqual(read.events);
    await hub.start();
    counted += 6;
    expect(await hub.sessions(counted)).toBe(counted);
    expect(waiting).toBeGreaterThanOrEqual(12);
  }, 240_000);
});

/**
 * The main job, end to end in a real browser on the built pages: a newcomer opens the printed link, touches, opens three projects in two
 * languages, shows a code that an independent decoder reads from a screenshot, follows it, and finds the visit live and in the CSV.
 */
import path from 'node:path';
import jsQR from 'jsqr';
import { type Browser, chromium, type Page } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageRoutes } from '../../server/routes/pages.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { untilGood, waitMsMax } from '../waiting.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const publicOrigin = 'https://go.example.hk';
/** longer than a project is looked at until it is a view, and than a code is shown */
const [viewMs, shownMs] = [3_600, 2_600];

let h: SmallHub;
let browser: Browser;
beforeAll(async () => {
  h = await smallHub({ publicOrigin, pages: await pageRoutes(built) });
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await h.close();
});

const decode = async (page: Page): Promise<string | undefined> => {
  const shot = PNG.sync.read(await page.screenshot());
  return jsQR(new Uint8ClampedArray(shot.data), shot.width, shot.height)?.data;
};
const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();
const live = async () => (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body;

describe('a visitor’s journey', () => {
  for (const [orientation, viewport] of [
    // the shapes of the kiosks at fewer pixels, which are drawn in software here
    // the one that nobody counts comes first: nothing else is recorded meanwhile
    ['landscape', { width: 1152, height: 648 }],
    ['portrait', { width: 648, height: 1152 }],
  ] as const)
    test(`[J1] from the touch to the code, and from the printed link to the organiser’s CSV, ${orientation}`, async () => {
      const before = (await live()).today;
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
      context.setDefaultTimeout(waitMsMax);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      const paired = orientation === 'portrait';
      const pair = paired ? `#pair=${h.hub.first?.pairSecret}` : '';
      await page.goto(`${h.origin}/${pair}`);
      await page.getByText('繁體中文').first().waitFor();
      expect(page.url()).not.toContain('pair=');
      if (paired)
        expect(await untilGood(live, (l) => l.kiosks.some((k: { screen: string }) => k.screen === 'attract'))).toMatchObject({
          kiosks: [expect.objectContaining({ status: 'ok', screen: 'attract' })],
        });

      await button(page, /繁體中文/).click();
      await button(page, /智慧出行/).click();
      for (let n = 0; n < 3; n++) {
        if (n === 0) await button(page, /看這個項目/).click();
        else await button(page, n === 1 ? /下一個/ : /Next/).click();
        const views = before.projectViews + n + 1;
        if (paired)
          await untilGood(
            async () => (await live()).today.projectViews,
            (now) => now === views,
          );
        else await page.waitForTimeout(viewMs);
        if (n === 1) await button(page, /^EN$|English/).click();
      }
      await button(page, /Take it home/).click();
      const text = await untilGood(
        () => decode(page),
        (t) => t !== undefined,
      );
      expect(faults).toEqual([]);
      if (!paired) {
        await page.waitForTimeout(shownMs);
        // a screen that no hub counts for shows everything, records nothing, and its code carries the destination itself
        expect(text).toBe('https://www.smartcity.gov.hk/?lang=en');
        expect((await live()).today).toEqual(before);
        await context.close();
        return;
      }
      expect(text).toMatch(/^HTTPS:\/\/GO\.EXAMPLE\.HK\/Q\/[0-9A-HJKMNP-TV-Z]{6}-E$/);
      const scan = await h.ask('GET', (text as string).slice(publicOrigin.length), { headers: { 'user-agent': 'Mozilla/5.0 (iPhone)' } });
      expect([scan.status, scan.headers.get('location')]).toEqual([302, 'https://www.smartcity.gov.hk/?lang=en']);

      const wanted = { sessions: before.sessions + 1, projectViews: before.projectViews + 3, shown: before.shown + 1, scanned: (before.scanned ?? 0) + 1 };
      const seen = await untilGood(
        async () => (await live()).today,
        (t) => t.shown === wanted.shown && t.projectViews === wanted.projectViews,
      );
      expect(seen).toMatchObject(wanted);
      expect(faults).toEqual([]);
      const csv = (await h.ask('GET', `/api/v1/showcases/${showcase}/attendance?by=day&format=csv`, { cookie: await h.cookie('organiser') })).text;
      const [head, row] = csv
        .replace(/^\ufeff/, '')
        .split('\r\n')
        .map((line) => line.split(','));
      expect(Object.fromEntries((head ?? []).map((c, i) => [c, row?.[i]]))).toMatchObject({ sessions: '1', projectViews: '3', shown: '1', scanned: '1' });
    }, 300_000);
});

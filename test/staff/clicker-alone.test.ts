/** The clicker without a line, in a real browser on the built pages: reloaded while the hub is away it still counts, and everything counts once. */
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { languageKey } from '../../kiosk/ui/language.ts';
import { deskWords } from '../../kiosk/words/desk.ts';
import { floorWords } from '../../kiosk/words/floor.ts';
import { staffWords } from '../../kiosk/words/staff.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { type BadLine, openProxy } from '../processes/tcp-proxy.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const lang = 'zh-HK';
const [w, d, f] = [staffWords(lang), deskWords(lang), floorWords(lang)];
/** not a secure address: no service worker */
const plainHost = 'hub.test';

let h: SmallHub;
let line: BadLine;
let browser: Browser;
beforeAll(async () => {
  h = await smallHub({ pages: await pageRoutes(built) });
  line = await openProxy(Number(new URL(h.origin).port));
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags, `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await line.close();
  await h.close();
});

const phone = async (origin: string): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await context.addInitScript(([key, value]) => window.localStorage.setItem(key as string, value as string), [languageKey, lang]);
  const [name = '', value = ''] = (await h.cookie('staff')).split('=');
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  await page.goto(`${origin}/staff/#clicker`);
  return { context, page };
};
/** Every connection breaks. */
const away = (): void => {
  line.line.cutAfterBytes = 0;
  line.cutAll();
};
const back = (): void => {
  Object.assign(line.line, { cutAfterBytes: null, silent: false });
  line.cutAll();
};
const seen = (page: Page, text: string) => page.getByText(text).first().waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).tap();
const entries = async (): Promise<number> => (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body.today.entries;

test('[L17] the line breaks, the page is reloaded and closed, five are counted: once the line is back they count once', async () => {
  const { context, page } = await phone(line.origin);
  await seen(page, f.clicker.opensAlone.yes);
  await press(page, `${w.doors.in} 1`);
  await seen(page, f.clicker.waiting('0'));
  expect(await entries()).toBe(1);

  away();
  await page.reload();
  await seen(page, f.clicker.offline);
  await press(page, `${w.doors.in} 1`);
  await press(page, `${w.doors.in} 5`);
  await press(page, f.clicker.undo(`${w.doors.in} +5`));
  for (let n = 2; n <= 4; n++) await press(page, `${w.doors.in} 1`);
  await seen(page, f.clicker.waiting('6'));
  await page.close();

  // opened again on a line that takes everything and answers nothing: what waits is there, and the last of it may still be taken back
  line.line.silent = true;
  const again = await context.newPage();
  await again.goto(`${line.origin}/staff/#clicker`);
  await seen(again, f.clicker.waiting('6'));
  await again.getByRole('button', { name: f.clicker.undo(`${w.doors.in} +1`), exact: true }).waitFor();
  await press(again, `${w.doors.in} 1`);
  await seen(again, f.clicker.waiting('7'));
  expect(await entries()).toBe(1);

  back();
  await seen(again, f.clicker.waiting('0'));
  expect(await entries()).toBe(6);
  await again.reload();
  await seen(again, f.clicker.online);
  await seen(again, f.clicker.waiting('0'));
  expect(await entries()).toBe(6);
  await context.close();
}, 120_000);

test('[L17] signed out with counts that wait: the form says so, and they count after the sign-in; an address that is no HTTPS says what it lacks', async () => {
  const before = await entries();
  const { context, page } = await phone(line.origin.replace('127.0.0.1', plainHost));
  await seen(page, f.clicker.opensAlone.no);
  await seen(page, f.clicker.online);
  away();
  await seen(page, f.clicker.offline);
  await press(page, `${w.doors.in} 5`);
  await seen(page, f.clicker.waiting('1'));
  expect((await h.ask('DELETE', '/api/v1/session', { cookie: await h.cookie('staff') })).status).toBe(204);
  back();
  await seen(page, f.clicker.heldFor('1'));
  expect(await entries()).toBe(before);
  await page.getByLabel(d.session.name, { exact: true }).fill('the-staff');
  await page.getByLabel(d.session.passphrase, { exact: true }).fill('correct horse battery staple');
  await press(page, d.session.enter);
  await seen(page, f.clicker.waiting('0'));
  expect(await entries()).toBe(before + 5);
  await context.close();
}, 120_000);

/** The page of the content packs, in a real browser on the built pages, on a phone and by keys: sent, refused in words, looked at, shown, and taken back. */
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { languageKey } from '../../kiosk/ui/language.ts';
import { deskWords } from '../../kiosk/words/desk.ts';
import { packsWords } from '../../kiosk/words/packs.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { type SmallHub, smallHub } from '../hub/small-hub.ts';
import { firstName, makerZip } from './maker-zip.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const maxBytes = 32 * 1_048_576;

let h: SmallHub;
let browser: Browser;
beforeAll(async () => {
  h = await smallHub({ pages: await pageRoutes(built) });
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await h.close();
});

const choose = (page: Page, buffer: Buffer) => page.locator('input[type=file]').setInputFiles({ name: 'maker.zip', mimeType: 'application/zip', buffer });
const open = async (lang: Lang, role: 'admin' | 'supervisor' = 'admin'): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await context.addInitScript(([key, value]) => window.localStorage.setItem(key as string, value as string), [languageKey, lang]);
  const [name = '', value = ''] = (await h.cookie(role)).split('=');
  await context.addCookies([{ name, value, url: h.origin }]);
  const page = await context.newPage();
  await page.goto(`${h.origin}/staff/#packs`);
  return page;
};
/** Presses a button as a keyboard does. */
const press = async (page: Page, name: string | RegExp): Promise<void> => {
  const button = page.getByRole('button', { name, exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
};
const shownName = async (): Promise<string> => (await h.ask('GET', '/api/v1/showcases')).body.showcases.find((s: { id: string }) => s.id === 'maker-in-china').name.en;

test('[N4] an administrator sends a pack: what changes is seen before it is shown, and the earlier one is a press away', async () => {
  const lang = 'zh-HK';
  const [p, d] = [packsWords(lang), deskWords(lang)];
  const before = await shownName();
  const page = await open(lang);
  await press(page, p.send);
  await page.getByText(p.needFile).waitFor();
  await choose(page, makerZip());
  await press(page, p.send);
  const dialog = page.getByRole('dialog');
  await dialog.getByText(p.added).waitFor();
  for (const text of ['孿生項目', firstName(lang), p.headOf['name'] as string]) await dialog.getByText(text).first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  // looked at and left: nothing changed
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await shownName()).toBe(before);

  await press(page, new RegExp(`^${p.look}：`));
  await dialog.getByText(p.added).waitFor();
  await press(page, p.show);
  await dialog.waitFor({ state: 'detached' });
  await page.locator('tr', { hasText: '創客中國' }).filter({ hasText: p.installed }).getByText(p.kept).waitFor();
  expect(await shownName()).toBe('Maker, second edition');

  // and back
  const { body: listed } = await h.ask('GET', '/api/v1/packs', { cookie: await h.cookie() });
  expect(listed.packs.filter((v: { showcase: string }) => v.showcase === 'maker-in-china').map((v: { active: boolean }) => v.active)).toEqual([false, true]);
  await press(page, new RegExp(`^${p.look}：`));
  await dialog.getByText(p.dropped).waitFor();
  await dialog.getByText('孿生項目').waitFor();
  await press(page, p.show);
  await dialog.waitFor({ state: 'detached' });
  expect(await shownName()).toBe(before);
  await page.getByRole('button', { name: d.session.leave }).waitFor();
  await page.context().close();
}, 120_000);

test('[N4] what is wrong is told by its code in each language, and nothing changes; who may not send sees no page of packs', async () => {
  const before = await shownName();
  const versions = (await h.ask('GET', '/api/v1/packs', { cookie: await h.cookie() })).body.packs.length;
  for (const lang of LANGS) {
    const p = packsWords(lang);
    const page = await open(lang);
    await choose(page, Buffer.from('no zip at all'));
    await press(page, p.send);
    await page.locator('[data-code=no_zip]').getByText(p.fault.no_zip).waitFor();
    await choose(
      page,
      makerZip((head) => {
        head.zones = [];
      }),
    );
    await press(page, p.send);
    const fault = page.locator('[data-code=too_small]');
    await fault.getByText(p.fault.too_small).waitFor();
    expect(await fault.locator('code').allTextContents()).toEqual(['pack.json/zones', 'too_small']);
    await page.context().close();
  }
  const page = await open('en');
  const p = packsWords('en');
  await page.locator('input[type=file]').waitFor();
  await page.evaluate(`(() => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([new ArrayBuffer(${maxBytes + 1})], 'large.zip'));
    document.querySelector('input[type=file]').files = chosen.files;
  })()`);
  await press(page, p.send);
  await page.getByText(p.tooLarge).waitFor();
  await page.context().close();
  expect([await shownName(), (await h.ask('GET', '/api/v1/packs', { cookie: await h.cookie() })).body.packs.length]).toEqual([before, versions]);

  const other = await open('en', 'supervisor');
  await other.getByRole('navigation').waitFor();
  expect(await other.getByRole('link', { name: p.tab, exact: true }).count()).toBe(0);
  expect(await other.locator('.packs').count()).toBe(0);
  await other.context().close();
}, 120_000);

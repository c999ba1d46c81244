/**
 * axe finds nothing on the staff's and the organisers' pages: each view and dialog, the sign-in and the printed report, in each language,
 * on a phone and on a wide screen. In a real browser, on the built pages and their strict policy.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportPath } from '../../kiosk/organiser/downloads.ts';
import { languageKey } from '../../kiosk/ui/language.ts';
import { organiserWords } from '../../kiosk/words/organiser.ts';
import { packsWords } from '../../kiosk/words/packs.ts';
import { staffWords } from '../../kiosk/words/staff.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { minute, type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { makerZip } from './maker-zip.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const waitMs = 30_000;
const shapes = [
  [390, 844],
  [1920, 1080],
] as const;
const smallScreens = [
  [1152, 648],
  [1280, 720],
  [1366, 768],
] as const;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const views = ['live', 'clicker', 'doors', 'devices', 'packs', 'log', 'wall'] as const;

let h: SmallHub;
let browser: Browser;
let source: string;
beforeAll(async () => {
  h = await smallHub({ atMs: Date.parse('2026-11-25T14:30:10+08:00'), pages: await pageRoutes(built) });
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
  source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const cookie = await h.cookie();
  const [{ token }, counter] = [await h.device('kiosk'), await h.device('counter')];
  const nowMs = h.hub.parts.clock.nowMs();
  await h.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(nowMs, 30, 20, 3), minute(nowMs, 9, 31, 14)] } });
  await h.ask('PUT', `/api/v1/showcases/${showcase}/days`, { body: { days: [{ day: '2026-11-25', opens: '10:00', closes: '18:00' }] }, cookie });
  await h.ask('PUT', `/api/v1/showcases/${showcase}/capacity`, { body: { people: 100 }, cookie });
  await h.ask('POST', `/api/v1/showcases/${showcase}/heads`, { body: { people: 96 }, cookie });
  const kiosk = await h.kiosk(token);
  await kiosk.emitWithAck('hello', { epoch: 'epoch-axe-00001', last: null, nowMs });
  const event = { id: 'id-axe-0000000001', atMs: nowMs, kind: 'project.opened', session: 'session-axe-0001', project: 'project-1', via: 'hill' };
  await kiosk.emitWithAck('record', { epoch: 'epoch-axe-00001', events: [{ seq: 1, ...event }] });
  await fetch(`${h.origin}/api/v1/packs`, { method: 'POST', body: new Uint8Array(makerZip()), headers: { 'content-type': 'application/zip', cookie } });
  await h.hub.look();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await h.close();
});

const violations = async (page: Page, what: string): Promise<string[]> => {
  await page.evaluate(`window.axe ?? (() => { ${source} })()`);
  const found = (await page.evaluate(async (tags) => {
    const { axe: here } = window as unknown as { axe: typeof axe };
    return (await here.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations;
  }, rules)) as axe.Result[];
  return found.flatMap((v) => v.nodes.map((n) => `${what}: ${v.id} ${n.html.slice(0, 140)}`));
};

const open = async (lang: Lang, [width, height]: (typeof shapes)[number], cookie: string | null): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  await context.addInitScript(([key, value]) => window.localStorage.setItem(key as string, value as string), [languageKey, lang]);
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie) await context.addCookies([{ name, value, url: h.origin }]);
  return context;
};

describe('[U10] axe on the pages of those who work here', { timeout: 180_000 }, () => {
  test('finds what is planted', async () => {
    const context = await open('en', shapes[0], null);
    const page = await context.newPage();
    await page.goto(`${h.origin}/staff/`);
    await page.locator('form').waitFor({ timeout: waitMs });
    await page.evaluate(() => document.querySelector('form')?.append(document.createElement('button')));
    expect((await violations(page, 'planted')).join()).toContain('button-name');
    await context.close();
  });

  test.each(LANGS)('no zone or door is cut off on the wall of a small screen, in %s', async (lang) => {
    const context = await open(lang, shapes[1], await h.cookie());
    const page = await context.newPage();
    const found: string[] = [];
    for (const view of ['live', 'wall']) {
      await page.goto(`${h.origin}/staff/#${view}`);
      await page.locator('.zn li').first().waitFor({ timeout: waitMs });
      await page.locator('.dr').first().waitFor({ timeout: waitMs });
      for (const [width, height] of smallScreens) {
        await page.setViewportSize({ width, height });
        const cut = await page.evaluate(async () => {
          await document.fonts.ready;
          const all = [...document.querySelectorAll('.zn li > span:first-child, .dr .nm, html.tv .col.b')];
          return all.filter((e) => e.scrollWidth > e.clientWidth + 1 || (e.matches('.col') && e.scrollHeight > e.clientHeight + 1)).map((e) => e.textContent.slice(0, 60));
        });
        found.push(...cut.map((text) => `${view} ${width}: ${text}`));
      }
    }
    await context.close();
    expect(found).toEqual([]);
  });

  test.each(LANGS.flatMap((lang) => shapes.map((shape) => [lang, shape] as const)))('finds nothing in %s on %j', async (lang, shape) => {
    const [w, o] = [staffWords(lang), organiserWords(lang)];
    const found: string[] = [];
    const out = await open(lang, shape, null);
    const context = await open(lang, shape, await h.cookie());
    for (const at of ['staff', 'organiser']) {
      const page = await out.newPage();
      await page.goto(`${h.origin}/${at}/`);
      await page.locator('form').waitFor({ timeout: waitMs });
      found.push(...(await violations(page, `${at} sign-in`)));
    }
    await out.close();

    const staff = await context.newPage();
    for (const view of views) {
      await staff.goto(`${h.origin}/staff/#${view}`);
      await staff.locator('main').first().waitFor({ timeout: waitMs });
      // its lists come by themselves
      await staff.waitForLoadState('networkidle');
      found.push(...(await violations(staff, `staff ${view}`)));
    }
    await staff.goto(`${h.origin}/staff/#packs`);
    await staff.locator('input[type=file]').setInputFiles({ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('none') });
    await staff.locator('button[type=submit]').click();
    await staff.locator('.pack-faults').waitFor({ timeout: waitMs });
    found.push(...(await violations(staff, 'staff pack refused')));
    await staff.getByRole('button', { name: new RegExp(`^${packsWords(lang).lookOf('')}`) }).click();
    await staff.locator('.pack-changes').first().waitFor({ timeout: waitMs });
    found.push(...(await violations(staff, 'staff pack dialog')));
    await staff.keyboard.press('Escape');
    await staff.goto(`${h.origin}/staff/#doors`);
    await staff
      .getByRole('button', { name: new RegExp(`^${w.doors.correct}`) })
      .first()
      .click({ timeout: waitMs });
    found.push(...(await violations(staff, 'staff correction')));
    await staff.close();

    const organiser = await context.newPage();
    await organiser.goto(`${h.origin}/organiser/`);
    const edit = organiser.getByRole('button', { name: o.days.edit, exact: true });
    await edit.waitFor({ timeout: waitMs });
    await organiser.waitForLoadState('networkidle');
    found.push(...(await violations(organiser, 'organiser')));
    for (const name of [o.days.edit, o.exports.open]) {
      await organiser.getByRole('button', { name, exact: true }).click();
      await organiser.getByRole('dialog').waitFor({ timeout: waitMs });
      found.push(...(await violations(organiser, `organiser ${name}`)));
      await organiser.keyboard.press('Escape');
      await organiser.getByRole('dialog').waitFor({ state: 'detached', timeout: waitMs });
    }
    await organiser.goto(h.origin + reportPath(showcase, lang));
    found.push(...(await violations(organiser, 'report')));
    await context.close();
    expect(found).toEqual([]);
  });
});

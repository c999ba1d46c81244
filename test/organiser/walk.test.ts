/**
 * An organiser's afternoon in a real browser on the built pages, in each language: the line to publish, days and tables, a preview, an export
 * that is stopped, one that is saved and opened, earlier shows, the visitors' vote, and another showcase.
 */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languageKey } from '../../kiosk/ui/language.ts';
import { deskWords } from '../../kiosk/words/desk.ts';
import { grouped } from '../../kiosk/words/numbers.ts';
import { organiserWords } from '../../kiosk/words/organiser.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { GROUPINGS } from '../../shared/attendance.ts';
import { CODE_NAMES, TABLE_NAMES } from '../../shared/report/column-names.ts';
import { LANGS, type Text } from '../../shared/words.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { readBook } from '../exports/reading.ts';
import { richDays, richEntries } from '../exports/rich-show.ts';
import { type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const waitMs = 60_000;
const firstDay = '2026-11-20';
const days = richDays(firstDay);
const at = `/api/v1/showcases/${showcase}`;

let h: SmallHub;
let browser: Browser;
beforeAll(async () => {
  const projects = Array.from({ length: 20 }, (_, i) => `project-${i + 1}`);
  const names = { showcase, gates: ['door-a', 'door-b'], inner: 'inner-east', zones: ['living', 'mobility'], projects, firstDay } as const;
  const journal = new MemoryJournal();
  await journal.append(richEntries(names, 17).filter((e) => e.kind !== 'document.saved'));
  h = await smallHub({ journal, atMs: Date.parse('2026-11-25T09:00:00+08:00'), pages: await pageRoutes(built) });
  for (const day of days) await h.ask('POST', `${at}/days/${day}/close`, { cookie: await h.cookie() });
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await h.close();
});

const visitsOf = async (query = ''): Promise<number> => (await h.ask('GET', `${at}/attendance?by=day${query}`, { cookie: await h.cookie() })).body.totals.visits;
const earlierShows = ['maker-in-china', 'innovation-hong-kong'].flatMap(
  (pack) =>
    (
      JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../../content/${pack}/pack.json`), 'utf8')) as {
        earlier: { name: Text; visits: number; source: { title: Text } }[];
      }
    ).earlier,
);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const seen = (page: Page, text: string) => page.getByText(text).first().waitFor({ timeout: waitMs });

describe('an organiser', () => {
  test.each(LANGS)(
    '[X14] in %s: publishes, chooses days and tables, compares days, previews, stops an export, saves one, opens and closes the vote, and looks at earlier shows and another showcase',
    async (lang) => {
      const w = organiserWords(lang);
      const t = w.exports;
      const context = await browser.newContext({ viewport: { width: 1_920, height: 1_080 }, reducedMotion: 'reduce' });
      await context.addInitScript(([key, value]) => window.localStorage.setItem(key as string, value as string), [languageKey, lang]);
      const [name = '', value = ''] = (await h.cookie('organiser')).split('=');
      await context.addCookies([{ name, value, url: h.origin }]);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${h.origin}/organiser/`);

      const [all, one] = [await visitsOf(), await visitsOf(`&from=${days[1]}&to=${days[1]}`)];
      await seen(page, grouped(all));
      await seen(page, w.earlier.about('11\u00a0000'));
      expect(await page.getByText(w.earlier.notYet).count()).toBe(0);
      // an approximate figure allows no more than a share to the nearest five percent, and its source stands beside it
      for (const { name, visits, source } of earlierShows) {
        const share = Math.round(Math.abs((all - visits) / visits) * 20) * 5;
        const shown = page.locator('.earlier').filter({ hasText: name[lang] });
        await shown.getByText((all > visits ? w.earlier.more : w.earlier.fewer)(`${share}%`), { exact: true }).waitFor({ timeout: waitMs });
        await shown.locator('.source').getByText(source.title[lang]).waitFor({ timeout: waitMs });
      }
      for (const label of [w.range.from, w.range.to]) await page.getByLabel(label, { exact: true }).fill(days[1] as string);
      await button(page, w.range.apply).click();
      await page.locator('tfoot').getByText(grouped(one), { exact: true }).first().waitFor({ timeout: waitMs });
      await button(page, w.range.all).click();
      await page.locator('tfoot').getByText(grouped(all), { exact: true }).first().waitFor({ timeout: waitMs });
      for (const by of GROUPINGS) {
        await page.locator('.groupings').getByRole('button', { name: w.by[by], exact: true }).click();
        await page
          .getByRole('heading', { name: new RegExp(`^${w.by[by]}`) })
          .first()
          .waitFor({ timeout: waitMs });
      }

      // any days beside any others, here two beside one
      await button(page, w.compare.open).click();
      const dialog = page.getByRole('dialog');
      const dates = (title: string) => dialog.getByRole('group', { name: title, exact: true });
      for (const [title, from, to] of [
        [w.compare.these, days[0], days[1]],
        [w.compare.other, days[2], days[0]],
      ] as const) {
        await dates(title)
          .getByLabel(w.range.from, { exact: true })
          .fill(from as string);
        await dates(title)
          .getByLabel(w.range.to, { exact: true })
          .fill(to as string);
      }
      await button(page, w.compare.go).click();
      await dialog.getByText(w.range.wrong).waitFor({ timeout: waitMs });
      await dates(w.compare.other)
        .getByLabel(w.range.to, { exact: true })
        .fill(days[2] as string);
      await button(page, w.compare.go).click();
      const [two, third] = [await visitsOf(`&from=${days[0]}&to=${days[1]}`), await visitsOf(`&from=${days[2]}&to=${days[2]}`)];
      const side = dialog.getByRole('table', { name: w.compare.title }).getByRole('row', { name: w.columns.visits });
      await side.waitFor({ timeout: waitMs });
      const cells = await side.getByRole('cell').allTextContents();
      expect([cells[0], cells[2]]).toEqual([grouped(two), grouped(third)]);
      expect(await dialog.getByRole('row').count()).toBe(7);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached', timeout: waitMs });

      await button(page, t.open).click();
      for (const key of ['hour', 'series', 'corrections'] as const) {
        await dialog.getByRole('button', { name: t.seeTable(TABLE_NAMES[key][lang]), exact: true }).click();
        await dialog.getByRole('table', { name: TABLE_NAMES[key][lang] }).waitFor({ timeout: waitMs });
      }
      const told = (await h.ask('GET', `${at}/attendance?format=json&tables=corrections&rows=12`, { cookie: await h.cookie() })).body.tables.corrections;
      expect([told.rows.length, told.rowCount > 100]).toEqual([12, true]);
      await dialog.getByText(t.first('12', grouped(told.rowCount))).waitFor({ timeout: waitMs });
      expect(await dialog.locator('tbody tr').count()).toBe(12);
      // of one day nothing stands beside another, and only the earlier shows are left to compare with
      for (const label of [w.range.from, w.range.to]) await dialog.getByLabel(label, { exact: true }).fill(days[1] as string);
      await dialog.getByRole('button', { name: t.seeTable(TABLE_NAMES.comparison[lang]), exact: true }).click();
      const compared = dialog.getByRole('table', { name: TABLE_NAMES.comparison[lang] });
      for (const { name, visits, source } of earlierShows) {
        const row = compared.locator('tbody tr').filter({ hasText: name[lang] });
        for (const text of [grouped(one), grouped(visits), CODE_NAMES['approx']?.[lang] as string, `${-Math.round((1 - one / visits) * 20) * 5}%`])
          await row.getByText(text, { exact: true }).first().waitFor({ timeout: waitMs });
        await row.getByText(source.title[lang]).waitFor({ timeout: waitMs });
      }
      expect(await compared.locator('tbody tr').count()).toBe(earlierShows.length);
      await dialog.getByLabel(w.range.from, { exact: true }).fill(days[0] as string);
      await dialog.getByLabel(w.range.to, { exact: true }).fill(days.at(-1) as string);
      await dialog.getByLabel(TABLE_NAMES.kiosk[lang], { exact: true }).uncheck();

      // a hub that takes its time
      const held = '**/attendance?*format=xlsx*';
      await page.route(held, () => undefined);
      await button(page, t.make).click();
      await dialog.getByRole('progressbar').waitFor({ timeout: waitMs });
      await button(page, t.stop).click();
      await dialog.getByText(t.stopped).waitFor({ timeout: waitMs });
      await page.unroute(held);
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: waitMs }), button(page, t.make).click()]);
      await dialog.getByText(t.saved(download.suggestedFilename())).waitFor({ timeout: waitMs });
      const book = readBook(await readFile(await download.path()));
      expect([...book.keys()].includes(TABLE_NAMES.kiosk[lang])).toBe(false);
      expect(book.get(TABLE_NAMES.day[lang])?.rows.some((row) => row.some((c) => c.v === all))).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached', timeout: waitMs });

      const { vote } = deskWords(lang);
      const voteNow = async () => (await h.ask('GET', `${at}/vote`, { cookie: await h.cookie() })).body;
      await button(page, vote.close).click();
      await seen(page, vote.closeAsk);
      expect((await voteNow()).state).toBe('open');
      await button(page, vote.closeYes).click();
      await seen(page, vote.withheld);
      await button(page, vote.publish).click();
      await seen(page, vote.published);
      expect(await voteNow()).toMatchObject({ state: 'closed', published: true });
      await button(page, vote.withdraw).click();
      await seen(page, vote.withheld);
      await button(page, vote.setTimes).click();
      await seen(page, vote.needTime);
      await page.getByLabel(vote.opensAt, { exact: true }).fill('2026-11-25T10:30');
      await page.getByLabel(vote.closesAt, { exact: true }).fill('2026-11-25T17:00');
      await button(page, vote.setTimes).click();
      await seen(page, vote.state.waiting);
      const times = await voteNow();
      expect([times.state, Date.parse(times.opens), Date.parse(times.closes)]).toEqual([
        'waiting',
        Date.parse('2026-11-25T10:30:00+08:00'),
        Date.parse('2026-11-25T17:00:00+08:00'),
      ]);
      await button(page, vote.open).click();
      await page.getByText(vote.state.waiting).waitFor({ state: 'detached', timeout: waitMs });
      expect(await voteNow()).toMatchObject({ state: 'open', published: false });

      await page.locator('header select').selectOption('maker-in-china');
      await page
        .locator('footer')
        .getByText(/R-\d{4}/)
        .waitFor({ timeout: waitMs });
      await page.getByText(grouped(all), { exact: true }).first().waitFor({ state: 'detached', timeout: waitMs });
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      expect(faults).toEqual([]);
      await context.close();
    },
    180_000,
  );
});

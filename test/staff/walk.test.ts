/**
 * A steward's evening on a phone, in a real browser on the built pages, by roles and names as a screen reader has them: sign in, pair a
 * kiosk, take over a dead sensor's door, count without a line, give and withdraw an emergency, correct an hour, close the day.
 */
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskWords, shortDay } from '../../kiosk/words/desk.ts';
import { floorWords } from '../../kiosk/words/floor.ts';
import { staffWords } from '../../kiosk/words/staff.ts';
import { visitorWords } from '../../kiosk/words/visitor.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { minute, passphrase, type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { untilGood } from '../waiting.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const lang = 'zh-HK';
const [w, d, f] = [staffWords(lang), deskWords(lang), floorWords(lang)];
/** 30 mm of a phone: a CSS pixel is a 160th of an inch there */
const keyPx = (30 / 25.4) * 160;
const waitMs = 30_000;
const day = '2026-11-25';

let h: SmallHub;
let browser: Browser;
beforeAll(async () => {
  h = await smallHub({ atMs: Date.parse(`${day}T14:30:10+08:00`), pages: await pageRoutes(built) });
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await h.close();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const go = async (page: Page, tab: string): Promise<void> => {
  // the clicker is a page of its own on a phone: back first
  if (await page.locator('html.clicking').count()) await page.getByRole('link', { name: w.tab.live, exact: true }).first().click();
  await page.getByRole('link', { name: tab, exact: true }).first().click();
};
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: waitMs });
const today = async () => (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body.today;

describe('a member of staff with a phone', () => {
  test('[L10] signs in, pairs, takes over a door, counts, undoes, loses the line, corrects and closes', async () => {
    const counter = await h.device('counter');
    const tell = (agoMinutes: number, n: number) =>
      h.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(h.hub.parts.clock.nowMs(), agoMinutes, n, 1)] } });
    await tell(1, 20);
    await h.cookie('supervisor');
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));

    await page.goto(`${h.origin}/staff/`);
    await page.getByLabel(d.session.name, { exact: true }).fill('the-supervisor');
    await page.getByLabel(d.session.passphrase, { exact: true }).fill(passphrase);
    await button(page, d.session.enter).click();
    await page.getByRole('heading', { name: w.visits.title }).waitFor({ timeout: waitMs });

    await go(page, w.tab.devices);
    const started = (await h.ask('POST', '/api/v1/pairings')).body;
    await page.getByLabel(w.devices.code, { exact: true }).fill(started.userCode.toLowerCase());
    await button(page, w.devices.find).click();
    await seen(page, started.words[lang]);
    await page.getByLabel(w.devices.name, { exact: true }).first().fill('東門機站');
    await button(page, w.devices.approve).click();
    await seen(page, w.devices.approved('東門機站'));
    expect((await h.ask('GET', `/api/v1/pairings/${started.deviceCode}`)).body).toMatchObject({ showcase });

    h.moveMs(6 * 60_000);
    await h.hub.look();
    await go(page, w.tab.live);
    const silent = f.alerts.what['sensor.silent']('A 門', '');
    await seen(page, silent);
    await go(page, f.clicker.tab);
    await page.getByRole('link', { name: new RegExp(silent) }).waitFor({ timeout: waitMs });
    await seen(page, f.clicker.shadow);
    await button(page, f.alerts.byHand).click();
    await seen(page, f.clicker.counts);
    for (const way of [w.doors.in, w.doors.out]) {
      const box = await button(page, `${way} 1`).boundingBox();
      expect([(box?.height ?? 0) >= keyPx, (box?.width ?? 0) >= keyPx, (box?.y ?? 0) + (box?.height ?? 0) <= 844]).toEqual([true, true, true]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    const { visits } = await today();
    await button(page, `${w.doors.in} 1`).tap();
    await button(page, `${w.doors.in} 1`).tap();
    await button(page, `${w.doors.in} 5`).tap();
    expect(await untilGood(today, (t) => t.visits === visits + 7)).toMatchObject({ visits: visits + 7 });
    await button(page, f.clicker.undo(`${w.doors.in} +5`)).tap();
    expect(await untilGood(today, (t) => t.visits === visits + 2)).toMatchObject({ visits: visits + 2 });
    await h.hub.look();
    await page.getByRole('link', { name: new RegExp(silent) }).waitFor({ state: 'detached', timeout: waitMs });

    await context.setOffline(true);
    for (const session of await h.hub.parts.sessions.holding()) h.hub.parts.floor.cut({ session });
    await seen(page, f.clicker.offline);
    await button(page, `${w.doors.in} 1`).tap();
    await button(page, `${w.doors.out} 1`).tap();
    await seen(page, f.clicker.waiting('2'));
    expect((await today()).visits).toBe(visits + 2);
    await context.setOffline(false);
    await seen(page, f.clicker.waiting('0'));
    expect(await today()).toMatchObject({ visits: visits + 3 });

    await go(page, w.tab.doors);
    await button(page, `${w.doors.correct}: A 門`).click();
    await page.getByLabel(w.doors.plusIn, { exact: true }).fill('12');
    await page.getByLabel(w.doors.reason, { exact: true }).fill('點算員遲到');
    await button(page, w.doors.save).click();
    await seen(page, w.doors.saved);
    await button(page, d.close).click();
    expect(await untilGood(today, (t) => t.visits === visits + 15)).toMatchObject({ visits: visits + 15, corrections: 12 });

    await button(page, `${d.closeDay.button} ${shortDay(day, d)}`).click();
    await button(page, d.closeDay.waive).click();
    await seen(page, f.log.lines.closed(shortDay(day, d)));
    await h.hub.look();
    await go(page, w.tab.live);
    const drift = new RegExp(shortDay(day, d).replace(/[()（）]/g, '.'));
    await button(page, new RegExp(`^${f.alerts.seen}：.*${drift.source}`)).click();
    await page.getByLabel(f.alerts.noteNeeded, { exact: true }).fill('感應器壞了十分鐘');
    await button(page, f.alerts.save).click();
    await page.getByRole('button', { name: drift }).waitFor({ state: 'detached', timeout: waitMs });

    await go(page, f.log.tab);
    await seen(page, f.log.lines.authority('A 門', w.doors.clicker));
    await seen(page, /感應器壞了十分鐘/);
    expect(faults).toEqual([]);
    await context.close();
  }, 180_000);

  test('[L6][L10] holds for three seconds: the kiosk shows the way out, also after it was reloaded, until it is withdrawn', async () => {
    const screen = await (await browser.newContext({ viewport: { width: 540, height: 960 }, reducedMotion: 'reduce' })).newPage();
    await screen.goto(`${h.origin}/#pair=${h.hub.first?.pairSecret}`);
    const kiosks = async () => (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body.kiosks;
    const at = (name: string) => untilGood(kiosks, (all) => all.some((k: { screen: string; status: string }) => k.screen === name && k.status === 'ok'));
    await at('attract');
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const [name = '', value = ''] = (await h.cookie('supervisor')).split('=');
    await context.addCookies([{ name, value, url: h.origin }]);
    const page = await context.newPage();
    await page.goto(`${h.origin}/staff/#devices`);
    const hold = button(page, f.orders.give);
    await hold.waitFor({ timeout: waitMs });
    const out = visitorWords(lang).rest.emergency;
    // a touch is not enough
    await hold.click();
    await page.getByLabel(f.orders.text, { exact: true }).fill('請由東門離場');
    expect(await screen.getByText(out).count()).toBe(0);
    await hold.focus();
    await page.keyboard.down('Enter');
    await seen(page, /緊急廣播生效中/);
    await page.keyboard.up('Enter');
    await screen.getByText('請由東門離場').first().waitFor({ timeout: waitMs });
    await screen.reload();
    await screen.getByText('請由東門離場').first().waitFor({ timeout: waitMs });
    await at('emergency');
    await button(page, f.orders.withdraw).click();
    await button(page, f.orders.withdrawYes).click();
    await screen.getByText('請由東門離場').first().waitFor({ state: 'detached', timeout: waitMs });
    await at('attract');
    await context.close();
    await screen.context().close();
  }, 180_000);
});

/** Staff look at a kiosk from afar, in two real browsers on the built pages: the picture is what the glass shows, and it is kept nowhere. */
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floorWords } from '../../kiosk/words/floor.ts';
import { staffWords } from '../../kiosk/words/staff.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { pictureCharsMax } from '../../shared/command.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { type SmallHub, smallHub } from '../hub/small-hub.ts';

const built = path.resolve(import.meta.dirname, '../../dist/web');
const [w, f] = [staffWords('zh-HK'), floorWords('zh-HK')];
const waitMs = 60_000;

let h: SmallHub;
let browser: Browser;
beforeAll(async () => {
  h = await smallHub({ pages: await pageRoutes(built) });
  // a kiosk without 3D shows its drawings, and is fast beside other tests
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags, '--disable-3d-apis'] });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await h.close();
});

/** An image in few cells: red, green and blue of each, 0 to 255. */
const cellsOf = (page: Page, url: string): Promise<number[]> =>
  page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [27, 48];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, 27, 48);
    return [...context.getImageData(0, 0, 27, 48).data].filter((_, i) => i % 4 !== 3);
  }, url);
const apart = (a: readonly number[], b: readonly number[]): number => a.reduce((n, x, i) => n + Math.abs(x - (b[i] as number)), 0) / a.length;

test('[L14] the picture of a screen is what its glass shows, also in an emergency; what staff see there is left out; nothing keeps it', async () => {
  const kiosk = await (await browser.newContext({ viewport: { width: 432, height: 768 }, reducedMotion: 'reduce' })).newPage();
  await kiosk.goto(`${h.origin}/#pair=${h.hub.first?.pairSecret}`);
  await kiosk.locator('.start').first().waitFor({ timeout: waitMs });
  const staff = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const [name = '', value = ''] = (await h.cookie('staff')).split('=');
  await staff.addCookies([{ name, value, url: h.origin }]);
  const page = await staff.newPage();
  await page.goto(`${h.origin}/staff/#devices`);
  await page
    .getByRole('button', { name: /Kiosk 1/ })
    .first()
    .click({ timeout: waitMs });
  const shown = () => page.evaluate(() => document.querySelector('.screen-picture img')?.getAttribute('src') ?? null);
  const picture = async (): Promise<string> => {
    const before = await shown();
    await page.getByRole('button', { name: w.command.picture, exact: true }).click();
    await expect.poll(async () => (await shown()) !== before, { timeout: waitMs }).toBe(true);
    const src = (await shown()) ?? '';
    expect(src.length).toBeLessThanOrEqual(pictureCharsMax);
    return src;
  };
  const glass = async (): Promise<number[]> => cellsOf(kiosk, `data:image/png;base64,${(await kiosk.screenshot({ timeout: waitMs })).toString('base64')}`);

  // the scenes take turns meanwhile: picture and glass are of one scene sooner or later
  let attract: number[] = [];
  await expect
    .poll(
      async () => {
        attract = await cellsOf(page, await picture());
        return apart(attract, await glass());
      },
      { timeout: waitMs * 2 },
    )
    .toBeLessThan(16);
  const command = { kind: 'emergency', on: true, text: '請由東門離場' };
  await h.ask('POST', '/api/v1/showcases/smart-hong-kong-pavilion/broadcasts', { cookie: await h.cookie(), body: { command } });
  await kiosk.getByText(command.text).first().waitFor({ timeout: waitMs });
  const emergency = await cellsOf(page, await picture());
  expect(apart(emergency, await glass())).toBeLessThan(4);
  expect(apart(emergency, attract)).toBeGreaterThan(24);
  await kiosk.evaluate(() => {
    const dialog = document.createElement('div');
    dialog.className = 'staff';
    const code = document.createElement('b');
    code.textContent = 'BCDF-GHJK';
    code.style.cssText = 'position:fixed;inset:0;z-index:99;background:rgb(0,255,0)';
    dialog.append(code);
    document.body.append(dialog);
  });
  expect(apart(await cellsOf(page, await picture()), emergency)).toBeLessThan(4);
  expect(apart(await glass(), emergency)).toBeGreaterThan(50);

  await kiosk.context().close();
  await page.getByRole('button', { name: w.command.picture, exact: true }).click();
  await page.getByText(w.command.pictureNone).waitFor({ timeout: waitMs });
  for await (const { entries } of h.journal.read(0)) expect(JSON.stringify(entries)).not.toContain('image/jpeg');
  await page.goto(`${h.origin}/staff/#log`);
  await page
    .getByText(f.log.lines.command(w.command.picture, '1', '1'))
    .first()
    .waitFor({ timeout: waitMs });
  await staff.close();
}, 240_000);

test('[L14] a picture is for who may command a kiosk, and is no command to many', async () => {
  const { id } = await h.device('kiosk');
  expect((await h.ask('POST', `/api/v1/devices/${id}/picture`, { cookie: await h.cookie('organiser') })).status).toBe(403);
  expect((await h.ask('POST', `/api/v1/devices/nobody/picture`, { cookie: await h.cookie('staff') })).status).toBe(404);
  const all = await h.ask('POST', '/api/v1/showcases/smart-hong-kong-pavilion/broadcasts', { cookie: await h.cookie('staff'), body: { command: { kind: 'picture' } } });
  expect([all.status, all.body.code]).toEqual([400, 'validation_failed']);
  const { token, id: liar } = await h.device('kiosk');
  const socket = await h.kiosk(token);
  socket.on('command', (_: unknown, done: (answer: object) => void) => done({ ok: true, picture: 'data:text/html;base64,PHA+' }));
  expect((await h.ask('POST', `/api/v1/devices/${liar}/picture`, { cookie: await h.cookie('staff') })).body).toMatchObject({ picture: null });
}, 60_000);

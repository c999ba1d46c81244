/** The build leaves parts of three out: what is left draws every view to the last pixel as all of three does, and says nothing of a missing part. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StageView } from '../../kiosk/stage/stage.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { buildPage, contentJson, servePage } from './page-server.ts';
import type { StageWindow } from './stage-page.ts';

const root = path.resolve(import.meta.dirname, '../..');
const showcase = 'smart-hong-kong-pavilion';
const size = { width: 216, height: 384 };
const folder = mkdtempSync(path.join(tmpdir(), 'harbourlight-lean-'));
let browser: Browser;
let content: string;

beforeAll(async () => {
  content = await contentJson(root, showcase);
  browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const drawAll = async (page: Page): Promise<Map<string, PNG>> => {
  const pictures = new Map<string, PNG>();
  const shot = async (name: string): Promise<void> => {
    await page.evaluate(() => (window as unknown as StageWindow).held.rest());
    pictures.set(name, PNG.sync.read(await page.screenshot()));
  };
  const modelled = await page.evaluate(async ({ width, height }) => {
    const held = await (window as unknown as StageWindow).openStage(width, height);
    return held.modelled;
  }, size);
  const show = (view: StageView): Promise<void> => page.evaluate((v) => (window as unknown as StageWindow).held.stage.show(v), view);
  const showModel = async (project: string, kind: 'walk' | 'project' = 'project'): Promise<void> => {
    await show({ kind, project });
    await page.waitForFunction(() => (window as unknown as StageWindow).held.status() === 'shown');
  };
  const [first = '', second = ''] = modelled;
  await shot('hill');
  await showModel(first, 'walk');
  await shot('walk');
  await showModel(first);
  await shot('model');
  await page.evaluate(() => (window as unknown as StageWindow).held.stage.model.show('data'));
  await shot('model as data');
  await page.evaluate(() => (window as unknown as StageWindow).held.stage.theme('day'));
  await showModel(second);
  await shot('model by day');
  await show({ kind: 'terrace', area: 'mobility' });
  await shot('terrace by day');
  return pictures;
};

const drawn = async (name: string, lean: boolean): Promise<{ pictures: Map<string, PNG>; said: string[]; asked: readonly string[] }> => {
  const out = path.join(folder, name);
  await buildPage(root, 'test/stage/stage-page.ts', out, ...(lean ? [] : [[]]));
  const server = await servePage(root, out, content);
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(120_000);
  const said: string[] = [];
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && said.push(m.text()));
  page.on('pageerror', (e) => said.push(e.message));
  try {
    await page.goto(server.origin);
    await page.waitForFunction('window.openStage');
    const pictures = await drawAll(page);
    return { pictures, said: said.filter((line) => !/GPU stall due to ReadPixels|favicon/.test(line)), asked: server.asked };
  } finally {
    await page.close();
    server.close();
  }
};

test('every view, by night and by day, models and sculptures: without the left-out parts each pixel is the same', { timeout: 400_000 }, async () => {
  const whole = await drawn('whole', false);
  const lean = await drawn('lean', true);
  expect(lean.said).toEqual(whole.said);
  expect([...lean.pictures.keys()]).toEqual([...whole.pictures.keys()]);
  expect(lean.pictures.size).toBe(6);
  for (const [name, picture] of lean.pictures) {
    const other = whole.pictures.get(name) as PNG;
    let differ = 0;
    for (let i = 0; i < picture.data.length; i++) if (picture.data[i] !== other.data[i]) differ++;
    expect(differ, name).toBe(0);
  }
  // they are pictures, and not all the same one
  expect(new Set([...lean.pictures.values()].map((p) => p.data.toString('base64'))).size).toBe(6);
});

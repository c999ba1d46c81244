/**
 * What a kiosk's page loads as scripts before anybody touches it, gzip: the visitor page built alone, opened in a real browser on a hub
 * that it is paired with, until the hill is drawn, for some seconds after, and through the resting screen's first turn, however slow the
 * machine is: the page's clock stands still meanwhile. Whatever the page asks for by itself counts.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build } from 'vite';
import { leanThree } from '../../kiosk/build/lean-three.ts';
import { leanWire } from '../../kiosk/build/lean-wire.ts';
import { turnMs } from '../../kiosk/visitor/turns.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { smallHub } from '../hub/small-hub.ts';
import { type Figure, toldOnly, under } from './figure.ts';

const scriptsKbMax = 190;
const gzipLevel = 9;
/** after the first picture, and after the first turn: what still comes unasked comes within this */
const afterMs = 8_000;
const afterTurnMs = 3_000;
const waitMsMax = 60_000;

const gzipKb = (text: Uint8Array): number => gzipSync(text, { level: gzipLevel }).length / 1_000;

/** Builds the visitor's page alone, as the kiosks get it. */
const buildVisitor = async (root: string, page: string): Promise<void> => {
  await build({
    root: path.join(root, 'kiosk'),
    configFile: false,
    logLevel: 'error',
    plugins: [leanThree(), leanWire()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir: page, assetsInlineLimit: 0, rolldownOptions: { input: path.join(root, 'kiosk/index.html') } },
  });
};

/** The scripts, by path, that the page asked for before a touch. */
const untouched = async (root: string, page: string): Promise<Set<string>> => {
  const hub = await smallHub({ content: path.join(root, 'content'), pages: await pageRoutes(page) });
  const browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
  try {
    // the service worker keeps every file of the pages for later: that is no part of the page's own loading
    const context = await browser.newContext({ viewport: { width: 540, height: 960 }, serviceWorkers: 'block' });
    const opened = await context.newPage();
    const scripts = new Set<string>();
    opened.on('response', (answer) => {
      const { pathname } = new URL(answer.url());
      if (pathname.endsWith('.js') && answer.ok()) scripts.add(pathname);
    });
    const hill = opened.waitForResponse((answer) => answer.url().includes('/hill-') && answer.ok(), { timeout: waitMsMax });
    const atMs = Date.now();
    await opened.clock.setFixedTime(atMs);
    await opened.goto(`${hub.origin}/#pair=${hub.hub.first?.pairSecret}`);
    await hill;
    await opened.locator('.start').first().waitFor({ timeout: waitMsMax });
    await opened.waitForTimeout(afterMs);
    await opened.clock.setFixedTime(atMs + turnMs * 1.5);
    await opened.waitForTimeout(afterTurnMs);
    return scripts;
  } finally {
    await browser.close();
    await hub.close();
  }
};

export const firstLoad: Figure = async ({ root, folder }) => {
  const page = path.join(folder, 'visitor');
  await buildVisitor(root, page);
  const scripts = await untouched(root, page);
  if (scripts.size < 2) throw new Error(`only ${[...scripts].join()} was loaded`);
  const sum = async (names: Iterable<string>): Promise<number> => {
    let kb = 0;
    for (const name of names) kb += gzipKb(await readFile(path.join(page, name)));
    return kb;
  };
  const all = (await readdir(page, { recursive: true })).filter((name) => /\.m?js$/.test(name));
  return [
    under('first load, scripts, gzip', await sum(scripts), scriptsKbMax, 'kB'),
    toldOnly({ ...under('every script, gzip', await sum(all), scriptsKbMax, 'kB'), peer: 'also what comes with a touch' }),
  ];
};

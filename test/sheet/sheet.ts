/**
 * `npm run sheet -- [FOLDER] [--screens=hill,walk] [--langs=en] [--themes=night] [--shapes=portrait] [--scale=0.5] [--minutes=30]`: contact
 * sheets of every screen, one picture file a screen, every orientation, theme and language as a tile; and every model from three sides.
 * Runs a hub of its own on an empty folder, one browser, one paired kiosk. What the time did not suffice for is named; exit code 1 then.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { LANGS } from '../../shared/words.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { openHub, type SheetHub } from './hub.ts';
import { printSheet, type Tile } from './paper.ts';
import { SHOTS, type Shot, type Stand } from './screens.ts';

const root = path.resolve(import.meta.dirname, '../..');
const option = (name: string): string | undefined => process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3);
const only = <T extends string>(name: string, all: readonly T[]): T[] => {
  const asked = option(name)?.split(',');
  const unknown = asked?.filter((a) => !(all as readonly string[]).includes(a)) ?? [];
  if (unknown.length > 0) {
    process.stderr.write(`sheet: no such ${name}: ${unknown.join(', ')}. There are: ${all.join(', ')}\n`);
    process.exit(2);
  }
  return all.filter((a) => asked?.includes(a) ?? true);
};
const models = 'models';
const shapes = only('shapes', ['portrait', 'landscape'] as const);
const themes = only('themes', ['night', 'day'] as const);
const langs = only('langs', LANGS);
const screens = only('screens', [...SHOTS.map((s) => s.name), models]);
const out = path.resolve(process.argv.slice(2).find((a) => !a.startsWith('--')) ?? 'sheets');
const scale = Number(option('scale') ?? 0.5);
const untilMs = Date.now() + Number(option('minutes') ?? 30) * 60_000;
const modelPx = 420;
const sizes = { portrait: [1080, 1920], landscape: [1920, 1080], phone: [390, 844] } as const;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const take = async (page: Page, shot: Shot, stand: Stand, note: string, open: boolean): Promise<Tile | null> => {
  try {
    const sinceMs = Date.now();
    await (open && shot.again ? shot.again : shot.show)(page, stand);
    say(`  ${shot.name} ${note}: ${((Date.now() - sinceMs) / 1_000).toFixed(1)} s`);
    const picture = await page.screenshot({ type: 'jpeg', quality: 90, timeout: 60_000 });
    return { note: shot.caption ? `${note} · ${await shot.caption(page)}` : note, picture };
  } catch (error) {
    say(`  ${shot.name} ${note}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return null;
  } finally {
    await shot.leave?.(page, stand);
  }
};

/** All screens of one page, shape by shape, theme by theme; a screen that is open changes its language where it can. */
const takeAll = async (page: Page, hub: SheetHub, shots: readonly Shot[], tiles: Map<string, Tile[]>, missing: string[]): Promise<void> => {
  for (const shape of shapes) {
    for (const theme of themes) {
      for (const shot of shots) {
        const shown = shot.shapes?.[shape] ?? (shot.shapes && shape in shot.shapes ? null : shape);
        if (shown === null || (shot.themes && !shot.themes.includes(theme))) continue;
        const [width, height] = sizes[shown];
        const k = shown === 'phone' || shot.page !== 'kiosk' ? 1 : scale;
        await page.setViewportSize({ width: Math.round(width * k), height: Math.round(height * k) });
        let taken = false;
        for (const lang of langs) {
          const note = `${shown} ${theme} ${lang}`;
          if (Date.now() > untilMs) {
            missing.push(`${shot.name} ${note}`);
            continue;
          }
          const tile = await take(page, shot, { hub, theme, lang, shown }, note, taken);
          taken = tile !== null;
          if (tile) tiles.set(shot.name, [...(tiles.get(shot.name) ?? []), tile]);
          else missing.push(`${shot.name} ${note}`);
        }
      }
      say(`${shape} ${theme}: ${[...tiles.values()].flat().length} pictures, ${Math.round((untilMs - Date.now()) / 1000)} s left`);
    }
  }
};

const printModels = (): Promise<number> =>
  new Promise((resolve) => {
    const program = path.join(root, 'content/workshop/models/render.ts');
    const args = ['--import', 'tsx', program, `--out=${path.join(out, models)}`, '--views=sides', `--size=${modelPx}`];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', timeout: Math.max(10_000, untilMs - Date.now()) });
    child.once('close', (code) => resolve(code ?? 1));
  });

// a picture is taken of what the browser has put together for the glass: on a surface of its own, the default, canvases came out black
process.env['PLAYWRIGHT_LEGACY_SCREENSHOT'] = '1';
mkdirSync(out, { recursive: true });
const profile = mkdtempSync(path.join(tmpdir(), 'harbourlight-sheet-'));
const tiles = new Map<string, Tile[]>();
const missing: string[] = [];
const wanted = SHOTS.filter((s) => screens.includes(s.name));
if (wanted.length > 0) {
  say('starting a hub of its own');
  const hub = await openHub(root, path.join(profile, 'data'));
  const context = await chromium.launchPersistentContext(path.join(profile, 'browser'), {
    executablePath: await browserPath(),
    args: [...chromiumFlags],
    reducedMotion: 'reduce',
    hasTouch: true,
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: 'const now=Date.now.bind(Date);window.shiftMs=0;window.heldMs=null;Date.now=()=>window.heldMs??now()+window.shiftMs;' });
    await page.goto(hub.pairLink);
    await page.waitForSelector('.start', { timeout: 120_000 });
    await takeAll(
      page,
      hub,
      wanted.filter((s) => s.page === 'kiosk'),
      tiles,
      missing,
    );
    const desk = await context.newPage();
    await hub.signIn(desk);
    if (wanted.some((s) => s.page === 'desk')) await hub.fill();
    await takeAll(
      desk,
      hub,
      wanted.filter((s) => s.page === 'desk'),
      tiles,
      missing,
    );
    const paper = await context.newPage();
    for (const [at, shot] of SHOTS.entries()) {
      const own = tiles.get(shot.name);
      if (!own) continue;
      const file = path.join(out, `${String(at + 1).padStart(2, '0')}-${shot.name}.png`);
      await printSheet(paper, shot.name, own, file);
      say(`${file}: ${own.length}`);
    }
  } finally {
    await context.close();
    await hub.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
if (screens.includes(models) && (await printModels()) !== 0) missing.push(models);
for (const what of missing) say(`not taken: ${what}`);
process.exitCode = missing.length > 0 ? 1 : 0;

/**
 * Looks at models: `tsx content/workshop/models/render.ts --out=FOLDER [--size=800] [--clip=NAME --at=SECONDS|--frames=COUNT]
 * [--views=curated|sides] [--from=FOLDER of a draft] [ids…]`.
 * `--frames` shows the first view at so many even steps of the clip, the last of them its end.
 * Writes one strip a model (its curated views, or front-left, side and back) and one contact sheet of all. Needs a Chromium.
 * `--stills` writes instead, beside each model, the picture that stands in for it where there is no 3D: content/models/ID.webp.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { PNG } from 'pngjs';
import type { Card, CardView } from './write/card.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const types: { readonly [ext: string]: string } = { '.html': 'text/html', '.js': 'text/javascript', '.glb': 'model/gltf-binary' };
const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];
const option = (name: string): string | undefined => process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3);
const size = Number(option('size') ?? 800);
const out = path.resolve(option('out') ?? '.');
const clip = option('clip') ?? null;
const stills = process.argv.includes('--stills');
const stillPx = 720;
const from = path.resolve(option('from') ?? path.join(root, 'content'));
const atSeconds = Number(option('at') ?? 0);
const frames = Number(option('frames') ?? 0);
const sides: Pick<CardView, 'az' | 'pol' | 'zoom' | 'target'>[] = [
  { az: 34, pol: 72, zoom: 1 },
  { az: 90, pol: 80, zoom: 1 },
  { az: -145, pol: 60, zoom: 1 },
];

const server = createServer((request, response) => {
  const file = path.join(root, decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
  try {
    if (!file.startsWith(root)) throw new Error('outside');
    const bytes = readFileSync(file);
    response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404).end(); // a missing file is an answer, the page says which
  }
});

const sideBySide = (pictures: readonly PNG[], columns: number): PNG => {
  const [w, h] = [pictures[0]?.width ?? 1, pictures[0]?.height ?? 1];
  const sheet = new PNG({ width: w * columns, height: h * Math.ceil(pictures.length / columns) });
  for (const [i, picture] of pictures.entries()) PNG.bitblt(picture, sheet, 0, 0, w, h, (i % columns) * w, Math.floor(i / columns) * h);
  return sheet;
};
const halved = (picture: PNG): PNG => {
  const small = new PNG({ width: picture.width >> 1, height: picture.height >> 1 });
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      for (let c = 0; c < 4; c++) {
        const from = (y * 2 * picture.width + x * 2) * 4 + c;
        const sum = [0, 4, picture.width * 4, picture.width * 4 + 4].reduce((s, d) => s + (picture.data[from + d] ?? 0), 0);
        small.data[(y * small.width + x) * 4 + c] = sum / 4;
      }
  return small;
};

/** A model's first view without ground, as WebP. */
const still = async (page: Page, card: Card): Promise<Buffer> => {
  const call = JSON.stringify([`/${path.relative(root, path.join(from, card.file))}`, card.views.slice(0, 1), stillPx, null, 0, true]);
  const [data] = await page.evaluate<string[]>(`window.shoot(...${call})`);
  return Buffer.from(data?.split(',')[1] ?? '', 'base64');
};

const shot = async (page: Page, card: Card, views: readonly (typeof sides)[number][], seconds: number): Promise<PNG[]> => {
  const call = JSON.stringify([`/${path.relative(root, path.join(from, card.file))}`, views, size, clip, seconds]);
  const pictures = await page.evaluate<string[]>(`window.shoot(...${call})`);
  return pictures.map((data) => PNG.sync.read(Buffer.from(data.split(',')[1] ?? '', 'base64')));
};

const shoot = async (page: Page, card: Card): Promise<PNG[]> => {
  const views = option('views') === 'sides' ? sides : card.views;
  if (frames < 2) return shot(page, card, views, atSeconds);
  const seconds = card.clips.find((c) => c.name === clip)?.seconds ?? 0;
  const pictures: PNG[] = [];
  for (let i = 0; i < frames; i++) pictures.push(...(await shot(page, card, views.slice(0, 1), (i * seconds) / (frames - 1))));
  return pictures;
};

const { models } = JSON.parse(readFileSync(path.join(from, 'models/models.json'), 'utf8')) as { models: Card[] };
const asked = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const cards = models.filter((card) => asked.length === 0 || asked.includes(card.id));
mkdirSync(out, { recursive: true });
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no port');
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags });
const page = await browser.newPage();
page.on('console', (m) => void (m.type() === 'error' && process.stderr.write(`page: ${m.text()}\n`)));
await page.goto(`http://127.0.0.1:${address.port}/content/workshop/models/render-page.html`);
await page.waitForFunction('window.ready');
const sheet: PNG[] = [];
for (const card of cards) {
  if (stills) {
    writeFileSync(path.join(from, card.file.replace(/\.glb$/, '.webp')), await still(page, card));
    continue;
  }
  const pictures = await shoot(page, card);
  writeFileSync(path.join(out, `${card.id}${clip ? `-${clip}` : ''}.png`), PNG.sync.write(sideBySide(pictures, frames > 4 ? Math.ceil(frames / 2) : pictures.length)));
  sheet.push(...pictures.slice(0, 3).map(halved));
  for (let i = pictures.length; i < 3; i++) sheet.push(new PNG({ width: size >> 1, height: size >> 1 }));
}
if (asked.length === 0 && !stills) writeFileSync(path.join(out, 'contact-sheet.png'), PNG.sync.write(sideBySide(sheet, 3)));
await browser.close();
server.close();

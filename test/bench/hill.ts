/** What a frame of the hill costs in a real browser with software graphics, beside a naive scene of 480 meshes. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { findPacks } from '../../server/packs/installed.ts';
import { Library } from '../../server/packs/library.ts';
import { alwaysHost, LinkTable } from '../../server/packs/link-table.ts';
import { noModels } from '../../server/packs/models.ts';
import { browserPath, chromiumFlags } from '../browser.ts';
import { atMost, type Figure, under } from './figure.ts';
import type { Drawn, HillBench } from './hill-page.ts';
import { median } from './measure.ts';
import { benchShowcase } from './sample.ts';

const drawsMax = 6;
const trianglesMax = 60_000;
const PAGE = '<!doctype html><meta charset="utf-8"><title>bench</title><body><script type="module" src="/page.js"></script>';
const TYPES: { [ending: string]: string } = { '.js': 'text/javascript', '.json': 'application/json', '.bin': 'application/octet-stream' };

const buildPage = async (root: string, outDir: string): Promise<void> => {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    base: '/',
    build: {
      outDir,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: path.join(root, 'test/bench/hill-page.ts'), output: { entryFileNames: 'page.js' } },
    },
  });
};

const contentJson = async (root: string): Promise<string> => {
  const packs = await findPacks(path.join(root, 'content'), new MemoryDocuments(), () => undefined);
  const links = new LinkTable(packs, [], new Set([alwaysHost, ...packs.flatMap((p) => p.hosts)]));
  return JSON.stringify(new Library(packs, links, noModels, null).content(benchShowcase));
};

const serveFolder = async (folder: string, content: string): Promise<{ port: number; close(): void }> => {
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').split('?')[0] as string;
    const answer = name === '/' ? Promise.resolve(PAGE) : name === '/content.json' ? Promise.resolve(content) : readFile(path.join(folder, path.normalize(name)));
    answer.then(
      (body) => response.writeHead(200, { 'Content-Type': TYPES[path.extname(name)] ?? 'text/html' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
};

export const hill: Figure = async ({ quick, folder, root }) => {
  await buildPage(root, path.join(folder, 'page'));
  const server = await serveFolder(path.join(folder, 'page'), await contentJson(root));
  const browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const asked = async (what: keyof HillBench, frames: number): Promise<Drawn> => {
      await page.goto(`http://127.0.0.1:${server.port}/`);
      await page.waitForFunction('window.bench');
      return page.evaluate(([w, n]) => (window as unknown as { bench: HillBench }).bench[w as keyof HillBench](n as number), [what, frames] as const);
    };
    const frames = quick ? 12 : 40;
    const ours: Drawn[] = [];
    const peer: Drawn[] = [];
    for (let i = 0; i < (quick ? 1 : 2); i++) {
      ours.push(await asked('hill', frames));
      peer.push(await asked('naive', frames));
    }
    const last = ours.at(-1) as Drawn;
    const bare = peer.at(-1) as Drawn;
    const told = { beside: 'naive three, 480 meshes', unit: 'ms' };
    return [
      atMost({ name: 'hill, script a frame', ours: median(ours.map((d) => d.scriptMs)), peer: median(peer.map((d) => d.scriptMs)), ...told }, 0.1),
      { ...under('hill, draw calls', last.draws, drawsMax, ''), peer: `${drawsMax} (limit); naive ${bare.draws}` },
      { ...under('hill, triangles in view', last.triangles, trianglesMax, ''), peer: `${trianglesMax} (limit); naive ${bare.triangles}` },
      { name: 'hill, frames while nothing moves', ours: String(last.idleFrames), peer: '0 in 2 s (limit)', ratio: last.idleFrames, aim: '0', met: last.idleFrames === 0 },
    ];
  } finally {
    await browser.close();
    server.close();
  }
};

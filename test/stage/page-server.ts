/** Small pages of their own for a browser: one entry built as the kiosk's pages are, served with a real showcase's content and its models. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build, type Plugin } from 'vite';
import { leanThree } from '../../kiosk/build/lean-three.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { nothingRecorded } from '../../server/packs/audio.ts';
import { findPacks } from '../../server/packs/installed.ts';
import { Library } from '../../server/packs/library.ts';
import { alwaysHost, LinkTable } from '../../server/packs/link-table.ts';
import { findModels } from '../../server/packs/models.ts';

const PAGE = '<!doctype html><meta charset="utf-8"><title>stage</title><body><script type="module" src="/page.js"></script>';
const TYPES: { [ending: string]: string } = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.bin': 'application/octet-stream',
  '.glb': 'model/gltf-binary',
  '.webp': 'image/webp',
};

/** Builds `entry` (a path in the tree) into `outDir` as `page.js`; `plugins` are those of the kiosk's pages unless others are given. */
export const buildPage = async (root: string, entry: string, outDir: string, plugins: Plugin[] = [leanThree()]): Promise<void> => {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    base: '/',
    plugins,
    build: {
      outDir,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: path.join(root, entry), output: { entryFileNames: 'page.js' } },
    },
  });
};

/** What a kiosk of this showcase is given as its content, with the models of the tree, as JSON. */
export const contentJson = async (root: string, showcase: string): Promise<string> => {
  const nothing = (): void => undefined;
  const packs = await findPacks(path.join(root, 'content'), new MemoryDocuments(), nothing);
  const links = new LinkTable(packs, [], new Set([alwaysHost, ...packs.flatMap((p) => p.hosts)]));
  const models = await findModels(path.join(root, 'content'), packs, nothing);
  return JSON.stringify(new Library(packs, links, models, nothingRecorded, null).content(showcase));
};

/** a page that shares its process with no other site is told the time to five microseconds, else to a tenth of a millisecond */
const ALONE = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export type PageServer = {
  origin: string /** every path that was asked for */;
  asked: string[] /** paths that are answered 503 from now on */;
  away: (path: string) => boolean;
  close(): void;
};

/** Serves a built page, the content, and the models of the tree on a free port of this machine. */
export const servePage = async (root: string, folder: string, content: string): Promise<PageServer> => {
  const served: PageServer = { origin: '', asked: [], away: () => false, close: () => server.close() };
  const server = createServer((request, response) => {
    const name = path.normalize((request.url ?? '/').split('?')[0] as string);
    served.asked.push(name);
    if (served.away(name)) {
      response.writeHead(503).end();
      return;
    }
    const file = (): Promise<Buffer> => readFile(path.join(name.startsWith('/content/') ? root : folder, name));
    const answer = name === '/' ? Promise.resolve(PAGE) : name === '/content.json' ? Promise.resolve(content) : file();
    answer.then(
      (body) => response.writeHead(200, { ...ALONE, 'Content-Type': TYPES[path.extname(name)] ?? 'text/html' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  served.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return served;
};

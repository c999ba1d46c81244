/** What a kiosk's first visit loads as scripts: the visitor page built alone, every chunk that it may ever load, gzip. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { type Figure, under } from './figure.ts';

const scriptsKbMax = 190;
const gzipLevel = 9;

const gzipKb = async (folder: string): Promise<number> => {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true })) if (/\.m?js$/.test(name)) bytes += gzipSync(await readFile(path.join(folder, name)), { level: gzipLevel }).length;
  return bytes / 1_000;
};

export const firstLoad: Figure = async ({ root, folder }) => {
  const page = path.join(folder, 'visitor');
  await build({
    root: path.join(root, 'kiosk'),
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir: page, assetsInlineLimit: 0, rolldownOptions: { input: path.join(root, 'kiosk/index.html') } },
  });
  return [under('first load, scripts, gzip', await gzipKb(page), scriptsKbMax, 'kB')];
};

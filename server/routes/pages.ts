/**
 * The built pages and their assets: a table of files made at start, so that no path is ever put together from a request. Files with a hash
 * in their name are kept for ever by browsers; texts are compressed once and kept.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Hono } from 'hono';
import { printFontsPath } from '../exports/printed.ts';
import type { HubEnv } from './env.ts';

const TYPES: { [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.bin': 'application/octet-stream',
  '.glb': 'model/gltf-binary',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
};
const SMALLER = new Set(['.html', '.js', '.css', '.json', '.svg', '.bin', '.webmanifest']);
const squeeze = promisify(gzip);

type Page = { file: string; type: string; lasting: boolean; squeezable: boolean; kept: Promise<{ body: Buffer; etag: string; gzip: Buffer | null }> | null };

const tableOf = async (folder: string): Promise<Map<string, Page>> => {
  const table = new Map<string, Page>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const e of entries) {
    if (!e.isFile()) continue;
    const file = path.join(e.parentPath, e.name);
    const at = `/${path.relative(folder, file).replaceAll(path.sep, '/')}`;
    const ending = path.extname(e.name);
    const page: Page = { file, type: TYPES[ending] ?? 'application/octet-stream', lasting: at.startsWith('/assets/'), squeezable: SMALLER.has(ending), kept: null };
    table.set(at, page);
    if (e.name === 'index.html') table.set(at.slice(0, -'index.html'.length), page);
  }
  return table;
};

const load = async (page: Page) => {
  const body = await readFile(page.file);
  return { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`, gzip: page.squeezable ? await squeeze(body) : null };
};

/** Every font of the pages as one style sheet, for what is printed: a printed page links no hashed name. */
const fontFaces = async (table: ReadonlyMap<string, Page>): Promise<string> => {
  const rules = new Set<string>();
  for (const [at, { file }] of table) if (at.endsWith('.css')) for (const [rule] of (await readFile(file, 'utf8')).matchAll(/@font-face\s*\{[^}]*\}/g)) rules.add(rule);
  return [...rules].join('\n');
};

/** Serves the folder that `npm run build` makes; `changing`: its files are made anew while the hub runs (development). */
export const pageRoutes = async (folder: string, changing = false) => {
  let table = await tableOf(folder);
  const app = new Hono<HubEnv>();
  for (const at of ['/staff', '/organiser']) app.get(at, (c) => c.redirect(`${at}/`, 308));
  let fonts: Promise<string> | null = null;
  app.get(printFontsPath, async (c) => {
    if (changing || fonts === null) fonts = fontFaces(table);
    return c.body(await fonts, 200, { 'Content-Type': TYPES['.css'] as string, 'Cache-Control': 'no-cache' });
  });
  app.get('*', async (c, next) => {
    if (changing) table = await tableOf(folder);
    const page = table.get(c.req.path);
    if (!page) return next();
    page.kept ??= load(page);
    const kept = await page.kept.catch(() => null);
    if (kept === null) {
      // built anew since the start: what is gone is not found, and is asked for again next time
      page.kept = null;
      return next();
    }
    const { body, etag, gzip: small } = kept;
    const headers: Record<string, string> = {
      'Content-Type': page.type,
      ETag: etag,
      'Cache-Control': page.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
    };
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
    if (small && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(new Uint8Array(small), 200, { ...headers, 'Content-Encoding': 'gzip' });
    return c.body(new Uint8Array(body), 200, headers);
  });
  return app;
};

/** The built pages as several versions of them: the same files, the visitor's script changed and renamed, and a service worker that lists them. */
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Hono } from 'hono';
import type { HubEnv } from '../../server/routes/env.ts';
import { pageRoutes } from '../../server/routes/pages.ts';
import { folder } from './kiosk-browser.ts';

export const built = path.resolve(import.meta.dirname, '../../dist/web');

/** How many files a kiosk keeps of them: all but the service worker itself. */
export const builtFiles = readdirSync(built, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && e.name !== 'sw.js').length;

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A copy of the pages as if they had been built from other sources: the page says `data-build` of itself. The caller removes it. */
export const makeVersion = (name: string): string => {
  const at = folder();
  cpSync(built, at, { recursive: true });
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).flatMap((e) => (e.isFile() ? [path.join(e.parentPath, e.name)] : []));
  const script = files.find((file) => /\/assets\/kiosk-[\w-]+\.js$/.test(file)) ?? '';
  const renamed = script.replace(/kiosk-[\w-]+\.js$/, `kiosk-${name}.js`);
  const worker = path.join(at, 'sw.js');
  let list = readFileSync(worker, 'utf8').replace(/v: "\w+"/, `v: "${name}"`);
  for (const file of files.filter((f) => f !== worker && /\.(js|html)$/.test(f))) {
    const before = readFileSync(file);
    let text = before.toString('utf8').replaceAll(path.basename(script), path.basename(renamed));
    if (file === script) text += `;document.documentElement.dataset.build="${name}"`;
    writeFileSync(file, text);
    list = list.replaceAll(hashOf(before), hashOf(Buffer.from(text)));
  }
  renameSync(script, renamed);
  writeFileSync(worker, list.replaceAll(path.basename(script), path.basename(renamed)));
  return at;
};

export const removeVersion = (at: string): void => rmSync(at, { recursive: true, force: true });

/** Pages that are built anew while the hub runs, and answers that go wrong on the way. */
export const changingPages = async (first: string) => {
  let routes = await pageRoutes(first);
  let spoil: (at: string, asked: number) => 'cut short' | 'damaged' | 'away' | null = () => null;
  const asked: string[] = [];
  const app = new Hono<HubEnv>();
  app.get('*', async (c) => {
    const answer = await routes.fetch(c.req.raw, c.env);
    if (answer.status === 404) return answer;
    asked.push(c.req.path);
    const how = spoil(c.req.path, asked.length);
    if (how === 'away') return c.body(null, 503);
    if (how === null || answer.body === null) return answer;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (how === 'damaged') {
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      return new Response(bytes, answer);
    }
    return new Response(bytes.subarray(0, bytes.length >> 1), answer);
  });
  return {
    app,
    /** every file that was asked for since this was emptied */
    asked,
    become: async (at: string) => {
      routes = await pageRoutes(at);
    },
    spoil: (how: typeof spoil) => {
      asked.length = 0;
      spoil = how;
    },
  };
};

/** Models on their way from the content folder to a kiosk: named in the content by the hash of their bytes, given out as what they are, left out when broken. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { findPacks } from '../../server/packs/installed.ts';
import { findModels } from '../../server/packs/models.ts';
import type { Content } from '../../shared/pack.ts';
import { LANGS } from '../../shared/words.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

const installed = path.resolve(import.meta.dirname, '../../content');
const glb = 'models/mapping-robot-dog.glb';
const folders: string[] = [];
const hubs: SmallHub[] = [];

/** A content folder of its own with one pack and the models. */
const copied = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'harbourlight-models-'));
  folders.push(folder);
  for (const name of [showcase, 'models']) cpSync(path.join(installed, name), path.join(folder, name), { recursive: true });
  return folder;
};
const hubOn = async (content?: string): Promise<{ h: SmallHub; lines: string[] }> => {
  const lines: string[] = [];
  const h = await smallHub({ told: (line) => lines.push(line), ...(content !== undefined && { content }) });
  hubs.push(h);
  return { h, lines };
};
const contentOf = async (h: SmallHub): Promise<Content> => (await h.ask('GET', `/api/v1/showcases/${showcase}/content`)).body;
const modelIn = async (h: SmallHub) => (await contentOf(h)).projects.find((p) => p.id === 'robot-mapping-dog')?.model;
const found = async (folder: string) => {
  const lines: string[] = [];
  const packs = await findPacks(folder, new MemoryDocuments(), (line) => lines.push(line));
  return { lines, ...(await findModels(folder, packs, (line) => lines.push(line))) };
};
const asked = async (h: SmallHub, at: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(h.origin + at, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};

afterEach(async () => {
  for (const h of hubs.splice(0)) await h.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('models', () => {
  test('[M1] every model is in the content of its projects, in three languages, and its file is given out for ever under the hash of its bytes', async () => {
    const { h, lines } = await hubOn();
    const { projects } = await contentOf(h);
    const shown = projects.filter((p) => p.model);
    expect(shown.length).toBeGreaterThanOrEqual(15);
    expect(lines).toEqual([]);
    for (const url of new Set(shown.map((p) => p.model?.url ?? ''))) {
      const { status, headers, bytes } = await asked(h, url);
      expect([url, status, headers.get('content-type'), headers.get('cache-control')]).toEqual([url, 200, 'model/gltf-binary', 'public, max-age=31536000, immutable']);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(url.split('?v=')[1]).toBe(createHash('sha256').update(bytes).digest('hex').slice(0, 16));
      expect((await asked(h, url, { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
    }
    for (const { model } of shown) for (const spot of model?.hotspots ?? []) for (const lang of LANGS) expect(spot.text[lang].length).toBeGreaterThan(0);
    // another hash is not this file for ever, and nothing beside the table is given out
    expect((await asked(h, `/content/${glb}?v=0000000000000000`)).headers.get('cache-control')).toBe('no-cache');
    for (const at of ['/content/models/models.json', '/content/models/none.glb', '/content/models/..%2f..%2fpackage.json', `/content/${showcase}/pack.json`, '/content/'])
      expect([at, (await asked(h, at)).status]).toEqual([at, 404]);
    expect((await h.ask('DELETE', `/content/${glb}`)).status).toBe(405);
  });

  test('[M1] another file is another content, and what changed behind the hub’s back is not given out under the old name', async () => {
    const folder = copied();
    const { h } = await hubOn(folder);
    const [before, model] = [(await contentOf(h)).version, await modelIn(h)];
    const bytes = readFileSync(path.join(folder, glb));
    writeFileSync(path.join(folder, glb), Buffer.concat([bytes, Buffer.alloc(4)]));
    expect((await asked(h, model?.url ?? '')).status).toBe(404);
    const { h: next } = await hubOn(folder);
    expect((await contentOf(next)).version).not.toBe(before);
    expect((await modelIn(next))?.url).not.toBe(model?.url);
    expect((await asked(next, (await modelIn(next))?.url ?? '')).status).toBe(200);
  });

  test('[M1] a pack’s own model goes before the one beside the packs, with its still', async () => {
    const folder = copied();
    const own = path.join(folder, showcase, 'models');
    mkdirSync(own);
    writeFileSync(path.join(own, 'mine.glb'), readFileSync(path.join(folder, 'models/smart-lamppost.glb')));
    writeFileSync(path.join(own, 'mine.webp'), 'RIFF....WEBP');
    const file = path.join(folder, showcase, 'projects/robot-mapping-dog.json');
    const text = { 'zh-HK': '頭', 'zh-CN': '头', en: 'head' };
    const model = { file: 'models/mine.glb', views: [{ az: 20, pol: 70, zoom: 1, caption: text }], hotspots: [{ id: 'head', at: [0, 1, 0], title: text, text }] };
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), model }));
    const { h, lines } = await hubOn(folder);
    expect(lines).toEqual([]);
    const info = await modelIn(h);
    expect(info).toMatchObject({ id: 'mine', hotspots: [{ id: 'head', name: text }], still: expect.stringMatching(/mine\.webp\?v=/) });
    expect(info?.url).toMatch(new RegExp(`^/content/${showcase}/models/mine\\.glb\\?v=[0-9a-f]{16}$`));
    expect((await asked(h, info?.url ?? '')).status).toBe(200);
    expect((await asked(h, info?.still ?? '')).headers.get('content-type')).toBe('image/webp');
  });

  test.each([
    ['a file that is gone', (folder: string) => rmSync(path.join(folder, glb)), /mapping-robot-dog: unreadable/],
    ['a file that is no GLB', (folder: string) => writeFileSync(path.join(folder, glb), '<html>'), /mapping-robot-dog: no_glb/],
    ['a file beyond all limits', (folder: string) => writeFileSync(path.join(folder, glb), Buffer.alloc(9 * 1024 * 1024)), /mapping-robot-dog: file_too_large/],
    [
      'an entry without words',
      (folder: string) => {
        const file = path.join(folder, 'models/models.json');
        const index = JSON.parse(readFileSync(file, 'utf8')) as { models: { id: string; hotspots: unknown }[] };
        for (const m of index.models) if (m.id === 'mapping-robot-dog') m.hotspots = [{ id: 'x', at: [0, 0, 0] }];
        writeFileSync(file, JSON.stringify(index));
      },
      /not of the expected form/,
    ],
  ] as const)('[M2] %s is told in one line; the project stands without it, the other models are not touched', async (_, harm, said) => {
    const folder = copied();
    harm(folder);
    const { of, lines } = await found(folder);
    expect(lines).toEqual([expect.stringMatching(said)]);
    expect([of.has(`${showcase}/robot-mapping-dog`), of.has(`${showcase}/smart-lamppost`)]).toEqual([false, true]);
  });

  test('[M2] an index that cannot be read leaves every project standing', async () => {
    const folder = copied();
    writeFileSync(path.join(folder, 'models/models.json'), '{"format":1,"mod');
    const { of, lines } = await found(folder);
    expect(lines).toEqual([expect.stringMatching(/index of the models/)]);
    expect(of.size).toBe(0);
  });
});

/** The committed models: valid by Khronos' validator also when unpacked, within their limits, described in three languages, deterministic, and without text. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bake, trianglesMax } from '../../content/workshop/models/bake/bake.ts';
import { Model } from '../../content/workshop/models/kit/model.ts';
import { box, cyl } from '../../content/workshop/models/kit/solids.ts';
import type { Card } from '../../content/workshop/models/write/card.ts';
import { issuesOf, meshoptIo } from '../../content/workshop/models/write/check.ts';
import { glbOf } from '../../content/workshop/models/write/glb.ts';
import { modelSchema } from '../../shared/pack.ts';

const content = path.resolve(import.meta.dirname, '../../content');
const { models } = JSON.parse(readFileSync(path.join(content, 'models/models.json'), 'utf8')) as { models: Card[] };
const files = readdirSync(path.join(content, 'models')).filter((f) => f.endsWith('.glb'));
const glbBytesMax = 400_000;
const allBytesMax = 11_500_000;
const stillBytesMax = 120_000;
const bytesOf = (card: Card): Uint8Array => new Uint8Array(readFileSync(path.join(content, card.file)));
const languages = ['zh-HK', 'zh-CN', 'en'] as const;

const projectIds = new Set(
  readdirSync(content, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .flatMap((e) => {
      try {
        return readdirSync(path.join(content, e.name, 'projects')).map((f) => f.replace(/\.json$/, ''));
      } catch {
        return []; // not a pack
      }
    }),
);

const sample = (): { exhibit: Parameters<typeof glbOf>[0]; model: Model } => {
  const model = new Model({ area: 'mobility' });
  model.add(box(100, 40, 60, 6), 'shell', { at: [0, 20, 0] });
  model.node('lid', [0, 40, 0], { explode: [0, 50, 0] }).on('lid', () => void model.add(cyl(20, 10), 'steel', { at: [0, 5, 0] }));
  model.hotspot('lid', [0, 10, 0], 'lid');
  const none = { 'zh-HK': '', 'zh-CN': '', en: '' };
  return { exhibit: { id: 'sample', area: 'mobility', name: none, projects: [], views: [], hotspots: [], make: () => model }, model };
};

describe('models', () => {
  test('every file has an entry and the entry tells its weight', () => {
    expect(models.map((card) => path.basename(card.file)).sort()).toEqual(files.sort());
    for (const card of models) expect(statSync(path.join(content, card.file)).size, card.id).toBe(card.bytes);
    expect(models.reduce((sum, card) => sum + card.bytes, 0)).toBeLessThan(allBytesMax);
  });

  test('every model has a still for screens without 3D, and no project has two models', () => {
    for (const card of models) {
      const still = readFileSync(path.join(content, card.file.replace(/glb$/, 'webp')));
      expect([card.id, still.subarray(0, 4).toString(), still.subarray(8, 12).toString()]).toEqual([card.id, 'RIFF', 'WEBP']);
      expect(still.length, card.id).toBeLessThan(stillBytesMax);
    }
    const shown = models.flatMap((card) => card.projects);
    expect(shown.filter((id, i) => shown.indexOf(id) !== i)).toEqual([]);
  });

  test.each(models.map((card) => [card.id, card] as const))('%s: valid packed and unpacked, within limits', async (_, card) => {
    expect(await issuesOf(bytesOf(card))).toEqual([]);
    expect(card.triangles).toBeLessThanOrEqual(trianglesMax + 2);
    expect(card.bytes).toBeLessThanOrEqual(glbBytesMax);
  });

  test.each(models.map((card) => [card.id, card] as const))('%s: hotspots, views and clips of the index stand in the file', async (_, card) => {
    const root = (await (await meshoptIo()).readBinary(bytesOf(card))).getRoot();
    const spots = root.listNodes().flatMap((n) => (typeof n.getExtras()['hotspot'] === 'string' ? [n.getExtras()['hotspot']] : []));
    expect(spots.sort()).toEqual(card.hotspots.map((h) => h.id).sort());
    expect(card.hotspots.length).toBeGreaterThanOrEqual(3);
    expect(card.hotspots.length).toBeLessThanOrEqual(5);
    expect(root.getDefaultScene()?.getExtras()['views']).toHaveLength(card.views.length);
    expect(
      root
        .listAnimations()
        .map((a) => a.getName())
        .sort(),
    ).toEqual(card.clips.map((c) => c.name).sort());
    // what goes round goes on until its clip begins anew
    for (const animation of root.listAnimations().filter((a) => card.clips.some((c) => c.loop && c.name === a.getName()))) {
      const samplers = animation.listSamplers().map((sampler) => ({ times: [...(sampler.getInput()?.getArray() ?? [])], values: sampler.getOutput() }));
      const seconds = Math.max(...samplers.map(({ times }) => times.at(-1) as number));
      const stopped = samplers.filter(({ times, values }) => {
        if (!values || times[0] !== 0 || (times.at(-1) as number) > seconds - 0.05) return false;
        const [first, last] = [values.getElement(0, [] as number[]), values.getElement(times.length - 1, [] as number[])];
        return first.every((v, i) => Math.abs(v - (last[i] as number)) < 0.002) || first.every((v, i) => Math.abs(v + (last[i] as number)) < 0.002);
      });
      expect(stopped.length, animation.getName()).toBe(0);
    }
  });

  test.each(models.map((card) => [card.id, card] as const))('%s: words in three languages that the stage can show', (_, card) => {
    for (const project of card.projects) expect(projectIds, `${card.id} shows ${project}`).toContain(project);
    const asModel = {
      file: card.file,
      views: card.views.map(({ az, pol, zoom, caption }) => ({ az, pol, zoom, caption })),
      hotspots: card.hotspots.map(({ id, at, label, text }) => ({ id, at, title: label, text })),
    };
    expect(modelSchema.safeParse(asModel).error?.issues ?? []).toEqual([]);
    for (const words of [card.name, ...card.views.map((v) => v.caption), ...card.hotspots.flatMap((h) => [h.label, h.text])]) {
      for (const language of languages) expect(words[language].length, `${card.id} ${language}`).toBeGreaterThan(0);
      expect(words.en, card.id).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test.each(models.map((card) => [card.id, card] as const))('%s: says in every language that its shape is an illustration', (_, card) => {
    const told = (language: (typeof languages)[number]): string => card.hotspots.map((h) => `${h.label[language]} ${h.text[language]}`).join(' ');
    expect(told('zh-HK')).toContain('示意');
    expect(told('zh-CN')).toContain('示意');
    expect(told('en')).toMatch(/illustrat/i);
  });

  test('a Maker in China work has a model where its sources say what the thing is, and none where they do not', () => {
    const works = readdirSync(path.join(content, 'maker-in-china/projects')).map((f) => f.replace(/\.json$/, ''));
    const shown = new Set(models.flatMap((card) => card.projects));
    // known by name alone (a company, a program): nothing to model
    const nameOnly = ['mic-2019-var-live', 'mic-2019-wildfaces', 'mic-2021-dayta-ai', 'mic-2021-greater-bay-bio', 'mic-2022-wizpresso'];
    expect(works.filter((id) => !shown.has(id)).sort()).toEqual(nameOnly);
  });

  test('no text in a file but names and ids', () => {
    for (const card of models) expect(Buffer.from(bytesOf(card)).subarray(0, 60_000).toString('utf8'), card.id).not.toMatch(/\p{Script=Han}{2}/u);
  });

  test('the same model gives the same bytes, with its exploded clip', async () => {
    const once = async (): Promise<Uint8Array> => {
      const { exhibit, model } = sample();
      return glbOf(exhibit, model, bake(model));
    };
    const [a, b] = [await once(), await once()];
    expect(Buffer.compare(a, b)).toBe(0);
    expect(await issuesOf(a)).toEqual([]);
    const root = (await (await meshoptIo()).readBinary(a)).getRoot();
    expect(root.listAnimations().map((x) => x.getName())).toEqual(['exploded']);
  });
});

/**
 * Builds the exhibits of exhibits/*.ts into content/models: `tsx content/workshop/models/build.ts [ids…] [--force]
 * [--draft=FOLDER]`.
 * Without ids all. An exhibit whose source hash stands in models.json with its file is not baked again; its text always is.
 * `--draft=FOLDER` builds there without shade, in a second or two, to look at the shape (render.ts --from=FOLDER).
 * A model with a validator's error or warning, or over its limits, is not written.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bake } from './bake/bake.ts';
import type { Exhibit } from './kit/model.ts';
import { type Card, cardOf, cardsText, type Measured, sourceHashOf } from './write/card.ts';
import { issuesOf } from './write/check.ts';
import { glbOf } from './write/glb.ts';

export const glbBytesMax = 400_000;
const here = import.meta.dirname;
const draft = process.argv.find((a) => a.startsWith('--draft='))?.slice(8);
const outFolder = draft === undefined ? path.resolve(here, '../../models') : path.resolve(draft, 'models');
const cardsFile = path.join(outFolder, 'models.json');

/** Whoever changes how we bake or write changes every file. */
const codeHash = (): string => {
  const hash = createHash('sha256');
  for (const folder of ['bake', 'write'])
    for (const file of readdirSync(path.join(here, folder)).sort()) if (file !== 'card.ts') hash.update(readFileSync(path.join(here, folder, file)));
  return hash.digest('hex');
};

const readCards = (): Map<string, Card> => {
  if (!existsSync(cardsFile)) return new Map();
  const { models } = JSON.parse(readFileSync(cardsFile, 'utf8')) as { models: Card[] };
  return new Map(models.map((card) => [card.id, card]));
};

const exhibitOf = async (id: string): Promise<Exhibit> => {
  const file = path.join(here, 'exhibits', `${id}.ts`);
  const { exhibit } = (await import(file)) as { exhibit: Exhibit };
  if (exhibit.id !== id) throw new Error(`${file} holds ${exhibit.id}`);
  return exhibit;
};

/** Bakes and writes one, or finds it unchanged. */
const build = async (id: string, code: string, before: Card | undefined, force: boolean): Promise<Card> => {
  const startedMs = performance.now();
  const exhibit = await exhibitOf(id);
  const model = exhibit.make();
  if (draft !== undefined) model.rough();
  const sourceHash = sourceHashOf(exhibit, model, code);
  const file = path.join(outFolder, `${id}.glb`);
  if (!force && before?.sourceHash === sourceHash && existsSync(file)) {
    const { sizeMm, triangles, primitives, bytes } = before;
    return cardOf(exhibit, model, { sizeMm, triangles, primitives, bytes, sourceHash });
  }
  const baked = bake(model);
  const bytes = await glbOf(exhibit, model, baked);
  const issues = await issuesOf(bytes);
  if (issues.length > 0) throw new Error(`${id}: ${issues.slice(0, 5).join('; ')}`);
  if (bytes.byteLength > glbBytesMax) throw new Error(`${id}: ${bytes.byteLength} bytes, at most ${glbBytesMax}`);
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
  const measured: Measured = {
    sizeMm: baked.sizeMm.toArray().map(Math.round),
    triangles: baked.triangles + 2,
    primitives: baked.primitives.length + 1,
    bytes: bytes.byteLength,
    sourceHash,
  };
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(
    `${id}: ${measured.triangles} triangles, ${measured.primitives} primitives, ${Math.round(bytes.byteLength / 1024)} KB, ${measured.sizeMm.join(' x ')} mm, ${seconds} s\n`,
  );
  return cardOf(exhibit, model, measured);
};

mkdirSync(outFolder, { recursive: true });
const all = readdirSync(path.join(here, 'exhibits'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .sort();
const asked = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const force = process.argv.includes('--force');
const code = codeHash();
for (const id of asked.length > 0 ? asked : all) {
  const card = await build(id, code, readCards().get(id), force);
  // read again just before writing: another modeller may have built meanwhile
  const cards = readCards();
  cards.set(id, card);
  for (const known of cards.keys()) if (!all.includes(known)) cards.delete(known);
  writeFileSync(`${cardsFile}.part`, cardsText([...cards.values()]));
  renameSync(`${cardsFile}.part`, cardsFile);
}

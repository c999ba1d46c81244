/**
 * The 3D models of projects: those that lie beside the packs (`models/models.json` names their projects) and those that a pack brings
 * itself. What can't be shown is told in one line and left out; its project then stands as its sculpture.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type ModelEntry, type ModelInfo, modelInfoOf } from '../../shared/model.ts';
import type { Pack, Project } from '../../shared/pack.ts';
import { textSchema } from '../../shared/text-schema.ts';
import { type ContentFile, type FileSource, type FileTable, inFolder, takeFile } from './files.ts';

const spotSchema = z.tuple([z.number(), z.number(), z.number()]);
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);
const entrySchema = z.object({
  id,
  projects: z.array(id).max(64),
  hotspots: z.array(z.object({ id, at: spotSchema, label: textSchema(40), text: textSchema(140) })),
  views: z.array(z.object({ az: z.number(), pol: z.number(), zoom: z.number(), target: spotSchema.exactOptional() })),
  clips: z.array(z.object({ name: z.string().max(64), loop: z.boolean() })),
});
const indexSchema = z.object({ format: z.literal(1), models: z.array(z.unknown()).max(400) });

export type Models = {
  /** by pack and project, `pack/project` */
  of: ReadonlyMap<string, ModelInfo>;
  files: FileTable;
};
export const noModels: Models = { of: new Map(), files: new Map() };

class Finder {
  readonly of = new Map<string, ModelInfo>();
  readonly files = new Map<string, ContentFile>();

  /** The model of an entry, served below `at`. */
  async info(entry: ModelEntry, source: FileSource, at: string): Promise<ModelInfo | { code: string }> {
    const glb = await takeFile(this.files, source, `${entry.id}.glb`, `${at}/${entry.id}.glb`);
    if ('code' in glb) return glb;
    const still = await takeFile(this.files, source, `${entry.id}.webp`, `${at}/${entry.id}.webp`);
    return modelInfoOf(entry, glb.url, 'url' in still ? still.url : undefined);
  }
}

const entriesOf = async (folder: string, told: (line: string) => void): Promise<z.infer<typeof entrySchema>[]> => {
  const text = await readFile(path.join(folder, 'models.json'), 'utf8').catch(() => null);
  if (text === null) return [];
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    index = null; // told below, as what has another form
  }
  const read = indexSchema.safeParse(index);
  if (!read.success) {
    told('The index of the models (models/models.json) is not of the expected form; sculptures stand in their place.');
    return [];
  }
  return read.data.models.flatMap((one, n) => {
    const entry = entrySchema.safeParse(one);
    if (entry.success) return [entry.data];
    told(`Model ${n + 1} of models/models.json is not of the expected form (${entry.error.issues[0]?.path.join('/')}); it is not shown.`);
    return [];
  });
};

/** The entry that a pack's own model is, by the name of its file. */
const ownEntry = (model: NonNullable<Project['model']>): ModelEntry => ({
  id: path.basename(model.file, '.glb'),
  hotspots: model.hotspots.map(({ id: spot, at, title, text }) => ({ id: spot, at, label: title, text })),
  views: model.views,
  clips: [],
});

const below =
  (source: FileSource, folder: string): FileSource =>
  (name) =>
    source(folder + name);

/**
 * Every model that can be shown, for the projects of these packs. A pack's own model goes before one from beside. `told` hears of each that
 * can't; `sent` answers where the files of a pack are that somebody sent, null for an installed one.
 */
export const findModels = async (
  contentFolder: string,
  packs: readonly Pack[],
  told: (line: string) => void,
  sent: (pack: Pack) => FileSource | null = () => null,
): Promise<Models> => {
  const found = new Finder();
  const places = packs.flatMap((of) => of.projects.map((project) => ({ of, pack: of.id, project })));
  for (const { of, pack, project } of places) {
    if (!project.model) continue;
    const info = await found.info(ownEntry(project.model), below(sent(of) ?? inFolder(path.join(contentFolder, pack)), 'models/'), `/content/${pack}/models`);
    if ('code' in info) told(`Model ${project.model.file} of pack ${pack}: ${info.code}; it is not shown.`);
    else found.of.set(`${pack}/${project.id}`, info);
  }
  const folder = path.join(contentFolder, 'models');
  for (const entry of await entriesOf(folder, told)) {
    const shownBy = places.filter((p) => entry.projects.includes(p.project.id) && !found.of.has(`${p.pack}/${p.project.id}`));
    if (shownBy.length === 0) continue;
    const info = await found.info(entry, inFolder(folder), '/content/models');
    if ('code' in info) told(`Model ${entry.id}: ${info.code}; it is not shown.`);
    else for (const { pack, project } of shownBy) found.of.set(`${pack}/${project.id}`, info);
  }
  return { of: found.of, files: found.files };
};

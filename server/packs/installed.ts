/**
 * The installed packs: found in the content folder, checked whole, and handed out as each showcase's content. A pack that fails its check
 * is not shown; the last good copy of it, kept as a document, stays in use and the fault is told in one line.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { crossCheck, type Pack, type PackHead, type Project, packSchema, projectSchema, projectsPerPackMax } from '../../shared/pack.ts';
import type { PackFault, PackFaultCode } from '../../shared/pack-faults.ts';
import type { Documents } from '../documents/documents.ts';

/** what lies beside the packs: how the hill and the models are made, and the models */
const notPacks: ReadonlySet<string> = new Set(['workshop', 'models']);

export const packFileBytesMax = 1024 * 1024;

type Issue = { path: PropertyKey[]; code: PackFaultCode };
const faultsIn = (at: string, issues: readonly Issue[]): PackFault[] => issues.slice(0, 10).map((i) => ({ path: `${at}/${i.path.map(String).join('/')}`, code: i.code }));

/** Where the files of a pack are read from: a folder, or a zip that was sent. `read` answers null where there is no such file. */
export type PackFiles = { read(name: string): Promise<Buffer | null>; projects(): Promise<string[]> };

const readJson = async (files: PackFiles, at: string): Promise<{ value: unknown; bytes: Buffer } | PackFault> => {
  const bytes = await files.read(at);
  if (!bytes) return { path: at, code: 'unreadable' };
  if (bytes.length > packFileBytesMax) return { path: at, code: 'file_too_large' };
  try {
    return { value: JSON.parse(bytes.toString('utf8')), bytes };
  } catch {
    return { path: at, code: 'bad_json' };
  }
};

/** A pack from its files, or everything that is wrong with it; `id` is what it must be called, null: what it says. */
export const packOf = async (files: PackFiles, id: string | null): Promise<{ pack: Pack } | { faults: PackFault[] }> => {
  const headFile = await readJson(files, 'pack.json');
  if ('code' in headFile) return { faults: [headFile] };
  const head = packSchema.safeParse(headFile.value);
  if (!head.success) return { faults: faultsIn('pack.json', head.error.issues) };
  if (id !== null && head.data.id !== id) return { faults: [{ path: 'pack.json/id', code: 'id_differs_from_folder' }] };
  const hash = createHash('sha256').update(headFile.bytes);
  const projects: Project[] = [];
  const faults: PackFault[] = [];
  const names = (await files.projects()).filter((n) => n.endsWith('.json')).sort();
  if (names.length > projectsPerPackMax) return { faults: [{ path: 'projects', code: 'too_many_projects' }] };
  for (const name of names) {
    const file = await readJson(files, `projects/${name}`);
    if ('code' in file) {
      faults.push(file);
      continue;
    }
    const project = projectSchema.safeParse(file.value);
    if (!project.success) faults.push(...faultsIn(`projects/${name}`, project.error.issues));
    else if (`${project.data.id}.json` !== name) faults.push({ path: `projects/${name}/id`, code: 'id_differs_from_file' });
    else projects.push(project.data);
    hash.update(name).update(file.bytes);
  }
  faults.push(...crossCheck(head.data, projects));
  return faults.length > 0 ? { faults } : { pack: { ...head.data, projects, version: hash.digest('hex').slice(0, 16) } };
};

/** A pack from its folder, or everything that is wrong with it. */
export const readPack = (folder: string): Promise<{ pack: Pack } | { faults: PackFault[] }> =>
  packOf(
    {
      read: (name) => readFile(path.join(folder, name)).catch(() => null),
      projects: () => readdir(path.join(folder, 'projects')).catch(() => []),
    },
    path.basename(folder),
  );

/** The folders that hold a pack, by name. */
const packFolders = async (contentFolder: string): Promise<string[]> => {
  const entries = await readdir(contentFolder, { withFileTypes: true });
  const folders: string[] = [];
  for (const e of entries) {
    if (!e.isDirectory() || notPacks.has(e.name)) continue;
    folders.push(path.join(contentFolder, e.name));
  }
  return folders.sort();
};

const PLACES: readonly PackHead['place'][] = ['terraces', 'quays', 'pavilion'];
/** The order in which showcases are told of: terraces before quays before the pavilion, then by name. */
export const packOrder = (a: Pack, b: Pack): number => PLACES.indexOf(a.place) - PLACES.indexOf(b.place) || a.id.localeCompare(b.id);

/** Every pack that can be shown. `told` hears one line for each that failed its check. */
export const findPacks = async (contentFolder: string, documents: Documents, told: (line: string) => void): Promise<Pack[]> => {
  const packs: Pack[] = [];
  for (const folder of await packFolders(contentFolder)) {
    const id = path.basename(folder);
    const read = await readPack(folder);
    if ('pack' in read) {
      packs.push(read.pack);
      const kept = await documents.read(`pack-${id}`);
      if (kept.status !== 'ok' || (kept.value as Pack).version !== read.pack.version) await documents.write(`pack-${id}`, read.pack);
      continue;
    }
    const first = read.faults[0] as PackFault;
    const kept = await documents.read(`pack-${id}`);
    told(
      `Pack ${id} fails its check (${read.faults.length} faults, first ${first.code} at ${first.path}); ${kept.status === 'ok' ? 'its last good copy stays in use' : 'it is not shown'}.`,
    );
    if (kept.status === 'ok') packs.push(kept.value as Pack);
  }
  return packs.sort(packOrder);
};

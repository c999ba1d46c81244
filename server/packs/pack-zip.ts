/**
 * A content pack that was sent as a zip, read and checked whole in memory. In it lies what a pack's folder holds, at the top or in one
 * folder: `pack.json`, `projects/*.json`, `models/*.glb` with `*.webp` beside, `audio/*`. Any other file is refused by its name.
 */
import { createHash } from 'node:crypto';
import type { Pack } from '../../shared/pack.ts';
import type { PackFault, PackFaultCode } from '../../shared/pack-faults.ts';
import { audioFilesOf } from './audio.ts';
import { fileFault } from './files.ts';
import { glbFault } from './glb-check.ts';
import { packOf } from './installed.ts';
import { unzip } from './unzip.ts';

/** `files`: models, pictures and recordings by their path in the pack. */
export type SentPack = { pack: Pack; files: ReadonlyMap<string, Buffer> };

const stillBytesMax = 1_048_576;
const fileRule = /^(pack\.json|projects\/[a-z0-9-]{1,64}\.json|models\/[a-z0-9-]{1,64}\.(glb|webp)|audio\/[a-z0-9.-]{1,80}\.(mp3|m4a|ogg|wav))$/;
const isWebp = (bytes: Buffer): boolean =>
  bytes.length >= 16 &&
  bytes.length <= stillBytesMax &&
  bytes.toString('latin1', 0, 4) === 'RIFF' &&
  bytes.readUInt32LE(4) + 8 === bytes.length &&
  bytes.toString('latin1', 8, 12) === 'WEBP';

const faultOf = (name: string, bytes: Buffer): PackFaultCode | null => {
  if (!fileRule.test(name)) return 'unexpected_file';
  if (name.endsWith('.glb')) return glbFault(bytes);
  if (name.startsWith('audio/')) return fileFault(name, bytes);
  return name.endsWith('.webp') && !isWebp(bytes) ? 'no_webp' : null;
};

/** The names below the one folder that holds everything, where there is one. */
const withoutTop = (files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> => {
  const top = [...files.keys()].find((n) => n.endsWith('/pack.json'))?.slice(0, -'pack.json'.length);
  if (files.has('pack.json') || top === undefined || ![...files.keys()].every((n) => n.startsWith(top))) return files;
  return new Map([...files].map(([name, bytes]) => [name.slice(top.length), bytes]));
};

/** The pack in a zip, or what is wrong with it. Its version covers every file. */
export const readPackZip = async (zip: Buffer): Promise<SentPack | { faults: PackFault[] }> => {
  const unzipped = await unzip(zip);
  if ('faults' in unzipped) return unzipped;
  const files = withoutTop(unzipped.files);
  const faults = [...files].flatMap(([path, bytes]): PackFault[] => {
    const code = faultOf(path, bytes);
    return code === null ? [] : [{ path, code }];
  });
  if (faults.length > 0) return { faults };
  const projects = [...files.keys()].filter((n) => n.startsWith('projects/')).map((n) => n.slice('projects/'.length));
  const read = await packOf({ read: async (name) => files.get(name) ?? null, projects: async () => projects }, null);
  if ('faults' in read) return read;
  const own = new Map([...files].filter(([name]) => /^(models|audio)\//.test(name)));
  const missing = read.pack.projects.flatMap((p) => (p.model && !files.has(p.model.file) ? [`projects/${p.id}/model/file`] : []));
  missing.push(...audioFilesOf(read.pack).filter((file) => !files.has(file)));
  if (missing.length > 0) return { faults: missing.map((path) => ({ path, code: 'file_missing' })) };
  if (own.size === 0) return { pack: read.pack, files: own };
  const hash = createHash('sha256').update(read.pack.version);
  for (const [name, bytes] of [...own].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(name).update(createHash('sha256').update(bytes).digest());
  return { pack: { ...read.pack, version: hash.digest('hex').slice(0, 16) }, files: own };
};

/**
 * The manifest of a backup: every file with its length and SHA-256, and what the journal is up to. A folder is a backup only when all of it
 * agrees: nothing missing, nothing more, nothing changed, and a journal that walks to the stated position and hash.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { documentsMax } from '../documents/documents.ts';
import { errorCode } from '../journal/file-system.ts';
import { CommandFault } from './command.ts';
import { readingDocuments, readingJournal } from './data-folder.ts';
import { type Copied, hashFile } from './file-copy.ts';

export const manifestName = 'manifest.json';
const format = 'harbourlight-backup';
const version = 1;
const filesMax = 100_000 + documentsMax;

const PATH = /^(journal\/(\d{8}\.kj|last)|documents\/[a-z0-9-]{1,64}\.json)$/;
const manifestSchema = z.object({
  format: z.literal(format),
  version: z.literal(version),
  made: z.iso.datetime(),
  position: z.number().int().min(0),
  segment: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** how visits are counted; a restore by a version with another rule gives other totals from the same entries */
  rule: z.string(),
  /** documents that could not be read when the backup was made */
  unreadable: z.array(z.string()),
  files: z.array(z.object({ path: z.string().regex(PATH), bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).max(filesMax),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestText = (parts: Omit<Manifest, 'format' | 'version'>): string => `${JSON.stringify({ format, version, ...parts }, null, 1)}\n`;

const namedBackups = async (folder: string): Promise<string> => {
  const names = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((e) => e.isDirectory() && e.name.startsWith('harbourlight-')).map((e) => e.name);
  return names.length > 0 ? `; the backups in it are ${names.sort().slice(-5).join(', ')}` : '';
};

/** The manifest of a backup's folder. Throws `CommandFault` where there is none that this version knows. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  let text: string;
  try {
    text = await readFile(path.join(folder, manifestName), 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    throw new CommandFault(`${folder} is not a backup: it has no ${manifestName}${await namedBackups(folder)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandFault(`the backup's ${manifestName} is damaged`);
  }
  const stated = value as { format?: unknown; version?: unknown } | null;
  if (stated?.format === format && typeof stated.version === 'number' && stated.version > version) throw new CommandFault('the backup was made by a newer version');
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new CommandFault(`the backup's ${manifestName} is damaged`);
  return parsed.data;
};

const filesUnder = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((e) => !e.isDirectory())
    .map((e) => path.relative(folder, path.join(e.parentPath, e.name)).replaceAll(path.sep, '/'));

const checkFiles = async (folder: string, files: readonly Copied[], told: (bytes: number) => void): Promise<void> => {
  const found = new Set(await filesUnder(folder));
  found.delete(manifestName);
  for (const file of files) {
    if (!found.delete(file.path)) throw new CommandFault(`the backup is damaged: ${file.path} is missing`);
    const { bytes, sha256 } = await hashFile(path.join(folder, file.path), told);
    if (bytes !== file.bytes || sha256 !== file.sha256) throw new CommandFault(`the backup is damaged: ${file.path} is not what was copied`);
  }
  const [more] = found;
  if (more !== undefined) throw new CommandFault(`the backup is damaged: ${more} is not in its ${manifestName}`);
};

const checkJournal = (folder: string, manifest: Manifest, told: (done: number, of: number) => void): Promise<void> =>
  readingJournal(folder, async (journal) => {
    const { findings, entries } = await journal.verify(told);
    const [finding] = findings;
    if (finding) throw new CommandFault(`the backup's journal is damaged in segment ${finding.segment} at byte ${finding.offset}: ${finding.what}`);
    const { segment, hash } = journal.head();
    if (entries !== manifest.position || journal.position !== manifest.position || segment !== manifest.segment || hash !== manifest.hash)
      throw new CommandFault(`the backup's journal ends at position ${journal.position} and its ${manifestName} says ${manifest.position}, or their hashes differ`);
  });

const checkDocuments = async (folder: string, files: readonly Copied[]): Promise<void> => {
  const read = await readingDocuments(folder);
  for (const { path: file } of files) {
    const name = /^documents\/(.*)\.json$/.exec(file)?.[1];
    if (name !== undefined && (await read(name)).status !== 'ok') throw new CommandFault(`the backup is damaged: ${file} can't be read`);
  }
};

/** Reads a whole backup back: every file against the manifest, every frame of the journal, every document. Throws `CommandFault`. */
export const checkBackup = async (
  folder: string,
  manifest: Manifest,
  progress: { reading(done: number, of: number): void; walking(done: number, of: number): void },
): Promise<void> => {
  const of = manifest.files.reduce((sum, f) => sum + f.bytes, 0);
  let done = 0;
  await checkFiles(folder, manifest.files, (bytes) => {
    done += bytes;
    progress.reading(done, of);
  });
  await checkJournal(folder, manifest, progress.walking);
  await checkDocuments(folder, manifest.files);
};

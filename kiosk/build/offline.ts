/** After the pages are built: lists every file with the hash of its bytes, and which of them the staff page needs, and builds the service worker with that list. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'vite';

const hashOf = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Every file of the built pages by its address, with the hash of its bytes. */
const filesIn = async (outDir: string): Promise<{ [address: string]: string }> => {
  const files: { [address: string]: string } = {};
  for (const entry of await readdir(outDir, { recursive: true, withFileTypes: true })) {
    const file = path.relative(outDir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/');
    if (entry.isFile() && file !== 'sw.js') files[`/${file}`] = hashOf(await readFile(path.join(outDir, file)));
  }
  return files;
};

/** The staff page and all that it names, and all that those name. */
const staffFilesOf = async (outDir: string, files: readonly string[]): Promise<string[]> => {
  const staff = new Set(['/staff/index.html']);
  // a set is walked on while it grows
  for (const file of staff) {
    if (!/\.(html|js|css)$/.test(file)) continue;
    const text = await readFile(path.join(outDir, file), 'utf8');
    for (const other of files) if (!other.endsWith('.html') && text.includes(path.posix.basename(other))) staff.add(other);
  }
  return [...staff];
};

/** `outDir`: where the pages are built to; `worker`: the service worker's source. */
export const offline = (outDir: string, worker: string): Plugin => ({
  name: 'offline',
  applyToEnvironment: (e) => e.name === 'client',
  apply: 'build',
  closeBundle: {
    order: 'post',
    sequential: true,
    async handler() {
      const files = await filesIn(outDir);
      const v = hashOf(JSON.stringify(Object.entries(files).sort())).slice(0, 16);
      const staff = await staffFilesOf(outDir, Object.keys(files));
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __PRECACHE__: JSON.stringify({ v, files, staff }) },
        build: { outDir, emptyOutDir: false, lib: { entry: worker, formats: ['es'], fileName: () => 'sw.js' } },
      });
    },
  },
});

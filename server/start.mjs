/** `npm start` and `npm run hub`: builds what is stale, then runs the built hub or the operator's commands in this process. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stampFile = path.join(root, 'dist/built-from');

/** Names, sizes and times of everything that the build reads. */
const stampOf = () => {
  const hash = createHash('sha256');
  for (const top of ['shared', 'server', 'kiosk', 'vite.config.ts', 'package.json', 'package-lock.json']) {
    const at = path.join(root, top);
    if (!existsSync(at)) continue;
    const files = statSync(at).isDirectory()
      ? readdirSync(at, { recursive: true, withFileTypes: true })
          .filter((e) => e.isFile())
          .map((e) => path.join(e.parentPath, e.name))
      : [at];
    for (const file of files.sort()) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
};

const stamp = stampOf();
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  process.stderr.write('harbourlight: building the pages and the hub …\n');
  const built = spawnSync(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) {
    process.stderr.write('harbourlight: the build failed; see above.\n');
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}
const operator = process.argv[2] === '--operator';
if (operator) process.argv.splice(2, 1);
await import(pathToFileURL(path.join(root, `dist/server/${operator ? 'operator' : 'main'}.js`)).href);

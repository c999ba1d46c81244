/** `npm run dev`: rebuilds the pages when they change and restarts the hub when it changes. The same pages and the same policy as in a hall. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const run = (file, args) => spawn(process.execPath, [path.join(root, 'node_modules', file), ...args], { cwd: root, stdio: 'inherit' });

const children = [run('vite/bin/vite.js', ['build', '--watch', '--logLevel', 'warn']), run('tsx/dist/cli.mjs', ['watch', '--include', './shared/**', 'server/main.ts', '--dev'])];
const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

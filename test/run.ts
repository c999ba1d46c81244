/** `npm test`: types, lint, dead code, build, then every test with a real browser. Each step counts as a test; the last line is the sum. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const report = path.join(root, '.tsc/vitest-report.json');
const bin = (file: string): string => path.join(root, 'node_modules', file);

const STEPS: readonly { name: string; args: readonly string[] }[] = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '-b'] },
  { name: 'lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'dead code', args: [bin('knip/bin/knip.js')] },
  { name: 'build', args: [bin('vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'] },
];

let passed = 0;
let failed = 0;
let skipped = 0;
for (const { name, args } of STEPS) {
  const startMs = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}  ${name}  ${((Date.now() - startMs) / 1_000).toFixed(1)} s\n`);
  if (status === 0) passed++;
  else failed++;
}
mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });
const { status } = spawnSync(process.execPath, [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
  cwd: root,
  stdio: 'inherit',
});
if (existsSync(report)) {
  const counts = JSON.parse(readFileSync(report, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };
  passed += counts.numPassedTests;
  failed += counts.numFailedTests;
  skipped += counts.numPendingTests + counts.numTodoTests;
  if (status !== 0 && counts.numFailedTests === 0) failed++;
} else failed++;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed === 0 ? 0 : 1);

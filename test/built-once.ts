/** What several test files need built is built once a run, by whichever needs it first; its folder below `.tsc` ends with the run. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    runFolder: string;
  }
}

const root = path.resolve(import.meta.dirname, '..');
const buildMsMax = 120_000;

/** Vitest's global setup: makes the run's folder; what it answers removes it. */
export const setup = (project: TestProject): (() => void) => {
  mkdirSync(path.join(root, '.tsc'), { recursive: true });
  const runFolder = mkdtempSync(path.join(root, '.tsc/run-'));
  project.provide('runFolder', runFolder);
  return () => rmSync(runFolder, { recursive: true, force: true });
};

/** The folder of what `build` makes, which runs once however many test files ask at once. Throws where the build failed, also another's. */
export const builtOnce = async (name: string, build: (outDir: string) => Promise<unknown>): Promise<string> => {
  const { inject } = await import('vitest');
  const at = path.join(inject('runFolder'), name);
  const [outDir, done, failed] = [path.join(at, 'out'), path.join(at, 'done'), path.join(at, 'failed')];
  if (mkdirSync(at, { recursive: true }) !== undefined) {
    try {
      await build(outDir);
      writeFileSync(done, '');
    } catch (error) {
      writeFileSync(failed, '');
      throw error;
    }
    return outDir;
  }
  for (const endMs = performance.now() + buildMsMax; !existsSync(done); await sleep(50))
    if (existsSync(failed) || performance.now() > endMs) throw new Error(`the build of ${name} failed in another test file`);
  return outDir;
};

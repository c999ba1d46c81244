/** Folders of one test file, each new and not there yet; all gone at the file's end. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** Answers the path of another folder with every call. */
export const scratchFolders = (name: string): (() => string) => {
  const folder = mkdtempSync(path.join(tmpdir(), `harbourlight-${name}-`));
  let made = 0;
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => path.join(folder, `folder-${++made}`);
};

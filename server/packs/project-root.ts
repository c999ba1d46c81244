/** Where the project's own folders are, from a source file or from its built copy. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The nearest folder above `from` that holds package.json. */
export const projectRoot = (from: string): string => {
  let at = from;
  while (!existsSync(path.join(at, 'package.json'))) {
    const up = path.dirname(at);
    if (up === at) throw new Error('package.json was not found');
    at = up;
  }
  return at;
};

/**
 * Takes downloads and throws them away, in a process of its own that comes last: an organiser's computer is another machine, and must hold
 * up neither the hub nor those who measure.
 */
import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { constants, setPriority } from 'node:os';
import { serve } from './program.ts';
import { staffToken } from './sample.ts';

export type Download = { ms: number; bytes: number /** SHA-256 */; hash: string };

const download = (port: number, at: string, hashed: boolean): Promise<Download> =>
  new Promise((resolve, reject) => {
    const since = performance.now();
    get({ port, path: at, headers: { authorization: `Bearer ${staffToken}` } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${at}: ${answer.statusCode}`));
      const hash = createHash('sha256');
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (hashed) hash.update(chunk);
      });
      answer.once('end', () => resolve({ ms: performance.now() - since, bytes, hash: hash.digest('hex') }));
      answer.once('error', reject);
    }).once('error', reject);
  });

setPriority(constants.priority.PRIORITY_LOW);
serve(null, { download });

/**
 * The files of models and recordings, from the table that was made at the start: no path is ever put together from a request. An address with the hash of
 * its bytes is kept for ever; a file that is no longer what the content says is not given out.
 */
import { Hono } from 'hono';
import { type ContentFile, fileHash } from '../packs/files.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import type { HubEnv } from './env.ts';
import { Refused } from './problem.ts';

/** The bytes of a file; null where it is gone or has changed since the start. */
const bytesOf = async ({ read, hash }: ContentFile): Promise<Buffer | null> => {
  const bytes = await read();
  return bytes && fileHash(bytes) === hash ? bytes : null;
};

/** `/content/models/ID.glb?v=HASH`, the same of a pack's own, and `/content/PACK/audio/NAME.mp3?v=HASH`. */
export const contentFileRoutes = ({ library, log }: HubParts) => {
  const app = new Hono<HubEnv>();
  for (const pattern of ['/content/models/:file', '/content/:pack/models/:file', '/content/:pack/audio/:file'])
    app.get(pattern, async (c) => {
      const known = library.file(c.req.path);
      if (!known) throw new Refused('not_found', 'There is no such file.');
      const headers = {
        'Content-Type': known.type,
        ETag: `"${known.hash}"`,
        'Cache-Control': c.req.query('v') === known.hash ? 'public, max-age=31536000, immutable' : 'no-cache',
      };
      if (c.req.header('if-none-match') === headers.ETag) return c.body(null, 304, headers);
      const bytes = await bytesOf(known);
      if (!bytes) {
        log.error({ path: c.req.path }, 'a file of the content is gone or has changed since the start; it is not given out until the hub is started anew');
        throw new Refused('not_found', 'This file is not what it was at the start.');
      }
      return c.body(new Uint8Array(bytes), 200, headers);
    });
  return app;
};

/** Content packs over HTTP: sent as a zip and checked whole, made the one that kiosks show, listed. */
import { type Context, Hono } from 'hono';
import { API } from '../../shared/api.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import type { Pack } from '../../shared/pack.ts';
import type { PackFault } from '../../shared/pack-faults.ts';
import { readPackZip } from '../packs/pack-zip.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { allowed, bytesWithin } from './ask.ts';
import { actorOf, type HubEnv } from './env.ts';
import { Refused } from './problem.ts';

export const packZipBytesMax = 32 * 1_048_576;
const zipTypes = /^application\/(zip|x-zip-compressed|octet-stream)\s*(;|$)/i;
const faultsToldMax = 20;

export const packRoutes = (parts: HubParts) => {
  const { sentPacks, register } = parts;

  /** Where devices stand that this pack has no place for. */
  const standing = (pack: Pack): PackFault[] => {
    const faults = new Map<string, PackFault>();
    for (const d of register.devices) {
      if (d.revoked || d.showcase !== pack.id) continue;
      if (d.zone !== null && !pack.zones.some((z) => z.id === d.zone)) faults.set(`zones/${d.zone}`, { path: `zones/${d.zone}`, code: 'in_use' });
      if (d.point !== null && !pack.points.some((p) => p.id === d.point)) faults.set(`points/${d.point}`, { path: `points/${d.point}`, code: 'in_use' });
    }
    return [...faults.values()];
  };
  const zipOf = (c: Context<HubEnv>): Promise<Buffer> => {
    if (!zipTypes.test(c.req.header('content-type') ?? '')) throw new Refused('unsupported_media_type', 'A pack is sent as application/zip.');
    return bytesWithin(c, packZipBytesMax);
  };

  return new Hono<HubEnv>()
    .get(`${API}/packs`, (c) => {
      allowed(c, 'packs.write');
      const packs = sentPacks.views().map((v) => (v.from === 'sent' ? { ...v, sentMs: undefined, sentAt: rfc3339(v.sentMs) } : v));
      return c.json({ packs });
    })
    .post(`${API}/packs`, async (c) => {
      const by = actorOf(allowed(c, 'packs.write'));
      const read = await readPackZip(await zipOf(c));
      if ('faults' in read) throw new Refused('pack_invalid', `The pack is not right (${read.faults.length}).`, { errors: read.faults.slice(0, faultsToldMax) });
      const kept = await sentPacks.keep(read, by);
      if (!kept.ok) throw new Refused(kept.error.code, kept.error.message, kept.error);
      const { id, version, projects, points } = read.pack;
      const count = (folder: string): number => [...read.files.keys()].filter((name) => name.startsWith(folder)).length;
      return c.json({ version, showcase: id, projects: projects.length, points: points.length, models: count('models/'), audio: count('audio/') }, 201);
    })
    .get(`${API}/packs/:version/changes`, async (c) => {
      allowed(c, 'packs.write');
      const changes = await sentPacks.changes(c.req.param('version'), standing);
      if (!changes) throw new Refused('not_found', 'There is no such version of a pack.');
      return c.json(changes);
    })
    .post(`${API}/packs/:version/activate`, async (c) => {
      const by = actorOf(allowed(c, 'packs.write'));
      const version = c.req.param('version');
      const done = await sentPacks.activate(version, by, standing);
      if (!done) throw new Refused('not_found', 'There is no such version of a pack.');
      if (!done.ok) throw new Refused(done.error.code, done.error.message, done.error);
      return c.json({ version, showcase: done.pack.id, position: parts.tally.position });
    });
};

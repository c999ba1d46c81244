/** The hub's whole HTTP side: the guard, then one app a topic, then a clear refusal for everything else. */
import { Hono } from 'hono';
import { refusal } from '../../shared/refusal.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { contentFileRoutes } from './content-files.ts';
import { deviceRoutes } from './devices.ts';
import type { HubEnv } from './env.ts';
import { floorRoutes } from './floor.ts';
import { guard } from './guard.ts';
import { healthRoutes } from './health.ts';
import { linkRoutes } from './links.ts';
import { openapi, pathParameter } from './openapi.ts';
import { packRoutes } from './packs.ts';
import { peopleRoutes } from './people.ts';
import { problem, Refused } from './problem.ts';
import { readingRoutes } from './readings.ts';
import type { Scans } from './scans.ts';
import { showcaseRoutes } from './showcases.ts';
import { voteRoutes } from './vote.ts';

/** Methods that some route answers at this path. */
const methodsAt = (routes: readonly { method: string; path: string }[], at: string): string[] => {
  const methods = new Set<string>();
  for (const r of routes) {
    if (r.method === 'ALL' || r.path.includes('*')) continue;
    const pattern = r.path.replace(pathParameter, '[^/]+').replaceAll('.', '\\.');
    if (new RegExp(`^${pattern}$`).test(at)) methods.add(r.method);
  }
  return [...methods];
};

export const httpApp = (parts: HubParts, pages: Hono<HubEnv>, scans: Scans) => {
  const app = new Hono<HubEnv>();
  app.use(guard(parts));
  const rooms = [
    healthRoutes(parts),
    peopleRoutes(parts),
    deviceRoutes(parts),
    readingRoutes(parts),
    showcaseRoutes(parts),
    floorRoutes(parts),
    voteRoutes(parts),
    contentFileRoutes(parts),
    linkRoutes(parts, scans),
    packRoutes(parts),
  ];
  for (const room of rooms) app.route('/', room);
  app.get('/api/v1/openapi.json', (c) => c.json(openapi(app.routes)));
  app.route('/', pages);
  app.notFound(async (c) => {
    const methods = methodsAt(app.routes, c.req.path);
    if (methods.length === 0 && !['GET', 'HEAD'].includes(c.req.method) && (await pages.request(c.req.path)).status < 400) methods.push('GET');
    if (methods.length > 0 && !methods.includes(c.req.method))
      return problem(c, refusal('method_not_allowed', 'This address does not take that method.'), { Allow: methods.join(', ') });
    return problem(c, refusal('not_found', 'There is nothing at this address.'));
  });
  app.onError((error, c) => {
    if (error instanceof Refused) {
      parts.metrics.refusals.inc({ code: error.refusal.code });
      return problem(c, error.refusal);
    }
    parts.metrics.bugs.inc();
    parts.log.error({ err: error, requestId: c.get('requestId') }, 'a route threw');
    return problem(c, refusal('internal', 'Something went wrong in the hub.'));
  });
  return app;
};

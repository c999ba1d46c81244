/** Alive, ready, measured. */
import { Hono } from 'hono';
import type { HubParts } from '../parts/hub-parts.ts';
import type { HubEnv } from './env.ts';

export const healthRoutes = (parts: HubParts) =>
  new Hono<HubEnv>()
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', (c) => {
      const storage = parts.journal.state;
      return c.json({ ok: storage === 'writable', storage, position: parts.journal.position }, storage === 'writable' ? 200 : 503);
    })
    .get('/metrics', async (c) => {
      parts.metrics.position.set(parts.journal.position);
      return c.body(await parts.metrics.registry.metrics(), 200, { 'Content-Type': parts.metrics.registry.contentType });
    });

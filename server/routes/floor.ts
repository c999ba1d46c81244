/** The floor over HTTP: alerts and who has seen them, heads counted, the safe capacity, rehearsals, and the shift's log. */
import { Hono } from 'hono';
import { noteNeeded } from '../../shared/alerts.ts';
import { API } from '../../shared/api.ts';
import { acknowledgeBody, capacityBody, headsBody, logBody, rehearsalBody } from '../../shared/paths.ts';
import { showcaseOf } from '../../shared/tally.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { actsOf } from './act.ts';
import { allowed, body } from './ask.ts';
import type { HubEnv } from './env.ts';
import { Refused } from './problem.ts';

export const floorRoutes = (parts: HubParts) => {
  const { tally, clock } = parts;
  const { packOf, act } = actsOf(parts);
  return new Hono<HubEnv>()
    .get(`${API}/showcases/:id/alerts`, (c) => {
      allowed(c, 'live.read');
      return c.json({ alerts: parts.alerts.alerts(packOf(c).id) });
    })
    .post(`${API}/showcases/:id/alerts/:alert/acknowledge`, (c) =>
      act(c, 'alert.acknowledge', async (by, pack) => {
        const { note } = await body(c, acknowledgeBody);
        const alert = showcaseOf(tally, pack.id).floor.alerts.get(c.req.param('alert'));
        if (!alert) throw new Refused('not_found', 'This alert does not stand any more.');
        if (noteNeeded(alert.rule) && note === '') throw new Refused('note_required', 'This alert is closed by a note.', { errors: [{ path: 'note', code: 'required' }] });
        return { kind: 'alert.acknowledged', receivedMs: clock.nowMs(), showcase: pack.id, by, rule: alert.rule, subject: alert.subject, note };
      }),
    )
    .post(`${API}/showcases/:id/heads`, (c) =>
      act(c, 'heads.count', async (by, pack) => {
        const { people } = await body(c, headsBody);
        const nowMs = clock.nowMs();
        return { kind: 'heads.counted', receivedMs: nowMs, showcase: pack.id, by, atMs: nowMs, people };
      }),
    )
    .put(`${API}/showcases/:id/capacity`, (c) =>
      act(c, 'capacity.set', async (by, pack) => {
        const { people } = await body(c, capacityBody);
        return { kind: 'capacity.set', receivedMs: clock.nowMs(), showcase: pack.id, by, people };
      }),
    )
    .post(`${API}/showcases/:id/rehearsal`, (c) =>
      act(c, 'rehearsal.set', async (by, pack) => {
        const { on, devices = null } = await body(c, rehearsalBody);
        for (const id of devices ?? []) {
          const device = parts.register.device(id);
          if (device?.kind !== 'kiosk' || device.showcase !== pack.id)
            throw new Refused('validation_failed', 'No such kiosk here.', { errors: [{ path: 'devices', code: 'unknown_device' }] });
        }
        return { kind: 'rehearsal.set', receivedMs: clock.nowMs(), showcase: pack.id, by, on, devices };
      }),
    )
    .get(`${API}/showcases/:id/log`, (c) => {
      allowed(c, 'live.read');
      return c.json({ lines: showcaseOf(tally, packOf(c).id).floor.log });
    })
    .post(`${API}/showcases/:id/log`, (c) =>
      act(c, 'log.write', async (by, pack) => {
        const { topic, text } = await body(c, logBody);
        return { kind: 'log.written', receivedMs: clock.nowMs(), showcase: pack.id, by, topic, text };
      }),
    );
};

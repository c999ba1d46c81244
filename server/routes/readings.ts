/** People counters: canonical readings, answered once they are durable. */
import { Hono } from 'hono';
import { API } from '../../shared/paths.ts';
import { readingsSchema } from '../../shared/reading.ts';
import { planReadings } from '../../shared/readings.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { allowed, body } from './ask.ts';
import type { HubEnv } from './env.ts';
import { Refused } from './problem.ts';

export const readingRoutes = (parts: HubParts) =>
  new Hono<HubEnv>().post(`${API}/readings`, async (c) => {
    const caller = allowed(c, 'readings.send');
    const { records } = await body(c, readingsSchema);
    if (caller.as !== 'device' || caller.device.point === null) throw new Refused('not_at_a_point', 'This counter stands at no point.');
    const { id, showcase, point } = caller.device;
    const recorded = await parts.recorder.record((admission) => planReadings(admission, { device: id, showcase, point }, records, parts.clock.nowMs()));
    if (!recorded.ok) throw new Refused(recorded.error.code, recorded.error.message, recorded.error);
    const { accepted, duplicates, quarantined } = recorded.answer;
    parts.metrics.readings.inc({ fate: 'accepted' }, accepted);
    parts.metrics.readings.inc({ fate: 'duplicate' }, duplicates);
    parts.metrics.readings.inc({ fate: 'quarantined' }, quarantined);
    parts.floor.changed(id);
    return c.json({ accepted, duplicates, quarantined, position: recorded.position });
  });

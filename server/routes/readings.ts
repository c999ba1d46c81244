/** People counters: canonical readings, or a counter's own push format mapped to them. Answered once they are durable. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { API } from '../../shared/api.ts';
import { type Reading, readingsSchema } from '../../shared/reading.ts';
import { planReadings } from '../../shared/readings.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { axis } from '../readings/axis.ts';
import { footfallcam } from '../readings/footfallcam.ts';
import { hikvision } from '../readings/hikvision.ts';
import { milesight } from '../readings/milesight.ts';
import { PayloadFault, type VendorFormat } from '../readings/vendor.ts';
import { xovis } from '../readings/xovis.ts';
import { allowed, body, json, text } from './ask.ts';
import type { HubEnv } from './env.ts';
import { Refused } from './problem.ts';

/** how many kinds of dropped content one counter is logged for */
export const ignoredNamesMax = 32;

const VENDORS: { [vendor: string]: { format: VendorFormat; xml: boolean } } = {
  axis: { format: axis, xml: false },
  xovis: { format: xovis, xml: false },
  hikvision: { format: hikvision, xml: true },
  footfallcam: { format: footfallcam, xml: false },
  milesight: { format: milesight, xml: false },
};

export const readingRoutes = (parts: HubParts) => {
  const logged = new Map<string, Set<string>>();

  const record = async (c: Context<HubEnv>, readings: readonly Reading[]): Promise<Response> => {
    const caller = allowed(c, 'readings.send');
    if (caller.as !== 'device' || caller.device.point === null) throw new Refused('not_at_a_point', 'This counter stands at no point.');
    const { id, showcase, point } = caller.device;
    if (readings.length === 0) return c.json({ accepted: 0, duplicates: 0, quarantined: 0, position: parts.journal.position });
    const recorded = await parts.recorder.record((admission) => planReadings(admission, { device: id, showcase, point }, readings, parts.clock.nowMs()));
    if (!recorded.ok) throw new Refused(recorded.error.code, recorded.error.message, recorded.error);
    const { accepted, duplicates, quarantined } = recorded.answer;
    parts.metrics.readings.inc({ fate: 'accepted' }, accepted);
    parts.metrics.readings.inc({ fate: 'duplicate' }, duplicates);
    parts.metrics.readings.inc({ fate: 'quarantined' }, quarantined);
    parts.floor.changed(id);
    return c.json({ accepted, duplicates, quarantined, position: recorded.position });
  };

  /** What was dropped is said once a counter and kind, never what it held. */
  const noteIgnored = (device: string, names: readonly string[]): void => {
    const known = logged.get(device) ?? new Set();
    logged.set(device, known);
    for (const name of names) {
      if (known.has(name) || known.size >= ignoredNamesMax) continue;
      known.add(name);
      parts.log.info({ device, name }, 'part of a payload is dropped unread');
    }
  };

  return new Hono<HubEnv>()
    .post(`${API}/readings`, async (c) => {
      allowed(c, 'readings.send');
      return record(c, (await body(c, readingsSchema)).records);
    })
    .post(`${API}/readings/:vendor{axis|xovis|hikvision|footfallcam|milesight}`, async (c) => {
      const caller = allowed(c, 'readings.send');
      const vendor = VENDORS[c.req.param('vendor')];
      if (!vendor) throw new Refused('not_found', 'No such format.');
      try {
        const { readings, ignored } = vendor.format(vendor.xml ? await text(c, /^(application|text)\/xml|^multipart\//i) : await json(c));
        if (caller.as === 'device') noteIgnored(caller.device.id, ignored);
        return await record(c, readings);
      } catch (error) {
        if (error instanceof PayloadFault) throw new Refused('validation_failed', `The payload can't be read: ${error.message}.`, { errors: [{ path: '', code: 'bad_payload' }] });
        throw error;
      }
    });
};

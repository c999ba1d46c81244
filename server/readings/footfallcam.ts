/** FootfallCam: one message an event, with its own UUID. Metric 1 is in, 2 is out; combined object type 21 is staff. */
import type { Reading } from '../../shared/reading.ts';
import { type Fields, fields, instant, list, type Mapped, PayloadFault, settle } from './vendor.ts';

const one = (p: Fields, readings: Reading[], ignored: string[]): void => {
  if (p['MetricId'] === undefined) throw new PayloadFault('MetricId is missing');
  const metric = Number(p['MetricId']);
  if (metric !== 1 && metric !== 2) {
    ignored.push(`metric ${String(p['MetricId']).slice(0, 12)}`);
    return;
  }
  const at = instant(p['EventEndUTC'] ?? p['EventEndUtc'] ?? p['EventEnd'] ?? p['EventEndLocal'], 'EventEnd');
  const id = p['UUID'] ?? [p['DeviceSerial'], p['RoiId'], metric, p['PeopleId'], at].map(String).join('-');
  if (typeof id !== 'string') throw new PayloadFault('UUID is missing');
  readings.push({
    kind: 'event',
    eventId: id.slice(0, 128),
    at,
    direction: metric === 1 ? 'in' : 'out',
    n: 1,
    class: Number(p['CombineObjectTypeId']) === 21 ? 'staff' : 'visitor',
  });
};

export const footfallcam = (payload: unknown): Mapped => {
  const readings: Reading[] = [];
  const ignored: string[] = [];
  for (const p of Array.isArray(payload) ? list(payload, 'events') : [payload]) one(fields(p, 'event'), readings, ignored);
  return settle(readings, ignored);
};

/** Xovis sensors: v5 `logics_data` and `live_data` pushes, v4 interval and event-list pushes. Balance, dwell, queue, gender and age logics are ignored. */
import type { Reading } from '../../shared/reading.ts';
import { type Fields, fields, instant, list, type Mapped, PayloadFault, settle, whole } from './vendor.ts';

const named = (counts: readonly unknown[], key: string): { fw: number; bw: number } | null => {
  const of = (name: string): unknown => counts.map((c) => fields(c, 'count')).find((c) => c[key] === name)?.['value'];
  const [fw, bw] = [of('fw'), of('bw')];
  return fw === undefined && bw === undefined ? null : { fw: whole(fw ?? 0, 'fw'), bw: whole(bw ?? 0, 'bw') };
};

const logics = (data: Fields): Mapped => {
  const readings: Reading[] = [];
  const ignored: string[] = [];
  for (const logic of list(data['logics'], 'logics').map((l) => fields(l, 'logic'))) {
    for (const record of list(logic['records'], 'records').map((r) => fields(r, 'record'))) {
      const flow = named(list(record['counts'] ?? [], 'counts'), 'name');
      if (!flow) {
        ignored.push(String(logic['info'] ?? 'logic').slice(0, 48));
        continue;
      }
      readings.push({ kind: 'interval', from: instant(record['from'], 'from'), to: instant(record['to'], 'to'), in: flow.fw, out: flow.bw });
    }
  }
  return settle(readings, ignored);
};

const frames = (data: Fields): Mapped => {
  const readings: Reading[] = [];
  const ignored: string[] = [];
  for (const frame of list(data['frames'], 'frames').map((f) => fields(f, 'frame'))) {
    // groups repeat the persons in them
    const groups = new Set(
      list(frame['tracked_objects'] ?? [], 'tracked_objects')
        .map((o) => fields(o, 'object'))
        .filter((o) => o['type'] === 'GROUP')
        .map((o) => o['track_id']),
    );
    for (const event of list(frame['events'] ?? [], 'events').map((e) => fields(e, 'event'))) {
      const direction = event['type'] === 'LINE_CROSS_FORWARD' ? 'in' : event['type'] === 'LINE_CROSS_BACKWARD' ? 'out' : null;
      const about = fields(event['attributes'] ?? {}, 'attributes');
      if (direction === null || groups.has(about['track_id'])) {
        ignored.push(String(event['type'] ?? 'event').slice(0, 48));
        continue;
      }
      const at = instant(frame['time'], 'time');
      readings.push({
        kind: 'event',
        eventId: `x5-${whole(about['geometry_id'] ?? 0, 'geometry_id')}-${whole(about['sequence_number'], 'sequence_number')}-${at}`,
        at,
        direction,
        n: 1,
      });
    }
  }
  return settle(readings, ignored);
};

const elements = (payload: Fields): Mapped => {
  const readings: Reading[] = [];
  const ignored: string[] = [];
  for (const element of list(fields(payload['content'], 'content')['element'], 'element').map((e) => fields(e, 'element'))) {
    for (const m of list(element['measurement'] ?? [], 'measurement').map((x) => fields(x, 'measurement'))) {
      const flow = element['data-type'] === 'LINE' ? named(list(m['value'], 'value'), 'label') : null;
      if (!flow) ignored.push(String(element['data-type'] ?? 'element').slice(0, 48));
      else readings.push({ kind: 'interval', from: instant(m['from'], 'from'), to: instant(m['to'], 'to'), in: flow.fw, out: flow.bw });
    }
  }
  return settle(readings, ignored);
};

const events = (values: readonly unknown[]): Mapped => {
  const readings: Reading[] = [];
  const ignored: string[] = [];
  for (const v of values.map((x) => fields(x, 'value'))) {
    if (v['type'] !== 'LineCount') {
      ignored.push(String(v['type'] ?? 'value').slice(0, 48));
      continue;
    }
    const at = instant(v['timestamp'], 'timestamp');
    const way = String(v['direction'] ?? '').toLowerCase();
    if (!/^(fw|forward|in|bw|backward|out)$/.test(way)) throw new PayloadFault('direction is not known');
    const id = [fields(v['object'] ?? {}, 'object')['id'], fields(v['countItem'] ?? {}, 'countItem')['id']].map(String).join('-');
    readings.push({ kind: 'event', eventId: `x4-${id}-${way}-${at}`.slice(0, 128), at, direction: /^(fw|forward|in)$/.test(way) ? 'in' : 'out', n: 1 });
  }
  return settle(readings, ignored);
};

export const xovis = (payload: unknown): Mapped => {
  const p = fields(payload, 'payload');
  if (p['logics_data'] !== undefined) return logics(fields(p['logics_data'], 'logics_data'));
  if (p['live_data'] !== undefined) return frames(fields(p['live_data'], 'live_data'));
  if (p['content'] !== undefined) return elements(p);
  if (p['values'] !== undefined) return events(list(p['values'], 'values'));
  throw new PayloadFault('this is no Xovis payload');
};

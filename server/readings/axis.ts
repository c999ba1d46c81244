/**
 * Axis: the 3D People Counter's push (intervals), the older counter's poll format (a running count in local time), and Object Analytics
 * (a running count a scenario, as text; a scenario whose name says out or 出 counts out). Adults are counted with everybody.
 */
import type { Reading } from '../../shared/reading.ts';
import { type Fields, fields, instant, list, type Mapped, PayloadFault, settle, whole } from './vendor.ts';

const retail = (data: Fields): Mapped => {
  const readings: Reading[] = [];
  const ignored: string[] = [];
  for (const m of list(data['measurements'], 'measurements').map((x) => fields(x, 'measurement'))) {
    if (m['kind'] !== 'people-counts') {
      ignored.push(String(m['kind'] ?? 'measurement').slice(0, 48));
      continue;
    }
    const flow = { in: 0, out: 0 };
    for (const item of list(m['items'], 'items').map((x) => fields(x, 'item'))) {
      const way = item['direction'];
      if (way !== 'in' && way !== 'out') throw new PayloadFault('direction is not known');
      flow[way] += whole(item['count'], 'count');
    }
    readings.push({ kind: 'interval', from: instant(m['utcFrom'], 'utcFrom'), to: instant(m['utcTo'], 'utcTo'), ...flow });
  }
  return settle(readings, ignored);
};

const scenario = (p: Fields): Mapped => {
  const data = fields(fields(p['message'], 'message')['data'], 'data');
  const total = whole(data['totalHuman'] ?? data['total'], 'total');
  const out = /\bout\b|exit|出/i.test(String(data['scenario'] ?? ''));
  return settle([{ kind: 'cumulative', at: instant(p['timestamp'], 'timestamp'), in: out ? 0 : total, out: out ? total : 0 }], []);
};

export const axis = (payload: unknown): Mapped => {
  const p = fields(payload, 'payload');
  if (p['data'] !== undefined) return retail(fields(p['data'], 'data'));
  if (p['message'] !== undefined) return scenario(p);
  if (p['in'] !== undefined && p['timestamp'] !== undefined)
    return settle([{ kind: 'cumulative', at: instant(String(p['timestamp']), 'timestamp'), in: whole(p['in'], 'in'), out: whole(p['out'], 'out') }], []);
  throw new PayloadFault('this is no Axis payload');
};

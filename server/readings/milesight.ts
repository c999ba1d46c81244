/** Milesight VS12x: interval reports by line, with the sensor's own zone; totals are running counts. A snapshot is dropped unread. */
import type { Reading } from '../../shared/reading.ts';
import { type Fields, fields, instant, list, type Mapped, PayloadFault, settle, whole } from './vendor.ts';

/** `UTC+8:00` as `+08:00`. */
const offsetOf = (zone: unknown): string => {
  const m = /^UTC([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(String(zone ?? 'UTC+8:00').replace(/\s/g, ''));
  if (!m) throw new PayloadFault('timezone is not known');
  return `${m[1]}${(m[2] as string).padStart(2, '0')}:${m[3] ?? '00'}`;
};
const at = (value: unknown, zone: string, what: string): string => {
  if (typeof value !== 'string') throw new PayloadFault(`${what} is missing`);
  return instant(/(Z|[+-]\d{2}:?\d{2})$/i.test(value) ? value : `${value.replaceAll('/', '-').replace(' ', 'T')}${zone}`, what);
};

const lines = (p: Fields, name: string): readonly Fields[] | null => (p[name] === undefined ? null : list(p[name], name).map((l) => fields(l, 'line')));

export const milesight = (payload: unknown): Mapped => {
  const p = fields(payload, 'payload');
  const time = fields(p['time_info'], 'time_info');
  const zone = offsetOf(time['timezone']);
  const ignored = ['snapshot', 'current_total', 'max_counted', 'region_trigger_data', 'dwell_time_data'].filter((name) => p[name] !== undefined);
  const readings: Reading[] = [];
  const periodic = lines(p, 'line_periodic_data');
  if (periodic) {
    const span = { from: at(time['start_time'], zone, 'start_time'), to: at(time['end_time'], zone, 'end_time') };
    for (const l of periodic) readings.push({ kind: 'interval', ...span, in: whole(l['in'], 'in'), out: whole(l['out'], 'out') });
    if (p['line_total_data'] !== undefined) ignored.push('line_total_data');
  } else {
    const total = lines(p, 'line_total_data');
    if (total) {
      const sum = (name: string): number => total.reduce((n, l) => n + whole(l[name], name), 0);
      readings.push({ kind: 'cumulative', at: at(time['end_time'] ?? time['time'], zone, 'time'), in: sum('in_counted'), out: sum('out_counted') });
    }
  }
  return settle(readings, ignored);
};

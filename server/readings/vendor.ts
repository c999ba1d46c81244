/** What every people counter's format is mapped through: from its own payload to canonical readings. Anything else it carries is dropped unread. */
import type { Reading } from '../../shared/reading.ts';
import { readingSchema, readingsPerBatchMax } from '../../shared/reading.ts';

/** `ignored`: parts that say nothing countable (images, demographics, alarms), by a short name. */
export type Mapped = { readings: Reading[]; ignored: string[] };
/** A payload that is not what this vendor sends. */
export class PayloadFault extends Error {}
export type VendorFormat = (payload: unknown) => Mapped;

export type Fields = { readonly [name: string]: unknown };

export const fields = (value: unknown, what: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new PayloadFault(`${what} is missing`);
  return value as Fields;
};
export const list = (value: unknown, what: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new PayloadFault(`${what} is missing`);
  if (value.length > readingsPerBatchMax * 4) throw new PayloadFault(`${what} is too long`);
  return value;
};

/** A whole number, also where the vendor writes it as text. */
export const whole = (value: unknown, what: string): number => {
  const n = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw new PayloadFault(`${what} is no count`);
  return n;
};

/** An instant as RFC 3339: from epoch milliseconds or seconds, from a text with an offset, or from a local text, which is Hong Kong's. */
export const instant = (value: unknown, what: string): string => {
  if (typeof value === 'number' && Number.isFinite(value)) return iso(value < 1e11 ? value * 1_000 : value, what);
  if (typeof value !== 'string') throw new PayloadFault(`${what} is missing`);
  const text = value.trim();
  if (/^\d{13}$/.test(text)) return iso(Number(text), what);
  if (/^\d{14}$/.test(text)) return instant(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T${text.slice(8, 10)}:${text.slice(10, 12)}:${text.slice(12)}`, what);
  const local = text.replaceAll('/', '-').replace(' ', 'T');
  return iso(Date.parse(/(Z|[+-]\d{2}:?\d{2})$/i.test(local) ? local : `${local}+08:00`), what);
};
const iso = (ms: number, what: string): string => {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) throw new PayloadFault(`${what} is no time`);
  return new Date(ms).toISOString();
};

/** Sums intervals of the same span (several lines of one sensor at one point) and checks every reading by the canonical schema. */
export const settle = (readings: readonly Reading[], ignored: readonly string[]): Mapped => {
  const spans = new Map<string, Extract<Reading, { kind: 'interval' }>>();
  const out: Reading[] = [];
  for (const r of readings) {
    if (r.kind !== 'interval') {
      out.push(r);
      continue;
    }
    const key = `${r.from}|${r.to}|${r.class ?? ''}`;
    const same = spans.get(key);
    if (same) {
      same.in += r.in;
      same.out += r.out;
    } else {
      const copy = { ...r };
      spans.set(key, copy);
      out.push(copy);
    }
  }
  if (out.length > readingsPerBatchMax) throw new PayloadFault(`more than ${readingsPerBatchMax} readings`);
  for (const r of out) if (!readingSchema.safeParse(r).success) throw new PayloadFault('a reading is out of its limits');
  return { readings: out, ignored: [...new Set(ignored)] };
};

/** Plans a people counter's batch (R6): new readings are recorded, repeats are counted as repeats, conflicts are kept aside and the first stands. */
import type { Admission } from './admission.ts';
import type { Entry, Repeats } from './entry.ts';
import { dayOf } from './hongkong-time.ts';
import { type Reading, readingAgeMsMax, readingAheadMsMax, readingKey } from './reading.ts';

export type ReadingsAnswer = { accepted: number; duplicates: number; quarantined: number };

/** From when to when a reading speaks; an instant's ends are the same. */
export const spanOf = (r: Reading): { fromMs: number; toMs: number } =>
  r.kind === 'interval' ? { fromMs: Date.parse(r.from), toMs: Date.parse(r.to) } : { fromMs: Date.parse(r.at), toMs: Date.parse(r.at) };
/** How many crossings a reading tells by itself; a cumulative one tells none without its predecessor. */
export const crossingsOf = (r: Reading): { in: number; out: number } => {
  if (r.kind === 'interval') return { in: r.in, out: r.out };
  if (r.kind === 'event') return r.direction === 'in' ? { in: r.n, out: 0 } : { in: 0, out: r.n };
  return { in: 0, out: 0 };
};

/** The entry to append and the answer once it is durable. Changes nothing. */
export const planReadings = (
  admission: Admission,
  who: { device: string; showcase: string; point: string },
  readings: readonly Reading[],
  nowMs: number,
): { entry: Entry; answer: ReadingsAnswer } => {
  const fresh: Reading[] = [];
  const seen = new Map<string, string>();
  const quarantined: { reading: Reading; code: string }[] = [];
  const repeats = new Map<string, Repeats>();
  let duplicates = 0;
  for (const reading of readings) {
    const { key, values } = readingKey(reading, who.point);
    const full = `${who.device}|${key}`;
    const before = seen.get(full) ?? admission.readings.get(full);
    const { fromMs, toMs } = spanOf(reading);
    if (before === values || admission.readings.has(`${full}!${values}`) || seen.has(`${full}!${values}`)) {
      duplicates++;
      const day = dayOf(fromMs);
      const sum = repeats.get(day) ?? { day, records: 0, in: 0, out: 0 };
      const n = crossingsOf(reading);
      repeats.set(day, { day, records: sum.records + 1, in: sum.in + n.in, out: sum.out + n.out });
      continue;
    }
    const doubt = before !== undefined ? 'conflict' : toMs > nowMs + readingAheadMsMax ? 'clock_ahead' : fromMs < nowMs - readingAgeMsMax ? 'too_old' : null;
    if (doubt === null) {
      seen.set(full, values);
      fresh.push(reading);
    } else {
      seen.set(`${full}!${values}`, values);
      quarantined.push({ reading, code: doubt });
    }
  }
  return {
    entry: {
      kind: 'readings.recorded',
      receivedMs: nowMs,
      showcase: who.showcase,
      point: who.point,
      device: who.device,
      readings: fresh,
      quarantined,
      repeats: [...repeats.values()],
    },
    answer: { accepted: fresh.length, duplicates, quarantined: quarantined.length },
  };
};

/**
 * Every reading and click of the doors as it came, with what became of it: one row a part that shares one fate. Streamed from the journal;
 * decided by the rules of a fold of the same position. The entries of all rows add up to what was received.
 */
import type { Range, Row } from '../../shared/attendance.ts';
import { type Cumulative, cumulativeDelta, type Part } from '../../shared/counting.ts';
import { authorityAt, clickCrossing, type Doors } from '../../shared/doors.ts';
import type { Entry } from '../../shared/entry.ts';
import { hourOf, rfc3339 } from '../../shared/hongkong-time.ts';
import { isOpen } from '../../shared/opening-hours.ts';
import { type Reading, readingKey } from '../../shared/reading.ts';
import { crossingsOf, spanOf } from '../../shared/readings.ts';
import type { Column } from '../../shared/report/table.ts';
import { partsOf } from '../../shared/told.ts';
import type { Reads } from '../journal/journal.ts';
import { entriesTo } from './folding.ts';

export const RAW_COLUMNS: readonly Column[] = [
  { key: 'key', kind: 'text' },
  { key: 'point', kind: 'text' },
  { key: 'sensor', kind: 'text' },
  { key: 'from', kind: 'instant' },
  { key: 'to', kind: 'instant' },
  { key: 'in', kind: 'count', foot: 'sum' },
  { key: 'out', kind: 'count', foot: 'sum' },
  { key: 'class', kind: 'text' },
  { key: 'disposition', kind: 'text' },
  { key: 'receivedAt', kind: 'instant' },
  { key: 'position', kind: 'count' },
];

/** What every row of an entry says. */
type Base = { receivedAt: string; position: number };
type Told = Part & { point: string; source: string; class: string };

const fateOf = (doors: Doors, c: Told, fromMs: number): string => {
  const authority = authorityAt(doors, c.point, fromMs);
  if (authority !== null && authority !== c.source) return 'shadow';
  if (c.class === 'staff') return 'staff';
  return isOpen(doors, fromMs) ? 'accepted' : 'outside';
};

class RawReader {
  readonly #doors: Doors;
  readonly #range: Range;
  readonly #cumulative = new Map<string, Cumulative>();
  readonly #clicks = new Map<string, Told>();

  constructor(doors: Doors, range: Range) {
    this.#doors = doors;
    this.#range = range;
  }

  #within(ms: number): boolean {
    const day = hourOf(ms).slice(0, 10);
    return day >= this.#range.from && day <= this.#range.to;
  }

  *#rows(c: Told, key: string, base: Base): Iterable<Row> {
    for (const part of partsOf(this.#doors, c)) {
      if (!this.#within(part.fromMs)) continue;
      // field by field: spread together, a row costs as much again as all else about it
      yield {
        receivedAt: base.receivedAt,
        position: base.position,
        key,
        point: c.point,
        sensor: c.source,
        from: rfc3339(part.fromMs),
        to: rfc3339(part.toMs),
        in: part.in,
        out: part.out,
        class: c.class,
        disposition: fateOf(this.#doors, c, part.fromMs),
      };
    }
  }

  *#reading(r: Reading, point: string, device: string, base: Base): Iterable<Row> {
    if (r.kind === 'status') return;
    const source = `sensor:${device}`;
    const { key } = readingKey(r, point);
    if (r.kind !== 'cumulative') {
      yield* this.#rows({ ...spanOf(r), ...crossingsOf(r), point, source, class: r.class ?? 'visitor' }, key, base);
      return;
    }
    const next = { atMs: Date.parse(r.at), in: r.in, out: r.out };
    const delta = cumulativeDelta(this.#cumulative.get(`${device}|${point}`), next);
    if (delta !== 'late') this.#cumulative.set(`${device}|${point}`, next);
    if (delta !== 'late' && delta !== 'baseline') yield* this.#rows({ ...delta, point, source, class: 'visitor' }, key, base);
    else if (this.#within(next.atMs))
      yield { ...base, key, point, sensor: source, from: rfc3339(next.atMs), to: rfc3339(next.atMs), in: 0, out: 0, class: 'visitor', disposition: delta };
  }

  /** The rows of an entry. Entries come in order. */
  *of(e: Entry, position: number): Iterable<Row> {
    const base: Base = { receivedAt: rfc3339(e.receivedMs), position };
    if (e.kind === 'readings.recorded') {
      const sensor = `sensor:${e.device}`;
      for (const r of e.readings) yield* this.#reading(r, e.point, e.device, base);
      for (const { reading, code } of e.quarantined) {
        const { fromMs, toMs } = spanOf(reading);
        const { key } = readingKey(reading, e.point);
        if (this.#within(fromMs))
          yield {
            ...base,
            key,
            point: e.point,
            sensor,
            from: rfc3339(fromMs),
            to: rfc3339(toMs),
            ...crossingsOf(reading),
            class: 'class' in reading ? (reading.class ?? 'visitor') : 'visitor',
            disposition: `quarantined:${code}`,
          };
      }
      for (const x of e.repeats)
        if (x.day >= this.#range.from && x.day <= this.#range.to)
          yield { ...base, key: null, point: e.point, sensor, from: null, to: null, in: x.in, out: x.out, class: null, disposition: 'duplicates' };
    } else if (e.kind === 'click.recorded') {
      const { staff, ...crossing } = clickCrossing(e);
      const told: Told = { ...crossing, class: staff ? 'staff' : 'visitor' };
      this.#clicks.set(e.id, told);
      yield* this.#rows(told, e.id, base);
    } else if (e.kind === 'click.voided') {
      const told = this.#clicks.get(e.of);
      this.#clicks.delete(e.of);
      if (told) yield* this.#rows({ ...told, in: -told.in, out: -told.out }, e.id, base);
    }
  }
}

/** The rows of a range up to a position. */
export async function* rawRows(reads: Reads, showcase: string, doors: Doors, upTo: number, range: Range): AsyncGenerator<Row> {
  const reader = new RawReader(doors, range);
  for await (const { entry, position } of entriesTo(reads, upTo)) if ('showcase' in entry && entry.showcase === showcase) yield* reader.of(entry, position);
}

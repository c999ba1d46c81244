/** The journal as a stream of single events for a data team: one record an event, its schema in SPEC. Constant memory, one chunk at a time. */
import { happenedMs } from '../../shared/engagement.ts';
import type { Entry } from '../../shared/entry.ts';
import { dayOf, rfc3339 } from '../../shared/hongkong-time.ts';
import type { Reading } from '../../shared/reading.ts';
import { spanOf } from '../../shared/readings.ts';
import type { Journal } from '../journal/journal.ts';
import { csvHeader, csvRows } from './csv.ts';

export const EVENT_COLUMNS = [
  'position',
  'received',
  'at',
  'kind',
  'showcase',
  'zone',
  'point',
  'device',
  'epoch',
  'seq',
  'id',
  'disposition',
  'session',
  'lang',
  'project',
  'code',
  'via',
  'reason',
  'seconds',
  'inputs',
  'mode',
  'class',
  'from',
  'to',
  'direction',
  'in',
  'out',
  'n',
  'by',
  'hour',
] as const;
type EventRow = { [C in (typeof EVENT_COLUMNS)[number]]?: string | number | null | undefined };

const kioskRows = (e: Extract<Entry, { kind: 'kiosk.recorded' }>, base: EventRow): EventRow[] =>
  e.items.map((item, i) => {
    const place = { ...base, zone: e.zone, device: e.device, epoch: e.epoch, seq: e.from + i };
    if ('rejected' in item) return { ...place, kind: 'event.rejected', id: item.id ?? null, disposition: item.rejected };
    if ('repeat' in item) return { ...place, kind: 'event.repeated', id: item.repeat, disposition: 'duplicate' };
    const { atMs, kind, ...rest } = item;
    return { ...place, ...rest, at: rfc3339(happenedMs(atMs, e.offsetMs, e.receivedMs).atMs), kind, disposition: 'recorded' };
  });

const readingRow = (r: Reading, base: EventRow): EventRow => {
  switch (r.kind) {
    case 'interval':
      return { ...base, class: r.class ?? 'visitor', from: r.from, to: r.to, in: r.in, out: r.out };
    case 'event':
      return { ...base, id: r.eventId, class: r.class ?? 'visitor', direction: r.direction, n: r.n };
    case 'cumulative':
      return { ...base, in: r.in, out: r.out };
    case 'status':
      return { ...base, reason: r.state };
  }
};

const readingRows = (e: Extract<Entry, { kind: 'readings.recorded' }>, base: EventRow): EventRow[] => {
  const place = { ...base, point: e.point, device: e.device };
  const told = [
    ...e.readings.map((reading) => ({ reading, disposition: 'recorded' })),
    ...e.quarantined.map(({ reading, code }) => ({ reading, disposition: `quarantined:${code}` })),
  ];
  return [
    ...told.map(({ reading, disposition }) => readingRow(reading, { ...place, kind: `reading.${reading.kind}`, at: rfc3339(spanOf(reading).fromMs), disposition })),
    ...e.repeats.map((x) => ({ ...place, kind: 'reading.repeated', disposition: 'duplicate', n: x.records, in: x.in, out: x.out })),
  ];
};

/** The rows of one entry. */
export const eventRows = (e: Entry, position: number): EventRow[] => {
  const base: EventRow = { position, received: rfc3339(e.receivedMs), at: rfc3339(e.receivedMs), kind: e.kind, showcase: 'showcase' in e ? e.showcase : null };
  switch (e.kind) {
    case 'kiosk.recorded':
      return kioskRows(e, base);
    case 'readings.recorded':
      return readingRows(e, base);
    case 'link.scanned':
      return [{ ...base, code: e.code, project: e.project, n: e.n }];
    case 'click.recorded':
      return [{ ...base, at: rfc3339(e.atMs), point: e.point, id: e.id, direction: e.direction, n: e.n, by: e.by }];
    case 'click.voided':
      return [{ ...base, id: e.id, code: e.of, reason: e.reason, by: e.by }];
    case 'count.corrected':
      return [{ ...base, id: e.id, point: e.point, hour: e.hour, in: e.in, out: e.out, reason: e.reason, by: e.by }];
    case 'authority.set':
      return [{ ...base, at: rfc3339(e.fromMs), point: e.point, device: e.device, mode: e.source, by: e.by }];
    default:
      return [base];
  }
};

/** What is exported of a showcase; the hub's own bookkeeping (definitions, documents, audit) is not. */
const EXPORTED: ReadonlySet<Entry['kind']> = new Set([
  'kiosk.recorded',
  'readings.recorded',
  'link.scanned',
  'click.recorded',
  'click.voided',
  'count.corrected',
  'authority.set',
  'day.closed',
]);

/** what is made into text in one turn of the loop, so that it is never held for long */
const rowsPerTurn = 400;

/** The events of a showcase whose time lies in a range of Hong Kong days, as text chunks of NDJSON or CSV. */
export async function* eventLines(
  journal: Journal,
  showcase: string,
  range: { from?: string | undefined; to?: string | undefined },
  format: 'ndjson' | 'csv',
): AsyncGenerator<string> {
  if (format === 'csv') yield csvHeader(EVENT_COLUMNS);
  const everyDay = range.from === undefined && range.to === undefined;
  const inRange = (row: EventRow): boolean => {
    if (everyDay) return true;
    const day = dayOf(Date.parse((row.at ?? row.received) as string));
    return day >= (range.from ?? '') && day <= (range.to ?? '9999');
  };
  const textOf = (rows: readonly EventRow[]): string => (format === 'csv' ? csvRows(EVENT_COLUMNS, rows) : rows.map((r) => `${JSON.stringify(r)}\n`).join(''));
  for await (const { first, entries } of journal.read(0)) {
    let rows: EventRow[] = [];
    for (const [i, entry] of entries.entries()) {
      if (!EXPORTED.has(entry.kind) || !('showcase' in entry) || entry.showcase !== showcase) continue;
      for (const row of eventRows(entry, first + i)) if (inRange(row)) rows.push(row);
      if (rows.length < rowsPerTurn) continue;
      yield textOf(rows);
      rows = [];
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (rows.length > 0) yield textOf(rows);
  }
}

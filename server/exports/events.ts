/** The journal as a stream of single events for a data team: one record an event, its schema in SPEC. Constant memory, one chunk at a time. */
import { happened } from '../../shared/engagement.ts';
import type { Entry } from '../../shared/entry.ts';
import { EVENT_COLUMNS, type EventColumn } from '../../shared/event-columns.ts';
import { dayMs, minuteMs, rfc3339, startOfDayMs } from '../../shared/hongkong-time.ts';
import type { Reading } from '../../shared/reading.ts';
import { spanOf } from '../../shared/readings.ts';
import { type VoteTurn, voteStateAt } from '../../shared/vote.ts';
import type { Reads } from '../journal/journal.ts';
import { csvField, csvHeader } from './csv.ts';

const COLUMNS = Object.keys(EVENT_COLUMNS) as EventColumn[];
type Column = EventColumn;
type Value = string | number | boolean | null | undefined;

const AT = Object.fromEntries(COLUMNS.map((c, i) => [c, i])) as { readonly [C in Column]: number };
const columnCount = COLUMNS.length;

/** One record on its way out, used again for the next: a million of them make no garbage but their text. */
class EventRecord {
  readonly cells: Value[] = new Array<Value>(columnCount).fill(undefined);
  /** one past the last column that is filled */
  filled = 0;

  /** The record begins anew behind its first columns. */
  begin(): void {
    for (let i = 0; i < this.filled; i++) this.cells[i] = undefined;
    this.filled = 0;
  }

  set(column: number, value: Value): void {
    if (value === undefined || value === null) return;
    this.cells[column] = value;
    if (column >= this.filled) this.filled = column + 1;
  }

  setAll(values: { [C in Column]?: Value }): void {
    for (const column in values) this.set(AT[column as Column], values[column as Column]);
  }
}

let minuteKnown = Number.NaN;
let minuteText = '';
const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
/** RFC 3339 as `rfc3339` writes it; the minute is remembered, because events come in order of time. */
const instant = (atMs: number): string => {
  const minute = Math.floor(atMs / minuteMs);
  if (minute !== minuteKnown) {
    minuteText = rfc3339(minute * minuteMs).slice(0, 17);
    minuteKnown = minute;
  }
  const rest = atMs - minute * minuteMs;
  const ms = rest % 1_000;
  const second = two((rest - ms) / 1_000);
  return ms === 0 ? `${minuteText}${second}+08:00` : `${minuteText}${second}.${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}+08:00`;
};

/** text that is itself in CSV and in JSON */
const SAFE = /^[0-9A-Za-z][\x20\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]*$/;
const COMMAS = ','.repeat(columnCount);

const csvLine = (record: EventRecord): string => {
  let text = '';
  for (let i = 0; i < record.filled; i++) {
    const value = record.cells[i];
    if (i > 0) text += ',';
    if (typeof value === 'string') text += SAFE.test(value) ? value : csvField(value);
    else if (value !== undefined && value !== null) text += value;
  }
  return `${text}${COMMAS.slice(0, columnCount - record.filled)}\r\n`;
};

type Base = { position: number; receivedMs: number; received: string; showcase: string };
/** the columns of an event's own fields, and the commas behind the time's quality */
const FIELDS = COLUMNS.slice(AT.disposition + 1, AT.timeQuality);
const BEHIND = `${COMMAS.slice(0, columnCount - 1 - AT.timeQuality)}\r\n`;
const csvCell = (value: Value): string => (typeof value === 'string' ? (SAFE.test(value) ? value : csvField(value)) : value === undefined || value === null ? '' : String(value));

/** What became of an event that was recorded: a vote cast while the vote was not open is kept and not counted. */
const dispositionOf = (kind: string, atMs: number, turns: readonly VoteTurn[]): string =>
  kind === 'vote.cast' && turns.length > 0 && voteStateAt(turns, atMs) !== 'open' ? 'uncounted:vote_closed' : 'recorded';

/** The rows of a kiosk's batch as `csvLine` writes them; nearly all rows are such, and what they share is written once. */
const kioskLines = (e: Extract<Entry, { kind: 'kiosk.recorded' }>, base: Base, within: (atMs: number) => boolean, turns: readonly VoteTurn[]): string => {
  const { items } = e;
  const head = `${base.position},${base.received},`;
  const middle = `,${csvCell(base.showcase)},${csvCell(e.zone)},,${csvCell(e.device)},${csvCell(e.epoch)},`;
  let text = '';
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as (typeof items)[number];
    if (!('kind' in item)) {
      if (!within(e.receivedMs)) continue;
      const [kind, id, disposition] = 'rejected' in item ? ['event.rejected', item.id, item.rejected] : ['event.repeated', item.repeat, 'duplicate'];
      text += `${head}${base.received},${kind}${middle}${e.from + i},${csvCell(id)},${csvCell(disposition)}${COMMAS.slice(0, columnCount - 1 - AT.disposition)}\r\n`;
      continue;
    }
    const { atMs, quality } = happened(item, e);
    if (!within(atMs)) continue;
    const fields = item as { readonly [field: string]: Value };
    let commas = 1;
    text += `${head}${atMs === e.receivedMs ? base.received : instant(atMs)},${item.kind}${middle}${e.from + i},${csvCell(item.id)},${dispositionOf(item.kind, atMs, turns)}`;
    for (let c = 0; c < FIELDS.length; c++) {
      const value = fields[FIELDS[c] as string];
      if (value !== undefined && value !== null) {
        text += COMMAS.slice(0, commas) + csvCell(value);
        commas = 0;
      }
      commas++;
    }
    text += COMMAS.slice(0, commas) + quality + BEHIND;
  }
  return text;
};

const KEYS = COLUMNS.map((c) => `"${c}":`);
const jsonLine = (record: EventRecord): string => {
  let text = '';
  for (let i = 0; i < record.filled; i++) {
    const value = record.cells[i];
    if (value === undefined || value === null) continue;
    text += `${text === '' ? '{' : ','}${KEYS[i]}${typeof value === 'string' ? (SAFE.test(value) ? `"${value}"` : JSON.stringify(value)) : value}`;
  }
  return `${text}}\n`;
};

/** Fills the record with each event of an entry in turn; `out` takes it while it is filled. */
type Out = (record: EventRecord, atMs: number) => void;

const start = (r: EventRecord, { position, received, showcase }: Base, kind: string, at: string): void => {
  r.begin();
  r.set(AT.position, position);
  r.set(AT.received, received);
  r.set(AT.at, at);
  r.set(AT.kind, kind);
  r.set(AT.showcase, showcase);
};

const kioskRecords = (e: Extract<Entry, { kind: 'kiosk.recorded' }>, base: Base, r: EventRecord, out: Out, turns: readonly VoteTurn[]): void => {
  const { items } = e;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as (typeof items)[number];
    const when = 'kind' in item ? happened(item, e) : null;
    const atMs = when?.atMs ?? e.receivedMs;
    const told = 'kind' in item ? item.kind : 'rejected' in item ? 'event.rejected' : 'event.repeated';
    start(r, base, told, atMs === e.receivedMs ? base.received : instant(atMs));
    r.set(AT.zone, e.zone);
    r.set(AT.device, e.device);
    r.set(AT.epoch, e.epoch);
    r.set(AT.seq, e.from + i);
    if ('kind' in item) {
      r.set(AT.disposition, dispositionOf(item.kind, atMs, turns));
      r.set(AT.timeQuality, when?.quality);
      for (const field in item) if (!(field === 'atMs' || field === 'kind' || field === 'time')) r.set(AT[field as Column], item[field as keyof typeof item]);
    } else if ('rejected' in item) r.setAll({ id: item.id, disposition: item.rejected });
    else r.setAll({ id: item.repeat, disposition: 'duplicate' });
    out(r, atMs);
  }
};

const readingFields = (r: Reading): { [C in Column]?: Value } => {
  switch (r.kind) {
    case 'interval':
      return { class: r.class ?? 'visitor', from: r.from, to: r.to, in: r.in, out: r.out };
    case 'event':
      return { id: r.eventId, class: r.class ?? 'visitor', direction: r.direction, n: r.n };
    case 'cumulative':
      return { in: r.in, out: r.out };
    case 'status':
      return { reason: r.state };
  }
};

const readingRecords = (e: Extract<Entry, { kind: 'readings.recorded' }>, base: Base, r: EventRecord, out: Out): void => {
  const tell = (kind: string, atMs: number, disposition: string, fields: { [C in Column]?: Value }): void => {
    start(r, base, kind, instant(atMs));
    r.setAll({ point: e.point, device: e.device, disposition });
    r.setAll(fields);
    out(r, atMs);
  };
  for (const reading of e.readings) tell(`reading.${reading.kind}`, spanOf(reading).fromMs, 'recorded', readingFields(reading));
  for (const { reading, code } of e.quarantined) tell(`reading.${reading.kind}`, spanOf(reading).fromMs, `quarantined:${code}`, readingFields(reading));
  for (const x of e.repeats) tell('reading.repeated', e.receivedMs, 'duplicate', { n: x.records, in: x.in, out: x.out });
};

const instantOr = (atMs: number | null): string | null => (atMs === null ? null : instant(atMs));

const otherFields = (e: Entry): { atMs: number; fields: { [C in Column]?: Value } } => {
  switch (e.kind) {
    case 'link.scanned':
      return { atMs: e.receivedMs, fields: { code: e.code, project: e.project, n: e.n } };
    case 'click.recorded':
      return { atMs: e.atMs, fields: { point: e.point, id: e.id, direction: e.direction, n: e.n, by: e.by } };
    case 'click.voided':
      return { atMs: e.receivedMs, fields: { id: e.id, code: e.of, reason: e.reason, by: e.by } };
    case 'count.corrected':
      return { atMs: e.receivedMs, fields: { id: e.id, point: e.point, hour: e.hour, in: e.in, out: e.out, reason: e.reason, by: e.by, approver: e.approver } };
    case 'authority.set':
      return { atMs: e.fromMs, fields: { point: e.point, device: e.device, mode: e.source, by: e.by } };
    case 'vote.set':
      return { atMs: e.receivedMs, fields: { mode: e.state, from: instantOr(e.opensMs), to: instantOr(e.closesMs), by: e.by } };
    case 'vote.published':
      return { atMs: e.receivedMs, fields: { mode: e.on ? 'published' : 'withheld', by: e.by } };
    case 'day.closed':
      return { atMs: e.receivedMs, fields: { by: e.by, day: e.day, waived: e.waived?.join(' ') } };
    default:
      return { atMs: e.receivedMs, fields: {} };
  }
};

const records = (e: Entry, base: Base, r: EventRecord, out: Out, turns: readonly VoteTurn[]): void => {
  if (e.kind === 'kiosk.recorded') kioskRecords(e, base, r, out, turns);
  else if (e.kind === 'readings.recorded') readingRecords(e, base, r, out);
  else {
    const { atMs, fields } = otherFields(e);
    start(r, base, e.kind, instant(atMs));
    r.setAll(fields);
    out(r, atMs);
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
  'vote.set',
  'vote.published',
]);

/** text is handed out in pieces of about this many characters */
const pieceChars = 64 << 10;

/**
 * The events of a showcase up to a position whose time lies in a range of Hong Kong days, as text chunks of NDJSON or CSV. `turns`: when its
 * vote was open, at that position.
 */
export async function* eventLines(
  reads: Reads,
  showcase: string,
  upTo: number,
  range: { from?: string | undefined; to?: string | undefined },
  format: 'ndjson' | 'csv',
  turns: readonly VoteTurn[],
): AsyncGenerator<string> {
  if (format === 'csv') yield csvHeader(COLUMNS);
  const fromMs = range.from === undefined ? Number.NEGATIVE_INFINITY : startOfDayMs(range.from);
  const toMs = range.to === undefined ? Number.POSITIVE_INFINITY : startOfDayMs(range.to) + dayMs;
  const line = format === 'csv' ? csvLine : jsonLine;
  const record = new EventRecord();
  let text = '';
  const within = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
  const out: Out = (r, atMs) => {
    if (within(atMs)) text += line(r);
  };
  for await (const { first, entries } of reads.read(0)) {
    const count = Math.min(entries.length, upTo + 1 - first);
    for (let i = 0; i < count; i++) {
      const entry = entries[i] as Entry;
      if (!EXPORTED.has(entry.kind) || !('showcase' in entry) || entry.showcase !== showcase) continue;
      const base = { position: first + i, receivedMs: entry.receivedMs, received: instant(entry.receivedMs), showcase };
      if (format === 'csv' && entry.kind === 'kiosk.recorded') text += kioskLines(entry, base, within, turns);
      else records(entry, base, record, out, turns);
      if (text.length >= pieceChars) {
        yield text;
        text = '';
      }
    }
    if (first + count > upTo) break;
  }
  if (text !== '') yield text;
}

/**
 * The count statement: what was counted in a range of days up to a position of the journal, in figures that anybody can compute again from
 * the journal alone. Nothing in it depends on names, languages or the clock.
 */
import { z } from 'zod';
import { attendanceOf, type Range, type Row } from '../attendance.ts';
import { closingMs } from '../closing.ts';
import { publication, ruleVersion } from '../counting.ts';
import { rfc3339 } from '../hongkong-time.ts';
import { daySchema, slugSchema } from '../pack.ts';
import { reconcile } from '../reconciliation.ts';
import type { ReportFold } from './report-fold.ts';

const count = z.number().int();
const figure = z.number().nullable();
const instant = z.iso.datetime({ offset: true });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().max(512);

export const statementSchema = z.strictObject({
  statement: z.literal(1),
  showcase: slugSchema,
  from: daySchema,
  to: daySchema,
  rule: z.string().max(40),
  position: z.number().int().min(0),
  asOf: instant,
  journalSha256: sha256,
  csvSha256: sha256,
  status: z.enum(['closed', 'provisional', 'none']),
  visits: figure,
  published: z.strictObject({ value: count, about: z.boolean() }).nullable(),
  coverage: figure,
  days: z
    .array(
      z.strictObject({
        day: daySchema,
        visits: figure,
        entries: figure,
        exits: figure,
        corrections: figure,
        coverage: figure,
        late: z.strictObject({ records: count, entries: count }),
        status: z.enum(['closed', 'provisional']),
        version: count,
        closedAt: count.nullable(),
        closedBy: name.nullable(),
        silent: z.array(name),
        waived: z.array(name),
      }),
    )
    .max(400),
  reconciliation: z.record(z.string().max(24), count),
  corrections: z
    .array(z.strictObject({ receivedAt: instant, by: name, point: name, hour: z.string().max(13), in: count, out: count, reason: name, approver: name.nullable() }))
    .max(10_000),
  heard: z.array(z.strictObject({ device: name, kind: z.enum(['kiosk', 'counter']), place: name, last: instant })).max(10_000),
  /** what repairs gave up of the journal up to the position, of all showcases: none of it is in any figure */
  gaps: z.array(z.strictObject({ position: count, noted: instant, by: name, text: name })).max(10_000),
  silent: z.array(z.strictObject({ device: name, kind: z.enum(['kiosk', 'counter']), place: name.nullable() })).max(10_000),
});
export type Statement = z.infer<typeof statementSchema>;

const within = (day: string, range: Range): boolean => day >= range.from && day <= range.to;
const figureOf = (row: Row, key: string): number | null => (typeof row[key] === 'number' ? row[key] : null);

/** Devices that weren't heard from after a day was over, neither in the journal nor when it was closed: registered ones, and any that told something of that day. */
const silentAfter = (fold: ReportFold, day: string): string[] => {
  const expected = new Set([...fold.devices.map((d) => d.id), ...(fold.detail.present.get(day) ?? [])]);
  const closing = closingMs(fold.of.doors.days, day);
  const heard = new Set(fold.closingOf(day).heard);
  return [...expected].filter((id) => !heard.has(id) && (fold.detail.devices.get(id)?.lastMs ?? Number.NEGATIVE_INFINITY) < closing).sort();
};

const byId = (a: { device: string }, b: { device: string }): number => (a.device < b.device ? -1 : 1);

/** The statement of a range from a fold; the hashes come from who folded. */
export const statementOf = (fold: ReportFold, range: Range, hashes: { journalSha256: string; csvSha256: string }): Statement => {
  const t = fold.of;
  const asOfMs = fold.tally.asOfMs;
  const { rows, totals } = attendanceOf(fold.tally, fold.showcase, 'day', range, [], asOfMs);
  const known = new Set(fold.devices.map((d) => d.id));
  const sums = reconcile(t, range);
  const visits = rows.some((r) => r['visits'] !== null) ? sums.visits : null;
  const told = visits === null ? null : publication(visits);
  const days = rows.map((r) => {
    const day = r['day'] as string;
    const late = fold.detail.late.get(day) ?? { records: 0, in: 0 };
    const versions = fold.versionsOf(day);
    const closed = versions.findLast((v) => v.status === 'closed');
    return {
      day,
      visits: figureOf(r, 'visits'),
      entries: figureOf(r, 'entries'),
      exits: figureOf(r, 'exits'),
      corrections: figureOf(r, 'corrections'),
      coverage: figureOf(r, 'coverage'),
      late: { records: late.records, entries: late.in },
      status: versions.at(-1)?.status ?? ('provisional' as const),
      version: versions.length,
      closedAt: closed?.position ?? null,
      closedBy: closed?.by ?? null,
      silent: silentAfter(fold, day),
      waived: [...fold.closingOf(day).waived],
    };
  });
  return {
    statement: 1,
    showcase: fold.showcase,
    ...range,
    rule: ruleVersion,
    position: fold.tally.position,
    asOf: rfc3339(asOfMs),
    ...hashes,
    status: days.length === 0 ? 'none' : days.every((d) => d.status === 'closed') ? 'closed' : 'provisional',
    visits,
    published: told && { value: told.value, about: told.about },
    coverage: figureOf(totals, 'coverage'),
    days,
    reconciliation: sums,
    corrections: t.doors.corrections
      .filter((c) => within(c.hour.slice(0, 10), range))
      .map((c) => ({ receivedAt: rfc3339(c.receivedMs), by: c.by, point: c.point, hour: c.hour, in: c.in, out: c.out, reason: c.reason, approver: c.approver })),
    gaps: fold.tally.gaps.map((g) => ({ position: g.position, noted: rfc3339(g.notedMs), by: g.by, text: g.text })),
    heard: [...fold.detail.devices].map(([device, d]) => ({ device, kind: d.kind, place: d.place, last: rfc3339(d.lastMs) })).sort(byId),
    silent: fold.devices
      .filter((d) => known.has(d.id) && !fold.detail.devices.has(d.id))
      .map((d) => ({ device: d.id, kind: d.kind, place: d.place }))
      .sort(byId),
  };
};

export type Mismatch = { at: string; stated: unknown; found: unknown };

/** Where two statements differ, each place by its path. Empty when they say the same. */
export const differences = (stated: unknown, found: unknown, at = ''): Mismatch[] => {
  if (typeof stated !== 'object' || stated === null || typeof found !== 'object' || found === null) return Object.is(stated, found) ? [] : [{ at, stated, found }];
  const keys = new Set([...Object.keys(stated), ...Object.keys(found)]);
  return [...keys].flatMap((key) => differences((stated as Row)[key], (found as Row)[key], at === '' ? key : `${at}.${key}`));
};

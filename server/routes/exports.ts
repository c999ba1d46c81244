/**
 * What organisers take away: totals, workbook, tables as files, report, count statement, versions of a day, comparison, raw events. Everything
 * but one grouped table is made by a thread from the journal up to the position at the call, so that its parts agree and kiosks aren't disturbed.
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { z } from 'zod';
import { API, exportIdHeader } from '../../shared/api.ts';
import { attendanceOf, COLUMNS, type Range } from '../../shared/attendance.ts';
import { deliveryKey } from '../../shared/deliveries.ts';
import { comparisonQuery, differenceQuery, exportQuery, previewRowsMost, rangeReportQuery, statementQuery } from '../../shared/export-queries.ts';
import { dayOf, rfc3339 } from '../../shared/hongkong-time.ts';
import type { Pack } from '../../shared/pack.ts';
import { eventsQuery } from '../../shared/paths.ts';
import { catalogueOf } from '../../shared/report/catalogue.ts';
import type { DayVersion } from '../../shared/report/report-fold.ts';
import { differences } from '../../shared/report/statement.ts';
import { TABLE_KEYS } from '../../shared/report/table.ts';
import type { Capability } from '../../shared/roles.ts';
import { showcaseOf } from '../../shared/tally.ts';
import { csv } from '../exports/csv.ts';
import type { ExportAsk, ExportHead, ExportName } from '../exports/export-jobs.ts';
import type { Export } from '../exports/exporter.ts';
import { KeptLooks } from '../exports/kept-looks.ts';
import { PRINT_CSS } from '../exports/printed.ts';
import { lookText } from '../exports/table-files.ts';
import { bodyLang } from '../exports/workbook.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { allowed, query } from './ask.ts';
import type { HubEnv } from './env.ts';
import { Refused } from './problem.ts';

/** exports that may run at once, each in a thread of its own */
export const exportsAtOnceMax = 4;
const busyRetryAfterMs = 5_000;
const EXPORT_ID = /^[0-9a-z-]{16,40}$/;
const TYPES = {
  workbook: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  zip: ['application/zip', 'zip'],
  json: ['application/json; charset=utf-8', 'json'],
} as const;

const dayIn = (value: string | undefined): string | undefined => (value === undefined || value.length === 10 ? value : dayOf(Date.parse(value)));
const rangeOf = (ask: { from?: string | undefined; to?: string | undefined }): Partial<Range> => {
  const [from, to] = [dayIn(ask.from), dayIn(ask.to)];
  if (from !== undefined && to !== undefined && from > to)
    throw new Refused('validation_failed', 'The range ends before it begins.', { errors: [{ path: 'to', code: 'before_from' }] });
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
};

/** What is told of an export that was not made. */
const refusedFor = (error: unknown): unknown => {
  const name = error instanceof Error ? error.name : '';
  if (name === 'JournalFault') return new Refused('storage_failed', 'The journal cannot be read now.', { retryAfterMs: busyRetryAfterMs });
  if (name === 'ExportFault') return new Refused('export_failed', 'The export could not be made. Nothing was lost; try again, or fewer days.', { retryAfterMs: busyRetryAfterMs });
  return error;
};

export const exportRoutes = (parts: HubParts) => {
  const { library, tally, exporter, log } = parts;
  const looks = new KeptLooks<ExportHead<'look'>>(parts.clock.monotonicMs);
  let running = 0;
  /** exports that said what to call them, while they read the journal: how far each is */
  const under = new Map<string, number>();
  const versionTold = (showcase: string, { figures, asOfMs, ...v }: DayVersion) => {
    const delivery = v.status === 'closed' ? tally.deliveries.states.get(deliveryKey({ showcase, ...v })) : undefined;
    return { ...v, asOf: rfc3339(asOfMs), figures, delivery: delivery ? { state: delivery.state, attempts: delivery.attempts, at: rfc3339(delivery.atMs) } : null };
  };

  const asked = <S extends z.ZodType>(c: Context<HubEnv>, capability: Capability, schema: S): { pack: Pack; ask: z.output<S> } => {
    allowed(c, capability);
    const pack = library.pack(c.req.param('id') ?? '');
    if (!pack) throw new Refused('not_found', 'No such showcase is installed.');
    return { pack, ask: query(c, schema) };
  };
  /** Makes an export among those that may run at once; its place is free again when it ends. */
  const make = async <K extends ExportName>(c: Context<HubEnv>, what: K, ask: ExportAsk<K>, stop: AbortSignal | null = c.req.raw.signal): Promise<Export<ExportHead<K>>> => {
    if (running >= exportsAtOnceMax) throw new Refused('busy', 'Other exports are running. Please try again.', { retryAfterMs: busyRetryAfterMs });
    running++;
    const id = c.req.header(exportIdHeader);
    const named = id !== undefined && EXPORT_ID.test(id) && !under.has(id) ? id : null;
    const told = (position: number): void => void (named !== null && under.set(named, position));
    let over = false;
    const end = (): void => {
      if (!over) running--;
      over = true;
    };
    told(0);
    try {
      const made = await exporter.run(what, ask, { told, ...(stop && { stop }) });
      return {
        ...made,
        end: () => {
          made.end();
          end();
        },
      };
    } catch (error) {
      end();
      if (stop?.aborted !== true && !(error instanceof Refused)) log.error({ err: error, requestId: c.get('requestId') }, 'an export failed');
      throw refusedFor(error);
    } finally {
      if (named !== null) under.delete(named);
    }
  };
  /** One that is answered at once. */
  const made = async <K extends ExportName>(c: Context<HubEnv>, what: K, ask: ExportAsk<K>, stop?: null): Promise<ExportHead<K>> => {
    const { head, end } = await make(c, what, ask, stop);
    end();
    return head;
  };
  /** Sends what comes of an export while it is made. */
  const send = (c: Context<HubEnv>, { chunks, end }: Export<unknown>, type: string, name: string): Response => {
    c.env.flow = { chunks, end, broke: (error) => log.error({ err: error, requestId: c.get('requestId') }, 'an export broke off') };
    return c.body(null, 200, { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` });
  };
  const of = (pack: Pack) => ({ showcase: pack.id, upTo: tally.position });
  const named = (pack: Pack, range: Partial<Range>) => ({ ...of(pack), names: catalogueOf(pack, library.packs), range });

  const whole = async (c: Context<HubEnv>, pack: Pack, ask: z.output<typeof exportQuery>): Promise<Response> => {
    const base = { ...named(pack, rangeOf(ask)), lang: ask.lang, tables: ask.tables };
    if (ask.format === 'xlsx') {
      const file = await make(c, 'workbook', { ...base, tables: ask.tables ?? (ask.by && [ask.by]), raw: ask.raw === 'on' });
      return send(c, file, TYPES.workbook[0], `${file.head}${ask.by ? `_by-${ask.by}` : ''}.${TYPES.workbook[1]}`);
    }
    const projects = pack.projects.map((p) => p.id);
    if (ask.format === 'json' && ask.rows !== undefined) {
      const about = { ...named(pack, base.range), lang: bodyLang(ask.lang), projects, rows: previewRowsMost };
      // made for whoever looks next as well: who goes does not end it
      const { name, look } = await looks.of(JSON.stringify([base.range, about.lang, about.names]), about.upTo, () => made(c, 'look', about, null));
      return c.body(lookText(look, ask.tables ?? TABLE_KEYS, ask.rows), 200, {
        'Content-Type': TYPES.json[0],
        'Content-Disposition': `attachment; filename="${name}.${TYPES.json[1]}"`,
      });
    }
    const file =
      ask.format === 'zip' ? await make(c, 'zip', { ...base, raw: ask.raw !== 'off', guard: ask.guard === 'on' }) : await make(c, 'json', { ...base, raw: false, projects });
    const [type, ending] = TYPES[ask.format === 'zip' ? 'zip' : 'json'];
    return send(c, file, type, `${file.head}.${ending}`);
  };

  const versionsOf = (c: Context<HubEnv>, pack: Pack): Promise<DayVersion[]> => {
    const day = c.req.param('day') ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Refused('validation_failed', 'This is no day.', { errors: [{ path: 'day', code: 'bad_day' }] });
    return made(c, 'versions', { ...of(pack), day });
  };
  const versionOf = (versions: readonly DayVersion[], number: number): DayVersion => {
    const found = versions.find((v) => v.version === number);
    if (!found) throw new Refused('not_found', 'The day has no such version.');
    return found;
  };

  return new Hono<HubEnv>()
    .get(`${API}/showcases/:id/attendance`, async (c) => {
      const { pack, ask } = asked(c, 'attendance.read', exportQuery);
      if (ask.format === 'xlsx' || ask.format === 'zip' || (ask.format === 'json' && ask.by === undefined)) return whole(c, pack, ask);
      const by = ask.by ?? 'day';
      // as of the newest entry: the same position gives the same table, here and in every file
      const attendance = attendanceOf(
        tally,
        pack.id,
        by,
        rangeOf(ask),
        pack.projects.map((p) => p.id),
        tally.asOfMs,
      );
      if (ask.format !== 'csv') return c.json(attendance);
      return c.body(csv(COLUMNS[by], attendance.rows), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${pack.id}_${attendance.from}_${attendance.to}_by-${by}_p${attendance.position}.csv"`,
      });
    })
    .get(`${API}/exports/:export`, (c) => {
      allowed(c, 'attendance.read');
      // null: no export of this name reads the journal now, not yet or not any more
      return c.json({ position: under.get(c.req.param('export')) ?? null, of: tally.position });
    })
    .get(`${API}/report.css`, (c) => c.body(PRINT_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }))
    .get(`${API}/showcases/:id/report`, async (c) => {
      const { pack, ask } = asked(c, 'attendance.read', rangeReportQuery);
      return c.html(await made(c, 'report', { ...named(pack, rangeOf(ask)), lang: ask.lang }));
    })
    .get(`${API}/showcases/:id/statement`, async (c) => {
      const { pack, ask } = asked(c, 'attendance.read', statementQuery);
      const { statement, page } = await made(c, 'statement', { ...named(pack, rangeOf(ask)), page: ask.format === 'html' ? ask.lang : null });
      if (page !== null) return c.html(page);
      c.header('Content-Disposition', `attachment; filename="${pack.id}_${statement.from}_${statement.to}_statement_p${statement.position}.json"`);
      return c.json(statement);
    })
    .get(`${API}/showcases/:id/comparison`, async (c) => {
      const { pack, ask } = asked(c, 'attendance.read', comparisonQuery);
      return c.json(await made(c, 'comparison', { ...named(pack, {}), range: rangeOf(ask) as Range, with: rangeOf({ from: ask.withFrom, to: ask.withTo }) as Range }));
    })
    .get(`${API}/showcases/:id/days/:day/versions`, async (c) => {
      const { pack } = asked(c, 'attendance.read', rangeReportQuery);
      return c.json({ versions: (await versionsOf(c, pack)).map((v) => versionTold(pack.id, v)) });
    })
    .get(`${API}/showcases/:id/days/:day/versions/:version`, async (c) => {
      const { pack } = asked(c, 'attendance.read', rangeReportQuery);
      return c.json(versionTold(pack.id, versionOf(await versionsOf(c, pack), Number(c.req.param('version')))));
    })
    .get(`${API}/showcases/:id/days/:day/versions/:version/difference`, async (c) => {
      const { pack, ask } = asked(c, 'attendance.read', differenceQuery);
      const versions = await versionsOf(c, pack);
      const [before, after] = [versionOf(versions, ask.with), versionOf(versions, Number(c.req.param('version')))];
      const changed = differences(before.figures, after.figures).map(({ at, stated, found }) => ({ figure: at, before: stated ?? null, after: found ?? null }));
      return c.json({ day: after.day, version: after.version, with: before.version, position: after.position, withPosition: before.position, changed });
    })
    .get(`${API}/showcases/:id/events`, async (c) => {
      const { pack, ask } = asked(c, 'events.read', eventsQuery);
      const about = of(pack);
      const file = await make(c, 'events', { ...about, range: rangeOf(ask), format: ask.format, turns: showcaseOf(parts.tally, pack.id).engagement.vote.turns });
      return send(c, file, ask.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8', `${pack.id}_events_p${about.upTo}.${ask.format}`);
    });
};

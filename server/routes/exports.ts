/**
 * What organisers take away: totals, workbook, tables as files, report, count statement, versions of a day, comparison, raw events. Everything
 * but one grouped table is folded from the journal up to the position at the call, so that its parts agree and kiosks aren't disturbed.
 */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { z } from 'zod';
import { API, exportIdHeader } from '../../shared/api.ts';
import { attendanceOf, COLUMNS, type Range, type Row } from '../../shared/attendance.ts';
import { deliveryKey } from '../../shared/deliveries.ts';
import { comparisonQuery, differenceQuery, exportQuery, rangeReportQuery, statementQuery } from '../../shared/export-queries.ts';
import { dayOf, rfc3339 } from '../../shared/hongkong-time.ts';
import type { Pack } from '../../shared/pack.ts';
import { eventsQuery } from '../../shared/paths.ts';
import { catalogueOf } from '../../shared/report/catalogue.ts';
import { compareRanges } from '../../shared/report/comparison.ts';
import type { DayVersion } from '../../shared/report/report-fold.ts';
import { differences } from '../../shared/report/statement.ts';
import type { Capability } from '../../shared/roles.ts';
import type { Lang } from '../../shared/words.ts';
import { csv } from '../exports/csv.ts';
import { eventLines } from '../exports/events.ts';
import { type ExportFacts, factsOf, fileNameOf } from '../exports/export-facts.ts';
import { type Folded, foldTo } from '../exports/folding.ts';
import { PRINT_CSS } from '../exports/printed.ts';
import { rawRows } from '../exports/raw-rows.ts';
import { report } from '../exports/report.ts';
import { makeStatement, statementPage } from '../exports/statement.ts';
import { csvZip, jsonText } from '../exports/table-files.ts';
import { bodyLang, workbook } from '../exports/workbook.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { allowed, query } from './ask.ts';
import type { HubEnv } from './env.ts';
import { Refused } from './problem.ts';

/** exports that may run at once */
export const exportsAtOnceMax = 4;
const busyRetryAfterMs = 5_000;
const EXPORT_ID = /^[0-9a-z-]{16,40}$/;
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const dayIn = (value: string | undefined): string | undefined => (value === undefined || value.length === 10 ? value : dayOf(Date.parse(value)));
const rangeOf = (ask: { from?: string | undefined; to?: string | undefined }): Partial<Range> => {
  const [from, to] = [dayIn(ask.from), dayIn(ask.to)];
  if (from !== undefined && to !== undefined && from > to)
    throw new Refused('validation_failed', 'The range ends before it begins.', { errors: [{ path: 'to', code: 'before_from' }] });
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
};

export const exportRoutes = (parts: HubParts) => {
  const { library, tally, journal } = parts;
  let running = 0;
  /** exports that said what to call them, while they read the journal: how far each is */
  const under = new Map<string, number>();
  const versionTold = (showcase: string, { figures, asOfMs, ...v }: DayVersion) => {
    const delivery = v.status === 'closed' ? tally.deliveries.states.get(deliveryKey({ showcase, ...v })) : undefined;
    return { ...v, asOf: rfc3339(asOfMs), figures, delivery: delivery ? { state: delivery.state, attempts: delivery.attempts, at: rfc3339(delivery.atMs) } : null };
  };

  const begin = (): (() => void) => {
    if (running >= exportsAtOnceMax) throw new Refused('busy', 'Other exports are running. Please try again.', { retryAfterMs: busyRetryAfterMs });
    running++;
    let over = false;
    return () => {
      if (!over) running--;
      over = true;
    };
  };
  /** Runs one export among those that may run at once. */
  const turn = async <T>(run: () => Promise<T>): Promise<T> => {
    const end = begin();
    try {
      return await run();
    } finally {
      end();
    }
  };
  const asked = <S extends z.ZodType>(c: Context<HubEnv>, capability: Capability, schema: S): { pack: Pack; ask: z.output<S> } => {
    allowed(c, capability);
    const pack = library.pack(c.req.param('id') ?? '');
    if (!pack) throw new Refused('not_found', 'No such showcase is installed.');
    return { pack, ask: query(c, schema) };
  };
  const fold = async (c: Context<HubEnv>, pack: Pack): Promise<Folded> => {
    const id = c.req.header(exportIdHeader);
    const named = id !== undefined && EXPORT_ID.test(id) && !under.has(id) ? id : null;
    const told = (position: number): void => void (named !== null && under.set(named, position));
    told(0);
    try {
      return await foldTo(journal, pack.id, tally.position, { stop: c.req.raw.signal, told });
    } catch (error) {
      if (error instanceof Error && error.name === 'JournalFault') throw new Refused('storage_failed', 'The journal cannot be read now.', { retryAfterMs: busyRetryAfterMs });
      throw error;
    } finally {
      if (named !== null) under.delete(named);
    }
  };
  const facts = async (c: Context<HubEnv>, pack: Pack, range: Partial<Range>, lang: Lang): Promise<ExportFacts> =>
    factsOf(await fold(c, pack), catalogueOf(pack, library.packs), range, lang);

  /** Sends chunks as they are made; the export's place is free again when the last one is taken or the reader goes. */
  const send = (c: Context<HubEnv>, end: () => void, type: string, name: string, chunks: AsyncIterable<string | Uint8Array>): Response => {
    c.header('Content-Type', type);
    c.header('Content-Disposition', `attachment; filename="${name}"`);
    return stream(c, async (out) => {
      try {
        for await (const chunk of chunks) {
          if (out.aborted) return;
          await out.write(chunk);
        }
      } finally {
        end();
      }
    });
  };

  const whole = async (c: Context<HubEnv>, pack: Pack, ask: z.output<typeof exportQuery>): Promise<Response> => {
    const end = begin();
    try {
      const f = await facts(c, pack, rangeOf(ask), bodyLang(ask.lang));
      const raw = (wanted: boolean): AsyncIterable<Row> | null => (wanted ? rawRows(journal, pack.id, f.asked.fold.of.doors, f.position, f.asked.range) : null);
      const name = fileNameOf(f);
      if (ask.format === 'xlsx') {
        const { tables = ask.by && [ask.by] } = ask;
        return send(c, end, xlsxType, `${name}${ask.by ? `_by-${ask.by}` : ''}.xlsx`, workbook(f, ask.lang, raw(ask.raw === 'on'), undefined, tables));
      }
      if (ask.format === 'zip')
        return send(c, end, 'application/zip', `${name}.zip`, csvZip(f, { guard: ask.guard === 'on', ...(ask.tables && { keys: ask.tables }) }, raw(ask.raw !== 'off')));
      const projects = pack.projects.map((p) => p.id);
      const day = attendanceOf(f.asked.fold.tally, pack.id, 'day', rangeOf(ask), projects, f.asked.fold.tally.asOfMs);
      c.header('Content-Type', 'application/json; charset=utf-8');
      return send(c, end, 'application/json; charset=utf-8', `${name}.json`, jsonText(f, day, ask.tables));
    } catch (error) {
      end();
      throw error;
    }
  };

  const versionsOf = async (c: Context<HubEnv>, pack: Pack): Promise<DayVersion[]> => {
    const day = c.req.param('day') ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Refused('validation_failed', 'This is no day.', { errors: [{ path: 'day', code: 'bad_day' }] });
    return turn(async () => (await fold(c, pack)).fold.versionsOf(day));
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
    .get(`${API}/showcases/:id/report`, (c) => {
      const { pack, ask } = asked(c, 'attendance.read', rangeReportQuery);
      return turn(async () => c.html(await report(await facts(c, pack, rangeOf(ask), ask.lang), ask.lang)));
    })
    .get(`${API}/showcases/:id/statement`, (c) => {
      const { pack, ask } = asked(c, 'attendance.read', statementQuery);
      return turn(async () => {
        const statement = await makeStatement(await fold(c, pack), rangeOf(ask));
        if (ask.format === 'html') return c.html(await statementPage(statement, catalogueOf(pack, library.packs), ask.lang));
        c.header('Content-Disposition', `attachment; filename="${pack.id}_${statement.from}_${statement.to}_statement_p${statement.position}.json"`);
        return c.json(statement);
      });
    })
    .get(`${API}/showcases/:id/comparison`, (c) => {
      const { pack, ask } = asked(c, 'attendance.read', comparisonQuery);
      return turn(async () => {
        const folded = await fold(c, pack);
        const from = { fold: folded.fold, names: catalogueOf(pack, library.packs), range: rangeOf(ask) as Range, lang: 'en' as const };
        return c.json({ position: folded.fold.tally.position, rows: compareRanges(from, rangeOf({ from: ask.withFrom, to: ask.withTo }) as Range) });
      });
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
    .get(`${API}/showcases/:id/events`, (c) => {
      const { pack, ask } = asked(c, 'events.read', eventsQuery);
      const type = ask.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
      return send(c, begin(), type, `${pack.id}_events_p${tally.position}.${ask.format}`, eventLines(journal, pack.id, rangeOf(ask), ask.format));
    });
};

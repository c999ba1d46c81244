/** What can be exported: each makes what is answered at once, and what is streamed after it, of a journal up to a position. */
import { attendanceOf, type Range, type Row } from '../../shared/attendance.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';
import { compareRanges } from '../../shared/report/comparison.ts';
import type { DayVersion } from '../../shared/report/report-fold.ts';
import type { Statement } from '../../shared/report/statement.ts';
import type { TableKey } from '../../shared/report/table.ts';
import type { VoteTurn } from '../../shared/vote.ts';
import type { Lang } from '../../shared/words.ts';
import type { Reads } from '../journal/journal.ts';
import { eventLines } from './events.ts';
import { type ExportFacts, factsOf, fileNameOf } from './export-facts.ts';
import { type Folded, foldTo } from './folding.ts';
import { rawRows } from './raw-rows.ts';
import { report } from './report.ts';
import { canonicalOf, makeStatement, statementPage } from './statement.ts';
import { csvZip, jsonText, type Look, lookOf } from './table-files.ts';
import { bodyLang, type HeadLang, workbook } from './workbook.ts';

/** Of one showcase, by what was recorded up to `upTo`. */
type Of = { showcase: string; upTo: number };
type Named = Of & { names: Catalogue; range: Partial<Range> };
export type ExportChunks = AsyncIterable<string | Uint8Array>;
type Made<H> = { head: H; chunks: ExportChunks | null };
/** Hears how far the journal was read. */
type Told = (position: number) => void;

const folded = (reads: Reads, { showcase, upTo }: Of, told: Told): Promise<Folded> => foldTo(reads, showcase, upTo, told);
const facts = async (reads: Reads, ask: Named, lang: Lang, told: Told): Promise<ExportFacts> => factsOf(await folded(reads, ask, told), ask.names, ask.range, lang);
const rawOf = (reads: Reads, f: ExportFacts, wanted: boolean): AsyncIterable<Row> | null =>
  wanted ? rawRows(reads, f.asked.fold.showcase, f.asked.fold.of.doors, f.position, f.asked.range) : null;

type FilesAsk = Named & { lang: HeadLang; tables: readonly TableKey[] | undefined; raw: boolean };

/** Every export by its name. All of what goes in and of `head` is plain data: it passes between threads. */
export const EXPORTS = {
  /** single events, as NDJSON or CSV */
  events: async (reads: Reads, ask: Of & { range: Partial<Range>; format: 'ndjson' | 'csv'; turns: readonly VoteTurn[] }): Promise<Made<null>> => ({
    head: null,
    chunks: eventLines(reads, ask.showcase, ask.upTo, ask.range, ask.format, ask.turns),
  }),
  /** the workbook, and what it is called */
  workbook: async (reads: Reads, ask: FilesAsk, told: Told): Promise<Made<string>> => {
    const f = await facts(reads, ask, bodyLang(ask.lang), told);
    return { head: fileNameOf(f), chunks: workbook(f, ask.lang, rawOf(reads, f, ask.raw), undefined, ask.tables) };
  },
  /** the tables as CSV in a zip, and what it is called */
  zip: async (reads: Reads, ask: FilesAsk & { guard: boolean }, told: Told): Promise<Made<string>> => {
    const f = await facts(reads, ask, bodyLang(ask.lang), told);
    return { head: fileNameOf(f), chunks: csvZip(f, { guard: ask.guard, ...(ask.tables && { keys: ask.tables }) }, rawOf(reads, f, ask.raw)) };
  },
  /** the tables as one JSON document behind the days, and what it is called */
  json: async (reads: Reads, ask: FilesAsk & { projects: readonly string[] }, told: Told): Promise<Made<string>> => {
    const f = await facts(reads, ask, bodyLang(ask.lang), told);
    const { tally } = f.asked.fold;
    return { head: fileNameOf(f), chunks: jsonText(f, attendanceOf(tally, ask.showcase, 'day', ask.range, ask.projects, tally.asOfMs), ask.tables) };
  },
  /** a look at every table: its first rows, and what the file is called */
  look: async (reads: Reads, ask: Named & { lang: Lang; projects: readonly string[]; rows: number }, told: Told): Promise<Made<{ name: string; look: Look }>> => {
    const f = await facts(reads, ask, ask.lang, told);
    const { tally } = f.asked.fold;
    const start = attendanceOf(tally, ask.showcase, 'day', ask.range, ask.projects, tally.asOfMs);
    return { head: { name: fileNameOf(f), look: lookOf(f, start, ask.rows) }, chunks: null };
  },
  /** the printable report */
  report: async (reads: Reads, ask: Named & { lang: Lang }, told: Told): Promise<Made<string>> => ({
    head: await report(await facts(reads, ask, ask.lang, told), ask.lang),
    chunks: null,
  }),
  /** the count statement; `page`: on paper, in that language */
  statement: async (reads: Reads, ask: Named & { page: Lang | null }, told: Told): Promise<Made<{ statement: Statement; page: string | null }>> => {
    const statement = await makeStatement(await folded(reads, ask, told), ask.range);
    return { head: { statement, page: ask.page && (await statementPage(statement, ask.names, ask.page)) }, chunks: null };
  },
  /** two ranges side by side */
  comparison: async (
    reads: Reads,
    ask: Of & { names: Catalogue; range: Range; with: Range },
    told: Told,
  ): Promise<Made<{ position: number; rows: ReturnType<typeof compareRanges> }>> => {
    const { fold } = await folded(reads, ask, told);
    return { head: { position: fold.tally.position, rows: compareRanges({ fold, names: ask.names, range: ask.range, lang: 'en' }, ask.with) }, chunks: null };
  },
  /** every version of a day */
  versions: async (reads: Reads, ask: Of & { day: string }, told: Told): Promise<Made<DayVersion[]>> => ({
    head: (await folded(reads, ask, told)).fold.versionsOf(ask.day),
    chunks: null,
  }),
  /** what is delivered of a closed day: statement, canonical CSV and tables, the workbook behind them */
  delivery: async (reads: Reads, ask: Named & { range: Range }, told: Told): Promise<Made<{ statement: Statement; csv: string; tables: string }>> => {
    const made = await folded(reads, ask, told);
    const f = await factsOf(made, ask.names, ask.range, 'zh-HK');
    let tables = '';
    for await (const piece of jsonText(f, {})) tables += piece;
    return { head: { statement: await makeStatement(made, ask.range), csv: await canonicalOf(made, ask.range), tables }, chunks: workbook(f, 'both') };
  },
} as const;

export type ExportName = keyof typeof EXPORTS;
export type ExportAsk<K extends ExportName> = Parameters<(typeof EXPORTS)[K]>[1];
export type ExportHead<K extends ExportName> = Awaited<ReturnType<(typeof EXPORTS)[K]>>['head'];

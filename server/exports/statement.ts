/** Makes a count statement, prints it, and checks one against a journal: yes, or no with every reason by name. */
import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { Range } from '../../shared/attendance.ts';
import { readLoss } from '../../shared/journal-gaps.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';
import { CODE_NAMES, TABLE_NAMES } from '../../shared/report/column-names.ts';
import { dayTable, reconciliationTable } from '../../shared/report/day-tables.ts';
import { differences, type Mismatch, type Statement, statementOf, statementSchema } from '../../shared/report/statement.ts';
import { TABLE_COLUMNS, type TableKey } from '../../shared/report/table.ts';
import { gapSentence, METHOD, publicationLine, REPORT_WORDS } from '../../shared/report-words.ts';
import type { Lang } from '../../shared/words.ts';
import { type Journal, JournalFault } from '../journal/journal.ts';
import { type CsvVerdict, csvVerdict } from './csv-check.ts';
import { canonicalCsv, wholeRange } from './export-facts.ts';
import { type Folded, foldTo } from './folding.ts';
import { columnLabel, grouped, printedTable, printFontsPath, signatures } from './printed.ts';

/** differences that are told of one statement */
export const mismatchesMax = 50;

const nameless = (showcase: string): Catalogue => {
  const none = { 'zh-HK': showcase, 'zh-CN': showcase, en: showcase };
  return { id: showcase, name: none, event: none, points: [], zones: [], projects: [], packs: [], earlier: [] };
};

/** The canonical CSV of a range: what a statement's `csvSha256` is of. From the fold alone. */
export const canonicalOf = async (folded: Folded, range: Range): Promise<string> => {
  const asked = { fold: folded.fold, names: nameless(folded.fold.showcase), range, lang: 'en' as const };
  const table = async (key: TableKey, rows: Iterable<import('../../shared/attendance.ts').Row>) => ({ key, columns: TABLE_COLUMNS[key], rows: [...rows], totals: null });
  return canonicalCsv(await table('day', dayTable(asked)), await table('reconciliation', reconciliationTable(asked)));
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The statement of a range; without one, of every day there is. */
export const makeStatement = async (folded: Folded, range: Partial<Range>): Promise<Statement> => {
  const whole = wholeRange(folded, range);
  return statementOf(folded.fold, whole, { journalSha256: folded.journalSha256, csvSha256: hashOf(await canonicalOf(folded, whole)) });
};

export type StatementReason =
  | { code: 'not_a_statement'; detail: string }
  /** the journal ends before the statement's position: entries are missing, or an older copy was put back */
  | { code: 'journal_short'; detail: string }
  /** a segment is missing, or bytes were changed */
  | { code: 'journal_damaged'; detail: string }
  /** the journal holds other entries than those the statement was made of */
  | { code: 'journal_differs'; detail: string }
  /** the CSV beside the statement is not the one it names: other cells, or the same in other bytes */
  | CsvVerdict
  /** a figure is not what the journal comes to */
  | { code: 'figure_differs'; detail: string; mismatch: Mismatch };
export type StatementVerdict = { ok: boolean; reasons: StatementReason[]; found: Statement | null };

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/**
 * Computes a statement again from the journal alone, up to the position it states. `csv` is the canonical CSV that came with it, if any.
 * Never throws for what a journal or a statement holds.
 */
export const checkStatement = async (stated: unknown, journal: Journal, csv: string | Uint8Array | null = null): Promise<StatementVerdict> => {
  const parsed = statementSchema.safeParse(stated);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, reasons: [{ code: 'not_a_statement', detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }], found: null };
  }
  const statement = parsed.data;
  const reasons: StatementReason[] = [];
  const hash = csv === null ? statement.csvSha256 : createHash('sha256').update(csv).digest('hex');
  const otherCsv: StatementReason[] =
    hash === statement.csvSha256 ? [] : [{ code: 'csv_differs', detail: `the CSV has SHA-256 ${hash}, the statement names ${statement.csvSha256}` }];
  if (journal.position < statement.position) {
    reasons.push({ code: 'journal_short', detail: `the journal ends at position ${journal.position}, the statement was made at ${statement.position}` });
    return { ok: false, reasons: [...otherCsv, ...reasons], found: null };
  }
  let folded: Folded;
  try {
    folded = await foldTo(journal, statement.showcase, statement.position);
  } catch (error) {
    if (!(error instanceof JournalFault)) throw error;
    reasons.push({ code: 'journal_damaged', detail: error.message });
    return { ok: false, reasons: [...otherCsv, ...reasons], found: null };
  }
  const range = { from: statement.from, to: statement.to };
  const found = await makeStatement(folded, range);
  // beside a journal that comes to the CSV which the statement names, it can be told what became of this one
  if (csv !== null && otherCsv.length > 0 && found.csvSha256 === statement.csvSha256)
    reasons.push(csvVerdict(typeof csv === 'string' ? Buffer.from(csv) : csv, await canonicalOf(folded, range)));
  else reasons.push(...otherCsv);
  if (found.journalSha256 !== statement.journalSha256)
    reasons.push({
      code: 'journal_differs',
      detail: `up to position ${statement.position} the journal has SHA-256 ${found.journalSha256}, the statement names ${statement.journalSha256}`,
    });
  for (const mismatch of differences(statement, found).slice(0, mismatchesMax))
    if (mismatch.at !== 'journalSha256')
      reasons.push({ code: 'figure_differs', detail: `${mismatch.at}: stated ${shown(mismatch.stated)}, the journal says ${shown(mismatch.found)}`, mismatch });
  return { ok: reasons.length === 0, reasons, found };
};

/** The statement on paper: figures, method in plain words, places to sign. */
export const statementPage = async (s: Statement, names: Catalogue, lang: Lang): Promise<string> => {
  const w = REPORT_WORDS;
  const line = s.published === null ? '—' : publicationLine(s.published.value, s.published.about)[lang];
  const facts: (readonly [string, string])[] = [
    [w.version[lang], s.status === 'none' ? '—' : (CODE_NAMES[s.status]?.[lang] ?? s.status)],
    [w.rule[lang], s.rule],
    [w.asOf[lang], s.asOf],
    [w.position[lang], String(s.position)],
    [columnLabel('coverage', lang), s.coverage === null ? '—' : `${s.coverage.toFixed(1)}\u00a0%`],
    [w.hash[lang], s.csvSha256],
    [w.journalHash[lang], s.journalSha256],
    [w.gaps[lang], s.gaps.map((g) => gapSentence({ ...g, loss: readLoss(g.text), notedMs: Date.parse(g.noted) })[lang]).join(' ') || w.none[lang]],
    [`${w.devices[lang]}: ${w.heard[lang]}`, s.heard.map((d) => `${d.device} (${d.place}, ${d.last})`).join('; ') || '—'],
    [`${w.devices[lang]}: ${w.waived[lang]}`, s.days.flatMap((d) => (d.waived.length === 0 ? [] : [`${d.day}: ${d.waived.join(', ')} (${d.closedBy ?? '—'})`])).join('; ') || '—'],
    [`${w.devices[lang]}: ${w.silent[lang]}`, s.silent.map((d) => `${d.device} (${d.place ?? '—'})`).join('; ') || '—'],
  ];
  const days = s.days.map(({ late, silent, waived, closedAt: _a, closedBy: _b, ...d }) => ({ ...d, lateRecords: late.records, silent: silent.length, waived: waived.length }));
  const acts = s.corrections.map((c) => ({ ...c, hour: `${c.hour}:00` }));
  const page = html`<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${names.name[lang]} ${s.from} – ${s.to}</title><link rel="stylesheet" href="${printFontsPath}"><link rel="stylesheet" href="/api/v1/report.css"></head>
<body><main><section><p class="show">${names.name[lang]} · ${s.from} – ${s.to}</p><h1>${line}</h1><p class="exact">${columnLabel('visits', lang)} <strong>${s.visits === null ? '—' : grouped(s.visits)}</strong></p>
<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd${/^[0-9a-f]{64}$/.test(value) ? html` class="mono"` : ''}>${value}</dd>`)}</dl>
${printedTable(TABLE_NAMES.day[lang], { columns: TABLE_COLUMNS.day, rows: days, totals: null }, ['day', 'entries', 'exits', 'corrections', 'visits', 'coverage', 'status', 'version'], lang)}
${printedTable(TABLE_NAMES.reconciliation[lang], { columns: TABLE_COLUMNS.reconciliation, rows: [s.reconciliation], totals: null }, Object.keys(s.reconciliation), lang)}
${acts.length === 0 ? '' : printedTable(TABLE_NAMES.corrections[lang], { columns: TABLE_COLUMNS.corrections, rows: acts, totals: null }, ['receivedAt', 'point', 'hour', 'in', 'out', 'reason', 'by', 'approver'], lang)}</section>
<section><h2>${TABLE_NAMES.method[lang]}</h2><ol>${METHOD.map((m) => html`<li>${m[lang]}</li>`)}</ol>${signatures(lang)}</section></main></body></html>`;
  return `<!doctype html>${String(await page)}`;
};

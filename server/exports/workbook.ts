/**
 * The attendance workbook: one sheet a table, typed dates, frozen heads, filters, print set-up, text that can never become a formula.
 * The same tally gives the same bytes. Held in memory: it grows with days, points and projects, not with events.
 */
import { createHash } from 'node:crypto';
import { type Cell, type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { type Attendance, attendanceOf, COLUMNS, type Cell as FigureCell, GROUPINGS, type Row } from '../../shared/attendance.ts';
import { publication } from '../../shared/counting.ts';
import { hongKongOffsetMs, rfc3339 } from '../../shared/hongkong-time.ts';
import { COLUMN_NAMES, publicationLine, REPORT_WORDS, TABLE_NAMES } from '../../shared/report-words.ts';
import { showcaseOf, type Tally } from '../../shared/tally.ts';
import type { Lang, Text } from '../../shared/words.ts';
import { csv, inertCell } from './csv.ts';

const headRow = 3;
const head: CellStyle = { font: { bold: true }, fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E3ECF8' } }, alignment: { wrapText: true, vertical: 'top' } };
const bold: CellStyle = { font: { bold: true } };
const FORMATS: { [column: string]: string } = { day: 'yyyy-mm-dd', hour: 'yyyy-mm-dd hh:mm', peakHour: 'yyyy-mm-dd hh:mm', coverage: '0.0' };

/** Dates are typed, in Hong Kong's time (a workbook has no zone); texts are inert; unknown stays empty. */
const cellOf = (column: string, cell: FigureCell): CellValue => {
  if (cell === null) return null;
  if (column === 'day' && typeof cell === 'string') return new Date(`${cell}T00:00:00Z`);
  if ((column === 'hour' || column === 'peakHour') && typeof cell === 'string') return new Date(Date.parse(cell) + hongKongOffsetMs);
  return inertCell(cell);
};

const table = (name: Text, note: string, columns: readonly string[], rows: readonly Row[], totals: Row | null, lang: Lang): WriteSheet => {
  const cells = new Map<string, Partial<Cell>>();
  const lines: CellValue[][] = [[name[lang]], [note], [], columns.map((c) => (COLUMN_NAMES[c] as Text)[lang])];
  for (const [i] of columns.entries()) cells.set(`${headRow},${i}`, { style: head });
  cells.set('0,0', { style: { font: { bold: true, size: 14 } } });
  for (const row of rows) lines.push(columns.map((c) => cellOf(c, row[c] ?? null)));
  if (totals) {
    for (const i of columns.keys()) cells.set(`${lines.length},${i}`, { style: { ...bold, numFmt: '#,##0' } });
    lines.push(columns.map((c, i) => (i === 0 ? REPORT_WORDS.total[lang] : (totals[c] ?? null))));
  }
  const last = String.fromCharCode(64 + columns.length);
  return {
    name: name[lang],
    columns: columns.map((c) => ({ width: c === 'project' || c === 'reason' ? 34 : 16, numFmt: FORMATS[c] ?? '#,##0' })),
    rows: lines,
    cells,
    freezePane: { rows: headRow + 1, columns: 1 },
    autoFilter: { range: `A${headRow + 1}:${last}${headRow + 1 + rows.length}` },
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `$${headRow + 1}:$${headRow + 1}` },
  };
};

const cover = (days: Attendance, showcaseName: Text, lang: Lang): WriteSheet => {
  const visits = (days.totals['visits'] as number | null | undefined) ?? null;
  const published = visits === null ? null : publication(visits);
  const hash = createHash('sha256').update(csv(COLUMNS.day, days.rows)).digest('hex');
  const lines: [Text, CellValue][] = [
    [REPORT_WORDS.showcase, showcaseName[lang]],
    [REPORT_WORDS.range, `${days.from} – ${days.to}`],
    [COLUMN_NAMES['visits'] as Text, visits],
    [REPORT_WORDS.publication, published && publicationLine(published.value, published.about)[lang]],
    [REPORT_WORDS.asOf, days.asOf],
    [REPORT_WORDS.position, days.position],
    [REPORT_WORDS.rule, days.rule],
    [REPORT_WORDS.hash, hash],
  ];
  return {
    name: TABLE_NAMES.cover[lang],
    columns: [{ width: 28 }, { width: 72 }],
    rows: lines.map(([label, value]) => [label[lang], value]),
    pageSetup: { paperSize: 'a4', orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  };
};

const method = (lang: Lang): WriteSheet => ({
  name: TABLE_NAMES.method[lang],
  columns: [{ width: 110, style: { alignment: { wrapText: true } } }],
  rows: [REPORT_WORDS.visitsNotPeople, REPORT_WORDS.occupancy, REPORT_WORDS.authority, REPORT_WORDS.split, REPORT_WORDS.notAdditive, REPORT_WORDS.unknown].map((line) => [
    line[lang],
  ]),
});

/** The workbook of a showcase's days, in one language. */
export const workbook = async (
  tally: Tally,
  showcase: { id: string; name: Text; projects: readonly string[] },
  range: { from?: string; to?: string },
  lang: Lang,
  nowMs: number,
): Promise<Uint8Array> => {
  const of = (by: (typeof GROUPINGS)[number]): Attendance => attendanceOf(tally, showcase.id, by, range, showcase.projects, nowMs);
  const days = of('day');
  const note = `${REPORT_WORDS.asOf[lang]} ${days.asOf} · ${REPORT_WORDS.position[lang]} ${days.position} · ${days.rule}`;
  const sheets = GROUPINGS.map((by) => {
    const a = of(by);
    const extra = by === 'zone' ? ` · ${REPORT_WORDS.notAdditive[lang]}` : '';
    return table(TABLE_NAMES[by], note + extra, COLUMNS[by], a.rows, by === 'zone' ? null : a.totals, lang);
  });
  const r = days.reconciliation;
  const books = table(TABLE_NAMES.reconciliation, note, Object.keys(r), [r], null, lang);
  const corrections = showcaseOf(tally, showcase.id)
    .doors.corrections.filter((c) => c.hour.slice(0, 10) >= days.from && c.hour.slice(0, 10) <= days.to)
    .map((c): Row => ({ hour: rfc3339(Date.parse(`${c.hour}:00:00+08:00`)), point: c.point, in: c.in, out: c.out, reason: c.reason, by: c.by }));
  const acts = table(TABLE_NAMES.corrections, note, ['hour', 'point', 'in', 'out', 'reason', 'by'], corrections, null, lang);
  // the newest entry's time, so that the same position gives the same bytes
  const asOf = new Date(tally.asOfMs);
  return writeXlsx({ sheets: [cover(days, showcase.name, lang), ...sheets, books, acts, method(lang)], properties: { title: showcase.name[lang], created: asOf, modified: asOf } });
};

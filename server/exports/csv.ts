/** Rows to CSV as spreadsheets expect it: UTF-8 with BOM, CRLF, RFC 4180 quotes, text cells that can never become a formula. */
import type { Cell } from '../../shared/attendance.ts';

const PLAIN = /^[0-9A-Za-z][\x20-\x7e]*$/;
/** A text cell made inert: a leading apostrophe where a spreadsheet would read a formula, also in its full-width forms; no control characters. */
export const inertCell = (cell: Cell): Cell => {
  if (typeof cell !== 'string') return cell;
  // nearly every cell is a plain word or number: nothing in it to take out or to guard
  if (PLAIN.test(cell)) return cell;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const text = cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
};

/** RFC 4180: quotes where the text holds a comma, a quote or a line end. */
export const csvField = (cell: Cell | undefined, guard = true): string => {
  if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell);
  const inert = guard ? (inertCell(cell) as string) : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/** A column that a row lacks is an empty cell. */
type CsvRow = { readonly [column: string]: Cell | undefined };

const recordEnd = '\r\n';
export const csvBom = '\ufeff';

export const csvHeader = (columns: readonly string[]): string => `${csvBom}${columns.map((c) => csvField(c)).join(',')}${recordEnd}`;

/** Some rows, without BOM or header. `guard` off leaves texts as they are, for machines that run no formulas. */
export const csvRows = (columns: readonly string[], rows: readonly CsvRow[], guard = true): string => {
  let text = '';
  for (const row of rows) {
    let between = '';
    for (const column of columns) {
      text += between + csvField(row[column], guard);
      between = ',';
    }
    text += recordEnd;
  }
  return text;
};

export const csv = (columns: readonly string[], rows: readonly CsvRow[]): string => csvHeader(columns) + csvRows(columns, rows);

/** Rows to CSV as spreadsheets expect it: UTF-8 with BOM, CRLF, RFC 4180 quotes, text cells that can never become a formula. */
import type { Cell } from '../../shared/attendance.ts';

const PLAIN = /^[0-9A-Za-z][\x20-\x7e]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** A text as every file of an export holds it: no control characters and no halves of characters, which XML can't hold, and one kind of line end, which spreadsheets don't tell apart. */
export const cleanText = (text: string): string => (PLAIN.test(text) ? text : text.replace(unfit, '').replace(/\r\n?/g, '\n'));

/** A text cell made inert: clean, with a leading apostrophe where a spreadsheet would read a formula, also in its full-width forms. */
export const inertCell = (cell: Cell): Cell => {
  if (typeof cell !== 'string') return cell;
  // nearly every cell is a plain word or number: nothing in it to take out or to guard
  if (PLAIN.test(cell)) return cell;
  const text = cleanText(cell);
  return /^\s*[=+\-@\t\n＝＋－＠]/.test(text) ? `'${text}` : text;
};

/** RFC 4180: quotes where the text holds a comma, a quote or a line end. */
export const csvField = (cell: Cell | undefined, guard = true): string => {
  if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell);
  const inert = guard ? (inertCell(cell) as string) : cleanText(cell);
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/** A column that a row lacks is an empty cell. */
type CsvRow = { readonly [column: string]: Cell | undefined };

const recordEnd = '\r\n';
export const csvBom = '\ufeff';

export const csvHeader = (columns: readonly string[]): string => `${csvBom}${columns.map((c) => csvField(c)).join(',')}${recordEnd}`;

/** Some rows, without BOM or header. `guard` off leaves texts without the apostrophe, for machines that run no formulas. */
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

/** Rows to CSV as spreadsheets expect it: UTF-8 with BOM, CRLF, RFC 4180 quotes, text cells that can never become a formula. */
import { stringify } from 'csv-stringify/sync';
import type { Cell, Row } from '../../shared/attendance.ts';

/** A text cell made inert: a leading apostrophe where a spreadsheet would read a formula, also in its full-width forms; no control characters. */
export const inertCell = (cell: Cell): Cell => {
  if (typeof cell !== 'string') return cell;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const text = cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
};

const options = { record_delimiter: 'windows' as const };
export const csvBom = '\ufeff';

export const csvHeader = (columns: readonly string[]): string => csvBom + stringify([columns], options);

/** Some rows, without BOM or header. */
export const csvRows = (columns: readonly string[], rows: readonly Row[]): string =>
  rows.length === 0
    ? ''
    : stringify(
        rows.map((row) => columns.map((c) => inertCell(row[c] ?? null))),
        options,
      );

export const csv = (columns: readonly string[], rows: readonly Row[]): string => csvHeader(columns) + csvRows(columns, rows);

/**
 * One worksheet as a stream of XML: typed cells, a frozen head, a filter, print set-up. Every text is an inline string: nothing in it can
 * become a formula, a link or markup. A cell holds at most 32 767 characters and a sheet 1 048 576 rows, as the format has it.
 */
import type { Cell } from '../../shared/attendance.ts';
import { dayMs, hongKongOffsetMs } from '../../shared/hongkong-time.ts';
import type { ColumnKind } from '../../shared/report/table.ts';
import { inertCell } from './csv.ts';
import { pagesBeside, printPlan, type SheetFrame, sheetRowsMax } from './sheet-layout.ts';

export const cellCharsMax = 32_767;
const excelEpochMs = Date.UTC(1899, 11, 30);

/** Positions in `cellXfs` of the styles part; `bold` is the foot's. */
export const STYLES = {
  plain: 0,
  title: 1,
  note: 2,
  head: 3,
  day: 4,
  hour: 5,
  instant: 6,
  count: 7,
  signed: 8,
  percent: 9,
  decimal: 10,
  wrapped: 11,
  bold: 12,
  boldCount: 13,
  boldSigned: 14,
  boldPercent: 15,
  boldDecimal: 16,
  label: 17,
  headRow: 18,
  text: 19,
  boldText: 20,
  headNumber: 21,
  countLeft: 22,
  headText: 23,
  noteWrapped: 24,
} as const;
type Style = keyof typeof STYLES;

const font = (more: string): string => `<font>${more}<name val="Calibri"/><family val="2"/></font>`;
const xf = (format: number, fontAt = 0, fill = 0, align = ''): string =>
  `<xf numFmtId="${format}" fontId="${fontAt}" fillId="${fill}" borderId="0" xfId="0"${format ? ' applyNumberFormat="1"' : ''}${fontAt ? ' applyFont="1"' : ''}${fill ? ' applyFill="1"' : ''}${align ? ` applyAlignment="1">${align}</xf>` : '/>'}`;
const wrap = '<alignment vertical="top" wrapText="1"/>';
/** off the number before it, and in as many lines as it takes */
const indented = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>';
const top = '<alignment vertical="top"/>';
const left = '<alignment horizontal="left" vertical="top"/>';
const leftIndented = '<alignment horizontal="left" vertical="top" indent="1"/>';

/** The styles part: dates, numbers and percentages as the tables need them. */
export const stylesXml = (): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="6"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="167" formatCode="+#,##0;\\-#,##0;0"/><numFmt numFmtId="168" formatCode="0.0%"/><numFmt numFmtId="169" formatCode="#,##0.0#"/></numFmts><fonts count="4">${font('<sz val="11"/>')}${font('<b/><sz val="14"/>')}${font('<b/><sz val="11"/>')}${font('<sz val="10"/><color rgb="FF3F5069"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3ECF8"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="25">${[
    xf(0),
    xf(0, 1),
    xf(0, 3),
    xf(0, 2, 2, wrap),
    xf(164, 0, 0, leftIndented),
    xf(165, 0, 0, leftIndented),
    xf(166, 0, 0, leftIndented),
    xf(3, 0, 0, top),
    xf(167, 0, 0, top),
    xf(168, 0, 0, top),
    xf(169, 0, 0, top),
    xf(0, 0, 0, wrap),
    xf(0, 2),
    xf(3, 2),
    xf(167, 2),
    xf(168, 2),
    xf(169, 2),
    xf(0, 2, 2, top),
    xf(0, 2, 2, wrap),
    xf(0, 0, 0, indented),
    xf(0, 2, 0, indented),
    xf(0, 2, 2, '<alignment horizontal="right" vertical="top" wrapText="1"/>'),
    xf(3, 0, 0, left),
    xf(0, 2, 2, indented),
    xf(0, 3, 0, wrap),
  ].join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const KIND_STYLE: { [K in ColumnKind]: Style } = {
  text: 'text',
  code: 'text',
  day: 'day',
  hour: 'hour',
  instant: 'instant',
  count: 'count',
  signed: 'signed',
  percent: 'percent',
  decimal: 'decimal',
};
const FOOT_STYLE: { [K in ColumnKind]: Style } = {
  ...KIND_STYLE,
  text: 'boldText',
  code: 'boldText',
  count: 'boldCount',
  signed: 'boldSigned',
  percent: 'boldPercent',
  decimal: 'boldDecimal',
};

const ENTITIES: { [char: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const special = /[&<>"_]/;

/** Clean text for XML. A spreadsheet reads `_x0041_` as a letter: its underscore is written as one. */
const xmlText = (text: string): string => (special.test(text) ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(/[&<>"]/g, (c) => ENTITIES[c] as string) : text);

/** `A`, `B` … `AA` of a column from 0. */
export const columnName = (i: number): string => (i < 26 ? String.fromCharCode(65 + i) : columnName(Math.floor(i / 26) - 1) + String.fromCharCode(65 + (i % 26)));

const serial = (localMs: number): number => Math.round(((localMs - excelEpochMs) / dayMs) * 1e10) / 1e10;
/** The number of a day or an instant in a spreadsheet's calendar, in Hong Kong's time: a workbook has no zone. */
export const dateSerial = (kind: ColumnKind, value: string): number => serial(kind === 'day' ? Date.parse(`${value}T00:00:00Z`) : Date.parse(value) + hongKongOffsetMs);

const numberCell = (value: number, style: number): string => `<c${style ? ` s="${style}"` : ''}><v>${value}</v></c>`;
const cut = (text: string): string => (text.length > cellCharsMax ? text.slice(0, cellCharsMax).replace(/[\ud800-\udbff]$/, '') : text);
/** A count that stands among texts. */
export const leftCount = (value: number): string => numberCell(value, STYLES.countLeft);
/** A cell of text. */
export const textCell = (text: string, style: Style = 'plain'): string =>
  `<c${STYLES[style] ? ` s="${STYLES[style]}"` : ''} t="inlineStr"><is><t xml:space="preserve">${xmlText(cut(inertCell(text) as string))}</t></is></c>`;

/** A cell of a column: dates are dates, percentages are fractions, unknown is empty. */
export const typedCell = (kind: ColumnKind, value: Cell, foot = false): string => {
  if (value === null) return '<c/>';
  const style = (foot ? FOOT_STYLE : KIND_STYLE)[kind];
  if (typeof value === 'number') return numberCell(kind === 'percent' ? Math.round(value * 10) / 1000 : value, STYLES[style]);
  if (kind === 'day' || kind === 'hour' || kind === 'instant') return numberCell(dateSerial(kind, value), STYLES[style]);
  return textCell(value, style);
};

const NUMBERS: ReadonlySet<ColumnKind> = new Set(['count', 'signed', 'percent', 'decimal']);
/** The head of a column stands over its values: of numbers on the right. */
export const headCell = (text: string, kind: ColumnKind): string => textCell(text, NUMBERS.has(kind) ? 'headNumber' : 'headText');

/** A row of cells; without a number of its own it is the next. */
export const rowXml = (cells: string, heightPt?: number): string => (heightPt === undefined ? `<row>${cells}</row>` : `<row ht="${heightPt}" customHeight="1">${cells}</row>`);

/** All of a sheet before its rows. */
export const sheetStart = (frame: SheetFrame, first: boolean): string => {
  const { widths, headRows, frozenColumns } = frame;
  const cols = widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join('');
  const pane =
    headRows === 0
      ? ''
      : `<pane${frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : ''} ySplit="${headRows}" topLeftCell="${columnName(frozenColumns)}${headRows + 1}" activePane="${frozenColumns > 0 ? 'bottomRight' : 'bottomLeft'}" state="frozen"/>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${printPlan(frame) ? '' : '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'}<sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${cols}</cols><sheetData>`;
};

/** On each of several pages beside each other the note of row 2 has the width of the page. */
const mergedNotes = (frame: SheetFrame): string => {
  const merged = frame.headRows === 0 ? [] : (pagesBeside(frame) ?? []).filter(([from, to]) => to - from > 1);
  if (merged.length === 0) return '';
  return `<mergeCells count="${merged.length}">${merged.map(([from, to]) => `<mergeCell ref="${columnName(from)}2:${columnName(to - 1)}2"/>`).join('')}</mergeCells>`;
};

/** All of a sheet after its rows: the filter over the last head row and what is under it, and how it is printed. */
export const sheetEnd = (frame: SheetFrame, dataRows: number): string => {
  const { widths, headRows, landscape } = frame;
  const filter = headRows === 0 ? '' : `<autoFilter ref="A${headRows}:${columnName(widths.length - 1)}${headRows + Math.max(1, dataRows)}"/>`;
  const plan = printPlan(frame);
  const size = plan ? `scale="${plan.scale}" pageOrder="overThenDown"` : 'fitToHeight="0"';
  const breaks = plan
    ? `<colBreaks count="${plan.breaks.length}" manualBreakCount="${plan.breaks.length}">${plan.breaks.map((at) => `<brk id="${at}" max="${sheetRowsMax - 1}" man="1"/>`).join('')}</colBreaks>`
    : '';
  return `</sheetData>${filter}${mergedNotes(frame)}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" ${size} orientation="${landscape ? 'landscape' : 'portrait'}"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>${breaks}</worksheet>`;
};

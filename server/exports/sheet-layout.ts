/** How a worksheet lies: widths of columns, heights of rows whose texts take more lines, and the pages that it is printed on. */
import type { Cell } from '../../shared/attendance.ts';
import type { ColumnKind } from '../../shared/report/table.ts';

/** rows of a sheet, as the format has it */
export const sheetRowsMax = 1_048_576;
/** what a column is at least and at most as wide as, in characters */
const widthMin = 8;
const widthMax = 30;
/** a heading's lines; the filter's button takes so many characters beside it */
const headLinesMax = 3;
const filterButtonChars = 3;
const hanHeadWhole = 10;
const han = /[\u2e80-\uffef]/;
/** a line's height, and the format's tallest row */
const lineHeightPt = 15;
const rowHeightPtMax = 409;

/** How wide a text is in characters; a Han character takes two. */
const widthOf = (text: string): number => {
  let width = 0;
  for (const char of text) width += (char.codePointAt(0) as number) > 0x2e7f ? 2 : 1;
  return width;
};
const KIND_WIDTH: { [K in ColumnKind]: number } = { text: 0, code: 0, day: 10, hour: 16, instant: 19, count: 0, signed: 0, percent: 7, decimal: 7 };

/** How many lines a text takes in a column of so many characters: broken between words, and anywhere in Han text. */
export const linesOf = (text: string, chars: number): number => {
  // no character is wider than two: most texts need no look
  if (text.length * 2 <= chars && !text.includes('\n')) return 1;
  let lines = 0;
  for (const line of text.split('\n')) {
    lines++;
    let used = 0;
    for (const word of line.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s/g) ?? []) {
      const width = widthOf(word);
      if (used > 0 && used + width > chars) {
        lines++;
        used = 0;
      }
      lines += Math.ceil(width / chars) - 1;
      used = width > chars ? width % chars : used + width;
    }
  }
  return lines;
};
/** The height of a row of so many lines; undefined where it is the usual one. */
export const heightOf = (lines: number): number | undefined => (lines > 1 ? Math.min(rowHeightPtMax, lines * lineHeightPt + 1) : undefined);

/** How wide a column must be to show everything in it: its values whole, its heading in three lines at most. */
export const columnWidth = (kind: ColumnKind, heads: readonly string[], values: Iterable<Cell | undefined>): number => {
  let widest = KIND_WIDTH[kind];
  // a time's width is that of its format
  for (const v of values)
    if (typeof v === 'string' && (KIND_WIDTH[kind] === 0 || !/^\d{4}-\d\d-\d\d/.test(v))) widest = Math.max(widest, widthOf(v));
    else if (typeof v === 'number') widest = Math.max(widest, Math.ceil(String(Math.round(v)).length * 1.34) + (kind === 'decimal' || kind === 'percent' ? 3 : 1));
  let width = Math.min(widthMax, Math.max(widthMin, widest + (KIND_WIDTH[kind] === 0 ? 3 : 2)));
  // a short Han heading stays whole: one sign alone on a second line reads badly
  const fits = (head: string): boolean =>
    linesOf(head, width - filterButtonChars) <= headLinesMax &&
    (han.test(head) ? widthOf(head) > hanHeadWhole || widthOf(head) < width : head.split(/\s/).every((word) => widthOf(word) <= width - 2));
  while (width < widthMax && !heads.every(fits)) width++;
  return width;
};

export type SheetFrame = {
  widths: readonly number[];
  /** rows that stay in view and are printed again on every page; 0: none */
  headRows: number;
  frozenColumns: number;
  landscape: boolean;
};

/** what there is of a landscape A4 page between the margins; columns are so much wider where a reader has other fonts than Calibri, and at most */
const printablePt = (297 / 25.4) * 72 - 72;
const fontsDiffer = 1.22;
const fontsDifferMost = 1.34;
/** text is of 11 points: on paper at least 7 of them are left */
const scaleMin = 0.64;
const widthPt = (chars: number): number => (chars * 7 + 5) * 0.75 * fontsDifferMost;

/**
 * How a sheet is printed: on pages of its whole width where that stays readable (null), else at `scale` percent over several pages beside each
 * other, broken after the columns of `breaks`, with the columns that stay in view on each.
 */
export const printPlan = ({ widths, frozenColumns }: Pick<SheetFrame, 'widths' | 'frozenColumns'>): { scale: number; breaks: number[] } | null => {
  const points = widths.map(widthPt);
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  if ((sum(points) / fontsDifferMost) * fontsDiffer <= printablePt / scaleMin) return null;
  const repeated = sum(points.slice(0, frozenColumns));
  const breaksAt = (limit: number): number[] => {
    const breaks: number[] = [];
    let used = repeated;
    for (let i = frozenColumns; i < points.length; i++) {
      const width = points[i] as number;
      if (used > repeated && used + width > limit) {
        breaks.push(i);
        used = repeated;
      }
      used += width;
    }
    return breaks;
  };
  // as few pages as can be read, and those of much the same width
  let limit = printablePt / scaleMin;
  const pages = breaksAt(limit).length;
  while (limit > printablePt && breaksAt(limit - 10).length === pages) limit -= 10;
  const breaks = breaksAt(limit);
  const widest = Math.max(...[frozenColumns, ...breaks].map((from, n) => repeated + sum(points.slice(from, breaks[n] ?? points.length))));
  return { scale: Math.min(100, Math.floor((printablePt / widest) * 100)), breaks };
};

/** The columns that each page of a sheet has for itself, from and up to, where it goes over several beside each other; null where one page has all. */
export const pagesBeside = (frame: Pick<SheetFrame, 'widths' | 'frozenColumns'>): [from: number, to: number][] | null => {
  const plan = printPlan(frame);
  if (!plan) return null;
  const edges = [frame.frozenColumns, ...plan.breaks, frame.widths.length];
  return edges.slice(0, -1).map((from, i) => [from, edges[i + 1] as number]);
};

/** a note's characters are smaller than those that widths are told in, and wider where a reader has other fonts */
const noteChars = 0.85;
/** How many lines a note takes in the narrowest of such pages. */
export const noteLines = (note: string, widths: readonly number[], pages: readonly (readonly [number, number])[]): number =>
  Math.max(...pages.map(([from, to]) => linesOf(note, Math.floor(widths.slice(from, to).reduce((a, b) => a + b, 0) * noteChars))));

/** Every table of an export, in the order of the files. */
import type { Row } from '../attendance.ts';
import { comparisonTable } from './comparison.ts';
import { type Asked, correctionTable, dayTable, hourTable, pointTable, reconciliationTable, sourceTable, zoneTable } from './day-tables.ts';
import { TABLE_COLUMNS, TABLE_KEYS, type TableKey, type TableSpec } from './table.ts';
import { answerTable, kioskTable, linkTable, projectTable, seriesTable } from './use-tables.ts';

const ROWS: { [K in TableKey]: (asked: Asked) => Iterable<Row> } = {
  day: dayTable,
  hour: hourTable,
  point: pointTable,
  zone: zoneTable,
  source: sourceTable,
  project: projectTable,
  series: seriesTable,
  kiosk: kioskTable,
  link: linkTable,
  answers: answerTable,
  comparison: comparisonTable,
  reconciliation: reconciliationTable,
  corrections: correctionTable,
};

/** The tables, none of them walked yet: rows come one at a time, so that whoever walks them can let others have a turn. */
export const tablesOf = (asked: Asked): TableSpec[] => TABLE_KEYS.map((key) => ({ key, columns: TABLE_COLUMNS[key], rows: () => ROWS[key](asked) }));

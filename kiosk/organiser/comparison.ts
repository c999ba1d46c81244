/** What may be said of a row beside the one before it, and of the rows together. */
import type { Cell, Row } from '../../shared/attendance.ts';
import { comparedCoverageMin, percentChange } from '../../shared/counting.ts';

/** below this coverage a day's bar is hatched */
export const hatchedCoverageMin = 98;

const number = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);
const trusted = (row: Row): boolean => (number(row['coverage']) ?? 100) >= comparedCoverageMin;

/** Change of visits on the row before in percent; null for the first, for an unknown or poorly covered day, and for a day that isn't over. */
export const dayChange = (before: Row | undefined, row: Row, today: string): number | null =>
  before === undefined || String(row['day']) >= today || !trusted(before) || !trusted(row) ? null : percentChange(number(before['visits']), number(row['visits']));

/** Whether the days are final, all or some of them. */
export const statusOf = (rows: readonly Row[]): 'none' | 'closed' | 'mixed' | 'provisional' => {
  const closed = rows.filter((r) => r['status'] === 'closed').length;
  if (rows.length === 0) return 'none';
  return closed === rows.length ? 'closed' : closed > 0 ? 'mixed' : 'provisional';
};

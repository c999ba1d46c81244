/** What every file of one export shares: the fold at its position, its tables walked once, its range, its hashes. Made in short turns. */
import { createHash } from 'node:crypto';
import { daysOf, type Range, type Row } from '../../shared/attendance.ts';
import { publication, ruleVersion } from '../../shared/counting.ts';
import { dayOf, rfc3339 } from '../../shared/hongkong-time.ts';
import { reconcile } from '../../shared/reconciliation.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';
import type { Asked } from '../../shared/report/day-tables.ts';
import type { DayVersion } from '../../shared/report/report-fold.ts';
import { type ReportTable, type TableKey, totalsOf } from '../../shared/report/table.ts';
import { tablesOf } from '../../shared/report/tables.ts';
import type { Lang } from '../../shared/words.ts';
import { cleanText, csv } from './csv.ts';
import type { Folded } from './folding.ts';

/** how files are made; changes when the same position would give other bytes */
export const exportVersion = 'E-2026.7';

export type ExportFacts = {
  asked: Asked;
  tables: { readonly [K in TableKey]: ReportTable };
  asOf: string;
  position: number;
  rule: string;
  status: 'closed' | 'provisional' | 'none';
  /** the highest version of any of the days; 1 where there is none */
  version: number;
  versions: DayVersion[];
  visits: number | null;
  published: { value: number; about: boolean } | null;
  csvSha256: string;
  journalSha256: string;
};

/** The range cut to what there is. */
export const wholeRange = (folded: Folded, range: Partial<Range>): Range => {
  const days = daysOf(folded.fold.of);
  const today = dayOf(folded.fold.tally.asOfMs);
  return { from: range.from ?? days[0] ?? today, to: range.to ?? days.at(-1) ?? today };
};

/** The canonical CSV of a range, whose hash every file states: days and reconciliation, no names, in no language. */
export const canonicalCsv = (day: ReportTable, reconciliation: ReportTable): string => [day, reconciliation].map((t) => csv([...t.columns.map((c) => c.key)], t.rows)).join('');

const statusOf = (rows: ReportTable['rows']): ExportFacts['status'] => (rows.length === 0 ? 'none' : rows.every((r) => r['status'] === 'closed') ? 'closed' : 'provisional');

/** Rows whose texts are the same in every file, whoever wrote them. */
function* cleaned(rows: Iterable<Row>): Iterable<Row> {
  for (const row of rows) {
    for (const [key, cell] of Object.entries(row)) if (typeof cell === 'string') row[key] = cleanText(cell);
    yield row;
  }
}

/** Walks every table of the range. */
export const factsOf = async (folded: Folded, names: Catalogue, range: Partial<Range>, lang: Lang): Promise<ExportFacts> => {
  const { fold, journalSha256 } = folded;
  const asked: Asked = { fold, names, range: wholeRange(folded, range), lang };
  const tables = {} as { [K in TableKey]: ReportTable };
  for (const { key, columns, rows } of tablesOf(asked)) {
    const walked = [...cleaned(rows())];
    tables[key] = { key, columns, rows: walked, totals: key === 'comparison' ? null : totalsOf(columns, walked) };
  }
  const versions = tables.day.rows.flatMap((r) => fold.versionsOf(r['day'] as string));
  const visits = tables.day.rows.some((r) => r['visits'] !== null) ? reconcile(fold.of, asked.range).visits : null;
  const published = visits === null ? null : publication(visits);
  return {
    asked,
    tables,
    asOf: rfc3339(fold.tally.asOfMs),
    position: fold.tally.position,
    rule: ruleVersion,
    status: statusOf(tables.day.rows),
    version: Math.max(1, ...versions.map((v) => v.version)),
    versions,
    visits,
    published: published && { value: published.value, about: published.about },
    csvSha256: createHash('sha256').update(canonicalCsv(tables.day, tables.reconciliation)).digest('hex'),
    journalSha256,
  };
};

/** `{show}_{from}_{to}_attendance_{status}_v{n}_{yyyyMMddHHmm}`, by the hub and in ASCII: nothing of a name or a query gets into it. */
export const fileNameOf = ({ asked, status, version, asOf }: ExportFacts, what = 'attendance'): string =>
  `${asked.fold.showcase}_${asked.range.from}_${asked.range.to}_${what}_${status}_v${version}_${asOf.slice(0, 16).replace(/\D/g, '')}`;

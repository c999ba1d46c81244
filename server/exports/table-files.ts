/** Every table as data: a zip of one CSV a table with a manifest, or one JSON document. The same figures as the workbook, by column key. */
import { createHash } from 'node:crypto';
import type { Row } from '../../shared/attendance.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { COLUMN_NAMES, TABLE_NAMES } from '../../shared/report/column-names.ts';
import { type Column, type ReportTable, TABLE_KEYS, type TableKey } from '../../shared/report/table.ts';
import { csvBom, csvHeader, csvRows } from './csv.ts';
import { canonicalCsv, type ExportFacts, exportVersion } from './export-facts.ts';
import { RAW_COLUMNS } from './raw-rows.ts';
import { type ZipFile, zip } from './zip.ts';

/** rows that are made into text in one go */
const rowsPerPiece = 50;

export type FileNote = { name: string; rows: number; sha256: string };

const headOf = (facts: ExportFacts): object => ({
  showcase: facts.asked.fold.showcase,
  from: facts.asked.range.from,
  to: facts.asked.range.to,
  asOf: facts.asOf,
  position: facts.position,
  rule: facts.rule,
  exportVersion,
  status: facts.status,
  version: facts.version,
  csvSha256: facts.csvSha256,
  journalSha256: facts.journalSha256,
  gaps: facts.asked.fold.tally.gaps.map((g) => ({ position: g.position, noted: rfc3339(g.notedMs), by: g.by, text: g.text })),
});

/** Rows as CSV text, a piece at a time; `noted` hears how many there were and their hash. */
async function* csvText(
  columns: readonly Column[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  guard: boolean,
  noted: (rows: number, sha256: string) => void,
): AsyncGenerator<string> {
  const keys = columns.map((c) => c.key);
  const hash = createHash('sha256');
  const head = csvHeader(keys);
  hash.update(head);
  yield head;
  let count = 0;
  let held: Row[] = [];
  const made = (): string => {
    const text = csvRows(keys, held, guard);
    hash.update(text);
    held = [];
    return text;
  };
  for await (const row of rows) {
    held.push(row);
    count++;
    if (held.length === rowsPerPiece) yield made();
  }
  if (held.length > 0) yield made();
  noted(count, hash.digest('hex'));
}

/** The columns of every table and what they are called, for whoever reads the files. */
const columnLines = (): string => {
  const tables = [...TABLE_KEYS.map((key) => [key, null] as const), ['raw', RAW_COLUMNS] as const];
  return `${csvBom}table,zh-HK,zh-CN,en\r\n${tables.map(([key]) => `${key},${Object.values(TABLE_NAMES[key]).join(',')}`).join('\r\n')}\r\n\r\ncolumn,zh-HK,zh-CN,en\r\n${Object.entries(
    COLUMN_NAMES,
  )
    .map(
      ([key, name]) =>
        `${key},${Object.values(name)
          .map((x) => (x.includes(',') ? `"${x}"` : x))
          .join(',')}`,
    )
    .join('\r\n')}\r\n`;
};

/** One CSV a table, the canonical CSV that statements name, raw readings where asked for, and a manifest with the hash of each. */
export const csvZip = (facts: ExportFacts, options: { guard: boolean; keys?: readonly TableKey[] }, raw: AsyncIterable<Row> | null): AsyncGenerator<Uint8Array> => {
  const files = async function* (): AsyncGenerator<ZipFile> {
    const notes: FileNote[] = [];
    const noteAs = (name: string) => (rows: number, sha256: string) => void notes.push({ name, rows, sha256 });
    for (const key of options.keys ?? TABLE_KEYS)
      yield { name: `${key}.csv`, content: csvText(facts.tables[key].columns, facts.tables[key].rows, options.guard, noteAs(`${key}.csv`)) };
    if (raw) yield { name: 'raw.csv', content: csvText(RAW_COLUMNS, raw, options.guard, noteAs('raw.csv')) };
    const canonical = canonicalCsv(facts.tables.day, facts.tables.reconciliation);
    noteAs('canonical.csv')(facts.tables.day.rows.length + facts.tables.reconciliation.rows.length, createHash('sha256').update(canonical).digest('hex'));
    yield { name: 'canonical.csv', content: [canonical] };
    yield { name: 'columns.csv', content: [columnLines()] };
    yield { name: 'manifest.json', content: [`${JSON.stringify({ ...headOf(facts), guard: options.guard ? 'on' : 'off', files: notes }, null, 2)}\n`] };
  };
  return zip(files());
};

/** All of the JSON document before its tables, without the brace that closes it. */
const jsonStart = (facts: ExportFacts, start: object): string =>
  `${JSON.stringify({ ...start, ...headOf(facts) }).slice(0, -1)},"visits":${JSON.stringify(facts.visits)},"published":${JSON.stringify(facts.published)},"versions":${JSON.stringify(facts.versions.map(({ figures: _, ...v }) => v))}`;
const tableStart = (key: TableKey, { columns, totals, rowCount }: Pick<ReportTable, 'columns' | 'totals'> & { rowCount: number }): string =>
  `"${key}":{"columns":${JSON.stringify(columns)},"totals":${JSON.stringify(totals)},"rowCount":${rowCount},"rows":[`;
const jsonRow = (columns: readonly Column[], row: Row): string => JSON.stringify(Object.fromEntries(columns.map((c) => [c.key, row[c.key] ?? null])));

/** Every table, or those of `keys`, in one JSON document, after the fields that `start` names. */
export async function* jsonText(facts: ExportFacts, start: object, keys: readonly TableKey[] = TABLE_KEYS): AsyncGenerator<string> {
  yield `${jsonStart(facts, start)},"tables":{`;
  for (const [t, key] of keys.entries()) {
    const table = facts.tables[key];
    yield `${t > 0 ? ',' : ''}${tableStart(key, { ...table, rowCount: table.rows.length })}`;
    for (const [i, row] of table.rows.entries()) yield `${i > 0 ? ',' : ''}${jsonRow(table.columns, row)}`;
    yield ']}';
  }
  yield '}}\n';
}

/** The same document with only the first rows of each table, each in its text: any table and any number of its rows can be told from it. */
export type Look = { start: string; tables: { [K in TableKey]: { start: string; rows: string[] } } };
export const lookOf = (facts: ExportFacts, start: object, rowsMax: number): Look => ({
  start: jsonStart(facts, start),
  tables: Object.fromEntries(
    TABLE_KEYS.map((key) => {
      const { columns, rows, totals } = facts.tables[key];
      return [key, { start: tableStart(key, { columns, totals, rowCount: rows.length }), rows: rows.slice(0, rowsMax).map((row) => jsonRow(columns, row)) }];
    }),
  ) as Look['tables'],
});
/** What a look tells of some tables, at most `rowsMax` rows of each. */
export const lookText = ({ start, tables }: Look, keys: readonly TableKey[], rowsMax: number): string =>
  `${start},"tables":{${keys.map((key) => `${tables[key].start}${tables[key].rows.slice(0, rowsMax).join(',')}]}`).join(',')}}}\n`;

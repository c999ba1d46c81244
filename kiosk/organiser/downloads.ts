/** Where a table is asked for and downloaded: one function makes every address, so that what is seen and what is saved are the same query. */

import { API } from '../../shared/api.ts';
import type { Grouping, Range } from '../../shared/attendance.ts';
import { TABLE_KEYS, type TableKey } from '../../shared/report/table.ts';
import type { Lang } from '../../shared/words.ts';

/** Hong Kong days, both included; null: as far as there are data. */
export type DayRange = { from: string | null; to: string | null };

const query = (showcase: string, what: string, values: { [name: string]: string | null }): string => {
  const set = new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));
  return `${API}/showcases/${encodeURIComponent(showcase)}/${what}?${set}`;
};

export const attendancePath = (showcase: string, by: Grouping, range: DayRange): string => query(showcase, 'attendance', { by, from: range.from, to: range.to });

export const csvPath = (showcase: string, by: Grouping, range: DayRange, lang: Lang): string =>
  query(showcase, 'attendance', { by, from: range.from, to: range.to, format: 'csv', lang });

/** Two ranges of days side by side. */
export const comparisonPath = (showcase: string, these: Range, other: Range): string => query(showcase, 'comparison', { ...these, withFrom: other.from, withTo: other.to });

/** The whole workbook of a range. */
export const workbookPath = (showcase: string, range: DayRange, lang: Lang): string => query(showcase, 'attendance', { from: range.from, to: range.to, format: 'xlsx', lang });

/** The printable report, always of the whole show. */
export const reportPath = (showcase: string, lang: Lang): string => query(showcase, 'report', { lang });

export const eventsPath = (showcase: string, format: 'ndjson' | 'csv', range: DayRange): string => query(showcase, 'events', { from: range.from, to: range.to, format });

export const EXPORT_FORMATS = ['xlsx', 'zip', 'json', 'statement'] as const;
/** What an export is asked for by: `lang` counts for a workbook, `tables` and `raw` not for a statement. */
export type ExportAsk = { format: (typeof EXPORT_FORMATS)[number]; lang: Lang | 'both'; range: DayRange; tables: readonly TableKey[]; raw: boolean };

/** An export as it was put together; of the tables of a JSON document only the first `rows`, where that is given. */
export const exportPath = (showcase: string, { format, lang, range: { from, to }, tables, raw }: ExportAsk, rows: number | null = null): string =>
  format === 'statement'
    ? query(showcase, 'statement', { from, to })
    : query(showcase, 'attendance', {
        from,
        to,
        format,
        lang: format === 'xlsx' || format === 'json' ? lang : null,
        tables: tables.length === TABLE_KEYS.length ? null : tables.join(','),
        raw: format === 'json' ? null : raw ? 'on' : 'off',
        rows: rows === null ? null : String(rows),
      });

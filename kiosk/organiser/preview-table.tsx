/** The first rows of a table as an export holds it, so that it is seen before it is taken away. */
import type { Cell, Row } from '../../shared/attendance.ts';
import { CODE_NAMES, COLUMN_NAMES, TABLE_NAMES } from '../../shared/report/column-names.ts';
import type { Column, TableKey } from '../../shared/report/table.ts';
import type { Lang } from '../../shared/words.ts';
import { percent, signed } from '../ui/figure.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { grouped } from '../words/numbers.ts';

/** rows that are asked for and shown of a table, however long it is */
export const previewRowsMax = 12;

const WORDS: ReadonlySet<Column['kind']> = new Set(['text', 'code', 'day', 'hour', 'instant']);

/** A cell as people read it: unknown is a dash, never 0. */
export const previewCell = ({ kind }: Pick<Column, 'kind'>, cell: Cell | undefined, lang: Lang): string => {
  if (cell === null || cell === undefined) return '—';
  if (typeof cell === 'number') return kind === 'percent' ? percent(cell) : kind === 'signed' ? signed(cell) : kind === 'decimal' ? cell.toFixed(1) : grouped(cell);
  if (kind === 'hour' || kind === 'instant') return cell.slice(0, 16).replace('T', ' ');
  return kind === 'code' ? (CODE_NAMES[cell]?.[lang] ?? cell) : cell;
};

type Props = { table: TableKey; columns: readonly Column[]; rows: readonly Row[]; lang: Lang };

export const PreviewTable = ({ table, columns, rows, lang }: Props) => (
  <Scroll label={TABLE_NAMES[table][lang]}>
    <table class="grid preview">
      <caption class="unseen">{TABLE_NAMES[table][lang]}</caption>
      <thead>
        <tr>
          {columns.map((c) => (
            <th key={c.key} scope="col" class={WORDS.has(c.kind) ? 'text' : ''}>
              {COLUMN_NAMES[c.key]?.[lang] ?? c.key}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={`${i}-${String(row[columns[0]?.key ?? ''])}`}>
            {columns.map((c) => (
              <td key={c.key} class={WORDS.has(c.kind) ? 'text' : ''}>
                {previewCell(c, row[c.key], lang)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

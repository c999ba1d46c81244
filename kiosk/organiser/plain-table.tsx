/** A table of totals as the hub groups them: the first figures as bars in their cells, the totals row under a heavy rule. */

import type { Attendance, Row } from '../../shared/attendance.ts';
import { Scroll } from '../ui/scroll.tsx';
import { BAR_COLUMN, type Column, cellText, columnsOf, type Names, type Say, TEXT_COLUMNS } from './cells.ts';

import { Head } from './head.tsx';

type Props = { attendance: Attendance; columns?: readonly Column[]; bar?: Column; title: string; names: Names; say: Say };

const shareOf = (row: Row, column: Column, most: number): number => (typeof row[column] === 'number' ? Math.max(0, row[column]) / most : 0);

export const PlainTable = ({ attendance, columns = columnsOf(attendance.by), bar = BAR_COLUMN[attendance.by], title, names, say }: Props) => {
  const { w } = say;
  const { rows, totals, by } = attendance;
  const most = Math.max(1, ...rows.map((r) => (typeof r[bar] === 'number' ? r[bar] : 0)));
  const labels = columns.findIndex((c) => !TEXT_COLUMNS.has(c));
  if (rows.length === 0) return <p class="note">{w.empty}</p>;
  return (
    <Scroll label={title}>
      <table class="grid totals">
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c} scope="col" class={TEXT_COLUMNS.has(c) ? 'text' : ''}>
                <Head text={w.columns[c]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={columns
                .slice(0, labels)
                .map((c) => row[c])
                .join('|')}
            >
              {columns.map((c, i) => {
                const text = cellText(c, row[c], names, say);
                if (i === 0)
                  return (
                    <th key={c} scope="row">
                      {text}
                    </th>
                  );
                if (c !== bar)
                  return (
                    <td key={c} class={TEXT_COLUMNS.has(c) ? 'text' : ''}>
                      {text}
                    </td>
                  );
                return (
                  <td key={c} class="barred">
                    <span>
                      <i aria-hidden="true" style={{ width: `${shareOf(row, c, most) * 100}%` }} />
                    </span>
                    <b>{text}</b>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={Math.max(1, labels)}>
              {w.total}
            </th>
            {columns.slice(Math.max(1, labels)).map((c) => (
              <td key={c} class={TEXT_COLUMNS.has(c) ? 'text' : ''}>
                {by === 'zone' && (c === 'entries' || c === 'exits') ? w.notAdditive : TEXT_COLUMNS.has(c) ? '' : cellText(c, totals[c], names, say)}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
};

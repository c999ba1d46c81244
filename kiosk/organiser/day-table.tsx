/** The days of a show: visits as bars, hatched where coverage was low, the peak, the change on the day before, and the closing of a day. */
import type { Attendance, Row } from '../../shared/attendance.ts';
import { percent, signed } from '../ui/figure.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { type Column, cellText, type Names, type Say } from './cells.ts';
import { dayChange, hatchedCoverageMin } from './comparison.ts';

import { Head } from './head.tsx';

type Props = { attendance: Attendance; today: string; mayClose: boolean; close(day: string): void; names: Names; say: Say };

const changeText = (change: number | null): string => (change === null ? '—' : `${signed(change)}%`);
const figures: readonly Column[] = ['entries', 'exits', 'corrections'];

const Bar = ({ row, most }: { row: Row; most: number }) => {
  const visits = typeof row['visits'] === 'number' ? row['visits'] : 0;
  const hatched = typeof row['coverage'] === 'number' && row['coverage'] < hatchedCoverageMin;
  return (
    <span>
      <i aria-hidden="true" class={hatched ? 'hatched' : ''} style={{ width: `${(visits / most) * 100}%` }} />
    </span>
  );
};

export const DayTable = ({ attendance, today, mayClose, close, names, say }: Props) => {
  const { w } = say;
  const { rows, totals } = attendance;
  const most = Math.max(1, ...rows.map((r) => (typeof r['visits'] === 'number' ? r['visits'] : 0)));
  const text = (column: Column, row: Row): string => cellText(column, row[column], names, say);
  if (rows.length === 0) return <p class="note">{w.empty}</p>;
  return (
    <Scroll label={w.by.day}>
      <table class="grid totals">
        <caption class="unseen">{w.by.day}</caption>
        <thead>
          <tr>
            <th scope="col">{w.columns.day}</th>
            <th scope="col">{w.columns.visits}</th>
            {figures.map((c) => (
              <th key={c} scope="col">
                <Head text={w.columns[c]} />
              </th>
            ))}
            <th scope="col">{w.peak}</th>
            <th scope="col">
              <Head text={w.columns.peakOccupancy} />
            </th>
            <th scope="col">{w.columns.coverage}</th>
            <th scope="col">{w.change}</th>
            <th scope="col" class="text">
              {w.columns.status}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={String(row['day'])}>
              <th scope="row">{text('day', row)}</th>
              <td class="barred wide">
                <Bar row={row} most={most} />
                <b>{text('visits', row)}</b>
              </td>
              {figures.map((c) => (
                <td key={c}>{text(c, row)}</td>
              ))}
              <td>{row['peakHour'] === null ? '—' : `${text('peakHour', row)}　${text('peakHourVisits', row)}`}</td>
              <td>{text('peakOccupancy', row)}</td>
              <td>{text('coverage', row)}</td>
              <td>{changeText(dayChange(rows[i - 1], row, today))}</td>
              <td class="text">
                {text('status', row)}{' '}
                {mayClose && row['status'] !== 'closed' && String(row['day']) <= today && (
                  <button type="button" class="btn small" aria-label={say.d.closeDay.title(text('day', row))} onClick={() => close(String(row['day']))}>
                    {say.d.closeDay.button}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{w.total}</th>
            <td>{text('visits', totals)}</td>
            {figures.map((c) => (
              <td key={c}>{text(c, totals)}</td>
            ))}
            <td>{text('peakHourVisits', totals)}</td>
            <td>{text('peakOccupancy', totals)}</td>
            <td>{percent(typeof totals['coverage'] === 'number' ? totals['coverage'] : null)}</td>
            <td />
            <td />
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
};

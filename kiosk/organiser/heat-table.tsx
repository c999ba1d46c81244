/** Days by hours: each cell its number on a shade of blue, the day's peak framed. Missing stays a dash without a shade. */
import type { Attendance, Row } from '../../shared/attendance.ts';
import { Num } from '../ui/figure.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { shortDay } from '../words/desk.ts';
import type { Names, Say } from './cells.ts';

/** the darkest shade, at which ink is still 6.3 to 1 */
export const shadeMax = 0.54;

export type HeatDay = { day: string; cells: (number | null)[]; peak: number | null; total: number | null };

const sum = (values: readonly (number | null)[]): number | null => values.reduce<number | null>((n, v) => (v === null ? n : (n ?? 0) + v), null);

/** The rows of `by=hour` as days by clock hours, from the first to the last hour that any day has. */
export const heatOf = (rows: readonly Row[]): { hours: number[]; days: HeatDay[]; most: number } => {
  const told = new Map<string, Map<number, number | null>>();
  for (const row of rows) {
    const at = String(row['hour']);
    const day = told.get(at.slice(0, 10)) ?? new Map<number, number | null>();
    told.set(at.slice(0, 10), day.set(Number(at.slice(11, 13)), typeof row['visits'] === 'number' ? row['visits'] : null));
  }
  const all = [...told.values()].flatMap((day) => [...day.keys()]);
  const first = Math.min(...all);
  const hours = all.length === 0 ? [] : Array.from({ length: Math.max(...all) - first + 1 }, (_, i) => first + i);
  const days = [...told].map(([day, of]): HeatDay => {
    const cells = hours.map((h) => of.get(h) ?? null);
    const most = Math.max(0, ...cells.map((c) => c ?? 0));
    return { day, cells, peak: most > 0 ? cells.indexOf(most) : null, total: sum(cells) };
  });
  return { hours, days, most: Math.max(1, ...days.flatMap((d) => d.cells.map((c) => c ?? 0))) };
};

export const HeatTable = ({ attendance, say: { w, d } }: { attendance: Attendance; names: Names; say: Say }) => {
  const { hours, days, most } = heatOf(attendance.rows);
  if (days.length === 0) return <p class="note">{w.empty}</p>;
  return (
    <Scroll label={w.heat.title}>
      <table class="grid totals heat">
        <caption class="unseen">
          {w.heat.title} {w.heat.note}
        </caption>
        <thead>
          <tr>
            <th scope="col">{w.columns.day}</th>
            {hours.map((h) => (
              <th key={h} scope="col">{`${String(h).padStart(2, '0')}:00`}</th>
            ))}
            <th scope="col">{w.total}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, cells, peak, total }) => (
            <tr key={day}>
              <th scope="row">{shortDay(day, d)}</th>
              {cells.map((n, i) => (
                <td key={hours[i]} class={i === peak ? 'peak' : ''} {...(n !== null && { style: { backgroundColor: `rgb(11 79 143 / ${(n / most) * shadeMax})` } })}>
                  <Num of={n} />
                </td>
              ))}
              <td class="sum">
                <Num of={total} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{w.total}</th>
            {hours.map((h, i) => (
              <td key={h}>
                <Num of={sum(days.map((x) => x.cells[i] ?? null))} />
              </td>
            ))}
            <td class="sum">
              <Num of={sum(days.map((x) => x.total))} />
            </td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
};

/** Any days beside any others, as far as their data allow: each figure of both, what that is an open hour, and the change where it may be told. */
import { useState } from 'preact/hooks';
import type { Attendance, Range, Row } from '../../shared/attendance.ts';
import { comparedCoverageMin } from '../../shared/counting.ts';
import type { Ask, Failure } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { signed } from '../ui/figure.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { dateText, daysText, grouped } from '../words/numbers.ts';
import type { Column, Say } from './cells.ts';
import { comparisonPath } from './downloads.ts';

/** The last day whose visits are known, and the one before it: what a comparison begins with. */
export const lastTwo = ({ rows, from, to }: Attendance): readonly [Range, Range] => {
  const one = (day: string | undefined, otherwise: string): Range => ({ from: day ?? otherwise, to: day ?? otherwise });
  const known = rows.filter((r) => typeof r['visits'] === 'number').map((r) => String(r['day']));
  return [one(known.at(-1), to), one(known.at(-2), from)];
};

type Compared = { these: Range; with: Range; position: number; rows: readonly Row[] };

const Dates = ({ title, days, say: { w }, choose }: { title: string; days: Range; say: Say; choose(days: Range): void }) => (
  <fieldset>
    <legend>{title}</legend>
    <label>
      <span>{w.range.from}</span>
      <input type="date" required value={days.from} onInput={(e) => choose({ ...days, from: e.currentTarget.value })} />
    </label>
    <label>
      <span>{w.range.to}</span>
      <input type="date" required value={days.to} onInput={(e) => choose({ ...days, to: e.currentTarget.value })} />
    </label>
  </fieldset>
);

const figure = (row: Row, key: string, digits = 0): string => {
  const value = row[key];
  return typeof value !== 'number' ? '—' : digits === 0 ? grouped(value) : value.toFixed(digits);
};

const ComparedTable = ({ compared: { these, with: other, position, rows }, say: { w, lang } }: { compared: Compared; say: Say }) => {
  const t = w.compare;
  const name = ({ from, to }: Range): string => (from === to ? dateText(from, lang) : daysText(from, to, lang));
  return (
    <>
      <Scroll label={t.title}>
        <table class="grid totals compared">
          <caption class="unseen">{t.title}</caption>
          <thead>
            <tr>
              <td rowSpan={2} />
              <th scope="colgroup" colSpan={2}>
                {name(these)}
              </th>
              <th scope="colgroup" colSpan={2}>
                {name(other)}
              </th>
              <th scope="col" rowSpan={2}>
                {t.change}
              </th>
            </tr>
            <tr>
              {[these, other].flatMap((_, i) => [
                <th key={`n${i}`} scope="col">
                  {t.whole}
                </th>,
                <th key={`h${i}`} scope="col">
                  {t.perHour}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={String(row['metric'])}>
                <th scope="row">{w.columns[row['metric'] as Column]}</th>
                <td>
                  <b>{figure(row, 'value')}</b>
                </td>
                <td>{figure(row, 'perHour', 1)}</td>
                <td>
                  <b>{figure(row, 'otherValue')}</b>
                </td>
                <td>{figure(row, 'otherPerHour', 1)}</td>
                <td>{typeof row['change'] === 'number' ? `${signed(row['change'])}%` : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="note">
        {t.note(String(comparedCoverageMin))} {w.foot.position(grouped(position))}
      </p>
    </>
  );
};

/** `first`: the days that stand there at the beginning, these and those they are compared with. */
type Props = { showcase: string; first: readonly [Range, Range]; ask: Ask; say: Say; close(): void };

export const CompareDialog = ({ showcase, first, ask, say, close }: Props) => {
  const { w, d } = say;
  const [these, setThese] = useState(first[0]);
  const [other, setOther] = useState(first[1]);
  const [told, setTold] = useState<Compared | Failure | 'wrong' | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if ([these, other].some(({ from, to }) => from === '' || to === '' || from > to)) return setTold('wrong');
    const answer = await ask<{ position: number; rows: Row[] }>('GET', comparisonPath(showcase, these, other));
    setTold(answer.ok ? { these, with: other, ...answer.value } : answer);
  };
  return (
    <Dialog title={w.compare.title} d={d} close={close} wide>
      <form class="compare" onSubmit={submit} noValidate>
        <Dates title={w.compare.these} days={these} say={say} choose={setThese} />
        <Dates title={w.compare.other} days={other} say={say} choose={setOther} />
        <button type="submit" class="btn primary">
          {w.compare.go}
        </button>
      </form>
      <div role="status">
        {told === 'wrong' && <p class="fault">{w.range.wrong}</p>}
        {told !== null && typeof told === 'object' && ('rows' in told ? <ComparedTable compared={told} say={say} /> : <FailureNote failed={told} d={d} />)}
      </div>
    </Dialog>
  );
};

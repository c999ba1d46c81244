/** The last sixty minutes in and out, in steps of five. */
import type { Live } from '../../shared/live.ts';
import { ChartTable } from '../ui/chart-table.tsx';
import { Num } from '../ui/figure.tsx';
import { Sparkline } from '../ui/sparkline.tsx';
import { shortClockText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { doorsHeard } from './figures.ts';
import type { Say } from './say.ts';

export const HourPanel = ({ live, fixed, say: { w, d } }: { live: Live | null; fixed: boolean; say: Say }) => {
  const known = live !== null && doorsHeard(live);
  const steps = known ? live.last60.byFive : [];
  const clock = (at: string | undefined): string => (at === undefined ? '' : shortClockText(Date.parse(at)));
  const [first, last] = [clock(steps[0]?.at), clock(steps.at(-1)?.at)];
  const ins = known ? live.last60.in : null;
  const outs = known ? live.last60.out : null;
  const heading = (
    <>
      {w.hour.title}{' '}
      <span class="flow in">
        {w.hour.in} <Num of={ins} />
      </span>{' '}
      <span class="flow out">
        {w.hour.out} <Num of={outs} />
      </span>
    </>
  );
  const chart = (
    <>
      {known ? (
        <Sparkline
          ins={steps.map((s) => s.in)}
          outs={steps.map((s) => s.out)}
          labels={{ in: w.hour.in, out: w.hour.out }}
          summary={w.hour.summary(grouped(ins ?? 0), grouped(outs ?? 0), first, last)}
        />
      ) : (
        <div class="spark" />
      )}
      <p class="sub axis">
        <span>{first}</span>
        <span>{w.hour.every}</span>
        <span>{last}</span>
      </p>
    </>
  );
  const table = (
    <table class="grid">
      <caption class="unseen">{w.hour.title}</caption>
      <thead>
        <tr>
          <th scope="col">{w.hour.time}</th>
          <th scope="col">{w.hour.in}</th>
          <th scope="col">{w.hour.out}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((s) => (
          <tr key={s.at}>
            <th scope="row">{clock(s.at)}</th>
            <td>{grouped(s.in)}</td>
            <td>{grouped(s.out)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return <ChartTable title={w.hour.title} heading={heading} d={d} fixed={fixed} chart={chart} table={table} class="hour" />;
};

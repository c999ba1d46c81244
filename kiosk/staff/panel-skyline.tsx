/** The day's visits by hour as buildings of windows, in true pixels; the hour that runs is paler, a missing one an empty ground. */
import type { Live } from '../../shared/live.ts';
import { ChartTable } from '../ui/chart-table.tsx';
import { Num } from '../ui/figure.tsx';
import { type Size, useSize } from '../ui/size.ts';
import { clockText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import type { Say } from './say.ts';
import { type Pane, panesOf, type SkylineHour, skylineHours, visitsPerPane } from './skyline.ts';

/** opening hours of today as [from, to) in whole hours */
export type OpenHours = readonly (readonly [number, number])[];
type Props = { live: Live | null; open: OpenHours; nowMs: number; fixed: boolean; say: Say };
type Plan = { em: number; column: number; pitch: number; across: number; ground: number; unit: number };

const pad = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const planOf = (hours: readonly SkylineHour[], { width, height }: Size, em: number): Plan => {
  const column = width / hours.length;
  const pitch = Math.min(14, Math.max(7, width / 72));
  const across = Math.max(1, Math.floor((column - pitch * 0.9) / pitch));
  const ground = height - em * 1.5;
  const rows = Math.max(1, Math.floor((ground - em * 1.5) / pitch));
  const unit = visitsPerPane(
    hours.map((h) => h.visits),
    rows * across,
  );
  return { em, column, pitch, across, ground, unit };
};

const paneText = (p: Pane, x: number, { pitch, ground }: Plan): string => {
  const [left, bottom, side] = [x + p.column * pitch, ground - 2 - p.row * pitch, pitch * 0.68];
  return `M${left.toFixed(1)} ${bottom.toFixed(1)}v${(-side).toFixed(1)}h${(side * p.part).toFixed(1)}v${side.toFixed(1)}z`;
};

const Building = ({ of, at, plan, past, missing }: { of: SkylineHour; at: number; plan: Plan; past: boolean; missing: string }) => {
  const x = at * plan.column;
  const panes = of.visits === null ? [] : panesOf(of.visits, plan.unit, plan.across);
  const top = plan.ground - (panes.at(-1)?.row ?? -1) * plan.pitch - plan.pitch;
  const label = of.visits === null ? (past ? missing : '') : grouped(of.visits);
  const everyLabel = plan.column >= plan.em * 2.9 || at % Math.ceil((plan.em * 3.2) / plan.column) === 0;
  return (
    <g class={of.now ? 'running' : ''}>
      <path class="panes" d={panes.map((p) => paneText(p, x, plan)).join('')} />
      {label && plan.column >= plan.em * 1.6 && (
        <text class="value" x={x} y={top - plan.em * 0.25}>
          {label}
        </text>
      )}
      {everyLabel && (
        <text x={x} y={plan.ground + plan.em * 1.25}>
          {plan.column >= plan.em * 2.9 ? pad(of.hour) : of.hour}
        </text>
      )}
    </g>
  );
};

export const SkylinePanel = ({ live, open, nowMs, fixed, say: { w, d } }: Props) => {
  const [box, size] = useSize<HTMLDivElement>();
  const clock = clockText(nowMs);
  const nowHour = Number(clock.slice(0, 2));
  const known = new Map((live?.hours ?? []).map((h) => [Number(h.hour.slice(11, 13)), h.visits] as const));
  const hours = skylineHours(known, open, nowHour);
  const told = hours.filter((h) => h.visits !== null);
  const peak = told.reduce<SkylineHour | null>((best, h) => (best === null || (h.visits ?? 0) > (best.visits ?? 0) ? h : best), null);
  const summary = peak ? w.skyline.summary(grouped(told.reduce((n, h) => n + (h.visits ?? 0), 0)), grouped(peak.visits ?? 0), pad(peak.hour)) : w.skyline.empty;
  const em = size && box.current ? Number.parseFloat(getComputedStyle(box.current).fontSize) : 16;
  const plan = size && planOf(hours, size, em);
  const nowX = plan && (nowHour - (hours[0]?.hour ?? 0) + Number(clock.slice(3, 5)) / 60) * plan.column;
  const chart = (
    <div class="skyline" ref={box} role="img" aria-label={summary}>
      {size && plan && (
        <svg width={size.width} height={size.height} aria-hidden="true">
          <path class="ground" d={`M0 ${plan.ground}H${size.width}`} />
          {nowX !== null && nowX <= size.width && <path class="now" d={`M${nowX.toFixed(1)} ${em * 0.2}V${plan.ground}`} />}
          {hours.map((h, i) => (
            <Building key={h.hour} of={h} at={i} plan={plan} past={h.hour < nowHour && told.length > 0} missing={w.skyline.missing} />
          ))}
        </svg>
      )}
    </div>
  );
  const table = (
    <table class="grid">
      <caption class="unseen">{w.skyline.title}</caption>
      <thead>
        <tr>
          <th scope="col">{w.skyline.hour}</th>
          <th scope="col">{w.skyline.visits}</th>
        </tr>
      </thead>
      <tbody>
        {hours.map((h) => (
          <tr key={h.hour}>
            <th scope="row">
              {pad(h.hour)}
              {h.now && ` ${w.skyline.now}`}
            </th>
            <td>
              <Num of={h.visits} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return <ChartTable title={w.skyline.title} note={plan && told.length > 0 && w.skyline.unit(grouped(plan.unit))} d={d} fixed={fixed} chart={chart} table={table} class="sky" />;
};

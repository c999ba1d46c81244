/** Entries by zone as bars with their numbers. They do not add up, and say so; there is no total. */

import { AREAS } from '../../shared/areas.ts';
import type { Live } from '../../shared/live.ts';
import type { ShowcaseNames } from '../../shared/wire.ts';
import { ChartTable } from '../ui/chart-table.tsx';
import { Num } from '../ui/figure.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { grouped } from '../words/numbers.ts';
import { nameOf, type Say } from './say.ts';

type ZoneLive = Live['zones'][number];
type Props = { live: Live | null; names: ShowcaseNames | null; fixed: boolean; say: Say };

/** Every zone of the showcase, those with the most entries first, those that told nothing last. */
const zonesOf = (live: Live | null, names: ShowcaseNames | null): ZoneLive[] => {
  const told = new Map((live?.zones ?? []).map((z) => [z.id, z]));
  for (const id of Object.keys(names?.zones ?? {})) if (!told.has(id)) told.set(id, { id, entries: null, exits: null, sessions: 0, projectViews: 0 });
  return [...told.values()].sort((a, b) => (b.entries ?? -1) - (a.entries ?? -1));
};

/** zones of the chart that fit on the wall */
const zonesMax = 8;

export const ZonesPanel = ({ live, names, fixed, say: { w, d, lang } }: Props) => {
  const zones = zonesOf(live, names);
  const most = Math.max(1, ...zones.map((z) => z.entries ?? 0));
  const chart = (
    <ul class="zn">
      {zones.slice(0, fixed ? zonesMax : zones.length).map((z) => (
        <li key={z.id}>
          <span>{nameOf(names?.zones, z.id, lang)}</span>
          <span aria-hidden="true">
            {z.entries !== null && <i class={AREAS.some((a) => a === z.id) ? `area-${z.id}` : 'no-area'} style={{ width: `${(z.entries / most) * 100}%` }} />}
          </span>
          <b>
            <Num of={z.entries} />
          </b>
        </li>
      ))}
    </ul>
  );
  const table = (
    <Scroll label={w.zones.title}>
      <table class="grid">
        <caption class="unseen">{w.zones.summary(zones.map((z) => `${nameOf(names?.zones, z.id, lang)} ${z.entries === null ? '—' : grouped(z.entries)}`).join(' '))}</caption>
        <thead>
          <tr>
            <th scope="col">{w.zones.zone}</th>
            <th scope="col">{w.zones.entries}</th>
            <th scope="col">{w.zones.exits}</th>
            <th scope="col">{w.zones.sessions}</th>
            <th scope="col">{w.zones.views}</th>
          </tr>
        </thead>
        <tbody>
          {zones.map((z) => (
            <tr key={z.id}>
              <th scope="row">{nameOf(names?.zones, z.id, lang)}</th>
              {[z.entries, z.exits, z.sessions, z.projectViews].map((n, i) => (
                <td key={i}>
                  <Num of={n} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
  return <ChartTable title={w.zones.title} note={w.zones.note} d={d} fixed={fixed} chart={chart} table={table} class="zones" />;
};

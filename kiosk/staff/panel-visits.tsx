/** The head of the wall: today's visits very large with what they are made of, and the estimate of people inside with its band. */
import type { Live } from '../../shared/live.ts';
import { Num, signed } from '../ui/figure.tsx';
import { grouped } from '../words/numbers.ts';
import { occupancyBand, occupancyNow, visitsToday } from './figures.ts';
import type { Say } from './say.ts';

export const VisitsPanel = ({ live, say: { w } }: { live: Live | null; say: Say }) => {
  const visits = live && visitsToday(live);
  return (
    <section class="panel visits">
      <h2 class="k1">{w.visits.title}</h2>
      <p class="huge hero">
        <Num of={visits} />
      </p>
      <p class="sub">
        {live && visits !== null ? (
          <span class="nb">{w.visits.parts(grouped(live.today.entries), signed(live.today.corrections))}</span>
        ) : (
          live && <span class="nb">{w.visits.none}</span>
        )}{' '}
        <span class="nb">{w.visits.yesterday(live?.yesterdayByNow == null ? '—' : grouped(live.yesterdayByNow))}</span>
      </p>
    </section>
  );
};

export const OccupancyPanel = ({ live, say: { w } }: { live: Live | null; say: Say }) => {
  const inside = live && occupancyNow(live);
  return (
    <section class="panel occupancy">
      <h2 class="k1">{w.occupancy.title}</h2>
      <p class="huge">
        <Num of={inside} />
        {live && inside !== null && <small> ± {grouped(occupancyBand(live.today.entries))}</small>}
      </p>
      <p class="sub">{w.occupancy.note}</p>
    </section>
  );
};

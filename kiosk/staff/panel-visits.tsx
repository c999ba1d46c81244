/** The head of the wall: today's visits very large with what they are made of, and the estimate of people inside with its band. */
import { capacityAmber, capacityRed } from '../../shared/hall-limits.ts';
import type { Live } from '../../shared/live.ts';
import { Num, signed } from '../ui/figure.tsx';
import { shortClockText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { occupancyNow, visitsToday } from './figures.ts';
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

/** How full the hall is of what is safe, with the marks of notice and urgency. */
const Gauge = ({ inside, capacity, say: { f } }: { inside: number; capacity: number; say: Say }) => {
  const share = inside / capacity;
  return (
    <>
      <div class={`gauge ${share >= capacityRed ? 'red' : share >= capacityAmber ? 'amber' : ''}`} aria-hidden="true">
        <i style={{ width: `${Math.min(100, share * 100)}%` }} />
        <b style={{ left: `${capacityAmber * 100}%` }} />
        <b style={{ left: `${capacityRed * 100}%` }} />
      </div>
      <p class="sub">{f.hall.share(grouped(capacity), `${Math.round(share * 100)}%`)}</p>
    </>
  );
};

export const OccupancyPanel = ({ live, say }: { live: Live | null; say: Say }) => {
  const { w, f } = say;
  const inside = live && occupancyNow(live);
  const { capacity = null, counted = null, band = 0 } = live?.hall ?? {};
  return (
    <section class="panel occupancy">
      <h2 class="k1">{w.occupancy.title}</h2>
      <p class="huge">
        <Num of={inside} />
        {inside !== null && <small> ± {grouped(band)}</small>}
      </p>
      {inside !== null && capacity !== null ? <Gauge inside={inside} capacity={capacity} say={say} /> : <p class="sub">{w.occupancy.note}</p>}
      {counted && <p class="sub">{f.hall.counted(shortClockText(counted.atMs), grouped(counted.people))}</p>}
    </section>
  );
};

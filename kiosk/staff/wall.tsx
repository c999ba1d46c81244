/** The live wall: everything that staff watch, at a desk, on a phone, or fixed on a television without buttons. */
import type { Live } from '../../shared/live.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import type { Freshness } from '../ui/freshness.ts';
import { attentionOf } from './attention.ts';
import { AttentionPanel } from './panel-attention.tsx';
import { DoorsPanel } from './panel-doors.tsx';
import { HourPanel } from './panel-hour.tsx';
import { KiosksPanel, KiosksTable } from './panel-kiosks.tsx';
import { LinksPanel, TopPanel, UsePanel } from './panel-links.tsx';
import { type OpenHours, SkylinePanel } from './panel-skyline.tsx';
import { OccupancyPanel, VisitsPanel } from './panel-visits.tsx';
import { ZonesPanel } from './panel-zones.tsx';
import type { Say } from './say.ts';

/** what a television has room for */
const alertsOnTvMax = 2;
const doorsOnTvMax = 6;
const listedMax = 64;

type Props = { live: Live | null; devices: readonly DeviceView[]; names: ShowcaseNames | null; open: OpenHours; nowMs: number; fresh: Freshness; tv: boolean; say: Say };

export const Wall = ({ live, devices, names, open, nowMs, fresh, tv, say }: Props) => {
  const kiosks = devices.filter((d) => d.kind === 'kiosk');
  // at the time of the data: when it is this screen that hears nothing, doors and kiosks are not to blame
  const attention = live ? attentionOf(live, devices, Date.parse(live.asOf)) : [];
  return (
    <div class={`wall-body is-${fresh.state}`}>
      <div class="col a">
        <VisitsPanel live={live} say={say} />
        <div class="pair">
          <OccupancyPanel live={live} say={say} />
          <HourPanel live={live} fixed={tv} say={say} />
        </div>
        <SkylinePanel live={live} open={open} nowMs={nowMs} fixed={tv} say={say} />
      </div>
      <div class="col b">
        <AttentionPanel items={attention} most={tv ? alertsOnTvMax : listedMax} names={names} say={say} />
        <DoorsPanel live={live} names={names} nowMs={nowMs} most={tv ? doorsOnTvMax : listedMax} say={say} />
        <ZonesPanel live={live} names={names} fixed={tv} say={say} />
      </div>
      <div class="col c">
        <KiosksPanel kiosks={kiosks} say={say} />
        <LinksPanel live={live} say={say} />
        <TopPanel live={live} names={names} say={say} />
      </div>
      {!tv && (
        <div class="below">
          <UsePanel live={live} say={say} />
          <KiosksTable kiosks={kiosks} names={names} nowMs={nowMs} say={say} />
        </div>
      )}
    </div>
  );
};

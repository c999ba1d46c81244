/** The live wall: everything that staff watch, at a desk, on a phone, or fixed on a television without buttons. */
import type { Alert } from '../../shared/alerts.ts';
import type { Live } from '../../shared/live.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import type { Freshness } from '../ui/freshness.ts';
import { type AlertActs, AttentionPanel } from './panel-attention.tsx';
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

type Props = {
  live: Live | null;
  devices: readonly DeviceView[];
  alerts: readonly Alert[];
  may: AlertActs | null;
  names: ShowcaseNames | null;
  open: OpenHours;
  nowMs: number;
  fresh: Freshness;
  tv: boolean;
  say: Say;
};

export const Wall = ({ live, devices, alerts, may, names, open, nowMs, fresh, tv, say }: Props) => {
  const kiosks = devices.filter((d) => d.kind === 'kiosk');
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
        <AttentionPanel items={alerts} most={tv ? alertsOnTvMax : listedMax} names={names} devices={devices} may={tv ? null : may} say={say} />
        <DoorsPanel live={live} names={names} nowMs={nowMs} most={tv ? doorsOnTvMax : listedMax} say={say} />
        <ZonesPanel live={live} names={names} fixed={tv} say={say} />
      </div>
      <div class="col c">
        <KiosksPanel kiosks={kiosks} names={names} nowMs={nowMs} say={say} />
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

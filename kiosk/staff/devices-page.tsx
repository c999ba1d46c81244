/** The devices of a showcase: how each one is, what may be done with it, and the ways in: pairing and adding. */
import { useState } from 'preact/hooks';
import type { Live } from '../../shared/live.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { DeviceView } from '../../shared/wire.ts';
import { Num } from '../ui/figure.tsx';
import type { ShowcaseInfo } from '../ui/showcase-info.ts';
import { agoText } from '../words/desk.ts';
import { CommandPanel } from './command-panel.tsx';
import type { DeskActs } from './desk-acts.ts';
import { DeskPage, ListTable } from './desk-page.tsx';
import { DeviceAdd } from './device-add.tsx';
import { DeviceDialog } from './device-dialog.tsx';
import { DevicePair } from './device-pair.tsx';
import { EmergencyCard } from './emergency-card.tsx';
import { projectsOf } from './place-fields.tsx';
import { deviceName, type Say } from './say.ts';

type Props = {
  devices: readonly DeviceView[];
  info: ShowcaseInfo;
  role: Role;
  acts: DeskActs;
  nowMs: number;
  origin: string;
  copy(text: string): Promise<boolean>;
  changed(device: DeviceView): void;
  live: Live | null;
  say: Say;
};

const groupsOf = (kiosks: readonly DeviceView[]): string[] => [...new Set(kiosks.flatMap((k) => k.group ?? []))].sort();

const placeName = (device: DeviceView, info: ShowcaseInfo, { lang }: Say): string => {
  const place = device.kind === 'kiosk' ? info.zones.find((z) => z.id === device.zone) : info.points.find((p) => p.id === device.point);
  return place?.name[lang] ?? device.zone ?? device.point ?? '—';
};

const DeviceList = ({ devices, info, nowMs, say, manage }: Pick<Props, 'devices' | 'info' | 'nowMs' | 'say'> & { manage: ((id: string) => void) | null }) => {
  const { w, d, f } = say;
  const heads = [
    [w.devices.name, 'text'],
    [w.devices.kind, 'text'],
    [w.devices.place, 'text'],
    [w.kiosks.status, 'text'],
    [w.kiosks.waitingHead, 'figure'],
    [w.kiosks.heard, 'figure'],
  ] as const;
  return (
    <ListTable title={w.devices.title} heads={heads} act={manage ? w.devices.actions : null}>
      {devices.map((v) => (
        <tr key={v.id}>
          <th scope="row">
            {deviceName(v)} {v.group && <small>{v.group}</small>} {v.rehearsing && <small>{f.rehearsal.title}</small>}
          </th>
          <td class="text" data-head={w.devices.kind}>
            {w.devices.kinds[v.kind]}
          </td>
          <td class="text" data-head={w.devices.place}>
            {placeName(v, info, say)}
          </td>
          <td class={`text state ${v.status}`} data-head={w.kiosks.status}>
            <i aria-hidden="true" />
            {w.status[v.status]}
            {v.orders && (
              <small>
                {' '}
                {v.orders.given.map((o) => f.orders.given[o]).join(' · ')}
                {!v.orders.followed && ` · ${f.orders.pending}`}
              </small>
            )}
          </td>
          <td data-head={w.kiosks.waitingHead}>
            <Num of={v.waiting} />
          </td>
          <td data-head={w.kiosks.heard}>{v.heardMs === null ? '—' : agoText(nowMs - v.heardMs, d)}</td>
          {manage && (
            <td>
              <button type="button" class="btn small" aria-label={w.devices.manage(deviceName(v))} onClick={() => manage(v.id)}>
                {w.devices.actions}
              </button>
            </td>
          )}
        </tr>
      ))}
    </ListTable>
  );
};

export const DevicesPage = ({ devices, info, role, acts, nowMs, origin, copy, changed, live, say }: Props) => {
  const { w } = say;
  const [open, setOpen] = useState<string | null>(null);
  const device = devices.find((v) => v.id === open);
  const kiosks = devices.filter((v) => v.kind === 'kiosk');
  const mayAct = can(role, 'broadcast.send') || can(role, 'devices.write');
  return (
    <DeskPage
      title={w.devices.title}
      side={
        <>
          {can(role, 'broadcast.send') && kiosks.length > 0 && (
            <section class="card">
              <h2>{w.command.allTitle}</h2>
              <CommandPanel
                say={say}
                all
                names={new Map(kiosks.map((k) => [k.id, deviceName(k)]))}
                projects={projectsOf(info, say)}
                groups={groupsOf(kiosks)}
                send={(command, group) => acts.broadcast(info.id, command, group)}
              />
            </section>
          )}
          {can(role, 'broadcast.send') && live && kiosks.length > 0 && <EmergencyCard live={live} kiosks={kiosks} send={(command) => acts.broadcast(info.id, command)} say={say} />}
          {can(role, 'pairing.approve') && <DevicePair acts={acts} info={info} say={say} />}
          {can(role, 'devices.write') && <DeviceAdd acts={acts} info={info} origin={origin} copy={copy} say={say} />}
        </>
      }
    >
      {devices.length === 0 ? <p class="note">{w.devices.none}</p> : <DeviceList devices={devices} info={info} nowMs={nowMs} say={say} manage={mayAct ? setOpen : null} />}
      {device && <DeviceDialog key={device.id} device={device} acts={acts} info={info} role={role} say={say} changed={changed} close={() => setOpen(null)} />}
    </DeskPage>
  );
};

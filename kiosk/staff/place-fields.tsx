/** Where a device stands: a kiosk in a zone, a counter at a door. One select with the names of the showcase's places. */
import type { DeviceKind } from '../../shared/roles.ts';
import type { ShowcaseInfo } from '../ui/showcase-info.ts';
import type { Say } from './say.ts';

type Props = { kind: DeviceKind; info: ShowcaseInfo; say: Say; at: string; choose(id: string): void };

export const PlaceField = ({ kind, info, say: { w, lang }, at, choose }: Props) => (
  <label>
    <span>{kind === 'kiosk' ? w.devices.zone : w.devices.point}</span>
    <select value={at} onChange={(e) => choose(e.currentTarget.value)}>
      {(kind === 'kiosk' ? info.zones : info.points).map((p) => (
        <option key={p.id} value={p.id}>
          {p.name[lang]}
        </option>
      ))}
    </select>
  </label>
);

/** The first place of the showcase for a device of this kind; empty where it has none. */
export const firstPlace = (kind: DeviceKind, info: ShowcaseInfo): string => (kind === 'kiosk' ? info.zones[0]?.id : info.points[0]?.id) ?? '';

export const placeOf = (kind: DeviceKind, id: string): { zone: string } | { point: string } => (kind === 'kiosk' ? { zone: id } : { point: id });

/** The projects of a showcase by name. */
export const projectsOf = (info: ShowcaseInfo, { lang }: Say): { id: string; name: string }[] => info.projects.map((p) => ({ id: p.id, name: p.name[lang] }));

/** News of the staff socket put into what the screen holds. */
import { type Alert, type AlertNews, byUrgency } from '../../shared/alerts.ts';
import type { DeviceView } from '../../shared/wire.ts';

/** The devices of a showcase after news of one: changed in its place, added at the end, gone when revoked or moved elsewhere. */
export const mergeDevice = (devices: readonly DeviceView[], news: DeviceView, showcase: string): DeviceView[] => {
  const stays = !news.revoked && news.showcase === showcase;
  const known = devices.some((d) => d.id === news.id);
  if (!stays) return devices.filter((d) => d.id !== news.id);
  return known ? devices.map((d) => (d.id === news.id ? news : d)) : [...devices, news];
};

/** The alerts that stand after news of one, in the order in which they want to be seen. */
export const mergeAlert = (alerts: readonly Alert[], { level, ...news }: AlertNews): Alert[] => {
  const others = alerts.filter((a) => a.id !== news.id);
  return (level === 'clear' ? others : [...others, { ...news, level }]).sort(byUrgency);
};

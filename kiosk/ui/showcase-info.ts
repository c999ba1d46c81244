/** What the hub says in public of one showcase: its zones, doors, projects and days. */

import { API } from '../../shared/api.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import type { ShowDay } from '../../shared/pack.ts';
import type { Text } from '../../shared/words.ts';
import type { Ask, Outcome } from './api.ts';

export type ShowcaseInfo = {
  id: string;
  name: Text;
  days: string[];
  windows: ShowDay[];
  zones: { id: string; name: Text }[];
  points: { id: string; name: Text; zone: string; perimeter: boolean }[];
  projects: { id: string; code: string; name: Text }[];
};

export const askShowcase = (ask: Ask, id: string): Promise<Outcome<ShowcaseInfo>> => ask('GET', `${API}/showcases/${encodeURIComponent(id)}`);

/** The opening windows of a day as whole hours [from, to); a part of an hour counts as an hour. */
export const openHoursOf = (info: ShowcaseInfo | null, nowMs: number): [number, number][] => {
  const day = info?.windows.find((d) => d.day === dayOf(nowMs));
  return (day?.windows ?? []).filter((w) => w.counted).map((w) => [Number(w.from.slice(0, 2)), Number(w.to.slice(0, 2)) + (w.to.endsWith('00') ? 0 : 1)]);
};

/** Which day of the show this is, from 1; null outside its days or where it has none. */
export const dayNumber = (info: ShowcaseInfo | null, nowMs: number): number | null => {
  const at = (info?.days ?? []).toSorted().indexOf(dayOf(nowMs));
  return at < 0 ? null : at + 1;
};

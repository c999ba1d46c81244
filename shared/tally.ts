/** The fold that every number comes from: entries of the journal to counts, one showcase at a time. Folds in place on one private draft. */
import { toldOfDay } from './day-figures.ts';
import { applyToDeliveries, type Deliveries, emptyDeliveries } from './deliveries.ts';
import { applyToDoors, type Doors, emptyDoors } from './doors.ts';
import { applyToEngagement, type Engagement, emptyEngagement } from './engagement.ts';
import type { Entry } from './entry.ts';
import { applyToFloor, emptyFloor, type FloorTally, relayIsDown } from './floor.ts';
import { type Gap, gapOf } from './journal-gaps.ts';

type LinkMode = 'direct' | 'redirect';
export type ShowcaseTally = {
  doors: Doors;
  engagement: Engagement;
  floor: FloorTally;
  /** what each day said when it was closed last */
  closedAs: Map<string, string>;
};
export type Tally = {
  /** of the last entry folded in; 0 before the first */
  position: number;
  /** when the hub received the last entry, ms */
  asOfMs: number;
  showcases: Map<string, ShowcaseTally>;
  /** since when short links were counted or not, oldest first */
  modes: { fromMs: number; mode: LinkMode }[];
  /** the newest version of each document that must not be lost (accounts, devices, tokens), by name */
  documents: Map<string, unknown>;
  /** what repairs gave up, oldest first */
  gaps: Gap[];
  /** closed versions of all showcases, and what became of their delivery */
  deliveries: Deliveries;
};

export const emptyTally = (): Tally => ({ position: 0, asOfMs: 0, showcases: new Map(), modes: [], documents: new Map(), gaps: [], deliveries: emptyDeliveries() });

/** The tally of a showcase; an empty one where nothing was recorded yet. */
export const showcaseOf = (tally: Tally, showcase: string): ShowcaseTally => {
  let found = tally.showcases.get(showcase);
  if (!found) {
    found = { doors: emptyDoors(), engagement: emptyEngagement(), floor: emptyFloor(), closedAs: new Map() };
    tally.showcases.set(showcase, found);
  }
  return found;
};

/** Folds the entry at `position` into the tally. Entries come in order, each once. */
export const applyEntry = (tally: Tally, entry: Entry, position: number): void => {
  tally.position = position;
  tally.asOfMs = entry.receivedMs;
  if ('showcase' in entry) {
    const showcase = showcaseOf(tally, entry.showcase);
    applyToDoors(showcase.doors, entry);
    applyToEngagement(showcase.engagement, entry);
    applyToFloor(showcase.floor, entry, position);
    applyToDeliveries(tally.deliveries, entry, position);
    if (entry.kind === 'day.closed') showcase.closedAs.set(entry.day, toldOfDay(tally, showcase, entry.day));
  } else if (entry.kind === 'links.mode-set') tally.modes.push({ fromMs: entry.receivedMs, mode: entry.mode });
  else if (entry.kind === 'document.saved') tally.documents.set(entry.name, entry.value);
  else {
    const gap = gapOf(entry, position);
    if (gap) tally.gaps.push(gap);
  }
};

/** How codes lead now, where the hub is set to `mode`: to their destinations, while the short links' address does not answer. */
export const linkMode = (tally: Tally, mode: LinkMode): LinkMode => ([...tally.showcases.values()].some((t) => relayIsDown(t.floor)) ? 'direct' : mode);

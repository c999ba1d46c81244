/** What every screen is handed: the visit, the words, the content, and the ways to act. */
import type { Area } from '../../shared/areas.ts';
import type { PlacedProject } from '../../shared/pack.ts';
import type { Lang } from '../../shared/words.ts';
import type { LinkState } from '../link/kiosk-link.ts';
import type { VisitorWords } from '../words/visitor.ts';
import type { Catalogue, Trail } from './catalogue.ts';
import type { Line } from './speech.ts';
import type { StageHost } from './stage-host.ts';
import type { Action, Screen, Visit } from './visit.ts';
import type { VoteView } from './vote-view.ts';

/** What is said of the opening hours: it closes in a while, opens later today, or tomorrow. */
export type Hours = { kind: 'closes' | 'opens'; time: string } | { kind: 'tomorrow' };

export type Lamps = {
  /** null: no count is known */ visits: number | null;
  unit: number /** the time of the count, HH:MM; null: too old to be shown as a number */;
  time: string | null;
  open: boolean;
  hours: Hours | null;
};

export type Desk = {
  visit: Visit;
  lang: Lang;
  w: VisitorWords;
  catalogue: Catalogue;
  stage: StageHost;
  portrait: boolean;
  pxPerMm: number;
  glassPxPerMm: number;
  reachPx: number;
  lamps: Lamps;
  link: LinkState;
  /** whether a short link would lead somewhere now; otherwise codes carry the destination itself */
  shortLinks: boolean;
  vote: VoteView;
  /** the line that is being said */
  caption: Line | null;
  /** 0 to 3 */
  volume: number;
  turnVolume(by: 1 | -1): void;
  /** Reads the screen that stands, or falls silent where it is being read. */
  readScreen(): void;
  act(action: Action): void;
  go(screen: Screen): void;
  /** A fresh session id. */
  newSession(): string;
  /** Opens a quiz drawn anew. */
  newQuiz(): void;
  /** One project of all, by chance. */
  surprise(): void;
};

/** How a trail is called: terraces by their area, the others by their show. */
export const trailName = (trail: Pick<Trail, 'area' | 'name'>, lang: Lang, w: VisitorWords): string => (trail.area ? w.area[trail.area] : (trail.name?.[lang] ?? ''));

/** The class that gives a part its area's colours. */
export const areaClass = (area: Area): string => `area-${area}`;

/** How wide a text is, in Latin letters: a Han character takes two. */
export const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);

/** The size that a title of this width is set in, so that the longest stays within two lines. */
export const titleSize = (text: string): 'size-l' | 'size-m' | 'size-s' => {
  const width = widthOf(text);
  return width <= 20 ? 'size-l' : width <= 30 ? 'size-m' : 'size-s';
};

/** Opens a project from where the visitor is. */
export const projectScreen = (trail: string, project: Pick<PlacedProject, 'id'>, via: Extract<Screen, { kind: 'project' }>['via']): Screen => ({
  kind: 'project',
  trail,
  project: project.id,
  via,
});

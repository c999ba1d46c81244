/**
 * What the resting screen shows turn by turn: the whole hill, one row of it in the light, one of its projects close by, the waterfront,
 * the lamps of today's visits, and what two minutes give. Rows and projects are those of the content, in its order, another with every
 * loop; the same turn of the same content is the same scene on every kiosk.
 */
import type { PackHead } from '../../shared/pack.ts';
import type { StageView } from '../stage/stage.ts';
import type { Catalogue, Place, Trail } from './catalogue.ts';
import { turnsPerLoop } from './turns.ts';

export type Scene =
  | { kind: 'row'; trail: Trail /** its projects as they are put forward, the one that comes next first */; forward: readonly Place[] }
  | { kind: 'project'; place: Place }
  | { kind: 'waterfront'; pack: PackHead; trails: readonly Trail[] }
  | { kind: 'lights' }
  | { kind: 'invite'; place: Place };

/** A row's projects as they are put forward: those with a model first, of these and of the others those with a figure. */
const forward = ({ places }: Catalogue, trail: Trail): Place[] => {
  const rank = ({ project: p }: Place): number => (p.model ? 0 : 2) + (p.figures.length > 0 ? 0 : 1);
  return trail.projects.flatMap((p) => places.get(p.id) ?? []).sort((a, b) => rank(a) - rank(b));
};

/** The waterfront's trails that have projects, show by show. */
const shows = ({ quays }: Catalogue): { pack: PackHead; trails: Trail[] }[] => {
  const own = quays.filter((t) => t.projects.length > 0);
  return [...new Set(own.map((t) => t.pack))].map((pack) => ({ pack, trails: own.filter((t) => t.pack === pack) }));
};

const round = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];

/** The scene of a turn, from 0; null is the whole hill with its title, which is all there is of a content without projects. */
export const sceneAt = (catalogue: Catalogue, turn: number): Scene | null => {
  const terraces = catalogue.terraces.filter((t) => t.projects.length > 0);
  const rows = terraces.length > 0 ? terraces : catalogue.quays.filter((t) => t.projects.length > 0);
  const loop = Math.floor(turn / turnsPerLoop);
  const cycle = Math.floor(loop / Math.max(1, rows.length));
  // each cycle begins one row further: no row is told in one language alone
  const at = loop + cycle;
  const trail = round(rows, at);
  if (!trail) return null;
  const across = Math.ceil(rows.length / 2);
  /** a project of the row that stands so many further, `more` further in it */
  const pick = (further: number, more: number): Place | undefined => {
    const row = round(rows, at + further);
    return row && round(forward(catalogue, row), cycle + more);
  };
  const close = (place: Place | undefined): Scene | null => (place ? { kind: 'project', place } : null);
  switch (turn % turnsPerLoop) {
    case 1: {
      const all = forward(catalogue, trail);
      const first = cycle % Math.max(1, all.length);
      return { kind: 'row', trail, forward: [...all.slice(first), ...all.slice(0, first)] };
    }
    case 2:
      return close(pick(0, 0));
    case 3: {
      const show = terraces.length > 0 ? round(shows(catalogue), loop) : undefined;
      return show ? { kind: 'waterfront', ...show } : close(pick(1, 1));
    }
    case 4:
      return { kind: 'lights' };
    case 5: {
      const place = pick(across, across % rows.length === 0 ? 1 : 0);
      return place ? { kind: 'invite', place } : null;
    }
    default:
      return null;
  }
};

/** Where the camera is for a scene. */
export const viewOf = (scene: Scene): StageView => {
  switch (scene.kind) {
    case 'row':
      return { kind: 'attract', scene: scene.trail.area ? { kind: 'terrace', area: scene.trail.area } : { kind: 'pier' } };
    case 'project':
    case 'invite':
      return { kind: 'project', project: scene.place.project.id, slow: true };
    case 'waterfront':
      return { kind: 'attract', scene: { kind: 'pier' } };
    case 'lights':
      return { kind: 'attract', scene: { kind: 'lights' } };
  }
};

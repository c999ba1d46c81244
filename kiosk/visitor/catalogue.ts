/**
 * What the hub's content means on the hill: the trails that a visitor walks (one a terrace, one a quay or pavilion), in the order of
 * the content, and each project's place and sculpture. Built once a content version.
 */

import { AREAS, type Area } from '../../shared/areas.ts';
import type { Content, PackHead, PlacedProject } from '../../shared/pack.ts';
import { type Sculpture, sculptureOf } from '../../shared/sculpture.ts';
import type { Text } from '../../shared/words.ts';
import type { StageProject } from '../stage/stage.ts';
import { type Recordings, recordingsOf } from './recordings.ts';

/** A row of projects; a terrace is named by its area, the others by their show. */
export type Trail = { id: string; name: Text | null; area: Area | null; pack: PackHead; projects: readonly PlacedProject[] };
export type Place = { project: PlacedProject; trail: Trail; at: number; sculpture: Sculpture };
export type Catalogue = {
  content: Content;
  head: PackHead;
  /** one for each area, bottom to top, empty ones too */
  terraces: readonly Trail[];
  /** the waterfront: one for each series of a show, one for each moored pavilion */
  quays: readonly Trail[];
  places: ReadonlyMap<string, Place>;
  stage: readonly StageProject[];
  recordings: Recordings;
};

export const areaTrail = (area: Area): string => `area:${area}`;

const waterTrails = (content: Content): Trail[] =>
  content.packs.flatMap((pack): Trail[] => {
    const own = content.projects.filter((p) => p.pack === pack.id);
    if (pack.place === 'quays') return pack.series.map((s) => ({ id: `quay:${pack.id}/${s.id}`, name: s.name, area: null, pack, projects: own.filter((p) => p.series === s.id) }));
    return pack.place === 'pavilion' ? [{ id: `pavilion:${pack.id}`, name: pack.name, area: null, pack, projects: own }] : [];
  });

/**
 * English quotes as the fonts can set them: in a Chinese face the curly ones are as wide as a Han character. Chinese texts keep theirs.
 */
const withLatinQuotes = (content: Content): Content =>
  JSON.parse(JSON.stringify(content), (key, value) => (key === 'en' && typeof value === 'string' ? value.replace(/[‘’]/g, "'").replace(/[“”]/g, '"') : value)) as Content;

/** The catalogue of a content; null when it holds no pack at all. */
export const catalogueOf = (from: Content): Catalogue | null => {
  const content = withLatinQuotes(from);
  const head = content.packs.find((p) => p.id === content.showcase) ?? content.packs[0];
  if (!head) return null;
  const onTerraces = new Set(content.packs.filter((p) => p.place === 'terraces').map((p) => p.id));
  const terraces = AREAS.map(
    (area): Trail => ({ id: areaTrail(area), name: null, area, pack: head, projects: content.projects.filter((p) => p.area === area && onTerraces.has(p.pack)) }),
  );
  const quays = waterTrails(content);
  const places = new Map<string, Place>();
  const stage: StageProject[] = [];
  for (const trail of [...terraces, ...quays]) {
    const quay = quays.indexOf(trail);
    trail.projects.forEach((project, at) => {
      if (places.has(project.id)) return;
      const sculpture = sculptureOf(project);
      places.set(project.id, { project, trail, at, sculpture });
      const place = trail.id.startsWith('area:') ? 'terrace' : trail.id.startsWith('quay:') ? 'quay' : 'pavilion';
      const { model } = project;
      stage.push({ id: project.id, area: project.area, place, sculpture, ...(place === 'quay' && { quay }), ...(model && { model }) });
    });
  }
  return { content, head, terraces, quays, places, stage, recordings: recordingsOf(content.audio ?? []) };
};

/** The addresses of all recordings, stills and models, each once: what is small is kept first. */
export const keptFilesOf = ({ content }: Catalogue): string[] => {
  const models = content.projects.flatMap(({ model }) => model ?? []);
  return [...new Set([...(content.audio ?? []).map((a) => a.url), ...models.flatMap(({ still }) => still ?? []), ...models.map(({ url }) => url)])];
};

/** All trails, for a walk by id. */
export const trailOf = (c: Catalogue, id: string): Trail | null => [...c.terraces, ...c.quays].find((t) => t.id === id) ?? null;

/** The project `by` places further along its trail, round and round. */
export const neighbour = (trail: Trail, project: string, by: 1 | -1): PlacedProject | null => {
  const n = trail.projects.length;
  const at = trail.projects.findIndex((p) => p.id === project);
  return n === 0 ? null : (trail.projects[(at + by + n) % n] ?? null);
};

/** The next trail above or below that has projects: terraces among themselves, quays among themselves. */
export const otherTrail = (c: Catalogue, id: string, by: 1 | -1): Trail | null => {
  const row = (id.startsWith('area:') ? c.terraces : c.quays).filter((t) => t.projects.length > 0);
  return row[row.findIndex((t) => t.id === id) + by] ?? null;
};

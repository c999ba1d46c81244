/** What the totals' ids are called: from the installed packs, handed to every report. A report without names is complete, only plainer. */
import type { Pack, PackHead } from '../pack.ts';
import type { Text } from '../words.ts';

export type CatalogueProject = { id: string; name: Text; area: string; pack: string; series: string | null; organisation: Text | null; shape: 'glb' | 'sculpture' | 'seal' };
export type Catalogue = {
  id: string;
  name: Text;
  event: Text;
  points: readonly { id: string; name: Text }[];
  zones: readonly { id: string; name: Text }[];
  projects: readonly CatalogueProject[];
  /** every pack that a kiosk of the showcase can show, with its series */
  packs: readonly { id: string; name: Text; series: readonly { id: string; name: Text }[] }[];
  earlier: PackHead['earlier'];
};

/** The names for a showcase: its own pack first, then what else its kiosks show. */
export const catalogueOf = (pack: Pack, packs: readonly Pack[]): Catalogue => {
  const all = [pack, ...packs.filter((p) => p.id !== pack.id)];
  return {
    id: pack.id,
    name: pack.name,
    event: pack.event,
    points: pack.points,
    zones: pack.zones,
    projects: all.flatMap((p) =>
      p.projects.map((x) => ({
        id: x.id,
        name: x.name,
        area: x.area,
        pack: p.id,
        series: x.series ?? null,
        organisation: x.organisation ?? null,
        shape: x.model ? ('glb' as const) : x.sculpture && x.sculpture !== 'seal' ? ('sculpture' as const) : ('seal' as const),
      })),
    ),
    packs: all.map(({ id, name, series }) => ({ id, name, series })),
    earlier: all.flatMap((p) => p.earlier),
  };
};

export const nameIn = (list: readonly { id: string; name: Text }[], id: string): Text | null => list.find((x) => x.id === id)?.name ?? null;

/** What is shown where: the installed packs, their links, and each showcase's content as its kiosks get it. */
import { createHash } from 'node:crypto';
import type { Content, Pack, PackHead, PlacedProject } from '../../shared/pack.ts';
import type { ShowcaseNames } from '../../shared/wire.ts';
import type { Recorded } from './audio.ts';
import type { ContentFile } from './files.ts';
import type { LinkTable } from './link-table.ts';
import type { Models } from './models.ts';

const headOf = ({ version: _version, projects: _projects, audio: _audio, ...head }: Pack): PackHead => head;

type Shown = { packs: readonly Pack[]; links: LinkTable; models: Models; recorded: Recorded; contents: ReadonlyMap<string, Content> };

export class Library {
  readonly mode: 'direct' | 'redirect';
  readonly #origin: string | null;
  #shown: Shown;

  constructor(packs: readonly Pack[], links: LinkTable, models: Models, recorded: Recorded, publicOrigin: string | null) {
    this.mode = publicOrigin === null ? 'direct' : 'redirect';
    this.#origin = publicOrigin;
    this.#shown = this.#make(packs, links, models, recorded);
  }

  /** From now on these are shown, all of it at once. */
  show(packs: readonly Pack[], links: LinkTable, models: Models, recorded: Recorded): void {
    this.#shown = this.#make(packs, links, models, recorded);
  }

  get packs(): readonly Pack[] {
    return this.#shown.packs;
  }

  get links(): LinkTable {
    return this.#shown.links;
  }

  /** The file that is served at a path; undefined where there is none. */
  file(at: string): ContentFile | undefined {
    return this.#shown.models.files.get(at) ?? this.#shown.recorded.files.get(at);
  }

  pack(showcase: string): Pack | undefined {
    return this.packs.find((p) => p.id === showcase);
  }

  content(showcase: string): Content | undefined {
    return this.#shown.contents.get(showcase);
  }

  /** Names for the staff's screens. */
  names(showcase: string): ShowcaseNames {
    const pack = this.pack(showcase);
    const named = (list: readonly { id: string; name: { [lang: string]: string } }[]) => Object.fromEntries(list.map((x) => [x.id, x.name]));
    return {
      projects: Object.fromEntries(this.packs.flatMap((p) => p.projects.map((x) => [x.id, { name: x.name, area: x.area }]))),
      zones: named(pack?.zones ?? []),
      points: named(pack?.points ?? []),
    };
  }

  #make(packs: readonly Pack[], links: LinkTable, models: Models, recorded: Recorded): Shown {
    const contents = new Map<string, Content>();
    for (const showcase of packs) {
      const projects = packs.flatMap((pack) =>
        pack.projects.map(({ model: _own, audio: _audio, ...p }): PlacedProject => {
          const model = models.of.get(`${pack.id}/${p.id}`);
          return { ...p, pack: pack.id, code: links.codeOf(showcase.id, pack.id, p.id), ...(model && { model }) };
        }),
      );
      const content = {
        showcase: showcase.id,
        mode: this.mode,
        origin: this.#origin,
        homeCode: links.codeOf(showcase.id, showcase.id, null),
        packs: packs.map(headOf),
        projects,
        ...(recorded.spoken.length > 0 && { audio: recorded.spoken }),
      };
      contents.set(showcase.id, { version: createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16), ...content });
    }
    return { packs, links, models, recorded, contents };
  }
}

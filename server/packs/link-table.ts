/** Short links: a code for every project on every showcase's hill, the same each time it is made, and never forgotten once issued. */
import { createHash } from 'node:crypto';
import { CODE_ALPHABET, codeChars, destinationOf } from '../../shared/links.ts';
import { hostOf, type Pack } from '../../shared/pack.ts';
import { LANGS, type Text } from '../../shared/words.ts';

export type Link = { code: string; showcase: string; pack: string /** null: the showcase's home */; project: string | null; to: Text };
export const linksMax = 20_000;
export const alwaysHost = 'www.smartcity.gov.hk';

const codeFor = (name: string): string => {
  const bytes = createHash('sha256').update(name).digest();
  return Array.from({ length: codeChars }, (_, i) => CODE_ALPHABET[(bytes[i] as number) & 31]).join('');
};

export class LinkTable {
  readonly #byCode = new Map<string, Link>();
  readonly #byPlace = new Map<string, Link>();

  /** `issued` are the links of earlier starts: they keep their codes, also where their project is no longer shown. */
  constructor(packs: readonly Pack[], issued: readonly Link[], hosts: ReadonlySet<string>) {
    for (const link of issued) this.#put(link);
    for (const showcase of packs) {
      for (const pack of packs) {
        for (const project of pack === showcase ? [null, ...pack.projects] : pack.projects) {
          const to = Object.fromEntries(LANGS.map((l) => [l, destinationOf(pack, project, l)])) as Text;
          if (!LANGS.every((l) => hosts.has(hostOf(to[l])))) continue;
          const place = `${showcase.id}/${pack.id}/${project?.id ?? ''}`;
          // a full table keeps every code that was issued and issues no more: such a project's QR leads to the showcase's home
          if (this.#byCode.size >= linksMax && !this.#byPlace.has(place)) continue;
          this.#put({ code: this.#byPlace.get(place)?.code ?? this.#freeCode(place), showcase: showcase.id, pack: pack.id, project: project?.id ?? null, to });
        }
      }
    }
  }

  find(code: string): Link | undefined {
    return this.#byCode.get(code);
  }

  /** The code of a project (null: of the home page) on a showcase's hill; empty where its destination is not allowed. */
  codeOf(showcase: string, pack: string, project: string | null): string {
    return this.#byPlace.get(`${showcase}/${pack}/${project ?? ''}`)?.code ?? '';
  }

  all(): Link[] {
    return [...this.#byCode.values()];
  }

  #put(link: Link): void {
    this.#byCode.set(link.code, link);
    this.#byPlace.set(`${link.showcase}/${link.pack}/${link.project ?? ''}`, link);
  }

  #freeCode(place: string): string {
    for (let n = 0; ; n++) {
      const code = codeFor(n === 0 ? place : `${place}#${n}`);
      if (!this.#byCode.has(code)) return code;
    }
  }
}

/**
 * Packs that were sent to the hub, and which version of each showcase is shown. What is kept and what is active stands in the journal
 * (document `packs`), so every hub of one store and every restart agree; the files of a version lie in a document of their own, named by
 * their hash, written before the journal names them. What is active is swapped in whole, or not at all.
 */
import { z } from 'zod';
import type { Pack } from '../../shared/pack.ts';
import { type PackChanges, packChanges } from '../../shared/pack-changes.ts';
import type { PackFault } from '../../shared/pack-faults.ts';
import { type Refusal, refusal } from '../../shared/refusal.ts';
import type { Tally } from '../../shared/tally.ts';
import type { Documents } from '../documents/documents.ts';
import type { FileSource } from './files.ts';
import { packOrder } from './installed.ts';
import type { SentPack } from './pack-zip.ts';

/** so many sent versions are kept; a further one takes the place of the oldest that is not shown */
export const sentPacksMax = 40;

const stateSchema = z.object({
  sent: z.array(z.object({ version: z.string(), showcase: z.string(), projects: z.number(), sentMs: z.number(), by: z.string() })),
  /** by showcase; one that is not named shows its installed pack */
  active: z.record(z.string(), z.object({ version: z.string(), by: z.string(), sinceMs: z.number() })),
});
type State = z.infer<typeof stateSchema>;
export type PackView = { version: string; showcase: string; projects: number; active: boolean } & ({ from: 'installed' } | { from: 'sent'; sentMs: number; by: string });

type Kept = { pack: Pack; files: { [name: string]: string } };
const documentName = 'packs';
const filesName = (version: string): string => `pack-files-${version}`;

export type SentPacksParts = {
  installed: readonly Pack[];
  tally: Tally;
  documents: Documents;
  /** Records what the document becomes, made of what it is when its turn comes. */
  save(name: string, make: () => object): Promise<{ ok: true } | { ok: false; error: Refusal }>;
  /** Makes ready what these packs need; what it answers swaps them in, all at once. Rejects where they can't be shown. */
  prepare(packs: readonly Pack[]): Promise<() => void>;
  /** hears that other packs are shown, where this hub decided it */
  decided(): Promise<void>;
  nowMs(): number;
  warn(line: string): void;
};

/** What stands in the way of showing a pack: places of devices that it lacks. */
export type Standing = (pack: Pack) => PackFault[];

const namesOf = (packs: readonly Pack[]): string => packs.map((p) => `${p.id} ${p.version}`).join();

export class SentPacks {
  readonly #parts: SentPacksParts;
  readonly #kept = new Map<string, { pack: Pack; files: ReadonlyMap<string, Buffer> }>();
  #turn: Promise<unknown> = Promise.resolve();
  #showing: string;

  constructor(parts: SentPacksParts) {
    this.#parts = parts;
    this.#showing = namesOf(parts.installed);
  }

  get #state(): State {
    const parsed = stateSchema.safeParse(this.#parts.tally.documents.get(documentName));
    return parsed.success ? parsed.data : { sent: [], active: {} };
  }

  /** Every version that can be made active. */
  views(): PackView[] {
    const { sent, active } = this.#state;
    const { installed } = this.#parts;
    const isActive = (showcase: string, version: string) => (active[showcase]?.version ?? installed.find((p) => p.id === showcase)?.version) === version;
    return [
      ...installed.map((p): PackView => ({ version: p.version, showcase: p.id, projects: p.projects.length, active: isActive(p.id, p.version), from: 'installed' })),
      ...sent
        .filter((s) => !installed.some((p) => p.version === s.version))
        .map(
          (s): PackView => ({ version: s.version, showcase: s.showcase, projects: s.projects, active: isActive(s.showcase, s.version), from: 'sent', sentMs: s.sentMs, by: s.by }),
        ),
    ];
  }

  /** Keeps a checked pack; the same one again changes nothing. Nothing is shown yet. */
  keep({ pack, files }: SentPack, by: string): Promise<{ ok: true } | { ok: false; error: Refusal }> {
    return this.#inTurn(async () => {
      if (this.views().some((v) => v.version === pack.version)) return { ok: true };
      const kept: Kept = { pack, files: Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString('base64')])) };
      try {
        await this.#parts.documents.write(filesName(pack.version), kept);
      } catch {
        return { ok: false, error: refusal('storage_failed', 'The hub cannot store the pack now. Please try again.', { retryAfterMs: 2_000 }) };
      }
      const dropped: string[] = [];
      const recorded = await this.#save((state) => {
        dropped.length = 0;
        const active = new Set(Object.values(state.active).map((a) => a.version));
        const sent = [...state.sent, { version: pack.version, showcase: pack.id, projects: pack.projects.length, sentMs: this.#parts.nowMs(), by }];
        while (sent.length > sentPacksMax) {
          const oldest = sent.findIndex((s) => !active.has(s.version));
          dropped.push(...sent.splice(Math.max(0, oldest), 1).map((s) => s.version));
        }
        return { ...state, sent };
      });
      if (recorded.ok) for (const version of dropped) await this.#parts.documents.write(filesName(version), null).catch(() => undefined);
      return recorded;
    });
  }

  /** What would become other if this version were shown, and what stands in its way; null where there is no such version. */
  async changes(version: string, standing: Standing): Promise<(PackChanges & { standing: PackFault[] }) | null> {
    const pack = await this.#packOf(version);
    if (!pack) return null;
    const now = (await this.#shown(this.#state.active)).find((p) => p.id === pack.id) ?? null;
    return { ...packChanges(now, pack), standing: standing(pack) };
  }

  /** Makes a version the one that is shown, everywhere at once; null where there is no such version. */
  activate(version: string, by: string, standing: Standing): Promise<{ ok: true; pack: Pack } | { ok: false; error: Refusal } | null> {
    return this.#inTurn(async () => {
      const pack = await this.#packOf(version);
      if (!pack) return null;
      const inTheWay = standing(pack);
      if (inTheWay.length > 0)
        return { ok: false, error: refusal('pack_invalid', 'Devices stand where this pack has no place. Move them first.', { errors: inTheWay.slice(0, 20) }) };
      const mark = { version, by, sinceMs: this.#parts.nowMs() };
      const packs = await this.#shown({ ...this.#state.active, [pack.id]: mark });
      let swap: () => void;
      try {
        swap = await this.#parts.prepare(packs);
      } catch {
        return { ok: false, error: refusal('storage_failed', 'The pack cannot be shown now. Please try again.', { retryAfterMs: 2_000 }) };
      }
      const recorded = await this.#save((state) => ({ ...state, active: { ...state.active, [pack.id]: mark } }));
      if (!recorded.ok) return recorded;
      this.#swap(packs, swap);
      await this.#parts.decided();
      return { ok: true, pack };
    });
  }

  /** Shows what the journal says is active: at a start, and when another hub made it so. */
  follow(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        const packs = await this.#shown(this.#state.active);
        if (namesOf(packs) !== this.#showing) this.#swap(packs, await this.#parts.prepare(packs));
      } catch (error) {
        this.#parts.warn(`The active packs cannot be shown: ${String(error)}`);
      }
    });
  }

  #swap(packs: readonly Pack[], swap: () => void): void {
    swap();
    this.#showing = namesOf(packs);
    const used = new Set(packs.map((p) => p.version));
    for (const version of this.#kept.keys()) if (!used.has(version)) this.#kept.delete(version);
  }

  /** Where the files of a sent pack are, by their path in it; null for an installed one. */
  readonly filesOf = (pack: Pack): FileSource | null => {
    const kept = this.#kept.get(pack.version);
    return kept ? async (name) => kept.files.get(name) ?? null : null;
  };

  async #packOf(version: string): Promise<Pack | null> {
    const installed = this.#parts.installed.find((p) => p.version === version);
    if (installed) return installed;
    if (!this.#state.sent.some((s) => s.version === version)) return null;
    const known = this.#kept.get(version);
    if (known) return known.pack;
    const read = await this.#parts.documents.read(filesName(version)).catch(() => null);
    if (read?.status !== 'ok' || read.value === null) return null;
    const kept = read.value as Kept;
    this.#kept.set(version, { pack: kept.pack, files: new Map(Object.entries(kept.files).map(([name, text]) => [name, Buffer.from(text, 'base64')])) });
    return kept.pack;
  }

  /** Every pack that is shown when these versions are active; one that can't be read leaves its installed one standing, and is told. */
  async #shown(active: State['active']): Promise<Pack[]> {
    const packs = new Map(this.#parts.installed.map((p) => [p.id, p]));
    for (const [showcase, { version }] of Object.entries(active)) {
      const pack = await this.#packOf(version);
      if (pack) packs.set(showcase, pack);
      else this.#parts.warn(`Pack ${showcase} ${version} is active and cannot be read; its installed version is shown.`);
    }
    return [...packs.values()].sort(packOrder);
  }

  #save(make: (state: State) => State): Promise<{ ok: true } | { ok: false; error: Refusal }> {
    return this.#parts.save(documentName, () => make(this.#state));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

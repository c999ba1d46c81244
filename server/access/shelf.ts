/**
 * Small things that every hub of one store sees at once and that may be forgotten: who is signed in, which pairing codes are open. They
 * hold no count and no secret: what is kept under a secret is found by its hash. Implementations: MemoryShelf, PgShelf.
 */
import type { Documents } from '../documents/documents.ts';

/** `session`: kept over a restart. `pairing`: ten minutes at most. */
export type ShelfKind = 'session' | 'pairing';
/** the oldest makes room beyond this */
export const shelfItemsMax: { readonly [kind in ShelfKind]: number } = { session: 2_000, pairing: 200 };

export interface Shelf {
  get(kind: ShelfKind, key: string): Promise<unknown>;
  /** All that have not run out, oldest first. */
  all(kind: ShelfKind): Promise<{ key: string; value: unknown }[]>;
  /** Puts or replaces; gone after `keepMs`. */
  put(kind: ShelfKind, key: string, value: unknown, keepMs: number): Promise<void>;
  /** True for the one caller that took it away. */
  take(kind: ShelfKind, key: string): Promise<boolean>;
}

/** The wall clock only says when a stored session ends; what runs out meanwhile is told by the clock that never steps. */
type ShelfClock = { nowMs(): number; monotonicMs(): number };
type Item = { kind: ShelfKind; key: string; value: unknown; untilMs: number };

/** For one hub: in memory, sessions also in a document, so that a restart signs nobody out. */
export class MemoryShelf implements Shelf {
  readonly #documents: Documents;
  readonly #clock: ShelfClock;
  readonly #items = new Map<string, Item>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(documents: Documents, clock: ShelfClock) {
    this.#documents = documents;
    this.#clock = clock;
  }

  static async open(documents: Documents, clock: ShelfClock): Promise<MemoryShelf> {
    const shelf = new MemoryShelf(documents, clock);
    const stored = await documents.read('sessions');
    if (stored.status === 'ok' && Array.isArray(stored.value))
      for (const item of stored.value as Item[])
        if (item?.kind === 'session' && typeof item.key === 'string')
          shelf.#items.set(`session/${item.key}`, { ...item, untilMs: clock.monotonicMs() + item.untilMs - clock.nowMs() });
    return shelf;
  }

  async get(kind: ShelfKind, key: string): Promise<unknown> {
    const item = this.#items.get(`${kind}/${key}`);
    return item && item.untilMs > this.#clock.monotonicMs() ? item.value : undefined;
  }

  async all(kind: ShelfKind): Promise<{ key: string; value: unknown }[]> {
    const now = this.#clock.monotonicMs();
    return [...this.#items.values()].filter((i) => i.kind === kind && i.untilMs > now).map(({ key, value }) => ({ key, value }));
  }

  async put(kind: ShelfKind, key: string, value: unknown, keepMs: number): Promise<void> {
    const now = this.#clock.monotonicMs();
    for (const [at, item] of this.#items) if (item.untilMs <= now) this.#items.delete(at);
    this.#items.delete(`${kind}/${key}`);
    const mine = [...this.#items].filter(([, i]) => i.kind === kind);
    if (mine[0] && mine.length >= shelfItemsMax[kind]) this.#items.delete(mine[0][0]);
    this.#items.set(`${kind}/${key}`, { kind, key, value, untilMs: now + keepMs });
    await this.#write(kind);
  }

  async take(kind: ShelfKind, key: string): Promise<boolean> {
    const item = this.#items.get(`${kind}/${key}`);
    this.#items.delete(`${kind}/${key}`);
    if (item) await this.#write(kind);
    return item !== undefined && item.untilMs > this.#clock.monotonicMs();
  }

  /** Sessions are a convenience: one that is not written yet is lost with a power cut, and people sign in again. */
  #write(kind: ShelfKind): Promise<void> {
    if (kind !== 'session') return Promise.resolve();
    const behindMs = this.#clock.nowMs() - this.#clock.monotonicMs();
    const kept = [...this.#items.values()].filter((i) => i.kind === 'session').map((i) => ({ ...i, untilMs: i.untilMs + behindMs }));
    this.#writing = this.#writing.then(() => this.#documents.write('sessions', kept)).catch(() => undefined);
    return this.#writing;
  }
}

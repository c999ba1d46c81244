/**
 * Signed-in people: a random reference in a cookie, kept hashed; ends after 12 h, or 8 h without use. They lie on the shelf, so that a
 * person may come to any hub of one store, and signing out at one ends it at all.
 */
import type { Role } from '../../shared/roles.ts';
import { makeToken, sha256 } from './secrets.ts';
import type { Shelf } from './shelf.ts';

export const sessionMsMax = 12 * 3_600_000;
export const sessionIdleMsMax = 8 * 3_600_000;
/** that a session is used is noted no more often than this */
export const sessionUsedNoteMs = 5 * 60_000;

type Kept = { name: string; role: Role; sinceMs: number };
export type PersonSession = Kept & { hash: string };

export class Sessions {
  readonly #shelf: Shelf;
  readonly #nowMs: () => number;
  /** when this hub last noted a session's use */
  readonly #noted = new Map<string, number>();

  constructor(shelf: Shelf, nowMs: () => number) {
    this.#shelf = shelf;
    this.#nowMs = nowMs;
  }

  /** A fresh session; its secret is in the cookie alone. */
  async begin(name: string, role: Role): Promise<string> {
    const secret = makeToken();
    await this.#keep(sha256(secret), { name, role, sinceMs: this.#nowMs() });
    return secret;
  }

  async find(secret: string): Promise<PersonSession | undefined> {
    const hash = sha256(secret);
    const kept = (await this.#shelf.get('session', hash)) as Kept | undefined;
    if (!kept) return undefined;
    if (this.#nowMs() - (this.#noted.get(hash) ?? 0) > sessionUsedNoteMs) await this.#keep(hash, kept);
    return { ...kept, hash };
  }

  /** The hashes of all that still hold. */
  async holding(): Promise<Set<string>> {
    return new Set((await this.#shelf.all('session')).map(({ key }) => key));
  }

  async end(hash: string): Promise<void> {
    this.#noted.delete(hash);
    await this.#shelf.take('session', hash);
  }

  async #keep(hash: string, kept: Kept): Promise<void> {
    const now = this.#nowMs();
    if (this.#noted.size > 10_000) this.#noted.clear();
    this.#noted.set(hash, now);
    await this.#shelf.put('session', hash, kept, Math.min(sessionIdleMsMax, kept.sinceMs + sessionMsMax - now));
  }
}

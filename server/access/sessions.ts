/** Signed-in people: a random reference in a cookie, kept hashed; ends after 12 h, or 8 h without use, by the hub's monotonic clock. */
import type { Role } from '../../shared/roles.ts';
import type { Documents } from '../documents/documents.ts';
import { makeToken, sha256 } from './secrets.ts';

export const sessionMsMax = 12 * 3_600_000;
export const sessionIdleMsMax = 8 * 3_600_000;
export const sessionsMax = 2_000;

export type PersonSession = { hash: string; name: string; role: Role; sinceMs: number; usedMs: number };

export class Sessions {
  readonly #documents: Documents;
  readonly #nowMs: () => number;
  #sessions: Map<string, PersonSession>;
  #writing: Promise<void> = Promise.resolve();

  constructor(documents: Documents, nowMs: () => number, stored: readonly PersonSession[]) {
    this.#documents = documents;
    this.#nowMs = nowMs;
    this.#sessions = new Map(stored.map((s) => [s.hash, s]));
  }

  /** A fresh session; its secret is in the cookie alone. */
  async begin(name: string, role: Role): Promise<string> {
    const secret = makeToken();
    const now = this.#nowMs();
    if (this.#sessions.size >= sessionsMax) this.#sessions.delete(this.#sessions.keys().next().value as string);
    const hash = sha256(secret);
    this.#sessions.set(hash, { hash, name, role, sinceMs: now, usedMs: now });
    await this.#write();
    return secret;
  }

  find(secret: string): PersonSession | undefined {
    const session = this.#sessions.get(sha256(secret));
    if (!session) return undefined;
    const now = this.#nowMs();
    if (now - session.sinceMs > sessionMsMax || now - session.usedMs > sessionIdleMsMax) {
      this.#sessions.delete(session.hash);
      return undefined;
    }
    session.usedMs = now;
    return session;
  }

  /** Whether a session that a socket came in with still holds. */
  holds(hash: string): boolean {
    const session = this.#sessions.get(hash);
    return session !== undefined && this.#nowMs() - session.sinceMs <= sessionMsMax;
  }

  async end(hash: string): Promise<void> {
    this.#sessions.delete(hash);
    await this.#write();
  }

  /** Sessions are a convenience: one that is not written yet is lost with a power cut, and people sign in again. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#documents.write('sessions', [...this.#sessions.values()])).catch(() => undefined);
    return this.#writing;
  }
}

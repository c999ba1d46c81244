/**
 * Who is signed in on this page. The cookie is the hub's and cannot be read here; what is known is what the hub answered. A page that has
 * work to do without the hub remembers name and role, never a secret: what the hub lets pass it decides itself, when it is there again.
 */
import { type Signal, signal } from '@preact/signals';
import { API } from '../../shared/api.ts';
import type { Session } from '../../shared/paths.ts';
import { ROLES } from '../../shared/roles.ts';
import type { Ask, Failure } from './api.ts';

export type SessionState = 'asking' | 'out' | 'expired' | Session;
export type SessionDoor = {
  state: Signal<SessionState>;
  /** null when signed in */
  enter(name: string, passphrase: string): Promise<Failure | null>;
  leave(): Promise<void>;
  /** what to do with a failure of any request: an ended session shows the form again */
  noticed(failed: Failure): Failure;
  expired(): void;
};
/** Where name and role stay for a page that opens while the hub is away. */
export type SessionMemory = { storage: Storage | null; after(ms: number, run: () => void): void };

const path = `${API}/session`;
const memoryKey = 'harbourlight.session';
/** a hub that says nothing for so long leaves a page with a memory open */
export const patienceMs = 2_000;
/** how soon a hub that was away is asked again who is signed in */
export const askAgainMs = 5_000;

const remembered = (storage: Storage | null): Session | null => {
  try {
    const { name, role } = JSON.parse(storage?.getItem(memoryKey) ?? 'null') as Session;
    return typeof name === 'string' && ROLES.includes(role) ? { name, role } : null;
  } catch {
    return null; // nothing, or nothing that can be believed
  }
};

/** Asks the hub at once who is signed in. With a memory a hub that does not answer leaves the page open as who was signed in last. */
export const openSession = (ask: Ask, memory: SessionMemory | null = null): SessionDoor => {
  const state = signal<SessionState>('asking');
  const storage = memory?.storage ?? null;
  const last = memory && remembered(storage);
  const become = (next: SessionState): void => {
    state.value = next;
    try {
      if (typeof next === 'object') storage?.setItem(memoryKey, JSON.stringify({ name: next.name, role: next.role }));
      else storage?.removeItem(memoryKey);
    } catch {
      // the storage is full or closed: the next page that opens without the hub asks who is there
    }
  };
  const expired = (): void => become('expired');
  const look = async (): Promise<void> => {
    const who = await ask<Session>('GET', path);
    if (who.ok) return become(who.value);
    if (who.code === 'auth_required' || !memory || !last) return become('out');
    if (state.value === 'asking') state.value = last;
    memory.after(askAgainMs, () => {
      if (typeof state.value === 'object') void look();
    });
  };
  void look();
  memory?.after(patienceMs, () => {
    if (state.value === 'asking' && last) state.value = last;
  });
  return {
    state,
    enter: async (name, passphrase) => {
      const answer = await ask<Session>('POST', path, { name, passphrase });
      if (!answer.ok) return answer;
      become(answer.value);
      return null;
    },
    leave: async () => {
      await ask('DELETE', path);
      become('out');
    },
    noticed: (failed) => {
      if (failed.code === 'auth_required') expired();
      return failed;
    },
    expired,
  };
};

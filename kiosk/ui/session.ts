/** Who is signed in on this page. The cookie is the hub's and cannot be read here; what is known is what the hub answered. */
import { type Signal, signal } from '@preact/signals';
import { API } from '../../shared/api.ts';
import type { Session } from '../../shared/paths.ts';
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

const path = `${API}/session`;

/** Asks the hub at once who is signed in. */
export const openSession = (ask: Ask): SessionDoor => {
  const state = signal<SessionState>('asking');
  const expired = (): void => {
    state.value = 'expired';
  };
  void ask<Session>('GET', path).then((who) => {
    state.value = who.ok ? who.value : 'out';
  });
  return {
    state,
    enter: async (name, passphrase) => {
      const answer = await ask<Session>('POST', path, { name, passphrase });
      if (!answer.ok) return answer;
      state.value = answer.value;
      return null;
    },
    leave: async () => {
      await ask('DELETE', path);
      state.value = 'out';
    },
    noticed: (failed) => {
      if (failed.code === 'auth_required') expired();
      return failed;
    },
    expired,
  };
};

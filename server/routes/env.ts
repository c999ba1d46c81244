/** What every route gets from the guard: who asks, and under which id it is logged. */
import type { ServerResponse } from 'node:http';
import type { Role } from '../../shared/roles.ts';
import type { Device } from '../access/register.ts';
import type { Flow } from './flow.ts';

export type Caller = { as: 'person'; name: string; role: Role; session: string } | { as: 'token'; name: string; role: Role; readOnly: boolean } | { as: 'device'; device: Device };
export type HubEnv = {
  Variables: { requestId: string; caller: Caller | null };
  /** `flow`: what a route sends as its answer's body, while it is made */
  Bindings: { incoming?: { socket?: { remoteAddress?: string } }; outgoing?: ServerResponse; flow?: Flow };
};

/** Under which name an act is recorded. */
export const actorOf = (caller: Caller): string => (caller.as === 'device' ? `device:${caller.device.id}` : caller.as === 'token' ? `token:${caller.name}` : caller.name);

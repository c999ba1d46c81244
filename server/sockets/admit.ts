/** Who may open a socket: the Origin is checked on every handshake, then the token or the cookie. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';
import { WIRE_VERSION, WIRE_VERSION_MIN } from '../../shared/wire-version.ts';
import { isForeign, sessionCookie } from '../access/origin.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import type { KioskConnection } from './kiosk-asks.ts';
import type { StaffConnection } from './staff-asks.ts';

export const socketsMax = 2_500;

/** Whether the handshake may go on: from the hub's own pages, or from a client that is no browser (no Origin). */
export const originAllowed = (request: IncomingMessage): boolean =>
  !isForeign({ origin: request.headers.origin, host: request.headers.host, site: header(request, 'sec-fetch-site') });

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const cookieOf = (request: IncomingMessage, name: string): string | undefined =>
  request.headers.cookie
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([key]) => key === name)?.[1];

const tokenOf = (socket: Socket): string | null => {
  const token: unknown = socket.handshake.auth['token'];
  return typeof token === 'string' && token.length <= 256 ? token : null;
};

/** The kiosk behind a handshake, or the refusal's code. */
export const admitKiosk = async (parts: HubParts, socket: Socket): Promise<KioskConnection | string> => {
  const wire: unknown = socket.handshake.auth['wire'];
  if (typeof wire !== 'number' || wire < WIRE_VERSION_MIN || !Number.isInteger(wire)) return 'wire_unsupported';
  if (wire > WIRE_VERSION) parts.log.info({ wire }, 'a newer kiosk is served on the older wire');
  const token = tokenOf(socket);
  const holder = token ? parts.register.holder(token) : undefined;
  if (!holder || !('kind' in holder)) return 'auth_required';
  if (holder.revoked) return 'auth_required';
  if (holder.kind !== 'kiosk') return 'forbidden';
  return { device: holder, offsetMs: 0, greeted: false, heardMs: parts.clock.nowMs(), last: null };
};

/** The person or script behind a handshake, or the refusal's code. */
export const admitStaff = async (parts: HubParts, socket: Socket): Promise<StaffConnection | string> => {
  const token = tokenOf(socket);
  if (token) {
    const holder = parts.register.holder(token);
    if (!holder || 'kind' in holder) return holder ? 'forbidden' : 'auth_required';
    return { socket, name: `token:${holder.name}`, actor: holder.role, readOnly: holder.readOnly, session: null, token: holder.id, watching: null };
  }
  const secret = cookieOf(socket.request, sessionCookie(parts.secure));
  const session = secret ? await parts.sessions.find(secret) : undefined;
  return session ? { socket, name: session.name, actor: session.role, readOnly: false, session: session.hash, token: null, watching: null } : 'auth_required';
};

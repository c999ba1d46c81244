/** What every request passes first: an id, security headers, who asks, and whether a browser elsewhere sent it. */
import { randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { isForeign, sessionCookie } from '../access/origin.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import type { Caller, HubEnv } from './env.ts';
import { Refused } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

/** The socket's own address: forwarded headers are not believed. Used for limits in memory only, never stored. */
export const addressOf = (c: Context<HubEnv>): string => c.env.incoming?.socket?.remoteAddress ?? 'unknown';

const bearerOf = (header: string): string | null => {
  const [scheme = '', value = ''] = header.split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':');
};

const callerOf = async (parts: HubParts, c: Context<HubEnv>): Promise<Caller | null> => {
  const header = c.req.header('authorization');
  if (header !== undefined) {
    const secret = bearerOf(header);
    const holder = secret ? parts.register.holder(secret) : undefined;
    if (!holder) return null;
    if (!('kind' in holder)) return { as: 'token', name: holder.name, role: holder.role, readOnly: holder.readOnly };
    return holder.revoked ? null : { as: 'device', device: holder };
  }
  const secret = getCookie(c, sessionCookie(parts.secure));
  const session = secret ? await parts.sessions.find(secret) : undefined;
  return session ? { as: 'person', name: session.name, role: session.role, session: session.hash } : null;
};

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export const guard = (parts: HubParts): MiddlewareHandler<HubEnv> => {
  const headers = Object.entries(securityHeaders(parts.secure));
  return async (c, next) => {
    c.set('requestId', randomBytes(8).toString('hex'));
    // only the API asks who it is: everything a visitor needs goes on when the store of sessions is away
    const caller = c.req.path.startsWith('/api/') ? callerOf(parts, c) : null;
    c.set(
      'caller',
      (await caller?.catch(() => {
        throw new Refused('storage_failed', 'The hub cannot look up who you are now. Please try again.', { retryAfterMs: 2_000 });
      })) ?? null,
    );
    if (new URL(c.req.url).searchParams.has('token')) throw new Refused('token_in_url', 'A token never goes into an address.');
    if (!SAFE.has(c.req.method) && isForeign({ origin: c.req.header('origin'), host: c.req.header('host'), site: c.req.header('sec-fetch-site') }))
      throw new Refused('origin_forbidden', 'This page may not ask that.');
    await next();
    for (const [name, value] of headers) c.res.headers.set(name, value);
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  };
};

/** RFC 9457 answers: every refusal over HTTP goes out through here. Never a stack, a path or a token. */
import type { Context } from 'hono';
import { REFUSALS, type Refusal, type RefusalCode, refusal } from '../../shared/refusal.ts';
import type { HubEnv } from './env.ts';

/** Thrown inside handlers to answer a refusal; the hub's error handler sends it. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(code: RefusalCode, message: string, more: Partial<Pick<Refusal, 'retryAfterMs' | 'errors'>> = {}) {
    super(code);
    this.refusal = refusal(code, message, more);
  }
}

const title = (code: RefusalCode): string => code.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

export const problem = (c: Context<HubEnv>, r: Refusal, headers: Record<string, string> = {}): Response => {
  const status = REFUSALS[r.code];
  const body = { type: 'about:blank', title: title(r.code), status, detail: r.message, code: r.code, requestId: c.get('requestId'), ...(r.errors && { errors: r.errors }) };
  if (r.retryAfterMs !== undefined || status === 429 || status === 503) headers['Retry-After'] = String(Math.max(1, Math.ceil((r.retryAfterMs ?? 1_000) / 1_000)));
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer';
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers });
};

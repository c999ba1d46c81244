/**
 * How the staff and organiser pages ask the hub over HTTP: JSON both ways, the session's cookie, one time limit, and a refusal as a value
 * with its stable code. Answers of the hub are taken as they are typed; they are not checked again here.
 */
import { REFUSALS } from '../../shared/refusal.ts';
import type { FailureCode } from '../words/desk.ts';

/** a request that takes longer is given up and told as `unreachable` */
export const askMsMax = 15_000;

export type Failure = { ok: false; code: FailureCode; retryAfterMs: number | null; errors: { path: string; code: string }[] };
export type Outcome<T> = { ok: true; value: T } | Failure;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Ask = <T>(method: Method, path: string, body?: object) => Promise<Outcome<T>>;

export const failure = (code: FailureCode, retryAfterMs: number | null = null, errors: Failure['errors'] = []): Failure => ({ ok: false, code, retryAfterMs, errors });

const read = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return undefined; // no JSON, or cut off: told as unreadable by the caller
  }
};

const refused = (retryAfter: string | null, problem: unknown): Failure => {
  const { code, errors } = (problem ?? {}) as { code?: unknown; errors?: Failure['errors'] };
  const seconds = Number(retryAfter ?? Number.NaN);
  const known = typeof code === 'string' && Object.hasOwn(REFUSALS, code) ? (code as FailureCode) : 'unreadable';
  return failure(known, Number.isFinite(seconds) ? seconds * 1_000 : null, Array.isArray(errors) ? errors : []);
};

/** What the hub's answer says; `value`: its JSON, undefined where it had none. */
export const answered = <T>(status: number, retryAfter: string | null, value: unknown): Outcome<T> => {
  if (status === 204) return { ok: true, value: undefined as T };
  if (status < 200 || status > 299) return refused(retryAfter, value);
  return value === undefined ? failure('unreadable') : { ok: true, value: value as T };
};

/** Asks over this `fetch`. Never rejects: what went wrong comes back as a `Failure`. */
export const askOver =
  (fetch: typeof globalThis.fetch): Ask =>
  async <T>(method: Method, path: string, body?: object): Promise<Outcome<T>> => {
    try {
      const response = await fetch(path, {
        method,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(askMsMax),
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      });
      return answered(response.status, response.headers.get('retry-after'), response.status === 204 ? undefined : await read(response));
    } catch {
      return failure('unreachable');
    }
  };

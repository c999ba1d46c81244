/** What a kiosk asks of the hub over HTTP. Every answer is bounded in time; a hub that is away is a null, never an error. */
import { API } from '../../shared/api.ts';
import type { Content } from '../../shared/pack.ts';
import { LANGS, type Text } from '../../shared/words.ts';
import type { Clock } from './clock.ts';
import type { DeviceRecord, OutboxStorage } from './storage.ts';

const httpWaitMsMax = 8_000;

type Fields = { [name: string]: unknown };
export type HttpParts = { origin: string; fetch: typeof fetch; clock: Clock };
export type PairingStarted = { deviceCode: string; userCode: string; words: Text; expiresInMs: number; intervalMs: number };

const isText = (v: unknown): v is string => typeof v === 'string' && v !== '';
const isFields = (v: unknown): v is Fields => typeof v === 'object' && v !== null;

/** Status, etag and JSON of an answer; null when there was none in time or it is not JSON. */
const ask = async (parts: HttpParts, path: string, init: RequestInit = {}): Promise<{ status: number; etag: string | null; body: unknown } | null> => {
  const giveUp = new AbortController();
  const cancel = parts.clock.after(httpWaitMsMax, () => giveUp.abort());
  try {
    const response = await parts.fetch(`${parts.origin}${API}${path}`, { cache: 'no-store', ...init, signal: giveUp.signal });
    const body: unknown = response.status === 304 ? null : await response.json();
    return { status: response.status, etag: response.headers.get('etag'), body };
  } catch {
    return null; // no network, no hub, or something else answered: the caller uses what it has
  } finally {
    cancel();
  }
};

const post = (parts: HttpParts, path: string, body: object) => ask(parts, path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const deviceIn = (body: unknown): DeviceRecord | null => {
  if (!isFields(body) || !isText(body['id']) || !isText(body['token']) || !isText(body['showcase']) || typeof body['zone'] !== 'string') return null;
  return { id: body['id'], token: body['token'], showcase: body['showcase'], zone: body['zone'] };
};

/** Pairs by the one-time secret of a first start; null when it is used up or the hub is away. */
export const claimDevice = async (parts: HttpParts, secret: string): Promise<DeviceRecord | null> => {
  const answer = await post(parts, '/pairings/claim', { secret });
  return answer?.status === 200 ? deviceIn(answer.body) : null;
};

/** Asks for a code to show on the screen; null when the hub gives none. */
export const startPairing = async (parts: HttpParts): Promise<PairingStarted | null> => {
  const answer = await post(parts, '/pairings', {});
  const b = answer?.status === 201 && isFields(answer.body) ? answer.body : null;
  const words = b?.['words'];
  if (!b || !isText(b['deviceCode']) || !isText(b['userCode']) || !isFields(words) || !LANGS.every((l) => isText(words[l]))) return null;
  if (typeof b['expiresInMs'] !== 'number' || typeof b['intervalMs'] !== 'number') return null;
  return b as PairingStarted;
};

/** Whether the code was approved: the device, `pending` (also while the hub is away), or `gone`. */
export const pollPairing = async (parts: HttpParts, deviceCode: string): Promise<DeviceRecord | 'pending' | 'gone'> => {
  const answer = await ask(parts, `/pairings/${encodeURIComponent(deviceCode)}`);
  if (answer?.status === 404) return 'gone';
  return (answer?.status === 200 && deviceIn(answer.body)) || 'pending';
};

const isContent = (body: unknown, showcase: string): body is Content =>
  isFields(body) && body['showcase'] === showcase && isText(body['version']) && Array.isArray(body['packs']) && body['packs'].length > 0 && Array.isArray(body['projects']);

/** A showcase's content from the hub, or the last good copy on this device; the copy is replaced only by a whole one. */
export const contentOf = async (parts: HttpParts, storage: OutboxStorage, showcase: string): Promise<Content | null> => {
  const kept = await orNull(storage.content(showcase));
  const answer = await ask(parts, `/showcases/${encodeURIComponent(showcase)}/content`, kept?.etag ? { headers: { 'if-none-match': kept.etag } } : {});
  if (answer?.status !== 200 || !isContent(answer.body, showcase)) return kept?.content ?? null;
  await orNull(storage.setContent({ showcase, etag: answer.etag, content: answer.body }));
  return answer.body;
};

/** The ids of the showcases, from the hub or as last heard. */
export const showcasesOf = async (parts: HttpParts, storage: OutboxStorage): Promise<string[]> => {
  const answer = await ask(parts, '/showcases');
  const list = answer?.status === 200 && isFields(answer.body) ? answer.body['showcases'] : null;
  if (!Array.isArray(list)) return (await orNull(storage.showcases())) ?? [];
  const ids = list.flatMap((s: unknown) => (isFields(s) && isText(s['id']) ? [s['id']] : []));
  await orNull(storage.setShowcases(ids));
  return ids;
};

/** What the disk answers; null where it refuses: that must not keep the content from a visitor. */
const orNull = <T>(reading: Promise<T>): Promise<T | null> => reading.catch(() => null);

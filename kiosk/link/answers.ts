/** Reads the hub's answers: what does not have their shape is treated like no answer at all. */
import type { Refusal } from '../../shared/refusal.ts';
import type { RecordAnswer } from '../../shared/streams.ts';
import type { HelloAnswer } from '../../shared/wire.ts';

export type Read<T> = { ok: true; answer: T } | { ok: false; error: Pick<Refusal, 'code' | 'message' | 'retryAfterMs'> } | null;

type Fields = { [name: string]: unknown };
const isWhole = (v: unknown): v is number => typeof v === 'number' && Number.isSafeInteger(v) && v >= 0;
const isText = (v: unknown): v is string => typeof v === 'string';

const read =
  <T>(fits: (a: Fields) => boolean) =>
  (raw: unknown): Read<T> => {
    if (typeof raw !== 'object' || raw === null) return null;
    const a = raw as Fields;
    if (a['ok'] === true) return fits(a) ? { ok: true, answer: a as T } : null;
    const error = a['error'] as Fields | null | undefined;
    return a['ok'] === false && typeof error === 'object' && error !== null && isText(error['code']) ? { ok: false, error: error as unknown as Refusal } : null;
  };

export const readHello = read<HelloAnswer>(
  (a) =>
    (a['verdict'] === 'ok' || a['verdict'] === 'behind' || a['verdict'] === 'diverged') &&
    Number.isFinite(a['nowMs']) &&
    isText(a['device']) &&
    isText(a['showcase']) &&
    isText(a['zone']) &&
    (a['wire'] === undefined || isWhole(a['wire'])),
);
export const readRecorded = read<RecordAnswer>((a) => isWhole(a['through']) && (a['lastId'] === null || isText(a['lastId'])) && Array.isArray(a['rejected']));
export const readHeartbeat = read<{ nowMs: number }>((a) => Number.isFinite(a['nowMs']));

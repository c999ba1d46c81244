/** A download that says how far it is and can be broken off: first the hub reads its journal, then the file comes in. */
import { API, exportIdHeader } from '../../shared/api.ts';
import { type Failure, failure, type Outcome } from '../ui/api.ts';

/** how often the hub is asked how far it is */
export const progressEveryMs = 400;

/** `counting`: the hub reads, `share` of it from 0 to 1, null while unknown; `receiving`: bytes that have come. */
export type Progress = { step: 'counting'; share: number | null } | { step: 'receiving'; bytes: number };
export type Saved = { name: string; blob: Blob };
/** What the page reaches for. */
export type SavingPlace = { fetch: typeof globalThis.fetch; newId(): string; every(ms: number, run: () => void): () => void };

const nameIn = (header: string | null): string => /filename="([^"]+)"/.exec(header ?? '')?.[1] ?? 'export';

const refused = async (response: Response): Promise<Failure> => {
  try {
    const { code } = (await response.json()) as { code?: Failure['code'] };
    return failure(code ?? 'unreadable', Number(response.headers.get('retry-after') ?? 0) * 1_000 || null);
  } catch {
    return failure('unreadable');
  }
};

const received = async (response: Response, told: (progress: Progress) => void): Promise<Blob> => {
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    parts.push(piece.value);
    bytes += piece.value.length;
    told({ step: 'receiving', bytes });
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
};

/** Fetches a file. Never rejects: null when `stop` broke it off, which also ends the hub's work. */
export const fetchFile = async (place: SavingPlace, path: string, told: (progress: Progress) => void, stop: AbortSignal): Promise<Outcome<Saved> | null> => {
  const id = place.newId();
  let counting = true;
  told({ step: 'counting', share: null });
  const quiet = place.every(progressEveryMs, () => {
    void place
      .fetch(`${API}/exports/${id}`, { credentials: 'same-origin', signal: stop })
      .then(async (answer) => {
        if (!answer.ok) return;
        const { position, of } = (await answer.json()) as { position: number | null; of: number };
        if (counting && position !== null) told({ step: 'counting', share: of > 0 ? position / of : null });
      })
      .catch(() => undefined); // how far it is is only told; the download itself says whether it came
  });
  try {
    const response = await place.fetch(path, { credentials: 'same-origin', headers: { [exportIdHeader]: id }, signal: stop });
    counting = false;
    if (!response.ok) return await refused(response);
    return { ok: true, value: { name: nameIn(response.headers.get('content-disposition')), blob: await received(response, told) } };
  } catch {
    return stop.aborted ? null : failure('unreachable');
  } finally {
    counting = false;
    quiet();
  }
};

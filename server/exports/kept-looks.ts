/**
 * Looks at an export that are given out again. Each costs a fold of the whole journal, and whoever goes through the tables before a download
 * asks for one after the other: the fold is made once for all of them.
 */

/** looks that are kept, of whatever showcases, days and languages */
export const looksMax = 8;
/** while kiosks send, the position moves with every look: one that took long is good for as long as it took, and so much at most */
export const staleMsMax = 30_000;
/** what took less is made again at any new position */
const slowMsMin = 1_000;

type Kept<T> = { position: number; made: Promise<T>; sinceMs: number; tookMs: number | null };

export class KeptLooks<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #monotonicMs: () => number;

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** The look of that name at the position, or at one before it as long as that is worth: kept, being made, or made now. What fails is not kept. */
  of(name: string, position: number, make: () => Promise<T>): Promise<T> {
    const found = this.#kept.get(name);
    if (found && (found.position === position || this.#worth(found))) return found.made;
    const look: Kept<T> = { position, made: make(), sinceMs: this.#monotonicMs(), tookMs: null };
    this.#kept.delete(name);
    this.#kept.set(name, look);
    look.made.then(
      () => {
        look.tookMs = this.#monotonicMs() - look.sinceMs;
      },
      () => {
        if (this.#kept.get(name) === look) this.#kept.delete(name);
      },
    );
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= looksMax) break;
      this.#kept.delete(oldest);
    }
    return look.made;
  }

  #worth({ sinceMs, tookMs }: Kept<T>): boolean {
    const ageMs = this.#monotonicMs() - sinceMs - (tookMs ?? 0);
    // one that is being made is as of its beginning: for as long as that is bearable nobody makes another beside it
    return tookMs === null ? ageMs < staleMsMax : tookMs >= slowMsMin && ageMs < Math.min(tookMs, staleMsMax);
  }
}

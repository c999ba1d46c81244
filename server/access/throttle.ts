/** How often something happened in a fixed window, in memory only and bounded: addresses are never stored. O(1) a question. */
export const throttleKeysMax = 20_000;

export class Throttle {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #nowMs: () => number;
  readonly #seen = new Map<string, { sinceMs: number; n: number }>();

  constructor(most: number, windowMs: number, nowMs: () => number) {
    this.#most = most;
    this.#windowMs = windowMs;
    this.#nowMs = nowMs;
  }

  /** How long to wait until this key may again, in ms; 0 when it may now. */
  waitMs(key: string): number {
    const seen = this.#fresh(key);
    return seen === undefined || seen.n < this.#most ? 0 : seen.sinceMs + this.#windowMs - this.#nowMs();
  }

  note(key: string): void {
    const seen = this.#fresh(key);
    if (seen) seen.n++;
    else {
      this.#seen.delete(key);
      this.#seen.set(key, { sinceMs: this.#nowMs(), n: 1 });
      // the window that began first goes first
      if (this.#seen.size > throttleKeysMax) this.#seen.delete(this.#seen.keys().next().value as string);
    }
  }

  /** Notes one and tells whether it was within the limit. */
  allow(key: string): boolean {
    if (this.waitMs(key) > 0) return false;
    this.note(key);
    return true;
  }

  forget(key: string): void {
    this.#seen.delete(key);
  }

  #fresh(key: string): { sinceMs: number; n: number } | undefined {
    const seen = this.#seen.get(key);
    return seen && this.#nowMs() - seen.sinceMs < this.#windowMs ? seen : undefined;
  }
}

/** Whether the public address of the short links answers, as far as this hub can tell from inside: asked now and then, over that very address. */

const probeEveryMs = 30_000;
export const probeWaitMsMax = 5_000;

/** Answers whether the address is there; never rejects. */
export type Probe = (url: string) => Promise<boolean>;

export class RelayProbe {
  readonly #url: string;
  readonly #probe: Probe;
  #askedMs = Number.NEGATIVE_INFINITY;
  /** the last answer; null before the first */
  ok: boolean | null = null;

  constructor(publicOrigin: string, probe: Probe) {
    this.#url = `${publicOrigin}/healthz`;
    this.#probe = probe;
  }

  /** Asks when it is time to. Does not wait for the answer. */
  look(monotonicMs: number): void {
    if (monotonicMs - this.#askedMs < probeEveryMs) return;
    this.#askedMs = monotonicMs;
    void this.#probe(this.#url).then((ok) => {
      this.ok = ok;
    });
  }
}

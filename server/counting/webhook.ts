/**
 * Tells one configured address of every alert that is raised, changed or cleared. Nothing is asked of it and nothing waits for it: a
 * message is tried a few times, later ones wait in a short line, and what does not fit or arrive is dropped and logged. Nobody else is
 * ever called.
 */

export const webhookTriesMax = 5;
const webhookWaitMsMax = 5_000;
/** between the first and the second try; it doubles */
const webhookRetryMs = 2_000;
const webhookLineMax = 100;

export type WebhookParts = {
  url: string;
  fetch(url: string, init: { method: 'POST'; headers: { [name: string]: string }; body: string; redirect: 'error'; signal: AbortSignal }): Promise<{ ok: boolean; status: number }>;
  after(ms: number): Promise<void>;
  /** a message that did not arrive: why */
  lost(why: string): void;
};

export class Webhook {
  readonly #parts: WebhookParts;
  readonly #line: string[] = [];
  #sending: Promise<void> | null = null;
  #closed = false;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  /** Puts a message at the end of the line. Never waits, never throws. */
  tell(message: object): void {
    if (this.#closed) return;
    if (this.#line.length >= webhookLineMax) {
      this.#parts.lost('too many are waiting');
      return;
    }
    this.#line.push(JSON.stringify(message));
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
  }

  /** Resolves when the line is empty. */
  async settled(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  /** Tries nothing any more. */
  close(): void {
    this.#closed = true;
    this.#line.length = 0;
  }

  async #send(): Promise<void> {
    for (let body = this.#line[0]; body !== undefined; body = this.#line[0]) {
      const why = await this.#deliver(body);
      this.#line.shift();
      if (why !== null && !this.#closed) this.#parts.lost(why);
    }
  }

  /** null when it arrived, else the last reason why not. A refusal that will not change (4xx but 408 and 429) is not tried again. */
  async #deliver(body: string): Promise<string | null> {
    let why = '';
    for (let n = 0; n < webhookTriesMax && !this.#closed; n++) {
      if (n > 0) await this.#parts.after(webhookRetryMs * 2 ** (n - 1));
      try {
        const signal = AbortSignal.timeout(webhookWaitMsMax);
        const { ok, status } = await this.#parts.fetch(this.#parts.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, redirect: 'error', signal });
        if (ok) return null;
        why = `answered ${status}`;
        if (status >= 400 && status < 500 && status !== 408 && status !== 429) return why;
      } catch (error) {
        why = error instanceof Error ? error.message : 'unreachable';
      }
    }
    return why;
  }
}

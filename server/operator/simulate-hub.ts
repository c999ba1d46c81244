/** The hub as the simulator asks it over HTTP. A hub that is away, or busy, is asked again until it answers or `awayMsMax` have passed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { API } from '../../shared/api.ts';
import { CommandFault } from './command.ts';

export const answerWaitMsMax = 10_000;
/** the simulation gives up on a hub that has not answered anything for this long */
export const awayMsMax = 120_000;
const retryMsMin = 100;
const retryMsMax = 1_000;

/** `lost`: the request may have reached the hub, its answer did not reach us. `refused`: it never left. */
export type Miss = 'lost' | 'refused';
export type Reply = { status: number; json: unknown; headers: Headers };
/** What was answered in the end, and what became of the attempts before that. */
export type Insisted = Reply & { lost: number; refused: number };

export class SimulatedHub {
  readonly origin: string;
  #credential: { [header: string]: string } = {};
  #heardMs = performance.now();

  constructor(origin: string) {
    this.origin = origin;
  }

  get awayMs(): number {
    return performance.now() - this.#heardMs;
  }

  heard(): void {
    this.#heardMs = performance.now();
  }

  /** Whatever comes: one attempt. */
  async once(method: string, at: string, more: { body?: unknown; headers?: { [name: string]: string } } = {}): Promise<Reply | Miss> {
    try {
      const response = await fetch(this.origin + at, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(answerWaitMsMax),
        headers: { ...(more.body !== undefined && { 'content-type': 'application/json' }), ...more.headers },
        ...(more.body !== undefined && { body: JSON.stringify(more.body) }),
      });
      const text = await response.text();
      this.heard();
      return { status: response.status, headers: response.headers, json: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : null };
    } catch (error) {
      const cause = (error as { cause?: { code?: unknown } }).cause?.code;
      return cause === 'ECONNREFUSED' || cause === 'ENOTFOUND' ? 'refused' : 'lost';
    }
  }

  /** The same request, unchanged, until the hub takes a stand: anything but 429, 502, 503, 504. */
  async insist(method: string, at: string, more: { body?: unknown; headers?: { [name: string]: string } } = {}): Promise<Insisted> {
    let lost = 0;
    let refused = 0;
    for (let turn = 0; ; turn++) {
      const reply = await this.once(method, at, more);
      if (typeof reply !== 'string' && ![429, 502, 503, 504].includes(reply.status)) return { ...reply, lost, refused };
      // a gateway's own error says nothing of what the hub behind it did
      if (reply === 'lost' || (typeof reply !== 'string' && (reply.status === 502 || reply.status === 504))) lost++;
      else refused++;
      this.checkAway();
      const askedMs = typeof reply === 'string' ? 0 : Number(reply.headers.get('retry-after') ?? 0) * 1_000;
      await sleep(Math.max(askedMs, Math.min(retryMsMax, retryMsMin * 1.5 ** turn)));
    }
  }

  /** Throws `CommandFault` once nothing has been heard of the hub for too long. */
  checkAway(): void {
    if (this.awayMs > awayMsMax) throw new CommandFault(`the hub at ${this.origin} has not answered for ${awayMsMax / 1_000} s`);
  }

  /** Signs in, or takes a token. Throws `CommandFault` where the hub is not there or knows nobody like that. */
  async signIn(how: { passphrase: string } | { token: string }): Promise<void> {
    if ('token' in how) {
      this.#credential = { authorization: `Bearer ${how.token}` };
      return;
    }
    const reply = await this.once('POST', `${API}/session`, { body: { name: 'admin', passphrase: how.passphrase } });
    if (typeof reply === 'string') throw new CommandFault(`no hub answers at ${this.origin}`);
    if (reply.status !== 200) throw refusedBy(reply, 'signing in');
    this.#credential = { cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0] as string };
  }

  /** JSON as the signed-in person. Throws `CommandFault` for any other answer than the status wanted. */
  async ask<T>(method: string, at: string, status: number, doing: string, body?: unknown): Promise<T> {
    const reply = await this.insist(method, API + at, { headers: this.#credential, ...(body !== undefined && { body }) });
    if (reply.status !== status) throw refusedBy(reply, doing);
    return reply.json as T;
  }
}

/** What the hub said, as one line. */
export const refusedBy = (reply: Reply, doing: string): CommandFault => {
  const { code, detail } = (reply.json ?? {}) as { code?: string; detail?: string };
  return new CommandFault(`${doing} was refused: ${code ?? reply.status}${detail ? ` (${detail})` : ''}`);
};

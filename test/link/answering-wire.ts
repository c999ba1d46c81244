/** A wire to a hub that is always there and takes everything, kept by several tests and tabs in common. */
import type { Wire, WireListener } from '../../kiosk/link/wire.ts';

export type TakingHub = { got: { seq: number; id: string; session?: string }[]; tokens: string[]; wires: AnsweringWire[] };
export const takingHub = (): TakingHub => ({ got: [], tokens: [], wires: [] });

export class AnsweringWire implements Wire {
  listener: WireListener | null = null;
  readonly #hub: TakingHub;

  constructor(hub: TakingHub) {
    this.#hub = hub;
    hub.wires.push(this);
  }

  on(listener: WireListener): void {
    this.listener = listener;
  }

  connect(token: string): void {
    this.#hub.tokens.push(token);
    queueMicrotask(() => this.listener?.up());
  }

  async emitWithAck(event: string, payload: object): Promise<unknown> {
    const nowMs = Date.now();
    if (event === 'hello') return { ok: true, verdict: 'ok', through: 0, nowMs, device: 'k-1', showcase: 'show', zone: 'hall', pack: 'p' };
    if (event === 'heartbeat') return { ok: true, nowMs };
    const { events } = payload as { events: TakingHub['got'] };
    this.#hub.got.push(...events);
    return { ok: true, through: events.at(-1)?.seq, lastId: events.at(-1)?.id, rejected: [] };
  }

  reconnect(): void {
    queueMicrotask(() => this.listener?.up());
  }

  close(): void {
    this.listener = null;
  }
}

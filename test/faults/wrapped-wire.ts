/** Wires around a wire: one that hands everything on, for others to change, and one that cuts batches in two, as a proxy may. */
import type { Wire, WireListener } from '../../kiosk/link/wire.ts';
import type { RecordAnswer } from '../../shared/streams.ts';

export abstract class WrappedWire implements Wire {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** What becomes of an answer. */
  protected async heard(_event: string, _payload: object, answer: unknown): Promise<unknown> {
    return answer;
  }

  /** Asks the wire below. */
  protected ask(event: 'hello' | 'record' | 'heartbeat', payload: object): Promise<unknown> {
    return this.#wire.emitWithAck(event, payload);
  }

  on(listener: WireListener): void {
    this.#wire.on(listener);
  }

  connect(token: string): void {
    this.#wire.connect(token);
  }

  async emitWithAck(event: 'hello' | 'record' | 'heartbeat', payload: object): Promise<unknown> {
    return this.heard(event, payload, await this.ask(event, payload));
  }

  reconnect(): void {
    this.#wire.reconnect();
  }

  close(): void {
    this.#wire.close();
  }
}

type Batch = { epoch: string; events: { id: string }[] };
type Heard = ({ ok: true } & RecordAnswer) | { ok: false };

/**
 * Sends the halves of a batch at once, each on its own way, and answers for both: so the second may be the first to arrive. It says what
 * it follows, as a link would that has two batches on their way: that may not be recorded yet, or never will be.
 */
export class SplittingWire extends WrappedWire {
  readonly #splits: () => boolean;

  constructor(wire: Wire, splits: () => boolean) {
    super(wire);
    this.#splits = splits;
  }

  override async emitWithAck(event: 'hello' | 'record' | 'heartbeat', payload: object): Promise<unknown> {
    const { epoch, events } = payload as Batch;
    if (event !== 'record' || events.length < 2 || !this.#splits()) return super.emitWithAck(event, payload);
    const half = events.length >> 1;
    const first = { ...payload, events: events.slice(0, half) };
    const second = { epoch, events: events.slice(half), after: events[half - 1]?.id };
    const answers = (await Promise.all([this.ask(event, first), this.ask(event, second)])) as Heard[];
    const refused = answers.find((a) => !a.ok);
    const rejected = answers.flatMap((a) => (a.ok ? a.rejected : []));
    return refused ?? { ...answers[1], rejected };
  }
}

/**
 * A bad network between a kiosk and a hub, in one process and from one seed: messages and answers are dropped, doubled, delayed and so
 * reordered; connections break, or go half-open (nothing gets through, nobody is told). Answers of a broken connection may still come.
 */
import type { Clock } from '../../kiosk/link/clock.ts';
import type { Wire, WireListener } from '../../kiosk/link/wire.ts';
import type { Chance } from './chance.ts';
import { type Coverage, hit } from './coverage.ts';

export type Weather = {
  /** probabilities, per message and per answer */
  drop: number;
  duplicate: number;
  slow: number;
  delayMs: number;
  slowMs: number;
  /** how long a connection lives; 0: until the hub goes */
  connectionMs: number;
  /** how often a connection that ends goes half-open instead of breaking */
  halfOpen: number;
  reconnectMs: number;
};

export const FAIR: Weather = { drop: 0, duplicate: 0, slow: 0, delayMs: 5, slowMs: 0, connectionMs: 0, halfOpen: 0, reconnectMs: 200 };

/** What a connection leads to. `session` is the hub's own notion of it, and ends with the hub. */
export type HubDoor = {
  accept(token: string, gone: () => void): object | null;
  ask(session: object, event: string, payload: unknown): Promise<unknown>;
};

type Connection = { session: object; deaf: boolean /** messages set out, and the newest of them that arrived */; sent: number; newest: number };

export class ChaosLink implements Wire {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #hub: HubDoor;
  readonly #weather: () => Weather;
  readonly #coverage: Coverage;
  #listener: WireListener | null = null;
  #token = '';
  #connection: Connection | null = null;
  #opening: () => void = () => undefined;

  constructor(parts: { clock: Clock; chance: Chance; hub: HubDoor; weather: () => Weather; coverage: Coverage }) {
    this.#clock = parts.clock;
    this.#chance = parts.chance;
    this.#hub = parts.hub;
    this.#weather = parts.weather;
    this.#coverage = parts.coverage;
  }

  on(listener: WireListener): void {
    this.#listener = listener;
  }

  connect(token: string): void {
    this.#token = token;
    this.#openLater();
  }

  emitWithAck(event: string, payload: object): Promise<unknown> {
    const connection = this.#connection;
    const said = JSON.stringify(payload);
    return new Promise((resolve) => {
      if (!connection) return;
      this.#carry(connection, () => {
        void this.#hub.ask(connection.session, event, JSON.parse(said)).then((answer) => {
          const heard = JSON.stringify(answer);
          this.#carry(connection, () => {
            if (connection !== this.#connection) hit(this.#coverage, 'answer of an old connection');
            resolve(JSON.parse(heard));
          });
        });
      });
    });
  }

  reconnect(): void {
    this.#connection = null;
    this.#openLater();
  }

  close(): void {
    this.#opening();
    this.#connection = null;
    this.#listener = null;
  }

  /** The connection breaks; the kiosk is told, unless it goes half-open. */
  break(connection: object | null = this.#connection): void {
    const c = this.#connection;
    if (!c || c !== connection) return;
    if (this.#chance.hits(this.#weather().halfOpen)) {
      if (!c.deaf) hit(this.#coverage, 'connection half-open');
      c.deaf = true;
      return;
    }
    hit(this.#coverage, 'connection broken');
    this.#connection = null;
    this.#listener?.down();
    this.#openLater();
  }

  /** Takes a message over, as the weather is: never, once or twice, now or later. */
  #carry(connection: Connection, arrive: () => void): void {
    const w = this.#weather();
    const copies = this.#chance.hits(w.drop) ? 0 : this.#chance.hits(w.duplicate) ? 2 : 1;
    if (copies !== 1) hit(this.#coverage, copies === 0 ? 'message dropped' : 'message doubled');
    const number = ++connection.sent;
    for (let i = 0; i < copies; i++) {
      const late = this.#chance.hits(w.slow);
      if (late) hit(this.#coverage, 'message late');
      this.#clock.after(this.#chance.next() * (late ? w.slowMs : w.delayMs), () => {
        if (connection.deaf) return;
        if (number < connection.newest) hit(this.#coverage, 'message overtaken');
        connection.newest = Math.max(connection.newest, number);
        arrive();
      });
    }
  }

  #openLater(): void {
    this.#opening();
    if (!this.#listener) return;
    this.#opening = this.#clock.after(this.#weather().reconnectMs * (0.2 + this.#chance.next()), () => this.#open());
  }

  #open(): void {
    const connection: Connection = { session: {}, deaf: false, sent: 0, newest: 0 };
    const session = this.#hub.accept(this.#token, () => this.break(connection));
    if (!session) {
      this.#openLater();
      return;
    }
    connection.session = session;
    this.#connection = connection;
    const { connectionMs } = this.#weather();
    if (connectionMs > 0) this.#clock.after(connectionMs * this.#chance.next() * 2, () => this.break(connection));
    this.#listener?.up();
  }
}

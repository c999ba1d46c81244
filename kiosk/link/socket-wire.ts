/**
 * The wire over Socket.IO, websocket only. Every connection is a socket of its own: none of Socket.IO's buffering or resending is used,
 * because what it gives up on is gone; the outbox does that. A device that is refused comes back every half minute.
 */
import { io, type Socket } from 'socket.io-client';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import { type Clock, jitteredMs, type RandomBytes } from './clock.ts';
import type { Wire, WireListener } from './wire.ts';

export const reconnectMsMin = 500;
export const reconnectMsMax = 5_000;
const refusedRetryMs = 30_000;
const connectWaitMsMax = 5_000;
/** the connection may open while the hub itself hangs: given up after this, whatever Socket.IO says */
const openWaitMsMax = 2 * connectWaitMsMax;

export class SocketWire implements Wire {
  readonly #origin: string;
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  #listener: WireListener | null = null;
  #socket: Socket | null = null;
  #token = '';
  #failed = 0;
  #cancel: () => void = () => undefined;

  constructor(parts: { origin: string; clock: Clock; random: RandomBytes }) {
    this.#origin = parts.origin;
    this.#clock = parts.clock;
    this.#random = parts.random;
  }

  on(listener: WireListener): void {
    this.#listener = listener;
  }

  connect(token: string): void {
    this.#token = token;
    this.#open();
  }

  emitWithAck(event: string, payload: object): Promise<unknown> {
    const socket = this.#socket;
    // a socket that is not connected would keep it for later; that is the outbox's work
    return new Promise((resolve) => {
      if (socket?.connected) socket.emit(event, payload, resolve);
    });
  }

  reconnect(): void {
    this.#drop();
    this.#later(Math.min(reconnectMsMax, reconnectMsMin * 2 ** this.#failed++));
  }

  close(): void {
    this.#drop();
    this.#listener = null;
  }

  #drop(): void {
    this.#cancel();
    const socket = this.#socket;
    this.#socket = null;
    socket?.removeAllListeners();
    socket?.disconnect();
  }

  #later(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(jitteredMs(ms, this.#random), () => this.#open());
  }

  #open(): void {
    this.#drop();
    const listener = this.#listener;
    if (!listener) return;
    const socket = io(`${this.#origin}/kiosk`, {
      transports: ['websocket'],
      auth: { token: this.#token, wire: WIRE_VERSION },
      reconnection: false,
      forceNew: true,
      timeout: connectWaitMsMax,
    });
    this.#socket = socket;
    this.#cancel = this.#clock.after(openWaitMsMax, () => this.reconnect());
    socket.on('connect', () => {
      this.#cancel();
      this.#failed = 0;
      listener.up();
    });
    socket.on('disconnect', () => {
      listener.down();
      this.reconnect();
    });
    socket.on('connect_error', (error: Error & { data?: { code?: unknown } }) => {
      const code = error.data?.code;
      if (typeof code !== 'string') return this.reconnect();
      listener.refused(code);
      this.#drop();
      this.#later(refusedRetryMs);
    });
    socket.on('command', (command: unknown, done: unknown) => listener.command(command, typeof done === 'function' ? (done as (answer: object) => void) : () => undefined));
    socket.on('tally', (tally) => listener.tally(tally));
  }
}

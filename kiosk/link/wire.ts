/** The connection to the hub as the link sees it, so that tests can put a bad network in its place. */
import type { Command } from '../../shared/command.ts';
import type { Answer, PublicTally } from '../../shared/wire.ts';

export type WireListener = {
  /** a connection stands; nothing of an earlier one is valid any more */
  up(): void;
  down(): void;
  /** the hub does not let this device in, by a stable code; it is tried again later */
  refused(code: string): void;
  command(command: Command | unknown, done: (answer: Answer<object>) => void): void;
  tally(tally: PublicTally): void;
};

export interface Wire {
  /** Who hears of it; called once, before `connect`. */
  on(listener: WireListener): void;
  /** Connects, and again after every loss, with jitter, until `close`. */
  connect(token: string): void;
  /** Asks the hub. The answer may come late, or never; the promise does not reject. */
  emitWithAck(event: 'hello' | 'record' | 'heartbeat', payload: object): Promise<unknown>;
  /** Gives the present connection up, because nothing is heard on it, and makes another one. */
  reconnect(): void;
  close(): void;
}

/** What the link's tests share: an outbox on a memory disk, and a wire that a test answers by hand. */

import { MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { Outbox } from '../../kiosk/link/outbox.ts';
import type { Limits } from '../../kiosk/link/retention.ts';
import type { Wire, WireListener } from '../../kiosk/link/wire.ts';
import { chanceOf } from '../faults/chance.ts';
import { drained, FakeClock } from '../faults/fake-clock.ts';

export const opened = async (limits: Partial<Limits> = {}, storage = new MemoryStorage(), clock = new FakeClock(), seed = 1) => {
  const random = chanceOf(seed).bytes;
  const outbox = new Outbox({ storage, clock, random, limits });
  await outbox.open();
  return { outbox, storage, clock, random };
};

export const started = (n: number) => ({ kind: 'session.started', session: `session-${n}`, lang: 'en' }) as const;

export type Asked = { event: string; payload: { [name: string]: unknown }; answer(value: unknown): Promise<void> };

/** Every ask waits until the test answers it. */
export class HandWire implements Wire {
  listener: WireListener | null = null;
  asked: Asked[] = [];
  reconnects = 0;
  token = '';
  closed = false;

  on(listener: WireListener): void {
    this.listener = listener;
  }

  connect(token: string): void {
    this.token = token;
  }

  emitWithAck(event: string, payload: object): Promise<unknown> {
    return new Promise((resolve) => {
      this.asked.push({
        event,
        payload: payload as Asked['payload'],
        answer: async (value) => {
          resolve(value);
          await drained();
        },
      });
    });
  }

  reconnect(): void {
    this.reconnects++;
  }

  close(): void {
    this.closed = true;
  }

  /** A connection stands. */
  async up(): Promise<void> {
    this.listener?.up();
    await drained();
  }

  /** The newest ask of this kind. Throws when there is none. */
  last(event: string): Asked {
    const found = this.asked.findLast((a) => a.event === event);
    if (!found) throw new Error(`no ${event} was asked`);
    return found;
  }

  count(event: string): number {
    return this.asked.filter((a) => a.event === event).length;
  }
}

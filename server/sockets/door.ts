/**
 * The one door for everything that comes over a socket: the only place that listens. It knows which events exist, validates what they say,
 * asks whether the sender may, limits their rate, answers in every case that wants an answer, and catches what a handler throws.
 */
import type { Namespace, Socket } from 'socket.io';
import { type Refusal, refusal } from '../../shared/refusal.ts';
import type { Capability } from '../../shared/roles.ts';
import type { Asks } from '../../shared/wire.ts';

export const messagesPerSecondMax = 60;
export const messagesBurstMax = 240;
/** unknown or unreadable messages after which a socket is cut */
export const strangeMessagesMax = 5;
/** messages over the limit, less those within it, after which a socket is cut */
export const floodMessagesMax = 1_000;

export type Handler<C> = (asker: C, ask: never) => Promise<object | Refusal>;

export type Door<C> = {
  asks: Asks;
  handlers: { [event: string]: Handler<C> };
  /** may this asker do this, now */
  may(asker: C, capability: Capability): boolean;
  monotonicMs(): number;
  refused(code: string): void;
  bug(error: unknown, event: string): void;
};

type Ack = (answer: object) => void;
const unheard: Ack = () => undefined;
const isRefusal = (x: object): x is Refusal => 'code' in x && 'message' in x;

/** A token bucket a socket: a burst, then a steady rate. */
const bucket = (monotonicMs: () => number) => {
  let tokens = messagesBurstMax;
  let atMs = monotonicMs();
  return (): boolean => {
    const now = monotonicMs();
    tokens = Math.min(messagesBurstMax, tokens + ((now - atMs) / 1_000) * messagesPerSecondMax);
    atMs = now;
    return tokens >= 1 && tokens-- >= 1;
  };
};

/** Opens the door for one socket whose sender is known. */
export const openDoor = <C>(socket: Socket | ReturnType<Namespace['sockets']['get']>, asker: C, door: Door<C>): void => {
  if (!socket) return;
  let strange = 0;
  let flood = 0;
  const allow = bucket(door.monotonicMs);
  const suspect = (): void => {
    // after the answer, if there is one, has left
    if (++strange >= strangeMessagesMax) setImmediate(() => socket.disconnect(true));
  };
  socket.on('error', () => suspect());
  socket.onAny((event: unknown, ...args: unknown[]) => {
    const last = args.at(-1);
    const ack: Ack = typeof last === 'function' ? (last as Ack) : unheard;
    const refuse = (error: Refusal): void => {
      door.refused(error.code);
      ack({ ok: false, error });
    };
    if (!allow()) {
      if (++flood === floodMessagesMax) setImmediate(() => socket.disconnect(true));
      return refuse(refusal('rate_limited', 'Too many messages.', { retryAfterMs: 1_000 }));
    }
    if (flood > 0) flood--;
    const known = typeof event === 'string' && Object.hasOwn(door.asks, event) ? door.asks[event] : undefined;
    const handler = typeof event === 'string' && Object.hasOwn(door.handlers, event) ? door.handlers[event] : undefined;
    if (!known || !handler) {
      refuse(refusal('not_found', 'There is no such event.'));
      return suspect();
    }
    if (!door.may(asker, known.capability)) return refuse(refusal('forbidden', 'You may not do this.'));
    let ask: unknown = known.quick?.(args[0]) ?? null;
    if (ask === null) {
      const parsed = known.schema.safeParse(args[0]);
      if (!parsed.success) {
        const errors = parsed.error.issues.slice(0, 10).map((i) => ({ path: i.path.map(String).join('.'), code: i.code }));
        return refuse(refusal('validation_failed', 'Some values are missing or not right.', { errors }));
      }
      ask = parsed.data;
    }
    handler(asker, ask as never).then(
      (answer) => (isRefusal(answer) ? refuse(answer) : ack({ ok: true, ...answer })),
      (error: unknown) => {
        door.bug(error, String(event));
        refuse(refusal('internal', 'Something went wrong in the hub.'));
      },
    );
  });
};

/** What kiosks ask: hello, record, heartbeat. The identity comes from the token alone, never from what a message says. */
import type { z } from 'zod';
import { offsetOf } from '../../shared/clock-offset.ts';
import { type Refusal, refusal } from '../../shared/refusal.ts';
import { planBatch, verdictOf } from '../../shared/streams.ts';
import type { Heartbeat, HelloAnswer, helloSchema, recordSchema } from '../../shared/wire.ts';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import type { Device } from '../access/register.ts';
import { storageRetryAfterMs } from '../counting/recorder.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import type { Handler } from './door.ts';
import { Pacing } from './pacing.ts';

/** One kiosk's connection: who it is, what its clock said, what it last reported. */
export type KioskConnection = { device: Device; offsetMs: number; greeted: boolean; heardMs: number; last: Heartbeat | null };

export const kioskAsks = (parts: HubParts): { [event: string]: Handler<KioskConnection> } => {
  const { clock, admission, library, metrics } = parts;
  const pacing = new Pacing(clock.monotonicMs);

  const hello = async (me: KioskConnection, ask: z.infer<typeof helloSchema>): Promise<HelloAnswer | Refusal> => {
    // a kiosk that comes from another hub must not be told that less is recorded than that hub acknowledged
    if (!(await parts.recorder.current())) return refusal('storage_failed', 'The hub cannot tell now what it has.', { retryAfterMs: storageRetryAfterMs });
    const nowMs = clock.nowMs();
    me.offsetMs = offsetOf(nowMs, ask.nowMs);
    // a kiosk greets once for each of its epochs
    if (!me.greeted) pacing.arrived();
    me.greeted = true;
    me.heardMs = nowMs;
    parts.floor.changed(me.device.id);
    // what stands is said again after the answer: a kiosk that was away, or forgot, must not go on without it
    setImmediate(() => void parts.floor.tellStanding(me.device.id));
    const { verdict, through } = verdictOf(admission, me.device.id, ask.epoch, ask.last);
    const pack = library.content(me.device.showcase)?.version ?? '';
    return { verdict, through, nowMs, device: me.device.id, showcase: me.device.showcase, zone: me.device.zone ?? '', pack, wire: WIRE_VERSION };
  };

  const record = async (me: KioskConnection, ask: z.infer<typeof recordSchema>): Promise<object | Refusal> => {
    if (!me.greeted) return refusal('hello_first', 'Say hello first.');
    const nowMs = clock.nowMs();
    const since = clock.monotonicMs();
    me.heardMs = nowMs;
    const who = { device: me.device.id, showcase: me.device.showcase, zone: me.device.zone ?? '' };
    const recorded = await pacing.run(ask.events.length, () => parts.recorder.record((folded) => planBatch(folded, who, ask, { nowMs, offsetMs: me.offsetMs })));
    if ('code' in recorded) return recorded;
    if (!recorded.ok) return recorded.error;
    metrics.ackSeconds.observe((clock.monotonicMs() - since) / 1_000);
    metrics.events.inc(ask.events.length);
    for (const { code } of recorded.answer.rejected) metrics.rejected.inc({ code });
    return recorded.answer;
  };

  const heartbeat = async (me: KioskConnection, ask: Heartbeat): Promise<object> => {
    me.heardMs = clock.nowMs();
    me.last = ask;
    parts.floor.changed(me.device.id);
    return { nowMs: me.heardMs };
  };

  return { hello, record, heartbeat };
};

/** What staff ask over their socket: to watch a showcase, and to count at a door by hand. */
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { actKey } from '../../shared/admission.ts';
import { byUrgency } from '../../shared/alerts.ts';
import { type Refusal, refusal } from '../../shared/refusal.ts';
import { type Actor, can } from '../../shared/roles.ts';
import { showcaseOf } from '../../shared/tally.ts';
import type { clickSchema, voidSchema, watchSchema } from '../../shared/wire.ts';
import type { Planned } from '../counting/recorder.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import type { Handler } from './door.ts';

/** a steward takes back an own click within this of its receipt: a minute on the phone, and a minute on its way */
export const ownVoidMsMax = 120_000;

/** One staff screen's connection: of a session, or of an API token by its id. */
export type StaffConnection = { socket: Socket; name: string; actor: Actor; readOnly: boolean; session: string | null; token: string | null; watching: string | null };

export const staffAsks = (parts: HubParts): { [event: string]: Handler<StaffConnection> } => {
  const { library, tally, clock } = parts;

  const watch = async (me: StaffConnection, ask: z.infer<typeof watchSchema>): Promise<object | Refusal> => {
    if (!library.pack(ask.showcase)) return refusal('unknown_showcase', 'No such showcase is installed.');
    if (me.watching !== null) await parts.floor.unwatch(me.socket, me.watching);
    me.watching = ask.showcase;
    const held = await parts.floor.watch(me.socket, ask.showcase, ask.terse === true);
    return {
      position: held.live.position,
      ...held,
      names: library.names(ask.showcase),
      alerts: parts.alerts.alerts(ask.showcase).sort(byUrgency),
    };
  };

  /** The showcase that a click is for: the one named, the one watched, or the only one with such a point. */
  const showcaseFor = (me: StaffConnection, named: string | undefined, point: string): string | null => {
    const has = (id: string) => library.pack(id)?.points.some((p) => p.id === point) === true;
    for (const id of [named, me.watching]) if (id != null) return has(id) ? id : null;
    const all = library.packs.filter((p) => has(p.id));
    return all.length === 1 ? (all[0]?.id ?? null) : null;
  };

  const click = async (me: StaffConnection, ask: z.infer<typeof clickSchema>): Promise<object | Refusal> => {
    const showcase = showcaseFor(me, ask.showcase, ask.point);
    if (showcase === null) return refusal('unknown_point', 'No showcase that you watch has this point.');
    const nowMs = clock.nowMs();
    const recorded = await parts.recorder.record((admission): Planned<object> => {
      if (admission.ids.has(actKey(ask.id))) return { entry: null, answer: {} };
      return {
        entry: {
          kind: 'click.recorded',
          receivedMs: nowMs,
          showcase,
          point: ask.point,
          by: me.name,
          id: ask.id,
          direction: ask.direction,
          n: ask.n,
          atMs: Math.min(ask.atMs, nowMs),
        },
        answer: {},
      };
    });
    return recorded.ok ? { position: recorded.position } : recorded.error;
  };

  const takeBack = async (me: StaffConnection, ask: z.infer<typeof voidSchema>): Promise<object | Refusal> => {
    const showcase = library.packs.map((p) => p.id).find((id) => showcaseOf(tally, id).doors.clicks.has(ask.of)) ?? me.watching;
    if (showcase === null) return refusal('not_found', 'No such click.');
    const recorded = await parts.recorder.record((admission): Planned<object> => {
      if (admission.ids.has(actKey(ask.id))) return { entry: null, answer: {} };
      const click = showcaseOf(tally, showcase).doors.clicks.get(ask.of);
      if (!click) return refusal('not_found', 'No such click, or it was taken back before.');
      if (!can(me.actor, 'click.void-any') && (click.by !== me.name || clock.nowMs() - click.receivedMs > ownVoidMsMax))
        return refusal('forbidden', 'A steward takes back what was their own, and soon.');
      return { entry: { kind: 'click.voided', receivedMs: clock.nowMs(), showcase, by: me.name, id: ask.id, of: ask.of, reason: ask.reason }, answer: {} };
    });
    return recorded.ok ? { position: recorded.position } : recorded.error;
  };

  return { watch, 'count.click': click, 'count.void': takeBack };
};

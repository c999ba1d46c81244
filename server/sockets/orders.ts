/** Commands to kiosks, and the orders that stand for them: each is done only when the kiosk says so. */
import type { Namespace } from 'socket.io';
import type { Command } from '../../shared/command.ts';
import { ORDERS, type Order, type Standing, standingFor } from '../../shared/floor.ts';
import { showcaseOf } from '../../shared/tally.ts';
import type { Floor, HubParts } from '../parts/hub-parts.ts';
import type { Presence } from './presence.ts';

const commandWaitMsMax = 4_000;

/** The command that makes a kiosk follow an order, or leave off. */
const orderCommand = (order: Order, standing: Standing | null): Command =>
  order === 'pause' ? { kind: 'pause', on: standing !== null } : { kind: 'emergency', on: standing !== null, ...(standing?.text && { text: standing.text }) };

/** `afar`: whether kiosks may be connected to another hub of the same store. */
export const openOrders = (
  parts: HubParts,
  kiosks: Namespace,
  presence: Presence,
  { afar, changed }: { afar: boolean; changed(device: string): void },
): Pick<Floor, 'command' | 'tellStanding' | 'followed'> => {
  const command = async (device: string, what: Command): Promise<boolean> => {
    const did = (answer: unknown): boolean => (answer as { ok?: unknown } | null)?.ok === true;
    const here = [...(presence.sockets.get(device) ?? [])].at(-1);
    try {
      if (here) return did(await here.timeout(commandWaitMsMax).emitWithAck('command', what));
      if (!afar) return false;
      return (await kiosks.in(device).timeout(commandWaitMsMax).emitWithAck('command', what)).some(did);
    } catch (error) {
      // not answered in time by all: it is shown as not delivered, unless one of the device's sockets did it
      return ((error as { responses?: unknown[] }).responses ?? []).some(did);
    }
  };
  const followed = (device: string, ok: boolean): void => {
    if (ok) presence.confirms(device);
    changed(device);
  };
  return {
    command,
    followed,
    tellStanding: async (device) => {
      const registered = parts.register.device(device);
      if (!registered) return;
      const standing = standingFor(showcaseOf(parts.tally, registered.showcase).floor, device);
      const given = ORDERS.filter((o) => [...parts.tally.showcases.values()].some((t) => t.floor.ordered[o]));
      const done = await Promise.all(given.map((o) => command(device, orderCommand(o, standing[o]))));
      followed(device, done.every(Boolean));
    },
  };
};

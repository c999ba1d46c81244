/** Commands to kiosks, and the orders that stand for them: each is done only when the kiosk says so. */
import type { Namespace } from 'socket.io';
import { type Command, pictureCharsMax, pictureHead } from '../../shared/command.ts';
import { ORDERS, type Order, type Standing, standingFor } from '../../shared/floor.ts';
import { showcaseOf } from '../../shared/tally.ts';
import type { Floor, HubParts } from '../parts/hub-parts.ts';
import type { Presence } from './presence.ts';

const commandWaitMsMax = 4_000;
/** a picture takes a slow kiosk some time */
const pictureWaitMsMax = 14_000;

const isPicture = (said: unknown): said is string =>
  typeof said === 'string' && said.length <= pictureCharsMax && said.startsWith(pictureHead) && /^[A-Za-z0-9+/]+={0,2}$/.test(said.slice(pictureHead.length));

/** The command that makes a kiosk follow an order, or leave off. */
const orderCommand = (order: Order, standing: Standing | null): Command =>
  order === 'pause' ? { kind: 'pause', on: standing !== null } : { kind: 'emergency', on: standing !== null, ...(standing?.text && { text: standing.text }) };

/** `afar`: whether kiosks may be connected to another hub of the same store. */
export const openOrders = (
  parts: HubParts,
  kiosks: Namespace,
  presence: Presence,
  { afar, changed }: { afar: boolean; changed(device: string): void },
): Pick<Floor, 'command' | 'picture' | 'tellStanding' | 'followed'> => {
  /** What the device's sockets answered who did it. */
  const ask = async (device: string, what: Command): Promise<{ ok: true; picture?: unknown }[]> => {
    const did = (answer: unknown): answer is { ok: true } => (answer as { ok?: unknown } | null)?.ok === true;
    const here = [...(presence.sockets.get(device) ?? [])].at(-1);
    const waitMs = what.kind === 'picture' ? pictureWaitMsMax : commandWaitMsMax;
    try {
      if (here) return [await here.timeout(waitMs).emitWithAck('command', what)].filter(did);
      return afar ? (await kiosks.in(device).timeout(waitMs).emitWithAck('command', what)).filter(did) : [];
    } catch (error) {
      // not answered in time by all: it is shown as not delivered, unless one of the device's sockets did it
      return ((error as { responses?: unknown[] }).responses ?? []).filter(did);
    }
  };
  const command = async (device: string, what: Command): Promise<boolean> => (await ask(device, what)).length > 0;
  /** kiosk, then its picture that is under way: who asks meanwhile gets the same */
  const underWay = new Map<string, Promise<string | null>>();
  const picture = (device: string): Promise<string | null> => {
    const known = underWay.get(device);
    if (known) return known;
    const asked = ask(device, { kind: 'picture' })
      .then((answers) => answers.map((a) => a.picture).find(isPicture) ?? null)
      .finally(() => underWay.delete(device));
    underWay.set(device, asked);
    return asked;
  };
  const followed = (device: string, ok: boolean): void => {
    if (ok) presence.confirms(device);
    changed(device);
  };
  return {
    command,
    picture,
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

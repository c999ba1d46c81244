/** What is known of every device on the floor: from its sockets here, from what other hubs say of theirs, from the folds. */
import type { Socket } from 'socket.io';
import { rehearses } from '../../shared/engagement.ts';
import { ORDERS, type Standing, standingFor } from '../../shared/floor.ts';
import { showcaseOf } from '../../shared/tally.ts';
import type { DeviceView, Heartbeat } from '../../shared/wire.ts';
import { kioskSilentMs } from '../../shared/wire-limits.ts';
import type { Device } from '../access/register.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import type { KioskConnection } from './kiosk-asks.ts';

/** a kiosk that has more waiting than this, or older, needs a look */
const waitingWarn = 200;
const oldestWarnMs = 300_000;
/** a counter that told nothing for this long is shown as offline */
const counterSilentMs = 5 * 60_000;

/** What hubs of one store tell each other of a kiosk. */
type Told = { id: string; connected: boolean; heardMs: number; offsetMs: number; last: Heartbeat | null };

export type Presence = {
  /** kiosk, then its sockets at this hub */
  readonly sockets: ReadonlyMap<string, ReadonlySet<Socket>>;
  came(socket: Socket): void;
  /** Says whether it was the device's last socket here. */
  went(socket: Socket): boolean;
  /** Notes the orders that a kiosk said it follows. */
  confirms(device: string): void;
  view(device: string): DeviceView | null;
  /** What this hub has to say to others of these devices. */
  toTell(devices: readonly string[]): Told[];
  /** Takes what another hub says; answers with the kiosks that it was of. */
  heard(told: unknown): string[];
};

export const openPresence = (parts: HubParts): Presence => {
  const seen = new Map<string, KioskConnection>();
  /** what other hubs said of their kiosks */
  const elsewhere = new Map<string, Told>();
  const sockets = new Map<string, Set<Socket>>();
  /** kiosk, then the standing orders that it said it follows */
  const confirmed = new Map<string, string>();
  /** kiosks that recorded something before this start */
  const known = new Set([...parts.admission.streams.values()].map((s) => s.device));

  /** From here, or from the hub that heard it last. */
  const toldOf = (id: string): Told | null => {
    const here = seen.get(id);
    const there = elsewhere.get(id);
    if (!here || (there && !sockets.has(id) && there.heardMs > here.heardMs)) return there ?? null;
    return { id, connected: sockets.has(id), heardMs: here.heardMs, offsetMs: here.offsetMs, last: here.last };
  };

  const statusOf = (device: Device, told: Told | null, heardMs: number | null, now: number): DeviceView['status'] => {
    if (heardMs === null) return known.has(device.id) ? 'offline' : 'never';
    if (device.kind === 'counter') return now - heardMs < counterSilentMs ? 'ok' : 'offline';
    if (!told?.connected || now - heardMs >= kioskSilentMs) return 'offline';
    const { last } = told;
    return last && (last.waiting > waitingWarn || last.faults.length > 0 || (last.oldestMs !== null && last.oldestMs > oldestWarnMs)) ? 'warn' : 'ok';
  };

  const standingOf = (device: Device): ReturnType<typeof standingFor> => standingFor(showcaseOf(parts.tally, device.showcase).floor, device.id);

  /** Which orders stand for a kiosk, and whether it has said that it follows them. */
  const ordersOf = (device: Device): Pick<DeviceView, 'orders'> => {
    const standing: { [order: string]: Standing | null } = standingOf(device);
    const given = ORDERS.filter((o) => standing[o] !== null);
    return given.length === 0 ? {} : { orders: { given, followed: confirmed.get(device.id) === JSON.stringify(standing) } };
  };

  const view = (id: string): DeviceView | null => {
    const device = parts.register.device(id);
    if (!device) return null;
    const told = toldOf(id);
    const last = told?.last ?? null;
    const here = showcaseOf(parts.tally, device.showcase);
    const point = device.point === null ? undefined : here.doors.heardMs.get(device.point);
    const heardMs = device.kind === 'counter' ? (point?.source === `sensor:${id}` ? point.receivedMs : null) : (told?.heardMs ?? parts.lastHeard.of(id));
    return {
      id,
      kind: device.kind,
      name: device.name,
      showcase: device.showcase,
      zone: device.zone,
      point: device.point,
      status: statusOf(device, told, heardMs, parts.clock.nowMs()),
      heardMs,
      waiting: last?.waiting ?? null,
      oldestMs: last?.oldestMs ?? null,
      screen: last?.screen ?? null,
      fps: last?.fps ?? null,
      heapBytes: last?.heapBytes ?? null,
      pack: last?.pack ?? null,
      offsetMs: told?.offsetMs ?? null,
      faults: last?.faults ?? [],
      revoked: device.revoked,
      ...(device.number !== undefined && { number: device.number }),
      ...(device.group !== undefined && { group: device.group }),
      ...(device.kind === 'kiosk' && rehearses(here.engagement, id, parts.clock.nowMs()) && { rehearsing: true as const }),
      ...(device.kind === 'kiosk' && ordersOf(device)),
    };
  };

  return {
    sockets,
    view,
    came: (socket) => {
      const me = socket.data as KioskConnection;
      sockets.set(me.device.id, (sockets.get(me.device.id) ?? new Set()).add(socket));
      seen.set(me.device.id, me);
    },
    went: (socket) => {
      const { id } = (socket.data as KioskConnection).device;
      const left = sockets.get(id);
      left?.delete(socket);
      return left?.size === 0 && sockets.delete(id);
    },
    confirms: (id) => {
      const device = parts.register.device(id);
      if (device) confirmed.set(id, JSON.stringify(standingOf(device)));
    },
    toTell: (devices) =>
      devices.flatMap((id) => {
        const told = toldOf(id);
        return told && told !== elsewhere.get(id) ? [told] : [];
      }),
    heard: (told) =>
      (Array.isArray(told) ? (told as Told[]) : []).flatMap((of) => {
        if (parts.register.device(of.id)?.kind !== 'kiosk') return [];
        elsewhere.set(of.id, of);
        return [of.id];
      }),
  };
};

/**
 * The floor as it is now, over Socket.IO: kiosks and staff screens come in here, are known here and are cut here. What screens are told is
 * in screens.ts, what kiosks are told in orders.ts, what is known of devices in presence.ts.
 */
import type { Server as HttpServer } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { liveOf } from '../../shared/live.ts';
import { can } from '../../shared/roles.ts';
import { KIOSK_ASKS, type PublicTally, STAFF_ASKS } from '../../shared/wire.ts';
import { socketMessageBytesMax, tallyFrameMs } from '../../shared/wire-limits.ts';
import type { DeviceChange } from '../access/register.ts';
import type { Floor, HubParts } from '../parts/hub-parts.ts';
import { admitKiosk, admitStaff, originAllowed, socketsMax } from './admit.ts';
import { openDoor } from './door.ts';
import { type KioskConnection, kioskAsks } from './kiosk-asks.ts';
import { openOrders } from './orders.ts';
import { openPresence } from './presence.ts';
import { openScreens, terseRoom } from './screens.ts';
import { type StaffConnection, staffAsks } from './staff-asks.ts';
import { watchUnread } from './unread.ts';

/** how often it is asked whether the people who watch are still signed in, and each device whether it fell silent */
const lookMs = 1_000;
const looks = lookMs / tallyFrameMs;

/** Lets the sockets of several hubs hear each other: Socket.IO's adapter. Hints and commands go over it, nothing that counts. */
export type Crossing = NonNullable<ServerOptions['adapter']>;

export type OpenFloor = Floor & {
  tick(): void;
  close(): void;
  dirty(showcase: string): void;
  /** A device is new, moved or revoked, here or at another hub: its sockets here come back with the new place, or not at all. */
  registered(change: DeviceChange): void;
  /** Every kiosk says hello again, and hears whether the hub still has what it acknowledged. */
  greetAnew(): void;
};

/** The room of a showcase's kiosks. */
const kioskRoom = (showcase: string): string => `${showcase}/kiosks`;

export const openFloor = (parts: HubParts, http: HttpServer, crossing: Crossing | null): OpenFloor => {
  const io = new Server(http, {
    transports: ['websocket'],
    allowRequest: (request, done) => done(null, originAllowed(request) && io.engine.clientsCount < socketsMax),
    maxHttpBufferSize: socketMessageBytesMax * 4,
    pingInterval: 8_000,
    pingTimeout: 6_000,
    connectTimeout: 10_000,
    serveClient: false,
    ...(crossing && { adapter: crossing }),
  });
  const kiosks = io.of('/kiosk');
  const staff = io.of('/staff');
  /** devices to look at with the next tick */
  const changed = new Set<string>();
  const presence = openPresence(parts);
  const orders = openOrders(parts, kiosks, presence, { afar: crossing !== null, changed: (device) => void changed.add(device) });
  const screens = openScreens(parts, {
    view: presence.view,
    watched: (room) => staff.adapter.rooms.has(room),
    tell: (room, event, payload) => void staff.local.to(room).emit(event, payload),
    tellKiosks: (showcase, tally: PublicTally) => void kiosks.local.volatile.to(kioskRoom(showcase)).emit('tally', tally),
  });
  const unread = watchUnread(io.engine, parts.clock.monotonicMs, (bytes) => parts.log.warn({ bytes }, 'a socket that does not read was cut'));

  const door = {
    monotonicMs: parts.clock.monotonicMs,
    refused: (code: string) => parts.metrics.refusals.inc({ code }),
    bug: (error: unknown, event: string) => {
      parts.metrics.bugs.inc();
      parts.log.error({ err: error, event }, 'a socket handler threw');
    },
  };

  const gate =
    <C>(admit: (parts: HubParts, socket: Socket) => Promise<C | string>) =>
    async (socket: Socket, next: (error?: Error) => void): Promise<void> => {
      const admitted = await admit(parts, socket).catch(() => 'storage_failed');
      if (typeof admitted === 'string') {
        parts.metrics.refusals.inc({ code: admitted });
        next(Object.assign(new Error(admitted), { data: { code: admitted } }));
      } else {
        socket.data = admitted;
        next();
      }
    };

  kiosks.use(gate(admitKiosk));
  kiosks.on('connection', (socket) => {
    const me = socket.data as KioskConnection;
    const { id, showcase } = me.device;
    presence.came(socket);
    // nothing asks for the handshake's request any more: five hundred of them are megabytes
    Reflect.set(socket.conn, 'request', null);
    void socket.join([id, kioskRoom(showcase)]);
    parts.metrics.kiosks.set(presence.sockets.size);
    openDoor(socket, me, {
      ...door,
      asks: KIOSK_ASKS,
      handlers: kioskHandlers,
      may: (k, capability) => can('kiosk', capability) && parts.register.device(k.device.id)?.revoked === false,
    });
    socket.emit('tally', screens.publicTally(showcase));
    changed.add(id);
    socket.on('disconnect', () => {
      presence.went(socket);
      parts.metrics.kiosks.set(presence.sockets.size);
      changed.add(id);
    });
  });

  staff.use(gate(admitStaff));
  staff.on('connection', (socket) => {
    const me = socket.data as StaffConnection;
    parts.metrics.watchers.set(staff.sockets.size);
    openDoor(socket, me, {
      ...door,
      asks: STAFF_ASKS,
      handlers: staffHandlers,
      may: (s, capability) => can(s.actor, capability, s.readOnly),
    });
    socket.on('disconnect', () => parts.metrics.watchers.set(staff.sockets.size));
  });

  /** Cuts those whose session ended or ran out, or whose token was revoked, here or at another hub. */
  const checkSessions = async (): Promise<void> => {
    const tokens = new Set(parts.register.tokens.map((t) => t.id));
    for (const s of staff.sockets.values()) {
      const { token } = s.data as StaffConnection;
      if (token !== null && !tokens.has(token)) s.disconnect(true);
    }
    const people = [...staff.sockets.values()].filter((s) => (s.data as StaffConnection).session !== null);
    if (people.length === 0) return;
    try {
      const holding = await parts.sessions.holding();
      for (const s of people) if (!holding.has((s.data as StaffConnection).session as string)) s.disconnect(true);
    } catch {
      // nobody is cut because the store is away: it is asked again in a second
    }
  };

  // hubs of one store hear of each other's kiosks
  staff.on('presence', (told: unknown) => {
    for (const id of presence.heard(told)) changed.add(id);
  });

  let ticks = 0;
  const floor: OpenFloor = {
    ...orders,
    views: (showcase) =>
      parts.register.devices.flatMap((d) => ((showcase === null || d.showcase === showcase) && !(d.revoked && showcase !== null) ? (presence.view(d.id) ?? []) : [])),
    cut: (whose) => {
      if ('device' in whose) for (const s of presence.sockets.get(whose.device) ?? []) s.disconnect(true);
      else for (const s of staff.sockets.values()) if ((s.data as StaffConnection).session === whose.session) s.disconnect(true);
    },
    changed: (device) => void changed.add(device),
    registered: ({ device, before }) => {
      changed.add(device.id);
      if (before && JSON.stringify(before) !== JSON.stringify({ ...device, name: before.name, group: before.group, number: before.number })) floor.cut({ device: device.id });
    },
    alert: (showcase, news) => void staff.local.to([showcase, terseRoom(showcase)]).emit('alert', news),
    greetAnew: () => void kiosks.local.disconnectSockets(true),
    dirty: screens.dirty,
    live: (showcase) => liveOf(parts.tally, showcase, parts.clock.nowMs()),
    watch: async (socket, showcase, terse) => {
      await socket.join(terse ? terseRoom(showcase) : showcase);
      if (!terse) return { live: floor.live(showcase), devices: floor.views(showcase) };
      return screens.snapshot(showcase, (staff.adapter.rooms.get(terseRoom(showcase))?.size ?? 0) <= 1);
    },
    unwatch: async (socket, showcase) => {
      await Promise.all([showcase, terseRoom(showcase)].map((room) => socket.leave(room)));
    },
    /** Called every `tallyFrameMs`. */
    tick: () => {
      ticks++;
      if (ticks % looks === 0) void checkSessions();
      if (crossing) {
        const told = presence.toTell([...changed]);
        if (told.length > 0) staff.serverSideEmit('presence', told);
      }
      // each device once a second, also when nobody says anything: that it fell silent is news
      for (const [i, d] of parts.register.devices.entries()) if (i % looks === ticks % looks) changed.add(d.id);
      for (const device of changed) screens.device(device);
      changed.clear();
      screens.tick();
      unread.look();
    },
    close: () => {
      screens.close();
      for (const space of [kiosks, staff]) space.local.disconnectSockets(true);
      for (const space of [io.of('/'), kiosks, staff]) void space.adapter.close();
    },
  };
  parts.floor = floor;
  const kioskHandlers = kioskAsks(parts);
  const staffHandlers = staffAsks(parts);
  return floor;
};

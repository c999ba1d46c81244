/**
 * The floor as it is now, over Socket.IO: kiosks and staff screens, what each last said, and what they are told. Screens get what changed,
 * at most four times a second, however many events came in; a screen that does not read is cut.
 */
import type { Server as HttpServer } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import type { AlertNews } from '../../shared/alerts.ts';
import type { Command } from '../../shared/command.ts';
import { rehearses, votesOf } from '../../shared/engagement.ts';
import { ORDERS, type Order, type Standing, standingFor } from '../../shared/floor.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { type Live, liveOf } from '../../shared/live.ts';
import { can } from '../../shared/roles.ts';
import { showcaseOf } from '../../shared/tally.ts';
import { type DeviceView, type Heartbeat, KIOSK_ASKS, type PublicTally, STAFF_ASKS } from '../../shared/wire.ts';
import { heartbeatMs, kioskSilentMs, socketMessageBytesMax, tallyFrameMs } from '../../shared/wire-limits.ts';
import type { Device, DeviceChange } from '../access/register.ts';
import type { Floor, HubParts } from '../parts/hub-parts.ts';
import { admitKiosk, admitStaff, originAllowed, socketsMax } from './admit.ts';
import { openDoor } from './door.ts';
import { type KioskConnection, kioskAsks } from './kiosk-asks.ts';
import { type StaffConnection, staffAsks } from './staff-asks.ts';
import { watchUnread } from './unread.ts';

export const commandWaitMsMax = 4_000;
/** a kiosk that has more waiting than this, or older, needs a look */
export const waitingWarn = 200;
export const oldestWarnMs = 300_000;

/** the long lists of a showcase go out at most this often; its figures up to four times a second */
export const listsToldMs = 2_000;
const LISTS: ReadonlySet<string> = new Set(['hours', 'projects', 'zones', 'langs']);
/** how often kiosks hear how the votes are spread */
export const votesToldMs = 30_000;
/** how often a watcher hears that a kiosk was heard, when nothing else about it changed */
export const agesToldMs = 30_000;

/** how often it is asked whether the people who watch are still signed in */
export const sessionCheckMs = 1_000;

type Seen = { heardMs: number; connection: KioskConnection };
/** What hubs of one store tell each other of a kiosk. */
type Presence = { id: string; connected: boolean; heardMs: number; offsetMs: number; last: Heartbeat | null };

/** Lets the sockets of several hubs hear each other: Socket.IO's adapter. Hints and commands go over it, nothing that counts. */
export type Crossing = NonNullable<ServerOptions['adapter']>;

export type OpenFloor = Floor & {
  tick(): void;
  close(): void;
  dirty(showcase: string): void;
  publicTally(showcase: string): PublicTally;
  /** A device is new, moved or revoked, here or at another hub: its sockets here come back with the new place, or not at all. */
  registered(change: DeviceChange): void;
  /** Every kiosk says hello again, and hears whether the hub still has what it acknowledged. */
  greetAnew(): void;
};

/** The command that makes a kiosk follow an order, or leave off. */
const orderCommand = (order: Order, standing: Standing | null): Command =>
  order === 'pause' ? { kind: 'pause', on: standing !== null } : { kind: 'emergency', on: standing !== null, ...(standing?.text && { text: standing.text }) };

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
  const seen = new Map<string, Seen>();
  /** what other hubs said of their kiosks */
  const elsewhere = new Map<string, Presence>();
  const sockets = new Map<string, Set<Socket>>();
  const told = new Map<string, { parts: Map<string, string>; listsMs: number }>();
  /** showcases that were told less than a frame ago, and those of them that changed since */
  const resting = new Set<string>();
  const dirty = new Set<string>();
  const shown = new Map<string, string>();
  const publicShown = new Map<string, string>();
  const votesTold = new Map<string, number>();
  const openTold = new Map<string, { atMs: number; tally: PublicTally }>();
  /** kiosk, then the standing orders that it said it follows */
  const confirmed = new Map<string, string>();
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
    const id = me.device.id;
    sockets.set(id, (sockets.get(id) ?? new Set()).add(socket));
    void socket.join(id);
    seen.set(id, { heardMs: me.heardMs, connection: me });
    parts.metrics.kiosks.set(sockets.size);
    openDoor(socket, me, {
      ...door,
      asks: KIOSK_ASKS,
      handlers: kioskHandlers,
      may: (k, capability) => can('kiosk', capability) && parts.register.device(k.device.id)?.revoked === false,
    });
    socket.emit('tally', floor.publicTally(me.device.showcase));
    floor.changed(id);
    socket.on('disconnect', () => {
      const left = sockets.get(id);
      left?.delete(socket);
      if (left?.size === 0) sockets.delete(id);
      parts.metrics.kiosks.set(sockets.size);
      floor.changed(id);
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

  /** What is known of a kiosk, from here or from the hub that heard it last. */
  const presenceOf = (id: string): Presence | null => {
    const here = seen.get(id);
    const there = elsewhere.get(id);
    if (!here || (there && !sockets.has(id) && there.heardMs > here.connection.heardMs)) return there ?? null;
    return { id, connected: sockets.has(id), heardMs: here.connection.heardMs, offsetMs: here.connection.offsetMs, last: here.connection.last };
  };

  const statusOf = (device: Device, presence: Presence | null, heardMs: number | null, now: number): DeviceView['status'] => {
    if (heardMs === null) return 'never';
    if (device.kind === 'counter') return now - heardMs < 5 * 60_000 ? 'ok' : 'offline';
    if (!presence?.connected || now - heardMs >= kioskSilentMs) return 'offline';
    const { last } = presence;
    return last && (last.waiting > waitingWarn || last.faults.length > 0 || (last.oldestMs !== null && last.oldestMs > oldestWarnMs)) ? 'warn' : 'ok';
  };

  /** Which orders stand for a kiosk, and whether it has said that it follows them. */
  const ordersOf = (device: Device): Pick<DeviceView, 'orders'> => {
    const standing = standingFor(showcaseOf(parts.tally, device.showcase).floor, device.id);
    const given = ORDERS.filter((o) => standing[o] !== null);
    return given.length === 0 ? {} : { orders: { given, followed: confirmed.get(device.id) === JSON.stringify(standing) } };
  };

  const view = (id: string): DeviceView | null => {
    const device = parts.register.device(id);
    if (!device) return null;
    const presence = presenceOf(id);
    const last = presence?.last ?? null;
    const point = device.point === null ? undefined : showcaseOf(parts.tally, device.showcase).doors.heardMs.get(device.point);
    const heardMs = device.kind === 'counter' ? (point?.source === `sensor:${id}` ? point.receivedMs : null) : (presence?.heardMs ?? null);
    return {
      id,
      kind: device.kind,
      name: device.name,
      showcase: device.showcase,
      zone: device.zone,
      point: device.point,
      status: statusOf(device, presence, heardMs, parts.clock.nowMs()),
      heardMs,
      waiting: last?.waiting ?? null,
      oldestMs: last?.oldestMs ?? null,
      screen: last?.screen ?? null,
      fps: last?.fps ?? null,
      heapBytes: last?.heapBytes ?? null,
      pack: last?.pack ?? null,
      offsetMs: presence?.offsetMs ?? null,
      faults: last?.faults ?? [],
      revoked: device.revoked,
      ...(device.group !== undefined && { group: device.group }),
      ...(device.kind === 'kiosk' && rehearses(showcaseOf(parts.tally, device.showcase).engagement, id, parts.clock.nowMs()) && { rehearsing: true as const }),
      ...(device.kind === 'kiosk' && ordersOf(device)),
    };
  };

  /** To every screen of a room at this hub. */
  const tell = (room: string, event: string, payload: object): void => {
    // encoded once for all of them
    staff.local.to(room).emit(event, payload);
  };

  const tellDevice = (id: string): void => {
    const now = view(id);
    if (!now) return;
    // heardMs moves with every heartbeat: alone it is told every half minute, anything else at once
    const key = JSON.stringify({ ...now, heardMs: now.heardMs === null ? null : Math.floor(now.heardMs / agesToldMs) });
    if (shown.get(id) === key) return;
    shown.set(id, key);
    tell(now.showcase, 'device', now);
  };

  const publicOf = (live: Live): PublicTally => {
    const heard = live.points.some((p) => p.perimeter && p.heardMs !== null) || live.today.visits > 0;
    return { showcase: live.showcase, asOf: rfc3339(parts.clock.nowMs()), visits: heard ? live.today.visits : null, open: live.open };
  };

  const tellShowcase = (showcase: string): void => {
    const live = liveOf(parts.tally, showcase, parts.clock.nowMs());
    const sent = told.get(showcase) ?? { parts: new Map<string, string>(), listsMs: 0 };
    told.set(showcase, sent);
    const nowMs = parts.clock.monotonicMs();
    const withLists = nowMs - sent.listsMs >= listsToldMs;
    if (withLists) sent.listsMs = nowMs;
    const delta: Record<string, unknown> = { position: live.position, asOf: live.asOf };
    for (const [part, value] of Object.entries(live)) {
      if (LISTS.has(part) && !withLists) continue;
      const text = JSON.stringify(value);
      if (sent.parts.get(part) === text) continue;
      sent.parts.set(part, text);
      delta[part] = value;
    }
    if (staff.adapter.rooms.has(showcase)) tell(showcase, 'tally', delta);
    const open = publicOf(live);
    const key = `${open.visits}|${open.open}`;
    if (publicShown.get(showcase) === key && ticks % 20 !== 0) return;
    publicShown.set(showcase, key);
    const votesDue = nowMs - (votesTold.get(showcase) ?? 0) >= votesToldMs;
    if (votesDue) votesTold.set(showcase, nowMs);
    const withVotes = votesDue ? { ...open, votes: votesOf(showcaseOf(parts.tally, showcase).engagement) } : open;
    for (const [, each] of sockets) for (const s of each) if ((s.data as KioskConnection).device.showcase === showcase) s.volatile.emit('tally', withVotes);
  };

  /** Tells a change at once, in the turn after its acknowledgement has left, and gathers what follows within a frame. */
  const tellSoon = (showcase: string): void => {
    if (resting.has(showcase)) return void dirty.add(showcase);
    resting.add(showcase);
    setImmediate(() => {
      if (!closed) tellShowcase(showcase);
    });
    setTimeout(() => {
      resting.delete(showcase);
      if (!closed && dirty.delete(showcase)) tellSoon(showcase);
    }, tallyFrameMs).unref();
  };

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

  /** Other hubs hear of the kiosks that are connected here. */
  const tellHubs = (devices: readonly string[]): void => {
    const mine = devices.flatMap((id) => {
      const presence = presenceOf(id);
      return presence && presence !== elsewhere.get(id) ? [presence] : [];
    });
    if (mine.length > 0) staff.serverSideEmit('presence', mine);
  };
  staff.on('presence', (heard: unknown) => {
    for (const presence of Array.isArray(heard) ? (heard as Presence[]) : []) {
      if (parts.register.device(presence.id)?.kind !== 'kiosk') continue;
      elsewhere.set(presence.id, presence);
      changed.add(presence.id);
    }
  });

  let closed = false;
  let ticks = 0;
  const changed = new Set<string>();
  const floor = {
    views: (showcase: string | null) =>
      parts.register.devices.flatMap((d) => ((showcase === null || d.showcase === showcase) && !(d.revoked && showcase !== null) ? (view(d.id) ?? []) : [])),
    command: async (device: string, command: Command) => {
      const did = (answer: unknown): boolean => (answer as { ok?: unknown } | null)?.ok === true;
      const here = [...(sockets.get(device) ?? [])].at(-1);
      try {
        if (here) return did(await here.timeout(commandWaitMsMax).emitWithAck('command', command));
        if (!crossing) return false;
        return (await kiosks.in(device).timeout(commandWaitMsMax).emitWithAck('command', command)).some(did);
      } catch (error) {
        // not answered in time by all: it is shown as not delivered, unless one of the device's sockets did it
        return ((error as { responses?: unknown[] }).responses ?? []).some(did);
      }
    },
    tellStanding: async (device: string) => {
      const registered = parts.register.device(device);
      if (!registered) return;
      const { floor: here } = showcaseOf(parts.tally, registered.showcase);
      const standing = standingFor(here, device);
      const given = ORDERS.filter((o) => [...parts.tally.showcases.values()].some((t) => t.floor.ordered[o]));
      const done = await Promise.all(given.map((o) => floor.command(device, orderCommand(o, standing[o]))));
      if (done.every(Boolean)) confirmed.set(device, JSON.stringify(standing));
      changed.add(device);
    },
    followed: (device: string, ok: boolean) => {
      const registered = parts.register.device(device);
      if (ok && registered) confirmed.set(device, JSON.stringify(standingFor(showcaseOf(parts.tally, registered.showcase).floor, device)));
      changed.add(device);
    },
    cut: (whose: { device: string } | { session: string }) => {
      if ('device' in whose) for (const s of sockets.get(whose.device) ?? []) s.disconnect(true);
      else for (const s of staff.sockets.values()) if ((s.data as StaffConnection).session === whose.session) s.disconnect(true);
    },
    changed: (device: string) => void changed.add(device),
    registered: ({ device, before }: DeviceChange) => {
      changed.add(device.id);
      if (!before) return;
      const now = view(device.id);
      // those who watch where it was see it go
      if (now && before.showcase !== device.showcase) tell(before.showcase, 'device', now);
      if (JSON.stringify(before) !== JSON.stringify({ ...device, name: before.name, group: before.group })) floor.cut({ device: device.id });
    },
    alert: (showcase: string, news: AlertNews) => tell(showcase, 'alert', news),
    greetAnew: () => void kiosks.local.disconnectSockets(true),
    dirty: tellSoon,
    live: (showcase: string) => liveOf(parts.tally, showcase, parts.clock.nowMs()),
    publicTally: (showcase: string): PublicTally => {
      // every kiosk that comes back is told: two thousand at once share one fold of a frame's time
      const nowMs = parts.clock.monotonicMs();
      const kept = openTold.get(showcase);
      if (kept && nowMs - kept.atMs < tallyFrameMs) return kept.tally;
      const tally = { ...publicOf(floor.live(showcase)), votes: votesOf(showcaseOf(parts.tally, showcase).engagement) };
      openTold.set(showcase, { atMs: nowMs, tally });
      return tally;
    },
    /** Called every `tallyFrameMs`: tells which devices changed; every five seconds also what only time changes. */
    tick: () => {
      ticks++;
      if (ticks % Math.round(heartbeatMs / tallyFrameMs) === 0) {
        for (const pack of parts.library.packs) tellSoon(pack.id);
        for (const d of parts.register.devices) changed.add(d.id);
      }
      if (ticks % Math.round(sessionCheckMs / tallyFrameMs) === 0) void checkSessions();
      const devices = [...changed];
      changed.clear();
      if (crossing) tellHubs(devices);
      for (const device of devices) tellDevice(device);
      unread.look();
    },
    close: () => {
      closed = true;
      for (const space of [kiosks, staff]) space.local.disconnectSockets(true);
      for (const space of [io.of('/'), kiosks, staff]) void space.adapter.close();
    },
  };
  parts.floor = floor;
  const kioskHandlers = kioskAsks(parts);
  const staffHandlers = staffAsks(parts);
  return floor;
};

/**
 * The floor as it is now, over Socket.IO: kiosks and staff screens, what each last said, and what they are told. Screens get what changed,
 * at most four times a second, however many events came in; a screen that doesn't read gets newer frames, never a growing queue.
 */
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Command } from '../../shared/command.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { type Live, liveOf } from '../../shared/live.ts';
import { can } from '../../shared/roles.ts';
import { showcaseOf } from '../../shared/tally.ts';
import { type DeviceView, KIOSK_ASKS, type PublicTally, STAFF_ASKS } from '../../shared/wire.ts';
import { heartbeatMs, kioskSilentMs, socketMessageBytesMax, tallyFrameMs } from '../../shared/wire-limits.ts';
import type { Floor, HubParts } from '../parts/hub-parts.ts';
import { admitKiosk, admitStaff, originAllowed, socketsMax } from './admit.ts';
import { openDoor } from './door.ts';
import { type KioskConnection, kioskAsks } from './kiosk-asks.ts';
import { type StaffConnection, staffAsks } from './staff-asks.ts';

export const commandWaitMsMax = 4_000;
/** a kiosk that has more waiting than this, or older, needs a look */
export const waitingWarn = 200;
export const oldestWarnMs = 300_000;
/** frames to a screen that does not read are dropped beyond this many packets */
export const unreadPacketsMax = 64;

/** the long lists of a showcase go out at most this often; its figures up to four times a second */
export const listsToldMs = 2_000;
const LISTS: ReadonlySet<string> = new Set(['hours', 'projects', 'zones', 'langs']);
/** how often a watcher hears that a kiosk was heard, when nothing else about it changed */
export const agesToldMs = 30_000;

type Seen = { heardMs: number; connection: KioskConnection };

export const openFloor = (
  parts: HubParts,
  http: HttpServer,
): Floor & { tick(): void; close(): void; dirty(showcase: string): void; publicTally(showcase: string): PublicTally } => {
  const io = new Server(http, {
    transports: ['websocket'],
    allowRequest: (request, done) => done(null, originAllowed(request) && io.engine.clientsCount < socketsMax),
    maxHttpBufferSize: socketMessageBytesMax * 4,
    pingInterval: 8_000,
    pingTimeout: 6_000,
    connectTimeout: 10_000,
    serveClient: false,
  });
  const kiosks = io.of('/kiosk');
  const staff = io.of('/staff');
  const seen = new Map<string, Seen>();
  const sockets = new Map<string, Set<Socket>>();
  const told = new Map<string, { parts: Map<string, string>; listsMs: number }>();
  /** showcases that were told less than a frame ago, and those of them that changed since */
  const resting = new Set<string>();
  const dirty = new Set<string>();
  const shown = new Map<string, string>();
  const publicShown = new Map<string, string>();

  const door = {
    monotonicMs: parts.clock.monotonicMs,
    refused: (code: string) => parts.metrics.refusals.inc({ code }),
    bug: (error: unknown, event: string) => {
      parts.metrics.bugs.inc();
      parts.log.error({ err: error, event }, 'a socket handler threw');
    },
  };

  const gate =
    <C>(admit: (parts: HubParts, socket: Socket) => C | string) =>
    (socket: Socket, next: (error?: Error) => void): void => {
      const admitted = admit(parts, socket);
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
      may: (s, capability) => can(s.actor, capability) && (s.session === null || parts.sessions.holds(s.session)),
    });
    socket.on('disconnect', () => parts.metrics.watchers.set(staff.sockets.size));
  });

  const statusOf = (id: string, heardMs: number | null, now: number): DeviceView['status'] => {
    if (heardMs === null) return 'never';
    const device = parts.register.device(id);
    if (device?.kind === 'counter') return now - heardMs < 5 * 60_000 ? 'ok' : 'offline';
    if (!sockets.has(id) || now - heardMs >= kioskSilentMs) return 'offline';
    const last = seen.get(id)?.connection.last;
    return last && (last.waiting > waitingWarn || last.faults.length > 0 || (last.oldestMs !== null && last.oldestMs > oldestWarnMs)) ? 'warn' : 'ok';
  };

  const view = (id: string): DeviceView | null => {
    const device = parts.register.device(id);
    if (!device) return null;
    const s = seen.get(id);
    const last = s?.connection.last ?? null;
    const point = device.point === null ? undefined : showcaseOf(parts.tally, device.showcase).doors.heardMs.get(device.point);
    const heardMs = device.kind === 'counter' ? (point?.source === `sensor:${id}` ? point.receivedMs : null) : (s?.connection.heardMs ?? null);
    return {
      id,
      kind: device.kind,
      name: device.name,
      showcase: device.showcase,
      zone: device.zone,
      point: device.point,
      status: statusOf(id, heardMs, parts.clock.nowMs()),
      heardMs,
      waiting: last?.waiting ?? null,
      oldestMs: last?.oldestMs ?? null,
      screen: last?.screen ?? null,
      fps: last?.fps ?? null,
      heapBytes: last?.heapBytes ?? null,
      pack: last?.pack ?? null,
      offsetMs: s?.connection.offsetMs ?? null,
      faults: last?.faults ?? [],
      revoked: device.revoked,
    };
  };

  /** To every screen of a room that still reads. */
  const tell = (room: string, event: string, payload: object): void => {
    for (const id of staff.adapter.rooms.get(room) ?? []) {
      const socket = staff.sockets.get(id);
      if (!socket) continue;
      const unread = (socket.conn as unknown as { writeBuffer?: unknown[] }).writeBuffer?.length ?? 0;
      if (unread <= unreadPacketsMax) socket.emit(event, payload);
    }
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
    for (const [, each] of sockets) for (const s of each) if ((s.data as KioskConnection).device.showcase === showcase) s.volatile.emit('tally', open);
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

  let closed = false;
  let ticks = 0;
  const changed = new Set<string>();
  const floor = {
    views: (showcase: string | null) =>
      parts.register.devices.flatMap((d) => ((showcase === null || d.showcase === showcase) && !(d.revoked && showcase !== null) ? (view(d.id) ?? []) : [])),
    command: async (device: string, command: Command) => {
      const to = [...(sockets.get(device) ?? [])].at(-1);
      if (!to) return false;
      try {
        const answer: unknown = await to.timeout(commandWaitMsMax).emitWithAck('command', command);
        return (answer as { ok?: unknown } | null)?.ok === true;
      } catch {
        // not answered in time: it is shown as not delivered
        return false;
      }
    },
    cut: (whose: { device: string } | { session: string }) => {
      if ('device' in whose) for (const s of sockets.get(whose.device) ?? []) s.disconnect(true);
      else for (const s of staff.sockets.values()) if ((s.data as StaffConnection).session === whose.session) s.disconnect(true);
    },
    left: (device: string, showcase: string) => {
      const now = view(device);
      if (now) tell(showcase, 'device', now);
    },
    changed: (device: string) => void changed.add(device),
    dirty: tellSoon,
    live: (showcase: string) => liveOf(parts.tally, showcase, parts.clock.nowMs()),
    publicTally: (showcase: string): PublicTally => publicOf(floor.live(showcase)),
    /** Called every `tallyFrameMs`: tells which devices changed; every five seconds also what only time changes. */
    tick: () => {
      ticks++;
      if (ticks % Math.round(heartbeatMs / tallyFrameMs) === 0) {
        for (const pack of parts.library.packs) tellSoon(pack.id);
        for (const d of parts.register.devices) changed.add(d.id);
      }
      const devices = [...changed];
      changed.clear();
      for (const device of devices) tellDevice(device);
    },
    close: () => {
      closed = true;
      for (const space of [kiosks, staff]) space.disconnectSockets(true);
    },
  };
  const kioskHandlers = kioskAsks({ ...parts, floor });
  const staffHandlers = staffAsks({ ...parts, floor });
  return floor;
};

/** A crowd in a process of its own, beside the one that looks: kiosks with a backlog, or dashboards that count their frames. Asked over IPC. */
import { io } from 'socket.io-client';
import { adminToken, showcase } from './seeded-folder.ts';
import { SendingKiosk } from './sending-kiosk.ts';

export type CrowdGiven = { origin: string; kind: 'kiosks' | 'dashboards'; from: number; count: number; events: number; batchEvents: number };
export type KiosksTold = { greeted: number; done: number; lastGreetedMs: number; lastDoneMs: number; acked: number; busy: number };
export type DashboardsTold = { watching: number; frames: number[]; bytes: number; position: number };

const given = JSON.parse(process.argv[2] ?? '{}') as CrowdGiven;
const returnMs = 4_000;

const kiosks = (): (() => KiosksTold) => {
  const all = Array.from({ length: given.count }, (_, i) => {
    const kiosk = new SendingKiosk({ origin: given.origin, index: given.from + i, batchEvents: given.batchEvents, restMs: 0, answerWaitMs: 20_000, returnMs });
    kiosk.start(given.events);
    return kiosk;
  });
  return () => ({
    greeted: all.filter((k) => k.greetedMs !== null).length,
    done: all.filter((k) => k.doneMs !== null).length,
    lastGreetedMs: Math.max(...all.map((k) => k.greetedMs ?? 0)),
    lastDoneMs: Math.max(...all.map((k) => k.doneMs ?? 0)),
    acked: all.reduce((n, k) => n + k.acked, 0),
    busy: all.reduce((n, k) => n + (k.refusals.get('busy') ?? 0), 0),
  });
};

const dashboards = (): (() => DashboardsTold) => {
  const frames = new Array<number>(given.count).fill(0);
  let watching = 0;
  let bytes = 0;
  let position = 0;
  for (let i = 0; i < given.count; i++) {
    const socket = io(`${given.origin}/staff`, { transports: ['websocket'], forceNew: true, auth: { token: adminToken } });
    socket.on('connect', () => void socket.emit('watch', { showcase }, () => watching++));
    socket.on('tally', (delta: { position: number }) => {
      frames[i] = (frames[i] as number) + 1;
      if (i === 0) bytes += JSON.stringify(delta).length;
      position = Math.max(position, delta.position);
    });
  }
  return () => ({ watching, frames: [...frames], bytes, position });
};

const look = given.kind === 'kiosks' ? kiosks() : dashboards();
process.on('message', () => process.send?.(look()));
process.on('disconnect', () => process.exit(0));

/**
 * The journal of a long show, for measuring: kiosks send batches of one to nine events, a counter its minutes; ids are as devices make them.
 * By hand: `npx tsx --eval "import('./test/operator/long-journal.ts').then((m) => m.makeLongJournal('/tmp/long', 1_000_000))"`.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { FileJournal } from '../../server/journal/file-journal.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import type { Entry, StreamItem } from '../../shared/entry.ts';
import { randomOf } from '../../shared/random.ts';

const showcase = 'smart-hong-kong-pavilion';
const startMs = Date.parse('2026-11-25T10:00:00+08:00');
const kiosks = 40;
const projects = 60;
const entriesPerAppend = 500;
const dayMs = 10 * 3_600_000;

const id = (): string => randomBytes(16).toString('base64url');

/** The n-th event of the show: sessions of eight events each. */
const itemOf = (atMs: number, n: number): StreamItem => {
  const base = { id: id(), atMs, session: `session-${n >> 3}-of-the-show` };
  const project = `project-${n % projects}`;
  if (n % 8 === 0) return { ...base, kind: 'session.started', lang: 'en' };
  if (n % 8 === 7) return { ...base, kind: 'session.ended', reason: 'idle', seconds: 40.5, inputs: 9 };
  if (n % 8 === 4) return { ...base, kind: 'link.shown', code: '2H4J6K', project };
  return n % 2 === 0 ? { ...base, kind: 'project.closed', project, seconds: 12.25 } : { ...base, kind: 'project.opened', project, via: 'hill' };
};

/** Ten hours a day, 40 events a second, for as many days as it takes. */
const timeOf = (n: number): number => {
  const ms = n * 25;
  return startMs + Math.floor(ms / dayMs) * 86_400_000 + (ms % dayMs);
};

const minuteOf = (minute: number): Entry => {
  const [from, to] = [minute, minute + 1].map((m) => new Date(startMs + m * 60_000).toISOString()) as [string, string];
  const reading = { kind: 'interval' as const, from, to, in: minute % 23, out: minute % 19 };
  return { kind: 'readings.recorded', receivedMs: Date.parse(to), showcase, point: 'door-a', device: 'counter-1', readings: [reading], quarantined: [], repeats: [] };
};

/** Makes a data folder with so many events; answers its position. */
export const makeLongJournal = async (dataDir: string, events: number): Promise<number> => {
  await mkdir(path.join(dataDir, 'documents'), { recursive: true });
  const folder = path.join(dataDir, 'journal');
  const journal = await FileJournal.open({ folder, files: nodeFileSystem, nowMs: Date.now, random: (n) => randomBytes(n), after: () => () => undefined });
  const random = randomOf(2_026);
  const next = new Map<string, number>();
  let waiting: Entry[] = [{ kind: 'showcase.defined', receivedMs: startMs, showcase, points: [{ id: 'door-a', zone: 'living', perimeter: true }], days: [] }];
  let minute = 0;
  for (let made = 0; made < events; ) {
    const device = `kiosk-${random.below(kiosks) + 1}`;
    const count = Math.min(events - made, 1 + random.below(9));
    const from = next.get(device) ?? 1;
    next.set(device, from + count);
    const atMs = timeOf(made);
    const items = Array.from({ length: count }, (_, i) => itemOf(atMs + i * 200, made + i));
    waiting.push({ kind: 'kiosk.recorded', receivedMs: atMs + 2_000, showcase, zone: 'living', device, epoch: `epoch-of-${device}-0000000000`, from, offsetMs: 0, items });
    made += count;
    for (; startMs + minute * 60_000 < atMs; minute++) if (minute % 1_440 < dayMs / 60_000) waiting.push(minuteOf(minute));
    if (waiting.length < entriesPerAppend && made < events) continue;
    await journal.append(waiting);
    waiting = [];
  }
  await journal.close();
  return journal.position;
};

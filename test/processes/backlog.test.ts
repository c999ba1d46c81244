/**
 * A real kiosk link that comes back with a long backlog to a real hub, which is killed in the middle of the replay (F36): what visitors do
 * meanwhile is acknowledged first, and in the end everything counts once. BACKLOG_EVENTS=40000 runs the full scale; then the bound of time
 * holds as well.
 */
import { afterEach, expect, test } from 'vitest';
import { openKioskLink } from '../../kiosk/link/kiosk-link.ts';
import { MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { asideEventsMin } from '../../kiosk/link/retention.ts';
import { SocketWire } from '../../kiosk/link/socket-wire.ts';
import { startHub } from '../hub/hub-process.ts';
import { untilHolds } from '../waiting.ts';
import { countedIds, kioskToken, seedFolder, showcase, temporaryFolder } from './seeded-folder.ts';

const backlogEvents = Number(process.env['BACKLOG_EVENTS'] ?? 4_000);
const full = process.env['BACKLOG_EVENTS'] !== undefined;
const killAfterShare = 0.4;
const eventsPerSecondMin = 500;
const replayMsMax = 120_000;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test('[F36] a real kiosk replays a backlog while its hub is killed: what happens now is acknowledged first, and all of it counts once', async () => {
  const { dir, remove } = temporaryFolder('backlog');
  undo.push(remove);
  await seedFolder(dir, 1);
  const hub = await startHub(dir);
  await hub.kill();
  const storage = new MemoryStorage();
  await storage.setDevice({ id: 'kiosk-0', token: kioskToken(0), showcase, zone: 'living' });
  const link = await openKioskLink({
    origin: hub.origin,
    fetch,
    now: Date.now,
    random: (into) => crypto.getRandomValues(into),
    storage,
    wire: (parts) => new SocketWire(parts),
    locks: null,
  });
  undo.push(() => link.close());
  const record = (n: number) => link.record({ kind: 'session.started', session: `session-number-${n}`, lang: 'en' });
  for (let n = 0; n < backlogEvents; n += 1_000) await Promise.all(Array.from({ length: Math.min(1_000, backlogEvents - n) }, (_, i) => record(n + i)));

  // one event after the other, each as soon as the hub has the one before: how much of the backlog still waited then
  let made = backlogEvents;
  const overtaken: number[] = [];
  const waits: number[] = [];
  const live = async (): Promise<void> => {
    const newest = (): number => storage.disk.stream?.nextSeq ?? 0;
    await record(made++);
    const [epoch, seq, sinceMs] = [storage.disk.stream?.epoch, newest() - 1, performance.now()];
    await untilHolds('a live event is acknowledged', () => storage.disk.stream?.epoch !== epoch || (storage.disk.stream?.ackedThrough ?? 0) >= seq || !link.state().online);
    if (!link.state().online || storage.disk.stream?.epoch !== epoch) return;
    waits.push(performance.now() - sinceMs);
    overtaken.push(link.state().waiting);
  };
  let running = await startHub(dir, hub.port);
  undo.push(() => running.kill());
  await untilHolds('online', () => link.state().online && storage.disk.stream?.aside !== undefined);
  const beganMs = performance.now();
  while (link.state().waiting > backlogEvents * (1 - killAfterShare)) await live();
  const rate = (backlogEvents * killAfterShare) / ((performance.now() - beganMs) / 1_000);
  const early = overtaken.length;
  await running.kill();
  running = await startHub(dir, hub.port);
  await untilHolds('online again', () => link.state().online);
  while (link.state().waiting > asideEventsMin / 2) await live();
  await untilHolds('everything is acknowledged', () => link.state().waiting === 0, replayMsMax);
  process.stdout.write(
    `${backlogEvents} events waited; replayed at ${Math.round(rate)} a second; ${waits.length} live events meanwhile, acknowledged after ${Math.round([...waits].sort((a, b) => a - b)[waits.length >> 1] ?? 0)} ms in the middle, ${Math.round(Math.max(...waits))} ms at most\n`,
  );
  if (full) expect(rate).toBeGreaterThan(eventsPerSecondMin);
  expect(early).toBeGreaterThan(0);
  expect(overtaken[0]).toBeGreaterThan(backlogEvents / 2);
  const counted = await countedIds(dir);
  expect(counted.size).toBe(made);
  expect([...counted.values()].every((n) => n === 1)).toBe(true);
}, 240_000);

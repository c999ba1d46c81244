/** From an event to its durable acknowledgement: the whole hub beside bare Socket.IO that answers the same. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { groupCommit } from './append.ts';
import { atLeast, atMost, type Figure, type Line, type Setting, toldOnly } from './figure.ts';
import { openFleet, startEcho, startHub } from './load.ts';
import { inTurns, median, percentile, sleep, timed } from './measure.ts';
import { batchEntry } from './sample.ts';

/** The median of a small write and its fdatasync on the disk that the journal is on, ms. */
const syncMs = async (folder: string): Promise<number> => {
  const file = await open(path.join(folder, `sync-${performance.now()}`), 'w');
  const bytes = Buffer.alloc(400, 0x61);
  const took: number[] = [];
  for (let i = 0; i < 100; i++)
    took.push(
      await timed(async () => {
        await file.write(bytes);
        await file.datasync();
      }),
    );
  await file.close();
  return median(took);
};

/**
 * The same rate of entries into a bare group commit, ms. The median of single syncs says little on a disk that stalls: whoever comes at an
 * odd moment comes during a stall, so this is the floor that such a moment finds.
 */
const groupCommitMs = async (folder: string, ms: number, perSecond: number): Promise<number> => {
  const bare = await groupCommit(path.join(folder, `group-${performance.now()}`));
  const took: number[] = [];
  const open: Promise<void>[] = [];
  const since = performance.now();
  while (performance.now() - since < ms) {
    for (const due = ((performance.now() - since) * perSecond) / 1_000; open.length < due; ) {
      const sentMs = performance.now();
      open.push(bare.append(batchEntry(0, 1, 1, Date.now())).then(() => void took.push(performance.now() - sentMs)));
    }
    await sleep(1);
  }
  await Promise.all(open);
  await bare.close();
  return median(took);
};

const withBoth = async <T>(
  setting: Setting,
  kiosks: number,
  events: number,
  run: (ours: Awaited<ReturnType<typeof openFleet>>, peer: Awaited<ReturnType<typeof openFleet>>) => Promise<T>,
) => {
  const hub = await startHub(setting.built, { dataDir: path.join(setting.folder, `hub-${kiosks}`), kiosks, publicOrigin: null });
  const echo = await startEcho(setting.built);
  const ours = await openFleet(hub, kiosks, events);
  const peer = await openFleet(echo, kiosks, events);
  const told = await run(ours, peer);
  ours.close();
  peer.close();
  await hub.stop();
  await echo.stop();
  return told;
};

const closed = async (setting: Setting, name: string, kiosks: number, rateAim: number, cpuAim: number): Promise<Line[]> =>
  withBoth(setting, kiosks, 1, async (ours, peer) => {
    const ms = setting.quick ? 500 : 1_500;
    // compiled code on both sides before anything counts
    await ours.closedLoop(2 * ms);
    await peer.closedLoop(2 * ms);
    const told = await inTurns(
      setting.quick ? 3 : 5,
      () => ours.closedLoop(ms),
      () => peer.closedLoop(ms),
    );
    const rate = (side: 'ours' | 'peer') => median(told[side].map((t) => t.perSecond));
    const cpu = (side: 'ours' | 'peer') => median(told[side].map((t) => t.cpuMicros));
    return [
      atLeast({ name: `${name} rate`, ours: rate('ours'), peer: rate('peer'), beside: 'bare Socket.IO ack', unit: '/s' }, rateAim),
      atMost({ name: `${name} server CPU`, ours: cpu('ours'), peer: cpu('peer'), beside: 'bare Socket.IO ack', unit: 'µs a message' }, cpuAim),
    ];
  });

export const ack50: Figure = (setting) => closed(setting, 'ack-50', 50, 0.6, 1.5);
export const ack500: Figure = (setting) => closed(setting, 'ack-500', 500, 0.95, 1.1);

export const openLoopPerSecond = 1_000;
const slackMs = 0.35;

export const ackOpen: Figure = (setting) =>
  withBoth(setting, 50, 1, async (ours, peer) => {
    const ms = setting.quick ? 1_000 : 2_500;
    const syncs: number[] = [];
    const commits: number[] = [];
    const told = await inTurns(
      setting.quick ? 3 : 5,
      () => ours.openLoop(ms, openLoopPerSecond),
      async () => {
        syncs.push(await syncMs(setting.folder));
        commits.push(await groupCommitMs(setting.folder, ms, openLoopPerSecond));
        return peer.openLoop(ms, openLoopPerSecond);
      },
    );
    const p50 = median(told.ours.map(median));
    const limit = median(told.peer.map(median)) + median(syncs);
    const line = atMost({ name: 'ack-open p50', ours: p50, peer: limit, beside: 'bare p50 + one fdatasync', unit: 'ms' }, 1);
    const p99 = { ours: median(told.ours.map((l) => percentile(l, 0.99))), peer: median(told.peer.map((l) => percentile(l, 0.99))) + median(syncs) };
    return [
      { ...line, aim: `within ${slackMs} ms`, met: p50 - limit <= slackMs },
      toldOnly(
        atMost({ name: 'ack-open p50', ours: p50, peer: median(told.peer.map(median)) + median(commits), beside: 'bare p50 + bare group commit, same rate', unit: 'ms' }, 1),
      ),
      toldOnly(atMost({ name: 'ack-open p99', ...p99, beside: 'bare p99 + one fdatasync', unit: 'ms' }, 1)),
    ];
  });

const backlogKiosks = 16;
const backlogEvents = 128;
export const backlogPerSecondMin = 250_000;

export const backlog: Figure = (setting) =>
  withBoth(setting, backlogKiosks, backlogEvents, async (ours, peer) => {
    const ms = setting.quick ? 600 : 1_500;
    const told = await inTurns(
      setting.quick ? 3 : 5,
      () => ours.closedLoop(ms),
      () => peer.closedLoop(ms),
    );
    const rate = (side: 'ours' | 'peer') => median(told[side].map((t) => t.perSecond));
    return [
      atLeast({ name: 'backlog of 128 a batch', ours: rate('ours'), peer: rate('peer'), beside: 'bare Socket.IO, same batches', unit: 'events/s' }, 0.25, backlogPerSecondMin),
    ];
  });

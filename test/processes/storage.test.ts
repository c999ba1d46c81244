/** The disk fails under the real hub: full, out of inodes, one failed sync, slow, read-only (F14 to F17, F19 to F21). Visitors notice nothing. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type HubProcess, runOperator, startHub } from '../hub/hub-process.ts';
import { untilHolds } from '../waiting.ts';
import { adminToken, countedIds, seedFolder, showcase, temporaryFolder } from './seeded-folder.ts';
import { compare, type SendingKiosk, startKiosks } from './sending-kiosk.ts';
import { mountLacks, type SmallDisk, smallDisk } from './small-disk.ts';
import { inject, straceLacks } from './strace.ts';

const kioskCount = 4;
/** I15: counting is back this long after there is space again */
const resumeMsMax = 5_000;
/** I15: what a visitor asks is answered within this, whatever the disk does */
const visitorMsMax = 200;
/** a busy machine keeps some answers waiting, a disk that is waited for all of them */
const triesMax = 12;
/** how much later than promised a busy machine may be */
const busyMs = 5_000;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const onDisk = async (kib: number, inodes?: number): Promise<{ disk: SmallDisk; hub: HubProcess; kiosks: SendingKiosk[] }> => {
  const disk = smallDisk(kib, inodes);
  undo.push(disk.remove);
  await seedFolder(disk.dir, kioskCount);
  const hub = await startHub(disk.dir);
  undo.push(() => hub.kill());
  return { disk, hub, kiosks: startKiosks(hub.origin, kioskCount) };
};

const ready = async (hub: HubProcess): Promise<{ status: number; storage: string }> => {
  const answer = await fetch(`${hub.origin}/readyz`);
  return { status: answer.status, storage: ((await answer.json()) as { storage: string }).storage };
};

/** Everything a visitor needs, each asked until it is answered in time. */
const visitorsServed = async (hub: HubProcess): Promise<void> => {
  const content = (await (await fetch(`${hub.origin}/api/v1/showcases/${showcase}`)).json()) as { homeCode: string };
  for (const [at, status] of [
    [`/api/v1/showcases/${showcase}/content`, 200],
    [`/qr/${content.homeCode}.svg`, 200],
    [`/q/${content.homeCode}`, 302],
    ['/healthz', 200],
  ] as const) {
    let bestMs = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < triesMax && bestMs >= visitorMsMax; tries++) {
      const sinceMs = performance.now();
      const answer = await fetch(hub.origin + at, { redirect: 'manual' });
      await answer.arrayBuffer();
      bestMs = Math.min(bestMs, performance.now() - sinceMs);
      expect([at, answer.status]).toEqual([at, status]);
    }
    expect(bestMs, at).toBeLessThan(visitorMsMax);
  }
};

const sound = async (dir: string, kiosks: readonly SendingKiosk[]): Promise<void> => {
  const ledger = compare(kiosks, await countedIds(dir));
  expect({ lost: ledger.lost, twice: ledger.twice }).toEqual({ lost: [], twice: [] });
  const verified = await runOperator(['verify', '--json'], { DATA_DIR: dir });
  expect(verified).toMatchObject({ code: 0 });
};

describe.skipIf(mountLacks)('a full disk', () => {
  test('[F14][F15][I15] nothing is acknowledged, nothing else stops, and counting resumes by itself', async () => {
    const { disk, hub, kiosks } = await onDisk(2_048);
    await untilHolds('counting', () => kiosks.every((k) => k.acked >= 25));
    for (let round = 0; round < 2; round++) {
      disk.fill(round * 300);
      await untilHolds('not ready', async () => (await ready(hub)).storage === 'full');
      expect(await ready(hub)).toEqual({ status: 503, storage: 'full' });
      const before = kiosks.map((k) => k.acked);
      await visitorsServed(hub);
      await sleep(2_500);
      expect(kiosks.map((k) => k.acked)).toEqual(before);
      expect(kiosks.some((k) => (k.refusals.get('storage_full') ?? 0) > 0)).toBe(true);
      disk.free();
      const writableMs = await untilHolds('writable', async () => (await ready(hub)).status === 200);
      const resumedMs = writableMs + (await untilHolds('resumed', () => kiosks.some((k, i) => k.acked > (before[i] as number))));
      process.stdout.write(`full disk: counting again ${Math.round(resumedMs)} ms after there was space\n`);
      expect(writableMs).toBeLessThan(resumeMsMax + busyMs);
    }
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(disk.dir, kiosks);
  }, 90_000);

  test('[F14] a script that posts readings hears 503 storage_full and when to come again', async () => {
    const { disk, hub, kiosks } = await onDisk(2_048);
    const made = await fetch(`${hub.origin}/api/v1/devices`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ kind: 'counter', name: 'door', showcase, point: 'door-a' }),
    });
    expect(made.status).toBe(201);
    const { token } = (await made.json()) as { token: string };
    disk.fill();
    await untilHolds('full', async () => (await ready(hub)).storage === 'full');
    const from = Math.floor(Date.now() / 60_000) * 60_000 - 120_000;
    const reading = { kind: 'interval', from: new Date(from).toISOString(), to: new Date(from + 60_000).toISOString(), in: 3, out: 1 };
    const post = (): Promise<Response> =>
      fetch(`${hub.origin}/api/v1/readings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ records: [reading] }),
      });
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'storage_full' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    disk.free();
    await untilHolds('taken', async () => (await post()).status < 300, 2 * resumeMsMax);
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(disk.dir, kiosks);
  }, 60_000);

  test('[F16] a checkpoint that finds no space leaves the old one and no half-made file; the next start counts the same', async () => {
    const { disk, hub, kiosks } = await onDisk(2_048);
    await untilHolds('counting', () => kiosks.every((k) => k.acked >= 25));
    disk.fill();
    await untilHolds('full', async () => (await ready(hub)).storage === 'full');
    // a stop writes a checkpoint, which has no room
    expect(await hub.stop()).toMatchObject({ code: 0 });
    const documents = path.join(disk.dir, 'documents');
    expect(readdirSync(documents).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const again = await startHub(disk.dir, hub.port);
    undo.push(() => again.kill());
    expect((await fetch(`${again.origin}/api/v1/devices`, { headers: { authorization: `Bearer ${adminToken}` } })).status).toBe(200);
    disk.free();
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(disk.dir, kiosks);
  }, 60_000);

  test('[F21] no inode is left: what is open goes on; a start after a kill counts again by itself within 5 s of one', async () => {
    const { disk, hub, kiosks } = await onDisk(4_096, 24);
    await untilHolds('counting', () => kiosks.every((k) => k.acked >= 25));
    let made = 0;
    try {
      for (; made < 64; made++) writeFileSync(path.join(disk.dir, `inode-${made}`), '');
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
    expect(made).toBeLessThan(64);
    const before = kiosks.map((k) => k.acked);
    await untilHolds('counting without inodes', () => kiosks.every((k, i) => k.acked > (before[i] as number) + 10));
    await hub.kill();
    const again = await startHub(disk.dir, hub.port);
    undo.push(() => again.kill());
    // what the killed hub wrote last can't be made sure of without a file beside it
    await untilHolds('told to the kiosks', () => kiosks.some((k) => (k.refusals.get('read_only') ?? 0) > 0));
    await visitorsServed(again);
    const after = kiosks.map((k) => k.acked);
    for (let n = 0; n < Math.min(made, 4); n++) rmSync(path.join(disk.dir, `inode-${n}`));
    await untilHolds('counting by itself', () => kiosks.some((k, i) => k.acked > (after[i] as number)), resumeMsMax + busyMs);
    await untilHolds('counting of all', () => kiosks.every((k, i) => k.acked > (after[i] as number) + 10));
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(disk.dir, kiosks);
  }, 60_000);

  test('[F20] a read-only folder: the hub starts, serves, refuses counts and says so; writable again and restarted it counts', async () => {
    const { disk, hub, kiosks } = await onDisk(2_048);
    await untilHolds('counting', () => kiosks.every((k) => k.acked >= 25));
    await hub.kill();
    disk.remount('ro');
    const frozen = await startHub(disk.dir, hub.port);
    undo.push(() => frozen.kill());
    expect(await ready(frozen)).toEqual({ status: 503, storage: 'read-only' });
    expect(frozen.text.err).not.toBe('');
    await untilHolds('told to the kiosks', () => kiosks.some((k) => (k.refusals.get('read_only') ?? 0) > 0));
    const before = kiosks.map((k) => k.acked);
    await visitorsServed(frozen);
    expect(kiosks.map((k) => k.acked)).toEqual(before);
    await frozen.stop();
    disk.remount('rw');
    const again = await startHub(disk.dir, hub.port);
    undo.push(() => again.kill());
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(disk.dir, kiosks);
  }, 60_000);
});
if (mountLacks) process.stdout.write(`skipped: full and read-only disks: ${mountLacks}\n`);

describe.skipIf(straceLacks)('a failing sync', () => {
  const started = async (): Promise<{ dir: string; hub: HubProcess; kiosks: SendingKiosk[] }> => {
    const { dir, remove } = temporaryFolder('sync');
    undo.push(remove);
    await seedFolder(dir, kioskCount);
    const hub = await startHub(dir);
    undo.push(() => hub.kill());
    const kiosks = startKiosks(hub.origin, kioskCount, { answerWaitMs: 15_000 });
    await untilHolds('counting', () => kiosks.every((k) => k.acked >= 25));
    return { dir, hub, kiosks };
  };

  test('[F17][I16] EIO once: nothing more is acknowledged from that file; a new segment takes over and everything is counted once', async () => {
    const { dir, hub, kiosks } = await started();
    const fault = await inject(hub.pid, 'fdatasync:error=EIO:when=1');
    await fault.first;
    await fault.stop();
    await untilHolds('told', () => kiosks.some((k) => (k.refusals.get('storage_failed') ?? 0) > 0));
    await visitorsServed(hub);
    const before = kiosks.map((k) => k.acked);
    await untilHolds('counting again', () => kiosks.every((k, i) => k.acked > (before[i] as number)));
    expect(readdirSync(path.join(dir, 'journal')).filter((name) => name.endsWith('.kj')).length).toBeGreaterThan(1);
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(dir, kiosks);
    await hub.kill();
    const again = await startHub(dir);
    undo.push(() => again.kill());
    await sound(dir, kiosks);
  }, 60_000);

  test('[F19] a sync of 3 s: acknowledgements wait, nothing else does, and it is told', async () => {
    const { dir, hub, kiosks } = await started();
    const fault = await inject(hub.pid, 'fdatasync:delay_enter=3000000');
    await fault.first;
    const before = kiosks.map((k) => k.acked);
    await visitorsServed(hub);
    await sleep(500);
    expect(kiosks.filter((k, i) => k.acked > (before[i] as number) + 10)).toEqual([]);
    await untilHolds('a slow sync', () => hub.text.err.includes('slow-sync'));
    await fault.stop();
    await untilHolds('counting again', () => kiosks.every((k, i) => k.acked > (before[i] as number) + 20));
    expect(Math.max(...kiosks.map((k) => k.slowestAckMs))).toBeGreaterThan(1_500);
    await Promise.all(kiosks.map((k) => k.finish()));
    await sound(dir, kiosks);
  }, 60_000);
});
if (straceLacks) process.stdout.write(`skipped: failing and slow syncs: ${straceLacks}\n`);

/**
 * kill -9 at the worst moments: in a loop while kiosks send, between write and fdatasync, between fdatasync and the acknowledgement (F1 to F4).
 * KILL_SECONDS makes the loop longer, KILL_SEED makes it another one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { randomOf } from '../../shared/random.ts';
import { type HubProcess, runOperator, startHub } from '../hub/hub-process.ts';
import { countedIds, seedFolder, temporaryFolder } from './seeded-folder.ts';
import { compare, SendingKiosk, startKiosks } from './sending-kiosk.ts';
import { inject, straceLacks } from './strace.ts';
import { openProxy } from './tcp-proxy.ts';

const loopMs = Number(process.env['KILL_SECONDS'] ?? 20) * 1_000;
const seed = Number(process.env['KILL_SEED'] ?? 20_261_125);
const kioskCount = 20;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const folder = async (name: string): Promise<string> => {
  const { dir, remove } = temporaryFolder(name);
  undo.push(remove);
  await seedFolder(dir, kioskCount);
  return dir;
};

describe('kill -9', () => {
  test(
    '[F1][F4] in a loop while twenty kiosks send: acknowledged all present, each once, and a start takes 3 s at most',
    async () => {
      const dir = await folder('kill-loop');
      let hub: HubProcess = await startHub(dir);
      undo.push(() => hub.kill());
      const kiosks = startKiosks(hub.origin, kioskCount);
      const random = randomOf(seed);
      const untilMs = performance.now() + loopMs;
      let kills = 0;
      const startsMs: number[] = [];
      while (performance.now() < untilMs || kills < 5) {
        await sleep(random.between(300, 1_500));
        await hub.kill();
        kills++;
        const sinceMs = performance.now();
        hub = await startHub(dir, hub.port);
        startsMs.push(performance.now() - sinceMs);
      }
      await Promise.all(kiosks.map((k) => k.finish()));
      const ledger = compare(kiosks, await countedIds(dir));
      process.stdout.write(`seed ${seed}: ${kills} kills, ${ledger.acked} events acknowledged, slowest start ${Math.round(Math.max(...startsMs))} ms\n`);
      expect({ ...ledger, acked: 0 }).toEqual({ lost: [], twice: [], acked: 0 });
      expect(new Set(kiosks.flatMap((k) => [...k.verdicts]))).toEqual(new Set(['ok']));
      expect(await runOperator(['verify'], { DATA_DIR: dir })).toMatchObject({ code: 0 });
    },
    loopMs * 3 + 120_000,
  );

  test('[F2] between write and fdatasync: nothing was acknowledged, and the events come back once', async ({ skip }) => {
    if (straceLacks) skip(straceLacks);
    const dir = await folder('kill-unsynced');
    const hub = await startHub(dir);
    undo.push(() => hub.kill());
    const kiosk = new SendingKiosk({ origin: hub.origin, index: 0, batchEvents: 7, restMs: 0, answerWaitMs: 20_000 });
    const slow = await inject(hub.pid, 'fdatasync:delay_enter=8000000');
    kiosk.start(7);
    await slow.first;
    await sleep(100);
    expect(kiosk.acked).toBe(0);
    await hub.kill();
    await slow.stop();
    expect(kiosk.acked).toBe(0);
    const again = await startHub(dir, hub.port);
    undo.push(() => again.kill());
    await kiosk.finish();
    expect(compare([kiosk], await countedIds(dir))).toEqual({ lost: [], twice: [], acked: 7 });
  }, 60_000);

  test('[F3] after fdatasync, before the acknowledgement arrives: sent again, answered, counted once', async () => {
    const dir = await folder('kill-unacked');
    const hub = await startHub(dir);
    undo.push(() => hub.kill());
    const proxy = await openProxy(hub.port);
    undo.push(() => proxy.close());
    const kiosk = new SendingKiosk({ origin: proxy.origin, index: 0, batchEvents: 5, restMs: 0 });
    kiosk.start();
    while (kiosk.acked < 20) await sleep(10);
    proxy.line.holdAnswers = true;
    const heldFrom = proxy.answersHeld;
    while (proxy.answersHeld === heldFrom) await sleep(5);
    await sleep(200);
    const durable = (await countedIds(dir)).size;
    expect(durable).toBeGreaterThan(kiosk.acked);
    await hub.kill();
    proxy.cutAll();
    proxy.line.holdAnswers = false;
    const again = await startHub(dir, hub.port);
    undo.push(() => again.kill());
    await sleep(500);
    await kiosk.finish();
    const ledger = compare([kiosk], await countedIds(dir));
    expect({ lost: ledger.lost, twice: ledger.twice }).toEqual({ lost: [], twice: [] });
    expect(ledger.acked).toBeGreaterThanOrEqual(durable);
  }, 60_000);
});

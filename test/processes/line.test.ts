/** The line fails between kiosks and the real hub: half open, cut by size, reset every third piece, duplicates (F37, F39, F42). */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type HubProcess, startHub } from '../hub/hub-process.ts';
import { adminToken, countedIds, seedFolder, showcase, temporaryFolder } from './seeded-folder.ts';
import { compare, SendingKiosk } from './sending-kiosk.ts';
import { type BadLine, openProxy } from './tcp-proxy.ts';

const deadMsMax = 14_000;
/** what the test's own looking adds */
const lookMs = 5_000;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const onLine = async (name: string): Promise<{ dir: string; hub: HubProcess; proxy: BadLine }> => {
  const { dir, remove } = temporaryFolder(name);
  undo.push(remove);
  await seedFolder(dir, 2);
  const hub = await startHub(dir);
  undo.push(() => hub.kill());
  const proxy = await openProxy(hub.port);
  undo.push(() => proxy.close());
  return { dir, hub, proxy };
};

const kiosksConnected = async (hub: HubProcess): Promise<number> => {
  const text = await (await fetch(`${hub.origin}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } })).text();
  return Number(/^harbourlight_kiosks_connected (\d+)/m.exec(text)?.[1]);
};

describe('the line', () => {
  test('[F37] a half-open connection is dead within 14 s for the hub and for staff, and what waited arrives once', async () => {
    const { dir, hub, proxy } = await onLine('half-open');
    const kiosk = new SendingKiosk({ origin: proxy.origin, index: 0, batchEvents: 5, restMs: 50 });
    kiosk.start();
    while (kiosk.acked < 20) await sleep(20);
    expect(await kiosksConnected(hub)).toBe(1);
    proxy.line.silent = true;
    const sinceMs = performance.now();
    while ((await kiosksConnected(hub)) > 0) {
      if (performance.now() - sinceMs > deadMsMax + lookMs) throw new Error('the hub still believes in a dead connection');
      await sleep(100);
    }
    const live = (await (await fetch(`${hub.origin}/api/v1/showcases/${showcase}/live`, { headers: { authorization: `Bearer ${adminToken}` } })).json()) as {
      kiosks: { id: string; status: string }[];
    };
    expect(live.kiosks.find((k) => k.id === 'kiosk-0')?.status).toBe('offline');
    proxy.cutAll();
    proxy.line.silent = false;
    await kiosk.finish();
    const ledger = compare([kiosk], await countedIds(dir));
    expect({ lost: ledger.lost, twice: ledger.twice }).toEqual({ lost: [], twice: [] });
  }, 60_000);

  test('[F42] a proxy that cuts at 48 KB, then one that resets with every ninth piece: every connection makes progress', async () => {
    const { dir, proxy } = await onLine('cutting');
    for (const [index, line] of [{ cutAfterBytes: 48 * 1_024 }, { resetAtPiece: 9 }].entries()) {
      Object.assign(proxy.line, { cutAfterBytes: null, resetAtPiece: null }, line);
      const kiosk = new SendingKiosk({ origin: proxy.origin, index, batchEvents: 60, restMs: 0 });
      kiosk.start(2_500);
      await kiosk.finish();
      expect(kiosk.connects).toBeGreaterThan(3);
      expect(kiosk.progress.filter((events) => events < 1)).toEqual([]);
      const ledger = compare([kiosk], await countedIds(dir));
      expect(ledger).toEqual({ lost: [], twice: [], acked: 2_500 });
    }
  }, 60_000);

  test('[F39] two kiosks that are one (a cloned disk) send the same events at the same time: each is counted once', async () => {
    const { dir, hub } = await onLine('twins');
    const first = new SendingKiosk({ origin: hub.origin, index: 0, batchEvents: 20, restMs: 0 });
    first.start(400);
    const twin = first.twin();
    twin.start(400);
    await Promise.all([first.finish(), twin.finish()]);
    expect(compare([first, twin], await countedIds(dir))).toMatchObject({ lost: [], twice: [], acked: 800 });
  }, 60_000);
});

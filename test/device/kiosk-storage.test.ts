/** A kiosk whose storage is wiped or full, and several tabs of one browser: what was recorded counts once, staff are told, visitors notice nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { untilGood } from '../waiting.ts';
import { DeviceHub } from './device-hub.ts';
import { Device, keptPages, openKiosk, openMaintenance, pairAs, reload, stored, visits } from './kiosk-browser.ts';

let hub: DeviceHub;
// a name that is no secure origin, on the same machine
const plainHost = 'kiosk.test';
const device = new Device({ args: [`--host-resolver-rules=MAP ${plainHost} 127.0.0.1`] });
let page: Page;
let devtools: CDPSession;
/** enough for the pages, less than one value may have */
const roomBytes = 40e6;
/** Asks for more than there was: the browser, which remembers its last answer for half a minute, looks again how much room there is. */
const askForRoom = (): Promise<string> =>
  page.evaluate(
    `new Promise((resolve) => {
      // what can't be compressed
      const much = new Uint8Array(${roomBytes + 1e6});
      for (let at = 0; at < much.length; at += 65_536) crypto.getRandomValues(much.subarray(at, at + 65_536));
      const asked = indexedDB.open('harbourlight');
      asked.onsuccess = () => {
        const tx = asked.result.transaction('content', 'readwrite');
        tx.objectStore('content').put(much, 'too much');
        tx.oncomplete = tx.onabort = () => {
          asked.result.close();
          resolve(String(tx.error));
        };
      };
    })`,
  );
/** much longer than it takes to notice and to store, on a busy machine too */
const putBackMs = 5_000;
let visited = 0;
const visit = async (at: Page, n: number): Promise<void> => {
  await visits(at, n);
  visited += n;
};
const told = (code: string): Promise<string[]> =>
  untilGood(
    async () => (await hub.live()).kiosks.flatMap((k) => k.faults),
    (faults) => faults.includes(code),
  );

beforeAll(async () => {
  hub = await DeviceHub.begin();
  page = await device.launch();
  devtools = await device.context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: hub.origin, quotaSize: roomBytes });
  await openKiosk(page, `${hub.origin}/#pair=${hub.pairSecret}`);
  await keptPages(page, 1);
}, 180_000);
afterAll(async () => {
  await device.remove();
  await hub.close();
}, 180_000);

describe('storage in trouble', () => {
  test('[F29] full: visits go on, staff are told, what was recorded meanwhile is stored and counts once there is room again', async () => {
    await visit(page, 1);
    expect(await hub.sessions(visited)).toBe(visited);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: hub.origin, quotaSize: 1 });
    expect(await askForRoom()).toContain('QuotaExceededError');
    // a page that is opened on a full disk knows what it is paired as, and records
    await reload(page);
    const before = await stored(page);
    await visit(page, 3);
    expect(await told('storage_write_failed')).toContain('storage_write_failed');
    expect(await stored(page)).toEqual(before);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: hub.origin });
    expect(await hub.sessions(visited)).toBe(visited);
    expect(await stored(page)).toHaveLength(before.length + 3);
    expect((await hub.started()).map((e) => e.id).sort()).toEqual((await stored(page)).sort());
  }, 180_000);

  test('[F30] wiped under the page: what waited is put back, the kiosk stays paired, staff are told; also after a reload', async () => {
    await hub.kill();
    await visit(page, 2);
    await devtools.send('Storage.clearDataForOrigin', { origin: hub.origin, storageTypes: 'indexeddb' });
    await visit(page, 1);
    // to reload before what waited is put back would be a second fault in the same moment
    await sleep(putBackMs);
    await reload(page);
    await visit(page, 1);
    await hub.start();
    expect(await hub.sessions(visited)).toBe(visited);
    await devtools.send('Storage.clearDataForOrigin', { origin: hub.origin, storageTypes: 'indexeddb' });
    await visit(page, 1);
    expect(await hub.sessions(visited)).toBe(visited);
    expect(await told('storage_wiped')).toContain('storage_wiped');
    const ids = (await hub.started()).filter((e) => e.disposition === 'recorded').map((e) => e.id);
    expect(new Set(ids).size).toBe(visited);
    expect(ids).toHaveLength(visited);
  }, 180_000);
});

/**
 * Two tabs at `origin`, the first of them connected; the first dies. Answers the other, which has taken over. By locks there is one sender
 * at any moment; a lease may pass from a tab that the browser held back, and two may send for a moment, which changes no count.
 */
const leaderDies = async (first: Page, origin: string, by: 'locks' | 'lease'): Promise<Page> => {
  const second = await device.context.newPage();
  let wires = 0;
  second.on('websocket', () => wires++);
  await openKiosk(second, origin);
  await visit(first, 1);
  await visit(second, 1);
  expect(await hub.sessions(visited)).toBe(visited);
  if (by === 'locks') expect(wires).toBe(0);
  // its process ends at once, as when the system kills it
  const crash = await device.context.newCDPSession(first);
  const died = first.waitForEvent('crash');
  crash.send('Page.crash').catch(() => undefined); // nobody is left to answer
  await died;
  await visit(second, 1);
  expect(await hub.sessions(visited)).toBe(visited);
  if (by === 'locks') expect(wires).toBe(1);
  else expect(wires).toBeGreaterThan(0);
  const ids = (await hub.started()).map((e) => e.id);
  expect(new Set(ids).size).toBe(ids.length);
  return second;
};

describe('two tabs', () => {
  test('[F31] one sends for both; when it dies the other goes on, and nothing counts twice', async () => {
    page = await leaderDies(page, hub.origin, 'locks');
  }, 180_000);

  test('[F32] the same on a plain address, where there are no locks: by a lease; staff are told what this address lacks', async () => {
    const plain = `http://${plainHost}:${hub.port}`;
    const first = await device.context.newPage();
    await openKiosk(first, plain);
    expect(await first.evaluate("[isSecureContext, typeof navigator.locks, 'serviceWorker' in navigator]")).toEqual([false, 'undefined', false]);
    await pairAs(first, await hub.device());
    await reload(first);
    const second = await leaderDies(first, plain, 'lease');
    await openMaintenance(second);
    expect(await second.locator('.maintenance').textContent()).toContain('HTTPS');
  }, 180_000);
});

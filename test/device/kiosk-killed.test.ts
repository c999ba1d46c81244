/** A kiosk's browser that is reloaded, killed and copied, and a hub that goes and comes: every visit that was stored counts, each once. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtFiles } from './built-pages.ts';
import { DeviceHub } from './device-hub.ts';
import { Device, keptPages, reload, stored, visitOn, visits } from './kiosk-browser.ts';

let hub: DeviceHub;
const device = new Device();
const devices = [device];
let page: Page;

beforeAll(async () => {
  hub = await DeviceHub.begin();
  page = await device.open(`${hub.origin}/#pair=${hub.pairSecret}`);
}, 180_000);
afterAll(async () => {
  for (const d of devices) await d.remove();
  await hub.close();
}, 180_000);

/** What the hub counted is what these ids say: all of them, each once, and nothing else. */
const counted = async (ids: Iterable<string>): Promise<string[]> => {
  const want = [...new Set(ids)].sort();
  expect(await hub.sessions(want.length)).toBe(want.length);
  const got = (await hub.started()).filter((e) => e.disposition === 'recorded');
  expect(got.map((e) => e.id).sort()).toEqual(want);
  return want;
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a kiosk whose hub and browser go and come', () => {
  test('[F26] ten of ten: five visits with the hub up, five with it down, the page reloaded, the hub back; and reloads while it sends', async () => {
    await visits(page, 5);
    expect(await hub.sessions(5)).toBe(5);
    expect(await keptPages(page, builtFiles)).toBe(builtFiles);
    await hub.kill();
    await visits(page, 5);
    await reload(page);
    expect(await stored(page)).toHaveLength(10);
    await hub.start();
    const ten = await counted(await stored(page));
    expect(ten).toHaveLength(10);
    for (let i = 0; i < 3; i++) {
      await visits(page, 1);
      await reload(page);
    }
    await counted(await stored(page));
    expect(await hub.sessions(13)).toBe(13);
  }, 240_000);

  test('[F27] the browser is killed in the middle of visits, hub up and hub down: what was stored is there again and counts once', async () => {
    const seen = new Set(await stored(page));
    for (const [isUp, afterMs] of [
      [true, 900],
      [true, 1_600],
      [false, 700],
      [false, 1_300],
      [true, 1_100],
    ] as const) {
      await (isUp ? hub.start() : hub.kill());
      await visits(page, 1);
      for (const id of await stored(page)) seen.add(id);
      const ends = visitOn(page);
      await pause(afterMs);
      await device.kill();
      await ends;
      page = await device.open(hub.origin);
      const found = new Set(await stored(page));
      expect([...seen].filter((id) => !found.has(id))).toEqual([]);
      for (const id of found) seen.add(id);
    }
    await counted(seen);
    expect(seen.size).toBeGreaterThan(18);
  }, 300_000);

  test('[F33][F34] a profile copied while it runs: both run at once, and a third copy much later; all count once, and who was second goes on in an epoch of its own', async () => {
    await hub.kill();
    await visits(page, 2);
    const [twin, late] = [await device.copy(), await device.copy()];
    devices.push(twin, late);
    const common = new Set(await stored(page));
    const twinPage = await twin.open(hub.origin);
    expect(new Set(await stored(twinPage))).toEqual(common);
    await visits(twinPage, 2);
    await visits(page, 1);
    await hub.start();
    const both = await counted([...(await stored(page)), ...(await stored(twinPage))]);
    expect(both).toHaveLength(common.size + 3);
    await visits(twinPage, 1);
    await visits(page, 1);
    await counted([...(await stored(page)), ...(await stored(twinPage))]);
    const [ofPage, ofTwin] = [await stored(page), await stored(twinPage)];
    const recorded = await hub.started();
    const lastEpoch = (own: string[], others: string[]): string | undefined => recorded.findLast((e) => own.includes(e.id) && !others.includes(e.id))?.epoch;
    expect(lastEpoch(ofPage, ofTwin)).toBeTypeOf('string');
    expect(lastEpoch(ofPage, ofTwin)).not.toBe(lastEpoch(ofTwin, ofPage));
    expect(new Set(recorded.map((e) => e.device)).size).toBe(1);
    const all = [...ofPage, ...ofTwin];
    await twin.kill();
    const latePage = await late.open(hub.origin);
    expect(new Set(await stored(latePage))).toEqual(common);
    await visits(latePage, 1);
    const last = await counted([...all, ...(await stored(latePage))]);
    expect(last).toHaveLength(common.size + 6);
  }, 300_000);
});

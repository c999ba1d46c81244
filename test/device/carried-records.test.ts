/** A kiosk whose hub does not come back: its records are taken off the maintenance screen, as a file and as codes, and counted once. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import jsQR from 'jsqr';
import type { Page } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOutbox } from '../../shared/outbox-file.ts';
import { untilGood, waitMsMax } from '../waiting.ts';
import { DeviceHub } from './device-hub.ts';
import { Device, keptPages, openMaintenance, reload, stored, visits } from './kiosk-browser.ts';

/** of the design, 43 inches */
const pxPerMm = 2.02;
const visited = 8;
const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

let hub: DeviceHub;
const device = new Device();
let page: Page;
let ids: string[] = [];

beforeAll(async () => {
  hub = await DeviceHub.begin();
  page = await device.open(`${hub.origin}/#pair=${hub.pairSecret}`);
  await keptPages(page, 1);
  await hub.kill();
  await visits(page, visited);
  ids = await stored(page);
}, 180_000);
afterAll(async () => {
  await device.remove();
  await hub.close();
}, 180_000);

const rows = (out: string): { [name: string]: string } => Object.fromEntries([...out.matchAll(/^(\w[\w-]*) +(.*)$/gm)].map((m) => [m[1], m[2]]));
const take = async (file: string): Promise<{ [name: string]: string }> => {
  const ended = await hub.operator('import', file);
  expect(ended).toMatchObject({ code: 0, err: '' });
  return rows(ended.out);
};
/** What a phone reads from the glass. */
const decode = async (): Promise<string> => {
  const shot = PNG.sync.read(await page.screenshot());
  return jsQR(new Uint8ClampedArray(shot.data), shot.width, shot.height)?.data ?? '';
};
/** All codes, one after the other, as they stand on the screen. */
const codes = async (): Promise<string[]> => {
  await page.locator('.to-codes').click();
  await page.locator('.carry-code').waitFor();
  const box = await page.locator('.carry-code').boundingBox();
  expect((box?.width ?? 0) / pxPerMm).toBeGreaterThanOrEqual(120);
  expect((box?.x ?? -1) >= 0 && (box?.y ?? -1) >= 0).toBe(true);
  const [play, next] = [page.locator('.carry-acts .btn').nth(1), page.locator('.carry-acts .btn').nth(2)];
  const of = Number(/共 (\d+) 個/.exec((await page.locator('.carry-count').textContent()) ?? '')?.[1]);
  if (of > 1) await play.click(); // it plays by itself
  const seen = new Set<string>();
  for (let i = 0; i < of; i++) {
    seen.add(await decode());
    await next.click();
  }
  expect(seen.size).toBe(of);
  return [...seen];
};

describe('records carried by hand', () => {
  test('[D3] the file and the codes hold the same, an import of both counts it once, and so it stays when the kiosk comes back', async () => {
    await page.setViewportSize(portrait);
    await openMaintenance(page);
    const saving = page.waitForEvent('download', { timeout: waitMsMax });
    await page.locator('.to-file').click();
    const download = await saving;
    expect(download.suggestedFilename()).toMatch(/^harbourlight-outbox_[\w-]+_\d{8}T\d{6}Z\.ndjson\.gz$/);
    const file = path.join(hub.dataDir, 'carried.ndjson.gz');
    await download.saveAs(file);
    const read = readOutbox(gunzipSync(readFileSync(file)).toString('utf8'));
    if ('fault' in read) throw new Error(read.fault);
    const started = (read.events as { kind: string; id: string }[]).filter((e) => e.kind === 'session.started');
    expect(started.map((e) => e.id).sort()).toEqual([...ids].sort());

    const upright = await codes();
    expect(upright.length).toBeGreaterThan(1);
    const frames = path.join(hub.dataDir, 'frames.txt');
    writeFileSync(frames, upright.toReversed().join('\n'));
    expect(await take(frames)).toMatchObject({ events: String(read.events.length), new: String(read.events.length), rejected: '0' });
    expect(await take(file)).toMatchObject({ new: '0', counted: `${read.events.length} already` });
    expect(await stored(page)).toEqual(ids);

    await hub.start();
    expect(await hub.sessions(visited)).toBe(visited);
    const live = await untilGood(
      () => hub.live(),
      (l) => l.kiosks[0]?.waiting === 0,
    );
    expect(live.kiosks[0]?.waiting).toBe(0);
    expect(live.today.sessions).toBe(visited);
    expect(
      (await hub.started())
        .filter((e) => e.disposition === 'recorded')
        .map((e) => e.id)
        .sort(),
    ).toEqual([...ids].sort());
  }, 240_000);

  test('the codes are read in landscape too, also of what the hub has already', async () => {
    await page.setViewportSize(landscape);
    await reload(page);
    await openMaintenance(page);
    await page.locator('.maintenance .seg button').nth(1).click();
    for (const text of await codes()) expect(text).not.toBe('');
  }, 240_000);
});

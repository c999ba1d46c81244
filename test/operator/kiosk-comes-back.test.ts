/**
 * F63, I20: a hub that was put back to an older backup, one whose journal was repaired, and one that took a kiosk's outbox by hand: the kiosk
 * itself, by its real link, comes back to each of them, and in the end every event counts exactly once.
 */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type KioskLink, openKioskLink } from '../../kiosk/link/kiosk-link.ts';
import { MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { SocketWire } from '../../kiosk/link/socket-wire.ts';
import { outboxFormat, outboxLines, outboxVersion } from '../../shared/outbox-file.ts';
import { startHub } from '../hub/hub-process.ts';
import { scratchFolders } from '../scratch.ts';
import { untilHolds } from '../waiting.ts';
import { operate } from './operate.ts';
import { readEntries, sessionsIn, totalsOf } from './small-folder.ts';

const passphrase = 'correct horse battery staple';
const slowMs = 180_000;
const fresh = scratchFolders('back');

const record = async (link: KioskLink, from: number, to: number): Promise<void> => {
  for (let n = from; n <= to; n++) await link.record({ kind: 'session.started', session: `session-number-${n}`, lang: 'en' });
};

/** A new hub on a folder and a kiosk that was paired by the first start's link and has sent `events`. */
const begun = async (events: number) => {
  const dataDir = fresh();
  const hub = await startHub(dataDir, 0, { ADMIN_PASSPHRASE: passphrase });
  const link = await openKioskLink({
    origin: hub.origin,
    fetch,
    now: Date.now,
    random: (into) => crypto.getRandomValues(into),
    storage: new MemoryStorage(),
    wire: (parts) => new SocketWire(parts),
    locks: null,
  });
  const secret = /#pair=(\S+)/.exec(hub.text.out)?.[1] ?? '';
  expect(await link.claim(secret)).toBe(true);
  await untilHolds('online', () => link.state().online);
  await record(link, 1, events);
  await untilHolds('acknowledged', () => link.state().waiting === 0);
  return { dataDir, hub, link };
};

/** The sessions that the folder's journal counts, and how many different events it holds. */
const counted = async (dataDir: string): Promise<{ sessions: number; events: number }> => {
  const ids = (await readEntries(dataDir)).flatMap((e) => (e.kind === 'kiosk.recorded' ? e.items.flatMap((i) => ('kind' in i ? [i.id] : [])) : []));
  expect(new Set(ids).size).toBe(ids.length);
  return { sessions: sessionsIn(await totalsOf(dataDir)), events: ids.length };
};

/** Lets the kiosk come back until the journal counts `events`; then stops both. */
const comesBack = async (dataDir: string, port: number, link: KioskLink, events: number): Promise<void> => {
  const hub = await startHub(dataDir, port);
  await untilHolds('online again', () => link.state().online);
  // one more event: when it is acknowledged, so is everything before it
  await record(link, events, events);
  await untilHolds('sent again', () => link.state().waiting === 0);
  await link.close();
  await hub.stop();
  expect(await counted(dataDir)).toEqual({ sessions: events, events });
};

describe('the kiosk comes back', () => {
  test(
    'to a hub restored from yesterday: it sends again what the backup lacks',
    async () => {
      const { dataDir, hub, link } = await begun(8);
      const into = fresh();
      expect(await operate(['backup', into], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
      await record(link, 9, 20);
      await untilHolds('acknowledged', () => link.state().waiting === 0);
      await hub.stop();
      expect(await counted(dataDir)).toEqual({ sessions: 20, events: 20 });
      const [name] = await readdir(into);
      expect(await operate(['restore', path.join(into, name as string), '--replace'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
      expect(await counted(dataDir)).toEqual({ sessions: 8, events: 8 });
      await comesBack(dataDir, hub.port, link, 21);
    },
    slowMs,
  );

  test(
    'to a hub whose journal was repaired: it sends again what was lost in the middle',
    async () => {
      const { dataDir, hub, link } = await begun(5);
      await record(link, 6, 12);
      await untilHolds('acknowledged', () => link.state().waiting === 0);
      await hub.stop();
      const segment = path.join(dataDir, 'journal/00000001.kj');
      const bytes = await readFile(segment);
      const at = bytes.indexOf('session-number-5');
      bytes[at] = (bytes[at] as number) ^ 1;
      await writeFile(segment, bytes);
      expect(await operate(['repair', '--accept-gap'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
      expect((await counted(dataDir)).events).toBeLessThan(12);
      await comesBack(dataDir, hub.port, link, 13);
    },
    slowMs,
  );

  test(
    'after its outbox was imported: nothing counts twice',
    async () => {
      const { dataDir, hub, link } = await begun(4);
      await hub.stop();
      await untilHolds('offline', () => !link.state().online);
      const behind = fresh();
      await cp(dataDir, behind, { recursive: true });
      // what the kiosk holds, as its page would write it: taken from a hub that heard all of it
      const again = await startHub(dataDir, hub.port);
      await untilHolds('online again', () => link.state().online);
      await record(link, 5, 9);
      await untilHolds('acknowledged', () => link.state().waiting === 0);
      await again.stop();
      const recorded = (await readEntries(dataDir)).filter((e) => e.kind === 'kiosk.recorded');
      const [entry] = recorded;
      const events = recorded.flatMap((e) => e.items).map((item, i) => ({ ...item, seq: i + 1 }));
      const head = {
        format: outboxFormat,
        version: outboxVersion,
        device: entry?.device ?? '',
        showcase: entry?.showcase ?? '',
        zone: entry?.zone ?? '',
        epoch: entry?.epoch ?? '',
        madeMs: Date.now(),
        offsetMs: 0,
      } as const;
      const file = `${fresh()}.gz`;
      await writeFile(file, gzipSync([...outboxLines(head, events)].join('')));
      expect(await operate(['import', file], { DATA_DIR: behind })).toMatchObject({ code: 0, out: expect.stringMatching(/^new {7}5\ncounted {3}4 already$/m) });
      expect(await counted(behind)).toEqual({ sessions: 9, events: 9 });
      await comesBack(behind, hub.port, link, 10);
    },
    slowMs,
  );
});

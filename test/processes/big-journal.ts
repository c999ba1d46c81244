/**
 * A journal as a long show leaves it, written through the real journal: sessions of kiosks in batches, door readings every minute, scans.
 * About 130 bytes an event: ten million take 1.3 GB of disk.
 */
import { randomFillSync } from 'node:crypto';
import { openJournal } from '../../server/open-storage.ts';
import type { Entry } from '../../shared/entry.ts';
import type { KioskEvent } from '../../shared/event.ts';
import { randomOf } from '../../shared/random.ts';
import { showcase } from './seeded-folder.ts';

const dayStartsMs = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map((day) => Date.parse(`${day}T10:00:00+08:00`));
const dayMs = 9 * 3_600_000;
const PROJECTS = ['hkemobility', 'iam-smart', 'myobservatory', 'smart-lamppost', 'ehealth-plus', 'geolab', 'csdi-portal', 'hketoll'];
const LANGS = ['zh-HK', 'zh-HK', 'zh-CN', 'en'] as const;
const kiosks = 40;
const eventsPerBatch = 20;
const appendEvents = 6_000;

const pool = Buffer.alloc(48 * 1_024);
let poolAt = pool.length;
const freshId = (): string => {
  if (poolAt + 16 > pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  poolAt += 16;
  return pool.toString('base64url', poolAt - 16, poolAt);
};

/** Writes so many kiosk events, and what happens beside them, into the journal of a data folder. Answers how many entries. */
export const writeBigJournal = async (dataDir: string, events: number, seed = 20_261_125): Promise<number> => {
  const random = randomOf(seed);
  const journal = await openJournal(dataDir, Date.now, () => undefined);
  const seqs = new Array<number>(kiosks).fill(1);
  const batches = Math.ceil(events / eventsPerBatch);
  let session = freshId();
  let inSession = 0;
  const eventAt = (atMs: number): KioskEvent => {
    const base = { id: freshId(), atMs, session };
    const step = inSession++;
    if (step === 0) return { ...base, kind: 'session.started', lang: LANGS[Math.floor(random.between(0, LANGS.length))] ?? 'en' };
    const project = PROJECTS[Math.floor(random.between(0, PROJECTS.length))] ?? 'geolab';
    if (step > 4 && random.hits(0.12)) {
      const ended: KioskEvent = { ...base, kind: 'session.ended', reason: 'idle', seconds: 95, inputs: step };
      session = freshId();
      inSession = 0;
      return ended;
    }
    if (random.hits(0.1)) return { ...base, kind: 'link.shown', code: 'K7Q2M9', project };
    return step % 2 === 1 ? { ...base, kind: 'project.opened', project, via: 'hill' } : { ...base, kind: 'project.closed', project, seconds: 12.5 };
  };
  let waiting: Entry[] = [];
  let minute = 0;
  try {
    await journal.append([
      { kind: 'showcase.defined', receivedMs: dayStartsMs[0] as number, showcase, points: [{ id: 'door-a', zone: 'living', perimeter: true }], days: [] },
      { kind: 'links.mode-set', receivedMs: dayStartsMs[0] as number, mode: 'redirect' },
    ]);
    for (let b = 0; b < batches; b++) {
      const progress = (b / batches) * dayStartsMs.length;
      const receivedMs = Math.floor((dayStartsMs[Math.floor(progress)] as number) + (progress % 1) * dayMs);
      const k = b % kiosks;
      const count = Math.min(eventsPerBatch, events - b * eventsPerBatch);
      waiting.push({
        kind: 'kiosk.recorded',
        receivedMs,
        showcase,
        zone: 'living',
        device: `kiosk-${k}`,
        epoch: `epoch-of-big-kiosk-${k}`,
        from: seqs[k] as number,
        offsetMs: 0,
        items: Array.from({ length: count }, (_, i) => eventAt(receivedMs - (count - i) * 900)),
      });
      seqs[k] = (seqs[k] as number) + count;
      const now = Math.floor(receivedMs / 60_000);
      if (now > minute) {
        minute = now;
        const reading = { kind: 'interval' as const, from: new Date((now - 1) * 60_000).toISOString(), to: new Date(now * 60_000).toISOString(), in: b % 9, out: b % 7 };
        waiting.push({ kind: 'readings.recorded', receivedMs, showcase, point: 'door-a', device: 'counter-a', readings: [reading], quarantined: [], repeats: [] });
        waiting.push({ kind: 'link.scanned', receivedMs, showcase, code: 'K7Q2M9', project: 'geolab', n: 1 });
      }
      if (waiting.length < appendEvents / eventsPerBatch && b < batches - 1) continue;
      await journal.append(waiting);
      waiting = [];
    }
    return journal.position;
  } finally {
    await journal.close();
  }
};

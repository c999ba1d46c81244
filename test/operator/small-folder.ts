/** A small data folder as a hub would have left it, in many short segments: kiosks that sent their days, a counter, a register. All of it from a number. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { FileJournal } from '../../server/journal/file-journal.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import type { TotalsReport } from '../../server/operator/totals.ts';
import type { Entry } from '../../shared/entry.ts';
import { operate } from './operate.ts';

export const showcase = 'smart-hong-kong-pavilion';
export const startMs = Date.parse('2026-11-25T10:00:00+08:00');
export const kiosk = 'kiosk-1';
const zone = 'living';

/** The n-th event of a kiosk, as it would be sent, less its seq. */
export const eventOf = (device: string, n: number) => ({
  id: `${device}-event-${String(n).padStart(6, '0')}`,
  atMs: startMs + n * 1_000,
  kind: 'session.started' as const,
  session: `${device}-session-${n}`,
  lang: 'en' as const,
});

/** A kiosk's batch of events `from` to `from + n - 1`, which are numbered alike in its stream. */
export const batchOf = (device: string, from: number, n: number): Entry => ({
  kind: 'kiosk.recorded',
  receivedMs: startMs + (from + n) * 1_000,
  showcase,
  zone,
  device,
  epoch: `epoch-of-${device}`,
  from,
  offsetMs: 0,
  items: Array.from({ length: n }, (_, i) => eventOf(device, from + i)),
});

const readingOf = (n: number): Entry => ({
  kind: 'readings.recorded',
  receivedMs: startMs + n * 60_000,
  showcase,
  point: 'door-a',
  device: 'counter-1',
  readings: [{ kind: 'interval', from: new Date(startMs + n * 60_000).toISOString(), to: new Date(startMs + n * 60_000 + 60_000).toISOString(), in: 1 + (n % 5), out: n % 4 }],
  quarantined: [],
  repeats: [],
});

export const registerOf = (kiosks: readonly string[]) => ({
  // somebody is there already, so that a hub on it is not at its first start
  accounts: [{ name: 'admin', role: 'admin', salt: '00', hash: '00' }],
  tokens: [],
  devices: kiosks.map((id) => ({ id, kind: 'kiosk', name: id, showcase, zone, point: null, tokenHash: createHash('sha256').update(id).digest('hex'), revoked: false })),
});

/** What a journal of this length holds; a multiple of 10 entries after the first four. */
export const entriesOf = (n: number): Entry[] => {
  const entries: Entry[] = [
    { kind: 'showcase.defined', receivedMs: startMs, showcase, points: [{ id: 'door-a', zone, perimeter: true }], days: [] },
    { kind: 'links.mode-set', receivedMs: startMs, mode: 'direct' },
    { kind: 'document.saved', receivedMs: startMs, name: 'register', value: registerOf([kiosk, 'kiosk-2']) },
    { kind: 'authority.set', receivedMs: startMs, showcase, by: 'hub', point: 'door-a', source: 'sensor', device: 'counter-1', fromMs: 0 },
  ];
  for (let i = 0; entries.length < n; i++) {
    if (i % 5 === 4) entries.push(readingOf(i));
    else {
      const device = i % 2 === 0 ? kiosk : 'kiosk-2';
      entries.push(batchOf(device, Math.floor(i / 2) * 2 + 1, 2));
    }
  }
  return contiguous(entries);
};

/** Numbers the streams without a hole, whatever was left out between. */
const contiguous = (entries: readonly Entry[]): Entry[] => {
  const next = new Map<string, number>();
  return entries.map((entry) => {
    if (entry.kind !== 'kiosk.recorded') return entry;
    const from = next.get(entry.device) ?? 1;
    next.set(entry.device, from + entry.items.length);
    return batchOf(entry.device, from, entry.items.length);
  });
};

export const openSmall = (dataDir: string, segmentBytes = 4_096): Promise<FileJournal> =>
  FileJournal.open({
    folder: path.join(dataDir, 'journal'),
    files: nodeFileSystem,
    nowMs: () => startMs,
    random: (n) => randomBytes(n),
    after: () => () => undefined,
    segmentBytes,
  });

/** Makes the folder; one frame an entry. */
export const makeFolder = async (dataDir: string, entries: readonly Entry[] = entriesOf(100), segmentBytes?: number): Promise<void> => {
  await mkdir(path.join(dataDir, 'documents'), { recursive: true });
  const journal = await openSmall(dataDir, segmentBytes);
  for (const entry of entries) await journal.append([entry]);
  await journal.close();
  const documents = await LowDocuments.open({ files: nodeFileSystem, folder: path.join(dataDir, 'documents') });
  for (const entry of entries) if (entry.kind === 'document.saved') await documents.write(entry.name, entry.value);
  await documents.write('links', []);
  await documents.close();
};

/** All entries of a folder's journal. */
export const readEntries = async (dataDir: string): Promise<Entry[]> => {
  const journal = await FileJournal.open({
    folder: path.join(dataDir, 'journal'),
    files: nodeFileSystem,
    nowMs: Date.now,
    random: (n) => randomBytes(n),
    after: () => () => undefined,
    readOnly: true,
  });
  const all: Entry[] = [];
  for await (const { entries } of journal.read(0)) all.push(...entries);
  await journal.close();
  return all;
};

export const segmentsOf = async (dataDir: string): Promise<string[]> => (await readdir(path.join(dataDir, 'journal'))).filter((n) => /^\d{8}\.kj$/.test(n)).sort();

/** What `totals --json` says of a folder, without what changes with the place in time. */
export const totalsOf = async (dataDir: string): Promise<TotalsReport> => {
  const ended = await operate(['totals', '--by', 'all', '--json'], { DATA_DIR: dataDir });
  if (ended.code !== 0) throw new Error(`totals: ${ended.code} ${ended.err}`);
  return JSON.parse(ended.out) as TotalsReport;
};

/** The sessions that a totals report counts. */
export const sessionsIn = (report: TotalsReport): number => Number(report.showcases[showcase]?.day?.totals['sessions'] ?? 0);

/** `repair` as a process, on a small journal in many segments: what survives is counted, the gap is told, the originals stay, and a second run changes nothing. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import type { Entry } from '../../shared/entry.ts';
import { runHub, startHub } from '../hub/hub-process.ts';
import { scratchFolders } from '../scratch.ts';
import { operate } from './operate.ts';
import { entriesOf, kiosk, makeFolder, readEntries, registerOf, segmentsOf, sessionsIn, showcase, totalsOf } from './small-folder.ts';

const passphrase = 'correct horse battery staple';
const slowMs = 180_000;
const fresh = scratchFolders('repair');

const inJournal = (dataDir: string, name: string): string => path.join(dataDir, 'journal', name);
const flip = async (dataDir: string, name: string, at: (bytes: Buffer) => number): Promise<void> => {
  const bytes = await readFile(inJournal(dataDir, name));
  const place = at(bytes);
  bytes[place] = (bytes[place] as number) ^ 2;
  await writeFile(inJournal(dataDir, name), bytes);
};
const repair = (dataDir: string, ...more: string[]) => operate(['repair', ...more], { DATA_DIR: dataDir });
const sessionsOf = (entries: readonly Entry[]): number => entries.reduce((n, e) => (e.kind === 'kiosk.recorded' ? n + e.items.length : n), 0);

/** Repairs and checks all that must hold after any repair; answers what survived. */
const repairs = async (dataDir: string, before: readonly Entry[]): Promise<Entry[]> => {
  const originals = new Map<string, Buffer>();
  for (const name of await segmentsOf(dataDir)) originals.set(name, await readFile(inJournal(dataDir, name)));
  const told = await repair(dataDir);
  expect(told).toMatchObject({ code: 1, err: expect.stringMatching(/^harbourlight: [^\n]*--accept-gap[^\n]*\n$/), out: expect.stringMatching(/^lost$/m) });
  for (const [name, bytes] of originals) expect(await readFile(inJournal(dataDir, name))).toEqual(bytes);
  const done = await repair(dataDir, '--accept-gap');
  expect(done).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^repaired {2}position \d+/m) });
  const names = await readdir(path.join(dataDir, 'journal'));
  for (const [name, bytes] of originals) {
    const kept = names.find((n) => n.startsWith(`${name}.broken-`));
    expect(await readFile(inJournal(dataDir, kept ?? ''))).toEqual(bytes);
  }
  expect((await readdir(dataDir)).sort()).toEqual(['documents', 'journal']);
  expect(await operate(['verify'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
  const entries = await readEntries(dataDir);
  const survived = entries.filter((e, i) => JSON.stringify(e) === JSON.stringify(before[i]));
  expect(entries.filter((e) => e.kind === 'audit.noted' && e.action === 'journal.gap-accepted').length).toBeGreaterThan(0);
  expect(sessionsIn(await totalsOf(dataDir))).toBe(sessionsOf(survived));
  const position = (await totalsOf(dataDir)).position;
  expect(await repair(dataDir, '--accept-gap')).toMatchObject({ code: 0, out: expect.stringMatching(/^nothing to repair$/m) });
  expect((await totalsOf(dataDir)).position).toBe(position);
  return survived;
};

describe('repair', () => {
  test(
    'a flipped bit in the middle, a missing segment, one cut short: totals are those of what survives, and the hub starts and counts',
    async () => {
      const before = entriesOf(100);
      const damages: [number, (dataDir: string) => Promise<unknown>][] = [
        [99, (at) => flip(at, '00000005.kj', (b) => b.indexOf('session.started'))],
        [85, (at) => rm(inJournal(at, '00000004.kj'))],
        [90, async (at) => writeFile(inJournal(at, '00000006.kj'), (await readFile(inJournal(at, '00000006.kj'))).subarray(0, 1_700))],
      ];
      for (const [atLeast, damage] of damages) {
        const dataDir = fresh();
        await makeFolder(dataDir, before);
        await damage(dataDir);
        const survived = await repairs(dataDir, before);
        expect(survived.length).toBeGreaterThanOrEqual(atLeast);
        expect(survived.length).toBeLessThan(100);
        const hub = await startHub(dataDir, 0, { ADMIN_PASSPHRASE: passphrase });
        expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200);
        await hub.stop();
      }
    },
    slowMs,
  );

  test(
    'a checkpoint that still counts what is lost is given up; a register that only its document holds is recorded again',
    async () => {
      const newer = registerOf([kiosk, 'kiosk-2', 'kiosk-3']);
      const before: Entry[] = [...entriesOf(60), { kind: 'document.saved', receivedMs: 1, name: 'register', value: newer }, ...entriesOf(80).slice(60)];
      const dataDir = fresh();
      await makeFolder(dataDir, before);
      const documents = await LowDocuments.open({ files: nodeFileSystem, folder: path.join(dataDir, 'documents') });
      for (let copies = 0; copies < 2; copies++) await documents.write('checkpoint', { format: 1, position: 5, entry: 'of before' });
      const segments = await segmentsOf(dataDir);
      for (const name of segments) if ((await readFile(inJournal(dataDir, name))).includes('kiosk-3')) await flip(dataDir, name, (b) => b.indexOf('kiosk-3'));
      await repairs(dataDir, before);
      expect(await documents.read('checkpoint')).toMatchObject({ status: 'ok', value: { format: 0 } });
      await documents.close();
      expect((await readEntries(dataDir)).filter((e) => e.kind === 'document.saved').at(-1)).toMatchObject({ name: 'register', value: newer });
    },
    slowMs,
  );

  test(
    'that was cut off between two steps is finished by the next; until then no hub starts on what is there',
    async () => {
      const before = entriesOf(100);
      const [dataDir, twin] = [fresh(), fresh()];
      await makeFolder(dataDir, before);
      await rm(inJournal(dataDir, '00000004.kj'));
      // the sound journal as a repair leaves it before it takes its place: made from a twin's, with the plan that goes with it
      await makeFolder(twin, before);
      await rm(inJournal(twin, '00000004.kj'));
      expect(await repair(twin, '--accept-gap')).toMatchObject({ code: 0 });
      const repaired = path.join(dataDir, 'journal.repaired');
      await mkdir(repaired);
      const sound = await segmentsOf(twin);
      const id = (await readFile(inJournal(twin, sound[0] as string), 'latin1')).split(' ')[2];
      for (const name of sound) await writeFile(path.join(repaired, name), await readFile(inJournal(twin, name)));
      await writeFile(path.join(repaired, 'plan.json'), JSON.stringify({ journal: id, segments: sound.length, stamp: 77 }));
      await rename(inJournal(dataDir, '00000001.kj'), inJournal(dataDir, '00000001.kj.broken-77'));
      expect(await runHub({ DATA_DIR: dataDir, ADMIN_PASSPHRASE: passphrase })).toMatchObject({ code: 1, err: expect.stringMatching(/00000001/) });
      expect(await repair(dataDir)).toMatchObject({ code: 1, err: expect.stringMatching(/cut off/) });
      expect(await repair(dataDir, '--accept-gap')).toMatchObject({ code: 0, out: expect.stringMatching(/cut off was finished/) });
      expect(await readEntries(dataDir)).toEqual(await readEntries(twin));
      expect((await readdir(dataDir)).sort()).toEqual(['documents', 'journal']);
      expect((await readdir(path.join(dataDir, 'journal'))).filter((n) => n.endsWith('.broken-77'))).toHaveLength(13 - 1);
    },
    slowMs,
  );

  test(
    'is refused with exit code 73 while a hub has the folder, which starts read-only on damage',
    async () => {
      const dataDir = fresh();
      await makeFolder(dataDir, entriesOf(40), 64 << 20);
      await flip(dataDir, '00000001.kj', (b) => b.indexOf(showcase, 3_000));
      const hub = await startHub(dataDir, 0, { ADMIN_PASSPHRASE: passphrase });
      try {
        expect(await repair(dataDir, '--accept-gap')).toMatchObject({ code: 73, out: '', err: expect.stringMatching(/^harbourlight: .*stop it before repair\n$/) });
        expect(await repair(dataDir)).toMatchObject({ code: 1 });
      } finally {
        await hub.stop();
      }
    },
    slowMs,
  );
});

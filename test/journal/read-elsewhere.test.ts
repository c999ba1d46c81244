/** A journal's files read from another thread: what it says of where they are is plain data, holds while it goes on, and damage comes back to it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import { filesReader, type JournalFiles } from '../../server/journal/segment-reader.ts';
import { FaultFs } from '../faults/fault-fs.ts';
import { entries, entry, faultCode, openJournal, readAll } from './open-journal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'harbourlight-elsewhere-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('files of a journal', () => {
  test('[X12] are read up to the position at the call, also while segments follow; damage that is found there stops the journal', async () => {
    const { journal, news } = await openJournal(nodeFileSystem, { folder, segmentBytes: 900 });
    for (let n = 1; n <= 10; n++) await journal.append([entry(n)]);
    const told = structuredClone(journal.files()) as JournalFiles;
    for (let n = 11; n <= 20; n++) await journal.append([entry(n)]);
    const read = (files: JournalFiles, after = 0) => readAll(filesReader(files), after);
    expect(await read(told)).toEqual(entries(1, 10));
    expect(await read(told, 7)).toEqual(entries(8, 3));
    expect(await read(structuredClone(journal.files()) as JournalFiles)).toEqual(entries(1, 20));
    const second = path.join(folder, '00000002.kj');
    const bytes = readFileSync(second);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 1;
    writeFileSync(second, bytes);
    const fault = await read(told).catch((error: unknown) => error as { code: string; finding: { segment: number; offset: number; position: number; what: string } });
    expect(fault).toMatchObject({ code: 'damaged', finding: { segment: 2 } });
    if (Array.isArray(fault)) throw new Error('damage was passed over');
    journal.found(fault.finding);
    journal.found(fault.finding);
    expect([journal.state, journal.findings.length, news.filter((n) => n.kind === 'finding').length]).toEqual(['read-only', 1, 1]);
    expect(await faultCode(journal.append([entry(21)]))).toBe('read_only');
    await journal.close();
    expect(journal.files()).toBeNull();
  });

  test('[X12] are not told where they are on no disk of this machine', async () => {
    const { journal } = await openJournal(new FaultFs(), {});
    await journal.append([entry(1)]);
    expect(journal.files()).toBeNull();
    await journal.close();
  });
});

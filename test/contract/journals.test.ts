import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { FaultFs } from '../faults/fault-fs.ts';
import { openJournal } from '../journal/open-journal.ts';
import { journalContract } from './journal-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((f) => rm(f, { recursive: true }))));

describe('MemoryJournal', () => journalContract(async () => new MemoryJournal()));
describe('FileJournal on FaultFs', () => journalContract(async () => (await openJournal(new FaultFs())).journal));
describe('FileJournal with small segments', () => journalContract(async () => (await openJournal(new FaultFs(), { segmentBytes: 1000 })).journal));
describe('FileJournal on a disk', () =>
  journalContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harbourlight-'));
    folders.push(folder);
    return (await openJournal(nodeFileSystem, { folder: join(folder, 'journal') })).journal;
  }));

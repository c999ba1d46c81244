import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import { FaultFs } from '../faults/fault-fs.ts';
import { documentsContract } from './documents-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((f) => rm(f, { recursive: true }))));

describe('MemoryDocuments', () => documentsContract(async () => new MemoryDocuments()));
describe('LowDocuments on FaultFs', () => documentsContract(() => LowDocuments.open({ files: new FaultFs(), folder: '/data/documents' })));
describe('LowDocuments on a disk', () =>
  documentsContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harbourlight-'));
    folders.push(folder);
    return LowDocuments.open({ files: nodeFileSystem, folder: join(folder, 'documents') });
  }));

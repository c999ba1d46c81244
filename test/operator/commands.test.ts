/** What all commands have in common: help, exit codes, one line for a fault; and what `verify` says of documents. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import type { TotalsReport } from '../../server/operator/totals.ts';
import { progressOf } from '../../server/progress.ts';
import { runOperator } from '../hub/hub-process.ts';
import { makeLongJournal } from './long-journal.ts';
import { operate } from './operate.ts';
import { entriesOf, makeFolder, sessionsIn } from './small-folder.ts';

const slowMs = 120_000;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-commands-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the commands', () => {
  test(
    'help names each of them and the exit codes',
    async () => {
      const { code, out } = await runOperator(['help'], {});
      expect(code).toBe(0);
      for (const name of ['verify', 'totals', 'backup DIR', 'restore DIR [--replace]', 'import FILE', 'repair [--accept-gap]', 'pack check DIR', 'simulate'])
        expect(out).toContain(`  ${name}`);
      expect(out).toMatch(/^exit codes: 0 .*, 1 .*, 2 .*, 73 /m);
    },
    slowMs,
  );

  test.each([
    ['backup', 'backup DIR'],
    ['restore', 'restore DIR'],
    ['import', 'import FILE'],
    ['repair', 'repair'],
  ])(
    '%s: --help is 0 on stdout, a wrong call is 2 in one line',
    async (name, usage) => {
      expect(await runOperator([name, '--help'], {})).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`usage: npm run hub -- ${usage}`) });
      expect(await runOperator([name, 'one', 'two'], { DATA_DIR: path.join(folder, 'none') })).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(/^harbourlight: [^\n]*--help\n$/),
      });
    },
    slowMs,
  );

  test(
    'where the store is a database, none of them takes the data folder for it',
    async () => {
      const env = { DATA_DIR: path.join(folder, 'none'), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
      for (const [args, says] of [
        [['verify'], /^harbourlight: the database of DATABASE_URL can't be used: [^\n]*\n$/],
        [['totals'], /^harbourlight: the database of DATABASE_URL can't be used: [^\n]*\n$/],
        [['backup', folder], /^harbourlight: DATABASE_URL is set: [^\n]*\n$/],
        [['repair'], /^harbourlight: DATABASE_URL is set: [^\n]*\n$/],
      ] as const)
        expect(await runOperator(args, env)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(says) });
    },
    slowMs,
  );

  test(
    'verify tells a document that is read from its backup, which is no fault, from one that can not be read, which is',
    async () => {
      const dataDir = path.join(folder, 'documents-of');
      await makeFolder(dataDir, entriesOf(20));
      const documents = await LowDocuments.open({ files: nodeFileSystem, folder: path.join(dataDir, 'documents') });
      await documents.write('register', { again: true });
      await documents.close();
      const at = path.join(dataDir, 'documents');
      const damaged = async (name: string): Promise<void> => writeFile(path.join(at, name), (await readFile(path.join(at, name))).subarray(0, 60));
      await damaged('register.json');
      const backedUp = await operate(['verify', '--json'], { DATA_DIR: dataDir });
      expect(backedUp.code).toBe(0);
      expect(JSON.parse(backedUp.out)).toMatchObject({
        findings: [],
        documents: [
          { name: 'links', state: 'main' },
          { name: 'register', state: 'backup' },
        ],
      });
      await damaged('links.json');
      const corrupt = await operate(['verify'], { DATA_DIR: dataDir });
      expect(corrupt).toMatchObject({ code: 1, out: expect.stringMatching(/^ {2}links: .+\n {2}register: read from its backup$/m) });
    },
    slowMs,
  );

  test(
    'a long journal is read a piece at a time: verify, totals and backup need far less memory than it has bytes',
    async () => {
      const dataDir = path.join(folder, 'long');
      const position = await makeLongJournal(dataDir, 160_000);
      // what is held of it as entries would take five times this
      const env = { DATA_DIR: dataDir, NODE_OPTIONS: '--max-old-space-size=40' };
      const verified = await runOperator(['verify', '--json'], env);
      expect(verified.code).toBe(0);
      expect(JSON.parse(verified.out)).toMatchObject({ entries: position, findings: [] });
      const counted = await runOperator(['totals', '--json'], env);
      expect(sessionsIn(JSON.parse(counted.out) as TotalsReport)).toBe(20_000);
      expect(await runOperator(['backup', path.join(folder, 'long-backups')], env)).toMatchObject({ code: 0 });
    },
    slowMs,
  );

  test('progress is told after a second and then about every second, with the share that is done', () => {
    const lines: string[] = [];
    let nowMs = 0;
    const told = progressOf({ err: (line) => lines.push(line) }, 'counting', () => nowMs);
    for (nowMs = 0; nowMs <= 3_500; nowMs += 250) told(nowMs, 10_000);
    expect(lines).toEqual(['counting: 10 % (1,000 of 10,000)', 'counting: 20 % (2,000 of 10,000)', 'counting: 30 % (3,000 of 10,000)']);
  });
});

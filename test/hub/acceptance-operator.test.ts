/** The operator's commands as processes: exit codes, one clear line for each fault, nothing of the inside. And starts on storage or content that is no good. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStorage } from '../../server/open-storage.ts';
import { builtFolder, type Ended, runHub, runOperator, startHub } from './hub-process.ts';

const root = path.resolve(import.meta.dirname, '../..');
const passphrase = 'correct horse battery staple';
const pack = 'smart-hong-kong-pavilion';
/** a few processes on a busy machine */
const slowMs = 90_000;
let folder: string;
let folders = 0;
const fresh = (): string => path.join(folder, `data-${++folders}`);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-operator-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** One line on stderr, nothing else, and no trace of where in the program it came from. */
const expectOneLine = (ended: Ended, code: number, says: RegExp): void => {
  expect(ended.err.trimEnd().split('\n')).toHaveLength(1);
  expect(ended.err).toMatch(says);
  expect(ended.err).toMatch(/^harbourlight: /);
  expect(`${ended.out}${ended.err}`).not.toMatch(/\n\s+at |node:internal|\.ts:\d|\.js:\d/);
  expect(ended.out).toBe('');
  expect(ended.code).toBe(code);
};

describe('the operator’s commands', () => {
  test.each([
    [['frobnicate'], 2, /no command frobnicate/],
    [['backup'], 2, /one folder|FOLDER|--help/],
    [['totals', '--by', 'moon'], 2, /--by/],
    [['simulate', '--wrong'], 2, /--wrong/],
    [['verify'], 1, /no journal/],
  ] as const)(
    '%j exits %d with one line',
    async (args, code, says) => {
      expectOneLine(await runOperator(args, { DATA_DIR: fresh() }), code, says);
    },
    slowMs,
  );

  test(
    'verify and totals read beside a running hub; a damaged byte is found, exit code 1',
    async () => {
      const dataDir = fresh();
      const hub = await startHub(dataDir, 0, { ADMIN_PASSPHRASE: passphrase });
      try {
        expect(await runOperator(['verify'], { DATA_DIR: dataDir })).toMatchObject({ code: 0, out: expect.stringMatching(/^findings {2}0$/m) });
        expect(await runOperator(['totals'], { DATA_DIR: dataDir })).toMatchObject({ code: 0, out: expect.stringContaining('(check 0)') });
      } finally {
        await hub.kill();
      }
      const segment = path.join(dataDir, 'journal/00000001.kj');
      const bytes = await readFile(segment);
      const at = bytes.indexOf('showcase.defined');
      bytes[at] = (bytes[at] as number) ^ 1;
      await writeFile(segment, bytes);
      const damaged = await runOperator(['verify', '--json'], { DATA_DIR: dataDir });
      expect(damaged.code).toBe(1);
      expect(JSON.parse(damaged.out)).toMatchObject({ findings: [{ segment: 1 }] });
      expect(await readFile(segment)).toEqual(bytes);
      const cut = await runOperator(['totals'], { DATA_DIR: dataDir });
      expect(cut.code).toBe(1);
      expect(cut.err).toMatch(/^harbourlight: the journal is damaged from position 1 on .*\n$/);
    },
    slowMs,
  );

  test(
    'pack check names every fault; a hub whose only pack fails says which and exits 1',
    async () => {
      // a tree of its own: the program as it stands, with other content
      const tree = path.join(folder, 'tree');
      await mkdir(path.join(tree, 'content', pack), { recursive: true });
      await cp(await builtFolder(), path.join(tree, 'server'), { recursive: true });
      await symlink(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
      await cp(path.join(root, 'package.json'), path.join(tree, 'package.json'));
      const head = JSON.parse(await readFile(path.join(root, 'content', pack, 'pack.json'), 'utf8')) as { points: { zone: string }[] };
      head.points = head.points.map((p) => ({ ...p, zone: 'nowhere' }));
      await writeFile(path.join(tree, 'content', pack, 'pack.json'), JSON.stringify(head));
      const ended = await runHub({ DATA_DIR: fresh(), ADMIN_PASSPHRASE: passphrase }, path.join(tree, 'server/main.js'));
      const lines = ended.err.trimEnd().split('\n');
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(/^harbourlight: Pack smart-hong-kong-pavilion fails its check .*unknown_zone/);
      expect(lines[1]).toMatch(/^harbourlight: No content pack/);
      expect(ended.code).toBe(1);
      const checked = await runOperator(['pack', 'check', path.join(tree, 'content', pack)], {});
      expect(checked.code).toBe(1);
      expect(checked.out.trimEnd().split('\n')).toHaveLength(head.points.length);
      expect(await runOperator(['pack', 'check', path.join(root, 'content', pack)], {})).toMatchObject({ code: 0 });
    },
    slowMs,
  );
});

describe('a start on storage that is no good', () => {
  test(
    'a damaged register of which the journal has no copy is refused, rather than begin with nobody',
    async () => {
      const dataDir = fresh();
      const { journal, documents } = await openStorage(dataDir, Date.now, () => undefined);
      await documents.close();
      await journal.close();
      await writeFile(path.join(dataDir, 'documents/register.json'), 'not a document');
      expectOneLine(await runHub({ DATA_DIR: dataDir }), 1, /register/);
    },
    slowMs,
  );

  test(
    'a journal with a hole is refused, by the hub and by verify',
    async () => {
      const dataDir = fresh();
      const { journal, documents } = await openStorage(dataDir, Date.now, () => undefined);
      await documents.close();
      await journal.close();
      const at = path.join(dataDir, 'journal');
      const [segment] = (await readdir(at)).filter((n) => n.endsWith('.kj'));
      await cp(path.join(at, segment as string), path.join(at, '00000003.kj'));
      expectOneLine(await runHub({ DATA_DIR: dataDir, ADMIN_PASSPHRASE: passphrase }), 1, /00000002/);
      expectOneLine(await runOperator(['verify'], { DATA_DIR: dataDir }), 1, /00000002/);
    },
    slowMs,
  );
});

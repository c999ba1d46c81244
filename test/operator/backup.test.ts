/** `backup` and `restore` as processes: beside a hub under load, cut off half-way, onto a folder in use, from a backup that was changed, with a full disk. */
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attendanceOf, GROUPINGS } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { applyEntry, emptyTally } from '../../shared/tally.ts';
import { builtProgram, runOperator, startHub } from '../hub/hub-process.ts';
import { operate } from './operate.ts';
import { entriesOf, makeFolder, readEntries, showcase, totalsOf } from './small-folder.ts';

/** programs of the system */
const [mount, unmount] = ['mount', 'umount'] as const;
const passphrase = 'correct horse battery staple';
/** several processes, one after the other, on a busy machine */
const slowMs = 180_000;
const backupsMax = 10;
/** so many more entries, and visits are among them */
const busyEntries = 100;
let folder: string;
let made = 0;
const fresh = (): string => path.join(folder, `folder-${++made}`);
const onlyIn = async (at: string): Promise<string> => {
  const names = await readdir(at);
  expect(names).toHaveLength(1);
  return path.join(at, names[0] as string);
};

/** A small folder and its backup. */
const backedUp = async (): Promise<{ dataDir: string; at: string }> => {
  const [dataDir, into] = [fresh(), fresh()];
  await makeFolder(dataDir);
  expect(await operate(['backup', into], { DATA_DIR: dataDir })).toMatchObject({ code: 0, err: '' });
  return { dataDir, at: await onlyIn(into) };
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const attendancesOf = (entries: readonly Entry[]): string => {
  const tally = emptyTally();
  for (const [i, entry] of entries.entries()) applyEntry(tally, entry, i + 1);
  return JSON.stringify(GROUPINGS.map((by) => attendanceOf(tally, showcase, by, {}, [], 0)));
};

describe('backup', () => {
  test(
    'beside a hub under load: what is put back holds exactly the entries up to its position, and a hub counts on with it',
    async () => {
      const [dataDir, into, other] = [fresh(), fresh(), fresh()];
      const hub = await startHub(dataDir, 0, { ADMIN_PASSPHRASE: passphrase });
      const load = runOperator(['simulate', '--hub', hub.origin, '--passphrase', passphrase, '--visits', '1500', '--kiosks', '6', '--seconds', '12'], {});
      await sleep(2_000);
      const positions: number[] = [];
      // however slow the machine is: until one was made in the middle of the day
      while (positions.length < 2 || (positions.length < backupsMax && Number(positions.at(-1)) < Number(positions[0]) + busyEntries)) {
        const ended = await runOperator(['backup', into], { DATA_DIR: dataDir });
        expect(ended).toMatchObject({ code: 0 });
        positions.push(Number(/^position {2}(\d+)$/m.exec(ended.out)?.[1]));
      }
      const sent = await load;
      expect(sent.code, `${sent.err}${sent.out}`).toBe(0);
      await hub.stop();
      const whole = await readEntries(dataDir);
      expect(positions.at(-1)).toBeGreaterThan(positions[0] as number);
      expect(whole.length).toBeGreaterThanOrEqual(positions.at(-1) as number);
      const position = positions.at(-1) as number;
      const at = path.join(into, (await readdir(into)).sort().at(-1) as string);
      const restored = await operate(['restore', at], { DATA_DIR: other });
      expect(restored).toMatchObject({ code: 0, err: '' });
      expect(restored.out).toMatch(new RegExp(`^position {2}${position}$`, 'm'));
      expect(restored.out).toMatch(/^totals {4}smart-hong-kong-pavilion: visits \d/m);
      const held = await readEntries(other);
      expect(held).toEqual(whole.slice(0, position));
      expect(attendancesOf(held)).toBe(attendancesOf(whole.slice(0, position)));
      expect(await operate(['verify'], { DATA_DIR: other })).toMatchObject({ code: 0 });
      // nobody's sign-in comes back
      expect(await readdir(path.join(other, 'documents'))).not.toContain('sessions.json');
      const again = await startHub(other, 0);
      expect((await fetch(`${again.origin}/readyz`)).status).toBe(200);
      await again.stop();
    },
    slowMs,
  );

  test(
    'that is killed half-way leaves nothing that is taken for a backup, and the next one clears it away',
    async () => {
      const [dataDir, into] = [fresh(), fresh()];
      await makeFolder(dataDir, entriesOf(60));
      await mkdir(into, { recursive: true });
      const child = spawn(process.execPath, [await builtProgram('operator'), 'backup', into], { env: { PATH: process.env['PATH'], DATA_DIR: dataDir }, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('close', resolve));
      // as soon as anything of it is there
      for (let turn = 0; turn < 10_000 && (await readdir(into)).length === 0; turn++) await sleep(1);
      child.kill('SIGKILL');
      await ended;
      const left = await readdir(into);
      expect(left).toHaveLength(1);
      // on a fast disk it may be done by then: the name says which
      if (left[0]?.startsWith('.unfinished-')) {
        expect(await operate(['restore', path.join(into, left[0])], { DATA_DIR: fresh() })).toMatchObject({ code: 1 });
        expect(await operate(['backup', into], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
      }
      expect(path.basename(await onlyIn(into))).toMatch(/^harbourlight-\d{8}T\d{6}Z-60$/);
    },
    slowMs,
  );

  test(
    'refuses a place inside the data folder, a folder without a journal, and a damaged journal; nothing is left behind',
    async () => {
      const dataDir = fresh();
      await makeFolder(dataDir, entriesOf(40));
      expect(await operate(['backup', path.join(dataDir, 'backups/of-today')], { DATA_DIR: dataDir })).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^harbourlight: .*lies in the data folder.*\n$/),
      });
      expect((await readdir(dataDir)).sort()).toEqual(['documents', 'journal']);
      expect(await operate(['backup', fresh()], { DATA_DIR: fresh() })).toMatchObject({ code: 1, err: expect.stringMatching(/^harbourlight: there is no journal in .*\n$/) });
      const segment = path.join(dataDir, 'journal/00000002.kj');
      const bytes = await readFile(segment);
      bytes[600] = (bytes[600] as number) ^ 1;
      await writeFile(segment, bytes);
      const into = fresh();
      expect(await operate(['backup', into], { DATA_DIR: dataDir })).toMatchObject({ code: 1, err: expect.stringMatching(/^harbourlight: .*damaged in segment 2.*\n$/) });
      expect(await readdir(path.dirname(into))).not.toContain(path.basename(into));
    },
    slowMs,
  );

  test(
    'with a full disk says so in a line and leaves nothing behind',
    async ({ skip }) => {
      const disk = fresh();
      await mkdir(disk, { recursive: true });
      const mounted = spawnSync(mount, ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
      if (mounted.status !== 0) {
        process.stderr.write('skipped: a small disk can only be mounted by root\n');
        skip();
      }
      try {
        const dataDir = fresh();
        await makeFolder(dataDir, entriesOf(40));
        const full = /^harbourlight: no space .*\n$/;
        // seen before anything is copied: a document that is longer than the disk
        await writeFile(path.join(dataDir, 'documents/links.json'), Buffer.alloc(2 << 20));
        expect(await operate(['backup', path.join(disk, 'b')], { DATA_DIR: dataDir })).toMatchObject({ code: 1, err: expect.stringMatching(full) });
        expect(await readdir(disk)).toEqual([]);
        // and on the way: files take whole pages, so that many small segments need more than their bytes
        const many = fresh();
        await makeFolder(many, entriesOf(700), 1_000);
        expect(await operate(['backup', path.join(disk, 'b')], { DATA_DIR: many })).toMatchObject({ code: 1, err: expect.stringMatching(full) });
        expect(await readdir(disk)).toEqual([]);
        const small = fresh();
        await makeFolder(small, entriesOf(20));
        expect(await operate(['backup', path.join(disk, 'b')], { DATA_DIR: small })).toMatchObject({ code: 0 });
      } finally {
        spawnSync(unmount, [disk]);
      }
    },
    slowMs,
  );
});

describe('restore', () => {
  test(
    'onto a used folder is refused, with --replace the old one is kept aside; while a hub has it, exit code 73',
    async () => {
      const { dataDir, at } = await backedUp();
      const used = fresh();
      await makeFolder(used, entriesOf(30));
      const before = await readEntries(used);
      expect(await operate(['restore', at], { DATA_DIR: used })).toMatchObject({ code: 1, err: expect.stringMatching(/^harbourlight: .*is not empty; --replace .*\n$/) });
      expect(await readEntries(used)).toEqual(before);
      const hub = await startHub(used, 0, { ADMIN_PASSPHRASE: passphrase });
      const locked = await operate(['restore', at, '--replace'], { DATA_DIR: used });
      expect(locked).toMatchObject({ code: 73, out: '', err: expect.stringMatching(/^harbourlight: .*stop it before restore\n$/) });
      expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200);
      await hub.stop();
      const aside = (await readEntries(used)).length;
      expect(await operate(['restore', at, '--replace'], { DATA_DIR: used })).toMatchObject({ code: 0, err: '' });
      expect(await readEntries(used)).toEqual(await readEntries(dataDir));
      const kept = (await readdir(folder)).filter((n) => n.startsWith(`${path.basename(used)}.replaced-`));
      expect(kept).toHaveLength(1);
      expect(await readEntries(path.join(folder, kept[0] as string))).toHaveLength(aside);
      expect((await readdir(used)).sort()).toEqual(['documents', 'journal']);
    },
    slowMs,
  );

  test(
    'a backup of which anything was changed, taken away or added is refused before anything is touched',
    async () => {
      const { at } = await backedUp();
      const changed = async (change: (copy: string) => Promise<unknown>): Promise<void> => {
        const [copy, dataDir] = [fresh(), fresh()];
        await cp(at, copy, { recursive: true });
        await change(copy);
        expect(await operate(['restore', copy], { DATA_DIR: dataDir })).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^harbourlight: [^\n]*backup[^\n]*\n$/) });
        expect(await readdir(folder)).not.toContain(path.basename(dataDir));
      };
      const flip = (file: string) => async (copy: string) => {
        const bytes = await readFile(path.join(copy, file));
        const middle = bytes.length >> 1;
        bytes[middle] = (bytes[middle] as number) ^ 8;
        await writeFile(path.join(copy, file), bytes);
      };
      await changed(flip('journal/00000002.kj'));
      await changed(flip('documents/register.json'));
      await changed((copy) => rm(path.join(copy, 'journal/00000003.kj')));
      await changed((copy) => writeFile(path.join(copy, 'journal/00000099.kj'), ''));
      await changed((copy) => rm(path.join(copy, 'manifest.json')));
      await changed(async (copy) => {
        const manifest = await readFile(path.join(copy, 'manifest.json'), 'utf8');
        await writeFile(path.join(copy, 'manifest.json'), manifest.replace(/"position": \d+/, '"position": 7'));
      });
      await changed((copy) => writeFile(path.join(copy, 'manifest.json'), '{"format":"harbourlight-backup","version":2}'));
    },
    slowMs,
  );

  test(
    'a restore that was cut off is done again: what it left is no data',
    async () => {
      const { dataDir, at } = await backedUp();
      const to = fresh();
      await mkdir(path.join(to, 'restoring.tmp/journal'), { recursive: true });
      await writeFile(path.join(to, 'restoring.tmp/journal/00000001.kj'), 'half');
      expect(await operate(['restore', at], { DATA_DIR: to })).toMatchObject({ code: 0 });
      expect((await readdir(to)).sort()).toEqual(['documents', 'journal']);
      expect((await totalsOf(to)).hash).toBe((await totalsOf(dataDir)).hash);
    },
    slowMs,
  );
});

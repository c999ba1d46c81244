/** `import` as a process: a kiosk's rescued outbox counts once, however often and in whatever form it comes; what is not whole is refused whole. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OutboxHead, outboxFormat, outboxFrame, outboxLines, outboxPieceBytes, outboxVersion } from '../../shared/outbox-file.ts';
import { randomOf } from '../../shared/random.ts';
import { batchEventsMax } from '../../shared/wire-limits.ts';
import { startHub } from '../hub/hub-process.ts';
import { operate } from './operate.ts';
import { entriesOf, eventOf, kiosk, makeFolder, readEntries, sessionsIn, showcase, startMs, totalsOf } from './small-folder.ts';

const passphrase = 'correct horse battery staple';
const slowMs = 180_000;
let folder: string;
let made = 0;
const fresh = (): string => path.join(folder, `thing-${++made}`);

const headOf = (device = kiosk): OutboxHead => ({
  format: outboxFormat,
  version: outboxVersion,
  device,
  showcase,
  zone: 'living',
  epoch: `epoch-of-${device}`,
  madeMs: startMs,
  offsetMs: 90_000,
});
/** The text of an outbox: events `from` to `to` of a kiosk, as the small folder numbers them. */
const textOf = (from: number, to: number, head = headOf(), more: object[] = []): string =>
  [...outboxLines(head, [...Array.from({ length: to - from + 1 }, (_, i) => ({ ...eventOf(kiosk, from + i), seq: from + i })), ...more])].join('');
const framesOf = (bytes: Buffer, tag = 'abcd1234'): string[] => {
  const of = Math.ceil(bytes.length / outboxPieceBytes);
  return Array.from({ length: of }, (_, i) => outboxFrame(tag, i, of, bytes.subarray(i * outboxPieceBytes, (i + 1) * outboxPieceBytes).toString('base64url')));
};
const file = async (content: string | Buffer): Promise<string> => {
  const name = fresh();
  await writeFile(name, content);
  return name;
};
const take = (dataDir: string, name: string, ...more: string[]) => operate(['import', name, ...more], { DATA_DIR: dataDir });
const lines = (ended: { out: string }): { [name: string]: string } => Object.fromEntries([...ended.out.matchAll(/^(\w[\w-]*) +(.*)$/gm)].map((m) => [m[1], m[2]]));
const folderOf = async (entries = 50): Promise<string> => {
  const dataDir = fresh();
  await makeFolder(dataDir, entriesOf(entries));
  return dataDir;
};
/** How many events of the kiosk the small folder holds: its stream is recorded through there. */
const throughOf = async (dataDir: string): Promise<number> =>
  (await readEntries(dataDir)).reduce((n, e) => (e.kind === 'kiosk.recorded' && e.device === kiosk && e.epoch === `epoch-of-${kiosk}` ? n + e.items.length : n), 0);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('import', () => {
  test(
    'counts what the hub lacks, once: twice the same, in every form, and what overlaps; the audit says whose it was',
    async () => {
      const dataDir = await folderOf();
      const [before, through] = [sessionsIn(await totalsOf(dataDir)), await throughOf(dataDir)];
      // the last ten that the hub has, and 1,200 more
      const text = textOf(through - 9, through + 1_200);
      const first = await take(dataDir, await file(gzipSync(text)));
      expect(first).toMatchObject({ code: 0, err: '' });
      expect(lines(first)).toMatchObject({ device: kiosk, events: '1210', new: '1200', counted: '10 already', rejected: '0' });
      const after = await totalsOf(dataDir);
      expect(sessionsIn(after)).toBe(before + 1_200);
      const packed = gzipSync(text);
      for (const again of [packed, text, framesOf(packed).join('\n'), framesOf(Buffer.from(text)).reverse().join('\r\n')]) {
        const ended = await take(dataDir, await file(again));
        expect(lines(ended)).toMatchObject({ events: '1210', new: '0', counted: '1210 already', 'sha-256': lines(first)['sha-256'] });
      }
      const overlapping = await take(dataDir, await file(textOf(through + 1_100, through + 1_201)));
      expect(lines(overlapping)).toMatchObject({ new: '1', counted: '101 already' });
      expect(sessionsIn(await totalsOf(dataDir))).toBe(before + 1_201);
      const entries = await readEntries(dataDir);
      const taken = entries.filter((e) => e.kind === 'kiosk.recorded' && e.epoch.startsWith('import-'));
      expect(taken.length).toBeGreaterThan(2);
      for (const e of taken) expect(e).toMatchObject({ device: kiosk, showcase, zone: 'living', offsetMs: 90_000 });
      expect(Math.max(...taken.map((e) => (e.kind === 'kiosk.recorded' ? e.items.length : 0)))).toBeLessThanOrEqual(batchEventsMax);
      const noted = entries.filter((e) => e.kind === 'audit.noted' && e.action === 'outbox.imported');
      expect(noted).toHaveLength(6);
      expect(noted[0]).toMatchObject({
        by: expect.stringMatching(/^operator/),
        target: expect.stringContaining(`${kiosk} sha256:${lines(first)['sha-256']} events:1210 new:1200`),
      });
      expect(await operate(['verify'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    },
    slowMs,
  );

  test(
    'frames come in any order and again and again; one that is missing is named',
    async () => {
      const dataDir = await folderOf(20);
      const frames = framesOf(Buffer.from(textOf(1, 60)));
      expect(frames.length).toBeGreaterThan(5);
      const random = randomOf(4);
      const shuffled = [...frames, ...frames.slice(2, 5)].map((frame) => ({ frame, at: random.next() })).sort((a, b) => a.at - b.at);
      const lacking = shuffled.filter(({ frame }) => !/ (2|4)\//.test(frame)).map(({ frame }) => frame);
      expect(await take(dataDir, await file(lacking.join('\n')))).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/ lacks 2 of \d+ QR frames: 2, 4; .*\n$/) });
      const whole = await take(dataDir, await file(`\n${shuffled.map(({ frame }) => frame).join('\n')}\n\n`));
      expect(lines(whole)).toMatchObject({ events: '60' });
      const mixed = [...frames.slice(0, 3), ...framesOf(Buffer.from(textOf(1, 60)), 'other123').slice(3)];
      expect(await take(dataDir, await file(mixed.join('\n')))).toMatchObject({ code: 1, err: expect.stringMatching(/more than one outbox/) });
    },
    slowMs,
  );

  test(
    'a malformed event is recorded as rejected and named; the others count',
    async () => {
      const dataDir = await folderOf(20);
      const through = await throughOf(dataDir);
      const bad = [
        { ...eventOf(kiosk, 900), kind: 'money.taken', seq: 3 },
        { ...eventOf(kiosk, 901), atMs: 'noon' },
      ];
      const name = await file(textOf(through + 1, through + 3, headOf(), bad));
      const ended = await take(dataDir, name);
      expect(lines(ended)).toMatchObject({ events: '5', new: '3', rejected: '2' });
      expect(ended.out).toMatch(/^ {2}line 5: unknown_kind\n {2}line 6: bad_at_ms$/m);
      const again = JSON.parse((await take(dataDir, name, '--json')).out) as object;
      expect(again).toMatchObject({
        events: 5,
        fresh: 0,
        counted: 3,
        rejected: [
          { line: 5, code: 'rejected_before' },
          { line: 6, code: 'rejected_before' },
        ],
      });
      expect((await readEntries(dataDir)).flatMap((e) => (e.kind === 'kiosk.recorded' ? e.items.filter((i) => 'rejected' in i) : []))).toHaveLength(2);
    },
    slowMs,
  );

  test(
    'refuses whole what is cut, changed, foreign, newer, of an unknown kiosk or showcase; the journal is as it was',
    async () => {
      const dataDir = await folderOf(20);
      const before = await readEntries(dataDir);
      const text = textOf(500, 540);
      const packed = gzipSync(text);
      const flipped = Buffer.from(packed);
      flipped[packed.length >> 1] = (flipped[packed.length >> 1] as number) ^ 16;
      const refused: [string | Buffer, RegExp, ...string[]][] = [
        [packed.subarray(0, packed.length - 40), /cut short or damaged/],
        [flipped, /cut short or damaged/],
        [text.slice(0, -30), /cut short or damaged/],
        [text.replace(/\n[^\n]*event-000520[^\n]*\n/, '\n'), /cut short or damaged/],
        ['name,visits\n2026-11-25,7\n', /not a kiosk's outbox/],
        ['', /not a kiosk's outbox/],
        [gzipSync('hello'), /not a kiosk's outbox/],
        [textOf(1, 2, { ...headOf(), version: 2 as 1 }), /newer version/],
        [textOf(1, 2, headOf('kiosk-9')), /kiosk-9, which this hub does not know .*--device ID/],
        [textOf(1, 2, headOf('kiosk-9')), /knows no kiosk kiosk-8/, '--device', 'kiosk-8'],
        [text, /which this hub knows/, '--device', 'kiosk-2'],
        [textOf(1, 2, { ...headOf(), showcase: 'another-show' }), /another-show/],
      ];
      for (const [content, says, ...more] of refused) {
        const ended = await take(dataDir, await file(content), ...more);
        expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^harbourlight: [^\n]*\n$/) });
        expect(ended.err).toMatch(says);
      }
      expect(await take(dataDir, path.join(folder, 'nowhere'))).toMatchObject({ code: 1, err: expect.stringMatching(/ENOENT/) });
      expect(await readEntries(dataDir)).toEqual(before);
      const named = await take(dataDir, await file(textOf(700, 703, headOf('kiosk-9'))), '--device', 'kiosk-2');
      expect(lines(named)).toMatchObject({ device: 'kiosk-2', new: '4' });
      expect((await readEntries(dataDir)).at(-1)).toMatchObject({ target: expect.stringContaining('file-device:kiosk-9') });
    },
    slowMs,
  );

  test(
    'is refused with exit code 73 while a hub runs, which goes on',
    async () => {
      const dataDir = await folderOf(20);
      const hub = await startHub(dataDir, 0, { ADMIN_PASSPHRASE: passphrase });
      try {
        expect(await take(dataDir, await file(textOf(1, 2)))).toMatchObject({ code: 73, out: '', err: expect.stringMatching(/^harbourlight: .*stop it before import\n$/) });
        expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200);
      } finally {
        await hub.stop();
      }
      expect(await readdir(path.join(dataDir, 'journal'))).not.toContain('hub.pid');
    },
    slowMs,
  );
});

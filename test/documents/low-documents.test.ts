/** F16, F23, F24, I24: documents under power cuts, full disks and damaged files: the old or the new, the backup, or `corrupt`; never made up. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { documentBytesMax } from '../../server/documents/documents.ts';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { type Failure, FaultFs } from '../faults/fault-fs.ts';
import { faultCode } from '../journal/open-journal.ts';

// other processes and long files take their time on a busy machine
vi.setConfig({ testTimeout: 60_000 });

const folder = '/data/documents';
const main = `${folder}/a.json`;
const open = (files: FaultFs): Promise<LowDocuments> => LowDocuments.open({ files, folder });
const value = (n: number): unknown => ({ n, text: '參觀'.repeat(50) });

let files: FaultFs;
beforeEach(() => {
  files = new FaultFs();
});

describe('[F24] a power cut at every operation', () => {
  it.each([false, true])('leaves the old or the new document, never an empty one (garbage: %s)', async (garbage) => {
    const whole = new FaultFs();
    const first = await open(whole);
    for (let n = 1; n <= 4; n++) await first.write('a', value(n));
    for (let stop = 1; stop <= whole.operations; stop++) {
      files = new FaultFs();
      files.stopAt(stop);
      let acked = 0;
      try {
        const documents = await open(files);
        for (let n = 1; n <= 4; n++) {
          await documents.write('a', value(n));
          acked = n;
        }
      } catch {
        // the power is off
      }
      for (let seed = 0; seed < 8; seed++) {
        const after = files.cut(stop * 10 + seed, garbage);
        const documents = await open(after);
        const read = await documents.read('a');
        if (acked === 0 && read.status === 'missing') continue;
        expect(read.status).toBe('ok');
        const { n } = (read as { value: { n: number } }).value;
        expect([acked, acked + 1]).toContain(n);
        expect(after.paths().filter((p) => p.endsWith('.tmp'))).toEqual([]);
        await documents.write('a', value(9));
        expect(await (await open(after.cut(seed))).read('a')).toMatchObject({ status: 'ok', value: { n: 9 }, from: 'main' });
      }
    }
  });
});

describe('[F16] a write that fails', () => {
  it.each<Failure>(['ENOSPC', 'EIO', 'short', 'EMFILE', 'EROFS'])('%s at any operation: told, the old or the new is there, and the next write works', async (failure) => {
    for (let n = 1; n <= 14; n++) {
      files = new FaultFs();
      const documents = await open(files);
      await documents.write('a', value(1));
      await documents.write('a', value(2));
      files.failAt(n, failure);
      const code = await faultCode(documents.write('a', value(3)));
      files.heal();
      expect(['none', 'storage_full', 'storage_failed']).toContain(code);
      expect(code === 'none' ? [3] : [2, 3]).toContain(((await documents.read('a')) as { value: { n: number } }).value.n);
      const after = (await (await open(files.cut(n, true))).read('a')) as { status: string; value: { n: number } };
      expect(code === 'none' ? [3] : [2, 3]).toContain(after.value.n);
      await documents.write('a', value(4));
      expect(await (await open(files.cut(n, true))).read('a')).toMatchObject({ status: 'ok', value: { n: 4 }, from: 'main' });
      expect(files.paths().filter((p) => p.endsWith('.tmp'))).toEqual([]);
    }
  });

  it('on a full disk keeps the old one and clears its own traces away', async () => {
    const documents = await open(files);
    await documents.write('a', value(1));
    files.failAt(1, 'short', 'write');
    expect(await faultCode(documents.write('a', value(2)))).toBe('storage_full');
    expect([files.paths(), await documents.read('a')]).toMatchObject([[main], { value: { n: 1 }, from: 'main' }]);
  });
});

describe('[F23] [M2] a damaged file', () => {
  const damage: [string, (bytes: Buffer) => Uint8Array][] = [
    ['empty', () => Buffer.alloc(0)],
    ['cut short', (b) => b.subarray(0, b.length - 1)],
    ['longer', (b) => Buffer.concat([b, Buffer.from(' ')])],
    ['NUL bytes', (b) => Buffer.alloc(b.length)],
    ['null', () => Buffer.from('null')],
    ['[]', () => Buffer.from('[]')],
    ['half of JSON', () => Buffer.from('{"a":[1')],
    ['plain JSON that nobody checked', () => Buffer.from('{"a":[1]}')],
    ['a changed byte', (b) => Buffer.concat([b.subarray(0, 120), Buffer.from([(b[120] as number) ^ 1]), b.subarray(121)])],
    ['50 MB of blanks', () => Buffer.alloc(50 << 20, 0x20)],
    ['longer than any document', () => Buffer.alloc(documentBytesMax + 1_000)],
  ];

  it.each(damage)('%s: the backup, and without one `corrupt`', async (_, damaged) => {
    const documents = await open(files);
    await documents.write('a', value(1));
    const bytes = damaged(files.get(main));
    files.put(main, bytes);
    expect((await documents.read('a')).status).toBe('corrupt');
    await documents.write('a', value(2));
    await documents.write('a', value(3));
    files.put(main, bytes);
    const again = await open(files);
    expect(await again.read('a')).toMatchObject({ status: 'ok', value: { n: 2 }, from: 'backup' });
    if (bytes.length > 1 << 20) return;
    // the damaged one does not push the good backup out, also when nobody read before
    for (const documents2 of [again, await open(files)]) {
      files.put(main, bytes);
      files.failAt(1, 'EIO', 'syncFolder');
      await faultCode(documents2.write('a', value(4)));
      files.take(main);
      expect(await documents2.read('a')).toMatchObject({ value: { n: 2 }, from: 'backup' });
    }
  });

  it('every bit of a file counts', async () => {
    const documents = await open(files);
    await documents.write('a', { n: 1 });
    const whole = files.get(main);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const changed = Buffer.from(whole);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      files.put(main, changed);
      expect((await documents.read('a')).status).toBe('corrupt');
    }
  });

  it('with a __proto__ key, whatever its checksum and spelling, is corrupt', async () => {
    const { createHash } = await import('node:crypto');
    for (const text of ['{"__proto__":{"role":"admin"}}', '{"a":[{"\\u005f_proto__":1}]}', '{"\\u005F\\u005fpr\\u006fto__":1}']) {
      const body = Buffer.from(text);
      const head = `harbourlight-document 1 ${String(body.length).padStart(10, '0')} ${createHash('sha256').update(body).digest('hex')}\n`;
      files.put(main, Buffer.concat([Buffer.from(head), body]));
      expect(await (await open(files)).read('a')).toEqual({ status: 'corrupt', detail: 'the file a document has no key __proto__' });
    }
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('with a backup that is damaged too is corrupt, also when the file itself is gone', async () => {
    const documents = await open(files);
    for (const n of [1, 2]) await documents.write('a', value(n));
    files.put(`${main}.bak`, Buffer.alloc(10));
    files.put(main, Buffer.alloc(10));
    expect((await documents.read('a')).status).toBe('corrupt');
    files.take(main);
    expect((await documents.read('a')).status).toBe('corrupt');
  });

  it('that the disk does not give is told, not taken for missing; a backup helps', async () => {
    const documents = await open(files);
    await documents.write('a', value(1));
    files.failAt(1, 'EIO', 'read');
    expect(await faultCode(documents.read('a'))).toBe('storage_failed');
    await documents.write('a', value(2));
    files.failAt(1, 'EIO', 'read');
    expect(await documents.read('a')).toMatchObject({ status: 'ok', value: { n: 1 }, from: 'backup' });
    expect(await documents.read('a')).toMatchObject({ value: { n: 2 }, from: 'main' });
  });
});

describe('writes faster than the disk', () => {
  it('one runs and one waits; the newest wins and all of them are answered', async () => {
    const documents = await open(files);
    const before = files.log.length;
    const done = await Promise.all(Array.from({ length: 200 }, (_, n) => documents.write('a', value(n)).then(() => n)));
    expect([done.length, (await documents.read('a')) as unknown]).toMatchObject([200, { value: { n: 199 } }]);
    expect(files.log.slice(before).filter((o) => o.op === 'create').length).toBeLessThanOrEqual(2);
  });

  it('one that fails fails its own writers only', async () => {
    const documents = await open(files);
    files.failAt(1, 'EIO', 'datasync');
    const first = faultCode(documents.write('a', value(1)));
    await new Promise((resolve) => setImmediate(resolve));
    const second = documents.write('a', value(2));
    expect([await first, await faultCode(second)]).toEqual(['storage_failed', 'none']);
    expect(await documents.read('a')).toMatchObject({ value: { n: 2 } });
  });

  it('closing waits for them', async () => {
    const documents = await open(files);
    const writing = documents.write('a', value(1));
    await documents.close();
    await writing;
    expect(await (await open(files.cut(1))).read('a')).toMatchObject({ value: { n: 1 } });
  });
});

describe('a start', () => {
  it('removes what interrupted writes left, and nothing else', async () => {
    files.put(`${main}.tmp`, Buffer.alloc(252_000));
    files.put(`${folder}/notes.txt`, Buffer.from('x'));
    await open(files);
    expect(files.paths()).toEqual([`${folder}/notes.txt`]);
  });

  it('in a folder that takes no writes still reads', async () => {
    await (await open(files)).write('a', value(1));
    files.readOnly = true;
    const documents = await open(files);
    expect([await documents.read('a'), await faultCode(documents.write('a', value(2)))]).toMatchObject([{ value: { n: 1 } }, 'storage_failed']);
  });

  it('beside a running hub touches nothing', async () => {
    await (await open(files)).write('a', value(1));
    files.put(`${main}.tmp`, Buffer.from('on its way'));
    const before = files.paths();
    const documents = await LowDocuments.open({ files, folder, readOnly: true });
    expect([await documents.read('a'), await faultCode(documents.write('a', value(2))), files.paths()]).toMatchObject([{ value: { n: 1 } }, 'read_only', before]);
    const none = await LowDocuments.open({ files: new FaultFs(), folder, readOnly: true });
    expect(await none.read('a')).toEqual({ status: 'missing' });
  });
});

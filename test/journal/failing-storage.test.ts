/** F14 to F21, I15, I16: storage that is full, fails, is slow or takes no writes. An append that failed left nothing behind. */
import { describe, expect, it, vi } from 'vitest';
import type { FileJournal } from '../../server/journal/file-journal.ts';
import type { Entry } from '../../shared/entry.ts';
import { type Failure, FaultFs } from '../faults/fault-fs.ts';
import { entries, entry, faultCode, folder, type HandTimer, openJournal, readAll, turns } from './open-journal.ts';

// thousands of runs, on a machine that may be busy
vi.setConfig({ testTimeout: 60_000 });

const segmentBytes = 900;

/** Appends until `count` entries are in; after a failure the same entries again, once the journal mended itself. */
const persist = async (journal: FileJournal, timer: HandTimer, count: number): Promise<string[]> => {
  const codes: string[] = [];
  for (let tries = 0; journal.position < count && tries < 100; tries++) {
    const next = entries(journal.position + 1, Math.min(2, count - journal.position));
    const before = journal.position;
    const code = await faultCode(journal.append(next));
    if (code === 'none') continue;
    codes.push(code);
    expect(journal.position).toBe(before);
    expect(await faultCode(journal.append([entry(9_999)]))).toBe(code);
    for (let ticks = 0; journal.state !== 'writable' && ticks < 3; ticks++) {
      await timer.run();
      await turns(20);
    }
  }
  return codes;
};

describe('[F14] [F17] any operation fails once', () => {
  it.each<Failure>(['ENOSPC', 'EIO', 'short', 'EMFILE'])('%s, at every operation after the start', async (failure) => {
    const count = 16;
    const whole = new FaultFs();
    const first = await openJournal(whole, { segmentBytes });
    const begin = whole.operations;
    await persist(first.journal, first.timer, count);
    const operations = whole.operations - begin;
    expect(operations).toBeGreaterThan(30);
    let failures = 0;
    for (let n = 1; n <= operations; n++) {
      const files = new FaultFs();
      const { journal, timer } = await openJournal(files, { segmentBytes });
      files.failAt(n, failure);
      failures += (await persist(journal, timer, count)).length;
      expect([n, journal.state, journal.position]).toEqual([n, 'writable', count]);
      expect(await readAll(journal)).toEqual(entries(1, count));
      expect(await journal.verify()).toMatchObject({ entries: count, findings: [] });
      // and all of it is on the disk, not only in memory
      const after = await openJournal(files.cut(n, true), { segmentBytes });
      expect(await readAll(after.journal)).toEqual(entries(1, count));
      await journal.close();
    }
    expect(failures).toBeGreaterThan(10);
  });

  it('and so does one while it mends itself', async () => {
    for (const failure of ['ENOSPC', 'EIO', 'short'] as const)
      for (let n = 1; n <= 25; n++) {
        const files = new FaultFs();
        const { journal, timer } = await openJournal(files, { segmentBytes });
        await journal.append(entries(1, 3));
        files.failAt(1, 'EIO', 'datasync');
        expect(await faultCode(journal.append(entries(4, 2)))).toBe('storage_failed');
        files.failAt(n, failure);
        await persist(journal, timer, 3);
        for (let tick = 0; tick < 3 && journal.state !== 'writable'; tick++) {
          await timer.run();
          await turns(20);
        }
        await persist(journal, timer, 8);
        files.heal();
        expect([failure, n, journal.state, await readAll(journal)]).toEqual([failure, n, 'writable', entries(1, 8)]);
        expect(await readAll((await openJournal(files.cut(n), { segmentBytes })).journal)).toEqual(entries(1, 8));
      }
  });

  it('at the start: opened soundly or refused, and nothing is lost', async () => {
    for (const failure of ['ENOSPC', 'EIO', 'EMFILE'] as const)
      for (const tail of ['', '000000ff 1234abcd {"first":4'])
        for (let n = 1; n <= 40; n++) {
          const files = new FaultFs();
          await (await openJournal(files, { segmentBytes })).journal.append(entries(1, 3));
          const path = `${folder}/00000001.kj`;
          const bytes = files.get(path);
          files.put(path, Buffer.concat([bytes, Buffer.from(tail)]));
          files.failAt(n, failure);
          await faultCode(openJournal(files, { segmentBytes }));
          const again = await openJournal(files.cut(n, true), { segmentBytes });
          expect([n, again.journal.state, await readAll(again.journal)]).toEqual([n, 'writable', entries(1, 3)]);
        }
  });
});

describe('[F15] a full disk', () => {
  it('refuses at once, asks every 2 s by itself, and leaves no garbage in the middle', async () => {
    const files = new FaultFs();
    const { journal, timer, news } = await openJournal(files);
    await journal.append(entries(1, 2));
    const good = files.get(`${folder}/00000001.kj`);
    files.failAt(1, 'short', 'write');
    expect(await faultCode(journal.append(entries(3, 2)))).toBe('storage_full');
    expect([journal.state, journal.position, timer.waiting]).toEqual(['full', 2, 1]);
    expect(files.get(`${folder}/00000001.kj`)).toEqual(good);
    files.full = true;
    for (let i = 0; i < 3; i++) {
      await timer.run();
      expect([journal.state, timer.waiting, await faultCode(journal.append([entry(3)]))]).toEqual(['full', 1, 'storage_full']);
    }
    files.full = false;
    // room for half of what is needed is no room
    files.failAt(1, 'short', 'write');
    await timer.run();
    expect([journal.state, timer.waiting]).toEqual(['full', 1]);
    await timer.run();
    expect([journal.state, timer.waiting]).toEqual(['writable', 0]);
    await journal.append(entries(3, 2));
    expect(await readAll(journal)).toEqual(entries(1, 4));
    expect(news).toMatchObject([{ state: 'full' }, { state: 'writable' }]);
    expect(files.paths()).toEqual([`${folder}/00000001.kj`, `${folder}/last`]);
  });

  it('can still be read while it is full', async () => {
    const files = new FaultFs();
    const { journal } = await openJournal(files);
    await journal.append(entries(1, 4));
    files.full = true;
    expect(await faultCode(journal.append([entry(5)]))).toBe('storage_full');
    expect(await readAll(journal, 1)).toEqual(entries(2, 3));
  });

  it('[F21] is met at rotation too, and the old segment goes on being the last', async () => {
    const files = new FaultFs();
    const { journal, timer } = await openJournal(files, { segmentBytes });
    // the next file that is made is the next segment
    files.failAt(1, 'ENOSPC', 'create');
    let count = 0;
    let code = 'none';
    for (; count < 10 && code === 'none'; count = journal.position) code = await faultCode(journal.append([entry(count + 1)]));
    expect([code, journal.head().segment, journal.state]).toEqual(['storage_full', 1, 'full']);
    await timer.run();
    await turns(20);
    await journal.append([entry(count + 1)]);
    expect([journal.head().segment, await readAll(journal)]).toEqual([2, entries(1, count + 1)]);
  });

  it('starts on a full disk with a torn tail, for reading until there is space', async () => {
    const files = new FaultFs();
    await (await openJournal(files)).journal.append(entries(1, 2));
    const path = `${folder}/00000001.kj`;
    files.put(path, Buffer.concat([files.get(path), Buffer.from('00000')]));
    files.full = true;
    const { journal, news, timer } = await openJournal(files);
    expect([journal.state, journal.cause, await readAll(journal)]).toEqual(['read-only', 'no space', entries(1, 2)]);
    expect(news).toMatchObject([{ kind: 'torn-tail', bytes: 5, kept: null }, { state: 'read-only' }]);
    await timer.run();
    expect([journal.state, await faultCode(journal.append([entry(3)]))]).toEqual(['read-only', 'read_only']);
    files.full = false;
    await timer.run();
    await journal.append([entry(3)]);
    expect([journal.state, timer.waiting, await readAll((await openJournal(files.cut(1, true))).journal)]).toEqual(['writable', 0, entries(1, 3)]);
  });

  it('at a start after a kill, never writes over what may have been confirmed: a power cut at any operation tears nothing', async () => {
    const begin = async (): Promise<FaultFs> => {
      const files = new FaultFs();
      await (await openJournal(files)).journal.append(entries(1, 3));
      return files.kill();
    };
    for (let n = 1; n < 40; n++)
      for (const failure of ['short', 'ENOSPC'] as const) {
        const files = await begin();
        files.failAt(1, failure, 'write');
        files.stopAt(n);
        await openJournal(files).then(
          () => undefined,
          () => undefined,
        );
        expect([n, failure, await readAll((await openJournal(files.cut(n, true))).journal)]).toEqual([n, failure, entries(1, 3)]);
      }
  });
});

describe('[F17] a failed sync', () => {
  it('[F17] gives up the descriptor; what it should have made durable is not in the journal, whatever the next sync says', async () => {
    const files = new FaultFs();
    const { journal, timer, news } = await openJournal(files);
    await journal.append(entries(1, 2));
    files.failAt(1, 'EIO', 'datasync');
    expect(await faultCode(journal.append(entries(3, 2)))).toBe('storage_failed');
    expect([journal.state, await faultCode(journal.append([entry(3)]))]).toEqual(['poisoned', 'storage_failed']);
    expect(await readAll(journal)).toEqual(entries(1, 2));
    // a hub killed now does not take the unsynced entries from the page cache for durable ones
    expect(await readAll((await openJournal(files.kill())).journal)).toEqual(entries(1, 2));
    await timer.run();
    await turns(20);
    expect([journal.state, journal.head().segment]).toEqual(['writable', 2]);
    await journal.append(entries(3, 2));
    expect(await readAll(journal)).toEqual(entries(1, 4));
    expect(await readAll((await openJournal(files.cut(1))).journal)).toEqual(entries(1, 4));
    expect(news.filter((n) => n.kind === 'state').map((n) => n.state)).toEqual(['poisoned', 'writable']);
  });

  it('whose cut fails too: what was never durable is cut off before a new segment begins', async () => {
    const files = new FaultFs();
    const { journal, timer } = await openJournal(files);
    await journal.append(entries(1, 2));
    files.failAt(1, 'EIO', 'datasync');
    files.failAt(1, 'EIO', 'truncate');
    expect(await faultCode(journal.append(entries(3, 2)))).toBe('storage_failed');
    await timer.run();
    await turns(20);
    await journal.append(entries(5, 2));
    const all = [...entries(1, 2), ...entries(5, 2)];
    expect([journal.state, await readAll(journal)]).toEqual(['writable', all]);
    expect(await readAll((await openJournal(files.cut(2))).journal)).toEqual(all);
  });

  it('of the folder at rotation: nothing goes into the old segment behind the one that may be there', async () => {
    for (const op of ['rename', 'syncFolder'] as const) {
      const files = new FaultFs();
      const { journal, timer } = await openJournal(files, { segmentBytes });
      await journal.append(entries(1, 3));
      files.failAt(1, 'ENOSPC', op);
      expect([await faultCode(journal.append(entries(4, 9))), journal.state]).toEqual(['storage_failed', 'poisoned']);
      await timer.run();
      await turns(20);
      await journal.append(entries(4, 1));
      expect(await readAll(journal)).toEqual(entries(1, 4));
      for (const after of [files.kill(), files.cut(1), files.cut(2)]) {
        const again = await openJournal(after, { segmentBytes });
        expect([again.journal.state, await readAll(again.journal)]).toEqual(['writable', entries(1, 4)]);
      }
    }
  });

  it('stays poisoned as long as the disk fails', async () => {
    const files = new FaultFs();
    const { journal, timer } = await openJournal(files);
    await journal.append(entries(1, 2));
    for (let i = 0; i < 4; i++) files.failAt(i + 1, 'EIO', 'datasync');
    expect(await faultCode(journal.append(entries(3, 2)))).toBe('storage_failed');
    for (let i = 0; i < 3; i++) {
      await timer.run();
      await turns(20);
      expect([journal.state, timer.waiting]).toEqual(['poisoned', 1]);
    }
    await timer.run();
    await turns(20);
    expect(journal.state).toBe('writable');
  });

  it('that took synced entries with it is damage', async () => {
    const files = new FaultFs();
    const { journal, timer, news } = await openJournal(files);
    await journal.append(entries(1, 2));
    await journal.append(entries(3, 2));
    files.failAt(1, 'EIO', 'datasync');
    await faultCode(journal.append(entries(5, 2)));
    const path = `${folder}/00000001.kj`;
    const bytes = files.get(path);
    files.put(path, bytes.fill(0, bytes.length - 300, bytes.length - 200));
    await timer.run();
    await turns(20);
    expect([journal.state, timer.waiting, await faultCode(journal.append([entry(5)]))]).toEqual(['read-only', 0, 'read_only']);
    expect(news.some((n) => n.kind === 'finding')).toBe(true);
  });
});

describe('other storage', () => {
  it('[F18] an error while reading at the start refuses, and truncates nothing', async () => {
    const files = new FaultFs();
    await (await openJournal(files)).journal.append(entries(1, 3));
    const path = `${folder}/00000001.kj`;
    const before = files.get(path);
    for (let n = 1; n <= 3; n++) {
      files.failAt(n, 'EIO', 'read');
      expect(await faultCode(openJournal(files))).toBe('storage_failed');
      expect(files.get(path)).toEqual(before);
    }
    const { journal } = await openJournal(files);
    files.failAt(2, 'EIO', 'read');
    expect(await faultCode(readAll(journal))).toBe('storage_failed');
    expect([journal.state, await readAll(journal)]).toEqual(['writable', entries(1, 3)]);
  });

  it('[F19] a slow sync keeps only its own append waiting, and is told', async () => {
    const files = new FaultFs();
    let nowMs = 0;
    const { journal, news } = await openJournal(files, { nowMs: () => nowMs });
    await journal.append([entry(1)]);
    let release = (): void => undefined;
    files.slow = () => new Promise((resolve) => (release = resolve));
    let acked = false;
    const running = journal.append([entry(2)]).then(() => (acked = true));
    await turns(10);
    expect([acked, journal.position, await readAll(journal)]).toEqual([false, 1, [entry(1)]]);
    nowMs = 3_000;
    release();
    await running;
    expect([journal.position, news]).toEqual([2, [{ kind: 'slow-sync', tookMs: 3_000 }]]);
  });

  it('[F20] a folder that takes no writes opens read-only and can be read', async () => {
    const files = new FaultFs();
    await (await openJournal(files)).journal.append(entries(1, 3));
    files.readOnly = true;
    const { journal, news } = await openJournal(files);
    expect([journal.state, journal.findings, await readAll(journal), await faultCode(journal.append([entry(4)]))]).toEqual(['read-only', [], entries(1, 3), 'read_only']);
    expect(news).toMatchObject([{ kind: 'state', state: 'read-only' }]);
    const empty = new FaultFs();
    empty.readOnly = true;
    const none = await openJournal(empty);
    expect([none.journal.state, none.journal.position, await readAll(none.journal)]).toEqual(['read-only', 0, []]);
  });

  it('[F20] a file system that turns read-only under way', async () => {
    const files = new FaultFs();
    const { journal } = await openJournal(files);
    await journal.append(entries(1, 3));
    files.readOnly = true;
    expect([await faultCode(journal.append([entry(4)])), journal.state, await readAll(journal)]).toEqual(['read_only', 'read-only', entries(1, 3)]);
  });

  it('a long append is cut into frames, and all of it goes if one of them fails', async () => {
    const files = new FaultFs();
    const { journal, timer } = await openJournal(files);
    const big: Entry[] = [1, 2].map((n) => ({ ...entry(n), by: 'x'.repeat(5 << 20), target: '' }) as Entry);
    await journal.append([entry(0)]);
    const good = files.get(`${folder}/00000001.kj`);
    files.failAt(2, 'ENOSPC', 'write');
    expect(await faultCode(journal.append(big))).toBe('storage_full');
    expect(files.get(`${folder}/00000001.kj`).equals(good)).toBe(true);
    // its first frame had been synced: so must be the cut
    for (let seed = 0; seed < 8; seed++) expect((await openJournal(files.cut(seed))).journal.position).toBe(1);
    await timer.run();
    await turns(20);
    expect(await journal.append(big)).toBe(3);
    expect((await readAll(journal, 1)).map((e) => e.receivedMs)).toEqual(big.map((e) => e.receivedMs));
    expect(await journal.verify()).toMatchObject({ entries: 3, findings: [] });
  });

  it('an entry that fits in no frame is refused and harms nothing', async () => {
    const { journal } = await openJournal(new FaultFs());
    expect(await faultCode(journal.append([entry(1), { ...entry(2), target: 'x'.repeat(64 << 20) } as Entry]))).toBe('too_large');
    expect([journal.state, journal.position, await journal.append([entry(1)])]).toEqual(['writable', 0, 1]);
  });
});

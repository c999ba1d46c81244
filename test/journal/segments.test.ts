/** F11, F56 and the chain of segments: a segment that is missing, moved, swapped or changed is named, never passed over. */
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeHeader, encodeHeader, noHash, type SegmentHeader } from '../../server/journal/frame.ts';
import { JournalFault } from '../../server/journal/journal.ts';
import type { Entry } from '../../shared/entry.ts';
import { FaultFs } from '../faults/fault-fs.ts';
import { entries, entry, faultCode, folder, openJournal, readAll } from './open-journal.ts';

const segmentBytes = 900;
const count = 20;
const path = (n: number): string => `${folder}/${String(n).padStart(8, '0')}.kj`;

let files: FaultFs;
let segments: number;
beforeEach(async () => {
  files = new FaultFs();
  const { journal } = await openJournal(files, { segmentBytes });
  for (let n = 1; n <= count; n++) await journal.append([entry(n)]);
  segments = journal.head().segment;
  await journal.close();
  expect(segments).toBeGreaterThan(4);
});

/** What opening refuses with. */
const refusal = async (): Promise<string> => {
  try {
    await openJournal(files, { segmentBytes });
  } catch (error) {
    if (error instanceof JournalFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'opened';
};

const swap = (a: number, b: number): void => {
  const [first, second] = [files.get(path(a)), files.get(path(b))];
  files.put(path(a), second);
  files.put(path(b), first);
};

describe('[F11] segments', () => {
  it('that are in their places open and read, from any position', async () => {
    const { journal } = await openJournal(files, { segmentBytes });
    for (let after = 0; after <= count; after++) expect(await readAll(journal, after)).toEqual(entries(after + 1, count - after));
    expect(await journal.verify()).toEqual({ entries: count, segments, findings: [], hash: journal.head().hash });
  });

  it('long ones read the same from any place after they were opened again', async () => {
    const long = new FaultFs();
    const all = entries(1, 60, 'x'.repeat(30_000));
    const first = await openJournal(long);
    for (const e of all.slice(0, 40)) await first.journal.append([e]);
    const { journal } = await openJournal(long);
    for (const e of all.slice(40)) await journal.append([e]);
    for (let after = 0; after < 60; after += 11) expect((await readAll(journal, after)).map((e) => e.receivedMs)).toEqual(all.slice(after).map((e) => e.receivedMs));
    // the end of a long one is read without all that is before it
    const before = long.log.length;
    await readAll(journal, 59);
    expect(long.log.slice(before).filter((o) => o.op === 'read').length).toBeLessThan(6);
  });

  it('missing: each of them, the first and the last too, is named', async () => {
    for (let n = 1; n <= segments; n++) {
      const bytes = files.get(path(n));
      files.take(path(n));
      const before = files.paths();
      expect(await refusal()).toContain(`damaged: the journal lacks ${path(n).slice(folder.length + 1)}`);
      expect(files.paths()).toEqual(before);
      files.put(path(n), bytes);
    }
  });

  it('all missing is not a new journal', async () => {
    for (let n = 1; n <= segments; n++) files.take(path(n));
    expect(await refusal()).toMatch(/damaged: the journal lacks 00000001\.kj, 00000002\.kj/);
  });

  it('renamed', async () => {
    files.put(path(segments + 1), files.get(path(segments)));
    files.take(path(segments));
    expect(await refusal()).toContain(`lacks 0000000${segments}.kj`);
    files.put(path(segments), files.get(path(segments + 1)));
    expect(await refusal()).toContain(`0000000${segments + 1}.kj says that it is 0000000${segments}.kj`);
  });

  it('swapped: both are named', async () => {
    swap(2, 3);
    expect(await refusal()).toMatch(/damaged: .*00000002\.kj says that it is 00000003\.kj; 00000003\.kj says that it is 00000002\.kj/);
  });

  it('of another journal', async () => {
    const other = new FaultFs();
    const { journal } = await openJournal(other, { segmentBytes });
    for (let n = 1; n <= count; n++) await journal.append([entry(n)]);
    files.put(path(3), other.get(path(3)));
    expect(await refusal()).toContain('00000003.kj belongs to another journal');
  });

  it('an older copy of the last one opens (nobody can tell), one in the middle is found when it is read', async () => {
    const bytes = files.get(path(2));
    files.put(path(2), bytes.subarray(0, bytes.lastIndexOf(10, bytes.length - 2) + 1));
    const { journal } = await openJournal(files, { segmentBytes });
    expect([journal.state, journal.position]).toEqual(['writable', count]);
    await expect(readAll(journal)).rejects.toMatchObject({ code: 'damaged', finding: { segment: 2 } });
    expect([journal.state, await faultCode(journal.append([entry(99)]))]).toEqual(['read-only', 'read_only']);
  });

  it('damaged in the middle: everything before it is handed out, then the fault, and nothing is appended any more', async () => {
    const bytes = files.get(path(3));
    const first = Number(bytes.toString('latin1', 65, 81));
    bytes[300] = (bytes[300] as number) ^ 4;
    files.put(path(3), bytes);
    const { journal, news } = await openJournal(files, { segmentBytes });
    expect(journal.state).toBe('writable');
    const read: Entry[] = [];
    const reading = async (): Promise<void> => {
      for await (const { entries: part } of journal.read(0)) read.push(...part);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'damaged', finding: { segment: 3, position: first } });
    expect(read).toEqual(entries(1, first - 1));
    expect([journal.state, news.map((n) => n.kind)]).toEqual(['read-only', ['finding', 'state']]);
    // what lies in later segments can still be read
    expect((await readAll(journal, count - 2)).length).toBe(2);
  });

  it('a whole segment that was written anew, checksums and all, breaks the chain', async () => {
    const header = files.get(path(2)).toString('latin1', 0, 200).split(' ');
    const forged = new FaultFs();
    const salt = header[6] as string;
    forged.put(path(1), encodeHeader({ journal: header[2] as string, segment: 1, first: 1, previous: noHash, salt }).bytes);
    const forger = await openJournal(forged);
    const firsts = files.paths().flatMap((p) => (p.endsWith('.kj') ? [Number(files.get(p).toString('latin1', 65, 81))] : []));
    for (let n = 1; n < (firsts[1] as number); n++) await forger.journal.append([entry(n, ' changed')]);
    files.put(path(1), forged.get(path(1)));
    const { journal } = await openJournal(files, { segmentBytes });
    expect((await journal.verify()).findings).toMatchObject([{ segment: 1 }]);
    expect(journal.state).toBe('read-only');
  });

  it('whose header promises entries that were never written', async () => {
    const { journal, segment, first, previous, salt } = (decodeHeader(files.get(path(segments))) as { header: SegmentHeader }).header;
    files.put(path(segments), encodeHeader({ journal, segment, first: first + 5, previous, salt }).bytes);
    await expect(readAll((await openJournal(files, { segmentBytes })).journal)).rejects.toMatchObject({ code: 'damaged', finding: { segment: segments - 1, position: first } });
  });

  it('with a damaged header: read-only, all before it can be read', async () => {
    for (let n = 1; n <= segments; n++) {
      const whole = files.get(path(n));
      const first = Number(whole.toString('latin1', 65, 81));
      files.put(path(n), Buffer.concat([whole.subarray(0, 100), Buffer.from([1]), whole.subarray(101)]));
      const { journal } = await openJournal(files, { segmentBytes });
      expect([journal.state, journal.position, await readAll(journal)]).toEqual(['read-only', first - 1, entries(1, first - 1)]);
      expect(journal.findings).toMatchObject([{ segment: n, offset: 0, position: first }]);
      files.put(path(n), whole);
    }
  });

  it('taken away under a running hub', async () => {
    const { journal } = await openJournal(files, { segmentBytes });
    files.take(path(2));
    await expect(readAll(journal)).rejects.toMatchObject({ code: 'damaged', finding: { segment: 2, what: 'the segment is gone' } });
  });
});

describe('[F56] a journal of a newer version', () => {
  it('is refused with its version, and not touched', async () => {
    const text = files.get(path(1)).toString('latin1');
    for (const changed of [text.replace('harbourlight-journal 1 ', 'harbourlight-journal 2 more '), 'harbourlight-journal 12 anything\n']) {
      files.put(path(1), Buffer.from(changed, 'latin1'));
      expect(await refusal()).toMatch(/unsupported: .*00000001\.kj has format version (2|12)/);
      expect(files.get(path(1)).toString('latin1')).toBe(changed);
    }
  });
});

describe('verify', () => {
  it('names every damage, not only the first, and how far it is', async () => {
    for (const n of [2, 4]) {
      const bytes = files.get(path(n));
      bytes[320] = (bytes[320] as number) ^ 1;
      files.put(path(n), bytes);
    }
    const { journal } = await openJournal(files, { segmentBytes });
    const told: number[] = [];
    const { findings } = await journal.verify((segment) => told.push(segment));
    expect([findings.map((f) => f.segment), told]).toEqual([[2, 4], Array.from({ length: segments }, (_, i) => i + 1)]);
    expect(journal.state).toBe('read-only');
  });

  it('beside a running hub reads what is whole, cuts nothing and finds nothing', async () => {
    const running = await openJournal(files, { segmentBytes });
    const last = path(segments);
    const bytes = Buffer.concat([files.get(last), Buffer.from('000000ff 1234abcd {"fir')]);
    files.put(last, bytes);
    const { journal } = await openJournal(files, { segmentBytes, readOnly: true });
    expect([journal.state, await journal.verify()]).toMatchObject(['read-only', { entries: count, findings: [] }]);
    expect([files.get(last), await faultCode(journal.append([entry(1)]))]).toEqual([bytes, 'read_only']);
    expect(running.journal.state).toBe('writable');
  });

  it('an empty folder opened for reading stays empty', async () => {
    const none = new FaultFs();
    const { journal } = await openJournal(none, { readOnly: true });
    expect([journal.position, await journal.verify(), none.paths()]).toEqual([0, { entries: 0, segments: 0, findings: [], hash: '' }, []]);
  });
});

describe('a frame of megabytes', () => {
  const many = (from: number, count: number): Entry[] => entries(from, count, '，另外一些字'.repeat(20));
  /** what stands between entries stands in it as well, and in its texts */
  const nested: Entry = {
    kind: 'document.saved',
    receivedMs: 1,
    name: 'register',
    value: { list: Array.from({ length: 9_000 }, (_, n) => ({ kind: `a "},{"kind":"${n}` })).flatMap((x) => [x, { kind: 'b' }]) },
  };

  it('is handed out in small chunks, whatever stands in it, from any position on', async () => {
    const { journal } = await openJournal(new FaultFs());
    const all = [...many(1, 1_500), nested, ...many(1_502, 1_500)];
    await journal.append(all);
    await journal.append(many(3_002, 3));
    expect(await readAll(journal)).toEqual([...all, ...many(3_002, 3)]);
    for (const after of [1, 700, 1_500, 1_501, 2_999, 3_001]) expect(await readAll(journal, after)).toEqual([...all, ...many(3_002, 3)].slice(after));
    let longest = 0;
    for await (const chunk of journal.read(0)) if (chunk.first + chunk.entries.length < 1_500) longest = Math.max(longest, JSON.stringify(chunk.entries).length);
    expect(longest).toBeGreaterThan(1_000);
    expect(longest).toBeLessThan(300_000);
    await journal.close();
  });
});

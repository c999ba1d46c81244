/** F6 to F10, I6: whatever happens to the bytes, what is read is the longest sound beginning, or the journal says that it is damaged. */
import { describe, expect, it, vi } from 'vitest';
import type { JournalNews } from '../../server/journal/file-journal-setup.ts';
import { decodeFrame, decodeHeader, findLaterFrame, headerBytes } from '../../server/journal/frame.ts';
import type { Entry } from '../../shared/entry.ts';
import { FaultFs, seeded } from '../faults/fault-fs.ts';
import { entries, folder, openJournal, readAll } from './open-journal.ts';

// thousands of runs, on a machine that may be busy
vi.setConfig({ testTimeout: 60_000 });

const path = `${folder}/00000001.kj`;

/** A small journal: its bytes, its entries, and after how many bytes how many entries are whole. */
const built = async (appends: number, each: number): Promise<{ bytes: Buffer; all: Entry[]; ends: { offset: number; count: number }[] }> => {
  const files = new FaultFs();
  const { journal } = await openJournal(files);
  const all = entries(1, appends * each);
  const ends = [{ offset: headerBytes, count: 0 }];
  for (let i = 0; i < appends; i++) {
    await journal.append(all.slice(i * each, (i + 1) * each));
    ends.push({ offset: files.get(path).length, count: (i + 1) * each });
  }
  await journal.close();
  return { bytes: files.get(path), all, ends };
};

type Outcome = { state: string; read: Entry[]; news: JournalNews[]; files: FaultFs; findings: number };

const openWith = async (bytes: Uint8Array): Promise<Outcome> => {
  const files = new FaultFs();
  files.put(path, bytes);
  files.put(`${folder}/last`, Buffer.from('00000001\n'));
  const { journal, news } = await openJournal(files);
  const read = await readAll(journal);
  const outcome = { state: journal.state, read, news, files, findings: journal.findings.length };
  // a plain comparison, because this runs tens of thousands of times
  if (journal.position !== read.length) throw new Error(`position ${journal.position} with ${read.length} entries`);
  await journal.close();
  return outcome;
};

describe('a torn tail', () => {
  it('[F6] at every byte: the whole appends before it stay, the rest is kept beside and cut off', async () => {
    const { bytes, all, ends } = await built(5, 2);
    const wrong: number[] = [];
    for (let length = headerBytes; length <= bytes.length; length++) {
      const good = ends.findLast((e) => e.offset <= length) as { offset: number; count: number };
      const { state, read, files, news } = await openWith(bytes.subarray(0, length));
      const kept = files.paths().filter((p) => p.includes('.broken-'));
      const sound =
        state === 'writable' && read.length === good.count && files.get(path).length === good.offset && JSON.stringify(read) === JSON.stringify(all.slice(0, good.count));
      const keptRight = length === good.offset ? kept.length === 0 : kept.length === 1 && files.get(kept[0] as string).equals(bytes.subarray(good.offset, length));
      if (!sound || !keptRight || news.filter((n) => n.kind === 'torn-tail').length !== kept.length) wrong.push(length);
    }
    expect(wrong).toEqual([]);
  });

  it('a header that is cut short is damage, not an empty journal', async () => {
    const { bytes } = await built(2, 1);
    for (let length = 0; length < headerBytes; length += 7) expect(await openWith(bytes.subarray(0, length))).toMatchObject({ state: 'read-only', read: [], findings: 1 });
  });

  it('appending goes on after a torn tail', async () => {
    const { bytes, all } = await built(4, 1);
    const { files } = await openWith(bytes.subarray(0, bytes.length - 5));
    const { journal } = await openJournal(files);
    expect(await journal.append(entries(100, 2))).toBe(5);
    await journal.close();
    const again = await openJournal(files.cut(1));
    expect(await readAll(again.journal)).toEqual([...all.slice(0, 3), ...entries(100, 2)]);
    expect(again.journal.state).toBe('writable');
  });

  it.each([1, 17, 18, 512, 4096])('[F7] %i zero bytes', async (n) => {
    const { bytes, all } = await built(3, 2);
    expect(await openWith(Buffer.concat([bytes, Buffer.alloc(n)]))).toMatchObject({ state: 'writable', read: all });
  });

  it('[F8] random garbage, also with line feeds', async () => {
    const { bytes, all } = await built(3, 2);
    const random = seeded(8);
    for (let run = 0; run < 50; run++) {
      const garbage = Buffer.from(Array.from({ length: 1 + Math.floor(random() * 3000) }, () => (random() < 0.05 ? 10 : Math.floor(random() * 256))));
      expect(await openWith(Buffer.concat([bytes, garbage]))).toMatchObject({ state: 'writable', read: all });
    }
  });

  it('[F9] old frames in reused blocks, from any byte on', async () => {
    const { bytes, all } = await built(4, 2);
    for (let from = 0; from < bytes.length; from += 3) expect(await openWith(Buffer.concat([bytes, bytes.subarray(from)]))).toMatchObject({ state: 'writable', read: all });
    // also behind a frame that is torn itself
    for (let from = 0; from < bytes.length - 200; from += 13)
      expect(await openWith(Buffer.concat([bytes.subarray(0, -9), bytes.subarray(from, bytes.length - 180)]))).toMatchObject({ state: 'writable', read: all.slice(0, 6) });
  });

  it('[F9] frames of another journal at the same position', async () => {
    const { bytes, all, ends } = await built(3, 2);
    const other = await built(3, 2);
    const end = ends[2] as { offset: number };
    const { read } = await openWith(Buffer.concat([bytes.subarray(0, end.offset), other.bytes.subarray(end.offset)]));
    expect(read).toEqual(all.slice(0, 4));
  });
});

describe('[F10] a flipped bit', () => {
  const flipped = (bytes: Buffer, bit: number): Buffer => {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    return changed;
  };

  it('anywhere in the frames: never a wrong one, and damage is seen unless it is in the very last', async () => {
    const { bytes, ends } = await built(20, 2);
    expect(bytes.length).toBeGreaterThan(5_000);
    const head = decodeHeader(bytes) as { crc: number };
    const last = (ends.at(-2) as { offset: number }).offset;
    const wrong: number[] = [];
    for (let bit = headerBytes * 8; bit < bytes.length * 8; bit++) {
      const changed = flipped(bytes, bit);
      let [at, crc, position] = [headerBytes, head.crc, 1];
      for (let frame = decodeFrame(changed, at, crc, position); frame && !('more' in frame); frame = decodeFrame(changed, at, crc, position))
        [at, crc, position] = [frame.to + 1, frame.crc, position + frame.count];
      const good = ends.findLast((e) => e.offset <= bit >> 3) as { offset: number; count: number };
      const damaged = findLaterFrame(changed.subarray(at), position) >= 0;
      if (at !== good.offset || position !== good.count + 1 || damaged !== bit >> 3 < last) wrong.push(bit);
    }
    expect(wrong).toEqual([]);
  });

  it('in every ninth bit, by opening: the beginning before it can be read and the state is right', async () => {
    const { bytes, all, ends } = await built(20, 2);
    const last = (ends.at(-2) as { offset: number }).offset;
    const texts = all.map((e) => JSON.stringify(e));
    const wrong: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 9) {
      const byte = bit >> 3;
      const { state, read, findings } = await openWith(flipped(bytes, bit));
      const good = byte < headerBytes ? 0 : (ends.findLast((e) => e.offset <= byte) as { count: number }).count;
      const expected = byte >= last ? 'writable' : 'read-only';
      const sound = read.length === good && read.every((e, i) => JSON.stringify(e) === texts[i]);
      if (!sound || state !== expected || findings !== (state === 'read-only' ? 1 : 0)) wrong.push(`bit ${bit}: ${state}, ${read.length} of ${good}`);
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  it('damage names its place and changes nothing in the folder', async () => {
    const { bytes, ends } = await built(5, 2);
    const changed = Buffer.from(bytes);
    const at = (ends[2] as { offset: number }).offset;
    changed[at + 40] = (changed[at + 40] as number) ^ 1;
    const { news, files } = await openWith(changed);
    expect(news).toMatchObject([
      { kind: 'finding', finding: { segment: 1, offset: at, position: 5 } },
      { kind: 'state', state: 'read-only' },
    ]);
    expect([files.paths(), files.get(path)]).toEqual([[path, `${folder}/last`], changed]);
  });

  it('a lost block in the middle is damage too, whatever its place', async () => {
    const { bytes, ends } = await built(30, 2);
    const last = (ends.at(-2) as { offset: number }).offset;
    for (let at = headerBytes; at + 512 < last; at += 101) {
      const changed = Buffer.from(bytes).fill(0, at, at + 512);
      const good = (ends.findLast((e) => e.offset <= at) as { count: number }).count;
      const { state, read } = await openWith(changed);
      expect([state, read.length]).toEqual(['read-only', good]);
    }
  });
});

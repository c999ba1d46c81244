/** F2, F5, F12, I2, I3: the power goes at every operation, also in the middle of a rotation. What was acknowledged is there afterwards. */
import { describe, expect, it, vi } from 'vitest';
import type { FileJournal } from '../../server/journal/file-journal.ts';
import type { Entry } from '../../shared/entry.ts';
import { FaultFs } from '../faults/fault-fs.ts';
import { entries, folder, openJournal, readAll } from './open-journal.ts';

// thousands of runs, on a machine that may be busy
vi.setConfig({ testTimeout: 60_000 });

const segmentBytes = 900;

/** Appends of one to three entries until one fails or `appends` are done; what was acknowledged, and what was on its way. */
const work = async (journal: FileJournal, from: number, appends: number): Promise<{ acked: Entry[]; open: Entry[] }> => {
  const acked: Entry[] = [];
  for (let i = 0; i < appends; i++) {
    const next = entries(from + acked.length, 1 + (i % 3));
    try {
      await journal.append(next);
    } catch {
      return { acked, open: next };
    }
    acked.push(...next);
  }
  return { acked, open: [] };
};

/** The journal holds what was acknowledged, and of the append on its way all or nothing. */
const check = async (files: FaultFs, acked: readonly Entry[], open: readonly Entry[]): Promise<FileJournal> => {
  const { journal } = await openJournal(files, { segmentBytes });
  const all = await readAll(journal);
  expect(journal.state).toBe('writable');
  if (all.length > acked.length) expect(all).toEqual([...acked, ...open]);
  else expect(all).toEqual(acked);
  expect(await journal.verify()).toMatchObject({ entries: all.length, findings: [] });
  return journal;
};

describe('a power cut', () => {
  it.each([false, true])('[F5] [F12] at every operation, from the first start on (garbage: %s)', async (garbage) => {
    const whole = new FaultFs();
    await work((await openJournal(whole, { segmentBytes })).journal, 1, 12);
    expect(whole.paths().length).toBeGreaterThan(4);
    for (let n = 1; n <= whole.operations; n++) {
      const files = new FaultFs();
      files.stopAt(n);
      let done: { acked: Entry[]; open: Entry[] } = { acked: [], open: [] };
      try {
        done = await work((await openJournal(files, { segmentBytes })).journal, 1, 12);
      } catch {
        // the power went while the journal was being opened: nothing was acknowledged
      }
      for (let seed = 0; seed < 4; seed++) {
        const after = files.cut(n * 100 + seed, garbage);
        const journal = await check(after, done.acked, done.open);
        const more = await work(journal, journal.position + 1, 4);
        expect(more.acked.length).toBe(7);
        await journal.close();
      }
    }
  });

  it('again and again, with the power going at random', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      let files = new FaultFs();
      let acked: Entry[] = [];
      for (let round = 0; round < 6; round++) {
        files.stopAt(5 + ((seed * 7 + round * 13) % 60));
        let open: Entry[] = [];
        try {
          const { journal } = await openJournal(files, { segmentBytes });
          acked = await readAll(journal);
          const done = await work(journal, acked.length + 1, 20);
          acked.push(...done.acked);
          open = done.open;
        } catch {
          // went while opening or reading: nothing new was acknowledged
        }
        files = files.cut(seed * 1000 + round, round % 2 === 0);
        const journal = await check(files, acked, open);
        acked = await readAll(journal);
        await journal.close();
      }
    }
  });

  it('[F2] a killed hub: what was written and not synced counts only once it is durable', async () => {
    const files = new FaultFs();
    const { journal } = await openJournal(files);
    await journal.append([entries(1, 1)[0] as Entry]);
    files.slow = () => new Promise(() => undefined);
    const lost = journal.append(entries(2, 3));
    await new Promise((resolve) => setTimeout(resolve, 5));
    void lost;
    const after = files.kill();
    const again = await openJournal(after);
    expect(again.journal.position).toBe(4);
    // it was counted as there: so it must survive the next power cut
    expect(await readAll((await openJournal(after.cut(3))).journal)).toEqual(entries(1, 4));
  });

  it('[F12] a header half written at rotation is ignored, the old segment goes on', async () => {
    const files = new FaultFs();
    const { journal } = await openJournal(files);
    await journal.append(entries(1, 3));
    files.put(`${folder}/00000002.kj.tmp`, Buffer.from('harbourlight-journal 1 00'));
    const again = await openJournal(files.cut(1));
    expect(await again.journal.append(entries(4, 1))).toBe(4);
    expect(await readAll(again.journal)).toEqual(entries(1, 4));
  });
});

/** What every journal promises, whatever it is made of. */
import { expect, it } from 'vitest';
import type { Journal } from '../../server/journal/journal.ts';
import { entries, entry, faultCode, readAll } from '../journal/open-journal.ts';

export const journalContract = (make: () => Promise<Journal>): void => {
  it('is empty and writable at first', async () => {
    const journal = await make();
    expect([journal.position, journal.state, await readAll(journal)]).toEqual([0, 'writable', []]);
    await journal.close();
  });

  it('appends in order and answers the position of the last entry', async () => {
    const journal = await make();
    expect(await journal.append([entry(1)])).toBe(1);
    expect(await journal.append(entries(2, 3))).toBe(4);
    expect(await journal.append([])).toBe(4);
    expect([journal.position, await readAll(journal)]).toEqual([4, entries(1, 4)]);
    await journal.close();
  });

  it('reads after a position, also from inside an append', async () => {
    const journal = await make();
    await journal.append(entries(1, 5));
    await journal.append(entries(6, 5));
    for (let after = 0; after <= 12; after++) expect(await readAll(journal, after)).toEqual(entries(1, 10).slice(after));
    await journal.close();
  });

  it('refuses a position that is none', async () => {
    const journal = await make();
    for (const after of [-1, 0.5, Number.NaN]) await expect(readAll(journal, after)).rejects.toThrow(RangeError);
    await journal.close();
  });

  it('reads up to the position at the call, while it goes on', async () => {
    const journal = await make();
    await journal.append(entries(1, 3));
    const reading = journal.read(0)[Symbol.asyncIterator]();
    await journal.append(entries(4, 2));
    const first = await reading.next();
    await journal.append(entries(6, 1));
    expect([first.value.entries, (await reading.next()).done]).toEqual([entries(1, 3), true]);
    expect(await readAll(journal)).toEqual(entries(1, 6));
    await journal.close();
  });

  it('hands out its texts as it reads, where it keeps any, up to the position at the call', async () => {
    const journal = await make();
    await journal.append(entries(1, 5));
    await journal.append(entries(6, 5, 'x'.repeat(200_000)));
    const texts = journal.readTexts?.();
    await journal.append([entry(11)]);
    const all: unknown[] = [];
    if (texts)
      for await (const { first, text } of texts) {
        expect(first).toBe(all.length + 1);
        all.push(...(JSON.parse(text) as unknown[]));
      }
    if (texts) expect(all).toEqual(await readAll(journal).then((read) => read.slice(0, 10)));
    await journal.close();
  });

  it('reads a long journal in chunks', async () => {
    const journal = await make();
    const long = 'x'.repeat(20_000);
    for (let n = 1; n <= 200; n += 20) await journal.append(entries(n, 20, long));
    let chunks = 0;
    for await (const { entries: part } of journal.read(0)) {
      chunks++;
      expect(part.length).toBeLessThan(100);
    }
    expect(chunks).toBeGreaterThan(2);
    expect(await readAll(journal, 117)).toEqual(entries(118, 83, long));
    await journal.close();
  });

  it('lets a reader stop early', async () => {
    const journal = await make();
    await journal.append(entries(1, 3));
    for await (const { first } of journal.read(1)) {
      expect(first).toBe(2);
      break;
    }
    await journal.close();
  });

  it('keeps entries as they were, whatever they hold', async () => {
    const journal = await make();
    const odd = { ...entry(1), target: '\n\r\0"\\\u2028\ud800 }\n0000000a 00000000 {}' } as const;
    await journal.append([odd]);
    const [back] = await readAll(journal);
    expect(back).toEqual(odd);
    (back as { by: string }).by = 'changed';
    expect((await readAll(journal))[0]).toEqual(odd);
    await journal.close();
  });

  it('refuses an append while another runs, and the first is unharmed', async () => {
    const journal = await make();
    const first = journal.append([entry(1)]);
    expect(await faultCode(journal.append([entry(2)]))).toBe('busy');
    expect(await first).toBe(1);
    expect(await journal.append([entry(2)])).toBe(2);
    expect(await readAll(journal)).toEqual(entries(1, 2));
    await journal.close();
  });

  it('changes its head with every append', async () => {
    const journal = await make();
    const heads = new Set([journal.head().hash]);
    for (let n = 1; n <= 3; n++) {
      await journal.append([entry(n)]);
      heads.add(journal.head().hash);
      expect(journal.head()).toEqual(journal.head());
    }
    expect(heads.size).toBe(4);
    await journal.close();
  });

  it('waits for a running append when it is closed, and takes nothing afterwards', async () => {
    const journal = await make();
    const running = journal.append([entry(1)]);
    await journal.close();
    expect(await running).toBe(1);
    expect(await faultCode(journal.append([entry(2)]))).toBe('closed');
    expect(await faultCode(readAll(journal))).toBe('closed');
  });
};

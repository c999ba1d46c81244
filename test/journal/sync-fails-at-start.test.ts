/** A sync that fails while the hub starts must not leave an entry that looks durable and isn't. */
import { expect, test } from 'vitest';
import { FaultFs } from '../faults/fault-fs.ts';
import { entries, faultCode, openJournal, readAll } from './open-journal.ts';

test('[F17] a start whose sync failed, then a start that works, then a power cut: what was confirmed is there', async () => {
  let files = new FaultFs();
  await (await openJournal(files)).journal.append(entries(1, 1));
  const first = await openJournal(files);
  // written, and killed before the sync came back
  files.slow = () => new Promise(() => undefined);
  void first.journal.append(entries(2, 1)).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 5));
  files = files.kill();
  files.failAt(1, 'EIO', 'datasync');
  await faultCode(openJournal(files)); // refused, or healed: both are fine
  files = files.kill();
  const { journal } = await openJournal(files);
  await journal.append(entries(journal.position + 1, 2));
  const confirmed = await readAll(journal);
  for (let seed = 0; seed < 8; seed++) {
    const after = await openJournal(files.cut(seed));
    expect([after.journal.state, await readAll(after.journal)]).toEqual(['writable', confirmed]);
  }
});

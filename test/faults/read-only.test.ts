/** [I2] A hub that started on a disk that takes no writes confirms nothing: what it read may be in the page cache only. */
import { expect, test } from 'vitest';
import { foldJournal } from '../../server/counting/checkpoint.ts';
import { Recorder } from '../../server/counting/recorder.ts';
import { planBatch } from '../../shared/streams.ts';
import { openJournal } from '../journal/open-journal.ts';
import { FaultFs } from './fault-fs.ts';

const who = { device: 'k-1', showcase: 'show', zone: 'hall' };
const epoch = 'epoch-0000-aaaa';
const events = [{ seq: 1, id: 'event-id-00000001', atMs: 0, kind: 'session.started', session: 'session-1', lang: 'en' }];

const life = async (files: FaultFs) => {
  const { journal } = await openJournal(files);
  const { tally, admission } = await foldJournal(journal, null);
  const recorder = new Recorder({
    journal,
    admission,
    tally,
    applied: () => undefined,
    bug: (e) => {
      throw e;
    },
  });
  return { journal, send: () => recorder.record((folded) => planBatch(folded, who, { epoch, events }, { nowMs: 0, offsetMs: 0 })) };
};

test('what a hub read back from a disk that turned read-only is not confirmed', async () => {
  const files = new FaultFs();
  const first = await life(files);
  // written, and killed before the sync came back
  files.slow = () => new Promise(() => undefined);
  void first.send();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const killed = files.kill();
  killed.readOnly = true;
  const second = await life(killed);
  expect([second.journal.state, second.journal.position]).toEqual(['read-only', 1]);
  const answer = await second.send();
  expect(answer.ok).toBe(false);
});

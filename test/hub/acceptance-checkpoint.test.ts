/** A checkpoint that falls between the plan of a batch and its sync, and a hub that dies before the sync: what is sent again still counts. */
import { expect, test } from 'vitest';
import { foldJournal, saveCheckpoint } from '../../server/counting/checkpoint.ts';
import { Recorder } from '../../server/counting/recorder.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { attendanceOf } from '../../shared/attendance.ts';
import { planBatch } from '../../shared/streams.ts';

const showcase = 'smart-hong-kong-pavilion';
const who = { device: 'k-1', showcase, zone: 'living' };
const nowMs = Date.parse('2026-11-25T15:00:00+08:00');
const batch = (seq: number) => ({
  epoch: 'epoch-1-checkpoint',
  events: [{ seq, id: `id-checkpoint-${seq}`, atMs: nowMs, kind: 'session.started', session: `session-${seq}-x`, lang: 'en' }],
});

test('[K1] a checkpoint holds only what is durable: a crash between plan and sync loses nothing', async () => {
  const journal = new MemoryJournal();
  const documents = new MemoryDocuments();
  const folds = await foldJournal(journal, null);
  const recorder = new Recorder({ journal, ...folds, applied: () => undefined, bug: () => undefined });
  const send = (to: Recorder, seq: number) => to.record((a) => planBatch(a, who, batch(seq), { nowMs, offsetMs: 0 }));
  await send(recorder, 1);

  const append = journal.append.bind(journal);
  let syncing: () => void = () => undefined;
  const planned = new Promise<void>((resolve) => {
    syncing = resolve;
  });
  let fail: (error: Error) => void = () => undefined;
  journal.append = () => {
    syncing();
    return new Promise((_, reject) => {
      fail = reject;
    });
  };
  const lost = send(recorder, 2);
  await planned;
  // now the admission fold knows the second batch and the journal does not
  const saved = recorder.atRest(() => saveCheckpoint(documents, journal, folds));
  fail(new Error('the power is gone'));
  expect(await lost).toMatchObject({ ok: false });
  await saved;

  journal.append = append;
  const after = await foldJournal(journal, documents);
  expect(after.from).toBe(1);
  const again = new Recorder({ journal, ...after, applied: () => undefined, bug: () => undefined });
  expect(await send(again, 2)).toMatchObject({ ok: true, answer: { through: 2, rejected: [] } });
  expect(attendanceOf(after.tally, showcase, 'day', {}, [], nowMs).totals['sessions']).toBe(2);
});

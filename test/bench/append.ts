/** Recorder and journal with many writers, beside the least that a group commit can do: one write and one fdatasync of the same lines. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Recorder } from '../../server/counting/recorder.ts';
import { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import { emptyTally } from '../../shared/tally.ts';
import { openJournal } from './disk-journal.ts';
import { atLeast, type Figure, type Line } from './figure.ts';
import { inTurns, median } from './measure.ts';
import { batchEntry } from './sample.ts';

type Append = (entry: Entry) => Promise<void>;

/** One write and one fdatasync for whatever came in while the last one ran. */
export const groupCommit = async (file: string): Promise<{ append: Append; close(): Promise<void> }> => {
  const handle = await open(file, 'w');
  let waiting: { text: string; done: () => void }[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await handle.write(group.map((w) => w.text).join(''));
      await handle.datasync();
      for (const w of group) w.done();
    }
    running = false;
  };
  const append: Append = (entry) =>
    new Promise((done) => {
      waiting.push({ text: `${JSON.stringify(entry)}\n`, done });
      if (!running) void run();
    });
  return { append, close: () => handle.close() };
};

/** So many writers, each with one entry on its way, for so long; entries a second. */
const load = async (writers: number, ms: number, append: Append): Promise<number> => {
  const since = performance.now();
  let entries = 0;
  await Promise.all(
    Array.from({ length: writers }, async (_, i) => {
      for (let from = 1; performance.now() - since < ms; from++) {
        await append(batchEntry(i, from, 1, Date.now()));
        entries++;
      }
    }),
  );
  return (entries * 1_000) / (performance.now() - since);
};

export const append: Figure = async ({ quick, folder }) => {
  const lines: Line[] = [];
  for (const writers of [64, 512]) {
    const journal = await openJournal(path.join(folder, `journal-${writers}`));
    const bug = (error: unknown): void => {
      throw error;
    };
    const recorder = new Recorder({ journal, admission: new Admission(), tally: emptyTally(), applied: () => undefined, bug });
    const bare = await groupCommit(path.join(folder, `bare-${writers}`));
    const ms = quick ? 600 : 2_000;
    const recorded: Append = async (entry) => {
      const told = await recorder.record(() => ({ entry, answer: null }));
      if (!told.ok) throw new Error(told.error.code);
    };
    const told = await inTurns(
      quick ? 3 : 5,
      () => load(writers, ms, recorded),
      () => load(writers, ms, bare.append),
    );
    lines.push(atLeast({ name: `append, ${writers} writers`, ours: median(told.ours), peer: median(told.peer), beside: 'bare group commit', unit: '/s' }, 0.9));
    await recorder.settled();
    await journal.close();
    await bare.close();
  }
  return lines;
};

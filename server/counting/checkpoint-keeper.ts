/** When checkpoints are written: every so often where enough is new, at once after a long start, and at a stop. One at a time, between two groups. */
import type { Journal } from '../journal/journal.ts';
import { type CheckpointStore, saveCheckpoint } from './checkpoint.ts';
import type { Recorder } from './recorder.ts';
import type { Folds } from './replay.ts';

const checkpointEveryMs = 60_000;
const checkpointEntriesMin = 2_000;
/** a start that folded more than this is not to be repeated: its checkpoint is written at once */
const checkpointAtStartEntriesMin = 20_000;

type Keeping = {
  store: CheckpointStore;
  journal: Journal;
  recorder: Recorder;
  folds: Folds;
  /** where the last checkpoint was taken */
  fromPosition: number;
  /** hears why one could not be written; the next one is tried all the same */
  failed(why: unknown): void;
};

/** Begins to keep checkpoints; `close` ends it, with one of all that is new. */
export const keepCheckpoints = ({ store, journal, recorder, folds, fromPosition, failed }: Keeping): { close(): Promise<void> } => {
  const { tally } = folds;
  let kept = fromPosition;
  let writing: Promise<void> = Promise.resolve();
  const keep = (): Promise<void> => {
    let saved = kept;
    writing = writing
      .then(() =>
        recorder.atRest(() => {
          saved = tally.position;
          return saveCheckpoint(store, journal, folds);
        }),
      )
      .then(() => {
        kept = saved;
      })
      .catch(failed);
    return writing;
  };
  if (tally.position - kept >= checkpointAtStartEntriesMin) void keep();
  const timer = setInterval(() => {
    if (tally.position - kept >= checkpointEntriesMin) void keep();
  }, checkpointEveryMs);
  return {
    async close() {
      clearInterval(timer);
      if (tally.position > kept) await keep();
    },
  };
};

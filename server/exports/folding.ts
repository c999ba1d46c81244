/**
 * From the journal to what an export is made of: the fold of one showcase up to a position, and the SHA-256 of everything recorded up to
 * there. Two hubs with the same entries come to the same hash, whatever they keep them in. One pass, in short turns.
 */
import { createHash } from 'node:crypto';
import type { Entry } from '../../shared/entry.ts';
import { ReportFold } from '../../shared/report/report-fold.ts';
import type { Journal } from '../journal/journal.ts';
import { turns } from './turns.ts';

export type Folded = { fold: ReportFold /** SHA-256 over the JSON of every entry up to the position, a line feed after each */; journalSha256: string };

/** Entries up to `upTo` with their positions. Throws the journal's `JournalFault` where something can't be vouched for. */
export async function* entriesTo(journal: Journal, upTo: number): AsyncGenerator<{ entry: Entry; position: number }> {
  if (upTo < 1) return;
  for await (const { first, entries } of journal.read(0)) {
    for (const [i, entry] of entries.entries()) {
      if (first + i > upTo) return;
      yield { entry, position: first + i };
    }
    if (first + entries.length > upTo) return;
  }
}

/** Folds a showcase up to `upTo`. `told` hears how far it is; a `stop` that is aborted ends it with the signal's reason. */
export const foldTo = async (journal: Journal, showcase: string, upTo: number, more: { told?: (position: number) => void; stop?: AbortSignal } = {}): Promise<Folded> => {
  const fold = new ReportFold(showcase);
  const hash = createHash('sha256');
  const rest = turns();
  if (upTo > 0)
    reading: for await (const { first, entries } of journal.read(0)) {
      for (const [i, entry] of entries.entries()) {
        if (first + i > upTo) break reading;
        fold.apply(entry, first + i);
        hash.update(`${JSON.stringify(entry)}\n`);
        const pause = rest();
        if (pause) {
          await pause;
          more.stop?.throwIfAborted();
          more.told?.(first + i);
        }
      }
      if (first + entries.length > upTo) break;
    }
  return { fold, journalSha256: hash.digest('hex') };
};

/**
 * From the journal to what an export is made of: the fold of one showcase up to a position, and the SHA-256 of everything recorded up to
 * there. Two hubs with the same entries come to the same hash, whatever they keep them in. One pass.
 */
import { createHash } from 'node:crypto';
import type { Entry } from '../../shared/entry.ts';
import { ReportFold } from '../../shared/report/report-fold.ts';
import type { Reads } from '../journal/journal.ts';

export type Folded = { fold: ReportFold /** SHA-256 over the JSON of every entry up to the position, a line feed after each */; journalSha256: string };

/** Entries up to `upTo` with their positions. Throws the journal's `JournalFault` where something can't be vouched for. */
export async function* entriesTo(reads: Reads, upTo: number): AsyncGenerator<{ entry: Entry; position: number }> {
  if (upTo < 1) return;
  for await (const { first, entries } of reads.read(0)) {
    for (const [i, entry] of entries.entries()) {
      if (first + i > upTo) return;
      yield { entry, position: first + i };
    }
    if (first + entries.length > upTo) return;
  }
}

/** Folds a showcase up to `upTo`. `told` hears how far it is. Throws the journal's `JournalFault`. */
export const foldTo = async (reads: Reads, showcase: string, upTo: number, told: (position: number) => void = () => undefined): Promise<Folded> => {
  const fold = new ReportFold(showcase);
  const hash = createHash('sha256');
  if (upTo > 0)
    for await (const { first, entries } of reads.read(0)) {
      const count = Math.min(entries.length, upTo + 1 - first);
      for (let i = 0; i < count; i++) {
        const entry = entries[i] as Entry;
        fold.apply(entry, first + i);
        hash.update(`${JSON.stringify(entry)}\n`);
      }
      told(first + count - 1);
      if (first + count > upTo) break;
    }
  return { fold, journalSha256: hash.digest('hex') };
};

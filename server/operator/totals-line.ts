/** One line a showcase: what a journal counts to, from its entries alone. What `backup`, `restore`, `import` and `repair` end with. */
import { attendanceOf } from '../../shared/attendance.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import type { Gap } from '../../shared/journal-gaps.ts';
import { applyEntry, emptyTally, type Tally } from '../../shared/tally.ts';
import type { Journal } from '../journal/journal.ts';
import { progressOf } from '../progress.ts';
import type { Console } from './command.ts';

const figures = ['visits', 'entries', 'exits', 'sessions', 'projectViews', 'shown', 'scanned'] as const;

/** A gap that was accepted, in one line: what is lost is in no total. */
export const gapLine = ({ text, by, notedMs }: Gap): string => `gap       ${text}: accepted by ${by} on ${rfc3339(notedMs)}; what it held is in no total`;

/** The lines of a tally, and of the gaps that were accepted; one that says so where nothing is counted yet. */
export const totalsLinesOf = (tally: Tally, nowMs: number): string[] => {
  const lines = [...tally.showcases.keys()].map((id) => {
    const { totals, rule } = attendanceOf(tally, id, 'day', {}, [], nowMs);
    return `totals    ${id}: ${figures.map((f) => `${f} ${totals[f]?.toLocaleString('en-US') ?? '—'}`).join(', ')} (${rule})`;
  });
  return lines.length > 0 ? [...lines, ...tally.gaps.map(gapLine)] : ['totals    nothing is counted yet'];
};

/** Folds the whole journal, but for what tells repeats apart, which takes memory and changes no total; progress on stderr. */
export const countJournal = async (console: Console, journal: Journal): Promise<Tally> => {
  const progress = progressOf(console, 'counting');
  const tally = emptyTally();
  for await (const { first, entries } of journal.read(0)) {
    let position = first;
    for (const entry of entries) applyEntry(tally, entry, position++);
    progress(position - 1, journal.position);
  }
  return tally;
};

/** The lines of a whole journal. */
export const totalsLines = async (console: Console, journal: Journal): Promise<string[]> => totalsLinesOf(await countJournal(console, journal), Date.now());

/** What a repair gave up of the journal: how it is noted in the audit, and how totals, exports and statements tell it. */
import type { Entry } from './entry.ts';

/** Positions `from` to `to` (null: to the end) that are lost; what they held was received between the two instants (null: unknown). */
export type Loss = { from: number; to: number | null; afterMs: number | null; beforeMs: number | null };
/** A loss that somebody accepted: noted at `position`. `loss` is null where the note can't be read; `text` says it anyway. */
export type Gap = { position: number; notedMs: number; by: string; text: string; loss: Loss | null };

/** the audit's action of an accepted gap */
export const gapAction = 'journal.gap-accepted';

const timeOf = (ms: number | null, otherwise: string): string => (ms === null ? otherwise : new Date(ms).toISOString());

/** A loss for people, and for the entry that records it. */
export const lossText = ({ from, to, afterMs, beforeMs }: Loss): string =>
  `${to === null ? `everything from position ${from} on` : to === from ? `position ${from}` : `positions ${from} to ${to}`}, received between ${timeOf(afterMs, 'the beginning')} and ${timeOf(beforeMs, 'the repair')}`;

const TEXT = /^(?:everything from position (\d+) on|position (\d+)|positions (\d+) to (\d+)), received between (the beginning|\S+Z) and (the repair|\S+Z)$/;
const msOf = (text: string | undefined): number | null => (text?.endsWith('Z') ? Date.parse(text) : null);

/** The loss that a text of `lossText` tells; null where it is none. */
export const readLoss = (text: string): Loss | null => {
  const m = TEXT.exec(text);
  if (!m) return null;
  const [, open, one, first, last, after, before] = m;
  const from = Number(open ?? one ?? first);
  return { from, to: open !== undefined ? null : Number(last ?? from), afterMs: msOf(after), beforeMs: msOf(before) };
};

/** The gap that an entry notes, if it notes one. */
export const gapOf = (e: Entry, position: number): Gap | null =>
  e.kind === 'audit.noted' && e.action === gapAction ? { position, notedMs: e.receivedMs, by: e.by, text: e.target, loss: readLoss(e.target) } : null;

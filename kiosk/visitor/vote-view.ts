/** K7 in its states: what a visitor is shown of the vote, by what the hub told last, the kiosk's corrected clock and the visitor's own choice. */
import { dayOf, rfc3339 } from '../../shared/hongkong-time.ts';
import { isAfterClose, type PublicVote, type VoteResult } from '../../shared/vote.ts';
import { shareOf, type Votes } from '../../shared/vote-told.ts';
import type { Lang } from '../../shared/words.ts';
import { dateText } from '../words/numbers.ts';
import type { Keep } from './keep.ts';

/** `chosen`: the visitor's choice that stands; `tooLate`: one was made after the close and does not count. */
export type VoteView =
  | { kind: 'waiting'; opens: string | null }
  | { kind: 'open'; chosen: string | null; share: number | null; offline: boolean }
  | { kind: 'closed'; chosen: string | null; tooLate: boolean; result: VoteResult | null };

export type VoteSeen = { vote: PublicVote | null; votes: Votes | null; online: boolean; nowMs: number /** hub minus device clock */; offsetMs: number };

/** `16:00` of today, else with its date. */
const whenText = (at: string, nowMs: number, lang: Lang): string => {
  const local = rfc3339(Date.parse(at));
  const day = local.slice(0, 10);
  return day === dayOf(nowMs) ? local.slice(11, 16) : `${dateText(day, lang)} ${local.slice(11, 16)}`;
};

/** What is shown of the vote. A share only to who has voted, while the hub is there. */
export const voteViewOf = (keep: Pick<Keep, 'vote' | 'replaced'>, { vote, votes, online, nowMs, offsetMs }: VoteSeen, lang: Lang): VoteView => {
  const chosen = keep.vote?.project ?? null;
  if (vote?.state === 'waiting') return { kind: 'waiting', opens: vote.opens === undefined ? null : whenText(vote.opens, nowMs, lang) };
  if (vote?.state !== 'closed') return { kind: 'open', chosen, share: online && votes && chosen !== null ? shareOf(votes, chosen) : null, offline: !online };
  const made = keep.vote === null ? [] : [...keep.replaced, keep.vote];
  const standing = made.findLast((c) => !isAfterClose(vote, c.atMs + offsetMs));
  return { kind: 'closed', chosen: standing?.project ?? null, tooLate: made.length > 0 && standing !== made.at(-1), result: vote.result ?? null };
};

/** What is told of the visitors' vote: how it stands, how it is spread while it is open, its published result, and what was not counted. */
import type { Engagement } from './engagement.ts';
import { rfc3339 } from './hongkong-time.ts';
import { countedCast, type PublicVote, resultOf, voteStanding, voteStateAt } from './vote.ts';

/** fewer votes than these say nothing about what visitors like, and are not told to them as shares */
export const voteShareVotesMin = 30;

/** How a showcase's votes are spread, as visitors may know it: none of it while there are fewer than `voteShareVotesMin`. Feeds nothing (R10). */
export type Votes = { all: number; of: { [project: string]: number } };

/** Project, then its votes since the first day of the showcase. */
export const voteCounts = (state: Engagement): Map<string, number> => {
  const of = new Map<string, number>();
  for (const hour of state.hours.values()) for (const [project, { votes }] of hour.projects) if (votes > 0) of.set(project, (of.get(project) ?? 0) + votes);
  return of;
};

/** All votes that count. */
export const voteTotal = (state: Engagement): number => [...voteCounts(state).values()].reduce((sum, n) => sum + n, 0);

/** The votes of a showcase, where visitors who vote may know them: while the vote is open, and once they are enough. */
export const votesOf = (state: Engagement, atMs: number): Votes | null => {
  if (voteStateAt(state.vote.turns, atMs) !== 'open') return null;
  const all = voteTotal(state);
  return all < voteShareVotesMin ? null : { all, of: Object.fromEntries(voteCounts(state)) };
};

/** Which share of the votes went to a project, one's own vote for it among them, as a whole percent. */
export const shareOf = ({ all, of }: Votes, project: string): number => Math.round((((of[project] ?? 0) + 1) / (all + 1)) * 100);

/** How the vote stands, as visitors may know it; null while staff have never set it. */
export const publicVoteOf = (state: Engagement, atMs: number): PublicVote | null => {
  const { turns, published } = state.vote;
  if (turns.length === 0) return null;
  const { state: stands, sinceMs, opensMs, closesMs } = voteStanding(turns, atMs);
  return {
    state: stands,
    ...(stands === 'closed' && sinceMs !== null && { since: rfc3339(sinceMs) }),
    ...(opensMs !== null && { opens: rfc3339(opensMs) }),
    ...(closesMs !== null && { closes: rfc3339(closesMs) }),
    ...(stands === 'closed' && published && { result: resultOf(voteCounts(state)) }),
  };
};

/** Day, then how many sessions chose on it only while the vote was not open: kept, and not counted. */
export const votesLate = (state: Engagement, dayAt: (atMs: number) => string): Map<string, number> => {
  const late = new Map<string, number>();
  for (const casts of state.vote.casts.values()) {
    const last = casts.at(-1);
    if (!last || countedCast(casts, state.vote.turns)) continue;
    const day = dayAt(last.atMs);
    late.set(day, (late.get(day) ?? 0) + 1);
  }
  return late;
};

/**
 * The visitors' vote of a showcase: when it is open, which of a session's choices counts, and what visitors may know of its result. Staff open
 * and close it by acts of the journal. Until the first act it is open: whoever can touch a kiosk can vote.
 */

export const VOTE_STATES = ['waiting', 'open', 'closed'] as const;
export type VoteState = (typeof VOTE_STATES)[number];

/** So the vote is from `fromMs` on, until the next turn. */
export type VoteTurn = { fromMs: number; state: VoteState };
/** What staff decided, and when it is to open and close by itself; null: nobody has said so. */
export type VoteAct = { receivedMs: number; state: VoteState; opensMs: number | null; closesMs: number | null };

/** The turns after an act. What was before it stands; what was to come after it is replaced. */
export const turnsAfter = (turns: readonly VoteTurn[], { receivedMs, state, opensMs, closesMs }: VoteAct): VoteTurn[] => [
  ...turns.filter((t) => t.fromMs < receivedMs),
  { fromMs: receivedMs, state },
  ...(opensMs === null ? [] : [{ fromMs: opensMs, state: 'open' as const }]),
  ...(closesMs === null ? [] : [{ fromMs: closesMs, state: 'closed' as const }]),
];

/** How the vote stood at an instant. */
export const voteStateAt = (turns: readonly VoteTurn[], atMs: number): VoteState => turns.findLast((t) => t.fromMs <= atMs)?.state ?? 'open';

/** How the vote stands, since when (null: since ever), and when it opens and closes next; null: not known. */
export type VoteStanding = { state: VoteState; sinceMs: number | null; opensMs: number | null; closesMs: number | null };

/** How the vote stands at an instant. */
export const voteStanding = (turns: readonly VoteTurn[], atMs: number): VoteStanding => {
  const state = voteStateAt(turns, atMs);
  const past = turns.filter((t) => t.fromMs <= atMs);
  // acts that said the same again do not begin it anew
  const other = past.findLastIndex((t) => t.state !== state);
  const next = (of: VoteState): number | null => turns.find((t) => t.fromMs > atMs && t.state === of)?.fromMs ?? null;
  return { state, sinceMs: past[other + 1]?.fromMs ?? null, opensMs: state === 'open' ? null : next('open'), closesMs: next('closed') };
};

/** One choice of a session. */
export type Cast = { atMs: number; project: string };
/** choices of one session that are remembered, the latest; a kiosk tells four */
export const castsPerSessionMax = 32;

const isBefore = (a: Cast, b: Cast): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.project < b.project);

/** A session's choices in the order in which they were made, whatever order they came in. */
export const withCast = (casts: readonly Cast[], cast: Cast): Cast[] => {
  const at = casts.findIndex((c) => isBefore(cast, c));
  return (at < 0 ? [...casts, cast] : [...casts.slice(0, at), cast, ...casts.slice(at)]).slice(-castsPerSessionMax);
};

/** The one vote of a session: its last choice that was made while the vote was open; null where there is none. */
export const countedCast = (casts: readonly Cast[], turns: readonly VoteTurn[]): Cast | null => casts.findLast((c) => voteStateAt(turns, c.atMs) === 'open') ?? null;

/** places of a published result that are told */
export const resultPlacesMax = 3;
/** rows of a published result that are told: as many as stand large on one screen */
export const resultRowsMax = 3;
/** A published result. `rows`: the projects of the first places. */
export type VoteResult = { votes: number; rows: { project: string; votes: number; place: number }[] };

/** The first places of these votes, each whole or not at all: of equals none is left out by chance. */
export const resultOf = (votes: ReadonlyMap<string, number>): VoteResult => {
  const all = [...votes].filter(([, n]) => n > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const placed = all.map(([project, n]) => ({ project, votes: n, place: all.filter(([, more]) => more > n).length + 1 })).filter((r) => r.place <= resultPlacesMax);
  const rows = placed.filter((r) => placed.filter((p) => p.place <= r.place).length <= resultRowsMax);
  return { votes: all.reduce((sum, [, n]) => sum + n, 0), rows };
};

/** What kiosks are told of the vote. `since`: when it closed; `opens`, `closes`: when it will; `result`: where it is published. */
export type PublicVote = { state: VoteState; since?: string; opens?: string; closes?: string; result?: VoteResult };

const isTime = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isPlaced = (row: unknown): row is VoteResult['rows'][number] => {
  const { project, votes, place } = (row ?? {}) as { [name: string]: unknown };
  return typeof project === 'string' && Number.isSafeInteger(votes) && Number.isSafeInteger(place);
};

/** What was told of the vote, read from what a device kept of it; null where that is no vote. */
export const readVote = (value: unknown): PublicVote | null => {
  const { state, since, opens, closes, result } = (value ?? {}) as { [name: string]: unknown };
  if (!VOTE_STATES.includes(state as VoteState) || ![since, opens, closes].every((at) => at === undefined || isTime(at))) return null;
  const { votes, rows } = (result ?? {}) as { [name: string]: unknown };
  if (result !== undefined && !(Number.isSafeInteger(votes) && Array.isArray(rows) && rows.every(isPlaced))) return null;
  return value as PublicVote;
};

const atOf = (text: string | undefined): number => (text === undefined ? Number.POSITIVE_INFINITY : Date.parse(text));

/** What was told of the vote, turned by the clock since: a kiosk opens and closes it by itself while the hub is silent. */
export const voteTurned = (told: PublicVote, nowMs: number): PublicVote => {
  if (told.state !== 'closed' && told.closes !== undefined && atOf(told.closes) <= nowMs) return { state: 'closed', since: told.closes };
  if (told.state === 'waiting' && atOf(told.opens) <= nowMs) return { state: 'open', ...(told.closes !== undefined && { closes: told.closes }) };
  return told;
};

/** Whether a choice made at an instant came after the close that was told: it is recorded and not counted. */
export const isAfterClose = (told: PublicVote | null, atMs: number): boolean => told?.state === 'closed' && told.since !== undefined && atMs >= Date.parse(told.since);

/** The visitors' vote as a fold: one vote a session, its last choice while the vote was open, in whatever order it came. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldJournal, saveCheckpoint } from '../../server/counting/checkpoint.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { attendanceOf } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import { applyEntry, emptyTally, showcaseOf, type Tally } from '../../shared/tally.ts';
import { resultOf, resultRowsMax, turnsAfter, type VoteState, type VoteTurn, voteStanding, voteStateAt, voteTurned } from '../../shared/vote.ts';
import { publicVoteOf, votesLate, votesOf, voteTotal } from '../../shared/vote-told.ts';

const showcase = 'maker-in-china';
const startMs = Date.parse('2026-11-25T10:00:00+08:00');
const minuteMs = 60_000;
const nowMs = startMs + 600 * minuteMs;

type Choice = { session: string; project: string; atMs: number };
let made = 0;
const cast = ({ session, project, atMs }: Choice, more: { receivedMs?: number; offsetMs?: number } = {}): Entry => {
  made++;
  const offsetMs = more.offsetMs ?? 0;
  return {
    kind: 'kiosk.recorded',
    receivedMs: more.receivedMs ?? nowMs,
    showcase,
    zone: 'living',
    device: 'k-1',
    epoch: `e-${made}`,
    from: 1,
    offsetMs,
    items: [{ kind: 'vote.cast', id: `vote-${made}`, session, project, atMs: atMs - offsetMs }],
  };
};
const set = (receivedMs: number, state: VoteState, opensMs: number | null = null, closesMs: number | null = null): Entry => ({
  kind: 'vote.set',
  receivedMs,
  showcase,
  by: 'lee',
  state,
  opensMs,
  closesMs,
});
const foldOf = (entries: readonly Entry[]): Tally => {
  const tally = emptyTally();
  for (const [i, e] of entries.entries()) applyEntry(tally, e, i + 1);
  return tally;
};
const engagementOf = (tally: Tally) => showcaseOf(tally, showcase).engagement;
/** Every figure that is told of votes. */
const told = (tally: Tally) => ({
  projects: attendanceOf(tally, showcase, 'project', {}, [], nowMs).rows.toSorted((a, b) => (String(a['project']) < String(b['project']) ? -1 : 1)),
  hours: [...engagementOf(tally).hours].map(([hour, h]) => [hour, [...h.projects].map(([p, c]) => [p, c.votes]).sort()]).sort(),
  late: [...votesLate(engagementOf(tally), dayOf)].sort(),
  vote: publicVoteOf(engagementOf(tally), nowMs),
});

const choice = fc.record({
  session: fc.nat(5).map((n) => `session-${n}`),
  project: fc.constantFrom('a', 'b', 'c'),
  atMs: fc.nat(120).map((m) => startMs + m * minuteMs),
});
const act = fc.record({
  atMs: fc.nat(120).map((m) => startMs + m * minuteMs),
  state: fc.constantFrom<VoteState>('waiting', 'open', 'closed'),
  opensIn: fc.option(fc.integer({ min: 1, max: 60 })),
  closesIn: fc.option(fc.integer({ min: 61, max: 120 })),
});
const actsOf = (acts: readonly (typeof act extends fc.Arbitrary<infer T> ? T : never)[]): Entry[] =>
  acts
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((x) =>
      set(
        x.atMs,
        x.state,
        x.state === 'waiting' && x.opensIn !== null ? x.atMs + x.opensIn * minuteMs : null,
        x.state !== 'closed' && x.closesIn !== null ? x.atMs + x.closesIn * minuteMs : null,
      ),
    );

/** The rule of SPEC said again, without folding anything: the last choice of each session while the vote was open. */
const expected = (choices: readonly Choice[], acts: readonly Entry[]): { [project: string]: number } => {
  let turns: VoteTurn[] = [];
  for (const a of acts) if (a.kind === 'vote.set') turns = turnsAfter(turns, a);
  const last = new Map<string, Choice>();
  for (const c of choices) {
    const before = last.get(c.session);
    if (voteStateAt(turns, c.atMs) === 'open' && (!before || c.atMs > before.atMs || (c.atMs === before.atMs && c.project > before.project))) last.set(c.session, c);
  }
  const sums: { [project: string]: number } = {};
  for (const { project } of last.values()) sums[project] = (sums[project] ?? 0) + 1;
  return sums;
};

describe('the vote', () => {
  test('[B1] any order of arrival gives the same totals, those of the rule, and no session has two votes', () => {
    fc.assert(
      fc.property(
        fc.array(choice, { maxLength: 24 }).chain((choices) => fc.tuple(fc.constant(choices), fc.shuffledSubarray(choices, { minLength: choices.length }))),
        fc.array(act, { maxLength: 4 }),
        fc.infiniteStream(fc.nat(6)),
        ([choices, shuffled], raw, gaps) => {
          const acts = actsOf(raw);
          const first = foldOf([...choices.map((c) => cast(c)), ...acts]);
          // acts keep their own order; the votes come before, between and after them
          const mixed: Entry[] = [];
          let next = 0;
          for (const c of shuffled) {
            if (next < acts.length && (gaps.next().value as number) === 0) mixed.push(acts[next++] as Entry);
            mixed.push(cast(c));
          }
          const second = foldOf([...mixed, ...acts.slice(next)]);
          expect(told(second)).toEqual(told(first));
          const sums: { [project: string]: number } = {};
          for (const row of told(first).projects) if (row['votes'] !== 0) sums[String(row['project'])] = row['votes'] as number;
          expect(sums).toEqual(expected(choices, acts));
          expect(voteTotal(engagementOf(first))).toBeLessThanOrEqual(new Set(choices.map((c) => c.session)).size);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('[B1] counts by when it was cast, corrected by the kiosk’s offset, not by when it arrives', () => {
    const closesMs = startMs + 60 * minuteMs;
    const late = { receivedMs: closesMs + 90 * minuteMs, offsetMs: 30_000 };
    const inTime = { session: 's-1', project: 'a', atMs: closesMs - 1 };
    const after = { session: 's-2', project: 'a', atMs: closesMs };
    const tally = foldOf([set(closesMs, 'closed'), cast(inTime, late), cast(after, late)]);
    expect(voteTotal(engagementOf(tally))).toBe(1);
    expect([...votesLate(engagementOf(tally), dayOf)]).toEqual([['2026-11-25', 1]]);
  });

  test('[B1] a change after the close leaves the choice before it, and a journal without any act counts every vote', () => {
    const [a, b] = [
      { session: 's-1', project: 'a', atMs: startMs },
      { session: 's-1', project: 'b', atMs: startMs + 2 * minuteMs },
    ];
    const votes = (tally: Tally) => Object.fromEntries(told(tally).projects.flatMap((r) => (r['votes'] === 0 ? [] : [[r['project'], r['votes']]])));
    expect(votes(foldOf([cast(b), cast(a)]))).toEqual({ b: 1 });
    expect(publicVoteOf(engagementOf(foldOf([cast(a)])), nowMs)).toBeNull();
    expect(votes(foldOf([cast(b), cast(a), set(startMs + minuteMs, 'closed')]))).toEqual({ a: 1 });
  });

  test('[B1] with a checkpoint and without one a start knows the same of the vote, and goes on the same', async () => {
    const journal = new MemoryJournal();
    const store = new MemoryDocuments();
    const entries = [cast({ session: 's-1', project: 'a', atMs: startMs }), cast({ session: 's-1', project: 'b', atMs: startMs + 50 * minuteMs })];
    await journal.append([...entries, set(startMs + 30 * minuteMs, 'closed'), { kind: 'vote.published', receivedMs: startMs + 31 * minuteMs, showcase, by: 'lee', on: true }]);
    await saveCheckpoint(store, journal, await foldJournal(journal, null));
    await journal.append([cast({ session: 's-1', project: 'c', atMs: startMs + 20 * minuteMs }), cast({ session: 's-2', project: 'c', atMs: startMs + 29 * minuteMs })]);
    const [from, anew] = [await foldJournal(journal, store), await foldJournal(journal, null)];
    expect(from.from).toBe(4);
    expect(told(from.tally)).toEqual(told(anew.tally));
    expect(publicVoteOf(engagementOf(from.tally), nowMs)).toMatchObject({ state: 'closed', result: { votes: 2, rows: [{ project: 'c', votes: 2, place: 1 }] } });
  });

  test('[B2] opens and closes by itself at its times, on the hub and by the clock of a kiosk that hears nothing', () => {
    const [opensMs, closesMs] = [startMs + 10 * minuteMs, startMs + 20 * minuteMs];
    const tally = foldOf([set(startMs, 'waiting', opensMs, closesMs)]);
    const toldAt = publicVoteOf(engagementOf(tally), startMs);
    expect(toldAt).toEqual({ state: 'waiting', opens: '2026-11-25T10:10:00+08:00', closes: '2026-11-25T10:20:00+08:00' });
    for (const atMs of [startMs, opensMs - 1, opensMs, closesMs - 1, closesMs, closesMs + 1]) {
      const now = publicVoteOf(engagementOf(tally), atMs);
      expect(voteTurned(toldAt as NonNullable<typeof toldAt>, atMs)).toEqual(now);
      expect(now?.state).toBe(atMs < opensMs ? 'waiting' : atMs < closesMs ? 'open' : 'closed');
    }
    expect(voteStanding(engagementOf(tally).vote.turns, closesMs + 5)).toEqual({ state: 'closed', sinceMs: closesMs, opensMs: null, closesMs: null });
  });

  test('[B2] a result is published of a closed vote only, and opening it again takes it back', () => {
    const published = (atMs: number): Entry => ({ kind: 'vote.published', receivedMs: atMs, showcase, by: 'lee', on: true });
    const one = cast({ session: 's-1', project: 'a', atMs: startMs });
    const result = (...entries: Entry[]) => publicVoteOf(engagementOf(foldOf([one, ...entries])), nowMs)?.result;
    const at = (m: number): number => startMs + m * minuteMs;
    expect(result(set(at(1), 'closed'), published(at(2)))).toEqual({ votes: 1, rows: [{ project: 'a', votes: 1, place: 1 }] });
    expect(result(set(at(1), 'open', null, at(5)), published(at(2)))).toBeUndefined();
    expect(result(set(at(1), 'closed'), published(at(2)), set(at(3), 'open'), set(at(4), 'closed'))).toBeUndefined();
    expect(result(set(at(1), 'closed'), published(at(2)), set(at(3), 'closed'))).toBeDefined();
    expect(result(set(at(1), 'closed'))).toBeUndefined();
  });

  test('[B2] of equal projects none is left out of a result by chance, and no share is told once the vote is closed', () => {
    const of = (...counts: number[]) => resultOf(new Map(counts.map((n, i) => [`p-${i}`, n])));
    expect(of(3, 9, 3, 1).rows.map((r) => [r.project, r.place])).toEqual([
      ['p-1', 1],
      ['p-0', 2],
      ['p-2', 2],
    ]);
    expect(of(9, 2, 2, 2, 2, 2, 2).rows.map((r) => r.project)).toEqual(['p-0']);
    expect(of(...Array.from({ length: resultRowsMax + 1 }, () => 4))).toEqual({ votes: 4 * (resultRowsMax + 1), rows: [] });
    expect(of(0)).toEqual({ votes: 0, rows: [] });
    const many = Array.from({ length: 30 }, (_, i) => cast({ session: `s-${i}`, project: 'a', atMs: startMs }));
    expect(votesOf(engagementOf(foldOf(many)), nowMs)).toEqual({ all: 30, of: { a: 30 } });
    expect(votesOf(engagementOf(foldOf([...many, set(startMs + minuteMs, 'closed')])), nowMs)).toBeNull();
  });
});

/** The visitors' vote: how it stands, what opens and closes it, and whether its result is shown. */
import { Hono } from 'hono';
import { API } from '../../shared/api.ts';
import { dayOf, rfc3339 } from '../../shared/hongkong-time.ts';
import { voteBody, votePublicationBody } from '../../shared/paths.ts';
import { showcaseOf } from '../../shared/tally.ts';
import { voteStanding, voteStateAt } from '../../shared/vote.ts';
import { votesLate, voteTotal } from '../../shared/vote-told.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { actsOf } from './act.ts';
import { allowed, body } from './ask.ts';
import type { HubEnv } from './env.ts';
import { Refused } from './problem.ts';

const instantOrNull = (atMs: number | null): string | null => (atMs === null ? null : rfc3339(atMs));

export const voteRoutes = (parts: HubParts) => {
  const { tally, clock } = parts;
  const { packOf, act } = actsOf(parts);
  const engagementOf = (showcase: string) => showcaseOf(tally, showcase).engagement;
  return new Hono<HubEnv>()
    .get(`${API}/showcases/:id/vote`, (c) => {
      allowed(c, 'live.read');
      const state = engagementOf(packOf(c).id);
      const { turns, published } = state.vote;
      const standing = voteStanding(turns, clock.nowMs());
      return c.json({
        state: standing.state,
        /** false: nobody has ever set it, and it is open for that */
        set: turns.length > 0,
        since: instantOrNull(standing.sinceMs),
        opens: instantOrNull(standing.opensMs),
        closes: instantOrNull(standing.closesMs),
        published: published && standing.state === 'closed',
        position: tally.position,
        votes: voteTotal(state),
        uncounted: [...votesLate(state, dayOf).values()].reduce((sum, n) => sum + n, 0),
      });
    })
    .put(`${API}/showcases/:id/vote`, (c) =>
      act(c, 'vote.set', async (by, pack) => {
        const { state, opens, closes } = await body(c, voteBody);
        const nowMs = clock.nowMs();
        const [opensMs, closesMs] = [opens, closes].map((at) => (at === undefined ? null : Date.parse(at))) as [number | null, number | null];
        const wrong = (path: string, code: string): never => {
          throw new Refused('validation_failed', 'The vote cannot be set so.', { errors: [{ path, code }] });
        };
        if (opensMs !== null && state !== 'waiting') wrong('opens', 'not_waiting');
        if (closesMs !== null && state === 'closed') wrong('closes', 'already_closed');
        if (opensMs !== null && opensMs <= nowMs) wrong('opens', 'in_the_past');
        if (closesMs !== null && closesMs <= nowMs) wrong('closes', 'in_the_past');
        if (state === 'waiting' && closesMs !== null && opensMs === null) wrong('opens', 'required');
        if (opensMs !== null && closesMs !== null && closesMs <= opensMs) wrong('closes', 'before_opening');
        return { kind: 'vote.set', receivedMs: nowMs, showcase: pack.id, by, state, opensMs, closesMs };
      }),
    )
    .put(`${API}/showcases/:id/vote/publication`, (c) =>
      act(c, 'vote.publish', async (by, pack) => {
        const { on } = await body(c, votePublicationBody);
        const nowMs = clock.nowMs();
        if (on && voteStateAt(engagementOf(pack.id).vote.turns, nowMs) !== 'closed') throw new Refused('vote_not_closed', 'A result is published once the vote is closed.');
        return { kind: 'vote.published', receivedMs: nowMs, showcase: pack.id, by, on };
      }),
    );
};

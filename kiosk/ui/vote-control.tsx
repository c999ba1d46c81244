/** The visitors' vote for staff and organisers: how it stands, opening and closing it now, and, for who may, its published result. */
import { useEffect, useState } from 'preact/hooks';
import { API } from '../../shared/api.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { VoteState } from '../../shared/vote.ts';
import { type DeskWords, dayAndClock } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import type { Ask, Failure } from './api.ts';
import { FailureNote } from './failure-note.tsx';

type Standing = { state: VoteState; set: boolean; since: string | null; opens: string | null; closes: string | null; published: boolean; votes: number; uncounted: number };
type Props = { showcase: string; role: Role; ask: Ask; d: DeskWords };

/** Closing asks once more, because what is cast afterwards does not count. */
export const VoteControl = ({ showcase, role, ask, d }: Props) => {
  const [standing, setStanding] = useState<Standing | null>(null);
  const [told, setTold] = useState<Failure | 'saved' | 'sure' | null>(null);
  const at = `${API}/showcases/${encodeURIComponent(showcase)}/vote`;
  const read = async (): Promise<void> => {
    const answer = await ask<Standing>('GET', at);
    if (answer.ok) setStanding(answer.value);
    else setTold(answer);
  };
  useEffect(() => {
    setTold(null);
    void read();
  }, [at]);
  const put = async (path: string, body: object): Promise<void> => {
    const answer = await ask<object>('PUT', path, body);
    setTold(answer.ok ? 'saved' : answer);
    await read();
  };
  const w = d.vote;
  const time = (text: string): string => dayAndClock(Date.parse(text), d);
  return (
    <section class="part">
      <h2>{w.title}</h2>
      {standing && (
        <>
          <p>
            <b>{w.state[standing.state]}</b> {standing.opens && w.opens(time(standing.opens))} {standing.closes && w.closes(time(standing.closes))}{' '}
            {standing.state === 'closed' && standing.since && w.since(time(standing.since))}
          </p>
          <p class="note">
            {!standing.set && w.always} {w.counted(grouped(standing.votes))} {standing.uncounted > 0 && w.uncounted(grouped(standing.uncounted))}{' '}
            {standing.state === 'closed' && (standing.published ? w.published : w.withheld)}
          </p>
          <div class="row">
            {can(role, 'vote.set') && standing.state !== 'open' && (
              <button type="button" class="btn" onClick={() => void put(at, { state: 'open' })}>
                {w.open}
              </button>
            )}
            {can(role, 'vote.set') && standing.state !== 'closed' && (
              <button type="button" class="btn" onClick={() => (told === 'sure' ? void put(at, { state: 'closed' }) : setTold('sure'))}>
                {told === 'sure' ? w.closeYes : w.close}
              </button>
            )}
            {can(role, 'vote.publish') && standing.state === 'closed' && (
              <button type="button" class="btn" onClick={() => void put(`${at}/publication`, { on: !standing.published })}>
                {standing.published ? w.withdraw : w.publish}
              </button>
            )}
          </div>
        </>
      )}
      <div role="status">{told === 'sure' ? <p class="fault">{w.closeAsk}</p> : told === 'saved' ? <p class="good">{w.saved}</p> : <FailureNote failed={told} d={d} />}</div>
    </section>
  );
};

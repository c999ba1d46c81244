/** The visitors' vote for staff and organisers: how it stands, opening and closing it now or at a time, and, for who may, its published result. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { API } from '../../shared/api.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { VoteState } from '../../shared/vote.ts';
import { type DeskWords, dayAndClock } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import type { Ask, Failure } from './api.ts';
import { FailureNote } from './failure-note.tsx';

type Standing = { state: VoteState; set: boolean; since: string | null; opens: string | null; closes: string | null; published: boolean; votes: number; uncounted: number };
type Props = { showcase: string; role: Role; ask: Ask; d: DeskWords };

/** An instant of Hong Kong as a field of date and time gives it; undefined: left empty. */
const instantOf = (field: HTMLInputElement | null): string | undefined => (field?.value ? `${field.value.slice(0, 16)}:00+08:00` : undefined);

/** Closing asks once more, because what is cast afterwards does not count. */
export const VoteControl = ({ showcase, role, ask, d }: Props) => {
  const [standing, setStanding] = useState<Standing | null>(null);
  const [told, setTold] = useState<Failure | 'saved' | 'sure' | 'times' | null>(null);
  const opens = useRef<HTMLInputElement>(null);
  const closes = useRef<HTMLInputElement>(null);
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
  const schedule = async (event: Event): Promise<void> => {
    event.preventDefault();
    const [from, to] = [instantOf(opens.current), instantOf(closes.current)];
    if (from === undefined && to === undefined) setTold('times');
    else await put(at, { state: from === undefined ? 'open' : 'waiting', ...(from !== undefined && { opens: from }), ...(to !== undefined && { closes: to }) });
  };
  const w = d.vote;
  const time = (text: string): string => dayAndClock(Date.parse(text), d);
  return (
    <>
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
          {can(role, 'vote.set') && (
            <form class="vote-times" onSubmit={schedule}>
              <label>
                <span>{w.opensAt}</span>
                <input ref={opens} type="datetime-local" />
              </label>
              <label>
                <span>{w.closesAt}</span>
                <input ref={closes} type="datetime-local" />
              </label>
              <button type="submit" class="btn">
                {w.setTimes}
              </button>
            </form>
          )}
        </>
      )}
      <div role="status">
        {told === 'sure' ? (
          <p class="fault">{w.closeAsk}</p>
        ) : told === 'times' ? (
          <p class="fault">{w.needTime}</p>
        ) : told === 'saved' ? (
          <p class="good">{w.saved}</p>
        ) : (
          <FailureNote failed={told} d={d} />
        )}
      </div>
    </>
  );
};

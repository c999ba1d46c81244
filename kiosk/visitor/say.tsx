/** K7: one vote a visit, while the vote is open, and how the visit was. Both may be changed until it ends, and are told then. */

import { RATINGS } from '../../shared/ratings.ts';
import { voteShareVotesMin } from '../../shared/vote-told.ts';
import { CheckIcon, FaceIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import { areaClass, type Desk } from './desk.ts';
import { ballotOf } from './keep.ts';
import { Likeness } from './likeness.tsx';
import { Bar, Heading, View } from './parts.tsx';
import type { VoteView } from './vote-view.ts';

const MOOD = { good: 1, fair: 0, poor: -1 } as const;

type In<K extends VoteView['kind']> = { desk: Desk; vote: Extract<VoteView, { kind: K }> };

const Ballot = ({ desk, vote }: In<'open'>) => {
  const { w, lang, catalogue, act } = desk;
  const ballot = ballotOf(desk.visit.keep).flatMap((id) => catalogue.places.get(id) ?? []);
  if (ballot.length === 0) return <p class="say-note">{w.say.none}</p>;
  return (
    <>
      <div class="ballot">
        {ballot.map((place) => {
          const p = place.project;
          return (
            <button
              type="button"
              key={p.id}
              class={`choice ${areaClass(p.area)}`}
              aria-pressed={vote.chosen === p.id}
              onClick={() => act({ kind: 'kept', act: { kind: 'vote', project: p.id } })}
            >
              <Likeness place={place} />
              <span class="choice-name">{p.name[lang]}</span>
              {vote.chosen === p.id && <CheckIcon />}
            </button>
          );
        })}
      </div>
      <p class="say-note" role="status">
        {vote.chosen === null ? (
          w.say.note
        ) : (
          <>
            {w.say.voted} {vote.share !== null && <span class="nb say-share">{w.say.share(`${vote.share}%`)}</span>}
            {vote.offline && w.say.offline}
          </>
        )}
      </p>
    </>
  );
};

const Waiting = ({ desk: { w }, vote }: In<'waiting'>) => (
  <p class="say-state" role="status">
    {vote.opens === null ? w.say.waiting : w.say.opens(vote.opens)}
  </p>
);

/** The close, what it means for who has voted, and the result where the organiser shows it. */
const Closed = ({ desk, vote }: In<'closed'>) => {
  const { w, lang, catalogue } = desk;
  const { result } = vote;
  const name = vote.chosen === null ? undefined : catalogue.places.get(vote.chosen)?.project.name[lang];
  const shares = result !== null && result.votes >= voteShareVotesMin;
  return (
    <>
      <p class="say-state" role="status">
        {name === undefined ? w.say.closed : w.say.counted(name)} {vote.tooLate && w.say.tooLate}
      </p>
      {result && (
        <ol class="result">
          {result.rows.map((row) => {
            const place = catalogue.places.get(row.project);
            return (
              <li key={row.project} class={place ? areaClass(place.project.area) : ''}>
                <b class="result-place">{row.place}</b>
                {place && <Likeness place={place} />}
                <span class="result-name">{place?.project.name[lang] ?? row.project}</span>
                <span class="result-votes">{w.say.votes(grouped(row.votes), shares ? `${Math.round((row.votes / result.votes) * 100)}%` : null)}</span>
              </li>
            );
          })}
        </ol>
      )}
      {result && <p class="say-note">{w.say.all(grouped(result.votes))}</p>}
    </>
  );
};

export const Say = ({ desk }: { desk: Desk }) => {
  const { w, act, vote } = desk;
  const { keep } = desk.visit;
  return (
    <main class="screen say">
      <View desk={desk} />
      <div class="acts say-acts">
        <Heading about="say" className="song">
          {vote.kind !== 'closed' ? w.say.title : vote.result ? w.say.result : w.say.open}
        </Heading>
        {vote.kind === 'open' ? <Ballot desk={desk} vote={vote} /> : vote.kind === 'waiting' ? <Waiting desk={desk} vote={vote} /> : <Closed desk={desk} vote={vote} />}
        <h2 class="say-rate">{w.say.rate}</h2>
        <div class="ratings">
          {RATINGS.map((rating) => (
            <button type="button" key={rating} class="btn choice" aria-pressed={keep.rated?.rating === rating} onClick={() => act({ kind: 'kept', act: { kind: 'rate', rating } })}>
              <FaceIcon mood={MOOD[rating]} />
              <span>{w.say.rating[rating]}</span>
            </button>
          ))}
        </div>
        <p class="say-note" role="status">
          {keep.rated ? w.say.thanks : ''}
        </p>
      </div>
      <Bar desk={desk} />
    </main>
  );
};

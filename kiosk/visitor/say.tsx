/** K7: one vote a visit, and how the visit was. Both may be changed until it ends, and are told then. */

import { RATINGS } from '../../shared/ratings.ts';
import { shareOf } from '../../shared/vote-told.ts';
import { CheckIcon, FaceIcon } from '../ui/icons.tsx';
import { areaClass, type Desk } from './desk.ts';
import { ballotOf } from './keep.ts';
import { Likeness } from './likeness.tsx';
import { Bar, Heading, View } from './parts.tsx';

const MOOD = { good: 1, fair: 0, poor: -1 } as const;

export const Say = ({ desk }: { desk: Desk }) => {
  const { w, lang, catalogue, act } = desk;
  const { keep } = desk.visit;
  const ballot = ballotOf(keep).flatMap((id) => catalogue.places.get(id) ?? []);
  return (
    <main class="screen say">
      <View desk={desk} />
      <div class="acts say-acts">
        <Heading about="say" className="song">
          {w.say.title}
        </Heading>
        {ballot.length === 0 ? (
          <p class="say-note">{w.say.none}</p>
        ) : (
          <>
            <div class="ballot">
              {ballot.map((place) => {
                const p = place.project;
                return (
                  <button
                    type="button"
                    key={p.id}
                    class={`choice ${areaClass(p.area)}`}
                    aria-pressed={keep.vote?.project === p.id}
                    onClick={() => act({ kind: 'kept', act: { kind: 'vote', project: p.id } })}
                  >
                    <Likeness place={place} />
                    <span class="choice-name">{p.name[lang]}</span>
                    {keep.vote?.project === p.id && <CheckIcon />}
                  </button>
                );
              })}
            </div>
            <p class="say-note" role="status">
              {keep.vote ? (
                <>
                  {w.say.voted} {desk.votes && <span class="nb say-share">{w.say.share(`${shareOf(desk.votes, keep.vote.project)}%`)}</span>}
                </>
              ) : (
                w.say.note
              )}
            </p>
          </>
        )}
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

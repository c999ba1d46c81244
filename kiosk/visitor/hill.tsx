/** K2: the hill seen whole. Six terraces, the harbourfront with the other shows, and chance; the list is its twin in words. */
import { ForwardIcon, ListIcon, PierIcon, QuizIcon, StarIcon, SurpriseIcon, VoteIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import type { Trail } from './catalogue.ts';
import { areaClass, type Desk, trailName } from './desk.ts';
import { Bar, Heading, Mark, View } from './parts.tsx';

/** Begins the walk along a trail; the harbourfront's pavilion may hold none. */
export const walkAlong = (desk: Desk, trail: Trail): void => {
  const first = trail.projects[0];
  if (first) desk.go({ kind: 'walk', trail: trail.id, project: first.id });
};

const Terrace = ({ desk, trail }: { desk: Desk; trail: Trail }) => {
  const n = trail.projects.length;
  return (
    <button type="button" class={`tile ${trail.area ? areaClass(trail.area) : ''}`} disabled={n === 0} onClick={() => walkAlong(desk, trail)}>
      {trail.area ? <Mark area={trail.area} lang={desk.lang} /> : <PierIcon />}
      <span class="tile-name">{trailName(trail, desk.lang, desk.w)}</span>
      <span class="tile-count">{n === 0 ? desk.w.hill.empty : desk.w.hill.count(grouped(n))}</span>
    </button>
  );
};

export const Hill = ({ desk }: { desk: Desk }) => {
  const { w, catalogue } = desk;
  return (
    <main class="screen hill">
      <View desk={desk} label={w.stage.group} />
      <div class="acts hill-acts">
        <div class="hill-head">
          <Heading about="hill" className="song">
            {w.hill.title}
          </Heading>
          <button type="button" class="btn to-list" onClick={() => desk.go({ kind: 'list', area: null })}>
            <ListIcon />
            {w.hill.list}
          </button>
        </div>
        <div class="tiles">
          {catalogue.terraces.map((trail) => (
            <Terrace key={trail.id} desk={desk} trail={trail} />
          ))}
        </div>
        <div class="hill-more">
          {catalogue.quays.length > 0 && (
            <button type="button" class="btn" onClick={() => desk.go({ kind: 'pier' })}>
              <PierIcon />
              {w.hill.pier}
            </button>
          )}
          <button type="button" class="btn primary" onClick={desk.surprise}>
            <SurpriseIcon />
            {w.hill.surprise}
          </button>
        </div>
        <div class="hill-keep">
          <button type="button" class="btn" aria-label={w.keep.open(grouped(desk.visit.keep.saved.length))} onClick={() => desk.go({ kind: 'collection' })}>
            <StarIcon />
            {w.keep.title}
            {desk.visit.keep.saved.length > 0 && <b class="kept">{desk.visit.keep.saved.length}</b>}
          </button>
          <button type="button" class="btn" onClick={desk.newQuiz}>
            <QuizIcon />
            {w.quiz.open}
          </button>
          <button type="button" class="btn" onClick={() => desk.go({ kind: 'say' })}>
            <VoteIcon />
            {w.say.open}
          </button>
        </div>
      </div>
      <Bar desk={desk} />
    </main>
  );
};

/** The harbourfront: each show with its quays, or its pavilion. */
export const Pier = ({ desk }: { desk: Desk }) => {
  const { w, catalogue, lang } = desk;
  const shows = [...new Set(catalogue.quays.map((t) => t.pack))];
  return (
    <main class="screen pier">
      <View desk={desk} label={w.stage.group} />
      <div class="acts pier-acts">
        <Heading about="pier" className="song">
          {w.pier.title}
        </Heading>
        <div class="shows">
          {shows.map((pack) => (
            <section key={pack.id} class="show">
              <h2>
                {pack.name[lang]} <span class="dim">{pack.event[lang]}</span>
              </h2>
              <div class="show-quays">
                {catalogue.quays
                  .filter((t) => t.pack === pack)
                  .map((trail) => (
                    <button type="button" key={trail.id} class="tile" disabled={trail.projects.length === 0} onClick={() => walkAlong(desk, trail)}>
                      <span class="tile-name">{pack.place === 'pavilion' ? pack.message[lang] : trailName(trail, lang, w)}</span>
                      <span class="tile-count">{trail.projects.length === 0 ? w.hill.empty : w.hill.count(grouped(trail.projects.length))}</span>
                      <ForwardIcon />
                    </button>
                  ))}
              </div>
            </section>
          ))}
        </div>
      </div>
      <Bar desk={desk} />
    </main>
  );
};

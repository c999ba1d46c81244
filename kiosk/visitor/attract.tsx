/**
 * K1: the screen when nobody is there. The hill with one lamp lit for every n visits of today, what it is about, scene by scene, and
 * three start buttons that are also the choice of language. Only the headline changes its language; the buttons never do, nor move.
 */
import { LANGS, type Lang } from '../../shared/words.ts';
import { Brand } from '../ui/brand.tsx';
import { AccessIcon } from '../ui/icons.tsx';
import { daysText, grouped } from '../words/numbers.ts';
import { visitorWords } from '../words/visitor.ts';
import type { Scene } from './attract-plan.ts';
import type * as SceneFile from './attract-scenes.tsx';
import type { Desk, Lamps } from './desk.ts';
import { ModelStill } from './model-still.tsx';
import { ElderSwitch, Mark, View } from './parts.tsx';
import type { Screen } from './visit.ts';

const Count = ({ lamps, lang }: { lamps: Lamps; lang: Lang }) => {
  const w = visitorWords(lang).attract;
  const { hours } = lamps;
  const told = hours === null ? null : hours.kind === 'tomorrow' ? w.tomorrow : w[hours.kind](hours.time);
  if (!lamps.open || (told !== null && lamps.time === null)) return <p class="count-line">{told ?? w.rest}</p>;
  if (lamps.visits === null) return <p class="count-line">{w.pick}</p>;
  return (
    <>
      <span class="lamp" aria-hidden="true" />
      {lamps.time === null ? (
        <p class="count-line">{w.lights(grouped(lamps.unit))}</p>
      ) : (
        <>
          <p class="count-big">
            {w.today} <b class="n">{grouped(lamps.visits)}</b> {w.visits}
          </p>
          <p class="count-note">
            <span class="nb">{told ?? w.lights(grouped(lamps.unit))}</span> <span class="nb">{w.asAt(lamps.time)}</span>
          </p>
        </>
      )}
    </>
  );
};

/** A Chinese sentence by its commas: it breaks there and nowhere else. */
const phrases = (text: string): string[] => text.split(/(?<=[，。])(?=.)|(?<=\.) /);

/** The scene of the moment, with what tells it. */
export type Told = { scene: Scene; file: typeof SceneFile };

/** The title of the screen, or that of the scene; both in the headline's language of the moment. */
const Words = ({ desk, shown, told }: { desk: Desk; shown: Lang; told: Told | null }) => {
  const latin = shown === 'en' ? 'latin' : '';
  if (!told)
    return (
      <>
        <h1 class={`attract-title song ${latin}`} lang={shown}>
          {visitorWords(shown).title}
        </h1>
        <p class="attract-message">
          {phrases(desk.catalogue.head.message[shown]).map((part) => (
            <span key={part} class="nb">
              {part}
            </span>
          ))}
        </p>
      </>
    );
  const { wordsOf, titleMm, sentenceMm, phrasesOf } = told.file;
  const { title, message } = wordsOf(told.scene, desk.catalogue, desk.lamps, shown);
  const spans = (text: string) => {
    const parts = phrasesOf(text, shown);
    return parts.map((part) => (
      <span key={part} class={parts.length > 1 ? 'nb' : ''}>
        {part}
      </span>
    ));
  };
  return (
    <>
      <h1 class={`attract-title scene-title song ${latin}`} lang={shown} style={{ '--fit': titleMm(title, shown, desk.portrait) }}>
        <span>{spans(title)}</span>
      </h1>
      <p class="attract-message scene-message" style={{ '--fit': sentenceMm(message, shown, desk.portrait) }}>
        {spans(message)}
      </p>
    </>
  );
};

const Head = ({ desk, shown, told }: { desk: Desk; shown: Lang; told: Told | null }) => {
  const { head } = desk.catalogue;
  const [first, last] = [head.days[0]?.day, head.days.at(-1)?.day];
  return (
    <header class="attract-head">
      <div class="attract-brand">
        <Brand />
        <p>
          <span lang="zh-HK">{head.name['zh-HK']}</span>
          <span class="dim" lang="en">
            {head.name.en}
          </span>
        </p>
        <span class="space" />
        <p class="attract-event" lang={shown}>
          <span>{head.event[shown]}</span>
          {first && last && <span class="dim">{daysText(first, last, shown)}</span>}
        </p>
      </div>
      <div class={`attract-words turn-${shown}`} lang={shown}>
        <Words desk={desk} shown={shown} told={told} />
      </div>
    </header>
  );
};

/** `shown` is the headline's language of the moment; `spotlight` a project that staff put forward; `told` the scene, null: the hill alone. */
export const Attract = ({ desk, shown, spotlight, told, invite }: { desk: Desk; shown: Lang; spotlight: string | null; told: Told | null; invite: boolean }) => {
  const place = spotlight === null ? undefined : desk.catalogue.places.get(spotlight);
  const close = told?.scene.kind === 'project' || told?.scene.kind === 'invite' ? told.scene.place : place;
  const model = close?.project.model;
  const screen: Screen = place ? { kind: 'project', trail: place.trail.id, project: place.project.id, via: 'spotlight' } : { kind: 'hill' };
  return (
    <main class="screen attract">
      <Head desk={desk} shown={shown} told={told} />
      <View desk={desk} {...(told ? told.file.coveredMm(told.scene, desk.portrait) : {})} {...(close ? { sculpture: close.sculpture, area: close.project.area } : {})}>
        {told && model && desk.stage.state.value === 'none' && (
          <ModelStill model={model} alt="">
            {null}
          </ModelStill>
        )}
        {told && <told.file.SceneLabel key={told.scene.kind} scene={told.scene} lang={shown} data={!model || desk.stage.model.status.value.state === 'failed'} />}
        {place && (
          <p class="pill spotlight" lang={shown}>
            <Mark area={place.project.area} lang={shown} />
            <span>
              {visitorWords(shown).attract.today3d} <b>{place.project.name[shown]}</b>
            </span>
          </p>
        )}
      </View>
      <div class="attract-dock">
        <div class={`count turn-${shown}`} lang={shown}>
          <Count lamps={desk.lamps} lang={shown} />
        </div>
        <div class={`starts ${invite ? 'invite' : ''}`}>
          {LANGS.map((lang) => {
            const w = visitorWords(lang).start;
            return (
              <button type="button" key={lang} class="start" lang={lang} onClick={() => desk.act({ kind: 'started', lang, session: desk.newSession(), screen })}>
                <b>{w.name}</b>
                <span>{w.invite}</span>
              </button>
            );
          })}
        </div>
        <div class="attract-foot">
          <ElderSwitch desk={desk} className="btn" />
          <button type="button" class="btn" aria-haspopup="dialog" onClick={() => desk.act({ kind: 'sheet', open: true, session: desk.newSession() })}>
            <AccessIcon />
            <span lang="zh-HK">{visitorWords('zh-HK').bar.access}</span> <span lang="en">{visitorWords('en').bar.access}</span>
          </button>
          <p class={`privacy turn-${shown}`} lang={shown}>
            {visitorWords(shown).attract.privacy}
          </p>
        </div>
      </div>
    </main>
  );
};

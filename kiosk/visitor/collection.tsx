/** K6: what a visitor collected, with one code for all of it. */
import { listMax } from '../../shared/links.ts';
import { CrossIcon, ForwardIcon, StarIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import { Code } from './code.tsx';
import { areaClass, type Desk, projectScreen } from './desk.ts';
import { Likeness } from './likeness.tsx';
import { Bar, Heading, Mark, View } from './parts.tsx';
import { codePx, handoffList } from './takeaway.tsx';

/** Beside the list the code has less room than alone. */
const codeShare = 0.86;

/** so few projects are shown large, with their benefit; more of them as rows that all fit */
const roomyMax = 3;

export const Collection = ({ desk }: { desk: Desk }) => {
  const { w, lang, catalogue, act } = desk;
  const places = desk.visit.keep.saved.flatMap((id) => catalogue.places.get(id) ?? []);
  const roomy = places.length <= roomyMax && !desk.visit.modes.low;
  const out = handoffList(
    catalogue.content,
    places.map((p) => p.project),
    lang,
    desk.shortLinks,
  );
  return (
    <main class={`screen collection ${places.length === 0 ? 'is-empty' : ''}`}>
      {desk.visit.modes.low && <View desk={desk} />}
      <section class="label keep-label">
        <Heading about={`collection ${places.length}`} className="song">
          {w.keep.title}
        </Heading>
        {places.length === 0 ? (
          <p class="keep-empty">
            <StarIcon />
            {w.keep.empty}
          </p>
        ) : (
          <>
            <p class="keep-count">{w.keep.count(grouped(places.length), grouped(listMax))}</p>
            <ul class={`keep-rows ${roomy ? 'is-roomy' : ''}`} data-scrolls>
              {places.map((place) => {
                const { project, trail } = place;
                return (
                  <li key={project.id} class={`keep-row-of ${areaClass(project.area)}`}>
                    <button type="button" class="keep-open" onClick={() => desk.go(projectScreen(trail.id, project, 'saved'))}>
                      <Likeness place={place} />
                      <Mark area={project.area} lang={lang} />
                      <span class="keep-name">{project.name[lang]}</span>
                      {roomy && <span class="keep-benefit">{project.benefit[lang]}</span>}
                    </button>
                    <button
                      type="button"
                      class="keep-drop"
                      aria-label={w.keep.drop(project.name[lang])}
                      onClick={() => act({ kind: 'kept', act: { kind: 'drop', project: project.id } })}
                    >
                      <CrossIcon />
                    </button>
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </section>
      {places.length > 0 && (
        <div class="qr-panel keep-code">
          <Code text={out.text} alt={w.keep.alt(grouped(places.length))} sizePx={codePx(desk) * codeShare} />
          <div class="qr-side">
            <p class="keep-promise">{w.keep.promise}</p>
            {!out.isLink && <p class="qr-offline">{w.keep.offline}</p>}
          </div>
        </div>
      )}
      <div class="acts keep-acts">
        <div class="main-row">
          {places.length > 0 && (
            <button type="button" class="btn" onClick={() => act({ kind: 'kept', act: { kind: 'clear' } })}>
              <CrossIcon />
              {w.keep.clear}
            </button>
          )}
          <button type="button" class="btn primary" onClick={() => desk.go({ kind: 'hill' })}>
            {w.keep.more}
            <ForwardIcon />
          </button>
        </div>
      </div>
      <Bar desk={desk} />
    </main>
  );
};

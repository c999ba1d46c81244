/** K9: every project in words, terrace by terrace: the twin of the hill for screen readers and for machines without WebGL. */
import { useRef } from 'preact/hooks';
import { AREAS } from '../../shared/areas.ts';
import { DownIcon, ForwardIcon, UpIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import type { Trail } from './catalogue.ts';
import { areaClass, type Desk, projectScreen, trailName } from './desk.ts';
import { Likeness } from './likeness.tsx';
import { Bar, Heading, Mark, View } from './parts.tsx';

/** how much of a page a press of "page down" moves */
const pageShare = 0.86;

const Rows = ({ desk, trail }: { desk: Desk; trail: Trail }) => (
  <section class={`list-group ${trail.area ? areaClass(trail.area) : ''}`}>
    <h2>
      {trail.area && <Mark area={trail.area} lang={desk.lang} />}
      {trailName(trail, desk.lang, desk.w)}
      <span class="dim">{desk.w.hill.count(grouped(trail.projects.length))}</span>
    </h2>
    <ul>
      {trail.projects.map((p) => {
        const place = desk.catalogue.places.get(p.id);
        return (
          <li key={p.id}>
            <button type="button" class={`row ${areaClass(p.area)}`} onClick={() => desk.go(projectScreen(trail.id, p, 'list'))}>
              {place && <Likeness place={place} />}
              <span class="row-words">
                <b>{p.name[desk.lang]}</b>
                <span>{p.benefit[desk.lang]}</span>
              </span>
              <ForwardIcon />
            </button>
          </li>
        );
      })}
    </ul>
  </section>
);

export const List = ({ desk, area }: { desk: Desk; area: string | null }) => {
  const { w, lang, catalogue } = desk;
  const ref = useRef<HTMLDivElement>(null);
  const page = (by: 1 | -1): void => {
    ref.current?.scrollBy({ top: by * pageShare * ref.current.clientHeight, behavior: desk.visit.modes.motion ? 'instant' : 'smooth' });
  };
  const pick = (next: string | null): void => {
    ref.current?.scrollTo({ top: 0 });
    desk.go({ kind: 'list', area: next });
  };
  const trails = [...catalogue.terraces, ...catalogue.quays].filter((t) => t.projects.length > 0 && (area === null || t.area === area));
  return (
    <main class="screen list">
      {desk.visit.modes.low && <View desk={desk} />}
      <section class="label list-label">
        <Heading about="list" className="song">
          {w.list.title}
        </Heading>
        <div ref={ref} class="list-rows" data-scrolls>
          {trails.map((trail) => (
            <Rows key={trail.id} desk={desk} trail={trail} />
          ))}
        </div>
      </section>
      <div class="acts list-acts">
        <fieldset class="seg list-filter">
          <legend class="unseen">{w.list.filter}</legend>
          <button type="button" aria-pressed={area === null} onClick={() => pick(null)}>
            {w.list.all}
          </button>
          {AREAS.map((a) => (
            <button type="button" key={a} class={areaClass(a)} aria-pressed={area === a} aria-label={w.area[a]} onClick={() => pick(a)}>
              <Mark area={a} lang={lang} />
            </button>
          ))}
        </fieldset>
        <div class="levels">
          <button type="button" class="btn" onClick={() => page(-1)}>
            <UpIcon />
            {w.list.up}
          </button>
          <button type="button" class="btn" onClick={() => page(1)}>
            <DownIcon />
            {w.list.down}
          </button>
        </div>
      </div>
      <Bar desk={desk} />
    </main>
  );
};

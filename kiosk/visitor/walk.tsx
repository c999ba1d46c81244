/** K3: the walk along a terrace or a quay. One project in focus with its name and what it does for you; swipe or use the buttons. */
import { DownIcon, ForwardIcon, UpIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import { neighbour, otherTrail, type Place, type Trail } from './catalogue.ts';
import { areaClass, type Desk, projectScreen, titleSize, trailName } from './desk.ts';
import { legendParts, legendText, sculptureAlt } from './figure-words.ts';
import { FittedLabel } from './fit.tsx';
import { walkAlong } from './hill.tsx';
import { Bar, Heading, Mark, stepButtons, View } from './parts.tsx';

/** Area (or show) and position, `第 3 項，共 16 項`. */
export const Whereabouts = ({ desk, trail, place }: { desk: Desk; trail: Trail; place: Place }) => {
  const { w, lang } = desk;
  const at = trail.projects.indexOf(place.project) + 1;
  return (
    <p class={`whereabouts ${areaClass(place.project.area)}`}>
      <span class="where-area">
        <Mark area={place.project.area} lang={lang} />
        {trailName(trail, lang, w)}
      </span>
      <span class="where-at">{w.walk.position(grouped(at), grouped(trail.projects.length))}</span>
    </p>
  );
};

/** On the picture only: the picture's alternative says it too. */
export const Legend = ({ desk, place }: { desk: Desk; place: Place }) => (
  <p class="legend" aria-hidden="true">
    {legendText(legendParts(place.project, place.sculpture, desk.lang, desk.w), desk.lang)}
  </p>
);

/** One step along the trail, round and round. */
export const stepAlong = (desk: Desk, trail: Trail, project: string, by: 1 | -1): void => {
  const next = neighbour(trail, project, by);
  if (next) desk.go({ kind: 'walk', trail: trail.id, project: next.id });
};

export const Walk = ({ desk, trail, place }: { desk: Desk; trail: Trail; place: Place }) => {
  const { w, lang, portrait } = desk;
  const { project } = place;
  const up = otherTrail(desk.catalogue, trail.id, 1);
  const down = otherTrail(desk.catalogue, trail.id, -1);
  const { modes } = desk.visit;
  // a model on the plinth is no data: the legend is of the sculpture
  const stands = project.model !== undefined && desk.stage.model.status.value.state === 'shown';
  // beside the wide picture is room for what it is, not only for what it does
  const roomy = !portrait && !modes.elder && !modes.low && !modes.large;
  const { previous, next } = stepButtons(desk, (direction) => stepAlong(desk, trail, project.id, direction));
  return (
    <main class={`screen walk ${areaClass(project.area)}`} data-swipe>
      <FittedLabel about={`${project.id} ${lang} ${roomy}`} className="walk-label">
        {!portrait && <Whereabouts desk={desk} trail={trail} place={place} />}
        <Heading about={project.id} className={`song ${titleSize(project.name[lang])}`}>
          {project.name[lang]}
        </Heading>
        <p class="benefit">{project.benefit[lang]}</p>
        {roomy && <p class="summary">{project.summary[lang]}</p>}
        {project.organisation && <p class="organisation">{project.organisation[lang]}</p>}
        <p class="hint" data-unread>
          {w.walk.hint}
        </p>
      </FittedLabel>
      <View desk={desk} label={w.stage.group} alt={sculptureAlt(project, place.sculpture, lang, w)} sculpture={place.sculpture} area={project.area}>
        {portrait && <Whereabouts desk={desk} trail={trail} place={place} />}
        {!stands && <Legend desk={desk} place={place} />}
      </View>
      <div class="acts walk-acts">
        <div class="levels">
          <button type="button" class="btn" disabled={!up} onClick={() => up && walkAlong(desk, up)}>
            <UpIcon />
            {w.walk.up}
          </button>
          <button type="button" class="btn" disabled={!down} onClick={() => down && walkAlong(desk, down)}>
            <DownIcon />
            {w.walk.down}
          </button>
        </div>
        <div class="main-row">
          {portrait && previous}
          <button type="button" class="btn primary" onClick={() => desk.go(projectScreen(trail.id, project, 'walk'))}>
            {w.walk.open}
            <ForwardIcon />
          </button>
          {portrait && next}
        </div>
      </div>
      <Bar desk={desk}>
        {!portrait && (
          <>
            {previous}
            {next}
          </>
        )}
      </Bar>
    </main>
  );
};

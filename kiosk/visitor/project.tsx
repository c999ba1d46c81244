/**
 * K4: one project. The object above (or left), its label below: name, two sentences, figures with qualifier, unit, date and source. A
 * project with a model has a second side to its label: the model's parts.
 */

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Figure, PlacedProject } from '../../shared/pack.ts';
import type { Lang } from '../../shared/words.ts';
import { CentreIcon, CodeIcon, InfoIcon, MedalIcon, MinusIcon, PinIcon, PlusIcon, TurnLeftIcon, TurnRightIcon, WindowIcon } from '../ui/icons.tsx';
import { dateText, grouped } from '../words/numbers.ts';
import { neighbour, type Place, type Trail } from './catalogue.ts';
import { areaClass, type Desk, projectScreen, titleSize, widthOf } from './desk.ts';
import { clings, figureText, qualifierText, sculptureAlt, valueText } from './figure-words.ts';
import { FittedLabel } from './fit.tsx';
import { ModelDots } from './model-dots.tsx';
import { ModelPanel, ModelSwitch } from './model-panel.tsx';
import { ModelStill } from './model-still.tsx';
import { useTour } from './model-tour.ts';
import { Bar, Heading, KeepButtons, ReadButton, stepButtons, View } from './parts.tsx';
import { Legend, Whereabouts } from './walk.tsx';

/** the strip of turn and zoom buttons over the picture in landscape, mm */
const turnsMm = 62;
/** the words over the picture's upper corners in portrait, as far as a model keeps below them, mm */
const headMm = 34;
/** side figures beside the headline */
const sideFiguresMax = 3;

const FigureBlock = ({ desk, figure: f, head }: { desk: Desk; figure: Figure; head: boolean }) => {
  const { lang, w } = desk;
  const number = grouped(f.value);
  const notes = [
    f.baseline !== undefined && w.project.baseline(valueText(f, f.baseline, lang)),
    f.target !== undefined && f.kind !== 'percent' && w.project.ofTarget(valueText(f, f.target, lang)),
  ].filter(Boolean);
  return (
    <div class={`figure ${head ? 'figure-head' : ''} ${number.length > 3 ? 'figure-long' : ''}`}>
      <p class="unseen">{figureText(f, lang, w)}</p>
      <div aria-hidden="true">
        <p class="figure-qualifier">{qualifierText(f, w)}</p>
        <p class="figure-value">
          <span class="n">{number}</span>
          <span class={`figure-unit ${clings(f.unit[lang]) ? 'clings' : ''}`}>{f.unit[lang]}</span>
        </p>
        <p class="figure-label">
          {f.label[lang]}
          {notes.map((note) => (
            <span key={note} class="figure-note">
              {note}
            </span>
          ))}
        </p>
      </div>
    </div>
  );
};

/** What may be said of where it stands: never more than the content states. */
const Standing = ({ desk, project: p }: { desk: Desk; project: PlacedProject }) => {
  const { lang, w } = desk;
  const record = p.record?.[lang];
  const booth = p.standing === 'exhibit' && p.booth !== undefined ? w.project.booth(p.booth) : null;
  const said = {
    exhibit: record ?? w.project.exhibit,
    'shown-before': record ?? w.project.shownBefore,
    award: record ?? w.project.award,
    team: record ?? w.project.team,
    solution: w.project.solution,
    programme: w.project.programme,
  }[p.standing];
  const Sign =
    booth !== null ? PinIcon : p.standing === 'award' || p.standing === 'team' ? MedalIcon : p.standing === 'solution' || p.standing === 'programme' ? WindowIcon : InfoIcon;
  return (
    <div class="standing">
      <Sign />
      <p>
        <b>{booth ?? said}</b> {booth !== null && record !== undefined && <span class="organisation">{record}</span>}{' '}
        {p.organisation && <span class="organisation">{p.organisation[lang]}</span>}
      </p>
    </div>
  );
};

const Source = ({ desk, project: p }: { desk: Desk; project: PlacedProject }) => {
  const { lang, w } = desk;
  const [first, ...more] = p.sources;
  if (!first) return null;
  return (
    <p class="source">
      {w.project.source(first.title[lang])}
      {more.length > 0 && <span class="nb">{w.project.sourceMore(grouped(more.length))}</span>}
      <span class="nb">{w.project.asAt(dateText(p.asOf, lang))}</span>
    </p>
  );
};

/** Turn, zoom, reset: the twin of every gesture on the stage. */
const Turns = ({ desk, children }: { desk: Desk; children?: ComponentChildren }) => {
  const { w, stage } = desk;
  const live = stage.state.value !== 'none';
  if (!live && !children) return null;
  return (
    <div class={`turns ${children ? 'with-model' : ''}`}>
      {live && (
        <>
          <div class="seg">
            <button type="button" aria-label={w.stage.left} onClick={() => stage.turn(-1)}>
              <TurnLeftIcon />
            </button>
            <button type="button" aria-label={w.stage.right} onClick={() => stage.turn(1)}>
              <TurnRightIcon />
            </button>
          </div>
          <div class="seg">
            <button type="button" aria-label={w.stage.farther} onClick={() => stage.zoom(-1)}>
              <MinusIcon />
            </button>
            <button type="button" aria-label={w.stage.closer} onClick={() => stage.zoom(1)}>
              <PlusIcon />
            </button>
          </div>
          <button type="button" class="btn turns-reset" onClick={() => stage.reset()}>
            <CentreIcon />
            <span class="turns-word">{w.stage.reset}</span>
          </button>
        </>
      )}
      {children}
    </div>
  );
};

/** Where the next project on the same trail is opened from. */
const hop = (desk: Desk, trail: Trail, project: string, by: 1 | -1): void => {
  const next = neighbour(trail, project, by);
  if (next) desk.go(projectScreen(trail.id, next, 'next'));
};

/** Whether a lone figure is short enough to stand at the side of the text in its largest size; in high contrast it is set bolder. */
const standsBeside = (f: Figure | undefined, lang: Lang, bold: boolean): boolean =>
  f !== undefined && widthOf(f.unit[lang]) <= (grouped(f.value).length <= 3 ? (bold ? 6 : 9) : 3) && grouped(f.value).length <= 5;

const Words = ({ desk, place }: { desk: Desk; place: Place }) => {
  const { lang, visit } = desk;
  const { project } = place;
  const figures = project.figures.slice(0, 1 + sideFiguresMax);
  const alone = figures.length === 1 && standsBeside(figures[0], lang, visit.modes.contrast) && !visit.modes.large && !visit.modes.elder && !visit.modes.low;
  const text = visit.modes.elder ? (project.elder?.[lang] ?? project.benefit[lang]) : visit.modes.low && figures.length > 0 ? project.benefit[lang] : project.summary[lang];
  const shown = visit.modes.elder || visit.modes.low ? figures.slice(0, 1) : figures;
  return (
    <>
      <Heading about={project.id} className={`song ${titleSize(project.name[lang])}`}>
        {project.name[lang]}
      </Heading>
      {figures.length === 0 && !visit.modes.elder && !visit.modes.low && <p class="lead">{project.benefit[lang]}</p>}
      <div class={alone ? 'beside' : 'stacked'}>
        <p class="summary">{text}</p>
        {shown.length > 0 && (
          <div class={`figures ${shown.length > 2 && (lang === 'en' || shown.some((f) => widthOf(f.unit[lang]) > 4)) ? 'units-below' : ''}`}>
            {shown.map((f, i) => (
              <FigureBlock key={f.id} desk={desk} figure={f} head={i === 0} />
            ))}
          </div>
        )}
      </div>
      <div class="label-foot">
        <Standing desk={desk} project={project} />
        <Source desk={desk} project={project} />
      </div>
    </>
  );
};

/** The model of the project, which side of the label is up, and the tour. */
const useModel = (desk: Desk, project: PlacedProject) => {
  const model = project.model ?? null;
  const { stage } = desk;
  const [side, setSide] = useState<{ about: string; parts: boolean }>({ about: project.id, parts: false });
  const parts = model !== null && side.about === project.id && side.parts;
  const look = (part: string | null): void => {
    if (part !== null) stage.model.show('model');
    stage.model.look(part);
  };
  const tour = useTour(project.id, model?.hotspots.map((h) => h.id) ?? [], look);
  const { part } = stage.model.status.value;
  useEffect(() => {
    if (!parts && tour.at !== null) tour.stop();
  }, [parts]);
  return {
    model,
    parts,
    tour,
    pick: (id: string): void => {
      const again = part === id && parts && tour.at === null;
      if (tour.at !== null) tour.stop();
      setSide({ about: project.id, parts: true });
      look(again ? null : id);
    },
    turnOver: (on: boolean): void => {
      setSide({ about: project.id, parts: on });
      if (!on) look(null);
    },
  };
};

export const Project = ({ desk, trail, place, via }: { desk: Desk; trail: Trail; place: Place; via: Parameters<typeof projectScreen>[2] }) => {
  const { w, lang, portrait, visit, stage } = desk;
  const { project } = place;
  const { previous, next } = stepButtons(desk, (direction) => hop(desk, trail, project.id, direction));
  const { model, parts, tour, pick, turnOver } = useModel(desk, project);
  const { state, face } = stage.model.status.value;
  const live = model !== null && state === 'shown' && face === 'model';
  const footMm = portrait ? 0 : turnsMm;
  const about = [
    project.id,
    lang,
    portrait,
    desk.pxPerMm,
    visit.modes.elder,
    visit.modes.large,
    visit.modes.low,
    visit.modes.contrast,
    parts,
    parts && JSON.stringify(stage.model.status.value),
  ].join();
  const modelSwitch = model && <ModelSwitch desk={desk} hasData={place.sculpture.archetype !== 'seal'} parts={parts} onParts={turnOver} />;
  const keep = (
    <>
      <KeepButtons desk={desk} project={project.id} />
      <ReadButton desk={desk} />
    </>
  );
  const legend = <Legend desk={desk} place={place} />;
  const alt = live ? project.name[lang] : sculptureAlt(project, place.sculpture, lang, w);
  return (
    <main class={`screen project ${areaClass(project.area)} ${parts ? 'has-parts' : model ? 'has-model' : ''}`}>
      <FittedLabel about={about} className="project-label">
        {!portrait && <Whereabouts desk={desk} trail={trail} place={place} />}
        {model && parts ? <ModelPanel desk={desk} project={project} model={model} tour={tour} onPick={pick} /> : <Words desk={desk} place={place} />}
      </FittedLabel>
      <View desk={desk} footMm={footMm} headMm={portrait && model ? headMm : 0} label={w.stage.group} alt={alt} sculpture={place.sculpture} area={project.area}>
        {portrait && <Whereabouts desk={desk} trail={trail} place={place} />}
        {model && stage.state.value === 'none' ? (
          <ModelStill model={model} alt={project.name[lang]}>
            {legend}
          </ModelStill>
        ) : (
          !live && legend
        )}
        {live && <ModelDots desk={desk} model={model} footMm={footMm} onPick={pick} />}
      </View>
      <Turns desk={desk}>{portrait && modelSwitch}</Turns>
      <div class="acts project-acts">
        <div class="main-row">
          {portrait && previous}
          <button type="button" class="btn primary" onClick={() => desk.go({ kind: 'takeaway', trail: trail.id, project: project.id, via, code: project.code })}>
            <CodeIcon />
            {w.project.take}
          </button>
          {portrait && next}
          {!portrait && keep}
          {!portrait && modelSwitch}
        </div>
        {portrait && <div class="keep-row">{keep}</div>}
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

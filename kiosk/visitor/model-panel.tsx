/**
 * The label's other side: the parts of the model by name, the sentence of the one that is looked at, the tour, and what opens or
 * moves. Everything that a finger does on the model can be done here by button. Without 3D it is a described list.
 */
import type { ModelInfo } from '../../shared/model.ts';
import type { PlacedProject } from '../../shared/pack.ts';
import { ForwardIcon } from '../ui/icons.tsx';
import type { Desk } from './desk.ts';
import { ApartIcon, MoveIcon, PartsIcon, PauseIcon, PlayIcon, StopIcon, TextIcon } from './model-icons.tsx';
import { type Tour, tourStopMs } from './model-tour.ts';
import { Heading } from './parts.tsx';

/** Model or data, and the way to the parts. */
export const ModelSwitch = ({ desk, hasData, parts, onParts }: { desk: Desk; hasData: boolean; parts: boolean; onParts(on: boolean): void }) => {
  const { w, stage } = desk;
  const { state, face } = stage.model.status.value;
  return (
    <div class="model-switch">
      {state === 'shown' && hasData && (
        <fieldset class="seg">
          <legend class="unseen">{w.model.face}</legend>
          {(['model', 'data'] as const).map((f) => (
            <button type="button" key={f} aria-pressed={face === f} onClick={() => stage.model.show(f)}>
              {w.model[f]}
            </button>
          ))}
        </fieldset>
      )}
      <button type="button" class="btn parts-open" aria-pressed={parts} onClick={() => onParts(!parts)}>
        {parts ? <TextIcon /> : <PartsIcon />}
        {parts ? w.model.about : w.model.parts}
      </button>
    </div>
  );
};

/** The tour's own buttons; `data-tour` says that touching them doesn't pause it. */
const TourActs = ({ desk, tour }: { desk: Desk; tour: Tour }) => {
  const { w } = desk;
  return (
    <div class="parts-acts" data-tour>
      <button type="button" class="btn" onClick={tour.paused ? tour.resume : tour.pause}>
        {tour.paused ? <PlayIcon /> : <PauseIcon />}
        {tour.paused ? w.model.resume : w.model.pause}
      </button>
      <button type="button" class="btn" onClick={tour.next}>
        {w.model.next}
        <ForwardIcon />
      </button>
      <button type="button" class="btn" onClick={tour.stop}>
        <StopIcon />
        {w.model.stop}
      </button>
    </div>
  );
};

const ModelActs = ({ desk, model, tour }: { desk: Desk; model: ModelInfo; tour: Tour }) => {
  const { w, stage } = desk;
  const { playing, opened, moves, opens } = stage.model.status.value;
  const still = desk.visit.modes.motion || document.documentElement.classList.contains('still-motion');
  return (
    <div class="parts-acts">
      <button type="button" class="btn" data-tour onClick={tour.start}>
        <PlayIcon />
        {w.model.tour}
      </button>
      {opens && (
        <button type="button" class="btn" aria-pressed={opened} onClick={() => stage.model.open(!opened)}>
          <ApartIcon />
          {opened ? w.model.whole : model.opening?.kind === 'cut' ? w.model.cut : w.model.apart}
        </button>
      )}
      {moves && !still && (
        <button type="button" class="btn" aria-pressed={playing} onClick={() => stage.model.play(!playing)}>
          {playing ? <StopIcon /> : <MoveIcon />}
          {playing ? w.model.rest : w.model.play}
        </button>
      )}
    </div>
  );
};

type PanelProps = { desk: Desk; project: PlacedProject; model: ModelInfo; tour: Tour; onPick(part: string): void };

/** What is said of the part that is looked at; for readers it is told as it changes. */
const Said = ({ desk, model, tour }: Pick<PanelProps, 'desk' | 'model' | 'tour'>) => {
  const { lang, w } = desk;
  const { part } = desk.stage.model.status.value;
  const at = model.hotspots.findIndex((h) => h.id === part);
  const spot = model.hotspots[at];
  return (
    <div class="part-said" aria-live="polite">
      {tour.at !== null && (
        <div class="tour-at">
          <span>{w.model.at(String(tour.at + 1), String(tour.stops))}</span>
          <span class={`tour-bar ${tour.paused ? 'paused' : ''}`} aria-hidden="true">
            {Array.from({ length: tour.stops }, (_, k) => (
              <i key={`${k} ${tour.at} ${tour.paused}`} class={k < (tour.at ?? 0) ? 'done' : k === tour.at ? 'now' : ''} style={{ animationDuration: `${tourStopMs}ms` }} />
            ))}
          </span>
        </div>
      )}
      {spot ? (
        <p>
          <b>{spot.name[lang]}</b> {spot.text[lang]}
        </p>
      ) : (
        <p class="part-hint">{w.model.hint}</p>
      )}
    </div>
  );
};

/** Without 3D: every part with its sentence. */
const Described = ({ desk, model }: Pick<PanelProps, 'desk' | 'model'>) => (
  <ol class="parts-described" aria-label={desk.w.model.list}>
    {model.hotspots.map((h) => (
      <li key={h.id}>
        <b>{h.name[desk.lang]}</b> {h.text[desk.lang]}
      </li>
    ))}
  </ol>
);

export const ModelPanel = ({ desk, project, model, tour, onPick }: PanelProps) => {
  const { lang, w, stage } = desk;
  const { state, part, face } = stage.model.status.value;
  const live = state === 'shown' && stage.state.value === 'ready';
  return (
    <>
      <Heading about={`parts ${project.id}`} className="parts-of">
        {project.name[lang]}
      </Heading>
      {live ? (
        <>
          <ol class="parts-list" aria-label={w.model.list}>
            {model.hotspots.map((h, k) => (
              <li key={h.id}>
                <button type="button" class="part" data-tour aria-pressed={face === 'model' && part === h.id} onClick={() => onPick(h.id)}>
                  <b class="part-n" aria-hidden="true">
                    {k + 1}
                  </b>
                  <span>{h.name[lang]}</span>
                </button>
              </li>
            ))}
          </ol>
          <Said desk={desk} model={model} tour={tour} />
          {tour.at === null ? <ModelActs desk={desk} model={model} tour={tour} /> : <TourActs desk={desk} tour={tour} />}
        </>
      ) : (
        <Described desk={desk} model={model} />
      )}
    </>
  );
};

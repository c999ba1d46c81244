/**
 * The scenes of the resting screen in words: a title and a sentence above the picture, and on it a label with real names and numbers.
 * Fetched when the first turn is over; until then, and where it can't be had, the hill stays with its title.
 */
import type { PlacedProject } from '../../shared/pack.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { CodeIcon, MapIcon } from '../ui/icons.tsx';
import { dateText, grouped } from '../words/numbers.ts';
import { visitorWords } from '../words/visitor.ts';
import type { Scene } from './attract-plan.ts';
import './attract-scenes.css';
import type { Catalogue, Place } from './catalogue.ts';
import { areaClass, type Lamps, trailName, widthOf } from './desk.ts';
import { clings, figureText, legendParts, legendText, qualifierText } from './figure-words.ts';
import { PartsIcon } from './model-icons.tsx';
import { Mark } from './parts.tsx';

export { sceneAt, viewOf } from './attract-plan.ts';

/** names on a row's label, and the widest that stands on one line of it, in Latin letters */
const namesMax = 3;
const nameWidthMax = 40;

type Told = { title: string; message: string };

/** What the lamps say, as far as it is known: the number with its time; what one lamp is; how much there is to see. */
const lightsWords = (lamps: Lamps, { places }: Catalogue, lang: Lang): Told => {
  const { attract, scenes, title } = visitorWords(lang);
  if (lamps.visits !== null && lamps.visits > 0) {
    const each = attract.lights(grouped(lamps.unit));
    return lamps.time === null ? { title, message: each } : { title: scenes.today(grouped(lamps.visits)), message: scenes.asAt(each, lamps.time) };
  }
  const models = [...places.values()].filter((p) => p.project.model).length;
  return { title: scenes.total(grouped(places.size)), message: models > 0 ? scenes.models(grouped(models)) : attract.pick };
};

/** Title and sentence of a scene. */
export const wordsOf = (scene: Scene, catalogue: Catalogue, lamps: Lamps, lang: Lang): Told => {
  const w = visitorWords(lang);
  switch (scene.kind) {
    case 'row': {
      const n = grouped(scene.trail.projects.length);
      return { title: trailName(scene.trail, lang, w), message: scene.trail.area ? w.scenes.terrace(n) : w.hill.count(n) };
    }
    case 'project':
      return { title: scene.place.project.name[lang], message: scene.place.project.benefit[lang] };
    case 'waterfront':
      return { title: scene.pack.name[lang], message: scene.pack.message[lang] };
    case 'lights':
      return lightsWords(lamps, catalogue, lang);
    case 'invite':
      return { title: w.scenes.invite, message: w.scenes.below };
  }
};

/** The row's first names that stand on one line each, and how many more there are. */
const RowLabel = ({ projects, lang }: { projects: readonly PlacedProject[]; lang: Lang }) => {
  const w = visitorWords(lang);
  const names = projects.filter((p) => widthOf(p.name[lang]) <= nameWidthMax).slice(0, namesMax);
  const more = projects.length - names.length;
  return (
    <>
      <ul class="scene-names">
        {names.map((p) => (
          <li key={p.id} class={areaClass(p.area)}>
            {p.name[lang]}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="scene-note">{w.scenes.more(grouped(more))}</p>}
    </>
  );
};

/** A show's series with how many works each has; of one without series, its works. */
const WaterfrontLabel = ({ scene, lang }: { scene: Extract<Scene, { kind: 'waterfront' }>; lang: Lang }) => {
  const w = visitorWords(lang);
  const [first] = scene.trails;
  if (scene.pack.series.length === 0) return first ? <RowLabel projects={first.projects} lang={lang} /> : null;
  return (
    <ul class="scene-names">
      {scene.trails.map((t) => (
        <li key={t.id} class="scene-series">
          <span>{t.name?.[lang]}</span>
          <b>{w.hill.count(grouped(t.projects.length))}</b>
        </li>
      ))}
    </ul>
  );
};

const FigureLine = ({ project, lang }: { project: PlacedProject; lang: Lang }) => {
  const w = visitorWords(lang);
  const [f] = project.figures;
  if (!f) return null;
  return (
    <>
      <p class="unseen">{figureText(f, lang, w)}</p>
      <p class="scene-figure" aria-hidden="true">
        {qualifierText(f, w)} <b class="n">{grouped(f.value)}</b>
        {clings(f.unit[lang]) ? '' : ' '}
        {f.unit[lang]}
      </p>
      <p class="scene-what" aria-hidden="true">
        {f.label[lang]} <span class="scene-date">{w.attract.asAt(dateText(f.asOf, lang))}</span>
      </p>
    </>
  );
};

/** Whose it is, and its one figure with what it counts and since when; a sculpture says what it is. */
const ProjectLabel = ({ place, lang, data }: { place: Place; lang: Lang; data: boolean }) => {
  const { project } = place;
  const w = visitorWords(lang);
  return (
    <>
      <p class="scene-whose">
        <Mark area={project.area} lang={lang} />
        <span>{project.organisation?.[lang] ?? trailName(place.trail, lang, w)}</span>
      </p>
      <FigureLine project={project} lang={lang} />
      {data && <p class="scene-note">{legendText(legendParts(project, place.sculpture, lang, w), lang)}</p>}
    </>
  );
};

/** What two minutes give, in all three languages at once, each above its own button. */
const InviteLabel = () => (
  <>
    {LANGS.map((lang) => {
      const [pick, look, take] = visitorWords(lang).scenes.steps;
      return (
        <ul key={lang} lang={lang}>
          <li>
            <MapIcon />
            {pick}
          </li>
          <li>
            <PartsIcon />
            {look}
          </li>
          <li>
            <CodeIcon />
            {take}
          </li>
        </ul>
      );
    })}
  </>
);

/** The label on the picture; nothing where the words above say it all. `data`: a sculpture stands there, not a model. */
export const SceneLabel = ({ scene, lang, data }: { scene: Scene; lang: Lang; data: boolean }) => {
  if (scene.kind === 'lights') return null;
  const area = scene.kind === 'row' ? scene.trail.area : scene.kind === 'project' ? scene.place.project.area : null;
  return (
    <div class={`scene-label scene-${scene.kind} ${area ? areaClass(area) : ''}`} lang={lang}>
      {scene.kind === 'row' && <RowLabel projects={scene.forward.map((p) => p.project)} lang={lang} />}
      {scene.kind === 'waterfront' && <WaterfrontLabel scene={scene} lang={lang} />}
      {scene.kind === 'project' && <ProjectLabel place={scene.place} lang={lang} data={data} />}
      {scene.kind === 'invite' && <InviteLabel />}
    </div>
  );
};

/** how wide the words may be and how large, mm: one line, two, three */
const roomMm = { portrait: { width: 460, latin: [60, 42], han: [84, 44] }, landscape: { width: 296, latin: [45, 40, 33], han: [66, 46, 36] } } as const;
const messageMm = { latin: 22, han: 26, least: 19 } as const;
/** of the size of the type, at most: black serif letters, upright letters, Han characters */
const emOf = (text: string, letter: number): number => [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2e7f ? 1 : letter), 0);

/** A Chinese text by its marks: it breaks there and nowhere else. English breaks between its words. */
export const phrasesOf = (text: string, lang: Lang): string[] => (lang === 'en' ? [text] : text.split(/(?<=[，。：」”])(?=.)/));

/** a title smaller than this on one line stands on more of them */
const oneLineMinMm = 33;

/** The largest size at which a title stands whole in its lines, mm. */
export const titleMm = (title: string, lang: Lang, portrait: boolean): number => {
  const { width, latin, han } = portrait ? roomMm.portrait : roomMm.landscape;
  const letter = 0.6;
  const sizes: readonly number[] = lang === 'en' ? latin : han;
  const em = emOf(title, letter);
  const alone = Math.min(sizes[0] ?? oneLineMinMm, width / em);
  if (alone >= oneLineMinMm) return Math.floor(alone);
  const phrases = phrasesOf(title, lang);
  const inPhrases = phrases.length > 1 && phrases.length <= sizes.length;
  // lines break between words, or before a mark: none is quite full
  const slack = lang === 'en' ? 1.25 : 1.12;
  const inLines = sizes.slice(1).map((most, k) => Math.min(most, inPhrases ? width / Math.max(...phrases.map((p) => emOf(p, letter))) : width / ((em / (k + 2)) * slack)));
  return Math.floor(Math.max(alone, ...inLines));
};

/** The size of the sentence below it: its longest phrase stands on one line where that stays legible. */
export const sentenceMm = (text: string, lang: Lang, portrait: boolean): number => {
  const phrases = phrasesOf(text, lang);
  const { width } = portrait ? roomMm.portrait : roomMm.landscape;
  const most = portrait ? (lang === 'en' ? messageMm.latin : messageMm.han) : lang === 'en' ? 20 : 21.5;
  if (lang === 'en') return most;
  const longest = Math.max(...phrases.map((p) => emOf(p, 0.55)));
  return Math.max(messageMm.least, Math.min(most, Math.floor(width / longest)));
};

/** What of the picture the label covers, mm: the camera composes beside it in the wide picture, above it in the upright one. */
export const coveredMm = (scene: Scene, portrait: boolean): { footMm: number; sideMm: number } => {
  if (scene.kind === 'lights') return { footMm: 0, sideMm: 0 };
  if (scene.kind === 'invite') return { footMm: 112, sideMm: 0 };
  return portrait ? { footMm: 100, sideMm: 0 } : { footMm: 0, sideMm: scene.kind === 'project' ? 210 : 190 };
};

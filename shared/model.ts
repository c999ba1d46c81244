/**
 * What a screen is told of a project's 3D model: where its file is, its curated views, the parts worth pointing at, what moves. Angles
 * in degrees; places in metres of the model's own frame (Y up, front +Z). Texts stand here, never in the file.
 */
import type { Text } from './words.ts';

type Spot = readonly [number, number, number];

/**
 * Where the camera stands: `az` around the model from its front, `pol` down from the zenith (90 = level), `zoom` 1 = the whole model.
 * It looks at `target`; without one at the model's middle.
 */
export type ModelView = { id?: string; az: number; pol: number; zoom: number; target?: Spot; caption?: Text };

/**
 * A part: the file has a node `hotspot_<id>`, or else it is at `at`. `view` names the view that it is looked at from; without one the
 * stage finds its own.
 */
export type ModelHotspot = { id: string; name: Text; text: Text; view?: string; at?: Spot };

/** An animation of the file, by its name, that goes round and round. */
export type ModelClip = { id: string };

/** The file's animation that leads from whole to `apart` (taken to pieces) or `cut` (opened); shown at its end. */
export type ModelOpening = { clip: string; kind: 'apart' | 'cut' };

export type ModelInfo = {
  id: string;
  /** same origin, ends in .glb */
  url: string;
  /** a picture of it for screens without 3D */
  still?: string;
  hotspots: readonly ModelHotspot[];
  /** the first is where it is seen from at first */
  views: readonly ModelView[];
  clips: readonly ModelClip[];
  opening?: ModelOpening;
};

/** a larger file is neither given out nor read */
export const modelFileBytesMax = 8 * 1_048_576;
/** at most so many parts and clips are shown of one model */
export const modelHotspotsMax = 8;
export const modelClipsMax = 8;

/** One entry of content/models/models.json, as far as a screen needs it. */
export type ModelEntry = {
  id: string;
  hotspots: readonly { id: string; at?: Spot; label: Text; text: Text }[];
  views: readonly ModelView[];
  clips: readonly { name: string; loop: boolean }[];
};

/** clips that are a state to go into, by what they do */
const OPENINGS: { [clip: string]: ModelOpening['kind'] } = { exploded: 'apart', cutaway: 'cut' };

/** What a screen is told of an entry of the models' index, with the addresses that its files are served at. */
export const modelInfoOf = (entry: ModelEntry, url: string, still?: string): ModelInfo => {
  const opening = entry.clips.flatMap(({ name }): ModelOpening[] => {
    const kind = OPENINGS[name];
    return kind ? [{ clip: name, kind }] : [];
  })[0];
  return {
    id: entry.id,
    url,
    ...(still === undefined ? {} : { still }),
    hotspots: entry.hotspots.slice(0, modelHotspotsMax).map(({ id, at, label, text }) => ({ id, name: label, text, ...(at ? { at } : {}) })),
    views: entry.views.map(({ caption: _, ...view }) => view),
    clips: entry.clips
      .filter((c) => c.loop && !(c.name in OPENINGS))
      .slice(0, modelClipsMax)
      .map((c) => ({ id: c.name })),
    ...(opening ? { opening } : {}),
  };
};

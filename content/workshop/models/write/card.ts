/**
 * models.json, the index beside the GLBs: what each model is called and shows, in three languages; what may be touched, from where to
 * look, what moves, and what it weighs. All text of the models lives here. One entry a line, sorted by id, so that modellers' work merges.
 */
import { createHash } from 'node:crypto';
import { Vector3 } from 'three';
import { numbersOf, type Vec3 } from '../kit/mesh.ts';
import type { Exhibit, Model, Words } from '../kit/model.ts';
import { clipsOf } from './glb.ts';

export type CardView = { az: number; pol: number; zoom: number; target?: Vec3; caption: Words };
export type CardHotspot = { id: string; at: Vec3; label: Words; text: Words };
export type Card = {
  id: string;
  file: string;
  name: Words;
  projects: readonly string[];
  hotspots: readonly CardHotspot[];
  views: readonly CardView[];
  clips: readonly { name: string; seconds: number; loop: boolean }[];
  sizeMm: readonly number[];
  triangles: number;
  primitives: number;
  bytes: number;
  /** of everything the bytes are made from; the text is not part of it */
  sourceHash: string;
};
export type Measured = Pick<Card, 'sizeMm' | 'triangles' | 'primitives' | 'bytes' | 'sourceHash'>;

const millimetres = (v: number): number => Math.round(v) / 1000;
const inMetres = (v: Vec3): Vec3 => [millimetres(v[0]), millimetres(v[1]), millimetres(v[2])];

/** A hash of parts, nodes, clips, hotspots, views and of the code that bakes and writes (`codeHash`). */
export const sourceHashOf = (exhibit: Exhibit, model: Model, codeHash: string): string => {
  const hash = createHash('sha256').update(codeHash).update(exhibit.id);
  for (const part of model.parts) {
    hash.update(JSON.stringify([part.node, part.slot, part.colour.toArray(), part.alpha, part.tolerance]));
    for (const name of ['position', 'normal'] as const) hash.update(new Uint8Array(Float32Array.from(numbersOf(part.geometry, name)).buffer));
  }
  const { tolerance, edgeMm, reach, dust } = model;
  hash.update(JSON.stringify([[...model.nodes.values()], model.clips, model.hotspots, exhibit.views.map(({ caption: _, ...view }) => view), { tolerance, edgeMm, reach, dust }]));
  return hash.digest('hex').slice(0, 16);
};

/** The entry of one exhibit. Throws when hotspots of model and text do not match. */
export const cardOf = (exhibit: Exhibit, model: Model, measured: Measured): Card => {
  const spots = new Map(model.hotspots.map((spot) => [spot.id, spot]));
  const told = exhibit.hotspots.map((words): CardHotspot => {
    const spot = spots.get(words.id);
    if (!spot) throw new Error(`${exhibit.id}: hotspot ${words.id} has words but no place`);
    spots.delete(words.id);
    const at = new Vector3(...spot.at).applyMatrix4(model.world(spot.node));
    return { id: words.id, at: inMetres([at.x, at.y, at.z]), label: words.label, text: words.text };
  });
  if (spots.size > 0) throw new Error(`${exhibit.id}: no words for hotspots ${[...spots.keys()].join(', ')}`);
  return {
    id: exhibit.id,
    file: `models/${exhibit.id}.glb`,
    name: exhibit.name,
    projects: exhibit.projects,
    hotspots: told,
    views: exhibit.views.map(({ az, pol, zoom, target, caption }) => ({ az, pol, zoom, ...(target ? { target: inMetres(target) } : {}), caption })),
    clips: clipsOf(model).map(({ name, channels, loop }) => ({ name, seconds: Math.max(...channels.map((c) => c.times.at(-1) ?? 0)), loop })),
    ...measured,
  };
};

/** The file's text. */
export const cardsText = (cards: readonly Card[]): string => {
  const sorted = cards.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return `{"format":1,"models":[\n${sorted.map((card) => JSON.stringify(card)).join(',\n')}\n]}\n`;
};

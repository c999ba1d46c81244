/**
 * Reads the baked hill (written by content/workshop/hill-write.ts): 'HILL', the length of a JSON header, the header, then sections of
 * numbers. Throws on anything else. Indices come in chunks of 16 bits and leave as 32, so that the city is one draw.
 */
import type { Area } from '../../shared/areas.ts';

/** a point of a row: x, z and the yaw that faces out of the hill */
export type RowPoint = readonly [x: number, z: number, yaw: number];
export type FixedStand = readonly [x: number, y: number, z: number, yaw: number];
export type CuratedView = { target: readonly [number, number, number]; pitchDeg: number; fovDeg: number; width: number; height: number };
export type Terrace = { area: Area; night: string; day: string; deckY: number; outline: readonly (readonly [number, number])[]; rows: readonly (readonly RowPoint[])[] };

type Section = { at: number; count: number };
type SetHead = {
  vertices: number;
  places: number;
  night: number;
  day: number;
  chunks: { base: number; count: number; at: number }[];
  panes: Section & { counted: number };
  halos: Section;
};
export type SetName = 'hill' | 'podium' | 'backdrop';
export type HillHead = {
  format: number;
  orientation: 'portrait' | 'landscape';
  perMetre: number;
  areas: readonly Terrace[];
  quays: readonly (readonly FixedStand[])[];
  pavilion: readonly FixedStand[];
  shoreZ: number;
  views: { attract: CuratedView; hill: CuratedView };
  podiumRadius: number;
  sets: Record<SetName, SetHead>;
};

/** places: x, y, z in 1/perMetre and the place code; panes: x, y, z, code, yaw (1/32767 turn), width, height, 0; halos: x, y, z, size, r, g, b, strength */
export type SetData = {
  places: Int16Array;
  night: Uint8Array;
  day: Uint8Array;
  indices: Uint32Array;
  panes: Int16Array;
  paneCount: number;
  counted: number;
  halos: Float32Array;
  haloCount: number;
};
export type HillData = { head: HillHead; sets: Record<SetName, SetData> };

const formatKnown = 1;
const magic = 0x48494c4c;
const paneNumbers = 8;
const haloNumbers = 8;

/** Throws when the bytes are no hill file of the known format. */
export const decodeHill = (buffer: ArrayBuffer): HillData => {
  const view = new DataView(buffer);
  if (view.getUint32(0, false) !== magic) throw new Error('not a hill file');
  const length = view.getUint32(4, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length))) as HillHead;
  if (head.format !== formatKnown) throw new Error('hill file of another format');
  const start = Math.ceil((8 + length) / 8) * 8;
  const read = (set: SetHead): SetData => {
    const indices = new Uint32Array(set.chunks.reduce((n, c) => n + c.count, 0));
    let to = 0;
    for (const chunk of set.chunks) {
      for (const i of new Uint16Array(buffer, start + chunk.at, chunk.count)) indices[to++] = i + chunk.base;
    }
    return {
      places: new Int16Array(buffer, start + set.places, set.vertices * 4),
      night: new Uint8Array(buffer, start + set.night, set.vertices * 4),
      day: new Uint8Array(buffer, start + set.day, set.vertices * 4),
      indices,
      panes: new Int16Array(buffer, start + set.panes.at, set.panes.count * paneNumbers),
      paneCount: set.panes.count,
      counted: set.panes.counted,
      halos: new Float32Array(buffer, start + set.halos.at, set.halos.count * haloNumbers),
      haloCount: set.halos.count,
    };
  };
  return { head, sets: { hill: read(head.sets.hill), podium: read(head.sets.podium), backdrop: read(head.sets.backdrop) } };
};

/** Fetches and reads a hill file; throws when it cannot. */
export const loadHill = async (url: string): Promise<HillData> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`hill file: ${answer.status}`);
  return decodeHill(await answer.arrayBuffer());
};

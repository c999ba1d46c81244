/**
 * The hill file, little-endian: 'HILL', uint32 length of the JSON header, the header padded to 8 bytes, then the sections it names.
 * A set's indices are 16 bit, relative to the base vertex of their chunk (a chunk spans at most 65 536 vertices).
 */
import { AREAS } from '../../shared/areas.ts';
import { pavilionStands, quayStands } from './hill-harbour.ts';
import type { PackedMesh } from './hill-pack.ts';
import { AREA_TOKENS } from './hill-palette.ts';
import { deckY, frontZ, outlineOf, type Plan, rowsOf, terraceCount } from './hill-plan.ts';
import { podiumRadius } from './hill-podium.ts';
import type { Halo, Pane } from './hill-site.ts';
import type { VIEWS } from './hill-views.ts';

export const perMetre = 180;
const chunkSpan = 65_536;
type Part = Uint8Array | Int16Array | Uint16Array | Float32Array;
export type PackedSet = { mesh: PackedMesh; panes: readonly Pane[]; counted: number; halos: readonly Halo[] };

const round = (v: number): number => Math.round(v * 1000) / 1000;

/** Faces grouped so that each chunk's vertices span at most 65 536: vertices come in order of first use, so faces nearly do. */
const chunksOf = (mesh: PackedMesh): { base: number; count: number; indices: Uint16Array }[] => {
  const chunks: { base: number; count: number; indices: Uint16Array }[] = [];
  let from = 0;
  while (from < mesh.indices.length) {
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    let to = from;
    for (; to < mesh.indices.length; to += 3) {
      const face = mesh.indices.subarray(to, to + 3);
      const nextLow = Math.min(low, ...face);
      const nextHigh = Math.max(high, ...face);
      if (nextHigh - nextLow >= chunkSpan) break;
      low = nextLow;
      high = nextHigh;
    }
    chunks.push({ base: low, count: to - from, indices: Uint16Array.from(mesh.indices.subarray(from, to), (v) => v - low) });
    from = to;
  }
  return chunks;
};

const paneBytes = (panes: readonly Pane[]): Int16Array => {
  const out = new Int16Array(panes.length * 8);
  panes.forEach((p, k) => {
    const turn = Math.round((p.yaw / (Math.PI * 2)) * 32_767);
    out.set(
      [
        Math.round(p.at[0] * perMetre),
        Math.round(p.at[1] * perMetre),
        Math.round(p.at[2] * perMetre),
        p.code,
        turn,
        Math.round(p.width * perMetre),
        Math.round(p.height * perMetre),
        0,
      ],
      k * 8,
    );
  });
  return out;
};
const haloFloats = (halos: readonly Halo[]): Float32Array => Float32Array.from(halos.flatMap((h) => [...h.at, h.size, ...h.colour, h.strength]));

/** The bytes of a whole hill file. */
export const hillBytes = (plan: Plan, views: (typeof VIEWS)[keyof typeof VIEWS], sets: Record<'hill' | 'podium' | 'backdrop', PackedSet>): Uint8Array => {
  const parts: Part[] = [];
  let offset = 0;
  const place = (part: Part): number => {
    const at = offset;
    parts.push(part);
    offset += Math.ceil(part.byteLength / 8) * 8;
    return at;
  };
  const setHead = (set: PackedSet): object => {
    const chunks = chunksOf(set.mesh);
    return {
      vertices: set.mesh.vertices,
      places: place(set.mesh.places),
      night: place(set.mesh.night),
      day: place(set.mesh.day),
      chunks: chunks.map((c) => ({ base: c.base, count: c.count, at: place(c.indices) })),
      panes: { at: place(paneBytes(set.panes)), count: set.panes.length, counted: set.counted },
      halos: { at: place(haloFloats(set.halos)), count: set.halos.length },
    };
  };
  const head = {
    format: 1,
    orientation: plan.orientation,
    perMetre,
    areas: AREAS.map((area, i) => ({
      area,
      ...AREA_TOKENS[area],
      deckY: round(deckY(plan, i)),
      outline: outlineOf(plan, i).map((p) => p.map(round)),
      rows: rowsOf(plan, i).map((row) => row.map((p) => p.map(round))),
    })),
    terraces: terraceCount,
    quays: quayStands(plan).map((quay) => quay.map((s) => s.map(round))),
    pavilion: pavilionStands(plan).map((s) => s.map(round)),
    shoreZ: round(frontZ(plan) + plan.promenade),
    views,
    podiumRadius,
    sets: { hill: setHead(sets.hill), podium: setHead(sets.podium), backdrop: setHead(sets.backdrop) },
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = Math.ceil((8 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + offset);
  bytes.set(new TextEncoder().encode('HILL'));
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = start;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += Math.ceil(part.byteLength / 8) * 8;
  }
  return bytes;
};

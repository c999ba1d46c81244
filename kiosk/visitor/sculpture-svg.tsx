/**
 * Data sculptures as isometric drawings, from the same data as the stage's: for the list, and wherever the stage is not there. Fronts
 * carry the area's colour (--ac) unchanged, tops are lighter, right sides darker: see sculpture.css.
 */
import type { ComponentChildren } from 'preact';
import { emblemParts } from '../../shared/emblem-parts.ts';
import type { Emblem } from '../../shared/emblems.ts';
import type { Sculpture } from '../../shared/sculpture.ts';

/** the drawing's box; the plinth stands at its foot */
const width = 400;
const height = 480;
const centre = width / 2;
const ground = 400;
const cos = Math.cos(Math.PI / 6);
const sin = 0.5;

const at = (x: number, y: number, z: number): string => `${(centre + (x - y) * cos).toFixed(1)} ${(ground + (x + y) * sin - z).toFixed(1)}`;

/** A box of the isometric world: near corner faces of it, in three tones. */
const Box = ({ x, y, z, w, d, h }: { x: number; y: number; z: number; w: number; d: number; h: number }) => (
  <>
    <path class="face-left" d={`M${at(x, y + d, z)}L${at(x + w, y + d, z)}L${at(x + w, y + d, z + h)}L${at(x, y + d, z + h)}Z`} />
    <path class="face-right" d={`M${at(x + w, y, z)}L${at(x + w, y + d, z)}L${at(x + w, y + d, z + h)}L${at(x + w, y, z + h)}Z`} />
    <path class="face-top" d={`M${at(x, y, z + h)}L${at(x + w, y, z + h)}L${at(x + w, y + d, z + h)}L${at(x, y + d, z + h)}Z`} />
  </>
);

const towerHeight = 300;
const Tower = ({ whole, part }: { whole: number; part: number }) => {
  const floors = whole + (part > 0 ? 1 : 0);
  const pitch = Math.min(34, towerHeight / Math.max(1, floors));
  const gap = Math.min(5, pitch * 0.22);
  return Array.from({ length: floors }, (_, i) => <Box key={i} x={-58} y={-58} w={116} d={116} z={i * pitch} h={(pitch - gap) * (i < whole ? 1 : part)} />);
};

const side = 5;
const Lattice = ({ whole, part }: { whole: number; part: number }) => {
  const cells = whole + (part > 0 ? 1 : 0);
  const pitch = 34;
  const edge = 27;
  const start = -(side * pitch) / 2 + (pitch - edge) / 2;
  const boxes: ComponentChildren[] = [];
  for (let layer = 0; layer * side * side < cells; layer++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const i = layer * side * side + y * side + x;
        if (i < cells) boxes.push(<Box key={i} x={start + x * pitch} y={start + y * pitch} w={edge} d={edge} z={layer * pitch} h={edge * (i < whole ? 1 : part)} />);
      }
    }
  }
  return boxes;
};

const Bars = ({ heights, depth }: { heights: readonly number[]; depth: number }) => {
  const pitch = Math.min(64, 200 / heights.length);
  const start = -(pitch * heights.length) / 2;
  return heights.map((h, i) => <Box key={i} x={start + i * pitch} y={-depth / 2} w={pitch * 0.74} d={depth} z={0} h={Math.max(2, h * 260)} />);
};

/** A point of a circle that faces the viewer; turns run clockwise from the top. */
const onCircle = (r: number, turn: number): string => {
  const a = turn * 2 * Math.PI - Math.PI / 2;
  return `${(centre + r * Math.cos(a)).toFixed(1)} ${(ground - 170 + r * Math.sin(a)).toFixed(1)}`;
};

const arc = (r: number, from: number, length: number): string => {
  const turn = Math.min(length, 0.9999);
  return `M${onCircle(r, from)}A${r} ${r} 0 ${turn > 0.5 ? 1 : 0} 1 ${onCircle(r, from + turn)}`;
};

/** An arc with body: a darker copy behind it, a light edge on it. */
const Ring = ({ r, from, length, thick }: { r: number; from: number; length: number; thick: number }) => (
  <>
    <path class="ring-side" d={arc(r, from, length)} stroke-width={thick} transform="translate(9 5)" />
    <path class="ring-front" d={arc(r, from, length)} stroke-width={thick} />
    <path class="ring-edge" d={arc(r + thick / 2 - 3, from, length)} stroke-width={4} />
  </>
);

const Post = () => <Box x={-9} y={-9} w={18} d={18} z={0} h={60} />;

const Rings = ({ arcs }: { arcs: readonly number[] }) => (
  <>
    <Post />
    {arcs.map((a, i) => {
      const r = 138 - i * 34;
      return (
        <g key={i}>
          <circle class="ring-track" cx={centre} cy={ground - 170} r={r} />
          <Ring r={r} from={0} length={a} thick={24} />
        </g>
      );
    })}
  </>
);

const petal = (length: number): string =>
  `M0 0C${-46 * length} ${-60 * length} ${-34 * length} ${-140 * length} 0 ${-180 * length}C${34 * length} ${-140 * length} ${46 * length} ${-60 * length} 0 0Z`;

const Petals = ({ lengths }: { lengths: readonly number[] }) => {
  const spread = Math.min(140, 44 * (lengths.length - 1));
  return lengths.map((length, i) => {
    const turn = lengths.length === 1 ? 0 : -spread / 2 + (spread * i) / (lengths.length - 1);
    return (
      <g key={i} transform={`translate(${centre} ${ground - 40}) rotate(${turn.toFixed(1)}) scale(1.45)`}>
        <path class="petal-track" d={petal(1)} />
        <path class="ring-side" d={petal(length)} transform="translate(4 3)" />
        <path class="petal" d={petal(length)} />
      </g>
    );
  });
};

const emblemScale = 226;
const emblemClass = { token: 'face-left', pale: 'face-top', neutral: 'face-stone', joint: 'face-right' } as const;
const traced = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], k) => `${k ? 'L' : 'M'}${(centre + x * emblemScale).toFixed(1)} ${(ground - 8 - y * emblemScale).toFixed(1)}`).join('');

/** The project's pictogram, its plates from back to front: a sign, not a measure. */
const EmblemShape = ({ name }: { name: Emblem }) =>
  [...emblemParts(name)]
    .sort((a, b) => a.z[1] - b.z[1])
    .map(({ outline, inner, stuff, z }, k) => {
      const d = `${traced(inner ? [...outline, ...[...inner].reverse()] : outline)}Z`;
      const thick = (z[1] - z[0]) * 40;
      return (
        <g key={k}>
          {thick > 0 && <path class="face-right" d={d} transform={`translate(${thick.toFixed(1)} ${(thick * 0.5).toFixed(1)})`} />}
          <path class={emblemClass[stuff]} d={d} />
        </g>
      );
    });

const Shape = ({ sculpture: s }: { sculpture: Sculpture }) => {
  switch (s.archetype) {
    case 'tower':
      return <Tower whole={s.cells.whole} part={s.cells.part} />;
    case 'lattice':
      return <Lattice whole={s.cells.whole} part={s.cells.part} />;
    case 'skyline':
      return <Bars heights={s.bars.map((b) => b.height)} depth={40} />;
    case 'before-after':
      return <Bars heights={s.heights} depth={70} />;
    case 'rings':
      return <Rings arcs={s.rings.map((r) => r.arc)} />;
    case 'petals':
      return <Petals lengths={s.petals.map((p) => p.length)} />;
    case 'seal':
      return <EmblemShape name={s.emblem} />;
  }
};

/** The drawing of a sculpture on its plinth. Decoration: the words beside it say what it shows. */
export const SculptureSvg = ({ sculpture, plinth = true }: { sculpture: Sculpture; plinth?: boolean }) => (
  <svg class="sculpture" viewBox={plinth ? `0 0 ${width} ${height}` : `20 20 ${width - 40} ${height - 20}`} aria-hidden="true" focusable="false">
    {plinth && (
      <>
        <path class="plinth-side" d={`M32 ${ground - 4}v34a168 62 0 0 0 336 0v-34z`} transform="translate(0 -6)" />
        <ellipse class="plinth-top" cx={centre} cy={ground - 8} rx={168} ry={62} />
      </>
    )}
    <g transform={plinth ? 'translate(0 -8)' : undefined}>
      <Shape sculpture={sculpture} />
    </g>
  </svg>
);

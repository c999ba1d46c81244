/**
 * The seven data sculptures, drawn as shared/sculpture.ts says: linear from zero, one unit a cell, the last cell cut to its fraction.
 * Local frame: the plinth's top is y = 0; about 1.4 wide and 1.5 high. `light` is for the hill (few triangles, no backs), `full` for
 * the project's own stage.
 */
import { type EmblemPart, emblemParts } from '../../shared/emblem-parts.ts';
import type { Emblem } from '../../shared/emblems.ts';
import type { Cells, Sculpture } from '../../shared/sculpture.ts';
import { joint, neutral, type P3, pale, Solid, type SolidData, type Turn, token } from './solid.ts';

export type Detail = 'light' | 'full';
/** the height of the largest value, in local metres: every other height is its share of this */
export const fullHeight = 1.42;
const baseHeight = 0.035;

const skyline = (s: Solid, bars: readonly { height: number }[], detail: Detail): void => {
  const wide = 1.16;
  const pitch = wide / Math.max(bars.length, 4);
  const depth = Math.min(0.4, Math.max(0.16, pitch * 1.4));
  const left = (-pitch * bars.length) / 2;
  s.box({ x: [left - 0.03, -left + 0.03], y: [0, baseHeight], z: [-depth / 2 - 0.06, depth / 2 + 0.06] }, neutral, 0, detail === 'full');
  bars.forEach((bar, k) => {
    if (bar.height <= 0) return;
    s.box(
      { x: [left + pitch * (k + 0.1), left + pitch * (k + 0.9)], y: [baseHeight, baseHeight + bar.height * fullHeight], z: [-depth / 2, depth / 2] },
      token,
      detail === 'full' ? 0.018 : 0,
      detail === 'full',
    );
  });
};

const beforeAfter = (s: Solid, heights: readonly [number, number], detail: Detail): void => {
  const full = detail === 'full';
  const edge = full ? 0.022 : 0;
  s.box({ x: [-0.58, 0.58], y: [0, baseHeight], z: [-0.26, 0.26] }, neutral, 0, full);
  const column = (x: number, h: number, stuff: typeof token | typeof pale): void => {
    if (h > 0) s.box({ x: [x - 0.21, x + 0.21], y: [baseHeight, baseHeight + h * fullHeight], z: [-0.21, 0.21] }, stuff, edge, full);
  };
  column(-0.33, heights[0], pale);
  column(0.33, heights[1], token);
  // a thin bridge at the lower value and a band of it around the higher column: the difference is what stands above
  const low = baseHeight + Math.min(heights[0], heights[1]) * fullHeight;
  const y = [Math.max(0, low - 0.024), low] as const;
  const high = heights[0] > heights[1] ? -0.33 : 0.33;
  s.box({ x: [-0.13, 0.13], y, z: [-0.03, 0.03] }, neutral, 0, full);
  s.box({ x: [high - 0.22, high + 0.22], y, z: [-0.22, 0.22] }, neutral, 0, full);
};

/** leans a flat figure back, lifts it and keeps it facing the visitor */
const leaned = (lean: number, lift: number): Turn => {
  const c = Math.cos(lean);
  const n = Math.sin(lean);
  return ([x, y, z]) => [x, y * c + z * n + lift, z * c - y * n];
};

const foot = (s: Solid, height: number, detail: Detail): void => {
  s.box({ x: [-0.3, 0.3], y: [0, 0.06], z: [-0.2, 0.2] }, neutral, 0, detail === 'full');
  s.box({ x: [-0.06, 0.06], y: [0.06, height], z: [-0.1, 0.02] }, neutral, 0, detail === 'full');
};

const petals = (s: Solid, list: readonly { length: number }[], detail: Detail): void => {
  const full = detail === 'full';
  const reach = 0.68;
  const turn = leaned(0.3, 0.84);
  foot(s, 0.2, detail);
  s.ring({ radius: reach, thick: 0.035, deep: 0.06, from: 0, sweep: 1, segments: full ? 72 : 16, stuff: neutral, caps: false, inner: full, back: full }, turn);
  const half = Math.min(0.25, (Math.PI / list.length) * 0.5);
  const edge = 0.02;
  const ridge = 0.13;
  list.forEach((petal, k) => {
    const a = (k / list.length) * Math.PI * 2;
    const at = (t: number, side: number, z: number): P3 => {
      // length is linear from the centre; width swells at 62 % of the petal's own length
      const r = t * petal.length * reach;
      const w = side * half * petal.length * reach * (t < 0.62 ? 0.3 + (0.7 * t) / 0.62 : ((1 - t) / 0.38) ** 0.7);
      return turn([Math.sin(a) * r + Math.cos(a) * w, Math.cos(a) * r - Math.sin(a) * w, z]);
    };
    if (petal.length <= 0) return;
    const cuts = full ? [0, 0.2, 0.42, 0.62, 0.8, 0.92, 1] : [0, 0.62, 1];
    for (let c = 0; c < cuts.length - 1; c++) {
      const [t0, t1] = [cuts[c] as number, cuts[c + 1] as number];
      const [z0, z1] = [ridge * (1 - 0.75 * t0), ridge * (1 - 0.75 * t1)];
      s.face([at(t0, 1, edge), at(t1, 1, edge), at(t1, 0, z1), at(t0, 0, z0)], token);
      s.face([at(t0, 0, z0), at(t1, 0, z1), at(t1, -1, edge), at(t0, -1, edge)], token);
      if (!full) continue;
      s.face([at(t0, 1, edge), at(t0, 1, -edge * 2), at(t1, 1, -edge * 2), at(t1, 1, edge)], token);
      s.face([at(t0, -1, -edge * 2), at(t0, -1, edge), at(t1, -1, edge), at(t1, -1, -edge * 2)], token);
      s.face([at(t0, -1, -edge * 2), at(t1, -1, -edge * 2), at(t1, 1, -edge * 2), at(t0, 1, -edge * 2)], token);
    }
  });
  s.box({ x: [-0.07, 0.07], y: [0.77, 0.91], z: [-0.02, 0.16] }, neutral, 0.03, full);
};

const rings = (s: Solid, list: readonly { arc: number }[], detail: Detail): void => {
  const full = detail === 'full';
  const outer = 0.7;
  const step = list.length > 2 ? 0.165 : 0.21;
  const thick = step * 0.66;
  const turn = leaned(0.08, 0.82);
  foot(s, 0.14, detail);
  list.forEach((ring, k) => {
    const radius = outer - thick / 2 - k * step;
    if (ring.arc > 0)
      s.ring(
        { radius, thick, deep: 0.16, from: 0, sweep: ring.arc, segments: full ? 96 : 15, stuff: token, caps: ring.arc < 1, inner: full || k === list.length - 1, back: full },
        turn,
      );
    if (ring.arc < 1)
      s.ring({ radius, thick: 0.035, deep: 0.04, from: ring.arc, sweep: 1 - ring.arc, segments: full ? 96 : 13, stuff: neutral, caps: false, inner: full, back: full }, turn);
  });
};

const lattice = (s: Solid, cells: Cells, detail: Detail): void => {
  const side = 5;
  const pitch = 0.25;
  const cube = pitch * 0.8;
  const full = detail === 'full';
  const total = cells.whole + (cells.part > 0 ? 1 : 0);
  const solidLayers = Math.floor(cells.whole / (side * side));
  // the shadow in the joints of what is full: one dark core behind the shell
  if (!full && solidLayers > 0) {
    const half = ((side - 1) / 2) * pitch + cube * 0.36;
    s.box({ x: [-half, half], y: [0, (solidLayers - 1) * pitch + cube * 0.86], z: [-half, half] }, joint);
  }
  const filled = new Set<number>();
  for (let k = 0; k < total; k++) filled.add(k);
  for (let k = 0; k < total; k++) {
    const layer = Math.floor(k / (side * side));
    const row = Math.floor((k % (side * side)) / side);
    const column = k % side;
    // on the hill only the shell shows: what has a neighbour in front, beside and above is left out
    if (!full && layer < Math.floor((total - 1) / 25) - 1 && row < side - 1 && column > 0 && column < side - 1) continue;
    const x = (column - (side - 1) / 2) * pitch;
    const z = (row - (side - 1) / 2) * pitch;
    const h = k === cells.whole ? cube * cells.part : cube;
    const y = layer * pitch;
    const above = filled.has(k + side * side);
    if (full) s.box({ x: [x - cube / 2, x + cube / 2], y: [y, y + h], z: [z - cube / 2, z + cube / 2] }, token, 0.016, true);
    else lightCell(s, [x, y, z], cube, h, { top: !above, front: row === side - 1 || !filled.has(k + side), left: column === 0, right: column === side - 1 || !filled.has(k + 1) });
  }
};

type Shown = { top: boolean; front: boolean; left: boolean; right: boolean };
const lightCell = (s: Solid, [x, y, z]: P3, cube: number, h: number, shown: Shown): void => {
  const [x0, x1, z0, z1] = [x - cube / 2, x + cube / 2, z - cube / 2, z + cube / 2];
  if (shown.front)
    s.face(
      [
        [x0, y, z1],
        [x1, y, z1],
        [x1, y + h, z1],
        [x0, y + h, z1],
      ],
      token,
    );
  if (shown.right)
    s.face(
      [
        [x1, y, z1],
        [x1, y, z0],
        [x1, y + h, z0],
        [x1, y + h, z1],
      ],
      token,
    );
  if (shown.left)
    s.face(
      [
        [x0, y, z0],
        [x0, y, z1],
        [x0, y + h, z1],
        [x0, y + h, z0],
      ],
      token,
    );
  if (shown.top)
    s.face(
      [
        [x0, y + h, z1],
        [x1, y + h, z1],
        [x1, y + h, z0],
        [x0, y + h, z0],
      ],
      token,
    );
};

const tower = (s: Solid, cells: Cells, detail: Detail): void => {
  const total = cells.whole + cells.part;
  const pitch = Math.min(0.3, fullHeight / Math.max(total, 1));
  const thick = pitch * 0.8;
  const half = 0.4;
  const floors = Math.ceil(total);
  // the dark joint between floors: from afar one core serves all of them
  const core = Math.max(0, floors - 1) * pitch;
  if (detail === 'light' && core > 0) s.box({ x: [-half * 0.86, half * 0.86], y: [0, core], z: [-half * 0.86, half * 0.86] }, joint);
  for (let k = 0; k < floors; k++) {
    const h = k === cells.whole ? thick * cells.part : thick;
    const y = k * pitch;
    s.box({ x: [-half, half], y: [y, y + h], z: [-half, half] }, token, detail === 'full' ? 0.02 : 0, detail === 'full');
    if (detail === 'full' && k < floors - 1) s.box({ x: [-half * 0.88, half * 0.88], y: [y + h, y + pitch], z: [-half * 0.88, half * 0.88] }, joint, 0, true);
  }
};

const stuffOf = { token, pale, neutral, joint } as const;
type Flat = readonly [x: number, y: number];
const areaOf = (points: readonly Flat[]): number =>
  points.reduce((sum, [x, y], k) => {
    const [u, v] = points[(k + 1) % points.length] as Flat;
    return sum + x * v - u * y;
  }, 0) / 2;
const isConvex = (points: readonly Flat[]): boolean =>
  points.every(([x, y], k) => {
    const [u, v] = points[(k + 1) % points.length] as Flat;
    const [p, q] = points[(k + 2) % points.length] as Flat;
    return (u - x) * (q - v) - (v - y) * (p - u) > -1e-9;
  });

/** One plate of an emblem, cut out and given its thickness. */
const cutPlate = (s: Solid, part: EmblemPart, detail: Detail): void => {
  const full = detail === 'full';
  const stuff = stuffOf[part.stuff];
  const [back, front] = part.z;
  const rim = (a: Flat, b: Flat): void => {
    const down = (a[0] - b[0]) / (Math.hypot(a[0] - b[0], a[1] - b[1]) || 1);
    if (front > back && (full || down > -0.8))
      s.face(
        [
          [...a, back],
          [...b, back],
          [...b, front],
          [...a, front],
        ],
        stuff,
      );
  };
  const sheet = (points: readonly Flat[], z: number): void =>
    s.face(
      points.map(([x, y]): P3 => [x, y, z]),
      stuff,
    );
  const backed = (points: readonly Flat[]): void => {
    if (full && front > back) sheet([...points].reverse(), back);
  };
  const { inner } = part;
  if (inner) {
    for (let k = 0; k < inner.length - 1; k++) {
      const [a, b, c, d] = [part.outline[k] as Flat, part.outline[k + 1] as Flat, inner[k + 1] as Flat, inner[k] as Flat];
      sheet([a, b, c, d], front);
      backed([a, b, c, d]);
      rim(a, b);
      rim(c, d);
    }
    if (part.closed) return;
    rim(inner[0] as Flat, part.outline[0] as Flat);
    rim(part.outline.at(-1) as Flat, inner.at(-1) as Flat);
    return;
  }
  const outline = areaOf(part.outline) < 0 ? [...part.outline].reverse() : part.outline;
  const n = outline.length;
  if (isConvex(outline)) {
    sheet(outline, front);
    backed(outline);
  } else {
    const middle: Flat = [outline.reduce((t, p) => t + p[0], 0) / n, outline.reduce((t, p) => t + p[1], 0) / n];
    outline.forEach((p, k) => {
      const fan = [middle, p, outline[(k + 1) % n] as Flat];
      sheet(fan, front);
      backed(fan);
    });
  }
  outline.forEach((p, k) => {
    rim(p, outline[(k + 1) % n] as Flat);
  });
};

/** A pictogram on a low foot: it says what the project is about and is no data. */
const emblem = (s: Solid, name: Emblem, detail: Detail): void => {
  s.box({ x: [-0.34, 0.34], y: [0, 0.05], z: [-0.24, 0.24] }, neutral, 0, detail === 'full');
  for (const part of emblemParts(name)) {
    const lifted = (points: readonly Flat[]): Flat[] => points.map(([x, y]): Flat => [x, y + 0.05]);
    cutPlate(s, { ...part, outline: lifted(part.outline), ...(part.inner ? { inner: lifted(part.inner) } : {}) }, detail);
  }
};

/** The faces of a sculpture at a detail. */
export const sculptureSolid = (sculpture: Sculpture, detail: Detail): SolidData => {
  const s = new Solid();
  switch (sculpture.archetype) {
    case 'skyline':
      skyline(s, sculpture.bars, detail);
      break;
    case 'before-after':
      beforeAfter(s, sculpture.heights, detail);
      break;
    case 'petals':
      petals(s, sculpture.petals, detail);
      break;
    case 'rings':
      rings(s, sculpture.rings, detail);
      break;
    case 'lattice':
      lattice(s, sculpture.cells, detail);
      break;
    case 'tower':
      tower(s, sculpture.cells, detail);
      break;
    case 'seal':
      emblem(s, sculpture.emblem, detail);
      break;
  }
  return s;
};

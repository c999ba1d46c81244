/**
 * Which data sculpture a project's figures make, and with which printed unit. Linear from zero, one unit a sculpture, the last
 * cell cut to its fraction; a project without figures gets an emblem as its seal, which says that it is no data. The stage only draws what this says.
 */
import type { Area } from './areas.ts';
import { areaEmblem, type Emblem } from './emblems.ts';
import type { Archetype, Figure } from './pack.ts';

/** most cells that stay countable by eye: a 5 by 5 by 5 lattice, a tower of 24 floors */
export const latticeCellsMax = 125;
export const towerFloorsMax = 24;
export const ringsMax = 4;

export type Cells = { unit: number; whole: number /** 0 to 1, the cut last cell; 0 when none */; part: number };
export type Sculpture =
  | { archetype: 'skyline'; figure: string; bars: { t: string; v: number /** of the highest, 0 to 1 */; height: number }[] }
  | { archetype: 'before-after'; figure: string; before: number; after: number; heights: [before: number, after: number] }
  | { archetype: 'petals'; petals: { figure: string /** of the target, 0 to 1 */; length: number }[] }
  | { archetype: 'rings'; rings: { figure: string /** of the full circle, 0 to 1 */; arc: number }[] }
  | { archetype: 'lattice' | 'tower'; figure: string; cells: Cells }
  | { archetype: 'seal'; emblem: Emblem };

/**
 * The smallest unit of 1, 2 or 5 times a power of ten with which `value` makes at most `max` cells. Discrete values never go below
 * a unit of 1: seven sites are seven floors, not 35 of 0.2.
 */
export const pickUnit = (value: number, max: number, discrete: boolean): number => {
  if (value <= 0) return 1;
  for (let k = discrete ? 0 : Math.floor(Math.log10(value / max)) - 1; ; k++) {
    for (const m of [1, 2, 5]) {
      const unit = k < 0 ? m / 10 ** -k : m * 10 ** k;
      if (Math.ceil(value / unit - 1e-9) <= max) return unit;
    }
  }
};

const cellsOf = (value: number, max: number, discrete: boolean): Cells => {
  const unit = pickUnit(value, max, discrete);
  const whole = Math.floor(value / unit + 1e-9);
  const part = value / unit - whole;
  return { unit, whole, part: part < 1e-6 ? 0 : part };
};

const fits = (archetype: Archetype, figures: readonly Figure[]): boolean => {
  switch (archetype) {
    case 'skyline':
      return figures.some((f) => (f.series?.length ?? 0) >= 3);
    case 'before-after':
      return figures.some((f) => f.baseline !== undefined);
    case 'petals':
      return figures.filter((f) => f.target !== undefined).length >= 3;
    case 'rings':
      return figures.length > 0 && figures.length <= ringsMax && figures.every((f) => f.kind === 'percent');
    case 'lattice':
      return figures[0]?.kind === 'count' && figures[0].value > towerFloorsMax;
    case 'tower':
      return figures.length > 0;
    case 'seal':
      return true;
  }
};

const ORDER: readonly Archetype[] = ['skyline', 'before-after', 'petals', 'rings', 'lattice', 'tower', 'seal'];

/** The sculpture of a project: the first archetype that its figures allow, or the one that its editor chose where they allow it. */
export const sculptureOf = (project: { area: Area; figures: readonly Figure[]; sculpture?: Archetype | undefined; emblem?: Emblem | undefined }): Sculpture => {
  const { figures, sculpture: wanted } = project;
  const archetype = wanted && fits(wanted, figures) ? wanted : (ORDER.find((a) => fits(a, figures)) ?? 'seal');
  switch (archetype) {
    case 'skyline': {
      const f = figures.find((x) => (x.series?.length ?? 0) >= 3) as Figure;
      const series = f.series ?? [];
      const top = Math.max(...series.map((s) => s.v), Number.MIN_VALUE);
      return { archetype, figure: f.id, bars: series.map((s) => ({ ...s, height: s.v / top })) };
    }
    case 'before-after': {
      const f = figures.find((x) => x.baseline !== undefined) as Figure;
      const before = f.baseline ?? 0;
      const top = Math.max(before, f.value, Number.MIN_VALUE);
      return { archetype, figure: f.id, before, after: f.value, heights: [before / top, f.value / top] };
    }
    case 'petals':
      return { archetype, petals: figures.flatMap((f) => (f.target === undefined ? [] : [{ figure: f.id, length: Math.min(1, f.value / f.target) }])) };
    case 'rings':
      return { archetype, rings: figures.map((f) => ({ figure: f.id, arc: Math.min(1, f.value / 100) })) };
    case 'lattice':
    case 'tower': {
      const f = figures[0] as Figure;
      return { archetype, figure: f.id, cells: cellsOf(f.value, archetype === 'lattice' ? latticeCellsMax : towerFloorsMax, f.kind === 'count') };
    }
    case 'seal':
      return { archetype, emblem: project.emblem ?? areaEmblem[project.area] };
  }
};

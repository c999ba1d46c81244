/** What lies behind the hill: two soft ridges and the lit far shore on both sides. */
import { addTower } from './hill-buildings.ts';
import type { Paint } from './hill-palette.ts';
import { WARM } from './hill-palette.ts';
import { addLamp, type Site } from './hill-site.ts';
import { type Chance, chanceOf, cross, norm, scale, sub, type Vec3 } from './hill-vec.ts';

type Outline = readonly (readonly [x: number, y: number])[];
/** drawn by hand: the lion's head, its notch and long back, then the peak with its shoulder */
const NEAR: Outline = [
  [-150, 2],
  [-112, 7],
  [-84, 4],
  [-62, 7.4],
  [-47, 4.6],
  [-36, 6.4],
  [-30, 9.4],
  [-27.4, 10.6],
  [-25.6, 9.6],
  [-23, 9.9],
  [-15, 8.2],
  [-7, 6.2],
  [2, 5.4],
  [12, 7],
  [21, 9.2],
  [27, 11.4],
  [30.5, 12],
  [35, 10.8],
  [41, 8.2],
  [52, 6],
  [68, 8.4],
  [86, 4.6],
  [108, 7.6],
  [150, 2],
];
const BACK: Outline = [
  [-150, 5],
  [-100, 9],
  [-66, 6.6],
  [-44, 9.8],
  [-20, 12],
  [-6, 10.6],
  [8, 12.4],
  [20, 10],
  [44, 8.6],
  [60, 10.4],
  [96, 7],
  [150, 4],
];

const heightAt = (line: Outline, x: number): number => {
  for (let k = 0; k < line.length - 1; k++) {
    const a = line[k] as readonly [number, number];
    const b = line[k + 1] as readonly [number, number];
    if (x <= b[0]) {
      const t = Math.max(0, (x - a[0]) / (b[0] - a[0]));
      const s = t * t * (3 - 2 * t) * 0.6 + t * 0.4;
      return a[1] + (b[1] - a[1]) * s;
    }
  }
  return 2;
};

export type Ridge = { line: 'near' | 'back'; z: number; half: number; columns: number; stretch: number; height: number; paint: Paint; haze: number };

/** One ridge: spurs run down from the crest; its foot melts into the mist. */
export const addRidge = (site: Site, r: Ridge): void => {
  const { mesh } = site;
  const rows = 4;
  const line = r.line === 'near' ? NEAR : BACK;
  const grid: Vec3[][] = [];
  for (let j = 0; j <= rows; j++) {
    const t = j / rows;
    grid.push(
      Array.from({ length: r.columns + 1 }, (_, i) => {
        const x = -r.half + (2 * r.half * i) / r.columns;
        const crest = heightAt(line, x / r.stretch) * r.height;
        const spur = Math.sin(x * 0.42 + Math.sin(x * 0.13) * 2) * 0.9 + Math.sin(x * 0.93 + 1.3) * 0.35;
        const y = -1 + (crest + 1) * t ** 0.86 + spur * Math.sin(Math.PI * t) * 1.0;
        return [x + spur * (1 - t) * 0.8, y, r.z + (1 - t) * 9 + spur * (1 - t) * 1.6] as Vec3;
      }),
    );
  }
  const base = mesh.count;
  const keep = mesh.mist;
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i <= r.columns; i++) {
      const p = (a: number, b: number): Vec3 => (grid[Math.max(0, Math.min(rows, a))] as Vec3[])[Math.max(0, Math.min(r.columns, b))] as Vec3;
      mesh.mist = Math.min(0.98, r.haze + (1 - r.haze) * (1 - j / rows) ** 1.2);
      mesh.vertex(p(j, i), norm(cross(sub(p(j, i + 1), p(j, i - 1)), sub(p(j + 1, i), p(j - 1, i)))), r.paint);
    }
  }
  mesh.mist = keep;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < r.columns; i++) {
      const q = base + j * (r.columns + 1) + i;
      mesh.indices.push(q, q + 1, q + r.columns + 2, q, q + r.columns + 2, q + r.columns + 1);
    }
  }
};

export type Shore = {
  seed: number;
  from: number;
  to: number;
  z: readonly [number, number];
  count: number;
  low: number;
  high: number;
  peakAt: number;
  peakWidth: number;
  pane: readonly [number, number];
  bay: number;
  floor: number;
  skip: number;
  /** from where to where the coast runs on either side, beyond the town and into the mist */
  land: readonly [number, number];
};

const nextX = (chance: Chance, s: Shore, k: number): number => s.from + ((s.to - s.from) * (Math.floor(k / 2) + chance.between(0.15, 0.85))) / Math.ceil(s.count / 2);

/** Towers on the far shore left and right of the hill; the skyline rises toward `peakAt`. */
export const addShore = (site: Site, s: Shore): void => {
  const chance = chanceOf(s.seed);
  for (let k = 0; k < s.count; k++) {
    const side = k % 2 ? 1 : -1;
    const x = nextX(chance, s, k);
    const peak = Math.exp(-(((x - s.peakAt) / s.peakWidth) ** 2));
    const depth = chance.next();
    const h = (s.low + (s.high - s.low) * (0.25 + 0.75 * peak)) * chance.between(0.62, 1.05) * (0.8 + 0.25 * depth);
    addTower(site, chance, [side * x, 0.6, s.z[1] + (s.z[0] - s.z[1]) * depth], chance.between(-0.14, 0.14), chance.between(2.0, 3.2), 2.2, h, {
      paint: chance.pick(['far0', 'far1', 'far2', 'far0']),
      head: chance.pick(['flat', 'flat', 'step', 'crown', 'fins']),
      far: true,
      pane: s.pane,
      bay: s.bay,
      floor: s.floor,
      skip: s.skip,
      foot: 0.9,
    });
  }
  // low houses along the water close the foot of the skyline
  const front = Math.max(s.z[0], s.z[1]) + 1.6;
  for (const side of [-1, 1]) {
    for (let x = s.from - 1; x < s.to; x += chance.between(3.4, 5.6)) {
      addTower(site, chance, [side * x, 0.6, front + chance.between(-0.5, 0.5)], 0, chance.between(2.4, 3.6), 1.8, chance.between(1.3, 2.6), {
        paint: chance.pick(['far0', 'far1', 'far2']),
        head: 'flat',
        far: true,
        pane: s.pane,
        bay: s.bay * 1.15,
        floor: s.floor,
        skip: 0.25,
        foot: 0.5,
      });
    }
    // the coast goes on to both sides of the town; houses thin out along it
    const length = s.land[1] - s.land[0];
    const middle = (side * (s.land[0] + s.land[1])) / 2;
    site.mesh.box([middle, 0.5, Math.max(s.z[0], s.z[1]) + 4.05], [length, 0.16, 0.1], 0, 'warmStrip', {
      glow: { night: scale(WARM, 0.7), day: null },
      noSides: true,
    });
    site.mesh.box([middle, -0.5, (s.z[0] + s.z[1]) / 2 + 0.5], [length, 1.1, Math.abs(s.z[1] - s.z[0]) + 7], 0, 'seawall', {
      frontColumns: Math.ceil(length / 6),
      top: 'grass',
    });
    for (let x = s.to + 2; x < s.land[1] - 4; x += chance.between(4, 9)) {
      const far = { paint: chance.pick<Paint>(['far0', 'far1', 'far2']), head: 'flat', far: true, pane: s.pane, bay: s.bay, floor: s.floor, skip: 0.6, foot: 0.5 } as const;
      addTower(site, chance, [side * x, 0.6, chance.between(s.z[0], front)], 0, chance.between(2, 3.6), 2, chance.between(1.4, 4.6), far);
    }
    for (let x = s.from; x < s.to; x += 3.4) addLamp(site, [side * x, 1.6, front + 0.8], WARM, 2.6, 5, false);
  }
};

/** Ridges and far shore of the hill. */
export const buildFar = (site: Site): void => {
  const portrait = site.plan.orientation === 'portrait';
  addRidge(site, {
    line: 'back',
    z: portrait ? -62 : -66,
    half: portrait ? 70 : 140,
    columns: portrait ? 40 : 60,
    stretch: portrait ? 0.9 : 1.5,
    height: portrait ? 0.92 : 0.72,
    paint: 'ridge1',
    haze: 0.38,
  });
  addRidge(site, {
    line: 'near',
    z: portrait ? -48 : -50,
    half: portrait ? 66 : 135,
    columns: portrait ? 72 : 110,
    stretch: portrait ? 0.92 : 1.55,
    height: portrait ? 1.12 : 1.0,
    paint: 'ridge0',
    haze: 0.05,
  });
  if (portrait) {
    addShore(site, {
      seed: 51,
      from: 16,
      to: 41,
      z: [-38, -27],
      count: 34,
      low: 5,
      high: 17,
      peakAt: 27,
      peakWidth: 10,
      pane: [0.34, 0.4],
      bay: 0.6,
      floor: 0.66,
      skip: 0.02,
      land: [12, 120],
    });
  } else {
    addShore(site, {
      seed: 52,
      from: 36,
      to: 67,
      z: [-40, -29],
      count: 50,
      low: 5,
      high: 17,
      peakAt: 50,
      peakWidth: 12,
      pane: [0.36, 0.44],
      bay: 0.7,
      floor: 0.8,
      skip: 0.2,
      land: [18, 172],
    });
  }
};

/** What the stage's files and rules must hold: places apart, shapes honest, files small and always the same. No GPU is needed. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bake, occluderOf } from '../../content/workshop/hill-bake.ts';
import { buildHill } from '../../content/workshop/hill-build.ts';
import { cullBack, keepSeenPanes } from '../../content/workshop/hill-pack.ts';
import { buildPodium } from '../../content/workshop/hill-podium.ts';
import { attractAspect, VIEWS } from '../../content/workshop/hill-views.ts';
import { decodeHill } from '../../kiosk/stage/hill-file.ts';
import { facePaint, rgb } from '../../kiosk/stage/paint.ts';
import { sculptureSolid } from '../../kiosk/stage/sculptures.ts';
import { token } from '../../kiosk/stage/solid.ts';
import { nearest, type Placed, spread, standsFor, terraceStandsMax } from '../../kiosk/stage/stands.ts';
import { AREAS } from '../../shared/areas.ts';
import { emblemParts } from '../../shared/emblem-parts.ts';
import { EMBLEMS } from '../../shared/emblems.ts';
import { litWindowsMax } from '../../shared/lights.ts';
import { type Archetype, type Figure, projectSchema } from '../../shared/pack.ts';
import { type Sculpture, sculptureOf } from '../../shared/sculpture.ts';

const fileMaxBytes = 1_600_000;
const viewMaxTriangles = 60_000;
/** plinths of the six terraces, quays and pavilion that a full showcase of 120 projects brings, and what one costs on average */
const projects = 120;
const orientations = ['portrait', 'landscape'] as const;
const bytesOf = (o: string): Buffer => readFileSync(fileURLToPath(new URL(`../../kiosk/stage/hill-${o}.bin`, import.meta.url)));
const hillOf = (o: string) => {
  const b = bytesOf(o);
  return decodeHill(b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength) as ArrayBuffer);
};
const hills = Object.fromEntries(orientations.map((o) => [o, hillOf(o)])) as Record<(typeof orientations)[number], ReturnType<typeof hillOf>>;

describe.each(orientations)('places of the %s hill', (o) => {
  const { head } = hills[o];
  test('terraces stand in the order of the areas, bottom to top', () => {
    expect(head.areas.map((a) => a.area)).toEqual([...AREAS]);
    const heights = head.areas.map((a) => a.deckY);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });

  test.each(AREAS.map((a, i) => [a, i] as const))('1 to 28 plinths on %s are at least 1.5 m apart', (_, i) => {
    for (let n = 2; n <= terraceStandsMax; n++) expect(nearest(spread(head.areas[i]?.rows ?? [], n)), `${n} plinths`).toBeGreaterThanOrEqual(1.5);
  });

  test('every project gets a stand of its own up to what fits; the rest are guests', () => {
    const list: Placed[] = [
      ...AREAS.flatMap((area) => Array.from({ length: 31 }, (_, k): Placed => ({ id: `${area}-${k}`, area, place: 'terrace' }))),
      ...Array.from({ length: 21 }, (_, k): Placed => ({ id: `q-${k}`, area: 'living', place: 'quay', quay: k % 3 })),
      ...Array.from({ length: 5 }, (_, k): Placed => ({ id: `p-${k}`, area: 'people', place: 'pavilion' })),
    ];
    const stands = standsFor(head, list);
    expect(new Set(stands.map((s) => s.project)).size).toBe(list.length);
    const own = stands.filter((s) => !s.guest);
    expect(own).toHaveLength(6 * terraceStandsMax + 18 + 4);
    expect(new Set(own.map((s) => `${s.x.toFixed(2)} ${s.y.toFixed(2)} ${s.z.toFixed(2)}`)).size).toBe(own.length);
    for (const guest of stands.filter((s) => s.guest)) expect(own.some((s) => s.x === guest.x && s.z === guest.z)).toBe(true);
  });

  test('no two plinths of a place touch, however few there are', () => {
    for (const n of [1, 5, 9, 10, 17, 20, 28]) {
      const stands = standsFor(
        head,
        AREAS.flatMap((area) => Array.from({ length: n }, (_, k): Placed => ({ id: `${area}-${k}`, area, place: 'terrace' }))),
      );
      for (const area of AREAS) {
        const own = stands.filter((s) => s.area === area);
        if (own.length > 1) expect(nearest(own)).toBeGreaterThan(1.82 * (own[0]?.scale ?? 1) * 0.96);
      }
    }
  });
});

const heightOf = (s: Sculpture, from: number, to: number): number => {
  const solid = sculptureSolid(s, 'full');
  let top = 0;
  for (let v = 0; v < solid.stuffs.length; v++) {
    const x = solid.positions[v * 3] ?? 0;
    if (x >= from && x <= to && solid.stuffs[v] !== 2) top = Math.max(top, solid.positions[v * 3 + 1] ?? 0);
  }
  return top;
};
const figure = (value: number, kind: 'count' | 'duration' | 'percent', more: object = {}) => ({
  id: 'a',
  label: { 'zh-HK': '', 'zh-CN': '', en: '' },
  value,
  unit: { 'zh-HK': '', 'zh-CN': '', en: '' },
  kind,
  qualifier: 'exact' as const,
  asOf: '2025',
  ...more,
});

const made = (figures: Figure[], sculpture?: Archetype): Sculpture => sculptureOf({ area: 'living', figures, sculpture });

describe('sculptures tell the truth', () => {
  test('bars are linear from zero', () => {
    const series = [10, 5, 0, 2.5].map((v, k) => ({ t: `202${k}`, v }));
    const s = made([figure(10, 'count', { series })]);
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => heightOf(s, -0.58 + k * 0.29 + 0.01, -0.58 + (k + 1) * 0.29 - 0.01) - 0.035) as [number, number, number, number];
    expect(b / a).toBeCloseTo(0.5, 5);
    expect(d / a).toBeCloseTo(0.25, 5);
    expect(c).toBeLessThanOrEqual(0);
  });

  test('before and after keep their ratio', () => {
    const s = made([figure(22, 'duration', { baseline: 88 })]);
    expect((heightOf(s, 0.05, 1) - 0.035) / (heightOf(s, -1, -0.05) - 0.035)).toBeCloseTo(0.25, 5);
  });

  test('the last cell is cut to its fraction', () => {
    const tops = (s: Sculpture): number[] => {
      const solid = sculptureSolid(s, 'full');
      return [...new Set(solid.stuffs.flatMap((stuff, v) => (stuff === 0 ? [Number((solid.positions[v * 3 + 1] ?? 0).toFixed(6))] : [])))].sort((a, b) => a - b);
    };
    // 4.5 floors: five floors of which the last has half its height; the pitch is 1.42 / 4.5, but never more than 0.3
    const pitch = 0.3;
    const cut = tops({ archetype: 'tower', figure: 'a', cells: { unit: 1, whole: 4, part: 0.5 } }).at(-1) as number;
    expect(cut).toBeCloseTo(4 * pitch + pitch * 0.8 * 0.5, 5);
    const lattice = tops({ archetype: 'lattice', figure: 'a', cells: { unit: 1, whole: 50, part: 0.25 } });
    expect((lattice.at(-1) as number) - 2 * 0.25).toBeCloseTo(0.25 * 0.8 * 0.25, 5);
  });

  test('as many cells as the figure has units', () => {
    const faces = (n: number, part: number): number =>
      sculptureSolid({ archetype: 'tower', figure: 'a', cells: { unit: 1, whole: n, part } }, 'full').stuffs.filter((s) => s === 0).length;
    const one = faces(1, 0);
    expect(faces(7, 0)).toBe(7 * one);
    expect(faces(7, 0.3)).toBe(8 * one);
  });

  test('a ring goes round as far as its share', () => {
    const solid = sculptureSolid({ archetype: 'rings', rings: [{ figure: 'a', arc: 0.25 }] }, 'full');
    for (let v = 0; v < solid.stuffs.length; v++) if (solid.stuffs[v] === token) expect(solid.positions[v * 3] ?? 0).toBeGreaterThan(-1e-6);
  });

  test('the same sculpture is the same every time, and paints its front with the exact token', () => {
    for (const archetype of ['rings', 'seal', 'lattice'] as const) {
      const make = (): string => JSON.stringify(sculptureSolid(made(archetype === 'seal' ? [] : [figure(77, archetype === 'rings' ? 'percent' : 'count')], archetype), 'full'));
      expect(make()).toBe(make());
    }
    expect(facePaint(token, 'night', rgb('#5CC8FF'), 1, 0)).toEqual(rgb('#5CC8FF'));
    expect(facePaint(token, 'day', rgb('#005F92'), 1, 0)).toEqual(rgb('#005F92'));
  });
});

describe('[U12] emblems', () => {
  const emblemTrianglesMax = 150;
  test.each(EMBLEMS)('%s is small enough for the hill, stays on its plinth and keeps the token on its front', (emblem) => {
    const light = sculptureSolid({ archetype: 'seal', emblem }, 'light');
    expect(light.indices.length / 3).toBeLessThanOrEqual(emblemTrianglesMax);
    const full = sculptureSolid({ archetype: 'seal', emblem }, 'full');
    expect(full.indices.length).toBeGreaterThan(light.indices.length);
    for (let v = 0; v < full.stuffs.length; v++) {
      expect(Math.hypot(full.positions[v * 3] ?? 0, full.positions[v * 3 + 2] ?? 0)).toBeLessThan(0.82);
      expect(full.positions[v * 3 + 1]).toBeGreaterThanOrEqual(-1e-9);
      expect(full.positions[v * 3 + 1]).toBeLessThan(1.7);
    }
    expect(light.stuffs.some((stuff, v) => stuff === token && (light.normals[v * 3 + 2] ?? 0) > 0.999)).toBe(true);
  });

  test('every plate faces the visitor: no front is turned away, whatever way its outline runs', () => {
    for (const emblem of EMBLEMS)
      for (const part of emblemParts(emblem)) {
        const fronts = sculptureSolid({ archetype: 'seal', emblem }, 'light');
        const at = part.z[1];
        const turned = fronts.stuffs.filter((_, v) => Math.abs((fronts.positions[v * 3 + 2] ?? 0) - at) < 1e-9 && (fronts.normals[v * 3 + 2] ?? 0) < -0.999);
        expect(turned, emblem).toEqual([]);
      }
  });

  test('no two look the same, and an unknown one is refused', () => {
    expect(new Set(EMBLEMS.map((emblem) => JSON.stringify(sculptureSolid({ archetype: 'seal', emblem }, 'light').positions))).size).toBe(EMBLEMS.length);
    expect(projectSchema.shape.emblem.safeParse('drone').success).toBe(true);
    expect(projectSchema.shape.emblem.safeParse('ring').success).toBe(false);
  });
});

describe('the baked files', () => {
  test.each(orientations)('%s: small, few triangles, enough lamps', (o) => {
    expect(bytesOf(o).byteLength).toBeLessThan(fileMaxBytes);
    const { hill } = hills[o].sets;
    const shapes: Sculpture[] = [
      made([figure(9, 'count', { series: Array.from({ length: 12 }, (_, k) => ({ t: `20${k + 10}`, v: k + 1 })) })]),
      made([figure(20, 'duration', { baseline: 90 })]),
      made(
        [50, 60, 70, 80, 90].map((v) => figure(v, 'duration', { target: 100 })),
        'petals',
      ),
      made([50, 60, 70].map((v) => figure(v, 'percent'))),
      made([figure(999, 'count')]),
      made([figure(23, 'duration')]),
      made([]),
    ];
    const plinth = 36;
    const sculptures = Array.from({ length: projects }, (_, k) => sculptureSolid(shapes[k % shapes.length] as Sculpture, 'light').indices.length / 3 + plinth).reduce(
      (a, b) => a + b,
      0,
    );
    const triangles = hill.indices.length / 3 + hill.paneCount * 2 + (hill.haloCount + projects) * 2 + sculptures;
    expect(triangles).toBeLessThan(viewMaxTriangles);
    expect(hill.counted).toBeGreaterThanOrEqual(litWindowsMax);
    expect(Math.max(...hill.indices)).toBeLessThan(hill.places.length / 4);
  });

  test.each(orientations)('%s: is what the workshop builds today', (o) => {
    const site = buildHill(o);
    keepSeenPanes(site, VIEWS[o].attract, attractAspect[o]);
    cullBack(site, site.plan.centreZ);
    expect(hills[o].sets.hill.indices.length).toBe(site.mesh.indices.length);
    expect(hills[o].sets.hill.paneCount).toBe(site.panes.length);
  });

  test('another build and another bake give the same bytes', () => {
    const hash = (...parts: (ArrayBuffer | Uint8Array | string)[]): string => {
      const h = createHash('sha256');
      for (const part of parts) h.update(part instanceof ArrayBuffer ? new Uint8Array(part) : part);
      return h.digest('hex');
    };
    const built = (): string => {
      const { mesh, panes, halos, lamps } = buildHill('portrait');
      return hash(new Float64Array(mesh.positions).buffer, new Uint32Array(mesh.indices).buffer, mesh.paints.join(), JSON.stringify([panes, halos, lamps]));
    };
    expect(built()).toBe(built());
    const baked = (): string => {
      const site = buildPodium();
      const { night, day } = bake(site, occluderOf(site), 3);
      return hash(night, day);
    };
    expect(baked()).toBe(baked());
  });
});

/** Which scene and which language stand at which turn of the resting screen, on contents of every shape; and the sizes of their words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Scene, sceneAt, viewOf } from '../../kiosk/visitor/attract-plan.ts';
import { type Catalogue, catalogueOf } from '../../kiosk/visitor/catalogue.ts';
import { langOf, turnAt, turnMs, turnsPerLoop } from '../../kiosk/visitor/turns.ts';
import { AREAS, type Area } from '../../shared/areas.ts';
import type { Content, PackHead, PlacedProject } from '../../shared/pack.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { packHead, placedProject, seriesOf, text } from './small-content.ts';

const figures: PlacedProject['figures'] = [{ id: 'f', label: text('l'), value: 7, unit: text('u'), kind: 'count', qualifier: 'exact', asOf: '2022' }];
const model = { url: '/models/m.glb', views: [], hotspots: [], clips: [] } as unknown as NonNullable<PlacedProject['model']>;
const project = (id: string, area: Area, more: Partial<PlacedProject> = {}): PlacedProject => placedProject(id, { area, ...more });
const catalogue = (packs: PackHead[], projects: PlacedProject[]): Catalogue => {
  const content: Content = { version: 'v', showcase: packs[0]?.id ?? '', mode: 'direct', origin: null, homeCode: '000000', packs, projects };
  const made = catalogueOf(content);
  if (!made) throw new Error('no catalogue');
  return made;
};
const terraces = packHead('pavilion', 'terraces');
const quays = packHead('maker', 'quays', { series: seriesOf('ai', 'life') });
const full = catalogue(
  [terraces, quays],
  [
    ...AREAS.flatMap((area) => [project(`${area}-plain`, area), project(`${area}-figure`, area, { figures }), project(`${area}-model`, area, { model, figures })]),
    project('team', 'living', { pack: 'maker', series: 'ai' }),
  ],
);
const told = (scene: Scene | null): string => {
  if (scene === null) return 'hill';
  if (scene.kind === 'row') return `row ${scene.trail.id}`;
  if (scene.kind === 'waterfront') return `waterfront ${scene.pack.id}`;
  return scene.kind === 'lights' ? 'lights' : `${scene.kind} ${scene.place.project.id}`;
};
const loop = (c: Catalogue, from = 0): string[] => Array.from({ length: turnsPerLoop }, (_, k) => told(sceneAt(c, from * turnsPerLoop + k)));

describe('[U13] the turns of the resting screen', () => {
  test('one every eight seconds, six a loop, from the moment it came to rest', () => {
    expect([turnMs * turnsPerLoop, turnAt(0), turnAt(7_999), turnAt(8_000), turnAt(48_000), turnAt(-5)]).toEqual([48_000, 0, 0, 1, 6, 0]);
  });

  test('the language changes with every turn, and in three loops each turn of the loop was told in all three', () => {
    const order: Lang[] = ['zh-HK', 'en', 'zh-CN'];
    const turns = Array.from({ length: 3 * turnsPerLoop }, (_, t) => langOf(t, order));
    expect(turns.slice(0, 6)).toEqual([...order, ...order]);
    for (let t = 1; t < turns.length; t++) expect(turns[t]).not.toBe(turns[t - 1]);
    for (let k = 0; k < turnsPerLoop; k++) expect(new Set([0, 1, 2].map((l) => turns[l * turnsPerLoop + k])).size).toBe(LANGS.length);
    expect([0, 1, 7].map((t) => langOf(t, ['zh-HK']))).toEqual(['zh-HK', 'zh-HK', 'zh-HK']);
  });

  test('hill, a terrace, the first project of that very terrace, the waterfront, the lamps, and what two minutes give', () => {
    const [a, b] = AREAS;
    expect(loop(full)).toEqual(['hill', `row area:${a}`, `project ${a}-model`, 'waterfront maker', 'lights', `invite ${AREAS[3]}-model`]);
    expect(loop(full, 1).slice(1, 3)).toEqual([`row area:${b}`, `project ${b}-model`]);
    // once round, the next project of each row, and the rows begin one further
    expect(loop(full, AREAS.length).slice(1, 3)).toEqual([`row area:${b}`, `project ${b}-figure`]);
    const row = sceneAt(full, 1);
    expect(row?.kind === 'row' && row.forward.map((p) => p.project.id)).toEqual([`${a}-model`, `${a}-figure`, `${a}-plain`]);
  });

  test('every row is told in every language', () => {
    const seen = new Map<string, Set<Lang>>();
    for (let l = 0; l < 3 * AREAS.length; l++) {
      const t = l * turnsPerLoop + 1;
      const key = told(sceneAt(full, t));
      seen.set(key, (seen.get(key) ?? new Set()).add(langOf(t, LANGS)));
    }
    expect([...seen.values()].map((s) => s.size)).toEqual(AREAS.map(() => LANGS.length));
  });

  test('without a waterfront another project comes, without terraces the quays, without projects the hill alone', () => {
    const land = catalogue([terraces], [project('a', 'living'), project('b', 'mobility')]);
    expect(loop(land)).toEqual(['hill', 'row area:living', 'project a', 'project b', 'lights', 'invite b']);
    const water = catalogue([quays], [project('team', 'living', { pack: 'maker', series: 'life' })]);
    expect(loop(water)).toEqual(['hill', 'row quay:maker/life', 'project team', 'project team', 'lights', 'invite team']);
    expect(loop(catalogue([terraces], []))).toEqual(Array.from({ length: turnsPerLoop }, () => 'hill'));
  });

  test('the camera goes where the words are', () => {
    expect([1, 2, 3, 4].map((t) => viewOf(sceneAt(full, t) as Scene))).toEqual([
      { kind: 'attract', scene: { kind: 'terrace', area: AREAS[0] } },
      { kind: 'project', project: `${AREAS[0]}-model`, slow: true },
      { kind: 'attract', scene: { kind: 'pier' } },
      { kind: 'attract', scene: { kind: 'lights' } },
    ]);
  });

  test('whatever a content holds, each scene names only what is there, and two kiosks agree', () => {
    const some = fc.array(fc.record({ area: fc.constantFrom(...AREAS), water: fc.boolean(), rich: fc.nat(2) }), { maxLength: 12 });
    fc.assert(
      fc.property(some, fc.nat(400), (list, turn) => {
        const projects = list.map((p, k) =>
          project(`p${k}`, p.area, { ...(p.water && { pack: 'maker', series: 'ai' }), ...(p.rich > 0 && { figures }), ...(p.rich > 1 && { model }) }),
        );
        const c = catalogue([terraces, quays], projects);
        const scene = sceneAt(c, turn);
        expect(told(scene)).toBe(told(sceneAt(catalogue([terraces, quays], projects), turn)));
        if (projects.length === 0) expect(scene).toBeNull();
        else if (turn % turnsPerLoop !== 0) expect(scene).not.toBeNull();
        if (scene && 'place' in scene) expect(c.places.get(scene.place.project.id)).toBe(scene.place);
        if (scene?.kind === 'row') expect(scene.forward.map((p) => p.project.id).sort()).toEqual(scene.trail.projects.map((p) => p.id).sort());
      }),
      { numRuns: 200 },
    );
  });
});

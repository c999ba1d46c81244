/** What a walk with a model draws: the real hill, stands and models of every showcase, seen from wherever a visitor may turn. Nothing is drawn here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BufferGeometry, type Mesh, PerspectiveCamera, Vector4 } from 'three';
import { beforeAll, expect, test } from 'vitest';
import { cityMesh, sceneUniforms } from '../../kiosk/stage/gpu.ts';
import { decodeHill } from '../../kiosk/stage/hill-file.ts';
import { seenBy } from '../../kiosk/stage/in-view.ts';
import { nearSet } from '../../kiosk/stage/near-set.ts';
import { aim, type Box } from '../../kiosk/stage/pose.ts';
import { walkShot } from '../../kiosk/stage/rails.ts';
import type { StageProject } from '../../kiosk/stage/stage.ts';
import { standMesh, tokensOf } from '../../kiosk/stage/stand-mesh.ts';
import { standsFor } from '../../kiosk/stage/stands.ts';
import { themeUniforms } from '../../kiosk/stage/theme.ts';
import { walkLimits } from '../../kiosk/stage/views.ts';
import { catalogueOf } from '../../kiosk/visitor/catalogue.ts';
import type { Content } from '../../shared/pack.ts';
import { contentJson } from './page-server.ts';

const trianglesMax = 60_000;
const showcases = ['smart-hong-kong-pavilion', 'maker-in-china', 'innovation-hong-kong'];
const root = path.resolve(import.meta.dirname, '../..');
const degrees = Math.PI / 180;
/** ring, sky, water; a halo or a pane is two triangles */
const besides = 800;

const { models } = JSON.parse(readFileSync(path.join(root, 'content/models/models.json'), 'utf8')) as { models: { id: string; triangles: number }[] };
const sizes: readonly { orientation: 'portrait' | 'landscape'; width: number; height: number; box: Box }[] = [
  { orientation: 'portrait', width: 1080, height: 1920, box: { top: 180, right: 0, bottom: 700, left: 0 } },
  { orientation: 'landscape', width: 1920, height: 1080, box: { top: 90, right: 700, bottom: 90, left: 0 } },
];

let shown: (readonly StageProject[])[] = [];
beforeAll(async () => {
  const contents = await Promise.all(showcases.map((showcase) => contentJson(root, showcase)));
  shown = contents.map((json) => catalogueOf(JSON.parse(json) as Content)?.stage ?? []);
});

const count = (g: BufferGeometry): number => Math.min(g.index?.count ?? 0, g.drawRange.count) / 3;
const trianglesOf = (g: BufferGeometry): Set<string> => {
  const { array } = g.index as NonNullable<BufferGeometry['index']>;
  return new Set(Array.from({ length: count(g) }, (_, k) => `${array[k * 3]},${array[k * 3 + 1]},${array[k * 3 + 2]}`));
};

/** Every triangle with a corner or its middle in the picture. */
const inPicture = (g: BufferGeometry, scale: number, camera: PerspectiveCamera): string[] => {
  const places = g.attributes['aPlace'] ?? g.attributes['position'];
  const { array } = g.index as NonNullable<BufferGeometry['index']>;
  const found: string[] = [];
  const sees = camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse);
  const p = new Vector4();
  const inside = (x: number, y: number, z: number): boolean => {
    p.set(x * scale, y * scale, z * scale, 1).applyMatrix4(sees);
    return p.w > 0 && Math.abs(p.x) <= p.w && Math.abs(p.y) <= p.w;
  };
  const axis = (v: number, k: 0 | 1 | 2): number => places?.getComponent(v, k) ?? 0;
  const corners = Array.from({ length: places?.count ?? 0 }, (_, v) => inside(axis(v, 0), axis(v, 1), axis(v, 2)));
  for (let k = 0; k < array.length; k += 3) {
    const [a, b, c] = [array[k] as number, array[k + 1] as number, array[k + 2] as number];
    const middle = (n: 0 | 1 | 2): number => (axis(a, n) + axis(b, n) + axis(c, n)) / 3;
    if (corners[a] || corners[b] || corners[c] || inside(middle(0), middle(1), middle(2))) found.push(`${a},${b},${c}`);
  }
  return found;
};

test.each(sizes)(
  '[M5] $orientation: beside every model in the walk, what is seen of the hill fits, and nothing that is seen is left out',
  ({ orientation, width, height, box }) => {
    const bytes = readFileSync(path.join(root, `kiosk/stage/hill-${orientation}.bin`));
    const data = decodeHill(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
    const shared = sceneUniforms(themeUniforms(), [0, -74], [2, 30]);
    const tokens = tokensOf(data.head);
    const city = cityMesh(data.sets.hill, data.head.perMetre, shared).geometry;
    const cityScale = 1 / data.head.perMetre;
    const camera = new PerspectiveCamera();
    let most = 0;
    let surroundings = 0;
    let walked = 0;
    for (const projects of shown) {
      const stands = standsFor(data.head, projects);
      const hidden = new Set(stands.flatMap((s, k) => (s.guest ? [k] : [])));
      const all = standMesh(stands, new Map(projects.map((p) => [p.id, p.sculpture])), hidden, tokens, shared).geometry;
      for (const [k, stand] of stands.entries()) {
        const model = projects.find((p) => p.id === stand.project)?.model;
        if (!model) continue;
        const own = models.find((m) => m.id === model.id)?.triangles ?? Number.NaN;
        const flat = (data.sets.hill.paneCount + data.sets.hill.haloCount + stands.length) * 2;
        const { pose } = walkShot(stands, stand, k);
        for (const azimuth of [-1, 0, 1])
          for (const zoom of walkLimits.zoom) {
            aim(camera, { ...pose, yaw: pose.yaw + azimuth * (walkLimits.azimuthMaxDeg ?? 0) * degrees }, box, width, height, zoom);
            most = Math.max(most, own + flat + besides + count(seenBy(city, cityScale, camera)) + count(seenBy(all, 1, camera)));
          }
        if (walked++ % 16 > 0) continue;
        const near = nearSet(data.head, stands, stand, tokens, shared).children.reduce((sum, m) => {
          const { geometry: g } = m as Mesh;
          return sum + ('instanceCount' in g ? Number(g.instanceCount) * 2 : count(g));
        }, 0);
        surroundings = Math.max(surroundings, near);
        for (const [whole, scale] of [
          [city, cityScale],
          [all, 1],
        ] as const) {
          const kept = trianglesOf(seenBy(whole, scale, camera));
          const seen = inPicture(whole, scale, camera);
          expect(seen.length).toBeGreaterThan(10);
          expect(seen.filter((t) => !kept.has(t))).toEqual([]);
        }
      }
    }
    process.stdout.write(`${orientation}: ${walked} walks, at most ${most} triangles and ${surroundings} around the plinth\n`);
    expect(walked).toBeGreaterThan(30);
    expect(surroundings).toBeGreaterThan(1_000);
    expect(most + surroundings).toBeLessThanOrEqual(trianglesMax);
  },
);

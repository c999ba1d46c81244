/** Models on the stage as plain arithmetic and bookkeeping: views, dots, the shelf's limits, sharpness, the file's packing. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Glide } from '../../kiosk/stage/glide.ts';
import { type Anchor, spreadDots } from '../../kiosk/stage/hotspots.ts';
import { decodeMeshopt } from '../../kiosk/stage/meshopt.ts';
import { ModelMending, mendAfterMs, mendAfterMsMax } from '../../kiosk/stage/model-mending.ts';
import { ModelShelf, modelBytesMax, modelRetryMs, modelsKeptMax } from '../../kiosk/stage/model-shelf.ts';
import { firstView, flightMs, limitsAround, orbitOf, partView, type Size, shortWay, standScale, viewOf } from '../../kiosk/stage/model-view.ts';
import { OrbitControl } from '../../kiosk/stage/orbit.ts';
import { Quality } from '../../kiosk/stage/quality.ts';
import { type ModelEntry, type ModelInfo, modelInfoOf } from '../../shared/model.ts';

const same = (word: string) => ({ 'zh-HK': word, 'zh-CN': word, en: word });
const post: Size = { width: 2.3, height: 5, depth: 1.5, reach: 1.2 };
const dog: Size = { width: 0.5, height: 0.94, depth: 1, reach: 0.57 };
const info: ModelInfo = {
  id: 'dog',
  url: '/content/models/dog.glb',
  hotspots: [
    { id: 'scanner', name: same('a'), text: same('b'), view: 'top' },
    { id: 'legs', name: same('c'), text: same('d') },
  ],
  views: [
    { az: 42, pol: 72, zoom: 1.02 },
    { id: 'top', az: 150, pol: 50, zoom: 2.4 },
  ],
  clips: [],
};

describe('a model on the podium', () => {
  test('is as large as fits, whatever its own size', () => {
    for (const size of [post, dog, { width: 9, height: 15, depth: 7, reach: 5 }]) {
      const scale = standScale(size);
      expect(size.height * scale).toBeLessThanOrEqual(3.0001);
      expect(size.reach * scale).toBeLessThanOrEqual(1.6201);
      expect(Math.max(size.height * scale - 2.99, size.reach * scale - 1.61)).toBeGreaterThan(0);
    }
  });

  test('a part that names a view is seen from there, another from its own side', () => {
    expect(viewOf(info, 'scanner', dog, [0, 0.9, 0])).toMatchObject({ az: 150, zoom: 2.4 });
    const legs = viewOf(info, 'legs', dog, [0.24, 0.1, 0.1]);
    expect(legs.az).toBeGreaterThan(30);
    expect(legs.az).toBeLessThan(90);
    expect(legs.pol).toBeGreaterThan(partView(info, dog, [0.24, 0.9, 0.1]).pol);
    expect(partView(info, dog, [0, 0.5, 0]).az).toBe(firstView(info).az);
  });

  test('a flight goes the short way round and ends within its limits in time', () => {
    expect(shortWay(350, 10)).toBe(370);
    expect(shortWay(-170, 170)).toBe(-190);
    expect(flightMs).toBeLessThanOrEqual(1_200);
    const orbit = new OrbitControl(limitsAround(orbitOf(firstView(info), false, dog)));
    const to = orbitOf(info.views[1] ?? firstView(info), true, dog);
    orbit.enter(limitsAround(to), 0, { ...orbit.current, azimuthDeg: shortWay(to.azimuthDeg, orbit.current.azimuthDeg) }, flightMs);
    let before = Number.POSITIVE_INFINITY;
    for (let now = 0; now <= flightMs; now += 50) {
      orbit.step(now, 50, false);
      const away = Math.abs(orbit.current.azimuthDeg - to.azimuthDeg);
      expect(away).toBeLessThanOrEqual(before + 1e-9);
      before = away;
    }
    expect(orbit.current).toEqual(to);
    for (let k = 0; k < 40; k++) orbit.zoom(1);
    while (orbit.step(0, 16, false));
    expect(orbit.current.zoom).toBeLessThan(to.zoom * 1.3);
  });

  test('glides end where they lead and cuts are at once', () => {
    const glide = new Glide([0, 0]);
    glide.aim([2, -4], 100, 1_000);
    expect(glide.at(600)).toEqual([1, -2]);
    expect(glide.running(1_099)).toBe(true);
    expect(glide.at(1_100)).toEqual([2, -4]);
    glide.aim([5, 5], 1_200, 0);
    expect([glide.at(1_200), glide.running(1_200)]).toEqual([[5, 5], false]);
  });
});

describe('the numbers on a model', () => {
  const area = { left: 0, top: 100, right: 1_080, bottom: 850 };
  const size = 82;
  const anchor = (id: string, x: number, y: number, seen = true): Anchor => ({ id, x, y, seen });

  test('never cover each other or leave the free area, wherever the parts are', () => {
    let seed = 7;
    const roll = (): number => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 400; round++) {
      const close = round % 2 === 0 ? 1 : 0.12;
      const parts = Array.from({ length: 5 }, (_, k) => anchor(`p${k}`, 540 + (roll() - 0.5) * 1_080 * close, 475 + (roll() - 0.5) * 750 * close));
      const dots = spreadDots(parts, area, size);
      expect(dots.length).toBeGreaterThanOrEqual(4);
      dots.forEach((d, i) => {
        expect(d.x - size / 2).toBeGreaterThanOrEqual(area.left - 0.01);
        expect(d.x + size / 2).toBeLessThanOrEqual(area.right + 0.01);
        expect(d.y - size / 2).toBeGreaterThanOrEqual(area.top - 0.01);
        expect(d.y + size / 2).toBeLessThanOrEqual(area.bottom + 0.01);
        for (const other of dots.slice(i + 1)) expect(Math.max(Math.abs(other.x - d.x), Math.abs(other.y - d.y))).toBeGreaterThanOrEqual(size - 0.01);
      });
    }
  });

  test('stand on their part where there is room, and only for parts that are seen', () => {
    expect(spreadDots([anchor('a', 300, 400), anchor('b', 700, 400, false), anchor('c', 700, 40)], area, size)).toEqual([{ id: 'a', x: 300, y: 400, anchorX: 300, anchorY: 400 }]);
  });

  test('of a part that words cover stand in the free area, with their part told', () => {
    const [dot] = spreadDots([anchor('top', 540, 60)], area, size, { ...area, top: 0 });
    expect(dot).toMatchObject({ id: 'top', anchorX: 540, anchorY: 60 });
    expect(dot && dot.y - size / 2).toBeGreaterThanOrEqual(area.top);
  });
});

describe('the shelf', () => {
  const shelf = (bytes: number) => {
    const dropped: string[] = [];
    const asked: string[] = [];
    let now = 0;
    let fail = false;
    const made = new ModelShelf(
      async ({ url }: { url: string }) => {
        asked.push(url);
        if (fail) throw new Error('no');
        return { bytes, dispose: () => dropped.push(url) };
      },
      () => now,
    );
    return { made, dropped, asked, failing: (on: boolean) => (fail = on), later: (ms: number) => (now += ms) };
  };

  test('keeps so many and never drops the one that is shown', async () => {
    const { made, dropped } = shelf(1_000);
    made.pin('m0');
    for (let k = 0; k < 20; k++) await made.take({ url: `m${k}` });
    expect(made.kept.models).toBe(modelsKeptMax);
    expect(made.peek('m0')).not.toBeNull();
    expect(dropped).toHaveLength(20 - modelsKeptMax);
    made.dispose();
    expect(new Set(dropped).size).toBe(20);
    expect(made.kept).toEqual({ models: 0, bytes: 0 });
  });

  test('keeps so many bytes', async () => {
    const { made, dropped } = shelf(modelBytesMax * 0.6);
    await made.take({ url: 'a' });
    await made.take({ url: 'b' });
    expect(dropped).toEqual(['a']);
    expect(made.kept.bytes).toBeLessThanOrEqual(modelBytesMax);
  });

  test('fetches a file once, and a failed one again only after a while', async () => {
    const { made, asked, failing, later } = shelf(1);
    await Promise.all([made.take({ url: 'a' }), made.take({ url: 'a' })]);
    expect(asked).toEqual(['a']);
    failing(true);
    expect(await made.take({ url: 'b' })).toBeNull();
    failing(false);
    expect(await made.take({ url: 'b' })).toBeNull();
    later(modelRetryMs);
    expect(await made.take({ url: 'b' })).not.toBeNull();
    expect(asked).toEqual(['a', 'b', 'b']);
    failing(true);
    expect(await made.take({ url: 'c' })).toBeNull();
    failing(false);
    // whoever mends does not wait, and takes what is here as it is
    expect(await made.again({ url: 'c' })).not.toBeNull();
    expect(await made.again({ url: 'c' })).toBe(made.peek('c'));
    expect(asked).toEqual(['a', 'b', 'b', 'c', 'c']);
  });

  test('what arrives after the end is freed', async () => {
    const { made, dropped } = shelf(1);
    const taken = made.take({ url: 'a' });
    made.dispose();
    expect(await taken).toBeNull();
    expect(dropped).toEqual(['a']);
  });
});

describe('what could not be had', () => {
  afterEach(() => void vi.useRealTimers());
  const mending = () => {
    vi.useFakeTimers();
    const told: string[] = [];
    const made = new ModelMending((item: { url: string }) => void told.push(`again ${item.url}`), { onFault: (c) => told.push(c), onMended: (c) => told.push(`${c} mended`) });
    return { made, told };
  };

  test('[M2] it is asked for again after pauses that grow to a limit, and told as mended once nothing is missing', () => {
    const { made, told } = mending();
    made.failed({ url: 'a' });
    made.failed({ url: 'b' });
    expect(told.splice(0)).toEqual(['model_failed', 'model_failed']);
    vi.advanceTimersByTime(mendAfterMs - 1);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told.splice(0)).toEqual(['again a', 'again b']);
    made.came({ url: 'b' });
    expect(told).toEqual([]);
    for (let pauseMs = mendAfterMs; pauseMs < 2 * mendAfterMsMax; ) {
      made.failed({ url: 'a' });
      pauseMs *= 2;
      vi.advanceTimersByTime(Math.min(mendAfterMsMax, pauseMs) - 1);
      expect(told.splice(0)).toEqual(['model_failed']);
      vi.advanceTimersByTime(1);
      expect(told.splice(0)).toEqual(['again a']);
    }
    made.came({ url: 'a' });
    made.came({ url: 'a' });
    expect(told).toEqual(['model_failed mended']);
    vi.advanceTimersByTime(10 * mendAfterMsMax);
    expect(told).toHaveLength(1);
  });

  test('[M2] asked for twice before its pause is over, it has one timer; after the end none', () => {
    const { made, told } = mending();
    made.failed({ url: 'a' });
    made.failed({ url: 'a' });
    expect(vi.getTimerCount()).toBe(1);
    made.dispose();
    vi.advanceTimersByTime(10 * mendAfterMsMax);
    expect(told).toEqual(['model_failed', 'model_failed']);
  });
});

test('sharpness falls where frames are late and does not swing back and forth', () => {
  const quality = new Quality();
  let changes = 0;
  // a machine that is fast enough only below full sharpness
  for (let k = 0; k < 20_000; k++) if (quality.heard(quality.share === 1 ? 34 : 9)) changes++;
  expect(quality.share).toBeLessThan(1);
  expect(changes).toBeLessThanOrEqual(3);
  const fast = new Quality();
  for (let k = 0; k < 2_000; k++) fast.heard(8);
  expect(fast.share).toBe(1);
});

const models = path.resolve(import.meta.dirname, '../../content/models');
const files = readdirSync(models).filter((f) => f.endsWith('.glb'));
type View = { extensions?: { EXT_meshopt_compression?: { byteOffset?: number; byteLength: number; byteStride: number; count: number; mode: string; filter?: string } } };

test.each(files)("%s is unpacked byte for byte as meshopt's own decoder does", async (file) => {
  await MeshoptDecoder.ready;
  const bytes = readFileSync(path.join(models, file));
  const length = bytes.readUInt32LE(12);
  const { bufferViews } = JSON.parse(bytes.subarray(20, 20 + length).toString('utf8')) as { bufferViews: View[] };
  let unpacked = 0;
  for (const view of bufferViews) {
    const packed = view.extensions?.EXT_meshopt_compression;
    if (!packed) continue;
    const from = 28 + length + (packed.byteOffset ?? 0);
    const source = new Uint8Array(bytes.subarray(from, from + packed.byteLength));
    const want = new Uint8Array(packed.count * packed.byteStride);
    MeshoptDecoder.decodeGltfBuffer(want, packed.count, packed.byteStride, source, packed.mode, packed.filter);
    expect(Buffer.compare(decodeMeshopt(packed.count, packed.byteStride, source, packed.mode, packed.filter), want)).toBe(0);
    unpacked++;
  }
  expect(unpacked).toBeGreaterThan(0);
});

test('bytes that are no packed geometry are refused', () => {
  const source = new Uint8Array(64);
  for (const mode of ['ATTRIBUTES', 'TRIANGLES', 'INDICES', 'OTHER']) expect(() => decodeMeshopt(3, 4, source, mode)).toThrow();
});

test('the index of models says what screens need', () => {
  const index = JSON.parse(readFileSync(path.join(models, 'models.json'), 'utf8')) as { models: ModelEntry[] };
  for (const entry of index.models) {
    const model = modelInfoOf(entry, `/content/models/${entry.id}.glb`);
    expect(model.hotspots.length).toBeGreaterThanOrEqual(3);
    for (const { name, text } of model.hotspots) for (const words of [name, text]) expect(Object.keys(words).sort()).toEqual(['en', 'zh-CN', 'zh-HK']);
    expect(model.clips.map((c) => c.id)).not.toContain('exploded');
  }
});

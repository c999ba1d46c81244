/** The stage's movements as plain arithmetic: lamps, turning, framing, picking. Time is passed in; nothing is drawn. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PerspectiveCamera, Vector3, Vector4 } from 'three';
import { describe, expect, test } from 'vitest';
import { decodeHill } from '../../kiosk/stage/hill-file.ts';
import { LampRun, lampFadeMs } from '../../kiosk/stage/lamps.ts';
import { OrbitControl, resetMs } from '../../kiosk/stage/orbit.ts';
import { areaAt, standAt } from '../../kiosk/stage/picking.ts';
import { aim } from '../../kiosk/stage/pose.ts';
import { hillShot, walkShot } from '../../kiosk/stage/rails.ts';
import { type Placed, standsFor } from '../../kiosk/stage/stands.ts';
import { podiumLimits, walkLimits } from '../../kiosk/stage/views.ts';
import { AREAS } from '../../shared/areas.ts';

/** what the windows' program computes */
const litAt = (v: Vector4, id: number): number => (id < v.x ? 1 : id >= v.w ? 0 : Math.max(0, Math.min(1, (v.y - id) / v.z)));
const lit = (v: Vector4, max = 400): number => Array.from({ length: max }, (_, id) => litAt(v, id)).reduce((a, b) => a + b, 0);

describe('lamps', () => {
  test('one more lamp takes 600 ms, and in the end exactly as many burn as were asked for', () => {
    const run = new LampRun();
    const v = new Vector4();
    run.aim(10, 0, true);
    run.write(v, 0);
    expect(lit(v)).toBe(10);
    run.aim(11, 1000, false);
    run.write(v, 1000 + lampFadeMs * 0.25);
    expect(lit(v)).toBeGreaterThan(10);
    expect(lit(v)).toBeLessThan(11);
    expect(run.running(1000 + lampFadeMs - 1)).toBe(true);
    run.write(v, 1000 + lampFadeMs);
    expect(lit(v)).toBe(11);
  });

  test('many come one after the other and never go dark on the way', () => {
    const run = new LampRun();
    const v = new Vector4();
    let before = 0;
    run.aim(300, 0, false);
    for (let now = 0; now < 4000; now += 50) {
      run.write(v, now);
      expect(lit(v)).toBeGreaterThanOrEqual(before - 1e-6);
      before = lit(v);
    }
    expect(before).toBe(300);
  });

  test('a new day takes lamps away at once', () => {
    const run = new LampRun();
    const v = new Vector4();
    run.aim(50, 0, true);
    run.aim(0, 10, false);
    run.write(v, 10);
    expect(lit(v)).toBe(0);
  });
});

describe('turning', () => {
  test('stays within its limits and comes home', () => {
    const orbit = new OrbitControl(walkLimits);
    for (let k = 0; k < 20; k++) orbit.turn(1);
    for (let k = 0; k < 20; k++) orbit.zoom(1);
    for (let now = 0; now < 4000; now += 16) orbit.step(now, 16, false);
    expect(orbit.current.azimuthDeg).toBeCloseTo(35, 1);
    expect(orbit.current.zoom).toBeCloseTo(1.5, 2);
    expect(orbit.atHome).toBe(false);
    orbit.home(5000, false);
    expect(orbit.step(5000 + resetMs / 2, 16, false)).toBe(true);
    orbit.step(5000 + resetMs, 16, false);
    expect(orbit.current).toEqual(walkLimits.home);
  });

  test('on the podium all round, tilted only as far as the sculpture stays readable', () => {
    const orbit = new OrbitControl(podiumLimits);
    orbit.move(720, 90, 9);
    orbit.step(0, 16, true);
    expect(orbit.current).toEqual({ azimuthDeg: podiumLimits.home.azimuthDeg + 720, polarDeg: 82, zoom: 1.8 });
    orbit.home(0, false);
    orbit.step(resetMs, 16, false);
    expect(orbit.current).toEqual(podiumLimits.home);
  });
});

const hill = (o: 'portrait' | 'landscape') => {
  const b = readFileSync(fileURLToPath(new URL(`../../kiosk/stage/hill-${o}.bin`, import.meta.url)));
  return decodeHill(b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength) as ArrayBuffer).head;
};

describe.each([
  ['portrait', 1080, 1920, { top: 200, right: 0, bottom: 500, left: 0 }],
  ['landscape', 1920, 1080, { top: 80, right: 40, bottom: 200, left: 400 }],
] as const)('framing, %s', (o, w, h, box) => {
  const head = hill(o);
  const list = AREAS.flatMap((area) => Array.from({ length: 18 }, (_, k): Placed => ({ id: `${area}-${k}`, area, place: 'terrace' })));
  const stands = standsFor(head, list);
  const camera = new PerspectiveCamera();
  const toPx = (x: number, y: number, z: number): [number, number] => {
    const p = new Vector3(x, y, z).project(camera);
    return [((p.x + 1) / 2) * w, ((1 - p.y) / 2) * h];
  };

  test('the target stands in the middle of the free area, and what must be seen is inside', () => {
    const { pose } = hillShot(head);
    aim(camera, pose, box, w, h);
    const [x, y] = toPx(pose.x, pose.y, pose.z);
    expect(x).toBeCloseTo(box.left + (w - box.left - box.right) / 2, 3);
    expect(y).toBeCloseTo(box.top + (h - box.top - box.bottom) / 2, 3);
    for (const s of stands) {
      const [sx, sy] = toPx(s.x, s.y + 1, s.z);
      expect(sx).toBeGreaterThan(box.left);
      expect(sx).toBeLessThan(w - box.right);
      expect(sy).toBeGreaterThan(box.top);
      expect(sy).toBeLessThan(h - box.bottom);
    }
  });

  test('a tap on a sculpture picks it, a tap beside one picks its terrace, the sky nothing', () => {
    aim(camera, hillShot(head).pose, box, w, h);
    for (const s of stands) {
      const [x, y] = toPx(s.x, s.y + 1.3 * s.scale, s.z);
      expect(standAt(stands, camera, w, h, x, y)?.area).toBe(s.area);
    }
    head.areas.forEach((terrace) => {
      const front = terrace.rows[0]?.[24] as readonly [number, number, number];
      const [x, y] = toPx(front[0], terrace.deckY, front[1]);
      expect(areaAt(head, camera, w, h, x, y)).toBe(terrace.area);
    });
    expect(areaAt(head, camera, w, h, w / 2, 2)).toBeNull();
    expect(standAt(stands, camera, w, h, w / 2, 2)).toBeNull();
  });

  test('in the walk no neighbour stands right before the focus', () => {
    stands.forEach((s, k) => {
      const { pose } = walkShot(stands, s, k);
      aim(camera, pose, box, w, h);
      const [fx] = toPx(s.x, s.y + 1.3, s.z);
      const eye = camera.position;
      for (const other of stands) {
        if (other === s || other.code !== s.code) continue;
        const nearer = Math.hypot(eye.x - other.x, eye.z - other.z) < Math.hypot(eye.x - s.x, eye.z - s.z) - 1;
        const [ox] = toPx(other.x, other.y + 1.3, other.z);
        const metre = Math.abs(toPx(s.x + Math.cos(pose.yaw), s.y, s.z - Math.sin(pose.yaw))[0] - toPx(s.x, s.y, s.z)[0]);
        if (nearer) expect(Math.abs(ox - fx), `${other.project} before ${s.project}`).toBeGreaterThan(metre * 0.55);
      }
    });
  });
});

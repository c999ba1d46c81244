/** What a tap on the hill means: the sculpture under the finger, else the terrace under it. */
import { type PerspectiveCamera, Vector3 } from 'three';
import type { Area } from '../../shared/areas.ts';
import type { HillHead } from './hill-file.ts';
import type { Stand } from './stands.ts';

/** a finger is wide: a sculpture this near to it is meant, where sculptures are drawn smaller than that */
const reachPx = 26;
const bodyMetres = 1.05;

/** The stand under a point (CSS px), or null. */
export const standAt = (stands: readonly Stand[], camera: PerspectiveCamera, widthPx: number, heightPx: number, x: number, y: number): Stand | null => {
  let best: Stand | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  const p = new Vector3();
  const q = new Vector3();
  for (const s of stands) {
    if (s.guest) continue;
    p.set(s.x, s.y + 1.3 * s.scale, s.z).project(camera);
    q.set(s.x, s.y + 1.3 * s.scale + bodyMetres * s.scale, s.z).project(camera);
    const [px, py] = [((p.x + 1) / 2) * widthPx, ((1 - p.y) / 2) * heightPx];
    const reach = Math.max(reachPx, Math.abs(((q.y - p.y) / 2) * heightPx));
    const distance = Math.hypot(px - x, py - y) / reach;
    // of two that overlap the nearer one wins a little
    if (distance < 1 && distance + p.z * 0.5 < bestDistance) {
      bestDistance = distance + p.z * 0.5;
      best = s;
    }
  }
  return best;
};

const inside = (outline: readonly (readonly [number, number])[], x: number, z: number): boolean => {
  let odd = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [xi, zi] = outline[i] as readonly [number, number];
    const [xj, zj] = outline[j] as readonly [number, number];
    if (zi > z !== zj > z && x < ((xj - xi) * (z - zi)) / (zj - zi) + xi) odd = !odd;
  }
  return odd;
};

/** The terrace whose deck, or whose wall behind it, lies under a point. */
export const areaAt = (head: HillHead, camera: PerspectiveCamera, widthPx: number, heightPx: number, x: number, y: number): Area | null => {
  const far = new Vector3((x / widthPx) * 2 - 1, 1 - (y / heightPx) * 2, 0.5).unproject(camera);
  const from = camera.position;
  const d = far.sub(from);
  let best: Area | null = null;
  let nearestT = Number.POSITIVE_INFINITY;
  for (const terrace of head.areas) {
    const t = (terrace.deckY - from.y) / d.y;
    if (t > 0 && t < nearestT && inside(terrace.outline, from.x + d.x * t, from.z + d.z * t)) {
      nearestT = t;
      best = terrace.area;
    }
  }
  return best;
};

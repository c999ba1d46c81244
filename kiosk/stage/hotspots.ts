/**
 * Dots on a model: where a part is in the picture, whether anything stands before it, and where its button stands so that buttons
 * never cover each other or leave the free area. Plain arithmetic; pixels are CSS px.
 */

/** a part in the picture, and whether it is seen or hidden behind something */
export type Anchor = { id: string; x: number; y: number; seen: boolean };
export type Placed = { id: string; x: number; y: number; anchorX: number; anchorY: number };
export type Area = { left: number; top: number; right: number; bottom: number };

const rounds = 24;

const clamp = (v: number, low: number, high: number): number => (low > high ? (low + high) / 2 : Math.max(low, Math.min(high, v)));

/** Pushes two buttons apart, along the shorter way. */
const part = (a: Placed, b: Placed, sizePx: number): boolean => {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const [overX, overY] = [sizePx - Math.abs(dx), sizePx - Math.abs(dy)];
  if (overX <= 0 || overY <= 0) return false;
  if (overX < overY) {
    const by = ((dx < 0 ? -1 : 1) * overX) / 2;
    a.x -= by;
    b.x += by;
  } else {
    const by = ((dy < 0 ? -1 : 1) * overY) / 2;
    a.y -= by;
    b.y += by;
  }
  return true;
};

/**
 * Buttons of `sizePx` squares in the free area for the anchors that are seen and lie in the picture, apart from each other. One that finds
 * no free place is left out: the list beside has it too.
 */
export const spreadDots = (anchors: readonly Anchor[], area: Area, sizePx: number, picture: Area = area): Placed[] => {
  const half = sizePx / 2;
  const inside = (p: { x: number; y: number }): boolean => p.x >= picture.left && p.x <= picture.right && p.y >= picture.top && p.y <= picture.bottom;
  const dots = anchors.filter((a) => a.seen && inside(a)).map(({ id, x, y }): Placed => ({ id, x, y, anchorX: x, anchorY: y }));
  const hold = (d: Placed): void => {
    d.x = clamp(d.x, area.left + half, area.right - half);
    d.y = clamp(d.y, area.top + half, area.bottom - half);
  };
  for (const d of dots) hold(d);
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let i = 0; i < dots.length; i++) for (let j = i + 1; j < dots.length; j++) if (part(dots[i] as Placed, dots[j] as Placed, sizePx + 1)) moved = true;
    for (const d of dots) hold(d);
    if (!moved) break;
  }
  const free: Placed[] = [];
  for (const d of dots) if (free.every((f) => Math.abs(f.x - d.x) >= sizePx || Math.abs(f.y - d.y) >= sizePx)) free.push(d);
  return free;
};

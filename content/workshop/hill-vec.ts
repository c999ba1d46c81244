/** Three numbers as a vector, and chance from a seed, for the hill's workshop. All in model metres; nothing here rounds. */

export type Vec3 = readonly [number, number, number];
export type Vec2 = readonly [number, number];

export const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const scale = (a: Vec3, k: number): Vec3 => [a[0] * k, a[1] * k, a[2] * k];
export const mix = (a: Vec3, b: Vec3, t: number): Vec3 => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
export const norm = (a: Vec3): Vec3 => scale(a, 1 / (Math.hypot(a[0], a[1], a[2]) || 1));

/** `#RRGGBB` as linear light, 0 to 1. */
export const linear = (hex: string): Vec3 => {
  const part = (at: number): number => {
    const s = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
};

/** Linear light as an sRGB byte. */
export const srgbByte = (x: number): number => {
  const v = Math.max(0, Math.min(1, x));
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
};

export type Chance = { next(): number; between(a: number, b: number): number; pick<T>(list: readonly [T, ...T[]]): T };

/** The same throws for the same seed on every machine (a Lehmer generator; integers below 2^53 only). */
export const chanceOf = (seed: number): Chance => {
  let state = (seed % 2147483646) + 1;
  const next = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  next();
  return { next, between: (a, b) => a + (b - a) * next(), pick: (list) => list[Math.floor(next() * list.length)] ?? list[0] };
};

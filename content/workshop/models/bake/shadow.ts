/** The shadow on the floor as a small picture of alpha: what of the sky the exhibit takes away, and a soft shadow of the key light. */
import { PNG } from 'pngjs';
import { Vector3 } from 'three';
import { num, upTo } from '../kit/mesh.ts';
import { directions, type Field } from './field.ts';

const side = 64;
const colour = [38, 48, 66] as const;
const key = new Vector3(0.55, 0.8, 0.62).normalize();
const strongest = 0.8;

export type Footprint = { x: number; z: number; half: number; y: number };

const alphaAt = (field: Field, spot: Footprint, u: number, v: number, reachMm: number): number => {
  const from = new Vector3(spot.x + u * spot.half, spot.y + 0.5, spot.z + v * spot.half);
  let sky = 0;
  let count = 0;
  for (let i = 0; i < directions.length; i += 2) {
    const d = directions[i] as Vector3;
    const found = field.hit(from, new Vector3(d.x, d.z, d.y), reachMm);
    if (found !== null) sky += 1 - found / reachMm;
    count++;
  }
  let dark = 0;
  for (const i of upTo(12)) {
    const d = directions[i * 3] as Vector3;
    if (field.hit(from, new Vector3(key.x + d.x * 0.16, key.y, key.z + d.y * 0.16).normalize(), spot.half * 4) !== null) dark++;
  }
  const edge = Math.min(1, Math.max(0, (1 - Math.max(Math.abs(u), Math.abs(v), Math.hypot(u, v))) * 4));
  return edge * Math.min(strongest, (sky / count) * 0.66 + (dark / 12) * 0.34);
};

const blurred = (grid: Float32Array): Float32Array => {
  const out = new Float32Array(grid.length);
  for (const y of upTo(side))
    for (const x of upTo(side)) {
      let sum = 0;
      let weight = 0;
      for (const dy of [-1, 0, 1])
        for (const dx of [-1, 0, 1]) {
          const [i, j] = [x + dx, y + dy];
          if (i < 0 || j < 0 || i >= side || j >= side) continue;
          const k = (2 - Math.abs(dx)) * (2 - Math.abs(dy));
          sum += num(grid, i + j * side) * k;
          weight += k;
        }
      out[x + y * side] = sum / weight;
    }
  return out;
};

/** PNG bytes; row by row from -z to +z, columns from -x to +x. */
export const shadowPicture = (field: Field, spot: Footprint, reachMm: number): Uint8Array => {
  let grid = new Float32Array(side * side);
  for (const j of upTo(side)) for (const i of upTo(side)) grid[i + j * side] = alphaAt(field, spot, ((i + 0.5) / side) * 2 - 1, ((j + 0.5) / side) * 2 - 1, reachMm);
  grid = blurred(blurred(grid)) as Float32Array<ArrayBuffer>;
  const png = new PNG({ width: side, height: side });
  grid.forEach((a, i) => void png.data.set([...colour, Math.round(a * 255)], i * 4));
  return new Uint8Array(PNG.sync.write(png, { deflateLevel: 9 }));
};

/** One mesh of all plinths and sculptures in use, painted by the rule; built again when a guest takes its stand. */
import { BufferAttribute, BufferGeometry, type Mesh } from 'three';
import { AREAS, type Area } from '../../shared/areas.ts';
import type { Sculpture } from '../../shared/sculpture.ts';
import { fixedMesh, type HaloSpec, program, type SceneUniforms } from './gpu.ts';
import type { HillHead } from './hill-file.ts';
import { facePaint, mixRgb, plinthPaint, type Rgb, rgb } from './paint.ts';
import { sculptureSolid } from './sculptures.ts';
import { cityFragment, standVertex } from './shaders.ts';
import type { Stuff } from './solid.ts';
import type { Stand } from './stands.ts';

const plinthSides = 8;
export const plinthHeight = 0.6;
/** added to the number of a stand for the vertices of its sculpture */
const sculptureMark = 0.25;
/** sculptures are drawn a little larger than their plinth's scale: they are what the visitor looks for */
const sculptureScale = 1.42;
type Theme = 'night' | 'day';
export type Tokens = Record<Theme, Record<Area, Rgb>>;

export const tokensOf = (head: HillHead): Tokens => {
  const of = (theme: Theme): Record<Area, Rgb> => Object.fromEntries(AREAS.map((a, i) => [a, rgb(head.areas[i]?.[theme] ?? '#808080')])) as Record<Area, Rgb>;
  return { night: of('night'), day: of('day') };
};

class Buffers {
  readonly positions: number[] = [];
  readonly stands: number[] = [];
  readonly night: number[] = [];
  readonly day: number[] = [];
  readonly indices: number[] = [];

  vertex(p: readonly [number, number, number], stand: number, night: Rgb, day: Rgb, code: number): number {
    this.positions.push(p[0], p[1], p[2]);
    this.stands.push(stand);
    const bytes = (c: Rgb): number[] => c.map((v) => Math.round(Math.min(1, v) * 255));
    this.night.push(...bytes(night), code);
    this.day.push(...bytes(day), 255);
    return this.stands.length - 1;
  }
}

const addPlinth = (b: Buffers, s: Stand, index: number, tokens: Tokens): void => {
  const area = { night: tokens.night[s.area], day: tokens.day[s.area] };
  const at = (k: number, r: number, y: number): readonly [number, number, number] => {
    const a = ((k + 0.5) / plinthSides) * Math.PI * 2 + s.yaw;
    return [s.x + Math.sin(a) * r * s.scale, s.y + y * s.scale, s.z + Math.cos(a) * r * s.scale];
  };
  const side = (theme: Theme, k: number, glow: number): Rgb => {
    const front = Math.max(0, Math.cos(((k + 1) / plinthSides) * Math.PI * 2));
    return mixRgb(mixRgb(plinthPaint[theme].side, plinthPaint[theme].front, front), area[theme], glow);
  };
  const band = (k: number, r0: number, y0: number, r1: number, y1: number, low: readonly [Rgb, Rgb], high: readonly [Rgb, Rgb]): void => {
    const q = [
      b.vertex(at(k, r0, y0), index, low[0], low[1], s.code),
      b.vertex(at(k + 1, r0, y0), index, low[0], low[1], s.code),
      b.vertex(at(k + 1, r1, y1), index, high[0], high[1], s.code),
      b.vertex(at(k, r1, y1), index, high[0], high[1], s.code),
    ] as const;
    b.indices.push(q[0], q[1], q[2], q[0], q[2], q[3]);
  };
  const foot = [area.night, area.day] as const;
  for (let k = 0; k < plinthSides; k++) {
    // the sides that face into the hill are never seen
    if (Math.cos(((k + 1) / plinthSides) * Math.PI * 2) < -0.3) continue;
    band(k, 0.91, 0, 0.86, 0.14, foot, foot);
    band(k, 0.87, 0.1, 0.85, plinthHeight - 0.06, [side('night', k, 0.5), side('day', k, 0.16)], [side('night', k, 0.08), side('day', k, 0)]);
    const rim = [mixRgb(plinthPaint.night.top, [1, 1, 1], 0.35), plinthPaint.day.top] as const;
    band(k, 0.85, plinthHeight - 0.06, 0.79, plinthHeight, rim, rim);
  }
  const top = [mixRgb(plinthPaint.night.top, area.night, 0.16), mixRgb(plinthPaint.day.top, area.day, 0.06)] as const;
  const lid = Array.from({ length: plinthSides }, (_, k) => b.vertex(at(k, 0.79, plinthHeight), index, top[0], top[1], s.code));
  for (let k = 2; k < plinthSides; k++) b.indices.push(lid[0] as number, lid[k - 1] as number, lid[k] as number);
};

const addSculpture = (b: Buffers, s: Stand, index: number, sculpture: Sculpture, tokens: Tokens): void => {
  const solid = sculptureSolid(sculpture, 'light');
  const c = Math.cos(s.yaw);
  const n = Math.sin(s.yaw);
  const k = s.scale * sculptureScale;
  const first = b.stands.length;
  solid.stuffs.forEach((stuff, v) => {
    const [x, y, z] = [solid.positions[v * 3] ?? 0, solid.positions[v * 3 + 1] ?? 0, solid.positions[v * 3 + 2] ?? 0];
    const front = solid.normals[v * 3 + 2] ?? 0;
    const up = solid.normals[v * 3 + 1] ?? 0;
    b.vertex(
      [s.x + (x * c + z * n) * k, s.y + plinthHeight * s.scale + y * k, s.z + (-x * n + z * c) * k],
      index + sculptureMark,
      facePaint(stuff as Stuff, 'night', tokens.night[s.area], front, up),
      facePaint(stuff as Stuff, 'day', tokens.day[s.area], front, up),
      s.code,
    );
  });
  for (const i of solid.indices) b.indices.push(first + i);
};

/** The mesh of all stands but those hidden. Stand numbers are positions in `stands`. */
export const standMesh = (stands: readonly Stand[], sculptures: ReadonlyMap<string, Sculpture>, hidden: ReadonlySet<number>, tokens: Tokens, shared: SceneUniforms): Mesh => {
  const b = new Buffers();
  stands.forEach((s, k) => {
    const sculpture = sculptures.get(s.project);
    if (hidden.has(k) || !sculpture) return;
    addPlinth(b, s, k, tokens);
    addSculpture(b, s, k, sculpture, tokens);
  });
  const g = new BufferGeometry();
  g.setAttribute('position', new BufferAttribute(new Float32Array(b.positions), 3));
  g.setAttribute('aStand', new BufferAttribute(new Float32Array(b.stands), 1));
  g.setAttribute('aNight', new BufferAttribute(new Uint8Array(b.night), 4, true));
  g.setAttribute('aDay', new BufferAttribute(new Uint8Array(b.day), 4, true));
  g.setIndex(new BufferAttribute(new Uint32Array(b.indices), 1));
  return fixedMesh(g, program(standVertex, cityFragment, { ...shared }), 2);
};

/** Light on the ground around each plinth, by day its shadow. */
export const standHalos = (stands: readonly Stand[], tokens: Tokens): HaloSpec[] =>
  stands.filter((s) => !s.guest).map((s) => ({ at: [s.x, s.y + 0.04, s.z], size: 4.1 * s.scale, colour: tokens.night[s.area], strength: 0.5, ground: true, code: s.code }));

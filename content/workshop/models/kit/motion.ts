/** Clips: what moves, when, how far. Angles in degrees, times in seconds, ways in mm; the writer turns them into glTF channels. Calm: nothing flashes. */
import { Quaternion, Vector3 } from 'three';
import { turn, upTo, type Vec3 } from './mesh.ts';

export type Channel = { node: string; path: 'rotation' | 'translation' | 'scale'; times: readonly number[]; values: readonly number[] };
export type Clip = { name: string; channels: readonly Channel[]; loop: boolean };
export type Axis = 'x' | 'y' | 'z';

const AXES: { readonly [axis in Axis]: Vector3 } = { x: new Vector3(1, 0, 0), y: new Vector3(0, 1, 0), z: new Vector3(0, 0, 1) };
const about = (axis: Axis, degrees: number, rest: Vec3): number[] => {
  const q = turn(rest).multiply(new Quaternion().setFromAxisAngle(AXES[axis], (degrees * Math.PI) / 180));
  return [q.x, q.y, q.z, q.w];
};

/** A whole turn every `seconds` about an axis of the node; `rest` is the node's own rotation, `turns` may be negative. */
export const spin = (node: string, axis: Axis, seconds: number, turns = 1, rest: Vec3 = [0, 0, 0]): Channel => {
  const steps = 4 * Math.max(1, Math.ceil(Math.abs(turns)));
  return { node, path: 'rotation', times: upTo(steps + 1).map((i) => (i * seconds) / steps), values: upTo(steps + 1).flatMap((i) => about(axis, (i * turns * 360) / steps, rest)) };
};

/** Angles at times about one axis of the node. */
export const swing = (node: string, axis: Axis, times: readonly number[], degrees: readonly number[], rest: Vec3 = [0, 0, 0]): Channel => ({
  node,
  path: 'rotation',
  times,
  values: degrees.flatMap((d) => about(axis, d, rest)),
});

/** Places at times, as mm from the node's own place `rest`. */
export const shift = (node: string, rest: Vec3, times: readonly number[], ways: readonly Vec3[]): Channel => ({
  node,
  path: 'translation',
  times,
  values: ways.flatMap((w) => [(rest[0] + w[0]) / 1000, (rest[1] + w[1]) / 1000, (rest[2] + w[2]) / 1000]),
});

/** Sizes at times, as factors along the node's own axes. */
export const swell = (node: string, times: readonly number[], factors: readonly Vec3[]): Channel => ({ node, path: 'scale', times, values: factors.flatMap((f) => [...f]) });

/** A soft wave of `degrees` to both sides over `seconds`, in 16 steps. */
export const sway = (node: string, axis: Axis, seconds: number, degrees: number, rest: Vec3 = [0, 0, 0]): Channel => {
  const steps = 16;
  return swing(
    node,
    axis,
    upTo(steps + 1).map((i) => (i * seconds) / steps),
    upTo(steps + 1).map((i) => degrees * Math.sin((i / steps) * Math.PI * 2)),
    rest,
  );
};

const endOf = ({ times }: Channel): number => times.at(-1) ?? 0;
const closes = ({ path, times, values }: Channel): boolean => {
  const size = path === 'rotation' ? 4 : 3;
  const [first, last] = [values.slice(0, size), values.slice(-size)];
  // a rotation and its negative are the same
  const same = (sign: number): boolean => first.every((v, i) => Math.abs(v - sign * (last[i] as number)) < 1e-4);
  return times[0] === 0 && (same(1) || (path === 'rotation' && same(-1)));
};

/**
 * The channels of a clip that loops, each as long as the clip: one that comes back to where it began goes round until the others are done,
 * instead of standing still. Throws where it doesn't fit in whole rounds.
 */
export const rounds = (clip: string, channels: readonly Channel[]): Channel[] => {
  const seconds = Math.max(...channels.map(endOf));
  return channels.map((channel) => {
    const times = seconds / endOf(channel);
    if (times === 1 || !closes(channel)) return channel;
    if (Math.abs(times - Math.round(times)) > 1e-6) throw new Error(`${clip}: ${channel.node} goes round every ${endOf(channel)} s, which doesn't fit in ${seconds} s`);
    const size = channel.path === 'rotation' ? 4 : 3;
    const again = upTo(Math.round(times) - 1);
    return {
      ...channel,
      times: [...channel.times, ...again.flatMap((n) => channel.times.slice(1).map((t) => t + (n + 1) * endOf(channel)))],
      values: [...channel.values, ...again.flatMap(() => channel.values.slice(size))],
    };
  });
};

/** 0 to 1 and back with soft ends, for `times` and factors made from it. */
export const eased = (t: number): number => t * t * (3 - 2 * t);

/** A geometry's numbers as they lie in memory, without a call for each: a model has a hundred thousand of them. */
import { type BufferAttribute, InterleavedBufferAttribute } from 'three';

/** full scale of a normalized number, by bytes and sign */
const fullScale = (array: ArrayLike<number>): number =>
  array instanceof Int8Array ? 127 : array instanceof Int16Array ? 32_767 : array instanceof Uint16Array ? 65_535 : array instanceof Uint8Array ? 255 : 1;

/** Element `k`'s first number is `array[offset + k * stride]`, and is worth that times `unit`. */
export const flat = (a: BufferAttribute | InterleavedBufferAttribute): { array: ArrayLike<number>; stride: number; offset: number; count: number; unit: number } => {
  const [array, stride, offset] = a instanceof InterleavedBufferAttribute ? [a.data.array, a.data.stride, a.offset] : [a.array, a.itemSize, 0];
  return { array, stride, offset, count: a.count, unit: a.normalized ? 1 / fullScale(array) : 1 };
};

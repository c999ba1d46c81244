/** meshopt's decoder as three's GLTFLoader asks for it, in plain script: a few milliseconds of work a task, so that a touch never waits for a model. */
import { decodeVertices, unfilter } from './meshopt-attributes.ts';
import { decodeSequence, decodeTriangles } from './meshopt-indices.ts';

/** Throws on bytes or modes that it doesn't understand. */
export const decodeMeshopt = (count: number, size: number, source: Uint8Array, mode: string, filter?: string): Uint8Array => {
  if (mode === 'TRIANGLES') return decodeTriangles(source, count, size);
  if (mode === 'INDICES') return decodeSequence(source, count, size);
  if (mode !== 'ATTRIBUTES') throw new Error(`meshopt: mode ${mode} is not known`);
  const target = decodeVertices(source, count, size);
  unfilter(target, size, filter);
  return target;
};

/** Lets touches and frames through between two pieces of work. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** so long does it work without a breath */
const spellMs = 6;
let turn: Promise<void> = Promise.resolve();
let spellBeganMs = Number.NEGATIVE_INFINITY;

const rested = async (): Promise<void> => {
  if (performance.now() - spellBeganMs < spellMs) return;
  await breathe();
  spellBeganMs = performance.now();
};

export const meshoptDecoder = {
  supported: true,
  ready: Promise.resolve(),
  decodeGltfBufferAsync: (count: number, size: number, source: Uint8Array, mode: string, filter?: string): Promise<Uint8Array> => {
    const mine = turn.then(rested).then(() => decodeMeshopt(count, size, source, mode, filter));
    turn = mine.then(
      () => undefined,
      () => undefined, // the loader hears of it; the next buffer is decoded all the same
    );
    return mine;
  },
};

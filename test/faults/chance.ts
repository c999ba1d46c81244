/** The seeded chance of shared/random, with the one thing more that a simulated device needs: bytes for its ids. */
import { type Random, randomOf } from '../../shared/random.ts';

export type Chance = Random & { bytes(into: Uint8Array<ArrayBuffer>): Uint8Array };

export const chanceOf = (seed: number): Chance => {
  const random = randomOf(seed);
  return {
    ...random,
    bytes: (into) => {
      for (let i = 0; i < into.length; i++) into[i] = random.below(256);
      return into;
    },
  };
};

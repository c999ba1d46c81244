/** How a show's day fills: a morning and a larger afternoon wave, a lull at lunch, the last ones shortly before the doors close. */
import type { Random } from '../../shared/random.ts';

const bump = (at: number, middle: number, width: number): number => Math.exp(-(((at - middle) / width) ** 2));

/** How many arrive at this part of the day, 0 its beginning and 1 its end; only the proportions matter. */
const weightAt = (at: number): number => (0.25 + bump(at, 0.2, 0.12) + 1.1 * bump(at, 0.62, 0.16)) * Math.min(1, (1 - at) / 0.08);

/** Draws bins of the day, 0 to `bins` - 1, as arrivals fall on them. */
export const arrivals = (bins: number): ((random: Random) => number) => {
  const sums: number[] = [];
  for (let i = 0; i < bins; i++) sums.push((sums[i - 1] ?? 0) + weightAt((i + 0.5) / bins));
  return (random) => {
    const drawn = random.next() * (sums[bins - 1] as number);
    let low = 0;
    let high = bins - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};

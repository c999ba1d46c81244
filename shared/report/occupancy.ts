/** Estimates of a day from its crossings: people inside over time, how long they stayed (SPEC R9). They change no count. */

/** People inside at the end of each bin, the drift taken out and nothing rounded: missed exits scale exits, missed entries scale entries. */
const corrected = (ins: readonly number[], outs: readonly number[]): number[] => {
  const totalIn = ins.reduce((a, b) => a + b, 0);
  const totalOut = outs.reduce((a, b) => a + b, 0);
  const fIn = totalOut > totalIn && totalIn > 0 ? totalOut / totalIn : 1;
  const fOut = totalIn > totalOut && totalOut > 0 ? totalIn / totalOut : 1;
  let inside = 0;
  return ins.map((n, i) => {
    inside = Math.max(0, inside + n * fIn - (outs[i] ?? 0) * fOut);
    return inside;
  });
};

/** Person-minutes by the trapezoid rule over bins of so many minutes. */
export const personMinutes = (ins: readonly number[], outs: readonly number[], binMinutes: number): number => {
  let before = 0;
  let sum = 0;
  for (const inside of corrected(ins, outs)) {
    sum += ((before + inside) / 2) * binMinutes;
    before = inside;
  }
  return sum;
};

/** Mean minutes inside, one decimal (Little); null where nobody entered or nobody left. */
export const meanDwellMinutes = (ins: readonly number[], outs: readonly number[], binMinutes: number): number | null => {
  const entries = ins.reduce((a, b) => a + b, 0);
  if (entries === 0 || outs.every((n) => n === 0)) return null;
  return Math.round((personMinutes(ins, outs, binMinutes) / entries) * 10) / 10;
};

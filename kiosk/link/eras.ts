/**
 * Which clock an event's time was read from. The hub corrects a connection's events by one offset, measured at its hello; events that
 * were recorded before the device's clock was stepped need another one. An era is a span in which the clock ran on; each remembers the
 * offset last measured in it. Where none was measured, its neighbours and the jumps between the eras tell, and the event says so
 * (`inferred`). A wall clock that went ahead of the monotonic one was stepped, or the device slept: where offsets on both sides are known
 * they tell which; where only one side is known a step is assumed. Between two page loads no jump can be seen: the clock is taken to have
 * run on, unless it went backwards or by more than a week; then nothing is known (`received`).
 */

/** `jumpMs`: by how much the wall clock jumped when this era began; null when that is unknown (a page load). `beganMs`: its wall clock then. */
export type Era = { era: number; offsetMs: number | null; jumpMs: number | null; beganMs?: number };

/** How good an event's time is: absent means that its era's clock was measured. */
export type TimeMark = 'inferred' | 'received';
/** What to add to a time of an era so that the offset of the current era corrects it. */
export type Correction = { shiftMs: number; time?: TimeMark };

export const erasMax = 64;
/** wall and monotonic clock that part by more than this mean a step, or a sleep */
export const clockJumpMsMin = 2_000;
/** a page load later than this after the one before is another story */
export const loadGapMsMax = 7 * 24 * 3_600_000;
/** of how many jumps ahead it is worked out which were sleeps */
const sleepsMax = 10;

export const currentEra = (eras: readonly Era[]): number => eras.at(-1)?.era ?? 0;

/** The eras with a new one begun; the oldest is forgotten beyond `erasMax`. */
export const withNewEra = (eras: readonly Era[], jumpMs: number | null, beganMs: number): Era[] =>
  [...eras, { era: currentEra(eras) + 1, offsetMs: null, jumpMs, beganMs }].slice(-erasMax);

/** The eras with the hub's offset noted for `from` and all after it: another tab's page load began those, on the same clock. */
export const withOffset = (eras: readonly Era[], from: number, offsetMs: number): Era[] => eras.map((e) => (e.era >= from ? { ...e, offsetMs } : e));

/** The jumps of the eras after `left` through `right` that were steps; those that were sleeps are 0. Offsets at both ends are known. */
const stepsBetween = (eras: readonly Era[], left: number, right: number): number[] => {
  const jumps = eras.slice(left + 1, right + 1).map((e) => e.jumpMs ?? 0);
  const ahead = jumps.flatMap((ms, i) => (ms > 0 ? [i] : []));
  if (ahead.length === 0 || ahead.length > sleepsMax) return jumps;
  const wanted = (eras[left]?.offsetMs ?? 0) - (eras[right]?.offsetMs ?? 0);
  let best = jumps;
  let bestMs = Math.abs(sum(jumps) - wanted);
  for (let sleeps = 1; sleeps < 2 ** ahead.length; sleeps++) {
    const steps = jumps.map((ms, i) => (ahead.includes(i) && (sleeps >> ahead.indexOf(i)) & 1 ? 0 : ms));
    const ms = Math.abs(sum(steps) - wanted);
    // several explanations that differ by less than what can be measured: the one with fewer sleeps stays
    if (ms < bestMs - clockJumpMsMin) [best, bestMs] = [steps, ms];
  }
  return best;
};
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** Whether the clock can have run on from era to era over every page load in between. */
const ranOn = (eras: readonly Era[], from: number, to: number): boolean => {
  for (let i = from + 1; i <= to; i++) {
    const [before, e] = [eras[i - 1]?.beganMs, eras[i]];
    if (e?.jumpMs !== null || before === undefined || e.beganMs === undefined) continue;
    const gapMs = e.beganMs - before;
    if (gapMs < -clockJumpMsMin || gapMs > loadGapMsMax) return false;
  }
  return true;
};
const sameBoot = (eras: readonly Era[], from: number, to: number): boolean => eras.slice(from + 1, to + 1).every((e) => e.jumpMs !== null);

/** The offset of an era that was not measured, from the nearest that were; null where nothing is known. */
const inferredAt = (eras: readonly Era[], at: number): number | null => {
  const right = eras.findIndex((e, i) => i > at && e.offsetMs !== null);
  const left = eras.findLastIndex((e, i) => i < at && e.offsetMs !== null);
  const steps = left >= 0 && right >= 0 ? stepsBetween(eras, left, right) : null;
  const fromRight = (): number => (eras[right]?.offsetMs ?? 0) + sum(steps ? steps.slice(at - left) : eras.slice(at + 1, right + 1).map((e) => e.jumpMs ?? 0));
  const fromLeft = (): number => (eras[left]?.offsetMs ?? 0) - sum(steps ? steps.slice(0, at - left) : eras.slice(left + 1, at + 1).map((e) => e.jumpMs ?? 0));
  if (right >= 0 && sameBoot(eras, at, right)) return fromRight();
  if (left >= 0 && sameBoot(eras, left, at)) return fromLeft();
  if (right >= 0 && ranOn(eras, at, right)) return fromRight();
  if (left >= 0 && ranOn(eras, left, at)) return fromLeft();
  return null;
};

/** How the times of `era` are sent. An era that was forgotten is taken for the oldest that is remembered. */
export const correctionOf = (eras: readonly Era[], era: number): Correction => {
  const known = eras.findIndex((e) => e.era === era);
  const at = Math.max(0, known);
  const last = eras.length - 1;
  const now = eras[last]?.offsetMs ?? (last >= 0 ? inferredAt(eras, last) : null);
  const measured = eras[at]?.offsetMs ?? null;
  if (known >= 0 && measured !== null) return { shiftMs: measured - (now ?? 0) };
  const then = measured ?? (last >= 0 ? inferredAt(eras, at) : null);
  if (then === null || now === null) return { shiftMs: 0, time: 'received' };
  return { shiftMs: then - now, time: 'inferred' };
};

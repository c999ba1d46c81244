/**
 * Which clock an event's time was read from. The hub corrects a connection's events by one offset, measured at its hello; events that
 * were recorded before the device's clock was stepped need another one. An era is a span in which the clock ran on; each remembers the
 * offset last measured in it. Where none was measured, the jump between the eras tells; between two page loads no jump can be seen and
 * the clock is taken to have run on.
 */

/** `jumpMs`: by how much the wall clock jumped when this era began; null when that is unknown (a page load). */
export type Era = { era: number; offsetMs: number | null; jumpMs: number | null };

export const erasMax = 32;
/** wall and monotonic clock that part by more than this mean a step, or a sleep */
export const clockJumpMsMin = 2_000;

export const currentEra = (eras: readonly Era[]): number => eras.at(-1)?.era ?? 0;

/** The eras with a new one begun; the oldest is forgotten beyond `erasMax`. */
export const withNewEra = (eras: readonly Era[], jumpMs: number | null): Era[] => [...eras, { era: currentEra(eras) + 1, offsetMs: null, jumpMs }].slice(-erasMax);

/** The eras with the hub's offset noted for the current one. */
export const withOffset = (eras: readonly Era[], offsetMs: number): Era[] => eras.map((e, i) => (i === eras.length - 1 ? { ...e, offsetMs } : e));

const offsetAt = (eras: readonly Era[], at: number): number | null => {
  let jumps = 0;
  for (let i = at; i < eras.length; i++) {
    const e = eras[i] as Era;
    if (i > at) jumps += e.jumpMs ?? 0;
    if (e.offsetMs !== null) return e.offsetMs + jumps;
  }
  jumps = 0;
  for (let i = at; i >= 0; i--) {
    const e = eras[i] as Era;
    if (e.offsetMs !== null) return e.offsetMs - jumps;
    jumps += e.jumpMs ?? 0;
  }
  return null;
};

/** What to add to a time of `era` so that the offset of the current era corrects it. 0 where nothing is known. */
export const shiftMs = (eras: readonly Era[], era: number): number => {
  const at = eras.findIndex((e) => e.era === era);
  if (at < 0 || at === eras.length - 1) return 0;
  const then = offsetAt(eras, at);
  const now = offsetAt(eras, eras.length - 1);
  return then === null || now === null ? 0 : then - now;
};

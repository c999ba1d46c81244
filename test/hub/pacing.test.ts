/** What backlogs get while kiosks come back, and when they are all there. */
import { describe, expect, it } from 'vitest';
import { arrivalsMin, arrivalsWindowMs, batchesInFlightMax, batchesWhileArrivingMax, Pacing, retryAfterMsMax, retryAfterMsMin } from '../../server/sockets/pacing.ts';
import { liveEventsMax } from '../../shared/wire-limits.ts';

const backlogEvents = 500;

/** Batches that are never answered, until there is no place for one more. Answers how many were taken and the refusal of the next. */
const fill = async (pacing: Pacing): Promise<{ taken: number; refused: unknown }> => {
  for (let taken = 0; ; taken++) {
    const refused = await Promise.race([pacing.run(backlogEvents, () => new Promise<never>(() => undefined)), new Promise<null>((resolve) => setImmediate(resolve, null))]);
    if (refused !== null) return { taken, refused };
  }
};

describe('[I21] the pacing of backlogs', () => {
  it('takes a bounded number at once and gives every refused one a time of its own', async () => {
    const pacing = new Pacing(() => 0);
    const { taken, refused } = await fill(pacing);
    expect(taken).toBe(batchesInFlightMax);
    const waits = [refused, await pacing.run(backlogEvents, async () => null), await pacing.run(backlogEvents, async () => null)].map(
      (r) => (r as { retryAfterMs: number }).retryAfterMs,
    );
    expect(waits).toEqual([...new Set(waits)].sort((a, b) => a - b));
    for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(retryAfterMsMin);
    for (let n = 0; n < 5_000; n++) expect(await pacing.run(backlogEvents, async () => null)).toMatchObject({ code: 'busy' });
    expect(((await pacing.run(backlogEvents, async () => null)) as unknown as { retryAfterMs: number }).retryAfterMs).toBe(retryAfterMsMax);
  });

  it('gives backlogs little while kiosks come back, and what happens now everything', async () => {
    let nowMs = 0;
    const pacing = new Pacing(() => nowMs);
    for (let n = 0; n < arrivalsMin; n++) pacing.arrived();
    nowMs += arrivalsWindowMs;
    expect((await fill(pacing)).taken).toBe(batchesWhileArrivingMax);
    expect(await pacing.run(liveEventsMax, async () => 'recorded')).toBe('recorded');
  });

  it('forgets who came back two windows ago; a kiosk that reloads now and then holds up nothing', async () => {
    let nowMs = 0;
    const pacing = new Pacing(() => nowMs);
    for (let n = 0; n < 10 * arrivalsMin; n++) pacing.arrived();
    nowMs += 2 * arrivalsWindowMs;
    for (let n = 0; n < arrivalsMin - 1; n++) pacing.arrived();
    expect((await fill(pacing)).taken).toBe(batchesInFlightMax);
  });
});

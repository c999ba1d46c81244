/** The record protocol under every fault that the simulation knows, and the proof that it would notice a broken one. SEEDS=n runs more. */
import { describe, expect, it } from 'vitest';
import { MISTAKES, type Mistake } from './mistakes.ts';
import { type Mood, simulate } from './simulation.ts';

const seeds = Number(process.env['SEEDS'] ?? 300);
const seedMsMax = 1_000;
/** a mistake that shows in one seed of fifty is noticed by this many all but surely */
const bitesWithin = 300;

/** Runs seeds from 1 on; throws at the first whose day did not end well. Answers how much was recorded. */
const run = async (count: number, mood: Mood): Promise<number> => {
  let recorded = 0;
  for (let seed = 1; seed <= count; seed++) {
    const verdict = await simulate(seed, null, mood);
    recorded += verdict.recorded;
    if (verdict.violations.length > 0) throw new Error(`seed ${seed}, ${mood}: ${verdict.violations.slice(0, 5).join('; ')} (replay: simulate(${seed}, null, '${mood}'))`);
  }
  return recorded;
};

const moodOf = (mistake: Mistake): Mood => (mistake === 'old-connection-ack' ? 'late answers' : 'storm');

describe('outbox and hub under faults', () => {
  it(`count everything once in a storm, ${seeds} seeds`, { timeout: seeds * seedMsMax }, async () => {
    expect(await run(seeds, 'storm')).toBeGreaterThan(seeds * 20);
  });

  it('count everything once when answers are late', { timeout: 60_000 }, async () => {
    expect(await run(Math.ceil(seeds / 4), 'late answers')).toBeGreaterThan(seeds);
  });

  it('replays from its seed', async () => {
    expect(await simulate(7)).toEqual(await simulate(7));
  });

  it.each(MISTAKES)('notices a planted mistake: %s', { timeout: bitesWithin * seedMsMax }, async (mistake) => {
    for (let seed = 1; seed <= bitesWithin; seed++) if ((await simulate(seed, mistake, moodOf(mistake))).violations.length > 0) return;
    throw new Error(`${bitesWithin} seeds did not notice it`);
  });
});

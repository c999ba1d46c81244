/** How good every stored event's time is: clocks that are wrong, stepped or asleep, hellos and page loads in any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionOf, type Era, erasMax, loadGapMsMax, withNewEra } from '../../kiosk/link/eras.ts';
import { MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { Outbox } from '../../kiosk/link/outbox.ts';
import { offsetOf } from '../../shared/clock-offset.ts';
import { chanceOf } from '../faults/chance.ts';
import { FakeClock } from '../faults/fake-clock.ts';
import { opened, started } from './pieces.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Happening = { kind: 'event' | 'hello' | 'reload' } | { kind: 'step'; ms: number } | { kind: 'sleep' };
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Happening>({ kind: 'event' }) },
  { weight: 2, arbitrary: fc.constant<Happening>({ kind: 'hello' }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'reload' }) },
  { weight: 2, arbitrary: fc.integer({ min: -2 * hourMs, max: 2 * hourMs }).map((ms): Happening => ({ kind: 'step', ms: Math.abs(ms) < 3_000 ? 3_000 : ms })) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'sleep' }) },
);

/** Lives through what happens; the true time is the fake clock's own. Answers every event as it is sent at the end, with what is true of it. */
const live = async (wrongMs: number, list: readonly Happening[]) => {
  const world = new FakeClock();
  const device = world.device(wrongMs);
  const storage = new MemoryStorage();
  const random = chanceOf(5).bytes;
  const page = async (): Promise<Outbox> => {
    const outbox = new Outbox({ storage, clock: device, random });
    await outbox.open();
    return outbox;
  };
  let outbox = await page();
  let sleptMs = 0;
  let offsetMs = 0;
  const trueMs = (): number => world.nowMs() + sleptMs;
  const truth: { atMs: number; boot: number; span: number; sleeps: number }[] = [];
  const hellos: { boot: number; span: number; sleeps: number }[] = [];
  let [boot, span, sleeps] = [0, 0, 0];
  const hello = async (): Promise<void> => {
    await outbox.clockJumped();
    offsetMs = offsetOf(trueMs(), device.nowMs());
    await outbox.measured(offsetMs);
    hellos.push({ boot, span, sleeps });
  };
  for (const h of list) {
    await world.pass(60_000);
    if (h.kind === 'event') {
      truth.push({ atMs: trueMs(), boot, span, sleeps });
      await outbox.record(started(truth.length));
    } else if (h.kind === 'hello') await hello();
    else if (h.kind === 'reload') {
      outbox = await page();
      boot++;
      span++;
    } else if (h.kind === 'step') {
      device.step(h.ms);
      span++;
      await outbox.clockJumped();
    } else {
      // the wall goes on while the monotonic clock stands still
      device.step(6 * hourMs);
      sleptMs += 6 * hourMs;
      span++;
      sleeps++;
      await outbox.clockJumped();
    }
  }
  await hello();
  const sent = (await outbox.nextBatch(1e9))?.events ?? [];
  return { sent: sent.map((e, i) => ({ ...e, correctedMs: e.atMs + offsetMs, truth: truth[i] as (typeof truth)[number] })), hellos };
};

describe('the times of stored events', () => {
  it('are within two seconds of the truth when a hello was in the boot, and say so when they were not measured', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -dayMs, max: dayMs }), fc.array(happening, { maxLength: 25 }), async (wrongMs, list) => {
        const { sent, hellos } = await live(wrongMs, list);
        expect(sent).toHaveLength(list.filter((h) => h.kind === 'event').length);
        for (const { time, correctedMs, truth } of sent) {
          const measured = hellos.some((h) => h.span === truth.span);
          expect(time === undefined).toBe(measured);
          const inBoot = hellos.filter((h) => h.boot === truth.boot);
          // one clock that went ahead: only offsets on both sides tell a sleep from a step
          const sure = measured || (inBoot.length > 0 && inBoot.every((h) => h.sleeps === truth.sleeps) && hellos.every((h) => h.sleeps === truth.sleeps));
          if (sure) expect(Math.abs(correctedMs - truth.atMs)).toBeLessThan(2_000);
        }
      }),
      { numRuns: 300, seed: 20_261_125 },
    );
  });

  it('of a sleep between two hellos are right, also where the clock was not measured in between', async () => {
    const { sent } = await live(0, [{ kind: 'hello' }, { kind: 'sleep' }, { kind: 'event' }, { kind: 'step', ms: -hourMs }]);
    expect(sent[0]?.time).toBe('inferred');
    expect(Math.abs((sent[0]?.correctedMs ?? 0) - (sent[0]?.truth.atMs ?? 0))).toBeLessThan(2_000);
  });

  it('of a page that was never greeted are inferred; received where the clock went backwards or stood for long', () => {
    const era = (n: number, beganMs: number, offsetMs: number | null = null): Era => ({ era: n, offsetMs, jumpMs: null, beganMs });
    expect(correctionOf([era(1, 1_000_000), era(2, 2_000_000, 500)], 1)).toEqual({ shiftMs: 0, time: 'inferred' });
    expect(correctionOf([era(1, 3_000_000), era(2, 2_000_000, 500)], 1)).toEqual({ shiftMs: 0, time: 'received' });
    expect(correctionOf([era(1, 0), era(2, loadGapMsMax + 1, 500)], 1)).toEqual({ shiftMs: 0, time: 'received' });
    expect(correctionOf([], 1)).toEqual({ shiftMs: 0, time: 'received' });
    expect(correctionOf([era(1, 0, 7_000), era(2, 1_000, 5_000)], 1)).toEqual({ shiftMs: 2_000 });
  });

  it('are kept for a bounded number of eras', () => {
    let eras: Era[] = [];
    for (let n = 0; n < erasMax + 10; n++) eras = withNewEra(eras, null, n * 1_000);
    expect(eras).toHaveLength(erasMax);
    expect(correctionOf(eras, 1).time).toBe('received');
  });

  it('stated by a page for a moment before the clock was stepped are put in the era of then', async () => {
    for (const ms of [-2 * hourMs, 2 * hourMs]) {
      const { outbox, clock } = await opened();
      await outbox.measured(0);
      await clock.pass(60_000);
      const before = clock.nowMs();
      await clock.pass(20_000);
      clock.step(ms);
      await outbox.record({ ...started(1), atMs: before });
      await outbox.record(started(2));
      await outbox.measured(-ms);
      const sent = (await outbox.nextBatch())?.events ?? [];
      expect(sent.map((e) => e.atMs - ms)).toEqual([before, before + 20_000]);
      expect(sent.map((e) => e.time)).toEqual([undefined, undefined]);
    }
  });

  it('see one step, where two pages see the same', async () => {
    const { outbox, storage, clock } = await opened();
    const other = await opened({}, storage, clock, 2);
    await outbox.record(started(1));
    await clock.pass(60_000);
    clock.step(-hourMs);
    await outbox.record(started(2));
    await other.outbox.record(started(3));
    expect(storage.disk.stream?.eras).toHaveLength(3);
    await outbox.measured(hourMs);
    expect((await outbox.nextBatch())?.events.map((e) => [e.atMs + hourMs, e.time])).toEqual([
      [clock.nowMs() + hourMs - 60_000, 'inferred'],
      [clock.nowMs() + hourMs, undefined],
      [clock.nowMs() + hourMs, undefined],
    ]);
  });
});

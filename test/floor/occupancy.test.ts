/** People inside: from the day's start or the last count of heads, with what the last closed day taught; and never a change of any count. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attendanceOf } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { liveOf } from '../../shared/live.ts';
import { factorsFor, occupancyAt } from '../../shared/occupancy.ts';
import { applyEntry, emptyTally, showcaseOf, type Tally } from '../../shared/tally.ts';
import { at, day, showcase } from './watched-floor.ts';

const yesterday = '2026-11-24';
const hall = () => {
  const tally: Tally = emptyTally();
  const append = (entry: Entry) => applyEntry(tally, entry, tally.position + 1);
  append({ kind: 'showcase.defined', receivedMs: 0, showcase, points: [{ id: 'door-a', zone: 'living', perimeter: true }], days: [] });
  const cross = (clock: string, ins: number, outs: number, on = day) => {
    const from = at(clock, on);
    append({
      kind: 'readings.recorded',
      receivedMs: from + 60_000,
      showcase,
      point: 'door-a',
      device: 'c-1',
      readings: [{ kind: 'interval', from: new Date(from).toISOString(), to: new Date(from + 60_000).toISOString(), in: ins, out: outs }],
      quarantined: [],
      repeats: [],
    });
  };
  const heads = (clock: string, people: number) => append({ kind: 'heads.counted', receivedMs: at(clock), showcase, by: 'chan', atMs: at(clock), people });
  const inside = (clock: string) => occupancyAt(showcaseOf(tally, showcase).doors, at(clock));
  return { tally, append, cross, heads, inside };
};

describe('people inside', () => {
  test('[R9] begin at nobody every day, and are never below zero though the sum is', () => {
    const h = hall();
    h.cross('23:50', 40, 0, yesterday);
    expect(h.inside('09:00')).toMatchObject({ people: 0, raw: 0 });
    h.cross('10:00', 5, 9);
    expect(h.inside('10:05')).toMatchObject({ people: 0, raw: -4 });
    h.cross('10:10', 10, 0);
    expect(h.inside('10:15')).toMatchObject({ people: 6, raw: 6 });
  });

  test('[R9] go on from a count of heads, in the order in which heads were counted, and only that day', () => {
    const h = hall();
    h.cross('10:00', 100, 20);
    h.heads('11:00', 60);
    h.heads('10:30', 75);
    expect(h.inside('10:45').people).toBe(75);
    expect(h.inside('11:00').people).toBe(60);
    h.cross('11:00', 7, 0);
    h.cross('11:01', 5, 2);
    // the minute in which heads were counted is in the count
    expect(h.inside('11:05')).toMatchObject({ people: 63, counted: { people: 60 } });
    expect(occupancyAt(showcaseOf(h.tally, showcase).doors, at('09:00', '2026-11-26')).people).toBe(0);
  });

  test('[R9] take out the drift of the last closed day: missed exits scale exits, missed entries scale entries', () => {
    const h = hall();
    h.cross('10:00', 1_000, 960, yesterday);
    const doors = showcaseOf(h.tally, showcase).doors;
    expect(factorsFor(doors, day)).toEqual({ in: 1, out: 1 });
    h.append({ kind: 'day.closed', receivedMs: at('20:00', yesterday), showcase, by: 'lee', day: yesterday });
    expect(factorsFor(doors, day)).toEqual({ in: 1, out: 1_000 / 960 });
    h.cross('10:00', 500, 0);
    h.cross('12:00', 0, 240);
    expect(h.inside('12:30')).toMatchObject({ people: 250, raw: 260, band: 10 });
    const other = hall();
    other.cross('10:00', 960, 1_000, yesterday);
    other.append({ kind: 'day.closed', receivedMs: at('20:00', yesterday), showcase, by: 'lee', day: yesterday });
    other.cross('10:00', 96, 0);
    expect(other.inside('11:00').people).toBe(100);
  });

  test('[R9] learn nothing from a day on which something was broken', () => {
    const h = hall();
    h.cross('10:00', 1_000, 500, yesterday);
    h.append({ kind: 'day.closed', receivedMs: at('20:00', yesterday), showcase, by: 'lee', day: yesterday });
    expect(factorsFor(showcaseOf(h.tally, showcase).doors, day)).toEqual({ in: 1, out: 1 });
  });

  test('[R9] E5: the worked day, closed, corrects the next by 1.0199', () => {
    const h = hall();
    const ins = [420, 610, 540, 500, 640, 700, 480, 210];
    const outs = [180, 430, 520, 510, 560, 690, 610, 520];
    for (const [i, n] of ins.entries()) h.cross(`${10 + i}:30`, n, outs[i] as number, yesterday);
    h.append({ kind: 'day.closed', receivedMs: at('20:00', yesterday), showcase, by: 'lee', day: yesterday });
    expect(factorsFor(showcaseOf(h.tally, showcase).doors, day).out).toBeCloseTo(1.0199, 4);
  });

  test('[R9] heads, drift and capacity never change a count', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('cross' as const), minute: fc.nat(599), ins: fc.nat(50), outs: fc.nat(50), past: fc.boolean() }),
      fc.record({ kind: fc.constant('heads' as const), minute: fc.nat(599), people: fc.nat(900) }),
      fc.record({ kind: fc.constant('capacity' as const), people: fc.nat(900) }),
    );
    const clock = (minute: number): string => `${String(10 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const [all, counts] = [hall(), hall()];
        for (const a of acts) {
          if (a.kind === 'cross') for (const h of [all, counts]) h.cross(clock(a.minute), a.ins, a.outs, a.past ? yesterday : day);
          else if (a.kind === 'heads') all.heads(clock(a.minute), a.people);
          else all.append({ kind: 'capacity.set', receivedMs: 1, showcase, by: 'lee', people: a.people });
        }
        const nowMs = at('21:00');
        for (const by of ['day', 'hour', 'point', 'source'] as const)
          expect(attendanceOf(all.tally, showcase, by, {}, [], nowMs)).toMatchObject({
            rows: attendanceOf(counts.tally, showcase, by, {}, [], nowMs).rows,
            reconciliation: { check: 0 },
          });
        expect(liveOf(all.tally, showcase, nowMs).today.occupancy).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });
});

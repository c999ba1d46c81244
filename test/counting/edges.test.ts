/** Where days, years and counters turn over: to the millisecond, on leap days, in whatever time zone the machine is set to; and counters that wrap or begin anew. */
import { afterEach, describe, expect, test } from 'vitest';
import { Admission } from '../../shared/admission.ts';
import { attendanceOf } from '../../shared/attendance.ts';
import { addDays, dayMs, dayOf, hourOf, rfc3339, startOfDayMs } from '../../shared/hongkong-time.ts';
import { randomOf } from '../../shared/random.ts';
import type { Reading } from '../../shared/reading.ts';
import { planReadings } from '../../shared/readings.ts';
import { applyEntry, emptyTally } from '../../shared/tally.ts';

const showcase = 'maker-in-china';
const point = 'east-gate';

const floor = () => {
  const [admission, tally] = [new Admission(), emptyTally()];
  const defined = { kind: 'showcase.defined', receivedMs: 0, showcase, points: [{ id: point, zone: 'z', perimeter: true }], days: [] } as const;
  applyEntry(tally, { ...defined, points: [...defined.points], days: [] }, 1);
  /** as the hub received it at this time */
  const send = (nowMs: number, ...readings: Reading[]) => {
    const { entry, answer } = planReadings(admission, { device: 'c', showcase, point }, readings, nowMs);
    admission.apply(entry);
    applyEntry(tally, entry, tally.position + 1);
    return answer;
  };
  const of = (by: 'day' | 'hour') => attendanceOf(tally, showcase, by, {}, [], tally.asOfMs);
  const days = (): [unknown, unknown][] => of('day').rows.map((r) => [r['day'], r['entries']]);
  return { send, days, of };
};
const crossing = (eventId: string, atMs: number): Reading => ({ kind: 'event', eventId, at: new Date(atMs).toISOString(), direction: 'in', n: 1 });
const total = (atMs: number, n: number, out: number): Reading => ({ kind: 'cumulative', at: new Date(atMs).toISOString(), in: n, out });

/** The last moment of a day, and the day after it. */
const TURNS = [
  ['2026-11-25', '2026-11-26'],
  ['2027-02-28', '2027-03-01'],
  ['2028-02-28', '2028-02-29'],
  ['2028-02-29', '2028-03-01'],
  ['2027-12-31', '2028-01-01'],
  ['2100-02-28', '2100-03-01'],
] as const;
const ZONES = ['UTC', 'Asia/Hong_Kong', 'America/New_York', 'Pacific/Apia', 'Europe/London'];
const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('[F47] days turn over', () => {
  test.each(TURNS)('%s to %s: one millisecond before midnight in Hong Kong is still that day, in every time zone', (before, after) => {
    const midnight = startOfDayMs(after);
    for (const tz of ZONES) {
      process.env['TZ'] = tz;
      expect([tz, dayOf(midnight - 1), dayOf(midnight), addDays(before, 1), addDays(after, -1)]).toEqual([tz, before, after, after, before]);
      expect([hourOf(midnight - 1), hourOf(midnight), rfc3339(midnight)]).toEqual([`${before}T23`, `${after}T00`, `${after}T00:00:00+08:00`]);
      const f = floor();
      f.send(midnight + 1_000, crossing('a', midnight - 1), crossing('b', midnight), crossing('c', midnight - dayMs));
      expect(f.days()).toEqual([
        [before, 2],
        [after, 1],
      ]);
      // twenty minutes across midnight are split by time, and the sum is kept
      f.send(midnight + 900_000, { kind: 'interval', from: new Date(midnight - 300_000).toISOString(), to: new Date(midnight + 900_000).toISOString(), in: 21, out: 4 });
      expect(f.days()).toEqual([
        [before, 7],
        [after, 17],
      ]);
    }
  });

  test('the same instant told with any offset is of the same day and hour', () => {
    const f = floor();
    const atMs = Date.parse('2028-02-29T23:59:59+08:00');
    for (const [i, at] of ['2028-02-29T23:59:59+08:00', '2028-02-29T15:59:59Z', '2028-02-29T10:59:59-05:00', '2028-03-01T02:59:59+11:00'].entries())
      f.send(atMs, { kind: 'event', eventId: `e-${i}`, at, direction: 'in', n: 1 });
    expect(f.days()).toEqual([['2028-02-29', 4]]);
  });

  test('a leap year has 366 days and no day twice', () => {
    const days = Array.from({ length: 366 }, (_, i) => addDays('2028-01-01', i));
    expect([new Set(days).size, days[59], days.at(-1), addDays('2028-12-31', 1)]).toEqual([366, '2028-02-29', '2028-12-31', '2029-01-01']);
  });
});

describe('[F68] counters begin anew', () => {
  const startMs = Date.parse('2026-11-25T10:00:00+08:00');
  const at = (minute: number): number => startMs + minute * 60_000;
  const sums = (f: ReturnType<typeof floor>): unknown[] => {
    const { totals, reconciliation } = f.of('day');
    return [totals['entries'], totals['exits'], reconciliation.check];
  };
  const sendAll = (readings: readonly (readonly [number, number])[]) => {
    const f = floor();
    for (const [m, [n, out]] of readings.entries()) f.send(at(m), total(at(m), n, out));
    return f;
  };

  test('one that wraps at 16 bits counts what it shows anew: never below zero, never another 65,536', () => {
    expect(
      sums(
        sendAll([
          [65_530, 65_500],
          [65_534, 65_510],
          [3, 2],
          [9, 5],
        ]),
      ),
    ).toEqual([4 + 3 + 6, 10 + 2 + 3, 0]);
  });

  test('either of the two that falls is a reset of both, as the rule says', () => {
    expect(
      sums(
        sendAll([
          [70, 75],
          [72, 75],
          [3, 80],
        ]),
      ),
    ).toEqual([2 + 3, 0 + 80, 0]);
  });

  test('a restart that repeats its last reading, a reading that comes late or again: nothing is counted twice', () => {
    const f = sendAll([
      [10, 4],
      [15, 6],
      [15, 6],
      [0, 0],
      [0, 0],
      [2, 1],
    ]);
    expect(sums(f)).toEqual([5 + 2, 2 + 1, 0]);
    // sent again, and an older one that never came
    expect(f.send(at(6), total(at(5), 2, 1))).toMatchObject({ duplicates: 1 });
    f.send(at(6), total(at(2) + 1_000, 12, 5));
    expect(sums(f)).toEqual([7, 3, 0]);
    // another value under a known key is kept aside, the first stands
    expect(f.send(at(6), total(at(5), 9, 9))).toMatchObject({ quarantined: 1 });
    expect((sums(f) as number[]).slice(0, 2)).toEqual([7, 3]);
  });

  test('restarts at any moment: exactly what nobody could read before a restart is missing, and nothing is counted that was not there', () => {
    let restarts = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomOf(seed);
      const f = floor();
      // what the counter shows, what it showed when it was read last, and who crossed since the first reading
      let [shown, read, crossed, lost] = [random.below(50), 0, 0, 0];
      for (let m = 0; m < 120; m++) {
        let [base, anew] = [read, false];
        for (let step = 0; m > 0 && step < 3; step++) {
          const now = random.below(4);
          shown += now;
          crossed += now;
          if (random.below(60) > 0) continue;
          lost += shown - base;
          restarts++;
          [shown, base, anew] = [0, 0, true];
        }
        // one that has overtaken its last reading by then can't be told from one that went on
        if (anew && shown >= read) lost += read;
        f.send(at(m), total(at(m), shown, 0));
        read = shown;
      }
      expect([seed, (sums(f) as number[])[0]]).toEqual([seed, crossed - lost]);
    }
    expect(restarts).toBeGreaterThan(100);
  });
});

/** The skyline of the day: what a window stands for, how a building is put together, which hours are drawn. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursMin, panesOf, skylineHours, unitSteps, visitsPerPane } from '../../kiosk/staff/skyline.ts';

describe('visits a window stands for', () => {
  test('is the smallest step that fits the tallest hour', () => {
    expect(visitsPerPane([318, 452, 497, null], 84)).toBe(10);
    expect(visitsPerPane([40], 84)).toBe(1);
    expect(visitsPerPane([], 84)).toBe(1);
    expect(visitsPerPane([null], 84)).toBe(1);
  });
  test('always fits, and a smaller step never would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 24 }), fc.integer({ min: 4, max: 400 }), (visits, panesMax) => {
        const unit = visitsPerPane(visits, panesMax);
        const most = Math.max(0, ...visits);
        expect(most / unit).toBeLessThanOrEqual(panesMax);
        for (const step of unitSteps) if (step < unit) expect(most / step).toBeGreaterThan(panesMax);
      }),
    );
  });
});

describe('a building', () => {
  test('has its last window cut to its fraction', () => {
    expect(panesOf(23, 10, 2)).toEqual([
      { row: 0, column: 0, part: 1 },
      { row: 0, column: 1, part: 1 },
      { row: 1, column: 0, part: 0.2999999999999998 },
    ]);
    expect(panesOf(0, 10, 2)).toEqual([]);
  });
  test('holds as many visits as it was built for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.constantFrom(...unitSteps), fc.integer({ min: 1, max: 9 }), (visits, unit, across) => {
        const built = panesOf(visits, unit, across).reduce((n, p) => n + p.part * unit, 0);
        expect(built).toBeCloseTo(visits, 6);
      }),
    );
  });
});

describe('the hours drawn', () => {
  test('are the opening hours where there are any', () => {
    const hours = skylineHours(new Map([[10, 5]]), [[10, 18]], 14);
    expect(hours.map((h) => h.hour)).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
    expect(hours.find((h) => h.now)?.hour).toBe(14);
    expect(hours[1]?.visits).toBeNull();
  });
  test('reach from the first to the last with data, nothing between left out', () => {
    const hours = skylineHours(
      new Map<number, number | null>([
        [8, 3],
        [20, null],
      ]),
      [[10, 18]],
      20,
    );
    expect(hours[0]?.hour).toBe(8);
    expect(hours.at(-1)?.hour).toBe(20);
    expect(hours).toHaveLength(13);
  });
  test('are at least a few, also late at night', () => {
    expect(skylineHours(new Map(), [], 23).map((h) => h.hour)).toEqual([16, 17, 18, 19, 20, 21, 22, 23]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.array(fc.integer({ min: 0, max: 23 })), (now, known) => {
        const hours = skylineHours(new Map(known.map((h) => [h, 1])), [], now).map((h) => h.hour);
        expect(hours.length).toBeGreaterThanOrEqual(hoursMin);
        expect(hours[0]).toBeGreaterThanOrEqual(0);
        expect(hours.at(-1)).toBeLessThanOrEqual(23);
        for (const h of known) expect(hours).toContain(h);
      }),
    );
  });
});

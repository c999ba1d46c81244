/** What needs attention, and what must not cry wolf. */
import { describe, expect, test } from 'vitest';
import { attentionOf, doorSilentAmberMs, doorSilentRedMs } from '../../kiosk/staff/attention.ts';
import { occupancyBand, occupancyNow, outPerIn, scanRate, visitsToday } from '../../kiosk/staff/figures.ts';
import { kiosk, live, nowMs } from './live.ts';

const seen = (...args: Parameters<typeof attentionOf>) => attentionOf(...args).map((a) => [a.kind, a.level]);
const door = (more: object) => live({ points: [{ ...(live().points[0] as ReturnType<typeof live>['points'][number]), ...more }] });

describe('doors', () => {
  test('that tell are quiet', () => {
    expect(seen(live(), [kiosk()], nowMs)).toEqual([]);
  });
  test('that fell silent are told, then urgently', () => {
    expect(seen(door({ heardMs: nowMs - doorSilentAmberMs }), [], nowMs)).toEqual([['door-silent', 'amber']]);
    expect(seen(door({ heardMs: nowMs - doorSilentRedMs }), [], nowMs)).toEqual([['door-silent', 'red']]);
  });
  test('that are counted by hand may be quiet', () => {
    expect(seen(door({ heardMs: nowMs - doorSilentRedMs, source: 'clicker' }), [], nowMs)).toEqual([]);
  });
  test('are not told outside opening hours', () => {
    expect(seen({ ...door({ heardMs: nowMs - doorSilentRedMs }), open: false }, [], nowMs)).toEqual([]);
  });
  test('none of which ever told are one line, not one a door', () => {
    const none = live({ points: live().points.map((p) => ({ ...p, heardMs: null, state: 'never' as const })) });
    none.today = { ...none.today, visits: 0, entries: 0 };
    expect(seen(none, [], nowMs)).toEqual([['no-doors', 'amber']]);
  });
  test('that report a fault come before kiosks', () => {
    expect(seen(door({ state: 'error' }), [kiosk({ status: 'offline', heardMs: nowMs - 90_000 })], nowMs)).toEqual([
      ['door-fault', 'red'],
      ['kiosk-offline', 'red'],
    ]);
  });
});

describe('kiosks', () => {
  test.each([
    [{ status: 'offline' as const, heardMs: nowMs - 29_000 }, []],
    [{ status: 'offline' as const, heardMs: nowMs - 41_000, faults: ['x'] }, [['kiosk-offline', 'amber']]],
    [{ status: 'never' as const, heardMs: null }, []],
    [{ waiting: 201 }, [['kiosk-waiting', 'amber']]],
    [{ waiting: 1, oldestMs: 61 * 60_000 }, [['kiosk-waiting', 'red']]],
    [{ offsetMs: -31_000 }, [['kiosk-clock', 'red']]],
    [{ fps: 20 }, [['kiosk-slow', 'amber']]],
    [{ fps: 0 }, []],
    [{ faults: ['webgl_lost'] }, [['kiosk-fault', 'amber']]],
  ])('%o', (more, expected) => {
    expect(seen(live(), [kiosk(more)], nowMs)).toEqual(expected);
  });
  test('counters are not taken for kiosks', () => {
    expect(seen(live(), [kiosk({ kind: 'counter', status: 'offline', heardMs: nowMs - 900_000 })], nowMs)).toEqual([]);
  });
});

describe('figures', () => {
  test('no door ever heard: visits and occupancy are unknown, not 0', () => {
    const none = live({ points: [] });
    none.today = { ...none.today, visits: 0, entries: 0, occupancy: 0 };
    expect([visitsToday(none), occupancyNow(none)]).toEqual([null, null]);
    expect(visitsToday(live())).toBe(1_986);
  });
  test('the band is the larger of 3 and 2 %', () => {
    expect([occupancyBand(0), occupancyBand(149), occupancyBand(1_971)]).toEqual([3, 3, 39]);
  });
  test('rates of nothing are unknown', () => {
    expect([scanRate(0, 0), scanRate(5, null), scanRate(212, 138), outPerIn(0, 4), outPerIn(4, 3)]).toEqual([null, null, 65, null, 0.75]);
  });
});

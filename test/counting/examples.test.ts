/** The worked examples of the counting rules, each by the fold that every report uses. */
import { describe, expect, test } from 'vitest';
import { Admission } from '../../shared/admission.ts';
import { attendanceOf } from '../../shared/attendance.ts';
import { occupancySeries, percentChange, publication, roughChange, splitInterval } from '../../shared/counting.ts';
import type { Entry } from '../../shared/entry.ts';
import { liveOf } from '../../shared/live.ts';
import type { Reading } from '../../shared/reading.ts';
import { planReadings } from '../../shared/readings.ts';
import { compareWholes, type Whole, wholeOf } from '../../shared/report/comparison.ts';
import { planBatch } from '../../shared/streams.ts';
import { applyEntry, emptyTally, type Tally } from '../../shared/tally.ts';

const showcase = 'smart-hong-kong-pavilion';
const day = '2026-11-25';
const at = (clock: string, on = day): string => `${on}T${clock}:00+08:00`;
const nowMs = Date.parse(at('20:00'));

/** A hub in small: admission and tally fed as the recorder feeds them. */
const floor = (
  points = [
    { id: 'door-a', zone: 'living', perimeter: true },
    { id: 'inner', zone: 'economy', perimeter: false },
  ],
) => {
  const admission = new Admission();
  const tally: Tally = emptyTally();
  const append = (entry: Entry): void => {
    admission.apply(entry);
    applyEntry(tally, entry, tally.position + 1);
  };
  append({ kind: 'showcase.defined', receivedMs: nowMs, showcase, points, days: [] });
  const send = (readings: Reading[], point = 'door-a', device = 'c-1') => {
    const { entry, answer } = planReadings(admission, { device, showcase, point }, readings, nowMs);
    append(entry);
    return answer;
  };
  const rows = (by: Parameters<typeof attendanceOf>[2], range = {}) => attendanceOf(tally, showcase, by, range, [], nowMs);
  return { append, send, rows, tally, admission };
};
const interval = (from: string, to: string, n: number, out: number, more: { class?: 'staff' | 'child' } = {}): Reading => ({
  kind: 'interval',
  from: at(from),
  to: at(to),
  in: n,
  out,
  ...more,
});

describe('worked examples', () => {
  test('[R4][R6] E1: minute intervals fall into the hour of their start; a resend is a duplicate', () => {
    const f = floor();
    expect(f.send([interval('10:58', '10:59', 12, 3), interval('10:59', '11:00', 15, 4), interval('11:00', '11:01', 9, 6)])).toEqual({
      accepted: 3,
      duplicates: 0,
      quarantined: 0,
    });
    expect(f.send([interval('10:59', '11:00', 15, 4)])).toEqual({ accepted: 0, duplicates: 1, quarantined: 0 });
    const { rows, reconciliation } = f.rows('hour');
    expect(rows.map((r) => [r['hour'], r['entries'], r['exits']])).toEqual([
      [at('10:00'), 27, 7],
      [at('11:00'), 9, 6],
    ]);
    expect(reconciliation).toMatchObject({ received: 51, duplicates: 15, accepted: 36, check: 0 });
  });

  test('[R4] E2: an interval across the hour is split by seconds, largest remainder, sum preserved', () => {
    const f = floor();
    f.send([interval('10:50', '11:05', 17, 0)]);
    expect(f.rows('hour').rows.map((r) => r['entries'])).toEqual([11, 6]);
    expect(splitInterval({ fromMs: Date.parse(at('10:50')), toMs: Date.parse(at('11:05')), in: 17, out: 1 }).map((p) => [p.in, p.out])).toEqual([
      [11, 1],
      [6, 0],
    ]);
  });

  test('[R5] E3: a running counter counts differences; its first reading counts nothing; a reset counts in full', () => {
    const f = floor();
    const readings: [number, number][] = [
      [70, 75],
      [72, 75],
      [72, 78],
      [3, 1],
      [5, 1],
    ];
    f.send(readings.map(([n, out], i) => ({ kind: 'cumulative', at: at(`10:0${i}`), in: n, out })));
    expect(f.rows('day').totals).toMatchObject({ entries: 7, exits: 4 });
    expect(f.tally.showcases.get(showcase)?.doors.resets).toBe(1);
  });

  test('[R1][R3][R7][R8] E4: what was received is what became of it; corrections change visits, not entries', () => {
    const f = floor();
    f.append({ kind: 'authority.set', receivedMs: nowMs, showcase, by: 'hub', point: 'door-a', source: 'sensor', device: 'c-1', fromMs: 0 });
    f.append({ kind: 'days.set', receivedMs: nowMs, showcase, by: 'organiser', days: [{ day, windows: [{ from: '10:00', to: '18:00', type: 'public', counted: true }] }] });
    f.send([interval('10:00', '10:01', 4_777, 0)]);
    f.send([interval('10:02', '10:03', 96, 0)]);
    f.send([interval('10:02', '10:03', 96, 0)]);
    f.send([interval('10:00', '10:01', 12, 0)]);
    f.send([interval('10:00', '10:01', 240, 0)], 'door-a', 'c-2');
    f.send([interval('09:00', '09:01', 38, 0)]);
    f.send([interval('10:04', '10:05', 55, 0, { class: 'staff' })]);
    for (const n of [25, -10, -96])
      f.append({
        kind: 'count.corrected',
        receivedMs: nowMs,
        showcase,
        by: 'supervisor',
        id: `x${n}`,
        point: 'door-a',
        hour: `${day}T10`,
        in: n,
        out: 0,
        reason: 'checked against the film',
      });
    expect(f.rows('day').reconciliation).toEqual({
      received: 5_218 + 96,
      duplicates: 96,
      quarantined: 12,
      shadow: 240,
      outside: 38,
      staff: 55,
      accepted: 4_777 + 96,
      check: 0,
      corrections: -81,
      visits: 4_792,
    });
    expect(f.rows('day').rows[0]).toMatchObject({ visits: 4_792, entries: 4_873, corrections: -81, peakHour: at('10:00'), status: 'provisional' });
  });

  test('[R9] E5: missed exits scale exits in the occupancy and change no count', () => {
    const ins = [420, 610, 540, 500, 640, 700, 480, 210];
    const outs = [180, 430, 520, 510, 560, 690, 610, 520];
    expect(occupancySeries(ins, outs, false)).toEqual([240, 420, 440, 430, 510, 520, 390, 80]);
    expect(occupancySeries(ins, outs, true)).toEqual([236, 408, 418, 397, 466, 462, 320, 0]);
  });

  test('[R12][R16][R18] E6: a show is the sum of its days, and is published rounded', () => {
    const f = floor();
    const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'];
    const visits = [2_904, 3_377, 2_688, 2_315];
    for (const [i, d] of days.entries()) f.send([{ kind: 'interval', from: at('11:00', d), to: at('11:01', d), in: visits[i] as number, out: 0 }]);
    const { rows, totals } = f.rows('day');
    expect(rows.map((r) => r['visits'])).toEqual(visits);
    expect(totals['visits']).toBe(11_284);
    expect(percentChange(2_904, 3_377)).toBe(16.3);
    expect(publication(11_284)).toEqual({ value: 11_000, about: true, below: true });
    expect([12_461, 9_849, 9_951, 640].map((n) => publication(n).value)).toEqual([12_000, 9_800, 10_000, 640]);
    expect(publication(9_951).below).toBe(false);
  });

  test('[R3] E7: after a switch to the clicker the sensor is a shadow, however late it backfills', () => {
    const f = floor();
    f.append({ kind: 'authority.set', receivedMs: nowMs, showcase, by: 'hub', point: 'door-a', source: 'sensor', device: 'c-1', fromMs: 0 });
    f.send([interval('13:00', '13:01', 7, 0)]);
    for (let i = 0; i < 44; i++)
      f.append({ kind: 'click.recorded', receivedMs: nowMs, showcase, point: 'door-a', by: 'staff', id: `click-${i}-id`, direction: 'in', n: 1, atMs: Date.parse(at('13:08')) });
    expect(f.rows('day').totals['entries']).toBe(7);
    f.append({ kind: 'authority.set', receivedMs: nowMs, showcase, by: 'supervisor', point: 'door-a', source: 'clicker', device: null, fromMs: Date.parse(at('13:07')) });
    f.send([interval('13:10', '13:11', 41, 0)]);
    expect(f.rows('day').totals['entries']).toBe(7 + 44);
    expect(f.rows('day').reconciliation).toMatchObject({ shadow: 41, check: 0 });
  });

  test('[R16][R18] E8: beside an earlier show the hours are told, and a published approximate figure allows a rough share only', () => {
    const days = [2_904, 3_377, 2_688, 2_315].map((visits, i) => ({ day: `2026-11-2${i + 2}`, visits, openHours: 8, coverage: 100 }));
    const now = wholeOf('this', days);
    const earlier: Whole = { label: 'earlier', values: { visits: 11_000 }, hours: 27, days: 3, coverage: null };
    const visits = compareWholes('show', now, earlier)[0];
    expect(visits).toMatchObject({ metric: 'visits', value: 11_284, perHour: 352.6, otherPerHour: 407.4, perDay: 2_821 });
    expect([percentChange(407, 352.6), roughChange(407, 352.6)]).toEqual([-13.4, -15]);
    // 2.46 % is nearer to 0 than to 5, whatever one decimal makes of it; and a fall of next to nothing is no "−0"
    expect([roughChange(10_000, 10_246), roughChange(10_000, 9_999), roughChange(11_000, null)]).toEqual([0, 0, null]);
  });

  test('[R10][P2] E9: forty minutes offline, then 312 events twice: each session counts once, no visit is touched', () => {
    const f = floor();
    f.send([interval('13:00', '13:01', 9, 0)]);
    const fromMs = Date.parse(at('13:00'));
    const events = Array.from({ length: 312 }, (_, i) => ({
      seq: i + 1,
      id: `event-${String(i).padStart(8, '0')}`,
      atMs: fromMs + i * 7_500,
      kind: 'session.started',
      session: `session-${i}`,
      lang: 'en',
    }));
    const upload = () => planBatch(f.admission, { device: 'k-1', showcase, zone: 'living' }, { epoch: 'epoch-e9-000001', events }, { nowMs, offsetMs: 0 });
    for (let n = 0; n < 2; n++) {
      const planned = upload();
      expect(planned).toMatchObject({ answer: { through: 312 } });
      if ('entry' in planned && planned.entry) f.append(planned.entry);
    }
    expect(f.rows('day').rows[0]).toMatchObject({ sessions: 312, visits: 9 });
    expect(f.rows('hour').rows.map((r) => r['sessions'])).toEqual([312]);
  });

  test('[R2][R10][R11][R15] crossings outside the windows are kept apart; inner points feed zones, never visits; unknown is null', () => {
    const f = floor();
    f.send([interval('10:00', '10:01', 5, 1)]);
    f.send([interval('10:00', '10:01', 9, 0)], 'inner', 'c-9');
    expect(f.rows('day').totals['visits']).toBe(5);
    expect(f.rows('zone').rows).toEqual([
      { day, zone: 'living', entries: 5, exits: 1, sessions: 0, projectViews: 0 },
      { day, zone: 'economy', entries: 9, exits: 0, sessions: 0, projectViews: 0 },
    ]);
    expect(f.rows('zone').totals['entries']).toBeNull();
    expect(f.rows('day').rows[0]?.['scanned']).toBeNull();
    expect(liveOf(f.tally, showcase, nowMs).today).toMatchObject({ visits: 5, occupancy: 4, scanned: null });
  });

  test('[R13] the peak hour is the earliest of equals', () => {
    const f = floor();
    f.send([interval('12:00', '12:01', 5, 0), interval('15:00', '15:01', 5, 0)]);
    expect(f.rows('day').rows[0]).toMatchObject({ peakHour: at('12:00'), peakHourVisits: 5 });
  });

  test('[R1] the last and the first millisecond around midnight fall on different days', () => {
    const f = floor();
    const event = (iso: string, id: string): Reading => ({ kind: 'event', eventId: id, at: iso, direction: 'in', n: 1 });
    f.send([event('2026-11-24T23:59:59.999+08:00', 'a'), event('2026-11-25T00:00:00.000+08:00', 'b'), event('2026-11-24T16:00:00.001Z', 'c')]);
    expect(f.rows('day').rows.map((r) => [r['day'], r['entries']])).toEqual([
      ['2026-11-24', 1],
      ['2026-11-25', 2],
    ]);
  });
});

/** Whatever comes in whatever order: the books balance, every grouping adds up to the same, and live, export and replay agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Admission } from '../../shared/admission.ts';
import { attendanceOf } from '../../shared/attendance.ts';
import { largestRemainder } from '../../shared/counting.ts';
import type { Entry } from '../../shared/entry.ts';
import { liveOf } from '../../shared/live.ts';
import type { Reading } from '../../shared/reading.ts';
import { planReadings } from '../../shared/readings.ts';
import { applyEntry, emptyTally, showcaseOf } from '../../shared/tally.ts';

const showcase = 'maker-in-china';
const nowMs = Date.parse('2026-11-25T21:00:00+08:00');
const startMs = Date.parse('2026-11-24T00:00:00+08:00');
const points = ['east-gate', 'west-gate', 'inner'];

const interval = fc.record({ minute: fc.nat(44 * 60), length: fc.constantFrom(1, 1, 1, 5, 15, 60), in: fc.nat(60), out: fc.nat(60), staff: fc.boolean() }).map(
  (x): Reading => ({
    kind: 'interval',
    from: new Date(startMs + x.minute * 60_000).toISOString(),
    to: new Date(startMs + (x.minute + x.length) * 60_000).toISOString(),
    in: x.in,
    out: x.out,
    class: x.staff ? 'staff' : 'visitor',
  }),
);
const cumulative = fc
  .record({ minute: fc.nat(44 * 60), in: fc.nat(500), out: fc.nat(500) })
  .map((x): Reading => ({ kind: 'cumulative', at: new Date(startMs + x.minute * 60_000).toISOString(), in: x.in, out: x.out }));
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      device: fc.constantFrom('c-1', 'c-2'),
      point: fc.constantFrom(...points),
      readings: fc.array(fc.oneof({ weight: 4, arbitrary: interval }, cumulative), { minLength: 1, maxLength: 6 }),
      again: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('authority' as const), point: fc.constantFrom(...points), source: fc.constantFrom('c-1', 'c-2', 'clicker'), minute: fc.nat(44 * 60) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('days' as const), from: fc.integer({ min: 8, max: 11 }), to: fc.integer({ min: 14, max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('click' as const),
      point: fc.constantFrom(...points),
      n: fc.integer({ min: 1, max: 5 }),
      minute: fc.nat(44 * 60),
      back: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('correct' as const), point: fc.constantFrom(...points), hour: fc.nat(23), n: fc.integer({ min: -3, max: 9 }) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const run = (acts: readonly Act[]): { entries: Entry[] } => {
  const admission = new Admission();
  const entries: Entry[] = [];
  const append = (entry: Entry): void => {
    admission.apply(entry);
    entries.push(entry);
  };
  append({ kind: 'showcase.defined', receivedMs: nowMs, showcase, points: points.map((id) => ({ id, zone: id, perimeter: id !== 'inner' })), days: [] });
  for (const [i, a] of acts.entries()) {
    const base = { receivedMs: nowMs, showcase, by: 'somebody' };
    if (a.kind === 'send') for (let n = 0; n <= a.again; n++) append(planReadings(admission, { device: a.device, showcase, point: a.point }, a.readings, nowMs).entry);
    else if (a.kind === 'authority')
      append({
        ...base,
        kind: 'authority.set',
        point: a.point,
        source: a.source === 'clicker' ? 'clicker' : 'sensor',
        device: a.source === 'clicker' ? null : a.source,
        fromMs: startMs + a.minute * 60_000,
      });
    else if (a.kind === 'days') {
      const windows = [{ from: `${String(a.from).padStart(2, '0')}:00`, to: `${a.to}:30`, type: 'public' as const, counted: true }];
      append({ ...base, kind: 'days.set', days: ['2026-11-24', '2026-11-25'].map((day) => ({ day, windows })) });
    } else if (a.kind === 'click') {
      append({ ...base, kind: 'click.recorded', point: a.point, id: `click-${i}`, direction: 'in', n: a.n, atMs: startMs + a.minute * 60_000 });
      if (a.back) append({ ...base, kind: 'click.voided', id: `void-${i}`, of: `click-${i}`, reason: 'wrong door' });
    } else append({ ...base, kind: 'count.corrected', id: `fix-${i}`, point: a.point, hour: `2026-11-25T${String(a.hour).padStart(2, '0')}`, in: a.n, out: 0, reason: 'checked' });
  }
  return { entries };
};

const fold = (entries: readonly Entry[]) => {
  const tally = emptyTally();
  for (const [i, e] of entries.entries()) applyEntry(tally, e, i + 1);
  return tally;
};
const sum = (rows: readonly { [c: string]: unknown }[], column: string): number => rows.reduce((n, r) => n + ((r[column] as number | null) ?? 0), 0);

describe('identities', () => {
  test('[R3][R6][R8] received = duplicates + quarantined + shadow + outside + staff + accepted; days, hours and points add up; live is the export', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const { entries } = run(acts);
        const tally = fold(entries);
        const of = (by: Parameters<typeof attendanceOf>[2]) => attendanceOf(tally, showcase, by, {}, [], nowMs);
        const day = of('day');
        expect(day.reconciliation.check).toBe(0);
        expect(day.reconciliation.visits).toBe(sum(day.rows, 'visits'));
        expect(sum(of('hour').rows, 'visits')).toBe(sum(day.rows, 'visits'));
        expect(sum(of('hour').rows, 'exits')).toBe(sum(day.rows, 'exits'));
        expect(
          sum(
            of('point').rows.filter((r) => r['point'] !== 'inner'),
            'entries',
          ),
        ).toBe(sum(day.rows, 'entries'));
        const today = day.rows.find((r) => r['day'] === '2026-11-25');
        expect(liveOf(tally, showcase, nowMs).today.visits).toBe((today?.['visits'] as number | null | undefined) ?? 0);
      }),
      { numRuns: 150 },
    );
  });

  test('[R3] when authority and windows are decided makes no difference to what is counted', () => {
    const decides = (e: Entry): boolean => e.kind === 'authority.set' || e.kind === 'days.set' || e.kind === 'showcase.defined';
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const { entries } = run(acts);
        const books = (list: readonly Entry[]) => {
          const doors = showcaseOf(fold(list), showcase).doors;
          return JSON.stringify([[...doors.hours].map(([h, p]) => [h, [...p].sort()]).sort(), [...doors.books].sort()]);
        };
        expect(books([...entries.filter(decides), ...entries.filter((e) => !decides(e))])).toBe(books(entries));
      }),
      { numRuns: 100 },
    );
  });

  test('[R4] largest remainder keeps the sum and never strays by a whole one', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.array(fc.integer({ min: 1, max: 3_600_000 }), { minLength: 1, maxLength: 8 }), (total, weights) => {
        const shares = largestRemainder(total, weights);
        const all = weights.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        for (const [i, s] of shares.entries()) expect(Math.abs(s - (total * (weights[i] as number)) / all)).toBeLessThan(1);
      }),
    );
  });
});

/** Opening hours: `turnsAtMs` against `isOpen` minute by minute, for drawn days. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, minuteMs, startOfDayMs } from '../../shared/hongkong-time.ts';
import { isOpen, type OpeningHours, turnsAtMs } from '../../shared/opening-hours.ts';
import type { OpeningWindow } from '../../shared/pack.ts';

const first = '2025-04-13';
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
/** quarters of an hour, so that windows often meet, overlap and end with the day */
const quarters = fc.integer({ min: 0, max: 96 });
const window = fc
  .tuple(quarters, quarters, fc.boolean())
  .filter(([a, b]) => a !== b)
  .map(([a, b, counted]): OpeningWindow => ({ from: clock(Math.min(a, b) * 15), to: clock(Math.max(a, b) * 15), type: 'public', counted }));
const days = fc.array(fc.record({ day: fc.constantFrom(first, addDays(first, 1), addDays(first, 3)), windows: fc.array(window, { minLength: 1, maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 3,
});

describe('[U14] when a show closes, or opens next', () => {
  test('is the first quarter of an hour in which it is otherwise than now', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 5 * 96 }), (drawn, quarter) => {
        const hours: OpeningHours = { days: drawn, rehearsals: [] };
        const atMs = startOfDayMs(first) + quarter * 15 * minuteMs;
        const endMs = startOfDayMs(addDays(first, 6));
        let turnMs: number | null = null;
        for (let t = atMs; t < endMs && turnMs === null; t += 15 * minuteMs) if (isOpen(hours, t) !== isOpen(hours, atMs)) turnMs = t;
        expect(turnsAtMs(hours, atMs)).toBe(turnMs);
      }),
    );
  });

  test('is not known without days, nor while it rehearses', () => {
    const atMs = startOfDayMs(first) + 10 * 60 * minuteMs;
    expect(turnsAtMs({ days: [], rehearsals: [] }, atMs)).toBeNull();
    const open = { day: first, windows: [{ from: '09:00', to: '18:00', type: 'public', counted: true }] } as const;
    const hours = { days: [{ ...open, windows: [...open.windows] }], rehearsals: [{ fromMs: atMs, toMs: atMs + 1 }] };
    expect(turnsAtMs(hours, atMs)).toBeNull();
    expect(turnsAtMs(hours, atMs + 1)).toBe(startOfDayMs(first) + 18 * 60 * minuteMs);
  });
});

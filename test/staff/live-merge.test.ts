/** Deltas of the staff socket: newer parts replace, older ones never do, other showcases never mix in. */
import { describe, expect, test } from 'vitest';
import { mergeDevice, mergeLive } from '../../kiosk/staff/live-merge.ts';
import { kiosk, live } from './live.ts';

describe('a delta of figures', () => {
  test('replaces only the parts that it carries', () => {
    const before = live();
    const after = mergeLive(before, { position: 11, asOf: '2026-11-25T14:32:06+08:00', today: { ...before.today, visits: 1_987 } });
    expect(after.today.visits).toBe(1_987);
    expect(after.points).toBe(before.points);
    expect([after.position, after.asOf]).toEqual([11, '2026-11-25T14:32:06+08:00']);
  });
  test('of the same position moves the time on', () => {
    expect(mergeLive(live(), { position: 10, asOf: '2026-11-25T14:32:10+08:00' }).asOf).toBe('2026-11-25T14:32:10+08:00');
  });
  test('of an earlier position changes nothing', () => {
    const before = live();
    expect(mergeLive(before, { position: 9, asOf: '2026-11-25T14:32:00+08:00', open: false })).toBe(before);
  });
  test('of another showcase changes nothing', () => {
    const before = live();
    expect(mergeLive(before, { position: 99, asOf: before.asOf, showcase: 'maker-in-china' })).toBe(before);
  });
});

describe('news of a device', () => {
  const here = 'smart-hong-kong-pavilion';
  const two = [kiosk(), kiosk({ id: 'k-2' })];
  test('change it in its place', () => {
    expect(mergeDevice(two, kiosk({ status: 'offline' }), here).map((d) => [d.id, d.status])).toEqual([
      ['k-1', 'offline'],
      ['k-2', 'ok'],
    ]);
  });
  test('add one that is new', () => {
    expect(mergeDevice(two, kiosk({ id: 'k-3' }), here).map((d) => d.id)).toEqual(['k-1', 'k-2', 'k-3']);
  });
  test.each([{ revoked: true }, { showcase: 'maker-in-china' }])('take away one that is gone: %o', (gone) => {
    expect(mergeDevice(two, kiosk(gone), here).map((d) => d.id)).toEqual(['k-2']);
    expect(mergeDevice([], kiosk(gone), here)).toEqual([]);
  });
});

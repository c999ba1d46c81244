/** News of devices put into what the screen holds. */
import { describe, expect, test } from 'vitest';
import { mergeDevice } from '../../kiosk/staff/live-merge.ts';
import { kiosk } from './live.ts';

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

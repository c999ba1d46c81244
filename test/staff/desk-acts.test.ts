/** Pairing codes as people type them, and the requests behind the acts. */
import { expect, test } from 'vitest';
import { deskActs, userCodeOf } from '../../kiosk/staff/desk-acts.ts';
import { type Ask, askOver } from '../../kiosk/ui/api.ts';
import { openHoursOf } from '../../kiosk/ui/showcase-info.ts';

test.each([
  ['bcdf-ghjk', 'BCDF-GHJK'],
  [' BCDF GHJK ', 'BCDF-GHJK'],
  ['BCDF–GHJK', 'BCDF-GHJK'],
  ['BCDFGHJ', null],
  ['BCDF-GHJ1', null],
])('pairing code %s', (typed, code) => {
  expect(userCodeOf(typed)).toBe(code);
});

test('ids never break out of their path', async () => {
  const asked: string[] = [];
  const ask: Ask = (method, path) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve({ ok: false, code: 'not_found', retryAfterMs: null, errors: [] });
  };
  await deskActs(ask).revoke('../session');
  await deskActs(ask).command('k-1', { kind: 'identify' });
  expect(asked).toEqual(['DELETE /api/v1/devices/..%2Fsession', 'POST /api/v1/devices/k-1/commands']);
});

test('a refusal comes back with its code and when to try again; no answer at all is told too', async () => {
  const limited = askOver(() => Promise.resolve(new Response(JSON.stringify({ code: 'rate_limited' }), { status: 429, headers: { 'Retry-After': '42' } })));
  expect(await limited('GET', '/x')).toEqual({ ok: false, code: 'rate_limited', retryAfterMs: 42_000, errors: [] });
  const gone = askOver(() => Promise.reject(new TypeError('failed')));
  expect(await gone('GET', '/x')).toMatchObject({ ok: false, code: 'unreachable' });
  const proxy = askOver(() => Promise.resolve(new Response('<html>', { status: 502 })));
  expect(await proxy('GET', '/x')).toMatchObject({ ok: false, code: 'unreadable' });
});

test('opening windows of today in whole hours', () => {
  const day = { from: '09:30', to: '17:30', type: 'public' as const, counted: true };
  const info = {
    id: 'x',
    name: { 'zh-HK': '', 'zh-CN': '', en: '' },
    days: [],
    zones: [],
    points: [],
    projects: [],
    windows: [{ day: '2026-11-25', windows: [day, { ...day, counted: false, from: '07:00' }] }],
  };
  expect(openHoursOf(info, Date.parse('2026-11-25T01:00:00Z'))).toEqual([[9, 18]]);
  expect(openHoursOf(info, Date.parse('2026-11-25T17:00:00Z'))).toEqual([]);
});

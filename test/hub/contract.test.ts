/** The outward contract over HTTP: refusals, roles, secrets, headers, limits. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDoubleKey } from '../../server/routes/json-keys.ts';
import { floodMessagesMax, messagesBurstMax } from '../../server/sockets/door.ts';
import { passphrase, type SmallHub, showcase, smallHub } from './small-hub.ts';
import { epoch } from './stream.ts';

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: 'https://go.example.hk' });
});
afterAll(() => h.close());

const at = (path: string): string => `/api/v1/showcases/${showcase}${path}`;

describe('HTTP', () => {
  test('[H1] every error is a problem with a stable code, and leaves the journal as it was', async () => {
    const before = h.journal.position;
    const cases: [string, number, string, Parameters<SmallHub['ask']>[2], string?][] = [
      ['/api/v1/devices', 401, 'auth_required', {}],
      ['/api/v1/devices', 415, 'unsupported_media_type', { raw: '{}', headers: { 'content-type': 'text/plain' }, cookie: await h.cookie() }, 'POST'],
      ['/api/v1/devices', 400, 'bad_json', { raw: '{bad', headers: { 'content-type': 'application/json' }, cookie: await h.cookie() }, 'POST'],
      ['/api/v1/devices', 400, 'validation_failed', { body: { kind: 'robot' }, cookie: await h.cookie() }, 'POST'],
      ['/api/v1/devices', 400, 'validation_failed', { body: { kind: 'kiosk', name: 'x', showcase, zone: 'living', role: 'admin' }, cookie: await h.cookie() }, 'POST'],
      ['/api/v1/devices', 422, 'unknown_zone', { body: { kind: 'kiosk', name: 'x', showcase, zone: 'moon' }, cookie: await h.cookie() }, 'POST'],
      ['/api/v1/session', 401, 'bad_credentials', { body: { name: 'nobody', passphrase: 'wrong' } }, 'POST'],
      ['/api/v1/session', 413, 'body_too_large', { body: { name: 'x', passphrase: 'y'.repeat(1024 * 1024) } }, 'POST'],
      ['/api/v1/session', 400, 'too_deep', { raw: `${'['.repeat(100_000)}${']'.repeat(100_000)}`, headers: { 'content-type': 'application/json' } }, 'POST'],
      ['/api/v1/session', 405, 'method_not_allowed', {}, 'PUT'],
      [at('/corrections'), 400, 'duplicate_key', { raw: '{"in":1,"\\u0069n":40}', headers: { 'content-type': 'application/json' }, cookie: await h.cookie() }, 'POST'],
      [
        at('/corrections'),
        422,
        'unknown_point',
        { body: { point: 'moon', hour: '2026-01-01T00:00:00+08:00', in: 1, out: 0, reason: 'no such door' }, cookie: await h.cookie() },
        'POST',
      ],
      [
        at('/corrections'),
        400,
        'validation_failed',
        { body: { point: 'door-a', hour: '2026-01-01T00:00:00+08:00', in: 1, out: 0, reason: 'a\u0000b' }, cookie: await h.cookie() },
        'POST',
      ],
      ['/api/v1/session', 400, 'validation_failed', { body: { name: 'admin', passphrase: `${passphrase}\u0000` } }, 'POST'],
      ['/qr/ABCDEF.svg', 405, 'method_not_allowed', {}, 'POST'],
      ['/api/v1/nothing', 404, 'not_found', {}],
      ['/api/v1/showcases/nowhere', 404, 'not_found', {}],
      [at('/attendance?by=day&by=hour'), 400, 'duplicate_param', { cookie: await h.cookie() }],
      [at('/attendance?by=moon'), 400, 'validation_failed', { cookie: await h.cookie() }],
      ['/api/v1/devices?token=abc', 400, 'token_in_url', {}],
      ['/api/v1/devices', 403, 'origin_forbidden', { body: {}, cookie: await h.cookie(), headers: { origin: 'https://evil.example' } }, 'POST'],
    ];
    for (const [path, status, code, more, method] of cases) {
      const answer = await h.ask(method ?? 'GET', path, more);
      expect([path, answer.status, answer.body?.code]).toEqual([path, status, code]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(['type', 'title', 'status', 'detail', 'code', 'requestId']));
      expect(answer.text).not.toMatch(/node_modules|\.ts:|at Object/);
    }
    expect(h.journal.position).toBe(before);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test('[H2] default deny: what a role may not, it can’t', async () => {
    const { token: kiosk } = await h.device('kiosk');
    const { token: counter } = await h.device('counter', { point: 'door-d' });
    const staff = await h.cookie('staff');
    const organiser = await h.cookie('organiser');
    const denied: [string, string, object][] = [
      ['GET', at('/attendance'), { token: kiosk }],
      ['GET', at('/live'), { token: counter }],
      ['POST', '/api/v1/readings', { token: kiosk, body: { records: [] } }],
      ['GET', at('/attendance'), { cookie: staff }],
      ['POST', '/api/v1/devices', { cookie: staff, body: {} }],
      ['POST', '/api/v1/accounts', { cookie: organiser, body: {} }],
      ['POST', at('/corrections'), { cookie: organiser, body: {} }],
    ];
    for (const [method, path, more] of denied) expect([path, (await h.ask(method, path, more)).status]).toEqual([path, 403]);
    for (const path of [at('/live'), at('/attendance'), at('/events'), '/api/v1/devices']) expect((await h.ask('GET', path)).status).toBe(401);
    expect((await h.ask('GET', at('/live'), { cookie: staff })).status).toBe(200);
    expect((await h.ask('GET', '/api/v1/session', { cookie: staff })).body).toEqual({ name: 'the-staff', role: 'staff' });
  });

  test('[H3] secrets are shown once and kept hashed; a short passphrase is refused', async () => {
    const { token } = await h.device('kiosk');
    expect((await h.ask('POST', '/api/v1/accounts', { cookie: await h.cookie(), body: { name: 'short', role: 'staff', passphrase: 'too short' } })).body.code).toBe(
      'passphrase_too_short',
    );
    let stored = '';
    for await (const { entries } of h.journal.read(0)) stored += JSON.stringify(entries);
    expect(stored).toContain('tokenHash');
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(passphrase);
  });

  test('[H4] pages and answers carry the security headers, API answers are not stored', async () => {
    const answer = await h.ask('GET', '/api/v1/showcases');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await h.ask('GET', '/healthz')).body).toEqual({ ok: true });
    expect((await h.ask('GET', '/readyz')).status).toBe(200);
    expect((await h.ask('GET', '/metrics')).text).toContain('harbourlight_journal_position');
    expect(Object.keys((await h.ask('GET', '/api/v1/openapi.json')).body.paths)).toContain('/api/v1/showcases/{id}/attendance');
  });

  test('[H5] showcases are public: points, zones, projects with their codes, in three languages', async () => {
    const list = (await h.ask('GET', '/api/v1/showcases')).body.showcases;
    expect(list.map((s: { id: string }) => s.id)).toEqual(expect.arrayContaining([showcase, 'maker-in-china']));
    const one = (await h.ask('GET', at(''))).body;
    expect(one.points.filter((p: { perimeter: boolean }) => p.perimeter).length).toBeGreaterThanOrEqual(4);
    expect(one.projects.length).toBeGreaterThanOrEqual(60);
    for (const p of one.projects) expect([Object.keys(p.name), p.code]).toEqual([['zh-HK', 'zh-CN', 'en'], expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{6}$/)]);
    expect(new Set(one.projects.map((p: { code: string }) => p.code)).size).toBe(one.projects.length);
    const maker = (await h.ask('GET', '/api/v1/showcases/maker-in-china')).body;
    expect(maker.points.filter((p: { perimeter: boolean }) => p.perimeter).length).toBeGreaterThanOrEqual(2);
    expect(maker.series).toHaveLength(3);
  });

  test('[H6] five wrong passphrases and the name must wait; others may go on', async () => {
    for (let i = 0; i < 5; i++) expect((await h.ask('POST', '/api/v1/session', { body: { name: 'guessed', passphrase: `wrong ${i}` } })).status).toBe(401);
    const sixth = await h.ask('POST', '/api/v1/session', { body: { name: 'guessed', passphrase: 'wrong 6' } });
    expect([sixth.status, sixth.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await h.ask('POST', '/api/v1/session', { body: { name: 'admin', passphrase } })).status).toBe(200);
  }, 60_000);
});

describe('HTTP’s own limits', () => {
  test.each([
    ['{"a":1,"a":2}', true],
    ['{"a":{"b":1,"b":2}}', true],
    ['[{"a":1},{"a":2}]', false],
    ['{"a":{"a":1},"b":["a","a","b",{"a":1}]}', false],
    ['{"a":"a","b":"\\"a\\":1,","c":"{"}', false],
    ['{"\\u0061":1,"a":2}', true],
    ['{"":1,"":2}', true],
    ['[1,"a","a"]', false],
    ['"a"', false],
    ['{ "a" : [ ] , "a" : 1 }', true],
  ])('[H1] %s names a key twice: %s', (text, twice) => {
    expect(hasDoubleKey(text)).toBe(twice);
  });

  test('[S1] a page of another origin is told 403 when it opens a socket, one of this origin may', async () => {
    const upgrade = (origin: string | null): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
          ...(origin && { Origin: origin }),
        };
        const asking = request(`${h.origin}/socket.io/?EIO=4&transport=websocket`, { headers });
        asking.on('response', (answer) => resolve(answer.statusCode ?? 0));
        asking.on('upgrade', (_, socket) => {
          socket.destroy();
          resolve(101);
        });
        asking.on('error', reject);
        asking.end();
      });
    for (const origin of ['https://evil.example', 'null', `${h.origin}.evil.example`, h.origin.replace('127', 'evil-127')])
      expect([origin, await upgrade(origin)]).toEqual([origin, 403]);
    for (const origin of [h.origin, null]) expect(await upgrade(origin)).toBe(101);
  });

  test('[S2] a socket that goes on far over its limit is cut, and the others go on', async () => {
    const { token } = await h.device('kiosk');
    const [wild, calm] = [await h.kiosk(token), await h.kiosk((await h.device('kiosk')).token)];
    const cut = new Promise((resolve) => void wild.once('disconnect', resolve));
    for (let i = 0; i < messagesBurstMax + floodMessagesMax + 200; i++) wild.emit('hello', { epoch: epoch('wild'), last: null, nowMs: 1 });
    await cut;
    expect(await calm.emitWithAck('hello', { epoch: epoch('calm'), last: null, nowMs: Date.now() })).toMatchObject({ ok: true });
  }, 30_000);

  test('[H3] signing in again in the same browser ends the session before', async () => {
    const first = await h.ask('POST', '/api/v1/session', { body: { name: 'admin', passphrase } });
    const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] as string;
    const second = await h.ask('POST', '/api/v1/session', { body: { name: 'admin', passphrase }, cookie });
    expect([(await h.ask('GET', '/api/v1/session', { cookie })).status, second.status]).toEqual([401, 200]);
    expect((await h.ask('GET', '/api/v1/session', { cookie: (second.headers.get('set-cookie') ?? '').split(';')[0] as string })).status).toBe(200);
  }, 30_000);
});

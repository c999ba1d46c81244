/** The outward contract, asked over real HTTP and real sockets. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasDoubleKey } from '../../server/routes/json-keys.ts';
import { floodMessagesMax, messagesBurstMax } from '../../server/sockets/door.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import { minute, passphrase, type SmallHub, showcase, smallHub } from './small-hub.ts';

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: 'https://go.example.hk' });
});
afterAll(() => h.close());

const at = (path: string): string => `/api/v1/showcases/${showcase}${path}`;
const epoch = (name: string): string => `epoch-${name}-0000`;
const event = (seq: number, name: string, more: object) => ({ seq, id: `id-${name}-${String(seq).padStart(6, '0')}`, atMs: Date.now(), ...more });

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

describe('counting over the wire', () => {
  test('[C1] readings are answered once durable, resends are duplicates, conflicts are kept aside, live and export agree', async () => {
    const { token } = await h.device('counter', { point: 'door-a' });
    const records = [minute(Date.now(), 30, 12, 3), minute(Date.now(), 29, 15, 4)];
    const send = (body: unknown) => h.ask('POST', '/api/v1/readings', { token, body });
    const first = await send({ records });
    expect([first.status, first.body]).toEqual([200, { accepted: 2, duplicates: 0, quarantined: 0, position: h.journal.position }]);
    expect((await send({ records })).body).toMatchObject({ accepted: 0, duplicates: 2, quarantined: 0 });
    expect((await send({ records: [{ ...records[0], in: 99 }] })).body).toMatchObject({ accepted: 0, quarantined: 1 });
    expect((await send({ records: [minute(Date.now(), -10, 5, 0)] })).body).toMatchObject({ accepted: 0, quarantined: 1 });
    expect((await send({ records: [{ kind: 'interval', from: records[0]?.kind, to: 'x', in: -1, out: 0 }] })).status).toBe(400);
    const basic = Buffer.from(`door:${token}`).toString('base64');
    expect((await h.ask('POST', '/api/v1/readings', { headers: { authorization: `Basic ${basic}` }, body: { records } })).body.duplicates).toBe(2);

    const admin = await h.cookie();
    const live = (await h.ask('GET', at('/live'), { cookie: admin })).body;
    const attendance = (await h.ask('GET', at('/attendance?by=hour'), { cookie: admin })).body;
    const entries = attendance.rows.reduce((n: number, r: { entries: number }) => n + (r.entries ?? 0), 0);
    expect(entries).toBe(27);
    expect(attendance.reconciliation).toMatchObject({ accepted: 27, check: 0 });
    expect(attendance.position).toBe(live.position);
    // an hour has every figure that a day has, of that hour alone
    const days = (await h.ask('GET', at('/attendance?by=day'), { cookie: admin })).body.rows;
    for (const row of attendance.rows) {
      expect(Object.keys(row)).toEqual(Object.keys(days[0]).map((column) => (column === 'day' ? 'hour' : column)));
      expect([row.peakHour, row.peakHourVisits, row.peakOccupancy >= row.entries - row.exits]).toEqual([row.hour, row.visits, true]);
    }
    expect(Math.max(...attendance.rows.map((r: { peakOccupancy: number }) => r.peakOccupancy))).toBe(days.at(-1).peakOccupancy);
    // half an hour ago may be yesterday, just after midnight
    if (dayOf(Date.now() - 1_900_000) === dayOf(Date.now())) expect(live.today).toMatchObject({ visits: 27, entries: 27, exits: 7, occupancy: 20 });
  });

  test('a kiosk that is registered without a zone stands in the showcase’s first one, and the list says so', async () => {
    const cookie = await h.cookie();
    const made = await h.ask('POST', '/api/v1/devices', { cookie, body: { kind: 'kiosk', name: '=HYPERLINK("x")', showcase } });
    expect(made.status).toBe(201);
    const { zones } = (await h.ask('GET', at(''))).body;
    const { devices } = (await h.ask('GET', '/api/v1/devices', { cookie })).body;
    expect(devices.find((d: { id: string }) => d.id === made.body.id)).toMatchObject({ name: '=HYPERLINK("x")', zone: zones[0].id });
    expect((await h.ask('DELETE', `/api/v1/devices/${made.body.id}`, { cookie })).status).toBeLessThan(300);
  });

  test('[C2] a kiosk’s session, views and shown codes are counted once, live within a second and in the CSV', async () => {
    const { token, id } = await h.device('kiosk', { zone: 'economy' });
    const admin = await h.cookie();
    const watcher = await h.staff(admin);
    const deltas: { today?: { sessions: number } }[] = [];
    watcher.on('tally', (d) => deltas.push(d));
    expect(await watcher.emitWithAck('watch', { showcase })).toMatchObject({ ok: true, position: expect.any(Number), live: { showcase } });
    const socket = await h.kiosk(token);
    const e = epoch('c2');
    expect(await socket.emitWithAck('record', { epoch: e, events: [event(1, 'c2', { kind: 'device.fault', code: 'x' })] })).toMatchObject({
      ok: false,
      error: { code: 'hello_first' },
    });
    expect(await socket.emitWithAck('hello', { epoch: e, last: null, nowMs: Date.now() })).toMatchObject({
      ok: true,
      verdict: 'ok',
      through: 0,
      device: id,
      showcase,
      zone: 'economy',
      wire: WIRE_VERSION,
    });
    const project = (await h.ask('GET', at(''))).body.projects[0];
    const session = 'session-c2-0001';
    const events = [
      event(1, 'c2', { kind: 'session.started', session, lang: 'zh-HK' }),
      event(2, 'c2', { kind: 'project.opened', session, project: project.id, via: 'hill' }),
      event(3, 'c2', { kind: 'project.opened', session, project: project.id, via: 'walk' }),
      event(4, 'c2', { kind: 'link.shown', session, code: project.code, project: project.id }),
      event(5, 'c2', { kind: 'session.ended', session, reason: 'idle', seconds: 42, inputs: 9 }),
    ];
    const sentMs = Date.now();
    const expected = { ok: true, through: 5, lastId: events[4]?.id, rejected: [] };
    expect(await socket.emitWithAck('record', { epoch: e, events })).toEqual(expected);
    expect(await socket.emitWithAck('record', { epoch: e, events })).toEqual(expected);
    // what a batch follows must stand there, and be an id
    const next = [event(6, 'c2', { kind: 'device.fault', code: 'x' })];
    for (const [after, code] of [
      [events[3]?.id, 'stream_diverged'],
      [null, 'validation_failed'],
    ])
      expect(await socket.emitWithAck('record', { epoch: e, events: next, after })).toMatchObject({ ok: false, error: { code } });
    expect(await socket.emitWithAck('record', { epoch: e, events: next, after: events[4]?.id })).toMatchObject({ ok: true, through: 6 });
    while (!deltas.some((d) => d.today?.sessions === 1) && Date.now() - sentMs < 1_000) await new Promise((r) => setTimeout(r, 20));
    expect(deltas.some((d) => d.today?.sessions === 1)).toBe(true);
    expect(await socket.emitWithAck('heartbeat', { waiting: 3, oldestMs: 10, screen: 'hill', fps: 30, heapBytes: 1e7, pack: 'x', faults: [] })).toMatchObject({ ok: true });

    for (const [agent, method, status] of [
      ['Mozilla/5.0 (iPhone)', 'GET', 302],
      ['WhatsApp/2.23', 'GET', 302],
      ['Mozilla/5.0', 'HEAD', 302],
    ] as const) {
      const scan = await h.ask(method, `/q/${project.code.toLowerCase()}`, { headers: { 'user-agent': agent } });
      expect([scan.status, new URL(scan.headers.get('location') ?? '').host]).toEqual([status, 'www.smartcity.gov.hk']);
    }
    const live = (await h.ask('GET', at('/live'), { cookie: admin })).body;
    expect(live.today).toMatchObject({ sessions: 1, engagedSessions: 1, projectViews: 1, shown: 1, scanned: 1 });
    expect(live.kiosks.find((k: { id: string }) => k.id === id)).toMatchObject({ status: 'ok', waiting: 3, screen: 'hill' });
    const rows = (await h.ask('GET', at('/attendance?by=project'), { cookie: admin })).body.rows;
    expect(rows.find((r: { project: string }) => r.project === project.id)).toEqual({ project: project.id, views: 1, shown: 1, scanned: 1, votes: 0 });
    const csv = await h.ask('GET', at('/attendance?by=day&format=csv'), { cookie: admin });
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="[\x20-\x7e]+\.csv"$/);
    const lines = Buffer.from(csv.text)
      .toString()
      .replace(/^\ufeff/, '')
      .split('\r\n');
    const cells = Object.fromEntries((lines[0] ?? '').split(',').map((c, i) => [c, lines[1]?.split(',')[i]]));
    expect(cells).toMatchObject({ sessions: '1', engagedSessions: '1', projectViews: '1', shown: '1', scanned: '1' });
    const ndjson = (await h.ask('GET', at('/events?format=ndjson'), { cookie: admin })).text
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l));
    expect(ndjson.filter((r: { epoch?: string }) => r.epoch === e)).toHaveLength(6);
    socket.close();
    watcher.close();
  });

  test('[X4] the printable report is tagged, in its language, and says what it cannot know', async () => {
    const answer = await h.ask('GET', at('/report?lang=en'), { cookie: await h.cookie('organiser') });
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toMatch(/^<!doctype html><html lang="en">/);
    expect(answer.text.match(/<section>/g)).toHaveLength(4);
    expect(answer.text).toMatch(/<th scope="row">/);
    expect(answer.text).toContain('—');
    expect(answer.text).not.toMatch(/undefined|NaN|<script|style=/);
    expect((await h.ask('GET', at('/report'), { cookie: await h.cookie('staff') })).status).toBe(403);
    expect((await h.ask('GET', '/api/v1/report.css')).status).toBe(200);
  });

  test('[C3] a short link leads to the visitor’s language, never elsewhere; unknown ones get a page in three languages', async () => {
    const project = (await h.ask('GET', at(''))).body.projects[1];
    const to = async (path: string, headers = {}) => (await h.ask('GET', path, { headers })).headers.get('location');
    expect(await to(`/q/${project.code}-S`)).toBe('https://www.smartcity.gov.hk/?lang=zh_CN');
    expect(await to(`/q/${project.code}-t`)).toBe('https://www.smartcity.gov.hk/');
    expect(await to(`/Q/${project.code}`, { 'accept-language': 'en-GB,zh;q=0.5' })).toBe('https://www.smartcity.gov.hk/?lang=en');
    expect(await to(`/q/${project.code}?u=https://evil.example`, { 'accept-language': 'en-GB' })).toBe('https://www.smartcity.gov.hk/?lang=en');
    for (const bad of ['AAAAAA', 'x', '%00', '..%2f..%2fx', 'A'.repeat(4_000)]) {
      const answer = await h.ask('GET', `/q/${bad}`);
      expect([bad.slice(0, 9), answer.status]).toEqual([bad.slice(0, 9), 404]);
    }
    const page = await h.ask('GET', '/q/ZZZZZZ');
    expect(page.text).toMatch(/找不到.*找不到.*not found/s);
    expect(page.text).not.toContain('ZZZZZZ');
  });

  test('[C4] a correction is an entry of its own beside the counts and never takes an hour below none', async () => {
    const supervisor = await h.cookie('supervisor');
    const hour = new Date(Date.now() - 1_800_000).toISOString();
    const before = (await h.ask('GET', at('/attendance'), { cookie: await h.cookie() })).body.totals;
    const ok = await h.ask('POST', at('/corrections'), { cookie: supervisor, body: { point: 'door-a', hour, in: 5, out: 0, reason: 'school group by the side gate' } });
    expect(ok.status).toBe(201);
    expect((await h.ask('POST', at('/corrections'), { cookie: supervisor, body: { point: 'door-a', hour, in: -9_999, out: 0, reason: 'a mistake' } })).body.code).toBe(
      'correction_below_zero',
    );
    const after = (await h.ask('GET', at('/attendance'), { cookie: await h.cookie() })).body.totals;
    expect([after.visits - before.visits, after.entries - before.entries, after.corrections - before.corrections]).toEqual([5, 0, 5]);
  });
});

describe('sockets', () => {
  test('[S1] the Origin is checked on every handshake, the token decides who it is', async () => {
    const { token } = await h.device('kiosk');
    const { token: counter } = await h.device('counter', { point: 'door-c' });
    await expect(h.kiosk('nonsense')).rejects.toThrow('auth_required');
    await expect(h.kiosk(counter)).rejects.toThrow('forbidden');
    for (const wire of ['x', '1', null, 0, 1.5]) await expect(h.kiosk(token, { wire })).rejects.toThrow('wire_unsupported');
    // the contract's version, every one since, and a kiosk that was updated before its hub
    for (const wire of [1, 2, WIRE_VERSION, WIRE_VERSION + 1]) (await h.kiosk(token, { wire })).close();
    await expect(h.staff('sid=nonsense')).rejects.toThrow('auth_required');
    await expect(h.staff(await h.cookie(), { origin: 'https://evil.example' })).rejects.toThrow();
    await expect(h.staff(await h.cookie(), { origin: `${h.origin}.evil.example` })).rejects.toThrow();
    (await h.staff(await h.cookie(), { origin: h.origin })).close();
  });

  test('[S2] whatever is thrown at the door is answered or cut; the hub lives', async () => {
    const { token } = await h.device('kiosk');
    const socket = await h.kiosk(token);
    for (const payload of [null, [], 'x', 7, { epoch: 'short' }, { epoch: epoch('s2'), last: null, nowMs: 'now' }])
      expect(await socket.emitWithAck('hello', payload)).toMatchObject({ ok: false, error: { code: 'validation_failed' } });
    socket.emit('hello', null);
    for (const name of ['watch', 'toString', '__proto__', 'constructor']) socket.emit(name, {});
    expect(
      await socket
        .timeout(2_000)
        .emitWithAck('nothing', {})
        .catch(() => 'cut'),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await new Promise((r) => setTimeout(r, 100));
    expect(socket.connected).toBe(false);
    const flood = await h.kiosk(token);
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => flood.emitWithAck('heartbeat', { waiting: 0, oldestMs: null, screen: 'x', fps: null, heapBytes: null, pack: null, faults: [] })),
    );
    expect(answers.filter((a) => a.ok).length).toBeLessThan(400);
    expect(answers.find((a) => !a.ok)).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 1_000 } });
    flood.close();
    expect((await h.ask('GET', '/healthz')).status).toBe(200);
  });

  test('[S3] a revoked device is cut within a second, on its socket and over HTTP', async () => {
    const { token, id } = await h.device('kiosk');
    const socket = await h.kiosk(token);
    const cut = new Promise((resolve) => socket.on('disconnect', resolve));
    expect((await h.ask('DELETE', `/api/v1/devices/${id}`, { cookie: await h.cookie('supervisor') })).status).toBe(204);
    await expect(Promise.race([cut, new Promise((_, reject) => setTimeout(() => reject(new Error('still connected')), 1_000))])).resolves.toBeDefined();
    await expect(h.kiosk(token)).rejects.toThrow('auth_required');
  });

  test('[S4] signing out cuts the sockets of that session', async () => {
    const login = await h.ask('POST', '/api/v1/session', { body: { name: 'admin', passphrase } });
    const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] as string;
    expect(login.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    const socket = await h.staff(cookie);
    const cut = new Promise((resolve) => socket.on('disconnect', resolve));
    await h.ask('DELETE', '/api/v1/session', { cookie });
    await cut;
    expect((await h.ask('GET', '/api/v1/session', { cookie })).status).toBe(401);
  });

  test('[S5] a command is delivered when the kiosk says so, and shown as not delivered otherwise', async () => {
    const { token, id } = await h.device('kiosk');
    const staff = await h.cookie('staff');
    const send = async () => (await h.ask('POST', `/api/v1/devices/${id}/commands`, { cookie: staff, body: { command: { kind: 'identify' } } })).body.delivered;
    expect(await send()).toEqual([{ id, ok: false }]);
    const socket = await h.kiosk(token);
    socket.on('command', (c: { kind: string }, ack: (a: object) => void) => ack({ ok: c.kind === 'identify' }));
    expect(await send()).toEqual([{ id, ok: true }]);
    socket.close();
  });

  test('[S6] a click at a door is durable when acknowledged and counts once; taking it back counts it out', async () => {
    const socket = await h.staff(await h.cookie('staff'));
    await socket.emitWithAck('watch', { showcase });
    const click = { id: 'click-000000001', point: 'door-b', direction: 'in', n: 5, atMs: Date.now() };
    const entries = async () => (await h.ask('GET', at('/live'), { cookie: await h.cookie() })).body.points.find((p: { id: string }) => p.id === 'door-b').entries;
    expect(await socket.emitWithAck('count.click', click)).toMatchObject({ ok: true });
    expect(await socket.emitWithAck('count.click', click)).toMatchObject({ ok: true });
    expect(await entries()).toBe(5);
    expect(await socket.emitWithAck('count.void', { id: 'void-000000001', of: click.id, reason: 'wrong door' })).toMatchObject({ ok: true });
    expect(await socket.emitWithAck('count.void', { id: 'void-000000002', of: click.id, reason: 'again' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await entries()).toBe(0);
    socket.close();
  });
});

describe('pairing', () => {
  test('[D1] the first start’s link pairs once', async () => {
    const secret = h.hub.first?.pairSecret;
    expect((await h.ask('POST', '/api/v1/pairings/claim', { body: { secret: 'x'.repeat(24) } })).status).toBe(404);
    const claimed = await h.ask('POST', '/api/v1/pairings/claim', { body: { secret } });
    expect(claimed.body).toMatchObject({ showcase, id: expect.stringMatching(/^k-/), token: expect.any(String) });
    (await h.kiosk(claimed.body.token)).close();
    expect((await h.ask('POST', '/api/v1/pairings/claim', { body: { secret } })).body.code).toBe('code_unknown');
  });

  test('[D2] a code on the kiosk’s screen, approved by staff, gives the token once', async () => {
    const started = await h.ask('POST', '/api/v1/pairings', { body: {} });
    expect(started.body.userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    const poll = () => h.ask('GET', `/api/v1/pairings/${started.body.deviceCode}`);
    expect((await poll()).body.code).toBe('pairing_pending');
    const words = await h.ask('POST', '/api/v1/pairings/find', { cookie: await h.cookie('staff'), body: { userCode: started.body.userCode } });
    expect(words.body).toEqual({ words: started.body.words });
    expect((await h.ask('POST', '/api/v1/pairings/find', { cookie: await h.cookie('staff'), body: { userCode: 'BBBB-BBBB' } })).body.code).toBe('code_unknown');
    const approve = (userCode: string) => h.ask('POST', '/api/v1/pairings/approve', { cookie: '', body: { userCode, name: 'Pier kiosk', showcase, zone: 'economy' } });
    expect((await approve(started.body.userCode)).status).toBe(401);
    const approved = await h.ask('POST', '/api/v1/pairings/approve', {
      cookie: await h.cookie('staff'),
      body: { userCode: started.body.userCode.toLowerCase().replace('-', ''), name: 'Pier kiosk', showcase, zone: 'economy' },
    });
    expect(approved.status).toBe(200);
    expect((await poll()).body).toMatchObject({ id: approved.body.id, showcase, zone: 'economy' });
    expect((await poll()).body.code).toBe('code_unknown');
  });
});

/** The doors of sockets: who is let in, what is thrown at them, who is cut, and how a kiosk gets its token. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import { passphrase, type SmallHub, showcase, smallHub } from './small-hub.ts';
import { epoch } from './stream.ts';

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: 'https://go.example.hk' });
});
afterAll(() => h.close());

const at = (path: string): string => `/api/v1/showcases/${showcase}${path}`;

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

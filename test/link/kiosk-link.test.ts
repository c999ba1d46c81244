import { describe, expect, it } from 'vitest';
import { openKioskLink } from '../../kiosk/link/kiosk-link.ts';
import { MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import { chanceOf } from '../faults/chance.ts';
import { drained, FakeClock } from '../faults/fake-clock.ts';
import { AnsweringWire, takingHub } from './answering-wire.ts';
import { started } from './pieces.ts';

type Reply = { status: number; body?: unknown; etag?: string } | null;

/** A link whose hub answers HTTP by `replies`; null means that there is no network. */
const linked = async (replies: (method: string, path: string, headers: Headers) => Reply, storage = new MemoryStorage()) => {
  const clock = new FakeClock();
  const hub = takingHub();
  const fetched: typeof fetch = async (input, init) => {
    const reply = replies(init?.method ?? 'GET', new URL(String(input)).pathname.replace('/api/v1', ''), new Headers(init?.headers));
    if (!reply) throw new TypeError('no network');
    return new Response(reply.status === 304 ? null : JSON.stringify(reply.body ?? {}), { status: reply.status, headers: reply.etag ? { etag: reply.etag } : {} });
  };
  const link = await openKioskLink({
    origin: 'http://hub',
    fetch: fetched,
    now: () => clock.nowMs(),
    random: chanceOf(3).bytes,
    clock,
    storage,
    wire: () => new AnsweringWire(hub),
  });
  await drained();
  return { link, clock, hub, storage };
};

const device = { id: 'k-1', token: 'secret-token', showcase: 'show', zone: 'hall' };
const content = { version: 'v1', showcase: 'show', mode: 'direct', origin: null, homeCode: 'ABC123', packs: [{}], projects: [] };

describe('the kiosk link', () => {
  it('records nothing while unpaired, and all that follows once claimed', async () => {
    const { link, hub } = await linked((method, path) => (method === 'POST' && path === '/pairings/claim' ? { status: 200, body: device } : null));
    await link.record(started(1));
    expect(link.state()).toMatchObject({ paired: false, waiting: 0, storage: 'memory', faults: ['storage_memory'] });
    expect(await link.claim('a-long-enough-secret')).toBe(true);
    await drained();
    expect(link.state()).toMatchObject({ paired: true, showcase: 'show', zone: 'hall', device: 'k-1', online: true });
    await link.record(started(2));
    await drained();
    expect(hub.tokens).toEqual(['secret-token']);
    expect(hub.got).toMatchObject([{ seq: 1, session: 'session-2' }]);
    expect(link.state().waiting).toBe(0);
    await link.close();
    await expect(link.record(started(3))).rejects.toThrow();
  });

  it('says when a secret is used up or the hub is away', async () => {
    for (const reply of [null, { status: 404 }, { status: 200, body: { id: 'k' } }]) {
      const { link } = await linked(() => reply);
      expect(await link.claim('a-long-enough-secret')).toBe(false);
      expect(link.state().paired).toBe(false);
    }
  });

  it('is paired by a code once staff approve it, over a hub that goes and comes', async () => {
    const replies: Reply[] = [{ status: 400, body: { code: 'pairing_pending' } }, null, { status: 200, body: device }];
    const words = { 'zh-HK': '甲', 'zh-CN': '乙', en: 'c' };
    const { link, clock } = await linked((method) =>
      method === 'POST' ? { status: 201, body: { deviceCode: 'd', userCode: 'BCDF-GHJK', words, expiresInMs: 600_000, intervalMs: 5_000 } } : (replies.shift() ?? null),
    );
    const pairing = await link.startPairing();
    expect(pairing).toMatchObject({ userCode: 'BCDF-GHJK', words });
    for (let n = 0; n < 3; n++) await clock.pass(5_000);
    await pairing?.approved;
    expect(link.state().paired).toBe(true);
  });

  it('gives a code up when the hub has forgotten it', async () => {
    const { link, clock } = await linked((method) =>
      method === 'POST'
        ? { status: 201, body: { deviceCode: 'd', userCode: 'B', words: { 'zh-HK': 'a', 'zh-CN': 'b', en: 'c' }, expiresInMs: 600_000, intervalMs: 5_000 } }
        : { status: 404 },
    );
    const pairing = await link.startPairing();
    const refused = expect(pairing?.approved).rejects.toThrow('pairing_expired');
    await clock.pass(5_000);
    await refused;
  });

  it('keeps the last good content: asks with its etag, and replaces it only by a whole one', async () => {
    let reply: Reply = { status: 200, body: content, etag: '"v1"' };
    const asked: (string | null)[] = [];
    const { link } = await linked((_method, _path, headers) => {
      asked.push(headers.get('if-none-match'));
      return reply;
    });
    expect(await link.content('show')).toMatchObject({ version: 'v1' });
    for (const next of [{ status: 304 }, null, { status: 500, body: {} }, { status: 200, body: { ...content, showcase: 'other' } }, { status: 200, body: '<html>' }]) {
      reply = next;
      expect(await link.content('show')).toMatchObject({ version: 'v1' });
    }
    expect(asked).toEqual([null, '"v1"', '"v1"', '"v1"', '"v1"', '"v1"']);
    expect(await link.content('another')).toBeNull();
  });

  it('lists the showcases as last heard', async () => {
    let reply: Reply = { status: 200, body: { showcases: [{ id: 'show' }, { id: 'fair' }] } };
    const { link } = await linked(() => reply);
    expect(await link.showcases()).toEqual(['show', 'fair']);
    reply = null;
    expect(await link.showcases()).toEqual(['show', 'fair']);
  });

  it('carries what waits over an unpairing and a new pairing, but not what was acknowledged', async () => {
    const { link, hub, storage } = await linked(() => ({ status: 200, body: device }));
    await link.claim('a-long-enough-secret');
    await link.record(started(1));
    await drained();
    await link.unpair();
    expect(link.state()).toMatchObject({ paired: false, online: false, waiting: 0 });
    expect(storage.disk.events.size).toBe(0);
    await link.claim('a-long-enough-secret');
    await drained();
    expect(hub.got).toHaveLength(1);
  });

  it('passes commands and tallies on, and tells subscribers what changed', async () => {
    const { link, hub } = await linked(() => ({ status: 200, body: device }));
    const states: boolean[] = [];
    const stop = link.subscribe((s) => states.push(s.online));
    await link.claim('a-long-enough-secret');
    await drained();
    expect(states).toContain(true);
    const heard: string[] = [];
    link.onCommand(async (c) => void heard.push(c.kind));
    link.onTally((t) => heard.push(t.showcase));
    const wire = hub.wires[0];
    const answers: unknown[] = [];
    wire?.listener?.command({ kind: 'identify' }, (a) => answers.push(a));
    wire?.listener?.tally({ showcase: 'show', asOf: '', visits: 3, open: true });
    await drained();
    expect(heard.sort()).toEqual(['identify', 'show']);
    expect(answers).toEqual([{ ok: true }]);
    stop();
  });
});

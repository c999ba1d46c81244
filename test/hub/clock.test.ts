/** Time: a hub whose clock is set, and events whose time is not known well. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockWatchMs } from '../../server/hub.ts';
import type { Entry } from '../../shared/entry.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

const epoch = 'epoch-of-this-kiosk-01';
const patience = { timeout: clockWatchMs + 20_000, interval: 50 };
const started = (seq: number, atMs: number, time?: string) => ({
  seq,
  id: `event-number-${seq}`,
  atMs,
  kind: 'session.started',
  session: `session-${seq}`,
  lang: 'en',
  ...(time && { time }),
});

describe('time', () => {
  let small: SmallHub;
  beforeAll(async () => {
    small = await smallHub({ atMs: Date.parse('2026-04-14T14:30:00+08:00') });
  });
  afterAll(() => small.close());

  const entries = async (): Promise<Entry[]> => {
    const all: Entry[] = [];
    for await (const chunk of small.journal.read(0)) all.push(...chunk.entries);
    return all;
  };
  const steps = async (): Promise<Entry[]> => (await entries()).filter((e) => e.kind === 'clock.stepped');
  const hours = async () => {
    const { body } = await small.ask('GET', `/api/v1/showcases/${showcase}/attendance?by=hour`, { cookie: await small.cookie() });
    return Object.fromEntries(body.rows.filter((r: { sessions: number }) => r.sessions > 0).map((r: { hour: string; sessions: number }) => [r.hour.slice(11, 13), r.sessions]));
  };

  it('[T3] an event belongs to the hour of its corrected time; one whose time nobody knows, to that of its receipt; the export says which', async () => {
    const { token } = await small.device('kiosk');
    const kiosk = await small.kiosk(token);
    const wrongByMs = 86_400_000;
    const nowMs = small.hub.parts.clock.nowMs();
    await kiosk.emitWithAck('hello', { epoch, last: null, nowMs: nowMs + wrongByMs });
    const events = [
      started(1, nowMs + wrongByMs),
      started(2, nowMs + wrongByMs - 3_600_000, 'inferred'),
      started(3, 86_400_000, 'received'),
      started(4, 0),
      started(5, nowMs + wrongByMs - 2 * 3_600_000),
    ];
    expect(await kiosk.emitWithAck('record', { epoch, events })).toMatchObject({ ok: true, through: 5, rejected: [] });
    expect(await hours()).toEqual({ 12: 1, 13: 1, 14: 3 });
    const { text } = await small.ask('GET', `/api/v1/showcases/${showcase}/events?format=ndjson`, { cookie: await small.cookie() });
    const told = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((r) => r.kind === 'session.started')
      .map((r) => [r.seq, r.timeQuality]);
    expect(told).toEqual([
      [1, 'synced'],
      [2, 'inferred'],
      [3, 'received'],
      [4, 'clamped'],
      [5, 'synced'],
    ]);
  });

  it('[T4] a clock that is set is recorded, the order stays, nobody’s session is extended, and every kiosk measures its clock anew', async () => {
    const { token } = await small.device('kiosk');
    const kiosk = await small.kiosk(token);
    const cut = new Promise((resolve) => void kiosk.once('disconnect', resolve));
    const cookie = await small.cookie();
    small.stepClock(-3_600_000);
    await cut;
    await expect.poll(steps, patience).toMatchObject([{ byMs: -3_600_000 }]);
    const again = await small.kiosk(token);
    const { nowMs } = await again.emitWithAck('hello', { epoch: 'another-epoch-of-it', last: null, nowMs: small.hub.parts.clock.nowMs() });
    expect(Math.abs(nowMs - small.hub.parts.clock.nowMs())).toBeLessThan(2_000);
    small.stepClock(13 * 3_600_000);
    await expect.poll(steps, patience).toMatchObject([{ byMs: -3_600_000 }, { byMs: 13 * 3_600_000 }]);
    // a day's step forward signs nobody out: what runs out is told by the clock that never steps
    expect((await small.ask('GET', '/api/v1/session', { cookie })).status).toBe(200);
  });
});

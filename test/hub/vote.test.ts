/** The visitors' vote over HTTP and the wire: who opens, closes and publishes it, what kiosks hear, and what becomes of votes that come late. */
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import type { PublicTally } from '../../shared/wire.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub();
});
afterAll(() => h.close());

const at = `/api/v1/showcases/${showcase}/vote`;
const nowMs = (): number => h.hub.parts.clock.nowMs();
const inMinutes = (n: number): string => rfc3339(Math.floor(nowMs() / 1_000) * 1_000 + n * 60_000);
const set = async (body: object, cookie?: string) => h.ask('PUT', at, { body, cookie: cookie ?? (await h.cookie()) });
const publish = async (on: boolean, cookie?: string) => h.ask('PUT', `${at}/publication`, { body: { on }, cookie: cookie ?? (await h.cookie()) });
const standing = async () => (await h.ask('GET', at, { cookie: await h.cookie() })).body;

/** A kiosk that listens from the moment it connects, on any version of the wire. */
const kiosk = async (wire = 9) => {
  const { token, id } = await h.device('kiosk');
  const heard: PublicTally[] = [];
  const socket = io(`${h.origin}/kiosk`, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token, wire } });
  socket.on('tally', (t: PublicTally) => heard.push(t));
  await new Promise<void>((done) => socket.once('connect', () => done()));
  const epoch = `epoch-of-${id.slice(0, 12)}`;
  let seq = 0;
  await socket.emitWithAck('hello', { epoch, last: null, nowMs: nowMs() });
  return {
    id,
    heard,
    last: () => heard.at(-1),
    close: () => socket.close(),
    vote: async (session: string, project: string, atMs = nowMs()) => {
      seq++;
      const event = { seq, id: `${id.slice(0, 8)}-vote-${String(seq).padStart(6, '0')}`, atMs, kind: 'vote.cast', session, project };
      expect(await socket.emitWithAck('record', { epoch, events: [event] })).toMatchObject({ ok: true, rejected: [] });
    },
  };
};
const votesByProject = async (): Promise<Record<string, number>> => {
  const { rows } = (await h.ask('GET', `/api/v1/showcases/${showcase}/attendance?by=project`, { cookie: await h.cookie() })).body;
  return Object.fromEntries(rows.filter((r: { votes: number }) => r.votes > 0).map((r: { project: string; votes: number }) => [r.project, r.votes]));
};

describe('[B3] the acts', () => {
  test('a vote that nobody has set is open, and kiosks are told nothing of it', async () => {
    expect(await standing()).toMatchObject({ state: 'open', set: false, since: null, opens: null, closes: null, published: false, votes: 0, uncounted: 0 });
    const k = await kiosk();
    await expect.poll(() => k.heard.length).toBeGreaterThan(0);
    expect(k.last()).not.toHaveProperty('vote');
    k.close();
  });

  test('who may: supervisors and organisers set it, organisers publish it, and nobody does who may not', async () => {
    const status = async (role: 'staff' | 'supervisor' | 'organiser' | 'admin') => [
      (await set({ state: 'open' }, await h.cookie(role))).status,
      (await publish(false, await h.cookie(role))).status,
      (await h.ask('GET', at, { cookie: await h.cookie(role) })).status,
    ];
    expect(await status('staff')).toEqual([403, 403, 200]);
    expect(await status('supervisor')).toEqual([201, 403, 200]);
    expect(await status('organiser')).toEqual([201, 201, 200]);
    expect(await status('admin')).toEqual([201, 201, 200]);
    expect((await h.ask('PUT', at, { body: { state: 'open' } })).status).toBe(401);
    expect((await h.ask('GET', at)).status).toBe(401);
    const { token } = await h.device('kiosk');
    expect((await h.ask('PUT', at, { body: { state: 'closed' }, token })).status).toBe(403);
    expect((await h.ask('PUT', '/api/v1/showcases/no-such/vote', { body: { state: 'open' }, cookie: await h.cookie() })).status).toBe(404);
  });

  test('what cannot be is refused by path and code, and nothing of it is recorded', async () => {
    const before = (await standing()).position;
    const why = async (body: object) => {
      const { status, body: told } = await set(body);
      return [status, told.errors?.[0]?.path, told.errors?.[0]?.code];
    };
    expect(await why({ state: 'waiting', opens: inMinutes(-1) })).toEqual([400, 'opens', 'in_the_past']);
    expect(await why({ state: 'open', opens: inMinutes(5) })).toEqual([400, 'opens', 'not_waiting']);
    expect(await why({ state: 'open', closes: inMinutes(-5) })).toEqual([400, 'closes', 'in_the_past']);
    expect(await why({ state: 'closed', closes: inMinutes(5) })).toEqual([400, 'closes', 'already_closed']);
    expect(await why({ state: 'waiting', closes: inMinutes(5) })).toEqual([400, 'opens', 'required']);
    expect(await why({ state: 'waiting', opens: inMinutes(9), closes: inMinutes(9) })).toEqual([400, 'closes', 'before_opening']);
    expect((await why({ state: 'shut' }))[0]).toBe(400);
    expect((await why({ state: 'open', closes: 'tomorrow' }))[0]).toBe(400);
    expect((await why({ state: 'open', extra: 1 }))[0]).toBe(400);
    const early = await publish(true);
    expect([early.status, early.body.code]).toEqual([409, 'vote_not_closed']);
    expect((await standing()).position).toBe(before);
  });

  test('the log names who did it, and the description of the hub has the routes', async () => {
    await set({ state: 'waiting', opens: inMinutes(10), closes: inMinutes(20) });
    const { lines } = (await h.ask('GET', `/api/v1/showcases/${showcase}/log`, { cookie: await h.cookie() })).body;
    expect(lines.at(-1).entry).toMatchObject({ kind: 'vote.set', by: 'admin', state: 'waiting' });
    const { paths } = (await h.ask('GET', '/api/v1/openapi.json')).body;
    expect(Object.keys(paths['/api/v1/showcases/{id}/vote'])).toEqual(['get', 'put']);
    expect(paths['/api/v1/showcases/{id}/vote/publication'].put.requestBody).toBeDefined();
  });
});

describe('[B4] kiosks and late votes', () => {
  test('kiosks hear every act at once, also an old one, whose votes count as ever', async () => {
    const [now, old] = [await kiosk(), await kiosk(4)];
    await set({ state: 'waiting', opens: inMinutes(10), closes: inMinutes(20) });
    await expect.poll(() => now.last()?.vote?.state).toBe('waiting');
    expect(now.last()?.vote).toMatchObject({ opens: expect.stringMatching(/\+08:00$/), closes: expect.stringMatching(/\+08:00$/) });
    h.moveMs(2_000);
    await set({ state: 'open' });
    await expect.poll(() => now.last()?.vote).toEqual({ state: 'open' });
    await old.vote('session-of-an-old-one', 'signals-of-old');
    await expect.poll(votesByProject).toEqual({ 'signals-of-old': 1 });
    h.moveMs(2_000);
    await set({ state: 'closed' });
    await expect.poll(() => old.last()?.vote?.state).toBe('closed');
    expect(now.last()?.vote).not.toHaveProperty('result');
    h.moveMs(2_000);
    expect((await publish(true)).status).toBe(201);
    await expect.poll(() => now.last()?.vote?.result).toEqual({ votes: 1, rows: [{ project: 'signals-of-old', votes: 1, place: 1 }] });
    h.moveMs(2_000);
    await publish(false);
    await expect.poll(() => now.last()?.vote?.result).toBeUndefined();
    now.close();
    old.close();
  });

  test('a vote cast while it was open counts when it comes after the close; one cast after it is kept, and every export says so', async () => {
    h.moveMs(60_000);
    await set({ state: 'open' });
    const k = await kiosk();
    const castMs = nowMs() + 5_000;
    h.moveMs(10_000);
    await set({ state: 'closed' });
    h.moveMs(30_000);
    await k.vote('session-kept-away', 'kept-away', castMs);
    await k.vote('session-after-close', 'after-close');
    expect(await votesByProject()).toEqual({ 'signals-of-old': 1, 'kept-away': 1 });
    expect(await standing()).toMatchObject({ state: 'closed', votes: 2, uncounted: 1 });
    const cookie = await h.cookie();
    for (const format of ['ndjson', 'csv']) {
      const { text } = await h.ask('GET', `/api/v1/showcases/${showcase}/events?format=${format}`, { cookie });
      const line = (project: string): string => text.split('\n').find((l) => l.includes('vote.cast') && l.includes(project)) ?? '';
      expect(line('after-close')).toContain('uncounted:vote_closed');
      expect(line('kept-away')).toContain('recorded');
      expect(text.split('\n').filter((l) => l.includes('vote.set')).length).toBeGreaterThan(3);
    }
    const tables = (await h.ask('GET', `/api/v1/showcases/${showcase}/attendance?format=json&tables=answers,project,day`, { cookie })).body.tables;
    const sum = (rows: Record<string, number>[], column: string): number => rows.reduce((n, r) => n + (r[column] ?? 0), 0);
    expect([sum(tables.answers.rows, 'votes'), sum(tables.answers.rows, 'votesUncounted'), sum(tables.project.rows, 'votes')]).toEqual([2, 1, 2]);
    k.close();
  });
});

/** Alerts at the whole hub: told to screens, seen by people, kept through a restart, sent to one configured address, and to no other. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { webhookTriesMax } from '../../server/counting/webhook.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import type { Entry } from '../../shared/entry.ts';
import { untilGood } from '../waiting.ts';
import { minute, type SmallHub, type SmallHubOptions, showcase, smallHub } from './small-hub.ts';

const open = new Set<{ close(): unknown }>();
afterEach(async () => {
  for (const x of open) await x.close();
  open.clear();
});
const hub = async (options: SmallHubOptions = {}): Promise<SmallHub> => {
  const h = await smallHub({ atMs: Date.parse('2026-11-25T11:00:00+08:00'), ...options });
  open.add(h);
  return h;
};
const copyOf = async (entries: readonly Entry[]): Promise<MemoryJournal> => {
  const copy = new MemoryJournal();
  await copy.append(entries);
  return copy;
};
const nowOf = (h: SmallHub): number => h.hub.parts.clock.nowMs();
const send = async (h: SmallHub, token: string) => {
  const answer = await h.ask('POST', '/api/v1/readings', { token, body: { records: [minute(nowOf(h), 1, 3, 1)] } });
  expect(answer.status).toBe(200);
};
const alertsOf = async (h: SmallHub) => (await h.ask('GET', `/api/v1/showcases/${showcase}/alerts`, { cookie: await h.cookie() })).body.alerts;
const seen = (h: SmallHub, id: string, body: object, cookie: string) =>
  h.ask('POST', `/api/v1/showcases/${showcase}/alerts/${encodeURIComponent(id)}/acknowledge`, { body, cookie });

describe('alerts', () => {
  test('[L3][L9] reach a screen that watches, are seen by name and note, survive a restart as they were, and are cleared by what clears them', async () => {
    const journal = new MemoryJournal();
    const h = await hub({ journal });
    const counter = await h.device('counter');
    await send(h, counter.token);
    const socket = await h.staff(await h.cookie('staff'));
    const news: { id: string; level: string; subject: string; sinceMs: number }[] = [];
    socket.on('alert', (n) => news.push(n));
    const snapshot = await socket.emitWithAck('watch', { showcase });
    expect(snapshot).toMatchObject({ ok: true, alerts: [] });
    h.moveMs(4 * 60_000);
    await h.hub.look();
    const id = 'sensor.silent:door-a';
    expect(await alertsOf(h)).toMatchObject([{ id, rule: 'sensor.silent', subject: 'door-a', level: 'amber', acknowledged: null }]);
    expect(
      await untilGood(
        () => news,
        (n) => n.length > 0,
      ),
    ).toMatchObject([{ id, level: 'amber', subject: 'door-a' }]);
    expect((await seen(h, id, { note: 'on my way' }, await h.cookie('organiser'))).status).toBe(403);
    expect((await seen(h, 'sensor.silent:door-z', {}, await h.cookie('staff'))).status).toBe(404);
    expect((await seen(h, id, { note: 'on my way' }, await h.cookie('staff'))).status).toBe(201);
    expect(await alertsOf(h)).toMatchObject([{ level: 'amber', acknowledged: { by: 'the-staff', note: 'on my way' } }]);
    const before = await alertsOf(h);
    const entries: Entry[] = [];
    for await (const part of journal.read(0)) entries.push(...part.entries);
    await h.close();
    open.delete(h);

    // what is on the disk
    const again = await hub({ journal: await copyOf(entries), atMs: nowOf(h) });
    expect(await alertsOf(again)).toEqual(before);
    // the new hub has not been listening for long: that is no reason to clear, and none to forget who has seen it
    await again.hub.look();
    expect(await alertsOf(again)).toMatchObject([{ id, sinceMs: before[0].sinceMs }]);
    again.moveMs(6 * 60_000);
    await again.hub.look();
    // worse than what was seen: to be seen again
    expect(await alertsOf(again)).toMatchObject([{ level: 'red', acknowledged: null, sinceMs: before[0].sinceMs }]);
    await send(again, counter.token);
    await again.hub.look();
    // its minutes are missing now, until they are sent or written down
    expect((await alertsOf(again)).map((a: { id: string }) => a.id)).toEqual(['sensor.gap:door-a']);
    const log = (await again.ask('GET', `/api/v1/showcases/${showcase}/log`, { cookie: await again.cookie('staff') })).body.lines;
    expect(log.map((l: { entry: { kind: string; by?: string } }) => [l.entry.kind, l.entry.by ?? 'hub'])).toEqual([
      ['authority.set', 'hub'],
      ['alert.raised', 'hub'],
      ['alert.acknowledged', 'the-staff'],
      ['alert.raised', 'hub'],
      ['alert.cleared', 'hub'],
      ['alert.raised', 'hub'],
    ]);
  });

  test('[L3] the drift of a closed day is closed by a note and by nothing else', async () => {
    const h = await hub();
    const counter = await h.device('counter');
    await h.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(nowOf(h), 1, 200, 100)] } });
    expect((await h.ask('POST', `/api/v1/showcases/${showcase}/days/2026-11-25/close`, { cookie: await h.cookie('supervisor') })).status).toBe(201);
    await h.hub.look();
    const id = 'occ.drift:2026-11-25';
    expect((await alertsOf(h)).map((a: { id: string }) => a.id)).toContain(id);
    const refused = await seen(h, id, {}, await h.cookie('supervisor'));
    expect([refused.status, refused.body.code]).toEqual([422, 'note_required']);
    expect((await seen(h, id, { note: 'sensor b was off' }, await h.cookie('supervisor'))).status).toBe(201);
    await h.hub.look();
    expect((await alertsOf(h)).map((a: { id: string }) => a.id)).not.toContain(id);
  });

  test('[R9][L1] heads, capacity and the alert of a full hall, over HTTP', async () => {
    const h = await hub();
    const at = `/api/v1/showcases/${showcase}`;
    expect((await h.ask('PUT', `${at}/capacity`, { body: { people: 100 }, cookie: await h.cookie('staff') })).status).toBe(403);
    expect((await h.ask('PUT', `${at}/capacity`, { body: { people: 0 }, cookie: await h.cookie('supervisor') })).status).toBe(400);
    expect((await h.ask('PUT', `${at}/capacity`, { body: { people: 100 }, cookie: await h.cookie('supervisor') })).status).toBe(201);
    expect((await h.ask('POST', `${at}/heads`, { body: { people: 96 }, cookie: await h.cookie('staff') })).status).toBe(201);
    await h.hub.look();
    expect(await alertsOf(h)).toMatchObject([{ id: 'occ.capacity:hall', level: 'red', value: 0.96 }]);
    const live = (await h.ask('GET', `${at}/live`, { cookie: await h.cookie('staff') })).body;
    expect([live.today.occupancy, live.today.visits, live.hall.capacity, live.hall.counted.people]).toEqual([96, 0, 100, 96]);
    expect((await h.ask('PUT', `${at}/capacity`, { body: { people: null }, cookie: await h.cookie('organiser') })).status).toBe(201);
    await h.hub.look();
    expect(await alertsOf(h)).toEqual([]);
  });
});

describe('the webhook', () => {
  const listening = async (answers: number[]) => {
    const got: { status: number; url: string; body: { [field: string]: unknown }; agent: string | undefined }[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      let text = '';
      request.on('data', (bytes: Buffer) => {
        text += bytes.toString('utf8');
      });
      request.on('end', () => {
        const status = answers.shift() ?? 204;
        got.push({ status, url: request.url ?? '', body: JSON.parse(text), agent: request.headers['content-type'] });
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.add({ close: () => new Promise((r) => server.close(r)) });
    return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
  };
  const waits: number[] = [];
  const withHook = (url: string) =>
    hub({
      watch: {
        webhook: {
          url,
          fetch,
          after: async (ms) => {
            waits.push(ms);
          },
        },
      },
    });
  const fill = async (h: SmallHub, people: number) => {
    await h.ask('POST', `/api/v1/showcases/${showcase}/heads`, { body: { people }, cookie: await h.cookie() });
    await h.hub.look();
  };

  test('[L5] hears what is raised, seen and cleared; is tried again while it fails, with growing pauses, and never follows a redirect', async () => {
    waits.length = 0;
    const { got, url } = await listening([500, 302, 204]);
    const h = await withHook(url);
    await h.ask('PUT', `/api/v1/showcases/${showcase}/capacity`, { body: { people: 100 }, cookie: await h.cookie() });
    await fill(h, 90);
    await seen(h, 'occ.capacity:hall', {}, await h.cookie());
    await untilGood(
      () => got,
      (g) => g.length >= 4,
    );
    expect(got.map((g) => [g.status, g.url, g.body['change'], g.body['level']])).toEqual([
      [500, '/hook', 'raised', 'amber'],
      [302, '/hook', 'raised', 'amber'],
      [204, '/hook', 'raised', 'amber'],
      [204, '/hook', 'acknowledged', 'amber'],
    ]);
    expect(got[0]?.body).toMatchObject({ showcase, alert: 'occ.capacity:hall', rule: 'occ.capacity', subject: 'hall', value: 0.9 });
    expect(waits).toEqual([2_000, 4_000]);
  });

  test('[L5] one that never answers well is given up after a bounded number of tries; a refusal for good is not repeated', async () => {
    waits.length = 0;
    const { got, url } = await listening([500, 500, 500, 500, 500, 410]);
    const h = await withHook(url);
    await h.ask('PUT', `/api/v1/showcases/${showcase}/capacity`, { body: { people: 100 }, cookie: await h.cookie() });
    await fill(h, 90);
    await fill(h, 99);
    await untilGood(
      () => got,
      (g) => g.length >= webhookTriesMax + 1,
    );
    await new Promise((r) => setTimeout(r, 100));
    expect(got.map((g) => [g.status, g.body['level']])).toEqual([...Array.from({ length: webhookTriesMax }, () => [500, 'amber']), [410, 'red']]);
  });
});

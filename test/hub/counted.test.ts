/** What is counted over the wire, from its acknowledgement to the screens and the exports: readings, visits, short links, corrections. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../shared/hongkong-time.ts';
import { tallyFrameMs } from '../../shared/wire-limits.ts';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import { untilHolds } from '../waiting.ts';
import { minute, type SmallHub, showcase, smallHub } from './small-hub.ts';
import { epoch, event } from './stream.ts';

/** the hub's clock begins at noon: half an hour ago is today */
const beganMs = Date.now();
const noonMs = Date.parse(`${dayOf(beganMs)}T12:00:00+08:00`);
const now = (): number => noonMs + Date.now() - beganMs;

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: 'https://go.example.hk', atMs: now() });
});
afterAll(() => h.close());

const at = (path: string): string => `/api/v1/showcases/${showcase}${path}`;

describe('counting over the wire', () => {
  test('[C1] readings are answered once durable, resends are duplicates, conflicts are kept aside, live and export agree', async () => {
    const { token } = await h.device('counter', { point: 'door-a' });
    const records = [minute(now(), 30, 12, 3), minute(now(), 29, 15, 4)];
    const send = (body: unknown) => h.ask('POST', '/api/v1/readings', { token, body });
    const first = await send({ records });
    expect([first.status, first.body]).toEqual([200, { accepted: 2, duplicates: 0, quarantined: 0, position: h.journal.position }]);
    expect((await send({ records })).body).toMatchObject({ accepted: 0, duplicates: 2, quarantined: 0 });
    expect((await send({ records: [{ ...records[0], in: 99 }] })).body).toMatchObject({ accepted: 0, quarantined: 1 });
    expect((await send({ records: [minute(now(), -10, 5, 0)] })).body).toMatchObject({ accepted: 0, quarantined: 1 });
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
    expect(live.today).toMatchObject({ visits: 27, entries: 27, exits: 7, occupancy: 20 });
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
    expect(await socket.emitWithAck('hello', { epoch: e, last: null, nowMs: now() })).toMatchObject({
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
    const expected = { ok: true, through: 5, lastId: events[4]?.id, rejected: [] };
    expect(await socket.emitWithAck('record', { epoch: e, events })).toEqual(expected);
    const talliesBefore = deltas.length;
    expect(await socket.emitWithAck('record', { epoch: e, events })).toEqual(expected);
    // what a batch follows must stand there, and be an id
    const next = [event(6, 'c2', { kind: 'device.fault', code: 'x' })];
    for (const [after, code] of [
      [events[3]?.id, 'stream_diverged'],
      [null, 'validation_failed'],
    ])
      expect(await socket.emitWithAck('record', { epoch: e, events: next, after })).toMatchObject({ ok: false, error: { code } });
    expect(await socket.emitWithAck('record', { epoch: e, events: next, after: events[4]?.id })).toMatchObject({ ok: true, through: 6 });
    const shows = (): number => deltas.findIndex((d) => d.today?.sessions === 1);
    await untilHolds('on the staff’s screen', () => shows() >= 0);
    // counted in the hub's own beats, so that a busy machine takes its time: one tally may have been on its way, the next one has it
    expect(shows() - talliesBefore).toBeLessThan(2);
    expect(2 * tallyFrameMs).toBeLessThan(1_000);
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
    const hour = new Date(now() - 1_800_000).toISOString();
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

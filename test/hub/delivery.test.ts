/** A closed day reaches the folder or the webhook once, through refusals, restarts and several hubs; and scripts read with tokens that can do nothing else. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { Recorder } from '../../server/counting/recorder.ts';
import { Courier, deliveryAttemptsMax, deliveryLeaseMs, deliveryRetryMsMax, deliveryRetryMsMin } from '../../server/delivery/courier.ts';
import { folderReceiver, type Receiver, webhookReceiver } from '../../server/delivery/receivers.ts';
import { Exporter } from '../../server/exports/exporter.ts';
import { checkStatement } from '../../server/exports/statement.ts';
import type { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { Admission } from '../../shared/admission.ts';
import { type Delivery, deliveryKey } from '../../shared/deliveries.ts';
import type { Entry } from '../../shared/entry.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import { applyEntry, emptyTally } from '../../shared/tally.ts';
import { readBook } from '../exports/reading.ts';
import { catalogue, days, entriesOf, showcase as show, showJournal } from '../exports/show.ts';
import { minute, showcase, smallHub } from './small-hub.ts';
import { threadHere } from './thread-here.ts';

const key = deliveryKey({ showcase: show, day: days[0], version: 1 });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-delivery-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Took = { body: string; headers: IncomingMessage['headers']; url: string };
/** A webhook that answers what it is told to, and keeps what it took. */
const webhook = async (answers: (n: number) => { status: number; location?: string }): Promise<{ url: string; took: Took[]; server: Server }> => {
  const took: Took[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    took.push({ body, headers: request.headers, url: request.url ?? '' });
    const { status, location } = answers(took.length);
    response.writeHead(status, location ? { location } : {}).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/closings?of=show`, took, server };
};

/** Couriers on one journal, each a hub of its own, with a clock that stands until it is moved. */
const stage = async (journal: MemoryJournal) => {
  const clock = { nowMs: Date.parse(`${days[1]}T20:00:00+08:00`) };
  const waiting: { atMs: number; run(): void }[] = [];
  const hub = async (by: string, receiver: Receiver) => {
    const tally = emptyTally();
    for await (const { first, entries } of journal.read(0)) for (const [i, entry] of entries.entries()) applyEntry(tally, entry, first + i);
    const recorder = new Recorder({
      journal,
      admission: new Admission(),
      tally,
      applied: () => undefined,
      bug: (error) => {
        throw error;
      },
    });
    const after = (ms: number, run: () => void) => {
      const timer = { atMs: clock.nowMs + ms, run };
      waiting.push(timer);
      return () => void waiting.splice(waiting.indexOf(timer) >>> 0, 1);
    };
    const courier = new Courier({
      exporter: new Exporter(journal, threadHere, () => undefined),
      recorder,
      tally,
      receiver,
      names: () => catalogue,
      nowMs: () => clock.nowMs,
      after,
      by,
      warn: () => undefined,
    });
    const stateOf = (): Delivery | undefined => tally.deliveries.states.get(key);
    return { courier, tally, stateOf, settled: (state: Delivery['state'], attempts: number) => expect.poll(stateOf, { timeout: 20_000 }).toMatchObject({ state, attempts }) };
  };
  /** Moves the clock to the next timer and runs it; answers how long that was, ms. */
  const next = async (): Promise<number> => {
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const timer = waiting.sort((a, b) => a.atMs - b.atMs).shift();
    const ms = (timer?.atMs ?? 0) - clock.nowMs;
    clock.nowMs += ms;
    timer?.run();
    return ms;
  };
  return { clock, hub, next };
};
const steps = async (journal: MemoryJournal): Promise<string[]> => {
  const all: Entry[] = [];
  for await (const { entries } of journal.read(0)) all.push(...entries);
  return all.flatMap((e) => (e.kind === 'day.delivery' ? [e.state] : []));
};

describe('the courier', () => {
  test('[X9] a folder gets each version once and whole: workbook, statement, CSV, as of the close; what is there already is left', async () => {
    const into = await mkdtemp(path.join(folder, 'into-'));
    const journal = await showJournal(entriesOf(true));
    const first = await (await stage(journal)).hub('a', folderReceiver(into));
    first.courier.look();
    await first.settled('done', 1);
    expect(await readdir(into)).toEqual([key]);
    const files = (await readdir(path.join(into, key))).sort();
    expect(files).toEqual([`${key}.xlsx`, `${key}_canonical.csv`, `${key}_statement.json`]);
    const [book, csv, statement] = await Promise.all(files.map((f) => readFile(path.join(into, key, f))));
    expect(readBook(book as Buffer).size).toBeGreaterThan(10);
    // late facts came after the close: the statement is of the close, and the journal says yes to it
    expect(await checkStatement(JSON.parse(String(statement)), journal, csv as Buffer)).toMatchObject({
      ok: true,
      found: { status: 'closed', days: [{ day: days[0], version: 1 }] },
    });
    // a hub that lost its journal's end delivers again, and the folder stays as it is
    const again = await (await stage(await showJournal(entriesOf(true)))).hub('a', folderReceiver(into));
    again.courier.look();
    await again.settled('done', 1);
    expect(await readFile(path.join(into, key, files[2] as string))).toEqual(statement);
    const missing = await (await stage(await showJournal())).hub('a', folderReceiver(path.join(into, 'not-there')));
    missing.courier.look();
    await missing.settled('failed', 1);
  });

  test('[X9] a webhook that refuses is asked again with growing pauses, through a restart, and once it took a version never again', async () => {
    const { url, took, server } = await webhook((n) => ({ status: n < 4 ? 503 : 204 }));
    const journal = await showJournal();
    const { hub, next } = await stage(journal);
    const before = await hub('hub', webhookReceiver(url, 'a secret of the show'));
    before.courier.look();
    await before.settled('failed', 1);
    expect(await next()).toBe(deliveryRetryMsMin);
    await before.settled('failed', 2);
    await before.courier.close();
    const after = await hub('hub', webhookReceiver(url, 'a secret of the show'));
    after.courier.look();
    expect(await next()).toBe(2 * deliveryRetryMsMin);
    await after.settled('failed', 3);
    expect(await next()).toBe(4 * deliveryRetryMsMin);
    await after.settled('done', 4);
    after.courier.look();
    const third = await hub('hub', webhookReceiver(url, null));
    third.courier.look();
    await third.courier.close();
    expect(took.map((t) => t.url)).toEqual(Array(4).fill('/closings?of=show'));
    const { body, headers } = took.at(-1) as Took;
    expect(headers).toMatchObject({ 'idempotency-key': key, 'x-harbourlight-signature': `sha256=${createHmac('sha256', 'a secret of the show').update(body).digest('hex')}` });
    const sent = JSON.parse(body);
    expect(sent).toMatchObject({ delivery: 1, key, showcase: show, day: days[0], version: 1, export: { csvSha256: sent.statement.csvSha256 } });
    expect(await checkStatement(sent.statement, journal, sent.csv)).toMatchObject({ ok: true });
    expect(await steps(journal)).toEqual(['begun', 'failed', 'begun', 'failed', 'begun', 'failed', 'begun', 'done']);
    server.close();
  });

  test('[X9] it gives up after a bounded number of attempts, never follows a redirect, and takes an answer that breaks off for none', async () => {
    const elsewhere = await webhook(() => ({ status: 200 }));
    const { url, took, server } = await webhook(() => ({ status: 307, location: elsewhere.url }));
    const journal = await showJournal();
    const { hub, next } = await stage(journal);
    const { courier, settled } = await hub('a', webhookReceiver(url, null));
    courier.look();
    const pauses: number[] = [];
    for (let n = 1; n < deliveryAttemptsMax; n++) {
      await settled('failed', n);
      pauses.push(await next());
    }
    await settled('given-up', deliveryAttemptsMax);
    expect([took.length, elsewhere.took.length]).toEqual([deliveryAttemptsMax, 0]);
    expect([pauses[0], pauses.at(-1)]).toEqual([deliveryRetryMsMin, deliveryRetryMsMax]);
    courier.look();
    await courier.close();
    expect(took.length).toBe(deliveryAttemptsMax);
    server.close();
    elsewhere.server.close();
  });

  test('[X9] what another hub has begun is left to it, until it has been silent for long', async () => {
    const journal = await showJournal();
    await journal.append([
      { kind: 'day.delivery', receivedMs: Date.parse(`${days[1]}T20:00:00+08:00`), showcase: show, by: 'another', day: days[0], version: 1, state: 'begun', detail: '' },
    ]);
    const { hub, next } = await stage(journal);
    let handed = 0;
    const { courier, settled, stateOf } = await hub('a', async () => void handed++);
    courier.look();
    expect(await next()).toBe(deliveryLeaseMs);
    await settled('done', 2);
    expect([handed, stateOf()?.by]).toEqual([1, 'a']);
  });

  test('[O1] only a folder by its whole path or an http(s) address without a password is a place to deliver to', () => {
    const of = (to: string) => readConfig({ DELIVER_TO: to }).deliver;
    expect([of(''), of('/srv/closings'), of('https://organiser.example/h?k=1')]).toEqual([
      null,
      { folder: '/srv/closings' },
      { url: 'https://organiser.example/h?k=1', secret: null },
    ]);
    for (const bad of ['closings', './closings', 'ftp://x/', 'https://user:word@x/', 'https://', 'javascript:alert(1)'])
      expect(() => of(bad)).toThrow(/^DELIVER_TO: must be the absolute path/);
    expect(() => readConfig({ DELIVER_TO: 'https://x/', DELIVER_SECRET: 'short' })).toThrow(/^DELIVER_SECRET: must be at least/);
  });
});

describe('a hub', () => {
  test('[X9] delivers what is closed while it runs, tells what became of it, and a version that nothing changed is another one', async () => {
    const into = await mkdtemp(path.join(folder, 'hub-'));
    const small = await smallHub({ receiver: folderReceiver(into) });
    const at = `/api/v1/showcases/${showcase}`;
    const cookie = await small.cookie('supervisor');
    const { token } = await small.device('counter');
    await small.ask('POST', '/api/v1/readings', { token, body: { records: [minute(Date.now(), 5, 12, 3)] } });
    const day = dayOf(Date.now() - 5 * 60_000);
    const close = async (version: number) => {
      expect((await small.ask('POST', `${at}/days/${day}/close`, { cookie })).status).toBe(201);
      await expect.poll(() => readdir(into), { timeout: 20_000 }).toContain(`${showcase}_${day}_v${version}`);
    };
    await close(1);
    await close(2);
    const { versions } = (await small.ask('GET', `${at}/days/${day}/versions`, { cookie: await small.cookie('organiser') })).body;
    expect(versions).toMatchObject([
      { version: 1, status: 'closed', delivery: { state: 'done', attempts: 1 } },
      { version: 2, status: 'closed', delivery: { attempts: 1 } },
    ]);
    await small.close();
  });

  test('[H7] a token that only reads does nothing else whatever its role; a revoked one opens nothing, and its sockets are cut', async () => {
    const small = await smallHub();
    const admin = await small.cookie('admin');
    const make = async (body: object): Promise<{ id: string; token: string }> => (await small.ask('POST', '/api/v1/tokens', { cookie: admin, body })).body;
    const reader = await make({ name: 'night script', role: 'admin', readOnly: true });
    const writer = await make({ name: 'other', role: 'supervisor' });
    const status = async (method: string, path: string, token: string, body?: object): Promise<number> => (await small.ask(method, path, { token, ...(body && { body }) })).status;
    const at = `/api/v1/showcases/${showcase}`;
    const day = dayOf(Date.now());
    for (const path of [`${at}/attendance`, `${at}/events`, `${at}/statement`, `${at}/live`, '/api/v1/devices'])
      expect([path, await status('GET', path, reader.token)]).toEqual([path, 200]);
    const acts: [string, string, object?][] = [
      ['POST', `${at}/days/${day}/close`],
      ['PUT', `${at}/days`, { days: [] }],
      ['POST', `${at}/corrections`, { point: 'door-a', hour: new Date().toISOString(), in: 1, out: 0, reason: 'a script' }],
      ['POST', '/api/v1/tokens', { name: 'more', role: 'admin' }],
      ['GET', '/api/v1/tokens'],
      ['POST', '/api/v1/accounts', { name: 'me', role: 'admin', passphrase: 'fifteen letters and more' }],
      ['POST', '/api/v1/devices', { kind: 'kiosk', name: 'k', showcase, zone: 'living' }],
      ['DELETE', `/api/v1/tokens/${writer.id}`],
    ];
    for (const [method, path, body] of acts) expect([path, await status(method, path, reader.token, body)]).toEqual([path, 403]);
    const sockets = [reader, writer].map(({ token }) => io(`${small.origin}/staff`, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token } }));
    const [reading, writing] = sockets as [Socket, Socket];
    const click = (n: number) => ({ id: `click-00000000000${n}`, point: 'door-a', direction: 'in', n: 1, atMs: Date.now() });
    for (const socket of sockets) expect(await socket.emitWithAck('watch', { showcase })).toMatchObject({ ok: true });
    expect(await reading.emitWithAck('count.click', click(1))).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await writing.emitWithAck('count.click', click(2))).toMatchObject({ ok: true });
    expect((await small.ask('GET', '/api/v1/tokens', { cookie: admin })).body).toEqual({
      tokens: [
        { id: reader.id, name: 'night script', role: 'admin', readOnly: true },
        { id: writer.id, name: 'other', role: 'supervisor', readOnly: false },
      ],
    });
    expect(await status('POST', `${at}/days/${day}/close`, writer.token)).toBe(201);
    expect((await small.ask('DELETE', `/api/v1/tokens/${writer.id}`, { cookie: await small.cookie('supervisor') })).status).toBe(403);
    const cut = new Promise((resolve) => writing.once('disconnect', resolve));
    expect((await small.ask('DELETE', `/api/v1/tokens/${writer.id}`, { cookie: admin })).status).toBe(204);
    await cut;
    expect([await status('GET', `${at}/attendance`, writer.token), await status('GET', `${at}/attendance`, reader.token)]).toEqual([401, 200]);
    expect((await small.ask('DELETE', `/api/v1/tokens/${writer.id}`, { cookie: admin })).status).toBe(404);
    expect(reading.connected).toBe(true);
    reading.close();
    await small.close();
  });

  test('[H8] the description of the HTTP side names every query of the exports and every column of the events', async () => {
    const small = await smallHub();
    const { paths } = (await small.ask('GET', '/api/v1/openapi.json')).body;
    const at = '/api/v1/showcases/{id}';
    const asked = (path: string): string[] => paths[path].get.parameters.filter((p: { in: string }) => p.in === 'query').map((p: { name: string }) => p.name);
    expect(asked(`${at}/attendance`)).toEqual(expect.arrayContaining(['by', 'from', 'to', 'format', 'lang', 'raw', 'guard']));
    expect([asked(`${at}/statement`), asked(`${at}/comparison`)]).toEqual([
      ['from', 'to', 'lang', 'format'],
      ['from', 'to', 'withFrom', 'withTo'],
    ]);
    expect(paths[`${at}/days/{day}/close`].post.requestBody.required).toBe(false);
    const { token } = await small.device('counter');
    await small.ask('POST', '/api/v1/readings', {
      token,
      body: { records: [minute(Date.now(), 5, 12, 3), { kind: 'event', eventId: 'e-1', at: new Date().toISOString(), direction: 'in', n: 1 }] },
    });
    const cookie = await small.cookie('organiser');
    await small.ask('POST', `${at.replace('{id}', showcase)}/days/${dayOf(Date.now())}/close`, { cookie });
    const { schema } = paths[`${at}/events`].get.responses[200].content['application/x-ndjson'];
    const lines = (await small.ask('GET', `/api/v1/showcases/${showcase}/events`, { cookie })).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect(Object.keys(line).filter((column) => !(column in schema.properties))).toEqual([]);
      for (const [column, value] of Object.entries(line))
        expect([column, typeof value === 'string' ? 'string' : 'number']).toEqual([column, schema.properties[column].type === 'string' ? 'string' : 'number']);
      for (const column of schema.required) expect(line).toHaveProperty(column);
    }
    const csv = await small.ask('GET', `/api/v1/showcases/${showcase}/events?format=csv`, { cookie });
    expect(csv.text.split('\r\n')[0]).toBe(Object.keys(schema.properties).join(','));
    await small.close();
  });
});

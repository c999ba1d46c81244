/** A day is provisional until every device has reported past closing or is waived by name; large corrections need a second person. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldJournal } from '../../server/counting/checkpoint.ts';
import { foldTo } from '../../server/exports/folding.ts';
import { checkStatement } from '../../server/exports/statement.ts';
import { attendanceOf } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { readBook } from '../exports/reading.ts';
import { minute, passphrase, type SmallHub, showcase, smallHub } from './small-hub.ts';

const day = '2026-11-25';
const at = `/api/v1/showcases/${showcase}`;
const clock = (text: string): number => Date.parse(`${day}T${text}:00+08:00`);

describe('closing a day', () => {
  let small: SmallHub;
  let counter: { id: string; token: string };
  let kiosk: { id: string; token: string };
  const nowMs = (): number => small.hub.parts.clock.nowMs();
  const toClock = (text: string): void => small.moveMs(clock(text) - nowMs());
  const close = (body: object | undefined, role: 'organiser' | 'supervisor' = 'organiser') =>
    small.cookie(role).then((cookie) => small.ask('POST', `${at}/days/${day}/close`, { cookie, ...(body && { body }) }));
  const reports = async () => (await small.ask('GET', `${at}/days/${day}/reports`, { cookie: await small.cookie('organiser') })).body;
  const statement = async () => (await small.ask('GET', `${at}/statement`, { cookie: await small.cookie('organiser') })).body;
  const closings = async (): Promise<Extract<Entry, { kind: 'day.closed' }>[]> => {
    const all: Entry[] = [];
    for await (const { entries } of small.journal.read(0)) all.push(...entries);
    return all.filter((e) => e.kind === 'day.closed');
  };
  const beat = async (waiting: number) => {
    const socket = await small.kiosk(kiosk.token);
    await socket.emitWithAck('hello', { epoch: 'epoch-00000001', last: null, nowMs: nowMs() });
    expect(await socket.emitWithAck('heartbeat', { waiting, oldestMs: 0, screen: 'attract', fps: 60, heapBytes: 1, pack: 'p', faults: [] })).toMatchObject({ ok: true });
    socket.close();
  };

  beforeAll(async () => {
    small = await smallHub({ atMs: clock('17:00') });
    const windows = [{ from: '10:00', to: '18:00', type: 'public', counted: true }];
    expect((await small.ask('PUT', `${at}/days`, { cookie: await small.cookie('organiser'), body: { days: [{ day, windows }] } })).status).toBe(201);
    counter = await small.device('counter');
    kiosk = await small.device('kiosk');
    expect((await small.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(nowMs(), 5, 12, 3)] } })).status).toBe(200);
    await beat(0);
  });
  afterAll(() => small.close());

  test('[X8] nobody has reported past closing before closing: what is silent is told by name and refuses a close that does not waive it', async () => {
    expect(await reports()).toMatchObject({ closing: `${day}T18:00:00+08:00`, heard: [], silent: expect.arrayContaining([{ id: kiosk.id, kind: 'kiosk', name: 'test kiosk' }]) });
    const refused = await close({ waive: [kiosk.id] });
    expect([refused.status, refused.body.code, refused.body.errors]).toEqual([409, 'devices_silent', [{ path: counter.id, code: 'silent' }]]);
    expect(await closings()).toEqual([]);
    expect((await statement()).days).toMatchObject([{ day, status: 'provisional', version: 1, waived: [] }]);
    expect((await close({ waive: 'all' })).body.code).toBe('validation_failed');
  });

  test('[X8] a kiosk that still keeps events has not reported; once everybody has, the day closes and the entry names who', async () => {
    toClock('18:05');
    await small.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(clock('18:00'), 1, 4, 9)] } });
    await beat(3);
    expect(await reports()).toMatchObject({ heard: [{ id: counter.id }], silent: [{ id: kiosk.id }] });
    await beat(0);
    expect((await reports()).silent).toEqual([]);
    expect((await close({ waive: [] })).status).toBe(201);
    expect(await closings()).toMatchObject([{ day, by: 'the-organiser', heard: [counter.id, kiosk.id].sort(), waived: [] }]);
    expect(await statement()).toMatchObject({ status: 'closed', days: [{ status: 'closed', version: 1, silent: [], waived: [] }] });
  });

  test('[X8] later facts make the next version, provisional until it is closed; who is waived then stands in the statement, and the journal confirms it', async () => {
    const { fold: before } = await foldTo(small.journal, showcase, small.journal.position);
    await small.ask('POST', `${at}/corrections`, {
      cookie: await small.cookie('supervisor'),
      body: { point: 'door-a', hour: `${day}T17:00:00+08:00`, in: 4, out: 0, reason: 'checked on film' },
    });
    expect(await statement()).toMatchObject({ status: 'provisional', days: [{ status: 'provisional', version: 2 }] });
    const third = await small.device('kiosk');
    // without a list: whoever closes waives what is silent, by name
    expect((await close(undefined, 'supervisor')).status).toBe(201);
    const stated = await statement();
    expect(stated).toMatchObject({ status: 'closed', days: [{ version: 2, closedBy: 'the-supervisor', waived: [third.id], silent: [third.id] }] });
    expect(await checkStatement(stated, small.journal)).toMatchObject({ ok: true });
    const { fold } = await foldTo(small.journal, showcase, small.journal.position);
    expect(fold.versionsOf(day)[0]).toEqual(before.versionsOf(day)[0]);
    const printed = await small.ask('GET', `${at}/statement?format=html&lang=en`, { cookie: await small.cookie('organiser') });
    expect(printed.text).toContain(third.id);
  });

  test('[X6] API, pages, statement, versions, tables and workbook say one status of a day and of its hours, also after a late fact and one that changes nothing', async () => {
    const cookie = await small.cookie('organiser');
    const agreed = async () => {
      const body = async (path: string) => (await small.ask('GET', `${at}/${path}`, { cookie })).body;
      const file = async (path: string) => Buffer.from(await (await fetch(`${small.origin}${at}/${path}`, { headers: { cookie } })).arrayBuffer());
      const dayRows = (await body('attendance?by=day')).rows;
      const hourRows: { status: string }[] = (await body('attendance?by=hour')).rows;
      const { days } = await statement();
      const tables = JSON.parse((await file('attendance?format=json')).toString('utf8')).tables;
      const book = readBook(await file('attendance?format=xlsx&lang=en'));
      const words = new Set([...book.values()][1]?.rows.flat().map((cell) => cell.v));
      const versions = (await body(`days/${day}/versions`)).versions;
      const name = (await small.ask('GET', `${at}/attendance?format=xlsx&lang=en`, { cookie })).headers.get('content-disposition') ?? '';
      return [
        ...new Set([
          dayRows.find((r: { day: string }) => r.day === day).status,
          ...hourRows.map((r) => r.status),
          days[0].status,
          tables.day.rows[0].status,
          versions.at(-1).status,
          /_(closed|provisional)_/.exec(name)?.[1],
          ...['closed', 'provisional'].filter((word) => words.has(word)),
        ]),
      ];
    };
    expect(await agreed()).toEqual(['closed']);
    // nothing of the day changes by it
    await small.ask('POST', `${at}/log`, { cookie: await small.cookie('staff'), body: { topic: 'note', text: 'quiet' } });
    expect(await agreed()).toEqual(['closed']);
    await small.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(clock('17:30'), 1, 6, 2)] } });
    expect(await agreed()).toEqual(['provisional']);
    // a hub that starts anew says the same
    const { tally } = await foldJournal(small.journal, null);
    expect(attendanceOf(tally, showcase, 'day', {}, [], nowMs()).rows.find((r) => r['day'] === day)?.['status']).toBe('provisional');
    expect((await close(undefined, 'supervisor')).status).toBe(201);
    expect(await agreed()).toEqual(['closed']);
  });

  test('[R8] more than 50 either way needs somebody else who may correct, and the entry, the table and the statement name them', async () => {
    const cookie = await small.cookie('supervisor');
    await small.cookie('staff');
    const correct = (n: number, approver?: object) =>
      small.ask('POST', `${at}/corrections`, {
        cookie,
        body: { point: 'door-a', hour: `${day}T17:00:00+08:00`, in: n, out: 0, reason: 'school groups', ...(approver && { approver }) },
      });
    const code = async (...ask: Parameters<typeof correct>): Promise<unknown> => (await correct(...ask)).body.code;
    expect((await correct(50)).status).toBe(201);
    expect(await code(51)).toBe('approval_required');
    expect(await code(-9_999)).toBe('correction_below_zero');
    expect(await code(51, { name: 'the-supervisor', passphrase })).toBe('approver_invalid');
    expect(await code(51, { name: 'the-staff', passphrase })).toBe('approver_invalid');
    expect(await code(51, { name: 'admin', passphrase: 'a wrong passphrase' })).toBe('approver_invalid');
    const before = (await statement()).corrections.length;
    expect((await correct(51, { name: 'admin', passphrase })).status).toBe(201);
    const { corrections } = await statement();
    expect([corrections.length - before, corrections.at(-1)]).toEqual([1, expect.objectContaining({ by: 'the-supervisor', approver: 'admin', in: 51 })]);
    expect(await checkStatement(await statement(), small.journal)).toMatchObject({ ok: true });
  });
});

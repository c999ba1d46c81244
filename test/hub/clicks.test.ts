/** The clicker at the whole hub: who may take back what, and the shift's log of it; rehearsals by those who may. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownVoidMsMax } from '../../server/sockets/staff-asks.ts';
import { minute, type SmallHub, showcase, smallHub } from './small-hub.ts';

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub({ atMs: Date.parse('2026-11-25T11:00:00+08:00') });
});
afterAll(() => h.close());
const at = `/api/v1/showcases/${showcase}`;
const click = (id: string) => ({ id, point: 'door-a', direction: 'in', n: 5, atMs: h.hub.parts.clock.nowMs(), showcase });
const today = async () => (await h.ask('GET', `${at}/live`, { cookie: await h.cookie() })).body.today;

describe('taking back', () => {
  test('[L7][L9] a steward takes back what was their own and only soon; a supervisor anything; each is a line of the log', async () => {
    const steward = await h.staff(await h.cookie('staff'));
    const supervisor = await h.staff(await h.cookie('supervisor'));
    const back = (socket: typeof steward, of: string, id: string) => socket.emitWithAck('count.void', { id, of, reason: 'pressed by mistake', showcase });
    expect(await steward.emitWithAck('count.click', click('click-own-0001'))).toMatchObject({ ok: true });
    expect(await supervisor.emitWithAck('count.click', click('click-sup-0001'))).toMatchObject({ ok: true });
    expect(await back(steward, 'click-sup-0001', 'void-000000001')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await back(steward, 'click-own-0001', 'void-000000002')).toMatchObject({ ok: true });
    expect((await today()).visits).toBe(5);
    expect(await steward.emitWithAck('count.click', click('click-own-0002'))).toMatchObject({ ok: true });
    h.moveMs(ownVoidMsMax + 1_000);
    expect(await back(steward, 'click-own-0002', 'void-000000003')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await back(supervisor, 'click-own-0002', 'void-000000004')).toMatchObject({ ok: true });
    expect((await today()).visits).toBe(5);
    const { lines } = (await h.ask('GET', `${at}/log`, { cookie: await h.cookie('staff') })).body;
    expect(lines.map((l: { entry: { kind: string; by: string } }) => [l.entry.kind, l.entry.by])).toEqual([
      ['click.voided', 'the-staff'],
      ['click.voided', 'the-supervisor'],
    ]);
  });

  test('[L9] what is written into the log stands there with its writer, in order, and cannot be unwritten', async () => {
    const write = async (body: object, role: 'staff' | 'organiser') => (await h.ask('POST', `${at}/log`, { body, cookie: await h.cookie(role) })).status;
    expect(await write({ topic: 'guests', text: 'a delegation of twelve' }, 'staff')).toBe(201);
    expect(await write({ topic: 'gossip', text: 'x' }, 'staff')).toBe(400);
    expect(await write({ topic: 'note', text: ' ' }, 'staff')).toBe(400);
    expect(await write({ topic: 'note', text: 'x' }, 'organiser')).toBe(403);
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect((await h.ask(method, `${at}/log`, { cookie: await h.cookie() })).status).toBe(405);
    const { lines } = (await h.ask('GET', `${at}/log`, { cookie: await h.cookie('organiser') })).body;
    expect(lines.at(-1).entry).toMatchObject({ kind: 'log.written', by: 'the-staff', topic: 'guests', text: 'a delegation of twelve' });
  });

  test('[L8] a rehearsal is begun by a supervisor, shown live, and leaves no visit behind', async () => {
    const before = (await today()).visits;
    const rehearse = async (on: boolean, role: 'staff' | 'supervisor') => (await h.ask('POST', `${at}/rehearsal`, { body: { on }, cookie: await h.cookie(role) })).status;
    expect(await rehearse(true, 'staff')).toBe(403);
    expect(await rehearse(true, 'supervisor')).toBe(201);
    const counter = await h.device('counter', { point: 'door-b' });
    h.moveMs(120_000);
    await h.ask('POST', '/api/v1/readings', { token: counter.token, body: { records: [minute(h.hub.parts.clock.nowMs(), 1, 40, 2)] } });
    const live = (await h.ask('GET', `${at}/live`, { cookie: await h.cookie() })).body;
    expect([live.today.visits, live.hall.rehearsing, live.open]).toEqual([before, true, false]);
    expect(await rehearse(false, 'supervisor')).toBe(201);
    expect((await today()).visits).toBe(before);
  });
});

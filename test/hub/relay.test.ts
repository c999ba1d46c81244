/** The short links' address dies and comes back: what kiosks are told, what the journal says of scans, also over a restart. */
import { expect, test } from 'vitest';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import type { Entry } from '../../shared/entry.ts';
import type { PublicTally } from '../../shared/wire.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

const publicOrigin = 'https://go.example.hk';
const minuteMs = 60_000;

const entriesOf = async (journal: MemoryJournal): Promise<Entry[]> => {
  const all: Entry[] = [];
  for await (const { entries } of journal.read(0)) all.push(...entries);
  return all;
};
const modesOf = async (journal: MemoryJournal) => (await entriesOf(journal)).flatMap((e) => (e.kind === 'links.mode-set' ? [e.mode] : []));
const looks = async (h: SmallHub, minutes: number): Promise<void> => {
  for (let i = 0; i < minutes; i++) {
    h.moveMs(minuteMs);
    await h.hub.look();
  }
};
const told = async (h: SmallHub, token: string) => {
  const kiosk = await h.kiosk(token);
  let last: PublicTally | null = null;
  kiosk.on('tally', (tally: PublicTally) => {
    last = tally;
  });
  return { kiosk, direct: () => last && last.direct === true };
};

test('[L13] kiosks are told at once that codes must carry their destinations, and that they need not any more; scans meanwhile are unknown', async () => {
  const journal = new MemoryJournal();
  const atMs = Date.parse('2026-11-25T11:00:00+08:00');
  const h = await smallHub({ journal, publicOrigin, atMs, watch: { probe: async () => false } });
  const { token } = await h.device('kiosk');
  const screen = await told(h, token);
  await expect.poll(screen.direct, { timeout: 20_000 }).toBe(false);
  await looks(h, 4);
  await expect.poll(screen.direct, { timeout: 20_000 }).toBe(true);
  await expect.poll(() => modesOf(journal), { timeout: 10_000 }).toEqual(['redirect', 'direct']);
  // a link that somebody kept still leads on
  const { projects } = (await h.ask('GET', `/api/v1/showcases/${showcase}`)).body;
  expect((await h.ask('GET', `/q/${projects[0].code}`, { headers: { 'user-agent': 'Mozilla/5.0' } })).status).toBe(302);
  h.moveMs(90 * minuteMs);
  await screen.kiosk.emitWithAck('hello', { epoch: 'epoch-relay-0001', last: null, nowMs: Date.now() });
  const event = { seq: 1, id: 'id-relay-00000001', atMs: Date.now(), kind: 'session.started', session: 'session-relay-1', lang: 'en' };
  expect(await screen.kiosk.emitWithAck('record', { epoch: 'epoch-relay-0001', events: [event] })).toMatchObject({ ok: true });
  const entries = await entriesOf(journal);
  const nowMs = h.hub.parts.clock.nowMs();
  await h.close();

  const copy = new MemoryJournal();
  await copy.append(entries);
  const again = await smallHub({ journal: copy, publicOrigin, atMs: nowMs, watch: { probe: async () => true } });
  const back = await told(again, token);
  await expect.poll(back.direct, { timeout: 20_000 }).toBe(true);
  expect(await modesOf(copy)).toEqual(['redirect', 'direct']);
  again.moveMs(60 * minuteMs);
  await looks(again, 4);
  await expect.poll(back.direct, { timeout: 20_000 }).toBe(false);
  await expect.poll(() => modesOf(copy), { timeout: 10_000 }).toEqual(['redirect', 'direct', 'redirect']);
  const { rows } = (await again.ask('GET', `/api/v1/showcases/${showcase}/attendance?by=hour`, { cookie: await again.cookie() })).body;
  const scanned = Object.fromEntries(rows.map((r: { hour: string; scanned: number | null }) => [r.hour.slice(11, 13), r.scanned]));
  expect(scanned).toEqual({ '11': 1, '12': null });
  await again.close();
}, 60_000);

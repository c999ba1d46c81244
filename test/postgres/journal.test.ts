/** The shared journal and its documents keep the same promises as the others, on a real PostgreSQL; and what only several writers can break. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PgShelf, SHELF_TABLE } from '../../server/access/pg-shelf.ts';
import { DOCUMENTS_TABLE, PgDocuments } from '../../server/documents/pg-documents.ts';
import { JOURNAL_TABLE, PgJournal } from '../../server/journal/pg-journal.ts';
import { openPool, prepareTables } from '../../server/postgres/pool.ts';
import type { Entry } from '../../shared/entry.ts';
import { documentsContract } from '../contract/documents-contract.ts';
import { journalContract } from '../contract/journal-contract.ts';
import { entries, entry, faultCode, readAll } from '../journal/open-journal.ts';
import { type PgServer, pgBinaries, startPg } from './pg-server.ts';

if (!pgBinaries) process.stderr.write('skipped: no PostgreSQL 15 or newer on this machine (looked for initdb; PG_BIN names its folder)\n');

describe.skipIf(!pgBinaries)('PostgreSQL', () => {
  let server: PgServer;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    server = await startPg();
  });
  afterAll(async () => {
    for (const close of closing) await close().catch(() => undefined);
    server.close();
  });

  const pool = async (url?: string) => {
    const at = url ?? (await server.database());
    const opened = openPool(at, () => undefined);
    closing.push(() => opened.end());
    await prepareTables(opened, [JOURNAL_TABLE, DOCUMENTS_TABLE, SHELF_TABLE]);
    return { opened, url: at };
  };
  const journalOn = async (url?: string) => PgJournal.open({ pool: (await pool(url)).opened, hear: () => async () => undefined });

  describe('PgJournal', () => journalContract(() => journalOn()));
  describe('PgDocuments', () => documentsContract(async () => new PgDocuments((await pool()).opened)));

  it('takes turns: positions have no holes and every hub hears everything in the same order', async () => {
    const { url } = await pool();
    const hubs = await Promise.all([1, 2, 3].map(() => journalOn(url)));
    const heard: Entry[][] = hubs.map(() => []);
    await Promise.all(
      hubs.map(async (hub, h) => {
        for (let n = 0; n < 40; n++) {
          const mine = entries(h * 1_000 + n * 10, 1 + (n % 4));
          await hub.turn({ missed: (_first, others) => void heard[h]?.push(...others), plan: () => mine });
          heard[h]?.push(...mine);
        }
      }),
    );
    for (const [h, hub] of hubs.entries()) await hub.turn({ missed: (_first, others) => void heard[h]?.push(...others) });
    const all = await readAll(hubs[0] as PgJournal);
    expect(all).toHaveLength(3 * 100);
    for (const list of heard) expect(list).toEqual(all);
    expect(new Set(hubs.map((hub) => hub.head().hash)).size).toBe(1);
    expect(await hubs[1]?.verify()).toMatchObject({ entries: 300, findings: [] });
  });

  it('plans nothing on an old state: what another hub committed is heard before', async () => {
    const { url } = await pool();
    const [a, b] = [await journalOn(url), await journalOn(url)];
    await a.append([entry(1)]);
    const order: string[] = [];
    await b.turn({
      missed: (first) => void order.push(`heard ${first}`),
      plan: () => {
        order.push('planned');
        return [entry(2)];
      },
    });
    expect(order).toEqual(['heard 1', 'planned']);
    expect(await b.position).toBe(2);
  });

  it('a row that was changed or taken away is found', async () => {
    const { url } = await pool();
    const journal = await journalOn(url);
    for (let n = 1; n <= 5; n++) await journal.append(entries(n * 10, 2));
    await server.sql("update harbourlight.journal set entries = replace(entries, 'n', 'm') where first = 5", url);
    expect((await journal.verify()).findings).toMatchObject([{ what: 'changed', offset: 5 }]);
    await server.sql('delete from harbourlight.journal where first = 7', url);
    expect((await journal.verify()).findings.map((f) => f.what)).toContain('entries from 7 to 8 are missing');
    expect(await faultCode(readAll(journal))).toBe('damaged');
  });

  it('tells a store that was put back to an older state, also where others have written on', async () => {
    const { url } = await pool();
    const [a, b] = [await journalOn(url), await journalOn(url)];
    for (let n = 1; n <= 4; n++) await a.append([entry(n)]);
    await b.turn({ missed: () => undefined });
    await server.sql('delete from harbourlight.journal where first > 2', url);
    await (await journalOn(url)).append(entries(100, 3));
    expect(await faultCode(a.append([entry(9)]))).toBe('set_back');
    expect(await faultCode(b.turn({ missed: () => undefined }))).toBe('set_back');
    expect([a.position, b.position]).toEqual([5, 5]);
    expect(await a.append([entry(10)])).toBe(6);
    expect(await readAll(a)).toEqual([...entries(1, 2), ...entries(100, 3), entry(10)]);
  });

  it('[F58] a connection that is cut in the middle of a turn: nothing of it is there, the next turn goes on', async () => {
    const { url } = await pool();
    const [a, b] = [await journalOn(url), await journalOn(url)];
    await a.append([entry(1)]);
    // it waits for the turn, and the turn for it to be waiting
    const cutting = server.sql(
      `do $$ begin loop
        perform pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and clock_timestamp() - state_change > interval '100 ms';
        exit when found;
        perform pg_stat_clear_snapshot(), pg_sleep(0.02);
      end loop; end $$`,
      url,
    );
    while ((await server.sql("select 1 from pg_stat_activity where state = 'active' and query like 'do $$ begin loop%'", url)).length === 0);
    const cut = a.turn({
      missed: () => undefined,
      plan: () => {
        const untilMs = Date.now() + 1_000;
        while (Date.now() < untilMs); // the turn stands still while its connection goes
        return [entry(2)];
      },
    });
    expect(await faultCode(cut)).toBe('storage_failed');
    expect(a.state).toBe('poisoned');
    await cutting;
    const seen: Entry[] = [];
    await b.turn({ missed: (_first, others) => void seen.push(...others) });
    expect(seen).toEqual([entry(1)]);
    expect([await a.append([entry(3)]), a.state]).toEqual([2, 'writable']);
  });

  it('the shelf: taken once, gone when it has run out, bounded', async () => {
    const { opened } = await pool();
    const [one, two] = [new PgShelf(opened), new PgShelf(opened)];
    await one.put('pairing', 'a', { n: 1 }, 60_000);
    await one.put('pairing', 'soon', { n: 2 }, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([await two.get('pairing', 'a'), await two.get('pairing', 'soon'), await two.get('session', 'a')]).toEqual([{ n: 1 }, undefined, undefined]);
    expect((await Promise.all([one.take('pairing', 'a'), two.take('pairing', 'a'), one.take('pairing', 'a')])).filter(Boolean)).toEqual([true]);
    for (let n = 0; n < 205; n++) await one.put('pairing', `k${n}`, n, 60_000);
    const all = await two.all('pairing');
    expect([all.length, all[0]?.key, all.at(-1)?.key]).toEqual([200, 'k5', 'k204']);
  });
});

/** The operator's commands on a real PostgreSQL: a move there and back loses and changes nothing, also when it is killed; what works on either store works here. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginMove, unfinishedText } from '../../server/documents/move-mark.ts';
import { factsOf } from '../../server/exports/export-facts.ts';
import { foldTo } from '../../server/exports/folding.ts';
import { rawRows } from '../../server/exports/raw-rows.ts';
import { report } from '../../server/exports/report.ts';
import { makeStatement, statementPage } from '../../server/exports/statement.ts';
import { csvZip, jsonText } from '../../server/exports/table-files.ts';
import { workbook } from '../../server/exports/workbook.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { openShared } from '../../server/open-database.ts';
import { openJournal, openStorage } from '../../server/open-storage.ts';
import type { VerifyReport } from '../../server/operator/verify.ts';
import { type OutboxHead, outboxFormat, outboxLines, outboxVersion } from '../../shared/outbox-file.ts';
import { catalogue, showcase as show, entriesOf as showEntries } from '../exports/show.ts';
import { type Env, runHub, runOperator } from '../hub/hub-process.ts';
import { makeLongJournal } from '../operator/long-journal.ts';
import { operate } from '../operator/operate.ts';
import { entriesOf, eventOf, kiosk, makeFolder, sessionsIn, showcase, startMs } from '../operator/small-folder.ts';
import { type PgServer, pgBinaries, startPg } from './pg-server.ts';

const slowMs = 180_000;

const bytesOf = async (chunks: AsyncIterable<Uint8Array | string>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
};
/** The hashes of everything that is taken away: workbook, tables with every reading, JSON, report, statement and its printed form. */
const exportsOf = async (journal: Journal): Promise<string[]> => {
  const facts = await factsOf(await foldTo(journal, show, journal.position), catalogue, {}, 'zh-HK');
  const raw = () => rawRows(journal, show, facts.asked.fold.of.doors, facts.position, facts.asked.range);
  const statement = await makeStatement(await foldTo(journal, show, journal.position), {});
  const texts = [await report(facts, 'zh-HK'), JSON.stringify(statement), await statementPage(statement, catalogue, 'en')];
  return [await bytesOf(workbook(facts, 'zh-HK', raw())), await bytesOf(csvZip(facts, { guard: true }, raw())), await bytesOf(jsonText(facts, {})), ...texts];
};
const ofFolder = async <T>(dataDir: string, use: (journal: Journal) => Promise<T>): Promise<T> => {
  const journal = await openJournal(dataDir, Date.now, () => undefined, true);
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
};
const ofDatabase = async <T>(url: string, use: (shared: Awaited<ReturnType<typeof openShared>>) => Promise<T>): Promise<T> => {
  const shared = await openShared(url, pino({ level: 'silent' }));
  try {
    return await use(shared);
  } finally {
    await shared.documents.close();
    await shared.journal.close();
    await shared.close();
  }
};

describe.skipIf(!pgBinaries)('operator on PostgreSQL', () => {
  let server: PgServer;
  let folder: string;
  let made = 0;
  const fresh = (): string => path.join(folder, `data-${++made}`);
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-pg-operator-'));
    server = await startPg();
  }, slowMs);
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const run = operate;
  const done = async (args: readonly string[], env: Env): Promise<string> => {
    const ended = await run(args, env);
    expect(ended).toMatchObject({ code: 0, err: '' });
    return ended.out;
  };
  const refused = async (args: readonly string[], env: Env, why: RegExp): Promise<void> => {
    const ended = await run(args, env);
    expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^harbourlight: [^\n]*\n$/) });
    expect(ended.err).toMatch(why);
  };
  const totals = async (env: Env): Promise<unknown> => {
    const { segment: _s, hash: _h, ...report } = JSON.parse(await done(['totals', '--by', 'all', '--json'], env));
    return report;
  };
  const verified = async (env: Env) => {
    const { entries, findings, documents } = JSON.parse(await done(['verify', '--json'], env)) as VerifyReport;
    return { entries, findings, documents: documents.filter((d) => d.name !== 'move') };
  };

  test(
    '[O6] move there and back: the same totals, the same verification, the same bytes in every export; the way back is refused where something is',
    async () => {
      const [here, back, url] = [fresh(), fresh(), await server.database()];
      await makeFolder(here, showEntries(true));
      const files = await ofFolder(here, exportsOf);
      const [counted, checked] = [await totals({ DATA_DIR: here }), await verified({ DATA_DIR: here })];
      const env = { DATA_DIR: here, DATABASE_URL: url };
      const there = await done(['move', '--to', 'database'], env);
      expect(there).toMatch(/^sha-256 {3}[0-9a-f]{64} of the entries/m);
      expect([await totals(env), await verified(env)]).toEqual([counted, checked]);
      expect(await ofDatabase(url, ({ journal }) => exportsOf(journal))).toEqual(files);
      await refused(['move', '--to', 'database'], env, /target holds \d+ entries already/);
      await refused(['move', '--to', 'folder'], env, /there is a journal in .* already/);
      expect(await done(['move', '--to', 'folder'], { DATA_DIR: back, DATABASE_URL: url })).toBe(there);
      expect([await totals({ DATA_DIR: back }), await verified({ DATA_DIR: back })]).toEqual([counted, checked]);
      expect(await ofFolder(back, exportsOf)).toEqual(files);
      const statement = path.join(folder, 'statement');
      await ofFolder(here, async (journal) => writeFile(statement, JSON.stringify(await makeStatement(await foldTo(journal, show, journal.position), {}))));
      for (const at of [{ DATA_DIR: here }, env, { DATA_DIR: back }]) expect(await done(['verify', '--statement', statement], at)).toMatch(/^yes /m);
      const isNo = async (reason: string): Promise<void> =>
        expect(await run(['verify', '--statement', statement], env)).toMatchObject({ code: 1, err: '', out: expect.stringMatching(new RegExp(`^no\\n {2}${reason}: `, 'm')) });
      await server.sql("update harbourlight.journal set entries = replace(entries, 'wrong door', 'right door')", url);
      await isNo('journal_differs');
      await server.sql('update harbourlight.journal set first = first + 1 where first = (select max(first) from harbourlight.journal)', url);
      await isNo('journal_damaged');
    },
    slowMs,
  );

  test(
    '[O6] a move that is killed goes on when it is run again, and until then nobody counts on the part',
    async () => {
      const [here, url] = [fresh(), await server.database()];
      await makeLongJournal(here, 60_000);
      const env = { DATA_DIR: here, DATABASE_URL: url };
      const stop = new AbortController();
      const rows = () =>
        server.sql('select count(*)::int as n from harbourlight.journal', url).then(
          ([row]) => Number(row?.['n']),
          () => 0, // the table is not made yet
        );
      const killed = runOperator(['move', '--to', 'database'], env, stop.signal);
      while ((await rows()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      stop.abort();
      expect((await killed).signal).toBe('SIGKILL');
      expect(await runHub({ ...env, ADMIN_PASSPHRASE: 'correct horse battery staple' })).toMatchObject({ code: 1, err: `harbourlight: ${unfinishedText}\n` });
      await refused(['import', path.join(here, 'nothing')], env, /./);
      await done(['move', '--to', 'database'], env);
      const { position } = JSON.parse(await done(['totals', '--json'], env)) as { position: number };
      expect(position).toBe((JSON.parse(await done(['totals', '--json'], { DATA_DIR: here })) as { position: number }).position);
      expect(await totals(env)).toEqual(await totals({ DATA_DIR: here }));
    },
    slowMs,
  );

  test(
    '[O6] a part in the target is gone on from only where it is a part of this journal; a folder is as crash-safe as a database',
    async () => {
      const [here, other, url] = [fresh(), fresh(), await server.database()];
      await makeFolder(here, entriesOf(100));
      await done(['move', '--to', 'database'], { DATA_DIR: here, DATABASE_URL: url });
      const begun = async (dataDir: string, entries: ReturnType<typeof entriesOf>): Promise<void> => {
        const { journal, documents } = await openStorage(dataDir, Date.now, () => undefined);
        await beginMove(documents);
        await journal.append(entries);
        await journal.close();
        await documents.close();
      };
      await begun(other, entriesOf(100).slice(0, 40));
      expect(await runHub({ DATA_DIR: other })).toMatchObject({ code: 1, err: `harbourlight: ${unfinishedText}\n` });
      await done(['move', '--to', 'folder'], { DATA_DIR: other, DATABASE_URL: url });
      expect(await totals({ DATA_DIR: other })).toEqual(await totals({ DATA_DIR: here }));
      for (const entries of [showEntries().slice(0, 40), entriesOf(110)]) {
        const foreign = fresh();
        await begun(foreign, entries);
        await refused(['move', '--to', 'folder'], { DATA_DIR: foreign, DATABASE_URL: url }, /does not hold what the source holds|holds more entries/);
      }
    },
    slowMs,
  );

  test(
    '[O6] nothing is moved while a hub is connected, from nothing, or from a part; and nothing is made in the folder then',
    async () => {
      const [here, empty, url] = [fresh(), fresh(), await server.database()];
      await makeFolder(here, entriesOf(20));
      await refused(['move', '--to', 'folder'], { DATA_DIR: empty, DATABASE_URL: url }, /source holds no entries/);
      expect(existsSync(empty) ? (await readdir(empty)).filter((n) => n !== 'documents') : []).toEqual([]);
      await refused(['move', '--to', 'database'], { DATA_DIR: empty, DATABASE_URL: url }, /no journal/);
      await ofDatabase(url, () => refused(['move', '--to', 'database'], { DATA_DIR: here, DATABASE_URL: url }, /connected to the database/));
      await ofDatabase(url, ({ documents }) => documents.write('register', {}));
      await refused(['move', '--to', 'database'], { DATA_DIR: here, DATABASE_URL: url }, /holds the document "register" already/);
      await refused(['move', '--to', 'database'], { DATA_DIR: here }, /DATABASE_URL names no database/);
    },
    slowMs,
  );

  test(
    '[O7] verify, totals and import work on a database; a changed row and a missing one are found; backup, restore and repair say that they do not',
    async () => {
      const [here, url] = [fresh(), await server.database()];
      const env = { DATA_DIR: fresh(), DATABASE_URL: url };
      for (const command of ['verify', 'totals']) await refused([command], env, /no journal in the database/);
      await makeFolder(here, entriesOf(60));
      await done(['move', '--to', 'database'], { DATA_DIR: here, DATABASE_URL: url });
      const head: OutboxHead = { format: outboxFormat, version: outboxVersion, device: kiosk, showcase, zone: 'living', epoch: `epoch-of-${kiosk}`, madeMs: startMs, offsetMs: 0 };
      const file = path.join(folder, 'outbox');
      await writeFile(
        file,
        [
          ...outboxLines(
            head,
            Array.from({ length: 700 }, (_, i) => ({ ...eventOf(kiosk, 9_000 + i), seq: 9_000 + i })),
          ),
        ].join(''),
      );
      const before = sessionsIn(JSON.parse(await done(['totals', '--json'], env)));
      // a hub, or anybody, may be connected meanwhile
      await ofDatabase(url, async () => {
        expect(await done(['import', file], env)).toMatch(/^new {7}700$/m);
        expect(await done(['import', file], env)).toMatch(/^new {7}0$/m);
      });
      expect(sessionsIn(JSON.parse(await done(['totals', '--json'], env)))).toBe(before + 700);
      expect(await done(['verify'], env)).toMatch(/^findings {2}0$/m);
      for (const args of [['backup', folder], ['restore', folder], ['repair'], ['repair', '--accept-gap']]) await refused(args, env, /DATABASE_URL is set: .*pg_dump/);
      expect(existsSync(env.DATA_DIR)).toBe(false);
      await server.sql('update harbourlight.journal set entries = replace(entries, \'"in":5\', \'"in":6\') where first = 1', url);
      const changed = await run(['verify'], env);
      expect(changed).toMatchObject({ code: 1, out: expect.stringMatching(/^findings {2}1\n.*position 1 on: changed$/m) });
      await server.sql('delete from harbourlight.journal where first = 1', url);
      const missing = await run(['verify'], env);
      expect(missing).toMatchObject({ code: 1, out: expect.stringMatching(/missing/) });
      expect(await run(['totals'], env)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/damaged/) });
    },
    slowMs,
  );
});

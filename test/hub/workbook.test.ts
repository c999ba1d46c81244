/** The whole export by a running hub: one click each for workbook, tables, JSON, report, statement, versions; refusals by stable codes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkStatement } from '../../server/exports/statement.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { exportsAtOnceMax } from '../../server/routes/exports.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import { TABLE_KEYS } from '../../shared/report/table.ts';
import { bytesOf, readBook, unzip } from '../exports/reading.ts';
import { minute, type SmallHub, showcase, smallHub } from './small-hub.ts';
import { threadHere } from './thread-here.ts';

/** cover, one a table, method, raw */
const sheets = TABLE_KEYS.length + 3;
const at = `/api/v1/showcases/${showcase}`;

describe('exports of a hub', () => {
  let small: SmallHub;
  let cookie: string;
  let held: (() => void)[] | null = null;
  const raw = async (query: string) => {
    const answer = await fetch(`${small.origin}${at}/${query}`, { headers: { cookie } });
    return { status: answer.status, name: answer.headers.get('content-disposition') ?? '', bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  beforeAll(async () => {
    small = await smallHub({
      openThread: (heard, ended) => {
        const thread = threadHere(heard, ended);
        return {
          ...thread,
          post: (message, transfer) => (held !== null && message.kind === 'make' ? void held.push(() => thread.post(message, transfer)) : thread.post(message, transfer)),
        };
      },
    });
    cookie = await small.cookie('organiser');
    const { token } = await small.device('counter');
    const now = Date.now();
    await small.ask('POST', '/api/v1/readings', { token, body: { records: [minute(now, 5, 12, 3), minute(now, 4, 9, 2)] } });
  });
  afterAll(() => small.close());

  test('[X1] workbook in every language and with two heads; tables, JSON and the API agree', async () => {
    const live = (await small.ask('GET', `${at}/attendance?by=day`, { cookie })).body;
    for (const lang of ['zh-HK', 'zh-CN', 'en', 'both']) {
      const { status, name, bytes } = await raw(`attendance?format=xlsx&lang=${lang}&raw=on`);
      expect(status).toBe(200);
      expect(name).toMatch(/^attachment; filename="smart-hong-kong-pavilion_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d_attendance_provisional_v1_\d{12}\.xlsx"$/);
      const book = readBook(bytes);
      expect(book.size).toBe(sheets);
      expect([...book.values()][1]?.pane).toMatchObject({ ySplit: lang === 'both' ? '5' : '4' });
      expect([...book.values()][sheets - 1]?.rows.length).toBe((lang === 'both' ? 5 : 4) + 2);
    }
    const everything = JSON.parse((await raw('attendance?format=json')).bytes.toString('utf8'));
    expect(everything).toMatchObject({ ...live, tables: { day: { rows: [{ visits: 21 }] } } });
    expect([...unzip((await raw('attendance?format=zip')).bytes).keys()]).toContain('raw.csv');
  });

  test('[X5][X6] the statement that a hub gives is confirmed by its journal; the printed form and the versions of a day are there', async () => {
    const { bytes } = await raw('statement');
    expect(await checkStatement(JSON.parse(bytes.toString('utf8')), small.journal)).toMatchObject({ ok: true });
    const printed = (await raw('statement?format=html&lang=zh-HK')).bytes.toString('utf8');
    expect(printed).toContain('<html lang="zh-HK">');
    expect(printed).toContain('吸引 21 人次參觀');
    const day = dayOf(Date.now());
    await small.ask('POST', `${at}/days/${day}/close`, { cookie });
    const { versions } = (await small.ask('GET', `${at}/days/${day}/versions`, { cookie })).body;
    expect(versions).toMatchObject([{ version: 1, status: 'closed', by: 'the-organiser' }]);
    await small.ask('POST', `${at}/corrections`, {
      cookie: await small.cookie('supervisor'),
      body: { point: 'door-a', hour: new Date(Date.now() - 60_000).toISOString(), in: 4, out: 0, reason: 'checked on film' },
    });
    const { changed } = (await small.ask('GET', `${at}/days/${day}/versions/2/difference?with=1`, { cookie })).body;
    expect(changed).toContainEqual({ figure: 'visits', before: 21, after: 25 });
    expect((await small.ask('GET', `${at}/days/${day}/versions/1`, { cookie })).body).toMatchObject({ figures: { visits: 21 } });
    expect((await small.ask('GET', `${at}/comparison?from=${day}&to=${day}&withFrom=${day}&withTo=${day}`, { cookie })).body.rows[0]).toMatchObject({
      metric: 'visits',
      change: 0,
    });
  });

  test('[X1] only the chosen tables, in every form', async () => {
    const tables = 'tables=day,project';
    expect([...unzip((await raw(`attendance?format=zip&raw=off&${tables}`)).bytes).keys()]).toEqual(['day.csv', 'project.csv', 'canonical.csv', 'columns.csv', 'manifest.json']);
    // cover, the two, and the method
    expect(readBook((await raw(`attendance?format=xlsx&lang=en&${tables}`)).bytes).size).toBe(4);
    const one = await raw('attendance?format=xlsx&lang=en&by=hour');
    expect([[...readBook(one.bytes).keys()], one.name]).toEqual([['Cover', 'Hourly', 'Method'], expect.stringMatching(/_by-hour\.xlsx"$/)]);
    expect(Object.keys(JSON.parse((await raw(`attendance?format=json&${tables}`)).bytes.toString('utf8')).tables)).toEqual(['day', 'project']);
    for (const bad of ['', 'day,,hour', 'nothing', 'day,nothing']) expect([bad, (await raw(`attendance?format=zip&tables=${bad}`)).status]).toEqual([bad, 400]);
  });

  test('[X10] an export that was named tells how far it has read the journal, and is over when it is broken off', async () => {
    let open = (): void => undefined;
    let held: Promise<void> | null = null;
    const slow = new (class extends MemoryJournal {
      override async *read(after: number) {
        for await (const chunk of super.read(after)) {
          await held;
          yield chunk;
        }
      }
    })();
    const hub = await smallHub({ journal: slow });
    const who = await hub.cookie('organiser');
    const far = async (): Promise<{ position: number | null; of: number }> => (await hub.ask('GET', '/api/v1/exports/the-export-of-a-test', { cookie: who })).body;
    held = new Promise((resolve) => {
      open = () => resolve(undefined);
    });
    const stop = new AbortController();
    const broken = fetch(`${hub.origin}${at}/attendance?format=zip`, { headers: { cookie: who, 'x-export-id': 'the-export-of-a-test' }, signal: stop.signal }).catch(
      () => 'broken off',
    );
    await expect.poll(far, { timeout: 20_000 }).toEqual({ position: expect.any(Number), of: slow.position });
    expect((await hub.ask('GET', '/api/v1/exports/the-export-of-a-test', { cookie: await hub.cookie('staff') })).status).toBe(403);
    stop.abort();
    open();
    expect(await broken).toBe('broken off');
    await expect.poll(far, { timeout: 20_000 }).toEqual({ position: null, of: slow.position });
    await hub.close();
  });

  test('[H1] a query that is none is refused by code, too many exports at once wait, and file names are the hub’s own', async () => {
    const refused = async (query: string) => {
      const { status, body } = await small.ask('GET', `${at}/${query}`, { cookie });
      return [status, body?.code, body?.errors?.[0]?.path];
    };
    expect(await refused('attendance?format=pdf')).toEqual([400, 'validation_failed', 'format']);
    expect(await refused('attendance?format=xlsx&lang=de')).toEqual([400, 'validation_failed', 'lang']);
    expect(await refused('attendance?format=zip&from=../../x')).toEqual([400, 'validation_failed', 'from']);
    expect(await refused('attendance?from=2026-11-25&to=2026-11-24')).toEqual([400, 'validation_failed', 'to']);
    expect(await refused('attendance?zone=x')).toEqual([400, 'validation_failed', '']);
    expect(await refused('days/2026-11-24/versions/9')).toEqual([404, 'not_found', undefined]);
    expect(await refused('days/today/versions')).toEqual([400, 'validation_failed', 'day']);
    expect((await small.ask('GET', `${at}/statement`)).status).toBe(401);
    expect((await small.ask('GET', `${at}/statement`, { cookie: await small.cookie('staff') })).status).toBe(403);
    // none is made before all were asked for
    const makes: (() => void)[] = [];
    held = makes;
    const statuses: number[] = [];
    const asked = Array.from({ length: 50 }, async () => {
      const answer = await fetch(`${small.origin}${at}/attendance?format=xlsx`, { headers: { cookie } });
      statuses.push(answer.status);
      return answer;
    });
    await expect.poll(() => statuses.length, { timeout: 30_000 }).toBe(50 - exportsAtOnceMax);
    expect(new Set(statuses)).toEqual(new Set([503]));
    held = null;
    for (const make of makes) make();
    const many = await Promise.all(asked);
    expect(statuses.filter((status) => status === 200).length).toBe(exportsAtOnceMax);
    await Promise.all(many.map((a) => bytesOf(a.body as unknown as AsyncIterable<Uint8Array>)));
    expect((await raw('attendance?format=xlsx')).status).toBe(200);
  });
});

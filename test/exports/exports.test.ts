/** One export in every form: whole, in the same bytes wherever it is made, and adding up. Its cells are compared in `cells.test.ts`. */
import { describe, expect, test } from 'vitest';
import { type ExportFacts, factsOf } from '../../server/exports/export-facts.ts';
import { foldTo } from '../../server/exports/folding.ts';
import { printedTable } from '../../server/exports/printed.ts';
import { rawRows } from '../../server/exports/raw-rows.ts';
import { csvZip, jsonText, lookOf, lookText } from '../../server/exports/table-files.ts';
import { workbook } from '../../server/exports/workbook.ts';
import type { Journal } from '../../server/journal/journal.ts';
import type { Row } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { exportQuery } from '../../shared/export-queries.ts';
import { TABLE_NAMES } from '../../shared/report/column-names.ts';
import { personMinutes } from '../../shared/report/occupancy.ts';
import { TABLE_COLUMNS, TABLE_KEYS } from '../../shared/report/table.ts';
import type { Lang } from '../../shared/words.ts';
import { bytesOf, readBook, readCsv, unzip } from './reading.ts';
import { catalogue, days, entriesOf, ms, showcase, showJournal } from './show.ts';

const exported = async (journal: Journal, range = {}): Promise<ExportFacts> => factsOf(await foldTo(journal, showcase, journal.position), catalogue, range, 'en');
const raw = (journal: Journal, f: ExportFacts) => rawRows(journal, showcase, f.asked.fold.of.doors, f.position, f.asked.range);

test('[R17] in print a change against a published approximate figure is about so much, an exact one has its decimal', () => {
  const columns = TABLE_COLUMNS.comparison;
  const rows = [
    { comparison: 'show', other: 'An earlier show', precision: 'approx', change: -20 },
    { comparison: 'day', other: '2025-04-13', precision: 'exact', change: -16.3 },
  ];
  const cells = (lang: Lang) => [...String(printedTable('x', { columns, rows, totals: null }, ['other', 'change'], lang)).matchAll(/<td>([^<]*)<\/td>/g)].map((m) => m[1]);
  expect(cells('zh-HK')).toEqual(['約\u00a0−20\u00a0%', '−16.3\u00a0%']);
  expect(cells('en')).toEqual(['about\u00a0−20\u00a0%', '−16.3\u00a0%']);
});

describe('exports', () => {
  test('[X1] more readings than a sheet holds go on in the next ones, each with its head; none is lost or doubled', async () => {
    const journal = await showJournal();
    const f = await exported(journal);
    const headRows = 4;
    const rowsOf = async (rowsMax?: number): Promise<{ names: string[]; rows: unknown[] }> => {
      const book = readBook(await bytesOf(workbook(f, 'en', raw(journal, f), rowsMax)));
      const sheets = [...book].filter(([name]) => name.startsWith(TABLE_NAMES.raw.en));
      for (const [, { rows }] of sheets) expect(rows[headRows - 1]?.map((c) => c.v)).toEqual(sheets[0]?.[1].rows[headRows - 1]?.map((c) => c.v));
      if (rowsMax !== undefined) for (const [, { rows }] of sheets) expect(rows.length).toBeLessThanOrEqual(rowsMax);
      return { names: sheets.map(([name]) => name), rows: sheets.flatMap(([, { rows }]) => rows.slice(headRows).map((r) => r.map((c) => c.v))) };
    };
    const whole = await rowsOf();
    expect(whole.names).toEqual(['Raw']);
    const n = whole.rows.length;
    const split = await rowsOf(headRows + Math.ceil(n / 3));
    expect(split.names).toEqual(['Raw', 'Raw 2', 'Raw 3']);
    expect(split.rows).toEqual(whole.rows);
    // exactly full: no empty sheet behind it
    expect((await rowsOf(headRows + n)).names).toEqual(['Raw']);
  });

  test('[X2] the same position gives the same bytes, again and from a copy of the journal; more entries give others', async () => {
    const journal = await showJournal();
    const copy = await showJournal(JSON.parse(JSON.stringify(entriesOf())));
    const made = async (j: Journal, upTo = j.position) => {
      const f = await factsOf(await foldTo(j, showcase, upTo), catalogue, {}, 'zh-HK');
      return [await bytesOf(workbook(f, 'both', raw(j, f))), await bytesOf(csvZip(f, { guard: true }, raw(j, f))), await bytesOf(jsonText(f, {}))].map((b) => b.toString('base64'));
    };
    const first = await made(journal);
    expect(await made(journal)).toEqual(first);
    expect(await made(copy)).toEqual(first);
    const before = journal.position;
    await journal.append([{ kind: 'links.mode-set', receivedMs: 0, mode: 'direct' }]);
    expect(await made(journal, before)).toEqual(first);
    expect((await made(journal))[0]).not.toBe(first[0]);
  });

  test('[X13] of a long table a look takes its first rows and says how many there are, in as few bytes however long it is', async () => {
    const lookAt = async (n: number): Promise<{ told: { rowCount: number; rows: Row[]; totals: Row }; bytes: number }> => {
      const corrections = Array.from({ length: n }, (_, i): Entry => {
        const hour = `${days[i % 2]}T${i % 3 === 0 ? '10' : '11'}`;
        return {
          kind: 'count.corrected',
          receivedMs: ms(days[1], '13:00') + i,
          showcase,
          by: 'supervisor',
          id: `more-${i}`,
          point: 'west-gate',
          hour,
          in: 1,
          out: 0,
          reason: `recount ${i}`,
        };
      });
      const f = await exported(await showJournal([...entriesOf(), ...corrections]));
      const look = lookOf(f, { showcase }, 500);
      const text = lookText(look, ['corrections'], 12);
      // whatever is looked at, it is what the whole document says
      const document = JSON.parse((await bytesOf(jsonText(f, { showcase }))).toString('utf8'));
      const cut = Object.fromEntries(TABLE_KEYS.map((key) => [key, { ...document.tables[key], rows: document.tables[key].rows.slice(0, 500) }]));
      expect(JSON.parse(lookText(look, TABLE_KEYS, 500))).toEqual({ ...document, tables: cut });
      expect(JSON.parse(text)).toEqual({ ...document, tables: { corrections: { ...cut['corrections'], rows: cut['corrections'].rows.slice(0, 12) } } });
      return { told: JSON.parse(text).tables.corrections, bytes: Buffer.byteLength(text) };
    };
    const [few, many] = [await lookAt(50), await lookAt(5_000)];
    expect([many.told.rowCount - few.told.rowCount, few.told.rows.length, many.told.rows.length]).toEqual([4_950, 12, 12]);
    expect(many.told.rows).toEqual(few.told.rows);
    // the foot is that of the whole table
    expect((many.told.totals['in'] as number) - (few.told.totals['in'] as number)).toBe(4_950);
    expect(many.bytes).toBeLessThan(few.bytes + 100);
    for (const [rows, good] of [
      ['12', true],
      ['500', true],
      ['501', false],
      ['0', false],
      ['1.5', false],
      ['x', false],
    ] as const)
      expect([rows, exportQuery.safeParse({ format: 'json', rows }).success]).toEqual([rows, good]);
  });

  test('[R8] the identity holds in every form, and raw readings add up to it', async () => {
    const journal = await showJournal(entriesOf(true));
    for (const range of [{}, { from: days[0], to: days[0] }, { from: days[1] }]) {
      const f = await exported(journal, range);
      const files = unzip(await bytesOf(csvZip(f, { guard: true }, raw(journal, f))));
      const [head = [], ...rows] = readCsv(files.get('reconciliation.csv')?.toString('utf8') ?? '');
      const sum = (name: string) => rows.reduce((n, r) => n + Number(r[head.indexOf(name)]), 0);
      expect(sum('check')).toBe(0);
      expect(sum('received')).toBe(['duplicates', 'quarantined', 'shadow', 'outside', 'staff', 'accepted'].reduce((n, x) => n + sum(x), 0));
      expect(sum('visits')).toBe(f.tables.day.rows.reduce((n, r) => n + (r['visits'] as number), 0));
      expect(sum('visits')).toBe(f.visits);
      const [rawHead = [], ...told] = readCsv(files.get('raw.csv')?.toString('utf8') ?? '');
      const inner = rawHead.indexOf('point');
      const of = (fate: string) =>
        told.filter((r) => (r[rawHead.indexOf('disposition')] as string).startsWith(fate) && r[inner] !== 'inner').reduce((n, r) => n + Number(r[rawHead.indexOf('in')]), 0);
      for (const fate of ['duplicates', 'quarantined', 'shadow', 'outside', 'staff', 'accepted']) expect(of(fate), fate).toBe(sum(fate));
    }
  });

  test('[X11] votes, ratings and answers of the quiz stand day by day and project by project; one rating a visit, none of a rehearsal', async () => {
    const entries = entriesOf();
    const told = entries.find((e) => e.kind === 'kiosk.recorded');
    if (told?.kind !== 'kiosk.recorded') throw new Error('the show has no kiosk');
    const again: Entry = { ...told, from: 100, items: told.items.map((i) => ('kind' in i ? { ...i, id: `${i.id}x` } : i)) };
    const rehearsed: Entry = {
      ...told,
      receivedMs: ms(days[1], '13:10'),
      from: 200,
      items: told.items.map((i) => ('kind' in i ? { ...i, id: `${i.id}y`, ...('session' in i && { session: 'session-rehearsed' }), atMs: ms(days[1], '13:05') } : i)),
    };
    const rehearsal = (on: boolean, clock: string): Entry => ({ kind: 'rehearsal.set', receivedMs: ms(days[1], clock), showcase, by: 'admin', on, devices: null });
    const plain = await exported(await showJournal(entries));
    expect(plain.tables.answers.rows).toMatchObject([
      { day: days[0], sessions: 1, votes: 1, ratings: 1, ratedGood: 1, ratedFair: 0, ratedPoor: 0, quizAnswers: 2, quizRight: 2, quizRightShare: 100 },
      { day: days[1], sessions: 1, votes: 1, ratings: 1, ratedGood: 0, ratedFair: 0, ratedPoor: 1, quizAnswers: 2, quizRight: 1, quizRightShare: 50 },
    ]);
    expect(plain.tables.answers.totals).toMatchObject({ votes: 2, ratings: 2, quizAnswers: 4, quizRight: 3 });
    const of = (f: ExportFacts, id: string) => f.tables.project.rows.find((r) => r['project'] === id);
    expect(of(plain, 'alpha')).toMatchObject({ quizAnswers: 2, quizRight: 1, favourites: 2, votes: 0 });
    expect(of(plain, 'beta')).toMatchObject({ quizAnswers: 0, votes: 2 });
    const more = await exported(await showJournal([...entries, again]));
    expect(more.tables.answers.totals).toMatchObject({ votes: 2, ratings: 2 });
    const after = await exported(await showJournal([...entries, rehearsal(true, '13:00'), rehearsed, rehearsal(false, '13:30')]));
    expect(after.tables.answers).toEqual(plain.tables.answers);
    for (const key of ['project', 'kiosk'] as const) expect(after.tables[key].rows).toEqual(plain.tables[key].rows);
  });

  test('[R9] E5: person-minutes by the trapezoid over the corrected series', () => {
    const ins = [420, 610, 540, 500, 640, 700, 480, 210];
    const outs = [180, 430, 520, 510, 560, 690, 610, 520];
    expect(Math.round(personMinutes(ins, outs, 60))).toBe(162_493);
  });
});

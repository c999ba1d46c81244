/**
 * Every cell of every sheet, in every language, beside the CSV, the JSON and the API of the same position: typed as its column says, blank
 * where nothing is known, and inert whatever its text. Read by readers that share nothing with the writers.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type ExportFacts, factsOf } from '../../server/exports/export-facts.ts';
import { foldTo } from '../../server/exports/folding.ts';
import { rawRows } from '../../server/exports/raw-rows.ts';
import { csvZip, jsonText } from '../../server/exports/table-files.ts';
import { workbook } from '../../server/exports/workbook.ts';
import type { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { attendanceOf, type Cell, GROUPINGS, type Row } from '../../shared/attendance.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { CODE_NAMES, COLUMN_NAMES } from '../../shared/report/column-names.ts';
import { type Column, TABLE_KEYS } from '../../shared/report/table.ts';
import { METHOD, publicationLine, REPORT_WORDS } from '../../shared/report-words.ts';
import type { Lang, Text } from '../../shared/words.ts';
import { bytesOf, type Grid, type GridCell, gridOf, type ReadSheet, readBook, readCsv, trimmed, unzip } from './reading.ts';
import { richCatalogue, richDays, richEntries, richNames, trickyTexts } from './rich-show.ts';
import { showJournal } from './show.ts';

/** what a cell of the format holds */
const cellCharsMax = 32_767;
type Told = { columns: Column[]; rows: Row[]; totals: Row | null };
type Whole = { tables: { [key: string]: Told } } & { [key: string]: unknown };

let journal: MemoryJournal;
beforeAll(async () => {
  journal = await showJournal(richEntries());
});

const madeIn = async (head: Lang | 'both') => {
  const lang = head === 'both' ? 'zh-HK' : head;
  const f = await factsOf(await foldTo(journal, richNames.showcase, journal.position), richCatalogue, {}, lang);
  const raw = () => rawRows(journal, richNames.showcase, f.asked.fold.of.doors, f.position, f.asked.range);
  const csvs = unzip(await bytesOf(csvZip(f, { guard: true }, raw())));
  const bare = unzip(await bytesOf(csvZip(f, { guard: false }, raw())));
  const json = JSON.parse((await bytesOf(jsonText(f, {}))).toString('utf8')) as Whole;
  return {
    f,
    lang,
    book: readBook(await bytesOf(workbook(f, head, raw()))),
    csv: (name: string) => readCsv(text(csvs, name)),
    bare: (name: string) => readCsv(text(bare, name)),
    json,
    manifest: text(csvs, 'manifest.json'),
  };
};
const text = (files: Map<string, Buffer>, name: string): string => files.get(name)?.toString('utf8') ?? '';

/** A guard of this test's own: an apostrophe before what a spreadsheet would run. */
const guarded = (s: string): string => (/^[\s]*[=+\-@＝＋－＠]/.test(s) || /^\s*[\t\n]/.test(s) ? `'${s}` : s);
const shownAs = (cell: Cell): string => (cell === null ? '' : String(cell));

/** What the cell of a workbook should be, from the field of the CSV. */
const cellFor = ({ kind }: Column, field: string, lang: Lang): GridCell => {
  if (field === '') return null;
  if (kind === 'text') return { text: field.slice(0, cellCharsMax).replace(/[\ud800-\udbff]$/, '') };
  if (kind === 'code') return { text: CODE_NAMES[field]?.[lang] ?? field };
  if (kind === 'day') return { clock: `${field}T00:00:00` };
  // the hub writes Hong Kong's time, so its wall clock stands in the first 19 characters
  if (kind === 'hour' || kind === 'instant') return { clock: field.slice(0, 19) };
  return { number: kind === 'percent' ? Number(field) / 100 : Number(field) };
};
const rounded = (grid: Grid): Grid => grid.map((row) => row.map((c) => (c !== null && 'number' in c ? { number: Math.round(c.number * 1e6) / 1e6 } : c)));
const padded = (row: readonly GridCell[], width: number): GridCell[] => Array.from({ length: width }, (_, i) => row[i] ?? null);

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML holds none of them
const textOf = (s: string): GridCell => ({ text: guarded(s.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/\r\n?/g, '\n')) });
const inHeads = (head: Lang | 'both', t: Text, between = ' '): string => (head === 'both' ? [t['zh-HK'], t.en] : [t[head]]).join(between);

/** The whole cover, from the JSON of the same position and the show's own words and days. */
const coverOf = (head: Lang | 'both', json: Whole): Grid => {
  const lang = head === 'both' ? 'zh-HK' : head;
  const w = REPORT_WORDS;
  const line = (label: Text, value: string | number | null): GridCell[] => [
    textOf(inHeads(head, label)),
    typeof value === 'number' ? { number: value } : value === null ? null : textOf(value),
  ];
  const published = json['published'] as { value: number; about: boolean };
  return [
    line(w.showcase, inHeads(head, richCatalogue.name)),
    line(w.event, inHeads(head, richCatalogue.event)),
    line(w.range, `${json['from']} – ${json['to']}`),
    line(
      w.windows,
      richDays()
        .map((day) => `${day} 10:00–12:00, 13:30–15:00`)
        .join('; '),
    ),
    line(COLUMN_NAMES['visits'] as Text, json['visits'] as number),
    line(w.publication, inHeads(head, publicationLine(published.value, published.about))),
    line(w.version, `${CODE_NAMES[json['status'] as string]?.[lang]} v${json['version']}`),
    line(w.asOf, json['asOf'] as string),
    line(w.position, json['position'] as number),
    line(w.rule, `${json['rule']} · ${json['exportVersion']}`),
    line(w.hash, json['csvSha256'] as string),
    line(w.journalHash, json['journalSha256'] as string),
    line(w.prepared, null),
    line(w.checked, null),
  ];
};

/** The whole method sheet: its sentences, no gap, and of the show's entries who set which authority, and which device was heard from when to when. */
const methodOf = (head: Lang | 'both'): Grid => {
  const lang = head === 'both' ? 'zh-HK' : head;
  const entries = richEntries();
  const lines: [string, string][] = METHOD.map((m, i) => [String(i + 1), inHeads(head, m, '\n')]);
  lines.push([REPORT_WORDS.gaps[lang], REPORT_WORDS.none[lang]]);
  for (const e of entries)
    if (e.kind === 'authority.set')
      lines.push([REPORT_WORDS.authorityLog[lang], `${rfc3339(e.fromMs)} ${e.point}: ${e.source}${e.device ? ` ${e.device}` : ''} (${e.by}, ${rfc3339(e.receivedMs)})`]);
  const register = entries.find((e) => e.kind === 'document.saved' && e.name === 'register') as { value: { devices: { id: string; name: string }[] } };
  const heard = entries.flatMap((e) =>
    e.kind === 'kiosk.recorded'
      ? [{ id: e.device, kind: 'kiosk', place: e.zone, atMs: e.receivedMs }]
      : e.kind === 'readings.recorded'
        ? [{ id: e.device, kind: 'counter', place: e.point, atMs: e.receivedMs }]
        : [],
  );
  for (const id of new Set(heard.map((h) => h.id))) {
    const own = heard.filter((h) => h.id === id);
    const name = register.value.devices.find((d) => d.id === id)?.name ?? id;
    const [first, last] = [own[0]?.atMs as number, Math.max(...own.map((h) => h.atMs))];
    lines.push([REPORT_WORDS.devices[lang], `${own[0]?.kind} ${name} (${id}, ${own.at(-1)?.place}): ${rfc3339(first)} – ${rfc3339(last)}`]);
  }
  return lines.map((line) => line.map(textOf));
};

describe('every cell', () => {
  test.each(['zh-HK', 'zh-CN', 'en', 'both'] as const)('[X1][X3] of the workbook with heads in %s is that of the CSV and of the JSON, typed, or blank', async (head) => {
    const { f, lang, book, csv, bare, json, manifest } = await madeIn(head);
    const names = new Map(csv('columns.csv').map(([key = '', hk = '', cn = '', en = '']) => [key, { 'zh-HK': hk, 'zh-CN': cn, en }] as const));
    const sheets = [...book];
    expect(sheets.length).toBe(TABLE_KEYS.length + 3);
    const headRows = head === 'both' ? 5 : 4;
    for (const [n, key] of [...TABLE_KEYS, 'raw' as const].entries()) {
      const [, sheet] = sheets[key === 'raw' ? n + 2 : n + 1] as [string, ReadSheet];
      const [keys = [], ...records] = csv(`${key}.csv`);
      const told = json.tables[key];
      const columns: Column[] = told?.columns ?? rawColumns(keys);
      expect(keys, key).toEqual(columns.map((c) => c.key));
      expect(records.length, key).toBeGreaterThan(0);
      const grid = gridOf(sheet);
      for (const [i, l] of (head === 'both' ? (['zh-HK', 'en'] as const) : [head]).entries()) expect(grid[3 + i], key).toEqual(keys.map((k) => ({ text: names.get(k)?.[l] })));
      const want: Grid = records.map((record) => columns.map((c, i) => cellFor(c, record[i] as string, lang)));
      const got = grid.slice(headRows, headRows + records.length).map((row) => padded(row, columns.length));
      expect(rounded(got), key).toEqual(rounded(want));
      expect(sheet.pane).toEqual({
        xSplit: expect.stringMatching(/^[12]$/),
        ySplit: String(headRows),
        topLeftCell: expect.stringMatching(`^[BC]${headRows + 1}$`),
        activePane: 'bottomRight',
        state: 'frozen',
      });
      if (!told) continue;
      // the JSON has each value as it is, the CSV guarded and bare
      expect(records, key).toEqual(told.rows.map((r) => columns.map((c) => (typeof r[c.key] === 'string' ? guarded(r[c.key] as string) : shownAs(r[c.key] ?? null)))));
      expect(bare(`${key}.csv`).slice(1), key).toEqual(told.rows.map((r) => columns.map((c) => shownAs(r[c.key] ?? null))));
      const foot = grid.slice(headRows + records.length);
      if (told.totals === null) expect(foot, key).toEqual([]);
      else {
        const { totals } = told;
        const total = columns.map((c, i) => (i === 0 ? foot[0]?.[0] : cellFor(c, shownAs(totals[c.key] ?? null), lang)));
        expect(rounded([padded(foot[0] ?? [], columns.length)]), key).toEqual(rounded([total as GridCell[]]));
        // what a column sums up to is the sum of its rows, and the sheet says that nothing is left
        for (const [i, c] of columns.entries())
          if (c.foot === 'sum' && totals[c.key] !== null) {
            expect(total[i], `${key} ${c.key}`).toEqual({ number: Math.round(told.rows.reduce((sum, r) => sum + ((r[c.key] as number | null) ?? 0), 0) * 10) / 10 });
            expect(foot[1]?.[i], `${key} ${c.key}`).toEqual({ number: 0 });
          }
      }
    }
    expect(gridOf(sheets[0]?.[1] as ReadSheet)).toEqual(trimmed(coverOf(head, json)));
    expect(JSON.parse(manifest)).toMatchObject(
      Object.fromEntries(
        ['showcase', 'from', 'to', 'asOf', 'position', 'rule', 'exportVersion', 'status', 'version', 'csvSha256', 'journalSha256', 'gaps'].map((k) => [k, json[k]]),
      ),
    );
    expect(gridOf(sheets[TABLE_KEYS.length + 1]?.[1] as ReadSheet)).toEqual(trimmed(methodOf(head)));
    expectInert(book);
    expectApi(f, json);
  });

  test('of this show is worth comparing: blanks, signs, both kinds of code, texts that are cut, and every tricky text', async () => {
    const { book, json } = await madeIn('en');
    // 2026-11-24 is day 46 350 of the calendar of spreadsheets
    expect([book.get('Daily')?.rows[4]?.[0]?.v, book.get('Hourly')?.rows[4]?.[0]?.v]).toEqual([46_350, expect.closeTo(46_350 + 10 / 24, 8)]);
    const rowOf = (key: string, where: (r: Row) => boolean): Row | undefined => json.tables[key]?.rows.find(where);
    expect(rowOf('day', (r) => r['day'] === richDays()[3])).toMatchObject({ visits: null, entries: null, peakHour: null, dwellMinutes: null, coverage: 0 });
    expect(json.tables['corrections']?.rows.some((r) => (r['in'] as number) < 0)).toBe(true);
    expect(json.tables['reconciliation']?.totals).toMatchObject({ check: 0 });
    for (const fate of ['duplicates', 'quarantined', 'shadow', 'outside', 'staff']) expect(json.tables['reconciliation']?.totals?.[fate], fate).toBeGreaterThan(0);
    expect(rowOf('link', (r) => r['scanned'] === null)).toBeDefined();
    expect(new Set(json.tables['corrections']?.rows.map((r) => r['reason'])).size).toBe(new Set(trickyTexts.map((t) => t.replace(/\r\n?/g, '\n'))).size);
    // nothing in it that XML can't hold or that readers disagree on
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(JSON.stringify(json)).not.toMatch(/\\u[0-9a-f]{4}|\\r|[\u0000-\u0008\u000b-\u001f]/);
  });
});

const rawColumns = (keys: readonly string[]): Column[] =>
  keys.map((key) => ({ key, kind: ['from', 'to', 'receivedAt'].includes(key) ? 'instant' : ['in', 'out', 'position'].includes(key) ? 'count' : 'text' }));

const expectInert = (book: Map<string, ReadSheet>): void => {
  for (const [name, { xml, rows }] of book) {
    expect(xml, name).not.toMatch(/<f[ >/]|hyperlink|dde|oleObject/i);
    for (const row of rows)
      for (const { v, t } of row) if (typeof v === 'string') expect([t, /^\s*[=+\-@\t\r\n＝＋－＠]/.test(v)], `${name}: ${v.slice(0, 40)}`).toEqual(['inlineStr', false]);
  }
};

/** The links of all days together; what one day doesn't know, they don't compare. */
const byCode = (rows: readonly Row[]): Row[] =>
  [...new Set(rows.map((r) => r['code'] as string))].map((code) => {
    const own = rows.filter((r) => r['code'] === code);
    return { code, project: own[0]?.['project'] ?? null, shown: own.reduce((n, r) => n + (r['shown'] as number), 0) };
  });

/** The tables that the API groups, where they have a column of the same name. */
const expectApi = (f: ExportFacts, json: Whole): void => {
  const projects = richCatalogue.projects.map((p) => p.id);
  const keysOf = {
    day: ['day'],
    hour: ['hour'],
    point: ['day', 'point'],
    zone: ['day', 'zone'],
    source: ['day', 'point', 'source'],
    project: ['project'],
    kiosk: ['day', 'kiosk', 'zone'],
    link: ['code'],
  };
  for (const by of GROUPINGS) {
    const api = attendanceOf(f.asked.fold.tally, richNames.showcase, by, {}, projects, f.asked.fold.tally.asOfMs);
    const told = json.tables[by] as Told;
    const table = by === 'link' ? { ...told, rows: byCode(told.rows) } : told;
    const same = Object.keys(api.rows[0] ?? {}).filter((c) => c in (table.rows[0] ?? {}) && table.columns.some((x) => x.key === c));
    const ids = keysOf[by].filter((k) => same.includes(k));
    expect(ids.length, by).toBeGreaterThan(0);
    let found = 0;
    for (const row of api.rows) {
      const there = table.rows.filter((r) => ids.every((k) => r[k] === row[k]));
      if (there.length !== 1) continue;
      found++;
      expect(Object.fromEntries(same.map((c) => [c, there[0]?.[c]])), by).toEqual(Object.fromEntries(same.map((c) => [c, row[c]])));
    }
    expect([by, found]).toEqual([by, api.rows.length]);
  }
};

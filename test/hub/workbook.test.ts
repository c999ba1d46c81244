/** The workbook against an independent reader: what is in it equals the API, dates are dates, texts are inert, bytes repeat. */
import { inflateRawSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { inertCell } from '../../server/exports/csv.ts';
import { workbook } from '../../server/exports/workbook.ts';
import { attendanceOf } from '../../shared/attendance.ts';
import { applyEntry, emptyTally } from '../../shared/tally.ts';

const showcase = { id: 'maker-in-china', name: { 'zh-HK': '「創客中國」成果展', 'zh-CN': '“创客中国”成果展', en: 'Maker in China' }, projects: ['mic-2021-i2cool'] };
const nowMs = Date.parse('2026-11-25T20:00:00+08:00');

const tally = () => {
  const t = emptyTally();
  const at = (clock: string) => `2026-11-25T${clock}:00+08:00`;
  applyEntry(t, { kind: 'showcase.defined', receivedMs: nowMs, showcase: showcase.id, points: [{ id: 'east-gate', zone: 'life-health', perimeter: true }], days: [] }, 1);
  applyEntry(
    t,
    {
      kind: 'readings.recorded',
      receivedMs: nowMs,
      showcase: showcase.id,
      point: 'east-gate',
      device: 'c-1',
      readings: [
        { kind: 'interval', from: at('10:58'), to: at('10:59'), in: 12, out: 3 },
        { kind: 'interval', from: at('11:00'), to: at('11:01'), in: 9, out: 6 },
      ],
      quarantined: [],
      repeats: [],
    },
    2,
  );
  applyEntry(
    t,
    {
      kind: 'count.corrected',
      receivedMs: nowMs,
      showcase: showcase.id,
      by: 'supervisor',
      id: 'fix-000001',
      point: 'east-gate',
      hour: '2026-11-25T11',
      in: 4,
      out: 0,
      reason: '=HYPERLINK("http://evil.example")',
    },
    3,
  );
  return t;
};

type Read = {
  [sheet: string]: { rows: { [column: string]: { v: string | number | null; t: string | null; f: boolean } }[]; pane: { [name: string]: string } | null; filter: boolean };
};

/** The files of a zip by its central directory: a reader that shares nothing with the writer. */
const unzip = (bytes: Buffer): Map<string, string> => {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, nameLength, extra, comment, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
      bytes.readUInt32LE(at + 42),
    ];
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(start, start + size);
    files.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), (method === 8 ? inflateRawSync(body) : body).toString('utf8'));
    at += 46 + nameLength + extra + comment;
  }
  return files;
};

const many = <T>(x: T | T[] | undefined): T[] => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
// biome-ignore lint/suspicious/noExplicitAny: parsed XML
type Xml = any;
const textOf = (x: Xml): string => (x === undefined ? '' : typeof x === 'object' ? String(x['#text'] ?? '') : String(x));

const readBook = (bytes: Uint8Array): Read => {
  const files = unzip(Buffer.from(bytes));
  const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, trimValues: false });
  const part = (name: string): Xml => xml.parse(files.get(name) ?? '');
  const shared = many(part('xl/sharedStrings.xml').sst?.si).map((si: Xml) => [...many(si.t), ...many(si.r).flatMap((r: Xml) => many(r.t))].map(textOf).join(''));
  const book: Read = {};
  for (const [i, sheet] of many(part('xl/workbook.xml').workbook.sheets.sheet).entries()) {
    const ws = part(`xl/worksheets/sheet${i + 1}.xml`).worksheet;
    const rows = many(ws.sheetData?.row).map((row: Xml) =>
      Object.fromEntries(
        many(row.c).map((c: Xml) => {
          const t = c['@t'] ?? null;
          const raw = textOf(c.v);
          const v = t === 's' ? (shared[Number(raw)] ?? null) : t === 'inlineStr' ? textOf(c.is?.t) : c.v === undefined ? null : t === null || t === 'n' ? Number(raw) : raw;
          return [String(c['@r']).replace(/\d/g, ''), { v, t, f: c.f !== undefined }];
        }),
      ),
    );
    const pane = many(ws.sheetViews?.sheetView)[0]?.pane;
    book[(sheet as Xml)['@name']] = {
      rows,
      pane: pane ? Object.fromEntries(Object.entries(pane).map(([k, v]) => [k.slice(1), String(v)])) : null,
      filter: ws.autoFilter !== undefined,
    };
  }
  return book;
};

describe('workbook', () => {
  test('[X1] an independent reader finds the API’s figures, typed dates, frozen heads, filters, and no formula', async () => {
    const t = tally();
    const bytes = await workbook(t, showcase, {}, 'zh-HK', nowMs);
    const book = readBook(bytes);
    expect(Object.keys(book)).toEqual(['封面', '每日', '每小時', '門口', '展區', '來源', '項目', '機站', '二維碼', '對帳', '調整', '方法']);
    const daily = book['每日'] as Read[string];
    const api = attendanceOf(t, showcase.id, 'day', {}, showcase.projects, nowMs).rows[0];
    expect(daily.pane).toMatchObject({ ySplit: '4', state: 'frozen' });
    expect(daily.filter).toBe(true);
    // 2026-11-25 is day 46 351 of Excel's calendar
    expect(daily.rows.at(-2)?.['A']).toMatchObject({ v: 46_351, t: null });
    expect(['B', 'C', 'D'].map((c) => daily.rows.at(-2)?.[c]?.v)).toEqual([api?.['visits'], api?.['entries'], api?.['exits']]);
    expect(daily.rows.at(-1)?.['B']?.v).toBe(25);
    expect(book['每小時']?.rows.at(-3)?.['A']?.v).toBeCloseTo(46_351 + 10 / 24, 6);
    for (const sheet of Object.values(book))
      for (const row of sheet.rows) for (const cell of Object.values(row)) expect([cell.f, typeof cell.v === 'string' && /^[=+\-@]/.test(cell.v)]).toEqual([false, false]);
    expect(JSON.stringify(book['調整'])).toContain("'=HYPERLINK");
  });

  test('[X2] the same position gives the same bytes', async () => {
    const once = await workbook(tally(), showcase, {}, 'en', nowMs);
    await new Promise((r) => setTimeout(r, 2_100));
    const again = await workbook(tally(), showcase, {}, 'en', nowMs);
    expect(Buffer.from(again).equals(Buffer.from(once))).toBe(true);
  });

  test('[X3] a text that a spreadsheet would run is made inert, in every disguise', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＋1', '  =1', '＠x']) expect(String(inertCell(text))).toMatch(/^'/);
    expect(inertCell('a\u0000b\u0007')).toBe('ab');
    expect([inertCell(-5), inertCell(null), inertCell('Door A')]).toEqual([-5, null, 'Door A']);
  });
});

/** The pure parts of the organiser page: addresses of downloads, cells, comparisons, the heat table, the days that are set. */
import { describe, expect, test } from 'vitest';
import { cellText, columnsOf, type Names, type Say } from '../../kiosk/organiser/cells.ts';
import { dayChange, statusOf } from '../../kiosk/organiser/comparison.ts';
import { type DayLine, daysOfLines, linesOf, nextLine } from '../../kiosk/organiser/days-edit.ts';
import { attendancePath, csvPath, eventsPath, reportPath, workbookPath } from '../../kiosk/organiser/downloads.ts';
import { heatOf } from '../../kiosk/organiser/heat-table.tsx';
import { askTables, readsMax } from '../../kiosk/organiser/reading.ts';
import type { Ask } from '../../kiosk/ui/api.ts';
import { deskWords } from '../../kiosk/words/desk.ts';
import { organiserWords } from '../../kiosk/words/organiser.ts';
import { GROUPINGS } from '../../shared/attendance.ts';
import { roughChange } from '../../shared/counting.ts';
import { addDays } from '../../shared/hongkong-time.ts';
import { attendanceQuery, daysBody, eventsQuery, reportQuery } from '../../shared/paths.ts';
import { LANGS } from '../../shared/words.ts';

const all = { from: null, to: null };
const show = 'smart-hong-kong-pavilion';
const asked = (path: string) => Object.fromEntries(new URL(path, 'http://hub').searchParams);

describe('addresses', () => {
  test('a download is the same query as what is shown, as CSV and in the language', () => {
    const range = { from: '2025-04-13', to: '2025-04-16' };
    expect(csvPath(show, 'hour', range, 'zh-CN')).toBe(`/api/v1/showcases/${show}/attendance?by=hour&from=2025-04-13&to=2025-04-16&format=csv&lang=zh-CN`);
    expect(attendancePath(show, 'day', all)).toBe(`/api/v1/showcases/${show}/attendance?by=day`);
    expect(eventsPath(show, 'ndjson', all)).toBe(`/api/v1/showcases/${show}/events?format=ndjson`);
  });
  test('the hub takes every one of them', () => {
    for (const by of GROUPINGS) for (const lang of LANGS) expect(attendanceQuery.safeParse(asked(csvPath(show, by, { from: '2025-04-13', to: null }, lang))).success).toBe(true);
    for (const lang of LANGS) expect(attendanceQuery.safeParse(asked(workbookPath(show, { from: null, to: '2025-04-13' }, lang))).success).toBe(true);
    for (const lang of LANGS) expect(reportQuery.safeParse(asked(reportPath(show, lang))).success).toBe(true);
    for (const format of ['ndjson', 'csv'] as const) expect(eventsQuery.safeParse(asked(eventsPath(show, format, { from: null, to: '2025-04-13' }))).success).toBe(true);
  });
  test('a showcase never breaks out of its path', () => {
    expect(csvPath('../../x?y', 'day', all, 'en')).toContain('/showcases/..%2F..%2Fx%3Fy/attendance?');
  });
});

const names: Names = {
  points: new Map([['door-a', { 'zh-HK': 'A 門', 'zh-CN': 'A 门', en: 'Door A' }]]),
  zones: new Map(),
  projects: new Map(),
  devices: new Map([['c-1', '東面']]),
};
const say: Say = { w: organiserWords('zh-HK'), d: deskWords('zh-HK'), lang: 'zh-HK' };

describe('cells', () => {
  test('every column of every grouping has a heading in every language', () => {
    for (const lang of LANGS) for (const by of GROUPINGS) for (const column of columnsOf(by)) expect(organiserWords(lang).columns[column], `${lang} ${column}`).toBeTruthy();
  });
  test.each([
    ['visits', null, '—'],
    ['scanned', null, '—'],
    ['visits', 0, '0'],
    ['visits', 11_284, '11\u00a0284'],
    ['coverage', 97.7, '97.7%'],
    ['corrections', 15, '+15'],
    ['corrections', -3, '−3'],
    ['day', '2025-04-13', '4月13日（日）'],
    ['hour', '2025-04-13T10:00:00+08:00', '4月13日（日） 10:00'],
    ['peakHour', '2025-04-13T15:00:00+08:00', '15:00'],
    ['status', 'closed', '已結算'],
    ['point', 'door-a', 'A 門'],
    ['point', 'gone', 'gone'],
    ['source', 'clicker', '人手點算'],
    ['source', 'sensor:c-1', '感應器 東面'],
  ] as const)('%s %s', (column, cell, text) => {
    expect(cellText(column, cell, names, say)).toBe(text);
  });
});

describe('comparisons', () => {
  const day = (d: string, visits: number | null, coverage: number | null = 100) => ({ day: d, visits, coverage });
  test('the worked example: day 2 on day 1 is +16.3 %', () => {
    expect(dayChange(day('2025-04-13', 2_904), day('2025-04-14', 3_377), '2025-04-20')).toBe(16.3);
  });
  test('not for a first, an unknown, a poorly covered or a running day', () => {
    expect(dayChange(undefined, day('2025-04-14', 5), '2025-04-20')).toBeNull();
    expect(dayChange(day('2025-04-13', null), day('2025-04-14', 5), '2025-04-20')).toBeNull();
    expect(dayChange(day('2025-04-13', 5, 94.9), day('2025-04-14', 5), '2025-04-20')).toBeNull();
    expect(dayChange(day('2025-04-13', 5), day('2025-04-14', 5), '2025-04-14')).toBeNull();
  });
  test('against a published figure only in steps of five percent', () => {
    expect([roughChange(11_000, 11_284), roughChange(12_000, 11_284), roughChange(11_000, 9_500)]).toEqual([5, -5, -15]);
  });
  test('status of a range', () => {
    const row = (status: string) => ({ status });
    expect([statusOf([]), statusOf([row('closed')]), statusOf([row('closed'), row('provisional')]), statusOf([row('provisional')])]).toEqual([
      'none',
      'closed',
      'mixed',
      'provisional',
    ]);
  });
});

test('the heat table keeps what is missing apart from 0 and frames the first highest hour', () => {
  const hour = (h: number, visits: number | null) => ({ hour: `2025-04-13T${h}:00:00+08:00`, visits });
  const { hours, days } = heatOf([hour(10, 4), hour(11, null), hour(13, 4)]);
  expect(hours).toEqual([10, 11, 12, 13]);
  expect(days).toEqual([{ day: '2025-04-13', cells: [4, null, null, 4], peak: 0, total: 8 }]);
  expect(heatOf([]).days).toEqual([]);
});

describe('the days that are set', () => {
  const line = (more: Partial<DayLine> = {}): DayLine => ({ key: 0, day: '2025-04-13', from: '10:00', to: '18:00', type: 'public', counted: true, ...more });
  test('come back as the hub takes them, in order', () => {
    const read = daysOfLines([line({ day: '2025-04-14' }), line({ from: '14:00' }), line({ to: '12:00' })]);
    expect(read).toMatchObject({ days: [{ day: '2025-04-13', windows: [{ from: '10:00' }, { from: '14:00' }] }, { day: '2025-04-14' }] });
    expect(daysBody.safeParse(read).success).toBe(true);
    expect(linesOf((read as { days: [] }).days)).toHaveLength(3);
  });
  test.each([{ to: '10:00' }, { from: '25:00' }, { day: '' }, { to: '24:01' }])('not with %o', (more) => {
    expect(daysOfLines([line(more)])).toHaveProperty('wrong');
  });
  test('to midnight is fine, overlapping hours are not', () => {
    expect(daysOfLines([line({ to: '24:00' })])).toHaveProperty('days');
    expect(daysOfLines([line(), line({ from: '17:00', to: '20:00' })])).toEqual({ wrong: '2025-04-13' });
  });
  test('too many are refused before they are sent', () => {
    expect(daysOfLines(Array.from({ length: 61 }, (_, i) => line({ day: addDays('2025-04-13', i) })))).toBe('too-many');
  });
  test('the next line is the day after with the same hours', () => {
    expect(nextLine([line({ key: 4 })], '2026-01-01', (d) => addDays(d, 1))).toMatchObject({ key: 5, day: '2025-04-14', from: '10:00' });
    expect(nextLine([], '2026-01-01', (d) => addDays(d, 1))).toMatchObject({ key: 0, day: '2026-01-01' });
  });
});

describe('tables side by side', () => {
  const answers = (positions: number[]): { ask: Ask; asked: () => number } => {
    let asked = 0;
    const ask = ((_method, path) => {
      const by = new URL(path, 'http://hub').searchParams.get('by');
      return Promise.resolve({ ok: true, value: { by, position: positions[asked++] ?? positions.at(-1) } });
    }) as Ask;
    return { ask, asked: () => asked };
  };
  test('are read again until they are of one position', async () => {
    const t = answers([7, 8, 9, 9]);
    expect(await askTables(t.ask, show, all, ['day', 'hour'])).toMatchObject({ value: { day: { position: 9 }, hour: { position: 9 } } });
    expect(t.asked()).toBe(4);
  });
  test('are shown as they are when the hub never rests', async () => {
    const t = answers(Array.from({ length: 40 }, (_, i) => i));
    expect((await askTables(t.ask, show, all, ['day', 'hour'])).ok).toBe(true);
    expect(t.asked()).toBe(2 * readsMax);
  });
  test('a refusal of one is the refusal of all', async () => {
    const ask: Ask = () => Promise.resolve({ ok: false, code: 'forbidden', retryAfterMs: null, errors: [] });
    expect(await askTables(ask, show, all, ['day', 'hour'])).toMatchObject({ ok: false, code: 'forbidden' });
  });
});

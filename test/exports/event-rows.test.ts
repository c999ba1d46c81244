/** Rows of kiosks are written by a way of their own: the same as every other record, cell by cell, whatever stands in them. */
import { expect, test } from 'vitest';
import { csvHeader, csvRows } from '../../server/exports/csv.ts';
import { eventLines } from '../../server/exports/events.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import type { Cell } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { EVENT_COLUMNS } from '../../shared/event-columns.ts';
import { richDays, richEntries, richNames, trickyTexts } from './rich-show.ts';

const columns = Object.keys(EVENT_COLUMNS);
const textOf = async (journal: MemoryJournal, showcase: string, upTo: number, format: 'csv' | 'ndjson', range = {}): Promise<string> => {
  let text = '';
  for await (const piece of eventLines(journal, showcase, upTo, range, format, [])) text += piece;
  return text;
};
const byRecords = (ndjson: string): string =>
  csvHeader(columns) +
  csvRows(
    columns,
    ndjson
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Object.fromEntries(Object.entries(JSON.parse(line) as Record<string, Cell | boolean>).map(([k, v]) => [k, typeof v === 'boolean' ? String(v) : v]))),
  );

test('[X16] CSV and NDJSON hold the same in every cell, at every position and in every range', async () => {
  const showcase = richNames.showcase;
  const receivedMs = Date.parse('2026-11-24T11:22:33.007+08:00');
  const odd: Entry = {
    kind: 'kiosk.recorded',
    receivedMs,
    showcase,
    zone: '=zone',
    device: 'kiosk "1", west',
    epoch: '-epoch',
    from: 41,
    offsetMs: -1_234,
    items: [
      ...trickyTexts.map((text, i) => ({ id: `id-${i}`, atMs: receivedMs - i * 61_001, kind: 'device.fault' as const, code: text.slice(0, 500) })),
      { id: '-id', atMs: receivedMs + 1_234, kind: 'session.ended', session: '=s', reason: 'idle', seconds: 0.5, inputs: 0 },
      { id: 'late', atMs: 0, kind: 'quiz.answered', session: 's', project: 'p', right: false },
      { id: 'guess', atMs: receivedMs, kind: 'visit.rated', session: 's', rating: 'good', time: 'inferred' },
      { id: 'none', atMs: receivedMs, kind: 'mode.chosen', session: 's', mode: 'elder', time: 'received' },
      { rejected: 'bad_kind', id: 'no' },
      { repeat: 'again' },
    ],
  };
  const journal = new MemoryJournal();
  await journal.append([...richEntries(richNames), odd]);
  for (const upTo of [0, 1, journal.position - 1, journal.position])
    expect(await textOf(journal, showcase, upTo, 'csv')).toBe(byRecords(await textOf(journal, showcase, upTo, 'ndjson')));
  const [day = ''] = richDays(richNames.firstDay);
  for (const range of [{ from: day, to: day }, { from: '2026-11-24' }])
    expect(await textOf(journal, showcase, journal.position, 'csv', range)).toBe(byRecords(await textOf(journal, showcase, journal.position, 'ndjson', range)));
  expect(await textOf(journal, showcase, journal.position, 'csv')).toContain('2026-11-24T11:22:33.007+08:00');
});

/** `verify --statement`: yes from the journal alone, no with the reason for whatever was changed; and what a repair gave up stands in every total and paper. */
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsOf } from '../../server/exports/export-facts.ts';
import { foldTo } from '../../server/exports/folding.ts';
import { report } from '../../server/exports/report.ts';
import { canonicalOf, makeStatement, statementPage } from '../../server/exports/statement.ts';
import { jsonText } from '../../server/exports/table-files.ts';
import { workbook } from '../../server/exports/workbook.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { openJournal } from '../../server/open-storage.ts';
import type { Entry } from '../../shared/entry.ts';
import { lossText, readLoss } from '../../shared/journal-gaps.ts';
import { bytesOf, readBook } from '../exports/reading.ts';
import { catalogue, days, entriesOf, showcase } from '../exports/show.ts';
import { operate } from './operate.ts';
import { makeFolder, openSmall, segmentsOf } from './small-folder.ts';

let folder: string;
let made = 0;
const fresh = (): string => path.join(folder, `thing-${++made}`);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-statement-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (args: readonly string[], dataDir: string) => operate(args, { DATA_DIR: dataDir });
const reading = async <T>(dataDir: string, use: (journal: Journal) => Promise<T>): Promise<T> => {
  const journal = await openJournal(dataDir, Date.now, () => undefined, true);
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
};
/** A folder in many segments, with the statement of all its days and the CSV that the statement names. */
const stated = async (entries: readonly Entry[] = entriesOf()): Promise<{ dataDir: string; statement: string; csv: string }> => {
  const [dataDir, statement, csv] = [fresh(), fresh(), fresh()];
  await makeFolder(dataDir, entries, 40_000);
  await state(dataDir, statement, csv);
  return { dataDir, statement, csv };
};
const state = (dataDir: string, statement: string, csv: string): Promise<void> =>
  reading(dataDir, async (journal) => {
    const folded = await foldTo(journal, showcase, journal.position);
    const made = await makeStatement(folded, {});
    await writeFile(statement, JSON.stringify(made, null, 2));
    await writeFile(csv, await canonicalOf(folded, { from: made.from, to: made.to }));
  });
const check = async (at: { dataDir: string; statement: string; csv?: string }): Promise<{ code: number; answer: string; reasons: string[] }> => {
  const { code, out } = await run(['verify', '--statement', at.statement, ...(at.csv === undefined ? [] : ['--csv', at.csv])], at.dataDir);
  return { code, answer: out.split('\n')[1]?.split(' ')[0] ?? '', reasons: [...new Set([...out.matchAll(/^ {2}(\w+): /gm)].map((m) => m[1] as string))] };
};
const no = (...reasons: string[]) => ({ code: 1, answer: 'no', reasons });
const yes = { code: 0, answer: 'yes', reasons: [] };

describe('verify --statement', () => {
  test('[X5] yes from the journal alone, with its CSV, and still after a later correction', async () => {
    const at = await stated();
    expect(await check(at)).toEqual(yes);
    const journal = await openSmall(at.dataDir);
    await journal.append([
      { kind: 'count.corrected', receivedMs: Date.now(), showcase, by: 'x', id: 'later', point: 'east-gate', hour: `${days[0]}T11`, in: 50, out: 0, reason: 'later' },
    ]);
    await journal.close();
    expect(await check(at)).toEqual(yes);
    const { out } = await run(['verify', '--json', '--statement', at.statement], at.dataDir);
    expect(JSON.parse(out)).toEqual({ ok: true, csvChecked: false, reasons: [] });
  });

  test('[X5] no, by name: the CSV, a figure, a byte of the journal, a rewritten journal, a missing segment, an older journal, another file', async () => {
    const at = await stated();
    await appendFile(at.csv, ' ');
    expect(await check(at)).toEqual(no('csv_differs'));
    const forged = fresh();
    await writeFile(
      forged,
      (await readFile(at.statement, 'utf8')).replace(/"visits": (\d+)/, (_, n) => `"visits": ${Number(n) + 1}`),
    );
    expect(await check({ dataDir: at.dataDir, statement: forged })).toEqual(no('figure_differs'));
    const rewritten = await stated(entriesOf().map((e) => (e.kind === 'click.recorded' ? { ...e, by: 'somebody else' } : e)));
    expect(await check({ dataDir: rewritten.dataDir, statement: at.statement })).toEqual(no('journal_differs'));
    const older = await stated(entriesOf().slice(0, -1));
    expect(await check({ dataDir: older.dataDir, statement: at.statement })).toEqual(no('journal_short'));
    const other = fresh();
    await writeFile(other, 'day,visits\r\n');
    expect(await check({ dataDir: at.dataDir, statement: other })).toEqual(no('not_a_statement'));
    expect(await run(['verify', '--statement', fresh()], at.dataDir)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/can't be read: ENOENT\n$/) });
    expect(await run(['verify', '--csv', at.csv], at.dataDir)).toMatchObject({ code: 2, out: '' });
    const segments = await segmentsOf(at.dataDir);
    expect(segments.length).toBeGreaterThan(2);
    const middle = path.join(at.dataDir, 'journal', segments[1] as string);
    const bytes = await readFile(middle);
    await writeFile(middle, Buffer.from(bytes.toString('latin1').replace('"in":5', '"in":6'), 'latin1'));
    expect(await check({ dataDir: at.dataDir, statement: at.statement })).toEqual(no('journal_damaged'));
    await rm(middle);
    expect(await check({ dataDir: at.dataDir, statement: at.statement })).toEqual(no('journal_damaged'));
  });
});

describe('accepted gaps', () => {
  test('[X7] what a repair gave up stands in totals, workbook, JSON, report and statement, in the reader’s language; a statement from before is no longer vouched for', async () => {
    const at = await stated();
    const middle = path.join(at.dataDir, 'journal', (await segmentsOf(at.dataDir))[1] as string);
    const bytes = await readFile(middle);
    await writeFile(middle, Buffer.from(bytes.toString('latin1').replace('"in":5', '"in":6'), 'latin1'));
    expect(await run(['repair', '--accept-gap'], at.dataDir)).toMatchObject({ code: 0, out: expect.stringMatching(/^gap {7}positions? \d+.*accepted by operator/m) });
    expect((await readdir(path.join(at.dataDir, 'journal'))).some((n) => n.includes('.broken-'))).toBe(true);
    expect(await check({ dataDir: at.dataDir, statement: at.statement })).toMatchObject({ code: 1, reasons: ['journal_differs', 'figure_differs'] });
    const counted = await run(['totals'], at.dataDir);
    expect(counted.out).toMatch(/^gap {7}positions? \d+/);
    const json = JSON.parse((await run(['totals', '--json'], at.dataDir)).out);
    expect(json.gaps).toMatchObject([{ loss: { from: expect.any(Number) }, by: expect.stringMatching(/^operator/) }]);
    const again = { dataDir: at.dataDir, statement: fresh(), csv: fresh() };
    await state(again.dataDir, again.statement, again.csv);
    expect(await check(again)).toEqual(yes);
    const statement = JSON.parse(await readFile(again.statement, 'utf8'));
    expect(statement.gaps).toEqual([expect.objectContaining({ text: json.gaps[0].text, by: json.gaps[0].by })]);
    await reading(at.dataDir, async (journal) => {
      const facts = await factsOf(await foldTo(journal, showcase, journal.position), catalogue, {}, 'zh-HK');
      const from = String(json.gaps[0].loss.from);
      const method = [...readBook(await bytesOf(workbook(facts, 'zh-HK'))).values()].at(-1)?.xml;
      expect(method).toContain(`日誌位置 ${from} 至`);
      expect(JSON.parse((await bytesOf(jsonText(facts, {}))).toString('utf8')).gaps).toHaveLength(1);
      for (const [lang, words] of [
        ['zh-HK', '已接納的日誌缺口'],
        ['zh-CN', '已接纳的日志缺口'],
        ['en', 'Accepted journal gaps'],
      ] as const) {
        expect(await report(facts, lang)).toContain(words);
        expect(await statementPage(statement, catalogue, lang)).toContain(words);
      }
    });
  });

  test('a loss is read back from its text, whatever it lacks', () => {
    for (const from of [1, 12])
      for (const to of [null, from, from + 3])
        for (const afterMs of [null, 0])
          for (const beforeMs of [null, 1_764_000_000_123]) expect(readLoss(lossText({ from, to, afterMs, beforeMs }))).toEqual({ from, to, afterMs, beforeMs });
    expect(readLoss('something else')).toBeNull();
  });
});

/**
 * The workbook opened by programs that are not ours, LibreOffice and openpyxl, where this machine has them: each reads out of every cell of
 * every sheet, in every language, what the raw reader finds there, which `cells.test.ts` compares with CSV, JSON and API.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsOf } from '../../server/exports/export-facts.ts';
import { foldTo } from '../../server/exports/folding.ts';
import { rawRows } from '../../server/exports/raw-rows.ts';
import { workbook } from '../../server/exports/workbook.ts';
import { bytesOf, type Grid, gridOf, type ReadSheet, readBook, trimmed } from './reading.ts';
import { richCatalogue, richEntries, richNames } from './rich-show.ts';
import { showJournal } from './show.ts';

const run = promisify(execFile);
const heads = ['zh-HK', 'zh-CN', 'en', 'both'] as const;
const openMs = 300_000;

const runs = (program: string, args: readonly string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false; // told below
  }
};
/** LibreOffice's program and Python's, of the system */
const office: string = 'soffice';
const python: string = 'python3';
const hasOffice = runs(office, ['--version']);
const hasPython = runs(python, ['-c', 'import openpyxl']);
if (!hasOffice) process.stderr.write('skipped: the workbook is not opened by LibreOffice, because there is no soffice on this machine\n');
if (!hasPython) process.stderr.write('skipped: the workbook is not opened by openpyxl, because there is no python3 with it on this machine\n');

/** every sheet as a CSV of its own: UTF-8, commas, quotes round every text and round nothing else */
const everySheet = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1';

/** A CSV as LibreOffice writes it: what stands in quotes is a text. */
const readOffice = (csv: string): Grid => {
  const grid: Grid = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/y;
  while (field.lastIndex < csv.length) {
    const [, quoted, bare = '', end] = field.exec(csv) ?? [];
    const row = grid.at(-1) as Grid[number];
    if (quoted !== undefined) row.push({ text: quoted.replaceAll('""', '"') });
    else if (bare === '') row.push(null);
    else if (/^\d{4}-\d\d-\d\d/.test(bare)) row.push({ clock: bare.length === 10 ? `${bare}T00:00:00` : bare.replace(' ', 'T') });
    else row.push({ number: bare.endsWith('%') ? Number(bare.slice(0, -1)) / 100 : Number(bare) });
    if (end === '\n') grid.push([]);
  }
  return trimmed(grid);
};

/** Every sheet of every file as JSON: its cells by type, and what stays in view. Formulas would be of a type of their own. */
const pythonReader = `
import datetime, json, sys
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
def cell(c):
    if c.value is None: return None
    if c.data_type == 'd':
        v = c.value if isinstance(c.value, datetime.datetime) else datetime.datetime.combine(c.value, datetime.time())
        return {'clock': (v + datetime.timedelta(milliseconds=500)).replace(microsecond=0).isoformat()}
    if c.data_type == 's': return {'text': unescape(c.value)}
    if c.data_type == 'n': return {'number': c.value}
    return {c.data_type: str(c.value)}
out = []
for name in sys.argv[1:]:
    book = load_workbook(name)
    out.append([{'name': s.title, 'frozen': s.freeze_panes, 'titles': s.print_title_rows, 'rows': [[cell(c) for c in row] for row in s.iter_rows()]} for s in book])
print(json.dumps(out))
`;

const rounded = (grid: Grid): Grid => grid.map((row) => row.map((c) => (c !== null && 'number' in c ? { number: Math.round(c.number * 1e6) / 1e6 } : c)));

describe('the workbook', () => {
  let folder: string;
  const raw = new Map<string, [string, ReadSheet][]>();
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-office-'));
    const journal = await showJournal(richEntries());
    for (const head of heads) {
      const f = await factsOf(await foldTo(journal, richNames.showcase, journal.position), richCatalogue, {}, head === 'both' ? 'zh-HK' : head);
      const bytes = await bytesOf(workbook(f, head, rawRows(journal, richNames.showcase, f.asked.fold.of.doors, f.position, f.asked.range)));
      await writeFile(fileOf(head), bytes);
      raw.set(head, [...readBook(bytes)]);
    }
  }, openMs);
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const fileOf = (head: string): string => path.join(folder, `${head}.xlsx`);

  test.skipIf(!hasOffice)(
    '[X1][X3] opens in LibreOffice with every cell as it was written: texts as texts, numbers, dates, blanks; nothing became a formula',
    async () => {
      await run(office, [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', everySheet, '--outdir', folder, ...heads.map(fileOf)]);
      const files = await readdir(folder);
      for (const head of heads)
        for (const [name, sheet] of raw.get(head) ?? []) {
          const file = files.find((f) => f === `${head}-${name}.csv`);
          expect(file, `${head} ${name}`).toBeDefined();
          expect(rounded(readOffice(await readFile(path.join(folder, file as string), 'utf8'))), `${head} ${name}`).toEqual(rounded(gridOf(sheet)));
        }
      expect(files.filter((f) => f.endsWith('.csv')).length).toBe(heads.length * 16);
    },
    openMs,
  );

  test.skipIf(!hasPython)(
    '[X1][X3] opens in openpyxl with every cell as it was written, its head frozen and printed again on every page',
    async () => {
      const { stdout } = await run(python, ['-c', pythonReader, ...heads.map(fileOf)], { maxBuffer: 1 << 28 });
      const books = JSON.parse(stdout) as { name: string; frozen: string | null; titles: string | null; rows: Grid }[][];
      for (const [i, head] of heads.entries()) {
        const sheets = raw.get(head) as [string, ReadSheet][];
        expect(books[i]?.map((s) => s.name)).toEqual(sheets.map(([name]) => name));
        for (const [n, { name, frozen, titles, rows }] of (books[i] ?? []).entries()) {
          expect(rounded(trimmed(rows)), `${head} ${name}`).toEqual(rounded(gridOf(sheets[n]?.[1] as ReadSheet)));
          const list = n === 0 || n === 14;
          const last = head === 'both' ? 5 : 4;
          expect([frozen, titles], `${head} ${name}`).toEqual(list ? [null, null] : [expect.stringMatching(`^[BC]${last + 1}$`), `$4:$${last}`]);
        }
      }
    },
    openMs,
  );
});

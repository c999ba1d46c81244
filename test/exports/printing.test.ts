/** How the workbook's sheets are printed: landscape A4, never smaller than can be read, heads and the columns that name a row on every page. */
import { describe, expect, test } from 'vitest';
import { exportVersion, factsOf } from '../../server/exports/export-facts.ts';
import { foldTo } from '../../server/exports/folding.ts';
import { rawRows } from '../../server/exports/raw-rows.ts';
import { columnWidth, linesOf, printPlan } from '../../server/exports/sheet-layout.ts';
import { workbook } from '../../server/exports/workbook.ts';
import { bytesOf, readBook, unzip } from './reading.ts';
import { richCatalogue, richEntries, richNames } from './rich-show.ts';
import { showJournal } from './show.ts';

/** points of the text, of the smallest that is read on paper, of an A4 page's width between its margins, of a column of so many characters in Calibri */
const textPt = 11;
const readablePt = 7;
const pagePt = (297 / 25.4) * 72 - 2 * 36;
const columnPt = (chars: number): number => (chars * 7 + 5) * 0.75;
const letter = (i: number): string => (i < 26 ? String.fromCharCode(65 + i) : `A${String.fromCharCode(39 + i)}`);

describe('printed sheets', () => {
  test.each(['zh-HK', 'en', 'both'] as const)(
    '[X15] with heads in %s: 7 points at least, as few pages beside each other as that allows, each with its heads and names',
    async (head) => {
      const journal = await showJournal(richEntries());
      const f = await factsOf(await foldTo(journal, richNames.showcase, journal.position), richCatalogue, {}, head === 'both' ? 'zh-HK' : head);
      const bytes = await bytesOf(workbook(f, head, rawRows(journal, richNames.showcase, f.asked.fold.of.doors, f.position, f.asked.range)));
      const names = unzip(bytes).get('xl/workbook.xml')?.toString('utf8') ?? '';
      let split = 0;
      for (const [n, [name, { rows: cells, widths, pane, filter, xml }]] of [...readBook(bytes)].entries()) {
        const setup = /<pageSetup ([^>]*)\/>/.exec(xml)?.[1] ?? '';
        expect(setup, name).toContain('paperSize="9"');
        if (n === 0 || n === 14) {
          expect(setup, name).toContain('orientation="portrait"');
          continue;
        }
        const frozen = Number(pane?.['xSplit']);
        const rows = `!$4:$${pane?.['ySplit']}`;
        expect(setup, name).toContain('orientation="landscape"');
        expect(filter, name).toMatch(new RegExp(`^A${pane?.['ySplit']}:`));
        const titles = new RegExp(`Print_Titles" localSheetId="${n}">([^<]*)<`).exec(names)?.[1] ?? '';
        const scale = /scale="(\d+)"/.exec(setup)?.[1];
        if (scale === undefined) {
          expect([xml.includes('fitToPage="1"'), setup.includes('fitToHeight="0"'), titles.endsWith(rows), titles.includes(',')], name).toEqual([true, true, true, false]);
          expect((textPt * pagePt) / widths.reduce((sum, w) => sum + columnPt(w), 0), name).toBeGreaterThanOrEqual(readablePt);
          continue;
        }
        split++;
        expect(xml, name).not.toContain('fitToPage');
        expect(titles, name).toMatch(`!$A:$${letter(frozen - 1)},`);
        expect(titles.endsWith(rows), name).toBe(true);
        expect((textPt * Number(scale)) / 100, name).toBeGreaterThanOrEqual(readablePt);
        const breaks = [...xml.matchAll(/<brk id="(\d+)" max="1048575" man="1"\/>/g)].map((m) => Number(m[1]));
        expect(breaks.length, name).toBeGreaterThan(0);
        const edges = [frozen, ...breaks, widths.length];
        const repeated = widths.slice(0, frozen).reduce((sum, w) => sum + columnPt(w), 0);
        // the note stands on every page, as wide as the page, and never under what is repeated: there its end would be cut off
        const notes = cells[1]?.flatMap(({ v }, i) => (v === null ? [] : [{ i, v }])) ?? [];
        expect(
          notes.map(({ i }) => i),
          name,
        ).toEqual(edges.slice(0, -1));
        expect(new Set(notes.map(({ v }) => v)).size, name).toBe(1);
        expect(notes[0]?.v, name).toContain(`${f.rule} · ${exportVersion}`);
        expect(
          [...xml.matchAll(/<mergeCell ref="([^"]*)"\/>/g)].map((m) => m[1]),
          name,
        ).toEqual(edges.slice(0, -1).map((from, i) => `${letter(from)}2:${letter((edges[i + 1] as number) - 1)}2`));
        for (const [i, from] of edges.slice(0, -1).entries()) {
          const own = widths.slice(from, edges[i + 1]);
          expect(own.length, name).toBeGreaterThan(1);
          expect(((repeated + own.reduce((sum, w) => sum + columnPt(w), 0)) * Number(scale)) / 100, `${name} page ${i + 1}`).toBeLessThanOrEqual(pagePt);
        }
      }
      expect(split).toBeGreaterThan(0);
    },
  );

  test('[X15] a text that takes more lines makes its row higher; a heading takes three at most, however long', () => {
    expect([linesOf('short', 20), linesOf('two words here', 8), linesOf('展區人次不可相加', 8), linesOf('a\nb\nc', 30), linesOf('x'.repeat(41), 10), linesOf('', 5)]).toEqual([
      1, 3, 2, 3, 5, 1,
    ]);
    for (const name of ['Peak occupancy (estimate)', '同時在場最高（估算）', 'Visits', 'Adjustments']) {
      const width = columnWidth('count', [name], [1, 2]);
      expect(linesOf(name, width - 3), name).toBeLessThanOrEqual(3);
      expect(width, name).toBeLessThan(18);
    }
    // one column that is wider than a page has a page of its own, and the plan ends
    expect(printPlan({ widths: [10, 255, 255, 255], frozenColumns: 1 })?.breaks).toEqual([2, 3]);
    expect(printPlan({ widths: [10, 10, 10], frozenColumns: 1 })).toBeNull();
  });
});

/** The count statement: computed again it says yes; with anything changed it says no, and why. Versions of a closed day and their difference. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldTo } from '../../server/exports/folding.ts';
import { canonicalOf, checkStatement, makeStatement } from '../../server/exports/statement.ts';
import { FileJournal } from '../../server/journal/file-journal.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { days, entriesOf, showcase, showJournal } from './show.ts';

const stated = async (journal: Journal) => {
  const folded = await foldTo(journal, showcase, journal.position);
  const statement = await makeStatement(folded, {});
  return { statement, csv: await canonicalOf(folded, { from: statement.from, to: statement.to }) };
};
const codes = (verdict: Awaited<ReturnType<typeof checkStatement>>) => [...new Set(verdict.reasons.map((r) => r.code))];

describe('count statement', () => {
  test('[X5] says what was counted, by whom it was heard, what was left out, and how it is published', async () => {
    const { statement } = await stated(await showJournal());
    expect(statement).toMatchObject({ statement: 1, showcase, from: days[0], to: days[1], status: 'provisional', reconciliation: { check: 0 } });
    expect(statement.heard.map((d) => d.device)).toEqual(['c-1', 'c-2', 'c-3', 'k-1']);
    expect(statement.silent.map((d) => d.device)).toEqual(['k-9']);
    expect(statement.visits).toBe(statement.reconciliation['visits']);
    expect(statement.days.map((d) => [d.status, d.version])).toEqual([
      ['closed', 1],
      ['provisional', 1],
    ]);
    expect(statement.days[0]?.silent).toContain('k-9');
  });

  test('[X5] yes from the journal alone, also from a copy and after more was recorded', async () => {
    const journal = await showJournal();
    const { statement, csv } = await stated(journal);
    expect(await checkStatement(JSON.parse(JSON.stringify(statement)), journal, csv)).toMatchObject({ ok: true, reasons: [] });
    expect((await checkStatement(statement, await showJournal())).ok).toBe(true);
    await journal.append([{ kind: 'count.corrected', receivedMs: 1, showcase, by: 'x', id: 'later', point: 'east-gate', hour: `${days[0]}T11`, in: 50, out: 0, reason: 'later' }]);
    expect((await checkStatement(statement, journal)).ok).toBe(true);
  });

  test('[X5] no for a changed statement, CSV or journal, and for a shorter journal, each by name', async () => {
    const journal = await showJournal();
    const { statement, csv } = await stated(journal);
    const forged = await checkStatement({ ...statement, visits: (statement.visits ?? 0) + 1 }, journal);
    expect([codes(forged), forged.reasons[0]?.detail]).toEqual([['figure_differs'], expect.stringContaining('visits: stated')]);
    expect(codes(await checkStatement(statement, journal, `${csv} `))).toEqual(['csv_differs']);
    expect(codes(await checkStatement({ ...statement, extra: 1 }, journal))).toEqual(['not_a_statement']);
    const entries = entriesOf();
    expect(codes(await checkStatement(statement, await showJournal(entries.slice(0, -1))))).toEqual(['journal_short']);
    const changed = entries.map((e) => (e.kind === 'count.corrected' ? { ...e, in: e.in + 1 } : e));
    expect(codes(await checkStatement(statement, await showJournal(changed)))).toEqual(['journal_differs', 'figure_differs']);
    const renamed = entries.map((e) => (e.kind === 'click.recorded' ? { ...e, by: 'somebody else' } : e));
    expect(codes(await checkStatement(statement, await showJournal(renamed)))).toEqual(['journal_differs']);
  });

  test('[X5] no for a changed byte or a missing segment on disk', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'statement-'));
    const open = (readOnly: boolean) =>
      FileJournal.open({ folder, files: nodeFileSystem, nowMs: () => 0, random: (n) => new Uint8Array(n).fill(7), after: () => () => undefined, readOnly, segmentBytes: 20_000 });
    try {
      const journal = await open(false);
      for (const entry of entriesOf()) await journal.append([entry]);
      const { statement } = await stated(journal);
      await journal.close();
      const segments = (await readdir(folder)).filter((f) => /\d{8}/.test(f)).sort();
      expect(segments.length).toBeGreaterThan(2);
      const again = await open(true);
      expect((await checkStatement(statement, again)).ok).toBe(true);
      await again.close();
      const middle = path.join(folder, segments[1] as string);
      const bytes = await readFile(middle);
      await writeFile(middle, Buffer.from(bytes.toString('latin1').replace('"in":5', '"in":6'), 'latin1'));
      const damaged = await open(true);
      expect(codes(await checkStatement(statement, damaged))).toEqual(['journal_damaged']);
      await damaged.close();
      await rm(middle);
      await expect(open(true)).rejects.toMatchObject({ code: 'damaged' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('[X6] a closed day keeps its figures; what comes later makes the next version', async () => {
    const journal = await showJournal(entriesOf(true));
    const { fold } = await foldTo(journal, showcase, journal.position);
    const [first, second, ...more] = fold.versionsOf(days[0]);
    expect(more).toEqual([]);
    expect([first?.status, second?.status, first?.by]).toEqual(['closed', 'provisional', 'supervisor']);
    expect((second?.figures['visits'] as number) - (first?.figures['visits'] as number)).toBe(7);
    const then = await foldTo(journal, showcase, first?.position ?? 0);
    expect(then.fold.versionsOf(days[0])).toEqual([first]);
    await journal.append([{ kind: 'day.closed', receivedMs: Date.parse('2026-11-26T09:00:00+08:00'), showcase, by: 'organiser', day: days[0] }]);
    const closed = (await foldTo(journal, showcase, journal.position)).fold.versionsOf(days[0]);
    expect(closed.map((v) => [v.version, v.status, v.by])).toEqual([
      [1, 'closed', 'supervisor'],
      [2, 'closed', 'organiser'],
    ]);
    expect(closed[1]?.figures['visits']).toBe(second?.figures['visits']);
  });
});

/** `totals`: every total from the journal alone. No checkpoint and no document is read, so nothing but what was recorded can speak. */
import { type Attendance, attendanceOf, COLUMNS, GROUPINGS, type Grouping } from '../../shared/attendance.ts';
import type { Gap } from '../../shared/journal-gaps.ts';
import { type Command, type Console, exit, readArgs, UsageFault } from './command.ts';
import { withJournal } from './store.ts';
import { tableLines } from './table.ts';
import { countJournal, gapLine } from './totals-line.ts';

/** What `totals --json` prints. */
export type TotalsReport = { position: number; segment: number; hash: string; gaps: Gap[]; showcases: { [id: string]: { [G in Grouping]?: Attendance } } };

const groupingsOf = (by: string | undefined): readonly Grouping[] => {
  if (by === undefined) return ['day'];
  if (by === 'all') return GROUPINGS;
  const known = GROUPINGS.find((g) => g === by);
  if (!known) throw new UsageFault(`--by must be one of ${GROUPINGS.join(', ')}, all`);
  return [known];
};

const printShowcase = (console: Console, attendance: Attendance): void => {
  const columns = COLUMNS[attendance.by];
  for (const line of tableLines(columns, [...attendance.rows.map((r) => columns.map((c) => r[c] ?? null))])) console.out(line);
};

const printReconciliation = (console: Console, { reconciliation: r }: Attendance): void => {
  console.out(
    `entries received ${r.received} = duplicates ${r.duplicates} + quarantined ${r.quarantined} + shadow ${r.shadow} + outside ${r.outside} + staff ${r.staff} + accepted ${r.accepted} (check ${r.check})`,
  );
  console.out(`visits ${r.visits} = accepted ${r.accepted} + corrections ${r.corrections}`);
};

export const totals: Command = {
  name: 'totals',
  usage: `totals [--by ${GROUPINGS.join('|')}|all] [--showcase ID] [--json]`,
  about: 'every total from the journal of DATA_DIR alone, with the reconciliation',
  run: async (args, console) => {
    const { values } = readArgs(args, { by: { type: 'string' }, showcase: { type: 'string' }, json: { type: 'boolean' } });
    const groupings = groupingsOf(values.by);
    return withJournal(console, async (journal) => {
      const tally = await countJournal(console, journal);
      if (values.showcase !== undefined && !tally.showcases.has(values.showcase)) throw new UsageFault(`the journal knows no showcase ${values.showcase}`);
      const [damage] = journal.findings;
      if (damage) console.err(`harbourlight: the journal is damaged from position ${damage.position} on (see: verify); these totals hold only what comes before`);
      const ids = [...tally.showcases.keys()].filter((id) => values.showcase === undefined || id === values.showcase);
      const report: TotalsReport = { position: tally.position, ...journal.head(), gaps: tally.gaps, showcases: {} };
      for (const id of ids) report.showcases[id] = Object.fromEntries(groupings.map((by) => [by, attendanceOf(tally, id, by, {}, [], Date.now())]));
      if (values.json) console.out(JSON.stringify(report));
      else {
        for (const gap of tally.gaps) console.out(gapLine(gap));
        for (const [id, reports] of Object.entries(report.showcases)) {
          const all = Object.values(reports);
          console.out(`${id} · ${all[0]?.rule} · position ${report.position}`);
          for (const attendance of all) printShowcase(console, attendance);
          if (all[0]) printReconciliation(console, all[0]);
          console.out('');
        }
      }
      return damage ? exit.failed : exit.ok;
    });
  },
};

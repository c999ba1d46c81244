/** A simulated show as people and scripts read it. */
import type { Console } from './command.ts';
import { hoursByDoor } from './simulate-expected.ts';
import type { KioskAccount } from './simulate-kiosk.ts';
import type { ShowReport } from './simulate-show.ts';
import { tableLines } from './table.ts';

const projectsShown = 10;
const differencesShown = 50;

/** What was sent, as plain values. */
export const summaryOf = (report: ShowReport) => {
  const { plan, expected, doors, phones } = report;
  const day = [...expected.day.values()];
  const sum = (column: string): number => day.reduce((n, r) => n + (r[column] ?? 0), 0);
  const kiosks: Omit<KioskAccount, 'problems'> & { problems?: unknown } = { ...report.kiosks };
  delete kiosks.problems;
  return {
    showcase: report.showcase,
    day: report.day,
    seed: report.seed,
    tookMs: report.tookMs,
    sentBefore: report.sentBefore,
    visits: sum('visits'),
    entries: sum('entries'),
    exits: sum('exits'),
    outside: expected.outside,
    staff: expected.staff,
    quarantined: expected.quarantined,
    hours: hoursByDoor(plan),
    sessions: sum('sessions'),
    engagedSessions: sum('engagedSessions'),
    projectViews: sum('projectViews'),
    shown: sum('shown'),
    viewsByProject: Object.fromEntries([...expected.project].map(([id, r]) => [id, r['views'] ?? 0])),
    shownByLink: Object.fromEntries([...expected.link].map(([code, r]) => [code, r['shown'] ?? 0])),
    scans: { answered: phones.answered, late: phones.late, unanswered: phones.unanswered, previews: phones.previews, heads: phones.heads },
    readings: {
      batches: doors.batches,
      requests: doors.requests,
      records: doors.records,
      duplicateRecords: doors.duplicateRecords,
      duplicateEntries: doors.duplicateEntries,
      doubtfulEntries: doors.doubtfulEntries,
      repeats: doors.repeats,
      lostAnswers: doors.lostAnswers,
      misses: doors.misses,
    },
    kiosks,
    problems: report.problems,
    differences: report.differences,
  };
};
export type ShowSummary = ReturnType<typeof summaryOf>;

const printHours = (console: Console, { hours }: ShowSummary): void => {
  const points = Object.keys(hours[0]?.doors ?? {});
  const rows = hours.map(({ hour, doors }) => {
    const cells = points.map((p) => doors[p] ?? { in: 0, out: 0 });
    return [hour.slice(0, 16).replace('T', ' '), ...cells.flatMap((c) => [c.in, c.out]), cells.reduce((n, c) => n + c.in, 0), cells.reduce((n, c) => n + c.out, 0)];
  });
  for (const line of tableLines(['hour', ...points.flatMap((p) => [`${p} in`, 'out']), 'entries', 'exits'], rows)) console.out(line);
};

/** Prints what was sent and, where it was compared, how the hub's totals differ. */
export const printShow = (console: Console, report: ShowReport): void => {
  const s = summaryOf(report);
  console.out(`${s.showcase}, ${s.day}, seed ${s.seed}: sent in ${(s.tookMs / 1_000).toFixed(1)} s${s.sentBefore ? ' (for the second time: nothing of it counts again)' : ''}`);
  printHours(console, s);
  console.out(`visits ${s.visits}, entries ${s.entries}, exits ${s.exits}; besides: staff ${s.staff}, outside the opening windows ${s.outside}, contradicting ${s.quarantined}`);
  console.out(`sessions ${s.sessions}, engaged ${s.engagedSessions}, project views ${s.projectViews}, codes shown ${s.shown}`);
  const projects = Object.entries(s.viewsByProject).sort(([, a], [, b]) => b - a);
  console.out(
    `most viewed: ${projects
      .slice(0, projectsShown)
      .map(([id, n]) => `${id} ${n}`)
      .join(', ')}`,
  );
  console.out(
    `scans: answered ${s.scans.answered} (${s.scans.late} late), unanswered ${s.scans.unanswered}; not to be counted: previews ${s.scans.previews}, HEADs ${s.scans.heads}`,
  );
  const r = s.readings;
  console.out(
    `doors: ${r.batches} batches in ${r.requests} requests, ${r.records} records, ${r.duplicateRecords} of them duplicates (${r.repeats} batches repeated, ${r.lostAnswers} after a lost answer); missed: ${r.misses.lost} lost, ${r.misses.refused} refused`,
  );
  const k = report.kiosks;
  console.out(
    `kiosks: ${k.batches} batches, ${k.events} events, ${k.rejectsSent} malformed, ${k.duplicates} duplicates, ${k.lostAnswers} lost answers, ${k.misses} missed, ${k.outages} outages, ${k.fallbacks} fallbacks, ${k.epochs} epochs, verdicts ok ${k.verdicts.ok}, behind ${k.verdicts.behind}, diverged ${k.verdicts.diverged}`,
  );
  for (const problem of s.problems.slice(0, differencesShown)) console.out(`problem: ${problem}`);
  if (!s.differences) return;
  console.out(s.differences.length === 0 ? 'check: every total is exactly what was sent' : `check: ${s.differences.length} differences`);
  for (const line of s.differences.slice(0, differencesShown)) console.out(`  ${line}`);
};

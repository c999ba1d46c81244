/**
 * Compares the hub's totals with what was sent: what each figure grew by since before the show must be what the plan comes to, in every row
 * of every grouping, also in those where nothing was sent. Scans may lie between those surely counted and those perhaps counted.
 */
import type { Attendance, Reconciliation } from '../../shared/attendance.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import type { Live } from '../../shared/live.ts';
import type { DoorAccount } from './simulate-doors.ts';
import { type Expected, SHEETS, type Sheet, type SheetName } from './simulate-expected.ts';
import type { SimulatedHub } from './simulate-hub.ts';
import type { PhoneAccount, Scans } from './simulate-phones.ts';

export type Totals = { [S in SheetName]: Attendance };

const KEYS: { [S in SheetName]: readonly string[] } = {
  day: ['day'],
  hour: ['hour'],
  point: ['day', 'point'],
  project: ['project'],
  kiosk: ['day', 'kiosk', 'zone'],
  link: ['code'],
};
const FIGURES: { [S in SheetName]: readonly string[] } = {
  day: ['visits', 'entries', 'exits', 'corrections', 'sessions', 'engagedSessions', 'projectViews', 'shown'],
  hour: ['visits', 'entries', 'exits', 'corrections', 'sessions', 'engagedSessions', 'projectViews', 'shown'],
  point: ['entries', 'exits'],
  project: ['views', 'shown', 'votes'],
  kiosk: ['sessions', 'engagedSessions', 'projectViews', 'shown'],
  link: ['shown'],
};

/** The showcase's totals by everything that is compared. */
export const fetchTotals = async (hub: SimulatedHub, showcase: string): Promise<Totals> => {
  const entries: [SheetName, Attendance][] = [];
  for (const by of SHEETS) entries.push([by, await hub.ask<Attendance>('GET', `/showcases/${encodeURIComponent(showcase)}/attendance?by=${by}`, 200, 'reading the totals')]);
  return Object.fromEntries(entries) as Totals;
};

const figuresOf = (attendance: Attendance, keys: readonly string[], columns: readonly string[]): Sheet =>
  new Map(attendance.rows.map((r) => [keys.map((k) => r[k] ?? '').join('|'), Object.fromEntries(columns.map((c) => [c, Number(r[c] ?? 0)]))]));

const within = (what: string, grown: number, from: number, to: number): string[] =>
  grown >= from && grown <= to ? [] : [`${what}: ${grown}, sent ${from === to ? from : `${from} to ${to}`}`];

const compareSheet = (name: SheetName, expected: Sheet, before: Attendance, after: Attendance): string[] => {
  const columns = FIGURES[name];
  const [old, now] = [figuresOf(before, KEYS[name], columns), figuresOf(after, KEYS[name], columns)];
  return [...new Set([...old.keys(), ...now.keys(), ...expected.keys()])].sort().flatMap((key) =>
    columns.flatMap((column) => {
      const sent = expected.get(key)?.[column] ?? 0;
      return within(`${name} ${key} ${column}`, (now.get(key)?.[column] ?? 0) - (old.get(key)?.[column] ?? 0), sent, sent);
    }),
  );
};

const compareScans = (name: 'project' | 'link', scans: ReadonlyMap<string, Scans>, before: Attendance, after: Attendance): string[] => {
  const [old, now] = [before, after].map((a) => figuresOf(a, KEYS[name], ['scanned'])) as [Sheet, Sheet];
  return [...new Set([...old.keys(), ...now.keys(), ...scans.keys()])].sort().flatMap((key) => {
    const { sure, unsure } = scans.get(key) ?? { sure: 0, unsure: 0 };
    return within(`${name} ${key} scanned`, (now.get(key)?.['scanned'] ?? 0) - (old.get(key)?.['scanned'] ?? 0), sure, sure + unsure);
  });
};

const scannedIn = (attendance: Attendance): number => attendance.rows.reduce((n, r) => n + Number(r['scanned'] ?? 0), 0);

const compareScanned = (phones: PhoneAccount, before: Totals, after: Totals): string[] => {
  const sums = [...phones.byCode.values()].reduce((a, b) => ({ sure: a.sure + b.sure, unsure: a.unsure + b.unsure }), { sure: 0, unsure: 0 });
  return [
    ...(['day', 'hour'] as const).flatMap((by) => within(`scanned by ${by}`, scannedIn(after[by]) - scannedIn(before[by]), sums.sure, sums.sure + sums.unsure)),
    ...compareScans('project', phones.byProject, before.project, after.project),
    ...compareScans('link', phones.byCode, before.link, after.link),
  ];
};

const compareReconciliation = (expected: Expected, doors: DoorAccount, before: Reconciliation, after: Reconciliation): string[] => {
  const grown = (column: keyof Reconciliation): number => after[column] - before[column];
  const exact = (column: keyof Reconciliation, sent: number): string[] => within(`reconciliation ${column}`, grown(column), sent, sent);
  return [
    ...exact('accepted', expected.accepted),
    ...exact('visits', expected.accepted),
    ...exact('outside', expected.outside),
    ...exact('staff', expected.staff),
    ...exact('quarantined', expected.quarantined),
    ...exact('shadow', 0),
    ...exact('corrections', 0),
    ...within('reconciliation duplicates', grown('duplicates'), doors.duplicateEntries, doors.duplicateEntries + doors.doubtfulEntries),
    ...exact('received', grown('duplicates') + expected.accepted + expected.outside + expected.staff + expected.quarantined),
    ...within('reconciliation check', after.check, 0, 0),
  ];
};

/** Every difference, one a line; none when everything is counted exactly. `before` is what the totals were before anything was sent. */
export const differencesOf = (expected: Expected, doors: DoorAccount, phones: PhoneAccount, before: Totals, after: Totals): string[] => [
  ...SHEETS.flatMap((name) => compareSheet(name, expected[name], before[name], after[name])),
  ...compareScanned(phones, before, after),
  ...compareReconciliation(expected, doors, before.day.reconciliation, after.day.reconciliation),
];

/** The live number beside the export, where nobody else sends; differences as lines. */
export const compareLive = async (hub: SimulatedHub, showcase: string, after: Totals): Promise<string[]> => {
  const live = await hub.ask<Live>('GET', `/showcases/${encodeURIComponent(showcase)}/live`, 200, 'reading the live numbers');
  if (live.position !== after.day.position || live.today.day !== dayOf(Date.parse(after.day.asOf))) return [];
  const row = after.day.rows.find((r) => r['day'] === live.today.day) ?? {};
  return (['visits', 'entries', 'exits', 'sessions', 'shown', 'scanned'] as const).flatMap((column) =>
    within(`live ${column}`, Number(live.today[column] ?? 0), Number(row[column] ?? 0), Number(row[column] ?? 0)),
  );
};

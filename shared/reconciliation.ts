/** The identity that proves a total: everything received is accounted for, at every point and in sum (SPEC, reconciliation). */
import type { Range, Reconciliation } from './attendance.ts';
import type { Book, Doors } from './doors.ts';
import type { ShowcaseTally } from './tally.ts';
import { entriesTold, toldKeys } from './told.ts';

const FATES = ['duplicates', 'quarantined', 'shadow', 'outside', 'staff', 'accepted'] as const;

const empty = (): Reconciliation => ({ received: 0, duplicates: 0, quarantined: 0, shadow: 0, outside: 0, staff: 0, accepted: 0, check: 0, corrections: 0, visits: 0 });

const addBook = (into: Reconciliation, book: Book): void => {
  for (const fate of FATES) into[fate] += book[fate].in;
};

/** `received` from what was told, everything else from what became of it: two ways that must meet. */
const close = (r: Reconciliation, told: number): Reconciliation => {
  r.received = told + r.duplicates + r.quarantined;
  r.check = r.received - FATES.reduce((sum, fate) => sum + r[fate], 0);
  r.visits = r.accepted + r.corrections;
  return r;
};

const outer = (doors: Doors, point: string): boolean => doors.points.get(point)?.perimeter !== false;
const within = (day: string, range: Range): boolean => day >= range.from && day <= range.to;

/** Of each day and outer point that has anything, in order. */
export const reconcilePoints = (t: ShowcaseTally, range: Range): { day: string; point: string; of: Reconciliation }[] => {
  const rows = new Map<string, Reconciliation>();
  const row = (key: string): Reconciliation | null => {
    const [day = '', point = ''] = key.split('|');
    if (!within(day, range) || !outer(t.doors, point)) return null;
    const at = `${day}|${point}`;
    let found = rows.get(at);
    if (!found) {
      found = empty();
      rows.set(at, found);
    }
    return found;
  };
  for (const key of toldKeys(t.doors)) row(key);
  for (const [key, book] of t.doors.books) {
    const r = row(key);
    if (r) addBook(r, book);
  }
  for (const c of t.doors.corrections) {
    const r = row(`${c.hour.slice(0, 10)}|${c.point}`);
    if (r) r.corrections += c.in;
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, r]) => {
      const [day = '', point = ''] = key.split('|');
      return { day, point, of: close(r, entriesTold(t.doors, day, point)) };
    });
};

/** The identity that must hold: received = duplicates + quarantined + shadow + outside + staff + accepted, in entries of the outer boundary. */
export const reconcile = (t: ShowcaseTally, range: Range): Reconciliation => {
  const sum = empty();
  for (const { of } of reconcilePoints(t, range)) for (const column of Object.keys(sum) as (keyof Reconciliation)[]) sum[column] += of[column];
  return sum;
};

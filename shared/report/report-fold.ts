/**
 * The fold that every file of an export comes from: the journal up to a position, for one showcase, on its own. It knows what every closed
 * day said when it was closed, because it passed that position; nothing of a version is stored anywhere.
 */
import type { Row } from '../attendance.ts';
import { type DayStatus, dayRow, dayStatus } from '../day-figures.ts';
import type { Entry } from '../entry.ts';
import { applyEntry, emptyTally, type ShowcaseTally, showcaseOf, type Tally } from '../tally.ts';
import { applyToDetail, type Detail, emptyDetail } from './detail.ts';

/** Figures of a day as they were at a position. `closed` ones never change; the last of a day may be open. */
export type DayVersion = { day: string; version: number; position: number; asOfMs: number; by: string | null; status: DayStatus; figures: Row };
/** A device as the journal's register names it. */
export type KnownDevice = { id: string; kind: 'kiosk' | 'counter'; name: string; place: string | null };

type Registered = { id?: unknown; kind?: unknown; name?: unknown; showcase?: unknown; zone?: unknown; point?: unknown; revoked?: unknown };
const knownDevice = (d: Registered, showcase: string): KnownDevice[] => {
  if (typeof d.id !== 'string' || d.showcase !== showcase || d.revoked === true || (d.kind !== 'kiosk' && d.kind !== 'counter')) return [];
  const place = d.kind === 'kiosk' ? d.zone : d.point;
  return [{ id: d.id, kind: d.kind, name: typeof d.name === 'string' ? d.name : d.id, place: typeof place === 'string' ? place : null }];
};

export class ReportFold {
  readonly showcase: string;
  readonly tally: Tally = emptyTally();
  readonly detail: Detail = emptyDetail();
  readonly #closed: DayVersion[] = [];

  constructor(showcase: string) {
    this.showcase = showcase;
  }

  get of(): ShowcaseTally {
    return showcaseOf(this.tally, this.showcase);
  }

  /** Takes the entry at `position`; entries come in order, each once. Those of other showcases only move the position. */
  apply(entry: Entry, position: number): void {
    const other = 'showcase' in entry ? entry.showcase !== this.showcase : entry.kind === 'document.saved' && entry.name !== 'register';
    if (other) {
      this.tally.position = position;
      this.tally.asOfMs = entry.receivedMs;
      return;
    }
    applyEntry(this.tally, entry, position);
    applyToDetail(this.detail, entry, this.of.engagement);
    if (entry.kind === 'day.closed') this.#closed.push({ ...this.#now(entry.day), version: this.versionsClosed(entry.day) + 1, by: entry.by, status: 'closed' });
  }

  #now(day: string): DayVersion {
    const { position, asOfMs } = this.tally;
    const figures = dayRow(this.tally, this.of, day, asOfMs);
    return { day, version: 0, position, asOfMs, by: null, status: 'provisional', figures };
  }

  versionsClosed(day: string): number {
    return this.#closed.reduce((n, v) => n + (v.day === day ? 1 : 0), 0);
  }

  /**
   * Every version of a day, oldest first: one each time it was closed, and a last, provisional one where it never was, or where what
   * came later changed its figures.
   */
  versionsOf(day: string): DayVersion[] {
    const closed = this.#closed.filter((v) => v.day === day);
    return this.statusOf(day) === 'closed' ? closed : [...closed, { ...this.#now(day), version: closed.length + 1 }];
  }

  /** `closed` while the newest version is a closed one: what came later and changed a figure makes the day provisional again. */
  statusOf(day: string): DayStatus {
    return dayStatus(this.tally, this.of, day);
  }

  /** Who had reported past closing, and who was waived, when a day was closed last. */
  closingOf(day: string): { heard: readonly string[]; waived: readonly string[] } {
    const last = this.detail.acts.findLast((e) => e.kind === 'day.closed' && e.day === day);
    return { heard: (last?.kind === 'day.closed' && last.heard) || [], waived: (last?.kind === 'day.closed' && last.waived) || [] };
  }

  /** The devices of the showcase that the register named last; empty where the journal holds none. */
  get devices(): KnownDevice[] {
    const register = this.tally.documents.get('register') as { devices?: unknown } | undefined;
    return Array.isArray(register?.devices) ? register.devices.flatMap((d: Registered) => knownDevice(d, this.showcase)) : [];
  }
}
